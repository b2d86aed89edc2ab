"""Words before their roles: cutting, compounds, numerals, other ways to read the same letters."""

from __future__ import annotations

import pytest

from sanctionscreen.names.compounds import compounds_apart, join_compounds, one_word
from sanctionscreen.names.disguised import has_small_l, with_capital_i
from sanctionscreen.names.normalise import Traced, normalise
from sanctionscreen.names.numerals import chinese, numeral, roman, sum_of
from sanctionscreen.names.rereading import (
    given_first,
    initials_of_capitals,
    legal_form_apart,
    parted_at_capitals,
    without_leet,
)
from sanctionscreen.names.several import in_two_scripts, several_names
from sanctionscreen.names.splitting import split


def words(text):
    return split(Traced.whole(text.lower()))


def texts(found):
    return None if found is None else [word.text for word in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("o'neil", ["oneil"]),
        ("qa'ida sa`id", ["qaida", "said"]),
        ("int'l", ["intl"]),
        ("s.a.", ["sa"]),
        ("j.p. morgan", ["jp", "morgan"]),
        ("v.putin", ["v", "putin"]),
        ("a/s m/v", ["as", "mv"]),
        ("j.-c. juncker", ["j", "c", "juncker"]),
        ("coca-cola", ["coca", "cola"]),
        ("h & m", ["h", "and", "m"]),
        ("a+b", ["a", "and", "b"]),
        ("co.,ltd", ["co", "ltd"]),
        ("3.5 1.2.3", ["3", "5", "1", "2", "3"]),
        ("' - _", []),
    ],
)
def test_cutting(text, expected):
    assert texts(words(text)) == expected


def test_words_keep_their_places():
    assert [(word.start, word.end) for word in words("j.p. o'neil")] == [(0, 3), (5, 11)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abd al-rahman", ["abdulrahman"]),
        ("abd ar rahman", ["abdulrahman"]),
        ("abdul rahman", ["abdulrahman"]),
        ("abdel-rahman", ["abdulrahman"]),
        ("abdal-rahman", ["abdulrahman"]),
        ("abdur rahman", ["abdulrahman"]),
        ("abdurrahman", ["abdulrahman"]),
        ("abdelrahman", ["abdulrahman"]),
        ("abdurahman", ["abdulrahman"]),
        ("abd allah", ["abdullah"]),
        ("abd al-lah", ["abdullah"]),
        ("abdallah", ["abdullah"]),
        ("abdulla al-amin", ["abdullah", "al", "amin"]),
        ("abd rabbuh mansur", ["abdulrabbuh", "mansur"]),
        ("nur al-din", ["nuruddin"]),
        ("nur ud din", ["nuruddin"]),
        ("nur eddine", ["nuruddin"]),
        ("noureddine", ["nuruddin"]),
        ("salah ad-din", ["salahuddin"]),
        ("muhyi-al-din", ["muhyuddin"]),
        ("muhyiddin", ["muhyuddin"]),
        ("abdul", ["abdul"]),
        ("abd al", ["abd", "al"]),
        ("al-din", ["al", "din"]),
        ("abu bakr", ["abu", "bakr"]),
    ],
)
def test_compounds(text, expected):
    assert texts(join_compounds(words(text))) == expected


@pytest.mark.parametrize(
    "word", ["abdali", "abdulov", "abdi", "geraldine", "aladin", "paladin", "dinar", "medina", "abd", "din"]
)
def test_words_that_are_no_compounds(word):
    assert one_word(word) == word


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", "7"), ("007", "7"), ("21st", "21"), ("2nd", "2"), ("3m", ""), ("th", ""), ("", ""), ("²", ""), ("٣", "3")],
)
def test_numerals(text, value):
    assert numeral(text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("iv", "4"), ("xxxix", "39"), ("xl", ""), ("li", ""), ("iix", ""), ("", "")]
)
def test_roman_numerals(text, value):
    assert roman(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", "10"), ("十二", "12"), ("二〇", "20"), ("一百零八", "108"), ("第", ""), ("三菱", ""), ("千", "1000")],
)
def test_chinese_numerals(text, value):
    assert chinese(text) == value


@pytest.mark.parametrize(
    ("tens", "unit", "value"), [("40", "4", "44"), ("4", "4", ""), ("40", "0", ""), ("40", "14", "")]
)
def test_tens_and_units(tens, unit, value):
    assert sum_of(tens, unit) == value


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("ABBAS, Abu", "person", ["abu", "abbas"]),
        ("SMITH, John, Jr.", "person", ["john", "smith", "jr"]),
        ("ABBAS, Abu", None, ["abu", "abbas"]),
        ("John Smith, Jr.", "person", None),
        ("Juan Perez, S.A.", "person", None),
        ("Acme, Inc.", None, None),
        ("Gazprom, Moscow", None, None),
        ("Bank, Trade", None, None),
        ("MS-13, Gang", None, None),
        ("one two three four, five", None, None),
        ("Acme, Abu", "organization", None),
        ("Abu Abbas", "person", None),
        (", Abu", "person", None),
    ],
)
def test_family_name_before_a_comma(text, kind, expected):
    assert texts(given_first(words(text), kind)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SergeiLavrov", ["sergei", "lavrov"]),
        ("HongKong Bank", ["hong", "kong", "bank"]),
        ("eBay", None),
        ("MUÑOZ", None),
    ],
)
def test_parting_at_capitals(text, expected):
    assert texts(parted_at_capitals(words(text), text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SiemensAG", ["siemens", "ag"]),
        ("CONVlASA", ["convlasa"]),
        ("FooBarGmbH", ["foobar", "gmbh"]),
        ("HuaweiLtd", ["huawei", "ltd"]),
        ("PepsiCo", ["pepsico"]),
        ("eBay", ["ebay"]),
    ],
)
def test_glued_legal_forms(text, expected):
    assert texts(legal_form_apart(words(text), text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("JC Juncker", ["j", "c", "juncker"]),
        ("JFK Airport", ["j", "f", "k", "airport"]),
        ("KIM Jong", None),
        ("JC JUNCKER", None),
        ("JC", None),
        ("JC, Juncker", None),
    ],
)
def test_capitals_as_initials(text, expected):
    assert texts(initials_of_capitals(words(text), text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h1kvision ltd", ["hikvision ltd", "hlkvision ltd"]),
        ("p3r3z, m4r1a", ["perez, maria", "perez, marla"]),
        ("3m", []),
        ("hikvision", []),
        ("ez 24", []),
    ],
)
def test_digits_as_letters(text, expected):
    assert [one.text for one in without_leet(Traced.whole(text))] == expected


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("CONVlASA", "conviasa"),
        ("lRlSL", "irisl"),
        ("HlKVISlON Digital", "hikvision digital"),
        ("lRAN AlR", "iran air"),
        ("KOMlD", "komid"),
        ("lFLYTEK CO., LTD.", "iflytek co., ltd."),
        ("DUBAl-AIR", "dubai-air"),
        ("GmbH", None),
        ("SpA", None),
        ("PepsiCo", None),
        ("McDONALD", None),
        ("HuaweiLtd", None),
        ("SiemensAG", None),
        ("l'OREAL", None),
        ("Al-ASSAD", None),
        ("Ill Bill", None),
        ("Al", None),
        ("hotel", None),
    ],
)
def test_a_small_l_among_capitals(original, expected):
    read = with_capital_i(Traced.whole(original.lower()), original)
    assert (read.text if read else None) == expected
    assert has_small_l(original) == (expected is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abbas, abu (alias zaydan, muhammad)", ["abbas, abu", "zaydan, muhammad"]),
        ("hezbollah a.k.a. party of god", ["hezbollah", "party of god"]),
        ("acme corp. f.k.a. emca inc.", ["acme corp.", "emca inc."]),
        ("a aka b aka c aka d", ["a", "b", "c", "d"]),
        ("acme corp. f/k/a emca inc.", ["acme corp.", "emca inc."]),
        ("acme corp (n/k/a: emca)", ["acme corp", "emca"]),
        ("acme telecom d/b/a emca t/a meca", ["acme telecom", "emca", "meca"]),
        ("acme previously known as emca", ["acme", "emca"]),
        ("acme, vormals emca ag", ["acme", "emca ag"]),
        ("acme (anciennement emca)", ["acme", "emca"]),
        ("acme (now known as emca)", ["acme", "emca"]),
        ("acme (now emca)", ["acme", "emca"]),
        ("acme [ ex-emca ]", ["acme", "emca"]),
        ("acme, ex emca", ["acme", "emca"]),
        ("rosvooruzhenie now rosoboronexport", ["rosvooruzhenie", "rosoboronexport"]),
        ("now foods", []),
        ("ex libris", []),
        ("(now) foods", []),
        ("buy now pay later", []),
        ("radio now media limited", []),
        ("deus ex machina films", []),
        ("everything (and now)", []),
        ("petrov, ex", []),
        ("adf/nalu", ["adf", "nalu"]),
        ("al-qa'ida/islamic legion", ["al-qa'ida", "islamic legion"]),
        ("citibank/adr", ["citibank", "adr"]),
        ("citibank na/adr", []),
        ("islamic army/army of islam", ["islamic army", "army of islam"]),
        ("maersk a/s", []),
        ("import/export ltd", []),
        ("alias systems", []),
        ("/", []),
        ("plain name", []),
    ],
)
def test_several_names_in_one_field(text, expected):
    assert [part.text for part in several_names(Traced.whole(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huawei technologies (华为技术有限公司)", ["huawei technologies (", "华为技术有限公司)"]),
        ("华为 huawei 5g", ["huawei 5g", "华为"]),
        ("yitu依图", ["yitu", "依图"]),
        ("삼성전자 samsung", ["samsung", "삼성전자"]),
        ("syriatel (سيريتل)", ["syriatel (", "سيريتل)"]),
        ("zte 中兴", ["zte", "中兴"]),
        ("ао siemens", []),
        ("深中华a", []),
        ("hikvision 威", []),
        ("завод № 9", []),
        ("hikviжion завод", []),
        ("huawei technologies", []),
        ("华为技术有限公司", []),
        ("", []),
    ],
)
def test_a_name_in_two_scripts(text, expected):
    assert [part.text for part in in_two_scripts(normalise(text).traced)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abd al-rahman ali", ["abdul", "rahman", "ali"]),
        ("abdelaziz", ["abdul", "aziz"]),
        ("abd allah", None),
        ("abdul", None),
        ("ali", None),
    ],
)
def test_compounds_apart(text, expected):
    assert texts(compounds_apart(join_compounds(words(text)))) == expected

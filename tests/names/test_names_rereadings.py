"""Readings beside the main one: what undoes a slip in a phrase, a bracketed acronym, Wade-Giles, a compound."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from sanctionscreen.names import Role, compounds, disguised, markers, parse, rereading, several, splitting, websites
from sanctionscreen.names import readings as readings_of
from sanctionscreen.names.misspelt import phrase_words, slips_of
from sanctionscreen.names.normalise import normalise
from sanctionscreen.names.segments import segments_of
from sanctionscreen.names.source import Source, cut
from sanctionscreen.names.splitting import split
from sanctionscreen.names.tokens import look_up
from sanctionscreen.names.traced import Traced
from sanctionscreen.names.traits import signs_of
from sanctionscreen.names.transliterate import romanise
from sanctionscreen.records import Kind


def readings(name: str, kind: str | None = None) -> list[list[str]]:
    return [[token.text for token in reading.tokens] for reading in parse(name, kind).readings]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("Acme Informaton Technology", "informatontechnology", Role.GENERIC),
        ("Sout Sudan Ministry", "soutsudan", Role.PLACE),
        ("Noble Shipping Copmany Limcted", "copmanylimcted", Role.LEGAL),
        ("Tactical Missiles Joynt Stock Company", "joyntstockcompany", Role.LEGAL),
    ],
)
def test_a_phrase_with_a_slip_in_it_is_one_word(name: str, text: str, role: Role) -> None:
    assert (text, role) in [(token.text, token.role) for token in parse(name).readings[0].tokens]


@pytest.mark.parametrize("name", ["Hikvison Technology", "Xyz Technology"])
def test_words_that_no_phrase_has_stay_apart(name: str) -> None:
    assert len(parse(name).readings[0].tokens) == 2


@pytest.mark.parametrize(
    ("name", "kind", "reading"),
    [
        ("Xinjiang Production and Construction Corps (XPCC)", None, ["xpcc"]),
        ("OAO All-Russia Research Institute of Radio Equipment (JSC VNIIRA)", None, ["jsc", "vniira"]),
        ("Rosvooruzhenie F/K/A Rosoboronexport", None, ["rosoboronexport"]),
        ("HW Telecom d/b/a Huawei Technologies", None, ["huawei", "technologies"]),
        ("D/B/A Huawei Technologies", None, ["huawei", "technologies"]),
        ("Known as Hikvision", None, ["hikvision"]),
        ("(aka Hikvision)", None, ["hikvision"]),
        ("Hikvision a.k.a.", None, ["hikvision"]),
        ("Messrs. Hikvision", None, ["hikvision"]),
        ("Huawei Technologies, attn. Accounts", None, ["huawei", "technologies"]),
        ("www.hikvision.com", None, ["hikvision"]),
        ("Info@Hik-Vision.co.uk", None, ["hik", "vision"]),
        ("https://eu.hikvision.eu/en/?x=1", None, ["hikvision"]),
        ("Hikvision.com Inc", None, ["hikvision", "inc"]),
        ("Acme Bakery (hikvision.eu)", None, ["hikvision"]),
        ("Acme Bakery (www.hikvision.de)", None, ["acme", "bakery"]),
        ("Kirov Trading sales@yandex.ru", None, ["kirov", "trading"]),
        ("가스프롬뱅크", None, ["gaseupeurombaengkeu"]),
        ("スベルバンク", None, ["suberubanku"]),
        ("ペトロフスキー", None, ["petorofusuki"]),
        ("乔治·布什", None, ["qiaozhi", "bushi"]),
        ("마크롱", None, ["makeurong"]),
        ("SEMICONDUCTOR MANUFACTURING INTERNA", None, ["semiconductor", "manufacturing"]),
        ("LUKASHENKO, Aleksandr Grigorie", "person", ["aleksandr", "lukashenko"]),
        ("Usmanov A.B.", None, ["usmanov", "a", "b"]),
        ("Бобков С.А.", "person", ["bobkov", "s", "a"]),
        ("Prigozhin Ye.V.", None, ["prigozhin", "y", "v"]),
        ("Daudov M.Kh.", None, ["daudov", "m", "k"]),
        ("Yu.V. Kovalchuk", "person", ["y", "v", "kovalchuk"]),
        ("Hikvision (USD)", None, ["hikvision"]),
        ("Hikvision - EUR", None, ["hikvision"]),
        ("Hikvision Ltd USD", None, ["hikvision", "ltd"]),
        ("DO NOT USE - Hikvision", None, ["hikvision"]),
        ("Hikvision ***DO NOT USE***", None, ["hikvision"]),
        ("Hikvision INACTIVE", None, ["hikvision"]),
        ("Hikvision (blocked)", None, ["hikvision"]),
        ("Hikvision Europe B.V. VAT NL855098911B01", None, ["hikvision", "europe", "bv"]),
        ("Hikvision, VAT no. 812345678", None, ["hikvision"]),
        ("Hikvision Tel. +86 571 87688883", None, ["hikvision"]),
        ("Hikvision P.O. Box 1122, Hangzhou", None, ["hikvision", "hangzhou"]),
        ("M/V BEHDOKHT IMO NO 9349590", None, ["mv", "behdokht"]),
        ("Petr?leos de Venezuela", None, ["petrleos", "de", "venezuela"]),
        ("Delcy Rodr\ufffdguez G\ufffdmez", "person", ["delcy", "rodrguez", "gmez"]),
        ("Rosvooruzhenie, now Rosoboronexport", "organization", ["rosoboronexport"]),
        ("Rosvooruzhenie (ex-Rosoboronexport)", None, ["rosvooruzhenie"]),
        ("Rosvooruzhenie vormals Rosoboronexport", None, ["rosvooruzhenie"]),
        ("Huawei Technologies (华为技术有限公司)", None, ["huawei", "technologies"]),
        ("Huawei Technologies (华为技术有限公司)", None, ["华为", "技术", "有限公司"]),
        ("华为技术有限公司 Huawei Technologies Co., Ltd.", None, ["huawei", "technologies", "coltd"]),
        ("Yitu (依图科技) Limited", "organization", ["yitu", "limited"]),
        ("Syriatel (سيريتل)", None, ["syriatel"]),
        ("JSC Almaz-Antey (АО «Алмаз-Антей»)", None, ["ao", "almaz", "antey"]),
        ("SenseTime Japan Ltd. (株式会社センスタイムジャパン)", None, ["sensetime", "japan", "ltd"]),
        ("Bank Rossiya (Банк Россия)", None, ["bank", "rossiya"]),
        ("Jack Ma (马云)", "person", ["ma", "yun"]),
        ("United Aircraft Corporation (UAC)", None, ["united", "aircraft", "corporation"]),
        ("UAC - United Aircraft Corporation", None, ["united", "aircraft", "corporation"]),
        ("PJSC United Aircraft Corporation UAC", None, ["pjsc", "united", "aircraft", "corporation"]),
        ("United Aircraft Corporation (UAC) JSC", None, ["united", "aircraft", "corporation", "jsc"]),
        ("Korea Mining Development Trading (KOMID)", "organization", ["korea", "mining", "development", "trading"]),
        ("Iran Shipping Lines Trading Islt", None, ["iran", "shipping", "lines", "trading"]),
        ("Inspur Group (浪潮集团)", None, ["浪潮", "集团"]),
        ("北京 Siemens 有限公司", None, ["siemens"]),
        ("CONVlASA", None, ["conviasa"]),
        ("lRAN AlR", "organization", ["iran", "air"]),
        ("KOMlD", None, ["komid"]),
        ("Chang Chi-ch'eng", "person", ["zhang", "jicheng"]),
        ("TS'AI, Ta-feng", "person", ["dafeng", "cai"]),
        ("Saif al-Din Hassan", "person", ["saif", "al", "din", "hassan"]),
        ("Abdelrahman Ali", "person", ["abdul", "rahman", "ali"]),
    ],
)
def test_another_reading(name: str, kind: str | None, reading: list[str]) -> None:
    assert reading in readings(name, kind)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("华为 Co., Ltd.", ["coltd"]),
        ("华为 Trading Group", ["trading", "group"]),
        ("Inspur Group (浪潮集团)", ["langchao", "jituan"]),
        ("Торговый дом Siemens", ["torgovyy", "dom"]),
        ("Группа Siemens", ["gruppa"]),
        ("株式会社 Siemens", ["株式会社"]),
        ("北京 Siemens 有限公司", ["北京", "有限公司"]),
        ("Siemens Завод № 9", ["zavod", "no", "9"]),
        ("АО Siemens Энергия", ["ao", "energiya"]),
    ],
)
def test_a_part_in_another_script_that_names_nobody_is_no_reading(name: str, part: list[str]) -> None:
    assert part not in readings(name)


@pytest.mark.parametrize(
    "name",
    [
        "Closed Joint Stock Company Alfa",
        "New Holland",
        "Euro Cars (Hong Kong)",
        "Usd Partners",
        "Vat Group",
        "Tel Aviv University",
        "Who? Ltd",
        "(USD)",
        "Customer First Ltd",
        "Holding Use",
    ],
)
def test_words_of_ledgers_in_a_name_are_words(name: str) -> None:
    assert [one for one in parse(name).readings if "annotations" in one.standard or "lost" in one.standard] == []


def test_each_of_several_names_is_read_whatever_else_can_be_made_of_them() -> None:
    assert ["huawei"] in readings("林中山 alias Blue Heron alias Huawei")


def test_more_readings_than_are_made_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanctionscreen.names.parsing.MAX_READINGS", 2)
    found = parse("林中山 alias Blue Heron alias Huawei")
    assert len(found.readings) == 2
    assert found.notes == ("the name can be read in more than 2 ways; only those were read",)


def test_letters_that_look_alike_are_no_second_script() -> None:
    assert readings("Hikvisiоn Europe") == readings("Hikvision Europe")  # with a Cyrillic o
    assert len(readings("Hikvisжon Europe")) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Brightstar (Hong Kong)", None),
        ("Acme Trading Company (UAE)", None),
        ("Acme Trading Company (Dubai)", None),
        ("Now Foods", None),
        ("Kim.Yong.Un", None),
        ("Smith.Co", None),
        ("Ex Libris Group", "organization"),
        ("Radio Now Media Limited", None),
        ("Kim Jong-un", "person"),
        ("Anna Lena-Marie", "person"),
        ("Chang Chi", "person"),
        ("Acme Trading Company Act", None),  # of two words only
        ("Global Trading Company GTX", None),
        ("Global Trading Company Gt", None),
        ("Global Trading Company Gas", None),  # a word of the tables
        ("Maria Anna Rossi Mar", "person"),
        ("India Walton", None),
        ("Sofia Petrova", "person"),
    ],
)
def test_no_other_reading(name: str, kind: str | None) -> None:
    assert len(readings(name, kind)) == 1


@pytest.mark.parametrize(
    ("name", "disguise"),
    [("H1kvision", "leet"), ("HlKVISlON", "small_l"), ("Hikvisssion", "repeated"), ("Hikvision", "")],
)
def test_a_disguise_is_named(name: str, disguise: str) -> None:
    assert parse(name).disguises == ((disguise,) if disguise else ())


@given(st.text(alphabet="abcdeinorst", min_size=4, max_size=12))
def test_a_slip_is_of_another_word(text: str) -> None:
    assert text not in slips_of(text)


@given(st.data())
def test_every_word_one_slip_away_is_found(data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(sorted(phrase_words())))
    place, letter = data.draw(st.integers(0, len(word))), data.draw(st.sampled_from(["", *"aeinrst"]))
    swapped = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
    typed = data.draw(st.sampled_from([word[:place] + letter + word[place + kept :] for kept in (0, 1)] + [swapped]))
    expected = [one for one in sorted(phrase_words()) if OSA.distance(typed, one) == 1] if len(typed) > 3 else []
    assert list(slips_of(typed)) == expected


def test_words_know_where_they_stand() -> None:
    assert repr(split(Traced.whole("a b"))) == "[Word('a', 0, 1), Word('b', 2, 3)]"


#: What a rule looks for, and the quick look before it.
LOOKS = [
    (disguised._SPACED, disguised._APART),
    (disguised._REPEATED, disguised._THRICE),
    (rereading._MIXED, rereading._SIGN),
    (rereading._CAPITAL_INSIDE_ASCII, rereading._CAPITAL_INSIDE),
    (several._ALIAS, re.compile("|".join(map(re.escape, several._MARKERS)))),
    (several._STROKE, re.compile("|".join(map(re.escape, several._MARKERS)))),
    (websites._ADDRESS, websites._POINT),
]


@pytest.mark.parametrize(("rule", "look"), LOOKS)
@given(
    st.lists(
        st.sampled_from(
            [*"aabkfndtAB13@ .-_'/", "a.k.a", "d.ba", *markers.WORDS, " now ", " (now ", ", ex-", "é", "習"]
        ),
        max_size=12,
    )
)
def test_a_quick_look_misses_nothing(rule: re.Pattern[str], look: re.Pattern[str], pieces: list[str]) -> None:
    text = "".join(pieces)
    assert look.search(text) or not rule.search(text)


@given(st.text(string.ascii_letters + "aAgGsS1 .-_'", max_size=10))
def test_a_capital_that_ends_its_word_parts_nothing(text: str) -> None:
    if rereading._CAPITAL_INSIDE_ASCII.search(text) is None:
        for word in split(Traced.whole(text.lower())):
            assert rereading._pieces(word, text) == [word]
            ends = [text[word.start + seam : word.end] for seam in rereading._seams(word, text)]
            assert not [end for end in ends if rereading.is_legal(end.lower(), end)]


@given(
    st.lists(
        st.sampled_from(
            [
                "abd",
                "abdel",
                "al",
                "ad",
                "ud",
                "d",
                "nur",
                "dd",
                "ol",
                "lah",
                "rahman",
                "din",
                "deen",
                "dine",
                "dein",
                "dyn",
                "ine",
            ]
        ),
        max_size=5,
    )
)
def test_words_that_are_not_looked_at_make_no_compound(pieces: list[str]) -> None:
    for text in (" ".join(pieces), "".join(pieces)):
        words = split(Traced.whole(text))
        if not compounds.may_join(words):
            assert [compounds.one_word(word.text) for word in words] == [word.text for word in words]
            assert not any(
                compounds._abd_at(words, place) or compounds._din_at(words, place) for place in range(len(words))
            )


PIECES = [
    *"aalbklnABK13@ .,-_'/&()",
    *(
        "alias",
        " aka ",
        " F/K/A ",
        " (now ",
        ", ex-",
        "vormals",
        "a.k.a.",
        "trading as",
        "ahmed",
        "Abdel ",
        "nur al-din",
        "H I K",
        "J.P.",
        "JC ",
        "AG",
        " Sa",
    ),
    *(
        "lRAN",
        "AlR",
        "华为",
        " (Хуавэй)",
        " Huawei ",
        "hikvisssion",
        "Chang Chi-ch'eng",
        "(XPCC)",
        "adf/nalu",
        "é",
        "習",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(["person", "organization", None]))
def test_a_rule_without_a_reason_gives_nothing(name: str, kind: Kind | None) -> None:
    normalised = normalise(name)
    romanised = romanise(normalised.traced)
    segments = segments_of(normalised.traced, kind)
    seamed = rereading.has_capital_inside(name)
    words = rereading.legal_form_apart(cut(romanised[0], segments), name)
    look_up(words, name)
    source = Source(name, normalised.traced, romanised, segments, words, kind, seamed, signs_of(words))
    reasons = readings_of._reasons(source)
    assert [rule for reason, rule in readings_of._RULES if not reasons & reason and rule(source)] == []


@given(st.text("abAB1 'éÉ習ǅ", max_size=10))
def test_a_word_without_a_capital_inside_has_no_seam_but_at_its_last_letter(name: str) -> None:
    if rereading._CAPITAL_INSIDE.search(name) and not rereading.has_capital_inside(name):
        words = split(normalise(name).traced)
        assert not any(seam < len(word.text) - 1 for word in words for seam in rereading._seams(word, name))


@given(st.text("ab1 ,.-_/&+'`()é", max_size=16))
def test_plain_texts_are_cut_as_others(text: str) -> None:
    assert splitting._raw_words(text) == splitting._WORD.findall(text)


@pytest.mark.parametrize(
    "name", ["Vega L.L.C.", "AMM S.p.A.", "Acme Trading S.A.", "Alfa Romeo S.A.", "Bank S.A.", "Li A.B."]
)
def test_letters_with_points_are_no_initials_beside_what_is_no_surname(name: str) -> None:
    assert not any("initials beside" in one.standard for one in parse(name).readings)


@pytest.mark.parametrize(
    ("name", "kind"), [("Usmanov A.B.", None), ("Siemens AG", "organization"), ("Acme Trading S.A.", "organization")]
)
def test_two_letters_with_points_beside_one_name_tell_no_kind(name: str, kind: str | None) -> None:
    assert parse(name).kind == kind


@pytest.mark.parametrize(
    "name",
    [
        "SEMICONDUCTOR MANUFACTURING LIMITED",  # a word of the tables
        "SEMICONDUCTOR MANUFACTURING INTERNAT",  # of 36 characters
        "Public Joint Stock Company RussNeft",  # what is left says nobody
        "Verylongdistinctiveword Anotherword",  # one word would be left
    ],
)
def test_a_name_that_was_not_cut_keeps_its_last_word(name: str) -> None:
    assert not any("cut" in one.standard for one in parse(name).readings)

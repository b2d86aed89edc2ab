"""What `parse` makes of real names, row by row, then the laws that hold for every string."""

from __future__ import annotations

import csv
import string

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sanctionscreen.names import MAX_LENGTH, MAX_TOKENS, Role, parse
from sanctionscreen.names.lexicon import latin_words
from sanctionscreen.names.normalise import normalise
from sanctionscreen.names.parsing import MAX_READINGS
from sanctionscreen.names.tsv import rows

KINDS = ("person", "organization", "vessel", "aircraft", None)
_SHORT = {
    Role.WORD: "", Role.INITIAL: "i:", Role.PARTICLE: "p:", Role.TITLE: "t:",
    Role.GENERIC: "g:", Role.PLACE: "at:", Role.NUMBER: "#", Role.LEGAL: "l:",
}  # fmt: skip


def shown(reading):
    """A reading in one line: role, word, and the concept where it is another word."""
    return " ".join(
        f"{_SHORT[token.role]}{token.text}" + (f"={token.concept}" if token.concept not in ("", token.text) else "")
        for token in reading.tokens
    )


def main(text, kind=None):
    return shown(parse(text, kind).readings[0])


# Organisations -------------------------------------------------------------------------------------------

ORGANIZATIONS = [
    (
        "Hangzhou Hikvision Digital Technology Co., Ltd.",
        "at:hangzhou hikvision g:digital g:technology l:coltd=limited",
    ),
    ("HIK VISION europe bv", "hik vision at:europe l:bv=limited"),
    ("Hangzhou Haikang Weishi Shuzi Jishu", "at:hangzhou haikang weishi g:shuzi=digital g:jishu=technology"),
    ("Hikvision Digital Tech Co Ltd", "hikvision g:digital g:tech=technology l:coltd=limited"),
    ("Coca-Cola & Co", "coca cola l:andco=company"),
    ("Deutsche Bank (Schweiz) AG", "at:deutsche=de g:bank at:schweiz=ch l:ag=public_limited"),
    ("The Homs Refinery Company", "p:the at:homs g:refinery l:company"),
    ("Banco Nacional de Cuba", "g:banco=bank g:nacional=national p:de=of at:cuba=cu"),
    (
        "CONSTRUCTORA JATZIRY DE GUASAVE S.A. DE C.V.",
        "g:constructora=construction jatziry p:de=of guasave l:sadecv=public_limited",
    ),
    ("Acme S. de R.L. de C.V.", "acme l:sderldecv=llc"),
    ("Foo Sp. z o.o.", "foo l:spzoo=limited"),
    ("Maersk A/S", "maersk l:as=public_limited"),
    ("OOO Romashka", "l:ooo=llc romashka"),
    (
        "PT Bank Negara Indonesia (Persero) Tbk",
        "l:pt=public_limited g:bank negara at:indonesia=id l:perserotbk=public_limited",
    ),
    ("Limited Liability Company Romashka", "l:limitedliabilitycompany=llc romashka"),
    ("SiemensAG", "siemens l:ag=public_limited"),
    ("Fund VII LP", "g:fund #vii=7 l:lp=limited_partnership"),
    ("FLEURETTE AFRICA RESOURCES I B.V.", "fleurette at:africa g:resources=resource #i=1 l:bv=limited"),
    ("Brigade Forty-Four", "g:brigade #fortyfour=44"),
    ("Brigade Forty 4", "g:brigade #forty4=44"),
    ("No. 55 Research Institute", "p:no=number #55 g:researchinstitute=research_institute"),
    ("13th Bureau", "#13th=13 g:bureau"),
    ("The United Arab Emirates Trading Co", "p:the at:unitedarabemirates=ae g:trading=trade l:co=company"),
    ("Nur al-Din al-Zenki Movement", "nuruddin p:al zenki g:movement"),
    ("J.P. Morgan Chase & Co.", "jp morgan chase l:andco=company"),
    ("Institut Stali i Splavov", "g:institut=institute stali p:i=and splavov"),
    ("Int'l Mfg Svcs, Inc.", "g:intl=international g:mfg=manufacturing g:svcs=service l:inc=corporation"),
    (
        "杭州海康威视数字技术股份有限公司",
        "at:hangzhou haikang weishi g:shuzi=digital g:jishu=technology l:gufenyouxiangongsi=public_limited",
    ),
    ("株式会社トヨタ", "l:kabushikikaisha=public_limited toyota"),
    ("Общество с ограниченной ответственностью «Ромашка»", "l:obshchestvosogranichennoyotvetstvennostyu=llc romashka"),
    ("Банк ВТБ (ПАО)", "g:bank vtb l:pao=public_limited"),
    ("삼성전자 주식회사", "samseong g:jeonja=electronics l:jusikhoesa=public_limited"),

    ("بانک ملی ایران", "g:bank g:mli=national at:iran=ir"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ORGANIZATIONS)
def test_organisations(text, expected):
    assert main(text, "organization") == expected


@pytest.mark.parametrize(("text", "expected"), ORGANIZATIONS)
def test_organisations_are_told_by_their_words(text, expected):
    name = parse(text)
    assert (name.kind, name.inferred) == ("organization", True)
    assert shown(name.readings[0]) == expected


# People --------------------------------------------------------------------------------------------------

PEOPLE = [
    ("ABBAS, Abu", "abu abbas"),
    ("Bashar al-Assad", "bashar p:al assad"),
    ("AL-ASSAD, Dr. Bashar", "t:dr=doctor bashar p:al assad"),
    ("Mr. Recep Tayyip Erdoğan", "t:mr recep tayyip erdogan"),
    ("Brigadier General Ali", "t:brigadiergeneral=general ali"),
    ("Salman bin Muhammad", "salman p:bin=son muhammad"),
    ("AL BEN MAHMOUD, Isa Ben Tarif", "isa p:ben=son tarif p:al p:ben=son mahmoud"),
    ("Ben Carson", "ben=benjamin carson"),
    ("Bart De Vries", "bart p:de=of vries"),
    ("Qusay Saddam Hussein Al-Tikriti", "qusay saddam hussein p:al tikriti"),
    ("Amir Muhammad Sa’id Abdal-Rahman al-Salbi", "amir muhammad said abdulrahman p:al salbi"),
    ("Muhammad Said Abd al-Rahman al-Mawla", "muhammad said abdulrahman p:al mawla"),
    ("J.-C. Juncker", "i:j i:c juncker"),
    ("J.P. Smith", "i:j i:p smith"),
    ("V.Putin", "i:v putin"),
    ("Sean O'Neil", "sean oneil"),
    ("John Smith III", "john smith #iii=3"),
    ("SMITH, John, Jr.", "john smith t:jr=junior"),
    ("KIM, Jong Un", "jong un kim"),
    ("KHAN, Abdul", "abdulkhan"),
    ("Jordan Bank", "jordan bank"),
    ("Xi Jinping", "xi jinping"),
    ("Nicolás Maduro SA", "nicolas maduro l:sa=public_limited"),
    ("Nicolás Maduro LLC", "nicolas maduro l:llc"),
    ("CARLOS SA", "carlos sa"),
    ("Maria de Sa", "maria p:de=of sa"),
    ("欧阳修", "ouyang xiu"),
    ("김정은", "kim jeongeun"),
    ("Владимир Владимирович Путин", "vladimir vladimirovich putin"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_people(text, expected):
    assert main(text, "person") == expected


@pytest.mark.parametrize(
    "text",
    [
        "ABBAS, Abu",
        "Salman bin Muhammad",
        "Sheikh Ali Hasan",
        "Vladimir Vladimirovich Putin",
        "Mr Smith",
        "محمد بن سلمان",
    ],
)
def test_people_are_told_by_their_words(text):
    assert (parse(text).kind, parse(text).inferred) == ("person", True)


@pytest.mark.parametrize(
    "text", ["Jordan Smith", "Xi Jinping", "Hikvision", "Adam Parks", "3%ers", "MS-13", "YK-AKD", "海康威視"]
)
def test_no_kind_where_nothing_tells(text):
    assert (parse(text).kind, parse(text).inferred) == (None, False)


def test_a_stated_kind_is_not_inferred():
    assert (parse("Acme Ltd", "person").kind, parse("Acme Ltd", "person").inferred) == ("person", False)


# Vessels and aircraft ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("M/V Artavia", "vessel", "t:mv=vessel artavia"),
        ("MT Ocean Star", "vessel", "t:mt=vessel ocean star"),
        ("ASIA BRIDGE 1", "vessel", "asia bridge #1"),
        ("DIAMOND II", "vessel", "diamond #ii=2"),
        ("MARSHAL ZHUKOV", "vessel", "marshal zhukov"),
        ("YK-AKD", "aircraft", "yk akd"),
        ("EP-MMC", "aircraft", "ep mmc"),
    ],
)
def test_ships_and_aircraft(text, kind, expected):
    assert main(text, kind) == expected


def test_a_ship_is_told_by_its_prefix():
    assert parse("M/V Artavia").kind == "vessel"


# Readings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("H I K V I S I O N", None, "hikvision"),
        ("S M I C Holdings", "organization", "smic g:holdings=holding"),
        ("JC Juncker", "person", "i:j i:c juncker"),
        ("SergeiLavrov", "person", "sergei=sergey lavrov"),
        ("J.P. Morgan", "organization", "i:j i:p morgan"),
        ("J.P. Morgan", None, "jp morgan"),
        ("H1kvision", None, "hikvision"),
        ("Maria Sa", None, "maria l:sa=public_limited"),
        ("DIN MOHAMMAD ABDUL HANIF", "person", "din mohammad abdul hanif"),
        ("김정은", "person", "kim jeong eun"),
        ("ADF/NALU", "organization", "adf"),
        ("ABBAS, Abu (alias ZAYDAN, Muhammad)", "person", "muhammad zaydan"),
        ("海康威視", None, "海康威视"),
        ("习近平", None, "习 近平"),
        ("杭州海康威视数字技术", None, "at:杭州=hangzhou 海康威视 g:数字=digital g:技术=technology"),
    ],
)
def test_another_reading(text, kind, expected):
    readings = [shown(reading) for reading in parse(text, kind).readings]
    assert expected in readings[1:]


@pytest.mark.parametrize(
    ("text", "disguise"),
    [
        ("H1kvision", "leet"),
        ("Ηikvision", "homoglyph"),
        ("Hik\u200bvision", "zero_width"),
        ("H I K V I S I O N", "spaced"),
    ],
)
def test_disguises(text, disguise):
    assert disguise in parse(text).disguises


@pytest.mark.parametrize("text", ["Hikvision", "3M", "S M I C", "Munoz Hermanos", "J.P. Morgan"])
def test_no_disguise(text):
    assert parse(text).disguises == ()


def test_readings_name_their_script_and_standard():
    assert [(r.script, r.standard) for r in parse("习近平").readings[:2]] == [
        ("Latn", "pinyin"),
        ("Hani", "as written"),
    ]
    assert parse("H1kvision").readings[1].standard == "as written, digits as letters"


def test_words_without_vowels_are_marked():
    assert {token.text: token.skeleton for token in parse("محمد بوتفليقة").readings[0].tokens} == {
        "muhammad": False,
        "butfliqa": True,
    }
    assert not any(token.skeleton for token in parse("Mhmd Ali").readings[0].tokens)


# Bad input -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "...", "\ud800", "\u200b", "()—«»"])
def test_nothing_to_compare(text):
    assert parse(text).readings == ()


@pytest.mark.parametrize("text", ["Co Ltd", "AG", "S.A.", "GmbH & Co. KG", "S. de R.L. de C.V.", "有限公司"])
def test_only_a_legal_form(text):
    name = parse(text, "organization")
    assert name.notes == ("the name is only a legal form",)
    assert {token.role for token in name.readings[0].tokens} == {Role.WORD}


@pytest.mark.parametrize(("text", "expected"), [("The", "the"), ("Dr.", "dr"), ("Dr. Dr.", "dr dr")])
def test_only_titles_and_particles_are_words(text, expected):
    assert main(text) == expected
    assert parse(text).notes == ()


def test_a_long_name_is_cut_and_says_so():
    name = parse("a" * 10_000_000)
    assert len(name.original) == MAX_LENGTH
    assert str(MAX_LENGTH) in name.notes[0]


def test_many_words_are_cut_and_said_so():
    name = parse("ab " * 100, "person")
    assert len(name.readings[0].tokens) == MAX_TOKENS
    assert str(MAX_TOKENS) in name.notes[0]


# Laws ----------------------------------------------------------------------------------------------------

LETTERS = st.characters(codec="utf-8") | st.sampled_from("-'.,&/() ОАσ海محכ김トअ0123IVX")
PIECES = st.sampled_from(
    [
        "Ltd",
        "S.A.",
        "al-",
        "abd",
        "bin",
        "Dr",
        "M/V",
        "Hong Kong",
        "股份有限公司",
        "第五十四",
        "ООО",
        ",",
        "Co",
        "J.P.",
        "XII",
        "forty",
    ]
)
TEXTS = st.lists(st.text(LETTERS, max_size=12) | PIECES, max_size=12).map(" ".join) | st.text(max_size=60)


@given(TEXTS, st.sampled_from(KINDS))
@example("\ud800 Ltd", None)
@example("İİİ 𝐇𝐢𝐤 ﬃ", "organization")
def test_every_string_is_read_within_bounds(text, kind):
    name = parse(text, kind)
    assert len(name.readings) <= MAX_READINGS
    for reading in name.readings:
        assert 0 < len(reading.tokens) <= MAX_TOKENS
        assert all(token.text for token in reading.tokens)


@given(TEXTS, st.sampled_from(KINDS))
@example("KHAN, Abdul", "person")
@example("B, A", "person")
@example("\u202ednoces a.b", "person")
@example("\u202e 00", None)
def test_spans_lie_in_the_original_and_apart(text, kind):
    for reading in parse(text, kind).readings:
        spans = sorted((token.start, token.end) for token in reading.tokens)
        assert all(0 <= start < end <= min(len(text), MAX_LENGTH) for start, end in spans)


@given(st.text(string.ascii_letters + string.digits + " -.&'", max_size=40), st.sampled_from(KINDS))
def test_the_span_of_a_plain_word_is_the_word(text, kind):
    for token in parse(text, kind).readings[0].tokens if parse(text, kind).readings else ():
        written = "".join(filter(str.isalnum, text[token.start : token.end].lower()))
        assert written == token.text or "&" in text or token.text.startswith("abdul") or token.text.endswith("uddin")


@given(TEXTS, st.sampled_from(KINDS))
def test_parsing_is_deterministic(text, kind):
    assert parse(text, kind) == parse(text, kind)


@example("000 000 0000 00000000000  0000", "person")  # of 30 characters, as fields are
@given(TEXTS.map(str.lower), st.sampled_from(KINDS))
def test_parsing_a_normalised_name_gives_the_same_tokens(text, kind):
    traced = normalise(text).traced
    assume(len(set(traced.starts)) == len(traced.starts))  # a character that unfolds to two has one place for both
    once, twice = parse(text, kind), parse(traced.text, kind)
    assert [shown(r) for r in once.readings] == [shown(r) for r in twice.readings]


def _forms():
    for row in rows("words/legal_usage.tsv"):
        for form in row[1].split("|"):
            spelling, _, condition = form.partition(":")
            if condition != "start":
                yield spelling, row[0]


FORMS = sorted(set(_forms()))
BRANDS = st.text(string.ascii_lowercase, min_size=5, max_size=9).filter(
    lambda word: word not in latin_words().words and word not in latin_words().begun and "d" not in word
)


@given(st.lists(BRANDS, min_size=1, max_size=3), st.sampled_from(FORMS))
def test_a_legal_form_adds_nothing_but_a_legal_token(words, form):
    spelling, concept = form
    without = parse(" ".join(words), "organization").readings[0].tokens
    tokens = parse(" ".join([*words, spelling]), "organization").readings[0].tokens
    assert tokens[: len(without)] == without
    (added,) = tokens[len(without) :]
    assert (added.role, added.concept) == (Role.LEGAL, concept)


def test_every_legal_form_is_one_token_of_its_class():
    read = {form: parse(f"qwertz {form[0]}", "organization").readings[0].tokens for form in FORMS}
    assert [form for form, tokens in read.items() if [t.concept for t in tokens] != ["", form[1]]] == []


# Real lists ----------------------------------------------------------------------------------------------


def test_kinds_of_the_sdn_list_are_seldom_mistaken(shared):
    """A wrong kind is worse than none: fewer than one in a hundred, and most names are told."""
    kinds = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
    with (shared / "data/ofac/2021-07-07/sdn.csv").open(encoding="latin-1", newline="") as file:
        entries = [(row[1], kinds.get(row[2].strip(), "organization")) for row in csv.reader(file) if len(row) > 2]
    inferred = [(kind, parse(name).kind) for name, kind in entries]
    wrong = sum(found not in (None, kind) for kind, found in inferred)
    told = sum(found is not None for _, found in inferred)
    assert wrong < len(entries) / 100
    assert told > len(entries) * 0.75

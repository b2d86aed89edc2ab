"""Normalisation: what honest spelling keeps, what a disguise loses, and the laws of both."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sanctionscreen.names.disguised import unrepeated
from sanctionscreen.names.normalise import MAX_LENGTH, Traced, normalise, unleet, unspaced

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Mn", "Mc", "Cf", "Cs", "Lo", "Lt", "Lm"]),
        st.sampled_from("aAеЕηΗİıſßﬀΰΐᾳ\u0345\u0307\u0308\u200b\u200d\u202e\u2066 \t\u3000´ΩÅKⓗ🅷𝐇각ﾡￂ가"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("original", "text", "disguises"),
    [
        ("Hangzhou Hikvision", "hangzhou hikvision", ()),
        ("  Two\t spaces\u3000here ", "two spaces here", ()),
        ("Ηikvision", "hikvision", ("homoglyph",)),  # Greek capital eta
        ("Нikvision", "hikvision", ("homoglyph",)),  # Cyrillic capital en
        ("Hikvisiоn Еurope", "hikvision europe", ("homoglyph",)),
        ("Соса Cola", "coca cola", ("homoglyph",)),  # a whole word of Cyrillic doubles
        ("ОАО Gazprom", "оао gazprom", ()),  # three letters: a legal form
        ("ОАО Роснефть", "оао роснефть", ()),
        ("Сoсa", "coca", ("homoglyph",)),
        ("A\u0435\u0327ro", "a\u0229ro", ("homoglyph",)),  # a Cyrillic e with a cedilla, which has no character
        ("A\u0456\u0307\u0302ro", "a\u00eero", ("homoglyph",)),
        ("Рутin", "рутin", ()),  # mostly Cyrillic, which has no n: of two languages, not disguised
        ("Яндекс.Go", "яндекс.go", ()),
        ("𝐇𝐢𝐤vision", "hikvision", ("homoglyph",)),
        ("🅷ikvision", "hikvision", ("homoglyph",)),
        ("Acme 🇺🇸", "acme 🇺🇸", ()),  # a flag
        ("Ｈｉｋ", "hik", ()),  # full width is ordinary in East Asia
        ("Hik\u200bvision", "hikvision", ("zero_width",)),
        ("Hik\u2060vi\u200csion", "hikvision", ("zero_width",)),
        ("Hik\u034fvision", "hikvision", ("zero_width",)),
        ("\ufeffHikvision\u200b", "hikvision", ()),  # at the ends it is what copying leaves
        ("Hik\u00advision", "hikvision", ()),  # a soft hyphen is typesetting
        ("می\u200cشود", "میشود", ()),
        ("क्\u200dष", "क्ष", ()),
        ("ไทย\u200bแลนด์", "ไทยแลนด์", ()),
        ("辻\U000e0100", "辻", ()),
        ("\u202enoisivkiH", "hikvision", ("bidi",)),
        ("\u202eسلام", "سلام", ("bidi",)),  # already right to left: nothing to turn round
        ("\u202ba\u0301b", "áb", ()),
        ("Hik\u202avision", "hikvision", ("bidi",)),
        ("Hikvision\u200e", "hikvision", ()),
        ("אב\u200fגד", "אבגד", ()),
        ("O’Neil", "o'neil", ()),
        ("O´Neil", "o'neil", ()),
        ("a\u00a8b", "a b", ()),
        ("Jean–Luc", "jean-luc", ()),
        ("Straße", "strasse", ()),
        ("İŞ BANKASI", "iş bankasi", ()),
        ("ışık", "ışık", ()),
        ("Ⅷ", "viii", ()),
        ("株式会社", "株式会社", ()),
        ("㈱", "(株)", ()),
        ("각", "각", ()),  # conjoining jamo
        ("\ud800a\x00b\x07", "ab", ()),
        ("", "", ()),
        ("\u200b\u202e \n", "", ("bidi",)),
    ],
)
def test_a_name_is_normalised(original: str, text: str, disguises: tuple[str, ...]) -> None:
    result = normalise(original)
    assert (result.text, result.disguises) == (text, disguises)
    assert result.notes == ()


@pytest.mark.parametrize(
    ("original", "start", "end", "span"),
    [
        ("Acme", 0, 4, (0, 4)),
        ("ﬁat", 0, 2, (0, 1)),
        ("Straße", 4, 6, (4, 5)),
        ("H\u200bik", 0, 2, (0, 3)),
        ("\u202enoisivkiH", 0, 3, (7, 10)),
        ("  a  b ", 0, 3, (2, 6)),
        ("e\u0301a", 0, 1, (0, 2)),
    ],
)
def test_the_trail_leads_back(original: str, start: int, end: int, span: tuple[int, int]) -> None:
    assert normalise(original).traced.span(start, end) == span


def test_a_part_keeps_its_trail() -> None:
    part = normalise("ﬁat Müller").traced.part(5, 8)
    assert (part.text, part.span(0, 3)) == ("mül", (4, 7))


@pytest.mark.parametrize("unit", ["x", "\u200b", "ﷺ", "e\u0301", "Ηi", " ", "\u202ea"])
def test_a_long_name_is_cut_and_says_so(unit: str) -> None:
    result = normalise(unit * 1_000_000)
    assert len(result.text) <= MAX_LENGTH
    assert str(MAX_LENGTH) in result.notes[0]


def test_a_ligature_that_unfolds_past_the_bound_is_cut() -> None:
    result = normalise("ﷺ" * 100)
    assert (len(result.text), len(result.notes)) == (MAX_LENGTH, 1)


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("h1kvision", ["hikvision", "hlkvision"]), ("hikvisi0n", ["hikvision"]), ("huawe1", ["huawel", "huawei"]),
        ("m1cr0s0ft", ["microsoft", "mlcrosoft"]), ("5inopec", ["sinopec"]), ("dahu@", ["dahua"]), ("4hm4d", ["ahmad"]),
        ("41iaf", ["aiiaf", "aliaf"]), ("c11ff", ["cliff", "ciiff", "cllff"]), ("p3r3z", ["perez"]),
        ("al-n45er", ["al-naser"]), ("k-50ft", ["k-soft"]), ("4l-qert4s", ["al-qertas"]), ("bali74", ["balita"]),
        ("3m", []), ("b2b", []), ("a10", []), ("10x", []), ("s300", []), ("ka52", []), ("21st", []), ("yahoo!", []),
        ("imo9187629", []), ("hikvision", []), ("2022", []), ("abc123", []), ("", []), ("хик3", []), ("ab1234", []),
    ],
)  # fmt: skip
def test_leet(word: str, readings: list[str]) -> None:
    assert list(unleet(word)) == readings


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("hikvisssion", ["hikvision", "hikvission"]),
        ("mansour zadehhhh", ["mansour zadeh", "mansour zadehh"]),
        ("хиквижжжн", ["хиквижн", "хиквижжн"]),
        ("www acme", []),
        ("fund xxiii", []),
        ("hikvission", []),
        ("", []),
    ],
)
def test_repeated_letters(text: str, readings: list[str]) -> None:
    assert [one.text for one in unrepeated(Traced.whole(text))] == readings


@pytest.mark.parametrize("text", ["超 静 赵", "海 康 威 视", "김 정 은"])
def test_syllables_that_stand_apart_are_no_spaced_letters(text: str) -> None:
    assert unspaced(Traced.whole(text)) is None


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("S M I C", "smic"), ("H I K V I S I O N Europe", "hikvision europe"), ("S.M.I.C.", "smic"),
        ("Х И К", "хик"), ("A-B-C Ltd", "abc ltd"), ("A B Volvo", None), ("Acme", None), ("1 2 3", None),
        ("J R R Tolkien", "jrr tolkien"),
    ],
)  # fmt: skip
def test_spaced_letters(name: str, joined: str | None) -> None:
    result = unspaced(normalise(name).traced)
    assert (result and result.text) == joined


def test_joined_letters_keep_their_trail() -> None:
    joined = unspaced(normalise("The S M I C").traced)
    assert joined is not None
    assert joined.span(4, 8) == (4, 11)


@given(HOSTILE)
@example("Ωabc")
@example("αβß")
@example("ΑΒß")
@example("ᾳ\u0301")
@example("́ͅα")
@example("İ\u0307")
@example("\u0958\u0345")
def test_normalising_twice_equals_once(original: str) -> None:
    once = normalise(original)
    again = normalise(once.text)
    assert again.text == once.text
    assert not set(again.disguises) & {"zero_width", "homoglyph"}


@given(HOSTILE)
def test_every_character_comes_from_the_original(original: str) -> None:
    traced = normalise(original).traced
    assert len(traced.text) == len(traced.starts) == len(traced.ends)
    assert all(0 <= start < end <= len(original) for start, end in zip(traced.starts, traced.ends, strict=True))


@given(HOSTILE)
def test_what_is_left_can_be_seen(original: str) -> None:
    text = normalise(original).text
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in text)
    assert text == " ".join(text.split(" ")).strip(" ")
    assert unicodedata.is_normalized("NFKC", text)


@given(st.text("aceio\u0430\u0435\u043e\u0441\u0456\u03bf\u03f2\u0301\u0302\u0307\u0323\u0327", max_size=8))
def test_letters_of_another_script_are_composed_anew(original: str) -> None:
    assert unicodedata.is_normalized("NFKC", normalise(original).text)


@given(st.text(st.characters(max_codepoint=126, min_codepoint=32), max_size=60))
def test_plain_text_only_loses_its_capitals_and_spare_spaces(original: str) -> None:
    result = normalise(original)
    assert result.text == " ".join(original.lower().split())
    assert result.disguises == ()


@given(st.text(max_size=20))
def test_a_text_traces_to_itself(text: str) -> None:
    traced = Traced.whole(text)
    assert [traced.span(place, place + 1) for place in range(len(text))] == [
        (place, place + 1) for place in range(len(text))
    ]

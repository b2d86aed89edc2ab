"""Scripts of characters and texts, against what Unicode's own character names say."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.names.scripts import dominant_script, script_of, scripts_in

NAMES = {
    "LATIN": "Latn", "GREEK": "Grek", "CYRILLIC": "Cyrl", "ARMENIAN": "Armn", "HEBREW": "Hebr", "ARABIC": "Arab",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml", "THAI": "Thai", "LAO": "Laoo", "GEORGIAN": "Geor",
    "HANGUL": "Hang", "ETHIOPIC": "Ethi", "KHMER": "Khmr", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana",
}  # fmt: skip


@given(st.characters(categories=["Lu", "Ll", "Lo"]))
def test_a_letter_is_of_the_script_in_its_name(char: str) -> None:
    script = NAMES.get(unicodedata.name(char, "").split(" ")[0])
    if script is not None:
        assert script_of(char) == script


@given(st.characters(categories=["Nd", "Zs", "Pd", "Sm", "Cs", "Cn"], max_codepoint=0xFF))
def test_what_is_no_letter_has_no_script(char: str) -> None:
    assert script_of(char) == ""


@pytest.mark.parametrize(
    ("text", "scripts", "dominant"),
    [
        ("", (), ""),
        ("123 -", (), ""),
        ("Acme", ("Latn",), "Latn"),
        ("海康 Hik", ("Hani", "Latn"), "Latn"),
        ("مجمع ab", ("Arab", "Latn"), "Arab"),
        ("ab жд", ("Latn", "Cyrl"), "Latn"),
        ("\x00\x01", (), ""),
        ("\U0010ffff", (), ""),
        ("\U00031350", ("Hani",), "Hani"),  # of Unicode 15
    ],
)
def test_scripts_of_a_text(text: str, scripts: tuple[str, ...], dominant: str) -> None:
    assert (scripts_in(text), dominant_script(text)) == (scripts, dominant)


@given(st.text())
def test_the_dominant_script_is_one_of_those_in_the_text(text: str) -> None:
    assert dominant_script(text) in {*scripts_in(text), ""}
    assert (dominant_script(text) == "") == (scripts_in(text) == ())

"""Plain text at 80 columns."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.layout import MOST_SHOWN, WIDTH, columns, paragraph, quoted, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hikvision", "Hikvision"),
        ("海康威视", "海康威视"),
        ("Hik\u200bvision", r"Hik\u200bvision"),
        ("\u202eevil", r"\u202eevil"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\nb\tc", r"a\nb\tc"),
        ("\ud800", r"\ud800"),
        ("a\u200cb", r"a\u200cb"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("[red]x[/red]", "[red]x[/red]"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_obey_is_written_as_an_escape(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_a_very_long_text_is_cut_where_it_is_only_shown() -> None:
    assert shown("x" * 10_000_000) == "x" * MOST_SHOWN + "…"


@pytest.mark.parametrize(
    ("text", "width"),
    [("Hikvision", 9), ("海康", 4), ("ｶﾅ", 2), ("ＡＢ", 4), ("e\u0301", 1), ("한국", 4), ("", 0)],
)
def test_width_is_that_of_the_terminal(text: str, width: int) -> None:
    assert columns(text) == width


@given(st.text(max_size=300))
def test_nothing_shown_can_act_on_a_terminal(text: str) -> None:
    told = shown(text).replace("\u200c", "").replace("\u200d", "")
    assert not {unicodedata.category(char) for char in told} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"]), max_size=300))
def test_a_paragraph_keeps_every_word_and_its_width(text: str) -> None:
    lines = list(paragraph(text, first="- ", rest="  "))
    assert [word for line in lines for word in line[2:].split()] == text.split()
    assert all(columns(line) <= WIDTH or len(line.split()) <= 2 for line in lines)


def test_an_empty_paragraph_has_no_line() -> None:
    assert list(paragraph("  ", first="- ")) == []


def test_a_quotation_is_shown_text() -> None:
    assert quoted("a\x00") == r'"a\x00"'

r"""Plain text for a screen of 80 columns: characters made safe to print, lines broken by their real width.

Han characters and kana take two columns each (East Asian Width, https://www.unicode.org/reports/tr11/), combining
marks none. A name from outside can hold characters that a terminal obeys: escape sequences, changes of writing
direction (https://www.unicode.org/reports/tr36/), zero-width characters. They are written as escapes.

>>> print(shown("Hik\u200bvision \x1b[31m"))
Hik\u200bvision \x1b[31m
>>> list(figured("-12", "Only the listed name has these words.", width=30))
['   -12  Only the listed name', '        has these words.']
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from sanctionscreen.names.scripts import JOINER_SCRIPTS, script_of

#: Columns of a line.
WIDTH = 80
#: What ends every text that says what a rule of law means.
NO_ADVICE = "This informs and is no legal advice."
#: A rule across the screen.
LINE = "-" * WIDTH
#: A text longer than this is cut where it is only shown, in characters.
MOST_SHOWN = 2_000

#: Unicode categories of characters that print as nothing, or make a terminal do something.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
_FIGURE = 6


def shown(text: str) -> str:
    r"""Give a text with every character that a terminal would hide or obey written as an escape.

    A joiner within a word of a script that is spelt with joiners stays. A text longer than `MOST_SHOWN` is cut.

    >>> shown("می\u200cخواهم") == "می\u200cخواهم", shown("a\u200cb")
    (True, 'a\\u200cb')
    """
    cut = text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"
    return "".join(_seen(char, before) for before, char in zip(" " + cut, cut, strict=False))


def _seen(char: str, before: str) -> str:
    if char.isprintable() or unicodedata.category(char) not in _UNSEEN:
        return char
    if char in _JOINERS and script_of(before) in JOINER_SCRIPTS:
        return char
    return char.encode("unicode_escape").decode("ascii")


def quoted(text: str) -> str:
    """Give a text as `shown`, in quotation marks.

    >>> print(quoted("Hikvision"))
    "Hikvision"
    """
    return f'"{shown(text)}"'


def counted(number: int, one: str, many: str) -> str:
    """Give a number with its noun.

    >>> counted(1, "party", "parties"), counted(0, "party", "parties")
    ('1 party', '0 parties')
    """
    return f"{number} {one if number == 1 else many}"


def columns(text: str) -> int:
    r"""How many columns of a terminal a text takes.

    >>> columns("海康 HIK"), columns("é"), columns("e\u0301")
    (8, 1, 1)
    """
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.category(char) in ("Mn", "Me") for char in text)


def paragraph(text: str, *, first: str = "", rest: str = "", width: int = WIDTH) -> Iterator[str]:
    """Break a text into lines of at most `width` columns; a word that is wider still, such as an address, stays whole.

    Args:
        text: sentences; any white space is one space.
        first: what the first line begins with.
        rest: what every other line begins with.
        width: in columns.

    >>> list(paragraph("one two three", first="- ", rest="  ", width=9))
    ['- one two', '  three']
    """
    line, empty = first, True
    for word in text.split():
        if not empty and columns(line) + 1 + columns(word) > width:
            yield line
            line, empty = rest, True
        line += word if empty else f" {word}"
        empty = False
    if not empty:
        yield line


def section(title: str, texts: Iterable[str]) -> list[str]:
    """Give a title and texts below it, an item each, as lines after an empty one; nothing where there is no text.

    >>> section("Mind", ["one", "two"])
    ['', 'Mind', '- one', '- two']
    """
    lines = [line for text in texts for line in paragraph(text, first="- ", rest="  ")]
    return ["", title, *lines] if lines else []


def figured(figure: str, text: str, *, width: int = WIDTH) -> Iterator[str]:
    """Give a sentence with a figure before it, in a column of its own."""
    return paragraph(text, first=f"{figure:>{_FIGURE}}  ", rest=" " * (_FIGURE + 2), width=width)

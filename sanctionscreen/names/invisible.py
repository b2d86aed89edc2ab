r"""Characters that cannot be seen, and whether they hide something.

Controls, lone surrogates, zero-width and bidirectional characters, variation selectors, Hangul fillers: Unicode's
default-ignorable characters (UAX #44, https://www.unicode.org/reports/tr44/). Persian has a zero-width non-joiner
inside ordinary words, Thai a zero-width space between them; in a Latin word both are there to deceive.

>>> disguises = []
>>> "".join(char for char, place in visible("Hik\u200bvision", disguises)), disguises
('Hikvision', ['zero_width'])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sanctionscreen.names.scripts import JOINER_SCRIPTS, RIGHT_TO_LEFT, UNSPACED_SCRIPTS, script_of
from sanctionscreen.names.traced import is_continuation

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_JOINERS = frozenset("\u200c\u200d")
_WORD_BREAKS = frozenset("\u200b\u2060")
_VARIATIONS = frozenset(
    [*map(chr, range(0xFE00, 0xFE10)), *map(chr, range(0xE0100, 0xE01F0)), *"\u180b\u180c\u180d\u180f"]
)
#: Of Unicode's default-ignorable characters, those that are letters or marks by category.
BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | _VARIATIONS
_REVERSED = re.compile("\u202e([^\u202c\u202e]*)")
#: What a terminal acts on and does not show: colours (ECMA-48, SGR), and the address of a link. What looks like another
#: code may be letters of a name behind a stray escape.
_ESCAPES = re.compile("\x1b\\[[0-9;]*m|\x1b\\]8;[^\x07\x1b]*(?:\x07|\x1b\\\\)")


def without_codes(text: str) -> str:
    """Write spaces in place of what a terminal acts on, so that every other character keeps its place."""
    return _ESCAPES.sub(lambda code: " " * len(code[0]), text) if "\x1b" in text else text


@lru_cache(maxsize=8192)
def _is_invisible(char: str) -> bool:
    return char in BLANK_LETTERS or (not char.isspace() and unicodedata.category(char) in {"Cc", "Cf", "Cs"})


def visible(text: str, disguises: list[str]) -> list[tuple[str, int]]:
    """Give the characters that can be seen, each with its place, in the order in which they are seen."""
    order = list(range(len(text)))
    for override in _REVERSED.finditer(text):
        if _reads_backwards(override[1]):
            order[override.start(1) : override.end(1)] = reversed(range(*override.span(1)))
    escaped = {place for code in _ESCAPES.finditer(text) for place in range(*code.span())}
    kept = []
    for place in order:
        if place in escaped:
            continue
        if _is_invisible(text[place]):
            disguises.extend(_disguise(text, place))
        else:
            kept.append((" " if text[place].isspace() else text[place], place))
    return kept


def _reads_backwards(text: str) -> bool:
    """Tell whether an override turns this text round: it has letters, none of a right-to-left script."""
    return not any(script_of(char) in RIGHT_TO_LEFT or is_continuation(char) for char in text)


def _disguise(text: str, place: int) -> Iterator[str]:
    """Name the disguise that an invisible character is, if no honest spelling puts it there."""
    char = text[place]
    if char in _OVERRIDES:
        yield "bidi"
        return
    before = _neighbour(reversed(text[:place]))
    after = _neighbour(text[place + 1 :])
    if not (before.isalnum() and after.isalnum()) or char == "\u00ad":
        return
    beside = {script_of(before), script_of(after)}
    if char in _BIDI:
        if not any(script_of(other) in RIGHT_TO_LEFT for other in text):
            yield "bidi"
    elif not beside & _ordinary_beside(char) and unicodedata.category(char) not in {"Cc", "Cs"}:
        yield "zero_width"


def _neighbour(text: Iterable[str]) -> str:
    """Give the nearest character that can be seen; marks count as the letter that carries them."""
    return next((char for char in text if not _is_invisible(char) and not unicodedata.combining(char)), "")


def _ordinary_beside(char: str) -> frozenset[str]:
    """Give the scripts whose ordinary spelling has this invisible character inside words."""
    if char in _JOINERS:
        return JOINER_SCRIPTS
    if char in _WORD_BREAKS:
        return UNSPACED_SCRIPTS
    if char in _VARIATIONS:
        return frozenset({"Hani", "Mong", "Mymr", ""})
    return frozenset({"Hang", "Khmr"}) if char in BLANK_LETTERS else frozenset()

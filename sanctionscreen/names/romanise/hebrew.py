"""Hebrew to Latin: vowels are seldom written, so most words are compared by their consonants.

The commonest names have their vowels in `hebrew_names.tsv`. Standard: the Academy of the Hebrew Language's
simple rules of 2006 (`hebrew.tsv`), the vowel letters read as the vowels they most often are. Points, where
written, are left out.

>>> "".join(romanised("דוד בן גוריון")), "".join(romanised("משה")), "".join(romanised("ג'ורג'"))
('david ben gurion', 'moshe', 'jurj')
>>> is_bare("משה"), is_bare("פלמוני")
(False, True)
"""

from __future__ import annotations

import re
from functools import cache

from sanctionscreen.names.romanise.sharing import shared_out
from sanctionscreen.names.tsv import pairs, rows

#: Letters that a following geresh turns into sounds Hebrew does not have.
_GERESH = {"ג": "j", "ז": "zh", "צ": "ch", "ץ": "ch", "ת": "th", "ד": "dh"}
_GERESH_MARKS = frozenset("'׳")
_POINTS = re.compile("[\u0591-\u05c7]")
_WORD = re.compile("[א-ת]+(?![\u0591-\u05c7'׳])")


@cache
def _table() -> dict[str, tuple[str, str, str]]:
    return {row[0]: (row[1], row[2], row[3]) for row in rows("romanise/hebrew.tsv")}


def is_bare(word: str) -> bool:
    """Tell whether the romanisation of one word lacks vowels that are spoken."""
    return _POINTS.sub("", word) not in pairs("romanise/hebrew_names.tsv")


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ווינר"), romanised("בן")
    (['v', '', 'i', 'n', 'r'], ['be', 'n'])
    """
    pieces = _spelt(text)
    names = pairs("romanise/hebrew_names.tsv")
    for word in _WORD.finditer(text):
        if word[0] in names:
            pieces[slice(*word.span())] = shared_out(names[word[0]], len(word[0]))
    return pieces


def _spelt(text: str) -> list[str]:
    padded = f" {text} "
    pieces = []
    before = " "
    for place, char in enumerate(text, 1):
        pieces.append(_piece(before, char, padded[place + 1]))
        if pieces[-1]:  # points and the geresh belong to the letter before
            before = char
    return pieces


def _piece(before: str, char: str, after: str) -> str:
    if "\u0591" <= char <= "\u05c7" or (char in _GERESH_MARKS and before in _GERESH):
        return ""
    if char not in _table():
        return char
    if after in _GERESH_MARKS and char in _GERESH:
        return _GERESH[char]
    if char == before and char in "וי":
        return ""
    if char == "ו" and (after == "ו" or before in "אי"):
        return "v" if after == "ו" else "o"
    start, inside, end = _table()[char]
    return start if not before.isalpha() else inside if after.isalpha() or after in "'׳\"״" else end

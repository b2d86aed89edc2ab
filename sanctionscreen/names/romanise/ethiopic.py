"""Ethiopic to Latin: a letter is a consonant with one of seven vowels.

The sixth vowel is hardly spoken: after a vowel and at the end of a word it is left out. The letters of a row
follow one another in Unicode, eight to a consonant. Standard: BGN/PCGN 1967 (Amharic) without diacritics.

>>> "".join(romanised("አቢይ አህመድ")), "".join(romanised("መለስ ዜናዊ")), "".join(romanised("ትግራይ"))
('abiy ahmed', 'meles zenawi', 'tigray')
"""

from __future__ import annotations

from functools import cache

from sanctionscreen.names.tsv import pairs

_FIRST, _LAST, _ROW = 0x1200, 0x135A, 8
_VOWELS = ("e", "u", "i", "a", "e", "", "o", "wa")
_SIXTH = 5


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ብር"), romanised("።")
    (['bi', 'r'], ['።'])
    """
    pieces: list[str] = []
    for place, char in enumerate(text):
        consonant = _consonants().get(ord(char) // _ROW * _ROW)
        if consonant is None or not _FIRST <= ord(char) <= _LAST:
            pieces.append(char)
            continue
        order = ord(char) % _ROW
        vowel = _VOWELS[order]
        if order == _SIXTH and _needs_vowel(text, pieces, place):
            vowel = "i"
        if not consonant and order == 0:
            vowel = "a"
        pieces.append(consonant + vowel)
    return pieces


@cache
def _consonants() -> dict[int, str]:
    return {int(code, 16): latin.replace("*", "") for code, latin in pairs("romanise/ethiopic.tsv").items()}


def _needs_vowel(text: str, pieces: list[str], place: int) -> bool:
    """Tell whether the sixth vowel is spoken: at the start of a word, or to part consonants, not at its end."""
    ends = not text[place + 1 : place + 2].isalpha()
    return not ends and (place == 0 or not pieces[-1][-1:].isalpha() or pieces[-1][-1] not in "aeiou")

"""Khmer to Latin: a consonant belongs to one of two series, and the series tells how its vowel is said.

Standard: the UNGEGN system of 1972 without diacritics, see `khmer.tsv`. A consonant without a vowel sign before
another consonant of its word is said with an a or o.

>>> "".join(romanised("កម្ពុជា")), "".join(romanised("ហ៊ុន សែន"))
('kampuchea', 'hun saen')
"""

from __future__ import annotations

from functools import cache

from sanctionscreen.names.tsv import rows

_COENG = "\u17d2"  # makes the next consonant a subscript
_SERIES = "ao"
_LAST_CONSONANT = "អ"
#: Signs that move a consonant to the other series, and those that are not said.
_TO_O, _TO_A = "៊", "៉"
_VOWEL_LETTERS = {"ឥ": "e", "ឦ": "ei", "ឧ": "o", "ឩ": "ou", "ឪ": "au", "ឫ": "rue", "ឯ": "ae", "ឱ": "ao", "ឳ": "au"}


@cache
def _table() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Consonants with their series, and vowel signs with how they are said in each."""
    letters = {letter: (first.replace("*", ""), second) for letter, first, second in rows("romanise/khmer.tsv")}
    consonants = {letter: forms for letter, forms in letters.items() if letter <= _LAST_CONSONANT}
    return consonants, {letter: forms for letter, forms in letters.items() if letter > _LAST_CONSONANT}


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ភ្នំ")
    ['ph', '', 'n', 'um']
    """
    consonants, vowels = _table()
    pieces = []
    series = "a"
    for place, char in enumerate(text):
        if char in consonants:
            latin, series = consonants[char]
            pieces.append(latin + (series if _has_vowel(text, place) else ""))
        elif char in vowels:
            pieces.append(vowels[char][_SERIES.index(series)])
        elif char in _VOWEL_LETTERS or not "\u1780" <= char <= "\u17dd":
            pieces.append(_VOWEL_LETTERS.get(char, char))
        else:
            series = {_TO_O: "o", _TO_A: "a"}.get(char, series)
            pieces.append("")
    return pieces


def _has_vowel(text: str, place: int) -> bool:
    """Tell whether a vowel is said after a consonant that carries no sign: to part it from the next one."""
    consonants, _ = _table()
    after, next_after = text[place + 1 : place + 2], text[place + 2 : place + 3]
    closes = place > 0 and (text[place - 1] not in consonants and text[place - 1] in _spoken_vowels())
    return after in consonants and next_after not in _spoken_vowels() and not closes


@cache
def _spoken_vowels() -> frozenset[str]:
    return frozenset(_table()[1]) | frozenset(_VOWEL_LETTERS)

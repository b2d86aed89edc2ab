"""Typing errors: one slip a name, in a word long enough that it can still be told.

A slip is made in a word of at least five letters (six where no other word tells who is named), and never in its
first letter, which typists seldom get wrong (K. Kukich, "Techniques for Automatically Correcting Words in
Text", ACM Computing Surveys 24(4), 1992).

>>> from random import Random
>>> letters_swapped(NameWords.of("Hikvision", "organization"), Random(4))
'Hkivision'
>>> letters_swapped(NameWords.of("NIOC", "organization"), Random(4)) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from sanctionscreen.names import Role
from sanctionscreen.variants.words import NameWords, cased_like, pick, table

#: The letters of a QWERTY keyboard; each key touches those beside it and, a little to the right, those above.
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LONG_ENOUGH, _LONG_ENOUGH_ALONE = 5, 6
_MISTYPED = frozenset({Role.WORD, Role.GENERIC, Role.PLACE})


class _Place(NamedTuple):
    """A run of letters that can be mistyped: which word, and where in it."""

    word: int
    start: int
    end: int


def _places(name: NameWords) -> Iterator[_Place]:
    alone = len(name.distinctive) < 2  # one word that tells, or none
    for i, word in enumerate(name.words):
        if word.role not in _MISTYPED:
            continue
        least = _LONG_ENOUGH_ALONE if alone and word.role is Role.WORD else _LONG_ENOUGH
        for run in re.finditer(rf"[A-Za-z]{{{least},}}", word.text):
            yield _Place(i, *run.span())


def _respelt(name: NameWords, word: int, start: int, end: int, letters: str) -> str:
    text = name.words[word].text
    return name.with_word(word, text[:start] + cased_like(text[start:end], letters) + text[end:])


def _letter(name: NameWords, random: Random, *, before_last: bool = False) -> tuple[int, int] | None:
    """Choose a word and a letter of it, not the first, and not the last if one must follow."""
    places = list(_places(name))
    if not places:
        return None
    place = pick(places, random)
    return place.word, pick(range(place.start + 1, place.end - before_last), random)


@cache
def neighbours(letter: str) -> str:
    """Give the keys that touch a letter's key.

    >>> neighbours("g"), neighbours("q")
    ('tyfhvb', 'wa')
    """
    row = next(i for i, keys in enumerate(_KEYBOARD) if letter in keys)
    column = _KEYBOARD[row].index(letter)
    around = [(row - 1, column), (row - 1, column + 1), (row, column - 1), (row, column + 1)]
    around += [(row + 1, column - 1), (row + 1, column)]
    rows = range(len(_KEYBOARD))
    return "".join(_KEYBOARD[r][c] for r, c in around if r in rows and 0 <= c < len(_KEYBOARD[r]))


def key_beside(name: NameWords, random: Random) -> str | None:
    """A key beside the right one is struck: `Hikvisiom`."""
    if (at := _letter(name, random)) is None:
        return None
    word, i = at
    struck = pick(neighbours(name.words[word].text[i].lower()), random)
    return _respelt(name, word, i, i + 1, struck)


def letter_dropped(name: NameWords, random: Random) -> str | None:
    """A letter is left out: `Hikvison`."""
    if (at := _letter(name, random)) is None:
        return None
    word, i = at
    return _respelt(name, word, i, i + 1, "")


def letter_added(name: NameWords, random: Random) -> str | None:
    """A letter is struck twice, or a key beside it with it: `Hikvissoin`."""
    if (at := _letter(name, random)) is None:
        return None
    word, i = at
    letter = name.words[word].text[i]
    return _respelt(name, word, i, i + 1, letter + pick(letter + neighbours(letter.lower()), random))


def letters_swapped(name: NameWords, random: Random) -> str | None:
    """Two letters beside each other change places: `Hikvisoin`."""
    if (at := _letter(name, random, before_last=True)) is None:
        return None
    word, i = at
    text = name.words[word].text
    return _respelt(name, word, i, i + 2, text[i + 1] + text[i])


def misheard(name: NameWords, random: Random) -> str | None:
    """A sound is written down as another that is like it: `Hickvision`, `Reinhart`."""
    options = []
    for place in _places(name):
        text = name.words[place.word].text.lower()
        for one, other, *_ in table("misheard.tsv"):
            for heard, written in ((one, other), (other, one)):
                found = text.find(heard, place.start + 1, place.end)
                if found >= 0 and not _within_a_pair(text, found, heard, written):
                    options.append((place.word, found, found + len(heard), written))
    return _respelt(name, *pick(options, random)) if options else None


def _within_a_pair(text: str, start: int, heard: str, written: str) -> bool:
    """Whether the letters are already part of the other spelling, as the `k` of `ck` is."""
    spread = len(written) - len(heard)
    return spread > 0 and written in text[max(0, start - spread) : start + len(written)]


MAKERS = (key_beside, misheard, letter_dropped, letter_added, letters_swapped)

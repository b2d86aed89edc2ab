"""Phrases inside text: where the words of a name stand, and no window that says them is lost.

A **mention** is a window of neighbouring words of a text that says a phrase, with nothing left over:

1. Text and phrases are folded alike (case, accents, compatibility forms) and cut into words alike; each character of
   a script without spaces is a word. At most `GAP` characters may stand between two words of a window.
2. The words are the same, in order, but for at most one, of `SLIP` letters or more, that is one typing error away (a
   letter added, left out, changed, or two swapped); or up to `RESPACED_WORDS` words of the text have the letters of
   the phrase with the spaces elsewhere. A phrase of one word has slips from `LONE_SLIP` letters on.
3. A phrase of up to `ACRONYM` letters counts only in capitals. An exact phrase (an address) has no slips.

This is less than what `matching.scoring` grants a name asked for alone. A megabyte has more than a million windows,
and to search a list for one takes about a millisecond: twenty minutes, not a second. And a text says "general
trading" and "the company" on every page, where a score that forgives missing words would alarm. Sounds, other
scripts' spellings and missing words are for screening the names that a text gives for its parties.
`matching.mentions` finds every window that fits.

>>> [one.text for one in words("2x HIKVISION 球机")]
['2x', 'hikvision', '球', '机']
>>> fits(("hikvison",), ("hikvision",)), fits(("hik", "vision"), ("hikvision",)), fits(("vision",), ("hikvision",))
(True, True, False)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

#: The most characters between two words of a name: ", " or " - " or a line break with an indent.
GAP = 4
#: The fewest and the most letters of a listed word that may be misspelt.
SLIP, MOST_LETTERS = 5, 64
#: The same of a phrase of one word: too many shorter ones are a letter away from a common word.
LONE_SLIP = 7
#: The fewest letters of a name whose spaces may stand elsewhere, and the most words of the text it may make.
RESPACED, RESPACED_WORDS = 6, 3
#: Phrases of so few letters are common words but for their capitals.
ACRONYM = 4

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


class TextWord(NamedTuple):
    """A word of a text, folded, and where it stands in the original."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words that must be there of a listed name or address.

    Attributes:
        words: in order, folded.
        party: number of the party in its snapshot.
        name: number of the name in the index, or None for an address.
        number: number of the name, or of the address, within the party.
    """

    words: tuple[str, ...]
    party: int
    name: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A window of a text that says a phrase: `text[start:end]`."""

    start: int
    end: int
    phrase: Phrase


def words(text: str) -> list[TextWord]:
    """Cut a text into folded words with their places."""
    folded, starts = fold(text)
    return [text_word(one, starts) for one in WORD.finditer(folded)]


def text_word(found: re.Match[str], starts: Sequence[int] | None) -> TextWord:
    """Give a word found in a folded text its place in the original."""
    if starts is None:
        return TextWord(found[0], found.start(), found.end())
    return TextWord(found[0], starts[found.start()], starts[found.end() - 1] + 1)


def fits(window: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Tell whether a window of words says a phrase: the same words, but for one slip or the spaces."""
    if window == phrase:
        return True
    if len(window) == len(phrase):
        different = [pair for pair in zip(window, phrase, strict=True) if pair[0] != pair[1]]
        lone = len(phrase) == 1 and len(phrase[0]) < LONE_SLIP
        if len(different) == 1 and not lone and is_slip(*different[0]):
            return True
    joined = "".join(phrase)
    return len(window) <= RESPACED_WORDS and len(joined) >= RESPACED and "".join(window) == joined


def is_slip(written: str, meant: str) -> bool:
    """Tell whether a word is another with one typing error.

    >>> is_slip("hikvison", "hikvision"), is_slip("hikvisoin", "hikvision"), is_slip("2cd2143", "2cd2144")
    (True, True, False)
    """
    if not SLIP <= len(meant) <= MOST_LETTERS or abs(len(written) - len(meant)) > 1:
        return False
    return written.isalpha() and meant.isalpha() and OSA.distance(written, meant, score_cutoff=1) == 1


def mention(text: str, window: Sequence[TextWord], phrase: Phrase) -> Mention | None:
    """Give the mention of a phrase at a window that fits it, or None where the window does not hold together."""
    if any(after.start - before.end > GAP for before, after in pairwise(window)):
        return None
    start, end = window[0].start, window[-1].end
    exact = phrase.name is not None or tuple(word.text for word in window) == phrase.words
    short = sum(map(len, phrase.words)) <= ACRONYM and phrase.words[0] < "\u0530"
    return Mention(start, end, phrase) if exact and (not short or text[start:end].isupper()) else None


def fold(text: str) -> tuple[str, list[int] | None]:
    """Fold a text: no case, no accents; with the place in the original of each character, where places differ."""
    parts = {ord(letter): _fold_letter(letter) for letter in set(text)}
    folded = text.translate(parts)
    if all(len(part) == 1 for part in parts.values()):
        return folded, None
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    sizes = np.ones(len(points), np.int64)
    for point, part in parts.items():
        if len(part) != 1:
            sizes[points == point] = len(part)
    places: list[int] = np.repeat(np.arange(len(points)), sizes).tolist()
    return folded, places


@lru_cache(maxsize=100_000)
def _fold_letter(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))

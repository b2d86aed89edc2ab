"""Phrases inside text: where the words of a name stand, and no window that says them is lost.

A **mention** is a window of neighbouring words of a text that says a phrase, with nothing left over:

1. Text and phrases are folded alike (case, accents, compatibility forms) and cut into words alike; each character of
   a script without spaces is a word. At most `GAP` characters may stand between two words of a window.
2. The words are the same, in order, but for at most one, of `SLIP` letters or more, that is one typing error away (a
   letter added, left out, changed, or two swapped); or up to `RESPACED_WORDS` words of the text have the letters of
   the phrase with the spaces elsewhere. A phrase of one word has slips from `LONE_SLIP` letters on.
3. A phrase of up to `ACRONYM` letters counts only in capitals. An exact phrase (an address) has no slips.

Nothing is lost: a window that fits has one of the two rarest words of the phrase as it stands, or is a single word,
or has the phrase's letters run together, and each of these is looked up.

>>> [one.text for one in words("2x HIKVISION 球机")]
['2x', 'hikvision', '球', '机']
>>> fits(("hikvison",), ("hikvision",)), fits(("hik", "vision"), ("hikvision",)), fits(("vision",), ("hikvision",))
(True, True, False)
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import add
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from sanctionscreen.errors import InputError

#: The most text that is scanned at once, in characters.
MOST_TEXT = 20_000_000
#: The most characters between two words of a name: ", " or " - " or a line break with an indent.
GAP = 4
#: The fewest and the most letters of a listed word that may be misspelt.
SLIP, MOST_LETTERS = 5, 64
#: The same of a phrase of one word: too many shorter ones are a letter away from a common word.
LONE_SLIP = 7
#: The fewest letters of a name whose spaces may stand elsewhere, and the most words of the text it may make.
RESPACED, RESPACED_WORDS = 6, 3
#: A shorter word is no word to look for a phrase by, if it has another.
SHORT = 4
#: Phrases of so few letters are common words but for their capitals.
ACRONYM = 4

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")


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


class _Anchor(NamedTuple):
    """One of the two rarest words of a phrase, at `offset` in it, and the other one, `step` words from it."""

    phrase: Phrase
    offset: int
    step: int
    other: str


class Phrases:
    """Phrases laid out to be found in text. Read-only once made."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.all = tuple(phrases)
        common = Counter(word for phrase in self.all for word in phrase.words)
        self._anchors: dict[str, list[_Anchor]] = {}
        self._joined: dict[str, list[Phrase]] = {}
        self._without: dict[str, list[Phrase]] = {}
        for phrase in self.all:
            self._add(phrase, common)

    def _add(self, phrase: Phrase, common: Counter[str]) -> None:
        rarest = sorted(range(len(phrase.words)), key=lambda place: (_commonness(phrase.words[place], common), place))
        for place, other in zip(rarest[:2], rarest[1::-1], strict=True):
            anchor = _Anchor(phrase, place, other - place, phrase.words[other])
            self._anchors.setdefault(phrase.words[place], []).append(anchor)
        if phrase.name is None:
            return
        joined = "".join(phrase.words)
        if len(joined) >= RESPACED:
            self._joined.setdefault(joined, []).append(phrase)
        if len(phrase.words) == 1 and len(joined) >= LONE_SLIP:
            for shorter in _shortened(joined):
                self._without.setdefault(shorter, []).append(phrase)

    def mentions(self, text: str) -> list[Mention]:
        """Every mention in a text, each window and phrase once, in order.

        Raises:
            InputError: for more than `MOST_TEXT` characters.
        """
        if len(text) > MOST_TEXT:
            raise InputError(f"{len(text):,} characters of text, at most {MOST_TEXT:,} are scanned: cut it in parts")
        folded, starts = _fold(text)
        found = list(_WORD.finditer(folded))
        texts = [one[0] for one in found]
        windows = {*self._anchored(texts), *self._respaced(texts), *self._misspelt(texts)}
        made = (mention(text, _words(found[first:last], starts), phrase) for first, last, phrase in windows)
        return sorted((one for one in made if one), key=_order)

    def _anchored(self, texts: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Windows with one of the two rarest words of a phrase as it stands."""
        anchors, size = self._anchors, len(texts)
        for place, text in enumerate(texts):
            for phrase, offset, step, other in anchors.get(text, ()):
                first, last = place - offset, place - offset + len(phrase.words)
                if first < 0 or last > size:
                    continue
                beside = texts[place + step]
                if (beside == other or _may_be(beside, other)) and fits(tuple(texts[first:last]), phrase.words):
                    yield first, last, phrase

    def _respaced(self, texts: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Windows with the letters of a phrase run together."""
        joined: Iterable[str] = texts
        for size in range(1, RESPACED_WORDS + 1):
            joined = list(joined) if size == 1 else list(map(add, joined, texts[size - 1 :]))
            for first, letters in enumerate(joined):
                for phrase in self._joined.get(letters, ()):
                    yield first, first + size, phrase

    def _misspelt(self, texts: Sequence[str]) -> Iterator[tuple[int, int, Phrase]]:
        """Single words one typing error away from a phrase of one word."""
        near = {text: self._near(text) for text in set(texts) if len(text) >= LONE_SLIP - 1}
        for place, text in enumerate(texts):
            for phrase in near.get(text, ()):
                yield place, place + 1, phrase

    def _near(self, text: str) -> list[Phrase]:
        """Phrases of one word that a word may be, misspelt: two words one error apart share a shortened form."""
        if len(text) > MOST_LETTERS + 1:
            return []
        found = {phrase for shorter in _shortened(text) for phrase in self._without.get(shorter, ())}
        return [phrase for phrase in found if fits((text,), phrase.words)]


def words(text: str) -> list[TextWord]:
    """Cut a text into folded words with their places."""
    folded, starts = _fold(text)
    return _words(_WORD.finditer(folded), starts)


def _words(found: Iterable[re.Match[str]], starts: Sequence[int] | None) -> list[TextWord]:
    if starts is None:
        return [TextWord(one[0], one.start(), one.end()) for one in found]
    return [TextWord(one[0], starts[one.start()], starts[one.end() - 1] + 1) for one in found]


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


def _may_be(written: str, meant: str) -> bool:
    """Whether a word can be another, misspelt: one error leaves the length within one, and the first or last letter."""
    return -2 < len(written) - len(meant) < 2 and (written[0] == meant[0] or written[-1] == meant[-1])


def _commonness(word: str, common: Counter[str]) -> tuple[bool, int]:
    """How often a word is to be expected: short ones (the, of, 12) stand in any text, whatever the lists say."""
    return len(word) < SHORT and word.isascii(), common[word]


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


def _order(one: Mention) -> tuple[int, int, int, int]:
    return one.start, one.end, one.phrase.party, one.phrase.number


def _fold(text: str) -> tuple[str, list[int] | None]:
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


def _shortened(text: str) -> set[str]:
    """A word, and what it is without any one of its letters."""
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}

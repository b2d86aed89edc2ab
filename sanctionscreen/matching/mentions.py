"""Mentions: every window of a text that says one of many phrases, by `matching.phrases`, and none lost.

A window that fits has one of the two rarest words of the phrase as it stands, or is a single word, or has the phrase's
letters run together. So three things are looked up:

1. each word of the text among the two rarest words of every phrase; the other of the two must then stand where it
   should, as it is or with a typing error;
2. up to `RESPACED_WORDS` neighbouring words, run together, among the phrases run together;
3. each single word, and what it is without any one of its letters, among the phrases of one word.

>>> mentions = Phrases.of([Phrase(("acme", "robotics"), party=0, name=0, number=0)])
>>> [(one.start, one.end) for one in mentions.find("to ACME Robotcs, acmerobotics")]
[(3, 15), (17, 29)]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.errors import InputError
from sanctionscreen.matching.layout import Array
from sanctionscreen.matching.phrases import (
    LONE_SLIP,
    MOST_LETTERS,
    RESPACED,
    RESPACED_WORDS,
    SLIP,
    WORD,
    Mention,
    Phrase,
    fits,
    fold,
    mention,
    text_word,
)
from sanctionscreen.matching.phrasing import NO_NAME, stored_phrases

#: The most text that is scanned at once, in characters.
MOST_TEXT = 20_000_000
#: A shorter word is no word to look for a phrase by, if it has another: it stands in any text, whatever the lists say.
SHORT = 4
#: How many windows are looked at in one go: a bound on memory, not on what is found.
AT_ONCE = 1_000_000

Ints = NDArray[np.int64]


class _Anchors(NamedTuple):
    """The two rarest words of every phrase, by word: those of word `w` from `starts[w]` to `starts[w + 1]`.

    Of each: its phrase, its place in it, how many words further the other one stands, and which word that is.
    """

    starts: Ints
    phrase: Ints
    place: Ints
    step: Ints
    other: Ints


class _Spelt(NamedTuple):
    """Of words: how long they are, and their first and last letters."""

    length: Ints
    first: Ints
    last: Ints


class Phrases:
    """Phrases ready to be found in text. Read-only, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """Take the arrays that `phrasing` makes; what they are looked up by is laid out at the first use."""
        self._words = _split(arrays["phrase_text"])
        self._word = arrays["phrase_word"]
        self._offset = arrays["phrase_offset"]
        self._of = (arrays["phrase_party"], arrays["phrase_name"], arrays["phrase_number"])

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Phrases:
        """Lay out phrases."""
        return cls(stored_phrases(list(phrases)))

    def __len__(self) -> int:
        return len(self._offset) - 1

    def __getitem__(self, number: int) -> Phrase:
        party, name, place = (int(array[number]) for array in self._of)
        return Phrase(self._said(number), party, None if name == NO_NAME else name, place)

    def find(self, text: str) -> list[Mention]:
        """Every mention in a text, each window and phrase once, in order.

        Raises:
            InputError: for more than `MOST_TEXT` characters.
        """
        if len(text) > MOST_TEXT:
            raise InputError(f"{len(text):,} characters of text, at most {MOST_TEXT:,} are scanned: cut it in parts")
        folded, starts = fold(text)
        found = list(WORD.finditer(folded))
        texts = [one[0] for one in found]
        windows = sorted({*self._anchored(texts), *self._respaced(texts), *self._misspelt(texts)})
        return [one for window in windows if (one := self._mention(text, found, starts, window))]

    def _mention(
        self, text: str, found: Sequence[re.Match[str]], starts: Sequence[int] | None, window: tuple[int, int, int]
    ) -> Mention | None:
        first, last, phrase = window
        return mention(text, [text_word(one, starts) for one in found[first:last]], self[phrase])

    def _said(self, number: int) -> tuple[str, ...]:
        words, offsets = self._lists
        return tuple(map(self._words.__getitem__, words[offsets[number] : offsets[number + 1]]))

    # --- the two rarest words ------------------------------------------------------------------------------

    def _anchored(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Windows with one of the two rarest words of a phrase as it stands."""
        numbers = np.fromiter((self._numbers.get(text, -1) for text in texts), np.int64, len(texts))
        spelt, starts = _spelt(texts), self._anchors.starts
        places = np.flatnonzero(numbers >= 0)
        counts = starts[numbers[places] + 1] - starts[numbers[places]]
        for some in _shares(counts):
            yield from self._checked(texts, numbers, *self._windows(numbers, spelt, places[some], counts[some]))

    def _windows(self, numbers: Ints, spelt: _Spelt, places: Ints, counts: Ints) -> tuple[Ints, Ints]:
        """Where windows begin, and of which phrase, that have both words, or one of them and perhaps the other."""
        anchors = self._anchors
        at = np.repeat(anchors.starts[numbers[places]] + counts - np.cumsum(counts), counts) + np.arange(counts.sum())
        place, phrase, other = np.repeat(places, counts), anchors.phrase[at], anchors.other[at]
        first, beside = place - anchors.place[at], place + anchors.step[at]
        inside = (first >= 0) & (first + self._sizes[phrase] <= len(numbers))
        first, phrase, other, beside = (one[inside] for one in (first, phrase, other, beside))
        same = numbers[beside] == other
        may_be = np.flatnonzero(~same)
        same[may_be] = self._may_be(spelt, beside[may_be], other[may_be])
        return first[same], phrase[same]

    def _may_be(self, written: _Spelt, place: Ints, meant: Ints) -> NDArray[np.bool_]:
        """Whether a word can be another, misspelt: an error leaves the length within one, and one end as it is."""
        listed = self._spelt
        near = np.abs(written.length[place] - listed.length[meant]) <= 1
        near &= (listed.length[meant] >= SLIP) & (listed.length[meant] <= MOST_LETTERS)
        same_end = (written.first[place] == listed.first[meant]) | (written.last[place] == listed.last[meant])
        return np.asarray(near & same_end, np.bool_)

    def _checked(
        self, texts: Sequence[str], numbers: Ints, firsts: Ints, phrases: Ints
    ) -> Iterator[tuple[int, int, int]]:
        """Of these windows the ones that fit, each once."""
        but_one = self._differing(numbers, firsts, phrases) <= 1
        for first, number in set(zip(firsts[but_one].tolist(), phrases[but_one].tolist(), strict=True)):
            said = self._said(number)
            last = first + len(said)
            if fits(tuple(texts[first:last]), said):
                yield first, last, number

    def _differing(self, numbers: Ints, firsts: Ints, phrases: Ints) -> Ints:
        """How many words of each window are not those of its phrase."""
        sizes = self._sizes[phrases]
        ends = np.cumsum(sizes)
        within = np.arange(sizes.sum()) - np.repeat(ends - sizes, sizes)
        said = self._word[np.repeat(self._offset[phrases], sizes) + within]
        differing = numbers[np.repeat(firsts, sizes) + within] != said
        return np.diff(np.concatenate(([0], np.cumsum(differing)))[np.concatenate(([0], ends))])

    # --- words run together, and single words --------------------------------------------------------------

    def _respaced(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Windows with the letters of a phrase run together."""
        joined = list(texts)
        for size in range(1, RESPACED_WORDS + 1):
            joined = joined if size == 1 else list(map(add, joined, texts[size - 1 :]))
            for first, letters in enumerate(joined):
                for phrase in self._joined.get(letters, ()):
                    yield first, first + size, phrase

    def _misspelt(self, texts: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Single words one typing error away from a phrase of one word."""
        near = {text: found for text in set(texts) if len(text) >= LONE_SLIP - 1 and (found := self._near(text))}
        for place, text in enumerate(texts):
            for phrase in near.get(text, ()):
                yield place, place + 1, phrase

    def _near(self, text: str) -> list[int]:
        """Phrases of one word that a word may be, misspelt: two words one error apart share a shortened form."""
        if len(text) > MOST_LETTERS + 1:
            return []
        found = {phrase for shorter in _shortened(text) for phrase in self._without.get(shorter, ())}
        return [phrase for phrase in found if fits((text,), self._said(phrase))]

    # --- what phrases are looked up by ---------------------------------------------------------------------

    @cached_property
    def _lists(self) -> tuple[list[int], list[int]]:
        """The words of all phrases, and where those of each begin: faster to read one by one than arrays."""
        return self._word.tolist(), self._offset.tolist()

    @cached_property
    def _sizes(self) -> Ints:
        return np.diff(self._offset)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self._words)}

    @cached_property
    def _spelt(self) -> _Spelt:
        return _spelt(self._words)

    @cached_property
    def _anchors(self) -> _Anchors:
        phrases = np.repeat(np.arange(len(self)), self._sizes)
        common = np.bincount(self._word, minlength=len(self._words))
        short = np.fromiter((len(word) < SHORT and word.isascii() for word in self._words), np.bool_, len(self._words))
        order = np.lexsort((common[self._word], short[self._word], phrases))  # equally rare words stay in order
        rarest = order[self._offset[:-1]]
        other = order[self._offset[:-1] + (self._sizes > 1)]
        two = self._sizes > 1
        mine, its = np.concatenate((rarest, other[two])), np.concatenate((other, rarest[two]))
        words = self._word[mine]
        by_word = np.argsort(words, kind="stable")
        mine, its = mine[by_word], its[by_word]
        return _Anchors(
            starts=np.searchsorted(words[by_word], np.arange(len(self._words) + 1)),
            phrase=phrases[mine],
            place=mine - self._offset[phrases[mine]],
            step=its - mine,
            other=self._word[its].astype(np.int64),
        )

    @cached_property
    def _named(self) -> list[int]:
        """The phrases that are of a name: those of an address are exact."""
        named: list[int] = np.flatnonzero(self._of[1] != NO_NAME).tolist()
        return named

    @cached_property
    def _joined(self) -> dict[str, list[int]]:
        joined: dict[str, list[int]] = {}
        for number in self._named:
            letters = "".join(self._said(number))
            if len(letters) >= RESPACED:
                joined.setdefault(letters, []).append(number)
        return joined

    @cached_property
    def _without(self) -> dict[str, list[int]]:
        without: dict[str, list[int]] = {}
        for number in np.flatnonzero((self._sizes == 1) & (self._of[1] != NO_NAME)).tolist():
            (word,) = self._said(number)
            if len(word) >= LONE_SLIP:
                for shorter in _shortened(word):
                    without.setdefault(shorter, []).append(number)
        return without


def _shares(counts: Ints) -> Iterator[slice]:
    """Cut a run of counts into shares of about `AT_ONCE` together."""
    totals = np.cumsum(counts)
    first = 0
    while first < len(counts):
        reached = int(totals[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(totals, reached + AT_ONCE, "right")))
        yield slice(first, last)
        first = last


def _spelt(words: Sequence[str]) -> _Spelt:
    count = len(words)
    return _Spelt(
        np.fromiter(map(len, words), np.int64, count),
        np.fromiter((ord(word[0]) for word in words), np.int64, count),
        np.fromiter((ord(word[-1]) for word in words), np.int64, count),
    )


def _shortened(text: str) -> set[str]:
    """A word, and what it is without any one of its letters."""
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


def _split(lines: Array) -> list[str]:
    return lines.tobytes().decode("utf-8").split("\n") if len(lines) else []

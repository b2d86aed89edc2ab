"""A romanised text cut into words, each with its place in the original.

A word is a run of letters and digits. What stands inside it decides the rest:

- an apostrophe joins: `O'Neil` is `oneil`, `Sa'id` is `said`;
- points and strokes between single letters join, and the letters are remembered: `S.A.` is `sa`, `M/V` is `mv`;
- everything else parts: `Coca-Cola` is `coca`, `cola`;
- `&` and `+` are words of their own, written `and`.

>>> [word.text for word in split(Traced.whole("o'neil & al-assad j.p. coca-cola s.p.a."))]
['oneil', 'and', 'al', 'assad', 'jp', 'coca', 'cola', 'spa']
>>> split(Traced.whole("--- ..."))
[]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sanctionscreen.names.normalise import Traced
from sanctionscreen.names.senses import NO_SENSES, Sense

_APOSTROPHES = "'`ʾʿ"
_WORD = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}]+[^\W_]+)*|[&+]")
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES))
_AND = frozenset("&+")
#: Punctuation of ASCII that parts words and does nothing else.
_PARTING = bytes.maketrans(b'!"#$%()*,-./:;<=>?@[\\]^_{|}~', b" " * 28)
_POINTS = frozenset("./")
#: A brand of so many Han characters is written in Latin letters as one word, a longer one in words of two.
_SHORT_BRAND = 3

#: For the place of a character in the original, of those that spaces do not part: the number of its segment, and what
#: that means.
Segments = Mapping[int, tuple[int, tuple[Sense, ...]]]
NO_SEGMENTS: Segments = {}


class Segment(NamedTuple):
    """A piece of a text, and what it means if a table knows."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Word:
    """A word before its role is known.

    Attributes:
        text: lower case letters and digits.
        start, end: place in the original.
        gap: what stands between the word before it and itself.
        senses: what it may mean, once it has been looked up.
        parts: the single letters or, of a phrase, the words it was joined from, if any.
        is_phrase: whether it was joined from words.
        is_known: whether what it means is already told, by the cutting of a text without spaces.
    """

    senses: tuple[Sense, ...] = NO_SENSES
    parts: tuple[Word, ...] = ()
    is_phrase = False
    is_known = False

    def __init__(self, text: str, start: int, end: int, gap: str) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.gap = gap

    @property
    def may_be_initials(self) -> bool:
        """Whether it is two letters with points: those of a name and a patronymic, or a legal form."""
        return len(self.parts) == len(self.text) == len("AG") and self.parts[1].gap == "."

    def __repr__(self) -> str:
        """Show the word and where it was read from."""
        return f"Word({self.text!r}, {self.start}, {self.end})"


def split(traced: Traced) -> list[Word]:
    """Cut a text into words."""
    text, starts, ends = traced.text, traced.starts, traced.ends
    words: list[Word] = []
    end = 0
    for raw in _raw_words(text):
        begin = text.index(raw, end)
        gap = text[end:begin]
        end = begin + len(raw)
        if not raw.isalnum():
            raw = "and" if raw in _AND else raw.translate(_DROPPED)
        start, stop = starts[begin], ends[end - 1]
        if start >= stop:  # a text under a right-to-left override runs backwards
            start, stop = traced.span(begin, end)
        word = Word(raw, start, stop, gap)
        if len(raw) == 1 and gap in _POINTS and words and _takes_a_letter(words[-1]):
            _join_letter(words[-1], word)
        else:
            words.append(word)
    return words


def _raw_words(text: str) -> list[str]:
    """Give the words of a text as they are written; those that nothing joins are told without a pattern."""
    if text.isascii():
        parted = text.encode("ascii").translate(_PARTING).decode("ascii")
        if parted.replace(" ", "").isalnum():
            return parted.split()
    return _WORD.findall(text)


def _takes_a_letter(word: Word) -> bool:
    return bool(word.parts) or (len(word.text) == 1 and word.text.isalpha())


def _join_letter(word: Word, letter: Word) -> None:
    if not word.parts:
        word.parts = (Word(word.text, word.start, word.end, word.gap),)
    word.parts += (letter,)
    word.text += letter.text
    word.start, word.end = min(word.start, letter.start), max(word.end, letter.end)


def split_at(traced: Traced, segments: Segments) -> list[Word]:
    """Cut into words a text of which what no spaces part was cut before.

    Args:
        traced: the text.
        segments: for the place of such a character in the original, the number of its segment and what the
            segment means. A segment that means something, or is short, is one word, whatever spaces the
            romanisation has put into it; a longer one is cut at those spaces.
    """
    words: list[Word] = []
    begin = 0
    for place in range(1, len(traced.text) + 1):
        segment = segments.get(traced.starts[begin])
        if place < len(traced.text) and segments.get(traced.starts[place]) == segment:
            continue
        part = traced.part(begin, place)
        if segment is None:
            words += split(part)
        else:
            words += _of_segment(part, segment[1])
        begin = place
    return words


def _of_segment(part: Traced, senses: tuple[Sense, ...]) -> list[Word]:
    whole = senses or len(set(part.starts)) <= _SHORT_BRAND
    words = [_one_word(part, senses)] if whole else split(part)
    for word in words:
        word.is_known = True
    return [word for word in words if word.text]


def _one_word(part: Traced, senses: tuple[Sense, ...]) -> Word:
    word = Word("".join(filter(str.isalnum, part.text)), min(part.starts), max(part.ends), "")
    word.senses = senses
    return word

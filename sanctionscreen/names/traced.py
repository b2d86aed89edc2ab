"""A text with the trail to the text it was made from.

>>> Traced.joined([("ff", 0, 1), ("e", 1, 2)]).span(0, 2)
(0, 1)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple


class Traced(NamedTuple):
    """A text made from another one, and for each of its characters the span of the original it came from.

    `starts[i]` and `ends[i]` (excluded) belong to `text[i]`.

    >>> traced = Traced("caffe", (0, 1, 2, 2, 3), (1, 2, 3, 3, 4))  # made from "Caﬀe"
    >>> traced.span(2, 4), traced.part(3, 5)
    ((2, 3), Traced(text='fe', starts=(2, 3), ends=(3, 4)))
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def whole(cls, text: str) -> Traced:
        """Trace a text to itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    @classmethod
    def joined(cls, pieces: Iterable[tuple[str, int, int]]) -> Traced:
        """Join pieces of text, each with the span of the original that it came from."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for piece, start, end in pieces:
            text.append(piece)
            starts.extend([start] * len(piece))
            ends.extend([end] * len(piece))
        return cls("".join(text), tuple(starts), tuple(ends))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that `text[start:end]` came from; needs `start < end`."""
        return min(self.starts[start:end]), max(self.ends[start:end])

    def part(self, start: int, end: int) -> Traced:
        """Give `text[start:end]` with its trail."""
        return Traced(self.text[start:end], self.starts[start:end], self.ends[start:end])


class Char(NamedTuple):
    """A folded character, as it was before case folding, and its span in the original."""

    folded: str
    cased: str
    start: int
    end: int


@lru_cache(maxsize=8192)
def is_continuation(char: str) -> bool:
    """Tell whether a character belongs to the one before: a mark, or a Hangul vowel or final."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first) in {"Mn", "Mc", "Me"} or "\u1160" <= first <= "\u11ff"

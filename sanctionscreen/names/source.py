"""What the rules of other readings are given, and what they give.

>>> from sanctionscreen.names.splitting import NO_SEGMENTS
>>> from sanctionscreen.names.traced import Traced
>>> cut(Traced.whole("abu abbas"), NO_SEGMENTS)
[Word('abu', 0, 3), Word('abbas', 4, 9)]
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sanctionscreen.names import rereading
from sanctionscreen.names.compounds import join_compounds
from sanctionscreen.names.splitting import Segments, Word, split, split_at
from sanctionscreen.names.traced import Traced
from sanctionscreen.names.transliterate import Romanised
from sanctionscreen.records import Kind

#: How a reading of a part came about.
ONE_OF_SEVERAL = "one of several names"


class Source(NamedTuple):
    """What is read.

    Attributes:
        original: the name as typed.
        traced: the name normalised.
        romanised: its romanisations, the main one first.
        segments: how its Han characters are cut.
        words: the words of the main romanisation, before they are ordered or looked up.
        kind: what the name names, as far as is known.
        seamed: whether a capital stands inside a word, so far as a quick look tells.
        signs: of the words, see `traits`.
    """

    original: str
    traced: Traced
    romanised: tuple[Romanised, ...]
    segments: Segments
    words: Sequence[Word]
    kind: Kind | None
    seamed: bool
    signs: int

    @property
    def letters_apart(self) -> bool:
        """Whether letters joined by points are initials: in names of people, and where nothing tells."""
        return self.kind in ("person", None)


class Rereading(NamedTuple):
    """Words to be looked up, how they came about, and how they are taken."""

    script: str
    how: str
    words: Sequence[Word]
    kind: Kind | None
    letters_apart: bool
    disguise: str = ""
    note: str = ""


def cut(romanised: Romanised | Traced, segments: Segments) -> list[Word]:
    """Cut a text into words."""
    traced = romanised if isinstance(romanised, Traced) else romanised.traced
    return split_at(traced, segments) if segments else split(traced)


def ordered(words: Sequence[Word], kind: Kind | None) -> Sequence[Word]:
    """Put words in their natural order and join Arabic compounds."""
    return join_compounds(rereading.given_first(words, kind) or words)


def reread(
    source: Source, how: str, words: Sequence[Word], *, letters_apart: bool | None = None, disguise: str = ""
) -> Rereading:
    """Say what other words are read in the place of the main romanisation's, and how they came about."""
    apart = source.letters_apart if letters_apart is None else letters_apart
    standard = f"{source.romanised[0].standard}, {how}"
    return Rereading("Latn", standard, ordered(words, source.kind), source.kind, apart, disguise)

"""Which word of one name stands for which word of the other.

Words are paired greedily, the cheapest difference first and among equals the weightier word first, in the order
of the names where nothing else decides. A run of neighbouring words may stand for one word of the other side
that is written as the run is ("HIK VISION" for "HIKVISION").
"""

from __future__ import annotations

from typing import NamedTuple

from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.similarity import Alike, alike, apart, spelt_alike
from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Role


class Pair(NamedTuple):
    """Words of the query that stand for words of the listed name.

    Attributes:
        query, listed: their positions.
        mass: what the pair counts, both sides together.
        alike: how they are alike.
        length: letters of the longer word, where each side has one.
    """

    query: tuple[int, ...]
    listed: tuple[int, ...]
    mass: int
    alike: Alike
    length: int = 0


class Alignment(NamedTuple):
    """Every pair, and the positions left without a partner on each side."""

    pairs: tuple[Pair, ...]
    query_left: tuple[int, ...]
    listed_left: tuple[int, ...]


def align(query: Prepared, listed: Prepared) -> Alignment:
    """Pair the words of two readings of the same script."""
    candidates = _single_pairs(query, listed)
    candidates += _joined_pairs(query, listed)
    candidates += [Pair(p.listed, p.query, p.mass, p.alike) for p in _joined_pairs(listed, query)]
    if len(candidates) > 1:
        candidates.sort(key=_cheapest_first)
    query_free, listed_free = set(range(len(query.words))), set(range(len(listed.words)))
    pairs: list[Pair] = []
    for pair in candidates:
        if query_free.issuperset(pair.query) and listed_free.issuperset(pair.listed):
            query_free.difference_update(pair.query)
            listed_free.difference_update(pair.listed)
            pairs.append(pair)
    pairs.sort()
    return Alignment(tuple(pairs), tuple(sorted(query_free)), tuple(sorted(listed_free)))


def _cheapest_first(pair: Pair) -> tuple[object, ...]:
    return pair.alike.cost, -pair.mass, pair.query, pair.listed


def is_latin(one: Prepared) -> bool:
    """Whether the name was in Latin letters to begin with."""
    return one.standard.startswith("as written")


def _single_pairs(query: Prepared, listed: Prepared) -> list[Pair]:
    """Every word of one side with every word of the other that is like it."""
    found = []
    romanised_alike = query.standard == listed.standard and not is_latin(query)
    ask = spelt_alike if romanised_alike else alike
    for i, a in enumerate(query.words):
        for j, b in enumerate(listed.words):
            if apart(a, b):
                continue
            finding = ask(a, b)
            if finding is not None:
                length = max(len(a.text), len(b.text))
                found.append(Pair((i,), (j,), _pair_mass(a, b, finding), finding, length))
    return found


def _pair_mass(a: Word, b: Word, finding: Alike) -> int:
    """What a pair counts: twice the commoner word, so that a misspelt common word stays a common word.

    An initial takes the place of the whole word, with what that word counts.
    """
    return a.mass + b.mass if finding.rule == "initial" else 2 * min(a.mass, b.mass)


def _joined_pairs(one: Prepared, other: Prepared) -> list[Pair]:
    """Runs of words of `one` that `other` writes as a single word."""
    found: list[Pair] = []
    if len(one.words) < 2:
        return found
    for j, b in enumerate(other.words):
        run = one.runs.get(b.text) if _begins(one.words, b.text) and b.role is not Role.LEGAL else None
        if run is not None:
            places = tuple(range(*run))
            mass = 2 * min(b.mass, sum([one.words[i].mass for i in places]))
            found.append(Pair(places, (j,), mass, Alike(weights.JOIN_COST, "joined_words", b.text)))
    return found


def _begins(words: tuple[Word, ...], text: str) -> bool:
    """Whether a word begins a longer text: no run is that text where none does."""
    for word in words:  # noqa: SIM110  # asked of every pair of names, and a loop takes half the time
        if text.startswith(word.text) and text != word.text:
            return True
    return False

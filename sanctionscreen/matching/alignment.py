"""Which word of one name stands for which word of the other.

Words are paired greedily, the cheapest difference first and among equals the weightier word first, in the order
of the names where nothing else decides. A run of neighbouring words may stand for one word of the other side
that is written as the run is ("HIK VISION" for "HIKVISION").
"""

from __future__ import annotations

from typing import NamedTuple

from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.similarity import SAME, Alike, alike, apart, spelt_alike
from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Role

_LEGAL = Role.LEGAL


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
    pairs, asked, known = _same_words(query, listed)
    if asked and known:
        candidates = _single_pairs(query, asked, listed, known)
        candidates += _joined_pairs(query, asked, listed, known)
        candidates += [Pair(p.listed, p.query, p.mass, p.alike) for p in _joined_pairs(listed, known, query, asked)]
        if len(candidates) > 1:
            candidates.sort(key=_cheapest_first)
        for pair in candidates:
            if asked.issuperset(pair.query) and known.issuperset(pair.listed):
                asked.difference_update(pair.query)
                known.difference_update(pair.listed)
                pairs.append(pair)
        pairs.sort()
    return Alignment(tuple(pairs), tuple(sorted(asked)), tuple(sorted(known)))


def _cheapest_first(pair: Pair) -> tuple[object, ...]:
    return pair.alike.cost, -pair.mass, pair.query, pair.listed


def is_latin(one: Prepared) -> bool:
    """Whether the name was in Latin letters to begin with."""
    return one.standard.startswith("as written")


def _same_words(query: Prepared, listed: Prepared) -> tuple[list[Pair], set[int], set[int]]:
    """Words that both sides have once, and the positions of all others: nothing else is as cheap for any of these."""
    pairs = []
    asked, known = set(range(len(query.words))), set(range(len(listed.words)))
    for text, i in query.alone.items():
        j = listed.alone.get(text)
        if j is not None:
            mass = _pair_mass(query.words[i], listed.words[j], SAME)
            pairs.append(Pair((i,), (j,), mass, SAME, len(text)))
            asked.remove(i)
            known.remove(j)
    return pairs, asked, known


def _single_pairs(query: Prepared, asked: set[int], listed: Prepared, known: set[int]) -> list[Pair]:
    """Every word of one side with every word of the other that is like it, of those asked and known."""
    found = []
    romanised_alike = query.standard == listed.standard and not is_latin(query)
    ask = spelt_alike if romanised_alike else alike
    for i in asked:
        a = query.words[i]
        for j in known:
            b = listed.words[j]
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


def _joined_pairs(one: Prepared, mine: set[int], other: Prepared, theirs: set[int]) -> list[Pair]:
    """Runs of words of `one` that `other` writes as a single word; words of `mine` and `theirs` only."""
    found: list[Pair] = []
    if len(mine) < 2:
        return found
    texts = [one.words[i].text for i in mine]
    for j in theirs:
        b = other.words[j]
        run = one.runs.get(b.text) if _begins(texts, b.text) and b.role is not _LEGAL else None
        if run is not None:
            places = tuple(range(*run))
            mass = 2 * min(b.mass, sum([one.words[i].mass for i in places]))
            found.append(Pair(places, (j,), mass, Alike(weights.JOIN_COST, "joined_words", b.text)))
    return found


def _begins(texts: list[str], text: str) -> bool:
    """Whether a word begins a longer text: no run is that text where none does."""
    for one in texts:  # noqa: SIM110  # asked of every pair of names, and a loop takes half the time
        if text.startswith(one) and text != one:
            return True
    return False

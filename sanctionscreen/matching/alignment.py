"""Which word of one name stands for which word of the other.

Words are paired greedily, the cheapest difference first and among equals the weightier word first, in the order
of the names where nothing else decides. A run of neighbouring words may stand for one word of the other side
that is written as the run is ("HIK VISION" for "HIKVISION").
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.similarity import SAME, Alike, alike, apart, spelt_alike
from sanctionscreen.matching.words import SPELT, Word
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
    candidates = _other_pairs(query, asked, listed, known) if asked and known else []
    if not candidates:
        return Alignment(tuple(pairs), tuple(asked), tuple(known))
    query_free, listed_free = set(asked), set(known)
    for pair in candidates:
        if query_free.issuperset(pair.query) and listed_free.issuperset(pair.listed):
            query_free.difference_update(pair.query)
            listed_free.difference_update(pair.listed)
            pairs.append(pair)
    pairs.sort()
    return Alignment(tuple(pairs), tuple(sorted(query_free)), tuple(sorted(listed_free)))


def _same_words(query: Prepared, listed: Prepared) -> tuple[list[Pair], list[int], list[int]]:
    """Spelt words that each side has once, in order, and the positions of all others.

    Nothing costs these as little as each other: only words of other roles can have one concept at no cost.
    """
    found: dict[int, Pair] = {}
    known = []
    for j, text in enumerate(listed.texts):
        if text in query.texts and query.texts.count(text) == listed.texts.count(text) == 1:
            i = query.texts.index(text)
            a, b = query.words[i], listed.words[j]
            if a.role in SPELT and b.role in SPELT:
                found[i] = Pair((i,), (j,), _pair_mass(a, b, SAME), SAME, len(text))
                continue
        known.append(j)
    asked = [i for i in range(len(query.words)) if i not in found]
    return [found[i] for i in sorted(found)], asked, known


def _other_pairs(query: Prepared, asked: list[int], listed: Prepared, known: list[int]) -> list[Pair]:
    """Every pair of words that are alike, of those asked and known, the cheapest first."""
    found = _single_pairs(query, asked, listed, known)
    if len(asked) > 1:
        found += _joined_pairs(query, listed, known)
    if len(known) > 1 and _begins(listed, known, [query.words[i].text for i in asked]):
        found += [Pair(p.listed, p.query, p.mass, p.alike) for p in _joined_pairs(listed, query, asked)]
    if len(found) > 1:
        found.sort(key=_cheapest_first)
    return found


def _cheapest_first(pair: Pair) -> tuple[object, ...]:
    return pair.alike.cost, -pair.mass, pair.query, pair.listed


def is_latin(one: Prepared) -> bool:
    """Whether the name was in Latin letters to begin with."""
    return one.standard.startswith("as written")


def _single_pairs(query: Prepared, asked: list[int], listed: Prepared, known: list[int]) -> list[Pair]:
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


def _joined_pairs(one: Prepared, other: Prepared, theirs: list[int]) -> list[Pair]:
    """Runs of words of `one` that `other` writes as a single word, one of `theirs`."""
    found: list[Pair] = []
    for j in theirs:
        b = other.words[j]
        run = one.runs.get(b.text)
        if run is not None and b.role is not _LEGAL:
            places = tuple(range(*run))
            mass = 2 * min(b.mass, sum([one.words[i].mass for i in places]))
            found.append(Pair(places, (j,), mass, Alike(weights.JOIN_COST, "joined_words", b.text)))
    return found


def _begins(one: Prepared, mine: list[int], longer: list[str]) -> bool:
    """Whether two neighbouring words begin a text: where none do no run of words is one, and runs need not be made."""
    for i, j in pairwise(mine):
        first, second = one.texts[i], one.texts[j]
        for text in longer:
            if text.startswith(first) and text.startswith(second, len(first)):
                return True
    return False

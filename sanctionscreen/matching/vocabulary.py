"""The listed words that a word of the query may stand for, and what each would cost at least.

Words are alike where they share a key or lie within a few edits (`similarity`). Keys are looked up (`keys`). Words within
k edits differ in length by at most k and in their letter masks by at most 2k bits, so one pass over the masks of the
words of those lengths leaves a handful, of which the edits are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionscreen.matching import weights
from sanctionscreen.matching.building import LEAST, LONGEST, Array, spelt_group
from sanctionscreen.matching.hearing import SCRIPTS
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.words import Word, heard, key_hash, pair_mask, sought
from sanctionscreen.names.name import Role

#: How many looked-up words are kept.
REMEMBERED = 20_000
#: More than any cost: no way of being alike.
NEVER = 10_000
#: The longest word whose typing errors have a cost of their own.
_LONGEST = 99

Ints = NDArray[np.int64]


class Similar:
    """Listed terms that a word, or a run of words, may stand for.

    Attributes:
        costs: the least that each would cost, in thousandths of its mass.
        telling: those that can be why a name is looked at: all but the ones whose initial it is.
    """

    __slots__ = ("_arrays", "costs", "telling")

    def __init__(self, costs: dict[int, int], telling: list[int]) -> None:
        self.costs = costs
        self.telling = telling
        self._arrays: tuple[Ints, Ints] | None = None

    @property
    def arrays(self) -> tuple[Ints, Ints]:
        """The terms and their costs, as arrays."""
        if self._arrays is None:
            count = len(self.costs)
            terms, costs = (np.fromiter(each, np.int64, count) for each in (self.costs, self.costs.values()))
            self._arrays = terms, costs
        return self._arrays


class Vocabulary:
    """The distinct words of an index. Read-only but for what it remembers, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], texts: Sequence[str], scripts: Iterable[str]) -> None:
        """Make the vocabulary of an index.

        Args:
            arrays: of the index.
            texts: of its terms.
            scripts: that its names were written in.
        """
        self._masks, self._pairs = arrays["term_mask"], arrays["term_pairs"]
        self._starts: list[int] = arrays["group_starts"].tolist()
        self._texts = texts
        self._scripts = tuple(sorted(set(SCRIPTS) & set(scripts)))
        self._seen: dict[Word, Similar] = {}

    def forget(self) -> None:
        """Empty what was remembered."""
        self._seen.clear()

    def known(self, readings: Iterable[Prepared]) -> dict[Word, Similar | None]:
        """What each word of these readings may stand for, as far as it is remembered."""
        seen = self._seen
        return {word: seen.get(word) for one in readings for word in one.words}

    def hashes(self, one: Word) -> list[int]:
        """Hashes of the keys that a word is looked up by."""
        hashes = list(map(key_hash, sought(one)))
        if self._scripts:
            hashes += map(key_hash, heard(one, self._scripts))
        if one.role is not Role.INITIAL:
            hashes.append(_initial_hash(one.text[:1]))
        return hashes

    def similar(self, one: Word, under: Iterable[tuple[int, list[int]]]) -> Similar:
        """What a word may stand for, by key and by spelling; remembered from now on.

        Args:
            one: the word.
            under: the terms found by each of its keys, after the least that they cost.
        """
        costs: dict[int, int] = {}
        initials: list[int] = []
        for least, terms in under:
            if least == weights.INITIAL_COST:
                initials = terms
            elif least == weights.SOUND_COST:
                _keep_least(costs, self._sounding(one.text, terms))
            else:
                for term in terms:
                    costs[term] = min(least, costs.get(term, NEVER))
        if one.reach:
            _keep_least(costs, self._misspelt(one))
        telling = list(costs)
        for term in initials:
            costs.setdefault(term, weights.INITIAL_COST)
        if len(self._seen) >= REMEMBERED:
            self._seen.clear()
        found = self._seen[one] = Similar(costs, telling)
        return found

    def near(self, one: Word) -> list[int]:
        """Listed words whose script, length and letters allow few enough edits."""
        limit, length = one.reach, min(len(one.text), LONGEST)
        if not limit:
            return []
        starts, base = self._starts, spelt_group(one) * 256
        first, last = starts[base + max(1, length - limit)], starts[base + min(LONGEST, length + limit) + 1]
        differ = np.bitwise_count(self._masks[first:last] ^ np.uint64(one.mask))
        near = (differ <= 2 * limit).nonzero()[0]
        near += first
        differ = np.bitwise_count(self._pairs.take(near) ^ np.uint64(pair_mask(one.text)))
        found: list[int] = near[differ <= 4 * limit].tolist()
        return found

    def _sounding(self, text: str, terms: list[int]) -> Iterator[tuple[int, int]]:
        """What terms of the same sound cost, by how they are spelt."""
        for term in terms:
            other = self._texts[term]
            edits = OSA.distance(text, other)
            yield term, weights.SOUND_COST + weights.SOUND_EDITS_COST * edits // max(len(text), len(other))

    def _misspelt(self, one: Word) -> Iterator[tuple[int, int]]:
        """What terms cost that are spelt as the word is but for typing errors."""
        near, texts, length = self.near(one), self._texts, len(one.text)
        choices = [texts[term] for term in near]
        costs = _typo_costs(one.script in weights.SYLLABIC)
        for text, edits, place in extract(one.text, choices, scorer=OSA.distance, score_cutoff=one.reach, limit=None):
            yield near[place], costs[edits][min(max(length, len(text)), _LONGEST)]


def _keep_least(costs: dict[int, int], found: Iterable[tuple[int, int]]) -> None:
    for term, cost in found:
        if cost < costs.get(term, NEVER):
            costs[term] = cost


@lru_cache(maxsize=4096)
def _initial_hash(letter: str) -> int:
    return key_hash(f"i:{letter}")


@cache
def _typo_costs(han: bool) -> list[list[int]]:  # noqa: FBT001  # a key of the cache
    """Costs by edits and length of the longer word, whatever the shorter: of Han words, or of all others."""
    none = [LEAST["="]] * (_LONGEST + 1)
    rows = [
        [NEVER if (cost := weights.edit_cost(edits, length, length, han=han)) is None else cost for length in range(_LONGEST + 1)]
        for edits in range(1, max(weights.EDIT_COSTS) + 1)
    ]
    return [none, *rows]

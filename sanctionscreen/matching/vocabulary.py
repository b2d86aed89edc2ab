"""The listed words that a word of the query may stand for, and what each would cost at least.

Words are alike where they share a key or lie within a few edits (`similarity`). Keys are looked up. Words within k
edits differ in length by at most k and in their letter masks by at most 2k bits, so one pass over the words of those
lengths leaves a handful, of which the edits are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from sanctionscreen.matching import weights
from sanctionscreen.matching.building import LONGEST, Array, key_hash, letter_mask, spelt_group
from sanctionscreen.matching.hearing import SCRIPTS
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.words import Word, heard
from sanctionscreen.names.name import Role

#: How many looked-up words are kept.
REMEMBERED = 20_000
#: More than any cost: no way of being alike.
NEVER = 10_000
_LONGEST = 99
#: The least that a word found by each kind of key costs, by the key's first letter.
_LEAST = {
    "=": 0,
    "~": 0,
    "s": weights.SOUND_COST,
    "k": min(weights.SKELETON_COSTS.values()),
    "h": min(weights.HEARD_COSTS.values()),
    "i": weights.INITIAL_COST,
}
_NONE = np.empty(0, np.int32)


@dataclass(frozen=True)
class Similar:
    """Listed terms, and the least that each would cost, in thousandths of its mass; a term can stand more than once."""

    terms: NDArray[np.int32]
    costs: NDArray[np.int64]


class Vocabulary:
    """The distinct words of an index. Read-only, safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], stored: StoredNames, scripts: Iterable[str]) -> None:
        self._arrays = arrays
        self._stored = stored
        self._scripts = tuple(sorted(set(SCRIPTS) & set(scripts)))
        self.similar = lru_cache(maxsize=REMEMBERED)(self._similar)

    def with_texts(self, script: str, texts: Iterable[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Terms of exactly these texts, and how many each text gave."""
        return self._with_keys([f"={script}:{text}" for text in texts])

    def _with_keys(self, keys: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Terms under any of the keys, and how many each key gave."""
        hashes = np.array([key_hash(k) for k in keys], np.uint64)
        return looked_up(self._arrays["key_hash"], self._arrays["key_term"], hashes)

    def _similar(self, one: Word) -> Similar:
        """Every listed word that `alike` could find like this one, and its initial."""
        keys = sorted(one.keys | heard(one, self._scripts))
        if one.role is not Role.INITIAL:
            keys.append(f"i:{one.text[:1]}")
        keyed, sizes = self._with_keys(keys)
        costs = np.repeat(np.array([_LEAST[k[0]] for k in keys], np.int64), sizes)
        sounding = costs == weights.SOUND_COST
        near = self._near(one)
        spelt = self._spelling_costs(one, np.concatenate((near, keyed[sounding])), len(near))
        terms = np.concatenate((keyed[~sounding], near, keyed[sounding]))
        costs = np.concatenate((costs[~sounding], spelt))
        kept = costs < NEVER
        return Similar(terms[kept], costs[kept])

    def _near(self, one: Word) -> NDArray[np.int32]:
        """Listed words of the same script whose length and letters allow few enough edits."""
        limit, length, group = one.reach, min(len(one.text), LONGEST), spelt_group(one)
        if not limit:
            return _NONE
        base, shortest, longest = group * 256, max(1, length - limit), min(LONGEST, length + limit)
        starts = self._arrays["group_starts"][base + shortest : base + longest + 2]
        allowed = np.array([2 * limit - abs(n - length) for n in range(shortest, longest + 1)], np.uint8)
        masks = self._arrays["term_mask"][starts[0] : starts[-1]]
        differ = np.bitwise_count(masks ^ np.uint64(letter_mask(one.text)))
        near: NDArray[np.int32] = (differ <= np.repeat(allowed, starts[1:] - starts[:-1])).nonzero()[0] + starts[0]
        return near

    def _spelling_costs(self, one: Word, terms: NDArray[np.int32], near: int) -> NDArray[np.int64]:
        """What typing errors (the first `near` terms) or another spelling of the sound (the rest) would cost."""
        if not len(terms):
            return np.empty(0, np.int64)
        texts = self._stored.texts[terms].tolist()
        edits = cdist([one.text], texts, scorer=OSA.distance, dtype=np.int32)[0].astype(np.int64)
        lengths = self._arrays["term_length"][terms].astype(np.int64)
        longest = np.minimum(np.maximum(lengths, len(one.text)), _LONGEST)
        typed = _typo_costs(one.script in weights.SYLLABIC)[np.minimum(edits[:near], 4), longest[:near]]
        spoken = weights.SOUND_COST + weights.SOUND_EDITS_COST * edits[near:] // longest[near:]
        return np.concatenate((np.where(edits[:near] <= one.reach, typed, NEVER), spoken))


@lru_cache(maxsize=2)
def _typo_costs(han: bool) -> NDArray[np.int64]:
    """Costs by edits and length of the longer word, whatever the shorter."""
    table = np.full((5, _LONGEST + 1), NEVER, np.int64)
    table[0] = 0
    for edits in range(1, 4):
        for longest in range(1, _LONGEST + 1):
            cost = weights.edit_cost(edits, longest, longest, han=han)
            table[edits, longest] = NEVER if cost is None else cost
    return table


def looked_up(
    keys: NDArray[Any], values: NDArray[Any], hashes: NDArray[np.uint64]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Every value stored under one of the hashes, and how many each gave."""
    firsts, lasts = np.searchsorted(keys, hashes, "left"), np.searchsorted(keys, hashes, "right")
    return slices(values, firsts, lasts), lasts - firsts


def slices(values: NDArray[Any], firsts: NDArray[Any], lasts: NDArray[Any]) -> NDArray[Any]:
    """`values[first:last]` of every pair, one after the other, without a loop."""
    sizes = lasts - firsts
    ends = np.cumsum(sizes)
    if not len(ends) or not ends[-1]:
        return values[:0]
    steps: NDArray[np.int64] = np.arange(ends[-1]) + np.repeat(firsts - (ends - sizes), sizes)
    taken: NDArray[Any] = values[steps]
    return taken

"""Listed words by how they are spelt: which of them lie within a few typing errors of a word.

Words within k edits differ in length by at most k, in their letter masks by at most 2k bits and in their pair masks by
at most 4k. So one pass over the masks of the words of those lengths leaves a handful, of which the edits are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionscreen.matching import weights
from sanctionscreen.matching.layout import LONGEST, Array, spelt_group
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word, pair_mask

#: More than any cost: no way of being alike.
NEVER = 10_000
#: The longest word whose typing errors have a cost of their own.
_LONGEST_COST = 99


class Spelling:
    """The spellings of the terms of an index."""

    def __init__(self, arrays: Mapping[str, Array], texts: Texts) -> None:
        """Make ready.

        Args:
            arrays: of the terms: lengths by group and masks.
            texts: of the terms.
        """
        self._masks, self._pairs = arrays["term_mask"], arrays["term_pairs"]
        self._starts: list[int] = arrays["group_starts"].tolist()
        self._texts = texts

    def near(self, one: Word) -> list[int]:
        """Terms whose script, length, letters and pairs of letters allow few enough edits."""
        limit, length = one.reach, min(len(one.text), LONGEST)
        starts, base = self._starts, spelt_group(one) * 256
        first, last = starts[base + max(1, length - limit)], starts[base + min(LONGEST, length + limit) + 1]
        differ = np.bitwise_count(self._masks[first:last] ^ np.uint64(one.mask))
        near = (differ <= 2 * limit).nonzero()[0]
        near += first
        differ = np.bitwise_count(self._pairs.take(near) ^ np.uint64(pair_mask(one.text)))
        found: list[int] = near[differ <= 4 * limit].tolist()
        return found

    def misspelt(self, one: Word) -> Iterator[tuple[int, int]]:
        """Terms that are spelt as the word is but for typing errors, the word itself among them, and what they cost."""
        near, texts, length = self.near(one), self._texts, len(one.text)
        choices = texts.of(near)
        costs = _typo_costs(one.script in weights.SYLLABIC)
        for text, edits, place in extract(one.text, choices, scorer=OSA.distance, score_cutoff=one.reach, limit=None):
            yield near[place], costs[edits][min(max(length, len(text)), _LONGEST_COST)]


@cache
def _typo_costs(han: bool) -> list[list[int]]:  # a key of the cache
    """Costs by edits and length of the longer word, whatever the shorter: of Han words, or of all others."""
    rows = [
        [_cost(edits, length, han=han) for length in range(_LONGEST_COST + 1)]
        for edits in range(1, max(weights.EDIT_COSTS) + 1)
    ]
    return [[0] * (_LONGEST_COST + 1), *rows]


def _cost(edits: int, length: int, *, han: bool) -> int:
    cost = weights.edit_cost(edits, length, length, han=han)
    return NEVER if cost is None else cost

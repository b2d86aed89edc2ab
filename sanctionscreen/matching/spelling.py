"""Listed words by how they are spelt: which of them lie within a few typing errors of a word.

Words within k edits differ in length by at most k, in their letter masks by at most 2k bits and in their pair masks by
at most 4k. So one pass over the masks of the words of those lengths leaves a handful, of which the edits are counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionscreen.matching import weights
from sanctionscreen.matching.layout import LONGEST, Array, spelt_group, view
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word, pair_mask

#: More than any cost: no way of being alike.
NEVER = 10_000


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
        self._reaches, self._texts = view(arrays["term_reach"]), texts

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
        """Terms that are the word but for typing errors, itself among them, and what they cost."""
        near, han = self.near(one), one.script in weights.SYLLABIC
        choices = self._texts.of(near)
        for text, edits, place in extract(one.text, choices, scorer=OSA.distance, score_cutoff=one.reach, limit=None):
            term = near[place]
            cost = weights.typo_cost(one.text, text, edits, han=han) if edits else 0
            if cost is not None and edits <= self._reaches[term]:
                yield term, cost

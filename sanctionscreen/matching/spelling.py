"""Listed words by how they are spelt: which of them lie within a few typing errors of a word.

Words within k edits differ in length by at most k, in their letter masks by at most 2k bits and in their pair masks by
at most 4k. So one pass over the masks of the words of those lengths leaves a handful, of which the edits are counted.
Where passes would go over many words, short ones are looked up by what is left of them instead (`deletions`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from sanctionscreen.matching import weights
from sanctionscreen.matching.deletions import Deletions, is_short
from sanctionscreen.matching.layout import LONGEST, Array, spelt_group, view
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.words import Word, pair_mask

#: More than any cost: no way of being alike.
NEVER = 10_000
#: Passes over fewer terms than this, for all words asked for at once, take less time than to look up what is left.
PASSED = 40_000


class Spelling:
    """The spellings of the terms of an index."""

    def __init__(self, arrays: Mapping[str, Array], texts: Texts) -> None:
        """Make ready.

        Args:
            arrays: of the terms: lengths by group, masks, and what is left of them.
            texts: of the terms.
        """
        self._masks, self._pairs = arrays["term_mask"], arrays["term_pairs"]
        self._starts: list[int] = arrays["group_starts"].tolist()
        self._reaches, self._texts = view(arrays["term_reach"]), texts
        self._deletions = Deletions(arrays)

    def near(self, words: Sequence[Word]) -> list[list[int]]:
        """For each word the terms whose script, length, letters and pairs of letters allow few enough edits."""
        windows = list(map(self._window, words))
        if sum([last - first for first, last in windows]) < PASSED:
            return list(map(self._passed, words, windows))
        left = iter(self._deletions.near(list(filter(is_short, words))))
        return [
            next(left) if is_short(one) else self._passed(one, window)
            for one, window in zip(words, windows, strict=True)
        ]

    def _window(self, one: Word) -> tuple[int, int]:
        """The first term of the lengths within reach, and past the last."""
        length, base = min(len(one.text), LONGEST), spelt_group(one) * 256
        return self._starts[base + _shortest(length, one.reach)], self._starts[
            base + min(LONGEST, length + one.reach) + 1
        ]

    def _passed(self, one: Word, window: tuple[int, int]) -> list[int]:
        first, last = window
        differ = np.bitwise_count(self._masks[first:last] ^ np.uint64(one.mask))
        near = (differ <= 2 * one.reach).nonzero()[0]
        near += first
        differ = np.bitwise_count(self._pairs.take(near) ^ np.uint64(pair_mask(one.text)))
        found: list[int] = near[differ <= 4 * one.reach].tolist()
        return found

    def misspelt(self, words: Sequence[Word]) -> list[list[tuple[int, int]]]:
        """For each word the terms that are it but for typing errors, itself among them, and what they cost."""
        return list(map(self._costs, words, self.near(words)))

    def _costs(self, one: Word, near: Sequence[int]) -> list[tuple[int, int]]:
        found, reaches, han = [], self._reaches, one.script in weights.SYLLABIC
        choices = self._texts.of(near)
        for text, edits, place in extract(one.text, choices, scorer=OSA.distance, score_cutoff=one.reach, limit=None):
            term = near[place]
            if edits <= reaches[term]:
                cost = weights.typo_cost(one.text, text, edits, han=han) if edits else 0
                if cost is not None:
                    found.append((term, cost))
        return found


@cache
def _shortest(length: int, reach: int) -> int:
    """The fewest letters of a word that can be within reach of one of so many: by its own reach too."""
    return min(
        n for n in range(1, length + 1) if length - n <= min(reach, max(weights.reach(n), weights.reach(n, han=True)))
    )

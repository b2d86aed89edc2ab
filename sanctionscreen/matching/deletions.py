"""Listed words by what is left of them when letters are taken away: how most misspellings are found.

Two words within k edits have a string in common that is left of each when at most k of its letters are taken away: an
added letter is taken from the longer word, a changed letter from both, and of two swapped neighbours one from both. A
listed word is filed under the hashes of all that may be left of it, and another word is looked up by those of its own.

Long words would have many: they are neither filed nor looked up here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.layout import Array, Ints, distinct, ranges, spelt_group
from sanctionscreen.matching.words import Word, pair_mask

#: So many letters are taken away at most.
MOST = 2
#: Listed words of more letters are not filed.
LONGEST = 12
#: What a place in a word counts: powers of an odd number, near to the golden ratio of 32 bits.
_FACTOR = 2654435761
_TERM_BITS = 32
_TERM = (1 << _TERM_BITS) - 1


def is_short(one: Word) -> bool:
    """Whether all words that a word may be a misspelling of are filed."""
    return one.reach <= MOST and len(one.text) + one.reach <= LONGEST


def left_of(texts: Sequence[str], group: int, edits: int) -> NDArray[np.uint32]:
    """Hashes of all that is left of words of one length, a row each, when so many letters or fewer are taken away.

    >>> one, other = left_of(["hik", "hki"], 0, 1)
    >>> sorted(set(one.tolist()) & set(other.tolist())) == sorted(left_of(["hi", "hk"], 0, 0).ravel().tolist())
    True
    """
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).reshape(len(texts), -1)
    hashes: NDArray[np.uint32] = letters @ _factors(letters.shape[1], edits)
    hashes += np.uint32(group)
    return hashes


@cache
def _factors(length: int, edits: int) -> NDArray[np.uint32]:
    """What each letter counts, by its place in what is left of a word; nothing where it is taken away."""
    taken = [gone for count in range(min(edits, length) + 1) for gone in combinations(range(length), count)]
    factors = np.zeros((length, len(taken)), np.uint32)
    powers = [pow(_FACTOR, place, 1 << 32) for place in range(length)]
    for column, gone in enumerate(taken):
        kept = [place for place in range(length) if place not in gone]
        factors[kept, column] = powers[: len(kept)]
    return factors


def filed(words: Sequence[Word]) -> dict[str, Array]:
    """The arrays that words are looked up in: every hash, in order, with the number of a word that it is left of."""
    alike = defaultdict(list)
    for term, one in enumerate(words):
        if one.reach and len(one.text) <= LONGEST:
            alike[spelt_group(one), len(one.text), min(one.reach, MOST)].append(term)
    rows = [np.empty(0, np.uint64)]
    for (group, _, edits), terms in alike.items():
        hashes = left_of([words[term].text for term in terms], group, edits).astype(np.uint64)
        hashes <<= np.uint64(_TERM_BITS)
        hashes |= np.array(terms, np.uint64)[:, None]
        rows.append(hashes.ravel())
    every = distinct(np.concatenate(rows))
    return {
        "deleted_hash": (every >> np.uint64(_TERM_BITS)).astype(np.uint32),
        "deleted_term": (every & np.uint64(_TERM)).astype(np.int32),
    }


class Deletions:
    """The short words of an index, by what is left of them."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._hashes, self._terms = arrays["deleted_hash"], arrays["deleted_term"]
        self._masks, self._pairs = arrays["term_mask"], arrays["term_pairs"]

    def near(self, words: Sequence[Word]) -> list[list[int]]:
        """For each short word the terms of which the same may be left, and whose letters allow few enough edits."""
        if not len(self._hashes):
            return [[] for _ in words]
        alike = defaultdict(list)
        for number, one in enumerate(words):
            alike[spelt_group(one), len(one.text), one.reach].append(number)
        wanted, owners = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
        for (group, _, reach), numbers in alike.items():
            hashes = left_of([words[number].text for number in numbers], group, reach)
            wanted.append(hashes.ravel())
            owners.append(np.array(numbers).repeat(hashes.shape[1]))
        pairs = self._sharing(np.concatenate(wanted), np.concatenate(owners))
        owner, terms = pairs >> _TERM_BITS, pairs & _TERM
        kept = self._alike(words, owner, terms)
        owner, found = owner[kept], terms[kept].tolist()
        ends = owner.searchsorted(np.arange(len(words) + 1)).tolist()
        return [found[first:last] for first, last in pairwise(ends)]

    def _sharing(self, wanted: NDArray[np.uint32], owners: Ints) -> Ints:
        """Owner and term of each hash that is filed, as one number, each pair once and in order."""
        known = self._hashes
        order = wanted.argsort()  # neighbours are looked for in the same place
        wanted, owners = wanted[order], owners[order]
        firsts = known.searchsorted(wanted)
        there = (known.take(firsts, mode="clip") == wanted).nonzero()[0]
        firsts = firsts[there]
        sizes = known.searchsorted(wanted[there], "right") - firsts
        pairs = (owners[there] << _TERM_BITS).repeat(sizes)
        pairs |= self._terms.take(ranges(firsts, sizes))
        return distinct(pairs)

    def _alike(self, words: Sequence[Word], owner: Ints, terms: Ints) -> NDArray[np.bool_]:
        """Whether the letters and pairs of letters of words differ little enough."""
        reach = np.array([one.reach for one in words]).take(owner)
        masks = np.array([one.mask for one in words], np.uint64).take(owner)
        pairs = np.array([pair_mask(one.text) for one in words], np.uint64).take(owner)
        alike: NDArray[np.bool_] = np.bitwise_count(self._masks.take(terms) ^ masks) <= 2 * reach
        alike &= np.bitwise_count(self._pairs.take(terms) ^ pairs) <= 4 * reach
        return alike

"""The listed words that a word of the query may stand for, and what each would cost at least.

Words are alike where they share a key or lie within a few edits (`similarity`). Keys are looked up. Words within k
edits differ in length by at most k and in their letter masks by at most 2k bits, so one pass over the masks of the
words of those lengths leaves a handful, of which the edits are counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from sanctionscreen.matching import weights
from sanctionscreen.matching.building import LONGEST, ROLES, Array, spelt_group
from sanctionscreen.matching.hearing import SCRIPTS
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.table import Like, Similar
from sanctionscreen.matching.words import Word, heard, key_hash
from sanctionscreen.names.name import Role

#: How many looked-up words are kept.
REMEMBERED = 20_000
#: More than any cost: no way of being alike.
NEVER = 10_000
_LONGEST = 99
#: The most edits that any word can have.
_MOST_EDITS = max(weights.EDIT_COSTS)
#: The least that a word found by each kind of key costs, by the key's first letter.
_LEAST = {
    "=": 0,
    "~": 0,
    "s": weights.SOUND_COST,
    "k": min(weights.SKELETON_COSTS.values()),
    "h": min(weights.HEARD_COSTS.values()),
    "i": weights.INITIAL_COST,
}
_INITIAL = ROLES.index(Role.INITIAL)
_NONE = np.empty(0, np.int64)

Ints = NDArray[np.int64]
Terms = NDArray[np.int32]


class Vocabulary:
    """The distinct words of an index. Read-only but for what it remembers, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], stored: StoredNames, scripts: Iterable[str]) -> None:
        self._arrays = arrays
        self._stored = stored
        self._scripts = tuple(sorted(set(SCRIPTS) & set(scripts)))
        self._seen: dict[Word, Similar] = {}

    def forget(self) -> None:
        """Empty what was remembered."""
        self._seen.clear()

    def like(self, readings: Sequence[Prepared]) -> list[Like]:
        """What each word of each reading may stand for, and what runs of its words written as one do."""
        texts = [f"={one.script}:{text}" for one in readings for text in one.runs]
        found = {word: self._seen.get(word) for one in readings for word in one.words}
        missing = [word for word, similar in found.items() if similar is None]
        fresh, runs = self._look_up(missing, texts)
        found.update(fresh)
        if len(self._seen) + len(fresh) > REMEMBERED:
            self._seen.clear()
        self._seen.update(fresh)
        every = [
            Like(row, 1 << place, similar)
            for row, one in enumerate(readings)
            for place, word in enumerate(one.words)
            if (similar := found[word]) is not None
        ]
        spans = ((row, first, last) for row, one in enumerate(readings) for first, last in one.runs.values())
        for (row, first, last), terms in zip(spans, runs, strict=True):
            if len(terms):
                every.append(
                    Like(row, (1 << last) - (1 << first), Similar(terms, np.zeros(len(terms), np.int64), terms))
                )
        return every

    def _look_up(self, words: list[Word], texts: list[str]) -> tuple[dict[Word, Similar], list[Terms]]:
        """What each word may stand for, and the terms under each key of `texts`."""
        keys = [self._keys_of(one) for one in words]
        each = list(chain.from_iterable(keys))
        hashes = np.array([key_hash(key) for key in chain(each, texts)], np.uint32)
        terms, sizes = looked_up(self._arrays["key_hash"], self._arrays["key_term"], hashes)
        own = sizes[: len(each)]
        numbers = np.arange(len(words)).repeat([len(one) for one in keys]).repeat(own)
        costs = np.array([_LEAST[key[0]] for key in each], np.int64).repeat(own)
        similar = self._similar(words, numbers, terms[: len(costs)], costs)
        ends = [len(costs), *(len(costs) + sizes[len(each) :].cumsum()).tolist()]
        return dict(zip(words, similar, strict=True)), [terms[first:last] for first, last in pairwise(ends)]

    def _keys_of(self, one: Word) -> list[str]:
        keys = [*one.keys, *heard(one, self._scripts)]
        return keys if one.role is Role.INITIAL else [*keys, f"i:{one.text[:1]}"]

    def _similar(self, words: list[Word], numbers: Ints, keyed: Terms, costs: Ints) -> Iterator[Similar]:
        """What each word may stand for by key or by spelling, each term once, at the least of its costs.

        Args:
            words: the words.
            numbers: which of them each of the following is for.
            keyed: terms found by key.
            costs: of those, at least; what spelling adds to a sound is added here.
        """
        near_numbers, near = self.near(words)
        sounding = (costs == weights.SOUND_COST).nonzero()[0]
        spelt = np.concatenate((near, keyed[sounding]))
        edits, longest = self._edits(words, np.concatenate((near_numbers, numbers[sounding])), spelt)
        count = len(near)
        costs[sounding] += weights.SOUND_EDITS_COST * edits[count:] // longest[count:]
        typed = self._typed(words, near_numbers, edits[:count], longest[:count])
        numbers, costs = np.concatenate((numbers, near_numbers)), np.concatenate((costs, typed))
        terms = np.concatenate((keyed, near))
        order = np.lexsort((costs, terms, numbers))
        numbers, terms, costs = numbers[order], terms[order], costs[order]
        kept = (changes(numbers) | changes(terms)) & (costs < NEVER)
        numbers, terms, costs = numbers[kept], terms[kept], costs[kept]
        spelt_out = self._arrays["term_role"][terms] != _INITIAL
        ends = numbers.searchsorted(np.arange(len(words) + 1)).tolist()
        for one, (first, last) in zip(words, pairwise(ends), strict=True):
            own = terms[first:last]
            telling = own if one.role is Role.INITIAL else own[spelt_out[first:last]]
            yield Similar(own, costs[first:last], telling)

    def near(self, words: Sequence[Word]) -> tuple[Ints, Terms]:
        """Listed words whose script, length and letters allow few enough edits, and which word each is near."""
        starts, masks = self._arrays["group_starts"], self._arrays["term_mask"]
        found = [np.empty(0, np.int64)]
        for one in words:
            limit, length, base = one.reach, min(len(one.text), LONGEST), spelt_group(one) * 256
            first, last = starts[base + max(1, length - limit)], starts[base + min(LONGEST, length + limit) + 1]
            differ = np.bitwise_count(masks[first:last] ^ np.uint64(one.mask)) if limit else _NONE
            found.append((differ <= 2 * limit).nonzero()[0] + first)
        numbers = np.arange(len(words)).repeat([len(one) for one in found[1:]])
        return numbers, np.concatenate(found).astype(np.int32)

    def _edits(self, words: list[Word], numbers: Ints, terms: Terms) -> tuple[Ints, Ints]:
        """Edits between words and terms, pair by pair, and the length of the longer."""
        asked, listed = [words[n].text for n in numbers.tolist()], self._stored.texts[terms].tolist()
        edits = cpdist(asked, listed, scorer=OSA.distance, dtype=np.int32).astype(np.int64)
        lengths = np.array([len(one.text) for one in words], np.int64)[numbers]
        return edits, np.maximum(lengths, self._arrays["term_length"][terms])

    def _typed(self, words: list[Word], numbers: Ints, edits: Ints, longest: Ints) -> Ints:
        """What so many typing errors cost at least."""
        reach = np.array([one.reach for one in words], np.int64)[numbers]
        han = np.array([one.script in weights.SYLLABIC for one in words], np.int64)[numbers]
        costs = _typo_costs()[han, np.minimum(edits, _MOST_EDITS), np.minimum(longest, _LONGEST)]
        return np.where(edits <= reach, costs, NEVER)


@cache
def _typo_costs() -> Ints:
    """Costs by script (Han or not), edits and length of the longer word, whatever the shorter."""
    table = np.full((2, _MOST_EDITS + 1, _LONGEST + 1), NEVER, np.int64)
    table[:, 0] = 0
    for han, edits, longest in product((0, 1), range(1, _MOST_EDITS + 1), range(1, _LONGEST + 1)):
        cost = weights.edit_cost(edits, longest, longest, han=bool(han))
        table[han, edits, longest] = NEVER if cost is None else cost
    return table


def looked_up(
    keys: NDArray[np.uint32], values: NDArray[Any], hashes: NDArray[np.uint32]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Every value stored under one of the hashes, and how many each gave."""
    firsts, lasts = keys.searchsorted(hashes, "left"), keys.searchsorted(hashes, "right")
    return slices(values, firsts, lasts), lasts - firsts


def slices(values: NDArray[Any], firsts: NDArray[Any], lasts: NDArray[Any]) -> NDArray[Any]:
    """`values[first:last]` of every pair, one after the other, without a loop."""
    sizes = lasts - firsts
    ends = sizes.cumsum()
    if not len(ends) or not ends[-1]:
        return values[:0]
    steps = (firsts - (ends - sizes)).repeat(sizes)
    steps += np.arange(ends[-1])
    taken: NDArray[Any] = values[steps]
    return taken


def distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each value once, in order; the array given is sorted in place."""
    if len(values) < 2:
        return values
    values.sort()
    return values[changes(values)]


def changes(ordered: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a sorted array has a value for the first time."""
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first

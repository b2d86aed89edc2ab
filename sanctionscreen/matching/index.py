"""The index: every listed name that scoring could put at or above the cutoff, and no scan of the list.

It loses nothing. `docs/explanation/index-is-exact.md` gives the proof; in short:

1. `vocabulary` finds all listed words that a word of the query may stand for.
2. The weightiest words of the query are **essential** when a name that has none of them stays below the cutoff
   whatever else it has. Only names with an essential word, or found as a whole (run together, as an acronym), are
   looked at.
3. `bounds` works out from the masses the most that each of those could score; what reaches the cutoff is scored.

Steps 1 to 3 take the readings of many names at once, since a few operations on long arrays cost less than many on short
ones: a **pair** is a reading of a query, by its row, and a reading of a listed name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.bounds import Asked, Possible, essential, may_reach, pair_costs
from sanctionscreen.matching.building import Array, build
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, score
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.table import Like, Table
from sanctionscreen.matching.vocabulary import Vocabulary, distinct, looked_up, slices
from sanctionscreen.matching.words import key_hash

#: How many names are searched at once: more would need more memory and save no time.
AT_ONCE = 64

#: For each name that has to be scored, the readings to compare: the query's and the listed name's, by number.
Candidates = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A listed name at or above the cutoff: its party, its number within the party, its score."""

    party: int
    number: int
    score: Score


class Effort(NamedTuple):
    """What a search has to do, where nothing is remembered.

    Attributes:
        words: words of the query that are looked up.
        compared: listed words whose edits are counted.
        bounded: readings of listed names whose bound is taken.
        scored: listed names that are scored.
    """

    words: int
    compared: int
    bounded: int
    scored: int


class Index:
    """Prepared names, laid out for search. Read-only once made, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self.arrays = arrays
        self.stored = StoredNames(arrays, tables)
        self.vocabulary = Vocabulary(arrays, self.stored, tables["scripts"])
        self._readings = max(1, len(arrays["reading_name"]))

    @classmethod
    def of(cls, names: Iterable[tuple[PreparedName, int, int]]) -> Index:
        """Build an index of names, each with its party's number and its own."""
        return cls(*build(names))

    def __len__(self) -> int:
        return len(self.stored)

    def forget(self) -> None:
        """Empty what was remembered of earlier queries: for measuring, and to give memory back."""
        self.stored.forget()
        self.vocabulary.forget()

    def search(self, query: PreparedName, cutoff: int) -> list[Found]:
        """Every listed name with at least `cutoff` points against the query, in the order of the list.

        Args:
            query: the name asked for.
            cutoff: in points, at least `weights.LOWEST_CUTOFF`.
        """
        return next(self.search_many([query], cutoff))

    def search_many(self, queries: Sequence[PreparedName], cutoff: int) -> Iterator[list[Found]]:
        """The same for many names, in order; together they cost less than one by one."""
        for query, names in zip(queries, self.candidates(queries, cutoff), strict=True):
            judged = (self._judge(query, name, cutoff, pairs) for name, pairs in names.items())
            yield [found for found in judged if found]

    def scan(self, query: PreparedName, cutoff: int) -> list[Found]:
        """The same by scoring every name: what `search` is measured and tested against."""
        return [found for name in range(len(self)) if (found := self._judge(query, name, cutoff, None))]

    def candidates(self, queries: Sequence[PreparedName], cutoff: int) -> Iterator[Candidates]:
        """For each query the names that have to be scored, in order."""
        for first in range(0, len(queries), AT_ONCE):
            some = queries[first : first + AT_ONCE]
            yield from self._by_name(some, self._pairs([one for query in some for one in query.readings], cutoff))

    def effort(self, query: PreparedName, cutoff: int) -> Effort:
        """Count what a search for a name has to do: the same on every machine, unlike the time it takes."""
        words = list(dict.fromkeys(word for one in query.readings for word in one.words))
        compared = len(self.vocabulary.near(words)[1])
        bounded = sum(len(self._touched(self.vocabulary.like([one]), [one], cutoff)) for one in query.readings)
        return Effort(len(words), compared, bounded, len(next(self.candidates([query], cutoff))))

    def _judge(self, query: PreparedName, name: int, cutoff: int, pairs: list[tuple[int, int]] | None) -> Found | None:
        result = score(query, self.stored.name(name), pairs)
        if result is None or result.points < cutoff:
            return None
        return Found(int(self.arrays["name_party"][name]), int(self.arrays["name_number"][name]), result)

    def _by_name(self, queries: Sequence[PreparedName], pairs: NDArray[np.int64]) -> list[Candidates]:
        """Pairs of readings as names of each query."""
        found: list[Candidates] = [{} for _ in queries]
        if not len(pairs):
            return found
        places = [(number, place) for number, one in enumerate(queries) for place in range(len(one.readings))]
        rows, listed = np.divmod(pairs, self._readings)
        names = self.arrays["reading_name"][listed]
        within = (listed - self.arrays["name_reading"][names]).tolist()
        for row, name, reading in sorted(zip(rows.tolist(), names.tolist(), within, strict=True), key=lambda p: p[1]):
            number, place = places[row]
            found[number].setdefault(name, []).append((place, reading))
        return found

    def _pairs(self, asked: list[Prepared], cutoff: int) -> NDArray[np.int64]:
        """Pairs that may reach the cutoff, each once, by row and then by listed reading."""
        like = self.vocabulary.like(asked)
        touched = self._touched(like, asked, cutoff)
        return distinct(np.concatenate((self._wholes(asked), self._within_bounds(like, asked, touched, cutoff))))

    def _wholes(self, asked: list[Prepared]) -> NDArray[np.int64]:
        """Readings that one asked for is as a whole, or that write one of its words as several."""
        keys, counts = [], []
        for one in asked:
            own = _whole_keys(one)
            keys += own
            counts.append(len(own))
        rows = np.arange(len(asked)).repeat(counts)
        hashes = np.array([key_hash(key) for key in keys], np.uint32)
        readings, sizes = looked_up(self.arrays["whole_hash"], self.arrays["whole_reading"], hashes)
        pairs: NDArray[np.int64] = rows.repeat(sizes) * self._readings + readings
        return pairs

    def _touched(self, like: list[Like], asked: list[Prepared], cutoff: int) -> NDArray[np.int64]:
        """Pairs with an essential word of the query; readings with initials by a wider measure."""
        bits = [essential(one, cutoff) for one in asked]
        found = self._posted([one for one in like if one.bits & bits[one.row][0]])
        wider = self._posted([one for one in like if one.bits & bits[one.row][1] & ~bits[one.row][0]])
        if len(wider):
            wider = wider[self.arrays["reading_initials"][wider % self._readings]]
            found = np.concatenate((found, wider))
        return distinct(found)

    def _posted(self, like: list[Like]) -> NDArray[np.int64]:
        """Pairs of a row and each reading that has one of its telling terms."""
        if not like:
            return np.empty(0, np.int64)
        terms = np.concatenate([one.similar.telling for one in like])
        rows = np.array([one.row for one in like]).repeat([len(one.similar.telling) for one in like])
        firsts, lasts = self.arrays["posting_offset"][terms], self.arrays["posting_offset"][terms + 1]
        pairs: NDArray[np.int64] = rows.repeat(lasts - firsts) * self._readings
        pairs += slices(self.arrays["posting_reading"], firsts, lasts)
        return pairs

    def _within_bounds(
        self, like: list[Like], asked: list[Prepared], pairs: NDArray[np.int64], cutoff: int
    ) -> NDArray[np.int64]:
        """Of these pairs, the ones whose upper bound reaches the cutoff."""
        if not len(pairs):
            return pairs
        table = Table(len(self.arrays["term_mass"]), len(asked), like)
        return pairs[may_reach(self._possible(table, Asked.of(asked), pairs, cutoff), cutoff)]

    def _possible(self, table: Table, asked: Asked, pairs: NDArray[np.int64], cutoff: int) -> Possible:
        """What the readings of each pair could have in common."""
        at = self.arrays
        rows, readings = np.divmod(pairs, self._readings)
        firsts, lasts = at["reading_offset"][readings], at["reading_offset"][readings + 1]
        sizes = lasts - firsts
        terms, of_terms = slices(at["reading_term"], firsts, lasts), rows.repeat(sizes)
        bits, costs = table.of(of_terms, terms)
        matched = (bits != 0) | asked.begins(of_terms, at["term_first"][terms])
        masses = at["term_mass"][terms] * matched.astype(np.int64)
        starts = sizes.cumsum() - sizes
        return Possible(
            query=asked.masses(rows),
            asked=asked.masses_of(rows, np.bitwise_or.reduceat(bits, starts)),
            listed=np.add.reduceat(masses, starts),
            total=at["reading_mass"][readings].astype(np.int64),
            cost=np.add.reduceat(pair_costs(costs, masses, cutoff), starts),
        )


def _whole_keys(one: Prepared) -> list[str]:
    keys = [f"j:{one.script}:{text}" for text in one.joined]
    keys += [f"r:{one.script}:{w.text}" for w in one.words]
    keys += [f"x:{text}" for text in one.acronyms]
    return keys if one.single is None else [*keys, f"a:{one.single.text}"]

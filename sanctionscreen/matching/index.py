"""The index: every listed name that scoring could put at or above the cutoff, and no scan of the list.

It loses nothing. `docs/explanation/index-is-exact.md` gives the proof; in short:

1. `vocabulary` finds all listed words that a word of the query may stand for.
2. The weightiest words of the query are **essential** when a name that has none of them stays below the cutoff
   whatever else it has. Only names with an essential word, or found as a whole (run together, as an acronym), are
   looked at.
3. `bounds` works out from the masses the most that each of those could score; what reaches the cutoff is scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching.bounds import Matches, Possible, essential, mass_of_bits, may_reach, pair_costs
from sanctionscreen.matching.building import ROLES, Array, build, key_hash
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, score
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.vocabulary import Vocabulary, looked_up, slices
from sanctionscreen.names.name import Role

_INITIAL = ROLES.index(Role.INITIAL)
_NONE = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class Found:
    """A listed name at or above the cutoff: its party, its number within the party, its score."""

    party: int
    number: int
    score: Score


class Index:
    """Prepared names, laid out for search. Read-only once made, and safe to share between threads."""

    def __init__(self, arrays: Mapping[str, Array], tables: Mapping[str, Any]) -> None:
        self.arrays = arrays
        self.stored = StoredNames(arrays, tables)
        self.vocabulary = Vocabulary(arrays, self.stored, tables["scripts"])

    @classmethod
    def of(cls, names: Iterable[tuple[PreparedName, int, int]]) -> Index:
        """Build an index of names, each with its party's number and its own."""
        return cls(*build(names))

    def __len__(self) -> int:
        return len(self.stored)

    def forget(self) -> None:
        """Empty what was remembered of earlier queries: for measuring, and to give memory back."""
        self.stored.forget()
        self.vocabulary.similar.cache_clear()

    def search(self, query: PreparedName, cutoff: int) -> list[Found]:
        """Every listed name with at least `cutoff` points against the query, in the order of the list.

        Args:
            query: the name asked for.
            cutoff: in points, at least `weights.LOWEST_CUTOFF`.
        """
        return [found for name in self.candidates(query, cutoff) if (found := self._judge(query, name, cutoff))]

    def scan(self, query: PreparedName, cutoff: int) -> list[Found]:
        """The same by scoring every name: what `search` is measured and tested against."""
        return [found for name in range(len(self)) if (found := self._judge(query, name, cutoff))]

    def candidates(self, query: PreparedName, cutoff: int) -> list[int]:
        """The names that have to be scored."""
        found = [self._of_reading(reading, cutoff) for reading in query.readings]
        names: list[int] = np.unique(np.concatenate(found)).tolist() if found else []
        return names

    def _judge(self, query: PreparedName, name: int, cutoff: int) -> Found | None:
        result = score(query, self.stored.name(name))
        if result is None or result.points < cutoff:
            return None
        return Found(int(self.arrays["name_party"][name]), int(self.arrays["name_number"][name]), result)

    def _of_reading(self, query: Prepared, cutoff: int) -> NDArray[np.int32]:
        """Names of which some reading may reach the cutoff against this reading of the query."""
        matches = self._matches(query)
        readings = self._within_bounds(query, matches, self._touched(query, matches, cutoff), cutoff)
        names: NDArray[np.int32] = self.arrays["reading_name"][np.concatenate((self._wholes(query), readings))]
        return names

    def _wholes(self, query: Prepared) -> NDArray[np.int32]:
        """Readings that the query is as a whole, or that write one of its words as several."""
        script = query.script
        keys = [f"j:{script}:{text}" for text in query.joined]
        keys += [f"r:{script}:{w.text}" for w in query.words]
        keys += [f"x:{text}" for text in query.acronyms]
        if query.single is not None:
            keys.append(f"a:{query.single.text}")
        hashes = np.array([key_hash(k) for k in keys], np.uint64)
        return looked_up(self.arrays["whole_hash"], self.arrays["whole_reading"], hashes)[0]

    def _matches(self, query: Prepared) -> Matches:
        """The listed words that each word of the query, or a run of them, may stand for."""
        similar = [self.vocabulary.similar(w) for w in query.words]
        joined, sizes = self.vocabulary.with_texts(query.script, query.runs)
        runs = [(1 << last) - (1 << first) for first, last in query.runs.values()]
        terms = [*(s.terms for s in similar), joined]
        bits = [1 << i for i in range(len(similar))] + runs
        counts = [*(len(s.terms) for s in similar), *sizes.tolist()]
        costs = [*(s.costs for s in similar), np.zeros(len(joined), np.int64)]
        return Matches.of(np.concatenate(terms), np.repeat(np.array(bits, np.int64), counts), np.concatenate(costs))

    def _touched(self, query: Prepared, matches: Matches, cutoff: int) -> NDArray[np.int32]:
        """Readings with an essential word of the query; those with initials by a wider measure."""
        spelt, wide = essential(query, cutoff)
        found = self._posted(self._with_any(query, matches, spelt))
        if wide != spelt:
            more = self._posted(self._with_any(query, matches, wide))
            found = np.concatenate((found, more[self.arrays["reading_initials"][more]]))
        return np.unique(found)

    def _with_any(self, query: Prepared, matches: Matches, bits: int) -> NDArray[np.int32]:
        """Terms for one of these words of the query; an initial counts for an equal initial only."""
        initials = sum(1 << i for i, w in enumerate(query.words) if w.role is Role.INITIAL)
        is_initial = self.arrays["term_role"][matches.terms] == _INITIAL
        terms: NDArray[np.int32] = matches.terms[matches.bits & np.where(is_initial, bits & initials, bits) != 0]
        return terms

    def _posted(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        offsets = self.arrays["posting_offset"]
        return slices(self.arrays["posting_reading"], offsets[terms], offsets[terms + 1])

    def _within_bounds(
        self, query: Prepared, matches: Matches, readings: NDArray[np.int32], cutoff: int
    ) -> NDArray[np.int32]:
        """Of these readings, the ones whose upper bound reaches the cutoff."""
        if not len(readings):
            return _NONE
        at = self.arrays
        firsts, lasts = at["reading_offset"][readings], at["reading_offset"][readings + 1]
        terms = slices(at["reading_term"], firsts, lasts)
        bits, costs = matches.of_terms(terms)
        masses = at["term_mass"][terms].astype(np.int64)
        by_initial = np.isin(at["term_first"][terms], query.initials) if query.initials else np.False_
        costs = np.where(bits != 0, costs, FULL)
        masses = np.where((bits != 0) | by_initial, masses, 0)
        starts = np.concatenate(([0], np.cumsum(lasts - firsts)))[:-1]
        possible = Possible(
            asked=mass_of_bits(query, np.bitwise_or.reduceat(bits, starts)),
            listed=np.add.reduceat(masses, starts),
            total=at["reading_mass"][readings].astype(np.int64),
            cost=np.add.reduceat(pair_costs(costs, masses, cutoff), starts),
        )
        return readings[may_reach(query, possible, cutoff)]

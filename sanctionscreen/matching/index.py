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
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from sanctionscreen.hits import FULL
from sanctionscreen.matching.bounds import Asked, Possible, essential, may_reach
from sanctionscreen.matching.building import Array, build
from sanctionscreen.matching.keys import Keys, Places, slices
from sanctionscreen.matching.prepared import Prepared, PreparedName
from sanctionscreen.matching.scoring import Score, acronym_points, score
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.table import MATCHED, Ints, Like, Table
from sanctionscreen.matching.vocabulary import Vocabulary
from sanctionscreen.matching.words import key_hash

#: How many names are searched at once: more would need more memory and save no time.
AT_ONCE = 32

#: A row and a listed reading as one number, which sorts by both.
_READING_BITS = 32
_READING = (1 << _READING_BITS) - 1
_NONE = np.empty(0, np.int64)

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
        self._scripts = tuple(tables["scripts"])
        self._keys = Keys(arrays)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The distinct words of the names; laid out at the first use."""
        return Vocabulary(self.arrays, self.stored.texts, self._scripts)

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
            yield _in_order(found for name, pairs in names.items() for found in self._judge(query, name, cutoff, pairs))

    def scan(self, query: PreparedName, cutoff: int) -> list[Found]:
        """The same by scoring every name: what `search` is measured and tested against."""
        return _in_order(found for name in range(len(self)) for found in self._judge(query, name, cutoff))

    def candidates(self, queries: Sequence[PreparedName], cutoff: int) -> Iterator[Candidates]:
        """For each query the names that have to be scored, in order."""
        for first in range(0, len(queries), AT_ONCE):
            some = queries[first : first + AT_ONCE]
            yield from self._by_name(some, self._pairs([one for query in some for one in query.readings], cutoff))

    def effort(self, query: PreparedName, cutoff: int) -> Effort:
        """Count what a search for a name has to do: the same on every machine, unlike the time it takes."""
        words = list(dict.fromkeys(word for one in query.readings for word in one.words))
        compared = sum(len(self.vocabulary.near(word)) for word in words)
        bounded = sum(len(self._found([one], cutoff).touched) for one in query.readings)
        return Effort(len(words), compared, bounded, len(next(self.candidates([query], cutoff))))

    def _judge(
        self, query: PreparedName, name: int, cutoff: int, pairs: list[tuple[int, int]] | None = None
    ) -> list[Found]:
        """The name once for each party that bears it; nothing where it stays below the cutoff."""
        result = score(query, self.stored.name(name), pairs)
        if result is None or result.points < cutoff:
            return []
        first, last = self.arrays["name_bearer"][name : name + 2].tolist()
        parties, numbers = self.arrays["bearer_party"][first:last], self.arrays["bearer_number"][first:last]
        return [Found(party, number, result) for party, number in zip(parties.tolist(), numbers.tolist(), strict=True)]

    def _by_name(self, queries: Sequence[PreparedName], pairs: Ints) -> list[Candidates]:
        """Pairs of readings as names of each query."""
        found: list[Candidates] = [{} for _ in queries]
        if not len(pairs):
            return found
        places = [(number, place) for number, one in enumerate(queries) for place in range(len(one.readings))]
        rows, listed = _apart(pairs)
        names = self.arrays["reading_name"].take(listed)
        within = (listed - self.arrays["name_reading"].take(names)).tolist()
        for row, name, reading in zip(rows.tolist(), names.tolist(), within, strict=True):
            number, place = places[row]
            found[number].setdefault(name, []).append((place, reading))
        return found

    def _pairs(self, asked: list[Prepared], cutoff: int) -> Ints:
        """Pairs that may reach the cutoff, each once, by row and then by listed reading."""
        found = self._found(asked, cutoff)
        return distinct(np.concatenate((found.wholes, self._within_bounds(found, asked, cutoff))))

    def _found(self, asked: list[Prepared], cutoff: int) -> _Looked:
        """Look up all that the readings asked for could have in common with listed ones."""
        known = self.vocabulary.known(word for one in asked for word in one.words)
        words = [word for word, similar in known.items() if similar is None]
        own = [self.vocabulary.hashes(word) for word in words]
        runs = [run for row, one in enumerate(asked) for run in _runs(row, one)]
        wholes = [key for row, one in enumerate(asked) for key in _wholes(row, one, cutoff)]
        places = self._keys.places([*chain.from_iterable(own), *(one[-1] for one in runs), *(one[-1] for one in wholes)])
        first, last = len(places) - len(wholes) - len(runs), len(places) - len(wholes)
        similar = known | self.vocabulary.similar(words, self._keys, places[:first], list(map(len, own)))
        like = [
            Like(row, 1 << place, *similar[word])
            for row, one in enumerate(asked)
            for place, word in enumerate(one.words)
        ]
        if runs:
            like += self._like_runs(runs, places[first:last])
        found = self._by_whole(wholes, places[last:])
        return _Looked(like, *found, self._touched(like, found[1], [essential(one, cutoff) for one in asked]))

    def _like_runs(self, runs: list[tuple[int, int, int]], places: Places) -> Iterator[Like]:
        """Terms that are written as neighbouring words of a reading are together."""
        for (row, bits, _), (_, terms) in zip(runs, self._keys.terms(places), strict=True):
            if terms:
                found = np.array(terms, np.int64)
                yield Like(row, bits, found, np.zeros(len(terms), np.int64), found)

    def _by_whole(self, wholes: list[tuple[int, int, int]], places: Places) -> tuple[Ints, Parts]:
        """Pairs of which one is the other as a whole, and those in which a word stands for a run of listed words."""
        numbers, readings, masses = self._keys.wholes(places)
        if not len(readings):
            return _NONE, Parts(_NONE, _NONE, _NONE)
        rows, bits, _ = np.array(wholes).T
        pairs = rows[numbers] << _READING_BITS | readings
        whole = masses == 0
        part = ~whole
        return pairs[whole], Parts(pairs[part], bits[numbers[part]], masses[part])

    def _touched(self, like: list[Like], parts: Parts, essentials: list[tuple[int, int]]) -> Ints:
        """Pairs with an essential word of the query; readings with initials by a wider measure."""
        every = [one for one in like if one.bits & essentials[one.row][1]]
        if not every:
            return _NONE
        terms = np.concatenate([one.telling for one in every])
        counts = [len(one.telling) for one in every]
        spelt = np.array([one.bits & essentials[one.row][0] != 0 for one in every]).repeat(counts)
        rows = np.array([one.row << _READING_BITS for one in every]).repeat(counts)
        at = self.arrays
        firsts = at["posting_offset"].take(terms)
        sizes = np.where(spelt, at["posting_offset"].take(terms + 1), at["posting_plain"].take(terms)) - firsts
        pairs: Ints = rows.repeat(sizes)
        pairs |= slices(at["posting_reading"], firsts, sizes)
        if len(parts.pairs):
            wide = np.array([bits for _, bits in essentials]).take(parts.pairs >> _READING_BITS)
            pairs = np.concatenate((pairs, parts.pairs[(parts.bits & wide) != 0]))
        return distinct(pairs)

    def _within_bounds(self, found: _Looked, asked: list[Prepared], cutoff: int) -> Ints:
        """Of the pairs touched, the ones whose upper bound reaches the cutoff."""
        pairs = found.touched
        if not len(pairs):
            return pairs
        table = Table(self.arrays["term_mass"], len(asked), found.like, FULL - cutoff)
        return pairs[may_reach(self._possible(table, Asked(asked), found.parts, pairs, FULL - cutoff), cutoff)]

    def _possible(self, table: Table, asked: Asked, parts: Parts, pairs: Ints, most: int) -> Possible:
        """What the readings of each pair could have in common."""
        at = self.arrays
        rows, readings = _apart(pairs)
        firsts = at["reading_offset"].take(readings)
        sizes = at["reading_offset"].take(readings + 1) - firsts
        terms, of_terms = slices(at["reading_term"], firsts, sizes), rows.repeat(sizes)
        bits, worth = table.of(of_terms, terms)
        begins = asked.begins(of_terms, at["term_first"].take(terms))
        if begins is not None:
            np.maximum(worth, at["term_mass"].take(terms) * (begins * MATCHED), out=worth)
        starts = sizes.cumsum()
        starts -= sizes
        bits, worth = np.bitwise_or.reduceat(bits, starts), np.add.reduceat(worth, starts)
        if len(parts.pairs):
            parts.add_to(bits, worth, pairs, most)
        query, total = asked.mass.take(rows), at["reading_mass"].take(readings).astype(np.int64)
        listed = worth // MATCHED
        cost = most * listed
        cost -= worth % MATCHED
        return Possible(query, asked.masses_of(rows, bits), np.minimum(listed, total), total, cost)


class _Looked(NamedTuple):
    """What was found for the readings asked for.

    Attributes:
        like: terms like their words.
        wholes: pairs that are scored whatever their words weigh.
        parts: words that stand for runs of listed words.
        touched: pairs with an essential word, each once and in order.
    """

    like: list[Like]
    wholes: Ints
    parts: Parts
    touched: Ints


class Parts(NamedTuple):
    """Words of queries that stand for runs of listed words.

    Attributes:
        pairs: of readings.
        bits: of the word.
        masses: of the run.
    """

    pairs: Ints
    bits: Ints
    masses: Ints

    def add_to(self, bits: Ints, worth: Ints, pairs: Ints, most: int) -> None:
        """Add them to what the pairs, which are in order, have in common by single words."""
        places = pairs.searchsorted(self.pairs)
        np.minimum(places, len(pairs) - 1, out=places)
        known = pairs.take(places) == self.pairs
        places = places[known]
        np.bitwise_or.at(bits, places, self.bits[known])
        np.add.at(worth, places, self.masses[known] * (MATCHED + most))


def _in_order(names: Iterable[Found]) -> list[Found]:
    return sorted(names, key=lambda found: (found.party, found.number))


def distinct(values: Ints) -> Ints:
    """Each value once, in order; the array given is sorted in place."""
    values.sort()
    first = np.empty(len(values), np.bool_)
    first[:1] = True
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return values[first]


def _apart(pairs: Ints) -> tuple[Ints, Ints]:
    """The row and the listed reading of each pair."""
    return pairs >> _READING_BITS, pairs & _READING


def _runs(row: int, one: Prepared) -> Iterator[tuple[int, int, int]]:
    """Neighbouring words of a reading written as one: the row, their bits, and the hash of their key."""
    for text, (first, last) in one.runs.items():
        yield row, (1 << last) - (1 << first), key_hash(f"={one.script}:{text}")


def _wholes(row: int, one: Prepared, cutoff: int) -> Iterator[tuple[int, int, int]]:
    """What a reading is as a whole, where that can reach the cutoff, and each of its words: the row, bits and a hash."""
    for place, word in enumerate(one.words):
        yield row, 1 << place, key_hash(f"r:{one.script}:{word.text}")
    keys = [f"j:{one.script}:{text}" for text in one.joined]
    keys += [f"x:{text}" for text in one.acronyms if acronym_points(text, short_listed=True) >= cutoff]
    short = one.single
    if short is not None and acronym_points(short.text, as_word=one.capitalised) >= cutoff:
        keys.append(f"a:{short.text}")
    for key in keys:
        yield row, 0, key_hash(key)

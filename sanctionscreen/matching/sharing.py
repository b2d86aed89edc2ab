"""What a reading asked for and listed readings have in common, and which of these may therefore reach the cutoff.

A few readings are looked at one by one, many in arrays: the arithmetic is the same (`bounds`), and a test holds the two
to each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from threading import local
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.bounds import Possible, may_reach, reaches
from sanctionscreen.matching.layout import Array, view
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.table import MATCHED, Ints, Like, Table
from sanctionscreen.matching.vocabulary import Similar
from sanctionscreen.names.name import Role

#: Room for any code point.
_CODE_BITS = 21
#: So many words of a reading have their masses added up beforehand, in every combination.
_CHUNK = 6
#: So many readings are looked at one by one; from there on arrays are quicker.
FEW = 48
#: Lists of more readings than this are put together as arrays.
_LONG = 32
_LOWEST = (1 << _CHUNK) - 1


class Asked(NamedTuple):
    """A reading asked for, and what was found for it.

    Attributes:
        reading: the reading.
        guessed: what it was guessed to name, by its place in `KINDS`; 0 where that is known or nothing tells.
        like: for one word or a run of words, by their bits, the terms they may stand for.
        wholes: listed readings that are scored whatever their words weigh.
        runs: for one word, by its bit, the listed readings of which it may be a run of words, and the mass of the run.
    """

    reading: Prepared
    guessed: int
    like: list[tuple[int, Similar]]
    wholes: list[int]
    runs: list[tuple[int, Mapping[int, int]]]


class _Scratch(local):
    """Of each thread, an array with a place for every term, to be left as zeros."""

    def __init__(self, terms: int) -> None:
        self.columns = np.zeros(terms, np.int32)


class Listed:
    """The readings of an index, by their terms."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays
        self._scratch = _Scratch(len(arrays["term_mass"]))
        self._offsets, self._terms = view(arrays["reading_offset"]), view(arrays["reading_term"])
        self._totals, self._masses = view(arrays["reading_mass"]), view(arrays["term_mass"])
        self._firsts = view(arrays["term_first"])
        self._postings, self._posted = view(arrays["posting_offset"]), view(arrays["posting_reading"])
        self._plain, self._kinds = view(arrays["posting_plain"]), view(arrays["reading_kind"])

    def touched(self, asked: Asked, essential: tuple[int, int]) -> Collection[int]:
        """Readings with an essential word, each once; those with initials by a wider measure."""
        spelt, wide = essential
        offsets, posted, long = self._postings, self._posted, []
        found: set[int] = set()
        for bits, runs in asked.runs:
            if bits & wide:
                found.update(runs)
        for bits, similar in asked.like:
            if bits & wide:
                ends, past = (offsets, 1) if bits & spelt else (self._plain, 0)
                for term in similar.telling:
                    first, last = offsets[term], ends[term + past]
                    if last - first > _LONG:
                        long.append(self._arrays["posting_reading"][first:last])
                    else:
                        found.update(posted[first:last])
        return distinct(long, found) if long else found

    def few(self, asked: Asked, readings: Collection[int], cutoff: int) -> list[int]:
        """Of these readings, the ones whose upper bound reaches the cutoff."""
        one, most = asked.reading, FULL - cutoff
        free, tail, initials = _free(one), _tail(one), one.initials
        sums = [_combined(masses) for masses in _chunks(one)]
        query, combined = one.mass, sums[0] if len(sums) == 1 else None
        kinds, guessed = self._kinds, asked.guessed
        cells, runs, found = _cells(asked.like), asked.runs, []
        masses, offsets, terms, totals, firsts = self._masses, self._offsets, self._terms, self._totals, self._firsts
        for reading in readings.tolist() if isinstance(readings, np.ndarray) else readings:
            bits, listed, saved = free, 0, 0
            for term in terms[offsets[reading] : offsets[reading + 1]]:
                if term in cells:
                    words, cost = cells[term]
                    mass = masses[term]
                    bits |= words
                    listed += mass
                    if 2 * cost < most:
                        saved += mass * (most - 2 * cost)
                elif initials and firsts[term] in initials:
                    listed += masses[term]
            for bit, masses_of in runs:
                if reading in masses_of:
                    bits |= bit
                    listed += masses_of[reading]
                    # What the words of the run may have lost by what else is like them is taken back.
                    saved += 2 * masses_of[reading] * most
            total = totals[reading]
            own = combined[bits] if combined else _mass(sums, bits)
            slipped = _mass(sums, tail & ~bits) if tail else 0
            flat = weights.GUESSED_KIND_POINTS if guessed and kinds[reading] not in (0, guessed) else 0
            if reaches(query - slipped, own, min(listed, total), total, most * listed - saved, flat, cutoff):
                found.append(reading)
        return found

    def many(self, every: Sequence[Asked], touched: Sequence[Collection[int]], cutoff: int) -> list[list[int]]:
        """The same for readings of several asked for at once."""
        most = FULL - cutoff
        like = [Like(row, bits, *one.arrays) for row, asked in enumerate(every) for bits, one in asked.like]
        rows = np.arange(len(every)).repeat([len(own) for own in touched])
        readings = np.concatenate([_in_order(own) for own in touched])
        table, queries = (
            Table(self._arrays["term_mass"], self._scratch.columns, len(every), like, most),
            _Queries([one.reading for one in every]),
        )
        try:
            bits, worth = self._in_common(table, queries, rows, readings)
        finally:
            table.clear()
        first = 0
        for asked, own in zip(every, touched, strict=True):
            here = slice(first, first + len(own))
            for bit, runs in asked.runs if len(own) else ():
                _add_runs(bit, runs, readings[here], bits[here], worth[here], most)
            first += len(own)
        total = self._arrays["reading_mass"].take(readings).astype(np.int64)
        listed = worth // MATCHED
        cost = most * listed - worth % MATCHED
        kinds, guessed = (
            self._arrays["reading_kind"].take(readings),
            np.array([one.guessed for one in every]).take(rows),
        )
        other = (guessed != 0) & (kinds != 0) & (kinds != guessed)
        possible = Possible(
            query=queries.paired(rows, bits),
            asked=queries.asked(rows, bits),
            listed=np.minimum(listed, total),
            total=total,
            cost=cost,
            flat=other * weights.GUESSED_KIND_POINTS,
        )
        reached = may_reach(possible, cutoff)
        rows, readings = rows[reached], readings[reached]
        ends = rows.searchsorted(np.arange(len(every) + 1)).tolist()
        return [readings[first:last].tolist() for first, last in pairwise(ends)]

    def _in_common(self, table: Table, queries: _Queries, rows: Ints, readings: Ints) -> tuple[Ints, Ints]:
        """For each pair of a row and a reading the words of the row that it may have, and what its terms are worth."""
        at = self._arrays
        firsts = at["reading_offset"].take(readings)
        sizes = at["reading_offset"].take(readings + 1) - firsts
        ends = sizes.cumsum()
        steps = (firsts - ends + sizes).repeat(sizes)
        steps += np.arange(ends[-1])
        terms, of_terms = at["reading_term"].take(steps), rows.repeat(sizes)
        bits, worth = table.of(of_terms, terms)
        if queries.with_initials:
            begins = queries.begins(of_terms, at["term_first"].take(terms))
            np.maximum(worth, at["term_mass"].take(terms) * (begins * MATCHED), out=worth)
        starts = ends - sizes
        return np.bitwise_or.reduceat(bits, starts), np.add.reduceat(worth, starts)


def distinct(postings: Iterable[Array], more: Collection[int]) -> Ints:
    """Every reading of these, each once and in order."""
    readings: Ints = np.concatenate([*postings, _in_order(more)])
    readings.sort()
    first = np.empty(len(readings), np.bool_)
    first[:1] = True
    np.not_equal(readings[1:], readings[:-1], out=first[1:])
    return readings[first]


def _in_order(readings: Collection[int]) -> Ints:
    if isinstance(readings, np.ndarray):
        return readings
    return np.fromiter(sorted(readings), np.int64, len(readings))


def _cells(like: Iterable[tuple[int, Similar]]) -> dict[int, tuple[int, int]]:
    """By term, the words that it may be, by their bits, and the least that it costs."""
    cells: dict[int, tuple[int, int]] = {}
    for bits, similar in like:
        for term, cost in similar.costs.items():
            known = cells.get(term)
            cells[term] = (bits, cost) if known is None else (bits | known[0], min(cost, known[1]))
    return cells


def _add_runs(bit: int, runs: Mapping[int, int], readings: Ints, bits: Ints, worth: Ints, most: int) -> None:
    """Add to what readings, which are in order, have in common by single words what they have by runs of words.

    What the words of a run may have lost by what else is like them is taken back: the run loses nothing.
    """
    found = np.fromiter(runs, np.int64, len(runs))
    places = readings.searchsorted(found)
    there = readings.take(places, mode="clip") == found
    places, masses = places[there], np.fromiter(runs.values(), np.int64, len(runs))[there]
    bits[places] |= bit
    worth[places] += masses * (MATCHED + 2 * most)


class _Queries:
    """What the bounds need to know of the readings asked for, one row each."""

    def __init__(self, readings: Sequence[Prepared]) -> None:
        self._mass = np.array([one.mass for one in readings], np.int64)
        self._free = np.array([_free(one) for one in readings], np.int64)
        self._tail = np.array([_tail(one) for one in readings], np.int64)
        self._words = np.zeros((max(len(one.words) for one in readings), len(readings)), np.int64)
        for row, one in enumerate(readings):
            self._words[: len(one.words), row] = [w.mass for w in one.words]
        initials = [row << _CODE_BITS | code for row, one in enumerate(readings) for code in one.initials]
        self._initials = np.array(sorted(initials), np.int64)

    def asked(self, rows: Ints, bits: Ints) -> Ints:
        """Mass of the words whose bit is set, and of initials."""
        return self._masses(rows, bits | self._free.take(rows))

    def paired(self, rows: Ints, bits: Ints) -> Ints:
        """Mass of all words but those that may be a misspelt legal form and whose bit is not set."""
        mass: Ints = self._mass.take(rows)
        return mass - self._masses(rows, self._tail.take(rows) & ~bits) if self._tail.any() else mass

    def _masses(self, rows: Ints, bits: Ints) -> Ints:
        found = np.zeros(len(rows), np.int64)
        for place, masses in enumerate(self._words):
            found += (bits >> place & 1) * masses.take(rows)
        return found

    @property
    def with_initials(self) -> bool:
        """Whether any has initials."""
        return len(self._initials) > 0

    def begins(self, rows: Ints, letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Whether a word that begins with this letter may be what an initial of the row stands for."""
        keys = rows << _CODE_BITS | letters
        places = self._initials.searchsorted(keys)
        begins: NDArray[np.bool_] = self._initials.take(places, mode="clip") == keys
        return begins


def _free(one: Prepared) -> int:
    """Bits of the words that count as matched always: initials, which any word that begins so may be."""
    return sum([1 << place for place, w in enumerate(one.words) if w.role is Role.INITIAL]) if one.initials else 0


def _tail(one: Prepared) -> int:
    """Bits of the words that may be a misspelt legal form, but for initials."""
    return sum([1 << place for place in one.tail]) & ~_free(one)


def _chunks(one: Prepared) -> list[list[int]]:
    """The masses of a reading's words, so many at a time."""
    masses = [w.mass for w in one.words]
    return [masses[first : first + _CHUNK] for first in range(0, len(masses), _CHUNK)]


def _mass(sums: Sequence[Sequence[int]], bits: int) -> int:
    """The mass of the words whose bit is set."""
    return sum([combined[bits >> place * _CHUNK & _LOWEST] for place, combined in enumerate(sums)])


def _combined(masses: Sequence[int]) -> list[int]:
    """The sum of every combination.

    >>> _combined([1, 20])
    [0, 1, 20, 21]
    """
    sums = [0]
    for mass in masses:
        sums += [before + mass for before in sums]
    return sums

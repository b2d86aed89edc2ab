"""What a reading asked for and listed readings have in common, and which of these may therefore reach the cutoff.

A few readings are looked at one by one. Of many, arrays leave a few first: they rule out what the masses of words, each
taken by itself, rule out (`bounds.may_reach`). A test holds the two ways to each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from threading import local
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.bounds import essential, may_reach, reaches
from sanctionscreen.matching.layout import Array, Ints, distinct, ranges, view
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.vocabulary import Similar
from sanctionscreen.names.name import Role

#: Room for any code point.
_CODE_BITS = 21
#: So many words of a reading have their masses added up beforehand, in every combination.
_CHUNK = 6
#: So many readings are looked at one by one; of more, arrays leave a few first.
FEW = 48
#: Where so few readings are asked for at once, it is counted first how many have an essential word.
_ONE_BY_ONE = 3
#: Of a number that tells what a term is worth, the bits from here on are the mass asked for, and the rest that listed.
_ASKED_BITS = 32
_LISTED = (1 << _ASKED_BITS) - 1
#: Room for any reading.
_READING_BITS = 32
_READING = (1 << _READING_BITS) - 1
_NONE = np.empty(0, np.int64)
_LOWEST = (1 << _CHUNK) - 1


class Asked(NamedTuple):
    """A reading asked for, and what was found for it.

    Attributes:
        reading: the reading.
        guessed: what it was guessed to name, by its place in `KINDS`; 0 where that is known or nothing tells.
        like: for one word or a run of words, by their bits, their mass and the terms they may stand for.
        wholes: listed readings that are scored whatever their words weigh.
        runs: for one word, by its bit, the listed readings of which it may be a run of words, and the mass of the run.
    """

    reading: Prepared
    guessed: int
    like: list[tuple[int, int, Similar]]
    wholes: list[int]
    runs: list[tuple[int, Mapping[int, int]]]


class _Scratch(local):
    """Of each thread, an array with a place for every term, to be left as zeros."""

    def __init__(self, terms: int) -> None:
        self.masses = np.zeros(terms, np.int64)


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

    def within(self, every: Sequence[Asked], cutoff: int) -> list[list[int]]:
        """For each reading asked for, the listed ones with an essential word whose upper bound reaches the cutoff."""
        words = [essential(asked.reading, cutoff) for asked in every]
        if len(every) <= _ONE_BY_ONE:
            found = [self._posted_in(*own) for own in zip(every, words, strict=True)]
            if None not in found:
                return [self.few(asked, own, cutoff) if own else [] for asked, own in zip(every, found, strict=True)]
        rows, readings = self.touched(every, words)
        return self.many(every, rows, readings, cutoff) if len(rows) else [[] for _ in every]

    def _posted_in(self, asked: Asked, essential: tuple[int, int]) -> set[int] | None:
        """The readings with an essential word, those with initials by a wider measure; None where these are many."""
        spelt, wide = essential
        offsets, posted, left = self._postings, self._posted, FEW
        found: set[int] = set()
        for bits, runs in asked.runs:
            if bits & wide:
                found.update(runs)
        for bits, _, similar in asked.like:
            if bits & wide:
                ends, past = (offsets, 1) if bits & spelt else (self._plain, 0)
                for term in similar.telling:
                    first, last = offsets[term], ends[term + past]
                    left -= last - first
                    if left < 0:
                        return None
                    found.update(posted[first:last])
        return found

    def touched(self, every: Sequence[Asked], words: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
        """The same for all at once: the number of who asked, and a reading with an essential word, each pair once."""
        at, posted = self._arrays, self._arrays["posting_offset"]
        rows, told, counts, spelt, runs = [], [_NONE], [], [], []
        for row, (asked, (own, wide)) in enumerate(zip(every, words, strict=True)):
            for bits, _, similar in asked.like:
                if bits & wide:
                    rows.append(row << _READING_BITS)
                    told.append(similar.terms[: len(similar.telling)])
                    counts.append(len(similar.telling))
                    spelt.append(bits & own != 0)
            for bits, readings in asked.runs:
                if bits & wide:
                    runs += [row << _READING_BITS | reading for reading in readings]
        terms = np.concatenate(told)
        firsts = posted.take(terms)
        ends = np.where(
            np.array(spelt, np.bool_).repeat(counts), posted.take(terms + 1), at["posting_plain"].take(terms)
        )
        sizes = ends - firsts
        pairs = np.array(rows, np.int64).repeat(counts).repeat(sizes)
        pairs |= at["posting_reading"].take(ranges(firsts, sizes))
        pairs = distinct(np.concatenate([pairs, np.array(runs, np.int64)]) if runs else pairs)
        return pairs >> _READING_BITS, pairs & _READING

    def few(self, asked: Asked, readings: Collection[int], cutoff: int) -> list[int]:
        """Of these readings, the ones whose upper bound reaches the cutoff."""
        one, most = asked.reading, FULL - cutoff
        free, tail, initials = _free(one), _tail(one), one.initials
        sums = [_combined(masses) for masses in _chunks(one)]
        query, combined = one.mass, sums[0] if len(sums) == 1 else None
        kinds, guessed = self._kinds, asked.guessed
        runs, found = asked.runs, []
        masses, offsets, terms, totals = self._masses, self._offsets, self._terms, self._totals
        every = [terms[offsets[reading] : offsets[reading + 1]] for reading in readings]
        cells, begun = _by_term(asked.like, set().union(*every))
        for reading, own in zip(readings, every, strict=True):
            bits, listed, saved, initial = free, 0, 0, 0
            for term in own:
                if term in cells:
                    words, cost = cells[term]
                    mass = masses[term]
                    bits |= words
                    listed += mass
                    if 2 * cost < most:
                        saved += mass * (most - 2 * cost)
                    if term in begun:
                        initial |= begun[term]
            if initials:
                listed += self._begun(own, initials, cells)
            if runs:
                words, mass = _in_runs(runs, reading)
                bits |= words
                listed += mass
                saved += 2 * mass * most  # what words of a run may have lost by what else is like them is taken back
            if initial:
                # What only an initial is like loses as much as that costs, or more where it goes unpaired.
                saved -= weights.INITIAL_COST * _mass(sums, initial & ~bits & ~tail)
                bits |= initial
            total = totals[reading]
            asked_mass = combined[bits] if combined else _mass(sums, bits)
            slipped = _mass(sums, tail & ~bits) if tail else 0
            flat = weights.GUESSED_KIND_POINTS if guessed and kinds[reading] not in (0, guessed) else 0
            listed_mass, cost = min(listed, total), most * listed - saved
            if reaches(query - slipped, asked_mass, listed_mass, total, cost, flat, cutoff, bool(initial or initials)):
                found.append(reading)
        return found

    def _begun(self, terms: Iterable[int], initials: Collection[int], but: Collection[int]) -> int:
        """Mass of the terms that begin with one of these letters, but for some."""
        firsts, masses = self._firsts, self._masses
        return sum([masses[term] for term in terms if firsts[term] in initials and term not in but])

    def many(self, every: Sequence[Asked], rows: Ints, readings: Ints, cutoff: int) -> list[list[int]]:
        """The same for several asked for at once: what masses alone rule out is told in arrays, for all together."""
        asked, listed = self._in_common(every, rows, readings)
        query = np.array([one.reading.mass for one in every]).take(rows)
        likely = may_reach(query, asked, listed, self._arrays["reading_mass"].take(readings), cutoff)
        if any(one.runs for one in every):  # which are not in these masses
            for one, (first, last) in zip(every, _parts(rows, len(every)), strict=True):
                if not one.runs:
                    continue
                runs = np.fromiter(chain.from_iterable(masses for _, masses in one.runs), np.int64)
                likely[first:last] |= _are_among(np.sort(runs), readings[first:last])
        left = readings[likely].tolist()
        return [
            self.few(one, left[first:last], cutoff) if first < last else []
            for one, (first, last) in zip(every, _parts(rows[likely], len(every)), strict=True)
        ]

    def _in_common(self, every: Sequence[Asked], rows: Ints, readings: Ints) -> tuple[Ints, Ints]:
        """For each pair of a row and a reading the mass that may be paired on either side, and more: each by itself."""
        at = self._arrays
        firsts = at["reading_offset"].take(readings)
        sizes = at["reading_offset"].take(readings + 1) - firsts
        terms = at["reading_term"].take(ranges(firsts, sizes))
        masses, past = at["term_mass"].take(terms), sizes.cumsum()
        worth = self._asked_for(every, rows, terms, past)
        worth |= masses * (worth != 0)
        initials = sorted(row << _CODE_BITS | code for row, one in enumerate(every) for code in one.reading.initials)
        if initials:
            begin = _are_among(np.array(initials), (rows << _CODE_BITS).repeat(sizes) | at["term_first"].take(terms))
            np.maximum(worth, masses * begin, out=worth)
        sums = np.add.reduceat(worth, past - sizes)
        free = np.array([sum([one.reading.words[i].mass for i in one.reading.free]) for one in every])
        return (sums >> _ASKED_BITS) + free.take(rows), sums & _LISTED

    def _asked_for(self, every: Sequence[Asked], rows: Ints, terms: NDArray[np.int32], past: Ints) -> Ints:
        """Of each term of the readings, the mass of the words of who asked that it may be, from `_ASKED_BITS` on."""
        masses = self._scratch.masses
        found = []
        for asked, (first, last) in zip(every, _parts(rows, len(every)), strict=True):
            if first == last:
                continue
            like = np.concatenate([similar.terms for _, _, similar in asked.like])
            own = np.array([mass << _ASKED_BITS for _, mass, _ in asked.like])
            begin = past[first - 1] if first else 0
            try:
                np.add.at(masses, like, own.repeat([len(similar.costs) for _, _, similar in asked.like]))
                found.append(masses.take(terms[begin : past[last - 1]]))
            finally:
                masses[like] = 0
        return found[0] if len(found) == 1 else np.concatenate(found)


def _parts(rows: Ints, count: int) -> Iterator[tuple[int, int]]:
    """Where the numbers of each row stand, which are in order: the first and past the last."""
    return pairwise(rows.searchsorted(np.arange(count + 1)).tolist())


def _are_among(known: Ints, numbers: Ints) -> NDArray[np.bool_]:
    """Whether each of these is among those known, which are in order."""
    among: NDArray[np.bool_] = known.take(known.searchsorted(numbers), mode="clip") == numbers
    return among


def _in_runs(runs: Iterable[tuple[int, Mapping[int, int]]], reading: int) -> tuple[int, int]:
    """The words of which a run of a reading's words is one, by their bits, and the mass of those runs."""
    words = mass = 0
    for bit, masses in runs:
        if reading in masses:
            words |= bit
            mass += masses[reading]
    return words, mass


def _by_term(
    like: Iterable[tuple[int, int, Similar]], terms: set[int]
) -> tuple[dict[int, tuple[int, int]], dict[int, int]]:
    """By term, the words that it may be, by their bits, and the least that it costs; and those whose initial it may be.

    >>> _by_term([(1, 60, Similar({3: 0, 5: 90}, [3, 5])), (2, 40, Similar({5: 20, 6: 520}, [5], {6}))], {5, 6, 7})
    ({5: (3, 20), 6: (0, 520)}, {6: 2})
    """
    cells: dict[int, tuple[int, int]] = {}
    begun: dict[int, int] = {}
    for bits, _, similar in like:
        costs = similar.costs
        for term in costs.keys() & terms:  # which goes through the fewer of the two
            words, cost = bits, costs[term]
            if cost == weights.INITIAL_COST and term in similar.begun:
                begun[term] = begun.get(term, 0) | bits
                words = 0
            known = cells.get(term)
            cells[term] = (words, cost) if known is None else (words | known[0], min(cost, known[1]))
    return cells, begun


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

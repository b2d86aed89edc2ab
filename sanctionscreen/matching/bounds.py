"""How much a listed name could score at most, from masses alone.

`docs/explanation/index-is-exact.md` writes these bounds out and says why none of them is ever below the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import omission_rate

Masses = NDArray[np.int64]

#: Room for any code point.
_CODE_BITS = 21
#: So many words of a reading have their masses added up beforehand, in every combination.
_CHUNK = 8


class Asked:
    """What the bounds need to know of the readings asked for, one row each.

    >>> from sanctionscreen.matching.prepared import prepare_text
    >>> asked = Asked(prepare_text("Acme Trading Ltd", None).readings)
    >>> asked.masses_of(np.array([0, 0, 0]), np.array([0b000, 0b001, 0b111])).tolist() == [
    ...     0, asked.mass[0] - asked.masses_of(np.array([0]), np.array([0b110]))[0], asked.mass[0]]
    True
    """

    def __init__(self, readings: Sequence[Prepared]) -> None:
        """Lay out readings."""
        self.mass = np.array([one.mass for one in readings], np.int64)
        free = [sum(1 << place for place in one.free) for one in readings]
        self._free = np.array(free, np.int64) if any(free) else None
        masses = [[w.mass for w in one.words] for one in readings]
        longest = max(map(len, masses))
        self._sums = [_sums([own[first : first + _CHUNK] for own in masses]) for first in range(0, longest, _CHUNK)]
        initials = [row << _CODE_BITS | code for row, one in enumerate(readings) for code in one.initials]
        self._initials = np.array(initials, np.int64) if initials else None

    def masses_of(self, rows: NDArray[np.int64], bits: NDArray[np.int64]) -> Masses:
        """Mass of the words whose bit is set; what may cost nothing counts as matched always."""
        if self._free is not None:
            bits = bits | self._free.take(rows)
        (first, sums), *others = self._sums
        found = sums.take(first.take(rows) + (bits & (1 << _CHUNK) - 1))
        for place, (first, sums) in enumerate(others, 1):
            found += sums.take(first.take(rows) + (bits >> place * _CHUNK & (1 << _CHUNK) - 1))
        return found

    def begins(self, rows: NDArray[np.int64], letters: NDArray[np.uint32]) -> NDArray[np.bool_] | None:
        """Whether a word that begins with this letter may be what an initial of the row stands for."""
        if self._initials is None:
            return None
        return np.isin(rows << _CODE_BITS | letters, self._initials)


def _sums(masses: Sequence[Sequence[int]]) -> tuple[Masses, Masses]:
    """Where the sums of each row begin, and the sums: one for every combination of its masses, by its bits."""
    sums = [_combined(own) for own in masses]
    first = [0, *accumulate(map(len, sums[:-1]))]
    return np.array(first, np.int64), np.array([each for own in sums for each in own], np.int64)


def _combined(masses: Sequence[int]) -> list[int]:
    """The sum of every combination.

    >>> _combined([1, 20])
    [0, 1, 20, 21]
    """
    sums = [0]
    for mass in masses:
        sums += [before + mass for before in sums]
    return sums


class Possible(NamedTuple):
    """What pairs of readings could have in common, at most: masses, one a pair.

    Attributes:
        query: of all words of the query.
        asked: of the query's words that have something like them in the reading.
        listed: of the reading's words that have something like them in the query.
        total: of all words of the reading.
        cost: what the reading's matched words lose at least, in thousandths.
    """

    query: Masses
    asked: Masses
    listed: Masses
    total: Masses
    cost: Masses


def may_reach(possible: Possible, cutoff: int) -> NDArray[np.bool_]:
    """Whether each pair could have `cutoff` points; both sides are multiplied by the mass of both names."""
    left_q, left_l = possible.query - possible.asked, possible.total - possible.listed
    both, total = np.minimum(left_q, left_l), np.maximum(possible.query + possible.total, 1)
    lost = _RATES.take((possible.asked + possible.listed) >> 1, mode="clip")
    lost *= np.abs(left_q - left_l)
    if FULL - cutoff >= weights.LISTED_OMISSION_POINTS:
        np.minimum(lost, np.where(left_l > left_q, weights.LISTED_OMISSION_POINTS * total, lost), out=lost)
    lost += 2 * weights.CONFLICT * both
    costs = _CONFLICTS.take(both, mode="clip") * total
    # Below this cutoff an omission can be free of further cost, and a word's own cost proves nothing.
    if FULL - cutoff < weights.LISTED_OMISSION_POINTS:
        np.maximum(costs, possible.cost, out=costs)
    lost += costs
    reached: NDArray[np.bool_] = lost <= (FULL - cutoff) * total
    return reached


#: `scoring.omission_rate` by the mass of one side that matched.
_RATES = np.array([omission_rate(evidence) for evidence in range(weights.ENOUGH_EVIDENCE + 1)])
_RATE, _MOST = _RATES.tolist(), weights.ENOUGH_EVIDENCE
#: Puts words that may go unmatched behind all others.
_LAST = 1000
#: What a conflict costs of its own, by the mass in conflict.
_CONFLICTS = weights.CONFLICT_POINTS * np.arange(weights.CONFLICT_MASS + 1) // weights.CONFLICT_MASS


def essential(query: Prepared, cutoff: int) -> tuple[int, int]:
    """The words without one of which no name reaches the cutoff, as bits: where all are spelt, and with initials.

    The weightiest words are taken until the `rest` could not carry a name to the cutoff: then at best `2 * rest` is
    matched, and every word taken costs at least the rate of an omission, or that of an initial where either name has
    initials. Words that may be a misspelt legal form can go at no cost to their mass. Initials come last: only an
    equal initial brings anything.
    """
    masses = [w.mass for w in query.words]
    free, tail = query.free, query.tail
    order = sorted(range(len(masses)), key=lambda i: masses[i] if i not in free else masses[i] - _LAST, reverse=True)
    lost = FULL - cutoff
    taken, rest = 0, query.mass
    bits = spelt = 0
    for i in order:
        allowed = lost * (2 * rest + taken)
        if not spelt and taken and (weights.INITIAL_COST if query.initials else _RATE[min(rest, _MOST)]) * taken > allowed:
            spelt = bits
        if weights.INITIAL_COST * taken > allowed:
            return spelt or bits, bits
        bits |= 1 << i
        taken, rest = taken + (0 if i in tail else masses[i]), rest - masses[i]
    return spelt or bits, bits

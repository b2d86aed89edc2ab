"""How much a listed name could score at most, from masses alone.

`docs/explanation/index-is-exact.md` writes these bounds out and says why none of them is ever below the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import omission_rate

Masses = NDArray[np.int64]

#: Room for any code point.
_CODE_BITS = 21


class Asked:
    """What the bounds need to know of the readings asked for, one row each."""

    def __init__(self, mass: Masses, words: Masses, free: Masses, initials: NDArray[np.int64] | None) -> None:
        self._mass = mass
        self._words = words
        self._free = free
        self._initials = initials

    @classmethod
    def of(cls, readings: Sequence[Prepared]) -> Asked:
        """Lay out readings."""
        words = np.zeros((max(len(one.words) for one in readings), len(readings)), np.int64)
        for row, one in enumerate(readings):
            words[: len(one.words), row] = [w.mass for w in one.words]
        initials = [row << _CODE_BITS | code for row, one in enumerate(readings) for code in one.initials]
        return cls(
            np.array([one.mass for one in readings], np.int64),
            words,
            np.array([sum(1 << place for place in one.free) for one in readings], np.int64),
            np.array(initials, np.int64) if initials else None,
        )

    def masses(self, rows: NDArray[np.int64]) -> Masses:
        """Mass of all words of these rows."""
        return self._mass[rows]

    def masses_of(self, rows: NDArray[np.int64], bits: NDArray[np.int64]) -> Masses:
        """Mass of the words whose bit is set; what may cost nothing counts as matched always."""
        bits = bits | self._free[rows]
        found = np.zeros(len(bits), np.int64)
        for place, masses in enumerate(self._words):
            found += (bits >> place & 1) * masses[rows]
        return found

    def begins(self, rows: NDArray[np.int64], letters: NDArray[np.uint32]) -> NDArray[np.bool_] | np.bool_:
        """Whether a word that begins with this letter may be what an initial of the row stands for."""
        if self._initials is None:
            return np.False_
        return np.isin(rows << _CODE_BITS | letters, self._initials)


@dataclass(frozen=True, slots=True)
class Possible:
    """What pairs of readings could have in common, at most: masses, one a pair.

    Attributes:
        query: of all words of the query.
        asked: of the query's words that have something like them in the reading.
        listed: of the reading's words that have something like them in the query.
        total: of all words of the reading.
        cost: what the reading's matched words cost at least, in thousandths.
    """

    query: Masses
    asked: Masses
    listed: Masses
    total: Masses
    cost: Masses


def may_reach(possible: Possible, cutoff: int) -> NDArray[np.bool_]:
    """Whether each pair could have `cutoff` points."""
    left_q, left_l = possible.query - possible.asked, possible.total - possible.listed
    both, total = np.minimum(left_q, left_l), np.maximum(possible.query + possible.total, 1)
    rates = _RATES[np.minimum((possible.asked + possible.listed) // 2, weights.ENOUGH_EVIDENCE)]
    omitted = rates * np.abs(left_q - left_l) / total
    omitted = np.where(left_l > left_q, np.minimum(omitted, weights.LISTED_OMISSION_POINTS), omitted)
    lost = omitted + 2 * weights.CONFLICT * both / total
    flat = _CONFLICTS[np.minimum(both, weights.CONFLICT_MASS)]
    # Below this cutoff an omission can be free of further cost, and a word's own cost proves nothing.
    costs = possible.cost / total if FULL - cutoff < weights.LISTED_OMISSION_POINTS else 0
    reached: NDArray[np.bool_] = lost + np.maximum(costs, flat) <= FULL - cutoff + 1e-6
    return reached


#: `scoring.omission_rate` by the mass of one side that matched.
_RATES = np.array([omission_rate(evidence) for evidence in range(weights.ENOUGH_EVIDENCE + 1)])
#: What a conflict costs of its own, by the mass in conflict.
_CONFLICTS = weights.CONFLICT_POINTS * np.arange(weights.CONFLICT_MASS + 1) // weights.CONFLICT_MASS


def pair_costs(costs: NDArray[np.int64], masses: Masses, cutoff: int) -> Masses:
    """The least that matched words lose: twice their rate for the two sides, but no more than the cutoff allows."""
    capped: Masses = np.minimum(2 * costs, FULL - cutoff) * masses
    return capped


def essential(query: Prepared, cutoff: int) -> tuple[int, int]:
    """The words without one of which no name reaches the cutoff, as bits: where all are spelt, and with initials.

    The weightiest words are taken until the `rest` could not carry a name to the cutoff: then at best `2 * rest` is
    matched, and every word taken costs at least the rate of an omission, or that of an initial where either name has
    initials. Words that may be a misspelt legal form can go at no cost to their mass. Initials come last: only an
    equal initial brings anything.
    """
    order = sorted(range(len(query.words)), key=lambda i: (i in query.free, -query.words[i].mass))
    spelt_rate = weights.INITIAL_COST if query.initials else None
    taken, rest = 0, query.mass
    bits = spelt = wide = 0
    for i in order:
        if not spelt and _below(spelt_rate or omission_rate(rest), taken, rest, cutoff):
            spelt = bits
        if _below(weights.INITIAL_COST, taken, rest, cutoff):
            wide = bits
            break
        bits |= 1 << i
        taken, rest = taken + (0 if i in query.tail else query.words[i].mass), rest - query.words[i].mass
    return spelt or bits, wide or bits


def _below(rate: int, taken: int, rest: int, cutoff: int) -> bool:
    """Whether losing `taken` at this rate, with `rest` matched in full, stays below the cutoff."""
    return taken > 0 and rate * taken > (FULL - cutoff) * (2 * rest + taken)

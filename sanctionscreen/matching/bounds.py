"""How much a listed name could score at most, from masses alone.

`docs/explanation/index-is-exact.md` writes these bounds out and says why none of them is ever below the score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import omission_rate

Masses = NDArray[np.int64]


@dataclass(frozen=True)
class Matches:
    """Listed terms in order: the query words each may stand for, as bits, and what it costs at least."""

    terms: NDArray[np.int32]
    bits: NDArray[np.int64]
    costs: NDArray[np.int64]

    @classmethod
    def of(cls, terms: NDArray[np.int32], bits: NDArray[np.int64], costs: NDArray[np.int64]) -> Matches:
        """Bring together what was found for each word or run of words of the query, one row a term."""
        if not len(terms):
            return cls(terms, bits, costs)
        order = np.argsort(terms, kind="stable")
        terms, bits, costs = terms[order], bits[order], costs[order]
        first = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1])))
        return cls(terms[first], np.bitwise_or.reduceat(bits, first), np.minimum.reduceat(costs, first))

    def of_terms(self, terms: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Bits and costs of any terms; no bits where the query has nothing like it."""
        if not len(self.terms):
            return np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
        place = np.searchsorted(self.terms, terms)
        place[place == len(self.terms)] = 0
        known = self.terms[place] == terms
        return np.where(known, self.bits[place], 0), self.costs[place]


@dataclass(frozen=True)
class Possible:
    """What listed readings could have in common with the query, at most: masses, one row a reading.

    Attributes:
        asked: of the query's words that have something like them in the reading.
        listed: of the reading's words that have something like them in the query.
        total: of all words of the reading.
        cost: what the reading's matched words cost at least, in thousandths.
    """

    asked: Masses
    listed: Masses
    total: Masses
    cost: Masses


def may_reach(query: Prepared, possible: Possible, cutoff: int) -> NDArray[np.bool_]:
    """Whether each reading could have `cutoff` points."""
    left_q, left_l = query.mass - possible.asked, possible.total - possible.listed
    matched = possible.asked + possible.listed
    both = np.minimum(left_q, left_l)
    total = np.maximum(matched + left_q + left_l, 1)
    omitted = _omission_rates(matched // 2) * np.abs(left_q - left_l) / total
    omitted = np.where(left_l > left_q, np.minimum(omitted, weights.LISTED_OMISSION_POINTS), omitted)
    lost = omitted + 2 * weights.CONFLICT * both / total
    flat = weights.CONFLICT_POINTS * np.minimum(both, weights.CONFLICT_MASS) // weights.CONFLICT_MASS
    # Below this cutoff an omission can be free of further cost, and a word's own cost proves nothing.
    costs = possible.cost / total if FULL - cutoff < weights.LISTED_OMISSION_POINTS else 0
    most = FULL - lost - np.maximum(costs, flat)
    reached: NDArray[np.bool_] = most >= cutoff - 1e-6
    return reached


def pair_costs(costs: NDArray[np.int64], masses: Masses, cutoff: int) -> Masses:
    """The least that matched words lose: twice their rate for the two sides, but no more than the cutoff allows."""
    capped: Masses = np.minimum(2 * costs, FULL - cutoff) * masses
    return capped


def _omission_rates(evidence: Masses) -> Masses:
    """`scoring.omission_rate`, for many."""
    low, high = weights.WEAK_EVIDENCE, weights.ENOUGH_EVIDENCE
    short = high - np.clip(evidence, low, high)
    return weights.OMISSION + (weights.OMISSION_WEAK - weights.OMISSION) * short // (high - low)


def mass_of_bits(query: Prepared, bits: NDArray[np.int64]) -> Masses:
    """Mass of the query's words whose bit is set; what may cost nothing counts as matched always."""
    masses = np.zeros(len(bits), np.int64)
    for i, w in enumerate(query.words):
        masses += w.mass if i in query.free else (bits >> i & 1) * w.mass
    return masses


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

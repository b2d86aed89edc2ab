"""How much a listed name could score at most, from masses alone.

`docs/explanation/index-is-exact.md` writes these bounds out and says why none of them is ever below the score.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import omission_rate

Masses = NDArray[np.int64]
Amount = TypeVar("Amount", int, Masses)


class Possible(NamedTuple):
    """What pairs of readings could have in common, at most: masses, one a pair.

    Attributes:
        query: of all words of the query but those that go unpaired at no cost.
        asked: of the query's words that have something like them in the reading.
        listed: of the reading's words that have something like them in the query.
        total: of all words of the reading.
        cost: what the reading's matched words lose at least, in thousandths.
        flat: points that the names lose whatever their words say.
    """

    query: Masses
    asked: Masses
    listed: Masses
    total: Masses
    cost: Masses
    flat: Masses


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
        np.maximum(costs, _within(possible.cost, FULL - cutoff, possible.flat), out=costs)
    lost += costs
    reached: NDArray[np.bool_] = lost <= (FULL - cutoff - possible.flat) * total
    return reached


def reaches(query: int, asked: int, listed: int, total: int, cost: int, flat: int, cutoff: int) -> bool:
    """Whether one pair could have `cutoff` points: `may_reach` for one, in a tenth of the time.

    >>> one = dict(query=200, asked=180, listed=150, total=210, cost=9000, flat=0)
    >>> reaches(**one, cutoff=700), may_reach(Possible(**{k: np.array([v]) for k, v in one.items()}), 700).tolist()
    (True, [True])
    """
    left_q, left_l, most = query - asked, total - listed, FULL - cutoff
    both, more = (left_q, left_l - left_q) if left_q < left_l else (left_l, left_q - left_l)
    allowed = (most - flat) * (query + total or 1)
    lost = 2 * weights.CONFLICT * both
    capped = most >= weights.LISTED_OMISSION_POINTS
    if lost + (0 if capped else weights.OMISSION * more) > allowed:  # which is so for most
        return False
    matched = asked + listed >> 1
    omitted = (_RATE[matched] if matched < _MOST else weights.OMISSION) * more
    if capped:
        cost = 0
        if left_l > left_q:
            omitted = min(omitted, weights.LISTED_OMISSION_POINTS * (query + total))
    conflict = _CONFLICT[min(weights.CONFLICT_MASS, both)] * (query + total)
    return lost + omitted + max(conflict, _within(cost, most, flat) if flat else cost) <= allowed


def _within(cost: Amount, most: int, flat: Amount) -> Amount:
    """Of what words lose, cut off at the rate of `most`, what stays where less is left to lose.

    >>> _within(9000, most=300, flat=120), _within(9000, most=0, flat=120)
    (5400, 9000)
    """
    return cost * (most - flat) // most if most else cost


#: `scoring.omission_rate` by the mass of one side that matched.
_RATES = np.array([omission_rate(evidence) for evidence in range(weights.ENOUGH_EVIDENCE + 1)])
_RATE, _MOST = _RATES.tolist(), weights.ENOUGH_EVIDENCE
#: What a conflict costs of its own, by the mass in conflict.
_CONFLICTS = weights.CONFLICT_POINTS * np.arange(weights.CONFLICT_MASS + 1) // weights.CONFLICT_MASS
_CONFLICT: list[int] = _CONFLICTS.tolist()


def essential(query: Prepared, cutoff: int) -> tuple[int, int]:
    """The words without one of which no name reaches the cutoff, as bits: where all are spelt, and with initials.

    The weightiest words are taken until the `rest` could not carry a name to the cutoff: then at best `2 * rest` is
    matched, and every word taken costs at least the rate of an omission, or that of an initial where either name has
    initials. Words that may be a misspelt legal form can go at no cost to their mass. Initials come last: only an
    equal initial brings anything.
    """
    free, tail, initials = query.free, query.tail, bool(query.initials)
    masses = [w.mass for w in query.words]
    order = sorted(range(len(masses)), key=masses.__getitem__, reverse=True)
    if free:
        order.sort(key=free.__contains__)
    lost = FULL - cutoff
    taken, rest = 0, query.mass
    bits = spelt = 0
    for i in order:
        allowed = lost * (2 * rest + taken)
        rate = _RATE[rest] if rest < _MOST else weights.OMISSION
        if not spelt and (weights.INITIAL_COST if initials else rate) * taken > allowed:
            spelt = bits
        if weights.INITIAL_COST * taken > allowed:
            return spelt or bits, bits
        bits |= 1 << i
        rest -= masses[i]
        if i not in tail:
            taken += masses[i]
    return spelt or bits, bits

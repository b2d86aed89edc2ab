"""How much a listed name could score at most, from masses alone.

`docs/explanation/index-is-exact.md` writes these bounds out and says why none of them is ever below the score.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights
from sanctionscreen.matching.prepared import Prepared
from sanctionscreen.matching.scoring import omission_rate

Masses = NDArray[np.int64]


def may_reach(query: Masses, asked: Masses, listed: Masses, total: Masses, cutoff: int) -> NDArray[np.bool_]:
    """Whether masses alone leave it open that pairs of readings have `cutoff` points; most have not.

    Args:
        query: mass of all words of the query.
        asked: of those that have something like them in the reading, or more.
        listed: of the reading's words that have something like them in the query, or more.
        total: of all words of the reading.
        cutoff: in points.
    """
    left_q, left_l = np.maximum(query - asked, 0), np.maximum(total - listed, 0)
    both = np.minimum(left_q, left_l)
    lost = 2 * weights.CONFLICT * both
    if FULL - cutoff < weights.LISTED_OMISSION_POINTS:
        matched = (np.minimum(query, asked) + np.minimum(total, listed)) >> 1
        lost += _RATES.take(matched, mode="clip") * (np.maximum(left_q, left_l) - both)
    reached: NDArray[np.bool_] = lost <= (FULL - cutoff) * (query + total)
    return reached


def reaches(
    query: int, asked: int, listed: int, total: int, cost: int, flat: int, cutoff: int, begun: bool = False
) -> bool:
    """Whether one pair of readings could have `cutoff` points, by all that is known of what they have in common.

    `cost` is what the words that matched lose at least, in thousandths; `flat`, points that the names lose whatever
    their words say; `begun`, whether a word may be paired with its initial. `query` is without words that go unpaired
    at no cost.

    >>> one = dict(query=200, asked=180, listed=150, total=210, cost=9000, flat=0)
    >>> reaches(**one, cutoff=700), reaches(**one | {"asked": 100}, cutoff=700)
    (True, False)
    """
    left_q, left_l, most = query - asked, total - listed, FULL - cutoff
    both, more = (left_q, left_l - left_q) if left_q < left_l else (left_l, left_q - left_l)
    capped = most >= weights.LISTED_OMISSION_POINTS
    # A pair counts twice its lighter word, one with an initial the mass of both.
    paired = asked + listed if capped or begun else 2 * min(asked, listed)
    room = left_q + left_l + paired or 1
    allowed, lost = (most - flat) * room, 2 * weights.CONFLICT * both
    if lost + (0 if capped else weights.OMISSION * more) > allowed:  # which is so for most
        return False
    omitted = _RATE[min(paired >> 1, _MOST)] * more
    if capped and left_l > left_q:
        omitted = min(omitted, weights.LISTED_OMISSION_POINTS * room)
    if lost + omitted + _CONFLICT[min(weights.CONFLICT_MASS, both)] * room > allowed:
        return False
    # What words cost is known by the mass of each, so that of pairs all mass counts beside it.
    if not capped:
        lost += _RATE[min(asked + listed >> 1, _MOST)] * more + (_within(cost, most, flat) if flat else cost)
        allowed = (most - flat) * (query + total or 1)
    return lost <= allowed


def _within(cost: int, most: int, flat: int) -> int:
    """Of what words lose, cut off at the rate of `most`, what stays where less is left to lose.

    >>> _within(9000, most=300, flat=120), _within(9000, most=0, flat=120)
    (5400, 9000)
    """
    return cost * (most - flat) // most if most else cost


#: `scoring.omission_rate` by the mass of one side that matched.
_RATES = np.array([omission_rate(evidence) for evidence in range(weights.ENOUGH_EVIDENCE + 1)])
_RATE, _MOST = _RATES.tolist(), weights.ENOUGH_EVIDENCE
#: What a conflict costs of its own, by the mass in conflict.
_CONFLICT = [weights.CONFLICT_POINTS * mass // weights.CONFLICT_MASS for mass in range(weights.CONFLICT_MASS + 1)]


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

"""The cascade of ownership rules: who is caught when whoever is caught passes on the whole of its stakes.

The 50 Percent Rule is not a product of shares along a path. A listed owner's stake counts in full; a company
in which the counted stakes reach the threshold is itself caught, and its own stakes then count in full; an
owner that is not caught passes nothing on (OFAC FAQ 401, https://ofac.treasury.gov/faqs/401, 13 August 2014).
This is the least fixed point of the rule, so a ring of companies that own only one another catches nobody.
Each stake is looked at once: the cost grows with the stakes of those caught, whatever the depth or the cycles.

>>> half = {"X": [("A", 50)], "A": [("B", 50)]}             # X owns half of A, A half of B
>>> list(cascade(lambda owner: half.get(owner, ()), ["X"], lambda total: total >= 50))
['X', 'A', 'B']
>>> quarters = {"X": [("A", 25), ("B", 25)], "A": [("C", 50)], "B": [("C", 50)]}
>>> list(cascade(lambda owner: quarters.get(owner, ()), ["X"], lambda total: total >= 50))
['X']
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence


def cascade(
    stakes_of: Callable[[str], Iterable[tuple[str, int]]],
    listed: Iterable[str],
    catches: Callable[[int], bool],
    extra: Sequence[tuple[str, int]] = (),
) -> dict[str, int]:
    """Follow the rule from the listed parties to everyone it catches.

    Args:
        stakes_of: the stakes of an owner, as pairs of company and share in any whole unit.
        listed: whoever is caught to begin with.
        catches: whether this sum of counted shares catches a company; it must hold for every greater sum.
        extra: further stakes to count, of owners whose shares are exercised together with the listed ones.

    Returns:
        Everyone caught and the step at which each was: 0 for the listed, then in the order found, so that
        whoever caught a party has a lower number than it.
    """
    caught = dict.fromkeys(listed, 0)
    waiting = deque(caught)
    total: dict[str, int] = {}

    def count(stakes: Iterable[tuple[str, int]]) -> None:
        for company, share in stakes:
            if company in caught:
                continue
            total[company] = total.get(company, 0) + share
            if catches(total[company]):
                caught[company] = len(caught)
                waiting.append(company)

    count(extra)
    while waiting:
        count(stakes_of(waiting.popleft()))
    return caught

"""Counts of right and wrong answers, and the measures made of them, each with its 95% confidence interval.

Precision is the share of alarms that are right, recall the share of true matches that are found, and F1 their
harmonic mean. The interval of a proportion is Wilson's score interval (E. B. Wilson, Journal of the American
Statistical Association 22, 1927), which holds for few rows and for proportions near 0 and 1. That of F1, which is no
proportion, is the percentile bootstrap over the rows (B. Efron, 1979), seeded so that it is the same each time.

>>> counts = Counts(found=8, missed=2, false_alarms=1, cleared=9)
>>> print(counts.precision, counts.recall, counts.f1, sep="; ")
.889 (.565-.980); .800 (.490-.943); .842 (.615-1.000)
>>> print(Counts(found=0, missed=0, false_alarms=0, cleared=3).recall)
-
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

#: Of the standard normal distribution, for 95%.
_Z = 1.959964
_DRAWS = 2000
_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measure with its 95% confidence interval; all None where there was nothing to measure."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        """Write three digits, and the interval where there is one: `.842 (.600-1.000)`."""
        if self.value is None:
            return "-"
        if self.low is None or self.high is None:
            return figure(self.value)
        return f"{figure(self.value)} ({figure(self.low)}-{figure(self.high)})"


def figure(value: float) -> str:
    """Write a figure from 0 to 1 with three digits, and without the nought before the point.

    >>> figure(0.8416), figure(1)
    ('.842', '1.000')
    """
    return f"{value:.3f}".removeprefix("0")


def proportion(part: int, whole: int) -> Estimate:
    """Give a share with Wilson's score interval.

    >>> print(proportion(0, 10))
    .000 (.000-.278)
    """
    if not whole:
        return Estimate(None)
    share, z2 = part / whole, _Z * _Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    spread = _Z * math.sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole)) / (1 + z2 / whole)
    return Estimate(share, max(0.0, middle - spread), min(1.0, middle + spread))


@dataclass(frozen=True)
class Counts:
    """Rows by their label and by what was said of them."""

    found: int = 0
    missed: int = 0
    false_alarms: int = 0
    cleared: int = 0

    @classmethod
    def of(cls, judged: Iterable[tuple[bool, bool]]) -> Counts:
        """Count rows, each given as whether it is the same party and whether it was taken for it."""
        table = {(True, True): 0, (True, False): 0, (False, True): 0, (False, False): 0}
        for row in judged:
            table[row] += 1
        return cls(table[True, True], table[True, False], table[False, True], table[False, False])

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.found + self.missed + self.false_alarms + self.cleared

    @cached_property
    def precision(self) -> Estimate:
        """The share of alarms that are right."""
        return proportion(self.found, self.found + self.false_alarms)

    @cached_property
    def recall(self) -> Estimate:
        """The share of true matches that are found."""
        return proportion(self.found, self.found + self.missed)

    @cached_property
    def f1(self) -> Estimate:
        """The harmonic mean of precision and recall; None where no row is a true match."""
        value = f1(self.found, self.missed, self.false_alarms)
        if value is None:
            return Estimate(None)
        return Estimate(value, *self._bootstrap())

    def _bootstrap(self) -> tuple[float, float]:
        """F1 of as many rows drawn anew, many times: drawing rows is drawing their four counts."""
        import numpy as np  # evaluation alone draws at random

        counts = np.array([self.found, self.missed, self.false_alarms, self.cleared])
        draws = np.random.default_rng(_SEED).multinomial(self.rows, counts / self.rows, _DRAWS)
        doubled = 2 * draws[:, 0]
        values = doubled / np.maximum(doubled + draws[:, 1] + draws[:, 2], 1)
        low, high = np.percentile(values, (2.5, 97.5))
        return float(low), float(high)


def f1(found: int, missed: int, false_alarms: int) -> float | None:
    """Give F1; None where there is no true match to find.

    >>> f1(8, 2, 2), f1(0, 0, 5)
    (0.8, None)
    """
    return 2 * found / (2 * found + missed + false_alarms) if found + missed else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What a cutoff, in points, gives."""

    cutoff: int
    counts: Counts


def curve(scored: Iterable[tuple[bool, int]]) -> tuple[CurvePoint, ...]:
    """Give the counts at every cutoff that tells rows apart, the highest first.

    Args:
        scored: each row as whether it is the same party, and its points.

    >>> [(p.cutoff, p.counts.found, p.counts.false_alarms) for p in curve([(True, 900), (False, 700), (True, 700)])]
    [(900, 1, 0), (700, 2, 1)]
    """
    rows = sorted(scored, key=lambda row: -row[1])
    same = sum(label for label, _ in rows)
    points, found = [], 0
    for i, (label, cutoff) in enumerate(rows):
        found += label
        if i + 1 == len(rows) or rows[i + 1][1] != cutoff:
            wrong = i + 1 - found
            points.append(CurvePoint(cutoff, Counts(found, same - found, wrong, len(rows) - same - wrong)))
    return tuple(points)


def best_cutoff(points: Sequence[CurvePoint]) -> CurvePoint:
    """Give the point of a curve with the highest F1; of several, the highest cutoff.

    Raises:
        ValueError: when the curve has no point.
    """
    return max(points, key=lambda p: f1(p.counts.found, p.counts.missed, p.counts.false_alarms) or 0)


def recall_at_precision(points: Iterable[CurvePoint], least: float) -> Estimate:
    """Give the highest recall at which precision is still `least`, as a share of the true matches.

    >>> print(recall_at_precision(curve([(True, 900), (False, 700), (True, 700)]), 0.99).value)
    0.5
    """
    enough = [p.counts for p in points if (p.counts.precision.value or 0) >= least]
    best = max(enough, key=lambda counts: counts.found, default=None)
    return best.recall if best else Estimate(0.0)

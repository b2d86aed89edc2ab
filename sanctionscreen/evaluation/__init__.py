"""How good the matching is on names whose answer is known: precision, recall, F1, by cutoff and by group.

    from sanctionscreen.evaluation import evaluate_csv

    evaluation = evaluate_csv("my_labelled_pairs.csv")
    print(evaluation.to_markdown())

`labelled` says what the file holds, `measures` how the figures and their confidence intervals are made.

>>> pairs = [LabelledPair("Hikvison", "Hikvision", same=True), LabelledPair("Acme Ltd", "Hikvision", same=False)]
>>> evaluation = evaluate_pairs(pairs)
>>> evaluation.counts.f1.value, [j.pair.query for j in evaluation.misses()]
(1.0, [])
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from os import PathLike

from sanctionscreen.errors import InputError
from sanctionscreen.evaluation.labelled import LabelledPair, read_pairs
from sanctionscreen.evaluation.measures import Counts, CurvePoint, Estimate, best_cutoff, curve, recall_at_precision
from sanctionscreen.evaluation.report import render
from sanctionscreen.hits import FULL
from sanctionscreen.matching import compare, weights

__all__ = [
    "Counts",
    "CurvePoint",
    "Estimate",
    "Evaluation",
    "JudgedPair",
    "LabelledPair",
    "Scorer",
    "evaluate_csv",
    "evaluate_pairs",
    "read_pairs",
]

#: Gives a pair its points, from 0 to 1000.
Scorer = Callable[[LabelledPair], int]


def engine(pair: LabelledPair) -> int:
    """Score a pair as `sanctionscreen.compare` does."""
    return compare(pair.query, pair.candidate, pair.kind).points


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """A labelled pair and its points."""

    pair: LabelledPair
    points: int


@dataclass(frozen=True)
class Evaluation:
    """Every pair with its points, and the measures made of them.

    Attributes:
        judged: the pairs, in the order given.
        cutoff: in points; a pair at or above it counts as taken for the same party.
    """

    judged: tuple[JudgedPair, ...]
    cutoff: int

    @cached_property
    def counts(self) -> Counts:
        """Counts at the cutoff, with `precision`, `recall` and `f1`."""
        return self._counts(self.judged)

    @cached_property
    def curve(self) -> tuple[CurvePoint, ...]:
        """Counts at every cutoff that tells pairs apart."""
        return curve((j.pair.same, j.points) for j in self.judged)

    @property
    def best(self) -> CurvePoint:
        """The cutoff at which F1 is highest; chosen on these very rows, so better than it would be on others."""
        return best_cutoff(self.curve)

    def recall_at_precision(self, least: float) -> Estimate:
        """The highest recall of any cutoff at which precision is at least `least`."""
        return recall_at_precision(self.curve, least)

    def by(self, key: Callable[[LabelledPair], object]) -> dict[str, Counts]:
        """Counts of the pairs that share a value, the largest group first."""
        groups: dict[str, list[JudgedPair]] = {}
        for judged in self.judged:
            groups.setdefault(str(key(judged.pair) or "not stated"), []).append(judged)
        largest_first = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        return {name: self._counts(group) for name, group in largest_first}

    def misses(self, most: int = 20) -> list[JudgedPair]:
        """Pairs of one party that were not found, the lowest score first."""
        missed = [j for j in self.judged if j.pair.same and j.points < self.cutoff]
        return sorted(missed, key=lambda j: (j.points, j.pair.query, j.pair.candidate))[:most]

    def false_alarms(self, most: int = 20) -> list[JudgedPair]:
        """Pairs of two parties that were taken for one, the highest score first."""
        wrong = [j for j in self.judged if not j.pair.same and j.points >= self.cutoff]
        return sorted(wrong, key=lambda j: (-j.points, j.pair.query, j.pair.candidate))[:most]

    def to_markdown(self, title: str = "Evaluation") -> str:
        """Write the measures, their curve, the groups and the worst errors as Markdown."""
        groups = {
            "Kind": self.by(lambda pair: pair.kind),
            "Scripts": self.by(lambda pair: pair.scripts),
            "Variation": self.by(lambda pair: pair.variation),
        }
        errors = {
            "Worst misses": [(j.pair.query, j.pair.candidate, j.points) for j in self.misses()],
            "Worst false alarms": [(j.pair.query, j.pair.candidate, j.points) for j in self.false_alarms()],
        }
        return render(title, self.cutoff, self.counts, self.curve, groups, errors)

    def _counts(self, judged: Iterable[JudgedPair]) -> Counts:
        return Counts.of((j.pair.same, j.points >= self.cutoff) for j in judged)


def evaluate_pairs(
    rows: Iterable[LabelledPair], *, cutoff: float = weights.CUTOFF / FULL, scorer: Scorer = engine
) -> Evaluation:
    """Score labelled pairs and measure the answers.

    Args:
        rows: the pairs.
        cutoff: from 0 to 1; pairs that score at least this count as one party.
        scorer: what gives the points; the engine of this package if not given.

    Raises:
        InputError: when the cutoff is out of range or there are no pairs.
    """
    if not 0 <= cutoff <= 1:
        raise InputError(f"cutoff {cutoff} is out of range: give one from 0 to 1")
    judged = tuple(JudgedPair(pair, scorer(pair)) for pair in rows)
    if not judged:
        raise InputError("no labelled pairs to evaluate: the file has a header and no rows")
    return Evaluation(judged, math.ceil(cutoff * FULL - 1e-9))


def evaluate_csv(path: str | PathLike[str], *, cutoff: float = weights.CUTOFF / FULL) -> Evaluation:
    """Measure the engine on a user's CSV file; `sanctionscreen.evaluation.labelled` says what it holds.

    Raises:
        InputError: when the file cannot be read, a column is missing, a value is wrong, or the cutoff is out of range.
    """
    return evaluate_pairs(read_pairs(path), cutoff=cutoff)

"""Counting what was found, by group and half."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from data import HELD_OUT, TUNING

from sanctionscreen.evaluation.measures import Estimate, proportion
from sanctionscreen.matching import compare
from sanctionscreen.records import Kind

HALVES = (HELD_OUT, TUNING)
#: How many of the worst errors are listed.
WORST = 20


@dataclass
class Tally:
    """How many were found of how many, and the worst that were not."""

    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    missed: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, group: str, which: str, found: bool, row: tuple[object, ...] = ()) -> None:
        """Count one, and keep what was missed of the tuning half."""
        self.asked[group, which] += 1
        self.found[group, which] += found
        if not found and which == TUNING:
            self.missed[group].append(row)

    def share(self, group: str, which: str) -> Estimate:
        """Give the share found, of one group or of all together (`""`)."""
        keys = [k for k in self.asked if k[1] == which and group in ("", k[0])]
        return proportion(sum(self.found[k] for k in keys), sum(self.asked[k] for k in keys))

    def groups(self) -> list[str]:
        """Give the groups in the order in which they came."""
        return list(dict.fromkeys(group for group, _ in self.asked))


def best_of(query: str, names: Iterable[str], kind: Kind | None) -> tuple[int, str]:
    """Points of the name that fits best; an exact fit ends the search."""
    best = (0, "")
    for name in names:
        best = max(best, (compare(query, name, kind).points, name))
    return best

"""What the sections of the accuracy benchmark hand back, and the report made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sanctionscreen.evaluation.measures import Estimate
from sanctionscreen.evaluation.report import cell, table


@dataclass(frozen=True)
class Figure:
    """One row of the summary.

    Attributes:
        measure: what was measured.
        ours: on the half that no weight was set on.
        tuning: the same on the other half.
        other: what the best-known open engine has, measured elsewhere on the same rows; or a peer of this run.
    """

    measure: str
    ours: Estimate | str
    tuning: Estimate | str = ""
    other: str = ""


@dataclass
class Section:
    """One set of names: its figures for the summary, and its part of the report."""

    title: str
    figures: list[Figure] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self.parts.append(text)

    def tabulate(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a table."""
        self.parts.append(table(header, rows))

    def errors(self, title: str, rows: Sequence[Sequence[object]], header: Sequence[str] = ()) -> None:
        """Add a list of errors, of the tuning half: the other half stays unseen."""
        if rows:
            self.parts.append(f"### {title}")
            shown = [[cell(one) if isinstance(one, str) else one for one in row] for row in rows]
            self.tabulate(header or ["Query", "Listed name", "Score"], shown)


def summary(sections: Iterable[Section]) -> str:
    """Write the table of all figures."""
    rows = [[cell(f.measure), f.ours, f.tuning, cell(f.other)] for section in sections for f in section.figures]
    return table(["Measure", "Held-out half", "Tuning half", "Others"], rows)


def whole(sections: Sequence[Section], preface: str) -> str:
    """Write the report."""
    parts = ["# How accurate the matching is", preface, "## Figures", summary(sections)]
    for section in sections:
        parts += [f"## {section.title}", *section.parts]
    return "\n\n".join(parts) + "\n"

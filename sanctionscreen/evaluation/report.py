r"""An evaluation written as Markdown: tables of figures, and the worst errors.

>>> print(cell("a | b\n<i>"))
a \| b &lt;i&gt;
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from sanctionscreen.evaluation.measures import Counts, CurvePoint, best_cutoff
from sanctionscreen.hits import FULL

#: Cutoffs shown of a curve, in points.
SHOWN = (600, 650, 680, 700, 720, 750, 800, 850, 900, 950, 1000)
_MARKUP = str.maketrans({mark: f"\\{mark}" for mark in "\\|*_`[]"})


def cell(text: str) -> str:
    """Write any text so that it stays in its cell and is no markup."""
    return html.escape(" ".join(text.split()), quote=False).translate(_MARKUP)


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table; cells of text must have passed `cell` where they come from outside.

    >>> print(table(["Kind", "Rows"], [["person", 3]]))
    | Kind | Rows |
    |---|---|
    | person | 3 |
    """
    lines = [header, ["---"] * len(header), *rows]
    texts = ["| " + " | ".join(map(str, line)) + " |" for line in lines]
    texts[1] = texts[1].replace(" ", "")
    return "\n".join(texts)


def counts_table(first: str, groups: Mapping[str, Counts]) -> str:
    """Write the measures of several groups of rows."""
    header = [first, "Rows", "Same", "Precision", "Recall", "F1"]
    rows = [[cell(name), c.rows, c.found + c.missed, c.precision, c.recall, c.f1] for name, c in groups.items()]
    return table(header, rows)


def curve_table(points: Sequence[CurvePoint], marked: int) -> str:
    """Write the curve at the cutoffs in `SHOWN` and at the marked one."""
    rows = []
    for cutoff in sorted({*SHOWN, marked}):
        counts = _at(points, cutoff)
        mark = " (in use)" if cutoff == marked else ""
        rows.append([f"{cutoff / FULL}{mark}", counts.precision, counts.recall, counts.f1])
    return table(["Cutoff", "Precision", "Recall", "F1"], rows)


def _at(points: Sequence[CurvePoint], cutoff: int) -> Counts:
    """Counts at any cutoff: those of the lowest point of the curve at or above it."""
    reached = [p for p in points if p.cutoff >= cutoff]
    if reached:
        return reached[-1].counts
    last = points[-1].counts
    return Counts(0, last.found + last.missed, 0, last.false_alarms + last.cleared)


def errors_table(errors: Iterable[tuple[str, str, int]]) -> str:
    """Write pairs of names with their scores."""
    return table(["Query", "Candidate", "Score"], [[cell(a), cell(b), points / FULL] for a, b, points in errors])


def render(
    title: str,
    cutoff: int,
    counts: Counts,
    points: Sequence[CurvePoint],
    groups: Mapping[str, Mapping[str, Counts]],
    errors: Mapping[str, Sequence[tuple[str, str, int]]],
) -> str:
    """Write a whole evaluation; a group that does not divide the rows is left out."""
    parts = [f"# {title}", f"At the cutoff {cutoff / FULL}, with 95% confidence intervals:"]
    parts.append(counts_table("", {"all": counts}))
    best = best_cutoff(points)
    parts.append(f"The cutoff with the highest F1 on these rows is {best.cutoff / FULL}: {best.counts.f1}.")
    parts += ["## By cutoff", curve_table(points, cutoff)]
    for name, group in groups.items():
        if len(group) > 1:
            parts += [f"## {name}", counts_table(name, group)]
    for name, wrong in errors.items():
        if wrong:
            parts += [f"## {name}", errors_table(wrong)]
    return "\n\n".join(parts) + "\n"

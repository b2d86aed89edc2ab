"""The section on clean names: alarms per thousand, each with its reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import data
from data import HELD_OUT, TUNING, half, progress, sampled
from report import Figure, Section
from tally import HALVES, WORST

from sanctionscreen.evaluation.measures import proportion
from sanctionscreen.hits import FULL
from sanctionscreen.matching import compare, weights
from sanctionscreen.records import Kind

#: Cutoffs at which alarms are counted, in points.
CURVE = (600, 650, 700, 750, 800, 850)


def clean(folder: Path, most: int | None) -> list[Section]:
    """Names that are on no list: how many raise an alarm, and why."""
    section = Section("Clean names")
    section.say(
        "Alarms per 1,000 names, no kind given for companies. A name equal to a listed one but for case, "
        "punctuation and legal form is set aside: it is an exact hit, whoever bears it. A name that only a weak "
        "alias fits raises no alarm but a review, counted apart. The list below is of the tuning half, to be "
        "judged by a reader."
    )
    both = data.listed(folder, csl=True)
    sdn = len(data.sdn_parties(folder))
    known = {data.folded(n.name, p.kind) for p in both.parties for n in p.names}
    sets: dict[str, tuple[list[str], Kind | None]] = {
        "companies_us": (data.clean_companies(folder), None),
        "companies_world": (data.clean_companies(folder, "world"), None),
        "persons_world": (data.clean_persons(folder), "person"),
    }
    rows, curve = [], []
    for name, (names, kind) in sets.items():
        chosen = sampled(dict.fromkeys(names), str, most)
        progress(f"  {name}: {len(chosen)} names")
        tally = _Alarms()
        for one in chosen:
            tally.ask(both, one, kind, sdn, known)
        for against in ("SDN", "SDN + CSL"):
            rows += [[name, against, which, *tally.row(against, which)] for which in HALVES]
        curve.append([name, *(tally.above(cutoff) for cutoff in CURVE)])
        section.figures.append(
            Figure(
                f"alarms per 1,000 {name}, SDN + CSL",
                tally.rate("SDN + CSL", HELD_OUT),
                tally.rate("SDN + CSL", TUNING),
            )
        )
        worst = sorted(tally.raised, key=lambda row: (-row[2], row[0]))
        section.errors(f"{name}: alarms", worst[: 3 * WORST], ["Name", "Listed name", "Points", "Why"])
    header = ["Names", "Lists", "Half", "Names asked", "Alarms per 1,000", "Reviews per 1,000", "Set aside"]
    errors, section.parts[1:] = section.parts[1:], []
    section.tabulate(header, rows)
    section.say("Alarms per 1,000 against SDN + CSL by cutoff, both halves:")
    section.tabulate(["Names", *(str(cutoff / FULL) for cutoff in CURVE)], curve)
    section.parts += errors
    return [section]


@dataclass
class _Alarms:
    """What clean names raised, by lists and half."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    raised: list[tuple[str, str, int, str]] = field(default_factory=list)
    points: list[int] = field(default_factory=list)

    def ask(self, listed: data.Listed, name: str, kind: Kind | None, sdn: int, known: set[tuple[str, ...]]) -> None:
        """Screen one name against both lists at once; the first `sdn` parties are the SDN list's."""
        which = half(name)
        near = listed.best(name, kind, min(CURVE))
        best = {i: found for i, found in near.items() if found[0] >= weights.CUTOFF}
        same = bool(near) and data.folded(name, kind) in known
        self.points.append(0 if same else max((found[0] for found in near.values() if found[2]), default=0))
        for against, found in (("SDN", [v for i, v in best.items() if i < sdn]), ("SDN + CSL", list(best.values()))):
            strong = [v for v in found if v[2]]
            what = "aside" if found and same else "alarm" if strong else "review" if found else "clear"
            self.counts[against, which, what] += 1
            if what == "alarm" and which == TUNING and against == "SDN + CSL":
                points, other, _ = max(strong)
                self.raised.append((name, other, points, why(name, other, kind)))

    def above(self, cutoff: int) -> str:
        """Give alarms per thousand at a cutoff."""
        return f"{1000 * sum(points >= cutoff for points in self.points) / max(len(self.points), 1):.1f}"

    def _total(self, against: str, which: str) -> int:
        return sum(n for (a, w, _), n in self.counts.items() if (a, w) == (against, which))

    def rate(self, against: str, which: str, what: str = "alarm") -> str:
        """Give alarms per thousand with their confidence interval."""
        share = proportion(self.counts[against, which, what], self._total(against, which))
        if share.value is None or share.low is None or share.high is None:
            return "-"
        return f"{1000 * share.value:.1f} ({1000 * share.low:.1f}-{1000 * share.high:.1f})"

    def row(self, against: str, which: str) -> list[object]:
        """Give the figures of one line."""
        rates = [self.rate(against, which, what) for what in ("alarm", "review")]
        return [self._total(against, which), *rates, self.counts[against, which, "aside"]]


def why(query: str, listed: str, kind: Kind | None) -> str:
    """Say in short what a score is made of."""
    parts = []
    for one in compare(query, listed, kind).evidence:
        sides = [" ".join(span.text for span in side) for side in (one.query, one.listed)]
        words = sides[0] if sides[0].casefold() == sides[1].casefold() else " / ".join(filter(None, sides))
        parts.append(f"{one.rule} {words} {one.contribution:+d}".replace("  ", " "))
    return "; ".join(parts)

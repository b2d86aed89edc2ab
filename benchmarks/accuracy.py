"""Measure the matching on real names, beside other scorers, and write the report.

    python benchmarks/accuracy.py                            # everything, to docs/explanation/accuracy.md
    python benchmarks/accuracy.py --only labelled --only clean --sample 500

Every set is cut in two by a hash of the party or name (see `data.half`): weights may be set on the tuning half only,
and the figures that count are those of the half held out. Errors are listed of the tuning half, so that the other
half stays unseen. Figures come with 95% confidence intervals.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import clean_section
import list_sections
import pair_sections
import variant_section
from data import progress, shared
from peers import peers
from report import Section, summary, whole

from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights

REPORT = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "accuracy.md"

SECTIONS: dict[str, Callable[[Path, int | None], list[Section]]] = {
    "labelled": pair_sections.labelled,
    "perturbed": list_sections.perturbed,
    "aliases": list_sections.aliases,
    "variants": variant_section.generated,
    "clean": clean_section.clean,
    "transliterated": pair_sections.transliterated,
    "untuned": list_sections.untuned,
}

PREFACE = """\
Written by `python benchmarks/accuracy.py`; what it runs on is described in `benchmarks/README.md`. Weights of version \
{version}, at the default cutoff {cutoff}.

Every set is cut in two by a hash of the party or name. Weights are set on the **tuning half** alone; the **held-out \
half** is only measured, and its errors are not listed here, so that nobody sets a weight on them. 95% confidence \
intervals stand in brackets: Wilson's for shares, a seeded bootstrap for F1. Scorers beside this one run on the same \
rows in the same run: {peers}. Figures of nomenklatura's matchers (logic-v2, name-based) that stand under "Others" \
were measured on the same files with version 4.17.4 at its threshold of 0.7, over all rows.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sections, print the table, write the report."""
    options = _options(arguments)
    folder = shared()
    sections: list[Section] = []
    for name in options.only or SECTIONS:
        started = time.perf_counter()
        progress(name)
        sections += SECTIONS[name](folder, options.sample)
        progress(f"  {time.perf_counter() - started:.0f} s")
    print(summary(sections).replace("\\", ""))
    if options.report or not (options.only or options.sample):
        path = options.report or REPORT
        preface = PREFACE.format(version=weights.VERSION, cutoff=weights.CUTOFF / FULL, peers=", ".join(peers()))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(whole(sections, preface), encoding="utf-8")
        progress(f"report: {path}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--only", action="append", choices=SECTIONS, metavar="SECTION", help=f"of {', '.join(SECTIONS)}"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="at most N rows of each set")
    parser.add_argument("--report", type=Path, metavar="PATH", help="where to write the report")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()

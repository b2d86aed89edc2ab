"""Make `sanctionscreen/matching/word_counts.tsv`: in how many names each word stands.

    python .ci/tables/make_word_counts.py ../shared/data

The reference corpus is every distinct name of the OFAC SDN list and the US Consolidated Screening List, of the UN,
EU, UK and Canadian lists, and of clean companies and people, so that a word is as rare here as it is in vendor
tables and on lists together. Words that stand in one name only are left out: they weigh as much as a word never seen.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sanctionscreen.names import Role, parse

TABLE = Path(__file__).resolve().parents[2] / "sanctionscreen" / "matching" / "word_counts.tsv"
COUNTED = {Role.WORD, Role.GENERIC, Role.PLACE}


def names(data: Path) -> Iterator[str]:
    """Every name of the corpus, as published."""
    ofac = data / "ofac" / "2021-07-07"
    yield from (row[1] for row in _rows(ofac / "sdn.csv") if len(row) > 1)
    yield from (row[3] for row in _rows(ofac / "alt.csv") if len(row) > 3)
    with gzip.open(data / "csl" / "2022-05-16" / "consolidated.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from [row["name"], *row["alt_names"].split("; ")]
    yield from _tagged(data / "un" / "2020-03-20" / "consolidated.xml", "ALIAS_NAME|NAME_ORIGINAL_SCRIPT")
    yield from _attributed(data / "eu" / "2016-02-11" / "global_v0.xml", "WHOLENAME")
    for file_name in ("companies_us.txt", "companies_world.txt"):
        yield from (data / "clean" / file_name).read_text(encoding="utf-8").splitlines()
    yield from (row[0] for row in _rows(data / "clean" / "persons_world.csv"))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        yield from csv.reader(file)


def _tagged(path: Path, tag: str) -> Iterator[str]:
    yield from (m[2] for m in re.finditer(rf"<({tag})>([^<]+)</", path.read_text(encoding="utf-8")))


def _attributed(path: Path, tag: str) -> Iterator[str]:
    yield from (m[1] for m in re.finditer(rf"<{tag}>([^<]+)</", path.read_text(encoding="utf-8")))


def count(data: Path) -> tuple[Counter[str], int]:
    """Count in how many distinct names each word stands."""
    counts: Counter[str] = Counter()
    distinct = sorted({name.strip() for name in names(data)} - {"", "-0-"})
    for name in distinct:
        words = {t.text for reading in parse(name).readings for t in reading.tokens if t.role in COUNTED}
        counts.update(words)
    return counts, len(distinct)


def main() -> None:
    """Write the table."""
    counts, total = count(Path(sys.argv[1]))
    lines = [f"# Names that hold each word, of the reference corpus; made by .ci/tables/{Path(__file__).name}"]
    lines.append(f"*\t{total}")
    lines += [f"{word}\t{n}" for word, n in sorted(counts.items()) if n > 1]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

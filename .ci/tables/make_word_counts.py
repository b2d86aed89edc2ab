"""Make `word_counts.tsv` and `trade_counts.tsv` of `sanctionscreen/matching`: in how many names each word stands.

    python .ci/tables/make_word_counts.py ../shared/data

The reference corpus is every distinct name of the OFAC SDN list and the US Consolidated Screening List, of the UN,
EU, UK and Canadian lists, and of clean companies and people, so that a word is as rare here as it is in vendor
tables and on lists together. Words that stand in one name only are left out: they weigh as much as a word never seen.

A group counts once, however many of its companies are listed: "huawei" tells as much of who is named as it did before
a hundred and thirty of them were. A word is the name of a group where so many organisations of one list and program
begin with it, few other names hold it, and no person's does.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sanctionscreen.names import Role, parse
from sanctionscreen.names.lexicon import forms, romanised

MATCHING = Path(__file__).resolve().parents[2] / "sanctionscreen" / "matching"
TABLE, TRADES = MATCHING / "word_counts.tsv", MATCHING / "trade_counts.tsv"
COUNTED = {Role.WORD, Role.GENERIC, Role.PLACE}

#: So many organisations of one list and program that begin with a word are a group,
GROUP = 6
#: where of all names that hold it not more than one in so many begins otherwise.
OTHERS = 5


#: A list and a program of it.
Action = tuple[str, str]


class Listed(NamedTuple):
    """A name of the Consolidated Screening List: its party's list and program, and whether that is an organisation."""

    name: str
    party: str
    action: Action
    organisation: bool


def names(data: Path) -> Iterator[str]:
    """Every name of the corpus, as published."""
    ofac = data / "ofac" / "2021-07-07"
    yield from (row[1] for row in _rows(ofac / "sdn.csv") if len(row) > 1)
    yield from (row[3] for row in _rows(ofac / "alt.csv") if len(row) > 3)
    yield from (one.name for one in listed(data))
    yield from _tagged(data / "un" / "2020-03-20" / "consolidated.xml", "ALIAS_NAME|NAME_ORIGINAL_SCRIPT")
    yield from _attributed(data / "eu" / "2016-02-11" / "global_v0.xml", "WHOLENAME")
    for file_name in ("companies_us.txt", "companies_world.txt"):
        yield from (data / "clean" / file_name).read_text(encoding="utf-8").splitlines()
    yield from people(data)


def listed(data: Path) -> Iterator[Listed]:
    """Every name of the Consolidated Screening List."""
    with gzip.open(data / "csl" / "2022-05-16" / "consolidated.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            organisation = row["type"] not in ("Individual", "Vessel", "Aircraft")
            for name in [row["name"], *row["alt_names"].split("; ")]:
                yield Listed(name.strip(), row["name"], (row["source"], row["programs"]), organisation)


def people(data: Path) -> Iterator[str]:
    """Names of clean people."""
    yield from (row[0] for row in _rows(data / "clean" / "persons_world.csv"))


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        yield from csv.reader(file)


def _tagged(path: Path, tag: str) -> Iterator[str]:
    yield from (m[2] for m in re.finditer(rf"<({tag})>([^<]+)</", path.read_text(encoding="utf-8")))


def _attributed(path: Path, tag: str) -> Iterator[str]:
    yield from (m[1] for m in re.finditer(rf"<{tag}>([^<]+)</", path.read_text(encoding="utf-8")))


def count(data: Path) -> tuple[Counter[str], int]:
    """Count in how many distinct names each word stands, names of one group as one."""
    held = {name: _counted(name) for name in sorted({name.strip() for name in names(data)} - {"", "-0-"})}
    counts = Counter(chain.from_iterable(held.values()))
    holding: dict[tuple[str, Action], set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    parties: dict[str, dict[Action, set[str]]] = defaultdict(lambda: defaultdict(set))
    persons = {word for name in people(data) for word in _counted(name)}
    for one in listed(data):
        if not one.organisation:
            persons |= _counted(one.name)
            continue
        for word in _counted(one.name):
            holding[word, one.action].add(one.name)
        for word in _beginnings(one.name):
            begun[word].add(one.name)
            parties[word][one.action].add(one.party)
    for word, actions in parties.items():
        others = counts[word] - len(begun[word])
        if max(map(len, actions.values())) >= GROUP and others * OTHERS <= counts[word] and word not in persons:
            counts[word] -= len(set().union(*(holding[word, action] for action in actions))) - 1
    return counts, len(held)


def _counted(name: str) -> set[str]:
    """The words of a name, in any of its readings."""
    return {t.text for reading in parse(name).readings for t in reading.tokens if t.role in COUNTED}


def _beginnings(name: str) -> set[str]:
    """The first word of each reading that is no trade, place or legal form."""
    firsts = (next((t.text for t in reading.tokens if t.role is Role.WORD), "") for reading in parse(name).readings)
    return set(firsts) - {""}


def trades(counts: Mapping[str, int]) -> dict[str, int]:
    """Of each meaning of a trade, in how many names its commonest word stands.

    "Jituan" says no more of who is named than "group" does.
    """
    meanings: dict[str, set[str]] = defaultdict(set)
    for form, role, concept in forms():
        if role is Role.GENERIC:
            for meaning in concept.split("|"):
                meanings[meaning].add((form if form.isascii() else romanised(form)).replace(" ", ""))
    commonest = {meaning: max(counts[word] for word in words) for meaning, words in meanings.items()}
    return {meaning: n for meaning, n in commonest.items() if n > 1}


def main() -> None:
    """Write the tables."""
    counts, total = count(Path(sys.argv[1]))
    rows = [f"{meaning}\t{n}" for meaning, n in sorted(trades(counts).items())]
    head = f"# Names that hold the commonest word of each meaning of a trade; made by .ci/tables/{Path(__file__).name}"
    TRADES.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    lines = [f"# Names that hold each word, of the reference corpus; made by .ci/tables/{Path(__file__).name}"]
    lines.append(f"*\t{total}")
    lines += [f"{word}\t{n}" for word, n in sorted(counts.items()) if n > 1]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

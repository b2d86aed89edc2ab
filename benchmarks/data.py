"""The real names that the benchmarks run on, read in place: official lists, clean names, labelled pairs.

They are not part of the project. `SANCTIONSCREEN_DATA` names their `data` folder, or it stands beside the checkout in
`shared/data`; labelled pairs are in `benchmarks` beside `data`.
"""

from __future__ import annotations

import csv
import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import Role, parse
from sanctionscreen.records import Kind, ListedParty
from sanctionscreen.sources.importers import import_list

T = TypeVar("T")
Named = tuple[str, Kind | None]

#: Half of the names: what may be looked at to set a weight, and what is only measured.
TUNING, HELD_OUT = "tuning", "held out"


def shared() -> Path:
    """Give the folder that holds `data` and `benchmarks`, or end with one clear line."""
    named = os.environ.get("SANCTIONSCREEN_DATA")
    data = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not data.is_dir():
        sys.exit(f"real lists not found at {data}: set SANCTIONSCREEN_DATA to their folder")
    return data.resolve().parent


def half(key: str) -> str:
    """Put a name or a party into one half for good, by a hash of it.

    >>> half("36"), half("306")
    ('tuning', 'held out')
    """
    return HELD_OUT if _digest(key)[0] & 1 else TUNING


def sampled(rows: Iterable[T], key: Callable[[T], str], most: int | None) -> list[T]:
    """Choose at most so many rows, always the same ones: those with the least hash."""
    ordered = sorted(rows, key=lambda row: _digest(f"sample:{key(row)}"))
    return ordered if most is None else ordered[:most]


def _digest(key: str) -> bytes:
    return hashlib.sha256(" ".join(key.casefold().split()).encode()).digest()


def progress(text: str) -> None:
    """Say on standard error what is going on."""
    print(text, file=sys.stderr, flush=True)


# --- official lists ------------------------------------------------------------------------------------------


@cache
def sdn_parties(folder: Path) -> tuple[ListedParty, ...]:
    """Parties of the OFAC SDN list of July 2021."""
    return import_list("ofac-csv", folder / "data/ofac/2021-07-07").list_file.parties


@cache
def csl_parties(folder: Path) -> tuple[ListedParty, ...]:
    """Parties of the US Consolidated Screening List of May 2022."""
    return import_list("csl", folder / "data/csl/2022-05-16/consolidated.csv.gz").list_file.parties


def names_of(parties: Iterable[ListedParty]) -> Iterator[Named]:
    """Every name of every party, with its kind."""
    return ((name.name, party.kind) for party in parties for name in party.names)


def sdn_names(folder: Path) -> list[Named]:
    """Every name of the SDN list."""
    return list(names_of(sdn_parties(folder)))


def csl_names(folder: Path) -> list[Named]:
    """Every name of the Consolidated Screening List."""
    return list(names_of(csl_parties(folder)))


def party_key(party: ListedParty) -> str:
    """Give what is hashed to put a party into its half: OFAC's number, where it has one, on every list."""
    listing = party.listings[0]
    return listing.reference if listing.list == "sdn" and listing.reference else party.id


@dataclass(frozen=True)
class Listed:
    """Parties and the index of all their names."""

    parties: tuple[ListedParty, ...]
    index: Index

    def best(self, query: str, kind: Kind | None, cutoff: int) -> dict[int, tuple[int, str, bool]]:
        """Give each party found with its points, the name that fits best, and whether a strong name fits."""
        found: dict[int, tuple[int, str, bool]] = {}
        for hit in self.index.search(prepare(parse(query, kind)), cutoff):
            name = self.parties[hit.party].names[hit.number]
            points, best, strong = found.get(hit.party, (0, "", False))
            strong = strong or name.quality == "strong"
            found[hit.party] = (
                (hit.score.points, name.name, strong) if hit.score.points > points else (points, best, strong)
            )
        return found


@cache
def listed(folder: Path, *, csl: bool) -> Listed:
    """Index the names of the SDN list, and of the Consolidated Screening List with it if asked."""
    parties = sdn_parties(folder) + (csl_parties(folder) if csl else ())
    progress(f"  indexing {sum(len(p.names) for p in parties)} names")
    names = (
        (prepare(parse(name.name, party.kind)), i, j)
        for i, party in enumerate(parties)
        for j, name in enumerate(party.names)
    )
    return Listed(parties, Index.of(names))


def folded(name: str, kind: Kind | None) -> tuple[str, ...]:
    """Give the words of a name without its legal forms: two names with the same ones are equal but for those."""
    readings = parse(name, kind).readings
    tokens = readings[0].tokens if readings else ()
    return tuple(t.text if t.role is Role.WORD else t.concept or t.text for t in tokens if t.role is not Role.LEGAL)


# --- clean names ---------------------------------------------------------------------------------------------


def clean_companies(folder: Path, which: str = "us") -> list[str]:
    """Companies that are, almost all, on no list: `us` or `world`."""
    text = (folder / f"data/clean/companies_{which}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def clean_persons(folder: Path) -> list[str]:
    """Invented people, in many scripts."""
    return [row["full_name"] for row in read_csv(folder / "data/clean/persons_world.csv")]


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

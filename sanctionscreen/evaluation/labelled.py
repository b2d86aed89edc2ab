"""Pairs of names with a label: do both name the same party? Read from a user's CSV file.

The file has a header row and these columns, in any order; others are left alone:

| Column | What stands in it |
|---|---|
| `query` | the name asked for |
| `candidate` | the listed name |
| `same` (or `is_match`, `expected`) | `1`, `true`, `yes` for one party, `0`, `false`, `no` for two |
| `kind` (or `schema`, `type`), optional | `person`, `organization`, `vessel`, `aircraft`, or empty |
| `variation` (or `note`, `quality`), optional | any word, to see the measures by it |
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from sanctionscreen.errors import InputError
from sanctionscreen.names.scripts import dominant_script
from sanctionscreen.records import Kind

#: Names of columns, the usual one first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "query": ("query",),
    "candidate": ("candidate",),
    "same": ("same", "is_match", "expected"),
    "kind": ("kind", "schema", "type"),
    "variation": ("variation", "note", "quality"),
}
_NEEDED = ("query", "candidate", "same")
_LABELS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
_KINDS: dict[str, Kind | None] = {
    "": None, "legalentity": None, "person": "person", "individual": "person",
    "organization": "organization", "organisation": "organization", "company": "organization", "entity": "organization",
    "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_LONGEST_FIELD = 1_000_000


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two names, and whether they name the same party.

    >>> LabelledPair("محمد علي", "Mohamed Ali", same=True).scripts
    'Arab / Latn'
    """

    query: str
    candidate: str
    same: bool
    kind: Kind | None = None
    variation: str = ""

    @property
    def scripts(self) -> str:
        """The scripts of both names: `Latn` where they share it, else `Arab / Latn`."""
        scripts = dict.fromkeys(dominant_script(name) or "none" for name in (self.query, self.candidate))
        return " / ".join(scripts)


def read_pairs(path: str | PathLike[str]) -> Iterator[LabelledPair]:
    """Read labelled pairs from a CSV file in UTF-8.

    Raises:
        InputError: naming the file, line and column, when it cannot be read, a column is missing, or a value is
            none of those above.
    """
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            columns = _columns(path, rows.fieldnames or ())
            for row in rows:
                yield _pair(f"{path}:{rows.line_num}", {name: row[column] or "" for name, column in columns.items()})
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}: save it as CSV UTF-8") from error
    except csv.Error as error:
        raise InputError(f"{path}:{rows.reader.line_num}: not a CSV file: {error}") from error
    finally:
        csv.field_size_limit(before)


def _columns(path: str | PathLike[str], header: Sequence[str]) -> dict[str, str]:
    """Which column of the file stands for which of `COLUMNS`."""
    known = {column.strip().lower(): column for column in header}
    found = {name: known[one] for name, spellings in COLUMNS.items() for one in reversed(spellings) if one in known}
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        present = ", ".join(header) or "none"
        raise InputError(f"{path}:1: no column {' or '.join(COLUMNS[missing[0]])!r}; the header has: {present}")
    return found


def _pair(place: str, row: dict[str, str]) -> LabelledPair:
    label = _LABELS.get(row["same"].strip().lower())
    if label is None:
        raise InputError(f"{place}: same: {row['same']!r} is neither yes nor no: write 1 or 0")
    kind = row.get("kind", "").strip().lower()
    if kind not in _KINDS:
        raise InputError(f"{place}: kind: no kind {kind!r}: write person, organization, vessel, aircraft or nothing")
    return LabelledPair(row["query"], row["candidate"], label, _KINDS[kind], row.get("variation", "").strip())

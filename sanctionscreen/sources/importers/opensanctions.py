"""OpenSanctions exports: `targets.simple.csv`, FollowTheMoney JSON lines, and `targets.nested.json`.

https://www.opensanctions.org/docs/bulk/ ; the data are free for non-commercial use (CC BY-NC 4.0), businesses need
a licence. A record that is no target (a relative, an address) makes no party; its ties and documents go to the
party they belong to. FollowTheMoney: https://followthemoney.tech/ ; what each property becomes: `opensanctions.yaml`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sanctionscreen.records import Kind
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import head
from sanctionscreen.sources.importers.ftm import Graph, rules
from sanctionscreen.sources.importers.jsonfiles import json_lines
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.sniffing import wrong_format
from sanctionscreen.sources.importers.tables import Row, Table, csv_cells

TITLE = "an OpenSanctions export"
COLUMNS = known_names("opensanctions")
_IMO = re.compile(r"IMO ?(\d{7})", re.IGNORECASE)


def read(path: Path, options: Options) -> Imported:
    """Read whichever of the three exports the file is.

    Raises:
        SourceError: another format, a damaged file, no date.
    """
    report = ImportReport("opensanctions", files=[path.name])
    if head(path, 512).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        drafts, stated = _read_json(path, report)
    else:
        drafts, stated = _read_simple(path, report, options.cut_short)
    header = {
        "id": "opensanctions",
        "title": "OpenSanctions export",
        "authority": "as the original sources state",
        "publisher": "OpenSanctions Datenbanken GmbH",
        "source_url": "https://www.opensanctions.org/",
        "as_of": as_of(path, options, stated),
        "licence": "CC BY-NC 4.0 (https://www.opensanctions.org/licensing/)",
    }
    return finish(path, header, build_all(drafts), report)


def _read_simple(path: Path, report: ImportReport, partial: bool) -> tuple[list[Draft], date | None]:
    drafts: list[Draft] = []
    left: Counter[str] = Counter()
    latest = ""
    table = Table(path, TITLE, COLUMNS, frozenset({"id", "schema", "name", "aliases"}), partial=partial)
    for row in table.rows(csv_cells(path), report):
        report.rows += 1
        latest = max(latest, row["last_seen"][:10])
        kind = rules().kinds.get(row["schema"])
        if kind is None:
            left[row["schema"]] += 1
        else:
            drafts.append(_simple_party(row, report, kind))
    _note_left(report, left)
    return drafts, whole_date(latest)


def _note_left(report: ImportReport, left: Counter[str]) -> None:
    for schema, count in sorted(left.items()):
        report.notes.append(f"{count} records of schema {schema} are no parties to be screened: not imported")


def _several(text: str) -> Iterator[str]:
    """The values of a cell, which is itself a row of a table parted by semicolons."""
    for part in next(csv.reader([text], delimiter=";"), []):
        if value := clean(part):
            yield value


def _simple_party(row: Row, report: ImportReport, kind: Kind) -> Draft:
    draft = Draft(report, f"row {row.number}", f"os-{row['id']}", kind)
    draft.name(row["name"], "primary")
    for name in _several(row["aliases"]):
        draft.name(name)
    for day in _several(row["birth_date"]):
        draft.birth_date(day)
    for country in _several(row["countries"]):
        draft.country(country)
    for address in _several(row["addresses"]):
        draft.address(text=address)
    for number in _several(row["identifiers"]):
        _untyped(draft, number)
    for column in ("phones", "emails"):
        for value in _several(row[column]):
            draft.remark(f"{column.removesuffix('s')}: {value}")
    said = "; ".join(_several(row["sanctions"]))
    for program in list(_several(row["program_ids"])) or [row["dataset"] or "OpenSanctions"]:
        draft.listing(program=program, reference=row["id"], remarks=said)
    draft.remark(f"dataset: {row['dataset']}" if row["dataset"] else "")
    draft.remark(f"first seen: {row['first_seen']}; last changed: {row['last_change']}")
    row.keep_unknown(draft, COLUMNS)
    return draft


def _untyped(draft: Draft, number: str) -> None:
    """A number whose kind the table does not state: only IMO numbers say what they are."""
    if match := _IMO.fullmatch(number):
        draft.identifier("IMO number" if draft.kind == "vessel" else "Company Number", f"IMO {match[1]}")
    else:
        draft.identifier("Other identification number", number, note="kind not stated")


def _read_json(path: Path, report: ImportReport) -> tuple[list[Draft], date | None]:
    graph = Graph(report)
    left: Counter[str] = Counter()
    latest = ""
    for number, record in json_lines(path):
        if not isinstance(record.get("schema"), str) or not isinstance(record.get("properties"), dict):
            raise wrong_format(path, TITLE)
        report.rows += 1
        latest = max(latest, str(record.get("last_seen") or "")[:10])
        if not graph.add(record, f"line {number}"):
            left[record["schema"]] += 1
    _note_left(report, left)
    return graph.finish(), whole_date(latest)

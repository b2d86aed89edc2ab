"""The UK Sanctions List of the FCDO (ODS, CSV, XML) and its older sister, the OFSI ConList (CSV).

https://www.gov.uk/government/publications/the-uk-sanctions-list . The tables have one row a name and address;
the rows of one Unique ID are one party. The ODS file has only the main columns, the CSV file all of them; the
XML file divides the same fields into elements, and is read by their names. The file says which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import head, zipped
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.sheets import ods_cells
from sanctionscreen.sources.importers.tables import Table, csv_cells
from sanctionscreen.sources.importers.uk_conlist import read_conlist
from sanctionscreen.sources.importers.uk_fields import KINDS, key, place, uk_header
from sanctionscreen.sources.importers.xmlfiles import records

TITLE = "the UK Sanctions List"
COLUMNS = known_names("uk")
_DAY = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}[ -]\w+[ -]\d{4}")
_NEEDED = frozenset({"Unique ID", "OFSI Group ID", "Regime Name"})
#: The UK's CSV files have come in UTF-8, with and without a byte order mark, and in Windows-1252.
ENCODINGS = ("utf-8", "cp1252")


def read(path: Path, options: Options) -> Imported:
    """Read whichever of the four the file is.

    Raises:
        SourceError: another format, a broken row, no date.
    """
    if zipped(path):
        return _read_table(path, options, ods_cells(path, TITLE), padded=True)
    start = head(path, 4096).lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"<"):
        return _read_xml(path, options)
    if b"Name 6,Name 1" in start and b"Unique ID" not in start:
        return read_conlist(path, options, csv_cells(path, ENCODINGS))
    return _read_table(path, options, csv_cells(path, ENCODINGS), padded=False)


def _read_table(path: Path, options: Options, raw: Iterable[list[str]], *, padded: bool) -> Imported:
    report = ImportReport("uk", files=[path.name])
    drafts: dict[str, Draft] = {}
    preamble: list[list[str]] = []
    table = Table(path, TITLE, COLUMNS, _NEEDED, padded, options.cut_short and not padded)
    for row in table.rows(raw, report, preamble):
        report.rows += 1
        number = row["Unique ID"]
        fields = {key(column): text for column, text in row.cells.items()}
        if number not in drafts:
            kind = row["Designation Type"] or row["Type"]
            drafts[number] = _draft(path, report, f"row {row.number}", number, kind)
        drafts[number].where = f"row {row.number}"
        place(drafts[number], fields)
        row.keep_unknown(drafts[number], COLUMNS)
    stated = (
        whole_date(found[0]) if (found := _DAY.findall(" ".join(cell for line in preamble for cell in line))) else None
    )
    header = uk_header("uk-fcdo", as_of(path, options, stated))
    return finish(path, header, build_all(list(drafts.values())), report)


def _draft(path: Path, report: ImportReport, where: str, number: str, kind: str) -> Draft:
    if not re.fullmatch(r"[\w/-]+", number):
        raise SourceError(f"{path}: {where}: no Unique ID: damaged, download the file again")
    draft = Draft(report, where, f"uk-{number}", KINDS.get(kind.lower(), "organization"))
    if kind.lower() not in KINDS:
        draft.odd(f"unknown type {kind!r}, taken for an organization")
    return draft


def _read_xml(path: Path, options: Options) -> Imported:
    report = ImportReport("uk", files=[path.name])
    drafts: dict[str, Draft] = {}
    stated: date | None = None
    for record in records(path, "Designations", ("Designation", "DateGenerated"), TITLE):
        if record.tag == "DateGenerated":
            stated = whole_date(clean(record.text)[:10])
            continue
        report.rows += 1
        fields = list(_groups(record))
        number = next((group["uniqueid"] for group in fields if group.get("uniqueid")), "")
        kind = next((group[word] for group in fields for word in _KIND_WORDS if group.get(word)), "")
        if number not in drafts:
            drafts[number] = _draft(path, report, f"designation {number or report.rows}", number, kind)
        for group in _with_whole(fields):
            for unknown in place(drafts[number], group):
                drafts[number].unknown("element", unknown, group[unknown])
    header = uk_header("uk-fcdo", as_of(path, options, stated))
    return finish(path, header, build_all(list(drafts.values())), report)


_KIND_WORDS = ("individualentityship", "designationtype")


def _groups(element: Element) -> Iterator[dict[str, str]]:
    """The leaves of each element that has any, by name: a name, an address, a passport is one group."""
    leaves: dict[str, str] = {}
    further: list[dict[str, str]] = []
    for child in element:
        if len(child):
            yield from _groups(child)
        elif text := clean(child.text):
            if key(child.tag) in leaves:
                further.append({key(child.tag): text})
            else:
                leaves[key(child.tag)] = text
    if leaves:
        yield leaves
    yield from further


def _with_whole(groups: list[Mapping[str, str]] | list[dict[str, str]]) -> Iterator[Mapping[str, str]]:
    """The party's own fields, which make the listing, before its names and addresses."""
    yield from sorted(groups, key=lambda group: "uniqueid" not in group)

"""Australia's Consolidated List of the Department of Foreign Affairs and Trade, xlsx.

https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list . One row a name: the reference
is a number for the primary name and the number with letters (`2a`) for the other names of the same party. Dates of
birth are free text, several in a cell.

>>> days("Approximately 1963, 30/01/1972"), days("Between 1955 and 1958")
(['Approximately 1963', '30/01/1972'], ['Between 1955 and 1958'])
"""

from __future__ import annotations

import re
from pathlib import Path

from sanctionscreen.countries import country_code
from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import zipped
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.sheets import xlsx_cells
from sanctionscreen.sources.importers.sniffing import wrong_format
from sanctionscreen.sources.importers.tables import Row, Table

TITLE = "Australia's DFAT Consolidated List (xlsx)"
SHEET = "Consolidated List"
COLUMNS = known_names("australia")
_KINDS: dict[str, Kind] = {
    "individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_NAMES: dict[str, NameType] = {
    "primary name": "primary", "alias": "aka", "original script": "aka", "original script name": "aka",
    "aka": "aka", "fka": "fka", "formerly known as": "fka",
}  # fmt: skip
_REFERENCE = re.compile(r"(\d+)\s*([a-z]*)", re.IGNORECASE)
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")


def read(path: Path, options: Options) -> Imported:
    """Read the workbook.

    Raises:
        MissingExtraError: without openpyxl.
        SourceError: another format, a damaged workbook, no date.
    """
    if not zipped(path):
        raise wrong_format(path, TITLE)
    report = ImportReport("australia", files=[path.name])
    drafts: dict[str, Draft] = {}
    table = Table(path, TITLE, COLUMNS, frozenset({"Reference", "Name of Individual or Entity", "Name Type"}), True)
    for row in table.rows(xlsx_cells(path, TITLE, SHEET), report):
        report.rows += 1
        reference = _REFERENCE.fullmatch(row["Reference"])
        if not reference:
            raise SourceError(f"{path}: row {row.number}: no Reference: damaged, download the file again")
        number = reference[1]
        if number not in drafts:
            kind = row["Type"].lower()
            drafts[number] = Draft(report, f"row {row.number}", f"au-{number}", _KINDS.get(kind, "organization"))
            if kind not in _KINDS:
                drafts[number].odd(f"unknown type {row['Type']!r}, taken for an organization")
        drafts[number].where = f"row {row.number}"
        _row(drafts[number], row)
    header = {
        "id": "au-dfat",
        "title": "Australian Sanctions Consolidated List",
        "authority": "Charter of the United Nations Act 1945; Autonomous Sanctions Act 2011",
        "publisher": "Department of Foreign Affairs and Trade, Australia",
        "source_url": "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list",
        "as_of": as_of(path, options),
        "licence": "CC BY 4.0",
    }
    return finish(path, header, build_all(list(drafts.values())), report)


def days(text: str) -> list[str]:
    """The dates of a cell, parted by commas, semicolons or "or"."""
    return [part for piece in re.split(r"[,;]|\bor\b", text) if (part := piece.strip())]


def _row(draft: Draft, row: Row) -> None:
    kind = row["Name Type"].lower()
    if kind not in _NAMES:
        draft.odd(f"unknown kind of name {row['Name Type']!r}, taken for an alias")
    weak = row["Alias Strength"].lower() == "weak"
    note = "original script" if kind.startswith("original") else None
    draft.name(row["Name of Individual or Entity"], _NAMES.get(kind, "aka"), "weak" if weak else "strong", note=note)
    for day in days(row["Date of Birth"]):
        draft.birth_date(day)
    for place in _parts(row["Place of Birth"]):
        draft.birth_place(place)
    for country in _countries(row["Citizenship"]):
        draft.country(country, "citizenship")
    for address in _parts(row["Address"]):
        draft.address(_last(address), text=address)
    for column in ("Additional Information", "Listing Information"):
        draft.remark(row[column])
    draft.identifier("IMO number", row["IMO Number"])
    _listing(draft, row)
    row.keep_unknown(draft, COLUMNS)


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip())]


def _countries(text: str) -> list[str]:
    """One country, or several parted by semicolons, commas or "and"."""
    if country_code(text):
        return [text]
    return [part for piece in re.split(r"[;,]|\band\b", text) if (part := piece.strip())]


def _last(address: str) -> str:
    """The country at the end of an address; empty where the last part is none."""
    last = address.rpartition(",")[2].strip()
    return last if country_code(last) else ""


def _listing(draft: Draft, row: Row) -> None:
    """The entry, once a party; rows of its other names repeat it."""
    day = whole_date(row["Control Date"])
    if row["Control Date"] and not day:
        draft.odd(f"not a day: {row['Control Date']!r}, kept in the remarks")
        draft.remark(f"control date: {row['Control Date']}")
    entry = {
        "program": row["Committees"] or "Autonomous sanctions",
        "citation": row["Instrument of Designation"],
        "effective_date": day,
        "reference": draft.id.removeprefix("au-"),
        "remarks": "; ".join(f"{name}: {row[name]}" for name in _MEASURES if row[name]),
    }
    draft.listing_once(**entry)

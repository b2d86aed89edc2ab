"""The OFSI Consolidated List (ConList), CSV: the UK's financial sanctions targets as published until 2026.

One row an alias; rows of one Group ID are one target. Several values in a cell are numbered, `(1) Tripoli
(2) Tunis`, and `(3)-(5) -` is none. Documents are free text: the numbers in it become identifiers, each with the
whole text as its note.

>>> several("(1) Haidra Al-Qasreen (2)-(3) -"), several("Cianjur, West Java")
(['Haidra Al-Qasreen'], ['Cianjur, West Java'])
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sanctionscreen.countries import country_code
from sanctionscreen.errors import SourceError
from sanctionscreen.records import NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.tables import Row, Table
from sanctionscreen.sources.importers.uk_fields import KINDS, uk_header

TITLE = "the OFSI ConList"
COLUMNS = known_names("uk-conlist")
_ALIASES: dict[str, NameType] = {"prime alias": "primary", "primary name": "primary", "aka": "aka", "fka": "fka",
                                 "primary name variation": "aka"}  # fmt: skip
_NUMBERED = re.compile(r"\(\d+\)(?:\s*-\s*\(\d+\))?\s*")
_DOCUMENT = re.compile(r"(?<![\w/.])(?:[A-Z]{1,3}[- ]?)?\d(?:[\d./-]{3,}\d)[A-Z]?\b")
_CALENDAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_BRACKET = re.compile(r"\(([^()]+)\)")


def read_conlist(path: Path, options: Options, raw: Iterable[list[str]]) -> Imported:
    """Read the rows of the file.

    Raises:
        SourceError: another format, a broken row, no date.
    """
    report = ImportReport("uk", files=[path.name])
    drafts: dict[str, Draft] = {}
    preamble: list[list[str]] = []
    table = Table(path, TITLE, COLUMNS, frozenset({"Name 6", "Group ID", "Regime"}), partial=options.cut_short)
    for row in table.rows(raw, report, preamble):
        report.rows += 1
        number = row["Group ID"]
        if not number.isdigit():
            raise SourceError(f"{path}: row {row.number}: no Group ID: damaged, download the file again")
        if number not in drafts:
            kind = row["Group Type"].lower()
            drafts[number] = Draft(report, f"row {row.number}", f"uk-ofsi-{number}", KINDS.get(kind, "organization"))
            if kind not in KINDS:
                drafts[number].odd(f"unknown type {row['Group Type']!r}, taken for an organization")
        drafts[number].where = f"row {row.number}"
        _row(drafts[number], row)
    stated = next((day for line in preamble for cell in line if (day := whole_date(cell))), None)
    header = uk_header("uk-ofsi", as_of(path, options, stated))
    return finish(path, header, build_all(list(drafts.values())), report)


def several(text: str) -> list[str]:
    """The values of a cell that may number them."""
    parts = (part.strip() for part in _NUMBERED.split(text))
    return [part for part in parts if part and part != "-"]


def _row(draft: Draft, row: Row) -> None:
    _name(draft, row)
    for title in (row["Title"], *several(row["Position"])):
        draft.title(title)
    for day in several(row["DOB"]):
        draft.birth_date(day)
    for column, label in (("Town of Birth", ""), ("Country of Birth", "country of birth: ")):
        for place in several(row[column]):
            draft.birth_place(place) if not label else draft.remark(label + place)
    for country in several(row["Nationality"]):
        draft.country(country, "nationality")
    for column, label in (("Passport Details", "Passport"), ("NI Number", "National Identifier number")):
        for text in several(row[column]):
            _document(draft, label, text)
    lines = ", ".join(row[f"Address {n}"] for n in range(1, 7) if row[f"Address {n}"])
    draft.address(row["Country"], text=lines, postal_code=row["Post/Zip Code"])
    draft.remark(row["Other Information"])
    _listing(draft, row)
    row.keep_unknown(draft, COLUMNS)


def _name(draft: Draft, row: Row) -> None:
    given = " ".join(row[f"Name {n}"] for n in range(1, 6) if row[f"Name {n}"])
    family, kind = row["Name 6"], row["Alias Type"].lower()
    parts = {"family": family, "given": given} if draft.kind == "person" and given and family else {}
    if kind not in _ALIASES:
        draft.odd(f"unknown kind of alias {row['Alias Type']!r}, taken for a.k.a.")
    weak = row["Alias Quality"].lower().startswith("low")
    draft.name(f"{given} {family}", _ALIASES.get(kind, "aka"), "weak" if weak else "strong", **parts)
    draft.name(row["Name Non-Latin Script"], note=row["Non-Latin Script Language"])


def _document(draft: Draft, label: str, text: str) -> None:
    """Numbers in a text like `G827238 (Tunisian). Issued on 1 June 1996`; dates are none."""
    numbers = [number for number in _DOCUMENT.findall(text) if not _CALENDAR.fullmatch(number)]
    country = next((word for word in _BRACKET.findall(text) if country_code(word)), "")
    for number in numbers:
        draft.identifier(label, number, country, note=text)
    if not numbers:
        draft.remark(f"{label}: {text}")


def _listing(draft: Draft, row: Row) -> None:
    listed = row["UK Sanctions List Date Designated"] or row["Listed On"]
    day = whole_date(listed)
    if listed and not day:
        draft.odd(f"not a day: {listed!r}, kept in the remarks")
        draft.remark(f"listed on: {listed}")
    entry = {"program": row["Regime"] or "UK", "effective_date": day, "reference": row["Group ID"]}
    if not any(entry.items() <= known.items() for known in draft.listings):
        draft.listing(**entry, remarks=f"last updated: {row['Last Updated']}" if row["Last Updated"] else None)

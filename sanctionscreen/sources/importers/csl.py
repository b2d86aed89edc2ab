"""The US Consolidated Screening List: thirteen lists of Treasury, Commerce and State in one CSV file.

Published by the International Trade Administration (https://www.trade.gov/consolidated-screening-list), daily.
A row is one entry of one list. Rows that OFAC has given one number (`entity_number`) are one party with several
listings; the number is kept as the listing's reference, so that the party can be tied to OFAC's own lists.
The column `ids` has changed its order over the years (`RU, 7736640919, Tax ID No.` in 2022, `Passport,
836238033, KP` since); both are read, see `csl_facts.py`. Three of four parties have a stated
type; for the others see `kinds.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sanctionscreen.countries import country_code
from sanctionscreen.records import Kind
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all, tie_all
from sanctionscreen.sources.importers.csl_facts import PLAIN_FACTS, Fact, facts
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import head
from sanctionscreen.sources.importers.jsonfiles import read_json
from sanctionscreen.sources.importers.kinds import infer
from sanctionscreen.sources.importers.known import known_names
from sanctionscreen.sources.importers.ofac_csv import add_name
from sanctionscreen.sources.importers.ofac_remarks import place, read_remarks
from sanctionscreen.sources.importers.sniffing import wrong_format
from sanctionscreen.sources.importers.tables import Row, Table, csv_cells
from sanctionscreen.sources.importers.us_lists import (
    PUBLIC_DOMAIN,
    is_dated,
    place_fact,
    programs_of,
    us_list,
)

TITLE = "the Consolidated Screening List"
COLUMNS = known_names("csl")
_KINDS: dict[str, Kind] = {
    "individual": "person", "entity": "organization", "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_SUCCESSORS = re.compile(r"[;,]?\s+(and any successor,? sub-?\s?unit,? or subsidiary thereof)\.?$", re.IGNORECASE)
_LOST_LETTER = re.compile(r"\?\w|\w\?")


def read(path: Path, options: Options) -> Imported:
    """Read the CSV or JSON file, plain or gzip.

    Raises:
        SourceError: another format, a broken row, no date.
    """
    report = ImportReport("csl", files=[path.name])
    raw = _json_cells(path) if head(path, 512).lstrip().startswith(b"{") else csv_cells(path)
    drafts: dict[str, Draft] = {}
    inferred: Counter[str] = Counter()
    lost = 0
    table = Table(
        path, TITLE, COLUMNS, frozenset({"source", "name", "alt_names", "source_list_url"}), partial=options.cut_short
    )
    for row in table.rows(raw, report):
        report.rows += 1
        lost += bool(_LOST_LETTER.search(row["name"] + " " + row["alt_names"]))
        _read_row(row, drafts, report, inferred)
    tie_all(drafts.values())
    _notes(report, drafts, inferred, lost)
    header = {
        "id": "csl",
        "title": "US Consolidated Screening List",
        "authority": "as each list states: 31 CFR chapter V, 15 CFR parts 744 and 764, 22 CFR part 127, and others",
        "publisher": "International Trade Administration, U.S. Department of Commerce",
        "source_url": "https://www.trade.gov/consolidated-screening-list",
        "as_of": as_of(path, options),
        "licence": PUBLIC_DOMAIN,
    }
    return finish(path, header, build_all(list(drafts.values())), report)


def _notes(report: ImportReport, drafts: dict[str, Draft], inferred: Counter[str], lost: int) -> None:
    merged = report.rows - len(drafts)
    if merged:
        report.notes.append(f"{merged} rows are a further listing of a party with the same OFAC number")
    if inferred:
        persons, organisations = inferred["person"], inferred["organization"]
        report.notes.append(f"kind inferred, as the list states none: {persons} persons, {organisations} organizations")
    if lost:
        report.notes.append(f"{lost} rows have a '?' inside a name, where the source lost a letter")


def _read_row(row: Row, drafts: dict[str, Draft], report: ImportReport, inferred: Counter[str]) -> None:
    entry = us_list(row["source"]) or {}
    name, successors = _without_successors(row["name"])
    kind = _KINDS.get(row["type"].lower())
    if kind is None:
        kind = entry.get("kind") if entry.get("kind") == "organization" else infer(name, entry.get("kind"))
        inferred[kind or ""] += 1
    where = f"row {row.number}"
    fresh = Draft(report, where, _id_of(row, entry, drafts), kind or "organization")
    draft = drafts.setdefault(fresh.id, fresh)
    draft.where = where
    if row["type"] and row["type"].lower() not in _KINDS:
        draft.odd(f"unknown type {row['type']!r}, inferred {kind}")
        draft.remark(f"type: {row['type']}")
    if not entry:
        draft.odd(f"unknown list {row['source']!r}, kept under its own name")
    if draft is fresh or name not in draft.primary_names:
        add_name(draft, name, "primary" if draft is fresh else "aka")
    _listings(draft, row, entry, successors)
    _facts(draft, row)
    for fact in facts(row["ids"]):
        _place(draft, fact)
    row.keep_unknown(draft, COLUMNS)


def _without_successors(name: str) -> tuple[str, str]:
    """Part the words that extend an entry to successors from the name they follow."""
    match = _SUCCESSORS.search(name)
    return (name[: match.start()], match[1]) if match else (name.rstrip(",; "), "")


def _id_of(row: Row, entry: dict[str, str], drafts: dict[str, Draft]) -> str:
    """`csl-` and OFAC's number, or the list and the first letters of the row's own id."""
    if row["entity_number"]:
        return f"csl-{row['entity_number']}"
    short = entry.get("id", "other")
    own = re.sub(r"\W", "", row["_id"]) or f"row{row.number}"
    for length in (10, 16, len(own)):
        found = f"csl-{short}-{own[:length]}"
        if found not in drafts:
            return found
    return f"csl-{short}-{own}-{row.number}"


def _listings(draft: Draft, row: Row, entry: dict[str, str], successors: str) -> None:
    """One listing for each program; a list without programs has one, named like the list."""
    days = {"effective_date": row["start_date"], "end_date": row["end_date"]}
    found = {field: whole_date(text) for field, text in days.items()}
    for field, text in days.items():
        if text and not found[field]:
            draft.odd(f"not a day: {text!r}, kept in the remarks")
            draft.remark(f"{field}: {text}")
    short = entry.get("id", row["source"])
    order = f"standard order: {row['standard_order']}" if row["standard_order"] else ""
    for program in programs_of(row["programs"]) or [short.upper()]:
        draft.listing(
            list=short,
            program=program,
            authority=entry.get("authority"),
            citation=row["federal_register_notice"],
            licence_requirement=row["license_requirement"],
            licence_policy=row["license_policy"],
            reference=row["entity_number"],
            remarks="; ".join(part for part in (order, successors) if part),
            source_url=row["source_list_url"] or row["source_information_url"],
            **found,
        )


def _facts(draft: Draft, row: Row) -> None:
    """Names, addresses, dates and places: every column but the listing's and `ids`."""
    for name in _alt_names(row["alt_names"]):
        add_name(draft, name, "aka")
    for title in _parts(row["title"]):
        draft.title(title)
    for address in _parts(row["addresses"]):
        _address(draft, address.removeprefix("and "))
    for column, label in (("nationalities", "nationality"), ("citizenships", "citizen")):
        for country in _parts(row[column]):
            draft.country(country, label)
    for day in _parts(row["dates_of_birth"]):
        draft.birth_date(day)
    for town in _parts(row["places_of_birth"]):
        draft.birth_place(town)
    draft.identifier("Call Sign", row["call_sign"], note="Vessel Call Sign")
    for column in ("vessel_type", "gross_tonnage", "gross_registered_tonnage"):
        draft.remark(f"{column.replace('_', ' ')}: {row[column]}" if row[column] else "")
    draft.country(row["vessel_flag"], "Vessel Flag")
    draft.relation("owned_by", row["vessel_owner"], note="vessel owner")
    read_remarks(draft, row["remarks"])


def _parts(text: str) -> list[str]:
    return [part for piece in text.split(";") if (part := piece.strip())]


def _alt_names(text: str) -> list[str]:
    """The other names; the last of several may begin with "and", as in the Federal Register."""
    names = [name.rstrip(", ") for name in _parts(text)]
    return [name.removeprefix("and ") if len(names) > 1 else name for name in names]


def _address(draft: Draft, text: str) -> None:
    """An address ends in its country: a code, or in some entries a name."""
    before, _, last = text.rpartition(", ")
    if country_code(last):
        draft.address(last, text=before)
    else:
        draft.address(text=text)


def _place(draft: Draft, fact: Fact) -> None:
    if fact.label in PLAIN_FACTS:
        place(draft, PLAIN_FACTS[fact.label], fact.value)
    elif not fact.label:
        draft.remark(fact.value, placed=False)
    elif place_fact(draft, fact.label, fact.value):
        return
    elif is_dated(fact.label):
        draft.remark(f"{fact.label} {fact.value}")
    else:
        note = f"dated {fact.day}" if fact.day else ""
        draft.identifier(fact.label, fact.value, fact.country, fact.issued, fact.expires, note)


def _json_cells(path: Path) -> Iterator[list[str]]:
    """The JSON file's records as rows of the CSV file's columns."""
    found = read_json(path)
    results = found.get("results") if isinstance(found, dict) else None
    if not isinstance(results, list) or not all(isinstance(record, dict) for record in results):
        raise wrong_format(path, TITLE)
    records = [{"_id" if key == "id" else key: value for key, value in record.items()} for record in results]
    columns = sorted({key for record in records for key in record} | {"_id", "alt_names"})
    yield columns
    for record in records:
        yield [_text(record.get(column)) for column in columns]


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_text(item) for item in value)
    if isinstance(value, dict):
        dated = {"issue_date": "issued ", "expiration_date": "expires "}
        order = ("type", "number", "address", "city", "state", "postal_code", "country")
        known = [str(value[key]) for key in order if value.get(key)]
        known += [f"{word}{value[key]}" for key, word in dated.items() if value.get(key)]
        return ", ".join([*known, *(str(v) for k, v in value.items() if v and k not in {*order, *dated})])
    return "" if value is None else str(value)

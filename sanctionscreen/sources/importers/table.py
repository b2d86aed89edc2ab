"""Any table by a mapping file: a company's own watch list, a ministry's spreadsheet.

The mapping says in YAML which column is which field:

    header: {id: watch-list, title: Our watch list, authority: Compliance policy 7, publisher: Us, licence: internal}
    columns:
      id: Nr
      name: Company
      kind: {value: organization}
      aliases: {column: Also known as, split: ";"}
      country: Country
      identifiers: {Tax ID: VAT number, LEI: LEI code}
      program: {value: watch}
      effective_date: Since

A field takes a column, or `{column, split}` for several values in a cell, or `{value}` for one that is the same in
every row. Rows of one id are one party. The table is CSV (any delimiter), Excel (.xlsx) or JSON lines (.jsonl).

`dates: day_first` or `dates: month_first` says what `03/04/2025` is. Where the mapping says neither, a date is
read only where there is one way to read it.

>>> Mapping.model_validate({"header": {"id": "x"}, "columns": {"id": "Nr", "name": "Company"}}).columns.name.column
'Company'
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sanctionscreen.delimiters import delimiter_of
from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind, NameQuality, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import either_way, partial_date, whole_date
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import faults, open_text
from sanctionscreen.sources.importers.jsonfiles import json_lines
from sanctionscreen.sources.importers.sheets import xlsx_cells
from sanctionscreen.sources.importers.tables import Row, Table, csv_cells
from sanctionscreen.yamldata import YamlError, line_at, lines_of
from sanctionscreen.yamldata import read as read_yaml

TITLE = "the table that the mapping describes"
#: A mapping file is a page of text.
_MOST_BYTES = 1 << 16
_KINDS: dict[str, Kind] = {
    "person": "person", "individual": "person", "organization": "organization", "organisation": "organization",
    "company": "organization", "entity": "organization", "vessel": "vessel", "ship": "vessel", "aircraft": "aircraft",
}  # fmt: skip
_NAMES: tuple[tuple[str, NameType, NameQuality], ...] = (
    ("name", "primary", "strong"),
    ("aliases", "aka", "strong"),
    ("weak_aliases", "aka", "weak"),
    ("former_names", "fka", "strong"),
    ("brands", "brand", "strong"),
)
_DAYS = ("published", "effective_date", "end_date", "divest_by")
_TEXTS = ("citation", "licence_requirement", "licence_policy", "reference", "source_url")


class Cell(BaseModel):
    """Where a field comes from: a column, perhaps split, or one value for all rows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str | None = None
    split: str | None = Field(default=None, min_length=1)
    value: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, said: object) -> object:
        return {"column": said} if isinstance(said, str) else said

    @model_validator(mode="after")
    def _one_of_two(self) -> Cell:
        if (self.column is None) == (self.value is None):
            raise ValueError("give a column, or a value, not both")
        return self

    def texts(self, row: Row) -> list[str]:
        """The values in a row."""
        text = self.value if self.value is not None else row[self.column or ""]
        parts = text.split(self.split) if self.split else [text]
        return [part for piece in parts if (part := piece.strip())]


class Columns(BaseModel):
    """The fields of a party and its listing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Cell
    name: Cell
    kind: Cell | None = None
    aliases: Cell | None = None
    weak_aliases: Cell | None = None
    former_names: Cell | None = None
    brands: Cell | None = None
    country: Cell | None = None
    birth_date: Cell | None = None
    birth_place: Cell | None = None
    gender: Cell | None = None
    title: Cell | None = None
    address: Cell | None = None
    identifiers: dict[str, Cell] = {}
    program: Cell | None = None
    published: Cell | None = None
    effective_date: Cell | None = None
    end_date: Cell | None = None
    divest_by: Cell | None = None
    citation: Cell | None = None
    licence_requirement: Cell | None = None
    licence_policy: Cell | None = None
    reference: Cell | None = None
    source_url: Cell | None = None
    remarks: Cell | None = None


class Mapping(BaseModel):
    """A mapping file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    header: dict[str, Any]
    columns: Columns
    delimiter: str | None = None
    sheet: str | None = None
    dates: Literal["day_first", "month_first"] | None = None
    status: Literal["in_force", "proposed", "reported"] = "in_force"

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str | None) -> str | None:
        if value is not None and len(value) != 1:
            raise ValueError("a delimiter is one character")
        return value

    def month_first(self, text: str) -> bool:
        """Whether a date has the month first: as the mapping says, else where only that makes it a date."""
        return self.dates == "month_first" if self.dates else partial_date(text) is None

    def unsure(self, text: str) -> str | None:
        """Tell why a date may be either of two days; None where it is sure."""
        either = None if self.dates else either_way(text)
        if either is None:
            return None
        return (
            f"{text!r} may be {either[0]} or {either[1]}: say 'dates: day_first' or 'dates: month_first' in the mapping"
        )


def read(path: Path, options: Options) -> Imported:
    """Read the table as the mapping says.

    Raises:
        MissingExtraError: for an Excel file without openpyxl.
        SourceError: no mapping or a wrong one, a column that is not there, a damaged table, no date.
    """
    if options.mapping is None:
        raise SourceError(f"{path}: the table format needs a mapping file: give --mapping FILE.yaml")
    mapping = read_mapping(options.mapping)
    report = ImportReport("table", files=[path.name, options.mapping.name])
    used = _used(mapping)
    raw = list(_cells(path, mapping))
    _check_columns(path, used, raw[0] if raw else [])
    drafts: dict[str, Draft] = {}
    table = Table(path, TITLE, used, used, padded=path.suffix.lower() != ".csv")
    for row in table.rows(raw, report):
        report.rows += 1
        _row(path, row, mapping, drafts, report)
    header: dict[str, Any] = {
        "authority": "the owner of the list",
        "publisher": "the owner of the list",
        "licence": "not stated",
    }
    header |= {"title": path.name} | mapping.header
    header["as_of"] = as_of(path, options, _stated(mapping, options.mapping))
    return finish(path, header, build_all(list(drafts.values())), report)


def _stated(mapping: Mapping, path: Path) -> date | None:
    """The date of the data, where the mapping states it."""
    text = str(mapping.header.get("as_of", ""))
    if unsure := mapping.unsure(text):
        raise SourceError(f"{path}: header.as_of: {unsure}")
    return whole_date(text, mapping.month_first(text))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        SourceError: when it is not YAML, has an unknown field, or lacks one.
    """
    with faults(path), open_text(path) as file:
        text = file.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise SourceError(f"{path}: longer than any mapping file: is this the table itself?")
    try:
        return Mapping.model_validate(read_yaml(text))
    except YamlError as error:
        raise SourceError(error.told(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SourceError(f"{path}:{line_at(lines_of(text), first['loc'])}: {_reason(first)}") from error


def _reason(first: Any) -> str:
    name = ".".join(str(part) for part in first["loc"]) or "the mapping"
    near = difflib.get_close_matches(str(first["loc"][-1]) if first["loc"] else "", Columns.model_fields, n=1)
    hint = f": did you mean {near[0]!r}?" if near and first["type"] == "extra_forbidden" else ""
    return f"{name}: {first['msg'].removeprefix('Value error, ')}{hint}"


def _used(mapping: Mapping) -> frozenset[str]:
    fields = [getattr(mapping.columns, name) for name in Columns.model_fields if name != "identifiers"]
    cells = [cell for cell in (*fields, *mapping.columns.identifiers.values()) if cell is not None]
    return frozenset(cell.column for cell in cells if cell.column is not None)


def _cells(path: Path, mapping: Mapping) -> Iterable[list[str]]:
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        return xlsx_cells(path, TITLE, mapping.sheet)
    if suffix in (".jsonl", ".ndjson", ".json"):
        return _json_cells(path)
    return csv_cells(path, delimiter=mapping.delimiter or _delimiter(path))


def _delimiter(path: Path) -> str:
    with faults(path), open_text(path) as file:
        return delimiter_of(file.readline(_MOST_BYTES))


def _json_cells(path: Path) -> Iterable[list[str]]:
    records = [record for _, record in json_lines(path)]
    columns = list(dict.fromkeys(column for record in records for column in record))
    return [columns, *([_json_text(record.get(column)) for column in columns] for record in records)]


def _json_text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(_json_text, value))
    return "" if value is None else str(value)


def _check_columns(path: Path, used: frozenset[str], header: list[str]) -> None:
    """Name the column that the mapping wants and the table does not have, and the nearest that it has."""
    there = [clean(column) for column in header]
    for missing in sorted(used - set(there)):
        near = difflib.get_close_matches(missing, there, n=1, cutoff=0.5)
        hint = f": did you mean {near[0]!r}?" if near else f": the table has {', '.join(there) or 'no columns'}"
        raise SourceError(f"{path}: no column {missing!r}{hint}")


def _row(path: Path, row: Row, mapping: Mapping, drafts: dict[str, Draft], report: ImportReport) -> None:
    columns = mapping.columns
    own = "-".join(columns.id.texts(row)).replace(" ", "-")
    if not own:
        raise SourceError(f"{path}: row {row.number}: no id: every row needs one")
    draft = drafts.get(own)
    if draft is None:
        words = columns.kind.texts(row) if columns.kind else ["organization"]
        kind = _KINDS.get(words[0].lower()) if words else None
        draft = drafts[own] = Draft(report, f"row {row.number}", own, kind or "organization")
        if kind is None:
            draft.odd(f"unknown kind {' '.join(words)!r}, taken for an organization")
    draft.where = f"row {row.number}"
    for field, kind_of_name, quality in _NAMES:
        for name in _texts(columns, field, row):
            draft.name(name, kind_of_name, quality)
    for field, place in _PLACES.items():
        for text in _texts(columns, field, row):
            place(draft, text)
    _births(draft, row, mapping)
    for label, cell in columns.identifiers.items():
        for number in cell.texts(row):
            draft.identifier(label, number, " ".join(_texts(columns, "country", row)))
    _listing(draft, row, mapping)
    row.keep_unknown(draft, _used(mapping))


def _texts(columns: Columns, field: str, row: Row) -> list[str]:
    cell = cast("Cell | None", getattr(columns, field))
    return cell.texts(row) if cell else []


def _births(draft: Draft, row: Row, mapping: Mapping) -> None:
    for text in _texts(mapping.columns, "birth_date", row):
        if not _left_out(draft, "date of birth", text, mapping):
            draft.month_first = mapping.month_first(text)
            draft.birth_date(text)


def _left_out(draft: Draft, name: str, text: str, mapping: Mapping) -> bool:
    """Leave a date that may be either of two days to the remarks, which is odd."""
    unsure = mapping.unsure(text)
    if unsure:
        draft.odd(f"{unsure}; kept in the remarks")
        draft.remark(f"{name}: {text}")
    return bool(unsure)


_PLACES: dict[str, Callable[[Draft, str], None]] = {
    "country": Draft.country,
    "birth_place": Draft.birth_place,
    "gender": Draft.set_gender,
    "title": Draft.title,
    "address": lambda draft, text: draft.address("", text=text),
    "remarks": Draft.remark,
}


def _listing(draft: Draft, row: Row, mapping: Mapping) -> None:
    fields: dict[str, Any] = {"status": mapping.status}
    for name in _TEXTS:
        fields[name] = "; ".join(_texts(mapping.columns, name, row))
    for name in _DAYS:
        for text in _texts(mapping.columns, name, row):
            if _left_out(draft, name, text, mapping):
                continue
            fields[name] = whole_date(text, mapping.month_first(text))
            if fields[name] is None:
                draft.odd(f"not a day: {text!r}, kept in the remarks")
                draft.remark(f"{name}: {text}")
    for program in _texts(mapping.columns, "program", row) or [str(mapping.header.get("id", "list"))]:
        draft.listing_once(**fields, program=program)

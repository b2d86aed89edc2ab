"""OFAC's legacy CSV set: `sdn.csv` with `alt.csv` and `add.csv`, or `cons_prim.csv` with its two.

Published by the Office of Foreign Assets Control; no header row, `-0-` for nothing, a Ctrl-Z at the end. The
columns are those of https://ofac.treasury.gov/specially-designated-nationals-list-sdn-list/legacy-sdn-list-formats .
Aliases, addresses and overlong remarks stand in companion files beside the main one: an import without them
reads the primary rows only, and says so, in the title of the list too.

>>> companions(Path("cons_prim-2018-04-06.csv"))["alt"]
'cons_alt-2018-04-06.csv'
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind, NameType
from sanctionscreen.sources.importers.base import Imported, ImportReport, Options, as_of, finish
from sanctionscreen.sources.importers.building import build_all, tie_all
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.ofac_remarks import read_remarks
from sanctionscreen.sources.importers.sniffing import wrong_format
from sanctionscreen.sources.importers.tables import csv_cells
from sanctionscreen.sources.importers.us_lists import (
    list_of_program,
    ofac_header,
    programs_of,
)

TITLE = "an OFAC legacy CSV file (sdn.csv or cons_prim.csv)"
_MAIN = re.compile(r"(sdn|cons_prim)([^a-z]*\.csv(?:\.gz)?)", re.IGNORECASE)
_NULL, _END = "-0-", "\x1a"
#: What an import loses that has no such file; only few sets have one of comments.
_LOST = {"alt": "aliases", "add": "addresses"}
_COLUMNS = {"main": 12, "alt": 5, "add": 6, "comments": 2}
_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft", "": "organization"}
_ALIASES: dict[str, NameType] = {"aka": "aka", "fka": "fka", "nka": "aka"}
_PLAIN_CITY = re.compile(r"[^\d,]+")


def read(path: Path, options: Options) -> Imported:
    """Read the set that `path` is a folder or the main file of.

    Raises:
        SourceError: no main file, two of them, another format, a broken row, no date.
    """
    main = _main_file(path)
    name = _MAIN.fullmatch(main.name)
    is_sdn = not (name and name[1].lower() == "cons_prim")
    report = ImportReport("ofac-csv")
    drafts = _parties(main, report, "sdn" if is_sdn else "ofac-cons")
    if name:
        _read_companions(main, drafts, report)
    else:
        for part in _LOST.values():
            report.lacks(part, f"{main.name} is not named sdn.csv or cons_prim.csv: its {part} are not looked for")
    tie_all(drafts.values())
    header = ofac_header(is_sdn, as_of(main, options))
    return finish(path, header, build_all(list(drafts.values())), report)


def _main_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(file for file in path.iterdir() if _MAIN.fullmatch(file.name))
    if len(found) != 1:
        names = ", ".join(file.name for file in found) or "no sdn.csv and no cons_prim.csv"
        raise SourceError(f"{path}: {names} in this folder: name the file to import")
    return found[0]


def companions(main: Path) -> dict[str, str]:
    """The names of the files that belong to a main file.

    >>> companions(Path("sdn.csv"))
    {'alt': 'alt.csv', 'add': 'add.csv', 'comments': 'sdn_comments.csv'}
    """
    match = _MAIN.fullmatch(main.name)
    stem, rest = (match[1].lower(), match[2]) if match else ("sdn", ".csv")
    prefix, whole = ("cons_", "cons_") if stem == "cons_prim" else ("", "sdn_")
    return {"alt": f"{prefix}alt{rest}", "add": f"{prefix}add{rest}", "comments": f"{whole}comments{rest}"}


def _rows(path: Path, part: str, report: ImportReport) -> Iterator[tuple[int, list[str]]]:
    """The rows of one file: row number and cells, `-0-` made empty."""
    report.files.append(path.name)
    width = _COLUMNS[part]
    for number, cells in enumerate(csv_cells(path), start=1):
        if not cells or cells[0].strip(_END + " ") == "":
            continue
        if number == 1 and (len(cells) != width or not cells[0].strip().isdigit()):
            raise wrong_format(path, TITLE if part == "main" else f"the {part} file of an OFAC legacy CSV set")
        if len(cells) != width or not cells[0].strip().isdigit():
            what = f"{len(cells)} columns from {clean(cells[0])[:40]!r}, {width} from a number are wanted"
            raise SourceError(f"{path}: row {number}: {what}: damaged or cut short, download it again")
        report.rows += 1
        yield number, ["" if (text := clean(cell)) == _NULL else text for cell in cells]


def _parties(path: Path, report: ImportReport, list_id: str) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for number, (uid, name, kind, program, title, *columns, remarks) in _rows(path, "main", report):
        draft = Draft(report, f"row {number}", f"ofac-{uid}", _KINDS.get(kind.lower(), "organization"))
        if uid in drafts:
            raise SourceError(f"{path}: row {number}: a second row {uid}: damaged, download the file again")
        if kind.lower() not in _KINDS:
            draft.odd(f"unknown type {kind!r}, taken for an organization")
            draft.remark(f"type: {kind}")
        add_name(draft, name, "primary")
        for entry in programs_of(program) or [list_id.upper()]:
            draft.listing(list=list_of_program(entry, list_id), program=entry, reference=uid)
        draft.title(title)
        vessel(draft, columns)
        read_remarks(draft, remarks)
        drafts[uid] = draft
    return drafts


def add_name(draft: Draft, name: str, type: NameType, note: str = "") -> None:  # noqa: A002  # the field's name
    """Add a name; OFAC writes persons as `FAMILY, Given`."""
    family, _, given = name.partition(", ") if draft.kind == "person" else ("", "", "")
    parts = {"family": family, "given": given} if family and given else {}
    draft.name(name, type, note=note or None, **parts)


def vessel(draft: Draft, cells: list[str]) -> None:
    """The vessel columns: call sign, type, tonnage, gross registered tonnage, flag, owner."""
    call_sign, vessel_type, tonnage, gross, flag, owner = cells
    draft.identifier("Call Sign", call_sign, note="Vessel Call Sign" if call_sign else "")
    for label, text in (("Vessel Type", vessel_type), ("Tonnage", tonnage), ("Gross Registered Tonnage", gross)):
        draft.remark(f"{label}: {text}" if text else "")
    draft.country(flag, "Vessel Flag")
    draft.relation("owned_by", owner, note="vessel owner")


def _read_companions(main: Path, drafts: dict[str, Draft], report: ImportReport) -> None:
    beside = {file.name.lower(): file for file in main.absolute().parent.iterdir()}
    for part, name in companions(main).items():
        other = name.removesuffix(".gz") if name.endswith(".gz") else f"{name}.gz"
        file = beside.get(name.lower()) or beside.get(other.lower())
        if file is None:
            if part in _LOST:
                report.lacks(_LOST[part], f"no {name} beside {main.name}: its {_LOST[part]} are not in this import")
            continue
        for number, (uid, *cells) in _rows(file, part, report):
            if uid not in drafts:
                report.odd(f"{file.name} row {number}", f"belongs to {uid}, which {main.name} does not have")
            else:
                _COMPANIONS[part](drafts[uid], cells)


def _alias(draft: Draft, cells: list[str]) -> None:
    _, kind, name, remarks = cells
    notes = [note for note in ("n.k.a." if kind == "nka" else "", remarks) if note]
    if kind.lower() not in _ALIASES:
        draft.odd(f"unknown kind of alias {kind!r}, taken for a.k.a.")
        notes.append(kind)
    add_name(draft, name, _ALIASES.get(kind.lower(), "aka"), "; ".join(notes))


def _address(draft: Draft, cells: list[str]) -> None:
    """`City/State/Province/Postal Code` is one column; it is the city where it is nothing but a name."""
    _, street, city, country, remarks = cells
    if not city or _PLAIN_CITY.fullmatch(city):
        draft.address(country, street=street, city=city, note=remarks)
    else:
        draft.address(country, text=", ".join(part for part in (street, city) if part), note=remarks)


def _comment(draft: Draft, cells: list[str]) -> None:
    read_remarks(draft, cells[0])


_COMPANIONS = {"alt": _alias, "add": _address, "comments": _comment}

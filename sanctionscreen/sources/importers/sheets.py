"""Spreadsheets as rows of text: OpenDocument (.ods, ISO 26300) and Excel (.xlsx, ISO 29500).

An OpenDocument file is a zip whose `content.xml` is streamed here; of an Excel one, `workbooks` gives the rows. Both
are refused where they expand beyond all measure or declare a document type.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.workbooks import Unreckoned, numbered_rows, open_book
from sanctionscreen.sources.importers.xmlfiles import records

#: Spreadsheets say "and 16,376 more empty cells"; no list has so many columns.
_MOST_COLUMNS = 256


def ods_cells(path: Path, title: str) -> Iterator[list[str]]:
    """The rows of all sheets of an OpenDocument spreadsheet; a row that repeats is given once.

    Raises:
        SourceError: when it is something else, or damaged.
    """
    for row in records(path, "document-content", ("table-row",), title, "content.xml"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in ("table-cell", "covered-table-cell"):
                text = _ods_text(cell)
                cells += [text] * min(_repeated(cell), _MOST_COLUMNS - len(cells) if text else 1)
        yield cells


def _ods_text(cell: Element) -> str:
    return "\n".join("".join(line.itertext()) for line in cell if line.tag == "p")


def _repeated(cell: Element) -> int:
    found = (value for name, value in cell.attrib.items() if name.endswith("}number-columns-repeated"))
    count = next(found, "1")
    return int(count) if count.isdecimal() and len(count) < 8 else 1


def xlsx_cells(path: Path, title: str, sheet: str | None = None) -> Iterator[list[str]]:
    """The rows of one sheet of an Excel workbook: the named one if it is there, else the first.

    Raises:
        MissingExtraError: without openpyxl.
        SourceError: when it is something else, or damaged.
    """
    with open_book(path, title) as book:
        sheets = {one.title: one for one in book.worksheets}
        if not sheets:
            raise SourceError(f"{path}: no sheet of it has cells, only charts")
        for number, values in numbered_rows(path, sheets.get(sheet) or next(iter(sheets.values()))):
            if found := [one for one in values if isinstance(one, Unreckoned)]:
                why = f"the formula {found[0][:60]!r} has no stored value"
                raise SourceError(f"{path}: row {number}: {why}: open it in Excel and save it again")
            yield [_xlsx_text(one) for one in values]


def _xlsx_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

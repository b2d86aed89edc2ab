"""Spreadsheets as rows of text: OpenDocument (.ods, ISO 26300) and Excel (.xlsx, ISO 29500).

An OpenDocument file is a zip whose `content.xml` is streamed here. Excel needs openpyxl, read-only. Both are
refused where they expand beyond all measure or declare a document type.
"""

from __future__ import annotations

import importlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from sanctionscreen.errors import MissingExtraError, SourceError
from sanctionscreen.sources.importers.files import check_size, faults, zipped
from sanctionscreen.sources.importers.sniffing import wrong_format
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
    try:
        openpyxl = importlib.import_module("openpyxl")
    except ImportError as error:
        raise MissingExtraError("reading Excel files", "excel") from error
    check_workbook(path, title)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        found = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
        rows = [[_xlsx_text(cell) for cell in row] for row in found.iter_rows(values_only=True)]
        book.close()
    except Exception as error:  # openpyxl lets whatever goes wrong inside through
        raise SourceError(f"{path}: a damaged Excel workbook ({type(error).__name__}): save it again") from error
    yield from rows


def check_workbook(path: Path, title: str) -> None:
    """Refuse what openpyxl must not be given: no workbook, a bomb, a document type in any part."""
    if not zipped(path):
        raise wrong_format(path, title)
    with faults(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        check_size(path, sum(part.file_size for part in parts), path.stat().st_size)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(1 << 16):
                raise SourceError(f"{path}: {part.filename} declares a document type: refused")


def _xlsx_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)

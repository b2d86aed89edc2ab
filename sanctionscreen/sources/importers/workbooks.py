"""Excel workbooks (.xlsx, ISO/IEC 29500) as rows of values, with openpyxl: lists and tables of vendors alike.

Formulas are read as the values that the workbook holds for them, and run by nobody. A program that is no spreadsheet
may write them without values, which is no empty cell (`Unreckoned`). A sheet whose rows are not in order, or that has
two cells in one place, is refused: which of them a spreadsheet shows, nobody knows.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sanctionscreen.errors import SourceError
from sanctionscreen.extras import needed
from sanctionscreen.sources.importers.files import check_size, faults, zipped
from sanctionscreen.sources.importers.sniffing import wrong_format

#: How many rows a sheet holds at most (https://support.microsoft.com/office/excel-specifications-and-limits).
MOST_ROWS = 1_048_576
#: What needs openpyxl, and the extra that brings it.
_READING, _EXTRA = "reading Excel files", "excel"


class Unreckoned(str):
    """A formula for which the workbook holds no value."""

    __slots__ = ()


@contextmanager
def open_book(path: Path, title: str) -> Iterator[Any]:
    """Open a workbook of openpyxl, read-only and without its chart sheets.

    Args:
        path: of the file.
        title: what the file should be, for messages.

    Raises:
        MissingExtraError: without openpyxl.
        SourceError: when it is something else, or damaged.
    """
    openpyxl = needed("openpyxl.reader.excel", _READING, _EXTRA)
    _check(path, title)
    try:
        book = _book(openpyxl.ExcelReader(path, read_only=True, data_only=True, keep_links=False))
    except Exception as error:  # openpyxl lets whatever goes wrong inside through
        raise _damaged(path, error) from error
    with closing(book):
        yield book


def _check(path: Path, title: str) -> None:
    """Refuse what openpyxl must not be given: no workbook, a bomb, a document type in any part."""
    if not zipped(path):
        raise wrong_format(path, title)
    with faults(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        check_size(path, sum(part.file_size for part in parts), path.stat().st_size)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.open(part).read(1 << 16):
                raise SourceError(f"{path}: {part.filename} declares a document type: refused")


def _book(reader: Any) -> Any:
    """A workbook without its chart sheets, which have no cells, and of which openpyxl cannot read every one."""
    reader.read_chartsheet = lambda *_: None
    reader.read()
    return reader.wb


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(f"{path}: a damaged Excel workbook ({type(error).__name__}): save it again")


def numbered_rows(path: Path, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row of a sheet with its number, without the empty cells at its end; those that it leaves out are empty.

    Raises:
        SourceError: when the sheet is damaged, or a row or a cell has no place of its own in it.
    """
    sheet.reset_dimensions()  # which not every program writes right
    last, where = 0, f"{path}: sheet {sheet.title!r}"
    try:
        for number, cells in _parsed(sheet):
            values = _placed(where, number, cells, last)
            yield from ((gap, []) for gap in range(last + 1, number))
            last = number
            yield number, _in_order(values)
    except SourceError:
        raise
    except Exception as error:  # openpyxl lets whatever goes wrong inside through
        raise _damaged(path, error) from error


def _placed(where: str, number: int, cells: list[dict[str, Any]], last: int) -> dict[int, Any]:
    """Give column to value of a row.

    Raises:
        SourceError: when the row or a cell has no place of its own in the sheet.
    """
    why = None
    if not 0 < number <= MOST_ROWS:
        why = f"is not one of 1 to {MOST_ROWS:,}"
    elif number <= last:
        why = f"stands after row {last:,}"
    values = {cell["column"]: cell["value"] for cell in cells if cell["row"] == number}
    if len(values) < len(cells):
        away = next((f"a cell of row {cell['row']}" for cell in cells if cell["row"] != number), None)
        why = why or f"has {away or 'two cells in one place'}"
    if why:
        raise SourceError(f"{where}: row {number} {why}: open it in Excel and save it again")
    return values


def _parsed(sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The rows as openpyxl's parser gives them: its worksheet fits them into a grid, and what does not fit is lost."""
    book = sheet.parent
    formats = {"date_formats": book._date_formats, "timedelta_formats": book._timedelta_formats}
    with closing(sheet._get_source()) as source:
        parser = _parser()(source, sheet._shared_strings, data_only=True, epoch=book.epoch, **formats)
        yield from parser.parse()


@cache
def _parser() -> Any:
    """What parses a sheet, and also tells a formula without a value from an empty cell, which openpyxl does not."""
    reader = needed("openpyxl.worksheet._reader", _READING, _EXTRA)

    class Parser(reader.WorkSheetParser):  # type: ignore[misc, name-defined]  # a class that is imported when needed
        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            formula = element.find(reader.FORMULA_TAG) if cell["value"] is None else None
            if formula is not None and not _is_empty_text(reader, element):
                cell["value"] = Unreckoned(f"={formula.text or ''}")
            return cell

    return Parser


def _is_empty_text(reader: Any, element: Any) -> bool:
    """Whether the value of a formula is a text, of no letters."""
    return element.get("t") == "str" and element.find(reader.VALUE_TAG) is not None


def _in_order(values: Mapping[int, Any]) -> list[Any]:
    """The values of a row from its first column on, without the empty ones at its end."""
    cells = [values.get(column) for column in range(1, max(values, default=0) + 1)]
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells

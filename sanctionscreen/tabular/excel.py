"""Excel workbooks (.xlsx, ISO/IEC 29500), read a row at a time, with openpyxl, and written, with nothing.

Read is the first sheet with cells, or the one that is named. A row must not be blank for a formula without a value
(`workbooks`): such a cell is carried through as its formula, and known for what it is.

What is written are numbers and texts, never formulas: a text that would begin one has an apostrophe in front, for
people copy cells and save sheets as CSV. The same rows are the same bytes, whenever they are written.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # writes, parses nothing

from sanctionscreen.errors import InputError, SourceError
from sanctionscreen.sources.importers.workbooks import MOST_ROWS, Unreckoned, numbered_rows, open_book
from sanctionscreen.tabular.rows import Row, Table, columns_of, neutral, other_sheets, row_of
from sanctionscreen.tabular.values import NO_VALUE, Odd, odd_of, text_of

#: How many characters a cell holds at most (https://support.microsoft.com/office/excel-specifications-and-limits).
MOST_TEXT = 32_767

#: Characters that XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: What Excel would read as a character: `_x003D_` is an equals sign (ISO/IEC 29500-1, 22.9.2.19).
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

#: Every part of a workbook but its sheet.
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_LINKS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="hits" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_LINKS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


@contextmanager
def open_workbook(path: Path, name: str | None = None) -> Iterator[Table]:
    """Open a sheet of a workbook for reading, the first if none is named.

    Raises:
        MissingExtraError: without openpyxl.
        InputError: when it is no workbook, or damaged, or has no such sheet, or the sheet no usable header.
    """
    with ExitStack() as stack:
        with _as_of_a_table(path):
            path.open("rb").close()
            book = stack.enter_context(open_book(path, "an Excel workbook"))
        sheets = {one.title: one for one in book.worksheets}
        sheet = _sheet_of(path, sheets, name)
        unread = tuple(title for title in sheets if title != sheet.title)
        size = sheet.max_row or 0
        numbered = _numbered(path, sheet)
        number, header = next(((n, values) for n, values in numbered if values), (1, []))
        columns = _columns(path, number, list(map(text_of, header)), unread)
        read = [0]
        rows = _rows(numbered, columns, read)
        yield Table(columns, rows, size, lambda: min(read[0], size) if size else read[0], unread)


@contextmanager
def _as_of_a_table(path: Path) -> Iterator[None]:
    """Say of a table what was said of a workbook."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except SourceError as error:
        raise InputError(str(error)) from error


def _numbered(path: Path, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with its number; a formula without a value is carried through as what it is."""
    with _as_of_a_table(path):
        for number, values in numbered_rows(path, sheet):
            yield number, [Odd(str(one), NO_VALUE) if isinstance(one, Unreckoned) else one for one in values]


def _sheet_of(path: Path, sheets: Mapping[str, Any], name: str | None) -> Any:
    if not sheets:
        raise InputError(f"{path}: no sheet of it has cells, only charts")
    title = next(iter(sheets)) if name is None else name
    if title not in sheets:
        raise InputError(f"{path}: no sheet {title!r}; sheets: {', '.join(sheets)}")
    return sheets[title]


def _columns(path: Path, number: int, header: list[str], unread: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return columns_of(path, number, header)
    except InputError as error:
        raise InputError(f"{error}{other_sheets(unread)}") from error


def _rows(numbered: Iterator[tuple[int, list[Any]]], columns: tuple[str, ...], read: list[int]) -> Iterator[Row]:
    remedy = "give every column a header, and delete a title above the header"
    for number, values in numbered:
        read[0] = number
        yield row_of(number, columns, list(map(text_of, values)), remedy, odd_of(columns, values))


# --- writing -------------------------------------------------------------------------------------------


def write_workbook(path: Path, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> None:
    """Write a workbook of one sheet.

    Args:
        path: where to.
        columns: its first row.
        rows: numbers, texts, and None for an empty cell, in the order of the columns.

    Raises:
        InputError: when there is more than a sheet holds.
        OSError: when it cannot be written.
    """
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in _PARTS.items():
            archive.writestr(_part(name), text)
        try:
            with archive.open(_part("xl/worksheets/sheet1.xml"), "w") as sheet:
                for text in _sheet(path, columns, rows):
                    sheet.write(text.encode("utf-8"))
        except RuntimeError as error:  # a part of more than 2 GiB
            raise InputError(f"{path}: more than a workbook holds: give .csv or .parquet") from error


def _part(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _sheet(path: Path, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> Iterator[str]:
    yield f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'
    for number, row in enumerate(chain([list(columns)], rows), 1):
        if number > MOST_ROWS:
            raise InputError(f"{path}: more than {MOST_ROWS:,} rows, which no sheet holds: give .csv or .parquet")
        yield f"<row>{''.join(map(_cell, row))}</row>"
    yield "</sheetData></worksheet>"


def _cell(value: Any) -> str:
    """A cell, written as the text it is and never as a formula."""
    if value is None:
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value}</v></c>"
    text = _UNWRITABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), neutral(value))
    text = text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1]}…"
    text = escape(_ESCAPE.sub("_x005F_", text), {"\r": "&#13;"})
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

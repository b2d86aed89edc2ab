"""Tables of the user's own, a row at a time, in and out: CSV, TSV, JSON lines, lists of names, Excel, Parquet, Arrow.

`rows` says what a table is and `values` what a cell is, `text`, `delimited`, `excel` and `arrow` read one kind of file
each, and `writing` writes. Whatever is wrong with a file is one line that names it; a row that is broken is a row with
a fault, and the rest goes on.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it into the vendor's name
(CWE-1236, https://owasp.org/www-community/attacks/CSV_Injection). In written CSV and Excel files such a cell begins
with an apostrophe, which spreadsheets show as text:

>>> neutral("=HYPERLINK(A1)"), neutral("Hikvision")
("'=HYPERLINK(A1)", 'Hikvision')
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sanctionscreen.errors import InputError
from sanctionscreen.tabular.rows import FORMATS, FORMULA, Row, Table, kind_of, must_be_table, neutral

__all__ = ["FORMATS", "FORMULA", "Row", "Table", "kind_of", "must_be_table", "neutral", "open_table"]


@contextmanager
def open_table(path: Path, encoding: str = "utf-8", sheet: str | None = None) -> Iterator[Table]:
    """Open a table for reading.

    Args:
        path: its ending says what it is, see `FORMATS`.
        encoding: of text; UTF-8 with or without a byte order mark if not given.
        sheet: of a workbook; the first if not given.

    Raises:
        InputError: when it cannot be read, is not in the encoding, or has no such sheet or no usable header.
        MissingExtraError: when what reads it is not installed.
    """
    must_be_table(path)
    with _opener(path, encoding, sheet) as table:
        yield table


def _opener(path: Path, encoding: str, sheet: str | None) -> AbstractContextManager[Table]:
    """What reads this kind of file, which loads when it is used."""
    kind = kind_of(path)
    if kind == "excel":
        from sanctionscreen.tabular.excel import open_workbook

        return open_workbook(path, sheet)
    if sheet is not None:
        raise InputError(f"{path}: sheet {sheet!r}: only a workbook, .xlsx, has sheets")
    if kind in ("parquet", "arrow"):
        from sanctionscreen.tabular.arrow import open_arrow

        return open_arrow(path)
    from sanctionscreen.tabular.text import open_text

    return open_text(path, encoding)

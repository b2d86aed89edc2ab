"""A table as rows of text: what every format is read into.

>>> Row(2, {"name": " ", "country": ""}).blank
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from sanctionscreen.errors import InputError
from sanctionscreen.tabular.values import NO_NAME, NO_VALUE, SWALLOWED, is_error

#: How each ending is read and written; a `.txt` file is a plain list of names.
FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "json", ".ndjson": "json", ".txt": "names",
    ".xlsx": "excel", ".parquet": "parquet", ".arrow": "arrow", ".feather": "arrow",
}  # fmt: skip

#: What a cell is not allowed to begin with in a spreadsheet; the wide forms are formulas in Japanese ones.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Row(NamedTuple):
    """One row.

    Attributes:
        number: its place in the file as a spreadsheet counts, the header being row 1; in files without a header, the
            number of its line.
        cells: what stands in each column.
        fault: why the row cannot be used, if it cannot.
        odd: what the cells are that are no text, by column, where there are any.
    """

    number: int
    cells: Mapping[str, str]
    fault: str | None = None
    odd: Mapping[str, str] | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.fault is None and not any(map(str.strip, self.cells.values()))

    def unreadable(self, name: str, used: Collection[str]) -> str | None:
        """Say why the row cannot be screened, if it cannot.

        Args:
            name: the column of names.
            used: the columns that anything is read from.
        """
        text = self.cells.get(name, "")
        if self.fault is not None or not (self.odd or "#" in text):
            return self.fault
        if is_error(text):
            return f"{name[:60]!r} holds {text.strip()}, an error of a spreadsheet and no name: mend the cell"
        odd = self.odd or {}
        if SWALLOWED in odd.values():
            column = next(column for column, what in odd.items() if what == SWALLOWED)
            return f"{column[:60]!r} holds {SWALLOWED}: look for a stray quotation mark, or put the cell on one line"
        cells = ((column, what) for column, what in odd.items() if column in used)
        faults = (f"{column[:60]!r} holds {what}" for column, what in cells if column == name or what not in NO_NAME)
        fault = "; ".join(faults)
        remedy = "open it in Excel and save it, so that the values are stored" if NO_VALUE in fault else "give one text"
        return f"{fault}: {remedy}" if fault else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open for reading; `rows` can be taken once.

    Attributes:
        columns: in the order of the file.
        rows: each row, the broken ones too.
        size: of the file, in bytes, or in rows where only those are known; 0 where neither is.
        position: gives how far reading has come, in the same.
        unread: the other sheets of a workbook.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    size: int
    position: Callable[[], int]
    unread: tuple[str, ...] = ()


def kind_of(path: Path) -> str:
    """Give the kind of table by the file's ending: `csv`, `json`, `names`, `excel`, `parquet` or `arrow`.

    Raises:
        InputError: for any other ending.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise InputError(
            f"{path}: {path.suffix or 'a file without an ending'} is not a table: give one of {', '.join(FORMATS)}"
        )
    return kind


def must_be_table(path: Path) -> None:
    """Refuse what is no file, or none that is read as a table, before any work is done for it.

    Raises:
        InputError: when it is not there, is a folder, a pipe or a device, or has an ending that is not in `FORMATS`.
    """
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    if not S_ISREG(mode):
        what = "a folder" if S_ISDIR(mode) else "a pipe or a device"
        raise InputError(f"{path}: {what} is not a table: give a file, one of {', '.join(FORMATS)}")
    kind_of(path)


def neutral(cell: str) -> str:
    """Give a cell as written to a spreadsheet: with an apostrophe in front where it would begin a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def columns_of(path: Path, number: int, header: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that a header names; one without a name is called by its place, as `column 2`.

    Raises:
        InputError: when it is empty, or a column stands twice.
    """
    if not any(cell.strip() for cell in header):
        raise InputError(f"{path}: empty: the first row must name the columns")
    columns = tuple(cell.strip() or f"column {place}" for place, cell in enumerate(header, 1))
    twice = next((column for column, count in Counter(columns).items() if count > 1), None)
    if twice is not None:
        raise InputError(f"{path}:{number}: column {twice!r} stands twice: rename one")
    return columns


def other_sheets(unread: Sequence[str]) -> str:
    """Tell where a table may be that is not on the sheet that was read; nothing where there is no other.

    >>> other_sheets(["Vendors"])
    '; or give another sheet with --sheet (in Python, sheet=): Vendors'
    """
    return f"; or give another sheet with --sheet (in Python, sheet=): {', '.join(unread)}" if unread else ""


def row_of(
    number: int, columns: tuple[str, ...], cells: list[str], remedy: str, odd: Mapping[str, str] | None = None
) -> Row:
    """Give a row; cells that are missing at its end are empty, one with too many has a fault and its remedy."""
    missing = len(columns) - len(cells)
    if missing < 0:
        fault = f"{len(cells)} cells under {len(columns)} column{'s' if len(columns) > 1 else ''}: {remedy}"
        return Row(number, dict(zip(columns, cells, strict=False)), fault)
    return Row(number, dict(zip(columns, cells + [""] * missing if missing else cells, strict=True)), None, odd)

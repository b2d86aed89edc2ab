"""Tables whose cells a delimiter divides: CSV and TSV, read as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180).

A row that is broken becomes a row with a fault, and the rest goes on. Nothing is guessed about a broken row: a name cut
at a stray comma would be screened as another name. A quoted cell may hold line breaks, so one quotation mark too many
makes the rows below part of a cell. A row that is broken over several lines has therefore its first line as its fault,
and the others are read again, each as what it is by itself; so is one whose cell does not end, see `MOST_LINES`. A row
that is whole, and has a cell with lines like rows of the table in it, is read as it stands and not screened.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from sanctionscreen.delimiters import delimiter_of, header_swallowing, lines_of, swallowing
from sanctionscreen.errors import InputError
from sanctionscreen.tabular.rows import Row, columns_of, row_of
from sanctionscreen.tabular.values import SPREAD, SWALLOWED

#: How far a cell may go over the lines below before its quotation mark counts as stray: lines, and characters in them.
#: Notes in vendor tables are letters of some dozen lines at most.
MOST_LINES, MOST_TEXT = 50, 10_000
#: How many lines all cells of a row may go over together, so that lines are read again only so often.
MOST_IN_ROW = 500

#: How much of a first line is looked at for its delimiter.
_BLOCK = 1 << 20


def csv_table(path: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """Give the columns and the rows of a table, the broken ones too.

    Raises:
        InputError: when it has no usable header.
    """
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(stream)
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise InputError(f"{path}:1: the header cannot be read: {error}") from error
    if len(lines.row) > 1:
        _must_be_header(path, header, lines, delimiter)
    columns = columns_of(path, 1, header)
    return columns, _rows(lines, reader, columns, header, delimiter)


def _must_be_header(path: Path, header: list[str], lines: _Lines, delimiter: str) -> None:
    """Refuse a header over several lines that has swallowed rows, which would be lost and nobody told."""
    remedy = "look for a stray quotation mark, or put the header on one line"
    if found := header_swallowing(header, delimiter):
        name = lines_of(header[found[0]])[0][:60]
        raise InputError(f"{path}:1: the header cell that begins with {name!r} holds {SWALLOWED}: {remedy}")
    below = lines.ahead()
    cells = below.count(delimiter) + 1
    if below.strip() and '"' not in below and cells < len(header):
        where = f"{path}:{len(lines.row) + 1}"
        columns = f"{len(header)} columns of a header over several lines"
        raise InputError(f"{where}: {cells} cell{'s' if cells > 1 else ''} under {columns}: {remedy}")


def _delimiter(stream: IO[str]) -> str:
    first = stream.readline(_BLOCK)
    stream.seek(0)
    return delimiter_of(first)


class _Lines:
    """The lines of a table; those of a row that turns out to be broken can be read again."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream, self._again = stream, deque[str]()
        self.begin()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._stream)
        self.row.append(line)
        if len(self.row) > 1:
            self._follow(line)
        return line

    def ahead(self) -> str:
        """Give the line that comes next, which stays so; nothing at the end."""
        if not self._again:
            self._again.extend(islice(self._stream, 1))
        return self._again[0] if self._again else ""

    def begin(self) -> None:
        """Begin a row."""
        self.row: list[str] = []
        self._lines = self._text = 0

    def back(self) -> None:
        """Go back to behind the first line of the row."""
        self._again.extendleft(reversed(self.row[1:]))

    def _follow(self, line: str) -> None:
        """Count the lines that one cell goes over: a quotation mark that is not doubled ends it."""
        if len(self.row) > MOST_IN_ROW:
            raise csv.Error(f"a row that does not end within {MOST_IN_ROW} lines")
        if '"' in line.replace('""', ""):
            self._lines = self._text = 0
            return
        self._lines += 1
        self._text += len(line)
        if self._lines > MOST_LINES or self._text > MOST_TEXT:
            raise csv.Error(f"a cell that does not end within {MOST_LINES} lines and {MOST_TEXT:,} characters")


def _rows(
    lines: _Lines, reader: Iterator[list[str]], columns: tuple[str, ...], header: Sequence[str], delimiter: str
) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            lines.back()
            yield Row(number, {}, _fault(error))
            continue
        if cells is None:
            return
        odd = _swallowed(columns, header, cells, delimiter) if len(lines.row) > 1 else None
        row = row_of(number, columns, cells, "quote a cell that holds the delimiter", odd)
        if row.fault:
            lines.back()
        yield row


def _fault(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell of more than {csv.field_size_limit():,} characters, which is longer than is read: shorten it"
    return f"not a CSV row ({error}): look for a stray or missing quotation mark"


def _swallowed(
    columns: Sequence[str], header: Sequence[str], cells: list[str], delimiter: str
) -> Mapping[str, str] | None:
    """The cells whose further lines are like rows that a stray quotation mark made part of them, or may be such."""
    cells = cells[: len(columns)]
    spread = (place for place, cell in enumerate(cells) if any(delimiter in line for line in lines_of(cell)[1:]))
    odd = {columns[place]: SPREAD for place in spread}
    odd.update({columns[place]: SWALLOWED for place in swallowing(header, cells, delimiter)})
    return odd or None

"""Tables with a header row, read by column name, never by position.

A row that is shorter or longer than the header is damage, not data: its cells would land in wrong columns.

>>> report = ImportReport("example")
>>> table = Table(Path("a.csv"), "a list", frozenset({"id", "name"}), frozenset({"name"}))
>>> [row.cells for row in table.rows([["id", "name", "x"], ["1", "ACME", "y"]], report)]
[{'id': '1', 'name': 'ACME', 'x': 'y'}]
>>> print(report.oddities[0])
header: unknown column 'x', kept as it is
>>> list(table.rows([["id", "name"], ["1"]], report))
Traceback (most recent call last):
sanctionscreen.errors.SourceError: a.csv: row 2: 1 cells, 2 are wanted: cut short, download it again
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sanctionscreen.delimiters import swallowing
from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.base import ImportReport
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import faults, open_text
from sanctionscreen.sources.importers.sniffing import wrong_format

#: How far down a header may stand: the UK files begin with a line that gives the date.
_HEADER_WITHIN = 12
#: What Python's reader of CSV says where the text ends and a quoted cell does not.
_ENDS_IN_CELL = "unexpected end of data"


class CutShortError(SourceError):
    """A table that ends inside a quoted cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, counted from 1, and its cells by column, cleaned."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column; empty where the table has no such column."""
        return self.cells.get(column, "")

    def keep_unknown(self, draft: Draft, known: frozenset[str]) -> None:
        """Keep the cells of columns nobody knows in the remarks."""
        for column, text in self.cells.items():
            if text and column not in known:
                draft.unknown("column", column, text)


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is expected.

    Attributes:
        path: the file, for messages.
        title: what the file should be, for messages.
        known: every column it is known to have.
        needed: the columns without which it is something else.
        padded: whether rows may be shorter than the header, as spreadsheets' are.
        partial: whether a last row that is cut short is left out, and told, instead of refusing the table.
    """

    path: Path
    title: str
    known: frozenset[str]
    needed: frozenset[str]
    padded: bool = False
    partial: bool = False

    def rows(
        self, raw: Iterable[list[str]], report: ImportReport, preamble: list[list[str]] | None = None
    ) -> Iterator[Row]:
        """Find the header, then give each row that is not empty.

        Args:
            raw: the rows as lists of cells.
            report: where unknown columns are noted.
            preamble: filled with the rows above the header.

        Raises:
            SourceError: no such header, a column twice, the header twice, a row of another length.
        """
        numbered = enumerate(self._whole(raw, report) if self.partial else raw, start=1)
        header = self._header(numbered, [] if preamble is None else preamble)
        for column in header:
            if column not in self.known and column:
                report.unknown("column", column, "header")
        for number, cells in numbered:
            if any(cells):
                yield Row(number, self._cells(number, header, cells))

    @staticmethod
    def _whole(raw: Iterable[list[str]], report: ImportReport) -> Iterator[list[str]]:
        """The rows but for a last one that is cut short, which is told.

        A row that is cut between two cells is one that is shorter than the one before it.
        """
        held: list[list[str]] = []
        number = width = cut = 0
        try:
            for number, cells in enumerate(raw, start=1):
                yield from held
                held, cut = [cells], number if 0 < len(cells) < width else 0
                width = len(cells) or width
        except CutShortError:
            yield from held
            cut = number + 1
        if not cut:
            yield from held
            return
        report.cut_short = cut
        report.odd(f"row {cut}", "the file ends in the middle of this row: it is lost, with all that followed it")

    def _header(self, numbered: Iterator[tuple[int, list[str]]], preamble: list[list[str]]) -> list[str]:
        for number, cells in numbered:
            header = [clean(cell) for cell in cells]
            while header and not header[-1] and self.padded:
                header.pop()
            if self.needed <= set(header):
                twice = [column for column, count in Counter(header).items() if count > 1]
                if twice:
                    raise SourceError(f"{self.path}: row {number}: column {twice[0]!r} stands twice: remove one")
                return header
            preamble.append(header)
            if number >= _HEADER_WITHIN:
                break
        raise wrong_format(self.path, self.title)

    def _cells(self, number: int, header: list[str], cells: list[str]) -> dict[str, str]:
        if self.padded:
            cells = [*cells[: len(header)], *[""] * (len(header) - len(cells)), *filter(None, cells[len(header) :])]
        if len(cells) != len(header):
            raise SourceError(
                f"{self.path}: row {number}: {len(cells)} cells, {len(header)} are wanted: cut short, download it again"
            )
        cleaned = dict(zip(header, map(clean, cells), strict=True))
        if all(column == text for column, text in cleaned.items()):
            raise SourceError(f"{self.path}: row {number}: the header stands twice: remove one")
        return cleaned


def csv_cells(path: Path, encodings: tuple[str, ...] = ("utf-8",), delimiter: str = ",") -> Iterator[list[str]]:
    """The cells of a delimited file, row by row.

    Raises:
        SourceError: for a file that cannot be read, is in another encoding, or has a row that swallowed others.
        CutShortError: for one that ends inside a cell; the rows before it have been given then.
    """
    with faults(path), open_text(path, encodings) as file:
        try:
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter, strict=True), start=1):
                _must_be_one_row(path, number, cells, delimiter)
                yield cells
        except csv.Error as error:
            if _ENDS_IN_CELL not in str(error):
                raise
            raise CutShortError(f"{path}: broken or cut short ({error}): download it again") from error


def _must_be_one_row(path: Path, number: int, cells: list[str], delimiter: str) -> None:
    """Refuse a row with a cell that two stray quotation marks made of rows, whose parties would be lost."""
    if len(cells) < 2 or not any("\n" in cell for cell in cells):
        return
    if found := swallowing(cells, cells, delimiter):
        begin = cells[found[0]].lstrip().split("\n")[0][:60]
        why = f"the cell that begins with {begin!r} holds lines like rows of the table"
        raise SourceError(f"{path}: row {number}: {why}: look for a stray quotation mark, or download it again")

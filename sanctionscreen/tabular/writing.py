r"""How rows are written: as lines that can be added one after the other, and, for some formats, made a file at the end.

CSV and JSON lines are written as they come. A workbook, a Parquet or an Arrow file cannot be added to, so its rows are
kept as lines of JSON until the last one is there. Either way a run that was broken off can go on after its last line.

>>> form = Form(Path("hits.csv"), ("name", "score"))
>>> form.head() + form.lines([{"name": "=1+1", "score": 0.93}])
b"name,score\r\n'=1+1,0.930\r\n"
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG
from typing import Any

from sanctionscreen.errors import InputError
from sanctionscreen.extras import needed
from sanctionscreen.tabular.rows import FORMATS, kind_of, neutral

#: How many columns a sheet of Excel holds at most
#: (https://support.microsoft.com/office/excel-specifications-and-limits).
MOST_COLUMNS = 16_384

#: Formats that are made of all rows at the end.
_MADE = ("excel", "parquet", "arrow")


@dataclass(frozen=True)
class Form:
    """The form of a table that is written.

    Attributes:
        path: where it goes; its ending says the format.
        columns: in order; JSON lines have none.
        types: of columns that are no text, `int` or `float`, for formats that have types.
    """

    path: Path
    columns: tuple[str, ...]
    types: Mapping[str, type] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what cannot be written, before any work is done for it.

        Raises:
            InputError: when the ending is no format, or the format cannot hold the columns.
            MissingExtraError: when what writes it is not installed.
        """
        if self.kind == "names":
            *others, last = (ending for ending, kind in FORMATS.items() if kind != "names")
            endings = f"{', '.join(others)} or {last}"
            raise InputError(f"{self.path}: hits need columns: give a name that ends in {endings}")
        if self.kind in ("parquet", "arrow"):
            needed("pyarrow", "writing Parquet and Arrow files", "arrow")
        if self.kind == "excel" and len(self.columns) > MOST_COLUMNS:
            raise InputError(f"{self.path}: more than {MOST_COLUMNS:,} columns, which no sheet holds: give .csv")

    @property
    def kind(self) -> str:
        """The kind of table: see `kind_of`."""
        return kind_of(self.path)

    @property
    def nested(self) -> bool:
        """Whether a value may have structure; else every value is one cell."""
        return self.kind == "json"

    def head(self) -> bytes:
        """What stands before the first row."""
        return self._csv([[neutral(column) for column in self.columns]]) if self.kind == "csv" else b""

    def lines(self, records: Iterable[Mapping[str, Any]]) -> bytes:
        """Give rows as bytes that can be added to those before."""
        if self.kind == "csv":
            return self._csv([neutral(_text(one.get(column))) for column in self.columns] for one in records)
        if self.nested:
            texts = (json.dumps(one, ensure_ascii=False) for one in records)
            return "".join(f"{text}\n" for text in texts).encode("utf-8", "backslashreplace")
        texts = (json.dumps([one.get(column) for column in self.columns]) for one in records)
        return "".join(f"{text}\n" for text in texts).encode("ascii")

    def finish(self, lines: Path) -> None:
        """Make the table of a file of lines, which is used up; the table is there as a whole or not at all.

        Raises:
            InputError: when something is in its way that is no file.
            OSError: when it cannot be written.
        """
        if self.kind not in _MADE:
            _onto_disk(lines)
            lines.replace(self.path)
            return
        draft = whole_of(lines)
        must_be_plain(draft)
        draft.unlink(missing_ok=True)  # of a run that was killed at its end
        try:
            if self.kind == "excel":
                from sanctionscreen.tabular.excel import write_workbook

                write_workbook(draft, self.columns, _rows(lines))
            else:
                from sanctionscreen.tabular.arrow import write_arrow

                write_arrow(draft, self.kind, self.columns, self.types, _rows(lines))
            _onto_disk(draft)
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)
        lines.unlink()

    def _csv(self, rows: Iterable[list[str]]) -> bytes:
        stream = io.StringIO()
        delimiter = "\t" if self.path.suffix.lower() == ".tsv" else ","
        csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
        return stream.getvalue().encode("utf-8", "backslashreplace")


def whole_of(lines: Path) -> Path:
    """Where a table is made of a file of lines, for formats that are made at the end."""
    return lines.with_name(f"{lines.name}.whole")


def is_plain(path: Path) -> bool:
    """Whether what is at a path, if anything is, is a file: no link, whatever it leads to, and no pipe or folder."""
    try:
        return S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def must_be_plain(*paths: Path) -> None:
    """Refuse to write where a link would lead to somebody's file, or to wait for a pipe.

    Raises:
        InputError: when something that is no file is at one of the paths.
    """
    for path in paths:
        if not is_plain(path):
            raise InputError(f"{path}: is a link or no file, and no run wrote it: move it away, or give another output")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _rows(lines: Path) -> Iterator[list[Any]]:
    with lines.open("rb") as stream:
        for line in stream:
            yield json.loads(line)


def _onto_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())

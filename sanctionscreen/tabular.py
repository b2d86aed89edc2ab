"""Tables of the user's own, a row at a time: CSV, TSV, JSON lines and plain lists of names, in and out.

CSV is read as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with the delimiter that its first line shows. A row
that is broken becomes a row with a fault, and the rest goes on. Nothing is guessed about a broken row: a name cut at
a stray comma would be screened as another name. Files are UTF-8, with or without a byte order mark, unless an
encoding is given, and one that is not is refused before its first row.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, whoever wrote it into the vendor's name
(CWE-1236, https://owasp.org/www-community/attacks/CSV_Injection). In written CSV such a cell begins with an
apostrophe, which spreadsheets show as text:

>>> neutral("=HYPERLINK(A1)"), neutral("Hikvision")
("'=HYPERLINK(A1)", 'Hikvision')
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from sanctionscreen.errors import InputError

#: What a cell is not allowed to begin with in written CSV; the wide forms are formulas in Japanese spreadsheets.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

#: How each ending is read.
FORMATS = {".csv": "csv", ".tsv": "csv", ".jsonl": "json", ".ndjson": "json", ".txt": "names"}

#: The column of a plain list of names.
NAME = "name"

_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        number: its place in the file as a spreadsheet counts, the header being row 1; in files without a header, the
            number of its line.
        cells: what stands in each column.
        fault: why the row cannot be used, if it cannot.
    """

    number: int
    cells: Mapping[str, str]
    fault: str | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return self.fault is None and not any(cell.strip() for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open for reading; `rows` can be taken once.

    Attributes:
        columns: in the order of the file.
        size: of the file, in bytes.
        position: gives how far reading has come, in bytes.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    size: int
    position: Callable[[], int]


def kind_of(path: Path) -> str:
    """Give the kind of table by the file's ending: `csv`, `json` or `names`.

    Raises:
        InputError: for any other ending.
    """
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise InputError(f"{path}: {path.suffix or 'no ending'} is not a table: give one of {', '.join(FORMATS)}")
    return kind


def neutral(cell: str) -> str:
    """Give a cell as written to CSV: with an apostrophe in front where it would begin a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


# --- reading -------------------------------------------------------------------------------------------


@contextmanager
def open_table(path: Path, encoding: str = "utf-8") -> Iterator[Table]:
    """Open a table for reading.

    Args:
        path: `.csv`, `.tsv`, `.jsonl`, `.ndjson`, or `.txt` with one name a line.
        encoding: of the text; UTF-8 with or without a byte order mark if not given.

    Raises:
        InputError: when it cannot be read, is not in the encoding, or has no usable header.
    """
    reader = {"csv": _csv_table, "json": _json_table, "names": _names_table}[kind_of(path)]
    codec = _codec(encoding)
    try:
        _check_encoding(path, codec)
        binary = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    with io.TextIOWrapper(binary, codec, newline="") as text:
        yield Table(*reader(path, text), path.stat().st_size, binary.tell)


def _codec(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise InputError(f"no encoding {encoding!r}: give one such as utf-8, cp1252, latin-1 or utf-16") from error
    return "utf-8-sig" if name == "utf-8" else name


def _check_encoding(path: Path, codec: str) -> None:
    """Refuse a file that does not decode, before anything is screened: half a table is no answer."""
    decoder, line = codecs.getincrementaldecoder(codec)(), 1
    with path.open("rb") as stream:
        for block in iter(partial(stream.read, _BLOCK), None):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise InputError(
                    f"{path}:{line}: not {codec.removesuffix('-sig')}: "
                    "save the file as UTF-8, or give its encoding, such as cp1252 or utf-16"
                ) from error
            if not block:
                return
            line += text.count("\n")


def _csv_table(path: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(stream)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        header = next(reader, None)
    except csv.Error as error:
        raise InputError(f"{path}:1: the header cannot be read: {error}") from error
    if header is None or not any(cell.strip() for cell in header):
        raise InputError(f"{path}: empty: the first row must name the columns")
    columns = tuple(cell.strip() for cell in header)
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        raise InputError(f"{path}:1: column {twice[0]!r} stands twice: rename one")
    return columns, _csv_rows(reader, columns)


def _delimiter(stream: IO[str]) -> str:
    """The delimiter that stands most often in the first line; a comma where none does."""
    first = stream.readline(_BLOCK)
    stream.seek(0)
    return max(_DELIMITERS, key=first.count)


def _csv_rows(reader: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Row(number, {}, f"not a CSV row ({error}): look for a stray or missing quotation mark")
            continue
        if cells is None:
            return
        if len(cells) > len(columns):
            fault = f"{len(cells)} cells under {len(columns)} columns: quote a cell that holds the delimiter"
            yield Row(number, dict(zip(columns, cells, strict=False)), fault)
        else:
            yield Row(number, dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))


def _names_table(_: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    rows = (Row(number, {NAME: line.rstrip("\r\n")}) for number, line in enumerate(stream, 1))
    return (NAME,), rows


def _json_table(path: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The columns are the keys of all lines, so the file is read twice."""
    columns = tuple(dict.fromkeys(key for row in _json_rows(stream) for key in row.cells))
    stream.seek(0)
    if not columns:
        raise InputError(f"{path}: no line of it is a JSON object: write one object a line")
    return columns, _json_rows(stream)


def _json_rows(stream: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"not JSON: {error}")
    if not isinstance(value, dict):
        return Row(number, {}, "not a JSON object")
    return Row(number, {key: _cell(one) for key, one in value.items()})


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


# --- writing -------------------------------------------------------------------------------------------


@contextmanager
def write_table(path: Path, columns: Iterable[str]) -> Iterator[Callable[[Mapping[str, object]], None]]:
    """Open a table for writing; what is written is there as a whole at the end, or not at all.

    Args:
        path: `.csv` or `.tsv`, where formulas are neutralised and every value is one cell, or `.jsonl` or `.ndjson`,
            where values keep their structure.
        columns: of CSV, in order; a row may lack some.

    Raises:
        InputError: when it cannot be written.
    """
    if kind_of(path) == "names":
        raise InputError(f"{path}: hits need columns: give a name that ends in .csv, .tsv or .jsonl")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield _json_writer(stream) if kind_of(path) == "json" else _csv_writer(stream, path, tuple(columns))
        draft.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _json_writer(stream: IO[str]) -> Callable[[Mapping[str, object]], None]:
    def write(row: Mapping[str, object]) -> None:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")

    return write


def _csv_writer(stream: IO[str], path: Path, columns: tuple[str, ...]) -> Callable[[Mapping[str, object]], None]:
    writer = csv.writer(stream, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", lineterminator="\r\n")
    writer.writerow([neutral(column) for column in columns])

    def write(row: Mapping[str, object]) -> None:
        writer.writerow([neutral(str(row.get(column, ""))) for column in columns])

    return write

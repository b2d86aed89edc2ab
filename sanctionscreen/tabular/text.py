"""Tables in text: CSV, TSV, JSON lines, and plain lists of names, read a row at a time.

CSV is read as RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180) with the delimiter that its first line shows. A row
that is broken becomes a row with a fault, and the rest goes on. Nothing is guessed about a broken row: a name cut at
a stray comma would be screened as another name. Files are UTF-8, with or without a byte order mark, unless an
encoding is given, and one that is not is refused before its first row.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO

from sanctionscreen.delimiters import delimiter_of
from sanctionscreen.errors import InputError
from sanctionscreen.tabular.rows import Row, Table, columns_of, kind_of, row_of

#: The column of a plain list of names.
NAME = "name"

_BLOCK = 1 << 20


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[Table]:
    """Open a table in text for reading.

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
        header = next(reader, [])
    except csv.Error as error:
        raise InputError(f"{path}:1: the header cannot be read: {error}") from error
    columns = columns_of(path, 1, header)
    return columns, _csv_rows(reader, columns)


def _delimiter(stream: IO[str]) -> str:
    first = stream.readline(_BLOCK)
    stream.seek(0)
    return delimiter_of(first)


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
        yield row_of(number, columns, cells, "quote a cell that holds the delimiter")


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

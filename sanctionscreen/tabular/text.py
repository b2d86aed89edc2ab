"""Tables in text: CSV, TSV, JSON lines, and plain lists of names, read a row at a time.

`delimited` reads CSV, with the delimiter that its first line shows. A row that is broken becomes a row with a fault,
and the rest goes on. Files are UTF-8, with or without a byte order mark, unless an encoding is given, and one that is
not is refused before its first row.
"""

from __future__ import annotations

import codecs
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from sanctionscreen.errors import InputError
from sanctionscreen.tabular.delimited import csv_table
from sanctionscreen.tabular.rows import Row, Table, kind_of
from sanctionscreen.tabular.values import NO_NUMBER, Odd, odd_of, text_of

#: The column of a plain list of names.
NAME = "name"

#: How many keys the lines of a JSON file have at most, all together. Each is a column of every row that is written, so
#: that lines which all have other keys would be written at the length of their square. Tables have some dozen.
MOST_KEYS = 1_000

_BLOCK = 1 << 20

_ENCODINGS = "one such as utf-8, cp1252, latin-1 or utf-16"

#: What Python calls encodings and no file is in: those of host names, and one that refuses everything.
_OF_NO_FILE = ("idna", "punycode", "undefined")


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[Table]:
    """Open a table in text for reading.

    Raises:
        InputError: when it cannot be read, is not in the encoding, or has no usable header.
    """
    reader = {"csv": csv_table, "json": _json_table, "names": _names_table}[kind_of(path)]
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
    except (LookupError, ValueError) as error:
        raise InputError(f"no encoding {encoding!r}: give {_ENCODINGS}") from error
    if not _is_of_text(name):
        raise InputError(f"{encoding!r} is not an encoding of text files: give {_ENCODINGS}")
    return "utf-8-sig" if name == "utf-8" else name


def _is_of_text(name: str) -> bool:
    try:
        b"name".decode(name)
    except LookupError:  # what makes bytes of bytes, such as base64
        return False
    except UnicodeError:
        pass
    return name not in _OF_NO_FILE


def _check_encoding(path: Path, codec: str) -> None:
    """Refuse a file that does not decode, before anything is screened: half a table is no answer."""
    decoder, line = codecs.getincrementaldecoder(codec)(), 1
    with path.open("rb") as stream:
        for block in iter(partial(stream.read, _BLOCK), None):
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeError as error:
                why = f" ({error})"
                if isinstance(error, UnicodeDecodeError):
                    line, why = line + error.object[: error.start].count(b"\n"), ""
                raise InputError(
                    f"{path}:{line}: not {codec.removesuffix('-sig')}{why}: "
                    "save the file as UTF-8, or give its encoding, such as cp1252 or utf-16"
                ) from error
            if not block:
                return
            line += text.count("\n")


def _names_table(_: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    rows = (Row(number, {NAME: line.rstrip("\r\n")}) for number, line in enumerate(stream, 1))
    return (NAME,), rows


def _json_table(path: Path, stream: IO[str]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The columns are the keys of all lines, so the file is read twice."""
    columns = _keys(path, _json_rows(stream))
    stream.seek(0)
    if not columns:
        why = next((f" ({row.fault})" for row in _json_rows(stream) if row.fault), "")
        raise InputError(f"{path}: no line of it is a JSON object with a value{why}: write one object a line")
    return columns, _json_rows(stream)


def _keys(path: Path, rows: Iterable[Row]) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    for row in rows:
        keys.update(dict.fromkeys(row.cells))
        if len(keys) > MOST_KEYS:
            remedy = "give every line the same keys, and put what differs from line to line into the value of one"
            raise InputError(f"{path}:{row.number}: more than {MOST_KEYS:,} different keys up to this line: {remedy}")
    return tuple(keys)


def _json_rows(stream: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _json_row(number, line)


def _json_row(number: int, line: str) -> Row:
    try:
        value = _JSON.decode(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"not JSON: {error}")
    if not isinstance(value, dict):
        return Row(number, {}, "not a JSON object")
    odd = odd_of(tuple(value), tuple(value.values()))
    return Row(number, {key: text_of(one) for key, one in value.items()}, None, odd)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; one with a key twice has two meanings (https://www.rfc-editor.org/rfc/rfc8259, 4)."""
    value = dict(pairs)
    if len(value) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {twice!r} stands twice: keep one")
    return value


_JSON = json.JSONDecoder(object_pairs_hook=_once, parse_constant=lambda text: Odd(text, NO_NUMBER))

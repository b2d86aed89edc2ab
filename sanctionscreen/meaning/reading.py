"""Small files that a user writes, read with the line of everything in them: YAML, or a CSV table of any delimiter.

YAML is read as list files are, by `yamldata`, within a bound on its size. A fault is one line that names file, line,
field and what would mend it, and all faults of a file are told at once. What the fields mean is the caller's business.
"""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from sanctionscreen.delimiters import delimiter_of, header_swallowing, swallowing
from sanctionscreen.errors import InputError
from sanctionscreen.yamldata import YamlError, line_at, lines_of, read

if TYPE_CHECKING:
    import _csv  # the type of a reader has no other name before Python 3.13

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

#: YAML is read whole, at about 1 MB a second; larger tables are CSV, which is streamed.
MAX_YAML_BYTES = 20_000_000
#: After so many faults a file is given up: the rest is most likely the same one.
MAX_FAULTS = 50

#: How like a known column an unknown one is that is a misspelling of it, by difflib: `shre` is 0.89 like `share`, and
#: `unit` no more than 0.67 like anything. Where a needed column is missing, less will do.
_MISSPELT, _NEAR = 0.8, 0.6
#: What columns of dates are called elsewhere.
_CALLED = {"from": "since", "start": "since", "to": "until", "end": "until"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line in the file, and its fields."""

    line: int
    fields: Mapping[str, Any]


def read_rows(path: Path, known: tuple[str, ...], required: tuple[str, ...]) -> Iterator[Row]:
    """Read a table: a CSV file with a header, or a YAML list of mappings (`.yaml`, `.yml`).

    Columns that are not known are passed over, but for one that is most likely a known one that is not there.

    Raises:
        InputError: when the file cannot be read, or a column is missing or has another spelling.
    """
    rows = _yaml_rows(path) if path.suffix.lower() in (".yaml", ".yml") else _csv_rows(path)
    seen: frozenset[str] | None = None
    for number, row in enumerate(rows):
        if seen is None or row.fields.keys() != seen:
            _check_columns(f"{path}:{row.line if number else 1}", row, known, required)
            seen = frozenset(row.fields)
        yield Row(row.line, {name: value for name, value in row.fields.items() if name in known})


def _check_columns(where: str, row: Row, known: tuple[str, ...], required: tuple[str, ...]) -> None:
    absent = [name for name in known if name not in row.fields]
    missing = [name for name in required if name in absent]
    for name in row.fields:
        if name not in known and (meant := _meant(name.lower(), absent, _NEAR if missing else _MISSPELT)):
            raise InputError(f"{where}: unknown column {_shown(name)}: did you mean {meant}?")
    if missing:
        many = "s" if len(missing) > 1 else ""
        raise InputError(f"{where}: column{many} {', '.join(missing)} missing (needed: {', '.join(required)})")


def _meant(name: str, absent: list[str], cutoff: float) -> str | None:
    """The column that is not there and that another most likely is, as `country of origin` and `orign` are origin."""
    within = [known for word in re.findall(r"\w+", name) if (known := _CALLED.get(word, word)) in absent]
    return next(iter(within or difflib.get_close_matches(name, absent, n=1, cutoff=cutoff)), None)


def build(path: Path, rows: Iterable[Row], make: Callable[[Row], T]) -> tuple[T, ...]:
    """Make a value of every row; a `ValueError` of `make` becomes a fault with the row's line.

    Raises:
        InputError: with every fault of the file, one a line.
    """
    made: list[T] = []
    faults: list[str] = []
    for row in rows:
        try:
            made.append(make(row))
        except ValueError as error:
            faults.append(f"{path}:{row.line}: {error}")
            if len(faults) == MAX_FAULTS:
                faults.append(f"{path}: more than {MAX_FAULTS} faults, the rest not read")
                break
    if faults:
        raise InputError("\n".join(faults))
    return tuple(made)


def read_model(path: Path, model: type[M]) -> M:
    """Read a YAML file into a pydantic model, faults told with their lines.

    Raises:
        InputError: with every fault of the file, one a line.
    """
    text = _text(path)
    document = _read(path, text)
    try:
        return model.model_validate(_with_version(document))
    except ValidationError as error:
        lines = lines_of(text)
        faults = (f"{path}:{line_at(lines, e['loc'])}: {_told(e, model)}" for e in error.errors())
        raise InputError("\n".join(faults)) from error


def _with_version(document: Any) -> Any:
    """Make a number of `version`, which a model compares as it stands; it reads other numbers from their texts."""
    version = document.get("version") if isinstance(document, dict) else None
    return {**document, "version": int(version)} if isinstance(version, str) and version.isdecimal() else document


def _csv_rows(path: Path) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = delimiter_of(file.readline(MAX_YAML_BYTES))
            file.seek(0)
            yield from _rows_of(path, csv.reader(file, delimiter=delimiter, strict=True), delimiter)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _rows_of(path: Path, reader: _csv.Reader, delimiter: str) -> Iterator[Row]:
    try:
        first = next(reader, [])
        _must_hold_no_rows(f"{path}:1", first, header_swallowing(first, delimiter))
        header = [name.strip().lower() for name in first]
        twice = [name for name in header if name and header.count(name) > 1]
        if twice:
            raise InputError(f"{path}:1: column {_shown(twice[0])} stands twice: rename one")
        begins = reader.line_num + 1
        for cells in reader:
            where, begins = f"{path}:{begins}", reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                what = f"{len(cells)} cells in a table of {len(header)} columns"
                raise InputError(f"{path}:{reader.line_num}: {what}: quote a cell that holds the delimiter")
            _must_hold_no_rows(where, header, swallowing(first, cells, delimiter))
            yield Row(reader.line_num, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: not a CSV table: {error}") from error


def _must_hold_no_rows(where: str, header: list[str], places: list[int]) -> None:
    """Refuse a row with a cell that has swallowed others, whose parties would be lost and nobody told."""
    for place in places:
        what = f"column {_shown(header[place])} holds lines that look like rows of their own"
        raise InputError(f"{where}: {what}: look for a stray quotation mark, or put the cell on one line")


def _yaml_rows(path: Path) -> Iterator[Row]:
    text = _text(path)
    document = _read(path, text)
    if not isinstance(document, list):
        raise InputError(f"{path}:1: not a list of rows: begin each row with '- '")
    lines = lines_of(text)
    for place, entry in enumerate(document):
        if not isinstance(entry, dict):
            raise InputError(f"{path}:{lines[place,]}: not a mapping of columns: {_shown(entry)}")
        yield Row(lines[place,], entry)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MAX_YAML_BYTES:
            raise InputError(f"{path}: {size:,} bytes of YAML, at most {MAX_YAML_BYTES:,} are read: use CSV")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _read(path: Path, text: str) -> Any:
    try:
        return read(text)
    except YamlError as error:
        raise InputError(error.told(path)) from error


def _told(error: Any, model: type[BaseModel]) -> str:
    where = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown field {_shown(error['loc'][-1])}{_nearest(str(error['loc'][-1]), _fields(model))} @ {where}"
    return f"{error['msg'].removeprefix('Value error, ')} @ {where or 'the whole file'}"


def _fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields of a model and of every model in it."""
    definitions = model.model_json_schema().get("$defs", {})
    return (*model.model_fields, *(name for d in definitions.values() for name in d.get("properties", ())))


def _nearest(name: object, known: Iterable[str]) -> str:
    names = tuple(known)
    close = difflib.get_close_matches(str(name).lower(), names, n=1)
    return f": did you mean {close[0]}?" if close else f" (known: {', '.join(names)})"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

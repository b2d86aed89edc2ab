"""Parquet (https://parquet.apache.org) and Arrow files (.arrow, .feather), read and written; needs pyarrow.

Values keep their types where hits are written: the row is a whole number, the score a decimal, the rest text. They are
no spreadsheets and run nothing, so texts are as they are.

pyarrow trusts what it opens: an offset that points outside of a column gives bytes of something else or ends the
process. So each batch is checked in full before a value of it is read. What a damaged description of the columns does
inside of pyarrow, before there is a batch, no check here can prevent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sanctionscreen.errors import InputError
from sanctionscreen.extras import needed
from sanctionscreen.tabular.rows import Row, Table, columns_of, kind_of
from sanctionscreen.tabular.values import Odd, odd_of, text_of

#: How many rows are read or written at a time.
_BATCH = 10_000

#: How much is told of what pyarrow says, which may quote the file.
_REASON = 300


@contextmanager
def open_arrow(path: Path) -> Iterator[Table]:
    """Open a Parquet or Arrow file for reading; its rows count from 1.

    Raises:
        MissingExtraError: without pyarrow.
        InputError: when it is something else, or damaged, or two columns have one name.
    """
    pyarrow = needed("pyarrow", "reading Parquet and Arrow files", "arrow")
    with ExitStack() as stack:
        try:
            opened = _parquet(path, stack) if kind_of(path) == "parquet" else _ipc(pyarrow, path, stack)
        except _faults(pyarrow) as error:
            raise _unreadable(path, error) from error
        names, batches, size = opened
        columns = columns_of(path, 1, names) if names else ()
        if not columns:
            raise InputError(f"{path}: empty: it has no columns")
        read = [0]
        yield Table(columns, _rows(path, pyarrow, batches, columns, read, size), size, lambda: read[0])


def _faults(pyarrow: Any) -> tuple[type[Exception], ...]:
    """What pyarrow raises for a damaged file; that a name is no UTF-8 is a `ValueError`."""
    return OSError, ValueError, LookupError, OverflowError, SystemError, TypeError, pyarrow.ArrowException


def _unreadable(path: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error).partition("\n")[0] or type(error).__name__
    kind = "a Parquet" if path.suffix.lower() == ".parquet" else "an Arrow"
    return InputError(f"{path}: cannot be read as {kind} file, write it again: {reason[:_REASON]}")


def _parquet(path: Path, stack: ExitStack) -> tuple[list[str], Iterator[Any], int]:
    parquet = needed("pyarrow.parquet", "reading Parquet files", "arrow")
    file = stack.enter_context(parquet.ParquetFile(path))
    return file.schema_arrow.names, file.iter_batches(_BATCH), file.metadata.num_rows


def _ipc(pyarrow: Any, path: Path, stack: ExitStack) -> tuple[list[str], Iterator[Any], int]:
    """An Arrow file, or a stream, which does not tell how long it is."""
    source = stack.enter_context(pyarrow.OSFile(str(path)))
    try:
        file = pyarrow.ipc.open_file(source)
    except pyarrow.ArrowInvalid:
        source.seek(0)
        stream = pyarrow.ipc.open_stream(source)
        return stream.schema.names, iter(stream), 0
    batches = (file.get_batch(number) for number in range(file.num_record_batches))
    return file.schema.names, batches, sum(file.get_batch(n).num_rows for n in range(file.num_record_batches))


def _rows(
    path: Path, pyarrow: Any, batches: Iterator[Any], columns: tuple[str, ...], read: list[int], size: int
) -> Iterator[Row]:
    try:
        for batch in batches:
            _check(pyarrow, batch)
            values = [_values(pyarrow, column) for column in batch.columns]
            for cells in zip(*values, strict=True):
                read[0] += 1
                texts = dict(zip(columns, map(text_of, cells), strict=True))
                yield Row(read[0], texts, None, odd_of(columns, cells))
        if read[0] < size:
            raise ValueError(f"{size:,} rows by its description, {read[0]:,} in it")
    except _faults(pyarrow) as error:
        raise _unreadable(path, error) from error


def _check(pyarrow: Any, batch: Any) -> None:
    """Refuse a batch with anything in it that points elsewhere; a text that is no UTF-8 is a fault of its row alone.

    Raises:
        ArrowInvalid: when it is damaged.
    """
    batch.validate()
    of_texts = {pyarrow.string(): pyarrow.binary(), pyarrow.large_string(): pyarrow.large_binary()}
    for column in batch.columns:
        as_bytes = of_texts.get(column.type)
        (column.view(as_bytes) if as_bytes else column).validate(full=True)


def _values(pyarrow: Any, column: Any) -> list[Any]:
    """The values of a column; one that Python has no value for costs no other."""
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, KeyError):
        return [_value(pyarrow, one) for one in column]


def _value(pyarrow: Any, scalar: Any) -> Any:
    """A value; the bytes of a text that is no UTF-8, and what can be said of a day that is out of Python's range."""
    try:
        return scalar.as_py()
    except (ValueError, OverflowError, KeyError):
        if hasattr(scalar, "as_buffer"):
            return scalar.as_buffer().to_pybytes()
    try:
        text = scalar.cast(pyarrow.string()).as_py()
    except (ValueError, pyarrow.ArrowException):
        text = f"a value of type {scalar.type}"
    return Odd(text, "a value that cannot be read")


# --- writing -------------------------------------------------------------------------------------------


def write_arrow(
    path: Path, kind: str, columns: tuple[str, ...], types: Mapping[str, type], rows: Iterable[list[Any]]
) -> None:
    """Write a Parquet or an Arrow file.

    Args:
        path: where to.
        kind: `parquet` or `arrow`.
        columns: their names.
        types: of columns that are no text: `int` or `float`.
        rows: values in the order of the columns, None where there is none.

    Raises:
        OSError: when it cannot be written.
    """
    pyarrow = needed("pyarrow", "writing Parquet and Arrow files", "arrow")
    of = {int: pyarrow.int64(), float: pyarrow.float64(), str: pyarrow.string()}
    schema = pyarrow.schema([(column, of[types.get(column, str)]) for column in columns])
    if kind == "parquet":
        writer = needed("pyarrow.parquet", "writing Parquet files", "arrow").ParquetWriter(path, schema)
    else:
        writer = pyarrow.ipc.new_file(str(path), schema)
    with writer:
        for batch in _batches(rows):
            values = [list(map(_writable, column)) for column in zip(*batch, strict=True)]
            arrays = [pyarrow.array(one, field.type) for one, field in zip(values, schema, strict=True)]
            writer.write_batch(pyarrow.record_batch(arrays, schema=schema))


def _batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _writable(value: Any) -> Any:
    """A value with half characters, which UTF-8 has no way to write, as escapes."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value

"""Arrays in a file that is mapped into memory, of which nothing is used before its checksum was compared.

    magic (8 bytes) | SHA-256 of what follows but the arrays (32) | lengths of the head and the arrays (8, 8) | head |
    checks | arrays, each on 64 bytes

The head, in JSON, tells where each array lies. The checks are the CRC-32 (ITU-T V.42) of each block of the arrays. A
block is compared when something in it is first asked for, so that opening costs what the reader needs and no more: a
record is read by comparing the block that it lies in. Compared blocks are given back to the system; of a large file
only those pages stay in memory that are read afterwards, and processes share them.

The checks find damage, not forgery: who can write the file can write its checks too.

>>> written = Path(tempfile.mkdtemp()) / "squares"
>>> write(written, b"SQUARES1", {"of": 4}, {"squares": np.arange(4) ** 2})
>>> opened = MappedArrays.open(written, b"SQUARES1")
>>> opened.head["of"], opened.take(["squares"])["squares"].tolist(), opened.part("squares", 2, 4).tolist()
(4, [0, 1, 4, 9], [4, 9])
"""

from __future__ import annotations

import json
import mmap
import os
import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from io import FileIO
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from threading import Thread
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.errors import SnapshotError

Array = NDArray[Any]

#: How many bytes one check covers.
BLOCK = 1 << 18
#: Fewer blocks than this are compared before another thread would have begun.
_MANY = 64
_THREADS = min(4, os.cpu_count() or 1)
_ALIGNED = 64
_MAGIC, _SEALED, _LENGTHS = 8, 40, 56  # where the magic, its SHA-256 and the lengths end


class Arrays:
    """Arrays by name, in memory."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays

    @property
    def names(self) -> Collection[str]:
        """The name of every array."""
        return self._arrays.keys()

    def size(self, name: str) -> int:
        """How many items an array has."""
        return len(self._arrays[name])

    def take(self, names: Iterable[str]) -> dict[str, Array]:
        """Whole arrays.

        Raises:
            SnapshotError: when they are in a file that is damaged there, or was changed since it was opened.
        """
        return {name: self._arrays[name] for name in names}

    def part(self, name: str, first: int, last: int) -> Array:
        """Items of one array.

        Raises:
            SnapshotError: when they are in a file that is damaged there, or was changed since it was opened.
        """
        return self._arrays[name][first:last]

    def ensure_unchanged(self) -> None:
        """Make sure that they still are what they were.

        Raises:
            SnapshotError: when they are in a file that was cut or written over since it was opened.
        """


class MappedArrays(Arrays):
    """Arrays in a file. Read-only, and safe to share between threads."""

    def __init__(self, path: Path, file: FileIO, magic: bytes) -> None:
        """Map a file that is open, and read its head; `open` says what can be wrong."""
        self._path, self._file = path, file.fileno()
        weakref.finalize(self, file.close)
        self._stamp = self._stamped()
        self._map = mmap.mmap(self._file, 0, access=mmap.ACCESS_READ)
        self.head, self._checks, self._start = _sealed(path, memoryview(self._map), magic)
        self._compared = bytearray(len(self._checks))
        super().__init__({name: self._array(*place) for name, *place in self.head["arrays"]})
        self._places = {name: at for name, _, _, at in self.head["arrays"]}

    @classmethod
    def open(cls, path: Path, magic: bytes) -> MappedArrays:
        """Map a file and read its head.

        Raises:
            SnapshotError: when the file cannot be read, is of another format, was cut short, or its head is damaged.
        """
        try:
            reason = "not a regular file"
            if S_ISREG(path.stat().st_mode):  # to open a pipe would be to wait for somebody who writes into it
                file = FileIO(path)
                if os.fstat(file.fileno()).st_size:
                    return cls(path, file, magic)
                reason = "the file is empty"
        except OSError as error:
            reason = str(error.strerror)
        raise SnapshotError(f"{path}: not a snapshot that can be opened: {reason}")

    def take(self, names: Iterable[str]) -> dict[str, Array]:
        """Whole arrays, compared with their checks."""
        wanted = super().take(names)
        self._compare((self._places[name], self._places[name] + one.nbytes) for name, one in wanted.items())
        return wanted

    def part(self, name: str, first: int, last: int) -> Array:
        """Items of one array, compared with their checks."""
        part = super().part(name, first, last)
        start = self._places[name] + first * part.itemsize
        self._compare([(start, start + part.nbytes)])
        return part

    def ensure_unchanged(self) -> None:
        """Make sure that nobody cut the file or wrote over it; one that took its place by a new name is no matter."""
        if self._stamped() != self._stamp:
            raise SnapshotError(f"{self._path}: was written over while in use; load it again")

    def _stamped(self) -> tuple[int, int]:
        now = os.fstat(self._file)
        return now.st_size, now.st_mtime_ns

    def _array(self, dtype: str, count: int, at: int) -> Array:
        return np.frombuffer(self._map, np.dtype(dtype), count, self._start + at)

    def _compare(self, spans: Iterable[tuple[int, int]]) -> None:
        """Compare every block that holds a byte of these spans, unless it was compared before."""
        self.ensure_unchanged()
        every = dict.fromkeys(block for first, last in spans for block in range(first // BLOCK, -(-last // BLOCK)))
        blocks = [block for block in every if not self._compared[block]]
        count = _THREADS if len(blocks) >= _MANY else 1
        share = -(-len(blocks) // count)
        threads = [Thread(target=self._compare_blocks, args=(blocks[n * share :][:share],)) for n in range(1, count)]
        for thread in threads:
            thread.start()
        self._compare_blocks(blocks[:share])
        for thread in threads:
            thread.join()
        if not all(self._compared[block] for block in blocks):
            raise SnapshotError(f"{self._path}: damaged (a checksum does not match); compile the lists again")

    def _compare_blocks(self, blocks: Iterable[int]) -> None:
        """Note which blocks are as they were written, up to the first that is not."""
        view = memoryview(self._map)
        for block in blocks:
            first = self._start + block * BLOCK
            if crc32(view[first : first + BLOCK]) != self._checks[block]:
                return
            self._compared[block] = True
            _give_back(self._map, first)


def _give_back(mapped: mmap.mmap, first: int) -> None:
    """Let the system have the memory of a block again, where it can be told to."""
    if hasattr(mmap, "MADV_DONTNEED"):
        page = first - first % mmap.PAGESIZE
        mapped.madvise(mmap.MADV_DONTNEED, page, min(BLOCK, len(mapped) - page))


def _sealed(path: Path, data: memoryview, magic: bytes) -> tuple[dict[str, Any], list[int], int]:
    """Read what stands before the arrays: the head, the checks, and where the arrays begin."""
    if data[:_MAGIC] != magic:
        if data[: _MAGIC - 1] == magic[:-1] and len(data) >= _MAGIC:
            raise SnapshotError(f"{path}: written by another version of sanctionscreen; compile the lists again")
        raise SnapshotError(f"{path}: not a snapshot of this format; make one with: sanctionscreen compile")
    length, size = (int.from_bytes(data[at : at + 8], "little") for at in (_SEALED, _SEALED + 8))
    first = _LENGTHS + length
    start = first + 4 * -(-size // BLOCK)
    if len(data) < start or sha256(data[_SEALED:start]).digest() != data[_MAGIC:_SEALED]:
        raise SnapshotError(f"{path}: damaged (its head does not match its checksum); compile the lists again")
    if len(data) != start + size:
        raise SnapshotError(f"{path}: damaged (it has {len(data)} bytes, not {start + size}); compile the lists again")
    return json.loads(bytes(data[_LENGTHS:first])), np.frombuffer(data[first:start], "<u4").tolist(), start


# --- writing -------------------------------------------------------------------------------------------


def write(path: Path, magic: bytes, head: Mapping[str, Any], arrays: Mapping[str, Array]) -> None:
    """Write arrays and what tells of them; the file is whole or not there.

    Raises:
        SnapshotError: when the file cannot be written.
    """
    places, at = [], 0
    for name, array in arrays.items():
        places.append([name, array.dtype.str, len(array), at])
        at += array.nbytes + _padding(array.nbytes)
    checks = np.array(_checks(_pieces(arrays)), "<u4").tobytes()
    text = json.dumps({**head, "arrays": places}, ensure_ascii=False, sort_keys=True).encode("utf-8")
    text += b" " * _padding(_LENGTHS + len(text) + len(checks))
    sealed = b"".join((len(text).to_bytes(8, "little"), at.to_bytes(8, "little"), text, checks))
    _replace(path, chain((magic, sha256(sealed).digest(), sealed), _pieces(arrays)))


def _padding(size: int) -> int:
    return -size % _ALIGNED


def _pieces(arrays: Mapping[str, Array]) -> Iterator[memoryview | bytes]:
    """What the file holds of arrays, in order and without a copy of it all."""
    for array in arrays.values():
        yield np.ascontiguousarray(array).view(np.uint8).data
        yield b"\0" * _padding(array.nbytes)


def _checks(pieces: Iterable[memoryview | bytes]) -> list[int]:
    """The CRC-32 of each block."""
    checks, left = [0], BLOCK
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            if not left:
                checks.append(0)
                left = BLOCK
            taken, rest = rest[:left], rest[left:]
            checks[-1] = crc32(taken, checks[-1])
            left -= len(taken)
    return checks if left < BLOCK else []


def _replace(path: Path, pieces: Iterable[memoryview | bytes]) -> None:
    """Write beside the file, then take its place in one step."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        raise SnapshotError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)

"""Official files, opened with bounds: plain, gzip or zip, never more than a set size when expanded.

A downloaded file is input from outside. A compressed one may expand a thousandfold (a "zip bomb", CWE-409,
https://cwe.mitre.org/data/definitions/409.html); so the expanded size is bounded in bytes and in proportion.
Every way in which reading can fail becomes one `SourceError` line, see `faults`.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = (Path(folder) / "a.csv").write_bytes("é".encode("latin-1"))
...     with faults(Path("a.csv")):
...         decode(Path(folder) / "a.csv")
Traceback (most recent call last):
sanctionscreen.errors.SourceError: a.csv: not utf-8 at byte 0: save it as UTF-8, or download it again
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

from sanctionscreen.errors import SourceError

#: The largest official file, OFAC's SDN in Advanced XML, is about 120 MB.
MAX_EXPANDED = 1 << 30
#: XML and CSV of these lists compress 10 to 40 times; a bomb 1000 times. Small files may be uniform.
MAX_RATIO = 200
_RATIO_FREE = 16 << 20
_BLOCK = 1 << 20


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong in reading `path` into a `SourceError` that names it."""
    try:
        yield
    except UnicodeDecodeError as error:
        fix = "save it as UTF-8, or download it again"
        raise SourceError(f"{path}: not {error.encoding} at byte {error.start}: {fix}") from error
    except csv.Error as error:
        raise SourceError(f"{path}: broken or cut short ({error}): download it again") from error
    except ParseError as error:
        raise SourceError(f"{path}: not well-formed XML, or cut short ({error}): download it again") from error
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        raise SourceError(f"{path}: a damaged or cut archive ({error or 'no data'}): download it again") from error
    except (OSError, NotImplementedError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read: {reason}") from error


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than its bound."""

    def __init__(self, stream: gzip.GzipFile | IO[bytes], path: Path, packed: int) -> None:
        self._stream, self._path, self._packed, self._read = stream, path, max(packed, 1), 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # the stubs want any buffer
        data = self._stream.read(len(buffer))
        self._read += len(data)
        check_size(self._path, self._read, self._packed)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def check_size(path: Path, expanded: int, packed: int) -> None:
    """Refuse a file that expands beyond `MAX_EXPANDED`, or `MAX_RATIO` times its packed size when it is not small.

    Raises:
        SourceError: when it does.
    """
    if expanded > MAX_EXPANDED or (expanded > _RATIO_FREE and expanded > MAX_RATIO * packed):
        raise SourceError(f"{path}: expands beyond all measure ({expanded:,} bytes and more): refused")


def open_bytes(path: Path, member: str = "") -> IO[bytes]:
    """Open a plain or gzip file, or the one member of a zip whose name ends in `member`.

    Raises:
        SourceError: when there is no such file, it is empty, or expands too far.
    """
    packed = _size(path)
    if zipped(path):
        return _open_member(path, member)
    with path.open("rb") as file:
        magic = file.read(2)
    if magic != b"\x1f\x8b":
        return path.open("rb")
    return _buffered(_Bounded(gzip.open(path, "rb"), path, packed))


def _buffered(stream: _Bounded) -> IO[bytes]:
    return io.BufferedReader(stream, _BLOCK)  # type: ignore[type-var]  # the stubs want attributes it does not use


def _size(path: Path) -> int:
    if not path.exists():
        raise SourceError(f"{path}: no such file")
    if path.is_dir():
        raise SourceError(f"{path}: a folder: name the file in it")
    size = path.stat().st_size
    if not size:
        raise SourceError(f"{path}: the file is empty: download it again")
    return size


def zipped(path: Path) -> bool:
    """Whether the file is a zip archive (xlsx and ods are)."""
    return path.is_file() and zipfile.is_zipfile(path)


def _open_member(path: Path, ending: str) -> IO[bytes]:
    archive = zipfile.ZipFile(path)
    found = [info for info in archive.infolist() if info.filename.lower().endswith(ending.lower())]
    if len(found) != 1:
        archive.close()
        raise SourceError(f"{path}: {len(found)} files in the archive end in {ending!r}, one is wanted: unpack it")
    check_size(path, found[0].file_size, found[0].compress_size)
    return _buffered(_Bounded(archive.open(found[0]), path, found[0].compress_size))


def decode(path: Path, encodings: tuple[str, ...] = ("utf-8",)) -> str:
    """Find the first of the encodings that the whole file is written in.

    A UTF-8 byte order mark gives `utf-8-sig` whatever the encodings are.

    Raises:
        UnicodeDecodeError: that of the first encoding, when none fits.
        SourceError: for UTF-16, as spreadsheets save "Unicode text".
    """
    with open_bytes(path) as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError(f"{path}: in UTF-16: save it as UTF-8")
    if head.startswith(codecs.BOM_UTF8):
        encodings = ("utf-8-sig",)
    fault: UnicodeDecodeError | None = None
    for encoding in encodings:
        try:
            _decodes(path, encoding)
        except UnicodeDecodeError as error:
            fault = fault or error
        else:
            return encoding
    raise fault or UnicodeDecodeError(encodings[0], b"", 0, 0, "no encoding")


def _decodes(path: Path, encoding: str) -> None:
    decoder, read = codecs.getincrementaldecoder(encoding)(), 0
    with open_bytes(path) as file:
        while block := file.read(_BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                error.start += read
                raise
            read += len(block)
        decoder.decode(b"", final=True)


def open_text(path: Path, encodings: tuple[str, ...] = ("utf-8",)) -> io.TextIOWrapper:
    """Open as text in the first encoding that fits the whole file; line ends are kept.

    Raises:
        UnicodeDecodeError, SourceError: as `decode` and `open_bytes`.
    """
    encoding = decode(path, encodings)
    return io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="")


def head(path: Path, size: int = 65536) -> bytes:
    """The first bytes of a file, expanded where it is gzip.

    Raises:
        SourceError: as `open_bytes`.
    """
    with faults(path), open_bytes(path) as file:
        return file.read(size)

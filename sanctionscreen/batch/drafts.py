"""The output while it is written: a part file, and a journal that says what of it holds.

    hits.csv.part           what was written so far
    hits.csv.part.journal   of which run it is; and a line at the beginning and for every chunk: how many rows are done
                            by then, how many bytes hold, their checksum

Nothing stands under the output's own name before it is whole. After every chunk the journal has a line more: whatever
ends a run (SIGKILL, a full disk, a power cut), its last whole line tells a true state, what the part file has beyond
it is cut off, and the run goes on there. A part file that is of another run, or is not what the journal says, is begun
anew. One without a journal is somebody else's file, and is left alone; so is whatever is no plain file, such as a link
to somebody's file or a pipe, under any of these names. The system's lock on the part file keeps two
runs apart until the output is in its place, and ends with the process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from sanctionscreen.batch.summing import Tally
from sanctionscreen.errors import InputError
from sanctionscreen.sources.locking import taken
from sanctionscreen.tabular.writing import Form, is_plain, must_be_plain, whole_of

_BLOCK = 1 << 20


def part_of(path: Path) -> Path:
    """Where an output is written until it is whole.

    >>> str(part_of(Path("hits.csv")))
    'hits.csv.part'
    """
    return path.with_name(f"{path.name}.part")


class Draft:
    """An output that is being written; a context, out of which the part file stays only where a run can go on with it.

    Attributes:
        rows: how many rows of the input are done.
        tally: of those.
        restarted: why a run that was broken off was not gone on with, where there was one.
    """

    def __init__(self, form: Form, run: Mapping[str, str]) -> None:
        self.rows, self.tally = 0, Tally()
        self.restarted: str | None = None
        self._form, self._run = form, dict(run)
        self._part = part_of(form.path)
        self._journal = self._part.with_name(f"{self._part.name}.journal")
        self._bytes, self._digest = 0, sha256()
        self._stream: IO[bytes] | None = None
        self._notes: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Go on with a run of the same input, lists and settings, or begin.

        Raises:
            InputError: when it cannot be written, another run is writing it, or a file of another kind is in its way.
        """
        try:
            must_be_plain(self._part, self._journal, self._new, whole_of(self._part))
            self._stream = _opened(self._part, os.O_RDWR | os.O_CREAT, "rb+")
            self._lock(self._stream)
            self._resume(self._stream)
        except InputError:
            self._close()
            raise
        except OSError as error:
            if self._stream is not None and not self.rows:
                self._remove()
            self._close()
            raise self._cannot(error) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._close()
        if kind is not None and not self.rows:
            self._remove()

    def write(self, lines: bytes, rows: int, tally: Tally) -> None:
        """Add what was made of some rows; it holds once this returns.

        Args:
            lines: to be added.
            rows: how many rows of the input it was made of.
            tally: of these rows.

        Raises:
            InputError: when it cannot be written.
        """
        try:
            self._append(lines)
            self.rows += rows
            self.tally.add(tally)
            self._note()
        except OSError as error:
            raise self._cannot(error) from error

    def forget(self) -> None:
        """Do not go on with what was written; with the error that ends the run, its files are taken away."""
        self.rows = 0

    def finish(self) -> None:
        """Make the output of it.

        Raises:
            InputError: when it cannot be written.
        """
        if os.name == "nt":  # pragma: no cover  # Windows neither reads nor renames a file that is locked
            self._close()
        try:
            self._form.finish(self._part)
        except OSError as error:
            raise self._cannot(error) from error
        self._journal.unlink(missing_ok=True)

    @property
    def again(self) -> str:
        """What the same command does after a failure, to be added to what failed; nothing where it begins anew."""
        return f": the same command goes on after row {self.rows:,} of the table" if self.rows else ""

    # --- how -------------------------------------------------------------------------------------------

    def _lock(self, stream: IO[bytes]) -> None:
        if not (taken(stream.fileno()) and _is_at(stream, self._part)):
            raise InputError(f"{self._part}: another run is writing it: wait for it to end")

    def _resume(self, stream: IO[bytes]) -> None:
        self.restarted = self._read_journal(stream) if os.fstat(stream.fileno()).st_size else None
        stream.truncate(self._bytes)
        stream.seek(self._bytes)
        if not self._bytes:
            self._note()  # first of all, so that no part file of ours is without a journal
            self._append(self._form.head())

    def _read_journal(self, stream: IO[bytes]) -> str | None:
        """Take over what the journal says, or tell why not.

        Raises:
            InputError: when there is none.
        """
        try:
            with _opened(self._journal, os.O_RDONLY, "rb") as notes:
                first, *lines = map(json.loads, notes.read().split(b"\n")[:-1])
            told, run = lines[-1], dict(first)
            size, digest = int(told["bytes"]), str(told["sha256"])
            rows, tally = int(told["rows"]), Tally.read(told["tally"])
        except FileNotFoundError:
            raise InputError(
                f"{self._part}: is there, and no run wrote it: move it away, or give another output"
            ) from None
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return "its journal cannot be read"
        changed = [what for what in (*self._run, *run) if self._run.get(what) != run.get(what)]
        if changed:
            return f"the {changed[0]} changed"
        found = _digest(stream, size)
        if found.hexdigest() != digest:
            return "its part file was changed"
        self.rows, self.tally, self._bytes, self._digest = rows, tally, size, found
        return None

    def _append(self, lines: bytes) -> None:
        if self._stream is None:
            raise ValueError("a draft is written to inside its context")
        _write(self._stream, lines)
        self._bytes += len(lines)
        self._digest.update(lines)

    def _note(self) -> None:
        told = {
            "rows": self.rows,
            "bytes": self._bytes,
            "sha256": self._digest.hexdigest(),
            "tally": self.tally.plain(),
        }
        line = f"{json.dumps(told)}\n".encode("ascii")
        if self._notes is None:
            self._notes = self._new_journal(line)
        else:
            _write(self._notes, line)

    def _new_journal(self, line: bytes) -> IO[bytes]:
        """Put a journal in the place of the one before, in one step, and give it to be added to."""
        draft = self._new
        must_be_plain(draft)
        draft.unlink(missing_ok=True)  # of a run that was killed as it began
        with _opened(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, "wb") as stream:
            _write(stream, f"{json.dumps(self._run)}\n".encode("ascii") + line)
        draft.replace(self._journal)
        return _opened(self._journal, os.O_WRONLY | os.O_APPEND, "ab")

    @property
    def _new(self) -> Path:
        return self._journal.with_name(f"{self._journal.name}.new")

    def _close(self) -> None:
        for stream in (self._stream, self._notes):
            if stream is not None:
                stream.close()
        self._stream = self._notes = None

    def _remove(self) -> None:
        for path in filter(is_plain, (self._part, self._journal, self._new)):
            path.unlink(missing_ok=True)

    def _cannot(self, error: OSError) -> InputError:
        return InputError(f"{self._form.path}: cannot be written: {error.strerror or error}{self.again}")


def _opened(path: Path, how: int, mode: str) -> IO[bytes]:
    """Open a file, and nothing else that is there under its name: a link is not followed, a pipe not waited for.

    Raises:
        InputError: when it is something else.
        OSError: when it cannot be opened.
    """
    must_be_plain(path)
    how |= getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, how, 0o644), mode, buffering=0)


def _is_at(stream: IO[bytes], path: Path) -> bool:
    """Whether an open file still has its name: a run that ended just now made its output of it, or took it away."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _write(stream: IO[bytes], data: bytes) -> None:
    """Write all of it, or raise; a stream without a buffer writes what it can."""
    left = memoryview(data)
    while left:
        left = left[stream.write(left) :]


def _digest(stream: IO[bytes], size: int) -> Any:
    """The checksum of the first bytes of a file; of fewer where there are fewer."""
    digest, left = sha256(), size
    stream.seek(0)
    while left and (block := stream.read(min(left, _BLOCK))):
        digest.update(block)
        left -= len(block)
    return digest

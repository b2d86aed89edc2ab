"""Work shared out among processes: chunks go in, answers come out in the same order, few of either in memory.

A worker is an interpreter of its own, spoken to over its standard input and output. Nothing is forked, so that this
works beside threads and alike on every system; and the user's own script is not run again in it, as `multiprocessing`
would, so that it needs no `if __name__ == "__main__"`. A worker ends when its input ends, in the middle of a
chunk too: whatever becomes of the process that started it, SIGKILL included, no worker stays behind. Nor does what was
written for the workers (`scratch`): they remove it before they end so. An interrupt from the keyboard does not reach
the workers, only the one who started them, which ends them.

An interpreter without the global lock (https://docs.python.org/3/howto/free-threading-python.html) does the same with
threads, and nothing is started.

>>> [answer for _, answer in in_order(len, ["a", "bb", "ccc"], workers=1)]
[1, 2, 3]
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, TypeVar

from sanctionscreen.errors import InputError, SanctionScreenError, WorkerError

C = TypeVar("C")
R = TypeVar("R")

#: Chunks that are under way or answered and not yet taken, for each worker.
AHEAD = 3

#: What a worker runs: the modules of the one who starts it are found where that one finds them.
_BOOT = "import sys; sys.path[:] = {path!r}; from sanctionscreen.workers import main; main(*{scratch!r})"
#: How long a worker that has closed its output may take to be gone, in seconds.
_GRACE = 10.0
#: Folders that this process has for its workers just now; each worker is told of them when it is started.
_SCRATCH: set[str] = set()


def cores() -> int:
    """Give how many cores this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # pragma: no cover  # systems that cannot tell


def chosen(workers: int | None, *, large: bool) -> int:
    """Give how many workers to use.

    Args:
        workers: as the user said; None leaves it to us.
        large: whether there is work enough to pay for starting any.

    Raises:
        InputError: for less than 1.

    >>> chosen(None, large=False), chosen(3, large=False)
    (1, 3)
    """
    if workers is None:
        return cores() if large and (bool(sys.executable) and not getattr(sys, "frozen", False)) else 1
    if workers < 1:
        raise InputError(f"workers: {workers}: give 1 or more")
    return workers


def threads_suffice() -> bool:
    """Tell whether threads of this interpreter run at the same time, so that no process is needed."""
    return not getattr(sys, "_is_gil_enabled", lambda: True)()


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a temporary folder for what workers are to read, for as long as the context lasts.

    Where this process is killed before it can remove the folder, the workers that it started in the context do, on
    systems where files that are open can be removed.
    """
    with tempfile.TemporaryDirectory(prefix="sanctionscreen-", ignore_cleanup_errors=True) as folder:
        _SCRATCH.add(folder)
        try:
            yield Path(folder)
        finally:
            _SCRATCH.discard(folder)


def in_order(task: Callable[[C], R], chunks: Iterable[C], workers: int) -> Iterator[tuple[C, R]]:
    """Do a task with every chunk; give each chunk with its answer, in the order of the chunks.

    Args:
        task: what to do; with more than one worker it must pickle, and its chunks and answers too.
        chunks: read as they are needed, `AHEAD` for each worker at most.
        workers: how many; with one, all is done here, a chunk at a time.

    Raises:
        WorkerError: when a worker ends before its work is done.
    """
    if workers == 1:
        for chunk in chunks:
            yield chunk, task(chunk)
        return
    with ExitStack() as stack:
        started = [] if threads_suffice() else _started(task, workers, stack)
        crew: list[Callable[[C], R]] = [*started] or [task] * workers
        idle: SimpleQueue[Callable[[C], R]] = SimpleQueue()
        for one in crew:
            idle.put(one)
        pool = ThreadPoolExecutor(workers)
        stack.callback(pool.shutdown, wait=True, cancel_futures=True)
        for worker in started:
            stack.callback(worker.kill)  # called first, so that no thread waits for an answer any more
        yield from _in_order(pool, idle, chunks, AHEAD * workers)


def _in_order(
    pool: ThreadPoolExecutor, idle: SimpleQueue[Callable[[C], R]], chunks: Iterable[C], most: int
) -> Iterator[tuple[C, R]]:
    def work(chunk: C) -> R:
        worker = idle.get()
        try:
            return worker(chunk)
        finally:
            idle.put(worker)

    pending: deque[tuple[C, Future[R]]] = deque()
    for chunk in chunks:
        pending.append((chunk, pool.submit(work, chunk)))
        if len(pending) >= most:
            first, answer = pending.popleft()
            yield first, answer.result()
    while pending:
        first, answer = pending.popleft()
        yield first, answer.result()


def _started(task: Callable[[C], R], workers: int, stack: ExitStack) -> list[_Worker]:
    data = pickle.dumps(task)
    return [stack.enter_context(_Worker(data)) for _ in range(workers)]


class _Worker:
    """A worker, from the side of the one who started it."""

    def __init__(self, task: bytes) -> None:
        command = [sys.executable, "-c", _BOOT.format(path=sys.path, scratch=sorted(_SCRATCH))]
        errors = None if sys.flags.dev_mode else subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(  # noqa: S603  # this interpreter and code of our own
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, **_apart()
            )
        except OSError as error:
            raise WorkerError(f"a worker process cannot be started: {error.strerror}: give fewer workers") from error
        self._task: bytes | None = task

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                _there(stream).close()

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()

    def __call__(self, chunk: Any) -> Any:
        """Have a chunk done."""
        data = pickle.dumps(chunk)
        try:
            sink = _there(self._process.stdin)
            if self._task is not None:
                pickle.dump(self._task, sink)
                self._task = None
            pickle.dump(data, sink)
            sink.flush()
            done, answer = pickle.load(_there(self._process.stdout))  # noqa: S301  # written by our own worker
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise WorkerError(f"a worker process {self._how_it_ended()}: the work is not whole") from error
        if not done:
            raise answer
        return answer

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:  # pragma: no cover  # closed its output and runs on
            return "does not answer"
        if code >= 0:
            return f"ended with code {code}"
        with suppress(ValueError):
            return f"was killed ({signal.Signals(-code).name})"
        return f"was killed (signal {-code})"


def _there(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:  # pragma: no cover  # asked for when the process is started
        raise OSError("no pipe")
    return stream


def _apart() -> dict[str, Any]:
    """What keeps an interrupt from the keyboard away from a worker."""
    if sys.platform == "win32":  # pragma: no cover
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


# --- in the worker -------------------------------------------------------------------------------------


def main(*scratch: str) -> None:
    """Be a worker: serve standard input and output until the input ends, then remove the scratch folders."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is printed is no answer
    gc.set_threshold(1_000_000, 20, 20)  # what is remembered lives on, and what a chunk leaves is next to nothing
    given: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_receive, args=(source, given, scratch), daemon=True).start()
    with suppress(BrokenPipeError):
        serve(iter(given.get, None), sink)
    _end(scratch)


def _receive(source: IO[bytes], given: SimpleQueue[bytes], scratch: Iterable[str]) -> None:
    """Take what comes; when no more can come, end this process, whatever the rest of it is in the middle of.

    The input ends with the process that writes it: in its life, that one kills its workers first.
    """
    try:
        while True:
            given.put(pickle.load(source))  # noqa: S301  # written by who started us
    finally:
        _end(scratch)


def _end(scratch: Iterable[str]) -> None:
    for folder in scratch:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def serve(given: Iterator[bytes], sink: IO[bytes]) -> None:
    """Take a task and then chunks, and write the answer to each: (True, answer) or (False, exception).

    Every message is bytes with a pickle in them, so that one that cannot be read leaves the next ones alone.
    """
    done, task = _tried(lambda: pickle.loads(next(given)))  # noqa: S301  # written by who started us
    for data in given:
        answer = _tried(lambda chunk: task(pickle.loads(chunk)), data) if done else (False, task)  # noqa: S301
        sink.write(_pickled(answer))
        sink.flush()


def _tried(do: Callable[..., Any], *arguments: Any) -> tuple[bool, Any]:
    try:
        return True, do(*arguments)
    except Exception as error:  # noqa: BLE001  # whatever it is, the one who asked is told
        return False, error


def _pickled(answer: tuple[bool, Any]) -> bytes:
    """An answer as bytes; an exception that would not come through is told in its words."""
    try:
        data = pickle.dumps(answer)
        if not answer[0]:
            pickle.loads(data)  # noqa: S301  # just made
    except Exception:  # noqa: BLE001  # exceptions pickle in ways of their own
        told = answer[1] if not answer[0] else "an answer that does not pickle"
        name = "" if isinstance(told, SanctionScreenError | str) else f"{type(told).__name__}: "
        return pickle.dumps((False, WorkerError(f"{name}{told}")))
    return data

"""Work shared out among processes comes back whole and in order, or not at all."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError, ListError, SnapshotError, WorkerError
from sanctionscreen.workers import AHEAD, chosen, cores, in_order, serve

linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")


def children() -> set[int]:
    """Processes that this one has started and that are there, zombies too."""
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for one in tasks for pid in one.read_text(encoding="ascii").split()}


def test_answers_come_in_the_order_of_the_chunks() -> None:
    chunks = [[n] * (20 - n) for n in range(20)]
    assert list(in_order(sum, chunks, workers=3)) == [(chunk, sum(chunk)) for chunk in chunks]


def test_one_worker_is_this_process_and_reads_no_chunk_ahead() -> None:
    read: list[int] = []

    def chunks() -> Iterator[int]:
        for number in range(3):
            read.append(number)
            yield number

    for chunk, answer in in_order(lambda n: (n, os.getpid()), chunks(), workers=1):
        assert answer == (chunk, os.getpid())
        assert read[-1] == chunk


def test_few_chunks_are_under_way_at_a_time() -> None:
    read = 0

    def chunks() -> Iterator[str]:
        nonlocal read
        for _ in range(200):
            read += 1
            yield "x"

    for taken, _ in enumerate(in_order(len, chunks(), workers=2), 1):
        assert read - taken <= 2 * AHEAD


# A task is found by its name in the worker, where tests are not: it is a function of the standard library here.


@pytest.mark.usefixtures("processes")
def test_a_task_is_done_in_another_process() -> None:
    answers = [answer for _, answer in in_order(eval, ["__import__('os').getpid()"] * 8, workers=2)]
    assert os.getpid() not in answers


def test_threads_do_it_where_nothing_locks_them_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: False, raising=False)
    answers = list(in_order(lambda n: (n, os.getpid()), range(20), workers=3))
    assert answers == [(n, (n, os.getpid())) for n in range(20)]


def test_what_a_task_prints_is_no_answer() -> None:
    assert list(in_order(print, ["x", "y"], workers=2)) == [("x", None), ("y", None)]


@linux
def test_an_error_of_the_task_is_raised_and_no_process_stays() -> None:
    before = children()
    with pytest.raises(ZeroDivisionError):
        list(in_order(eval, ["1", "1 / 0", "2"], workers=2))
    assert children() == before


@linux
@pytest.mark.usefixtures("processes")
def test_nothing_stays_when_nobody_takes_the_rest() -> None:
    before = children()
    answers = in_order(len, iter(lambda: "x", ""), workers=2)
    assert next(answers) == ("x", 1)
    assert len(children() - before) == 2
    answers.close()
    assert children() == before


@linux
@pytest.mark.usefixtures("processes")
def test_a_worker_that_is_killed_is_one_clear_error() -> None:
    before = children()
    answers = in_order(len, ["x"] * 100_000, workers=2)
    next(answers)
    for pid in children() - before:
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerError, match=r"^a worker process was killed \(SIGKILL\): the work is not whole$"):
        list(answers)
    assert children() == before


@pytest.mark.parametrize(
    ("does", "told"),
    [("__import__('os')._exit(3)", "ended with code 3"), ("__import__('os').kill(0, 35)", "was killed")],
)
@pytest.mark.usefixtures("processes")
def test_a_worker_that_ends_by_itself_is_told(does: str, told: str) -> None:
    code = does.replace("kill(0", "kill(__import__('os').getpid()")
    with pytest.raises(WorkerError, match=told):
        list(in_order(eval, [code], workers=2))


@pytest.mark.usefixtures("processes")
def test_a_worker_that_cannot_be_started_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(WorkerError, match="cannot be started: No such file or directory: give fewer workers"):
        list(in_order(len, ["x"], workers=2))


@linux
@pytest.mark.usefixtures("processes")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize(
    "then", ["__import__('os').getpid()", "__import__('time').sleep(60)", "all(True for _ in iter(int, 1))"]
)
def test_nothing_stays_when_whoever_started_the_workers_is_killed(then: str, how: signal.Signals) -> None:
    script = (
        "from itertools import chain, repeat; from sanctionscreen.workers import in_order, scratch\n"
        "with scratch() as folder:\n"
        "    (folder / 'x').touch()\n"
        f"    chunks = chain(repeat('__import__(\"os\").getpid()', 40), repeat({then!r}))\n"
        "    answers = in_order(eval, chunks, workers=2)\n"
        "    print(folder, *{next(answers)[1] for _ in range(40)}, flush=True)\n"
        "    import time; time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        folder, *pids = parent.stdout.readline().split()
        assert Path(folder, "x").exists()
        parent.send_signal(how)
    assert pids
    until = time.monotonic() + 20
    while any(map(_running, pids)) or Path(folder).exists():
        assert time.monotonic() < until, "a worker or its folder stayed behind"
        time.sleep(0.05)


def _running(pid: str) -> bool:
    """Whether a process is there and no zombie that its new parent has not buried yet."""
    try:
        return "\nState:\tZ" not in Path("/proc", pid, "status").read_text(encoding="utf-8")
    except OSError:
        return False


# --- how many ------------------------------------------------------------------------------------------


def test_how_many_workers() -> None:
    assert cores() >= 1
    assert chosen(None, large=False) == 1
    assert chosen(None, large=True) == cores()
    assert chosen(5, large=False) == chosen(5, large=True) == 5


def test_no_worker_is_started_unasked_where_there_is_no_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert chosen(None, large=True) == 1


@pytest.mark.parametrize("workers", [0, -1])
def test_less_than_one_worker_is_an_error(workers: int) -> None:
    with pytest.raises(InputError, match=f"workers: {workers}: give 1 or more"):
        chosen(workers, large=True)


# --- what a worker does --------------------------------------------------------------------------------


def served(task: Any, *chunks: Any) -> list[tuple[bool, Any]]:
    messages = [task if isinstance(task, bytes) else pickle.dumps(task), *map(pickle.dumps, chunks)]
    sink = io.BytesIO()
    serve(iter(messages), sink)
    sink.seek(0)
    return [pickle.load(sink) for _ in chunks]  # noqa: S301  # written just above


@given(st.lists(st.lists(st.integers())))
def test_a_worker_answers_every_chunk(chunks: list[list[int]]) -> None:
    assert served(sum, *chunks) == [(True, sum(chunk)) for chunk in chunks]


def test_a_worker_without_input_ends() -> None:
    serve(iter([]), io.BytesIO())


def test_a_task_that_cannot_be_read_is_told_for_every_chunk() -> None:
    for done, error in served(b"cno_module_of_ours\nx\n.", 1, 2):
        assert not done
        assert isinstance(error, ModuleNotFoundError)


@pytest.mark.parametrize(
    ("raised", "kind", "told"),
    [
        ("ValueError('x')", ValueError, "x"),
        ("errors.SnapshotError('x.snapshot: damaged')", SnapshotError, "x.snapshot: damaged"),
        ("errors.MissingExtraError('this', 'that')", WorkerError, 'pip install "sanctionscreen[that]"'),
        ("errors.ListError(())", ListError, ""),
        ("type('Odd', (Exception,), {})('x')", WorkerError, "Odd: x"),
    ],
)
def test_an_exception_comes_through_or_is_told(raised: str, kind: type[Exception], told: str) -> None:
    code = f"(_ for _ in ()).throw((lambda errors: {raised})(__import__('sanctionscreen.errors').errors))"
    ((done, error),) = served(eval, code)
    assert (done, type(error)) == (False, kind)
    assert told in str(error)


def test_an_answer_that_does_not_pickle_is_told() -> None:
    ((done, error),) = served(eval, "lambda: 1")
    assert not done
    assert "does not pickle" in str(error)

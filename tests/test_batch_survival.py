"""A run that is broken off: no partial output taken for whole, no process left, and the same bytes in the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanctionscreen import InputError, Screener, WorkerError
from sanctionscreen.batch import drafts, part_of, screen_file
from sanctionscreen.batch import files as files_module
from sanctionscreen.batch.summing import Tally
from sanctionscreen.question import Answer, Question
from sanctionscreen.records import Party
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.locking import taken

linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")

LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal,
         programs: [{id: P, title: P}]}
parties:
- {id: quill, kind: organization, names: [{name: Quillfeather Ltd, type: primary}], listings: [{program: P}]}
- {id: gone, kind: organization, names: [{name: Nevermore Starlings, type: primary}],
   listings: [{program: P, effective_date: 2010-01-01, end_date: 2011-01-01, status: delisted}]}
"""

#: Longer than anything here takes on a slow machine, in seconds.
PATIENCE = 120


def vendors(rows: int) -> Iterator[str]:
    """Rows of a table: clear ones for the most part, hits, history, broken and blank ones among them."""
    drawn = random.Random(7)
    odd = ("Quilfeather", "Nevermore Starlings", "??", "one,too many,cells", "", '"broken" x', "=Quillfeather Ltd")
    for number in range(rows):
        word = "".join(drawn.choices("abcdefghiklmnoprstuvz", k=9))
        yield odd[number // 5 % len(odd)] if number % 5 == 0 else f"{word} Trading {number},x"


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "ours.yaml").write_text(LIST, encoding="utf-8")
    path = folder / "ours.snapshot"
    Snapshot.of(load_lists([folder / "ours.yaml"])).save(path)
    return path


@pytest.fixture(scope="module")
def screener(lists: Path) -> Screener:
    return Screener.load(lists)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tables") / "vendors.csv"
    path.write_text("name,note\n" + "\n".join(vendors(2_000)) + "\n", encoding="utf-8")
    return path


def command(table: Path, out: Path, lists: Path, workers: int = 2) -> list[str]:
    told = ["screen", table, "-o", out, "--lists", lists, "--workers", workers, "--as-of", "2022-05-20", "--all"]
    return [sys.executable, "-m", "sanctionscreen", *map(str, told)]


def finished(table: Path, out: Path, lists: Path, workers: int = 2) -> subprocess.CompletedProcess[str]:
    run = command(table, out, lists, workers)
    return subprocess.run(run, capture_output=True, text=True, check=False, timeout=PATIENCE)


def wait_for(what: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until, "nothing came of it"
        time.sleep(0.001)


def rows_done(out: Path) -> int:
    journal = Path(f"{part_of(out)}.journal")
    return int(json.loads(journal.read_bytes().split(b"\n")[-2])["rows"]) if journal.exists() else 0


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in path.read_text(encoding="ascii").split()]


def is_there(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


class Begun:
    """A run as a process of its own, that has written something and has not finished."""

    def __init__(self, table: Path, out: Path, lists: Path, workers: int = 2) -> None:
        self.out, before = out, rows_done(out)
        self.process = subprocess.Popen(
            command(table, out, lists, workers),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        wait_for(lambda: rows_done(out) > before or self.process.poll() is not None)
        self.workers = workers_of(self.process)

    def ended(self) -> tuple[int, str, str]:
        """Its code and what it said, once no process of it is left."""
        said = self.process.communicate(timeout=PATIENCE)
        wait_for(lambda: not any(map(is_there, self.workers)))
        return self.process.returncode, *said


@pytest.fixture(scope="module")
def whole(table: Path, screener: Screener, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The bytes of a run that nothing broke off."""
    kept: dict[str, bytes] = {}

    def bytes_of(ending: str) -> bytes:
        if ending not in kept:
            out = tmp_path_factory.mktemp("whole") / f"hits{ending}"
            screen_file(screener, table, out, as_of=date(2022, 5, 20), every_row=True, workers=1)
            kept[ending] = out.read_bytes()
        return kept[ending]

    return bytes_of


# --- whatever ends it ----------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(("ending", "workers"), [(".csv", 2), (".jsonl", 1), (".xlsx", 2), (".parquet", 1)])
def test_a_run_that_was_killed_goes_on_and_gives_the_same_bytes(
    table: Path, lists: Path, tmp_path: Path, whole: Callable[[str], bytes], ending: str, workers: int
) -> None:
    if ending == ".parquet":
        pytest.importorskip("pyarrow")
    out = tmp_path / f"hits{ending}"
    out.write_text("of yesterday", encoding="utf-8")
    for _ in range(2):
        begun = Begun(table, out, lists, workers)
        os.kill(begun.process.pid, signal.SIGKILL)
        assert begun.ended()[0] == -signal.SIGKILL
        assert out.read_text(encoding="utf-8") == "of yesterday"
    done = rows_done(out)
    assert 0 < done <= 2_000
    last = finished(table, out, lists, 3 - workers)
    assert f"Went on after row {done} of a run that was broken off." in " ".join(last.stdout.split())
    assert out.read_bytes() == whole(ending)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@linux
@pytest.mark.usefixtures("processes")
def test_a_worker_that_is_killed_is_one_line_and_nothing_is_left_behind(
    table: Path, lists: Path, tmp_path: Path, whole: Callable[[str], bytes]
) -> None:
    out = tmp_path / "hits.csv"
    begun = Begun(table, out, lists)
    os.kill(begun.workers[0], signal.SIGKILL)
    code, said, complaint = begun.ended()
    assert (code, said) == (2, "")
    assert complaint.startswith(f"sanctionscreen: {out}: not written: a worker process was killed (SIGKILL)")
    assert complaint.count("\n") == 1
    assert f"goes on after row {rows_done(out):,} of the table" in complaint
    assert not out.exists()
    finished(table, out, lists)
    assert out.read_bytes() == whole(".csv")


@linux
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupt_from_the_keyboard_is_one_line_and_nothing_is_left_behind(
    table: Path, lists: Path, tmp_path: Path, whole: Callable[[str], bytes], workers: int
) -> None:
    out = tmp_path / "hits.csv"
    begun = Begun(table, out, lists, workers)
    os.killpg(begun.process.pid, signal.SIGINT)
    assert begun.ended() == (
        2, "", f"sanctionscreen: interrupted: {out} was not written; the same command goes on where it stopped\n"
    )  # fmt: skip
    assert not out.exists()
    finished(table, out, lists)
    assert out.read_bytes() == whole(".csv")


@linux
@pytest.mark.parametrize("most", [100, 80_000])
def test_a_full_disk_is_one_line_and_the_run_goes_on_once_there_is_room(
    table: Path, lists: Path, tmp_path: Path, whole: Callable[[str], bytes], most: int
) -> None:
    out = tmp_path / "hits.csv"
    limit = f"import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
    run = [sys.executable, "-c", f"{limit}runpy.run_module('sanctionscreen', run_name='__main__')"]
    run += command(table, out, lists)[3:]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"sanctionscreen: {out}: cannot be written: File too large")
    assert done.stderr.count("\n") == 1
    assert not out.exists()
    assert bool(rows_done(out)) == (most > 100)
    finished(table, out, lists)
    assert out.read_bytes() == whole(".csv")


@linux
def test_two_runs_do_not_write_the_same_output(table: Path, lists: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    begun = Begun(table, out, lists)
    os.kill(begun.process.pid, signal.SIGSTOP)  # so that it does not end before the second one begins
    second = finished(table, out, lists)
    begun.process.kill()
    begun.ended()
    assert second.returncode == 2
    assert second.stderr == f"sanctionscreen: {out}.part: another run is writing it: wait for it to end\n"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_run_begins_while_another_makes_the_output(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """A second run with other settings, begun while the first makes the whole file of its lines, is refused."""
    out, said = small.with_name(f"hits{ending}"), []
    real = files_module.Form.finish

    def finish(form: files_module.Form, lines: Path) -> None:
        monkeypatch.setattr(files_module.Form, "finish", real)
        with pytest.raises(InputError) as refused:
            screen_file(screener, small, out, cutoff=0.9)
        said.append(str(refused.value))
        real(form, lines)

    monkeypatch.setattr(files_module.Form, "finish", finish)
    screen_file(screener, small, out)
    assert said == [f"{part_of(out)}: another run is writing it: wait for it to end"]
    assert {path.name for path in small.parent.iterdir()} == {small.name, out.name}


def test_a_part_file_that_became_the_output_meanwhile_is_not_written_to(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the part file and locking it, the run that held it may have ended."""
    out = small.with_name("hits.csv")
    broken_off(2, screener, small, out)
    was = part_of(out).read_bytes()

    def ends(handle: int) -> bool:
        part_of(out).replace(out)
        return taken(handle)

    monkeypatch.setattr(drafts, "taken", ends)
    with pytest.raises(InputError, match="another run is writing it"):
        screen_file(screener, small, out)
    assert out.read_bytes() == was


# --- laws, in this process -----------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files_module, "CHUNK", 3)
    path = tmp_path / "vendors.csv"
    path.write_text("name,note\n" + "\n".join(vendors(40)) + "\n", encoding="utf-8")
    return path


def broken_off(after: int, *arguments: Any, **options: Any) -> None:
    """Begin a run and interrupt it after so many chunks."""
    left = [after]

    def progress(*_: int) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_file(*arguments, progress=progress, **options)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 5), max_size=2), st.sampled_from([".csv", ".tsv", ".jsonl", ".xlsx"]), st.booleans())
def test_however_often_a_run_is_broken_off_the_output_is_the_same(
    screener: Screener, small: Path, breaks: list[int], ending: str, every_row: bool
) -> None:
    out, whole = small.with_name(f"hits{ending}"), small.with_name(f"whole{ending}")
    expected = screen_file(screener, small, whole, every_row=every_row)
    for after in breaks:
        broken_off(after, screener, small, out, every_row=every_row)
        assert not out.exists()
    summary = screen_file(screener, small, out, every_row=every_row)
    assert out.read_bytes() == whole.read_bytes()
    assert (summary.outcomes, summary.faults, summary.hits) == (expected.outcomes, expected.faults, expected.hits)
    assert (summary.blank, summary.dispositions) == (expected.blank, expected.dispositions)
    assert (summary.history, summary.unused) == (expected.history, ("note",))
    out.unlink()


def other_table(table: Path, _: Path) -> None:
    table.write_text(table.read_text(encoding="utf-8") + "One More,x\n", encoding="utf-8")


def cut_part(_: Path, part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-1])


def changed_part(_: Path, part: Path) -> None:
    part.write_bytes(b"x" + part.read_bytes()[1:])


def cut_journal(_: Path, part: Path) -> None:
    journal = Path(f"{part}.journal")
    journal.write_bytes(journal.read_bytes()[:9])


def odd_journal(_: Path, part: Path) -> None:
    Path(f"{part}.journal").write_text("[]\n[]\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "options", "why"),
    [
        (other_table, {}, "the table changed"),
        (None, {"cutoff": 0.9}, "the settings changed"),
        (None, {"every_row": True}, "the settings changed"),
        (cut_part, {}, "its part file was changed"),
        (changed_part, {}, "its part file was changed"),
        (cut_journal, {}, "its journal cannot be read"),
        (odd_journal, {}, "its journal cannot be read"),
    ],
)
def test_a_run_that_is_not_the_same_is_begun_anew_and_says_so(
    screener: Screener, small: Path, change: Callable[[Path, Path], None] | None, options: dict[str, Any], why: str
) -> None:
    out, whole = small.with_name("hits.csv"), small.with_name("whole.csv")
    broken_off(2, screener, small, out)
    if change:
        change(small, part_of(out))
    summary = screen_file(screener, small, out, **options)
    assert (summary.resumed, summary.restarted) == (0, why)
    screen_file(screener, small, whole, **options)
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx"])
def test_a_file_of_another_kind_in_the_way_is_left_alone(screener: Screener, small: Path, ending: str) -> None:
    out = small.with_name(f"hits{ending}")
    part_of(out).write_text("the part that was cut from the film", encoding="utf-8")
    with pytest.raises(InputError, match=rf"hits\{ending}\.part: is there, and no run wrote it: move it away"):
        screen_file(screener, small, out)
    assert part_of(out).read_text(encoding="utf-8") == "the part that was cut from the film"
    assert {path.name for path in small.parent.iterdir()} == {small.name, part_of(out).name}
    part_of(out).write_bytes(b"")  # nobody's loss
    assert screen_file(screener, small, out).restarted is None


def to_a_file(path: Path, other: Path) -> None:
    path.symlink_to(other)


def to_nothing(path: Path, _: Path) -> None:
    path.symlink_to("nowhere")


def pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def folder(path: Path, _: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [to_a_file, to_nothing, pipe, folder])
@pytest.mark.parametrize("name", [".part", ".part.journal", ".part.journal.new", ".part.whole"])
@pytest.mark.parametrize("begun", [False, True])
def test_a_link_or_a_pipe_in_the_way_is_left_alone(
    screener: Screener, small: Path, make: Callable[[Path, Path], None], name: str, begun: bool
) -> None:
    out, other = small.with_name("hits.xlsx"), small.with_name("other")
    way = Path(f"{out}{name}")
    if begun:
        broken_off(2, screener, small, out)
        way.unlink(missing_ok=True)
    other.write_text("of somebody", encoding="utf-8")
    make(way, other)
    was = way.lstat()
    options = {"cutoff": 0.9} if begun else {}  # which begins anew
    with pytest.raises(InputError) as caught:
        screen_file(screener, small, out, **options)
    assert (
        str(caught.value) == f"{way}: is a link or no file, and no run wrote it: move it away, or give another output"
    )
    assert (other.read_text(encoding="utf-8"), os.path.samestat(way.lstat(), was)) == ("of somebody", True)
    assert not os.path.lexists(small.with_name("nowhere"))
    assert not out.exists()
    assert begun or {path.name for path in small.parent.iterdir()} == {small.name, other.name, way.name}


def test_a_second_name_of_a_file_is_not_written_to(screener: Screener, small: Path) -> None:
    out, other = small.with_name("hits.csv"), small.with_name("other")
    other.write_text("of somebody", encoding="utf-8")
    Path(f"{part_of(out)}.journal.new").hardlink_to(other)
    screen_file(screener, small, out)
    assert other.read_text(encoding="utf-8") == "of somebody"
    assert {path.name for path in small.parent.iterdir()} == {small.name, out.name, other.name}


@pytest.mark.parametrize("killed_at", ["_note", "_append"])
def test_a_run_that_was_killed_as_it_began_is_not_in_its_own_way(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch, killed_at: str
) -> None:
    """What it leaves behind is never a part file without a journal."""
    out, whole = small.with_name("hits.csv"), small.with_name("whole.csv")

    def killed(draft: drafts.Draft, *given: Any) -> None:
        if killed_at == "_append":
            real(draft, *given)
        raise KeyboardInterrupt  # before there is a context that would clear up

    real = getattr(drafts.Draft, killed_at)
    with monkeypatch.context() as patch:
        patch.setattr(drafts.Draft, killed_at, killed)
        with pytest.raises(KeyboardInterrupt):
            screen_file(screener, small, out)
    assert part_of(out).exists()
    summary = screen_file(screener, small, out)
    assert (summary.resumed, summary.restarted) == (0, None)
    screen_file(screener, small, whole)
    assert out.read_bytes() == whole.read_bytes()


def test_other_lists_begin_anew(screener: Screener, small: Path) -> None:
    out = small.with_name("hits.csv")
    broken_off(2, screener, small, out)
    assert screen_file(Screener.load(), small, out).restarted == "the lists changed"


def test_what_was_written_beyond_the_journal_is_cut_off(screener: Screener, small: Path) -> None:
    out, whole = small.with_name("hits.csv"), small.with_name("whole.csv")
    broken_off(2, screener, small, out)
    with part_of(out).open("ab") as stream:
        stream.write(b"half a ro")
    assert screen_file(screener, small, out).resumed == 6
    screen_file(screener, small, whole)
    assert out.read_bytes() == whole.read_bytes()


def test_a_line_of_the_journal_that_is_not_whole_does_not_count(screener: Screener, small: Path) -> None:
    out, whole = small.with_name("hits.csv"), small.with_name("whole.csv")
    broken_off(3, screener, small, out)
    journal = Path(f"{part_of(out)}.journal")
    journal.write_bytes(journal.read_bytes()[:-1])
    assert screen_file(screener, small, out).resumed == 6
    screen_file(screener, small, whole)
    assert out.read_bytes() == whole.read_bytes()


def test_a_run_that_has_done_nothing_leaves_nothing(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(drafts.Draft, "_append", full)
    with pytest.raises(InputError, match=r"hits\.csv: cannot be written: No space left on device$"):
        screen_file(screener, small, small.with_name("hits.csv"))
    assert list(small.parent.iterdir()) == [small]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_disk_that_is_full_at_the_last_moment_costs_no_row(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    out = small.with_name(f"hits{ending}")

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("sanctionscreen.tabular.writing._onto_disk", full)
        with pytest.raises(InputError, match="No space left on device: the same command goes on after row 40 of"):
            screen_file(screener, small, out)
    assert not out.exists()
    assert screen_file(screener, small, out).resumed == 40
    assert {path.name for path in small.parent.iterdir()} == {small.name, out.name}


def test_a_chunk_that_is_not_in_the_journal_is_not_done(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of the journal that cannot be written leaves those before, and the part file is cut back to them."""
    out, whole = small.with_name("hits.csv"), small.with_name("whole.csv")
    noted, note = [], drafts.Draft._note

    def fails_once(draft: drafts.Draft) -> None:
        noted.append(draft.rows)
        if noted == [0, 3, 6, 9]:
            raise OSError(28, "No space left on device")
        note(draft)

    monkeypatch.setattr(drafts.Draft, "_note", fails_once)
    with pytest.raises(InputError, match="No space left on device"):
        screen_file(screener, small, out)
    assert screen_file(screener, small, out).resumed == 6
    screen_file(screener, small, whole)
    assert out.read_bytes() == whole.read_bytes()


def cut_short(table: Path) -> None:
    os.truncate(table, 20)


def replaced(table: Path) -> None:
    table.with_name("new.csv").write_bytes(table.read_bytes())
    table.with_name("new.csv").replace(table)


def gone(table: Path) -> None:
    table.unlink()


def written_over_and_dated_back(table: Path) -> None:
    was = table.stat()
    table.write_bytes(table.read_bytes().replace(b"Trading", b"tRADING"))
    os.utime(table, ns=(was.st_atime_ns, was.st_mtime_ns))


@pytest.mark.parametrize("change", [cut_short, replaced, gone, written_over_and_dated_back])
@pytest.mark.parametrize(("after", "workers"), [(1, 1), (5, 1), (5, 2), (14, 1)])
def test_a_table_that_changes_while_it_is_screened_is_refused_and_nothing_of_it_kept(
    screener: Screener, small: Path, change: Callable[[Path], None], after: int, workers: int
) -> None:
    out, left = small.with_name("hits.csv"), [after]
    small.write_text("name,note\n" + "\n".join(vendors(42)) + "\n", encoding="utf-8")

    def progress(*_: int) -> None:
        left[0] -= 1
        if not left[0]:
            change(small)

    with pytest.raises(InputError, match=r"vendors\.csv: changed while it was screened, and nothing of it was kept"):
        screen_file(screener, small, out, progress=progress, workers=workers)
    assert {path.name for path in small.parent.iterdir()} <= {small.name}


def test_a_table_that_cannot_be_read_on_because_it_was_changed_says_so(
    screener: Screener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_module, "CHUNK", 3)
    monkeypatch.setattr(files_module, "LARGE", 3)
    table, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    table.write_text("name\n" + "Blue Heron\n" * 50_000, encoding="utf-8")

    def progress(*_: int) -> None:
        table.write_bytes(b"name\n" + b"\xff\xfe\xfd" * 200_000)

    with pytest.raises(InputError, match=r"vendors\.csv: changed while it was screened"):
        screen_file(screener, table, out, progress=progress, workers=1)
    assert list(tmp_path.iterdir()) == [table]


def test_an_output_in_a_folder_that_is_not_there_is_refused(screener: Screener, small: Path) -> None:
    with pytest.raises(InputError, match=r"hits\.csv: cannot be written: No such file or directory"):
        screen_file(screener, small, small.parent / "no" / "hits.csv")


def test_a_draft_is_written_to_inside_its_context(small: Path) -> None:
    draft = drafts.Draft(files_module.Form(small.with_name("hits.csv"), ("a",)), {})
    with pytest.raises(ValueError, match="inside its context"):
        draft.write(b"x", 1, Tally())


# --- one row ------------------------------------------------------------------------------------------


def test_a_mistake_of_ours_in_one_row_costs_no_other_row(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Question.briefly

    def fails(question: Question, parties: Sequence[Party]) -> list[Answer]:
        if any(one.name == "Quilfeather" for one in parties):
            raise RecursionError("too deep")
        return real(question, parties)

    monkeypatch.setattr(Question, "briefly", fails)
    summary = screen_file(screener, small, small.with_name("hits.csv"))
    assert "row 2: RecursionError: too deep: this is a mistake of ours" in summary.faults
    assert summary.rows == 40 - summary.blank


@pytest.mark.parametrize(
    ("done", "again"), [(0, "not whole$"), (2, "not whole: the same command goes on after row 6 of the table$")]
)
def test_a_worker_s_end_is_told_with_where_the_run_goes_on(
    screener: Screener, small: Path, monkeypatch: pytest.MonkeyPatch, done: int, again: str
) -> None:
    real = files_module.in_order

    def dies(*given: Any) -> Iterator[Any]:
        yield from islice(real(*given), done)
        raise WorkerError("a worker process was killed (SIGKILL): the work is not whole")

    monkeypatch.setattr(files_module, "in_order", dies)
    with pytest.raises(WorkerError, match=rf"hits\.csv: not written: a worker process was killed .* {again}"):
        screen_file(screener, small, small.with_name("hits.csv"))

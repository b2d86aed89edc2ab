"""A file of vendors into a file of hits: the table is read, shared out, judged, and written as it comes back in order.

rows --chunks--> workers --lines, counts--> draft --when whole--> output

The table is looked at before each chunk is written, and read once more at the end: what is read of a table that
somebody is writing is no table, and nothing of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import file_digest
from itertools import chain, islice
from os.path import samestat
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, get_args

from sanctionscreen.asking import told
from sanctionscreen.batch.drafts import Draft
from sanctionscreen.batch.judging import COLUMNS, TYPES, Chunk, Judge, RowJudge, input_column
from sanctionscreen.batch.summing import BatchSummary, Outcome
from sanctionscreen.errors import InputError, WorkerError
from sanctionscreen.hits import Disposition
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import Policy
from sanctionscreen.question import Question
from sanctionscreen.screening import CHUNK, DEFAULT_CUTOFF, LARGE, Screener, in_chunks
from sanctionscreen.snapshot import ENGINE
from sanctionscreen.tabular import Table, open_table
from sanctionscreen.tabular.rows import other_sheets
from sanctionscreen.tabular.writing import Form
from sanctionscreen.vendors import Columns
from sanctionscreen.workers import chosen, in_order


def screen_file(
    screener: Screener,
    path: str | Path,
    out: str | Path,
    *,
    columns: Columns | None = None,
    encoding: str = "utf-8",
    sheet: str | None = None,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
    policy: Policy | None = None,
    every_row: bool = False,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Screen every row of a table.

    A run that was broken off goes on where it stopped when it is started again with the same table, lists and settings,
    and the output has the same bytes as if it had not been.

    Args:
        screener: the lists.
        path: the table: `.csv`, `.tsv`, `.jsonl`, `.ndjson`, `.xlsx`, `.parquet`, `.arrow`, `.feather`, or `.txt` with
            one name a line.
        out: where hits go: any of these but `.txt`. It is there as a whole at the end, or not at all.
        columns: which column holds what; what is not given is looked for by the headers.
        encoding: of the table, where it is text.
        sheet: of the table, where it is a workbook; the first if not given.
        as_of: the day the lists are asked about; today if not given.
        cutoff: the least score of a hit, up to 1.
        context: where the user stands and what they do: effects that it covers come first, and the policy goes by it.
        policy: what decides the disposition; the cautious default if not given.
        every_row: whether rows that are clear are written too.
        workers: how many processes share the work; all cores for a table of more than `LARGE` rows if not given, and
            this process alone for a smaller one.
        progress: called as rows are done, with how much of the table that is and how much there is, in bytes, or in
            rows of formats that tell no bytes.

    Raises:
        InputError: when the table cannot be read, has no column of names or changes meanwhile, or the output cannot be
            written.
        MissingExtraError: when a format needs an optional dependency that is not installed.
        WorkerError: when a worker is killed; started again, the run goes on.
    """
    source, target = Path(path), Path(out)
    _check_output(target, source)
    question = Question(screener.loaded, as_of, cutoff, context, policy)
    chosen(workers, large=False)
    seen = _state(source)
    with open_table(source, encoding, sheet) as table:
        fields = _fields(source, table, columns or Columns())
        form = Form(target, (*COLUMNS, *map(input_column, table.columns)), TYPES)
        form.check()
        asked = {
            "fields": asdict(fields),
            "encoding": encoding,
            "sheet": sheet,
            "every row": every_row,
            "columns": form.columns,
        }
        judge = Judge(RowJudge(question, fields), form, every_row)
        run = _run(source, question, policy, asked)
        with Draft(form, run) as draft:
            resumed = draft.rows
            still = _Still(source, seen, run["table"], draft)
            try:
                _screen(judge, table, draft, still, workers, progress)
            except WorkerError as error:
                raise WorkerError(f"{target}: not written: {error}{draft.again}") from error
            except (InputError, OSError, ValueError):
                still.check()  # which tells better why it could not be read
                raise
            still.check(whole=True)
            draft.finish()
    return _summary(draft, question, fields, table, run["table"], resumed)


def _check_output(target: Path, table: Path) -> None:
    """Refuse an output that would take the place of the table, by whichever name it goes, or of what is no file."""
    try:
        there, read = target.stat(), table.stat()
    except OSError:  # one of them is not there, or whoever opens it says what is wrong
        return
    if not S_ISREG(there.st_mode):
        raise InputError(f"{target}: is {'a folder' if S_ISDIR(there.st_mode) else 'no file'}: give another name")
    if samestat(there, read):
        raise InputError(f"{target}: the output would overwrite the table: give another name")


def _fields(source: Path, table: Table, columns: Columns) -> Columns:
    try:
        return columns.found_in(table.columns)
    except InputError as error:
        raise InputError(f"{source}: {error}{other_sheets(table.unread)}") from error


def _run(source: Path, question: Question, policy: Policy | None, asked: dict[str, Any]) -> dict[str, str]:
    """What a run must have in common with one that it goes on with."""
    nothing = question.nothing
    rules = policy.model_dump(mode="json") if policy else None
    settings = {**asked, **nothing.settings, "as_of": str(question.day), "cutoff": nothing.cutoff, "policy": rules}
    return {
        "table": _digest(source),
        "lists": question.lists.fingerprint,
        "settings": json.dumps(settings, sort_keys=True, default=str),
        "version": ENGINE,
    }


@dataclass(frozen=True, slots=True)
class _Still:
    """Tells whether a table is still the one that a run began with.

    Attributes:
        path: of the table.
        state: of the file, from before it was opened.
        digest: of its bytes, from before its first row was read.
        draft: what is made of it.
    """

    path: Path
    state: object
    digest: str
    draft: Draft

    def check(self, *, whole: bool = False) -> None:
        """Refuse a table that was written, moved or replaced, by its size, time and place; by its bytes too if `whole`.

        Raises:
            InputError: when it is another one; what was written is forgotten then.
        """
        if _state(self.path) != self.state or (whole and _digest(self.path) != self.digest):
            self.draft.forget()
            say = "changed while it was screened, and nothing of it was kept: screen it when nobody writes it"
            raise InputError(f"{self.path}: {say}")


def _state(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:  # whoever opens it says what is wrong
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _digest(path: Path) -> str:
    """The checksum of a file; nothing where it is gone."""
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _screen(
    judge: Judge,
    table: Table,
    draft: Draft,
    still: _Still,
    workers: int | None,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Judge the rows that are left, and write what comes of them."""
    rows = islice(table.rows, draft.rows, None)
    first = list(islice(rows, LARGE + 1))
    count = chosen(workers, large=len(first) > LARGE)
    with ExitStack() as stack:
        if count > 1:
            question = judge.rows.question
            question = question.asked_of(stack.enter_context(question.lists.shared()))
            judge = replace(judge, rows=replace(judge.rows, question=question))
        chunks = (Chunk(some, table.position()) for some in in_chunks(chain(first, rows), CHUNK))
        for chunk, (lines, tally) in in_order(judge, chunks, count):
            still.check()
            draft.write(lines, len(chunk.rows), tally)
            if progress:
                progress(chunk.position, table.size)


def _summary(
    draft: Draft, question: Question, fields: Columns, table: Table, checksum: str, resumed: int
) -> BatchSummary:
    tally, nothing = draft.tally, question.nothing
    whole = nothing.decision
    said = () if whole is None or whole.disposition is Disposition.CLEAR else (told(whole),)
    return BatchSummary(
        outcomes={outcome: tally.outcomes[outcome] for outcome in get_args(Outcome)},
        dispositions={str(one): tally.dispositions[str(one)] for one in Disposition},
        hits=tally.hits,
        history=tally.history,
        noted=tally.noted,
        blank=tally.blank,
        columns=fields.named(),
        unused=fields.unused(table.columns),
        unread=table.unread,
        faults=tuple(tally.faults),
        checksum=checksum,
        as_of=nothing.as_of,
        cutoff=nothing.cutoff,
        engine=nothing.engine,
        settings=nothing.settings,
        lists=nothing.lists,
        warnings=(*nothing.warnings, *said, *fields.doubts(table.columns)),
        resumed=resumed,
        restarted=draft.restarted,
    )

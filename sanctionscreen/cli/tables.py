"""`sanctionscreen screen FILE`: a table of vendors, with its progress and its summary."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sanctionscreen.cli.console import console, exit_code, print_json
from sanctionscreen.errors import InputError
from sanctionscreen.layout import counted, paragraph, shown
from sanctionscreen.tabular import FORMATS, must_be_table

if TYPE_CHECKING:
    from sanctionscreen.batch import BatchSummary
    from sanctionscreen.screening import Screener

#: How each outcome of a row is told.
_WORDS = {
    "alarm": "with an alarm",
    "review": "for review",
    "not_screened": "not screened",
    "history": "with history only",
    "clear": "clear",
}
#: What is told of clear rows that have a note.
_NOTED = "with something that was not understood or not compared: --all writes them with their notes."


def column(what: str) -> Any:
    """An option that names a column of a table."""
    return typer.Option(metavar="COLUMN", help=f"Of a table: the column of {what}.")


Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Of a table: where its hits go.")]
Encoding = Annotated[str, typer.Option(metavar="NAME", help="Of a table: its encoding.")]
Sheet = Annotated[str | None, typer.Option(metavar="NAME", help="Of a workbook: its sheet; the first if not given.")]
EveryRow = Annotated[bool, typer.Option("--all", help="Of a table: write rows that are clear, too.")]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER", help="Of a table: how many processes share the work; all cores for a large one if not given."
    ),
]


#: How a path begins, which no name does.
_BEGINNINGS = ("/", "./", "../", "~/", ".\\", "..\\")
#: Endings of files that are no tables here: who gives one means a file, there or not.
_OTHER_ENDINGS = {
    ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".json", ".xml", ".yaml", ".yml", ".html", ".pdf", ".doc", ".docx",
    ".dat", ".tab", ".db", ".sqlite", ".snapshot", ".gz", ".bz2", ".xz", ".zst", ".zip", ".7z",
}  # fmt: skip


def is_file(target: str) -> bool:
    """Whether a target is a file and no name: it is there, a folder too, or it looks like one.

    >>> is_file("nothere.csv"), is_file("./vendors"), is_file("A/S Norsk"), is_file("Booking.com")
    (True, True, False, False)
    """
    return os.path.lexists(target) or _looks_like_a_file(target)


def _looks_like_a_file(target: str) -> bool:
    ending = PurePath(target).suffix.lower()
    return target.startswith(_BEGINNINGS) or ending in FORMATS or ending in _OTHER_ENDINGS


def table_at(target: str) -> Path:
    """Give the path of a table, or refuse the target.

    Raises:
        InputError: when it is not there or is none; where a folder or a file bears a name, with how to screen that.
    """
    path = Path(target)
    try:
        must_be_table(path)
    except InputError as error:
        hint = "" if _looks_like_a_file(target) else f'; for the name, put a space before it: " {target}"'
        raise InputError(f"{error}{hint}") from error
    return path


def screen_table(
    screener: Callable[[], Screener], path: Path, output: Path, asked: dict[str, Any], *, as_json: bool
) -> NoReturn:
    """Screen a table, tell what became of its rows, and leave.

    Args:
        screener: loads the lists.
        path: the table.
        output: where hits go.
        asked: the other arguments of `screen_file`.
        as_json: whether the summary is JSON.
    """
    from sanctionscreen.batch import part_of, screen_file
    from sanctionscreen.hits import any_stale

    try:
        with _bar(path.name) as progress:
            summary = screen_file(screener(), path, output, progress=progress, **asked)
    except KeyboardInterrupt:
        again = "; the same command goes on where it stopped" if part_of(output).exists() else ""
        raise InputError(f"interrupted: {output} was not written{again}") from None
    if as_json:
        print_json(_plain(summary))
    else:
        _print_summary(path, output, summary)
    found = summary.outcomes["alarm"] + summary.outcomes["review"]
    fresh = not any_stale(summary.lists)
    raise typer.Exit(exit_code(found=found, clear=fresh, left_out=summary.outcomes["not_screened"]))


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on standard error, where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    look = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*look, console=console(error=True), transient=True) as bar:
        task = bar.add_task(shown(title))
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def _plain(summary: BatchSummary) -> dict[str, Any]:
    lists = [one.model_dump(mode="json") for one in summary.lists]
    return {**asdict(replace(summary, lists=())), "as_of": str(summary.as_of), "rows": summary.rows, "lists": lists}


def _print_summary(path: Path, output: Path, summary: BatchSummary) -> None:
    counts = ", ".join(f"{count} {_WORDS[outcome]}" for outcome, count in summary.outcomes.items() if count) or "none"
    ways = ", ".join(f"{count} {way}" for way, count in reversed(list(summary.dispositions.items())) if count) or "none"
    fields = ", ".join(f"{field} from {column!r}" for field, column in summary.columns.items())
    history = f", {summary.history} from history" if summary.history else ""
    lines = [
        f"{path}: {counted(summary.rows, 'row', 'rows')}: {counts}.",
        *([f"{counted(summary.blank, 'blank row was', 'blank rows were')} passed over."] if summary.blank else []),
        f"Dispositions: {ways}.",
        f"{output}: {counted(summary.hits, 'hit', 'hits')}{history}.",
        *([f"Went on after row {summary.resumed} of a run that was broken off."] if summary.resumed else []),
        *([f"Begun anew, not where an earlier run broke off: {summary.restarted}."] if summary.restarted else []),
        f"Columns: {fields}.",
        *([f"Not used: {', '.join(summary.unused)}."] if summary.unused else []),
        *([f"Sheets not read: {', '.join(summary.unread)}: give one with --sheet."] if summary.unread else []),
        *([f"{counted(summary.noted, 'clear row', 'clear rows')} {_NOTED}"] if summary.noted else []),
        *(f"Not screened: {fault}" for fault in summary.faults),
        *(f"Mind: {warning}" for warning in summary.warnings),
        f"Asked about {summary.as_of}, at a cutoff of {summary.cutoff:.2f}.",
        *(
            f"Screened against {one.id}, as of {one.as_of}, {counted(one.parties, 'party', 'parties')}."
            for one in summary.lists
        ),
    ]
    for line in lines:
        typer.echo("\n".join(paragraph(shown(line), rest="  ")))

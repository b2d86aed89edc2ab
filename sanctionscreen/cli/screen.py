"""`sanctionscreen screen`: one name, or a table of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sanctionscreen.cli.console import FAILED, FOUND, NOTHING, AsOf, Cutoff, Json, Lists, console, print_json
from sanctionscreen.cli.context import Activities, Jurisdictions, PolicyFile, meaning
from sanctionscreen.cli.loading import FailOnStale, NoMerge, load_screener
from sanctionscreen.cli.options import Address, BirthDate, Country, Identifiers, KindOption
from sanctionscreen.cli.owners import RuleStates, Stakes, confirmed, leave_with_owners
from sanctionscreen.errors import InputError
from sanctionscreen.layout import counted, paragraph, shown
from sanctionscreen.tabular import FORMATS
from sanctionscreen.vendors import Columns

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


@dataclass(frozen=True, slots=True)
class _How:
    """What counts for a name and for a table."""

    lists: tuple[Path, ...]
    as_of: date | None
    cutoff: float | None
    as_json: bool
    checklist: bool = False
    no_merge: bool = False
    fail_on_stale: bool = False

    def screener(self) -> Screener:
        """The lists, loaded."""
        return load_screener(self.lists, self.as_of, no_merge=self.no_merge, fail_on_stale=self.fail_on_stale)

    def asked(self) -> dict[str, Any]:
        """The keyword arguments of a screening."""
        given = {"as_of": self.as_of, "cutoff": self.cutoff}
        return {key: value for key, value in given.items() if value is not None}


def _column(what: str) -> Any:
    return typer.Option(metavar="COLUMN", help=f"Of a table: the column of {what}.")


def screen(
    target: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A name, or a table of names.")],
    kind: KindOption = None,
    country: Country = None,
    birth_date: BirthDate = None,
    identifier: Identifiers = None,
    address: Address = None,
    cutoff: Cutoff = None,
    as_of: AsOf = None,
    lists: Lists = None,
    no_merge: NoMerge = False,
    fail_on_stale: FailOnStale = False,
    jurisdiction: Jurisdictions = None,
    activity: Activities = None,
    policy: PolicyFile = None,
    stakes: Stakes = None,
    ownership_rule: RuleStates = None,
    checklist: Annotated[
        bool, typer.Option("--checklist", help="Show every step of assessing a match, filled in.")
    ] = False,
    as_json: Json = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Of a table: where its hits go.")
    ] = None,
    name_column: Annotated[str | None, _column("names")] = None,
    kind_column: Annotated[str | None, _column("kinds")] = None,
    country_column: Annotated[str | None, _column("countries")] = None,
    birth_date_column: Annotated[str | None, _column("birth dates")] = None,
    address_column: Annotated[str | None, _column("addresses")] = None,
    reference_column: Annotated[str | None, _column("your references")] = None,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="Of a table: its encoding.")] = "utf-8",
    every_row: Annotated[bool, typer.Option("--all", help="Of a table: write rows that are clear, too.")] = False,
) -> None:
    """Screen a name, or every row of a table (.csv, .tsv, .jsonl or .txt).

    A table's columns are found by their headers, or named by options. Its
    hits go to the file of -o, also .csv, .tsv or .jsonl, one row a hit.

    \b
    Examples:
      sanctionscreen screen "Hangzhou Hikvison Digital Technology"
      sanctionscreen screen "Ivan Petrov" --kind person --birth-date 1962
      sanctionscreen screen "Hikvision" --as-of 2019-10-10 --json
      sanctionscreen screen "Hikvision" --jurisdiction US --activity import
      sanctionscreen screen "Blue Heron Ltd" --stakes stakes.csv
        --ownership-rule bis-affiliates=suspended
      sanctionscreen screen vendors.csv -o hits.csv
      sanctionscreen screen vendors.csv -o hits.csv --name-column Lieferant

    \b
    Exit code: 0 no hits, 1 hits, 2 something failed or was not screened.
    """
    how = _How(tuple(lists or ()), as_of, cutoff, as_json, checklist, no_merge, fail_on_stale)
    facts = {
        "kind": kind,
        "country": country,
        "birth_date": birth_date,
        "identifier": identifier,
        "address": address,
    }
    columns = Columns(
        name=name_column,
        kind=kind_column,
        country=country_column,
        birth_date=birth_date_column,
        address=address_column,
        reference=reference_column,
    )
    if not _is_table(target):
        _refuse(
            target,
            "for a table only",
            {"output": output, **{f"{field}_column": column for field, column in columns.named().items()}},
        )
        owners = (stakes, tuple(ownership_rule or ()))
        _screen_name(target, facts, how, meaning(jurisdiction, activity, policy), owners)
    if output is None:
        raise InputError(f"{target}: say where its hits go, as in -o hits.csv")
    _refuse(target, "for a name only; those of a table stand in its columns", facts)
    named = {"jurisdiction": jurisdiction, "activity": activity, "policy": policy, "stakes": stakes}
    _refuse(target, "for a name only", {**named, "ownership_rule": ownership_rule, "checklist": checklist})
    _screen_table(Path(target), output, {"encoding": encoding, "every_row": every_row}, columns, how)


def _is_table(target: str) -> bool:
    """Whether a target is a file: by its ending, there or not, since a file's name is nobody's."""
    path = Path(target)
    return path.suffix.lower() in FORMATS or (path.suffix != "" and path.is_file())


def _refuse(target: str, why: str, options: dict[str, Any]) -> None:
    given = [name for name, value in options.items() if value]
    if given:
        raise InputError(f"{target}: --{given[0].replace('_', '-')} is {why}")


def _screen_name(
    name: str, facts: dict[str, Any], how: _How, means: dict[str, Any], owners: tuple[Path | None, tuple[str, ...]]
) -> NoReturn:
    from sanctionscreen.explaining import explain_result
    from sanctionscreen.records import Party

    party = Party(
        name=name,
        kind=facts["kind"],
        countries=tuple(facts["country"] or ()),
        birth_date=facts["birth_date"],
        identifiers=tuple(facts["identifier"] or ()),
        address=facts["address"],
    )
    stakes, states = owners
    if stakes is None and states:
        raise InputError(f"--ownership-rule {states[0]}: is for owners: give their stakes with --stakes")
    screener = how.screener()
    if stakes is not None:
        asked = {**how.asked(), **means, "rules": confirmed(states, means.get("policy"))}
        leave_with_owners(screener, party, stakes, asked, as_json=how.as_json)
    result = screener.screen(party, **how.asked(), **means)
    if how.as_json:
        print_json(result.model_dump(mode="json"))
    else:
        typer.echo(explain_result(result, checklist=how.checklist))
    raise typer.Exit(FAILED if result.not_screened else FOUND if result.hits else NOTHING)


def _screen_table(path: Path, output: Path, reading: dict[str, Any], columns: Columns, how: _How) -> NoReturn:
    from sanctionscreen.batch import screen_file

    with _bar(path.name) as progress:
        screener = how.screener()
        summary = screen_file(screener, path, output, columns=columns, progress=progress, **reading, **how.asked())
    if how.as_json:
        print_json(_plain(summary))
    else:
        _print_summary(path, output, summary)
    found = summary.outcomes["alarm"] + summary.outcomes["review"]
    raise typer.Exit(FAILED if summary.outcomes["not_screened"] else FOUND if found else NOTHING)


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, where that is a terminal."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    terminal = console(error=True)
    look = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*look, console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task(shown(title))
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _plain(summary: BatchSummary) -> dict[str, Any]:
    lists = [one.model_dump(mode="json") for one in summary.lists]
    return {**asdict(replace(summary, lists=())), "rows": summary.rows, "lists": lists}


def _print_summary(path: Path, output: Path, summary: BatchSummary) -> None:
    counts = ", ".join(f"{count} {_WORDS[outcome]}" for outcome, count in summary.outcomes.items() if count) or "none"
    fields = ", ".join(f"{field} from {column!r}" for field, column in summary.columns.items())
    lines = [
        f"{path}: {counted(summary.rows, 'row', 'rows')}: {counts}.",
        f"{output}: {counted(summary.hits, 'hit', 'hits')}.",
        f"Columns: {fields}.",
        *(f"Not screened: {fault}" for fault in summary.faults),
        *(f"Mind: {warning}" for warning in summary.warnings),
        *(
            f"Screened against {one.id}, as of {one.as_of}, {counted(one.parties, 'party', 'parties')}."
            for one in summary.lists
        ),
    ]
    for line in lines:
        typer.echo("\n".join(paragraph(shown(line), rest="  ")))

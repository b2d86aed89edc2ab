"""`sanctionscreen screen`: one name, or a table of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sanctionscreen.cli.console import AsOf, Cutoff, Json, Lists, exit_code, print_json
from sanctionscreen.cli.context import Activities, Jurisdictions, PolicyFile, meaning
from sanctionscreen.cli.loading import FailOnStale, NoMerge, load_screener
from sanctionscreen.cli.options import Address, BirthDate, Country, Identifiers, KindOption
from sanctionscreen.cli.owners import RuleStates, Stakes, confirmed, leave_with_owners
from sanctionscreen.cli.tables import (
    Encoding,
    EveryRow,
    Output,
    Sheet,
    Workers,
    column,
    is_file,
    screen_table,
    table_at,
)
from sanctionscreen.errors import InputError
from sanctionscreen.vendors import Columns

if TYPE_CHECKING:
    from sanctionscreen.records import Identifier
    from sanctionscreen.screening import Screener


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
    output: Output = None,
    name_column: Annotated[str | None, column("names")] = None,
    kind_column: Annotated[str | None, column("kinds")] = None,
    country_column: Annotated[str | None, column("countries")] = None,
    birth_date_column: Annotated[str | None, column("birth dates")] = None,
    address_column: Annotated[list[str] | None, column("addresses; again for each part")] = None,
    reference_column: Annotated[str | None, column("your references")] = None,
    encoding: Encoding = "utf-8",
    sheet: Sheet = None,
    every_row: EveryRow = False,
    workers: Workers = None,
) -> None:
    """Screen a name, or every row of a table.

    A table is .csv, .tsv, .jsonl, .xlsx, .parquet, .arrow, or .txt with a
    name a line. Its columns are found by their headers, or named by options.
    Its hits go to the file of -o, any of these but .txt, one row a hit. A run
    that was broken off goes on when the same command is given again.

    \b
    Examples:
      sanctionscreen screen "Hangzhou Hikvison Digital Technology"
      sanctionscreen screen "Ivan Petrov" --kind person --birth-date 1962
      sanctionscreen screen "Hikvision" --as-of 2019-10-10 --json
      sanctionscreen screen "Hikvision" --jurisdiction US --activity import
      sanctionscreen screen "Blue Heron Ltd" --stakes stakes.csv \\
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
    if target == "-":
        raise InputError("-: names are read from a file: give one, such as names.txt, and -o hits.csv")
    if not is_file(target):
        named = {f"{field}_column": column for field, column in columns.named().items()}
        _refuse(
            target,
            "for a table only, and no file has this name",
            {"output": output, "sheet": sheet, "workers": workers, **named},
        )
        owners = (stakes, tuple(ownership_rule or ()))
        _screen_name(target, facts, how, meaning(jurisdiction, activity, policy), owners)
    path = table_at(target)
    if output is None:
        raise InputError(f"{target}: say where its hits go, as in -o hits.csv")
    _refuse(target, "for a name only; those of a table stand in its columns", facts)
    _refuse(target, "for a name only", {"stakes": stakes, "ownership_rule": ownership_rule, "checklist": checklist})
    reading = {"columns": columns, "encoding": encoding, "sheet": sheet, "every_row": every_row, "workers": workers}
    asked = {**reading, **how.asked(), **meaning(jurisdiction, activity, policy)}
    screen_table(how.screener, path, output, asked, as_json=as_json)


def _refuse(target: str, why: str, options: dict[str, Any]) -> None:
    given = [name for name, value in options.items() if value]
    if given:
        raise InputError(f"{target}: --{given[0].replace('_', '-')} is {why}")


def _refuse_unknown_types(given: tuple[Identifier, ...], screener: Screener) -> None:
    """Refuse an identifier of a type that neither the package nor a list knows: nothing could be compared with it."""
    if all(one.type in screener.loaded.identifier_types for one in given):
        return
    from sanctionscreen.sources.faults import nearest
    from sanctionscreen.sources.importers.labels import table

    types = screener.loaded.identifier_types.union(table().values())
    for one in given:
        if one.type not in types:
            hint = nearest(one.type, sorted(types)) or ": write lei, imo, uscc, tax, passport or a type of your lists"
            raise InputError(f"--identifier {one.type[:60]}: no such type of number is known{hint}")


def _screen_name(
    name: str, facts: dict[str, Any], how: _How, means: dict[str, Any], owners: tuple[Path | None, tuple[str, ...]]
) -> NoReturn:
    from sanctionscreen.explaining import explain
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
    _refuse_unknown_types(party.identifiers, screener)
    if stakes is not None:
        asked = {**how.asked(), **means, "rules": confirmed(states, means.get("policy"))}
        leave_with_owners(screener, party, stakes, asked, as_json=how.as_json)
    result = screener.screen(party, **how.asked(), **means)
    if how.as_json:
        print_json(result.model_dump(mode="json"))
    else:
        typer.echo(explain(result, checklist=how.checklist))
    raise typer.Exit(exit_code(found=result.found, clear=result.clear, left_out=result.not_screened))

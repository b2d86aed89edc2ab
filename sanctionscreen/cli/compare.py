"""`sanctionscreen compare`: two names, no list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli.console import FOUND, NOTHING, Cutoff, Json, print_json
from sanctionscreen.cli.options import KindOption
from sanctionscreen.errors import InputError

if TYPE_CHECKING:
    from sanctionscreen.records import Kind


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A name, as asked for.")],
    b: Annotated[str, typer.Argument(metavar="B", help="A name, as a list might have it.")],
    kind: KindOption = None,
    cutoff: Cutoff = None,
    as_json: Json = False,
) -> None:
    """Compare two names and say why they are alike or not.

    The exit code is 1 where the score reaches the cutoff, else 0.

    \b
    Examples:
      sanctionscreen compare "Hikvison" "Hikvision"
      sanctionscreen compare "Xi Jinping" "习近平" --kind person
    """
    from sanctionscreen.explaining import explain
    from sanctionscreen.matching import compare as compare_names
    from sanctionscreen.question import DEFAULT_CUTOFF, points

    least = points(DEFAULT_CUTOFF if cutoff is None else cutoff)
    for which, name in (("first", a), ("second", b)):
        _must_be_readable(which, name, kind)
    found = compare_names(a, b, kind)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(explain(found))
    raise typer.Exit(FOUND if found.points >= least else NOTHING)


def _must_be_readable(which: str, name: str, kind: Kind | None) -> None:
    """Refuse a name that no other can be like: a score of 0 would pass for an answer."""
    from sanctionscreen.matching.prepared import prepare_text

    if not any(reading.words for reading in prepare_text(name, kind).readings):
        why = "it has no letters or digits that can be compared" if name.strip() else "it is blank"
        raise InputError(f"the {which} name cannot be compared: {why}")

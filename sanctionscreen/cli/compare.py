"""`sanctionscreen compare`: two names, no list."""

from __future__ import annotations

from typing import Annotated

import typer

from sanctionscreen.cli.console import FOUND, NOTHING, Cutoff, Json, print_json
from sanctionscreen.cli.options import KindOption


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
    from sanctionscreen.explaining import explain_comparison
    from sanctionscreen.matching import compare as compare_names
    from sanctionscreen.screening import DEFAULT_CUTOFF

    found = compare_names(a, b, kind)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(explain_comparison(found))
    raise typer.Exit(FOUND if found.score >= (DEFAULT_CUTOFF if cutoff is None else cutoff) else NOTHING)

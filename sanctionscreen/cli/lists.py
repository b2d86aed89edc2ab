"""`sanctionscreen lists`: what is loaded, how old it is, how much it holds."""

from __future__ import annotations

import typer

from sanctionscreen.cli.console import AsOf, Json, Lists, print_json, print_table
from sanctionscreen.layout import paragraph, shown


def lists(lists: Lists = None, as_of: AsOf = None, as_json: Json = False) -> None:
    """Show the lists: their data's date and age, parties and names.

    \b
    Examples:
      sanctionscreen lists
      sanctionscreen lists -l us.snapshot -l my-watch-list.yaml
    """
    from sanctionscreen.screening import Screener

    used = Screener.load(*lists or ()).lists(as_of)
    if as_json:
        print_json([one.model_dump(mode="json") for one in used])
        return
    rows = [
        (one.id, one.as_of, f"{one.age_days}{' stale' if one.stale else ''}", one.parties, one.names, one.checksum[:12])
        for one in used
    ]
    print_table(("List", "As of", "Days old:", "Parties:", "Names:", "Checksum"), rows)
    for one in used:
        typer.echo("\n".join(paragraph(shown(f"{one.id}: {one.title}"), rest="  ")))

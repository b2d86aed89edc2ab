"""`sanctionscreen lists`: what is loaded, how old it is, how much it holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import AsOf, Json, Lists, print_json, print_table
from sanctionscreen.layout import paragraph, shown


def lists(
    lists: Lists = None,
    as_of: AsOf = None,
    archive: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Show the editions in this archive instead.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the lists: their data's date and age, parties and names.

    With --archive, the files of the editions that were ever in use: all, or
    with --as-of the last of each list on that day. To repeat a past screening,
    name their files to --lists.

    \b
    Examples:
      sanctionscreen lists
      sanctionscreen lists -l us.snapshot -l my-watch-list.yaml
      sanctionscreen lists --archive official/archive --as-of 2024-05-03
    """
    if archive is not None:
        _show_editions(archive, as_of, as_json)
        return
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


def _show_editions(archive: Path, as_of: date | None, as_json: bool) -> None:
    from sanctionscreen.sources.archive import editions, editions_on

    found = editions(archive)
    if as_of is not None:
        current = editions_on(archive, as_of)
        found = tuple(one for one in found if one.path in current)
    if as_json:
        fields = [(one.list_id, one.as_of, one.checksum, one.path) for one in found]
        print_json([dict(zip(("id", "as_of", "checksum", "file"), map(str, row), strict=True)) for row in fields])
        return
    for one in found:
        typer.echo(shown(str(one.path)))

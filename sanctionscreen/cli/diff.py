"""`sanctionscreen diff`: what changed between two editions of a list?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli.console import FOUND, NOTHING, Json, print_json
from sanctionscreen.errors import InputError
from sanctionscreen.layout import shown

if TYPE_CHECKING:
    from sanctionscreen.sources.loading import LoadedList


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier edition, a YAML list.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The later edition, a YAML list.")],
    as_json: Json = False,
    as_table: Annotated[bool, typer.Option("--table", help="Print a table, tab-separated, a line a change.")] = False,
) -> None:
    """Show what changed between two editions of a list, as Markdown.

    Parties added, removed and changed, and what of them. What one edition
    lacks as a whole, such as a file of aliases, is told and not compared.
    The exit code is 1 where anything changed, else 0.

    \b
    Examples:
      sanctionscreen diff sdn-2021.yaml sdn-2024.yaml > changes.md
      sanctionscreen diff sdn-2021.yaml sdn-2024.yaml --table > changes.tsv
    """
    from sanctionscreen.sources.diffing import counts, markdown, rows
    from sanctionscreen.sources.diffing import diff as compare_editions
    from sanctionscreen.tabular.rows import neutral

    found = compare_editions(_edition(old), _edition(new))
    if as_json:
        print_json(found.model_dump(mode="json"))
    elif as_table:
        for row in (("change", "id", "name", "what", "says"), *rows(found)):
            typer.echo("\t".join(neutral(shown(" ".join(cell.split()))) for cell in row))
        for said in (counts(found), *(f"not compared: {one}" for one in found.not_compared), *found.notes):
            typer.echo(shown(said), err=True)
    else:
        typer.echo(markdown(found), nl=False)
    raise typer.Exit(FOUND if found.added or found.removed or found.changed else NOTHING)


def _edition(path: Path) -> LoadedList:
    from sanctionscreen.sources.loading import load_lists

    lists = load_lists([path])
    if len(lists) != 1:
        raise InputError(f"{path}: {len(lists)} lists: name the file of one")
    return lists[0]

"""`sanctionscreen validate`: are these list files sound?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.layout import counted


def validate(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Folders and YAML list files.")],
) -> None:
    """Check list files and say everything that is wrong with them.

    Each fault is one line: file, line, what is wrong, where in the file.

    \b
    Examples:
      sanctionscreen validate lists/
      sanctionscreen validate my-watch-list.yaml other.yaml
    """
    from sanctionscreen.sources.loading import load_lists

    for one in load_lists(paths):
        names = sum(len(party.names) for party in one.parties)
        held = f"{counted(len(one.parties), 'party', 'parties')}, {counted(names, 'name', 'names')}"
        typer.echo(f"{one.file}: sound: {held}, as of {one.header.as_of}")

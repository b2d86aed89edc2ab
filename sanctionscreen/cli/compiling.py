"""`sanctionscreen compile`: lists to one snapshot that opens in milliseconds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.loading import NoMerge
from sanctionscreen.layout import counted


def compile_lists(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Folders and YAML lists.")] = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The snapshot to write.")],
    no_merge: NoMerge = False,
) -> None:
    """Compile lists to a snapshot: checksummed, and opened at once.

    Records of several lists that are certainly one party become one; each
    hit says why, and --no-merge keeps them apart. The bundled lists are
    compiled if no PATH is given. Compile again after
    an update of sanctionscreen: a snapshot of another version is refused.

    \b
    Examples:
      sanctionscreen compile sdn.yaml csl.yaml -o us.snapshot
      sanctionscreen screen "Hikvison" --lists us.snapshot
    """
    from sanctionscreen.errors import InputError
    from sanctionscreen.snapshot import SUFFIX, Snapshot
    from sanctionscreen.sources.loading import bundled_lists, load_lists

    if output.suffix != SUFFIX:
        raise InputError(f"{output}: a snapshot's name ends in {SUFFIX}, so that it is known for one")
    lists = load_lists(paths or [bundled_lists()])
    snapshot = Snapshot.of(lists, merge=not no_merge)
    snapshot.save(output)
    parties = sum(len(one.parties) for one in lists)
    names = sum(len(party.names) for one in lists for party in one.parties)
    held = [counted(len(lists), "list", "lists"), counted(parties, "party", "parties"), counted(names, "name", "names")]
    merged = f", {counted(parties - len(snapshot), 'record', 'records')} merged" if len(snapshot) < parties else ""
    typer.echo(f"{output}: {', '.join(held)}{merged}, {output.stat().st_size} bytes")

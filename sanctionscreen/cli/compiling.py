"""`sanctionscreen compile`: lists to one snapshot that opens in milliseconds; those of today, or of a past day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import read_date
from sanctionscreen.cli.loading import NoMerge
from sanctionscreen.errors import InputError
from sanctionscreen.layout import counted


def compile_lists(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Folders and YAML lists.")] = None,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The snapshot to write.")],
    archive: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Take editions from this archive, by --as-of or --result.")
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(metavar="YYYY-MM-DD", parser=read_date, help="The last edition of each list on that day."),
    ] = None,
    result: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The very editions that a past result names: screen --json.")
    ] = None,
    no_merge: NoMerge = False,
) -> None:
    """Compile lists to a snapshot: checksummed, and opened at once.

    Records of several lists that are certainly one party become one; each
    hit says why, and --no-merge keeps them apart. The bundled lists are
    compiled if no PATH is given. Compile again after
    an update of sanctionscreen: a snapshot of another version is refused.

    With --archive, past editions are compiled with the lists of PATH, so that
    a past screening can be repeated.

    \b
    Examples:
      sanctionscreen compile sdn.yaml csl.yaml -o us.snapshot
      sanctionscreen screen "Hikvison" --lists us.snapshot
      sanctionscreen compile --archive archive --result past.json -o past.snapshot
    """
    from sanctionscreen.snapshot import SUFFIX, Snapshot
    from sanctionscreen.sources.loading import bundled_lists, load_lists

    if output.suffix != SUFFIX:
        raise InputError(f"{output}: a snapshot's name ends in {SUFFIX}, so that it is known for one")
    past = _past_editions(archive, as_of, result)
    lists = load_lists([*(paths or ()), *past] or [bundled_lists()])
    snapshot = Snapshot.of(lists, merge=not no_merge)
    snapshot.save(output)
    parties = sum(len(one.parties) for one in lists)
    names = sum(len(party.names) for one in lists for party in one.parties)
    held = [counted(len(lists), "list", "lists"), counted(parties, "party", "parties"), counted(names, "name", "names")]
    merged = f", {counted(parties - len(snapshot), 'record', 'records')} merged" if len(snapshot) < parties else ""
    typer.echo(f"{output}: {', '.join(held)}{merged}, {output.stat().st_size} bytes")


def _past_editions(archive: Path | None, as_of: date | None, result: Path | None) -> list[Path]:
    """The files of the editions that are asked for; none where no archive is named."""
    from sanctionscreen.sources.archive import edition, editions_on

    if (archive is not None) != (as_of is not None or result is not None) or (as_of and result):
        raise InputError(
            "--archive goes with --as-of, for the editions of a day, or with --result, for those of a result"
        )
    if archive is None:
        return []
    if as_of is None:
        return [edition(archive, list_id, checksum) for list_id, checksum in _named(result)]
    found = editions_on(archive, as_of)
    if not found:
        raise InputError(f"{archive}: no edition of {as_of} or before")
    return list(found)


def _named(result: Path | None) -> list[tuple[str, str]]:
    """The lists that a past result names, each with its checksum."""
    try:
        said = json.loads((result or Path()).read_text(encoding="utf-8"))
        return [(str(one["id"]), str(one["checksum"])) for one in said["lists"]]
    except (ValueError, TypeError, LookupError) as error:
        raise InputError(f"{result}: no result as sanctionscreen screen --json prints it: it names no lists") from error

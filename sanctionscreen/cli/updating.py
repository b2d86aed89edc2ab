"""`sanctionscreen update`: official lists, fetched, checked and compiled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli.console import FAILED, FOUND, NOTHING, complain, print_table, read_date
from sanctionscreen.cli.loading import NoMerge
from sanctionscreen.errors import InputError

if TYPE_CHECKING:
    from sanctionscreen.sources.official import Source
    from sanctionscreen.updating import Outcome

#: Where lists go: not into `lists`, which in a checkout is the folder of those that ship.
OFFICIAL = Path("official")


def update(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="Ids of sources; all of them if not given.")
    ] = None,
    *,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the lists are, or will be.")] = OFFICIAL,
    own: Annotated[
        Path | None, typer.Option("--sources", metavar="FILE", help="Sources of your own, over those that ship.")
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL|DIR",
            envvar="SANCTIONSCREEN_MIRROR",
            help="Fetch SOURCE/FILE from there, and nothing from the publishers.",
        ),
    ] = None,
    as_of: Annotated[
        date | None,
        typer.Option(
            metavar="YYYY-MM-DD", parser=read_date, help="The day of a mirror's files, where they do not say it."
        ),
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Fetch through this proxy; if not given, that of HTTPS_PROXY."),
    ] = None,
    rehearse: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing, and show as Markdown what would change.")
    ] = False,
    no_merge: NoMerge = False,
) -> None:
    """Bring the official lists up to date, and compile them.

    DIR then holds lists/, their snapshot lists.snapshot, and in archive/
    every edition that was ever in use. A download that cannot be read, is
    older or much shorter than the list at hand does not replace it.

    Files of a mirror that is a folder, where they do not say of when they
    are, need --as-of: the day they were copied is not the day of the data.

    \b
    Examples:
      sanctionscreen update
      sanctionscreen update ofac-sdn csl --dry-run
      sanctionscreen screen "Hikvison" --lists official/lists.snapshot

    \b
    Exit codes: 0 every list is up to date, 2 one is not. With --dry-run,
    1 where a list would change.
    """
    from sanctionscreen.sources.diffing import markdown
    from sanctionscreen.sources.downloading import Fetching
    from sanctionscreen.sources.official import fetch_settings
    from sanctionscreen.updating import update as bring_up_to_date

    sources = _chosen(names or [], own)
    said = {name: text for name, text in (("mirror", mirror), ("proxy", proxy), ("as_of", as_of)) if text}
    how = Fetching(**(fetch_settings(own) | said))
    outcomes = bring_up_to_date(sources, to, how, rehearse=rehearse, merge=not no_merge)
    print_table(("Source", "Outcome", "As of", "Days old:", "Parties:"), map(_row, outcomes))
    for outcome in outcomes:
        if rehearse and outcome.changes:
            typer.echo(f"\n{markdown(outcome.changes)}", nl=False)
        if outcome.failed:
            complain(f"{outcome.source}: {outcome.why}")
    changed = rehearse and any(outcome.what in ("new", "updated") for outcome in outcomes)
    raise typer.Exit(FAILED if any(outcome.failed for outcome in outcomes) else FOUND if changed else NOTHING)


def _chosen(names: list[str], own: Path | None) -> list[Source]:
    from sanctionscreen.sources.official import official_sources

    sources = official_sources(own)
    unknown = next((name for name in names if name not in sources), None)
    if unknown is not None:
        raise InputError(f"no source {unknown!r}: one of {', '.join(sources)}")
    return [sources[name] for name in dict.fromkeys(names or sources)]


def _row(outcome: Outcome) -> tuple[object, ...]:
    if outcome.current is None:
        return (outcome.source, outcome.what, "-", "-", "-")
    age = f"{outcome.age_days}{' stale' if outcome.stale else ''}"
    return (outcome.source, outcome.what, outcome.current.header.as_of, age, len(outcome.current.parties))

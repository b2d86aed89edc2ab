"""`sanctionscreen watch add`: a proposed or reported listing of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from sanctionscreen.cli.console import read_date
from sanctionscreen.cli.options import read_country
from sanctionscreen.layout import shown
from sanctionscreen.records import Kind

watch = typer.Typer(name="watch", rich_markup_mode=None, no_args_is_help=True)


def _day(what: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar="YYYY-MM-DD", parser=read_date, help=what)
    return option


@watch.callback()
def _root() -> None:
    """Keep a list of what is only proposed or reported: a watch, never a block."""


@watch.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The party.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The YAML list to add it to.")],
    source: Annotated[str, typer.Option(metavar="URL", help="Where it is proposed or reported.")],
    published: Annotated[date, _day("The day of the source.")],
    review_by: Annotated[date, _day("The last day of the watch; then it is history.")],
    status: Annotated[Literal["proposed", "reported"], typer.Option(help="What it is so far.")] = "reported",
    kind: Annotated[Kind, typer.Option("--kind", "-k", help="What is named.")] = "organization",
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Another name; again for more.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", "-c", metavar="COUNTRY", parser=read_country, help="Its country.")
    ] = None,
    of_list: Annotated[str | None, typer.Option("--list", metavar="ID", help="The list it may come on: sdn.")] = None,
    program: Annotated[str | None, typer.Option(metavar="ID", help="The program of that list.")] = None,
    remarks: Annotated[str | None, typer.Option(metavar="TEXT", help="What else there is to say.")] = None,
) -> None:
    """Add a proposed or reported listing to a list of your own.

    It raises a watch with the words "not designated" until its review date,
    and is history from then on. The file is begun if there is none.

    \b
    Examples:
      sanctionscreen watch add "Globex Dynamics" -o our-watch.yaml \\
        --source https://news.example/globex --published 2026-05-04 \\
        --review-by 2027-05-04 --list sdn
      sanctionscreen screen "Globex" -l our-watch.yaml
    """
    from sanctionscreen.sources.watching import add_watch, watched

    entry = watched(
        name, status, published=published, review_by=review_by, source_url=source, kind=kind,
        aliases=alias or (), country=country, of_list=of_list, program=program, remarks=remarks,
    )  # fmt: skip
    held = add_watch(output, entry)
    typer.echo(shown(f"{output}: {entry.primary_name}, {status}, not designated, to be reviewed by {review_by}"))
    typer.echo(f"{output}: {len(held.parties)} on watch")

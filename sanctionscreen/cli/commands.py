"""Every command of the command line under its name; to add one, import it here and name it below."""

from __future__ import annotations

from copy import copy
from typing import Annotated

import typer

from sanctionscreen._version import __version__
from sanctionscreen.cli.compare import compare
from sanctionscreen.cli.compiling import compile_lists
from sanctionscreen.cli.diff import diff
from sanctionscreen.cli.evaluate import evaluate
from sanctionscreen.cli.importing import ImportCommand, import_list
from sanctionscreen.cli.lists import lists
from sanctionscreen.cli.policy import policy
from sanctionscreen.cli.scan import scan
from sanctionscreen.cli.schema import schema
from sanctionscreen.cli.screen import screen
from sanctionscreen.cli.supply import supply
from sanctionscreen.cli.updating import update
from sanctionscreen.cli.validate import validate
from sanctionscreen.cli.watch import watch

app = typer.Typer(
    name="sanctionscreen",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sanctionscreen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Screen names against sanctions and supply-chain lists, offline and explained.

    \b
    Exit codes: 0 nothing found, 1 something found, 2 something failed or
    could not be screened.
    """


app.command("screen")(screen)
app.command("supply")(supply)
app.command("scan")(scan)
app.command("compare")(compare)
app.command("lists")(lists)
app.command("validate")(validate)
app.command("import", cls=ImportCommand)(import_list)
app.command("update")(update)
app.command("compile")(compile_lists)
app.command("diff")(diff)
app.command("evaluate")(evaluate)
app.command("policy")(policy)
app.command("schema")(schema)
app.add_typer(watch)


def app_for(asked: list[str]) -> typer.Typer:
    """The command line with the one command that is asked for: to make all of them ready takes longer than a search."""
    commands = [one for one in app.registered_commands if [one.name] == asked]
    if not commands:
        return app
    short = copy(app)
    short.registered_commands, short.registered_groups = commands, []
    return short

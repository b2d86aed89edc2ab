"""What every command shares: where it prints, how it fails, how it reads dates and paths.

Names from outside are printed as text, never as markup, and with what a terminal would obey written as escapes.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sanctionscreen.errors import SanctionScreenError
from sanctionscreen.layout import shown

if TYPE_CHECKING:
    from rich.console import Console

#: Exit codes.
NOTHING, FOUND, FAILED = 0, 1, 2
#: What typer makes of an interrupt from the keyboard.
_INTERRUPTED = 130
#: The command as help shows it, however it was started.
_PROGRAM = "sanctionscreen"
#: What pydantic, which typer may read options with, puts before what is wrong.
_OF_PYDANTIC = "Value error, "


def read_date(text: str) -> date:
    """Read a day given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day: write it as 2022-05-04") from error


AsOf = Annotated[
    date | None,
    typer.Option(metavar="YYYY-MM-DD", parser=read_date, help="The day the lists are asked about; today if not given."),
]
Cutoff = Annotated[
    float | None, typer.Option(metavar="SCORE", help="The least score of a hit, up to 1; 0.7 if not given.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Lists = Annotated[
    list[Path] | None,
    typer.Option(
        "--lists", "-l", metavar="PATH",
        help="A folder, a YAML list or a snapshot; again for more. The bundled lists if not given.",
    ),
]  # fmt: skip


def exit_code(*, found: object, clear: bool, left_out: object) -> int:
    """The exit code of a result: what was not screened goes before what was found, and no stale list clears."""
    if left_out:
        return FAILED
    return FOUND if found else NOTHING if clear else FAILED


def running(app: typer.Typer) -> NoReturn:
    """Run a command line and leave with its exit code; whatever goes wrong is said in plain lines.

    Raises:
        KeyboardInterrupt: or what it caused; it is said by whoever loaded all this, since it can come before.
    """
    _forgiving_output()
    try:
        code = app(standalone_mode=False, prog_name=_PROGRAM)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # whoever read our output has had enough, as `head` has; typer leaves then
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = FAILED
    except Exception as error:  # a user sees a line and never a traceback
        if sys.flags.dev_mode or isinstance(error.__cause__, KeyboardInterrupt):
            raise
        code = _say(error)
    if code == _INTERRUPTED:
        raise KeyboardInterrupt
    sys.exit(code or NOTHING)


def _forgiving_output() -> None:
    """An output that was closed is one that nobody reads; a character that an encoding lacks becomes an escape."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _say(error: Exception) -> int:
    if isinstance(error, SanctionScreenError):
        for line in str(error).splitlines():
            complain(line)
    elif hasattr(error, "format_message"):  # a usage error of click, which typer may carry inside itself
        _say_usage(error.format_message(), getattr(error, "ctx", None))
    elif isinstance(error, OSError):
        complain(f"{error.filename or 'input or output'}: {error.strerror or error}")
    else:
        complain(
            f"{type(error).__name__}: {error}: this is a mistake of ours; python -X dev -m sanctionscreen shows it"
        )
    return FAILED


def _say_usage(said: str, context: typer.Context | None) -> None:
    """Say what is wrong with a command line, and whose help tells better; a bare group of commands gets its help."""
    if context and said == context.get_help():
        typer.echo(said, err=True)
        return
    command = context.command_path if context else _PROGRAM
    complain(f"{said.replace(_OF_PYDANTIC, '').rstrip('.')}; see {command} --help")


def complain(line: str) -> None:
    """Print one line to standard error."""
    typer.echo(f"sanctionscreen: {shown(' '.join(line.split()))}", err=True)


def console(*, error: bool = False) -> Console:
    """Give a console for tables and bars: no markup, no highlighting, no colour where `NO_COLOR` is set."""
    from rich.console import Console

    return Console(stderr=error, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_json(value: Any) -> None:
    """Print a value as JSON; letters of every script as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print rows under headings; columns whose heading ends in a colon hold figures."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.removesuffix(":"), justify="right" if column.endswith(":") else "left", overflow="fold")
    for row in rows:
        table.add_row(*(shown(str(cell)) for cell in row))
    console().print(table)

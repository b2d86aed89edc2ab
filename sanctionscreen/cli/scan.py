"""`sanctionscreen scan`: listed names inside a text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import AsOf, Cutoff, Json, Lists, exit_code, print_json
from sanctionscreen.cli.context import Activities, Jurisdictions, meaning
from sanctionscreen.cli.loading import FailOnStale, load_screener
from sanctionscreen.errors import InputError


def scan(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A text file, UTF-8; - for standard input.")],
    cutoff: Cutoff = None,
    as_of: AsOf = None,
    lists: Lists = None,
    fail_on_stale: FailOnStale = False,
    jurisdiction: Jurisdictions = None,
    activity: Activities = None,
    as_json: Json = False,
) -> None:
    """Find listed names and addresses inside a text.

    For line items, contracts, shipping descriptions and addresses. Each is
    shown with where it stands in the text, in characters.

    \b
    Examples:
      sanctionscreen scan contract.txt
      echo "2x HIKVISION dome cam" | sanctionscreen scan -

    \b
    Exit code: 0 nothing in force found, 1 something, 2 something failed or
    was not screened.
    """
    from sanctionscreen.explaining import explain
    from sanctionscreen.screening import DEFAULT_CUTOFF

    text = _text(path)
    least = DEFAULT_CUTOFF if cutoff is None else cutoff
    screener = load_screener(lists or (), as_of, fail_on_stale=fail_on_stale)
    found = screener.scan(text, as_of=as_of, cutoff=least, **meaning(jurisdiction, activity, None))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(explain(found))
    raise typer.Exit(exit_code(found=found.counting, clear=found.clear, left_out=found.not_screened))


def _text(path: Path) -> str:
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error

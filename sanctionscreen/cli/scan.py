"""`sanctionscreen scan`: listed names inside a text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.cli.console import FOUND, NOTHING, AsOf, Cutoff, Json, Lists, print_json
from sanctionscreen.cli.context import Activities, Jurisdictions, meaning
from sanctionscreen.errors import InputError
from sanctionscreen.layout import NO_ADVICE, counted, paragraph, quoted, shown

if TYPE_CHECKING:
    from sanctionscreen.hits import TextHit


def scan(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A text file, UTF-8; - for standard input.")],
    cutoff: Cutoff = None,
    as_of: AsOf = None,
    lists: Lists = None,
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
    Exit code: 0 nothing in force found, 1 something, 2 something failed.
    """
    from sanctionscreen.screening import DEFAULT_CUTOFF, Screener

    text = _text(path)
    least = DEFAULT_CUTOFF if cutoff is None else cutoff
    found = Screener.load(*lists or ()).scan(text, as_of=as_of, cutoff=least, **meaning(jurisdiction, activity, None))
    counting = [one for one in found if one.hit.in_force or one.hit.watch]
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
    else:
        _print(found, len(counting), len(text))
    raise typer.Exit(FOUND if counting else NOTHING)


def _text(path: Path) -> str:
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}: save it as UTF-8") from error


def _print(found: Iterable[TextHit], counting: int, size: int) -> None:
    typer.echo(f"{counted(counting, 'mention', 'mentions')} in {counted(size, 'character', 'characters')}.")
    for one in found:
        for line in paragraph(_told(one), rest="  "):
            typer.echo(line)
    typer.echo(NO_ADVICE)


def _told(one: TextHit) -> str:
    hit = one.hit
    effects = dict.fromkeys(effect.effect for effect in hit.effects if effect.in_force)
    watch = "watch, not designated" if hit.watch else ""
    follows = "; ".join(filter(None, (", ".join(effects), watch))) or "known, but nothing in force on that day"
    about = "at a listed address, a red flag" if one.about == "address" else f"score {hit.score:.3f}, {hit.level}"
    where = f"{one.start}-{one.end} {quoted(one.text)}"
    return f"{where}: {shown(hit.listed_party.primary_name)}, {about}: {follows}"

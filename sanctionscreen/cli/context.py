"""Where a user stands and what their policy is, on the command line: `--jurisdiction`, `--activity`, `--policy`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer


def read_jurisdiction(text: str) -> str:
    """Read whose law it is, in capitals or small letters."""
    from sanctionscreen.meaning.context import JURISDICTIONS

    return _one_of(JURISDICTIONS, text.upper())


def read_activity(text: str) -> str:
    """Read what a user does."""
    from sanctionscreen.meaning.context import ACTIVITIES

    return _one_of(ACTIVITIES, text.lower())


def _one_of(known: tuple[str, ...], word: str) -> str:
    from sanctionscreen.meaning.context import why_not

    if why := why_not(word, known):
        raise typer.BadParameter(why)
    return word


Jurisdictions = Annotated[
    list[str] | None,
    typer.Option(
        "--jurisdiction", metavar="CODE", parser=read_jurisdiction,
        help="Whose law binds you: US, EU, UK, ...; again for more.",
    ),
]  # fmt: skip
Activities = Annotated[
    list[str] | None,
    typer.Option(
        "--activity", metavar="WORD", parser=read_activity,
        help="What you do: buy, sell, import, ...; again for more.",
    ),
]  # fmt: skip
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", metavar="FILE", help="A policy, YAML; the cautious default if not given.")
]


def meaning(
    jurisdictions: Sequence[str] | None, activities: Sequence[str] | None, policy: Path | None
) -> dict[str, Any]:
    """The keyword arguments of a screening that these options stand for."""
    from sanctionscreen.meaning.context import Context
    from sanctionscreen.meaning.policy import load_policy

    given: dict[str, Any] = {}
    if jurisdictions or activities:
        given["context"] = Context(jurisdictions or (), activities or ())
    if policy is not None:
        given["policy"] = load_policy(policy)
    return given

"""Where a user stands and what their policy is, on the command line: `--jurisdiction`, `--activity`, `--policy`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

Jurisdictions = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", metavar="CODE", help="Whose law binds you: US, EU, UK, ...; again for more."),
]
Activities = Annotated[
    list[str] | None,
    typer.Option("--activity", metavar="WORD", help="What you do: buy, sell, import, ...; again for more."),
]
PolicyFile = Annotated[
    Path | None, typer.Option("--policy", metavar="FILE", help="A policy, YAML; the cautious default if not given.")
]


def meaning(
    jurisdictions: Sequence[str] | None, activities: Sequence[str] | None, policy: Path | None
) -> dict[str, Any]:
    """The keyword arguments of a screening that these options stand for; words that are not known are refused."""
    from sanctionscreen.meaning.context import Context
    from sanctionscreen.meaning.policy import load_policy

    given: dict[str, Any] = {}
    if jurisdictions or activities:
        codes = [code.upper() for code in jurisdictions or ()]
        given["context"] = Context(codes, [word.lower() for word in activities or ()])
    if policy is not None:
        given["policy"] = load_policy(policy)
    return given

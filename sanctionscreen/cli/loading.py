"""How commands load lists: `--lists`, `--no-merge`, `--fail-on-stale`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sanctionscreen.errors import InputError

if TYPE_CHECKING:
    from sanctionscreen.screening import Screener

NoMerge = Annotated[bool, typer.Option("--no-merge", help="Keep records of one party on several lists apart.")]
FailOnStale = Annotated[
    bool, typer.Option("--fail-on-stale", help="Fail, with exit code 2, where a list is older than its limit.")
]


def load_screener(
    lists: Sequence[Path], as_of: date | None, *, no_merge: bool = False, fail_on_stale: bool = False
) -> Screener:
    """Load lists.

    Raises:
        InputError: when one is stale on the day asked about, and that is to be a failure.
    """
    from sanctionscreen.screening import Screener

    screener = Screener.load(*lists, merge=not no_merge)
    stale = [one for one in screener.lists(as_of) if fail_on_stale and one.stale]
    if stale:
        said = ", ".join(f"{one.id} of {one.as_of} ({one.age_days} days)" for one in stale)
        raise InputError(f"stale: {said}: bring it up to date with sanctionscreen update, or import it again")
    return screener

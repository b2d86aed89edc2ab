"""`sanctionscreen supply`: a bill of suppliers, tier by tier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import AsOf, Cutoff, Json, Lists, exit_code, print_json
from sanctionscreen.cli.context import Activities, Jurisdictions, PolicyFile, meaning
from sanctionscreen.cli.loading import FailOnStale, load_screener


def supply(
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV or YAML: supplier, customer, and goods, origin, tier."),
    ],
    cutoff: Cutoff = None,
    as_of: AsOf = None,
    lists: Lists = None,
    fail_on_stale: FailOnStale = False,
    jurisdiction: Jurisdictions = None,
    activity: Activities = None,
    policy: PolicyFile = None,
    as_json: Json = False,
) -> None:
    """Screen a bill of suppliers: every party, every place of origin.

    Each hit is shown with its path from the product down to the tier where
    it stands. A presumption of forced labour runs up with the goods.

    \b
    Examples:
      sanctionscreen supply suppliers.csv
      sanctionscreen supply suppliers.yaml --jurisdiction US --activity import

    \b
    Exit code: 0 nothing found, 1 hits, 2 something failed or was not screened.
    """
    from sanctionscreen.meaning.supply import load_suppliers
    from sanctionscreen.screening import DEFAULT_CUTOFF
    from sanctionscreen.supplying import explain_supply, screen_supply

    links = load_suppliers(path)
    least = DEFAULT_CUTOFF if cutoff is None else cutoff
    asked = meaning(jurisdiction, activity, policy)
    screener = load_screener(lists or (), as_of, fail_on_stale=fail_on_stale)
    found = screen_supply(screener, links, as_of=as_of, cutoff=least, **asked)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(explain_supply(found))
    raise typer.Exit(exit_code(found=found.found, clear=found.clear, left_out=found.not_screened))

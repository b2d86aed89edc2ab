"""`sanctionscreen screen NAME --stakes FILE`: a name, and everyone who owns it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from sanctionscreen.cli.console import exit_code, print_json
from sanctionscreen.errors import InputError
from sanctionscreen.layout import LINE

if TYPE_CHECKING:
    from sanctionscreen.meaning.ownership_rules import OwnershipRule
    from sanctionscreen.meaning.policy import Policy
    from sanctionscreen.records import Party
    from sanctionscreen.screening import Screener

Stakes = Annotated[
    Path | None,
    typer.Option("--stakes", metavar="FILE", help="Who owns whom, CSV or YAML: owners are screened and followed."),
]
RuleStates = Annotated[
    list[str] | None,
    typer.Option(
        "--ownership-rule",
        metavar="RULE=STATE",
        help="With --stakes: a rule you know to be in_force or suspended; again for more.",
    ),
]


def confirmed(given: Sequence[str], policy: Policy | None) -> tuple[OwnershipRule, ...]:
    """The ownership rules in the states that the command line or, where it is silent, the policy confirms."""
    from sanctionscreen.meaning.ownership_rules import ownership_rules

    states = dict(policy.ownership_rules) if policy else {}
    for text in given:
        rule, equals, state = text.partition("=")
        if not equals:
            raise InputError(f"--ownership-rule {text}: write RULE=STATE, as in bis-affiliates=suspended")
        states[rule.strip()] = state.strip()
    return ownership_rules(states)


def leave_with_owners(
    screener: Screener, party: Party, stakes: Path, asked: dict[str, Any], *, as_json: bool
) -> NoReturn:
    """Screen a party with its owners, print what is found, and leave with the exit code."""
    from sanctionscreen.explaining import explain
    from sanctionscreen.meaning.holdings import load_stakes
    from sanctionscreen.owners import explain_owners, screen_owners

    found = screen_owners(screener, party, load_stakes(stakes), **asked)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        alone = found.result.model_copy(update={"decision": None})  # one disposition is told: that of the whole
        typer.echo(f"{explain_owners(found)}\n\n{LINE}\nBy its own name:\n\n{explain(alone)}")
    left_out = found.not_screened or found.result.not_screened
    raise typer.Exit(exit_code(found=found.found, clear=found.clear, left_out=left_out))

"""`sanctionscreen policy`: the policy that decides, as it is written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import print_table


def policy(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A policy of yours; the default one is printed if not given.")
    ] = None,
) -> None:
    """Print the default policy, or check one of yours and show its rules.

    What is printed is a policy file, to be copied and changed. One that says
    'extends: default' has its own rules first and those of the default behind
    them.

    \b
    Examples:
      sanctionscreen policy > policy.yaml
      sanctionscreen policy mine.yaml
    """
    from sanctionscreen.meaning.policy import default_text, load_policy

    if path is None:
        typer.echo(default_text(), nl=False)
        return
    checked = load_policy(path)
    own = len(checked.rules)
    print_table(
        ("Number:", "Rule", "Of", "Then", "Why"),
        (
            (number, rule.rule, path.name if number <= own else checked.extends, rule.then, rule.why)
            for number, rule in enumerate(checked.in_order, 1)
        ),
    )

"""`sanctionscreen evaluate`: how good is the matching on pairs whose answer is known?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sanctionscreen.cli.console import Cutoff


def evaluate(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A CSV file with columns 'query', 'candidate' and 'same' (1 or 0).")
    ],
    cutoff: Cutoff = None,
) -> None:
    """Measure precision, recall and F1 on labelled pairs of names.

    Prints a report in Markdown: the figures with their confidence intervals
    at the cutoff and at all cutoffs, by kind, script and variation, and the
    worst errors. Columns 'kind' and 'variation' are used where there are any.

    \b
    Examples:
      sanctionscreen evaluate our-decisions.csv > report.md
    """
    from sanctionscreen.evaluation import evaluate_csv
    from sanctionscreen.screening import DEFAULT_CUTOFF

    evaluation = evaluate_csv(path, cutoff=DEFAULT_CUTOFF if cutoff is None else cutoff)
    typer.echo(evaluation.to_markdown(f"Evaluation of {path.name}"))

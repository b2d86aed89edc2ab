"""Tables of tab-separated values that stand beside the code, read once when first needed.

A line that begins with `#` states a table's source or explains a row; every other line is a row.

>>> rows("scripts.tsv")[0]
('0041', '005A', 'Latn')
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


def rows(table: str) -> list[tuple[str, ...]]:
    """Give the rows of a table named by its path below `sanctionscreen/names`.

    >>> rows("scripts.tsv")[-1][2] in {"Hani", "Adlm"}
    True
    """
    lines = (_HERE / table).read_text(encoding="utf-8").split("\n")
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


@cache
def pairs(table: str) -> dict[str, str]:
    """Give the first two columns of a table as a dictionary.

    >>> pairs("scripts.tsv")["0041"]
    '005A'
    """
    return {row[0]: row[1] for row in rows(table)}

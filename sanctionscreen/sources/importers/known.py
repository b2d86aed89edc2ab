"""The columns and elements that each format is known to have: the table `known.yaml`.

>>> "dates_of_birth" in known_names("csl"), "Reference" in known_names("australia")
(True, True)
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    text = (files(__package__) / "known.yaml").read_text(encoding="utf-8")
    table: dict[str, str] = yaml.safe_load(text)
    return table


def known_names(part: str) -> frozenset[str]:
    """The names of one part of the table.

    Raises:
        KeyError: for a part that is not there.
    """
    names = _table()[part]
    return frozenset(name.strip() for name in (names.split("|") if "|" in names else names.split()))

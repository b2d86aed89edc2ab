"""How old the data of each official list may be before every result warns of it: the limits of `sources.yaml`.

They are our own choice and no publisher's. `import` and `update` both write the limit into the header of the list,
where it may be changed.

>>> stale_after_days()["csl"]
7
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """What `sources.yaml` says."""
    table: dict[str, Any] = yaml.safe_load((files(__package__) / "sources.yaml").read_text(encoding="utf-8"))
    return table


def stale_after_days() -> dict[str, int]:
    """The limit of every list that has one, by the id of the list, in days."""
    return {row["id"]: row["stale_after_days"] for part in ("sources", "elsewhere") for row in shipped()[part]}

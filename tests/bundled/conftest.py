"""The bundled lists and the published ones as plain rows, for tests that compare the two."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Row = dict[str, Any]
LISTS = Path(__file__).resolve().parents[2] / "lists"


@pytest.fixture(scope="session")
def parties() -> tuple[Row, ...]:
    """Every bundled party, read by the YAML library alone."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [path.read_text(encoding="utf-8") for path in sorted(LISTS.glob("*.yaml"))]
    return tuple(party for text in texts for party in yaml.load(text, Loader=loader)["parties"])  # noqa: S506 - a safe loader


@pytest.fixture(scope="session")
def on(parties: tuple[Row, ...]) -> Callable[[str], list[tuple[Row, Row]]]:
    """The entries of a list: each party on it with its listing."""

    def entries(list_id: str) -> list[tuple[Row, Row]]:
        return [(party, x) for party in parties for x in party["listings"] if x["list"] == list_id]

    return entries


@pytest.fixture(scope="session")
def csl(shared: Path) -> list[Row]:
    """The rows of the Consolidated Screening List of 16 May 2022."""
    path = shared / "data" / "csl" / "2022-05-16" / "consolidated.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))

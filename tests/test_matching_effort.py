"""What a search has to do, counted: a bound that is lost shows here, on any machine, without timing anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctionscreen.matching import weights
from sanctionscreen.matching.index import Effort
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists

#: Made by `.ci/effort.py --refresh` where more or less work is meant.
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "effort.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def bundled() -> Snapshot:
    return Snapshot.of(load_lists([bundled_lists()]))


@pytest.mark.parametrize(("name", *Effort._fields), ROWS, ids=[row[0] for row in ROWS])
def test_a_search_does_no_more_than_it_did(
    bundled: Snapshot, name: str, words: str, compared: str, bounded: str, scored: str
) -> None:
    effort = bundled.index.effort(prepare(parse(name)), weights.CUTOFF)
    assert effort == Effort(int(words), int(compared), int(bounded), int(scored))

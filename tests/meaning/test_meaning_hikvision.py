"""The Hikvision story: four dates, four answers, from the bundled lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from sanctionscreen.meaning.effects import effects_of_party
from sanctionscreen.meaning.holdings import holdings_of
from sanctionscreen.meaning.ownership import Ownership
from sanctionscreen.meaning.reach import findings, follow
from sanctionscreen.meaning.status import split
from sanctionscreen.records import ListFile

FILE = Path(__file__).resolve().parents[2] / "lists" / "us-supply-chain.yaml"


@pytest.fixture(scope="module")
def supply_chain() -> ListFile:
    return ListFile.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("day", "in_force", "watch"),
    [
        (date(2018, 1, 1), set(), set()),
        (date(2019, 10, 10), {"s889", "el"}, set()),
        (date(2021, 8, 3), {"s889", "el", "fcc", "cmic", "s1237"}, set()),
        (date(2022, 5, 5), {"s889", "el", "fcc", "cmic", "s1237"}, {"sdn"}),
        (date(2023, 5, 5), {"s889", "el", "fcc", "cmic", "s1237"}, set()),
    ],
)
def test_each_day_has_its_answer(supply_chain: ListFile, day: date, in_force: set[str], watch: set[str]) -> None:
    party = next(p for p in supply_chain.parties if p.primary_name.startswith("Hangzhou Hikvision"))
    found = split(party.listings, day)
    assert {listing.list for listing in found.in_force} == in_force
    assert {listing.list for listing in found.watch} == watch
    effects = effects_of_party(party, day)
    assert {effect.list for effect in effects if effect.in_force} == in_force
    assert {effect.list for effect in effects if effect.status == "not_designated"} == watch
    assert "block" not in {effect.effect for effect in effects}
    assert "unknown" not in {effect.effect for effect in effects}


def test_its_owner_holds_39_per_cent_which_is_no_half(supply_chain: ListFile) -> None:
    day = date(2025, 10, 1)
    party = next(p for p in supply_chain.parties if p.primary_name.startswith("Hangzhou Hikvision"))
    ownership = Ownership(holdings_of([party]), day)
    owners = {p.id: p.listings for p in supply_chain.parties if p.id != party.id}
    told = {finding.rule: finding for finding in findings(party.id, follow(ownership, owners))}
    assert told["bis-affiliates"].verdict == "no"
    assert told["bis-affiliates"].high == 39
    assert any("39%" in flag for flag in told["bis-affiliates"].flags)

"""A bill of suppliers is screened party by party and place by place, each hit with its way down from the product."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Screener
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.supply import SupplyLink
from sanctionscreen.supplying import explain_supply, screen_supply

DAY = date(2024, 1, 1)


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


BILL = (
    SupplyLink("Panel Partner Ltd", "Roof kit", goods="solar panels"),
    SupplyLink("Hoshine Silicon Industry", "Panel Partner Ltd", goods="silicon"),
    SupplyLink("Hikvison", "Roof kit", goods="cameras", tier=2),
    SupplyLink("Quiet Mill", "Panel Partner Ltd", goods="cotton", origin="Shihezi, Xinjiang"),
)


def test_each_hit_has_its_path(bundled: Screener) -> None:
    found = screen_supply(bundled, BILL, as_of=DAY)
    assert [(one.text, one.tier, one.carried_up) for one in found.exposures] == [
        ("Roof kit <- Hikvison (cameras)", 1, False),
        ("Roof kit <- Panel Partner Ltd (solar panels) <- Hoshine Silicon Industry (silicon)", 2, True),
        ("Roof kit <- Panel Partner Ltd (solar panels) <- Quiet Mill (cotton, Shihezi, Xinjiang)", 2, True),
    ]
    assert found.parties == 5
    assert {result.query.name for result in found.results} == {"Hikvison", "Hoshine Silicon Industry"}
    assert str(found.decision.disposition) == "escalate"
    assert not found.clear
    text = " ".join(explain_supply(found).split())
    assert "Roof kit <- Panel Partner Ltd (solar panels) <- Hoshine Silicon Industry (silicon)" in text
    assert "the presumption runs up with the goods" in text
    assert "the file says tier 2, the links say 1" in text


@pytest.mark.parametrize(
    ("links", "disposition", "rule"),
    [
        ((SupplyLink("Quiet Mill", "Shirt", origin="Norwich"),), "clear", "no-hit"),
        ((SupplyLink("Quiet Mill", "Shirt", origin="Urumqi, Xinjiang"),), "escalate", "region"),
        ((SupplyLink("???", "Shirt"),), "review", "not-screened"),
        ((SupplyLink("Quiet Mill", "Hikvision"),), "escalate", "forbidden-for-a-purpose"),
        ((), "clear", "no-hit"),
    ],
    ids=["clear", "place", "unreadable", "customer", "empty"],
)
def test_the_gravest_decides(bundled: Screener, links: tuple[SupplyLink, ...], disposition: str, rule: str) -> None:
    found = screen_supply(bundled, links, as_of=DAY)
    assert (str(found.decision.disposition), found.decision.rule) == (disposition, rule)
    assert found.clear == (disposition == "clear")
    assert f"Disposition: {disposition}" in explain_supply(found)


def test_before_the_law_a_place_says_nothing(bundled: Screener) -> None:
    found = screen_supply(bundled, BILL[3:], as_of=date(2020, 1, 1))
    assert not any(effect.in_force for one in found.exposures for effect in one.effects)
    assert not found.exposures[0].carried_up


def test_what_counts_in_the_context_comes_first(bundled: Screener) -> None:
    importing = Context(jurisdictions=["US"], activities=["import"])
    found = screen_supply(bundled, BILL[1:2], as_of=DAY, context=importing)
    assert importing.covers(found.exposures[0].effects[0])
    assert found.exposures[0].effects[0].effect == "import_presumption"


def test_a_product_that_is_listed_is_told(bundled: Screener) -> None:
    found = screen_supply(bundled, [SupplyLink("Quiet Mill", "Hikvision"), SupplyLink("???", "Hikvision")], as_of=DAY)
    text = explain_supply(found)
    assert "At the top\n- Hikvision: Hangzhou Hikvision" in text
    assert "the name '???'" in text


def test_a_list_that_could_not_be_read_is_told_whatever_the_bill_holds(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("nonsense", encoding="utf-8")
    screener = Screener.load(broken, skip_broken=True)
    for bill in ((), BILL):
        found = screen_supply(screener, bill, as_of=DAY)
        assert not found.clear
        assert [one.what for one in found.not_screened] == [str(broken), "every list"]
        assert str(found.decision.disposition) == "escalate"


def test_a_bill_names_the_lists_that_a_name_is_screened_against(bundled: Screener) -> None:
    found, name = screen_supply(bundled, (), as_of=DAY), bundled.screen("Quiet Mill", as_of=DAY)
    assert (found.lists, found.warnings, found.engine) == (name.lists, name.warnings, name.engine)
    assert all(f"- {one.id}: " in explain_supply(found) for one in name.lists)

"""Places with rules of their own in what is known of a party: never clear, and never more than the rules say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Context, Party, Screener, screen_owners, screen_supply
from sanctionscreen.batch.judging import outcome
from sanctionscreen.explaining import explain
from sanctionscreen.meaning.policy import load_policy
from sanctionscreen.meaning.supply import SupplyLink
from sanctionscreen.meaning.whereabouts import whereabouts
from sanctionscreen.supplying import explain_supply

DAY = date(2024, 1, 1)


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.mark.parametrize(
    ("party", "found"),
    [
        (Party(name="Quiet Mill", address="5 Beijing Road, Urumqi"), [("address", "xinjiang", "Urumqi")]),
        (Party(name="Xinjiang Quiet Mill Co., Ltd"), [("name", "xinjiang", "Xinjiang Uyghur Autonomous Region")]),
        (Party(name="乌鲁木齐某某纺织有限公司"), [("name", "xinjiang", "Urumqi")]),
        (Party(name="Quiet Mill", country="KP"), [("country", "north-korea", "North Korea")]),
        (
            Party(name="Iran Quiet Mill", address="12 Lane, Tehran, Iran", countries=("IR",)),
            [("name", "iran", "Iran"), ("address", "iran", "Tehran"), ("country", "iran", "Iran")],
        ),
        (Party(name="Iran Quillfeather", kind="person"), []),
        (Party(name="Quiet Mill", address="Aksu, Antalya", country="TR"), []),
        (Party(name="Quiet Mill", country="SY"), [("country", "syria", "Syria")]),
        (Party(name="Quiet Mill", country="UA", address="Kyiv"), []),
    ],
)
def test_places_are_found_where_they_are_named(party: Party, found: list[tuple[str, str, str]]) -> None:
    assert [(one.field, one.region, one.place) for one in whereabouts(party, DAY)] == found


def test_only_rules_in_force_on_the_day_count(bundled: Screener) -> None:
    syrian = Party(name="Quiet Mill", country="SY")
    assert whereabouts(syrian, date(2025, 6, 30))
    assert whereabouts(syrian, date(2025, 7, 1)) == ()
    assert bundled.screen(syrian, as_of=date(2025, 7, 1)).clear


def test_a_vendor_at_such_a_place_is_not_clear(bundled: Screener) -> None:
    result = bundled.screen(Party(name="Quiet Mill Ltd", address="5 Beijing Road, Urumqi"), as_of=DAY)
    assert result.hits == ()
    assert not result.clear
    assert result.decision
    assert (str(result.decision.disposition), result.decision.rule) == ("escalate", "region")
    assert result.decision.about == "Xinjiang Uyghur Autonomous Region: import_presumption"
    text = " ".join(explain(result).split())
    assert text.startswith('No hit for "Quiet Mill Ltd"')
    assert "The address names Urumqi, Xinjiang Uyghur Autonomous Region" in text
    assert "Uyghur Forced Labor Prevention Act, 2021-12-23. https://www.govinfo.gov/link/plaw/117/public/78" in text
    assert outcome(result) == "review"
    assert type(result).model_validate_json(result.model_dump_json(exclude={"clear"})).places == result.places


def test_one_among_many_is_not_lost(bundled: Screener) -> None:
    parties = [Party(name="Blue Heron Stationery"), Party(name="Quiet Mill", country="KP"), Party(name="Wren Pens")]
    assert [one.clear for one in bundled.screen_many(parties, as_of=DAY)] == [True, False, True]
    assert [one.clear for one in bundled.screen_many(parties, as_of=DAY, workers=2)] == [True, False, True]


@pytest.mark.parametrize(
    ("activities", "region", "disposition"),
    [
        (["import"], "escalate", "escalate"),
        (["invest"], "escalate", "review"),
        (["import"], "prohibited", "prohibited"),
        (["import"], "clear", "clear"),
    ],
)
def test_context_and_policy_decide(bundled: Screener, activities: list[str], region: str, disposition: str) -> None:
    policy = type(load_policy()).model_validate({**load_policy().model_dump(), "region": region})
    mill = Party(name="Quiet Mill", address="Urumqi")
    result = bundled.screen(mill, as_of=DAY, context=Context(activities=activities), policy=policy)
    assert result.decision
    assert str(result.decision.disposition) == disposition


def test_owners_and_suppliers_know_of_it(bundled: Screener) -> None:
    mill = Party(name="Xinjiang Quiet Mill")
    assert not screen_owners(bundled, mill, as_of=DAY).clear
    found = screen_supply(bundled, [SupplyLink(mill.name, "Shirt", goods="cotton")], as_of=DAY)
    (exposure,) = found.exposures
    assert exposure.carried_up
    assert "The name names Xinjiang Uyghur Autonomous Region" in " ".join(explain_supply(found).split())


def test_clean_companies_seldom_name_such_a_place(shared: Path) -> None:
    names = (shared / "data" / "clean" / "companies_us.txt").read_text(encoding="utf-8").splitlines()
    found = [name for name in names if whereabouts(Party(name=name or "x"), DAY)]
    assert len(names) > 7000
    assert found == ["Telco Cuba, Inc."]

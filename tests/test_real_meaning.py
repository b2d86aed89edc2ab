"""What real lists say of ties, and a made-up bill of suppliers that meets every effect."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

import pytest

from sanctionscreen import Screener, screen_owners, screen_supply
from sanctionscreen.meaning.effect_tables import vocabulary
from sanctionscreen.meaning.holdings import Holding
from sanctionscreen.meaning.supply import load_suppliers
from sanctionscreen.records import ListFile
from sanctionscreen.sources.importers import import_list
from sanctionscreen.sources.loading import bundled_lists
from sanctionscreen.supplying import SupplyResult

EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
_LINKED = re.compile(r"linked to: ([^;]+?)\.?(?=;|$)", re.IGNORECASE)


@pytest.fixture(scope="module")
def sdn_2021(shared: Path) -> ListFile:
    return import_list("ofac-csv", shared / "data" / "ofac" / "2021-07-07", as_of=date(2021, 7, 7)).list_file


@pytest.fixture(scope="module")
def remarks(shared: Path) -> dict[str, str]:
    """The remarks of the file as it stands, by the list's own number."""
    with (shared / "data" / "ofac" / "2021-07-07" / "sdn.csv").open(encoding="latin-1", newline="") as file:
        return {row[0].strip(): row[11] for row in csv.reader(file) if len(row) > 11}


def test_every_linked_to_of_the_sdn_list_is_a_relation(sdn_2021: ListFile, remarks: dict[str, str]) -> None:
    stated = sum(len(re.findall("linked to", text, re.IGNORECASE)) for text in remarks.values())
    read = Counter(relation.type for party in sdn_2021.parties for relation in party.relations)
    assert read["linked_to"] == stated == 3391
    assert read["owned_by"] == 10
    assert set(read) == {"linked_to", "owned_by"}


def test_owned_or_controlled_by_stands_in_remarks_that_name_nobody(remarks: dict[str, str]) -> None:
    """It is about banks under the North Korea rules, and no tie of the party."""
    said = re.compile("owned or controlled by", re.IGNORECASE)
    about_banks = "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions"
    assert sum(len(said.findall(text)) for text in remarks.values()) == 501
    assert sum(text.count(about_banks) for text in remarks.values()) == 501


def test_fifty_relations_lead_to_the_party_that_the_remarks_name(sdn_2021: ListFile, remarks: dict[str, str]) -> None:
    by_id = {party.id: party for party in sdn_2021.parties}
    tied = [(p, r) for p in sdn_2021.parties for r in p.relations if r.type == "linked_to" and r.party]
    assert len(tied) > 3300
    for party, relation in Random(50).sample(tied, 50):
        said = {_plain(name) for name in _LINKED.findall(remarks[party.id.removeprefix("ofac-")])}
        assert {_plain(name.name) for name in by_id[relation.party or ""].names} & said, (party.id, relation.party)


def _plain(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def test_a_vendor_of_two_real_sdns_is_blocked(shared: Path, tmp_path: Path, sdn_2021: ListFile) -> None:
    """30% + 25% of two entities of the SDN list of 2021, picked by number."""
    from sanctionscreen.sources.writing import write_list

    organizations = [party for party in sdn_2021.parties if party.kind == "organization"][:40:20]
    write_list(sdn_2021.model_copy(update={"parties": tuple(organizations)}), tmp_path / "sdn.yaml")
    first, second = (party.primary_name for party in organizations)
    stakes = [Holding(first, "Blue Heron Ltd", 30, 30), Holding(second, "Blue Heron Ltd", 25, 25)]
    found = screen_owners(Screener.load(tmp_path / "sdn.yaml"), "Blue Heron Ltd", stakes, as_of=date(2021, 7, 8))
    assert found.findings[0].verdict == "yes"
    assert found.findings[0].steps[0].text == f"{first} 30% + {second} 25% = 55% of Blue Heron Ltd"


# --- the example ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bill() -> SupplyResult:
    screener = Screener.load(bundled_lists(), EXAMPLES / "every-effect.yaml")
    return screen_supply(screener, load_suppliers(EXAMPLES / "suppliers.csv"), as_of=date(2026, 11, 20))


def test_the_example_has_two_hundred_rows() -> None:
    assert len(load_suppliers(EXAMPLES / "suppliers.csv")) == 200


def test_the_example_meets_every_effect(bill: SupplyResult) -> None:
    effects = [effect for one in bill.exposures for effect in one.effects]
    met = {effect.effect for effect in effects if effect.in_force or effect.status == "not_designated"}
    assert met == set(vocabulary())


def test_the_example_finds_whom_it_should_and_nobody_else(bill: SupplyResult) -> None:
    made_up = {p.id for p in Screener.load(EXAMPLES / "every-effect.yaml").parties()}
    found = {result.hits[0].listed_party.id for result in bill.results}
    assert found == made_up | {"hangzhou-hikvision-digital-technology", "zhejiang-dahua-technology"}
    assert len(bill.results) == len(found)
    places = [one for one in bill.exposures if one.path[-1].origin and one.path[-1].party not in _names(bill)]
    assert len(places) == 7
    assert not bill.not_screened


def test_the_presumption_of_the_example_runs_up(bill: SupplyResult) -> None:
    up = {(one.product, one.supplier) for one in bill.exposures if one.carried_up}
    assert {supplier for _, supplier in up} == {
        "Wu Yu Ling Polysilicon",
        "Plainfield Ginning Cooperative",
        "Highmeadow Smelting",
    }
    assert not any(one.warnings for one in bill.exposures)


def _names(bill: SupplyResult) -> set[str]:
    return {result.query.name for result in bill.results}

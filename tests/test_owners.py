"""A vendor that matches nothing is caught through its owners, with the path and its arithmetic."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Party, Screener
from sanctionscreen import owners as module
from sanctionscreen.meaning.holdings import Holding
from sanctionscreen.meaning.policy import load_policy
from sanctionscreen.owners import explain_owners, screen_owners
from sanctionscreen.records import Relation, Stake

DAY = date(2024, 1, 1)
LIST = """
header: {id: ofac-sdn, title: Made up, authority: us, publisher: us, as_of: 2023-12-31, licence: internal}
parties:
- id: alpha
  kind: organization
  names: [{name: Alphaquill Holdings Ltd, type: primary}]
  relations: [{type: parent_of, name: Rivermoth Ltd}]
  listings: [{program: GLOMAG, effective_date: 2020-01-01}]
- id: beta
  kind: person
  names: [{name: Bertrand Quillfeather, type: primary}, {name: Nightowl, quality: weak}]
  countries: [FR]
  listings: [{program: SDGT, effective_date: 2020-01-01}]
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    path = tmp_path_factory.mktemp("lists") / "sdn.yaml"
    path.write_text(LIST, encoding="utf-8")
    return Screener.load(path)


STAKES = (
    Holding("Alphaquill Holdings", "Blue Heron Ltd", 30, 30),
    Holding("Bertrand Quillfeather", "Blue Heron Ltd", 25, 25),
)


def test_thirty_and_twenty_five_per_cent_make_a_block(house: Screener) -> None:
    found = screen_owners(house, "Blue Heron Ltd", STAKES, as_of=DAY)
    assert found.result.hits == ()
    assert found.result.decision
    assert str(found.result.decision.disposition) == "clear"
    first = found.findings[0]
    assert (first.rule, first.verdict, first.low, first.high) == ("ofac-50", "yes", 55, 55)
    assert first.steps[0].text == "Alphaquill Holdings 30% + Bertrand Quillfeather 25% = 55% of Blue Heron Ltd"
    assert {effect.effect for hit in found.hits for effect in hit.effects if effect.in_force} >= {"block"}
    assert str(found.decision.disposition) == "escalate"
    assert not found.clear
    text = explain_owners(found)
    assert "= 55% of Blue Heron Ltd" in " ".join(text.split())
    assert "2014-08-13" in text


@pytest.mark.parametrize(
    ("stakes", "verdict", "disposition"),
    [
        ([Holding("Alphaquill Holdings", "V", 45, 55)], "possibly", "escalate"),
        ([Holding("Alphaquill Holdings", "V")], "possibly", "escalate"),
        ([Holding("Alphaquill Holdings", "V", 10, 10)], "no", "review"),
        ([Holding("Alphaquill Holdings", "M", 50, 50), Holding("M", "V", 50, 50)], "yes", "escalate"),
        ([Holding("Alphaquill Holdings", "M", 25, 25), Holding("M", "V", 50, 50)], None, "review"),
        ([Holding("V", "Alphaquill Holdings", 100, 100)], None, "clear"),
        ([Holding("M", "V", 100, 100), Holding("V", "M", 100, 100)], None, "clear"),
        ([Holding("Nightowl", "V", 100, 100)], None, "review"),
        ([Holding("Alphaquill Holdings", "V", 100, 100, until="2019")], None, "clear"),
    ],
    ids=["range", "unknown", "little", "cascade", "no product", "below it", "cycle", "weak alias", "ended"],
)
def test_each_shape_of_ownership(house: Screener, stakes: list[Holding], verdict: str | None, disposition: str) -> None:
    from dataclasses import replace

    from sanctionscreen.dates import PartialDate

    dated = [replace(s, until=PartialDate.parse(s.until)) if isinstance(s.until, str) else s for s in stakes]
    found = screen_owners(house, "V", dated, as_of=DAY)
    told = {finding.rule: finding.verdict for finding in found.findings}
    assert told.get("ofac-50") == verdict
    assert str(found.decision.disposition) == disposition
    assert found.clear == (disposition == "clear")


@pytest.mark.parametrize(("state", "applies"), [("suspended", False), ("in_force", True), (None, True)])
def test_a_policy_confirms_the_state_of_a_rule(state: str | None, applies: bool) -> None:
    confirmed = {"bis-affiliates": state} if state else {}
    policy = load_policy().model_copy(update={"ownership_rules": confirmed})
    stakes = [Holding("Hikvision", "V", 60, 60)]
    found = screen_owners(Screener.load(), "V", stakes, as_of=date(2026, 11, 20), policy=policy)
    bis = next(finding for finding in found.findings if finding.rule == "bis-affiliates")
    assert (bis.verdict, bis.applies, bis.state) == ("yes", applies, state or "not_confirmed")


def test_what_a_party_says_of_its_owners_counts(house: Screener) -> None:
    stake = Stake(share_min=60, share_max=60)
    vendor = Party(name="Vendor", relations=(Relation(type="owned_by", name="Alphaquill Holdings", stake=stake),))
    assert screen_owners(house, vendor, as_of=DAY).findings[0].verdict == "yes"


def test_what_the_lists_say_of_its_owners_counts(house: Screener) -> None:
    found = screen_owners(house, "Rivermoth Ltd", as_of=DAY)
    assert found.findings[0].verdict == "possibly"
    assert [owner.name for owner in found.owners] == ["Alphaquill Holdings Ltd"]


def test_hikvision_is_39_per_cent_a_listed_institutes() -> None:
    found = screen_owners(Screener.load(), "Hikvision", as_of=date(2025, 10, 15))
    bis = next(finding for finding in found.findings if finding.rule == "bis-affiliates")
    assert (bis.verdict, bis.high) == ("no", 39)
    assert "52nd Research Institute 39% of Hikvision" in bis.steps[0].text


def test_a_name_that_cannot_be_read_is_not_clear(house: Screener) -> None:
    found = screen_owners(house, "V", [Holding("???", "V", 60, 60)], as_of=DAY)
    assert not found.clear
    assert found.decision.rule == "not-screened"
    assert "'???'" in explain_owners(found)


def test_too_many_owners_are_told(house: Screener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_OWNERS", 3)
    chain = [Holding(f"Wren {n + 1}", f"Wren {n}", 60, 60) for n in range(50_000)]
    found = screen_owners(house, "Wren 0", chain, as_of=DAY)
    assert [one.what for one in found.not_screened] == ["49997 owners"]
    assert str(found.decision.disposition) == "review"


def test_stakes_of_more_than_the_whole_are_told(house: Screener) -> None:
    stakes = [Holding("Alphaquill Holdings", "V", 70, 70), Holding("Rivermoth Ltd", "V", 70, 70)]
    found = screen_owners(house, "V", stakes, as_of=DAY)
    assert any("140%" in problem for problem in found.problems)
    assert "140%" in explain_owners(found)
    assert found.findings[0].verdict == "yes"


def test_the_findings_are_json(house: Screener) -> None:
    data = screen_owners(house, "Blue Heron Ltd", STAKES, as_of=DAY).model_dump(mode="json")
    assert data["findings"][0]["steps"][0]["text"].startswith("Alphaquill Holdings 30%")
    assert data["decision"]["disposition"] == "escalate"


def test_a_listed_vendor_is_still_itself(house: Screener, tmp_path: Path) -> None:
    found = screen_owners(house, "Alphaquill Holdings", as_of=DAY)
    assert found.result.hits
    assert found.findings == ()
    assert not found.clear


def test_a_decision_about_a_name_says_nothing_of_its_owners(house: Screener, tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(
        "version: 1\nrules:\n- {rule: case-7, why: another, asked: [Blue Heron Ltd], parties: [alpha, beta], "
        "decided: 2023-06-01, until: 2024-06-01, then: clear}\n- {rule: rest, why: look, then: prohibited}\n",
        encoding="utf-8",
    )
    found = screen_owners(house, "Blue Heron Ltd", STAKES, as_of=DAY, policy=load_policy(path))
    assert (str(found.decision.disposition), found.decision.rule) == ("prohibited", "rest")


@pytest.mark.parametrize("name", ["Blue Heron Ltd.", "BLUE HERON, LTD", "Blue  Heron Ltd"])
def test_points_commas_and_case_make_no_other_party(house: Screener, name: str) -> None:
    found = screen_owners(house, name, STAKES, as_of=DAY)
    assert [one.verdict for one in found.findings if one.rule == "ofac-50"] == ["yes"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Blue Heron Limited", "did you mean 'Blue Heron Ltd'?"), ("Quorn Wharf Traders", "write it as they do")],
)
def test_a_party_of_which_the_stakes_say_nothing_is_not_clear(house: Screener, name: str, hint: str) -> None:
    found = screen_owners(house, name, STAKES, as_of=DAY)
    assert not found.clear
    assert [one.what for one in found.not_screened] == ["the owners"]
    assert str(found.decision.disposition) == "review"
    assert hint in " ".join(explain_owners(found).split())
    assert screen_owners(house, name, as_of=DAY).clear  # without any stakes nothing is said of owners

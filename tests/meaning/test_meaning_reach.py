"""The ownership rules by example: OFAC's own, then what differs elsewhere, then what is uncertain."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import InputError
from sanctionscreen.meaning.effects import effects_of
from sanctionscreen.meaning.findings import Counted, Finding, Step
from sanctionscreen.meaning.holdings import Holding
from sanctionscreen.meaning.ownership import Ownership
from sanctionscreen.meaning.ownership_rules import OwnershipRule, begins, ownership_rules, starting_points
from sanctionscreen.meaning.reach import Reach, carried, findings, follow
from sanctionscreen.records import Listing

DAY = date(2025, 1, 1)
RULES = {rule.rule: rule for rule in ownership_rules()}
SDN = Listing(list="sdn", program="GLOMAG")


def exact(*stakes: tuple[str, str, float]) -> list[Holding]:
    return [Holding(owner, company, share, share) for owner, company, share in stakes]


def told(stakes: list[Holding], listed: str, party: str, rule: str = "ofac-50", day: date = DAY) -> Finding:
    return Reach(Ownership(stakes, day), RULES[rule], listed.split()).finding(party)


@pytest.mark.parametrize(
    ("stakes", "party", "verdict"),
    [
        # FAQ 401: X owns 50% of A and of B, each owns 25% of C.
        ([("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25)], "C", "yes"),
        # FAQ 401: X owns 25% of A and of B, each owns 50% of C.
        ([("X", "A", 25), ("X", "B", 25), ("A", "C", 50), ("B", "C", 50)], "C", "no"),
        # a cascade, not a product: 50% of 50%
        ([("X", "A", 50), ("A", "B", 50)], "B", "yes"),
        # FAQ 399: stakes of persons blocked under different programs add up
        ([("X", "C", 25), ("Y", "C", 25)], "C", "yes"),
        ([("X", "C", 30), ("Y", "C", 19.9)], "C", "no"),
        # direct and indirect stakes add up
        ([("X", "A", 50), ("X", "B", 10), ("A", "B", 40)], "B", "yes"),
        ([("X", "C", 33.3), ("Y", "C", 16.7)], "C", "yes"),
        ([("X", "C", 49.999999)], "C", "no"),
        # a ring of companies that own only one another catches nobody
        ([("A", "B", 60), ("B", "A", 60), ("X", "A", 10)], "A", "no"),
        ([("A", "B", 60), ("B", "A", 40), ("X", "A", 50)], "B", "yes"),
        ([("A", "A", 90), ("X", "A", 10)], "A", "no"),
        ([("Z", "A", 90)], "A", "no"),
    ],
)
def test_the_50_percent_rule(stakes: list[tuple[str, str, float]], party: str, verdict: str) -> None:
    assert told(exact(*stakes), "X Y", party).verdict == verdict


def test_the_evidence_is_the_path_with_its_arithmetic() -> None:
    stakes = exact(("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25), ("Clean", "C", 50))
    finding = told(stakes, "X", "C")
    assert [step.text for step in finding.steps] == ["X 50% of A", "X 50% of B", "A 25% + B 25% = 50% of C"]
    assert (finding.low, finding.high, finding.threshold) == (50, 50, "at least 50%")
    assert finding.source_url == "https://ofac.treasury.gov/faqs/401"


def test_a_ring_is_no_evidence_for_itself() -> None:
    finding = told(exact(("X", "A", 60), ("A", "B", 60), ("B", "A", 40)), "X", "A")
    assert [step.text for step in finding.steps] == ["X 60% of A"]


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(45, 55, "possibly"), (50, 55, "yes"), (40, 49, "no"), (0, 100, "possibly")]
)
def test_a_range_is_worked_out_at_both_ends(low: float, high: float, verdict: str) -> None:
    finding = told([Holding("X", "C", low, high)], "X", "C")
    assert (finding.verdict, finding.low, finding.high) == (verdict, low, high)


def test_a_possible_owner_counts_at_the_upper_end_only() -> None:
    finding = told([Holding("X", "A", 45, 55), Holding("A", "C", 60, 60), Holding("X", "C", 5, 5)], "X", "C")
    assert (finding.verdict, finding.low, finding.high) == ("possibly", 5, 65)
    assert finding.steps[-1].text == "A 60% (if itself caught) + X 5% = 5-65% of C"


def test_an_unknown_stake_is_a_red_flag() -> None:
    finding = told([Holding("X", "C")], "X", "C", "bis-affiliates", date(2025, 10, 1))
    assert finding.verdict == "possibly"
    assert finding.flags == ("the share of X in C is not known: find out (red flag)",)
    assert "Red Flag 29" in (finding.note or "")


def test_control_alone_urges_caution_with_ofac_and_catches_in_europe() -> None:
    stakes = [Holding("X", "C", 10, 10, control=True), Holding("C", "D", 60, 60)]
    ofac = told(stakes, "X", "C")
    assert ofac.verdict == "no"
    assert "X controls C: control alone does not catch, caution is urged" in ofac.flags
    assert [told(stakes, "X", party, rule).verdict for rule in ("eu-50", "uk-50") for party in "CD"] == ["yes"] * 4
    assert told(stakes, "X", "C", "eu-50").steps[0].text == "X 10% (control) of C"
    assert told(stakes, "X", "C", "un-owned").verdict == "possibly"


@pytest.mark.parametrize(
    ("rule", "share", "verdict"),
    [
        ("eu-50", 50, "yes"), ("eu-50", 49.9, "no"), ("uk-50", 50, "no"), ("uk-50", 50.1, "yes"),
        ("ofac-ssi-50", 50, "yes"), ("un-owned", 50, "possibly"), ("ca-owned", 40, "no"), ("au-owned", 99, "possibly"),
        ("us-889", 51, "yes"), ("us-889", 50, "possibly"), ("us-889", 1, "possibly"), ("us-1260h", 60, "possibly"),
        ("us-1260h", 20, "no"), ("us-fcc-covered", 100, "possibly"), ("ns-cmic", 100, "no"),
    ],
)  # fmt: skip
def test_each_jurisdiction_has_its_threshold(rule: str, share: float, verdict: str) -> None:
    assert told(exact(("X", "C", share)), "X", "C", rule, date(2026, 12, 1)).verdict == verdict


def test_the_uk_does_not_simply_add_owners() -> None:
    apart = exact(("X", "C", 30), ("Y", "C", 25))
    finding = told(apart, "X Y", "C", "uk-50")
    assert (finding.verdict, finding.high) == ("no", 30)
    assert "several listed owners together hold up to 55%: ask whether they act jointly" in finding.flags
    assert told(apart, "X Y", "C", "eu-50").verdict == "yes"
    one = exact(("X", "A", 60), ("A", "C", 30), ("X", "C", 25))
    assert told(one, "X Y", "C", "uk-50").verdict == "yes"


def test_holdings_under_one_arrangement_are_added_in_the_uk() -> None:
    stakes = [Holding("X", "C", 30, 30, joint="pact"), Holding("Q", "C", 25, 25, joint="pact")]
    finding = told(stakes, "X", "C", "uk-50")
    assert finding.verdict == "yes"
    assert finding.steps[0].text == "X 30% (jointly: pact) + Q 25% (jointly: pact) = 55% of C"
    assert told(stakes, "X", "C", "eu-50").verdict == "no"


def test_affiliates_count_for_section_889_alone() -> None:
    stakes = [Holding("X", "C", 0, 0, affiliate=True)]
    finding = told(stakes, "X", "C", "us-889")
    assert (finding.verdict, finding.steps[0].text) == ("possibly", "X affiliate of C")
    assert not told(stakes, "X", "C").says_something


def test_ns_cmic_does_not_reach_and_says_so() -> None:
    finding = told(exact(("X", "C", 100)), "X", "C", "ns-cmic")
    assert (finding.verdict, finding.says_something) == ("no", True)
    assert "only a subsidiary that is itself listed" in (finding.note or "")
    assert told(exact(("X", "C", 100)), "X", "X", "ns-cmic").verdict == "yes"


@pytest.mark.parametrize(
    ("day", "state", "applies"),
    [
        (date(2025, 9, 28), "not_yet", False),
        (date(2025, 9, 29), "in_force", True),
        (date(2025, 11, 9), "in_force", True),
        (date(2025, 11, 10), "suspended", False),
        (date(2026, 11, 9), "suspended", False),
        (date(2026, 11, 10), "not_confirmed", True),
    ],
)
def test_the_affiliates_rule_by_date(day: date, state: str, applies: bool) -> None:
    finding = told(exact(("X", "C", 60)), "X", "C", "bis-affiliates", day)
    assert (finding.verdict, finding.state, finding.applies) == ("yes", state, applies)


def test_the_state_after_the_suspension_can_be_set() -> None:
    (bis,) = (r for r in ownership_rules({"bis-affiliates": "in_force"}) if r.rule == "bis-affiliates")
    assert bis.state(date(2027, 1, 1)).state == "in_force"
    assert bis.state(date(2026, 1, 1)).state == "suspended"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"bis": "in_force"}, "bis-affiliates"),
        ({"bis-affiliates": "on"}, "in_force"),
        ({"us-889": "suspended"}, "us-889: its state is known and not for setting; those of au-owned, bis-affiliates,"),
    ],
)
def test_a_wrong_setting_is_an_error(settings: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ownership_rules(settings)


@pytest.mark.parametrize(
    ("rule", "state", "day", "known"),
    [
        ("bis-affiliates", "suspended", date(2025, 9, 28), "not yet in force"),
        ("bis-affiliates", "suspended", date(2025, 10, 15), "in force"),
        ("bis-affiliates", "suspended", date(2026, 11, 9), None),
        ("bis-affiliates", "in_force", date(2026, 11, 9), "suspended"),
        ("bis-affiliates", "in_force", date(2026, 11, 10), None),
        ("ofac-50", "suspended", date(2026, 11, 10), "in force"),
        ("ofac-50", "suspended", date(2014, 8, 12), None),
        ("un-owned", "suspended", date(2026, 11, 10), None),
    ],
)
def test_a_setting_that_counts_for_nothing_on_a_day_says_so(
    rule: str, state: str, day: date, known: str | None
) -> None:
    told = {one.rule: one.unheeded(day) for one in ownership_rules({rule: state})}
    expected = f"{rule}={state} has no effect: on {day} the rule is known to be {known}"
    assert told.pop(rule) == (expected if known else None)
    assert not any(told.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.rule)
def test_every_rule_has_a_state_on_every_day(rule: OwnershipRule) -> None:
    edges = [period.since for period in rule.periods] + [date(1990, 1, 1), date(2040, 1, 1)]
    assert all(rule.state(day) in rule.periods for day in edges)
    assert rule.url.startswith("https://")
    for before, after in pairwise(rule.periods):
        assert before.until == after.since


@pytest.mark.parametrize(
    ("listing", "rules"),
    [
        (SDN, {"ofac-50", "bis-affiliates"}),
        (Listing(list="ssi", program="UKRAINE-EO13662"), {"ofac-ssi-50"}),
        (Listing(list="ofac-cons", program="UKRAINE-EO13662"), {"ofac-ssi-50"}),
        (Listing(list="el", program="EL"), {"bis-affiliates"}),
        (Listing(list="isn", program="INKSNA"), set()),
        (Listing(list="isn", program="E.O. 13382"), {"ofac-50"}),
        (Listing(list="eu-fsf", program="TAQA"), {"eu-50"}),
        (Listing(list="sdn", program="SDN", status="reported"), set()),
        (Listing(list="sdn", program="CUBA", effective_date="2030-01-01"), set()),
        (Listing(list="house", program="X"), set()),
    ],
)
def test_which_listings_begin_which_rules(listing: Listing, rules: set[str]) -> None:
    assert {name for name, rule in RULES.items() if begins(rule, [listing], DAY)} == rules
    assert starting_points(RULES["ofac-50"], {"X": [listing]}, DAY) == (("X",) if "ofac-50" in rules else ())


def test_following_all_rules_and_carrying_effects() -> None:
    ownership = Ownership(exact(("X", "Vendor", 30), ("Y", "Vendor", 25)), date(2026, 1, 1))
    listed = {"X": [SDN], "Y": [SDN, Listing(list="el", program="EL")]}
    found = findings("Vendor", follow(ownership, listed))
    assert [(f.rule, f.verdict, f.applies) for f in found] == [
        ("ofac-50", "yes", True),
        ("bis-affiliates", "yes", False),
    ]
    effects = [e for listings in listed.values() for one in listings for e in effects_of(one, ownership.as_of)]
    block = carried(found[0], effects)
    assert [(e.effect, e.in_force, e.status) for e in block] == [("block", True, "in_force")] * 2
    assert block[0].note == "yes, through ownership: X 30% + Y 25% = 55% of Vendor"
    (licence,) = carried(found[1], effects)
    assert (licence.effect, licence.in_force, licence.status) == ("export_licence", False, "suspended")
    assert follow(ownership, {}) == ()


def test_a_possible_verdict_says_so_in_its_effects_and_none_carries_nothing() -> None:
    ownership = Ownership([Holding("X", "A"), Holding("X", "B", 10, 10)], DAY)
    (reach,) = follow(ownership, {"X": [SDN]}, [RULES["ofac-50"]])
    ended = effects_of(Listing(list="sdn", program="CUBA", end_date="2020-01-01"), DAY)
    (possible, old) = carried(reach.finding("A"), [*effects_of(SDN, DAY), *ended])
    assert (possible.status, possible.in_force, old.status, old.in_force) == ("possibly", True, "ended", False)
    assert carried(reach.finding("B"), effects_of(SDN, DAY)) == ()


class TestBadInput:
    """Each has a stated outcome."""

    def test_more_than_100_per_cent_counts_as_stated_and_is_told(self) -> None:
        finding = told(exact(("X", "C", 60), ("Clean", "C", 60)), "X", "C")
        assert finding.verdict == "yes"
        assert finding.flags == (
            "stakes in C add up to 120% on 2025-01-01: counted as stated, find out which is wrong",
        )

    def test_rounding_is_not_called_wrong(self) -> None:
        assert Ownership(exact(("A", "C", 33.4), ("B", "C", 33.4), ("D", "C", 33.4)), DAY).problems == ()

    def test_contradicting_stakes_count_at_the_larger_and_are_told(self) -> None:
        finding = told(exact(("X", "C", 60), ("X", "C", 30)), "X", "C")
        assert (finding.verdict, finding.low) == ("yes", 60)
        assert "stakes of X in C contradict each other on 2025-01-01: 60% and 30%, the larger counts" in finding.flags

    def test_stakes_of_different_times_do_not_contradict(self) -> None:
        sold = [
            Holding("X", "C", 60, 60, until=PartialDate.parse("2020-12-31")),
            Holding("X", "C", 30, 30, since=PartialDate.parse("2021-01-01")),
        ]
        finding = told(sold, "X", "C")
        assert (finding.verdict, finding.flags[0][:22]) == ("no", "caught owners hold 30%")
        assert told(sold, "X", "C", day=date(2020, 1, 1)).verdict == "yes"

    def test_an_affiliate_without_a_share_contradicts_no_share(self) -> None:
        ties = [Holding("X", "C", 60, 60), Holding("X", "C", 0, 0, affiliate=True)]
        assert Ownership(ties, DAY).problems == Ownership(ties[::-1], DAY).problems == ()

    def test_a_party_that_no_stake_names(self) -> None:
        finding = told(exact(("X", "C", 60)), "X", "Nobody Inc")
        assert (finding.company, finding.verdict, finding.steps) == ("Nobody Inc", "no", ())
        assert not finding.says_something

    def test_an_owner_whom_nobody_lists_passes_nothing_on_and_is_to_be_screened(self) -> None:
        ownership = Ownership(exact(("Unknown BV", "C", 90)), DAY)
        assert ownership.parties == ("Unknown BV", "C")

    def test_names_are_compared_without_case_width_and_spaces(self) -> None:
        ownership = Ownership(exact(("ACME  Ltd", "C", 60)), DAY)
        assert Reach(ownership, RULES["ofac-50"], ["\uff21\uff23\uff2d\uff25\u00a0ltd "]).verdict("c") == "yes"

    def test_a_chain_of_50_000_companies(self) -> None:
        chain = exact(*((f"c{n}", f"c{n + 1}", 50) for n in range(50_000)))
        finding = told(chain, "c0", "c50000")
        assert finding.verdict == "yes"
        assert len(finding.steps) == 50_000


def test_a_stake_in_words() -> None:
    assert Counted(owner="X", low=0, high=100, unknown=True).text == "X share unknown"
    assert Step(company="C", counted=(), low=0, high=0).text == " of C"

"""Laws of the ownership rules, for any graph."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.meaning.holdings import UNIT, Holding
from sanctionscreen.meaning.ownership import Ownership
from sanctionscreen.meaning.ownership_rules import OwnershipRule, ownership_rules
from sanctionscreen.meaning.reach import Reach

DAY = date(2027, 1, 1)
RULES = {rule.rule: rule for rule in ownership_rules()}
NODES = "ABCDEFGH"
GRAVITY = ("no", "possibly", "yes")

shares = st.sampled_from([0, 5, 10, 20, 24.9, 25, 25.1, 30, 33.333333, 49.999999, 50, 50.000001, 60, 75, 100])
ranges = st.tuples(shares, shares).map(lambda pair: (min(pair), max(pair)))
exact = shares.map(lambda share: (share, share))
nodes = st.sampled_from(NODES)


@st.composite
def holdings(draw: st.DrawFn) -> Holding:
    low, high = draw(st.one_of(exact, ranges, st.just((0, 100))))
    return Holding(
        owner=draw(nodes), company=draw(nodes), low=low, high=high, control=draw(st.booleans()),
        affiliate=draw(st.booleans()), joint=draw(st.sampled_from([None, None, "pact"])),
    )  # fmt: skip


graphs = st.lists(holdings(), max_size=20)
listed = st.lists(nodes, min_size=1, max_size=3, unique=True)
rules = st.sampled_from(list(RULES.values()))


def verdicts(stakes: list[Holding], parties: list[str], rule: OwnershipRule) -> dict[str, int]:
    reach = Reach(Ownership(stakes, DAY), rule, parties)
    return {node: GRAVITY.index(reach.verdict(node)) for node in NODES}


@given(graphs, listed, rules, holdings())
def test_adding_a_stake_never_clears_anyone(
    stakes: list[Holding], parties: list[str], rule: OwnershipRule, another: Holding
) -> None:
    before = verdicts(stakes, parties, rule)
    after = verdicts([*stakes, another], parties, rule)
    assert all(after[node] >= before[node] for node in NODES)


@given(graphs, listed, rules, nodes)
def test_listing_another_party_never_clears_anyone(
    stakes: list[Holding], parties: list[str], rule: OwnershipRule, another: str
) -> None:
    before = verdicts(stakes, parties, rule)
    after = verdicts(stakes, [*parties, another], rule)
    assert all(after[node] >= before[node] for node in NODES)


@given(graphs, listed, rules, st.permutations(NODES), st.randoms())
def test_relabelling_and_reordering_change_nothing(
    stakes: list[Holding], parties: list[str], rule: OwnershipRule, labels: list[str], random: object
) -> None:
    label = dict(zip(NODES, labels, strict=True))
    other = [
        Holding(label[h.owner], label[h.company], h.low, h.high, None, None, h.control, h.affiliate, h.joint)
        for h in stakes
    ]
    random.shuffle(other)  # type: ignore[attr-defined]
    before = verdicts(stakes, parties, rule)
    after = verdicts(other, [label[party] for party in reversed(parties)], rule)
    assert {label[node]: verdict for node, verdict in before.items()} == after


def least_closed(stakes: dict[tuple[str, str], int], parties: list[str]) -> set[str]:
    """The rule read literally: the smallest set with the listed parties that owns half of nobody outside it.

    Every set of parties is tried, smallest first; the rule is monotone, so the first that is closed is the one.
    """
    for size in range(len(NODES) + 1):
        for chosen in combinations(NODES, size):
            inside = set(chosen)
            if inside >= set(parties) and not any(
                sum(stakes.get((owner, node), 0) for owner in inside) >= 50 * UNIT
                for node in NODES
                if node not in inside
            ):
                return inside
    raise AssertionError("the set of all parties is closed")


@given(st.dictionaries(st.tuples(nodes, nodes), st.one_of(exact, ranges), max_size=24), listed)
def test_it_equals_the_rule_tried_on_every_set(
    stakes: dict[tuple[str, str], tuple[float, float]], parties: list[str]
) -> None:
    graph = [Holding(owner, company, *share) for (owner, company), share in stakes.items()]
    reach = Reach(Ownership(graph, DAY), RULES["ofac-50"], parties)
    certain, possible = (
        least_closed({pair: round(share[end] * UNIT) for pair, share in stakes.items()}, parties) for end in (0, 1)
    )
    assert {node for node in NODES if reach.verdict(node) == "yes"} == certain
    assert {node for node in NODES if reach.verdict(node) != "no"} == possible


@given(graphs, listed, rules)
def test_every_verdict_has_evidence_that_leads_back_to_a_listed_party(
    stakes: list[Holding], parties: list[str], rule: OwnershipRule
) -> None:
    reach = Reach(Ownership(stakes, DAY), rule, parties)
    for node in NODES:
        finding = reach.finding(node)
        if finding.verdict == "no" or node in parties:
            continue
        reached = set(parties)
        for step in finding.steps:
            assert all(stake.owner in reached or stake.joint for stake in step.counted)
            reached.add(step.company)
        assert finding.steps[-1].company == node
        assert finding.low <= finding.high


@given(graphs, listed)
def test_the_evidence_reaches_the_threshold(stakes: list[Holding], parties: list[str]) -> None:
    reach = Reach(Ownership(stakes, DAY), RULES["ofac-50"], parties)
    for node in set(NODES) - set(parties):
        finding = reach.finding(node)
        if finding.verdict == "yes":
            assert all(step.low >= 50 or step.high >= 50 for step in finding.steps)
            assert finding.low >= 50
        if finding.verdict == "possibly":
            assert finding.low < 50 <= finding.high


@pytest.mark.parametrize("rule", ["ofac-50", "uk-50"])
def test_a_large_graph_looks_at_each_stake_of_the_caught_once(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: the stakes weighed are those of parties caught, each once an end."""
    weighed = 0
    stakes_of = Reach._stakes  # the count is of its work

    def counting(self: Reach, weight: object, owner: str) -> object:
        nonlocal weighed
        for stake in stakes_of(self, weight, owner):  # type: ignore[arg-type]
            weighed += 1
            yield stake

    monkeypatch.setattr(Reach, "_stakes", counting)
    stakes = [Holding(f"n{n}", f"n{(n * 7 + k) % 20_000}", 55, 55) for n in range(20_000) for k in (1, 2, 3)]
    reach = Reach(Ownership(stakes, DAY), RULES[rule], ["n0"])
    assert len(reach.caught) > 10_000
    assert weighed == 2 * 3 * len(reach.caught)

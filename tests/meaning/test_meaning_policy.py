"""Dispositions: the gravest rule decides, and nothing is ever clear by accident."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.hits import Evidence, Hit, ListUsed, NotScreened, ScreeningResult
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.effects import effects_of
from sanctionscreen.meaning.policy import Disposition, Policy, decide, load_policy, missing_lists
from sanctionscreen.records import ListedParty, Listing, Party
from sanctionscreen.screening import Screener

DAY = date(2024, 1, 1)


def used(list_id: str, *, stale: bool = False) -> ListUsed:
    return ListUsed(
        id=list_id, title=list_id, as_of=DAY, age_days=400 if stale else 1, stale=stale, checksum="0", parties=1,
        names=1, file="x",
    )  # fmt: skip


def hit(*listings: Listing, points: int = 1000, level: str = "alarm", **more: Any) -> Hit:
    party = ListedParty.model_validate(
        {"id": "x", "kind": "organization", "names": [{"name": "Acme"}], "listings": [Listing(list="el", program="EL")]}
    )
    effects = tuple(e for listing in listings for e in effects_of(listing, DAY))
    return Hit(
        listed_party=party, matched_name=party.names[0], points=points, evidence=(), level=level, effects=effects,  # type: ignore[arg-type]
        **more,
    )  # fmt: skip


def result(
    *hits: Hit, lists: tuple[ListUsed, ...] = (used("us"),), not_screened: tuple[NotScreened, ...] = ()
) -> ScreeningResult:
    return ScreeningResult(
        query=Party(name="Acme"), as_of=DAY, cutoff=0.8, hits=hits, lists=lists, not_screened=not_screened, engine="0"
    )


SDN = Listing(list="sdn", program="CUBA")
EL = Listing(list="el", program="EL")
RUMOUR = Listing(list="sdn", program="SDN", status="reported")
ENDED = Listing(list="sdn", program="CUBA", end_date="2020-01-01")


@pytest.mark.parametrize(
    ("found", "disposition", "rule"),
    [
        (hit(SDN, agreements=1), "prohibited", "blocked-and-confirmed"),
        (hit(SDN), "escalate", "blocked"),
        (hit(SDN, agreements=1, contradictions=1), "escalate", "blocked"),
        (hit(SDN, agreements=1, points=900), "escalate", "blocked"),
        (hit(SDN, agreements=1, level="review"), "review", "weak-alias-alone"),
        (hit(EL), "escalate", "forbidden-for-a-purpose"),
        (hit(EL, points=899), "review", "everything-else"),
        (hit(RUMOUR), "review", "on-watch"),
        (hit(ENDED), "review", "ended-or-not-begun"),
        (hit(Listing(list="uvl", program="UVL")), "review", "everything-else"),
        (hit(Listing(list="house", program="X"), points=850), "escalate", "unknown-effect"),
        (hit(), "escalate", "unknown-effect"),
        (hit(ENDED, EL), "escalate", "forbidden-for-a-purpose"),
    ],
)
def test_the_default_policy(found: Hit, disposition: str, rule: str) -> None:
    decision = decide(result(found))
    assert (str(decision.disposition), decision.rule) == (disposition, rule)
    assert decision.hits[0].about.startswith("Acme: ")


def test_a_lapsed_watch_is_history() -> None:
    lapsed = Listing(list="sdn", program="SDN", status="reported", review_by="2023-01-01")
    assert decide(result(hit(lapsed))).rule == "ended-or-not-begun"


def test_the_gravest_hit_decides_the_result_and_each_is_told() -> None:
    decision = decide(result(hit(RUMOUR), hit(SDN, agreements=1)))
    assert decision.disposition is Disposition.PROHIBITED
    assert [str(each.disposition) for each in decision.hits] == ["review", "prohibited"]


def test_nothing_found_in_whole_lists_is_clear() -> None:
    assert decide(result()).disposition is Disposition.CLEAR


def test_a_context_moves_other_effects_to_review() -> None:
    found = result(hit(SDN, agreements=1))
    assert decide(found, context=Context(jurisdictions=["EU"])).rule == "outside-context"
    assert decide(found, context=Context(jurisdictions=["US"])).rule == "blocked-and-confirmed"


@pytest.mark.parametrize(
    ("screened", "rule", "disposition"),
    [
        (result(lists=()), "nothing-screened", "escalate"),
        (result(not_screened=(NotScreened(what="eu.yaml", why="damaged"),)), "not-screened", "review"),
        (result(lists=(used("us", stale=True),)), "stale-list", "review"),
    ],
)
def test_what_is_not_whole_is_never_clear(screened: ScreeningResult, rule: str, disposition: str) -> None:
    decision = decide(screened)
    assert (decision.rule, str(decision.disposition)) == (rule, disposition)


@pytest.mark.parametrize(
    ("required", "loaded", "missing"),
    [
        (("sdn", "el"), ["csl"], ()),
        (("ofac-sdn",), ["sdn"], ()),
        (("el",), ["us-entity-list"], ("el",)),
        (("us-uflpa",), ["us-uflpa"], ()),
        (("eu", "un"), ["eu-fsf"], ("un",)),
    ],
)
def test_required_lists(required: tuple[str, ...], loaded: list[str], missing: tuple[str, ...]) -> None:
    policy = load_policy().model_copy(update={"required_lists": required})
    assert missing_lists(policy, loaded) == missing
    decision = decide(result(lists=tuple(map(used, loaded))), policy)
    assert decision.rule == ("required-list-missing" if missing else "no-hit")
    assert (decision.disposition is Disposition.CLEAR) == (not missing)


MINE = """
version: 1
required_lists: [eu]
rules:
  - {rule: people, why: too common, kinds: [person], score_below: 0.9, then: clear}
  - {rule: small, why: x, kinds: [organization], score_below: 0.9, then: clear}
  - {rule: grave, why: y, effects: [block], then: prohibited}
"""


DECIDED = MINE.replace(
    "rules:\n",
    "rules:\n  - {rule: case-7, why: another, asked: ['ACME, Ltd.'], parties: [x], decided: 2023-06-01, "
    "until: 2024-06-01, then: clear}\n",
)


def test_a_users_policy(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(MINE, encoding="utf-8")
    policy = load_policy(path)
    lists = (used("eu"),)
    decided = [decide(result(found, lists=lists), policy).rule for found in (hit(SDN, points=899), hit(SDN), hit(EL))]
    assert decided == ["small", "grave", "no-rule-fits"]
    assert str(decide(result(hit(EL), lists=lists), policy).disposition) == "review"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (MINE.replace("block", "blok"), "policy.yaml:7: 'blok' is no effect"),
        (MINE.replace("then: prohibited", "then: forbid"), "'forbid' is none of clear, review, escalate, prohibited"),
        (MINE.replace("required_lists", "required_list"), "did you mean required_lists?"),
        (MINE.replace("kinds: [person]", "kind: [person]"), "policy.yaml:5: unknown field 'kind': did you mean kinds?"),
        (MINE.replace("0.9", "9", 1), "policy.yaml:5: Input should be less than or equal to 1 @ rules.0.score_below"),
        (MINE.replace("version: 1", "version: 1\nextends: mine"), "Input should be 'default' @ extends"),
        (MINE.replace("small", "blocked") + "extends: default\n", "two rules are called 'blocked'"),
        (MINE.replace("version: 1", "version: 2"), "Input should be 1 @ version"),
        (MINE.replace("small", "people"), "two rules are called 'people'"),
        (MINE + "missing_list: clear\n", "missing_list: a result that is not whole is never clear"),
        ("version: 1\nrules: []\n", "rules"),
        (MINE.replace(", then: prohibited", ""), "policy.yaml:7: Field required @ rules.2.then"),
        (DECIDED.replace(", until: 2024-06-01", ""), "policy.yaml:5: asked: a decision about names needs the ids"),
        (MINE + "ownership_rules: {bis: suspended}\n", "ownership rules: 'bis' is none of au-owned, bis-affiliates"),
        (MINE + "ownership_rules: {eu-50: maybe}\n", "ownership rules: eu-50: 'maybe' is none of in_force, suspended"),
        ("", "policy.yaml:1:"),
        ("- a\n", "policy.yaml:1:"),
    ],
)
def test_bad_policies_say_what_and_where(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_policy(path)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("name", "as_of", "begun", "rule", "lapsed"),
    [
        ("ACME LTD", DAY, "2023-06-01", "case-7", ""),
        ("Acme Ltd", DAY, "2023-06-02", "grave", "the listing under CUBA began on 2023-06-02, after it"),
        ("Acme Ltd", DAY, None, "grave", "the listing under CUBA has no date: name it in `programs`"),
        ("Acme Limited", DAY, "2023-06-01", "grave", ""),  # another name
        ("Acme Ltd", date(2024, 6, 1), "2023-06-01", "case-7", ""),
        ("Acme Ltd", date(2024, 6, 2), "2023-06-01", "grave", "it held to 2024-06-01"),
    ],
)
def test_a_decision_about_a_name_holds_for_it_and_for_a_time(
    tmp_path: Path, name: str, as_of: date, begun: str | None, rule: str, lapsed: str
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(DECIDED, encoding="utf-8")
    decision = decide(_asked(name, as_of, _under("CUBA", begun)), load_policy(path))
    assert decision.rule == rule
    assert f"The rule 'case-7' does not hold: {lapsed}" in decision.why if lapsed else "case-7" not in decision.why


@pytest.mark.parametrize(("programs", "rule"), [((), "grave"), (("CUBA",), "grave"), (("CUBA", "SDGT"), "case-7")])
def test_a_decision_holds_for_listings_without_a_date_that_it_names(
    tmp_path: Path, programs: tuple[str, ...], rule: str
) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(DECIDED.replace("parties: [x]", f"parties: [x], programs: {list(programs)}"), encoding="utf-8")
    found = _asked("Acme Ltd", DAY, _under("CUBA", None), _under("SDGT", None))
    assert decide(found, load_policy(path)).rule == rule


def _under(program: str, begun: str | None) -> Listing:
    return Listing.model_validate({"list": "sdn", "program": program, "effective_date": begun})


def _asked(name: str, as_of: date, *listings: Listing) -> ScreeningResult:
    found = result(hit(*listings, in_force=listings), lists=(used("eu"),))
    return found.model_copy(update={"query": Party(name=name), "as_of": as_of})


def test_a_policy_that_extends_the_default_has_its_own_rules_first(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text("version: 1\nextends: default\nrules:\n  - {rule: mine, why: x, kinds: [person], then: review}\n")
    policy = load_policy(path)
    assert [rule.rule for rule in policy.in_order] == ["mine", *(rule.rule for rule in load_policy().rules)]
    assert decide(result(hit(SDN)), policy) == decide(result(hit(SDN)))


def test_a_decision_about_a_name_is_for_the_listed_party_it_gives(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(DECIDED.replace("[x]", "[y]"), encoding="utf-8")
    found = result(hit(SDN), lists=(used("eu"),)).model_copy(update={"query": Party(name="Acme Ltd")})
    assert decide(found, load_policy(path)).rule == "grave"


def test_a_decision_about_a_name_says_nothing_of_an_official_identifier(tmp_path: Path) -> None:
    path = tmp_path / "policy.yaml"
    path.write_text(DECIDED, encoding="utf-8")
    same = Evidence(rule="same_identifier", contribution=1000)
    found = hit(SDN).model_copy(update={"evidence": (same,)})
    asked = result(found, lists=(used("eu"),)).model_copy(update={"query": Party(name="Acme Ltd")})
    assert decide(asked, load_policy(path)).rule == "grave"


def test_a_decision_survives_json() -> None:
    decision = decide(result(hit(SDN)))
    assert '"disposition":"escalate"' in decision.model_dump_json()
    assert type(decision).model_validate_json(decision.model_dump_json()) == decision


@given(
    st.lists(st.sampled_from([SDN, EL, RUMOUR, ENDED]), max_size=3),
    st.integers(0, 1000),
    st.integers(0, 2),
    st.sampled_from([Context(), Context(jurisdictions=["CA"], activities=["travel"])]),
)
def test_the_default_policy_clears_no_hit(listings: list[Listing], points: int, facts: int, context: Context) -> None:
    found = hit(*listings, points=points, agreements=facts, contradictions=facts)
    assert decide(result(found), context=context).disposition > Disposition.CLEAR


def test_the_default_policy_is_written_down_for_every_effect() -> None:
    policy = load_policy()
    assert isinstance(policy, Policy)
    assert all(rule.why.endswith(".") for rule in policy.rules)


def test_a_record_tells_which_policy_decided(tmp_path: Path) -> None:
    path, other = tmp_path / "policy.yaml", tmp_path / "other.yaml"
    path.write_text(MINE, encoding="utf-8")
    other.write_text(f"# the same\n{MINE}", encoding="utf-8")
    mine = load_policy(path)
    asked = Screener.load().screen("Blue Heron", policy=mine)
    assert asked.settings == {"policy": mine.fingerprint} == {"policy": load_policy(other).fingerprint}
    other.write_text(MINE.replace("why: x", "why: z"), encoding="utf-8")
    assert load_policy(other).fingerprint != mine.fingerprint
    assert Screener.load().screen("Blue Heron").settings == {}

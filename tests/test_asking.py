"""A result says what may happen next, by which rule, and what to ask the vendor for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen import Party, Screener
from sanctionscreen.asking import disposition, steps
from sanctionscreen.explaining import explain
from sanctionscreen.hits import Disposition
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import load_policy

DAY = date(2022, 5, 5)
US_BUYER = Context(jurisdictions=["US"], activities=["federal_contract"])


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.mark.parametrize(
    ("name", "as_of", "context", "disposition", "rule"),
    [
        ("Hikvision", DAY, None, "escalate", "forbidden-for-a-purpose"),
        ("Hikvision", DAY, US_BUYER, "escalate", "forbidden-for-a-purpose"),
        ("Hikvision", DAY, Context(jurisdictions=["EU"]), "review", "on-watch"),
        ("Hikvision", date(2018, 1, 1), None, "clear", "no-hit"),
        ("Blue Heron Stationery", DAY, None, "clear", "no-hit"),
        ("???", DAY, None, "review", "not-screened"),
        ("", DAY, US_BUYER, "review", "not-screened"),
    ],
)
def test_each_result_is_decided_by_a_rule(
    bundled: Screener, name: str, as_of: date, context: Context | None, disposition: str, rule: str
) -> None:
    decision = bundled.screen(name, as_of=as_of, context=context).decision
    assert decision
    if rule == "on-watch":  # outside the context and on watch are both reviews; which is told is the policy's order
        assert decision.rule in ("on-watch", "outside-context")
    else:
        assert decision.rule == rule
    assert str(decision.disposition) == disposition


def test_a_required_list_that_is_not_loaded_is_never_clear(bundled: Screener) -> None:
    policy = load_policy().model_copy(update={"required_lists": ("sdn",)})
    result = bundled.screen("Blue Heron Stationery", as_of=DAY, policy=policy)
    assert result.decision
    assert (result.decision.rule, result.decision.about) == ("required-list-missing", "sdn")
    assert result.decision.disposition is Disposition.ESCALATE
    assert not result.clear
    assert [one.what for one in result.not_screened] == ["sdn"]


def test_a_list_that_could_not_be_loaded_is_never_clear(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("nonsense", encoding="utf-8")
    result = Screener.load(broken, skip_broken=True).screen("Blue Heron Stationery", as_of=DAY)
    assert not result.clear
    assert result.decision
    assert result.decision.disposition is Disposition.ESCALATE


def test_effects_of_the_context_come_first(bundled: Screener) -> None:
    result = bundled.screen("Hikvision", as_of=DAY, context=US_BUYER)
    effects = result.hits[0].effects
    covered = [effect.in_force and US_BUYER.covers(effect) for effect in effects]
    assert covered == sorted(covered, reverse=True)
    assert covered[0]
    assert {e.title for e in effects} == {e.title for e in bundled.screen("Hikvision", as_of=DAY).hits[0].effects}
    assert result.settings == {"context": {"jurisdictions": ("US",), "activities": ("federal_contract",)}}


def test_a_result_tells_its_disposition_and_its_questions(bundled: Screener) -> None:
    result = bundled.screen("Hikvision", as_of=DAY)
    text = explain(result)
    assert "\nDisposition: escalate — rule forbidden-for-a-purpose" in text
    assert "Ask the vendor for" in text
    assert "Checklist (OFAC" not in text
    assert "Checklist (OFAC" in explain(result, checklist=True)
    assert disposition(result.model_copy(update={"decision": None})) == []


def test_what_is_known_is_not_asked_again(bundled: Screener) -> None:
    known = Party(name="Hikvision", kind="organization", country="CN")
    result = bundled.screen(known, as_of=DAY)
    asked = "\n".join(steps(result.query, result.hits[0]))
    assert "a person, an organization" not in asked
    assert "In which countries" not in asked

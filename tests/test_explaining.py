"""Hits in plain sentences."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import Identifier, Party, Screener, compare, explain
from sanctionscreen.explaining import DIFFERING, SENTENCES, sentence
from sanctionscreen.hits import Evidence, Span
from sanctionscreen.layout import WIDTH, columns
from sanctionscreen.meaning.context import Context

DAY = date(2022, 5, 5)
PACKAGE = Path(str(files("sanctionscreen")))

WATCH_LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal,
         stale_after_days: 1, programs: [{id: P, title: P}]}
parties:
- id: eleanor
  kind: person
  names: [{name: Eleanor Quillfeather, type: primary}, {name: Birdie Plume, quality: weak}]
  countries: [FR]
  birth_dates: ["1962"]
  addresses: [{street: 5 Quai Vert, city: Lyon, country: FR}]
  identifiers: [{type: passport, value: "X1234567", country: FR}]
  listings: [{program: P, effective_date: 2020-01-01}]
- id: past
  kind: organization
  names: [{name: Gone Gracklebridge Works, type: primary}]
  listings: [{program: P, effective_date: 2010-01-01, end_date: 2011-01-01, status: delisted}]
"""


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    path = tmp_path_factory.mktemp("lists") / "ours.yaml"
    path.write_text(WATCH_LIST, encoding="utf-8")
    return Screener.load(path)


def rules_in_the_code() -> Iterator[str]:
    """Every name that the code gives to a rule: where a `Part`, an `Alike`, a fact or an `Evidence` is made."""
    for module in (*PACKAGE.glob("matching/*.py"), PACKAGE / "finding.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            yield from _rules_of(call, tree)


def _rules_of(call: ast.Call, tree: ast.AST) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    place = {"Part": 0, "_fact": 0, "Alike": 1}.get(name)
    given = [call.args[place]] if place is not None and len(call.args) > place else []
    given += [keyword.value for keyword in call.keywords if keyword.arg == "rule"]
    for value in given:
        yield from _strings(value, tree)


def _strings(value: ast.AST, tree: ast.AST) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _strings(value.body, tree)
        yield from _strings(value.orelse, tree)
    elif isinstance(value, ast.Name):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == value.id for t in node.targets):
                yield from _strings(node.value, tree)


def test_every_rule_of_the_code_has_its_sentence() -> None:
    rules = set(rules_in_the_code())
    assert len(rules) > 20
    assert rules <= set(SENTENCES)


def test_every_way_in_which_words_are_alike_is_known_to_differ_or_not() -> None:
    tree = ast.parse("\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("matching/*.py")))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    alike = {rule for call in calls if call.func.id == "Alike" for rule in _rules_of(call, tree)}
    assert alike | {"respaced_name", "acronym"} == {"exact_word", *DIFFERING}


def test_every_sentence_belongs_to_a_rule_of_the_code() -> None:
    assert set(SENTENCES) <= set(rules_in_the_code())


@pytest.mark.parametrize("rule", sorted(SENTENCES))
def test_every_sentence_is_one(rule: str) -> None:
    span = Span(text="Ab", start=0, end=2)
    text = sentence(Evidence(rule=rule, contribution=-1, query=(span,), listed=(span,), detail="d", source="ISO 1"))
    assert text[0].isupper() or text.startswith('"Ab"')
    assert text.endswith(". Source: ISO 1.")
    assert "{" not in text
    assert "_" not in text


def test_a_rule_without_a_sentence_is_told_by_its_name() -> None:
    span = Span(text="Ab", start=0, end=2)
    assert sentence(Evidence(rule="new_rule", contribution=0, query=(span,), detail="7")) == 'new_rule: "Ab" 7'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hangzhou Hikvison Digital Technology", '"Hikvison" differs from "Hikvision" by 1 edit. That cost'),
        ("海康威視", "海康威"),
        ("Hik\u200bvision", "disguise"),
        ("Hikvision Digital Technology Hangzhou", "another order"),
    ],
)
def test_the_words_that_matched_are_shown_as_they_were_written(bundled: Screener, name: str, expected: str) -> None:
    text = " ".join(explain(bundled.screen(name, as_of=DAY).hits[0]).split())
    assert expected in text


def test_a_listing_is_told_with_its_dates_and_where_it_is_published(bundled: Screener) -> None:
    hit = bundled.screen("Hikvision", as_of=DAY).hits[0]
    text = " ".join(explain(hit).split())
    for listing in (*hit.in_force, *hit.watch):
        for told in (listing.program, listing.citation, listing.source_url, str(listing.effective_date or "")):
            assert (told or "") in text
    assert "On watch, not designated" in text
    assert "Reported, not designated" in text


def test_effects_in_force_are_told_and_the_terms_of_the_listing_once(bundled: Screener) -> None:
    hit = bundled.screen("Hikvision", as_of=DAY).hits[0]
    text = " ".join(explain(hit).split())
    assert any(effect.in_force for effect in hit.effects)
    for effect in hit.effects:
        assert not effect.in_force or (effect.title in text and (effect.next_question or "") in text)
    assert text.count("presumption of denial for all other items") == 1


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"kind": "person"}, "The kind agrees: person / person (asked / listed)."),
        ({"birth_date": "1962-03-05"}, "The birth date agrees: 1962-03-05 / 1962 (asked / listed)."),
        ({"birth_date": "1980"}, "The birth date contradicts: 1980 / 1962 (asked / listed)."),
        ({"country": "FR"}, "The country agrees: FR / FR (asked / listed)."),
        ({"country": "PE"}, "The country differs: PE / FR (asked / listed)."),
        ({"address": "5 quai vert, Lyon"}, "The address agrees:"),
    ],
)
def test_facts_are_told(ours: Screener, facts: dict[str, str], expected: str) -> None:
    hit = ours.screen(Party.model_validate({"name": "Eleanor Quillfeather", **facts}), as_of=DAY).hits[0]
    assert expected in " ".join(explain(hit).split())


def test_a_hit_by_identifier_alone_says_so(ours: Screener) -> None:
    passport = Identifier(type="passport", value="X1234567", country="FR")
    hit = ours.screen(Party(name="Somebody Else Entirely", identifiers=(passport,)), as_of=DAY).hits[0]
    text = " ".join(explain(hit).split())
    assert "by an official identifier alone" in text
    assert "The official identifier is the same: passport X1234567." in text


def test_a_weak_name_is_for_review(ours: Screener) -> None:
    assert "for review: a weak name" in explain(ours.screen("Birdie Plume", as_of=DAY).hits[0])


def test_the_points_told_add_up(bundled: Screener) -> None:
    hit = bundled.screen("Hangzou Hikvison Digital Tech Trading", as_of=DAY).hits[0]
    figures = [line[:8].strip() for line in explain(hit).split("\n\n")[1].splitlines()[1:]]
    told = [int(figure) for figure in figures if figure.lstrip("+-").isdigit()]
    assert told.pop() == hit.points == sum(told)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Hikvison", DAY, '1 hit for "Hikvison", as of 2022-05-05, at a cutoff of 0.70.'),
        ("Blue Heron Pens", DAY, 'Clear: no hit for "Blue Heron Pens", as of 2022-05-05, at a cutoff of 0.70.'),
        ("?!", DAY, 'Not clear: "?!" could not be screened in full, as of 2022-05-05.'),
        ("  ", DAY, 'Not clear: "  " could not be screened in full, as of 2022-05-05.'),
    ],
)  # fmt: skip
def test_a_result_begins_with_its_outcome(bundled: Screener, name: str, day: date, expected: str) -> None:
    text = explain(bundled.screen(name, as_of=day))
    assert " ".join(text.split()).startswith(expected.replace('"  "', '" "'))


def test_a_result_tells_lists_warnings_and_history(ours: Screener) -> None:
    text = " ".join(explain(ours.screen("Gone Gracklebridge Works", as_of=DAY)).split())
    assert text.startswith("No hit for")
    assert "rule stale-list" in text
    assert "A party of that name is known, but nothing was in force." in text
    assert "ended 2011-01-01" in text
    assert "4 days old, stale; 2 parties, 3 names" in text
    assert "Mind - ours is stale" in text
    assert "no legal advice" in text


def test_a_list_later_than_the_day_asked_about_says_so(ours: Screener) -> None:
    text = " ".join(explain(ours.screen("x y", as_of=date(2020, 1, 1))).split())
    assert "days after the day asked about" in text
    assert "Mind - Dated after the day asked about: ours. In such a list the terms of entries are" in text
    assert "Dated after" not in explain(ours.screen("x y", as_of=DAY))


def _sections(text: str) -> dict[str, str]:
    """The sections of a text by their titles, each as one line."""
    parts = (part.split("\n", 1) for part in text.split("\n\n"))
    return {part[0]: " ".join(part[-1].split()) for part in parts}


def test_what_counts_in_the_context_is_told_apart_from_the_rest(bundled: Screener) -> None:
    agency = Context(jurisdictions=["US"], activities=["federal_contract"])
    told = _sections(explain(bundled.screen("Hikvision", as_of=DAY, context=agency)))
    assert "Section 889(a)(1)(A)" in told["What follows"]
    assert "Export licence required" not in told["What follows"]
    assert "Export licence required" in told["In force, but not for what was asked about"]
    whole = _sections(explain(bundled.screen("Hikvision", as_of=DAY)))
    assert "Export licence required" in whole["What follows"]
    assert "In force, but not for what was asked about" not in whole


def test_an_effect_that_is_still_to_begin_is_told_with_its_day(bundled: Screener) -> None:
    told = _sections(explain(bundled.screen("Hikvision", as_of=DAY)))["Begins later"]
    assert told.startswith("- Equipment not authorised: FCC Covered List.")
    assert "Since 2023-02-06" in told
    after = _sections(explain(bundled.screen("Hikvision", as_of=date(2023, 2, 6))))
    assert "Equipment not authorised" in after["What follows"]
    assert "Begins later" not in after


def test_every_effect_is_told_with_the_link_of_its_source(bundled: Screener) -> None:
    hit = bundled.screen("Hikvision", as_of=DAY).hits[0]
    told = _sections(explain(hit))["What follows"]
    for effect in hit.effects:
        assert not effect.in_force or f"{effect.source}. {effect.source_url}" in told


def test_what_was_asked_stands_in_the_result(ours: Screener) -> None:
    lei = Identifier(type="lei", value="5493001KJTIIGC8Y1R12")
    party = Party(name="Nobody Known", kind="person", country="FR", birth_date="1962", identifiers=(lei,), address="x")
    head = " ".join(explain(ours.screen(party, as_of=DAY)).split("\n\n")[0].split())
    assert '"Nobody Known" (person, FR, 1962, lei 5493001KJTIIGC8Y1R12, x)' in head


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Hikvison", "Hikvision", "by 1 edit. That cost"),
        ("Hikvison Hangzou", "Hikvision Hangzhou", "The differences between these words cost"),
        ("Hikvision", "Zzyzx", "No word of one name is like a word of the other."),
        ("Hikvision " * 60, "Hikvision", "only those were read"),
    ],
)
def test_comparisons_are_told(a: str, b: str, expected: str) -> None:
    assert expected in explain(compare(a, b))


@given(st.text(min_size=1, max_size=60))
def test_lines_fit_the_screen_whatever_the_name(name: str) -> None:
    for line in explain(compare(name, f"{name} Hikvision")).splitlines():
        assert columns(line) <= WIDTH or len(line.split()) <= 2

"""The pages about meaning keep their promises: every word explained, every claim linked, every example true."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from sanctionscreen.meaning.effect_tables import vocabulary
from sanctionscreen.meaning.ownership_rules import ownership_rules
from sanctionscreen.meaning.places import regions
from sanctionscreen.meaning.policy import load_policy

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "explanation"
PAGES = ("effects.md", "ownership.md", "status-and-time.md", "places.md", "policy.md")


def page(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("effects.md", tuple(vocabulary())),
        ("ownership.md", tuple(rule.rule for rule in ownership_rules())),
        ("places.md", tuple(regions())),
        ("policy.md", tuple(rule.rule for rule in load_policy().rules)),
    ],
)
def test_every_word_of_a_table_is_explained(name: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in page(name)] == []


@pytest.mark.parametrize("name", PAGES)
def test_it_says_that_it_is_no_legal_advice_and_links_dated_sources(name: str) -> None:
    text = " ".join(page(name).split()).replace("*", "")
    assert "not legal advice" in text
    links = re.findall(r"\]\(https://[^)\s]+\)[^|]{0,60}", text)
    assert links
    assert re.search(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b", text)


@pytest.mark.parametrize("name", PAGES)
def test_its_examples_are_true(name: str) -> None:
    blocks = re.findall(r"```python\n(.*?)```", page(name), re.DOTALL)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, name, name, 0)
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(test)
        assert runner.summarize(verbose=False).failed == 0

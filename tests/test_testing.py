"""What other people's test suites get: strategies, assertions, a pytest plugin, and the example suite."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from sanctionscreen import pytest_plugin
from sanctionscreen.errors import InputError, ListError, MissingExtraError
from sanctionscreen.records import ListedParty, Party
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import SUFFIX, Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.testing import (
    assert_clear,
    assert_found,
    clean_names,
    hostile_text,
    listed_parties,
    parties,
    variants_of,
)
from sanctionscreen.variants import ALWAYS_FOUND, EVASIONS, Variant, VariantKind

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[1]
LIST = """\
header: {id: demo, title: Demo, authority: nobody, publisher: nobody, as_of: 2024-01-01, licence: CC0-1.0}
parties:
- id: bramblewick
  kind: organization
  names: [{name: Bramblewick Heavy Industries, type: primary}]
  listings: [{program: P}]
- id: quillfeather
  kind: person
  names: [{name: Ottoline Quillfeather, type: primary}]
  listings: [{program: P, effective_date: 2010-01-01, end_date: 2020-01-01, status: delisted}]
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of one party in force and one delisted."""
    path = tmp_path_factory.mktemp("lists") / "demo.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def screener(demo: Path) -> Screener:
    """A screener of that list."""
    return Screener.load(demo)


# --- strategies ------------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(listed_parties())
def test_listed_parties_stand_on_the_bundled_lists(party: ListedParty) -> None:
    assert party.id in {p.id for one in load_lists([bundled_lists()]) for p in one.parties}


def test_listed_parties_of_a_file_by_day_and_kind(demo: Path) -> None:
    everyone = st.lists(listed_parties(demo, as_of=date(2015, 1, 1)), min_size=2, max_size=2, unique_by=lambda p: p.id)
    assert {p.id for p in find(everyone, lambda _: True)} == {"bramblewick", "quillfeather"}
    assert find(listed_parties(demo), lambda _: True).id == "bramblewick"
    assert find(listed_parties(demo, kind="person", as_of=date(2015, 1, 1)), lambda _: True).id == "quillfeather"
    with pytest.raises(InputError, match="none of these lists names person"):
        find(listed_parties(demo, kind="person"), lambda _: True)


def test_listed_parties_of_a_snapshot(demo: Path, tmp_path: Path) -> None:
    compiled = tmp_path / f"demo{SUFFIX}"
    Snapshot.of(load_lists([demo])).save(compiled)
    assert find(listed_parties(compiled), lambda _: True).id == "bramblewick"


def test_a_list_that_cannot_be_read_is_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(ListError):
        find(listed_parties(tmp_path / "none.yaml"), lambda _: True)


def test_variants_shrink_to_the_plainest() -> None:
    least = find(variants_of("Hikvision"), lambda _: True)
    assert least.kind is VariantKind.CASE_CHANGED


@given(variants_of("Hangzhou Hikvision Co., Ltd.", "organization", kinds=EVASIONS))
def test_variants_are_of_the_kinds_asked_for(variant: Variant) -> None:
    assert variant.kind in EVASIONS


@settings(max_examples=30)
@given(listed_parties().flatmap(lambda party: variants_of(party, kinds=["case_changed"])))
def test_variants_of_a_party_are_of_its_primary_name(variant: Variant) -> None:
    assert variant.kind is VariantKind.CASE_CHANGED


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_variants_of_the_kinds_that_are_always_found_are_found(data: st.DataObject) -> None:
    party = data.draw(listed_parties())
    assert_found(_bundled(), data.draw(variants_of(party, kinds=ALWAYS_FOUND)).text, party)


def test_a_name_without_such_variants_has_none() -> None:
    with pytest.raises(Unsatisfiable):
        find(variants_of("Hikvision", kinds=["spaces_removed"]), lambda _: True)


@settings(max_examples=200)
@given(clean_names())
def test_clean_names_are_clear_of_the_bundled_lists(name: str) -> None:
    assert_clear(_bundled(), name)


@given(clean_names("person"), clean_names("organization"))
def test_clean_names_of_one_kind(person: str, company: str) -> None:
    assert person != company
    assert len(person.split()) == 2


@given(parties())
def test_parties_are_vendors_with_facts(party: Party) -> None:
    assert party.name
    assert party.birth_date is None or party.kind != "organization"


@given(parties(st.just("Acme")))
def test_parties_take_other_names(party: Party) -> None:
    assert party.name == "Acme"


@given(hostile_text())
def test_hostile_text_is_text_of_bounded_length(text: str) -> None:
    assert len(text) <= 5000


def _bundled(loaded: list[Screener] = []) -> Screener:  # noqa: B006  # kept between examples
    if not loaded:
        loaded.append(Screener.load())
    return loaded[0]


# --- assertions ------------------------------------------------------------------------------------------------


def test_assert_found_gives_the_hit(screener: Screener) -> None:
    hit = assert_found(screener, "Bramblewick Heavy Industry", "bramblewick")
    assert hit.matched_name is not None
    assert (
        assert_found(screener, Party(name="Bramblewick Heavy Industries"), hit.listed_party, cutoff=0.99).points == 1000
    )
    assert assert_found(screener, "Ottoline Quillfeather", "quillfeather", as_of=date(2015, 1, 1))


def test_assert_found_says_what_was_found_instead(screener: Screener) -> None:
    party = assert_found(screener, "Bramblewick Heavy Industries", "bramblewick").listed_party
    with pytest.raises(AssertionError, match=r"'Acme' does not find 'bramblewick' at the cutoff 0\.7") as raised:
        assert_found(screener, "Acme", party)
    assert "the name of it that fits best is 'Bramblewick Heavy Industries', at 0" in str(raised.value)
    with pytest.raises(AssertionError, match=r"found: 'Bramblewick Heavy Industries' \(bramblewick\) at 1.0"):
        assert_found(screener, "Bramblewick Heavy Industries", "quillfeather")


def test_assert_found_says_when_the_listing_had_ended(screener: Screener) -> None:
    with pytest.raises(AssertionError, match="no listing of it was in force on 2024-01-01"):
        assert_found(screener, "Ottoline Quillfeather", "quillfeather", as_of=date(2024, 1, 1))


def test_assert_clear(screener: Screener) -> None:
    assert assert_clear(screener, "Acme").clear
    with pytest.raises(AssertionError, match=r"'bramblewick heavy industries' is not clear\nfound: 'Bramblewick"):
        assert_clear(screener, "bramblewick heavy industries", cutoff=0.9, as_of=date(2024, 1, 1))
    with pytest.raises(AssertionError, match="not screened: the name: it is blank"):
        assert_clear(screener, " ")


# --- the plugin ------------------------------------------------------------------------------------------------

_INSTALLED = any(one.name == "sanctionscreen" for one in entry_points(group="pytest11"))


def pytest_run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest as a user of the plugin does."""
    plugin = [] if _INSTALLED else ["-p", "sanctionscreen.pytest_plugin"]
    command = [sys.executable, "-m", "pytest", "-q", *plugin, "-p", "no:cacheprovider", "-o", "addopts=", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)


def python_run(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in a process of its own."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)


def test_the_fixtures_take_the_lists_of_the_option(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "from hypothesis import find\n"
        "def test_it(sanctionscreen_screener, sanctionscreen_listed):\n"
        "    assert [one.id for one in sanctionscreen_screener.lists()] == ['demo']\n"
        "    assert find(sanctionscreen_listed, lambda _: True).id == 'bramblewick'\n",
        encoding="utf-8",
    )
    run = pytest_run(tmp_path, "--sanctionscreen-lists", str(demo))
    assert run.returncode == 0, run.stdout


def test_the_fixtures_run_within_a_session(demo: Path, pytester: pytest.Pytester) -> None:
    importlib.reload(pytest_plugin)
    pytester.makepyfile(
        """
        def test_it(sanctionscreen_screener, sanctionscreen_listed):
            assert sanctionscreen_screener.screen("Bramblewick Heavy Industries").hits
            assert not sanctionscreen_listed.is_empty
        """
    )
    plugin = [] if _INSTALLED else ["-p", "sanctionscreen.pytest_plugin"]
    run = pytester.inline_run(*plugin, "--sanctionscreen-lists", str(demo))
    run.assertoutcome(passed=1)
    run = pytester.inline_run(*plugin, "--sanctionscreen-lists", "none.yaml")
    assert next(report.outcome for report in run.getreports("pytest_runtest_logreport")) == "failed"


def test_lists_that_cannot_be_loaded_fail_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_it(sanctionscreen_screener): pass\n", encoding="utf-8")
    run = pytest_run(tmp_path, "--sanctionscreen-lists", "none.yaml")
    assert run.returncode == 1
    assert "none.yaml: no such file or folder" in run.stdout
    assert "Traceback" not in run.stdout


def test_the_plugin_imports_nothing_heavy() -> None:
    code = "import sys, sanctionscreen.pytest_plugin; print({'numpy', 'hypothesis', 'pypinyin'} & set(sys.modules))"
    run = python_run(code)
    assert run.stdout.strip() == "set()", run.stderr


def test_without_hypothesis_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    path = ROOT / "sanctionscreen" / "testing.py"
    spec = importlib.util.spec_from_file_location("sanctionscreen_testing_anew", path)
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(MissingExtraError, match=r'pip install "sanctionscreen\[testing\]"'):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


# --- the example suite -----------------------------------------------------------------------------------------


def test_the_form_that_screens_keeps_the_policy() -> None:
    run = pytest_run(ROOT / "docs" / "examples", "test_screening_form.py")
    assert run.returncode == 0, run.stdout
    assert "4 passed" in run.stdout


def test_the_form_that_compares_exactly_breaks_it_and_the_example_is_readable() -> None:
    run = pytest_run(ROOT / "docs" / "examples", "test_exact_form.py")
    assert run.returncode == 1
    assert "FAILED test_exact_form.py::TestExactForm::test_no_variant_of_a_listed_name_gets_past" in run.stdout
    assert "1 failed, 3 passed" in run.stdout
    assert "Variant(text=" in run.stdout
    assert len(run.stdout) < 20_000

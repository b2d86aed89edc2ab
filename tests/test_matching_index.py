"""The index loses nothing: its hits are those of scoring every name."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.matching import weights
from sanctionscreen.matching.building import build
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.scoring import score
from sanctionscreen.matching.words import key_hash, letter_mask
from sanctionscreen.names import parse
from sanctionscreen.records import Kind

KNOWN_HASH = 0xBFA86EDF
PIECES = """
hikvision hik vision hikvison huawei technologies technology tech bank banco of china al ali bin muhammad mohamed ltd
limited gmbh 44 fifty VII j. v. smic semiconductor manufacturing international corporation trading ivan ivanov the and
& co general haji mv star l td. x xi иванов хиквижн محمد بن سلمان 海康威视 杭州 김정은 克林顿 clinton
"""
WORDS = PIECES.split()
LISTED_NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=12)
KINDS = st.sampled_from(["person", "organization", "vessel", None])


@st.composite
def near(draw: st.DrawFn, names: list[str]) -> str:
    """A listed name with a few characters changed, or words of several."""
    text = draw(st.sampled_from([*names, " ".join(names)[:60]]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(["", " ", "a", "x", ".", "44", "й"]))
            + text[at + draw(st.integers(0, 1)) :]
        )
    return text


def index_of(names: list[str], kinds: list[Kind | None] | None = None) -> Index:
    kinds = kinds or [None] * len(names)
    return Index.of((prepare(parse(n, k)), i, 0) for i, (n, k) in enumerate(zip(names, kinds, strict=True)))


def hits(index: Index, query: str, cutoff: int, *, brute: bool, kind: Kind | None = None) -> list[tuple[int, int]]:
    ask = index.scan if brute else index.search
    return [(found.party, found.score.points) for found in ask(prepare(parse(query, kind)), cutoff)]


@settings(max_examples=400)
@given(st.data())
def test_the_index_finds_what_brute_force_finds(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    kinds = [data.draw(KINDS) for _ in names]
    index = index_of(names, kinds)
    query, kind = data.draw(near(names)), data.draw(KINDS)
    for cutoff in (weights.LOWEST_CUTOFF, weights.CUTOFF, 900):
        expected = hits(index, query, cutoff, brute=True, kind=kind)
        assert hits(index, query, cutoff, brute=False, kind=kind) == expected
        for _, points in expected:  # a tie with the cutoff is a hit
            tied = hits(index, query, points, brute=False, kind=kind)
            assert tied == hits(index, query, points, brute=True, kind=kind)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("jorvex wolf", "jorv ex"),  # "wolf" sounds like "jorv", which is a part of "jorvex" here
        ("jorvex port wolf", "jorv ex"),
        ("B. braskstar xian", "brask star ltd"),
        ("hik vision europe", "hikvision"),
        ("hikvision europe", "hik vision"),
        ("hik vision hikvision", "hikvision hik vision"),
        ("hikvision hikvision", "hik vision hik vision"),
    ],
)
def test_words_run_together_on_one_side_are_found(query: str, listed: str) -> None:
    index = index_of([listed])
    expected = hits(index, query, weights.LOWEST_CUTOFF, brute=True)
    assert expected
    for cutoff in (weights.LOWEST_CUTOFF, expected[0][1]):
        assert hits(index, query, cutoff, brute=False) == expected


@pytest.mark.parametrize("before", range(16))
def test_of_readings_that_fit_alike_the_first_counts(before: int) -> None:
    index = index_of([*(f"zqx{number}" for number in range(before)), "김정은"])
    query = prepare(parse("kim"))
    found, expected = index.search(query, weights.LOWEST_CUTOFF), index.scan(query, weights.LOWEST_CUTOFF)
    assert [one.score for one in found] == [one.score for one in expected] != []


@settings(max_examples=60)
@given(st.data())
def test_names_searched_together_find_what_each_finds_alone(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    index, queries = (
        index_of(names),
        [prepare(parse(data.draw(near(names)))) for _ in range(data.draw(st.integers(0, 5)))],
    )
    together = [[(f.party, f.score.parts) for f in found] for found in index.search_many(queries, weights.CUTOFF)]
    index.forget()
    alone = [[(f.party, f.score.parts) for f in index.search(query, weights.CUTOFF)] for query in queries]
    assert together == alone


def sdn_names(shared: Path) -> list[tuple[str, Kind]]:
    """Every primary name and alias of the 2021 SDN list, read without the importer."""
    folder, kinds = shared / "data" / "ofac" / "2021-07-07", {}
    found: list[tuple[str, Kind]] = []
    with (folder / "sdn.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 2:
                known: dict[str, Kind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
                kinds[row[0]] = known.get(row[2].strip(), "organization")
                found.append((row[1], kinds[row[0]]))
    with (folder / "alt.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        found += [(row[3], kinds[row[0]]) for row in csv.reader(file) if len(row) > 3]
    return found


@pytest.fixture(scope="module")
def sdn(shared: Path) -> tuple[list[PreparedName], Index]:
    names = [prepare(parse(name, kind)) for name, kind in sdn_names(shared)]
    return names, Index.of((name, number, 0) for number, name in enumerate(names))


def test_nothing_of_the_whole_sdn_list_is_lost(sdn: tuple[list[PreparedName], Index], shared: Path) -> None:
    names, index = sdn
    with (shared / "benchmarks" / "ofac_perturbed_queries.csv").open(encoding="utf-8", newline="") as file:
        queries = [row["query"] for row in csv.DictReader(file)]
    for text in [*Random(20).sample(queries, 12), "بن سلمان", "J. Smith", "General Trading Company Ltd"]:
        query = prepare(parse(text))
        scores = [(number, found.points) for number, name in enumerate(names) if (found := score(query, name))]
        for cutoff in (weights.LOWEST_CUTOFF, weights.CUTOFF):
            assert hits(index, text, cutoff, brute=False) == [(n, p) for n, p in scores if p >= cutoff]


def test_every_sdn_name_finds_itself(sdn: tuple[list[PreparedName], Index], shared: Path) -> None:
    for number, (name, kind) in enumerate(sdn_names(shared)):
        if number % 23 == 0:
            assert (number, 1000) in hits(sdn[1], name, 1000, brute=False, kind=kind)


@given(st.text(max_size=20), st.integers(0, 20), st.characters())
def test_one_edit_changes_two_bits_of_the_mask(text: str, at: int, char: str) -> None:
    mask = letter_mask(text)
    for edited in (text[:at] + char + text[at:], text[:at] + char + text[at + 1 :], text[:at] + text[at + 1 :]):
        assert (letter_mask(edited) ^ mask).bit_count() <= 2
    swapped = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
    assert letter_mask(swapped) == mask


def test_the_arrays_are_the_same_on_every_run() -> None:
    names = [(prepare(parse(n)), i, 0) for i, n in enumerate(["Acme Ltd", "海康威视", "Ivan Ivanov", "...", ""])]
    (one, tables), (other, same) = build(names), build(names)
    assert tables == same
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[key], other[key]) for key in one)
    assert key_hash("=Latn:acme") == KNOWN_HASH  # snapshots are read on other machines


@pytest.mark.parametrize("length", [250, 254, 256, 300])
def test_words_of_any_length_are_found(length: int) -> None:
    index = index_of(["x" * length, "x" * (length + 2), "y" * length])
    for query in ("x" * length, "x" * (length - 1) + "z"):
        expected = hits(index, query, weights.CUTOFF, brute=True)
        assert expected
        assert hits(index, query, weights.CUTOFF, brute=False) == expected


def test_an_empty_list_has_no_hits() -> None:
    assert index_of([]).search(prepare(parse("Acme")), weights.CUTOFF) == []

"""Measures on labelled pairs: the figures, their intervals, the file they are read from, and the report."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.evaluation import LabelledPair, evaluate_csv, evaluate_pairs, read_pairs
from sanctionscreen.evaluation.measures import (
    Counts,
    Estimate,
    best_cutoff,
    curve,
    f1,
    figure,
    proportion,
    recall_at_precision,
)
from sanctionscreen.evaluation.report import cell, curve_table, table

PAIRS = [
    LabelledPair("Hikvison", "Hikvision", same=True, kind="organization", variation="typo"),
    LabelledPair("HIKVISION", "Hikvision", same=True, kind="organization", variation="case"),
    LabelledPair("Barack Obama", "Michelle Obama", same=False, kind="person", variation="family"),
    LabelledPair("Владимир Путин", "Vladimir Putin", same=True, kind="person", variation="script"),
]


# --- measures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # by Wilson's formula with z = 1.959964
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # the example of R. Newcombe, Statistics in Medicine 17 (1998)
        (15, 148, 0.0624, 0.1605),  # likewise
    ],
)
def test_wilson_interval(part: int, whole: int, low: float, high: float) -> None:
    share = proportion(part, whole)
    assert share.value == part / whole
    assert (share.low, share.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize(
    ("estimate", "text"),
    [(Estimate(None), "-"), (Estimate(0.5), ".500"), (Estimate(1.0, 0.5, 1.0), "1.000 (.500-1.000)")],
)
def test_an_estimate_as_text(estimate: Estimate, text: str) -> None:
    assert str(estimate) == text


def test_nothing_measured_has_no_value() -> None:
    counts = Counts()
    assert str(counts.precision) == str(counts.recall) == str(counts.f1) == "-"
    assert recall_at_precision([], 0.99) == Estimate(0.0)
    assert figure(0) == ".000"


COUNTS = st.builds(Counts, *(st.integers(0, 40) for _ in range(4)))


@given(COUNTS)
def test_f1_is_the_harmonic_mean_and_lies_in_its_interval(counts: Counts) -> None:
    precision, recall, both = counts.precision.value, counts.recall.value, counts.f1
    if both.value is None:
        assert counts.found + counts.missed == 0
        return
    assert both.low is not None
    assert both.high is not None
    assert 0 <= both.low <= both.high <= 1
    assert both == Counts(counts.found, counts.missed, counts.false_alarms, counts.cleared).f1
    if precision and recall:
        assert both.value == pytest.approx(2 * precision * recall / (precision + recall))


SCORED = st.lists(st.tuples(st.booleans(), st.integers(0, 1000)), min_size=1, max_size=50)


@given(SCORED)
def test_a_lower_cutoff_never_finds_less(scored: list[tuple[bool, int]]) -> None:
    points = curve(scored)
    assert [p.cutoff for p in points] == sorted({s for _, s in scored}, reverse=True)
    found = [p.counts.found for p in points]
    assert found == sorted(found)
    assert all(p.counts.rows == len(scored) for p in points)
    assert points[-1].counts.missed == points[-1].counts.cleared == 0


@given(SCORED, st.integers(0, 1000))
def test_the_curve_agrees_with_counting(scored: list[tuple[bool, int]], cutoff: int) -> None:
    counted = Counts.of((label, points >= cutoff) for label, points in scored)
    reached = [p for p in curve(scored) if p.cutoff >= cutoff]
    if reached:
        assert reached[-1].counts == counted
    else:
        assert counted.found == counted.false_alarms == 0
    line = next(row for row in curve_table(curve(scored), cutoff).splitlines() if "(in use)" in row)
    assert str(counted.recall) in line


@given(SCORED)
def test_the_best_cutoff_is_best(scored: list[tuple[bool, int]]) -> None:
    best = best_cutoff(curve(scored))
    values = [f1(p.counts.found, p.counts.missed, p.counts.false_alarms) or 0 for p in curve(scored)]
    assert (f1(best.counts.found, best.counts.missed, best.counts.false_alarms) or 0) == max(values)


# --- pairs -----------------------------------------------------------------------------------------------------


def test_pairs_are_measured_by_group() -> None:
    evaluation = evaluate_pairs(PAIRS)
    assert (evaluation.counts.found, evaluation.counts.false_alarms) == (3, 0)
    assert list(evaluation.by(lambda pair: pair.kind)) == ["organization", "person"]
    assert evaluation.by(lambda pair: pair.scripts)["Cyrl / Latn"].recall.value == 1
    assert evaluate_pairs([LabelledPair("a", "b", same=False)]).by(lambda pair: pair.kind).keys() == {"not stated"}


def test_errors_are_listed_the_worst_first() -> None:
    points = {"Hikvison": 100, "HIKVISION": 50, "Barack Obama": 990, "Владимир Путин": 1000}
    evaluation = evaluate_pairs(PAIRS, scorer=lambda pair: points[pair.query])
    assert [j.points for j in evaluation.misses()] == [50, 100]
    assert [j.points for j in evaluation.misses(1)] == [50]
    assert [j.pair.query for j in evaluation.false_alarms()] == ["Barack Obama"]
    assert evaluation.best.cutoff == 50
    assert evaluation.recall_at_precision(0.99).value == pytest.approx(1 / 3)


@pytest.mark.parametrize("cutoff", [-0.1, 1.1, math.nan])
def test_a_cutoff_out_of_range(cutoff: float) -> None:
    with pytest.raises(InputError, match="out of range"):
        evaluate_pairs(PAIRS, cutoff=cutoff)


def test_the_cutoff_decides() -> None:
    pair = [LabelledPair("a", "b", same=True)]
    assert evaluate_pairs(pair, cutoff=0.7, scorer=lambda _: 700).counts.found == 1
    assert evaluate_pairs(pair, cutoff=0.701, scorer=lambda _: 700).counts.found == 0


# --- files -----------------------------------------------------------------------------------------------------


def written(folder: Path, text: str | bytes) -> Path:
    """A CSV file with this content."""
    path = folder / "pairs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("query,candidate,same\na,b,1\n", LabelledPair("a", "b", same=True)),
        ("\ufeffcandidate,query,is_match\nb,a,No\n", LabelledPair("a", "b", same=False)),
        ("Query,Candidate,Expected,schema,note,x\na,b, TRUE ,Company, n ,y\n",
         LabelledPair("a", "b", same=True, kind="organization", variation="n")),
        ("query,candidate,same,type\n\"a\nb\",c,0,individual\n", LabelledPair("a\nb", "c", same=False, kind="person")),
        ("query,candidate,same,kind,schema\na,b,1,vessel,Person\n", LabelledPair("a", "b", same=True, kind="vessel")),
        ("query,candidate,same,kind\na,b,1\n", LabelledPair("a", "b", same=True)),  # a short row
    ],
)  # fmt: skip
def test_a_csv_file_is_read(tmp_path: Path, text: str, pair: LabelledPair) -> None:
    assert list(read_pairs(written(tmp_path, text))) == [pair]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "pairs.csv:1: no column 'query'; the header has: none"),
        (
            "query,candidate\na,b\n",
            "pairs.csv:1: no column 'same or is_match or expected'; the header has: query, cand",
        ),
        ("query,candidate,same\na,b,1\nc,d,maybe\n", "pairs.csv:3: same: 'maybe' is neither yes nor no"),
        ("query,candidate,same\na,b\n", "pairs.csv:2: same: '' is neither yes nor no"),
        ("query,candidate,same,kind\na,b,1,dog\n", "pairs.csv:2: kind: no kind 'dog'"),
        ("query,candidate,same\n", "no labelled pairs"),
        ('query,candidate,same\n"a,b,1\n', "pairs.csv:2: not a CSV file"),
        (b"query,candidate,same\n\xff\xfe,b,1\n", "not UTF-8 at byte 21"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(InputError) as raised:
        evaluate_csv(written(tmp_path, text))
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        evaluate_csv(tmp_path / "none.csv")


def test_a_file_without_end_is_bounded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a CSV file: field larger"):
        evaluate_csv(written(tmp_path, "query,candidate,same\n" + "a" * 1_100_000 + ",b,1\n"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "pairs.csv"
    path.write_bytes(b"query,candidate,same\n" + content)
    with contextlib.suppress(InputError):
        assert all(isinstance(pair, LabelledPair) for pair in read_pairs(path))


# --- Markdown --------------------------------------------------------------------------------------------------


def test_the_report_holds_measures_groups_and_errors() -> None:
    wrong = LabelledPair("Acme | <b>", "Hikvision", same=True, variation="*")
    text = evaluate_pairs([*PAIRS, wrong]).to_markdown("My pairs")
    assert text.startswith("# My pairs\n\nAt the cutoff 0.7")
    assert "| 0.7 (in use) |" in text
    for heading in ("## By cutoff", "## Kind", "## Scripts", "## Variation", "## Worst misses"):
        assert heading in text
    assert "## Worst false alarms" not in text
    assert r"Acme \| &lt;b&gt;" in text
    columns = {line.replace(r"\|", "").count("|") for line in text.splitlines() if line.startswith("|")}
    assert columns == {4, 5, 7}


def test_groups_that_do_not_divide_are_left_out() -> None:
    assert "## Kind" not in evaluate_pairs(PAIRS[:2]).to_markdown()


@given(st.text(max_size=40))
def test_a_cell_stays_in_its_cell(text: str) -> None:
    row = table(["a"], [[cell(text)]]).splitlines()
    assert len(row) == 3
    assert row[2].replace("\\\\", "").replace("\\|", "").count("|") == 2
    assert "<" not in row[2]


# --- real pairs ------------------------------------------------------------------------------------------------


def test_the_shared_pairs_are_measured(shared: Path) -> None:
    evaluation = evaluate_csv(shared / "benchmarks" / "name_pairs.csv")
    assert len(evaluation.judged) == 417
    assert set(evaluation.by(lambda pair: pair.variation)) == {"STRONG", "MEDIUM", "WEAK"}
    assert (evaluation.counts.f1.value or 0) > 0.806  # the best-known open engine on the same rows

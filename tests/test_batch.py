"""A table of vendors in, a table of hits out."""

from __future__ import annotations

import csv
import json
import os
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen import InputError, Screener
from sanctionscreen.batch import COLUMNS, QUOTED, screen_file
from sanctionscreen.batch.summing import MOST_FAULT
from sanctionscreen.vendors import Columns

DAY = date(2022, 5, 20)

LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal,
         stale_after_days: 5, programs: [{id: P, title: P}]}
parties:
- {id: quill, kind: organization, countries: [FR],
   names: [{name: Quillfeather Ltd, type: primary}, {name: Plumebird Lark, quality: weak}],
   listings: [{program: P, effective_date: 2020-01-01}]}
- {id: equals, kind: organization, names: [{name: =Gracklebridge Works, type: primary}], listings: [{program: P}]}
- {id: gone, kind: organization, names: [{name: Nevermore Starlings, type: primary}],
   listings: [{program: P, effective_date: 2010-01-01, end_date: 2011-01-01, status: delisted}]}
"""

VENDORS = """id,vendor name,country,note
1,Quilfeather,France,x
2,Blue Heron,Freedonia,x
3,,,
,,,
5,Plumebird Lark,,x
6,=Gracklebridge Works,,x
7,Nevermore Starlings,,x
8,Quillfeather, Ltd,FR,x
9,??,,x
10,Nobody Known,,x
"""


@pytest.fixture(scope="module")
def screener(tmp_path_factory: pytest.TempPathFactory) -> Screener:
    path = tmp_path_factory.mktemp("lists") / "ours.yaml"
    path.write_text(LIST, encoding="utf-8")
    return Screener.load(path)


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    path = tmp_path / "vendors.csv"
    path.write_text(VENDORS, encoding="utf-8")
    return path


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_has_its_outcome(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    summary = screen_file(screener, vendors, out, as_of=DAY)
    assert summary.outcomes == {"alarm": 2, "review": 1, "not_screened": 3, "history": 1, "clear": 2}
    assert (summary.rows, summary.blank, summary.hits, summary.history) == (9, 1, 3, 1)
    assert [(row["row"], row["outcome"], row["party_id"]) for row in written(out)] == [
        ("2", "alarm", "quill"),
        ("4", "not_screened", ""),
        ("6", "review", "quill"),
        ("7", "alarm", "equals"),
        ("8", "history", "gone"),
        ("9", "not_screened", ""),
        ("10", "not_screened", ""),
    ]


def test_every_row_is_written_on_request(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    screen_file(screener, vendors, out, as_of=DAY, every_row=True)
    rows = written(out)
    assert [row["row"] for row in rows] == ["2", "3", "4", "6", "7", "8", "9", "10", "11"]
    assert rows[1]["outcome"] == "clear"
    assert rows[1]["note"] == "country 'Freedonia' is not understood and was left out"


def test_a_hit_is_told_in_cells(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    screen_file(screener, vendors, out, as_of=DAY)
    row = written(out)[0]
    assert tuple(row)[: len(COLUMNS)] == COLUMNS
    assert row["asked_name"] == "Quilfeather"
    assert row["matched_name"] == row["listed_party"] == "Quillfeather Ltd"
    assert 0.7 <= float(row["score"]) < 1
    assert row["programs"] == "P"
    assert 'Only the listed name has "Ltd".' in row["why"]
    assert (row["id"], row["vendor name"], row["country"], row["input_note"]) == ("1", "Quilfeather", "France", "x")


def test_a_name_that_is_a_formula_is_written_as_text(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    screen_file(screener, vendors, out, as_of=DAY)
    row = written(out)[3]
    assert {row["asked_name"], row["matched_name"], row["vendor name"]} == {"'=Gracklebridge Works"}


def test_history_is_no_hit_but_is_told(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    screen_file(screener, vendors, out, as_of=DAY)
    row = written(out)[4]
    assert (row["programs"], row["history"]) == ("", "P")


def test_the_summary_says_what_it_rests_on(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    summary = screen_file(screener, vendors, tmp_path / "hits.csv", as_of=DAY)
    assert summary.columns == {"name": "vendor name", "country": "country", "reference": "id"}
    assert summary.unused == ("note",)
    assert [one.id for one in summary.lists] == ["ours"]
    assert summary.warnings == (
        "ours is stale: its data is of 2022-05-01, 19 days before the day asked about",
        "Disposition: review — rule stale-list (ours): 19 days old, more than its limit.",
    )
    assert [fault.partition(":")[0] for fault in summary.faults] == ["row 4", "row 9", "row 10"]
    assert "quote a cell that holds the delimiter" in summary.faults[1]


def test_json_lines_hold_the_whole_hit(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.jsonl"
    screen_file(screener, vendors, out, as_of=DAY)
    first = lines(out)[0]
    assert first["input"] == {"id": "1", "vendor name": "Quilfeather", "country": "France", "note": "x"}
    assert sum(evidence["contribution"] for evidence in first["hit"]["evidence"]) == first["hit"]["points"]
    assert lines(out)[1]["hit"] is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("v.txt", "Blue Heron\nQuilfeather\n"),
        ("v.jsonl", '{"supplier": "Blue Heron"}\n{"supplier": "Quilfeather", "x": 1}\n'),
        ("v.tsv", "supplier\tx\nBlue Heron\t1\nQuilfeather\t2\n"),
    ],
)
@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "ndjson"])
def test_every_format_goes_in_and_out(screener: Screener, tmp_path: Path, name: str, content: str, ending: str) -> None:
    source, out = tmp_path / name, tmp_path / f"hits.{ending}"
    source.write_text(content, encoding="utf-8")
    summary = screen_file(screener, source, out, as_of=DAY)
    assert (summary.outcomes["alarm"], summary.outcomes["clear"]) == (1, 1)
    assert "Quillfeather" in out.read_text(encoding="utf-8")


def test_columns_and_encoding_can_be_given(screener: Screener, tmp_path: Path) -> None:
    source, out = tmp_path / "v.csv", tmp_path / "hits.csv"
    source.write_bytes("Größe;Firma\n7;Quilfeather\n".encode("cp1252"))
    summary = screen_file(screener, source, out, columns=Columns(name="Firma"), encoding="cp1252", as_of=DAY)
    assert summary.outcomes["alarm"] == 1
    assert written(out)[0]["Größe"] == "7"


def test_the_cutoff_decides(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    summary = screen_file(screener, vendors, tmp_path / "hits.csv", as_of=DAY, cutoff=1)
    assert [row["party_id"] for row in written(tmp_path / "hits.csv") if row["party_id"]] == ["quill", "equals", "gone"]
    assert summary.outcomes["alarm"] == 1


def test_progress_is_told_to_the_end(screener: Screener, vendors: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    screen_file(screener, vendors, tmp_path / "hits.csv", progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert told[-1] == (vendors.stat().st_size, vendors.stat().st_size)


@pytest.mark.parametrize(
    ("content", "out", "expected"),
    [
        ("a,b\nx,y\n", "hits.csv", "vendors.csv: no column looks like a name"),
        ("name\nx\n", "hits.txt", r"hits need columns: .* in \.csv, .*\.xlsx, \.parquet, \.arrow or \.feather$"),
        ("name\nx\n", "hits.pdf", ".pdf is not a table"),
    ],
)
def test_what_cannot_be_done_is_one_error_and_no_output(
    screener: Screener, tmp_path: Path, content: str, out: str, expected: str
) -> None:
    source = tmp_path / "vendors.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=expected):
        screen_file(screener, source, tmp_path / out)
    assert list(tmp_path.iterdir()) == [source]


def same_name(source: Path, _: Path) -> Path:
    return source


def by_way_of_the_folder_above(source: Path, _: Path) -> Path:
    return source.parent / ".." / source.parent.name / source.name


def symbolic_link(source: Path, out: Path) -> Path:
    out.symlink_to(source)
    return out


def hard_link(source: Path, out: Path) -> Path:
    out.hardlink_to(source)
    return out


def folder(_: Path, out: Path) -> Path:
    out.mkdir()
    return out


def pipe(_: Path, out: Path) -> Path:
    os.mkfifo(out)
    return out


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (same_name, "the output would overwrite the table: give another name"),
        (by_way_of_the_folder_above, "the output would overwrite the table: give another name"),
        (symbolic_link, "the output would overwrite the table: give another name"),
        (hard_link, "the output would overwrite the table: give another name"),
        (folder, "is a folder: give another name"),
        (pipe, "is no file: give another name"),
    ],
)
def test_an_output_in_the_place_of_something_else_is_refused_before_any_work(
    screener: Screener,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[Path, Path], Path],
    expected: str,
) -> None:
    source = tmp_path / "vendors.csv"
    source.write_text("name\nQuillfeather\n", encoding="utf-8")
    out = way(source, tmp_path / "hits.csv")
    left = sorted(tmp_path.iterdir())
    monkeypatch.setattr("sanctionscreen.batch.files.open_table", None)
    with pytest.raises(InputError, match=f"{out}: {expected}"):
        screen_file(screener, source, out)
    assert source.read_text(encoding="utf-8") == "name\nQuillfeather\n"
    assert sorted(tmp_path.iterdir()) == left


def test_a_long_table_takes_little_memory_and_quotes_few_faults(screener: Screener, tmp_path: Path) -> None:
    source, out = tmp_path / "v.csv", tmp_path / "hits.csv"
    source.write_text("name\n" + "??\n" * 1_000, encoding="utf-8")
    screen_file(screener, source, out, as_of=DAY)
    tracemalloc.start()
    summary = screen_file(screener, source, out, as_of=DAY)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert summary.outcomes["not_screened"] == 1_000
    assert len(summary.faults) == QUOTED
    assert peak < 2_000_000


def test_a_fault_of_any_length_is_quoted_in_short(screener: Screener, tmp_path: Path) -> None:
    source, out, long = tmp_path / "v.jsonl", tmp_path / "hits.csv", "name" * 30_000
    source.write_text(f'{{"name": "x", "{long}": [1]}}\n' * 30, encoding="utf-8")
    summary = screen_file(screener, source, out, columns=Columns(identifiers={long: "lei"}), as_of=DAY)
    assert summary.outcomes["not_screened"] == 30
    assert max(map(len, summary.faults)) <= MOST_FAULT
    assert summary.faults[0].startswith("row 1: 'namename")
    assert summary.faults[0].endswith("holds several values: give one text")
    source.write_text(json.dumps({"name": f"#{'A' * 100_000}!"}), encoding="utf-8")
    (fault,) = screen_file(screener, source, out, as_of=DAY).faults
    assert fault == f"row 1: 'name' holds #{'A' * (MOST_FAULT - 22)}…"


def test_a_screener_without_lists_clears_nobody(vendors: Path, tmp_path: Path) -> None:
    summary = screen_file(Screener(()), vendors, tmp_path / "hits.csv")
    assert summary.outcomes["not_screened"] == summary.rows


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_place_with_rules_of_its_own_is_for_review_though_no_list_names_the_vendor(
    screener: Screener, tmp_path: Path, ending: str
) -> None:
    source, out = tmp_path / "v.csv", tmp_path / f"hits.{ending}"
    source.write_text('name,address\nQuiet Mill,"5 Beijing Road, Urumqi"\nQuiet Mill,Lyon\n', encoding="utf-8")
    summary = screen_file(screener, source, out, as_of=date(2024, 1, 1))
    assert (summary.outcomes["review"], summary.outcomes["clear"]) == (1, 1)
    row = lines(out)[0] if ending == "jsonl" else written(out)[0]
    assert row["outcome"] == "review"
    assert row["disposition"] in ("review", "escalate", "prohibited")
    assert row["note"].startswith("The address names Urumqi")
    if ending == "jsonl":
        assert row["places"][0]["place"] == "Urumqi"


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_any_number_of_workers_writes_the_same_bytes(
    screener: Screener, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("sanctionscreen.batch.files.CHUNK", 2)
    one, three = tmp_path / f"one.{ending}", tmp_path / f"three.{ending}"
    summary = screen_file(screener, vendors, one, as_of=DAY, every_row=True, workers=1)
    assert screen_file(screener, vendors, three, as_of=DAY, every_row=True, workers=3) == summary
    assert three.read_bytes() == one.read_bytes()

"""DataFrames: the same kind back, row for row, whatever the library."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen import Context, InputError, MissingExtraError, Party, Screener
from sanctionscreen.asking import told
from sanctionscreen.batch import screen_file
from sanctionscreen.frames import ADDED, screen_frame
from sanctionscreen.meaning.policy import load_policy

narwhals = pytest.importorskip("narwhals")
pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

DAY = date(2022, 5, 5)
VENDORS: dict[str, list[Any]] = {
    "vendor": ["Hikvison", "Blue Heron Stationery", None, "???", "Dahua", "Hikvison"],
    "country": ["China", "Freedonia", None, "CN", "FR", None],
    "spend": [1.5, None, 3.0, 4.0, 5.0, 6.0],
}
OUTCOMES = ["alarm", "clear", "not_screened", "not_screened", "alarm", "alarm"]

MAKERS: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "pandas": pandas.DataFrame,
    "pandas with pyarrow": lambda data: pyarrow.table(data).to_pandas(types_mapper=pandas.ArrowDtype),
    "pandas, nullable": lambda data: pandas.DataFrame(data).convert_dtypes(),
    "polars": polars.DataFrame,
    "pyarrow": pyarrow.table,
}


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


def rows_of(frame: Any) -> list[dict[str, Any]]:
    """Its rows, with None for whatever the library has for a missing value."""
    table = narwhals.from_native(frame, eager_only=True)
    columns = {}
    for column in table.columns:
        series = table.get_column(column)
        missing = series.is_null().to_list()
        columns[column] = [
            None if gone or value != value else value for value, gone in zip(series.to_list(), missing, strict=True)
        ]
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def test_two_columns_of_one_type_of_identifier_are_both_read(bundled: Screener) -> None:
    frame = polars.DataFrame(
        {"vendor": ["Zzz", "Zzz"], "one": ["91330000733796106P", ""], "two": ["", "91330000733796106P"]}
    )
    screened = screen_frame(frame, bundled, name="vendor", identifiers={"one": "tax", "two": "tax"}, as_of=DAY)
    assert screened["screening_outcome"].to_list() == ["alarm", "alarm"]


def test_the_parts_of_an_address_are_one(bundled: Screener) -> None:
    frame = polars.DataFrame({"vendor": ["Quiet Mill"], "site": ["5 Beijing Road"], "plant": ["Urumqi"]})
    screened = screen_frame(frame, bundled, name="vendor", address=["site", "plant"], as_of=date(2024, 1, 1))
    assert screened["screening_outcome"].to_list() == ["review"]
    assert screened["screening_note"].to_list()[0].startswith("The address names Urumqi")


def test_a_lone_column_that_may_be_a_name_is_not_lost(bundled: Screener) -> None:
    frame = polars.DataFrame({"Hikvison": ["Huawei"]})
    with pytest.raises(InputError, match="the only column is called 'Hikvison', which is no known header of names"):
        screen_frame(frame, bundled, as_of=DAY)
    assert screen_frame(frame, bundled, name="Hikvison", as_of=DAY)["screening_outcome"].to_list() == ["alarm"]


@pytest.mark.parametrize(("library", "workers"), [*((library, 1) for library in MAKERS), ("polars", 2)])
def test_every_library_gets_its_own_kind_back_row_for_row(bundled: Screener, library: str, workers: int) -> None:
    frame = MAKERS[library](VENDORS)
    screened = screen_frame(frame, bundled, name="vendor", country="country", as_of=DAY, workers=workers)
    assert type(screened) is type(frame)
    rows = rows_of(screened)
    assert [{key: row[key] for key in VENDORS} for row in rows] == rows_of(frame)
    assert [row["screening_outcome"] for row in rows] == OUTCOMES
    assert list(rows[0])[3:] == [f"screening_{column}" for column in ADDED]
    assert rows[0]["screening_listed_party"] == "Hangzhou Hikvision Digital Technology Co., Ltd."
    assert rows[0]["screening_hits"] == 1
    assert 0.7 <= rows[0]["screening_score"] < 1
    decision = bundled.screen(Party(name="Hikvison", country="CN"), as_of=DAY).decision
    assert decision is not None
    assert rows[0]["screening_disposition"] == str(decision.disposition)
    assert rows[0]["screening_decided_by"] == decision.rule
    assert rows[0]["screening_decision"] == told(decision)
    assert rows[1]["screening_score"] is None
    assert rows[1]["screening_note"] == "country 'Freedonia' is not understood and was left out"
    assert rows[2]["screening_note"] == "the name was not screened: it is blank"


def test_rows_are_as_files_have_them(bundled: Screener, tmp_path: Path) -> None:
    frame = polars.DataFrame(VENDORS)
    frame.write_csv(tmp_path / "vendors.csv")
    screen_file(bundled, tmp_path / "vendors.csv", tmp_path / "hits.parquet", as_of=DAY, every_row=True)
    written = polars.read_parquet(tmp_path / "hits.parquet").to_dicts()
    screened = screen_frame(frame, bundled, as_of=DAY, prefix="").to_dicts()
    for row in written:
        decided = ("disposition", "decided_by", "decision")
        same = ("outcome", *decided, "score", "matched_name", "party_id", "effects", "why", "note")
        assert {key: row[key] or "" for key in same} == {key: screened[row["row"] - 2][key] or "" for key in same}


def test_the_index_of_a_pandas_frame_stays(bundled: Screener) -> None:
    frame = pandas.DataFrame(VENDORS, index=[7, 7, 3, 1, 9, 2])
    screened = screen_frame(frame, bundled, as_of=DAY)
    assert list(screened.index) == [7, 7, 3, 1, 9, 2]
    assert list(screened["screening_outcome"]) == OUTCOMES
    assert list(frame.columns) == list(VENDORS)


def test_cells_of_any_type_are_read(bundled: Screener) -> None:
    frame = pandas.DataFrame(
        {"name": ["Hikvision", 7, float("nan"), pandas.NaT], "born": [date(1962, 3, 5), None, pandas.Timestamp(0), 3]}
    )
    screened = screen_frame(frame, bundled, as_of=DAY)
    assert list(screened["screening_outcome"]) == ["alarm", "clear", "not_screened", "not_screened"]


def test_a_number_that_is_too_much_for_pandas_costs_no_other_row(bundled: Screener) -> None:
    odd = [Decimal("sNaN"), Decimal("1e5000"), Decimal("NaN"), 10**5_000, pandas.NA, None, float("nan")]
    frame = pandas.DataFrame({"name": ["Hikvision", *odd], "country": [*odd, "CN"]}, dtype=object)
    screened = screen_frame(frame, bundled, as_of=DAY)
    hidden = "not_screened"
    assert list(screened["screening_outcome"]) == ["alarm", hidden, "clear", hidden, hidden, hidden, hidden, hidden]
    notes = list(screened["screening_note"])
    assert notes[1] == ("country '1E+5000' is not understood and was left out; the name was not screened: it is blank")
    assert [note.endswith("it is blank") for note in notes[3:]] == [True, False, True, True, True]


@pytest.mark.parametrize("name", [["Foo", "Hikvision"], True, b"\xff\xfe", date(2022, 5, 20), "#N/A"])
def test_a_cell_that_is_no_name_is_not_clear(bundled: Screener, name: object) -> None:
    screened = screen_frame(pandas.DataFrame({"name": [name, "Hikvision"], "since": [[1], [2]]}), bundled, as_of=DAY)
    assert list(screened["screening_outcome"]) == ["not_screened", "alarm"]
    assert screened["screening_note"][0].startswith("'name' holds ")


def test_a_frame_without_rows_gets_its_columns(bundled: Screener) -> None:
    screened = screen_frame(polars.DataFrame({"name": []}, schema={"name": polars.String}), bundled)
    assert screened.shape == (0, 1 + len(ADDED))
    types = {str: polars.String, int: polars.Int64, float: polars.Float64}
    assert screened.dtypes[1:] == [types[kind] for kind in ADDED.values()]


def test_columns_of_an_earlier_screening_are_replaced(bundled: Screener) -> None:
    frame = polars.DataFrame(VENDORS)
    once = screen_frame(frame, bundled, as_of=date(2018, 1, 1))
    twice = screen_frame(once, bundled, name="vendor", as_of=DAY)
    assert twice.columns == once.columns
    assert twice["screening_outcome"].to_list() == OUTCOMES


def test_context_and_policy_decide(bundled: Screener) -> None:
    frame = polars.DataFrame({"name": ["Hikvision"]})
    strict = load_policy().model_copy(update={"required_lists": ("eu",)})
    decided = screen_frame(frame, bundled, context=Context(activities=["travel"]), policy=strict, as_of=DAY)
    assert decided["screening_decided_by"][0] == "required-list-missing"
    assert "required-list-missing (eu)" in decided["screening_decision"][0]


def test_lists_that_ship_are_taken_where_none_are_given() -> None:
    screened = screen_frame(polars.DataFrame({"supplier": ["Hikvison"]}), as_of=DAY)
    assert screened["screening_outcome"].to_list() == ["alarm"]


@pytest.mark.parametrize(
    ("frame", "options", "expected"),
    [
        (
            polars.LazyFrame({"name": ["x"]}),
            {},
            "polars.* is no DataFrame that holds its rows: collect a lazy one first",
        ),
        ([{"name": "x"}], {}, "builtins.list is no DataFrame"),
        (polars.DataFrame({"a": ["x"], "b": ["y"]}), {}, "no column looks like a name: say which it is"),
        (polars.DataFrame({"vendor": ["x"]}), {"name": "vender"}, "no column 'vender': did you mean 'vendor'?"),
        (pandas.DataFrame({0: ["x"], 1: ["y"]}), {}, "no column looks like a name"),
        (pandas.DataFrame([["x", 1, 2]], columns=["name", "y", "y"]), {}, r"rename those \(.*'y' 2 times"),
        (pyarrow.table([["x"], ["y"]], names=["name", "name"]), {}, r"rename those \(.*'name' 2 times"),
        (polars.DataFrame({"name": ["x"]}), {"cutoff": 2.0}, "cutoff 2.0 is out of range"),
        (polars.DataFrame({"name": ["x"]}), {"workers": 0}, "workers: 0: give 1 or more"),
    ],
)
def test_what_cannot_be_screened_is_one_error(
    bundled: Screener, frame: Any, options: dict[str, Any], expected: str
) -> None:
    with pytest.raises(InputError, match=expected):
        screen_frame(frame, bundled, **options)


def test_without_narwhals_the_line_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def without(name: str, *rest: Any) -> Any:
        if name == "narwhals":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(MissingExtraError, match=r'pip install "sanctionscreen\[frames\]"'):
        screen_frame(object())

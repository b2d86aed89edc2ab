"""Tables in and out."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.tabular import FORMULA, Row, neutral, open_table
from sanctionscreen.tabular.writing import Form


def rows_of(path: Path, encoding: str = "utf-8") -> list[Row]:
    with open_table(path, encoding) as table:
        return list(table.rows)


def cells_of(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows_of(path, encoding)]


@pytest.mark.parametrize(
    ("name", "content", "encoding", "expected"),
    [
        ("a.csv", b"name,country\nAcme,US\n", "utf-8", [{"name": "Acme", "country": "US"}]),
        ("a.csv", b"\xef\xbb\xbfname\nAcme\n", "utf-8", [{"name": "Acme"}]),
        ("a.csv", "name\n海康\n".encode("utf-16"), "utf-16", [{"name": "海康"}]),
        ("a.csv", "name\nMüller\n".encode("cp1252"), "cp1252", [{"name": "Müller"}]),
        ("a.csv", b"name;country\nAcme, Inc;US\n", "utf-8", [{"name": "Acme, Inc", "country": "US"}]),
        ("a.csv", b"name|country\nAcme|US\n", "utf-8", [{"name": "Acme", "country": "US"}]),
        ("a.csv", b"name\tcountry\nAcme\tUS\n", "utf-8", [{"name": "Acme", "country": "US"}]),
        ("a.tsv", b"name\tcountry\nAcme, Inc\tUS\n", "utf-8", [{"name": "Acme, Inc", "country": "US"}]),
        ("a.csv", b'name,c\n"Acme, ""Inc""\nLine",US\n', "utf-8", [{"name": 'Acme, "Inc"\nLine', "c": "US"}]),
        ("a.csv", b"name,country\nAcme\n", "utf-8", [{"name": "Acme", "country": ""}]),
        ("a.csv", b" name , country\r\nAcme,US\r\n", "utf-8", [{"name": "Acme", "country": "US"}]),
        ("A.CSV", b"name\nAcme", "utf-8", [{"name": "Acme"}]),
        ("a.txt", b"Acme, Inc\r\n\r\nBeta\n", "utf-8", [{"name": "Acme, Inc"}, {"name": ""}, {"name": "Beta"}]),
        (
            "a.jsonl", b'{"name": "Acme", "n": 7}\n\n{"name": null, "more": ["x"]}\n', "utf-8",
            [{"name": "Acme", "n": "7"}, {"name": "", "more": '["x"]'}],
        ),
    ],
)  # fmt: skip
def test_tables_are_read(
    tmp_path: Path, name: str, content: bytes, encoding: str, expected: list[dict[str, str]]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert cells_of(path, encoding) == expected


@pytest.mark.parametrize(
    ("name", "content", "faults"),
    [
        ("a.csv", 'n,c\nAcme, Inc,US\nBeta,US\n"x" y,US\nLast,US\n', {2: "3 cells under 2", 4: "not a CSV row"}),
        ("a.csv", "name\nAcme, Inc\n", {2: "2 cells under 1 column: quote a cell that holds the delimiter"}),
        ("a.csv", 'n,c\nAcme,US\n"cut short', {3: "not a CSV row (unexpected end of data)"}),
        ("a.csv", "n,c\n" + "x" * 2_000_000 + ",US\nBeta,US\n", {2: "a cell of more than 131,072 characters"}),
        ("a.jsonl", '{"n": "Acme"}\n{"n": \n[1]\n{"n": "Beta"}\n', {2: "not JSON", 3: "not a JSON object"}),
        ("a.jsonl", '{"n": "Acme"}\n' + "[" * 100_000 + "\n", {2: "not JSON"}),
    ],
)
def test_a_broken_row_is_told_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: str, faults: dict[int, str]
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    rows = rows_of(path)
    told = {row.number: row.fault for row in rows if row.fault}
    assert told.keys() == faults.keys()
    assert all(faults[number] in fault for number, fault in told.items())
    assert not any(row.blank for row in rows if row.fault)


@pytest.mark.parametrize(
    ("name", "content", "encoding", "expected"),
    [
        ("a.csv", b"", "utf-8", "empty: the first row must name the columns"),
        ("a.csv", b"\n\n", "utf-8", "empty: the first row must name the columns"),
        ("a.csv", b"n,n\nx,y\n", "utf-8", "a.csv:1: column 'n' stands twice: rename one"),
        ("a.csv", b'"n" x,c\nx,y\n', "utf-8", "a.csv:1: the header cannot be read"),
        ("a.csv", b"n\nok\nM\xfcller\n", "utf-8", "a.csv:3: not utf-8: save the file as UTF-8, or give its encoding"),
        ("a.csv", "n\nx\n".encode("utf-16"), "utf-8", "a.csv:1: not utf-8"),
        ("a.csv", b"n\n\xe6\xb5", "utf-8", "a.csv:2: not utf-8"),
        ("a.csv", b"n\n" * 600_000 + b"\xff", "utf-8", "a.csv:600001: not utf-8"),
        ("a.csv", b"n\n", "klingon", "no encoding 'klingon'"),
        ("a.jsonl", b"[1]\n", "utf-8", "no line of it is a JSON object"),
        ("a.pdf", b"%PDF", "utf-8", ".pdf is not a table: give one of .csv"),
        ("a", b"", "utf-8", "a file without an ending is not a table"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, encoding: str, expected: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        rows_of(path, encoding)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("no.csv", "cannot be read: No such file"),
        ("no", "cannot be read: No such file"),
        (".", "a folder is not a table"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        rows_of(tmp_path / name)


def test_reading_tells_how_far_it_has_come(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name\n" + "Acme\n" * 10_000, encoding="utf-8")
    with open_table(path) as table:
        seen = [table.position() for _ in table.rows]
    assert seen == sorted(seen)
    assert seen[-1] == table.size == path.stat().st_size


def write(path: Path, columns: Sequence[str], *records: dict[str, Any], types: dict[str, type] | None = None) -> None:
    """Write a table as it is written at the end of a run."""
    form = Form(path, tuple(columns), types or {})
    form.check()
    lines = path.with_name(f"{path.name}.part")
    lines.write_bytes(form.head() + form.lines(records))
    form.finish(lines)
    assert not lines.exists()


@pytest.mark.parametrize("first", FORMULA)
def test_a_cell_that_would_be_a_formula_is_written_as_text(tmp_path: Path, first: str) -> None:
    path = tmp_path / "a.csv"
    write(path, [f"{first}head"], {f"{first}head": f"{first}1+1"})
    with path.open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [[f"'{first}head"], [f"'{first}1+1"]]


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_what_is_written_is_read_back_and_runs_nothing(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "law.csv"
    columns = [f"c{number}" for number in range(len(cells))]
    write(path, columns, dict(zip(columns, cells, strict=True)))
    with path.open(encoding="utf-8", newline="") as stream:
        read = list(csv.reader(stream))[1]
    assert read == [neutral(cell).encode("utf-8", "backslashreplace").decode() for cell in cells]
    assert not any(cell.startswith(FORMULA) for cell in read)


def test_json_lines_keep_structure_and_escape_what_utf_8_lacks(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write(path, [], {"name": "海康\ud800", "list": [1, 2]})
    assert json.loads(path.read_text(encoding="utf-8")) == {"name": "海康\ud800", "list": [1, 2]}


def test_numbers_and_nothing_are_cells_too(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    write(path, ["a", "b", "c"], {"a": 0.5, "b": 7})
    assert path.read_bytes() == b"a\tb\tc\r\n0.500\t7\t\r\n"


def test_a_list_of_names_has_no_room_for_hits(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"hits need columns: give a name that ends in \.csv"):
        Form(tmp_path / "a.txt", ("a",)).check()

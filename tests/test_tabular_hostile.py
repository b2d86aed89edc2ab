"""Tables that hide a name: nothing is clear by accident, nothing is lost, and a bad row costs no other."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.batch import COLUMNS, screen_file
from sanctionscreen.batch.judging import input_column
from sanctionscreen.errors import InputError
from sanctionscreen.screening import Screener
from sanctionscreen.tabular import Row, open_table
from sanctionscreen.tabular.delimited import MOST_LINES, MOST_TEXT
from sanctionscreen.tabular.rows import columns_of
from sanctionscreen.tabular.text import MOST_KEYS
from sanctionscreen.tabular.values import NO_NUMBER, SPREAD, SWALLOWED, Odd, is_error, odd_of, text_of

DAY = date(2022, 5, 20)


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.fixture
def outcomes(bundled: Screener, tmp_path: Path) -> Callable[[Path], list[tuple[str, str]]]:
    """What came of each row of a table, and what is noted of it."""

    def screened(path: Path) -> list[tuple[str, str]]:
        screen_file(bundled, path, tmp_path / "out.csv", as_of=DAY, every_row=True)
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
            return [(row["outcome"], row["note"]) for row in csv.DictReader(stream)]

    return screened


def rows_of(path: Path, content: str) -> list[Row]:
    path.write_bytes(content.encode())
    with open_table(path) as table:
        return list(table.rows)


# --- values that are no names --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text", "what"),
    [
        ("Acme", "Acme", None), (7, "7", None), (7.5, "7.5", None), (None, "", None), (float("nan"), "", None),
        (True, "true", "true or false"), (date(2020, 1, 2), "2020-01-02", "a date"),
        (datetime(2020, 1, 2, 3), "2020-01-02T03:00:00", "a date"), (timedelta(1), "1 day, 0:00:00", "a time"),
        (["a"], '["a"]', "several values"), ({"a": 1}, '{"a": 1}', "several values"), ((1,), "(1,)", "several values"),
        (b"Acme", "Acme", None), (b"\xff\xfe", "\\xff\\xfe", "bytes that are not UTF-8"), (1j, "1j", None),
        (Odd("x", "what"), "x", "what"),
    ],
)  # fmt: skip
def test_what_a_value_is_that_is_no_text(value: object, text: str, what: str | None) -> None:
    assert text_of(value) == text
    assert odd_of(("c",), (value,)) == ({"c": what} if what else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, True) for text in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", " #SPILL! ")),
        *((text, True) for text in ("#NV", "#BEZUG!", "#ÜBERLAUF!", "#¡VALOR!", "#¿NOMBRE?", "#N/D", "#NOM?")),
        *((text, False) for text in ("", "#", "#1 Auto Parts", "#REF Ltd", "# NAME?", "REF!", "#Yes!", "#N/A Ltd")),
    ],
)
def test_an_error_of_a_spreadsheet_is_known(text: str, expected: bool) -> None:
    assert is_error(text) is expected


@pytest.mark.parametrize(
    ("cells", "odd", "expected"),
    [
        ({"n": "Acme"}, None, None),
        ({"n": "#1 Parts"}, None, None),
        ({"n": " #N/A"}, None, "'n' holds #N/A, an error of a spreadsheet and no name: mend the cell"),
        ({"n": "#N/A", "c": ""}, None, "'n' holds #N/A, an error of a spreadsheet and no name: mend the cell"),
        ({"n": "x"}, {"n": "a date"}, "'n' holds a date: give one text"),
        ({"n": "x"}, {"c": "a date"}, None),
        ({"n": "x"}, {"c": "several values"}, "'c' holds several values: give one text"),
        ({"n": "x"}, {"other": "several values"}, None),
        ({"n": "x"}, {"n": SPREAD, "c": SPREAD}, f"'n' holds {SPREAD}: give one text"),
        ({"n": "x"}, {"c": SPREAD}, None),
        ({"n": "x"}, {"other": SWALLOWED}, f"'other' holds {SWALLOWED}: look for a stray quotation mark, or put the"),
    ],
)
def test_a_row_is_not_screened_for_a_cell_that_is_asked_for(
    cells: dict[str, str], odd: dict[str, str] | None, expected: str | None
) -> None:
    told = Row(2, cells, None, odd).unreadable("n", ("n", "c"))
    assert told == expected or (told and expected and told.startswith(expected))
    assert Row(2, cells, "broken", odd).unreadable("n", ("n", "c")) == "broken"


HIDDEN = "not_screened"


@pytest.mark.parametrize(
    ("line", "outcome", "told"),
    [
        ('{"name": "Hikvision"}', "alarm", ""),
        ('{"name": "Hikvision", "name": "Foo Bakery"}', HIDDEN, "the key 'name' stands twice: keep one"),
        ('{"name": "Foo Bakery", "x": {"a": 1, "a": 2}}', HIDDEN, "the key 'a' stands twice"),
        ('{"name": {"en": "Hikvision"}}', HIDDEN, "'name' holds several values: give one text"),
        ('{"name": ["Foo", "Hikvision"]}', HIDDEN, "'name' holds several values"),
        ('{"name": []}', HIDDEN, "'name' holds several values"),
        ('{"name": NaN}', HIDDEN, f"'name' holds {NO_NUMBER}"),
        ('{"name": -Infinity}', HIDDEN, f"'name' holds {NO_NUMBER}"),
        ('{"name": true}', HIDDEN, "'name' holds true or false"),
        ('{"name": "#REF!"}', HIDDEN, "'name' holds #REF!, an error of a spreadsheet"),
        ('{"name": "Foo Bakery", "country": ["FR"]}', HIDDEN, "'country' holds several values"),
        ('{"name": "Hikvision", "x": ["FR"], "y": NaN, "z": true}', "alarm", ""),
    ],
)
def test_a_name_hidden_in_json_is_not_clear(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path, line: str, outcome: str, told: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f'{{"name": "Foo Bakery", "country": "FR"}}\n{line}\n{{"name": "Hikvision"}}\n', encoding="utf-8")
    first, (came, note), last = outcomes(path)
    assert (first[0], came, last[0]) == ("clear", outcome, "alarm")
    assert told in note


def test_json_without_a_row_that_can_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no line of it is a JSON object with a value \(not JSON: the key 'a'"):
        rows_of(tmp_path / "a.jsonl", '{"a": 1, "a": 2}\n')


def test_a_value_in_another_column_is_carried_through(bundled: Screener, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"name": "Hikvision", "x": {"a": [1]}, "y": NaN}\n', encoding="utf-8")
    screen_file(bundled, tmp_path / "a.jsonl", tmp_path / "out.jsonl", as_of=DAY)
    first = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["input"] == {"name": "Hikvision", "x": '{"a": [1]}', "y": "NaN"}


@pytest.mark.parametrize("value", ["#REF!", "#N/A", True, datetime(2020, 1, 1), datetime(2020, 1, 1).time()])
def test_a_cell_of_excel_that_is_no_name_is_not_clear(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path, value: object
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["name", "date of birth"], [value, None], ["Hikvision", datetime(1962, 3, 5)], [7, None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [came for came, _ in outcomes(tmp_path / "a.xlsx")] == [HIDDEN, "alarm", "clear"]


def _parquet(path: Path, **columns: Any) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table(columns), path)


@pytest.mark.parametrize("name", [["Foo", "Hikvision"], b"\xff\xfe", {"en": "Hikvision"}, True, date(2020, 1, 1)])
def test_a_value_of_parquet_that_is_no_name_is_not_clear(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path, name: object
) -> None:
    _parquet(tmp_path / "a.parquet", name=[name])
    ((came, note),) = outcomes(tmp_path / "a.parquet")
    assert (came, note.startswith("'name' holds ")) == (HIDDEN, True)


def test_a_text_of_parquet_that_is_not_utf_8_costs_no_other_row(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    ends, texts = (pyarrow.py_buffer(one) for one in (b"\0\0\0\0\2\0\0\0\x0b\0\0\0", b"\xff\xfeHikvision"))
    _parquet(tmp_path / "a.parquet", name=pyarrow.StringArray.from_buffers(2, ends, texts))
    assert [came for came, _ in outcomes(tmp_path / "a.parquet")] == [HIDDEN, "alarm"]


@pytest.mark.parametrize("column", ["since", "birth date"])
def test_a_day_out_of_range_is_a_fault_only_where_it_is_asked_for(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path, column: str
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    days = pyarrow.array([3_000_000, 1], pyarrow.int32()).cast(pyarrow.date32())
    far = pyarrow.array([10**15, 1], pyarrow.int64()).cast(pyarrow.timestamp("s"))
    _parquet(tmp_path / "a.parquet", name=["Hikvision", "Hikvision"], **{column: days}, t=far, many=[[far[0]], None])
    with open_table(tmp_path / "a.parquet") as table:
        first, second = table.rows
    assert first.cells[column] == "10183-09-21"
    assert first.cells["many"].startswith("a value of type list<")
    assert second.cells[column] == "1970-01-02"
    came = [came for came, _ in outcomes(tmp_path / "a.parquet")]
    assert came[-1] == "alarm"
    assert came[0] == (HIDDEN if column == "birth date" else "alarm")


def test_lines_that_all_have_other_keys_are_refused(tmp_path: Path) -> None:
    def lines(keys: int) -> str:
        return "".join(f'{{"name": "a", "k{number}": 1}}\n' for number in range(keys - 1))

    assert len(rows_of(tmp_path / "a.jsonl", lines(MOST_KEYS))) == MOST_KEYS - 1
    with pytest.raises(
        InputError, match=r"a\.jsonl:1000: more than 1,000 different keys up to this line: give every line"
    ):
        rows_of(tmp_path / "a.jsonl", lines(MOST_KEYS + 1))
    with pytest.raises(InputError, match=r"a\.jsonl:1: more than 1,000 different keys"):
        rows_of(tmp_path / "a.jsonl", json.dumps({f"k{number}": 1 for number in range(MOST_KEYS + 1)}))


# --- headers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["name", "", " "], ("name", "column 2", "column 3")),
        (["", "name"], ("column 1", "name")),
        (["name", "Name"], ("name", "Name")),
    ],
)
def test_a_column_without_a_name_is_called_by_its_place(header: list[str], expected: tuple[str, ...]) -> None:
    assert columns_of(Path("a.csv"), 1, header) == expected


def test_a_column_that_is_called_by_a_place_is_not_taken_for_another() -> None:
    with pytest.raises(InputError, match="column 'column 2' stands twice: rename one"):
        columns_of(Path("a.csv"), 1, ["name", "", "column 2"])


def test_a_wide_header_takes_no_longer_by_its_square() -> None:
    began = time.process_time()
    columns_of(Path("a.csv"), 1, [f"c{number}" for number in range(60_000)])
    assert time.process_time() - began < 5


@given(st.sets(st.builds(lambda times, column: "input_" * times + column, st.integers(0, 3),
                         st.sampled_from((*COLUMNS, "vendor", "")))))  # fmt: skip
def test_no_column_of_the_input_is_written_over(columns: set[str]) -> None:
    written = [*COLUMNS, *map(input_column, columns)]
    assert len(set(written)) == len(written)


def test_no_cell_of_the_input_is_lost(bundled: Screener, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,row,input_row,,\nHikvision,a,b,c,d\n", encoding="utf-8")
    screen_file(bundled, tmp_path / "a.csv", tmp_path / "out.csv", as_of=DAY)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    columns = ("name", "row", "input_row", "input_input_row", "column 4", "column 5")
    assert [row[column] for column in columns] == ["Hikvision", "2", "a", "b", "c", "d"]


# --- quotation marks -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('"Foo,US\nBar,FR\n', {2: None, 3: "Bar"}),
        ('"Foo,US\nBar,FR\n"Baz",DE\nLast,US\n', {2: None, 3: "Bar", 4: "Baz", 5: "Last"}),
        ('Foo,"US\nBar,FR\nBaz,",DE\n', {2: None, 3: "Bar", 4: None}),
        ('Foo,"US\n' + "Bar,FR\n" * 60, {2: None, **dict.fromkeys(range(3, 63), "Bar")}),
        ('Foo,"US\n' + "Bar,FR\n" * 49 + 'x"\nLast,US\n', {2: "Foo", 3: "Last"}),
        ('Foo,"a\nb"\n\n"Bar\nLtd",US\nLast,US\n', {2: "Foo", 3: "", 4: "Bar\nLtd", 5: "Last"}),
        ('Foo,"' + "x" * MOST_TEXT + '\nb"\nLast,US\n', {2: "Foo", 3: "Last"}),
        ('Foo,"a\n' + "x" * MOST_TEXT + "\nBar,US\n", {2: None, 3: "x" * MOST_TEXT, 4: "Bar"}),
        ('Foo,"' + "\n".join(['""'] * 60) + "\nLast,US\n", {2: None, **dict.fromkeys(range(3, 62), ""), 62: "Last"}),
    ],
)
def test_a_stray_quotation_mark_costs_one_row(tmp_path: Path, content: str, expected: dict[int, str | None]) -> None:
    rows = rows_of(tmp_path / "a.csv", f"name,c\n{content}")
    assert {row.number: None if row.fault else row.cells["name"] for row in rows} == expected


def test_lines_that_never_end_a_row_are_read_again_only_so_often(tmp_path: Path) -> None:
    began = time.process_time()
    rows = rows_of(tmp_path / "a.csv", 'name,c\n"x\n' + 'a","b\n' * 10_000)
    assert [row.number for row in rows if row.fault] == list(range(2, 10_003))
    assert rows[0].fault is not None
    assert "a row that does not end within 500 lines" in rows[0].fault
    assert time.process_time() - began < 60


def test_many_cells_over_many_lines_are_a_row(tmp_path: Path) -> None:
    cells = ["\n".join("abc")] * MOST_LINES
    line = ",".join(f'"{cell}"' for cell in cells)
    header = ",".join(["name", *map(str, range(1, MOST_LINES))])
    (row,) = rows_of(tmp_path / "a.csv", f"{header}\n{line}\n")
    assert list(row.cells.values()) == cells


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n\x00'), max_size=9)


@given(st.lists(st.tuples(_CELLS.filter(str.strip), _CELLS), min_size=1, max_size=70), st.data())
def test_a_quotation_mark_that_is_not_closed_changes_no_other_row(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    stray = data.draw(st.integers(0, len(rows) - 1))
    lines = [f"{name},{other}\r\n" for name, other in rows]
    lines[stray] = f'"{lines[stray]}'
    read = rows_of(tmp_path_factory.getbasetemp() / "stray.csv", f"name,c\r\n{''.join(lines)}")
    assert [row.number for row in read if row.fault] == [stray + 2]
    whole = [(row.number, *row.cells.values()) for row in read if not row.fault]
    assert whole == [(place + 2, *cells) for place, cells in enumerate(rows) if place != stray]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=2), max_size=9))
def test_every_row_that_is_written_well_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["name", "c"], *rows])
    read = rows_of(tmp_path_factory.getbasetemp() / "well.csv", stream.getvalue())
    assert [list(row.cells.values()) for row in read] == rows


@pytest.mark.parametrize(
    ("content", "outcome", "noted"),
    [
        ('id,name\n1,"Foo Ltd\n2,Hikvision\n3,Bar"\n', HIDDEN, f"'name' holds {SWALLOWED}"),
        ('name\n"Foo Ltd\nHikvision\nBar"\n', HIDDEN, f"'name' holds {SWALLOWED}"),
        ('id,name,country\n1,"Foo Ltd\nHikvision, Bar",FR\n', HIDDEN, f"'name' holds {SPREAD}"),
        ('vendor,notes\nAcme,"stray\nHikvision,bad\nBlue Heron,seen in 5"\n', HIDDEN, f"'notes' holds {SWALLOWED}"),
        ('vendor,notes\nAcme,"stray\nHikvision,5"\n', HIDDEN, f"'notes' holds {SWALLOWED}"),
        ('id,vendor,notes\n1,Acme,"stray\n2,Hikvision,\n3,Blue,5"\n', HIDDEN, f"'notes' holds {SWALLOWED}"),
        ('id, vendor\n"1, Acme\n2, Hikvision\n3", Bar\n', HIDDEN, f"'id' holds {SWALLOWED}"),
        ('vendor;notes\nAcme;"stray\nHikvision;2,5\nBlue;5"\n', HIDDEN, f"'notes' holds {SWALLOWED}"),
        (
            'id;name\n1;"Foo, Ltd\nQuorvex, Bar"\n',
            "clear",
            "the name has several lines, which were screened as one name",
        ),
        ('id;name\n1;"Foo, Ltd\nHikvision, Bar"\n', "alarm", "the name has several lines, which were screened as one"),
        ('id,name\n1,"Hikvision\nDigital Technology"\n', "alarm", "the name has several lines"),
        ('name,address\nHikvision,"5 Road\nParis, France"\n', "alarm", ""),
        ('name,address,country\nHikvision,"5 Road\nParis,France",FR\n', "alarm", ""),
        ('name,address,country\nHikvision,"5, Long Road\nFloor 3, Tower\n75001 Paris",FR\n', "alarm", ""),
        ('name,notes\nHikvision,"paid\n10,000 in all\nby card, late"\n', "alarm", ""),
        ('name,notes\nHikvision,"Dear all,\n\nthe parts, which we want,\nare here"\n', "alarm", ""),
        ('name,"country\n(ISO, 2 letters)"\nHikvision,CN\n', "alarm", ""),
    ],
)
def test_a_name_that_may_be_several_rows_is_told(
    outcomes: Callable[[Path], list[tuple[str, str]]], tmp_path: Path, content: str, outcome: str, noted: str
) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")
    ((came, note),) = outcomes(tmp_path / "a.csv")
    assert came == outcome
    assert note.startswith(noted)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            'vendor,"country\nHikvision,CN\nAcme 5",FR\nBlue Heron,DE\n',
            "1: the header cell that begins with 'country' holds",
        ),
        ('"vendor,country\nAcme 5",FR\nBlue Heron,DE\n', "1: the header cell that begins with 'vendor,country' holds"),
        ('"vendor\nHikvision\nAcme 5"\nBlue Heron\n', "1: the header cell that begins with 'vendor' holds"),
        ('vendor,"country\nAcme 5",FR\nBlue Heron,DE\n', "3: 2 cells under 3 columns of a header over several lines"),
    ],
)
def test_a_header_that_has_swallowed_rows_is_refused(tmp_path: Path, content: str, expected: str) -> None:
    with pytest.raises(InputError, match=r"look for a stray quotation mark, or put the header on one line$") as caught:
        rows_of(tmp_path / "a.csv", content)
    assert str(caught.value).startswith(f"{tmp_path / 'a.csv'}:{expected}")


def test_a_header_over_several_lines_is_read(tmp_path: Path) -> None:
    for below in ("", "\n", "Acme,FR,1\n", '"Ac\nme",FR,1\n'):
        rows_of(tmp_path / "a.csv", f'vendor,"country\ncode",vat\n{below}')
    assert rows_of(tmp_path / "a.csv", 'vendor,"a\nb"\nAcme,FR\n') == [Row(2, {"vendor": "Acme", "a\nb": "FR"})]


def test_a_header_with_a_stray_quotation_mark_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the header cannot be read: a cell that does not end within 50 lines"):
        rows_of(tmp_path / "a.csv", 'name,"c\n' + "x,y\n" * 100)


# --- files ---------------------------------------------------------------------------------------------


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(InputError, match=r"a\.csv: a pipe or a device is not a table"), open_table(tmp_path / "a.csv"):
        pass


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        *(
            (one, "is not an encoding of text files")
            for one in ("base64", "hex", "zip", "bz2", "rot13", "quopri", "uu")
        ),
        *((one, "is not an encoding of text files") for one in ("idna", "punycode", "undefined")),
        ("a\0b", "no encoding"),
        ("utf-16", r"a\.csv:1: not utf-16 \(UTF-16 stream does not start with BOM\): save the file as UTF-8"),
        ("utf-32", r"a\.csv:1: not utf-32"),
        ("ascii", r"a\.csv:3: not ascii: save"),
    ],
)
def test_an_encoding_that_the_file_is_not_in_is_one_line(tmp_path: Path, encoding: str, expected: str) -> None:
    (tmp_path / "a.csv").write_text("name\nx\nMüller\n", encoding="utf-8")
    with pytest.raises(InputError, match=expected) as caught, open_table(tmp_path / "a.csv", encoding):
        pass
    assert "\n" not in str(caught.value)


def _charts(path: Path, *, sheet: bool) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["Hikvision"])
    book.create_chartsheet("Chart", 0)
    if not sheet:
        book.remove(book["Sheet"])
    book.save(path)


def test_a_sheet_of_a_chart_is_passed_over(tmp_path: Path) -> None:
    _charts(tmp_path / "a.xlsx", sheet=True)
    with open_table(tmp_path / "a.xlsx") as table:
        assert list(table.rows) == [Row(2, {"name": "Hikvision"})]
    _charts(tmp_path / "b.xlsx", sheet=False)
    with pytest.raises(InputError, match="no sheet of it has cells, only charts"), open_table(tmp_path / "b.xlsx"):
        pass

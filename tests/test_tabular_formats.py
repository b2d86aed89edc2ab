"""Excel, Parquet and Arrow: in and out like the formats in text, and no formula anywhere."""

from __future__ import annotations

import importlib
import re
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanctionscreen.errors import InputError, MissingExtraError
from sanctionscreen.tabular import FORMULA, Row, neutral, open_table
from sanctionscreen.tabular import arrow as arrow_module
from sanctionscreen.tabular import excel as excel_module
from sanctionscreen.tabular.values import NO_VALUE, text_of
from sanctionscreen.tabular.writing import Form

openpyxl = pytest.importorskip("openpyxl")
pyarrow = pytest.importorskip("pyarrow")
parquet = importlib.import_module("pyarrow.parquet")

ENDINGS = (".xlsx", ".parquet", ".arrow", ".feather")


def rows_of(path: Path) -> list[Row]:
    with open_table(path) as table:
        return list(table.rows)


def write(path: Path, columns: tuple[str, ...], *records: dict[str, Any], types: dict[str, type] | None = None) -> None:
    """Write a table as it is written at the end of a run."""
    form = Form(path, columns, types or {})
    form.check()
    lines = path.with_name(f"{path.name}.part")
    lines.write_bytes(form.head() + form.lines(records))
    form.finish(lines)
    assert {one.name for one in path.parent.iterdir()} & {lines.name, f"{lines.name}.whole"} == set()


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("not read").append(["name"])
    book.save(path)
    return path


def arrow_file(path: Path, table: Any) -> Path:
    if path.suffix == ".parquet":
        parquet.write_table(table, path)
    else:
        with pyarrow.ipc.new_file(str(path), table.schema) as writer:
            writer.write_table(table)
    return path


# --- in ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""), ("", ""), (" x ", " x "), (7, "7"), (7.0, "7"), (7.5, "7.5"), (1e22, "10000000000000000000000"),
        (float("nan"), ""), (float("inf"), "inf"), (True, "true"), (Decimal("7.50"), "7.50"), (Decimal("7.00"), "7"),
        (Decimal("NaN"), ""), (Decimal("sNaN"), ""), (Decimal("1e5000"), "1E+5000"),
        (Decimal("1e999999999"), "1E+999999999"), (Decimal("Infinity"), "Infinity"),
        (date(1962, 3, 5), "1962-03-05"), (datetime(1962, 3, 5), "1962-03-05"),
        (datetime(1962, 3, 5, 7, 8), "1962-03-05T07:08:00"), (time(7, 8), "07:08:00"), (b"M\xfcller", "M\\xfcller"),
        (["a", 1], '["a", 1]'), ({"a": date(2020, 1, 1)}, '{"a": "2020-01-01"}'),
    ],
)  # fmt: skip
def test_a_value_is_read_as_text(value: object, expected: str) -> None:
    assert text_of(value) == expected


def test_a_number_that_is_too_long_for_python_has_a_text() -> None:
    assert (text_of(10**4_000), text_of(10**5_000)) == (str(10**4_000), hex(10**5_000))


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["name", " country ", "born"],
        ["Acme", "US", datetime(1962, 3, 5)],
        [None, None, None],
        ["海康", None, 7.0],
        ["a", "b", "c", "d"],
    )
    assert rows_of(path) == [
        Row(2, {"name": "Acme", "country": "US", "born": "1962-03-05"}, None, {"born": "a date"}),
        Row(3, {"name": "", "country": "", "born": ""}),
        Row(4, {"name": "海康", "country": "", "born": "7"}),
        Row(
            5,
            {"name": "a", "country": "b", "born": "c"},
            "4 cells under 3 columns: give every column a header, and delete a title above the header",
        ),
    ]
    assert rows_of(path)[1].blank


def two_sheets(path: Path, *first: list[Any]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    for row in first:
        book.active.append(row)
    for title, name in (("Vendors", "Acme"), ("Old", "Beta")):
        book.create_sheet(title)
        book[title].append(["name"])
        book[title].append([name])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("sheet", "unread", "names"),
    [
        (None, ("Vendors", "Old"), ["Omega"]),
        ("Cover", ("Vendors", "Old"), ["Omega"]),
        ("Vendors", ("Cover", "Old"), ["Acme"]),
        ("Old", ("Cover", "Vendors"), ["Beta"]),
    ],
)
def test_a_sheet_can_be_named_and_the_others_are_told(
    tmp_path: Path, sheet: str | None, unread: tuple[str, ...], names: list[str]
) -> None:
    path = two_sheets(tmp_path / "a.xlsx", ["name"], ["Omega"])
    with open_table(path, sheet=sheet) as table:
        assert [row.cells["name"] for row in table.rows] == names
        assert table.unread == unread


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "a.xlsx", [])
    elsewhere = r"or give another sheet with --sheet \(in Python, sheet=\): Vendors, Old$"
    with (
        pytest.raises(InputError, match=r"no sheet 'Vendor'; sheets: Cover, Vendors, Old$"),
        open_table(path, sheet="Vendor"),
    ):
        pass
    with pytest.raises(InputError, match=f"empty: the first row must name the columns; {elsewhere}"), open_table(path):
        pass


def test_only_a_workbook_has_sheets(tmp_path: Path) -> None:
    for name in ("a.csv", "a.parquet"):
        (tmp_path / name).write_text("name\n", encoding="utf-8")
        told = f"{name}: sheet 'Vendors': only a workbook, .xlsx, has sheets"
        with pytest.raises(InputError, match=told), open_table(tmp_path / name, sheet="Vendors"):
            pass


def test_the_header_of_a_workbook_is_its_first_row_with_anything_in_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.cell(3, 1, "name")
    book.active.cell(5, 1, "Acme")
    book.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [Row(4, {"name": ""}), Row(5, {"name": "Acme"})]


def test_a_formula_is_not_run_and_its_stored_value_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = ("<f>A1</f><v>7</v>", "<f>A1</f><v/>", "<f>A1</f>", '<f t="shared" si="0"/>', "<v/>", "")
    texts = (
        't="str"><f>A1</f><v>Acme</v>',
        't="str"><f>A1</f><v></v>',
        't="str"><f>A1</f>',
        't="e"><f>A1</f><v>#REF!</v>',
    )
    sheet(path, rows_of_cells(*(f"<c>{one}</c>" for one in cells), *(f"<c {one}</c>" for one in texts)))
    assert [(row.cells["name"], row.odd) for row in rows_of(path)] == [
        ("7", None), ("=A1", {"name": NO_VALUE}), ("=A1", {"name": NO_VALUE}), ("=", {"name": NO_VALUE}), ("", None),
        ("", None), ("Acme", None), ("", None), ("=A1", {"name": NO_VALUE}), ("#REF!", None),
    ]  # fmt: skip


def rows_of_cells(*cells: str) -> str:
    return "<row><c t='inlineStr'><is><t>name</t></is></c></row>" + "".join(f"<row>{cell}</row>" for cell in cells)


def sheet(path: Path, rows: str) -> None:
    """A workbook with a sheet of these rows, in XML."""
    write(path, ("name",))
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part).decode() for part in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = re.sub(
        "<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>", parts["xl/worksheets/sheet1.xml"]
    )
    with zipfile.ZipFile(path, "w") as archive:
        for part, text in parts.items():
            archive.writestr(part, text)


def named(name: str, place: str = "") -> str:
    place = f'r="{place}" ' if place else ""
    return f'<c {place}t="inlineStr"><is><t>{name}</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, "name"), (3, "Acme"), (2, "Hikvision")], "row 2 stands after row 3"),
        ([(1, "name"), (2, "Hikvision"), (2, "Acme")], "row 2 stands after row 2"),
        ([(1, "name"), (0, "Hikvision")], "row 0 is not one of 1 to 1,048,576"),
        ([(1, "name"), (-2, "Hikvision")], "row -2 is not one of 1 to 1,048,576"),
        ([(1, "name"), (1_048_577, "Hikvision")], "row 1048577 is not one of 1 to 1,048,576"),
        ([(2, "name"), (1, "Hikvision")], "row 1 stands after row 2"),
    ],
)
def test_a_sheet_whose_rows_are_not_in_order_is_refused(tmp_path: Path, rows: list[tuple[int, str]], told: str) -> None:
    path = tmp_path / "a.xlsx"
    sheet(path, "".join(f'<row r="{number}">{named(name)}</row>' for number, name in rows))
    with pytest.raises(InputError, match=rf"a\.xlsx: sheet 'hits': {told}: open it in Excel and save it again$"):
        rows_of(path)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (named("Hikvision", "A2") + named("Acme", "A2"), "row 2 has two cells in one place"),
        (named("Hikvision", "B2") + named("Acme", "A2") + named("x"), "row 2 has two cells in one place"),
        (named("Hikvision", "A5"), "row 2 has a cell of row 5"),
    ],
)
def test_cells_that_have_no_place_of_their_own_are_refused(tmp_path: Path, cells: str, told: str) -> None:
    sheet(tmp_path / "a.xlsx", f'<row r="1">{named("name")}{named("b")}</row><row r="2">{cells}</row>')
    with pytest.raises(InputError, match=rf"sheet 'hits': {told}: open it in Excel"):
        rows_of(tmp_path / "a.xlsx")


def test_cells_of_a_row_may_stand_in_any_order(tmp_path: Path) -> None:
    cells = named("FR", "B3") + named("Acme", "A3")
    sheet(
        tmp_path / "a.xlsx", f'<row>{named("name")}{named("b")}</row><row r="3">{cells}</row><row>{named("Beta")}</row>'
    )
    assert [(row.number, *row.cells.values()) for row in rows_of(tmp_path / "a.xlsx")] == [
        (2, "", ""),
        (3, "Acme", "FR"),
        (4, "Beta", ""),
    ]


def test_a_formula_without_a_value_is_not_blank_and_not_clear(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ["name", "country", "more"], ['="Hik"&"vision"'], ["Acme", "=1"], ["Acme", "FR", "=1"], []
    )
    told = [row.unreadable("name", ("name", "country")) for row in rows_of(path)]
    remedy = "open it in Excel and save it, so that the values are stored"
    assert told == [f"'name' holds {NO_VALUE}: {remedy}", f"'country' holds {NO_VALUE}: {remedy}", None]
    assert not any(row.blank for row in rows_of(path))


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_parquet_and_arrow_are_read(tmp_path: Path, ending: str) -> None:
    table = pyarrow.table(
        {"name": ["Acme", None], "n": [1, 2], "born": [date(1962, 3, 5), None], "list": [["a"], None]}
    )
    path = arrow_file(tmp_path / f"a{ending}", table)
    assert rows_of(path) == [
        Row(
            1,
            {"name": "Acme", "n": "1", "born": "1962-03-05", "list": '["a"]'},
            None,
            {"born": "a date", "list": "several values"},
        ),
        Row(2, {"name": "", "n": "2", "born": "", "list": ""}),
    ]


def test_an_arrow_stream_is_read(tmp_path: Path) -> None:
    table = pyarrow.table({"name": ["Acme"]})
    with pyarrow.ipc.new_stream(str(tmp_path / "a.arrow"), table.schema) as writer:
        writer.write_table(table)
    assert rows_of(tmp_path / "a.arrow") == [Row(1, {"name": "Acme"})]


@pytest.mark.parametrize("ending", [".xlsx", ".parquet", ".arrow"])
def test_reading_tells_how_far_it_has_come(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("name",), *({"name": f"n{number}"} for number in range(50)))
    with open_table(path) as table:
        seen = [table.position() for _ in table.rows]
    assert seen == sorted(seen)
    assert seen[-1] == 50 + (ending == ".xlsx")
    assert table.size in (0, seen[-1])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def _spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    path.write_bytes(data)


def _typed(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/more.xml", "<!DOCTYPE x>")


@pytest.mark.parametrize(
    ("ending", "spoil"),
    [
        *((ending, spoil) for ending in ENDINGS for spoil in (_cut, lambda path: path.write_bytes(b""), Path.unlink)),
        (".xlsx", lambda path: path.write_bytes(b"name\nAcme\n")),
        (".parquet", lambda path: path.write_bytes(b"PAR1" * 10)),
        (".xlsx", _typed),
        (".xlsx", _spoil),
        (".parquet", _spoil),
    ],
)
def test_a_file_that_is_damaged_is_refused_in_one_line(
    tmp_path: Path, ending: str, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("name",), *({"name": f"Vendor {number}"} for number in range(5_000)))
    spoil(path)
    with pytest.raises(InputError) as caught:
        rows_of(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("column", "offset"),
    [
        (["Acme", "Beta", "Gull"], (4, 8)),
        (["Acme", "Beta", "Gull"], (8, 12)),
        ([["a"] * 5, ["b"] * 6, None], (5, 11)),
        ([b"Acme", b"Beta", b"Gull"], (4, 8)),
    ],
)
@pytest.mark.parametrize("to", [3_000_000, 13, -1, -(2**31), 2**31 - 1])
@pytest.mark.parametrize("stream", [False, True])
def test_an_offset_that_points_elsewhere_is_refused(
    tmp_path: Path, column: list[Any], offset: tuple[int, int], to: int, stream: bool
) -> None:
    path, table = tmp_path / "a.arrow", pyarrow.table({"name": column})
    with (pyarrow.ipc.new_stream if stream else pyarrow.ipc.new_file)(str(path), table.schema) as writer:
        writer.write_table(table)
    data, was = path.read_bytes(), struct.pack("<2i", *offset)
    assert data.count(was) == 1
    path.write_bytes(data.replace(was, struct.pack("<2i", to, offset[1])))
    with pytest.raises(InputError, match=r"a\.arrow: cannot be read as an Arrow file, write it again: ") as caught:
        rows_of(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("ending", ENDINGS[1:])
def test_a_column_whose_name_is_no_text_is_refused(tmp_path: Path, ending: str) -> None:
    path = arrow_file(tmp_path / f"a{ending}", pyarrow.table({"vendors": ["Acme"]}))
    path.write_bytes(path.read_bytes().replace(b"vendors", b"\xff\xfe\xfd\xfc\xfb\xfa\xf9"))
    with pytest.raises(InputError, match=r"cannot be read as an? (Parquet|Arrow) file, write it again: "):
        rows_of(path)


@pytest.mark.parametrize(
    "error", [SystemError("a null without an error"), UnicodeDecodeError("utf-8", b"x", 0, 1, "y")]
)
def test_whatever_pyarrow_raises_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    path = arrow_file(tmp_path / "a.parquet", pyarrow.table({"name": ["Acme"]}))
    for name in ("_values", "_parquet"):
        monkeypatch.setattr(arrow_module, name, fails)
        with pytest.raises(InputError, match=r"a\.parquet: cannot be read as a Parquet"):
            rows_of(path)


def test_fewer_rows_than_a_file_says_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = arrow_file(tmp_path / "a.parquet", pyarrow.table({"name": ["Acme"]}))
    real = arrow_module._parquet
    monkeypatch.setattr(arrow_module, "_parquet", lambda *given: (*real(*given)[:2], 2))
    with pytest.raises(InputError, match="2 rows by its description, 1 in it"):
        rows_of(path)


@pytest.mark.parametrize(
    ("header", "told"),
    [([], "empty: the first row must name the columns"), (["n", "n"], "a.xlsx:1: column 'n' stands twice: rename one")],
)
def test_a_workbook_without_a_usable_header_is_refused(tmp_path: Path, header: list[str], told: str) -> None:
    path = workbook(tmp_path / "a.xlsx", header, ["x", "y"] if header else [])
    with pytest.raises(InputError, match=told):
        rows_of(path)


@pytest.mark.parametrize(
    ("columns", "told"), [([], "empty: it has no columns"), (["n", "n"], "column 'n' stands twice: rename one")]
)
def test_an_arrow_file_without_usable_columns_is_refused(tmp_path: Path, columns: list[str], told: str) -> None:
    table = pyarrow.Table.from_arrays([pyarrow.array(["x"])] * len(columns), names=columns)
    with pytest.raises(InputError, match=told):
        rows_of(arrow_file(tmp_path / "a.arrow", table))


# --- out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_written_is_read_back(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("row", "score", "name"), {"row": 2, "score": 0.93, "name": "海康"}, {"row": 3}, types=TYPES)
    assert [dict(row.cells) for row in rows_of(path)] == [
        {"row": "2", "score": "0.93", "name": "海康"},
        {"row": "3", "score": "", "name": ""},
    ]


TYPES: dict[str, type] = {"row": int, "score": float}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_without_rows_has_its_columns(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("row", "name"), types=TYPES)
    with open_table(path) as table:
        assert table.columns == ("row", "name")
        assert list(table.rows) == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_rows_are_the_same_bytes(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = set()
    for place, year in (("a", 2_000_000_000), ("b", 2_100_000_000)):
        monkeypatch.setattr("time.time", lambda year=year: float(year))
        (tmp_path / place).mkdir()
        write(tmp_path / place / f"a{ending}", ("name",), *({"name": f"n{number}"} for number in range(100)))
        written.add((tmp_path / place / f"a{ending}").read_bytes())
    assert len(written) == 1


def test_columns_of_numbers_have_their_types(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", ("row", "score", "name"), {"row": 2}, types=TYPES)
    assert [str(field.type) for field in parquet.read_schema(tmp_path / "a.parquet")] == ["int64", "double", "string"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(FORMULA).flatmap(lambda first: st.text(max_size=9).map(first.__add__)) | st.text()))
def test_no_cell_of_a_workbook_is_a_formula(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "law.xlsx"
    write(path, ("=name",), *({"=name": text} for text in texts))
    sheet = openpyxl.load_workbook(path).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(str(cell.value or "").startswith(FORMULA) for cell in cells)
    assert cells[0].value == "'=name"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "#REF!", "a\ufffeb", "x" * 40_000, " a\r\n<b>&"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_any_text_can_be_written(tmp_path: Path, ending: str, text: str) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("name",), {"name": text})
    (row,) = rows_of(path)
    assert row.cells["name"].startswith(text[0])
    assert ending != ".xlsx" or len(row.cells["name"]) <= excel_module.MOST_TEXT


def test_a_formula_hidden_in_an_escape_of_excel_is_none(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", ("name",), {"name": "_x003D_1+1"})
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"_x005F_x003D_1+1" in archive.read("xl/worksheets/sheet1.xml")


def test_a_formula_is_no_formula_in_parquet_and_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", ("name",), {"name": "=1+1"})
    assert rows_of(tmp_path / "a.parquet") == [Row(1, {"name": "=1+1"})]
    assert neutral("=1+1") == "'=1+1"


def test_more_rows_or_columns_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_module, "MOST_ROWS", 2)
    with pytest.raises(InputError, match=r"more than 2 rows, which no sheet holds: give \.csv or \.parquet"):
        write(tmp_path / "a.xlsx", ("name",), {"name": "a"}, {"name": "b"})
    with pytest.raises(InputError, match=r"more than 16,384 columns, which no sheet holds"):
        Form(tmp_path / "a.xlsx", tuple(map(str, range(20_000)))).check()


@pytest.mark.parametrize("ending", [".xlsx", ".parquet", ".arrow"])
def test_what_is_not_installed_is_named_before_any_work(
    tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{ending}"
    write(path, ("name",))
    missing = "openpyxl" if ending == ".xlsx" else "pyarrow"

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ImportError(name)
        return real(name, *rest)

    real = importlib.import_module
    monkeypatch.setattr(importlib, "import_module", without)
    extra = "excel" if ending == ".xlsx" else "arrow"
    with pytest.raises(MissingExtraError, match=rf'pip install "sanctionscreen\[{extra}\]"'):
        rows_of(path)
    if ending == ".xlsx":
        Form(path, ("name",)).check()  # which needs nothing
        return
    with pytest.raises(MissingExtraError, match=rf'pip install "sanctionscreen\[{extra}\]"'):
        Form(path, ("name",)).check()

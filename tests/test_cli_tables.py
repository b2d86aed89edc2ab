"""`sanctionscreen screen FILE`, as a user runs it."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.asking import told
from sanctionscreen.batch import part_of
from sanctionscreen.batch.drafts import Draft
from sanctionscreen.cli import main
from sanctionscreen.screening import Screener
from sanctionscreen.tabular.writing import Form

DAY = ["--as-of", "2022-05-20"]

POLICY = """
version: 1
required_lists: [eu]
rules:
- {rule: house-rule, why: We do not buy from them., effects: [], then: prohibited}
"""


class Run:
    """Runs the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: object) -> int:
        self.monkeypatch.setattr(sys, "argv", ["sanctionscreen", "screen", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        self.out, self.err = self.capsys.readouterr()
        self.out = " ".join(self.out.split())
        return int(left.value.code or 0)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return Run(monkeypatch, capsys)


@pytest.fixture
def vendors(tmp_path: Path) -> Path:
    path = tmp_path / "vendors.csv"
    path.write_text("vendor,land\nHikvision,China\nBlue Heron,FR\n???,\n", encoding="utf-8")
    return path


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_row_has_its_disposition_and_the_rule_that_decided_it(run: Run, vendors: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    assert run(vendors, "-o", out, "--all", *DAY) == 2
    rows = written(out)
    assert [row["disposition"] for row in rows] == ["escalate", "clear", "review"]
    assert [row["decided_by"] for row in rows] == ["forbidden-for-a-purpose", "no-hit", "not-screened"]
    assert rows[0]["decision"].startswith("Disposition: escalate — rule forbidden-for-a-purpose (")
    for column in ("disposition", "decided_by", "decision"):
        assert [row[f"hit_{column}"] for row in rows] == [rows[0][column], "", ""]
    nothing = Screener.load().screen("Blue Heron", as_of=date(2022, 5, 20)).decision
    assert nothing is not None
    assert rows[1]["decision"] == told(nothing)
    assert rows[2]["decision"].startswith("Disposition: review — rule not-screened (the name)")
    assert "Dispositions: 1 escalate, 1 review, 1 clear." in run.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--activity", "travel"], "outside-context"),
        (["--jurisdiction", "US", "--activity", "federal_contract"], "forbidden-for-a-purpose"),
    ],
)
def test_a_context_decides_of_a_table_too(
    run: Run, vendors: Path, tmp_path: Path, options: list[str], expected: str
) -> None:
    run(vendors, "-o", tmp_path / "hits.csv", *options, *DAY)
    assert written(tmp_path / "hits.csv")[0]["decided_by"] == expected


def test_the_numbers_of_a_table_find_their_party_or_say_why_not(run: Run, tmp_path: Path) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text("vendor,Tax ID,LEI\nZzz,91330000733796106P,\nZzz,,123\n", encoding="utf-8")
    assert run(vendors, "-o", out, "--all", *DAY) == 1
    rows = written(out)
    assert "The official identifier is the same: tax 91330000733796106P." in str(rows[0])
    assert "identifier lei 123 was not compared" in str(rows[1])
    assert rows[1]["disposition"] == "clear"


@pytest.mark.parametrize(
    ("blank", "told"),
    [(1, "1 clear. 1 blank row was passed over. Dispositions"), (3, "3 blank rows were passed over.")],
)
def test_blank_rows_are_counted(run: Run, tmp_path: Path, blank: int, told: str) -> None:
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("vendor,land\nBlue Heron,FR\n" + ",\n" * blank, encoding="utf-8")
    assert run(vendors, "-o", tmp_path / "hits.csv", *DAY) == 0
    assert told in run.out


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Blue Heron,Germny,\n", "1 clear row with something that was not understood or not compared: --all writes"),
        ("Blue Heron,Germny,\nBlue Heron,FR,123\nBlue Heron,FR,\nHikvision,Chna,\n", "2 clear rows with something"),
        ("Blue Heron,FR,\nHikvision,Chna,\n", None),
    ],
)
def test_clear_rows_that_were_not_screened_in_all_are_counted(
    run: Run, tmp_path: Path, rows: str, told: str | None
) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text(f"vendor,land,lei\n{rows}", encoding="utf-8")
    run(vendors, "-o", out, *DAY)
    assert (told or "Screened against") in run.out
    assert ("clear row" in run.out) == (told is not None)
    run(vendors, "-o", out, "--all", "--json", *DAY)
    assert json.loads(run.out)["noted"] == sum(row["outcome"] == "clear" and row["note"] != "" for row in written(out))


def test_history_is_counted_apart_from_hits(run: Run, tmp_path: Path) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text("vendor\nHikvision\n", encoding="utf-8")
    assert run(vendors, "-o", out, "--as-of", "2018-01-01") == 0
    assert "1 row: 1 with history only." in run.out
    assert f"{out.name}: 0 hits, 1 from history." in run.out
    assert run(vendors, "-o", out, *DAY) == 1
    assert f"{out.name}: 1 hit. " in run.out


def test_columns_that_are_not_used_are_named(run: Run, tmp_path: Path) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text("Lieferant;Umsatz;Land;;Ort;Rabatt\nHikvision;1;China;;Hangzhou;2\n", encoding="utf-8")
    assert run(vendors, "-o", out, *DAY) == 1
    assert "country from 'Land', address from 'Ort'. Not used: Umsatz, column 4, Rabatt." in run.out
    run(vendors, "-o", out, "--json", *DAY)
    assert json.loads(run.out)["unused"] == ["Umsatz", "column 4", "Rabatt"]
    vendors.write_text("Lieferant;Land\nHikvision;China\n", encoding="utf-8")
    assert run(vendors, "-o", out, *DAY) == 1
    assert "Not used" not in run.out


@pytest.mark.parametrize(
    ("header", "options", "told"),
    [
        ("street,city", [], "address from 'street, city'"),
        ("site,town", ["--address-column", "site", "--address-column", "town"], "address from 'site, town'"),
        ("site,plant", ["--address-column", "plant"], "address from 'plant'"),
    ],
)
def test_the_parts_of_an_address_are_read_for_places(
    run: Run, tmp_path: Path, header: str, options: list[str], told: str
) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text(f"name,{header},country\nQuiet Mill Ltd,5 Beijing Road,Urumqi,CN\n", encoding="utf-8")
    assert run(vendors, "-o", out, *options, "--as-of", "2024-01-01") == 1
    assert "1 row: 1 for review." in run.out
    assert told in run.out
    assert written(out)[0]["note"].startswith("The address names Urumqi")


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx"])
def test_a_first_name_without_a_header_is_not_lost(run: Run, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("openpyxl")
    vendors, out = tmp_path / f"vendors{ending}", tmp_path / "hits.csv"
    if ending == ".xlsx":
        form = Form(vendors, ("Hikvison",))
        lines = tmp_path / "lines"
        lines.write_bytes(form.lines([{"Hikvison": "Huawei"}]))
        form.finish(lines)
    else:
        vendors.write_text({".csv": "Hikvison\nHuawei\n", ".jsonl": '{"Hikvison": "Huawei"}\n'}[ending])
    assert run(vendors, "-o", out, *DAY) == 2
    assert f"{vendors}: the only column is called 'Hikvison', which is no known header of names" in run.err
    assert run(vendors, "-o", out, "--name-column", "Hikvison", *DAY) == 1


def test_the_sheets_of_a_workbook_that_were_not_read_are_told(run: Run, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    vendors, out = tmp_path / "vendors.xlsx", tmp_path / "hits.csv"
    book = openpyxl.Workbook()
    book.active.append(["Vendor list"])
    book.create_sheet("Vendors").append(["name"])
    book["Vendors"].append(["Hikvision"])
    book.save(vendors)
    assert run(vendors, "-o", out, *DAY) == 2
    assert "the only column is called 'Vendor list'" in run.err
    assert run.err.endswith("; or give another sheet with --sheet (in Python, sheet=): Vendors\n")
    assert run(vendors, "-o", out, "--name-column", "Vendor list", *DAY) == 0
    assert "Sheets not read: Vendors: give one with --sheet." in run.out
    assert run(vendors, "-o", out, "--sheet", "Vendors", *DAY) == 1
    assert "Sheets not read: Sheet: give one with --sheet." in run.out
    run(vendors, "-o", out, "--sheet", "Vendors", "--json", *DAY)
    assert json.loads(run.out)["unread"] == ["Sheet"]
    assert run(vendors, "-o", out, "--sheet", "Vendor", *DAY) == 2
    assert "no sheet 'Vendor'; sheets: Sheet, Vendors" in run.err
    assert run("Hikvision", "--sheet", "Vendors") == 2
    assert "--sheet is for a table only" in run.err


def test_a_policy_decides_of_a_table_too(run: Run, vendors: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(POLICY, encoding="utf-8")
    assert run(vendors, "-o", tmp_path / "hits.jsonl", "--policy", policy, "--all", *DAY) == 2
    first, second, _ = map(json.loads, (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines())
    assert first["decision"] == {
        "disposition": "prohibited",
        "rule": "house-rule",
        "why": "We do not buy from them.",
        "about": first["decision"]["about"],
    }
    assert first["hit_decision"] == first["decision"]
    assert (second["disposition"], second["hit_decision"]) == ("escalate", None)
    assert "Mind: Disposition: escalate — rule required-list-missing (eu)" in run.out


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--policy", "nowhere.yaml"], "nowhere.yaml"),
        (["--jurisdiction", "XX"], "'--jurisdiction': 'XX' is none of US"),
        (["--stakes", "s.csv"], "--stakes is for a name only"),
        (["--workers", "0"], "workers: 0: give 1 or more"),
        (["--checklist"], "--checklist is for a name only"),
        (["--kind", "person"], "--kind is for a name only; those of a table stand in its columns"),
    ],
)
def test_what_a_table_cannot_have_is_one_line(
    run: Run, vendors: Path, tmp_path: Path, options: list[str], expected: str
) -> None:
    assert run(vendors, "-o", tmp_path / "hits.csv", *options) == 2
    assert run.out == ""
    assert expected in run.err
    assert run.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == [vendors]


def test_workers_are_for_a_table_only(run: Run) -> None:
    assert run("Hikvision", "--workers", "2") == 2
    assert "Hikvision: --workers is for a table only" in run.err


READ = "give one of .csv, .tsv"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["vendors.csv"], "vendors.csv: say where its hits go, as in -o hits.csv"),
        (["nothere.csv"], "nothere.csv: cannot be read: No such file"),
        (["nothere.csv", "-o", "a.csv"], "nothere.csv: cannot be read: No such file"),
        (["vendors.csv.gz", "-o", "a.csv"], "vendors.csv.gz: cannot be read: No such file"),
        (["./nofile"], "nofile: cannot be read: No such file"),
        (["../nofile"], "../nofile: cannot be read: No such file"),
        (["/nowhere/nofile"], "/nowhere/nofile: cannot be read: No such file"),
        (["~/nofile"], "~/nofile: cannot be read: No such file"),
        (["dangling"], "dangling: cannot be read: No such file"),
        (["list.yaml"], f"list.yaml: .yaml is not a table: {READ}"),
        (["page.PDF", "-o", "a.csv"], f"page.PDF: .PDF is not a table: {READ}"),
        (["Huawei/x.unknown"], f"Huawei/x.unknown: .unknown is not a table: {READ}"),
        (["vendors"], f"vendors: a file without an ending is not a table: {READ}"),
        (["vendors", "-o", "a.csv"], '; for the name, put a space before it: " vendors"'),
        (["Huawei"], "Huawei: a folder is not a table: give a file, one of .csv, .tsv"),
        (["Huawei"], '; for the name, put a space before it: " Huawei"'),
        (["./Huawei"], "Huawei: a folder is not a table"),
        (["x" * 300 + ".csv"], "cannot be read: File name too long"),
    ],
)
def test_a_file_is_never_screened_as_a_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Huawei").mkdir()
    for name in ("vendors", "vendors.csv", "list.yaml", "page.PDF", "Huawei/x.unknown"):
        (tmp_path / name).write_text("name\nHikvision\n", encoding="utf-8")
    (tmp_path / "dangling").symlink_to("nowhere")
    assert run(*arguments) == 2
    assert run.out == ""
    assert expected in run.err
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    "name",
    [" Huawei", "Huawei", "A/S Huawei", "Huawei c/o Foo", "Huawei S.A.", "Huawei.com", "Huawei Technologies No. 5",
     "Huawei Technologies " * 20],
)  # fmt: skip
def test_a_name_stays_a_name(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    if name.startswith(" "):
        (tmp_path / "Huawei").mkdir()
    assert run(name, *DAY) in (0, 1)
    assert "as of 2022-05-20" in run.out


@pytest.mark.parametrize("ending", [".xlsx", ".parquet", ".arrow", ".tsv"])
def test_tables_of_every_format_go_in_and_out(run: Run, vendors: Path, tmp_path: Path, ending: str) -> None:
    if ending != ".tsv":
        pytest.importorskip("pyarrow")
        pytest.importorskip("openpyxl")
    first, second = tmp_path / f"first{ending}", tmp_path / "second.csv"
    assert run(vendors, "-o", first, "--all", *DAY) == 2
    assert run(first, "-o", second, "--name-column", "vendor", "--country-column", "land", *DAY) == 2
    assert [row["input_outcome"] for row in written(second)] == ["alarm", "not_screened"]
    assert [row["party_id"] for row in written(second)] == [written(second)[0]["input_party_id"], ""]


def test_a_run_that_was_broken_off_goes_on_and_says_so(
    run: Run, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanctionscreen.batch.files.CHUNK", 1)
    out = tmp_path / "hits.csv"

    def interrupt(draft: Draft, *made: Any) -> None:
        write(draft, *made)
        raise KeyboardInterrupt

    write = Draft.write
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "write", interrupt)
        assert run(vendors, "-o", out, *DAY) == 2
    assert run.err == (
        f"sanctionscreen: interrupted: {out} was not written; the same command goes on where it stopped\n"
    )
    assert run.out == ""
    assert part_of(out).exists()
    assert run(vendors, "-o", out, *DAY, "--all") == 2
    assert "Begun anew, not where an earlier run broke off: the settings changed." in run.out
    with monkeypatch.context() as patch:
        patch.setattr(Draft, "write", interrupt)
        run(vendors, "-o", out, *DAY)
    assert run(vendors, "-o", out, *DAY) == 2
    assert "Went on after row 1 of a run that was broken off." in run.out
    assert len(written(out)) == 2


def test_a_terminal_is_shown_how_far_it_is(
    run: Run, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(vendors, "-o", tmp_path / "hits.csv", *DAY) == 2
    assert run.err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(vendors, "-o", tmp_path / "hits.csv", *DAY) == 2
    assert "vendors.csv" in run.err
    assert "100%" in run.err


def test_an_interrupt_before_anything_was_done_leaves_nothing(
    run: Run, vendors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanctionscreen.batch.files.in_order", interrupt)
    assert run(vendors, "-o", tmp_path / "hits.csv", *DAY) == 2
    assert run.err == f"sanctionscreen: interrupted: {tmp_path / 'hits.csv'} was not written\n"
    assert list(tmp_path.iterdir()) == [vendors]

"""The command line, as a user runs it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import sanctionscreen
from sanctionscreen.cli import main
from sanctionscreen.cli.commands import app
from sanctionscreen.cli.console import read_date
from sanctionscreen.layout import columns
from sanctionscreen.screening import DEFAULT_CUTOFF
from sanctionscreen.snapshot import ENGINE

LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal,
         stale_after_days: 5, programs: [{id: P, title: P}]}
parties:
- id: eleanor
  kind: person
  names: [{name: "Eleanor Quillfeather [bold]", type: primary}]
  birth_dates: ["1962"]
  identifiers: [{type: passport, value: X1234567, country: FR}]
  listings: [{program: P, effective_date: 2020-01-01}]
"""


@pytest.fixture
def ours(tmp_path: Path) -> str:
    path = tmp_path / "ours.yaml"
    path.write_text(LIST, encoding="utf-8")
    return str(path)


class Run:
    """Runs the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        self.monkeypatch.setattr(sys, "argv", ["sanctionscreen", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        self.out, self.err = self.capsys.readouterr()
        return int(left.value.code or 0)

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    return Run(monkeypatch, capsys)


# --- screen a name -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["Hikvison"], 1, '1 hit for "Hikvison"'),
        (["Blue Heron Stationery"], 0, 'Clear: no hit for "Blue Heron Stationery"'),
        (["???"], 2, 'Not clear: "???"'),
        ([""], 2, 'Not clear: ""'),
        (["Hikvision", "--as-of", "2018-01-01"], 0, "A party of that name is known"),
        (["Hikvision", "--cutoff", "1"], 1, "at a cutoff of 1.00"),
        (["Hikvison", "--cutoff", "1"], 0, "Clear"),
        (["Hikvision", "--kind", "organization", "-c", "China", "-c", "FR"], 1, "The kind agrees"),
    ],
)
def test_a_name_is_screened(run: Run, arguments: list[str], code: int, expected: str) -> None:
    assert run("screen", *arguments) == code
    assert expected in " ".join(run.out.split())
    assert run.err == ""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--birth-date", "1962-03-05"], "The birth date agrees"),
        (["--birth-date", "1990"], "The birth date contradicts"),
        (["--identifier", "passport:FR:X1234567"], "The official identifier is the same"),
        (["--identifier", "passport:X1234567"], "The official identifier is the same"),
    ],
)
def test_facts_are_given_as_options(run: Run, ours: str, arguments: list[str], expected: str) -> None:
    assert run("screen", "Eleanor Quillfeather [bold]", "--lists", ours, *arguments) == 1
    assert expected in run.out


def test_json_is_the_result(run: Run) -> None:
    assert run("screen", "Hikvison", "--json", "--as-of", "2022-05-05") == 1
    result = run.json()
    assert result["query"]["name"] == "Hikvison"
    assert result["as_of"] == "2022-05-05"
    hit = result["hits"][0]
    assert sum(evidence["contribution"] for evidence in hit["evidence"]) == hit["points"]


def test_text_fits_eighty_columns_and_has_no_colour(run: Run) -> None:
    run("screen", "海康威視")
    assert "\x1b" not in run.out
    for line in run.out.splitlines():
        assert columns(line) <= 80 or len(line.split()) == 1


@pytest.mark.parametrize(
    "name", ["[red]Hikvision[/red]", "[link=http://x]Hikvision", "\x1b[31mHikvision", "\u202eHikvision"]
)
def test_names_are_never_markup(run: Run, name: str) -> None:
    run("screen", name)
    assert "\x1b" not in run.out
    assert "\u202e" not in run.out
    assert "red]" in run.out or "[red" not in name


def test_markup_in_a_list_is_text(run: Run, ours: str) -> None:
    assert run("screen", "Eleanor Quillfeather", "-l", ours) == 1
    assert "Eleanor Quillfeather [bold]" in run.out


# --- screen a table ------------------------------------------------------------------------------------


def test_a_table_is_screened(run: Run, tmp_path: Path) -> None:
    vendors, out = tmp_path / "vendors.csv", tmp_path / "hits.csv"
    vendors.write_text("vendor,land\nHikvison,China\nBlue Heron,FR\n", encoding="utf-8")
    assert run("screen", str(vendors), "-o", str(out), "--country-column", "land") == 1
    assert "2 rows: 1 with an alarm, 1 clear." in " ".join(run.out.split())
    assert run.err == ""
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["vendor"] for row in csv.DictReader(stream)] == ["Hikvison"]


@pytest.mark.parametrize(
    ("content", "code"), [("name\nBlue Heron\n", 0), ("name\nHikvison\n", 1), ("name\nHikvison\n?\n", 2), ("name\n", 0)]
)
def test_the_exit_code_tells_a_table_s_outcome(run: Run, tmp_path: Path, content: str, code: int) -> None:
    vendors = tmp_path / "vendors.csv"
    vendors.write_text(content, encoding="utf-8")
    assert run("screen", str(vendors), "-o", str(tmp_path / "hits.csv")) == code


def test_a_table_s_summary_is_json_on_request(run: Run, tmp_path: Path) -> None:
    vendors = tmp_path / "v.txt"
    vendors.write_text("Blue Heron\n?\n", encoding="utf-8")
    assert run("screen", str(vendors), "-o", str(tmp_path / "hits.jsonl"), "--json", "--all") == 2
    summary = run.json()
    assert summary["rows"] == 2
    assert summary["outcomes"]["not_screened"] == 1
    assert summary["lists"][0]["id"]
    assert summary["checksum"] == hashlib.sha256(vendors.read_bytes()).hexdigest()
    assert (summary["as_of"], summary["cutoff"], summary["settings"]) == (str(date.today()), 0.7, {})
    assert summary["engine"] == ENGINE
    assert len((tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()) == 2


# --- the other commands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["Hikvison", "Hikvision"], 1, "differs from"),
        (["Hikvision", "Zzyzx"], 0, "score 0.000"),
        (["Hikvison", "Hikvision", "--cutoff", "1"], 0, "differs from"),
        (["Hikvision", "Hikvision", "--cutoff", "1"], 1, "score 1.000"),
        (["Ivan Petrov", "Ivan Petrov", "--kind", "person"], 1, "score 1.000"),
    ],
)
def test_two_names_are_compared(run: Run, arguments: list[str], code: int, expected: str) -> None:
    assert run("compare", *arguments) == code
    assert expected in run.out


def test_a_comparison_is_json_on_request(run: Run) -> None:
    assert run("compare", "Hikvison", "Hikvision", "--json") == 1
    assert run.json()["score"] > 0.7


def test_lists_tell_their_age(run: Run, ours: str) -> None:
    assert run("lists", "-l", ours, "--as-of", "2022-05-20") == 0
    assert "19 stale" in run.out
    assert run("lists", "--json") == 0
    assert {one["id"] for one in run.json()} >= {"us-supply-chain"}


def test_sound_lists_are_sound(run: Run, ours: str) -> None:
    assert run("validate", ours) == 0
    assert "ours.yaml: sound: 1 party, 1 name, as of 2022-05-01" in run.out


def test_every_fault_of_a_list_is_one_line(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text(LIST.replace("kind: person", "kind: preson").replace('["1962"]', '["soon"]'), encoding="utf-8")
    assert run("validate", str(bad)) == 2
    assert run.out == ""
    lines = run.err.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"sanctionscreen: {bad}:") and " @ $." in line for line in lines)


def test_lists_are_compiled_and_screened(run: Run, ours: str, tmp_path: Path) -> None:
    snapshot = str(tmp_path / "ours.snapshot")
    assert run("compile", ours, "-o", snapshot) == 0
    assert "1 list, 1 party, 1 name" in run.out
    assert run("screen", "Eleanor Quilfeather", "-l", snapshot) == 1
    assert run("compile", "-o", str(tmp_path / "bundled.snapshot")) == 0


def test_the_schema_is_json_schema(run: Run) -> None:
    assert run("schema") == 0
    schema = run.json()
    assert schema["$schema"].endswith("2020-12/schema")
    assert {"header", "parties"} <= set(schema["properties"])


def test_editions_are_compared(run: Run, ours: str, tmp_path: Path) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(LIST.replace("id: eleanor", "id: another").replace("2022-05-01", "2023-05-01"), encoding="utf-8")
    assert run("diff", ours, str(later)) == 1
    assert "1 added, 1 removed, 0 changed" in run.out
    assert run("diff", ours, str(later), "--json") == 1
    assert [party["id"] for party in run.json()["added"]] == ["another"]
    assert run("diff", ours, str(later), "--table") == 1
    assert [line.split("\t")[:2] for line in run.out.splitlines()[1:]] == [["added", "another"], ["removed", "eleanor"]]
    assert "1 added, 1 removed, 0 changed" in run.err
    assert run("diff", ours, ours) == 0
    assert run("diff", ours, str(tmp_path)) == 2


@pytest.mark.parametrize("command", [["diff"], ["validate"], ["compile", "-o", "other.snapshot"]])
def test_where_lists_are_asked_for_a_snapshot_is_none(run: Run, ours: str, tmp_path: Path, command: list[str]) -> None:
    snapshot = str(tmp_path / "ours.snapshot")
    run("compile", ours, "-o", snapshot)
    assert run(command[0], ours, snapshot, *command[1:]) == 2
    why = "a compiled snapshot, where list files in YAML are asked for: name those that it was compiled from"
    assert run.err == f"sanctionscreen: {snapshot}: {why}\n"


def test_labelled_pairs_are_measured(run: Run, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("query,candidate,same\nHikvison,Hikvision,1\nBlue Heron,Hikvision,0\n", encoding="utf-8")
    assert run("evaluate", str(pairs)) == 0
    assert run.out.startswith("# Evaluation of pairs.csv")
    assert "1.000" in run.out
    assert run("evaluate", str(pairs), "--cutoff", "7") == 2


SDN = '36,"AEROCARIBBEAN AIRLINES",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'


def test_an_official_file_is_imported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sdn.csv").write_text(SDN, encoding="utf-8")
    out = tmp_path / "sdn.yaml"
    assert run("import", "ofac-csv", str(tmp_path / "sdn.csv"), "-o", str(out), "--as-of", "2021-07-07") == 0
    assert "as of 2021-07-07" in run.out
    assert "rows read" in run.out
    assert run("screen", "Aerocaribbean Airlines", "-l", str(out)) == 1


def test_oddities_of_an_import_are_told(run: Run, tmp_path: Path) -> None:
    rows = "".join(SDN.replace("36,", f"{uid},").replace('"CUBA"', '"NO-SUCH-PROGRAM"') for uid in range(1, 30))
    (tmp_path / "sdn.csv").write_text(rows.replace("-0- \r\n", '"DOB 99 Foo 1999."\r\n'), encoding="utf-8")
    out = str(tmp_path / "sdn.yaml")
    assert run("import", "ofac-csv", str(tmp_path / "sdn.csv"), "-o", out, "--as-of", "2021-07-07") == 0
    assert "oddities" in run.out
    assert run("import", "ofac-csv", str(tmp_path / "sdn.csv"), "-o", out, "--as-of", "2021-07-07", "--strict") == 2


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version") == 0
    assert run.out == f"sanctionscreen {sanctionscreen.__version__}\n"


def test_help_has_examples_and_fits_eighty_columns(run: Run) -> None:
    for command in [command.name for command in app.registered_commands]:
        assert run(str(command), "--help") == 0
        assert f"Examples:\n    sanctionscreen {command}" in run.out
        assert max(map(columns, run.out.splitlines())) <= 80
    assert "ofac-csv" in (run("import", "--help"), run.out)[1]


@pytest.mark.parametrize("group", [[], ["watch"]])
def test_commands_that_no_command_is_given_of_show_their_help(run: Run, group: list[str]) -> None:
    run(*group, "--help")
    helped = run.out
    assert run(*group) == 2
    assert (run.out, run.err) == ("", helped)


def test_an_example_on_several_lines_can_be_pasted(run: Run) -> None:
    for command in (["screen"], ["watch", "add"]):
        run(*command, "--help")
        _, _, examples = run.out.partition("Examples:\n")
        lines = examples.partition("\n\n")[0].splitlines()
        assert any(later.startswith("      ") for later in lines)
        for line, later in pairwise(lines):
            assert line.endswith(" \\") == later.startswith("      ")


def test_the_help_states_the_default_cutoff(run: Run) -> None:
    run("screen", "--help")
    assert f"{DEFAULT_CUTOFF} if not given" in " ".join(run.out.split())


# --- failures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["scren"], "No such command 'scren'. Did you mean 'screen', 'scan'?; see sanctionscreen --help"),
        (["screen"], "Missing argument 'NAME|FILE'; see sanctionscreen screen --help"),
        (["screen", "x", "--cutof", "0.8"], "--cutof (Possible options: --cutoff); see sanctionscreen screen --help"),
        (["compare", "x"], "Missing argument 'B'; see sanctionscreen compare --help"),
        (["watch", "ad"], "No such command 'ad'. Did you mean 'add'?; see sanctionscreen watch --help"),
        (["watch", "add", "x"], "Missing option '--output' / '-o'; see sanctionscreen watch add --help"),
        (["screen", "two", "words"], "unexpected extra argument"),
        (["screen", "x", "--kind", "company"], "for '--kind' / '-k': 'company' is not one of 'person'"),
        (["screen", "x", "--country", "Freedonia"], "'Freedonia' is no country that is known"),
        (["screen", "x", "--birth-date", "soon"], "not a date: 'soon'"),
        (["screen", "x", "--as-of", "soon"], "'soon' is not a day: write it as 2022-05-04"),
        (["screen", "x", "--identifier", "lei"], "'lei' is no identifier: write it as lei:"),
        (
            ["screen", "x", "-i", "usc:91330000733796106P"],
            "--identifier usc: no such type of number is known: did you mean",
        ),
        (["screen", "x", "-i", "foo:12345"], "--identifier foo: no such type of number is known: write lei, imo"),
        (["screen", "x", "--cutoff", "2"], "cutoff 2.0 is out of range"),
        (["compare", "Huawei", "Huawei", "--cutoff", "5"], "cutoff 5.0 is out of range: give one from 0.5 to 1"),
        (["compare", "Huawei", "Huawei", "--cutoff", "nan"], "cutoff nan is out of range"),
        (["compare", "Huawei", "Huawei", "--cutoff", "0.1", "--json"], "cutoff 0.1 is out of range"),
        (["compare", "???", "Huawei"], "the first name cannot be compared: it has no letters or digits that can be"),
        (["compare", "Huawei", " "], "the second name cannot be compared: it is blank"),
        (["compare", "", "", "--json"], "the first name cannot be compared: it is blank"),
        (["screen", "x", "--lists", "nowhere"], "sanctionscreen: nowhere: no such file or folder"),
        (["screen", "x", "--lists", "nowhere.snapshot"], "nowhere.snapshot"),
        (["screen", "x", "-o", "hits.csv"], "x: --output is for a table only, and no file has this name"),
        (["screen", "x", "--name-column", "n"], "x: --name-column is for a table only"),
        (["screen", "vendors.csv"], "vendors.csv: cannot be read: No such file"),
        (["screen", "vendors.csv", "-o", "hits.csv"], "vendors.csv: cannot be read: No such file"),
        (["validate", "nowhere"], "sanctionscreen: nowhere: no such file or folder"),
        (["compile", "-o", "x.bin"], "x.bin: a snapshot's name ends in .snapshot"),
        (["import", "ofac", "x", "-o", "y.yaml"], "no format 'ofac': did you mean"),
        (["import", "foo", "x", "-o", "y.yaml"], "no format 'foo': All: ofac-csv, "),
        (["import", "foo", "x", "-o", "y.yaml"], "opensanctions, table, all"),
        (["import", "al", "x", "-o", "y.yaml"], "did you mean 'all'?"),
        (["import", "csl", "nowhere.csv", "-o", "y.yaml"], "nowhere.csv"),
    ],
)
def test_a_failure_is_one_line_and_code_2(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    assert run.out == ""
    assert expected in run.err
    assert run.err.startswith("sanctionscreen: ")
    assert run.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def wrapped(cause: BaseException) -> RuntimeError:
    error = RuntimeError("Error calling __set_name__")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyboardInterrupt(), "interrupted: no file was left half written"),
        (wrapped(KeyboardInterrupt()), "interrupted: no file was left half written"),
        (OSError(28, "No space left on device", "x.csv"), "x.csv: No space left on device"),
        (RuntimeError("a\nb"), "RuntimeError: a b: this is a mistake of ours"),
    ],
)
def test_what_nobody_foresaw_is_one_line_too(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, expected: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("sanctionscreen.screening.Screener.load", fail)
    assert run("screen", "x") == 2
    assert expected in run.err
    assert run.err.count("\n") == 1


def test_a_day_is_read() -> None:
    assert read_date("2022-05-04").year == 2022


# --- as a process --------------------------------------------------------------------------------------


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "sanctionscreen", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def test_it_runs_as_a_module() -> None:
    done = process("compare", "Hikvison", "Hikvision")
    assert done.returncode == 1
    assert done.stderr == b""


def test_a_terminal_without_the_letters_gets_escapes() -> None:
    done = process("compare", "海康威視", "海康威视", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.returncode == 1
    assert rb"\u6d77" in done.stdout
    assert done.stderr == b""


def test_a_reader_who_has_had_enough_is_no_failure_worth_a_word() -> None:
    command = f"{sys.executable} -m sanctionscreen schema | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, check=True)  # noqa: S602  # a pipe of our own
    assert done.stdout == b"{\n"
    assert done.stderr == b""


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("name", "code"), [("Hikvision", 1), ("Blue Heron Stationery", 0), ("?", 2)])
def test_an_output_that_is_closed_is_one_that_nobody_reads(closed: str, name: str, code: int) -> None:
    command = f"{sys.executable} -m sanctionscreen screen '{name}' {closed}"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602  # a command of our own
    assert (done.returncode, done.stderr) == (code, b"")
    assert (b"Hikvision" in done.stdout) == (name == "Hikvision" and closed == "2>&-")


@pytest.mark.parametrize("module", ["sanctionscreen.cli.commands", "typer", "sanctionscreen.snapshot"])
@pytest.mark.parametrize("made", ["raise", "class Made: name = Pressed()"])
def test_an_interrupt_while_a_command_is_loaded_is_one_line(module: str, made: str) -> None:
    """Whatever is being imported as the key is pressed, of the command line or of the command."""
    interrupt = f"""
import os, signal, sys
class Pressed:
    def find_spec(self, name, *_):
        if name == {module!r}:
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt:
                {made}
    def __set_name__(self, *_):
        raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
sys.argv[1:] = ["compile", "-o", "nowhere.snapshot"]
from sanctionscreen.cli import main
main()
"""
    done = subprocess.run([sys.executable, "-c", interrupt], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"sanctionscreen: interrupted: no file was left half written\n"


def test_the_developer_mode_shows_a_mistake_of_ours() -> None:
    break_it = "import sanctionscreen.screening as s; s.Screener.load = None"
    code = f"import sys, sanctionscreen.cli as c; {break_it}; sys.argv[1:] = ['lists']; c.main()"
    done = subprocess.run([sys.executable, "-X", "dev", "-c", code], capture_output=True, check=False)
    assert b"Traceback" in done.stderr

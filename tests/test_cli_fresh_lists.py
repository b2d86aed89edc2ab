"""The commands that keep lists: `update`, `import all`, `lists --archive`, and the options about merging and age."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sanctionscreen.cli import main

SAMPLES = Path(__file__).parent / "importers" / "samples"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["sanctionscreen", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return command


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    folder = tmp_path / "mirror"
    (folder / "ca-sema").mkdir(parents=True)
    shutil.copy(next((SAMPLES / "canada").iterdir()), folder / "ca-sema" / "sema-lmes.xml")
    return folder


def test_update_dry_run_then_update_then_nothing_new(run: Run, mirror: Path, tmp_path: Path) -> None:
    to = tmp_path / "official"
    told = ["update", "ca-sema", "--mirror", mirror, "--as-of", "2024-01-23", "--to", to]
    code, out, _ = run(*told, "--dry-run")
    assert (code, "ca-sema  new" in out, to.exists()) == (1, True, False)
    code, out, err = run(*told)
    assert (code, "ca-sema  new" in out, err) == (0, True, "")
    code, out, _ = run(*told, "--dry-run")
    assert (code, "ca-sema  unchanged" in out) == (0, True)
    code, out, _ = run("lists", "-l", to / "lists.snapshot")
    assert (code, "ca-sema" in out) == (0, True)


def test_update_dry_run_shows_what_would_change(run: Run, mirror: Path, tmp_path: Path) -> None:
    told = ["update", "ca-sema", "--mirror", mirror, "--as-of", "2024-01-23", "--to", tmp_path / "official"]
    run(*told)
    file = mirror / "ca-sema" / "sema-lmes.xml"
    text = file.read_text(encoding="utf-8")
    name = text.partition("<LastName>")[2].partition("</LastName>")[0]
    file.write_text(text.replace(f"<LastName>{name}<", "<LastName>Quillfeather<", 1), encoding="utf-8")
    code, out, _ = run(*told, "--dry-run")
    assert code == 1
    assert "Quillfeather" in out.partition("\n# ")[2]


def test_update_tells_what_failed_in_one_line_and_in_its_exit_code(run: Run, mirror: Path, tmp_path: Path) -> None:
    told = ["update", "ca-sema", "au-dfat", "--mirror", mirror, "--to", tmp_path / "official"]
    code, out, err = run(*told, "--as-of", "2024-01-23")
    assert (code, "au-dfat  failed" in out, "ca-sema  new" in out) == (2, True, True)
    assert err.startswith("sanctionscreen: au-dfat: ")
    assert err.count("\n") == 1


def test_update_writes_beside_the_lists_of_a_checkout_and_not_into_them(
    run: Run, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("update", "ca-sema", "--mirror", mirror, "--as-of", "2024-01-23")[0] == 0
    assert list((tmp_path / "lists").iterdir()) == []
    code, _, err = run("screen", "Sea Star", "-l", "official")
    given = Path("official")
    said = f"give {given / 'lists'} or {given / 'lists.snapshot'} instead"
    assert (code, err.count("\n"), said in err) == (2, 1, True)
    assert [run("screen", "Sea Star", "-l", given / name)[0] for name in ("lists", "lists.snapshot")] == [1, 1]


def test_update_asks_of_when_the_files_of_a_folder_are(run: Run, mirror: Path, tmp_path: Path) -> None:
    told = ["update", "ca-sema", "--to", tmp_path / "official"]
    code, _, err = run(*told, "--mirror", mirror)
    said = "ca-sema: mirror/sema-lmes.xml: the file does not say of when it is: give --as-of YYYY-MM-DD"
    assert (code, err) == (2, f"sanctionscreen: {said}\n")
    code, out, err = run(*told, "--mirror", mirror, "--as-of", "2024-01-23")
    assert (code, "2024-01-23" in out, err) == (0, True, "")
    for where in ([], ["--mirror", "https://mirror.example"]):
        code, _, err = run(*told, *where, "--as-of", "2024-01-23")
        assert (code, err.count("\n"), "goes with a mirror that is a folder (--mirror DIR)" in err) == (2, 1, True)


def test_update_names_the_sources_there_are(run: Run, tmp_path: Path) -> None:
    code, _, err = run("update", "sdn", "--to", tmp_path)
    assert (code, "no source 'sdn': one of ofac-sdn, " in err) == (2, True)


def test_the_mirror_may_be_named_by_the_environment_or_a_file(
    run: Run, mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "sources.yaml"
    own.write_text(f"fetching: {{mirror: '{mirror}'}}", encoding="utf-8")
    told = ["update", "ca-sema", "--as-of", "2024-01-23"]
    assert run(*told, "--sources", own, "--to", tmp_path / "one")[0] == 0
    monkeypatch.setenv("SANCTIONSCREEN_MIRROR", str(mirror))
    assert run(*told, "--to", tmp_path / "two")[0] == 0
    code, _, err = run("update", "ca-sema", "--mirror", "http://mirror.example", "--proxy", "nowhere", "--to", tmp_path)
    assert (code, err.count("\n"), "the proxy has no address" in err) == (2, 1, True)


def test_a_past_screening_is_repeated_on_the_lists_of_its_day(run: Run, mirror: Path, tmp_path: Path) -> None:
    official, file = tmp_path / "official", mirror / "ca-sema" / "sema-lmes.xml"
    update = ["update", "ca-sema", "--mirror", mirror, "--to", official]
    run(*update, "--as-of", "2024-01-23")
    screen = ["screen", "Sea Star", "--as-of", "2024-03-01", "--json", "-l"]
    code, before, _ = run(*screen, official / "lists.snapshot")
    assert code == 1
    (tmp_path / "past.json").write_text(before, encoding="utf-8")

    file.write_text(file.read_text(encoding="utf-8").replace("SEA STAR", "QUILLFEATHER"), encoding="utf-8")
    assert run(*update, "--as-of", "2024-07-03")[::2] == (0, "")
    assert json.loads(run(*screen, official / "lists.snapshot")[1])["hits"] != json.loads(before)["hits"]

    archive, then = official / "archive", tmp_path / "past.snapshot"
    for which in (["--result", tmp_path / "past.json"], ["--as-of", "2024-03-01"]):
        assert run("compile", "--archive", archive, *which, "-o", then)[0] == 0
        again, past = json.loads(run(*screen, then)[1]), json.loads(before)
        for said in (*again["lists"], *past["lists"]):
            del said["file"]
        assert again == past


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["--archive", "{}"], "--archive goes with"),
        (["--as-of", "2024-01-01"], "--archive goes with"),
        (["--archive", "{}", "--as-of", "2024-01-01", "--result", "x.json"], "--archive goes with"),
        (["--archive", "{}", "--as-of", "1999-01-01"], "no edition of 1999-01-01 or before"),
        (["--archive", "{}", "--result", "{}/past.json"], "it names no lists"),
        (["--archive", "{}", "--result", "{}/other.json"], "no edition 000000000000 of ca-sema"),
        (["--archive", "{}", "--result", "{}/none.json"], "none.json: No such file"),
    ],
)
def test_past_editions_that_are_not_there_are_told(run: Run, tmp_path: Path, told: list[str], said: str) -> None:
    (tmp_path / "past.json").write_text('{"lists": 1}', encoding="utf-8")
    (tmp_path / "other.json").write_text('{"lists": [{"id": "ca-sema", "checksum": "000000000000"}]}', encoding="utf-8")
    code, _, err = run("compile", *(one.format(tmp_path) for one in told), "-o", tmp_path / "x.snapshot")
    assert (code, err.count("\n")) == (2, 1)
    assert said in err


def test_update_says_stale(run: Run, mirror: Path, tmp_path: Path) -> None:
    (mirror / "un-sc").mkdir()
    shutil.copy(next((SAMPLES / "un").iterdir()), mirror / "un-sc" / "consolidated.xml")
    code, out, _ = run("update", "un-sc", "--mirror", mirror, "--to", tmp_path / "official")
    assert (code, " stale" in out) == (0, True)
    screen = ["screen", "Quillfeather", "-l", tmp_path / "official" / "lists.snapshot"]
    assert run(*screen)[0] == 2
    code, out, err = run(*screen, "--fail-on-stale")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("sanctionscreen: stale: un-sc of ")


def test_an_imported_list_says_stale_as_one_that_was_fetched_does(run: Run, tmp_path: Path) -> None:
    sample = next((SAMPLES / "un").iterdir())
    assert run("import", "un", sample, "-o", tmp_path / "un.yaml")[0] == 0
    screen = ["screen", "Quillfeather", "-l", tmp_path / "un.yaml"]
    code, out, _ = run(*screen)
    assert (code, "stale" in out) == (2, True)
    code, _, err = run(*screen, "--fail-on-stale")
    assert (code, err.startswith("sanctionscreen: stale: un-sc of ")) == (2, True)


def test_import_all_prints_one_table(run: Run, tmp_path: Path) -> None:
    for name in ("canada", "un"):
        shutil.copytree(SAMPLES / name, tmp_path / "downloads" / name)
    (tmp_path / "downloads" / "notes.txt").write_text("x", encoding="utf-8")
    told = ["import", "all", tmp_path / "downloads", "-o", tmp_path / "official", "--as-of", "2024-05-03"]
    code, out, err = run(*told)
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    rows = {line[0]: [int(figure) for figure in line[-7:]] for line in lines if line[0] in ("canada", "un", "all")}
    assert rows["all"] == [one + other for one, other in zip(rows["canada"], rows["un"], strict=True)]
    assert max(map(len, out.splitlines())) <= 80
    assert "un-sc of " in out
    assert "No official lists: notes.txt" in out
    (tmp_path / "downloads" / "empty.xml").touch()
    code, _, err = run(*told)
    assert (code, "empty.xml" in err) == (2, True)
    shutil.rmtree(tmp_path / "downloads" / "un")
    code, out, _ = run("lists", "--archive", tmp_path / "official" / "archive")
    assert (code, len(out.splitlines())) == (0, 2)
    assert all(Path(line).is_file() for line in out.splitlines())
    code, out, _ = run("lists", "--archive", tmp_path / "official" / "archive", "--as-of", "1999-01-01", "--json")
    assert (code, json.loads(out)) == (0, [])


def test_import_all_tells_what_a_set_of_files_lacks(run: Run, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads" / "2024-05-03"
    shutil.copytree(SAMPLES / "ofac-csv", downloads)
    told = ["import", "all", downloads.parent, "-o"]
    assert "incomplete" not in run(*told, tmp_path / "whole")[1]
    (downloads / "alt.csv").unlink()
    code, out, err = run(*told, tmp_path / "official")
    assert (code, err) == (0, "")
    assert "no alt.csv beside sdn.csv: its aliases are not in this import" in " ".join(out.split())
    assert "(incomplete: no aliases)" in " ".join(out.split())
    out = run("screen", "Acme Airlines", "-l", tmp_path / "official" / "lists")[1]
    assert "(incomplete: no aliases)" in " ".join(out.split())


def test_a_file_that_was_cut_short_is_read_only_where_that_is_allowed(run: Run, tmp_path: Path) -> None:
    sample = SAMPLES / "opensanctions-simple" / "targets.simple.csv"
    (tmp_path / "downloads").mkdir()
    cut = tmp_path / "downloads" / "targets.simple.csv"
    cut.write_bytes(sample.read_bytes() + b'"NK-2","LegalEntity","Quill')
    told = ["import", "all", tmp_path / "downloads", "-o", tmp_path / "official"]
    code, _, err = run(*told)
    assert (code, "broken or cut short" in err) == (2, True)
    code, out, err = run(*told, "--allow-cut-short")
    assert (code, err) == (0, "")
    assert "the file ends in the middle of this row" in " ".join(out.split())
    code, out, _ = run("lists", "-l", tmp_path / "official" / "lists")
    assert "OpenSanctions export (incomplete: cut short)" in " ".join(out.split())
    code, _, err = run("import", "opensanctions", cut, "-o", tmp_path / "x.yaml", "--allow-cut-short", "--strict")
    assert (code, "the file ends in the middle of this row" in err) == (2, True)


def test_import_all_of_nothing_official_is_a_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert run("import", "all", tmp_path, "-o", tmp_path / "official")[0] == 2


ONE = """
header: {id: LIST, title: T, authority: A, publisher: P, as_of: 2026-01-01, licence: L}
parties:
- {id: ID, kind: organization, names: [{name: Quillfeather Robotics, type: primary}], listings: [{program: P}],
   identifiers: [{type: lei, value: 5493001KJTIIGC8Y1R12}]}
"""


def test_merging_is_told_and_undone(run: Run, tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    for name in ("one", "two"):
        (lists / f"{name}.yaml").write_text(ONE.replace("LIST", name).replace("ID", name), encoding="utf-8")
    code, out, _ = run("screen", "Quillfeather Robotics", "-l", lists, "--json")
    (hit,) = json.loads(out)["hits"]
    assert (code, len(hit["merged"])) == (1, 1)
    code, out, _ = run("screen", "Quillfeather Robotics", "-l", lists, "--json", "--no-merge")
    assert (code, len(json.loads(out)["hits"])) == (1, 2)
    snapshot = tmp_path / "all.snapshot"
    code, out, _ = run("compile", lists, "-o", snapshot)
    assert (code, "1 record merged" in out) == (0, True)
    assert run("screen", "Quillfeather Robotics", "-l", snapshot, "--no-merge")[0] == 2
    code, out, _ = run("compile", lists, "-o", snapshot, "--no-merge")
    assert (code, "merged" in out) == (0, False)

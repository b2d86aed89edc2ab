"""A folder of downloads becomes lists and an archive, and nothing goes unsaid."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import Fault, ListError, SourceError
from sanctionscreen.sources import archive, gathering
from sanctionscreen.sources.gathering import gather
from sanctionscreen.sources.loading import load_lists

SAMPLES = Path(__file__).resolve().parents[1] / "importers" / "samples"


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    for name in ("ofac-csv", "un", "canada"):
        shutil.copytree(SAMPLES / name, folder / name)
    (folder / "notes.txt").write_text("nothing official", encoding="utf-8")
    (folder / "empty.csv").touch()
    (folder / "README.md").write_text("Entity_LogicalId", encoding="utf-8")
    return folder


def test_every_official_file_is_imported_and_the_rest_is_told(downloads: Path, tmp_path: Path) -> None:
    found = gather(downloads, tmp_path / "out", as_of=date(2020, 1, 2))
    lists = {one.imported[0].id for one in found if one.imported}
    assert lists == {"ofac-sdn", "un-sc", "ca-sema"}
    assert {one.path.name: one.why for one in found if not one.imported and not one.why} == {"notes.txt": ""}
    assert [one.path.name for one in found if one.why] == ["empty.csv"]
    assert {one.header.id for one in load_lists([tmp_path / "out" / "lists"])} == lists
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"lists", "archive", ".lock"}


def test_the_latest_edition_is_the_list_and_every_one_is_kept(downloads: Path, tmp_path: Path) -> None:
    for day in ("2021-01-01", "2023-01-01", "2022-01-01"):
        shutil.copytree(SAMPLES / "ofac-csv", tmp_path / "days" / day)
    gather(tmp_path / "days", tmp_path / "out")
    (current,) = load_lists([tmp_path / "out" / "lists"])
    assert current.header.as_of == date(2023, 1, 1)
    kept = archive.editions(tmp_path / "out" / "archive")
    assert [str(one.as_of) for one in kept] == ["2021-01-01", "2022-01-01", "2023-01-01"]
    assert kept[-1].checksum == current.checksum[:12]


def written(folder: Path) -> dict[str, bytes]:
    """Every file that is no lock, as it is."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("files_done", range(3))
@pytest.mark.parametrize("error", [KeyboardInterrupt(), ListError([Fault("out", 0, "No space left on device")])])
def test_an_import_that_is_broken_off_changes_nothing(
    downloads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_done: int, error: BaseException
) -> None:
    out = tmp_path / "out"
    gather(downloads / "un", out, as_of=date(2020, 1, 2))
    before, left = written(out), [files_done]
    real = gathering.write_list

    def breaks_off(*given: Any) -> None:
        if not left[0]:
            raise error
        left[0] -= 1
        real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(gathering, "write_list", breaks_off)
        with pytest.raises(type(error)):
            gather(downloads, out, as_of=date(2020, 1, 2))
    assert written(out) == before
    gather(downloads, out, as_of=date(2020, 1, 2))
    gather(downloads, tmp_path / "whole", as_of=date(2020, 1, 2))
    assert written(out) == written(tmp_path / "whole")


def test_an_import_that_was_killed_is_cleared_away_or_finished_by_the_next(downloads: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in (".at-work-x/next/lists", ".decided/lists"):
        (out / name).mkdir(parents=True)
        (out / name / f"{name[1]}.yaml").write_text("as it was", encoding="utf-8")
    gather(downloads, out, as_of=date(2020, 1, 2))
    assert {path.name for path in out.iterdir()} == {"lists", "archive", ".lock"}
    assert (out / "lists" / "d.yaml").is_file()
    assert not (out / "lists" / "a.yaml").exists()


def test_an_edition_that_is_kept_already_stays_as_it_is(downloads: Path, tmp_path: Path) -> None:
    """Of two editions of a day the one kept later comes later, so to import the earlier again must not touch it."""
    gather(downloads, tmp_path, as_of=date(2020, 1, 2))
    for one in archive.editions(tmp_path / "archive"):
        os.utime(one.path, (0, 0))
    gather(downloads, tmp_path, as_of=date(2020, 1, 2))
    assert [one.path.stat().st_mtime for one in archive.editions(tmp_path / "archive")] == [0, 0, 0]


def test_strict_makes_an_oddity_a_failure_that_is_told(downloads: Path, tmp_path: Path) -> None:
    odd = downloads / "ofac-csv" / "sdn.csv"
    odd.write_bytes(odd.read_bytes().replace(b"DOB ", b"DOB 99 ", 1))
    (lax,) = [one for one in gather(downloads, tmp_path / "lax", as_of=date(2020, 1, 2)) if one.path == odd]
    (strict,) = [one for one in gather(downloads, tmp_path, as_of=date(2020, 1, 2), strict=True) if one.path == odd]
    assert lax.imported
    assert lax.imported[1].oddities
    assert strict.imported is None
    assert "look into it, or import without strict" in strict.why


def test_folders_that_cannot_be_are_one_line(downloads: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder"):
        gather(tmp_path / "none", tmp_path / "out")
    with pytest.raises(SourceError, match=r"File exists|Not a directory"):
        gather(downloads, downloads / "notes.txt")


#: Importer's report, parties: what `data/README.md` of the real files says of each, or an independent count.
REAL = {
    ("ofac-csv", "2021-07-07"): 8976,
    ("ofac-csv", "2024-05-03"): 14965,
    ("ofac-csv", "2018-04-06"): 639,
    ("ofac-xml", "2018-04-06"): 639,
    ("ofac-advanced", "2020-03-17"): 375,
    ("ofac-advanced", "2024-02-23"): 37,
    ("ofac-enhanced", "2025-01-10"): 443,
    ("bis-dpl", "2023-11-30"): 546,
    ("un", "2020-03-20"): 1014,
    ("eu", "2016-02-11"): 595,
    ("uk", "2016-02-12"): 463,
    ("canada", "2020-04-15"): 1369,
}


def test_one_call_imports_every_real_file(shared: Path, tmp_path: Path) -> None:
    found = gather(shared / "data", tmp_path, as_of=date(2021, 1, 1))
    parties = {
        (one.imported[1].format, str(one.imported[0].as_of)): one.imported[1].parties for one in found if one.imported
    }
    assert parties.items() >= REAL.items()
    assert {("csl", "2022-05-16"), ("uk", "2025-08-11"), ("opensanctions", "2024-03-14")} <= parties.keys()
    # This sample stops in the middle of a quoted record, and is refused rather than half read ...
    (cut,) = [one.path for one in found if one.why]
    assert cut.name == "targets.simple-sample.csv"
    # ... unless that is allowed, which the list itself says then.
    (read,) = gather(cut.parent, tmp_path / "cut", cut_short=True)[1:]
    assert read.imported
    assert (read.why, read.imported[1].parties, read.imported[1].cut_short) == ("", 218, 220)
    assert read.imported[0].title.endswith("(incomplete: cut short)")
    lists = {one.header.id: str(one.header.as_of) for one in load_lists([tmp_path / "lists"])}
    assert (lists["ofac-sdn"], lists["ofac-cons"], lists["csl"]) == ("2024-05-03", "2025-01-10", "2022-05-16")

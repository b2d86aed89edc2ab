"""Time and memory of importing every real list, of loading the SDN list, and of compiling all of them to one snapshot.

    python benchmarks/importing.py

The XML files at hand are small, and the first import of a process reads tables for a tenth of a second; so each of
them is measured a second time with its records repeated, every one under numbers of its own.

Each step runs in a process of its own, and its memory is the most that process ever held (`ru_maxrss`), with the
package itself in it. Each step is one run on one core. Times are of the clock, with whatever else the machine does,
and of the processor, which is what the rates are of.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from data import shared

from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.archive import editions
from sanctionscreen.sources.gathering import gather
from sanctionscreen.sources.importers import import_list
from sanctionscreen.sources.loading import LoadedList, load_lists
from sanctionscreen.sources.writing import write_list

#: For the two samples that do not say of when they are: older than the files that do.
UNDATED = date(2021, 1, 1)
#: Format and file of each real list.
FILES = (
    ("ofac-csv", "ofac/2021-07-07"),
    ("ofac-csv", "ofac/2024-05-03/sdn.csv.gz"),
    ("ofac-csv", "ofac/consolidated/cons_prim-2018-04-06.csv"),
    ("ofac-xml", "ofac/consolidated/consolidated-2018-04-06.xml"),
    ("ofac-advanced", "ofac/consolidated/cons_advanced-2020-03-17.xml"),
    ("ofac-advanced", "ofac/consolidated/sdn_advanced-sample-2024-02-23.xml"),
    ("ofac-enhanced", "ofac/consolidated/cons_enhanced-2025-01-10.zip"),
    ("csl", "csl/2022-05-16/consolidated.csv.gz"),
    ("bis-dpl", "bis/2023-11-30/dpl.txt"),
    ("un", "un/2020-03-20/consolidated.xml"),
    ("eu", "eu/2016-02-11/global_v0.xml"),
    ("uk", "uk/FCDO_SL-2025-08-11.ods"),
    ("uk", "uk/ConList-sample-2016-02-17.csv"),
    ("canada", "canada/2020-04-15/sema-lmes.xml"),
    ("opensanctions", "opensanctions/entities.ftm-sample.json"),
)
#: How often the records of the small XML files are repeated.
TIMES = 12
#: Of each, the elements that are repeated, and where the numbers stand that must differ.
REPEATED: dict[str, tuple[tuple[str, ...], str]] = {
    "ofac/consolidated/consolidated-2018-04-06.xml": (("sdnEntry",), r"(<uid>)(\d+)"),
    "ofac/consolidated/cons_advanced-2020-03-17.xml": (
        ("Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry"),
        r'(\b(?:ID|FixedRef|(?:Profile|Identity|Location|FeatureVersion|NamePartGroup|From-Profile|To-Profile)ID)=")(\d+)',
    ),
    "ofac/consolidated/cons_enhanced-2025-01-10.zip": (("entity",), r'(<entity id="|entityId=")(\d+)'),
    "un/2020-03-20/consolidated.xml": (("INDIVIDUAL",), r"(<DATAID>)(\d+)"),
    "eu/2016-02-11/global_v0.xml": (("ENTITY",), r'(<ENTITY Id=")(\d+)'),
}

Figures = dict[str, Any]


def main() -> None:
    """Measure, and print the tables in Markdown."""
    data = shared() / "data"
    print(
        "| Format | File | Parties | Names | Seconds | CPU s | Parties / CPU s | MB |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|"
    )
    for format_id, file in FILES:
        _print_rate(format_id, file, data / file)
    with tempfile.TemporaryDirectory() as folder:
        for format_id, file in FILES:
            if file in REPEATED:
                _print_rate(format_id, f"{file} x {TIMES}", repeated(data / file, Path(folder), *REPEATED[file]))
    print("\n| Step | Parties | Seconds | CPU s | MB in memory | MB on disk |\n|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        sdn, whole = str(Path(folder) / "sdn.yaml"), str(Path(folder) / "sdn.snapshot")
        for step in (
            ("write_sdn", str(data / "ofac/2021-07-07"), sdn),
            ("load_sdn", sdn),
            ("compile_one", sdn, whole),
            ("open_snapshot", whole),
            ("gather_all", str(data), folder),
            ("compile_all", folder, str(Path(folder) / "apart.snapshot"), ""),
            ("compile_all", folder, str(Path(folder) / "merged.snapshot"), "merge"),
            ("open_snapshot", str(Path(folder) / "merged.snapshot")),
        ):
            found = _apart(*step)
            print(
                f"| {found['what']} | {found['parties']:,} | {found['seconds']:.2f} | {found['cpu']:.2f} "
                f"| {found['megabytes']:.0f} | {found.get('size', 0) / 1e6:.1f} |",
                flush=True,
            )


def _print_rate(format_id: str, called: str, path: Path) -> None:
    found = _apart("read_one", format_id, str(path))
    print(
        f"| `{format_id}` | `{called}` | {found['parties']:,} | {found['names']:,} | {found['seconds']:.2f} "
        f"| {found['cpu']:.2f} | {found['parties'] / found['cpu']:,.0f} | {found['megabytes']:.0f} |",
        flush=True,
    )


def repeated(path: Path, folder: Path, elements: tuple[str, ...], numbers: str) -> Path:
    """Write the file with its records repeated, each time with other numbers, as plain XML."""
    text, done, target = _xml(path), 0, folder / f"{path.stem}.xml"
    with target.open("w", encoding="utf-8") as file:
        for element in elements:
            records = list(re.finditer(rf"<{element}[ >].*?</{element}>", text, re.DOTALL))
            start, end = records[0].start(), records[-1].end()
            file.write(text[done:start])
            for number in range(TIMES):
                file.write(re.sub(numbers, partial(_renumbered, number), text[start:end]))
            done = end
        file.write(text[done:])
    return target


def _renumbered(number: int, found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) + number * 10**9}"


def _xml(path: Path) -> str:
    if path.suffix != ".zip":
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as archive:
        return archive.read(archive.namelist()[0]).decode("utf-8-sig")


def _apart(*step: str) -> Figures:
    done = subprocess.run([sys.executable, __file__, *step], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def read_one(format_id: str, file: str) -> Figures:
    """Import a file."""
    return _timed(lambda: _counted(import_list(format_id, file).report))


def _counted(report: Any) -> Figures:
    return {"parties": report.parties, "names": report.total_names}


def write_sdn(folder: str, target: str) -> Figures:
    """Import the SDN list and write it as YAML."""

    def step() -> Figures:
        imported = import_list("ofac-csv", folder)
        write_list(imported.list_file, target)
        return {"what": "SDN of 2021: import and write YAML", "parties": imported.report.parties, "size": _size(target)}

    return _timed(step)


def load_sdn(path: str) -> Figures:
    """Load the YAML of the SDN list."""
    what = "SDN of 2021: load YAML"
    return _timed(lambda: {"what": what, "parties": len(load_lists([path])[0].parties), "size": _size(path)})


def compile_one(path: str, target: str) -> Figures:
    """Load and compile the SDN list."""

    def step() -> Figures:
        Snapshot.of(load_lists([path])).save(target)
        return {"what": "SDN of 2021: load and compile", "parties": len(Snapshot.open(target)), "size": _size(target)}

    return _timed(step)


def open_snapshot(path: str) -> Figures:
    """Open a snapshot and find its first party."""

    def step() -> Figures:
        snapshot = Snapshot.open(path)
        snapshot.party(0)
        return {"what": f"open `{Path(path).name}`", "parties": len(snapshot), "size": _size(path)}

    return _timed(step)


def gather_all(data: str, folder: str) -> Figures:
    """Import every file into a folder, as `sanctionscreen import all` does."""

    def step() -> Figures:
        found = gather(Path(data), Path(folder), as_of=UNDATED)
        parties = sum(one.imported[1].parties for one in found if one.imported)
        return {"what": "`import all`: every file to YAML, checked and archived", "parties": parties}

    return _timed(step)


def compile_all(folder: str, target: str, merge: str) -> Figures:
    """Compile every edition of every list together, each as a list of its own."""

    def step() -> Figures:
        lists = [
            _own(load_lists([one.path])[0], number) for number, one in enumerate(editions(Path(folder) / "archive"))
        ]
        Snapshot.of(lists, merge=bool(merge)).save(target)
        what = f"every edition together: load and compile, {'merged' if merge else 'not merged'}"
        return {"what": what, "parties": len(Snapshot.open(target)), "size": _size(target)}

    return _timed(step)


def _own(one: LoadedList, number: int) -> LoadedList:
    """The edition under an id that no other has."""
    header = one.header.model_copy(update={"id": f"{one.header.id}-{number}"})
    return LoadedList(header, one.parties, one.file, one.checksum)


def _timed(step: Callable[[], Figures]) -> Figures:
    started, worked = time.perf_counter(), time.process_time()
    found = step()
    times = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - worked}
    return {**found, **times, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _size(path: str) -> int:
    return Path(path).stat().st_size


STEPS = {
    one.__name__: one for one in (read_one, write_sdn, load_sdn, compile_one, open_snapshot, gather_all, compile_all)
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
    else:
        main()

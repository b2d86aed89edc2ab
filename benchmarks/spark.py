"""Screen a table on Spark and in one process, time both, and hold every row of one against the other.

    python benchmarks/spark.py                                 # 100,000 rows, two cores, SDN + CSL
    python benchmarks/spark.py --rows 1000000 --workers 4
    python benchmarks/spark.py --snapshot us.snapshot          # another list, compiled already

Rows are real names first (companies and people on no list, and one row in twenty near a listed name), then names made
of two of them with a letter changed; none twice, so that nothing is gained by remembering rows. One process asks
`Screener.screen_many` and writes nothing; Spark reads Parquet, screens, and writes whole answers to Parquet. Processor
time is told beside the clock's, since it depends less on what else the machine does: Java's and every worker's, without
the start of the session, as Linux counts it. Needs the extra `spark` and Java 17.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from math import ceil
from pathlib import Path
from random import Random
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from data import clean_companies, clean_persons, csl_parties, progress, read_csv, sdn_parties, shared
from pyspark.sql import SparkSession

from sanctionscreen.batch.judging import outcome
from sanctionscreen.records import ListedParty, ListHeader
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import LoadedList
from sanctionscreen.spark import screen

#: The day asked about: that of the newest list.
DAY = date(2022, 5, 16)

#: A table that is worth a cluster, in rows.
LARGE = 100_000_000

#: Answers that are held against one another: outcome, and the parties found with their points.
Answer = tuple[str, tuple[tuple[str, int], ...]]


class Spent(NamedTuple):
    """Seconds."""

    clock: float
    cpu: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, compare, and print the table."""
    options = _options(arguments)
    folder = shared()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as work:
        snapshot = options.snapshot or _compiled(folder, Path(work) / "us.snapshot")
        names = _names(folder, options.rows, options.seed)
        files = 4 * options.workers
        progress(f"  {len(names):,} names in {files} files")
        for part in range(files):
            rows = range(part * len(names) // files, (part + 1) * len(names) // files)
            table = pa.table({"row": list(rows), "name": names[rows.start : rows.stop]})
            Path(work, "in").mkdir(exist_ok=True)
            pq.write_table(table, Path(work, "in", f"{part}.parquet"))
        progress("  one process")
        alone, expected = _one_process(snapshot, names)
        progress("  Spark")
        start, together, found = _on_spark(snapshot, Path(work), options.workers)
    different = sum(one != other for one, other in zip(expected, found, strict=True))
    _show(options, alone, start, together, different)
    sys.exit(1 if different else 0)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2, help="cores that Spark may use")
    parser.add_argument("--snapshot", type=Path, help="SDN of 2021 and CSL of 2022 if not given, compiled first")
    parser.add_argument("--seed", type=int, default=20261122)
    return parser.parse_args(arguments)


def _compiled(folder: Path, path: Path) -> Path:
    progress("  compiling the lists")
    lists = [_list("sdn-2021", sdn_parties(folder)), _list("csl-2022", csl_parties(folder))]
    Snapshot.of(lists).save(path)
    return path


def _list(name: str, parties: tuple[ListedParty, ...]) -> LoadedList:
    header = ListHeader(id=name, title=name, authority="-", publisher="-", as_of="2022-05-16", licence="public domain")
    return LoadedList(header=header, parties=parties, file=name, checksum="-")


def _names(folder: Path, count: int, seed: int) -> list[str]:
    """Distinct names, the real ones first."""
    random = Random(seed)
    near = [row["query"] for row in read_csv(folder / "benchmarks" / "ofac_perturbed_queries.csv")]
    clean = [*clean_companies(folder), *clean_companies(folder, "world"), *clean_persons(folder)]
    real = list(dict.fromkeys([*random.sample(near, min(len(near), len(clean) // 19)), *clean]))
    random.shuffle(real)
    names = dict.fromkeys(real[:count])
    while len(names) < count:
        words = [*random.choice(real).split()[: random.randint(1, 3)], *random.choice(real).split()[-1:]]
        at = random.randrange(len(words))
        place = random.randrange(len(words[at]))
        words[at] = words[at][:place] + random.choice("abcdefghijklmnopqrstuvwxyz") + words[at][place + 1 :]
        names[" ".join(words)] = None
    return list(names)


def _one_process(snapshot: Path, names: Sequence[str]) -> tuple[Spent, list[Answer]]:
    """What it took, and the answers."""
    clock, cpu = time.perf_counter(), time.process_time()
    results = Screener([Snapshot.open(snapshot)]).screen_many(names, as_of=DAY, workers=1)
    answers = [(outcome(one), tuple((hit.listed_party.id, hit.points) for hit in one.hits)) for one in results]
    return Spent(time.perf_counter() - clock, time.process_time() - cpu), answers


def _on_spark(snapshot: Path, work: Path, workers: int) -> tuple[float, Spent, list[Answer]]:
    """Seconds until there was a session, what the job took, and the answers."""
    begin = time.perf_counter()
    session = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    clock, cpu = time.perf_counter(), _cpu_of_descendants()
    table = session.read.parquet(str(work / "in"))
    screen(table, snapshot=snapshot, name="name", as_of=DAY).write.parquet(str(work / "out"))
    spent = Spent(time.perf_counter() - clock, _cpu_of_descendants() - cpu)
    session.stop()
    rows = sorted(pq.read_table(work / "out").to_pylist(), key=lambda row: row["row"])
    return clock - begin, spent, [_answer(row["screening"]) for row in rows]


def _cpu_of_descendants() -> float:
    """Processor time of every process that this one started, and of those that they did; 0 where not Linux."""
    parents, ticks = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # one that ended just now
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            process = int(stat.parent.name)
            parents[process], ticks[process] = int(fields[1]), sum(map(int, fields[11:15]))
    found, new = set(), {os.getpid()}
    while new:
        new = {process for process, parent in parents.items() if parent in new}
        found |= new
    return sum(ticks[process] for process in found) / os.sysconf("SC_CLK_TCK")


def _answer(told: dict[str, object]) -> Answer:
    hits = told["hits"]
    assert isinstance(hits, list)  # noqa: S101  # for the type checker
    return str(told["outcome"]), tuple((hit["party_id"], round(hit["score"] * 1000)) for hit in hits)


def _show(options: argparse.Namespace, alone: Spent, start: float, together: Spent, different: int) -> None:
    rows, spark = options.rows, f"Spark local[{options.workers}]"
    print(f"{rows:,} rows")
    for what, spent in (("one process", alone), (spark, together)):
        speed = f"{rows / spent.clock:7,.0f} rows a second, {rows / spent.cpu:,.0f} a CPU second" if spent.cpu else ""
        print(f"  {what:<20} {spent.clock:8.1f} s {spent.cpu:8.1f} CPU s {speed}")
    print(f"  throughput of Spark against one process: {alone.clock / together.clock:.2f} times by the clock")
    print(f"  CPU time of a row, Spark against one process: {together.cpu / alone.cpu:.2f} times")
    if together.cpu:
        cores = LARGE / 3600 / (rows / together.cpu)
        print(f"  {LARGE:,} rows in an hour: {ceil(cores)} cores, or {ceil(cores * 4 / 3)} with a third more")
    print(f"  start of the session, not counted: {start:.1f} s")
    print(f"  rows that differ: {different:,}")


if __name__ == "__main__":
    main()

"""Screen a table on Spark and in one process, time both, and hold every row of one against the other.

    python benchmarks/spark.py                                 # 100,000 rows, two cores, SDN + CSL
    python benchmarks/spark.py --rows 1000000 --workers 4
    python benchmarks/spark.py --snapshot us.snapshot          # another list, compiled already

Rows are real names first (companies and people on no list, and one row in twenty near a listed name), then names made
of two of them with a letter changed; none twice, so that nothing is gained by remembering rows. One process asks
`Screener.screen` for each and writes nothing; Spark reads Parquet, screens, and writes whole answers to Parquet.
Needs the extra `spark` and Java 17.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
from data import clean_companies, clean_persons, csl_parties, progress, read_csv, sdn_parties, shared
from pyspark.sql import SparkSession

from sanctionscreen.records import ListedParty, ListHeader
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import LoadedList
from sanctionscreen.spark import screen

#: The day asked about: that of the newest list.
DAY = date(2022, 5, 16)

#: Answers that are held against one another: outcome, and the parties found with their points.
Answer = tuple[str, tuple[tuple[str, int], ...]]


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
        alone, cpu, expected = _one_process(snapshot, names)
        progress("  Spark")
        started, together, found = _on_spark(snapshot, Path(work), options.workers)
    different = sum(one != other for one, other in zip(expected, found, strict=True))
    _show(options, (alone, cpu, started, together), different)
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


def _one_process(snapshot: Path, names: Sequence[str]) -> tuple[float, float, list[Answer]]:
    """Seconds on the clock and of the processor, and the answers."""
    wall, cpu = time.perf_counter(), time.process_time()
    screener, answers = Screener([Snapshot.open(snapshot)]), []
    for result in screener.screen_many(names, as_of=DAY, workers=1):
        levels = {hit.level for hit in result.hits}
        first = "alarm" if "alarm" in levels else "review" if levels else ""
        rest = "not_screened" if result.not_screened else "history" if result.history else "clear"
        answers.append((first or rest, tuple((hit.listed_party.id, hit.points) for hit in result.hits)))
    return time.perf_counter() - wall, time.process_time() - cpu, answers


def _on_spark(snapshot: Path, work: Path, workers: int) -> tuple[float, float, list[Answer]]:
    """Seconds until there was a session, seconds of the job, and the answers."""
    begin = time.perf_counter()
    session = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    started = time.perf_counter()
    table = session.read.parquet(str(work / "in"))
    screen(table, snapshot=snapshot, name="name", as_of=DAY).write.parquet(str(work / "out"))
    ended = time.perf_counter()
    session.stop()
    rows = sorted(pq.read_table(work / "out").to_pylist(), key=lambda row: row["row"])
    return started - begin, ended - started, [_answer(row["screening"]) for row in rows]


def _answer(told: dict[str, object]) -> Answer:
    hits = told["hits"]
    assert isinstance(hits, list)  # noqa: S101  # for the type checker
    return str(told["outcome"]), tuple((hit["party_id"], round(hit["score"] * 1000)) for hit in hits)


def _show(options: argparse.Namespace, times: tuple[float, float, float, float], different: int) -> None:
    alone, cpu, started, together = times
    rows = options.rows
    print(f"{rows:,} rows")
    print(f"  one process           {alone:8.1f} s  {rows / alone:8,.0f} rows a second, {rows / cpu:,.0f} a CPU second")
    print(f"  Spark local[{options.workers}]        {together:8.1f} s  {rows / together:8,.0f} rows a second")
    print(f"  start of the session  {started:8.1f} s  not counted above")
    print(
        f"  Spark against one process {alone / together:.2f} times; with its start {alone / (started + together):.2f}"
    )
    print(f"  rows that differ      {different:8,}")


if __name__ == "__main__":
    main()

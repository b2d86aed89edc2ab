"""Time one query and many, ours beside brute force and beside peers, in one run.

```console
$ python benchmarks/speed.py                                  # everything: about half an hour on two cores
$ python benchmarks/speed.py --sizes 20000 200000 --queries 300 --rows 20000
$ python benchmarks/speed.py --plot docs/explanation/growth.svg   # also draws how cost grows (needs matplotlib)
```

Names are real first (OFAC SDN of 2021 and the Consolidated Screening List of 2022), then seeded variants of real ones.
Queries are listed names with typing errors, words dropped and added, and clean company names, half and half; each is
timed from its text, with words never seen before (caches are emptied before each of three passes over all, of which the
least counts). Trust ratios before absolute times.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from data import clean_companies, csl_names, sdn_names, shared
from peers import peers
from rapidfuzz import fuzz, process

from sanctionscreen.matching import weights
from sanctionscreen.matching.building import build
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.scoring import score
from sanctionscreen.names import parse
from sanctionscreen.records import Kind, ListedName, ListedParty, ListHeader, Listing
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import LoadedList

Named = tuple[str, Kind | None]

#: Names of larger lists are not kept beside the index, so brute force is not run on them.
MOST_KEPT = 250_000
#: Every query, lot and command is timed so many times, by ours and by peers alike, and the least time counts.
PASSES = 3
#: Listed names that nomenklatura is timed on; the time for all of them is scaled from it, and said to be.
PEER_SAMPLE = 300


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    options = _options(arguments)
    folder = shared()
    real = [*sdn_names(folder), *csl_names(folder)]
    queries = _queries(folder, options.queries, options.seed)
    print(f"{'names':>9} {'distinct':>9}  {'what':<46} {'median ms':>10} {'p95':>8} {'p99':>8} {'per s':>9}")
    medians: dict[int, float] = {}
    for size in sorted({len(real), *options.sizes}):
        medians[size] = _measure(_grown(real, size, options.seed), queries, options)
    print("how cost grows:", *(f"{size:,} names {each / medians[min(medians)]:.1f}" for size, each in medians.items()))
    if options.plot:
        _plot(medians, options.plot)
    with tempfile.TemporaryDirectory() as scratch:
        _whole_processes(real, _vendors(folder, options.rows, options.seed), Path(scratch))
    if options.large:
        with tempfile.TemporaryDirectory() as scratch:
            _opening(_compiled(_grown(real, options.large, options.seed), Path(scratch)), options.large)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[20_000, 200_000, 1_000_000], help="list sizes, in names"
    )
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--brute", type=int, default=6, help="queries timed by brute force of our own scorer")
    parser.add_argument("--rows", type=int, default=100_000, help="clean vendors screened as a file")
    parser.add_argument(
        "--large", type=int, default=1_000_000, help="names of a large snapshot that is opened; 0 for none"
    )
    parser.add_argument("--plot", type=Path, help="where to draw how cost grows")
    parser.add_argument("--seed", type=int, default=20261122)
    options = parser.parse_args(arguments)
    if options.plot and find_spec("matplotlib") is None:
        parser.error("--plot needs matplotlib: pip install matplotlib")
    return options


# --- names and queries -------------------------------------------------------------------------------------------


def _queries(folder: Path, count: int, seed: int) -> list[str]:
    """Half near listed names, half clean companies, mixed."""
    with (folder / "benchmarks" / "ofac_perturbed_queries.csv").open(encoding="utf-8", newline="") as file:
        near = [row["query"] for row in csv.DictReader(file)]
    random = Random(seed)
    mixed = random.sample(near, count // 2) + random.sample(clean_companies(folder), count // 2)
    random.shuffle(mixed)
    return mixed


def _grown(real: list[Named], size: int, seed: int) -> list[Named]:
    """Real names first; then each new one from two real ones, with one letter changed in a word."""
    random, names = Random(seed), real[:size]
    while len(names) < size:
        (one, kind), (other, _) = random.choice(real), random.choice(real)
        names.append(
            (_slipped([*one.split()[: random.randint(1, 3)], *other.split()[-random.randint(1, 2) :]], random), kind)
        )
    return names


def _vendors(folder: Path, count: int, seed: int) -> list[str]:
    """Clean companies first; then each new one from the words of two, with one letter changed."""
    random, clean = Random(seed), clean_companies(folder)
    names = clean[:count]
    while len(names) < count:
        one, other = random.choice(clean).split(), random.choice(clean).split()
        names.append(_slipped([*one[: random.randint(1, 2)], *other[-random.randint(1, 2) :]], random))
    return names


def _slipped(parts: list[str], random: Random) -> str:
    at = random.randrange(len(parts))
    place = random.randrange(len(parts[at]))
    parts[at] = parts[at][:place] + random.choice("abcdefghijklmnopqrstuvwxyz") + parts[at][place + 1 :]
    return " ".join(parts)


# --- one list size -------------------------------------------------------------------------------------------------


def _measure(names: list[Named], queries: list[str], options: argparse.Namespace) -> float:
    """Print the lines of one list size, and give the median of a search in milliseconds."""
    kept: list[PreparedName] = []
    started = time.perf_counter()
    arrays, tables = build((name, number, 0) for number, name in enumerate(_prepared(names, kept)))
    built = time.perf_counter() - started
    size = sum(array.nbytes for array in arrays.values()) / 1e6
    row = _Row(len(names), len({text for text, _ in names}))
    with get_context("spawn").Pool(1) as alone:  # what is kept for brute force is no part of a search
        unseen, seen, together = alone.apply(_searched, (arrays, tables, queries))
    del arrays
    ours = row.show("search, words not seen before", unseen)
    row.show("search, words seen before", seen)
    row.show("searched together, words not seen before", together)
    if kept:
        brute = row.show(f"brute force, same scorer ({options.brute} queries)", _brute(queries[: options.brute], kept))
        print(f"{'':>20}  brute force / search: {brute / ours:,.0f} times")
    _peers(row, names, queries[: max(3, options.brute // 2)])
    print(f"{'':>20}  built in {built:.1f} s; arrays {size:,.0f} MB\n", flush=True)
    return ours


def _searched(arrays: dict[str, Any], tables: dict[str, Any], queries: list[str]) -> tuple[list[float], ...]:
    """Time searches in a process that holds the index and nothing else, as a user's does."""
    index = Index(arrays, tables)
    gc.collect()
    gc.freeze()
    times = _times(queries, index, forget=True), _times(queries, index, forget=False)
    return *times, _together(queries, index)


def _prepared(names: list[Named], kept: list[PreparedName]) -> Iterable[PreparedName]:
    for text, kind in names:
        name = prepare(parse(text, kind))
        if len(names) <= MOST_KEPT:
            kept.append(name)
        yield name


class _Row:
    """A line of the table."""

    def __init__(self, names: int, distinct: int) -> None:
        self._names, self._distinct = names, distinct

    def show(self, what: str, times: list[float]) -> float:
        """Print the line, and give the median in milliseconds."""
        ordered = sorted(1000 * t for t in times)
        middle = median(ordered)
        p95, p99 = (ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0.95, 0.99))
        rate = 1000 * len(ordered) / sum(ordered)
        print(
            f"{self._names:>9,} {self._distinct:>9,}  {what:<46} {middle:>10.3f} {p95:>8.2f} {p99:>8.2f} {rate:>9,.0f}",
            flush=True,
        )
        return middle


def _timed(
    items: Sequence[Any], act: Callable[[Any], object], before: Callable[[], object] = lambda: None
) -> list[float]:
    """The least time that each item takes in some passes over all: what else the machine does is no part of it."""
    passes = []
    for _ in range(PASSES):
        before()
        times = []
        for item in items:
            started = time.perf_counter()
            act(item)
            times.append(time.perf_counter() - started)
        passes.append(times)
    return list(map(min, *passes))


def _times(queries: list[str], index: Index, *, forget: bool) -> list[float]:
    def ask(text: str) -> object:
        return index.search(prepare(parse(text)), weights.CUTOFF)

    if forget:
        return _timed(queries, ask, lambda: _forget(index))
    for text in queries:
        ask(text)
    return _timed(queries, ask)


def _together(queries: list[str], index: Index, size: int = 250) -> list[float]:
    """Time for each query of lots that are searched together."""

    def ask(lot: list[str]) -> object:
        return list(index.search_many([prepare(parse(text)) for text in lot], weights.CUTOFF))

    lots = [queries[first : first + size] for first in range(0, len(queries), size)]
    times = _timed(lots, ask, lambda: _forget(index))
    return [taken / len(lot) for lot, taken in zip(lots, times, strict=True) for _ in lot]


def _forget(index: Index) -> None:
    """Empty every cache that a word or a name can be remembered in: all that have a limit; tables have none."""
    index.forget()
    for name, module in list(sys.modules.items()):
        if name.startswith("sanctionscreen."):
            for value in vars(module).values():
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is not None:
                    value.cache_clear()


def _brute(queries: list[str], names: list[PreparedName]) -> list[float]:
    """Score every name, each prepared beforehand."""

    def ask(text: str) -> object:
        query = prepare(parse(text))
        return [found for name in names if (found := score(query, name)) and found.points >= weights.CUTOFF]

    return _timed(queries, ask)


def _peers(row: _Row, names: list[Named], queries: list[str]) -> None:
    """Other scorers, each against every name."""
    texts = [text for text, _ in names]
    for scorer in (fuzz.token_sort_ratio, fuzz.WRatio):
        times = _timed(queries, lambda q, s=scorer: process.extract(q, texts, scorer=s))
        row.show(f"rapidfuzz extract {scorer.__name__}", times)
    lot = queries * (100 // len(queries))
    (taken,) = _timed([lot], lambda some: process.cdist(some, texts, scorer=fuzz.token_sort_ratio, score_cutoff=70))
    row.show(f"rapidfuzz cdist token_sort_ratio, {len(lot)} at once", [taken / len(lot)])
    for name, points in peers().items():
        if name == "nomenklatura logic-v2":
            few = names[:PEER_SAMPLE]
            times = _timed(queries, lambda q, f=few, p=points: [p(q, text, kind) for text, kind in f])
            row.show(f"{name}, scaled from {len(few)} names", [t * len(names) / len(few) for t in times])


def _plot(medians: dict[int, float], path: Path) -> None:
    """Draw the median of a search by list size, beside a line that grows as the list does."""
    import matplotlib as mpl  # optional: `pip install matplotlib`

    mpl.use("svg")
    from matplotlib import pyplot

    mpl.rcParams["svg.hashsalt"] = "sanctionscreen"
    sizes, times = list(medians), list(medians.values())
    figure, axes = pyplot.subplots(figsize=(7, 4))
    axes.loglog(sizes, times, marker="o", label="search, words not seen before")
    axes.loglog(sizes, [times[0] * size / sizes[0] for size in sizes], linestyle=":", label="as the list grows")
    axes.set_xlabel("listed names")
    axes.set_ylabel("milliseconds, median")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


# --- whole processes -----------------------------------------------------------------------------------------------


_FIRST = r"""
import json, re, time
from pathlib import Path
from sanctionscreen.screening import Screener
started = time.perf_counter()
lists = Screener.load({path!r})
opened = time.perf_counter()
lists.screen("Hikvison")
found = time.perf_counter()
most = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]
mapped = re.search(r"{path}\n(?:.*\n)*?Rss:\s+(\d+)", Path("/proc/self/smaps").read_text())[1]
print(json.dumps([1e3 * (opened - started), 1e3 * (found - started), int(most) / 1e3, int(mapped) / 1e3]))
"""


def _opening(path: Path, names: int) -> None:
    """Print what it costs a process, after its imports, to open a snapshot and to screen one name."""
    command = [sys.executable, "-c", _FIRST.format(path=str(path))]
    runs = [json.loads(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(5)]
    opened, found, most, mapped = map(min, zip(*runs, strict=True))
    print(f"a snapshot of {names:,} names, {path.stat().st_size / 1e6:.0f} MB; best of five")
    print(f"  open it                                  {opened:8.0f} ms")
    print(f"  open it and screen one name              {found:8.0f} ms")
    print(
        f"  the most memory held                     {most:8.0f} MB, {mapped:.0f} of it the file's, shared", flush=True
    )


def _whole_processes(real: list[Named], vendors: list[str], scratch: Path) -> None:
    """Opening, importing, the command, and a file of vendors."""
    path = _compiled(real, scratch)
    _opening(path, len(real))
    print("whole processes on it; best of nine")
    for what, code in (("python -c pass", "pass"), ("import sanctionscreen", "import sanctionscreen")):
        print(f"  {what:<40} {1000 * min(_process([sys.executable, '-c', code])):8.0f} ms")
    command = [sys.executable, "-m", "sanctionscreen", "screen", "--lists", str(path)]
    print(
        f"  sanctionscreen screen NAME               {1000 * min(_process([*command, 'Hikvison'])):8.0f} ms", flush=True
    )
    table, out = scratch / "vendors.csv", scratch / "hits.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([vendor] for vendor in vendors)])
    for workers in (1, 2):
        taken, most = _run([*command, str(table), "-o", str(out), "--workers", str(workers)])
        out.unlink(missing_ok=True)
        done = f"{taken:.1f} s, {len(vendors) / taken:,.0f} a second, {most:,.0f} MB in one process"
        print(f"  screen {len(vendors):,} vendors with {workers} at work: {done}", flush=True)


def _compiled(real: list[Named], scratch: Path) -> Path:
    header = ListHeader(
        id="speed", title="Speed", authority="none", publisher="none", as_of="2022-05-16", licence="public domain"
    )
    parties = tuple(
        ListedParty(
            id=f"n{i}", kind=kind or "organization", names=(ListedName(name=text),), listings=(Listing(program="X"),)
        )
        for i, (text, kind) in enumerate(real)
        if text.strip()
    )
    path = scratch / "all.snapshot"
    Snapshot.of([LoadedList(header=header, parties=parties, file="all", checksum="-")]).save(path)
    return path


def _process(command: list[str]) -> list[float]:
    return _timed([""] * 3, lambda _: subprocess.run(command, capture_output=True, check=False))


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds that a command takes, and the most megabytes that one of its processes holds."""
    watched = (
        "import json, resource, subprocess, sys, time\nt = time.perf_counter()\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(json.dumps([time.perf_counter() - t, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000]))"
    )
    run = subprocess.run([sys.executable, "-c", watched, *command], capture_output=True, check=True, text=True)
    taken, most = json.loads(run.stdout)
    return taken, most


if __name__ == "__main__":
    main()

"""Time one query and many, ours beside brute force and beside rapidfuzz, in one run.

    python benchmarks/speed.py                       # the official lists in ../shared, then grown to 20k / 200k names
    python benchmarks/speed.py --sizes 20000 200000 1000000 --queries 1000

Names are real first (OFAC SDN of 2021 and the Consolidated Screening List of 2022), then seeded variants of real ones.
Queries are listed names with typing errors, words dropped and added, and clean company names, half and half; each is
timed from its text, with words never seen before (caches are emptied). Trust ratios before absolute times.
"""

from __future__ import annotations

import argparse
import csv
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import median

from data import clean_companies, csl_names, sdn_names, shared
from rapidfuzz import fuzz, process

from sanctionscreen.matching import prepared as preparing
from sanctionscreen.matching import similarity, weights, words
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.scoring import score
from sanctionscreen.names import parse
from sanctionscreen.records import Kind, ListedName, ListedParty, ListHeader, Listing
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import LoadedList

Named = tuple[str, Kind | None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    options = _options(arguments)
    folder = shared()
    real = [*sdn_names(folder), *csl_names(folder)]
    queries = _queries(folder, options.queries, options.seed)
    print(f"{'names':>9} {'distinct':>9}  {'what':<44} {'median ms':>10} {'p95':>8} {'p99':>8} {'per s':>9}")
    for size in [len(real), *options.sizes]:
        _measure(_grown(real, size, options.seed), queries, options)
    print("\nstart-up, whole processes, best of five")
    _start_up(real)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[20_000, 200_000], help="list sizes, in names")
    parser.add_argument("--queries", type=int, default=600)
    parser.add_argument("--brute", type=int, default=6, help="queries timed by brute force of our own scorer")
    parser.add_argument("--seed", type=int, default=20261122)
    return parser.parse_args(arguments)


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
        mixed = [*one.split()[: random.randint(1, 3)], *other.split()[-random.randint(1, 2) :]]
        at = random.randrange(len(mixed))
        place = random.randrange(len(mixed[at]))
        mixed[at] = mixed[at][:place] + random.choice("abcdefghijklmnopqrstuvwxyz") + mixed[at][place + 1 :]
        names.append((" ".join(mixed), kind))
    return names


def _measure(names: list[Named], queries: list[str], options: argparse.Namespace) -> None:
    started = time.perf_counter()
    prepared = [prepare(parse(text, kind)) for text, kind in names]
    index = Index.of((name, number, 0) for number, name in enumerate(prepared))
    built = time.perf_counter() - started
    gc.collect()
    gc.freeze()  # the names kept for brute force are no part of a search
    row = _Row(len(names), len({text for text, _ in names}))
    ours = row.show("search, words not seen before", _times(queries, index, forget=True))
    row.show("search, words seen before", _times(queries, index, forget=False))
    brute = row.show(f"brute force, same scorer ({options.brute} queries)", _brute(queries[: options.brute], prepared))
    texts = [text for text, _ in names]
    for scorer in (fuzz.token_sort_ratio, fuzz.WRatio):
        few = queries[: max(3, options.brute // 2)]
        row.show(
            f"rapidfuzz extract {scorer.__name__}", _timed(few, lambda q, s=scorer: process.extract(q, texts, scorer=s))
        )
    size = sum(array.nbytes for array in index.arrays.values()) / 1e6
    print(f"{'':>20}  brute force / search: {brute / ours:,.0f} times; built in {built:.1f} s; arrays {size:,.0f} MB\n")


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
            f"{self._names:>9,} {self._distinct:>9,}  {what:<44} {middle:>10.3f} {p95:>8.2f} {p99:>8.2f} {rate:>9,.0f}",
            flush=True,
        )
        return middle


def _timed(items: Iterable[str], act: Callable[[str], object]) -> list[float]:
    times = []
    for item in items:
        started = time.perf_counter()
        act(item)
        times.append(time.perf_counter() - started)
    return times


def _times(queries: list[str], index: Index, *, forget: bool) -> list[float]:
    def ask(text: str) -> object:
        return index.search(prepare(parse(text)), weights.CUTOFF)

    if not forget:
        for text in queries:
            ask(text)
        return _timed(queries, ask)
    _forget(index)
    return _timed(queries, ask)


def _forget(index: Index) -> None:
    """Empty every cache that a word or a name can be remembered in."""
    index.forget()
    similarity.alike.cache_clear()
    words.make_word.cache_clear()
    preparing.prepare_text.cache_clear()


def _brute(queries: list[str], names: list[PreparedName]) -> list[float]:
    """Score every name, each prepared beforehand."""

    def ask(text: str) -> object:
        query = prepare(parse(text))
        return [found for name in names if (found := score(query, name)) and found.points >= weights.CUTOFF]

    return _timed(queries, ask)


def _start_up(real: list[Named]) -> None:
    """Importing the package, opening the compiled lists, and the whole command."""
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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.snapshot"
        Snapshot.of([LoadedList(header=header, parties=parties, file="all", checksum="-")]).save(path)
        print(f"  snapshot of {len(parties):,} names: {path.stat().st_size / 1e6:.0f} MB")
        opened = _timed(["x"] * 5, lambda _: Screener.load(path))
        print(f"  open the snapshot                        {1000 * min(opened):8.0f} ms")
        first = _timed(["Hikvison"] * 5, lambda text: Screener.load(path).screen(text))
        print(f"  open it and screen one name              {1000 * min(first):8.0f} ms")
        for what, code in (("python -c pass", "pass"), ("import sanctionscreen", "import sanctionscreen")):
            print(f"  {what:<40} {1000 * min(_process([sys.executable, '-c', code])):8.0f} ms")
        command = [sys.executable, "-m", "sanctionscreen", "screen", "Hikvison", "--lists", str(path)]
        print(f"  sanctionscreen screen NAME               {1000 * min(_process(command)):8.0f} ms")


def _process(command: list[str]) -> list[float]:
    return _timed([""] * 5, lambda _: subprocess.run(command, capture_output=True, check=False))


if __name__ == "__main__":
    main()

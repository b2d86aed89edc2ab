"""Sections that take real lists: perturbed queries, and aliases hidden one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import data
import numpy as np
from data import HELD_OUT, half, progress, read_csv, sampled
from peers import RAPIDFUZZ, first_of
from report import Figure, Section
from tally import HALVES, WORST, Tally, best_of

from sanctionscreen.hits import FULL
from sanctionscreen.matching import compare, weights
from sanctionscreen.names import Role, parse
from sanctionscreen.names.scripts import dominant_script
from sanctionscreen.records import Kind, ListedParty
from sanctionscreen.sources.importers import import_list

_KINDS: dict[str, Kind] = {"person": "person", "entity": "organization"}


# --- perturbed queries ---------------------------------------------------------------------------------------

_TEN = 10
_PEER_QUERIES = 40


def perturbed(folder: Path, most: int | None) -> list[Section]:
    """The queries made from the SDN list: is the party first, in the first ten, at the full score?"""
    section = Section("ofac_perturbed_queries.csv against the SDN list of 2021")
    section.say(
        "Rank 1 counts ties with another party as right, since its name fits the query as well. `Full` is the "
        "share that scores 1.0. The query's kind is given. Other engines' ranks are measured without a cutoff: the "
        f"nearest to that is the lowest cutoff here, {weights.LOWEST_CUTOFF / FULL}."
    )
    listed = data.listed(folder, csl=False)
    uid = {party.listings[0].reference: i for i, party in enumerate(listed.parties)}
    rows = sampled(read_csv(folder / "benchmarks/ofac_perturbed_queries.csv"), lambda r: r["uid"] + r["query"], most)
    progress(f"  {len(rows)} queries")
    first, ten, full, low, low_ten = (Tally() for _ in range(5))
    for row in rows:
        right, group, which = uid[row["uid"]], row["kind"], half(row["uid"])
        best = listed.best(row["query"], _KINDS[row["type"]], weights.LOWEST_CUTOFF)
        points = best.get(right, (0, "", False))[0]
        better = [found for found in best.values() if found[0] > points]
        rank = len(better) if points else _TEN
        found = points >= weights.CUTOFF
        instead = max(better)[1] if better else "nothing"
        missed = (row["query"], listed.parties[right].primary_name, points, instead)
        first.add(group, which, found and rank == 0, missed)
        ten.add(group, which, found and rank < _TEN)
        full.add(group, which, points == FULL)
        low.add(group, which, rank == 0)
        low_ten.add(group, which, rank < _TEN)
    cutoff = f"cutoff {weights.LOWEST_CUTOFF / FULL}"
    for group in first.groups():
        for what, tally in (("rank 1", first), (f"rank 1 at {cutoff}", low), (f"first ten at {cutoff}", low_ten)):
            figure = Figure(f"perturbed, {group}: {what}", *(tally.share(group, which) for which in HALVES))
            section.figures.append(figure)
    section.tabulate(
        ["Kind", "Queries", "Rank 1", "First ten", "Full", f"Rank 1 at {cutoff}", f"First ten at {cutoff}"],
        [
            [f"{g}, {w}", first.asked[g, w], *(tally.share(g, w) for tally in (first, ten, full, low, low_ten))]
            for g in first.groups()
            for w in HALVES
        ],
    )
    _beside(section, [row for row in rows if half(row["uid"]) == HELD_OUT], uid, listed, first)
    for group, missed in first.missed.items():
        section.errors(f"Not first: {group}", missed[:WORST], ["Query", "Party", "Points", "First instead"])
    return [section]


def _beside(
    section: Section, rows: list[dict[str, str]], uid: dict[str | None, int], listed: data.Listed, ours: Tally
) -> None:
    """Add the rank-1 shares of rapidfuzz's scorers on some queries of each kind."""
    section.say(f"Rank 1 on {_PEER_QUERIES} held-out queries of each kind by rapidfuzz, every name scored:")
    names = [name.name for party in listed.parties for name in party.names]
    parties = np.array([i for i, party in enumerate(listed.parties) for _ in party.names])
    tallies = {scorer: Tally() for scorer in RAPIDFUZZ}
    for scorer, tally in tallies.items():
        progress(f"  {scorer}")
        for group in ours.groups():
            for row in [row for row in rows if row["kind"] == group][:_PEER_QUERIES]:
                tally.add(group, HELD_OUT, first_of(scorer, row["query"], names, parties, uid[row["uid"]]))
    section.tabulate(
        ["Kind", "sanctionscreen, all queries", *tallies],
        [[g, ours.share(g, HELD_OUT), *(t.share(g, HELD_OUT) for t in tallies.values())] for g in ours.groups()],
    )


# --- aliases -------------------------------------------------------------------------------------------------

#: A word is distinctive of a party where at most this share of the list's parties bear it.
_RARE = 0.001
_LETTERS = 4


@cache
def _words(name: str, kind: Kind | None) -> frozenset[str]:
    """Words of a name that are not of a table, in Latin letters."""
    readings = parse(name, kind).readings
    tokens = readings[0].tokens if readings else ()
    return frozenset(t.text for t in tokens if t.role is Role.WORD and len(t.text) >= _LETTERS)


def _common(parties: Iterable[ListedParty]) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    total = 0
    for party in parties:
        total += 1
        counts.update(frozenset().union(*(_words(n.name, party.kind) for n in party.names)))
    return counts, max(2, int(total * _RARE))


def _hidden(parties: tuple[ListedParty, ...], most: int | None) -> Iterator[tuple[ListedParty, str, list[str], bool]]:
    """Each alias with the party's other names, and whether it shares a distinctive word with one of them."""
    counts, rare = _common(parties)
    several = sampled((p for p in parties if len(p.names) > 1), data.party_key, most)
    for party in several:
        strong = [n.name for n in party.names if n.quality == "strong"]
        for alias in strong[1:]:
            plain = data.folded(alias, party.kind)
            others = [n for n in strong if n != alias and data.folded(n, party.kind) != plain]
            own = {w for w in _words(alias, party.kind) if counts[w] <= rare}
            if others:
                yield party, alias, others, any(own & _words(other, party.kind) for other in others)


_SHARING = "shares a distinctive word"
_REST = "the rest"


def aliases(folder: Path, most: int | None) -> list[Section]:
    """Each alias of a party is hidden and asked for."""
    lists = {
        "SDN 2021": data.sdn_parties(folder),
        "CSL 2022 without SDN": tuple(p for p in data.csl_parties(folder) if p.listings[0].list != "sdn"),
    }
    return [_left_out(name, parties, most) for name, parties in lists.items()] + [_alias_files(folder, most)]


def _left_out(name: str, parties: tuple[ListedParty, ...], most: int | None) -> Section:
    section = Section(f"Aliases left out one by one: {name}")
    section.say(
        "Each strong alias of a party with several names is hidden and asked for, its kind given; it is found "
        "where another name of the party reaches the cutoff. Names equal to another of the party but for case, "
        f"punctuation and legal form are left aside. A word is distinctive that no table knows, has {_LETTERS} "
        f"letters or more, and is borne by at most {_RARE:.1%} of the list's parties. Many aliases are simply "
        "other names."
    )
    tally = Tally()
    progress(f"  {name}")
    for party, alias, others, sharing in _hidden(parties, most):
        points, best = best_of(alias, others, party.kind)
        group = _SHARING if sharing else _REST
        tally.add(group, half(data.party_key(party)), points >= weights.CUTOFF, (alias, best or others[0], points))
    for group in (_SHARING, _REST):
        shares = [tally.share(group, which) for which in HALVES]
        section.figures.append(Figure(f"{name}: hidden alias, {group}", *shares))
    rows = [[g, tally.asked[g, w], w, tally.share(g, w)] for g in (_SHARING, _REST) for w in HALVES]
    section.tabulate(["Alias", "Asked", "Half", "Found"], rows)
    worst = sampled(tally.missed[_SHARING], str, WORST)
    section.errors(f"Missed though it {_SHARING} (of {len(tally.missed[_SHARING])}, by chance)", worst)
    return section


def _alias_files(folder: Path, most: int | None) -> Section:
    """The alias files of the benchmarks: each alias against the primary name alone."""
    section = Section("ofac_alias_pairs.csv and ofac_weak_aka.csv")
    section.say("Each alias against its party's primary name alone; many are simply other names.")
    kinds: dict[str, Kind] = {
        "individual": "person",
        "entity": "organization",
        "vessel": "vessel",
        "aircraft": "aircraft",
    }
    tally = Tally()
    for file, query, candidate in (
        ("ofac_alias_pairs", "query", "candidate"),
        ("ofac_weak_aka", "weak_aka", "primary"),
    ):
        rows = sampled(read_csv(folder / f"benchmarks/{file}.csv"), lambda r: str(sorted(r.items())), most)
        progress(f"  {file}: {len(rows)} rows")
        for row in rows:
            kind = kinds[row["entity_type"]]
            points = compare(row[query], row[candidate], kind).points
            tally.add(f"{file}, {row['entity_type']}", half(row["uid"]), points >= weights.CUTOFF)
    section.tabulate(
        ["Rows", "Asked", "Half", "Found"],
        [[g, tally.asked[g, w], w, tally.share(g, w)] for g in tally.groups() for w in HALVES],
    )
    return section


# --- lists that nobody tuned on ------------------------------------------------------------------------------

_OTHER_LISTS = {
    "UN 2020": ("un", "data/un/2020-03-20/consolidated.xml"),
    "EU 2016": ("eu", "data/eu/2016-02-11/global_v0.xml"),
    "UK 2016, sample": ("uk", "data/uk/ConList-sample-2016-02-17.csv"),
    "Canada 2020": ("canada", "data/canada/2020-04-15/sema-lmes.xml"),
}
_OTHER_PARTIES = 700


def untuned(folder: Path, most: int | None) -> list[Section]:
    """Aliases of lists on which no weight was set: all rows are held out."""
    section = Section("Lists that no weight was set on")
    section.say(
        "Aliases left out one by one, as above, of the UN, EU, UK and Canadian lists, which were not looked at "
        "to set any weight: so no half is set apart and no miss is shown. Names in another script than Latin "
        "are asked for apart, against the Latin names of their party; most of the EU's are translations, which "
        "no spelling could find."
    )
    tally = Tally()
    for name, (importer, path) in _OTHER_LISTS.items():
        progress(f"  {name}")
        parties = import_list(importer, folder / path).list_file.parties
        for party, alias, others, sharing in _hidden(parties, most or _OTHER_PARTIES):
            if alias.isascii():
                group = f"{name}, {_SHARING if sharing else _REST}"
                tally.add(group, HELD_OUT, best_of(alias, others, party.kind)[0] >= weights.CUTOFF)
        for party in sampled(parties, lambda p: p.id, most or _OTHER_PARTIES):
            for query, latin in _other_script(party):
                tally.add(f"{name}, other script", HELD_OUT, best_of(query, latin, party.kind)[0] >= weights.CUTOFF)
    groups = [g for g in tally.groups() if _REST not in g]
    section.figures += [
        Figure(f"hidden alias, {g}" if "script" not in g else g, tally.share(g, HELD_OUT)) for g in groups
    ]
    section.tabulate(
        ["Alias", "Asked", "Found"], [[g, tally.asked[g, HELD_OUT], tally.share(g, HELD_OUT)] for g in tally.groups()]
    )
    return [section]


def _other_script(party: ListedParty) -> Iterator[tuple[str, list[str]]]:
    """Names in another script, each with the party's Latin names."""
    latin = [n.name for n in party.names if _is_latin(n.name)]
    for name in party.names:
        if latin and not _is_latin(name.name):
            yield name.name, latin


def _is_latin(name: str) -> bool:
    return dominant_script(name) in ("Latn", "")

"""The section on generated variants of real names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import data
from clean_section import CURVE
from data import HELD_OUT, TUNING, half, progress, sampled
from peers import NOMENKLATURA_CUTOFF, RAPIDFUZZ, best_scores, peers
from report import Figure, Section
from tally import WORST, Tally, best_of

from sanctionscreen.hits import FULL
from sanctionscreen.matching import compare, weights
from sanctionscreen.records import ListedParty
from sanctionscreen.variants import EVASIONS, variants

_PARTIES = 600


def generated(folder: Path, most: int | None) -> list[Section]:
    """One variant of each kind of real names of the SDN list and the rest of the CSL."""
    section = Section("Generated variants of SDN and CSL names")
    section.say(
        "One variant of each kind that a primary name has (`sanctionscreen.variants`, seed 0), asked for with "
        "its kind given; found where a name of the party reaches the cutoff. Peers are on the same rows, each "
        "at the cutoff at which 1 clean company in 100 raises an alarm against SDN and CSL (of 200 companies of "
        "the tuning half); nomenklatura, where it is installed, at its own."
    )
    chosen = _chosen_parties(folder, most or _PARTIES)
    cutoffs = _peer_cutoffs(folder)
    tallies = {name: Tally() for name in ("sanctionscreen", *cutoffs)}
    points: list[int] = []
    for party in chosen:
        points += _ask_variants(party, tallies, cutoffs)
    ours = tallies["sanctionscreen"]
    evasion = Tally()
    for (group, which), asked in ours.asked.items():
        if group in EVASIONS:
            evasion.asked[group, which], evasion.found[group, which] = asked, ours.found[group, which]
    best = {name: str(tally.share("", HELD_OUT)) for name, tally in tallies.items() if name != "sanctionscreen"}
    others = ", ".join(f"{name.removeprefix('rapidfuzz ')} {share.split()[0]}" for name, share in best.items())
    section.figures.append(
        Figure("variants, all kinds: recall", ours.share("", HELD_OUT), ours.share("", TUNING), others)
    )
    section.figures.append(Figure("variants, evasions: recall", evasion.share("", HELD_OUT), evasion.share("", TUNING)))
    section.tabulate(
        ["Kind", "Asked", "Held out", "Tuning", *(f"{name} ({_shown(cutoff)})" for name, cutoff in cutoffs.items())],
        [
            [g, ours.asked[g, HELD_OUT], ours.share(g, HELD_OUT), ours.share(g, TUNING)]
            + [tallies[name].share(g, HELD_OUT) for name in cutoffs]
            for g in sorted(ours.groups())
        ],
    )
    section.say("Recall of all kinds by cutoff, both halves:")
    section.tabulate(
        ["Cutoff", "Recall"],
        [[cutoff / FULL, f"{sum(one >= cutoff for one in points) / len(points):.3f}"] for cutoff in CURVE],
    )
    for group in sorted(ours.missed):
        section.errors(f"Missed: {group}", ours.missed[group][:WORST], ["Variant", "Name", "Score"])
    return [section]


def _shown(cutoff: int) -> str:
    """Write a cutoff; a clean company that scores 1.0 leaves none."""
    return f"from {cutoff / FULL}" if cutoff <= FULL else "no cutoff is high enough"


def _chosen_parties(folder: Path, most: int) -> list[ListedParty]:
    """Parties of both lists, none twice: half of them from the SDN list."""
    others = (p for p in data.csl_parties(folder) if p.listings[0].list != "sdn")
    sdn = sampled(data.sdn_parties(folder), data.party_key, most // 2)
    return sdn + sampled(others, data.party_key, most - most // 2)


def _ask_variants(party: ListedParty, tallies: dict[str, Tally], cutoffs: dict[str, int]) -> list[int]:
    """Ask for every variant of a party's primary name, and give the points of each."""
    which, every = half(data.party_key(party)), []
    names = [n.name for n in party.names]
    for variant in variants(party.primary_name, party.kind):
        points = compare(variant.text, names[0], party.kind).points
        if points < max(CURVE):
            points = max(points, best_of(variant.text, names[1:], party.kind)[0])
        every.append(points)
        row = (variant.text, party.primary_name, points)
        tallies["sanctionscreen"].add(str(variant.kind), which, points >= weights.CUTOFF, row)
        for name, cutoff in cutoffs.items():
            best = max(peers()[name](variant.text, one, party.kind) for one in names)
            tallies[name].add(str(variant.kind), which, best >= cutoff)
    return every


_CALIBRATION = 200


@cache
def _peer_cutoffs(folder: Path) -> dict[str, int]:
    """The cutoff of each rapidfuzz scorer at which 1 clean company in 100 raises an alarm; nomenklatura's own."""
    companies = [c for c in data.clean_companies(folder) if half(c) == TUNING]
    chosen = sampled(companies, str, _CALIBRATION)
    names = list(dict.fromkeys(name for name, _ in (*data.sdn_names(folder), *data.csl_names(folder))))
    found = {}
    for scorer in RAPIDFUZZ:
        progress(f"  cutoff of {scorer}")
        scores = sorted(best_scores(scorer, chosen, names), reverse=True)
        found[scorer] = scores[_CALIBRATION // 100] + 1
    return found | {name: NOMENKLATURA_CUTOFF for name in peers() if name not in RAPIDFUZZ}

"""Sections that compare pairs: labelled files, aliases, transliterated names, generated variants."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from pathlib import Path

from data import HELD_OUT, TUNING, half, progress, read_csv, sampled
from peers import NOMENKLATURA_CUTOFF, RAPIDFUZZ, pair_scorer, peers
from report import Figure, Section

from sanctionscreen.evaluation import Evaluation, LabelledPair, evaluate_pairs, read_pairs
from sanctionscreen.evaluation.report import counts_table, curve_table
from sanctionscreen.hits import FULL
from sanctionscreen.matching import weights

OURS = "sanctionscreen"
_HALVES = (HELD_OUT, TUNING)


def _in_half(pairs: Iterable[LabelledPair], which: str) -> list[LabelledPair]:
    return [pair for pair in pairs if half(pair.candidate) == which]


def _errors(section: Section, evaluation: Evaluation) -> None:
    """Add the worst errors of an evaluation of the tuning half."""
    misses = [(j.pair.query, j.pair.candidate, j.points) for j in evaluation.misses()]
    alarms = [(j.pair.query, j.pair.candidate, j.points) for j in evaluation.false_alarms()]
    section.errors("Worst misses", misses)
    section.errors("Worst false alarms", alarms)


def _peers_table(section: Section, pairs: Sequence[LabelledPair], cutoffs: dict[str, int]) -> None:
    """Add every scorer on the held-out half and on all rows, each at its own cutoff."""
    rows = []
    held_out = _in_half(pairs, HELD_OUT)
    for name, cutoff in {OURS: weights.CUTOFF, **cutoffs}.items():
        scorer = {} if name == OURS else {"scorer": pair_scorer(peers()[name])}
        both = [evaluate_pairs(rows_, cutoff=cutoff / FULL, **scorer).counts for rows_ in (held_out, pairs)]
        rows.append(
            [name, cutoff / FULL, *(c for counts in both for c in (counts.precision, counts.recall, counts.f1))]
        )
    header = ["Scorer", "Cutoff", "Precision", "Recall", "F1", "Precision, all", "Recall, all", "F1, all"]
    section.tabulate(header, rows)


def _peer_cutoffs(pairs: Sequence[LabelledPair]) -> dict[str, int]:
    """The cutoff with the highest F1 on the tuning half; nomenklatura keeps its own."""
    tuning = _in_half(pairs, TUNING)
    found = {}
    for name, peer in peers().items():
        best = evaluate_pairs(tuning, scorer=pair_scorer(peer)).best.cutoff
        found[name] = best if name in RAPIDFUZZ else NOMENKLATURA_CUTOFF
    return found


def labelled(folder: Path, most: int | None) -> list[Section]:
    """The labelled pairs of `benchmarks`, one section a file."""
    files = {
        "name_pairs": "F1; logic-v2 .806 on all rows",
        "sdn_labelled_variants": "F1; logic-v2 .911 on all rows",
        "cross_script_pairs": "recall; logic-v2 .652 on all rows",
    }
    cutoffs = _peer_cutoffs(list(read_pairs(folder / "benchmarks/name_pairs.csv")))
    sections = []
    for file, other in files.items():
        progress(f"  {file}")
        pairs = sampled(read_pairs(folder / f"benchmarks/{file}.csv"), lambda p: p.query + p.candidate, most)
        sections.append(_labelled(file, pairs, cutoffs, other))
    return [*sections, addresses(folder)]


def _labelled(file: str, pairs: list[LabelledPair], cutoffs: dict[str, int], other: str) -> Section:
    section = Section(f"{file}.csv")
    results = {which: evaluate_pairs(rows) for which in _HALVES if (rows := _in_half(pairs, which))}
    everything = evaluate_pairs(pairs)
    recall_only = not any(not pair.same for pair in pairs)
    measures = [e.counts.recall if recall_only else e.counts.f1 for e in (*results.values(), everything)]
    section.figures.append(Figure(f"{file} {'recall' if recall_only else 'F1'}", *measures[:2], other.split("; ")[1]))
    section.figures.append(Figure(f"{file}, all rows of both halves", measures[-1]))
    _peers_table(section, pairs, cutoffs)
    section.say("Halves, and groups of all rows:")
    groups = {**{w: e.counts for w, e in results.items()}, "all": everything.counts}
    for key in ("kind", "scripts", "variation"):
        found = everything.by(lambda pair, key=key: getattr(pair, key))
        groups |= {f"{key}: {name}": c for name, c in found.items()} if 1 < len(found) < 20 else {}
    section.parts.append(counts_table("Rows", groups))
    if not recall_only:
        section.parts.append(curve_table(everything.curve, weights.CUTOFF))
    if TUNING in results:
        _errors(section, results[TUNING])
    return section


def addresses(folder: Path) -> Section:
    """The address pairs: whether the address rule sees agreement where the other engine scores high."""
    from sanctionscreen.matching.facts import facts_of  # this section alone
    from sanctionscreen.records import ListedParty, Party  # this section alone

    section = Section("address_pairs.csv")
    section.say(
        "Addresses never bring a name to the cutoff or take it below; they are shown as agreeing or not. So "
        "there is no score to compare: the table gives the other engine's score and whether the rule sees "
        "agreement when the candidate is a listed street or city."
    )
    rows = []
    for row in read_csv(folder / "benchmarks/address_pairs.csv"):
        street = row["candidate"].strip()
        listed = ListedParty.model_validate(
            {
                "id": "x",
                "kind": "organization",
                "names": [{"name": "x"}],
                "addresses": [{"street": street}] if street else [],
                "listings": [{"program": "P"}],
            }
        )
        facts = facts_of(Party(name="x", address=row["query"] or None), listed)
        agrees = any(one.rule == "address_agrees" for one in facts)
        rows.append([row["query"], row["candidate"], row["expected_score"], "agrees" if agrees else "-"])
    section.errors("Pairs", rows, ["Query", "Listed", "Other engine", "Here"])
    return section


# --- transliterated single names -----------------------------------------------------------------------------

_LANGUAGES = {
    "arabic": "Arabic; .59 (logic-v2 .16)",
    "chinese": "Chinese; .01 (logic-v2 .16)",
    "hebrew": "Hebrew; .42 (logic-v2 .12)",
    "katakana": "Japanese katakana; .38 (logic-v2 .19)",
    "korean": "Korean; .32 (logic-v2 .18)",
    "russian": "Russian; .69 (logic-v2 .72)",
}
_PER_SCRIPT = 500
_SHORTEST = 4
_PRECISION = 0.99


def transliterated(folder: Path, most: int | None) -> list[Section]:
    """Single names in another script: 500 pairs of one name and 500 of two, a script and a half."""
    section = Section("Transliterated single names")
    section.say(
        f"Names of {_SHORTEST} letters and more from `multilingual`: for each script and half, {_PER_SCRIPT} "
        f"pairs of one name and {_PER_SCRIPT} of two. Recall at precision {_PRECISION} is that of the best "
        "cutoff that still gives it; the other is at the default cutoff. Pairs are names of foreigners as often "
        "as of natives, and some are wrong."
    )
    rows, beside = [], []
    for language, label in _LANGUAGES.items():
        name, other = label.split("; ")
        results = {w: evaluate_pairs(_name_pairs(folder, language, w, most or _PER_SCRIPT)) for w in _HALVES}
        at = {w: e.recall_at_precision(_PRECISION) for w, e in results.items()}
        section.figures.append(
            Figure(f"{name}, recall at precision {_PRECISION}", at[HELD_OUT], at[TUNING], f"name-based {other}, at .7")
        )
        for w, e in results.items():
            rows.append([name, w, at[w], e.counts.recall, e.counts.precision, e.best.cutoff / FULL])
        pairs = [judged.pair for judged in results[HELD_OUT].judged]
        others = [evaluate_pairs(pairs, scorer=pair_scorer(peer)) for peer in peers().values()]
        beside.append([name, at[HELD_OUT], *(e.recall_at_precision(_PRECISION) for e in others)])
        section.parts.append(f"### {name}")
        _errors(section, results[TUNING])
    header = ["Script", "Half", f"Recall at precision {_PRECISION}", "Recall", "Precision", "Best cutoff"]
    errors, section.parts[1:] = section.parts[1:], []
    section.tabulate(header, rows)
    section.say(
        f"Recall at precision {_PRECISION} on the held-out half, beside other scorers, each at its own best cutoff:"
    )
    section.tabulate(["Script", OURS, *peers()], beside)
    section.parts += errors
    return [section]


def _name_pairs(folder: Path, language: str, which: str, most: int) -> list[LabelledPair]:
    """Pairs of one name, and each Latin name with the other script's spelling of the next one."""
    progress(f"  {language}, {which}")
    with gzip.open(folder / f"data/multilingual/latin_{language}.tsv.gz", "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    names = [(latin, other.replace(" ", "")) for latin, other, *_ in rows if len(latin) >= _SHORTEST]
    names = [name for name in names if half(name[0]) == which]
    chosen = sampled(names, lambda name: "|".join(name), most)
    shifted = zip(chosen, chosen[1:] + chosen[:1], strict=True)
    same = [LabelledPair(other, latin, same=True) for latin, other in chosen]
    return same + [LabelledPair(other, latin, same=False) for (latin, _), (_, other) in shifted]

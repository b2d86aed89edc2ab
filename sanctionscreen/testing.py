"""For other people's test suites: names to try a form with, and assertions on what a screening finds.

    from hypothesis import given
    from sanctionscreen.testing import listed_parties, variants_of
    from sanctionscreen.variants import ALWAYS_FOUND

    @given(listed_parties().flatmap(lambda party: variants_of(party, kinds=ALWAYS_FOUND)))
    def test_no_variant_of_a_listed_name_gets_past_our_form(variant):
        assert not form.accepts(variant.text)

Without `kinds` there are typing errors, names as they are heard, and abbreviations as well. A screening at the default
cutoff finds nearly all of those and not every one, so such a test will fail one day: count what it misses instead.

Strategies shrink to readable examples: to the first party of a list, to the plainest kind of variant, to short
names. `sanctionscreen.variants` says what variants there are and why each can still be told; `docs/examples` holds a
whole suite. This module alone needs hypothesis, the extra `testing`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from sanctionscreen.errors import InputError, MissingExtraError
from sanctionscreen.hits import Hit, ScreeningResult
from sanctionscreen.matching import compare
from sanctionscreen.meaning.status import split
from sanctionscreen.records import Kind, ListedParty, Party
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import SUFFIX, Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.variants import Variant, VariantKind, variants

try:
    from hypothesis import assume
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtraError("sanctionscreen.testing", "testing") from error

__all__ = [
    "assert_clear",
    "assert_found",
    "clean_names",
    "hostile_text",
    "listed_parties",
    "parties",
    "variants_of",
]

_SEEDS = 1000

# --- who is listed, and how the name may be written --------------------------------------------------


@st.composite
def listed_parties(
    draw: st.DrawFn, *paths: str | Path, kind: Kind | None = None, as_of: date | None = None
) -> ListedParty:
    """Parties of list files, of which some listing is in force or on watch.

    Args:
        draw: given by hypothesis; leave it out.
        *paths: folders, YAML files and compiled snapshots, as for `Screener.load`; the lists that ship with the
            package if none. They are read when the first party is drawn.
        kind: parties of this kind only.
        as_of: the day on which they must be listed; today if not given.

    Raises:
        ListError: at the first draw, when list files have faults.
        SnapshotError: at the first draw, when a snapshot is damaged or of another version.
        InputError: at the first draw, when there is no such party.
    """
    wanted = _listed(paths, kind, as_of or date.today())
    if not wanted:
        raise InputError(f"no party to draw: none of these lists names {kind or 'a party'} on {as_of or date.today()}")
    return wanted[draw(st.integers(0, len(wanted) - 1))]


@cache
def _listed(paths: tuple[str | Path, ...], kind: Kind | None, day: date) -> list[ListedParty]:
    return [p for p in _parties(paths) if kind in (None, p.kind) and _stands(p, day)]


@cache
def _parties(paths: tuple[str | Path, ...]) -> tuple[ListedParty, ...]:
    compiled = [Snapshot.open(path) for path in paths if Path(path).suffix == SUFFIX]
    written = [path for path in paths if Path(path).suffix != SUFFIX] if paths else [bundled_lists()]
    mapped = tuple(snapshot.party(i) for snapshot in compiled for i in range(len(snapshot)))
    return mapped + tuple(party for one in (load_lists(written) if written else ()) for party in one.parties)


def _stands(party: ListedParty, day: date) -> bool:
    status = split(party.listings, day)
    return bool(status.in_force or status.watch)


@st.composite
def variants_of(
    draw: st.DrawFn,
    name: str | ListedParty,
    kind: Kind | None = None,
    *,
    kinds: Collection[VariantKind | str] | None = None,
) -> Variant:
    """Variants of a name, each of which still tells who is named.

    Args:
        draw: given by hypothesis; leave it out.
        name: a name, or a listed party, of which the primary name is taken.
        kind: what the name names; the party's own kind where a party is given, else inferred.
        kinds: kinds of variants; all of them if not given. A screening at the default cutoff finds those of the kinds
            `ALWAYS_FOUND`, and of the others nearly all. Not every name has a variant of every kind; an example whose
            name has none of those asked for is passed over.

    Raises:
        InputError: at the first draw, when there is no such kind of variant.
    """
    text, known = (name.primary_name, name.kind) if isinstance(name, ListedParty) else (name, kind)
    possible = [variant.kind for variant in variants(text, known, kinds=kinds)]
    assume(possible)
    one = draw(st.sampled_from(possible))
    variant = next(variants(text, known, kinds=[one], seed=draw(st.integers(0, _SEEDS))), None)
    assume(variant is not None)
    return cast("Variant", variant)


# --- who is not ------------------------------------------------------------------------------------------

#: Words that name nobody on any list: put together, they make names of companies and people who do not exist.
_THINGS = "Bramble|Teapot|Lantern|Puddle|Thimble|Walnut|Toadstool|Buttercup|Dandelion|Hedgehog|Pumpkin|Snowdrop|Tadpole"
_TRADES = "Bakery|Bookshop|Nursery|Pottery|Stationery|Upholstery|Gardens|Carpentry"
_FORMS = "|Ltd|Inc.|GmbH|B.V."
_GIVEN = "Wilhelmina|Hubertus|Clementine|Bartholomew|Philippa|Algernon|Rosamund|Peregrine"
_FAMILY = "Butterworth|Ramsbottom|Featherstone|Thistlethwaite|Higginbotham|Winterbourne|Applegarth"


def clean_names(kind: Kind | None = None) -> st.SearchStrategy[str]:
    """Names of companies and people that no list knows and that are like no listed name.

    They are put together from everyday English words and rare family names, and were tried against the SDN list and
    the US Consolidated Screening List.

    Args:
        kind: `person` or `organization` for names of that kind only.
    """
    company = st.builds(_named, _words(_THINGS), _words(_THINGS), _words(_TRADES), _words(_FORMS))
    person = st.builds(_named, _words(_GIVEN), _words(_FAMILY))
    return {"person": person, "organization": company}.get(kind or "", company | person)


def _words(choices: str) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.split("|"))


def _named(*words: str) -> str:
    return " ".join(dict.fromkeys(filter(None, words)))


def parties(names: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Party]:
    """Vendors as a form sends them: a name, and any of kind, country and birth date.

    Args:
        names: where the names come from; `clean_names()` if not given.
    """

    def made(name: str, kind: Kind | None, country: str | None, born: date | None) -> Party:
        birth_date = str(born) if born and kind in (None, "person") else None
        return Party.model_validate({"name": name, "kind": kind, "country": country, "birth_date": birth_date})

    kinds: st.SearchStrategy[Kind | None] = st.sampled_from([None, "organization", "person"])
    countries = st.sampled_from([None, "NL", "US", "CN", "RU", "AE"])
    born = st.none() | st.dates(date(1930, 1, 1), date(2005, 12, 31))
    return st.builds(made, clean_names() if names is None else names, kinds, countries, born)


# --- what breaks programs ----------------------------------------------------------------------------------

_AWKWARD = (
    "", " ", "\t\n", "\0", "'", '"', ",", ";", "-", "&", "Ltd", "null", "None", "NaN", "0", "1e309", "../../etc/passwd",
    '=HYPERLINK("http://example.org")', "+1+1", "-1+1", "@SUM(A1)", "'; DROP TABLE vendors; --", "%s%n", "${7*7}",
    "<script>alert(1)</script>", "&lt;b&gt;", "{{7*7}}", "a: *b", "!!python/object:os.system", "\u202eetoh", "a\u200bb",
    "\ufeffa", "\ud800", "é", "e\u0301", "a" + "\u0301" * 50, "𝕳𝖎𝖐", "ﷺ", "😀", "İ", "ß", "ﬁ", "杭州", "\u0660",
    "Ⅷ", "١٢٣",
)  # fmt: skip
_LONGEST = 5000


def hostile_text() -> st.SearchStrategy[str]:
    """Any text that a form may be sent: blank, endless, formulas, markup, lone surrogates, invisible characters."""
    awkward = st.sampled_from(_AWKWARD)
    long = st.builds(lambda text, times: (text * times)[:_LONGEST], awkward, st.integers(1, _LONGEST))
    return awkward | st.text(max_size=50) | st.lists(awkward, max_size=5).map("".join) | long


# --- assertions ----------------------------------------------------------------------------------------------


def assert_found(
    screener: Screener,
    asked: str | Party,
    party: ListedParty | str,
    *,
    as_of: date | None = None,
    cutoff: float | None = None,
) -> Hit:
    """Assert that a name finds a listed party, and give the hit.

    Args:
        screener: what is asked.
        asked: the name, or a party with what else is known.
        party: the listed party, or its id.
        as_of: the day the lists are asked about; today if not given.
        cutoff: the least score of a hit; the default cutoff if not given.

    Raises:
        AssertionError: when the party is not among the hits; it says how the name compares with the party's names,
            and what was found instead.
    """
    result = _screened(screener, asked, as_of, cutoff)
    wanted = party if isinstance(party, str) else party.id
    for hit in result.hits:
        if hit.listed_party.id == wanted:
            return hit
    lines = [f"{result.query.name!r} does not find {wanted!r} at the cutoff {result.cutoff}"]
    if isinstance(party, ListedParty):
        lines += [_compared(result, party)]
    if any(hit.listed_party.id == wanted for hit in result.history):
        lines.append(f"it matches, but no listing of it was in force on {result.as_of}")
    raise AssertionError("\n".join([*lines, *_found(result)]))


def assert_clear(
    screener: Screener, asked: str | Party, *, as_of: date | None = None, cutoff: float | None = None
) -> ScreeningResult:
    """Assert that a name is clear: nothing is found, and nothing was left out.

    Args:
        screener: what is asked.
        asked: the name, or a party with what else is known.
        as_of: the day the lists are asked about; today if not given.
        cutoff: the least score of a hit; the default cutoff if not given.

    Raises:
        AssertionError: when something is found, saying what and why, or when something was not screened.
    """
    result = _screened(screener, asked, as_of, cutoff)
    if not (result.found or result.not_screened):
        return result
    left_out = [f"not screened: {one.what}: {one.why}" for one in result.not_screened]
    raise AssertionError("\n".join([f"{result.query.name!r} is not clear", *left_out, *_found(result)]))


def _screened(screener: Screener, asked: str | Party, as_of: date | None, cutoff: float | None) -> ScreeningResult:
    if cutoff is None:
        return screener.screen(asked, as_of=as_of)
    return screener.screen(asked, as_of=as_of, cutoff=cutoff)


def _compared(result: ScreeningResult, party: ListedParty) -> str:
    compared = [compare(result.query.name, name.name, result.query.kind) for name in party.names]
    best = max(compared, key=lambda one: one.points)
    reasons = ", ".join(f"{one.rule} {one.contribution:+d}" for one in best.evidence) or "nothing in common"
    return f"the name of it that fits best is {best.listed!r}, at {best.score}: {reasons}"


def _found(result: ScreeningResult) -> list[str]:
    """A line for each hit, the first ten."""
    return [
        f"found: {hit.listed_party.primary_name!r} ({hit.listed_party.id}) at {hit.score}, by "
        + (repr(hit.matched_name.name) if hit.matched_name else "an identifier")
        for hit in result.hits[:10]
    ]

"""Hypothesis strategies for records: anything a list file may hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar, get_args

from hypothesis import strategies as st

from sanctionscreen.dates import PartialDate
from sanctionscreen.records import (
    Address,
    Identifier,
    Kind,
    ListedName,
    ListedParty,
    ListFile,
    ListHeader,
    Listing,
    ListingStatus,
    NameQuality,
    NameType,
    Program,
    Relation,
    RelationType,
    Stake,
)

T = TypeVar("T")

#: What YAML, or a reader of it, may take for something else.
AWKWARD = (
    "NO", "null", "~", "yes", "Off", "1962", "0123", "1_000", "1.5e3", "0x1F", "12:30:00", "2019-10-09", "- x", "? x",
    "a: b", "a #b", "#a", "a:", "'", '"', "''", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "---",
    "...", "<<", "=", "a\nb", "a\n\n  b", "a\r\nb", "a\tb", "\x00", "\x7f", "a\x85b", "a\u2028b", "a\ufeffb",
    "می\u200cخواهم", "杭州海康威视", "𠀀𠮷", "Ηikvision", "\u202ea", "😀", "a\\b", "x: y\n  z", "null ", "a\u00a0b",
)  # fmt: skip

TEXTS = (
    st.one_of(
        st.sampled_from(AWKWARD),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
        st.text("ab:#-'\"\n ,[]{}0", min_size=1, max_size=12),
    )
    .map(str.strip)
    .filter(bool)
)
COUNTRIES = st.sampled_from(["CN", "NO", "RU", "US", "XK"])
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
_POINTS = st.one_of(DAYS.map(str), DAYS.map(lambda day: str(day)[:7]), DAYS.map(lambda day: str(day)[:4]))
PARTIAL_DATES = st.one_of(
    _POINTS,
    _POINTS.map(lambda point: f"{point}~"),
    st.tuples(DAYS, DAYS).map(lambda days: f"{min(days)}/{max(days)}"),
).map(PartialDate.parse)
IDS = st.text("abcxyz-_.0123456789é", min_size=1, max_size=8)


def _maybe(values: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | values


def _some(values: st.SearchStrategy[T], least: int = 0) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(values, min_size=least, max_size=3).map(tuple)


OPTIONAL_TEXT = _maybe(TEXTS)
OPTIONAL_DAY = _maybe(DAYS)
OPTIONAL_DATE = _maybe(PARTIAL_DATES)
OPTIONAL_COUNTRY = _maybe(COUNTRIES)

IDENTIFIERS = st.builds(
    Identifier,
    type=st.sampled_from(["lei", "imo", "tax_id", "passport"]),
    value=TEXTS,
    country=OPTIONAL_COUNTRY,
    issued=OPTIONAL_DATE,
    expires=OPTIONAL_DATE,
    note=OPTIONAL_TEXT,
    valid=_maybe(st.booleans()),
)
ADDRESSES = st.builds(
    Address,
    text=TEXTS,
    street=OPTIONAL_TEXT,
    city=OPTIONAL_TEXT,
    region=OPTIONAL_TEXT,
    postal_code=OPTIONAL_TEXT,
    country=OPTIONAL_COUNTRY,
    country_text=OPTIONAL_TEXT,
    note=OPTIONAL_TEXT,
) | st.builds(Address, country=COUNTRIES)


def listed_names(types: st.SearchStrategy[NameType]) -> st.SearchStrategy[ListedName]:
    """Names of these types."""
    return st.builds(
        ListedName,
        name=TEXTS,
        type=types,
        quality=st.sampled_from(get_args(NameQuality)),
        script=_maybe(st.sampled_from(["Latn", "Hans", "Arab"])),
        language=OPTIONAL_TEXT,
        family=OPTIONAL_TEXT,
        given=OPTIONAL_TEXT,
        note=OPTIONAL_TEXT,
        source=OPTIONAL_TEXT,
    )


NAMES = st.tuples(listed_names(st.just("primary")), _some(listed_names(st.sampled_from(get_args(NameType))))).map(
    lambda names: (names[0], *names[1])
)


@st.composite
def listings(draw: Callable[..., object], programs: st.SearchStrategy[str]) -> Listing:
    """An entry made under one of these programs, whose days are in order."""
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    status = draw(st.sampled_from(get_args(ListingStatus)))
    began, ended = draw(_maybe(st.just(days[0]))), draw(_maybe(st.just(days[1])))
    texts = {
        field: draw(OPTIONAL_TEXT)
        for field in ("list", "authority", "citation", "reference", "remarks", "source_url", "licence_policy")
    }
    return Listing(
        program=draw(programs),
        effective_date=began,
        end_date=days[1] if status == "delisted" else ended,
        status=status,
        divest_by=draw(OPTIONAL_DAY),
        review_by=draw(OPTIONAL_DAY),
        **texts,
    )


@st.composite
def stakes(draw: Callable[..., object]) -> Stake:
    """A stake, exact or between two figures."""
    shares = sorted(draw(st.lists(st.floats(0, 100), min_size=2, max_size=2)))
    return Stake(share_min=shares[0], share_max=shares[1], since=draw(OPTIONAL_DATE), source=draw(OPTIONAL_TEXT))


def relations(party_ids: st.SearchStrategy[str]) -> st.SearchStrategy[Relation]:
    """Ties to parties of these ids, or to a name."""
    types = st.sampled_from(get_args(RelationType))
    return st.builds(Relation, type=types, party=party_ids, stake=_maybe(stakes()), note=OPTIONAL_TEXT) | st.builds(
        Relation, type=types, name=TEXTS, source=OPTIONAL_TEXT
    )


def listed_parties(
    ids: st.SearchStrategy[str], programs: st.SearchStrategy[str], related: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[ListedParty]:
    """Parties with these ids, listed under these programs and tied to these parties."""
    return st.builds(
        ListedParty,
        id=ids,
        kind=st.sampled_from(get_args(Kind)),
        names=NAMES,
        identifiers=_some(IDENTIFIERS),
        addresses=_some(ADDRESSES),
        countries=_some(COUNTRIES),
        birth_dates=_some(PARTIAL_DATES),
        birth_places=_some(TEXTS),
        gender=st.sampled_from([None, "male", "female"]),
        titles=_some(TEXTS),
        relations=_some(relations(related)) if related is not None else st.just(()),
        listings=_some(listings(programs), least=1),
        remarks=_some(TEXTS),
    )


@st.composite
def list_files(draw: Callable[..., object]) -> ListFile:
    """A list file that loads."""
    program_ids = draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))
    party_ids = draw(st.lists(IDS, max_size=3, unique=True))
    header = ListHeader(
        id=draw(st.sampled_from(["sdn", "no", "1"])),
        title=draw(TEXTS),
        authority=draw(TEXTS),
        publisher=draw(TEXTS),
        source_url=draw(OPTIONAL_TEXT),
        as_of=draw(DAYS),
        licence=draw(TEXTS),
        programs=tuple(Program(id=program, title=draw(TEXTS)) for program in program_ids),
        stale_after_days=draw(_maybe(st.integers(1, 1000))),
        remarks=draw(OPTIONAL_TEXT),
    )
    programs, related = st.sampled_from(program_ids), st.sampled_from(party_ids) if party_ids else None
    parties = tuple(draw(listed_parties(st.just(party_id), programs, related)) for party_id in party_ids)
    return ListFile(header=header, parties=parties)

"""Regions whose name alone means something: Xinjiang, and embargoed territories, found in addresses and free text.

The names are in `tables/places.yaml`: English, pinyin, Chinese and Uyghur for Xinjiang, its prefectures, cities
and the divisions of its Production and Construction Corps; English and local names for the others. A name that
also means something else counts only where the text names the region, its country or another of its places.
What follows from a region, by date and with its source, stands in the same table. Information, not legal advice.

>>> [(f.region, f.place, f.span.text) for f in regions_in("No. 1 Beijing Road, Ürümqi, China")]
[('xinjiang', 'Urumqi', 'Ürümqi')]
>>> [f.place for f in regions_in("乌鲁木齐市新市区")], regions_in("Altay Krai, Barnaul"), regions_in("Aksu, Antalya")
(['Urumqi'], (), ())
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import accumulate

from sanctionscreen.hits import Effect, Span, Value
from sanctionscreen.meaning.effect_tables import Activity, Jurisdiction, SourceDate, read_table, vocabulary
from sanctionscreen.records import Record, Text

#: What may stand between the words of a name: Wu-lu-mu-qi, Xin Jiang, P'yongyang.
_GAP = re.compile(r"[\s\-\u2010-\u2015'\u2018\u2019.]{1,3}")
_GAPS = re.compile(r"[\s\-\u2010-\u2015'\u2018\u2019.]+")
#: A run of Han, which has no spaces, or a word of letters and digits that has.
_WORD = re.compile(r"[\u2e80-\u9fff]+|[^\W_\u2e80-\u9fff]+")
#: The words of a folded text of ASCII.
_PLAIN_WORD = re.compile("[0-9a-z]+")
#: Words of Arabic, Hangul and what follows them take suffixes; those of earlier blocks end where they end.
_SUFFIXED = "\u0530"


class RegionRule(Record):
    """What follows from a region: an effect with its dates and source. `until` is the first day without it."""

    rule: Text
    jurisdiction: Jurisdiction
    effect: Text
    binds: Text
    directions: tuple[Activity, ...]
    since: date
    until: date | None = None
    authority: Text
    source: Text
    dated: SourceDate
    url: Text
    next_question: Text


class Place(Record):
    """A place in a region, with the names that stand alone and those that need other evidence."""

    place: Text
    kind: Text
    names: tuple[Text, ...] = ()
    ambiguous: tuple[Text, ...] = ()


class Region(Record):
    """A region; `context` are words beside which its ambiguous names count."""

    region: Text
    title: Text
    context: tuple[Text, ...]
    names: tuple[Text, ...]
    rules: tuple[RegionRule, ...]
    places: tuple[Place, ...]


class RegionFind(Value):
    """A place of a region, found in a text at `span`; `place` is the region itself where it is named.

    `ambiguous` says that the name also means something else, and counts only for what stands beside it.
    """

    region: str
    title: str
    place: str
    kind: str
    ambiguous: bool = False
    span: Span
    source: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a name in a text stands for: a place, or only the context of a region."""

    region: Region
    place: Place | None
    certain: bool


@cache
def regions() -> dict[str, Region]:
    """Read the table of regions, once a process."""
    rows = map(Region.model_validate, read_table("places.yaml"))
    return {row.region: row for row in rows}


def regions_in(text: str) -> tuple[RegionFind, ...]:
    """Find the places of known regions in a text, in the order in which they stand.

    Spans are in characters of `text`. Time is linear in its length.
    """
    folded, starts = _fold(text)
    if folded.isascii() and _known().firsts.isdisjoint(_PLAIN_WORD.findall(folded)):  # as of nearly every text
        return ()
    found = [(meaning, start, end) for name, start, end in _names_in(folded) for meaning in _known().meanings[name]]
    certain = {meaning.region.region for meaning, _, _ in found if meaning.certain}
    places = sorted((start, end, n) for n, (meaning, start, end) in enumerate(found) if meaning.place)
    return tuple(
        _find(text, found[n][0], starts[start], starts[end - 1] + 1)
        for start, end, n in places
        if found[n][0].region.region in certain
    )


def region_effects(find: RegionFind, as_of: date) -> tuple[Effect, ...]:
    """Tell what follows from a region on the day `as_of`, by its rules; `list` of the effects is the region's id.

    >>> find = regions_in("Simferopol")[0]
    >>> [(e.effect, e.in_force) for e in region_effects(find, date(2014, 1, 1))]
    [('embargo', False)]
    """
    return tuple(_effect(find, rule, as_of) for rule in regions()[find.region].rules)


def _find(text: str, meaning: _Meaning, start: int, end: int) -> RegionFind:
    region, place = meaning.region, meaning.place or _whole(meaning.region)
    return RegionFind(
        region=region.region,
        title=region.title,
        place=place.place,
        kind=place.kind,
        ambiguous=not meaning.certain,
        span=Span(text=text[start:end], start=start, end=end),
        source="; ".join(f"{rule.source}, {rule.dated}" for rule in region.rules),
    )


def _whole(region: Region) -> Place:
    return Place(place=region.title, kind="region")


def _effect(find: RegionFind, rule: RegionRule, as_of: date) -> Effect:
    ended = rule.until is not None and as_of >= rule.until
    status = "not_yet" if as_of < rule.since else "ended" if ended else "in_force"
    return Effect(
        effect=rule.effect,
        list=find.region,
        program=rule.rule,
        title=f"{vocabulary()[rule.effect].title}: {find.title}",
        binds=rule.binds,
        jurisdiction=rule.jurisdiction,
        directions=rule.directions,
        since=rule.since,
        until=rule.until,
        in_force=status == "in_force",
        status=status,
        authority=rule.authority,
        source=f"{rule.source}, {rule.dated}",
        source_url=rule.url,
        next_question=rule.next_question,
        note=f"{find.span.text!r} names {', '.join(dict.fromkeys((find.place, find.title)))}",
    )


def _fold(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text: no case, no accents; with the index in the original of each folded character."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    starts: list[int] = []
    for place, original in enumerate(text):
        for letter in _fold_letter(original):
            letters.append(letter)
            starts.append(place)
    return "".join(letters), starts


@lru_cache(maxsize=20_000)
def _fold_letter(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


@dataclass(frozen=True, slots=True)
class _Known:
    """The names that are looked for, folded and without what stands between their words.

    Attributes:
        meanings: what each stands for; one name can stand for several.
        breaks: after how many letters of each name a word of it may end, in every way that the table has it.
        firsts: every word that a name can begin with.
        words: the most words that a name has.
        letters: the most letters.
    """

    meanings: Mapping[str, Sequence[_Meaning]]
    breaks: Mapping[str, Sequence[frozenset[int]]]
    firsts: frozenset[str]
    words: int
    letters: int


@cache
def _known() -> _Known:
    """Read the names of the table, once a process."""
    found: dict[str, list[_Meaning]] = {}
    for region in regions().values():
        _put(found, region.names, _Meaning(region, _whole(region), certain=True))
        _put(found, region.context, _Meaning(region, None, certain=True))
        for place in region.places:
            _put(found, place.names, _Meaning(region, place, certain=True))
            _put(found, place.ambiguous, _Meaning(region, place, certain=False))
    groups = ((r.names, r.context, *(p.names + p.ambiguous for p in r.places)) for r in regions().values())
    names = {_fold(name)[0] for group in groups for some in group for name in some}
    breaks: dict[str, list[frozenset[int]]] = {}
    for name in sorted(names):
        parts = [part for part in _GAPS.split(name) if part]
        breaks.setdefault("".join(parts), []).append(frozenset(accumulate(map(len, parts[:-1]))))
    words = max(len(each) + 1 for some in breaks.values() for each in some)
    firsts = frozenset(name[:end] for name, some in breaks.items() for each in some for end in (*each, len(name)))
    return _Known(found, breaks, firsts, words, max(map(len, found)))


def _put(found: dict[str, list[_Meaning]], names: Iterable[str], meaning: _Meaning) -> None:
    for name in names:
        meanings = found.setdefault(_GAPS.sub("", _fold(name)[0]), [])
        if meaning not in meanings:
            meanings.append(meaning)


def _names_in(folded: str) -> Iterator[tuple[str, int, int]]:
    """Names in a folded text and where they stand, at each place the longest, none within another."""
    words = list(_WORD.finditer(folded))
    place = 0
    while place < len(words):
        if _is_han(words[place][0]):
            yield from _han_names_in(words[place])
            place += 1
            continue
        size, end = _longest(words[place : place + _known().words], folded)
        if size:
            start = words[place].start()
            yield _GAPS.sub("", folded[start:end]), start, end
        place += size or 1


def _longest(words: Sequence[re.Match[str]], folded: str) -> tuple[int, int]:
    """How many of these words a name has that begins with the first, and where it ends; none where there is no name."""
    if words[0][0] not in _known().firsts and words[0][0][-1] < _SUFFIXED:
        return 0, 0
    last = 1
    while last < len(words) and _GAP.fullmatch(folded, words[last - 1].end(), words[last].start()):
        last += 1
    for size in range(last, 0, -1):
        before, final = [word[0] for word in words[: size - 1]], words[size - 1]
        for letters in _endings(final[0]):
            if _is_name(before, final[0][:letters]):
                return size, final.start() + letters
    return 0, 0


def _endings(word: str) -> Iterable[int]:
    """After how many letters of a word a name may end."""
    return range(min(len(word), _known().letters), 0, -1) if word[-1] >= _SUFFIXED else (len(word),)


def _is_name(before: Sequence[str], last: str) -> bool:
    """Whether words are a name, apart where its own words are: wu lu mu qi, wulu muqi and wulumuqi."""
    apart = frozenset(accumulate(map(len, before)))
    return any(apart <= breaks for breaks in _known().breaks.get("".join((*before, last)), ()))


def _han_names_in(run: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    text, place = run[0], 0
    while place < len(text):
        sizes = range(min(_known().letters, len(text) - place), 0, -1)
        size = next((size for size in sizes if text[place : place + size] in _known().meanings), 0)
        if size:
            yield text[place : place + size], run.start() + place, run.start() + place + size
        place += size or 1


def _is_han(folded: str) -> bool:
    return "\u2e80" <= folded[0] < "\ua000"

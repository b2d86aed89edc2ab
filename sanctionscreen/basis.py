r"""What an answer rests on, in words: the lists with their dates, what took no part, and what to mind.

>>> from datetime import date
>>> from sanctionscreen.hits import ListUsed
>>> ours = ListUsed(id="ours", title="Ours", as_of=date(2022, 5, 1), age_days=9, stale=True, checksum="0" * 64,
...     parties=1, names=2, file="ours.yaml")
>>> print("\n".join(basis((ours,), (), ("ours is stale",), "1.0")[2:7]))
Screened against
- ours: Ours; as of 2022-05-01, 9 days old, stale; 1 party, 2 names; checksum
  000000000000
<BLANKLINE>
Mind
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sanctionscreen.hits import ListUsed, NotScreened
from sanctionscreen.layout import LINE, counted, section, shown


def basis(
    lists: Sequence[ListUsed],
    not_screened: Iterable[NotScreened],
    warnings: Iterable[str],
    engine: str,
    *,
    notes: Iterable[str] = (),
) -> list[str]:
    """Tell what an answer rests on, as lines that stand below it.

    Args:
        lists: what was searched.
        not_screened: what took no part, and why.
        warnings: what a reviewer must know of the lists.
        engine: version of the code and of its weights.
        notes: what a reviewer must know of what was asked.
    """
    return [
        "",
        LINE,
        *section("Screened against", map(_list_used, lists))[1:],
        *section("Not screened", (f"{shown(one.what)}: {shown(one.why)}" for one in not_screened)),
        *section("Mind", map(shown, (*warnings, *_later(lists), *notes))),
        "",
        f"Engine: {engine}",
    ]


def _list_used(one: ListUsed) -> str:
    days = counted(abs(one.age_days), "day", "days")
    age = f"{days} old" if one.age_days >= 0 else f"{days} after the day asked about"
    stale = ", stale" if one.stale else ""
    held = f"{counted(one.parties, 'party', 'parties')}, {counted(one.names, 'name', 'names')}"
    return f"{one.id}: {shown(one.title)}; as of {one.as_of}, {age}{stale}; {held}; checksum {one.checksum[:12]}"


def _later(lists: Iterable[ListUsed]) -> Iterator[str]:
    """What to mind where lists are of a later day than the one asked about."""
    if later := [one.id for one in lists if one.age_days < 0]:
        terms = "the terms of entries are those of its own day, and what had ended by then may be missing"
        yield f"Dated after the day asked about: {', '.join(later)}. In such a list {terms}."

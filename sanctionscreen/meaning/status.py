"""What held on a given day: listings sorted into in force, on watch, ended and not yet begun.

A listing has several dates, and they answer different questions: when the notice was published, since when
the entry binds, until when holdings may be sold, when the entry ended. `proposed` and `reported` listings
are no designations: nothing is forbidden, yet a reviewer wants to know. They are a **watch** until their
review date has passed and history afterwards, so that no rumour stays on a vendor for ever.

>>> from sanctionscreen.records import Listing
>>> entity_list = Listing(list="el", program="EL", effective_date="2019-10-09")
>>> rumour = Listing(list="ofac-sdn", program="SDN", status="reported", published="2022-05-04",
...     review_by="2023-05-04")
>>> today = split((entity_list, rumour), date(2022, 5, 5))
>>> today.in_force == (entity_list,), today.watch == (rumour,)
(True, True)
>>> split((entity_list, rumour), date(2018, 1, 1)).in_force
()
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanctionscreen.records import Listing


class Standing(StrEnum):
    """Where a listing stands on one day."""

    IN_FORCE = "in_force"
    WATCH = "not_designated"  # proposed or reported
    NOT_YET = "not_yet"
    ENDED = "ended"
    LAPSED = "lapsed"  # a watch whose review date has passed


@dataclass(frozen=True, slots=True)
class Split:
    """Listings by where they stand on one day, each group in the order given."""

    in_force: tuple[Listing, ...] = ()
    watch: tuple[Listing, ...] = ()
    not_yet: tuple[Listing, ...] = ()
    ended: tuple[Listing, ...] = ()

    @property
    def history(self) -> tuple[Listing, ...]:
        """What does not count on that day but is shown: ended or lapsed, then not yet begun."""
        return self.ended + self.not_yet


@dataclass(frozen=True, slots=True)
class Milestone:
    """One of a listing's dates and what it means."""

    what: str
    day: date


def standing(listing: Listing, as_of: date) -> Standing:
    """Tell where a listing stands on the day `as_of`.

    A listing without any date counts as begun: a listing that is missed is the worse mistake. The end date
    is the first day on which it no longer holds; the review date is the last day of a watch.

    >>> from sanctionscreen.records import Listing
    >>> listing = Listing(program="EL", effective_date="2019-10-09", end_date="2022-01-01")
    >>> [str(standing(listing, date(*day))) for day in ((2019, 10, 8), (2019, 10, 9), (2022, 1, 1))]
    ['not_yet', 'in_force', 'ended']
    """
    begins = listing.effective_date or listing.published
    if begins and as_of < begins:
        return Standing.NOT_YET
    if listing.end_date and as_of >= listing.end_date:
        return Standing.ENDED
    if listing.status not in ("proposed", "reported"):
        return Standing.IN_FORCE
    return Standing.LAPSED if listing.review_by and as_of > listing.review_by else Standing.WATCH


def split(listings: Iterable[Listing], as_of: date) -> Split:
    """Sort listings by where they stand on the day `as_of`."""
    groups: dict[Standing, list[Listing]] = {place: [] for place in Standing}
    for listing in listings:
        groups[standing(listing, as_of)].append(listing)
    return Split(
        in_force=tuple(groups[Standing.IN_FORCE]),
        watch=tuple(groups[Standing.WATCH]),
        not_yet=tuple(groups[Standing.NOT_YET]),
        ended=tuple(groups[Standing.ENDED] + groups[Standing.LAPSED]),
    )


def milestones(listing: Listing) -> tuple[Milestone, ...]:
    """Give the dates a listing carries, each with its meaning, in the order of time.

    >>> from sanctionscreen.records import Listing
    >>> cmic = Listing(program="CMIC-EO13959", published="2021-06-03", effective_date="2021-08-02",
    ...     divest_by="2022-06-03")
    >>> [(m.what, str(m.day)) for m in milestones(cmic)]
    [('published', '2021-06-03'), ('in force', '2021-08-02'), ('divest by', '2022-06-03')]
    """
    dates = (
        ("published", listing.published),
        ("in force", listing.effective_date),
        ("divest by", listing.divest_by),
        ("review by", listing.review_by),
        ("ended", listing.end_date),
    )
    return tuple(sorted((Milestone(what, day) for what, day in dates if day), key=lambda m: m.day))

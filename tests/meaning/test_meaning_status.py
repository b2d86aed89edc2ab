"""What held on a given day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.meaning.status import Standing, milestones, split, standing
from sanctionscreen.records import Listing

DAY = date(2022, 5, 5)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, Standing.IN_FORCE),
        ({"effective_date": "2022-05-05"}, Standing.IN_FORCE),
        ({"effective_date": "2022-05-06"}, Standing.NOT_YET),
        ({"published": "2022-05-06"}, Standing.NOT_YET),
        ({"published": "2022-01-01", "effective_date": "2022-06-01"}, Standing.NOT_YET),
        ({"effective_date": "2020-01-01", "end_date": "2022-05-05"}, Standing.ENDED),
        ({"effective_date": "2020-01-01", "end_date": "2022-05-06"}, Standing.IN_FORCE),
        ({"status": "delisted", "end_date": "2021-01-01"}, Standing.ENDED),
        ({"status": "delisted", "end_date": "2023-01-01"}, Standing.IN_FORCE),
        ({"status": "reported", "published": "2022-05-04"}, Standing.WATCH),
        ({"status": "proposed", "published": "2022-05-06"}, Standing.NOT_YET),
        ({"status": "reported", "review_by": "2022-05-05"}, Standing.WATCH),
        ({"status": "reported", "review_by": "2022-05-04"}, Standing.LAPSED),
        ({"status": "reported", "review_by": "2023-05-04", "end_date": "2022-05-01"}, Standing.ENDED),
    ],
)
def test_where_a_listing_stands(fields: dict[str, str], expected: Standing) -> None:
    assert standing(Listing(program="X", **fields), DAY) is expected


def test_a_split_keeps_order_and_calls_what_does_not_count_history() -> None:
    ended = Listing(program="A", effective_date="2019-01-01", end_date="2020-01-01")
    lapsed = Listing(program="B", status="reported", review_by="2021-01-01")
    coming = Listing(program="C", effective_date="2023-01-01")
    found = split((coming, lapsed, ended), DAY)
    assert found.in_force == found.watch == ()
    assert found.history == (ended, lapsed, coming)


def test_the_dates_of_a_listing_are_kept_apart() -> None:
    listing = Listing(
        program="X", status="reported", published="2022-05-04", review_by="2023-05-04", end_date="2023-01-01"
    )
    told = [(m.what, m.day.isoformat()) for m in milestones(listing)]
    assert told == [("published", "2022-05-04"), ("ended", "2023-01-01"), ("review by", "2023-05-04")]


DAYS = st.dates(date(2018, 1, 1), date(2026, 1, 1))


@given(st.lists(st.tuples(DAYS, st.sampled_from(["in_force", "reported", "proposed"]))), DAYS)
def test_every_listing_stands_in_exactly_one_place(drawn: list[tuple[date, str]], as_of: date) -> None:
    listings = [Listing(program=str(n), effective_date=day, status=s) for n, (day, s) in enumerate(drawn)]  # type: ignore[arg-type]
    found = split(listings, as_of)
    placed = (*found.in_force, *found.watch, *found.history)
    assert sorted(listing.program for listing in placed) == sorted(listing.program for listing in listings)

"""Items of arrays, read by one thread or by several at the same time."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching_names import WORDS

from sanctionscreen.matching.building import build
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.layout import Items, view
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.names import parse

DTYPES = st.sampled_from([np.uint8, np.uint16, np.int32, np.uint32])
PLACES = st.none() | st.integers(-9, 9)


@given(st.lists(st.integers(0, 255), max_size=8), DTYPES, PLACES, PLACES)
def test_items_are_those_of_a_memoryview(numbers: list[int], dtype: type, first: int | None, last: int | None) -> None:
    array = np.array(numbers, dtype)
    items, known = Items(array), array.data
    assert (len(items), items.tolist(), [*items]) == (len(known), known.tolist(), [*known])
    assert items[first:last].tolist() == known[first:last].tolist()
    assert [items[at] for at in range(len(numbers))] == numbers
    assert all(type(one) is int for one in [*items, *map(items.__getitem__, range(len(numbers)))])


def test_memoryviews_are_not_shared_between_threads_that_run_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: False, raising=False)
    assert isinstance(view(np.arange(3)), Items)


def test_threads_find_in_one_index_what_one_thread_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(some) for some in zip(WORDS, WORDS[7:], WORDS[3:], strict=False)]
    names = [prepare(parse(text)) for text in texts]
    made = build((name, number, 0) for number, name in enumerate(names))

    def found(index: Index, one: PreparedName) -> list[tuple[int, int]]:
        return [(found.party, found.score.points) for found in index.search(one, 600)]

    alone = [found(Index(*made), one) for one in names]
    assert all(alone)
    monkeypatch.setattr(sys, "_is_gil_enabled", lambda: False, raising=False)
    shared = Index(*made)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: found(shared, one), names * 3)) == alone * 3

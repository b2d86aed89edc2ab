"""What readings have in common gives the same bounds whether it is added up one by one or in arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matching_names import KINDS, LISTED_NAMES, index_of, near

from sanctionscreen.matching import weights
from sanctionscreen.matching.bounds import may_reach, reaches
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.sharing import Listed
from sanctionscreen.names import parse
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists

CUTOFFS = (weights.LOWEST_CUTOFF, weights.CUTOFF, 900, 1000)
#: All words of a reading, as bits: every reading with anything in common is touched.
EVERY = (-1, -1)


def both_ways(index: Index, queries: Sequence[PreparedName], cutoff: int) -> tuple[list[list[int]], list[list[int]]]:
    """The readings within the bounds, one by one and in arrays."""
    every = index._look_up(queries, cutoff)
    listed = Listed(index.arrays)
    rows, readings = listed.touched(every, [EVERY] * len(every))
    few = [listed.few(asked, readings[rows == row].tolist(), cutoff) for row, asked in enumerate(every)]
    return few, listed.many(every, rows, readings, cutoff) if len(rows) else [[] for _ in every]


@settings(max_examples=200)
@given(st.data())
def test_few_and_many_are_within_the_same_bounds(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    index = index_of(names, [data.draw(KINDS) for _ in names])
    queries = [prepare(parse(data.draw(near(names)), data.draw(KINDS))) for _ in range(data.draw(st.integers(1, 3)))]
    for cutoff in CUTOFFS:
        few, many = both_ways(index, queries, cutoff)
        assert few == many


@pytest.fixture(scope="module")
def bundled() -> Index:
    return Snapshot.of(load_lists([bundled_lists()])).index


def test_few_and_many_are_within_the_same_bounds_of_real_names(bundled: Index) -> None:
    texts = [
        "Hik Vision Hangzhou", "Hikvison", "J. Smith", "General Trading Company Limited", "China National Bank",
        "杭州海康威视数字技术股份有限公司", "Zhejiang", "Хиквижн", "Semiconducter Manufacturing Intl s.rwl.", "SMIC",
        "V. Putin", "44", "International " * 40, "Xin jiang Cotton " * 13, "Lakeside Bakery Ltd", "Nobody At All",
    ]  # fmt: skip
    queries = [prepare(parse(text)) for text in texts]
    sizes = []
    for cutoff in CUTOFFS:
        few, many = both_ways(bundled, queries, cutoff)
        assert few == many
        sizes.append(sum(map(len, few)))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] > 0  # the bounds told some apart, and some reached every cutoff


MASSES = st.integers(0, 400) | st.sampled_from([0, 1, 2, 3, 12, 59, 60, 61, 100, 129, 130, 131, 260, 4000])


@settings(max_examples=500)
@given(
    query=MASSES,
    total=MASSES,
    shares=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    lost=st.integers(-100, 100),
    flat=st.sampled_from([0, weights.GUESSED_KIND_POINTS]),
    cutoff=st.integers(weights.LOWEST_CUTOFF, 1000) | st.sampled_from([500, 519, 520, 521, 1000]),
)
@example(query=0, total=0, shares=(0, 0), lost=0, flat=0, cutoff=1000)
@example(query=200, total=1000, shares=(100, 20), lost=0, flat=0, cutoff=500)  # a listed name with much more
@example(query=200, total=1000, shares=(100, 20), lost=0, flat=0, cutoff=520)
@example(query=200, total=1000, shares=(100, 20), lost=0, flat=0, cutoff=521)
@example(query=300, total=300, shares=(50, 50), lost=0, flat=0, cutoff=500)  # both sides lack more than `CONFLICT_MASS`
@example(query=300, total=300, shares=(80, 80), lost=0, flat=0, cutoff=500)
@example(query=300, total=300, shares=(100, 100), lost=100, flat=0, cutoff=700)
@example(query=300, total=300, shares=(100, 100), lost=30, flat=120, cutoff=700)
@example(query=300, total=300, shares=(100, 100), lost=0, flat=120, cutoff=1000)
def test_what_masses_rule_out_no_bound_reaches(
    query: int, total: int, shares: tuple[int, int], lost: int, flat: int, cutoff: int
) -> None:
    asked, listed = query * shares[0] // 100, total * shares[1] // 100
    own = {"query": query, "asked": asked, "listed": listed, "total": total, "cost": listed * 1000 * lost // 100}
    likely = may_reach(*(np.array([mass]) for mass in (query, asked, listed, total)), cutoff).tolist()
    assert likely == [True] or not reaches(**own, flat=flat, cutoff=cutoff)


@pytest.mark.parametrize(
    ("masses", "cutoff", "expected"),
    [
        # query, asked, listed, total, cost, flat
        ((100, 100, 100, 100, 0, 0), 1000, True),
        ((100, 99, 100, 100, 0, 0), 1000, False),
        ((0, 0, 0, 0, 0, 0), 1000, True),
        ((200, 200, 200, 1000, 0, 0), 520, True),  # 480 points at most for what only the listed name has
        ((200, 200, 200, 1000, 0, 0), 521, False),
        ((200, 200, 200, 200, 400 * 300, 0), 700, True),  # a tie reaches
        ((200, 200, 200, 200, 400 * 300 + 1, 0), 700, False),
        ((200, 200, 200, 200, 400 * 300 + 1, 0), 520, True),  # where no word's own cost proves anything
        ((300, 200, 200, 300, 0, 0), 500, False),  # both lack a hundred
        ((300, 270, 270, 300, 0, 0), 500, True),
        ((200, 200, 200, 200, 0, 120), 880, True),  # another kind than was guessed
        ((200, 200, 200, 200, 0, 120), 881, False),
        ((200, 200, 200, 200, 400 * 300, 120), 700, True),  # less is left to lose, and so words are known to lose less
        ((200, 200, 200, 200, 400 * 300 + 10, 120), 700, False),
    ],
)
def test_the_bound_of_masses(masses: tuple[int, int, int, int, int, int], cutoff: int, expected: bool) -> None:
    assert reaches(*masses, cutoff=cutoff) is expected
    assert may_reach(*(np.array([mass]) for mass in masses[:4]), cutoff).tolist() == [True] or not expected

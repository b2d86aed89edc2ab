"""Words that can be Chinese or Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching.syllables import is_chinese, is_syllables
from sanctionscreen.names.romanise.wade_giles import pinyin_of


@pytest.mark.parametrize(
    ("word", "chinese", "syllables"),
    [
        ("huawei", True, True), ("xian", True, True), ("hsiaoping", True, False), ("jeongeun", False, True),
        ("pelosi", False, True), ("moreno", False, True), ("clinton", False, False), ("ng", False, False),
        ("", False, False), ("华为", False, False),
    ],
)  # fmt: skip
def test_a_word_is_told_by_its_syllables(word: str, chinese: bool, syllables: bool) -> None:
    assert (is_chinese(word), is_syllables(word)) == (chinese, syllables)


@given(st.lists(st.sampled_from(sorted(set(pinyin_of().values()))), min_size=1, max_size=6))
def test_pinyin_is_chinese_however_it_is_put_together(syllables: list[str]) -> None:
    assert is_chinese("".join(syllables))


@pytest.mark.parametrize("piece", ["ia", "xian", "ang", "ao"])
def test_a_word_that_can_be_cut_in_many_ways_is_told_at_once(piece: str) -> None:
    """With a search that goes back, each of these would take longer than anybody lives."""
    assert is_syllables(piece * 2_000)
    assert not is_syllables(piece * 2_000 + "1")
    assert not is_chinese(piece * 2_000 + "1")

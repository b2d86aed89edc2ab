"""Words that run on without spaces in katakana and Hangul."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.names import parse
from sanctionscreen.names.run_on import pieces


def shown(text: str) -> list[str]:
    """The concepts of the words of the main reading, or the words where a table knows nothing of them."""
    return [token.concept or token.text for token in parse(text).readings[0].tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ハイクビジョンジャパン", ["haikubijon", "jp"]),
        ("ハイクビジョン・ジャパン株式会社", ["haikubijon", "jp", "public_limited"]),
        ("ジャパンテクノロジー", ["jp", "technology"]),
        ("하이크비전코리아", ["haikeubijeon", "kp|kr"]),
        ("주식회사하이크비전", ["public_limited", "haikeubijeon"]),
        ("조선광업개발무역회사", ["kp", "mining", "development", "trade", "company"]),
        ("삼성전자", ["samseong", "electronics"]),
        ("화웨이 기술", ["hwa", "wei", "technology"]),  # two syllables that a family name could begin
        ("トヨタ", ["toyota"]),  # nothing to take off
        ("김서울", ["kim", "seoul"]),  # a person, whatever place the given name is
        ("이한국", ["lee", "hanguk"]),
    ],
)
def test_words_are_taken_off_the_ends_of_a_run(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_a_person_is_not_cut() -> None:
    assert [token.text for token in parse("하이크비전코리아", "person").readings[0].tokens] == ["haikeubijeonkoria"]


@given(st.text("ハイクビジョンーガス하이크비전코리아조선은행 김", max_size=20))
def test_pieces_make_up_their_run(text: str) -> None:
    for begin, found in pieces(text):
        assert any(piece.senses for piece in found)
        assert [piece.end for piece in found[:-1]] == [piece.start for piece in found[1:]]
        assert found[0].start == 0
        whole = text[begin : begin + found[-1].end]
        assert " " not in whole
        assert sum(not piece.senses for piece in found) <= 1

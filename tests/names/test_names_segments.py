"""Han names cut into place, brand, business and legal form."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.names.segments import cut


def shown(text):
    return " ".join(text[piece.start : piece.end] + ("" if piece.senses else "*") for piece in cut(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("杭州海康威视数字技术股份有限公司", "杭州 海康威视* 数字 技术 股份有限公司"),
        ("浙江大华技术股份有限公司", "浙江 大华* 技术 股份有限公司"),
        ("海能达通信股份有限公司", "海能达* 通信 股份有限公司"),
        ("中兴通讯股份有限公司", "中兴* 通讯 股份有限公司"),
        ("厦门市美亚柏科信息股份有限公司", "厦门市 美亚柏科* 信息 股份有限公司"),
        ("中芯国际集成电路制造有限公司", "中芯* 国际 集成电路 制造 有限公司"),
        ("中国电子科技集团公司第五十四研究所", "中国 电子 科技 集团 公司 第五十四 研究所"),
        ("新东方教育科技", "新东方* 教育 科技"),
        ("三菱重工业", "三菱* 重工业"),
        ("大华股份", "大华* 股份"),
        ("华为技术有限公司北京分公司", "华为* 技术 有限公司 北京 分公司"),
        ("九号公司", "九号* 公司"),
        ("东风汽车", "东风* 汽车"),
        ("株式会社日立制作所", "株式会社 日立* 制作所"),
        ("银行", "银行"),
        ("银", "银*"),
    ],
)
def test_real_names(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(("text", "value"), [("第五十四研究所", "54"), ("五十四所", "54"), ("第一医院", "1")])
def test_numbers(text, value):
    assert cut(text)[0].senses[0].concept == value


@given(st.text("杭州海康威视数字技术股份有限公司新东方第五十四研究所一二市银行重", min_size=1, max_size=20))
def test_the_pieces_make_up_the_text(text):
    pieces = cut(text)
    assert pieces[0].start == 0
    assert pieces[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(pieces))

"""Paths from a product down to where a hit stands, and what the goods carry up."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.meaning.effects import effects_of
from sanctionscreen.meaning.supply import SupplyLink, load_suppliers, suppliers, trace
from sanctionscreen.records import Listing

DAY = date(2024, 1, 1)
XINJIANG = "Xinjiang"
UFLPA = effects_of(Listing(list="uflpa", program="UFLPA"), DAY)
BLOCK = effects_of(Listing(list="sdn", program="GLOMAG"), DAY)

ROOF = [
    SupplyLink("Panel Co", "Roof kit", "solar panels", "Vietnam", 1),
    SupplyLink("Frame Co", "Roof kit", "frames", None, 1),
    SupplyLink("Poly Co", "Panel Co", "polysilicon", "Shihezi, Xinjiang", 2),
    SupplyLink("Smelter", "Frame Co", "aluminium", None, 5),
]


def test_origin_in_xinjiang_is_carried_up_with_the_path() -> None:
    (exposure,) = trace(ROOF, as_of=DAY)
    assert exposure.text == ("Roof kit <- Panel Co (solar panels, Vietnam) <- Poly Co (polysilicon, Shihezi, Xinjiang)")
    assert (exposure.product, exposure.supplier, exposure.tier, exposure.carried_up) == ("Roof kit", "Poly Co", 2, True)


def test_before_the_act_nothing_is_carried() -> None:
    (exposure,) = trace(ROOF, as_of=date(2021, 1, 1))
    assert not exposure.carried_up


def test_a_listed_supplier_is_shown_where_it_stands() -> None:
    found = {"SMELTER": BLOCK, "frame  co": UFLPA}
    first, second, third = trace(ROOF, found, as_of=DAY)
    assert [(e.supplier, e.tier, e.carried_up) for e in (first, second, third)] == [
        ("Frame Co", 1, True), ("Poly Co", 2, True), ("Smelter", 2, False),
    ]  # fmt: skip
    assert third.warnings == ("the file says tier 5, the links say 2",)


def test_goods_of_a_region_are_found_on_a_longer_way_too() -> None:
    links = [
        SupplyLink("Spinner", "Shirt", "yarn", "India"),
        SupplyLink("Weaver", "Shirt", "cloth"),
        SupplyLink("Spinner", "Weaver", "yarn", "Aksu, Xinjiang"),
        SupplyLink("Spinner", "Weaver", "thread", "Aksu, Xinjiang"),
    ]
    (exposure,) = trace(links, as_of=DAY)
    assert exposure.text == "Shirt <- Weaver (cloth) <- Spinner (yarn; thread, Aksu, Xinjiang)"
    assert len(exposure.effects) == 1


def test_each_product_has_its_own_exposure() -> None:
    links = [SupplyLink("S", "A"), SupplyLink("S", "B"), SupplyLink("T", "C")]
    assert [(e.product, e.supplier) for e in trace(links, {"S": BLOCK}, as_of=DAY)] == [("A", "S"), ("B", "S")]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([("A", "B", ""), ("B", "C", ""), ("C", "A", XINJIANG)], [("A", "C", 1)]),
        ([("C", "A", XINJIANG), ("A", "B", ""), ("B", "C", "")], [("A", "C", 1)]),
        ([("A", "B", ""), ("A", "C", XINJIANG), ("B", "A", ""), ("C", "A", "")], [("B", "A", 3)]),
        ([("A", "A", XINJIANG)], [("A", "A", 1)]),
        ([("A", "B", XINJIANG), ("B", "A", XINJIANG)], [("A", "B", 1), ("B", "A", 1)]),
        ([("A", "B", ""), ("B", "A", ""), ("D", "C", XINJIANG), ("C", "A", "")], [("A", "D", 2)]),
        ([("D", "C", XINJIANG), ("C", "A", ""), ("A", "B", ""), ("B", "A", "")], [("A", "D", 2)]),
    ],
)
def test_of_a_ring_of_suppliers_each_party_is_told_once(
    links: list[tuple[str, str, str]], expected: list[tuple[str, str, int]]
) -> None:
    exposures = trace([SupplyLink(a, b, "x", origin or None) for a, b, origin in links], as_of=DAY)
    assert [(e.product, e.supplier, e.tier) for e in exposures] == expected
    assert all("in a ring" in e.warnings[-1] for e in exposures)


def test_a_ring_beside_a_product_is_told_too() -> None:
    ring = [SupplyLink("A", "B"), SupplyLink("B", "A", "cotton", XINJIANG)]
    (exposure,) = trace([SupplyLink("Frame Co", "Roof kit"), *ring], as_of=DAY)
    assert (exposure.product, exposure.supplier) == ("A", "B")


def test_a_ring_below_a_product_is_no_ring_at_the_top() -> None:
    ring = [SupplyLink("A", "B"), SupplyLink("B", "A", "cotton", XINJIANG)]
    (exposure,) = trace([*ring, SupplyLink("A", "Roof kit")], as_of=DAY)
    assert (exposure.text, exposure.warnings) == ("Roof kit <- A <- B (cotton, Xinjiang)", ())


@given(st.lists(st.tuples(*[st.sampled_from("ABCDEFG")] * 2), min_size=1))
def test_whoever_supplies_is_told_below_some_product(pairs: list[tuple[str, str]]) -> None:
    exposures = trace([SupplyLink(a, b, "x", XINJIANG) for a, b in pairs], as_of=DAY)
    assert {e.supplier for e in exposures} == {a for a, _ in pairs}
    assert len({(e.product, e.supplier) for e in exposures}) == len(exposures)


def test_a_ring_of_300_suppliers_is_told_in_time() -> None:
    links = [SupplyLink(f"s{n}", f"s{(n + 1) % 300}", "x", XINJIANG) for n in range(300)]
    exposures = trace(links, as_of=DAY)
    assert {e.supplier for e in exposures} == {f"s{n}" for n in range(300)}
    assert len(exposures) == 300


def test_a_chain_of_20_000_tiers() -> None:
    links = [SupplyLink(f"s{n + 1}", f"s{n}") for n in range(20_000)]
    (exposure,) = trace(links, {"s20000": UFLPA}, as_of=DAY)
    assert (exposure.tier, len(exposure.path), exposure.carried_up) == (20_000, 20_000, True)
    assert exposure.text.startswith("s0 <- s1 <- s2 <-")
    assert "<- s10 <- (19980 more tiers) <- s19991 <-" in exposure.text


def test_everyone_named_is_to_be_screened() -> None:
    assert suppliers(ROOF) == ("Panel Co", "Roof kit", "Frame Co", "Poly Co", "Smelter")
    assert suppliers([SupplyLink("A b", "C"), SupplyLink("a  B", "C")]) == ("A b", "C")


def test_files(tmp_path: Path) -> None:
    table = tmp_path / "bill.csv"
    table.write_text("supplier,customer,goods,origin,tier\nA,B,steel,乌鲁木齐,2\nC,B,,,\n", encoding="utf-8")
    assert load_suppliers(table) == (SupplyLink("A", "B", "steel", "乌鲁木齐", 2), SupplyLink("C", "B"))
    table.write_text("part no;supplier;customer;goods\n7;A;B;steel\n", encoding="utf-8")
    assert load_suppliers(table) == (SupplyLink("A", "B", "steel"),)
    document = tmp_path / "bill.yml"
    document.write_text("- {supplier: A, customer: B, tier: 2}\n", encoding="utf-8")
    assert load_suppliers(document) == (SupplyLink("A", "B", tier=2),)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("supplier,customer,tier\nA,B,0\n", ":2: tier: '0' is not a whole number"),
        ("supplier,customer,tier\nA,B,two\n", "tier: 'two'"),
        ("supplier,customer\nA,\n", ":2: supplier and customer: both are needed"),
        ("supplier,customr\nA,B\n", "did you mean customer?"),
        (
            'supplier,customer,goods\nC,D,\nA,P,"x\nHikvision,P,\nB,P,y"\n',
            ":3: column 'goods' holds lines that look like",
        ),
        (
            'supplier,customer,goods\nA,P,"x\nHikvision,P,y"\n',
            "look for a stray quotation mark, or put the cell on one",
        ),
        ('supplier,customer,"goods\nHikvision,P,\nB,P,y"\n', ":1: column 'goods\\nHikvision,P,\\nB,P,y' holds lines"),
        ("supplier;customer;Country of Origin\nA;B;CN\n", "unknown column 'country of origin': did you mean origin?"),
    ],
)
def test_bad_files(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "bill.csv"
    path.write_text(content)
    with pytest.raises(InputError) as error:
        load_suppliers(path)
    assert words in str(error.value)


def test_cells_over_several_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bill.csv"
    path.write_text('supplier,customer,"goods"\nA,P,"yarn, thread\ncloth, 10,000 m\nand so on"\n')
    assert load_suppliers(path) == (SupplyLink("A", "P", "yarn, thread\ncloth, 10,000 m\nand so on"),)


parties = st.sampled_from("ABCDEF")


@given(st.lists(st.tuples(parties, parties), max_size=15), parties)
def test_every_path_is_made_of_links(pairs: list[tuple[str, str]], listed: str) -> None:
    links = [SupplyLink(*pair) for pair in pairs]
    for exposure in trace(links, {listed: BLOCK}, as_of=DAY):
        down = [exposure.product, *(step.party for step in exposure.path)]
        assert down[-1] == exposure.supplier == listed
        assert all((lower, upper) in pairs for upper, lower in pairwise(down))
        assert len(set(down)) == len(down) or down == [listed, listed]  # one that supplies itself

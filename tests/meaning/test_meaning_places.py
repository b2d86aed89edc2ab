"""Regions found in addresses and texts, and what follows from them by date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.meaning.effect_tables import vocabulary
from sanctionscreen.meaning.places import region_effects, regions, regions_in


@pytest.mark.parametrize(
    ("text", "region", "place"),
    [
        ("Urumqi", "xinjiang", "Urumqi"),
        ("乌鲁木齐市新市区北京南路", "xinjiang", "Urumqi"),
        ("烏魯木齊", "xinjiang", "Urumqi"),
        ("ئۈرۈمچىدە", "xinjiang", "Urumqi"),
        ("23rd Floor, Gaoxin District, URUMQI", "xinjiang", "Urumqi"),
        ("U\u0308ru\u0308mqi", "xinjiang", "Urumqi"),
        ("Wu lu mu qi", "xinjiang", "Urumqi"),
        ("在Urumqi市", "xinjiang", "Urumqi"),
        ("Xinjiang Production and Construction Corps", "xinjiang", "XPCC"),
        ("新疆生产建设兵团", "xinjiang", "XPCC"),
        ("XPCC 8th Division", "xinjiang", "XPCC 8th Division"),
        ("石河子", "xinjiang", "XPCC 8th Division"),
        ("Qeshqer", "xinjiang", "Kashgar"),
        ("Hotan Prefecture", "xinjiang", "Hotan"),
        ("Aksu, Xinjiang", "xinjiang", "Aksu"),
        ("Kashi, China", "xinjiang", "Kashgar"),
        ("Hsin-chiang", "xinjiang", "Xinjiang Uyghur Autonomous Region"),
        ("ул. Ленина, Симферополь", "crimea", "Simferopol"),
        ("Yalta, Crimea", "crimea", "Yalta"),
        ("Donetsk, Ukraine", "donetsk-luhansk", "Donetsk"),
        ("Luhansk People's Republic", "donetsk-luhansk", "So-called Donetsk and Luhansk People's Republics of Ukraine"),
        ("Havana, Cuba", "cuba", "Havana"),
        ("تهران", "iran", "Tehran"),
        ("평양시", "north-korea", "Pyongyang"),
        ("P'yongyang", "north-korea", "Pyongyang"),
        ("Aleppo", "syria", "Aleppo"),
    ],
)
def test_found(text: str, region: str, place: str) -> None:
    assert (region, place) in {(find.region, find.place) for find in regions_in(text)}


@pytest.mark.parametrize(
    "text",
    [
        "", "Hangzhou, Zhejiang, China", "Altay Krai, Barnaul", "Aksu, Antalya", "和田一郎", "Damascus steel knife",
        "Tirana", "Donetsk, Rostov Oblast", "Yalta Conference", "Hami melon", "Iranian", "Xinjiangese", "北屯區, 臺中",
        "China", "Ukraine",
    ],
)  # fmt: skip
def test_not_found(text: str) -> None:
    assert regions_in(text) == ()


def test_finds_stand_in_order_with_their_spans_and_sources() -> None:
    text = "自 新疆 Shihezi, Ürümqi; Kashi"
    finds = regions_in(text)
    assert [find.span.text for find in finds] == ["新疆", "Shihezi", "Ürümqi", "Kashi"]
    assert [find.ambiguous for find in finds] == [False, False, False, True]
    assert all(text[f.span.start : f.span.end] == f.span.text for f in finds)
    assert finds[0].source == "Uyghur Forced Labor Prevention Act, 2021-12-23"


@pytest.mark.parametrize(
    ("text", "day", "effect", "status"),
    [
        ("Xinjiang", date(2022, 6, 20), "import_presumption", "not_yet"),
        ("Xinjiang", date(2022, 6, 21), "import_presumption", "in_force"),
        ("Crimea", date(2014, 12, 18), "embargo", "not_yet"),
        ("Crimea", date(2014, 12, 19), "embargo", "in_force"),
        ("Luhansk", date(2022, 2, 21), "embargo", "in_force"),
        ("Syria", date(2025, 6, 30), "embargo", "in_force"),
        ("Syria", date(2025, 7, 1), "embargo", "ended"),
        ("Cuba", date(2026, 1, 1), "embargo", "in_force"),
    ],
)
def test_what_follows_by_date(text: str, day: date, effect: str, status: str) -> None:
    (found,) = region_effects(regions_in(text)[0], day)
    assert (found.effect, found.status, found.in_force) == (effect, status, status == "in_force")
    assert found.note is not None
    assert repr(text) in found.note


def test_the_table_is_whole() -> None:
    for region in regions().values():
        assert region.rules
        for rule in region.rules:
            assert rule.effect in vocabulary()
            assert rule.url.startswith("https://")
        for place in region.places:
            assert place.names or place.ambiguous


@pytest.mark.parametrize("region", regions().values(), ids=lambda region: region.region)
def test_every_name_of_the_table_is_found(region: object) -> None:
    for place in region.places:  # type: ignore[attr-defined]
        for name in place.names:
            assert place.place in {find.place for find in regions_in(f"x, {name}, y")}, name
        for name in place.ambiguous:
            beside = f"{region.names[0]}, {name}"  # type: ignore[attr-defined]
            assert place.place in {find.place for find in regions_in(beside)}, name


names = st.sampled_from([name for r in regions().values() for p in r.places for name in p.names])


@given(st.text(max_size=30), names, st.text(max_size=30))
def test_spans_are_true_to_the_text(before: str, name: str, after: str) -> None:
    text = f"{before} {name} {after}"
    finds = regions_in(text)
    assert finds
    for find in finds:
        assert text[find.span.start : find.span.end] == find.span.text


@pytest.mark.parametrize(
    "text", ["阿" * 300_000, "xin " * 75_000, "\u0301" * 300_000, "\ufdfa" * 20_000, "a'" * 150_000]
)
def test_hostile_text_is_read_once(text: str) -> None:
    assert regions_in(text) == ()

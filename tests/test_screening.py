"""A party goes in, hits come out: nothing lost, nothing clear by accident."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen import DEFAULT_CUTOFF, Comparison, InputError, ListError, Party, Screener, SnapshotError, compare
from sanctionscreen.hits import Hit, ScreeningResult
from sanctionscreen.names import MAX_LENGTH, MAX_TOKENS
from sanctionscreen.records import Identifier
from sanctionscreen.sources.loading import bundled_lists

HIKVISION = "hangzhou-hikvision-digital-technology"

LIST = """
header:
  id: watch
  title: Watch list
  authority: House rule
  publisher: Us
  as_of: 2026-01-01
  licence: CC0-1.0
  stale_after_days: 30
  programs: [{id: W, title: Watched}]
parties:
  - id: acme
    kind: organization
    names:
      - {name: Acme Robotics Ltd, type: primary}
      - {name: Zork, quality: weak}
    identifiers: [{type: lei, value: 549300ABCDEFGHIJKL12}]
    listings: [{program: W, effective_date: 2020-05-01, end_date: 2024-01-01, status: delisted}]
  - id: ivan
    kind: person
    names: [{name: Ivan Petrovich Sidorov, type: primary}]
    birth_dates: ["1962"]
    countries: [RU]
    listings: [{program: W, effective_date: 2020-05-01}]
  - id: rumour
    kind: organization
    names: [{name: Globex Dynamics, type: primary}, {name: Glox, quality: weak}]
    listings: [{program: W, status: reported, published: 2025-01-01, review_by: 2026-06-01}]
"""


@pytest.fixture(scope="module")
def bundled() -> Screener:
    return Screener.load()


@pytest.fixture
def house(tmp_path: Path) -> Screener:
    path = tmp_path / "watch.yaml"
    path.write_text(LIST, encoding="utf-8")
    return Screener.load(path)


def ids(result: ScreeningResult) -> list[str]:
    return [hit.listed_party.id for hit in result.hits]


@pytest.mark.parametrize(
    "spelling",
    [
        "Hikvison",
        "HIK VISION europe bv",
        "Hangzhou Haikang Weishi Shuzi Jishu",
        "杭州海康威视数字技术股份有限公司",
        "海康威視",
        "Хиквижн",
        "Hikvision Digital Tech Co Ltd",
        "H1kvision",
        "Ηikvision",
        "Ηik\u200bvision",
        "Hikvision Digital\u200b Technology",
        "Hikvision France",
        "Hikvison India Pvt Ltd",
        "OOO Hikvision Rus",
        "ООО «Хиквижн Рус»",
        "ハイクビジョンジャパン",
        "海康威视摄像机",
        "Hikvison Security Cameras",
        "Hik Vision CCTV Store",
        "Hikvision Sicherheitstechnik",
        "Hikvision Cloud",
    ],
)
def test_every_spelling_of_hikvision_is_found(bundled: Screener, spelling: str) -> None:
    assert HIKVISION in ids(bundled.screen(spelling))


@pytest.mark.parametrize(
    ("spelling", "disguise"), [("Ηikvision", "homoglyph"), ("Hik\u200bvision", "zero_width"), ("H1kvision", "leet")]
)
def test_a_disguise_is_said(bundled: Screener, spelling: str, disguise: str) -> None:
    hit = next(h for h in bundled.screen(spelling).hits if h.listed_party.id == HIKVISION)
    assert disguise in {e.detail for e in hit.evidence if e.rule == "disguised"}


@pytest.mark.parametrize(
    "name", ["Contoso Furniture GmbH", "Maria Fernanda Oliveira", "北京烤鸭店", "Σύλλογος Φίλων", "Cloud Center"]
)
def test_clean_names_are_clear(bundled: Screener, name: str) -> None:
    result = bundled.screen(name)
    assert result.clear
    assert result.lists


def points(hit: Hit) -> int:
    return sum(e.contribution for e in hit.evidence)


@given(name=st.text(max_size=40) | st.sampled_from(["Hikvison Europe", "Huawei Tech", "ZTE", "Dahua", "Hytera Comm"]))
def test_what_holds_for_every_result(bundled: Screener, name: str) -> None:
    result = bundled.screen(name)
    assert [h.points for h in result.hits] == sorted((h.points for h in result.hits), reverse=True)
    assert all(points(h) == h.points >= DEFAULT_CUTOFF * 1000 for h in result.hits)
    assert result == bundled.screen(Party(name=name), as_of=result.as_of)
    assert ScreeningResult.model_validate_json(result.model_dump_json(exclude_computed_fields=True)) == result


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "it is blank"),
        ("   \t\n", "it is blank"),
        ("...!?", "no letters or digits"),
        ("\ud800\udfff", "no letters or digits"),
        ("\u200b\u200d", "no letters or digits"),
        ("Co Ltd", "only a legal form"),
    ],
)
def test_a_name_that_cannot_be_compared_is_never_clear(bundled: Screener, name: str, why: str) -> None:
    result = bundled.screen(name)
    assert not result.hits
    assert not result.clear
    assert why in result.not_screened[0].why


def test_a_name_that_is_only_a_legal_form_says_so(bundled: Screener) -> None:
    assert "legal form" in " ".join(one.why for one in bundled.screen("Co., Ltd.").not_screened)


@pytest.mark.parametrize("type_", ["uscc", "tax", "registration"])
def test_a_chinese_credit_code_is_found_whatever_it_is_called(bundled: Screener, type_: str) -> None:
    number = Identifier(type=type_, value="91330000733796106P", country="CN")
    result = bundled.screen(Party(name="Zzz", identifiers=(number,)))
    assert [e.rule for e in result.hits[0].evidence if e.contribution] == ["same_identifier"]
    assert not result.notes


@pytest.mark.parametrize(("type_", "value"), [("usc", "91330000733796106P"), ("lei", "123")])
def test_an_identifier_that_cannot_be_compared_is_told(bundled: Screener, type_: str, value: str) -> None:
    party = Party(name="Zzz", identifiers=(Identifier(type=type_, value=value),))
    assert f"identifier {type_} {value} was not compared" in bundled.screen(party).notes[0]
    assert [one.notes for one in bundled.screen_many([party])] == [bundled.screen(party).notes]


def test_a_name_too_long_is_cut_and_says_so(bundled: Screener) -> None:
    result = bundled.screen("Hikvision " + "x" * 10_000_000)
    assert "longer than" in " ".join(result.notes)
    cut = bundled.screen(("Hikvision " + "x" * 10_000_000)[:MAX_LENGTH])
    assert ids(result) == ids(cut)


def test_a_name_of_too_many_words_is_cut_and_says_so(bundled: Screener) -> None:
    result = bundled.screen("Hikvision " + "ab " * 10_000)
    assert f"more than {MAX_TOKENS} words" in " ".join(result.notes)


def test_a_lone_surrogate_within_a_name_does_not_hide_it(bundled: Screener) -> None:
    result = bundled.screen("Hik\ud800vision")
    assert HIKVISION in ids(result)
    assert ScreeningResult.model_validate_json(result.model_dump_json()) == result


@pytest.mark.parametrize("cutoff", [-1, 0.49, 1.001, float("nan"), float("inf")])
def test_a_cutoff_out_of_range_is_refused(bundled: Screener, cutoff: float) -> None:
    with pytest.raises(InputError, match="out of range"):
        bundled.screen("x", cutoff=cutoff)


def test_a_higher_cutoff_gives_fewer_hits_and_the_same_scores(bundled: Screener) -> None:
    low = bundled.screen("Hikvison Technology", cutoff=0.5)
    high = bundled.screen("Hikvison Technology", cutoff=0.85)
    assert [h for h in low.hits if h.points >= 850] == list(high.hits)


# --- time ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hits", "history"),
    [
        (date(2019, 1, 1), [], ["acme"]),
        (date(2020, 5, 1), ["acme"], []),
        (date(2023, 12, 31), ["acme"], []),
        (date(2024, 1, 1), [], ["acme"]),
    ],
)
def test_listings_count_from_their_day_to_their_end(
    house: Screener, day: date, hits: list[str], history: list[str]
) -> None:
    result = house.screen("Acme Robotics", as_of=day)
    assert ids(result) == hits
    assert [h.listed_party.id for h in result.history] == history


def test_a_reported_listing_is_a_watch_until_its_review_date(house: Screener) -> None:
    hit = house.screen("Globex Dynamics", as_of=date(2026, 1, 1)).hits[0]
    assert (len(hit.watch), hit.in_force) == (1, ())
    late = house.screen("Globex Dynamics", as_of=date(2026, 7, 1))
    assert not late.hits
    assert late.history


@pytest.mark.parametrize(("day", "stale"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True)])
def test_stale_lists_are_named(house: Screener, day: date, stale: bool) -> None:
    result = house.screen("Nobody", as_of=day)
    assert result.lists[0].stale is stale
    assert bool(result.warnings) is stale


# --- what else is known ----------------------------------------------------------------------------------


def test_a_weak_alias_alone_is_for_review(house: Screener) -> None:
    hit = house.screen("Zork", as_of=date(2021, 1, 1)).hits[0]
    assert (hit.level, hit.points) == ("review", 1000)
    assert house.screen("Acme Robotics", as_of=date(2021, 1, 1)).hits[0].level == "alarm"


def test_an_identifier_is_a_hit_whatever_the_name(house: Screener) -> None:
    party = Party.model_validate(
        {"name": "Quite Another Name", "identifiers": [{"type": "lei", "value": "5493-00AB-CDEF-GHIJ-KL12"}]}
    )
    hit = house.screen(party, as_of=date(2021, 1, 1)).hits[0]
    assert (hit.listed_party.id, hit.matched_name, hit.level) == ("acme", None, "alarm")
    assert hit.points == points(hit) >= 950


def test_facts_rank_and_contradictions_lower(house: Screener) -> None:
    day = date(2021, 1, 1)
    plain = house.screen("Ivan Sidorov", as_of=day).hits[0]
    agrees = house.screen(Party(name="Ivan Sidorov", birth_date="1962-03-03", country="RU"), as_of=day).hits[0]
    differs = house.screen(Party(name="Ivan Sidorov", birth_date="1962", country="US"), as_of=day).hits[0]
    assert agrees.points == plain.points > differs.points
    assert (agrees.agreements, differs.contradictions) == (2, 1)


def test_an_exact_strong_name_stays_whatever_contradicts(house: Screener) -> None:
    party = Party(name="Ivan Petrovich Sidorov", kind="vessel", birth_date="1990", country="US")
    for cutoff in (0.7, 0.95):
        assert ids(house.screen(party, as_of=date(2021, 1, 1), cutoff=cutoff)) == ["ivan"]


# --- loading ---------------------------------------------------------------------------------------------


def test_a_broken_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ListError):
        Screener.load(tmp_path / "none.yaml")


def test_a_broken_list_that_is_skipped_is_named_in_every_result(tmp_path: Path) -> None:
    (tmp_path / "bad.snapshot").write_bytes(b"?")
    screener = Screener.load(bundled_lists(), tmp_path / "bad.snapshot", tmp_path / "none.yaml", skip_broken=True)
    result = screener.screen("Contoso Furniture")
    assert not result.clear
    assert {Path(n.what).name for n in result.not_screened} == {"bad.snapshot", "none.yaml"}
    assert ids(screener.screen("Hikvison"))[0] == HIKVISION


def test_without_any_list_nothing_is_clear(tmp_path: Path) -> None:
    screener = Screener.load(tmp_path / "none.yaml", skip_broken=True)
    assert "every list" in {n.what for n in screener.screen("Acme").not_screened}


def test_a_snapshot_beside_a_yaml_file(tmp_path: Path, house: Screener) -> None:
    (tmp_path / "bad.snapshot").write_bytes(b"?")
    with pytest.raises(SnapshotError):
        Screener.load(bundled_lists(), tmp_path / "bad.snapshot")
    both = Screener.load(bundled_lists(), tmp_path / "watch.yaml")
    assert {one.id for one in both.lists()} > {"watch"}


def test_order_and_threads_do_not_matter(bundled: Screener) -> None:
    names = ["Hikvison", "Huawei Tech", "ZTE Corp", "Contoso", "中芯国际", "Dahua"]
    alone = {name: bundled.screen(name) for name in names}
    assert list(bundled.screen_many(reversed(names))) == [alone[n] for n in reversed(names)]
    seen: list[bool] = []

    def ask() -> None:
        seen.append(all(bundled.screen(name) == alone[name] for name in names))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 4


@pytest.mark.parametrize(
    "name",
    ["x" * 600 + " Hangzhou Hikvision Digital Technology", "filler " * 41 + "Hikvision", "ﷺ" * 600],
)
def test_what_was_not_read_of_a_name_is_not_screened(bundled: Screener, name: str) -> None:
    result = bundled.screen(name)
    assert not result.clear
    assert result.not_screened[-1].what == "the rest of the name"
    assert result.decision
    assert result.decision.rule == "not-screened"


def test_what_was_not_read_of_an_address_is_not_screened(bundled: Screener) -> None:
    result = bundled.screen(Party(name="Blue Heron", address="1 High Street, " * 200 + "Urumqi"))
    assert [one.what for one in result.not_screened] == ["the rest of the address"]


@pytest.mark.parametrize(
    "name",
    ["\x9bHuawei Technologies", "\x1b[Hikvision", "\x1b]Huawei Technologies\x07", "\x9dHuawei Technologies\x9c GmbH"],
)
def test_a_stray_control_takes_no_letter_of_a_name(bundled: Screener, name: str) -> None:
    assert bundled.screen(name).hits


@pytest.mark.parametrize(
    "name",
    ["ZTE\x1b[31m", "\x1b[1mHikvision\x1b[0m", "Hik\x1b[0mvision", "\x1b]8;;http://x.y\x07Hikvision\x1b]8;;\x07"],
)
def test_terminal_codes_hide_no_name(bundled: Screener, name: str) -> None:
    assert bundled.screen(name).hits


def test_a_result_is_read_back_from_its_record(bundled: Screener) -> None:
    for name in ("Hikvision", "Blue Heron", "?!"):
        result = bundled.screen(Party(name=name, country="CN", address="Urumqi"), as_of=date(2022, 5, 20))
        assert ScreeningResult.model_validate_json(result.model_dump_json()) == result
    compared = compare("HIK VISION", "Hikvision")
    assert Comparison.model_validate(compared.model_dump()) == compared


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"as_of": "2019-10-10"}, "as_of: '2019-10-10' is no day: give a date, as in date(2019, 10, 10)"),
        ({"as_of": datetime(2019, 10, 10)}, "as_of: datetime.datetime(2019, 10, 10, 0, 0) is no day"),
        ({"policy": "pol.yaml"}, "policy: str is no Policy: give one, as in load_policy('policy.yaml')"),
        ({"cutoff": "0.8"}, "cutoff: '0.8' is no number: give one from 0.5 to 1"),
        ({"context": {"jurisdictions": ["US"]}}, "context: dict is no Context: give one"),
    ],
)
def test_an_argument_of_another_type_is_refused(bundled: Screener, asked: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        bundled.screen("Hikvision", **asked)
    assert message in str(caught.value)


@pytest.mark.parametrize("given", [None, 5, b"Hikvision", ["Hikvision"]])
def test_what_is_no_name_is_refused(bundled: Screener, given: Any) -> None:
    with pytest.raises(InputError, match="is no party: give a name, or a Party"):
        bundled.screen(given)
    with pytest.raises(InputError, match="is no name: give text"):
        compare("Hikvision", given)


def test_more_names_than_are_read_of_a_field_are_not_screened(bundled: Screener) -> None:
    assert bundled.screen("Blue Mill aka Red Mill aka Green Mill aka Huawei Technologies").hits
    result = bundled.screen("Blue Mill aka Red Mill aka Green Mill aka Grey Mill aka Huawei Technologies")
    assert [one.why for one in result.not_screened] == ["the field holds more than 4 names; only those were read"]


def test_one_name_is_no_list_of_names(bundled: Screener) -> None:
    with pytest.raises(InputError, match="'Hikvison' is one name, and would be read letter by letter"):
        bundled.screen_many("Hikvison")


@pytest.mark.parametrize("given", [5, None, Party(name="Hikvison")])
def test_what_is_no_list_is_told_before_anything_is_asked_for(bundled: Screener, given: Any) -> None:
    with pytest.raises(InputError, match=r"^parties: .* is no list: give a list of names, or of Party$"):
        bundled.screen_many(given)


@pytest.mark.parametrize("country", ["China", "the People's Republic of China", "cn", "CHN"])
def test_a_country_is_read_in_any_customary_spelling(country: str) -> None:
    assert Party(name="x", country=country, countries=(country,)).all_countries == ("CN",)


def test_a_code_that_is_not_known_stays_as_it_is() -> None:
    assert Party(name="x", country="QM").country == "QM"


@pytest.mark.parametrize("country", ["Zz", "Narnia", ""])
def test_no_country_is_refused(country: str) -> None:
    with pytest.raises(ValueError, match="is no country that is known: write CN, or China"):
        Party(name="x", country=country)

"""What a listing forbids, to whom and since when; unknown is never harmless."""

from __future__ import annotations

from datetime import date

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.meaning.context import ACTIVITIES, Context
from sanctionscreen.meaning.effects import effects_of, effects_of_party
from sanctionscreen.records import ListedParty, Listing

DAY = date(2024, 1, 1)


def words(listing: Listing, day: date = DAY, **more: object) -> list[str]:
    return [effect.effect for effect in effects_of(listing, day, **more) if effect.in_force]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("list_id", "program", "expected"),
    [
        ("sdn", "GLOMAG", ["block"]),
        ("ofac-sdn", "A-PROGRAM-OF-TOMORROW", ["block"]),
        ("ssi", "UKRAINE-EO13662", ["sectoral"]),
        ("ofac-cons", "UKRAINE-EO13662", ["sectoral"]),
        ("ssi", "SYRIA", ["red_flag"]),
        ("el", "EL", ["export_licence"]),
        ("meu", "MEU", ["military_end_use"]),
        ("uvl", "UVL", ["red_flag"]),
        ("dpl", "DPL", ["denied"]),
        ("dtc", "DTC", ["debarred"]),
        ("isn", "INKSNA", ["export_licence", "procurement_ban"]),
        ("isn", "E.O. 13382", ["block"]),
        ("cmic", "CMIC-EO13959", ["securities_only"]),
        ("fse", "FSE-IR", ["no_dealings"]),
        ("cap", "561-Related", ["correspondent_accounts"]),
        ("plc", "NS-PLC", ["reject_transactions"]),
        ("mbs", "MBS", ["as_determined"]),
        ("s889", "NDAA-889-A", ["procurement_ban"]),
        ("s889", "NDAA-889-B", ["procurement_ban", "funding_ban"]),
        ("s889", "NDAA-889", ["procurement_ban", "procurement_ban", "funding_ban"]),
        ("fcc", "FCC-COVERED", ["funding_ban", "equipment_authorisation"]),
        ("s1260h", "1260H", ["named"]),
        ("s1237", "NDAA-1237", ["named"]),
        ("uflpa", "UFLPA", ["import_presumption"]),
        ("wro", "WRO", ["import_ban"]),
        ("un-sc", "GB", ["travel"]),
        ("un-sc", "Taliban", ["asset_freeze", "arms_embargo", "travel"]),
        ("eu-fsf", "TAQA", ["asset_freeze"]),
        ("uk", "Russia", ["asset_freeze"]),
        ("canada", "Syria / Syrie", ["asset_freeze"]),
        ("australia", "1988 (Taliban)", ["asset_freeze"]),
        ("ssi", "A-PROGRAM-OF-TOMORROW", ["unknown"]),
        ("my-list", "GLOMAG", ["unknown"]),
        (None, "GLOMAG", ["unknown"]),
    ],
)
def test_what_each_list_means(list_id: str | None, program: str, expected: list[str]) -> None:
    assert words(Listing(list=list_id, program=program)) == expected


def test_a_listing_without_a_list_is_of_its_files_list() -> None:
    assert words(Listing(program="EL"), list_id="el") == ["export_licence"]


def test_the_kind_leaves_out_measures_for_others() -> None:
    listing = Listing(list="un", program="DPRK")
    assert words(listing, kind="person") == ["asset_freeze", "travel"]
    assert words(listing, kind="vessel") == ["asset_freeze"]
    assert words(Listing(list="un", program="GB"), kind="organization") == ["travel"]


@pytest.mark.parametrize(
    ("list_id", "remarks", "kind", "expected"),
    [
        ("uk", "sanctions imposed: Asset freeze, Travel Ban, Trust Services Sanctions; designated by: UK", "person",
         ["asset_freeze", "services_ban", "travel"]),
        ("uk", "sanctions imposed: Asset freeze, Travel Ban", "organization", ["asset_freeze"]),
        ("uk", "OFSI group: 1; sanctions imposed: Prohibition of port entry", "vessel", ["shipping"]),
        ("uk", "sanctions imposed: something new", "person", ["asset_freeze"]),
        ("uk", "sold technical assistance under a travel ban", "person", ["asset_freeze"]),
        ("uk", None, "person", ["asset_freeze"]),
        ("australia", "Targeted Financial Sanction: TRUE; Travel Ban: No; Arms Embargo: Yes", "person",
         ["asset_freeze", "arms_embargo"]),
        ("australia", "Travel Ban: X", "person", ["travel"]),
        ("australia", "Travel Ban: no", "person", ["asset_freeze"]),
    ],
)  # fmt: skip
def test_an_entry_states_its_own_measures(list_id: str, remarks: str | None, kind: str, expected: list[str]) -> None:
    assert words(Listing(list=list_id, program="Russia", remarks=remarks), kind=kind) == expected


@pytest.mark.parametrize(
    ("remark", "told", "untold"),
    [
        ("Subject to Directive 1, E.O. 13662", "14 days", "60 days"),
        ("Subject to Directive 4", "shale", "14 days"),
    ],
)
def test_a_directive_named_in_the_remarks_is_explained(remark: str, told: str, untold: str) -> None:
    note = effects_of(Listing(list="ssi", program="UKRAINE-EO13662"), DAY, remarks=[remark])[0].note
    assert note is not None
    assert told in note
    assert untold not in note


def test_directive_1a_is_not_directive_1() -> None:
    listing = Listing(list="mbs", program="RUSSIA-EO14024", remarks="Subject to Directive 1a")
    note = effects_of(listing, DAY)[0].note
    assert note is not None
    assert note.startswith("Directive 1a:")


@pytest.mark.parametrize(
    ("fields", "since"),
    [
        ({"list": "cmic", "program": "CMIC-EO13959", "published": "2021-06-03"}, date(2021, 8, 2)),
        (
            {"list": "cmic", "program": "CMIC-EO13959", "published": "2021-06-03", "effective_date": "2021-08-02"},
            date(2021, 8, 2),
        ),
        ({"list": "fcc", "program": "FCC-COVERED", "effective_date": "2021-03-12"}, date(2021, 5, 11)),
        ({"list": "s889", "program": "NDAA-889-A", "published": "2018-08-13"}, date(2019, 8, 13)),
        ({"list": "uflpa", "program": "UFLPA"}, date(2022, 6, 21)),
        ({"list": "el", "program": "EL"}, None),
    ],
)
def test_each_prohibition_has_its_own_day(fields: dict[str, str], since: date | None) -> None:
    assert effects_of(Listing(**fields), DAY)[0].since == since


def test_1260h_contracts_and_indirect_purchases_begin_a_year_apart() -> None:
    listing = Listing(list="s1260h", program="1260H", effective_date="2021-06-03")
    counts = [len(words(listing, day)) for day in (date(2026, 6, 29), date(2026, 6, 30), date(2027, 6, 30))]
    assert counts == [1, 2, 3]


@pytest.mark.parametrize(
    ("day", "status", "in_force"),
    [(date(2019, 1, 1), "not_yet", False), (date(2020, 1, 1), "in_force", True), (date(2021, 1, 1), "ended", False)],
)
def test_effects_follow_their_listing_in_time(day: date, status: str, in_force: bool) -> None:
    listing = Listing(list="dpl", program="DPL", effective_date="2019-06-01", end_date="2021-01-01")
    effect = effects_of(listing, day)[0]
    assert (effect.status, effect.in_force, effect.until) == (status, in_force, date(2021, 1, 1))


def test_a_report_is_a_watch_and_never_a_block() -> None:
    rumour = Listing(
        list="sdn", program="SDN", status="reported", citation="Financial Times", published="2022-05-04",
        review_by="2023-05-04",
    )  # fmt: skip
    (watch,) = effects_of(rumour, date(2022, 5, 5))
    assert (watch.effect, watch.in_force, watch.status) == ("watch", False, "not_designated")
    assert "not designated" in watch.title
    assert watch.note == ("not designated; reported: Financial Times, 2022-05-04; to be reviewed by 2023-05-04")
    (lapsed,) = effects_of(rumour, date(2023, 5, 5))
    assert (lapsed.effect, lapsed.status) == ("watch", "lapsed")
    (own,) = effects_of(Listing(list="house", program="X", status="proposed"), DAY)
    assert (own.effect, own.jurisdiction) == ("watch", None)


def test_unknown_counts_as_in_force_and_says_so() -> None:
    (effect,) = effects_of(Listing(list="house", program="X"), DAY)
    assert effect.in_force
    assert "not harmless" in (effect.note or "")
    assert Context(jurisdictions=["EU"], activities=["buy"]).covers(effect)


def test_authority_is_the_programs_then_the_entrys_then_the_lists() -> None:
    own = effects_of(Listing(list="sdn", program="GLOMAG", authority="31 CFR chapter V"), DAY)[0]
    assert own.authority == "E.O. 13818; 31 CFR part 583"
    assert own.source_url == "https://www.federalregister.gov/executive-order/13818"
    entry = effects_of(Listing(list="eu", program="EU", authority="Regulation X"), DAY)[0]
    assert entry.authority == "Regulation X"
    row = effects_of(Listing(list="isn", program="E.O. 13382", authority="the order named"), DAY)[0]
    assert row.authority == "E.O. 13382; 31 CFR part 544"


def test_the_entrys_own_words_are_in_the_note() -> None:
    listing = Listing(
        list="cmic", program="CMIC-EO13959", licence_requirement="all items", licence_policy="denial",
        divest_by="2022-06-03",
    )  # fmt: skip
    note = effects_of(listing, DAY)[0].note
    assert note == "licence requirement: all items; licence policy: denial; divest by 2022-06-03"


def test_a_partys_effects_are_those_of_all_its_listings_in_force_first() -> None:
    party = ListedParty.model_validate(
        {
            "id": "x", "kind": "organization", "names": [{"name": "X"}],
            "listings": [
                {"list": "sdn", "program": "CUBA", "effective_date": "2030-01-01"},
                {"list": "uvl", "program": "UVL"},
                {"program": "EL"},
            ],
        }
    )  # fmt: skip
    found = effects_of_party(party, DAY, list_id="el")
    assert [e.effect for e in found] == ["export_licence", "red_flag", "block"]
    assert [e.in_force for e in found] == [True, True, False]


class TestContext:
    """A context orders, and hides nothing."""

    def test_covered_effects_come_first(self) -> None:
        listings = [Listing(list=name, program=p) for name, p in (("sdn", "CUBA"), ("eu", "TAQA"), ("el", "EL"))]
        effects = [e for listing in listings for e in effects_of(listing, DAY)]
        context = Context(jurisdictions=["EU"])
        arranged = context.arrange(effects)
        assert [e.jurisdiction for e in arranged] == ["EU", "US", "US"]
        assert sorted(map(id, arranged)) == sorted(map(id, effects))

    @pytest.mark.parametrize("activity", ACTIVITIES)
    def test_a_block_counts_for_every_activity(self, activity: str) -> None:
        assert Context(activities=[activity]).covers(effects_of(Listing(list="sdn", program="CUBA"), DAY)[0])

    @pytest.mark.parametrize(
        ("fields", "word"),
        [({"jurisdictions": ["USA"]}, "USA"), ({"activities": ["bye"]}, "bye"), ({"activities": "buy"}, "buy")],
    )
    def test_an_unknown_word_is_an_error(self, fields: dict[str, list[str]], word: str) -> None:
        with pytest.raises(InputError, match=word):
            Context(**fields)

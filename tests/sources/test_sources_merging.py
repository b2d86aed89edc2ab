"""Records are merged where something official ties them, and only there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanctionscreen.records import ListedParty, ListFile
from sanctionscreen.sources.importers import import_list
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.sources.merging import MergedParty, merge

LEI = {"type": "lei", "value": "5493001KJTIIGC8Y1R12"}


def list_of(list_id: str, *parties: dict[str, Any]) -> ListFile:
    header = {"id": list_id, "title": "T", "authority": "A", "publisher": "P", "as_of": "2026-01-01", "licence": "L"}
    return ListFile.model_validate({"header": header, "parties": parties})


def party(party_id: str, name: str = "Acme Robotics", **fields: Any) -> dict[str, Any]:
    return {
        "id": party_id, "kind": "organization", "names": [{"name": name, "type": "primary"}],
        "listings": [{"program": "P"}], **fields,
    }  # fmt: skip


def entry(list_id: str, reference: str | None, **fields: Any) -> dict[str, Any]:
    return {"listings": [{"list": list_id, "program": "P", "reference": reference, **fields}]}


def groups(merged: tuple[MergedParty, ...]) -> list[set[str]]:
    return [{f"{member.list_id}/{member.party.id}" for member in one.members} for one in merged]


TAX = {"type": "tax_id", "value": "77-1234567", "country": "RU"}
TIED = [
    ("the publisher's own number", entry("sdn", "36"), entry("sdn", "36")),
    ("a LEI", {"identifiers": [LEI]}, {"identifiers": [{**LEI, "value": "5493-001KJTIIGC8Y1R12"}]}),
    ("an IMO number, with its name or without", {"identifiers": [{"type": "imo", "value": "IMO 9187629"}]},
     {"identifiers": [{"type": "imo", "value": "9187629"}]}),
    ("a tax number of a country", {"identifiers": [TAX]}, {"identifiers": [{**TAX, "value": "771234567"}]}),
    ("a number of two registers of one kind", {"identifiers": [{**TAX, "type": "uscc"}]},
     {"identifiers": [{**TAX, "type": "registration_number"}]}),
]  # fmt: skip
UNTIED = [
    ("a name alone", {}, {}),
    ("numbers of different lists", entry("sdn", "36"), entry("eu", "36")),
    ("entries without numbers", entry("el", None), entry("el", None)),
    ("a tax number of two countries", {"identifiers": [TAX]}, {"identifiers": [{**TAX, "country": "BY"}]}),
    ("a tax number of no country", {"identifiers": [{**TAX, "country": None}]}, {"identifiers": [TAX]}),
    ("different kinds", {"identifiers": [LEI]}, {"identifiers": [LEI], "kind": "vessel"}),
    ("incompatible names", {"identifiers": [LEI]},
     {"identifiers": [LEI], "names": [{"name": "Globex Ltd", "type": "primary"}]}),
    ("a failed check", {"identifiers": [LEI]}, {"identifiers": [{**LEI, "valid": False}]}),
    ("a short number", {"identifiers": [{**TAX, "value": "12345"}]}, {"identifiers": [{**TAX, "value": "12345"}]}),
    ("a number of one digit", {"identifiers": [{**TAX, "value": "0000000"}]},
     {"identifiers": [{**TAX, "value": "0000000"}]}),
    ("a number nobody issues", {"identifiers": [{**TAX, "type": "other_id"}]},
     {"identifiers": [{**TAX, "type": "other_id"}]}),
    ("an identifier of two entries of one list", {"identifiers": [LEI], **entry("sdn", "36")},
     {"identifiers": [LEI], **entry("sdn", "37")}),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), [row[1:] for row in TIED], ids=[row[0] for row in TIED])
def test_what_ties(a: dict[str, Any], b: dict[str, Any]) -> None:
    (merged,) = merge([list_of("one", party("a", **a)), list_of("two", party("b", "ACME ROBOTICS LTD", **b))])
    assert (merged.party.id, [member.party.id for member in merged.members]) == ("a", ["a", "b"])
    (tie,) = merged.ties
    assert str(tie).startswith("one/a (Acme Robotics) and two/b (ACME ROBOTICS LTD) are one party: both ")


@pytest.mark.parametrize(("a", "b"), [row[1:] for row in UNTIED], ids=[row[0] for row in UNTIED])
def test_what_does_not_tie(a: dict[str, Any], b: dict[str, Any]) -> None:
    lists = [list_of("one", party("a", **a)), list_of("two", party("b", **b))]
    assert [one.party for one in merge(lists)] == [lists[0].parties[0], lists[1].parties[0]]


@pytest.mark.parametrize(
    ("rule", "fields", "expected"),
    [
        ("same_entry", entry("sdn", "36"), "both are entry 36 of the list sdn."),
        ("same_identifier", {"identifiers": [LEI]}, "both carry lei 5493001KJTIIGC8Y1R12."),
        ("same_identifier", {"identifiers": [TAX]}, "both carry RU tax id 771234567."),
    ],
)
def test_a_tie_says_why(rule: str, fields: dict[str, Any], expected: str) -> None:
    (merged,) = merge([list_of("one", party("a", **fields)), list_of("two", party("b", **fields))])
    assert (merged.ties[0].rule, str(merged.ties[0])) == (
        rule, f"one/a (Acme Robotics) and two/b (Acme Robotics) are one party: {expected}",
    )  # fmt: skip


class TestKeptApart:
    def test_two_parties_of_one_list_are_two(self) -> None:
        both = list_of("one", party("a", identifiers=[LEI]), party("b", identifiers=[LEI]))
        assert len(merge([both])) == 2

    def test_an_identifier_of_two_parties_of_one_list_does_not_say_which_a_third_is(self) -> None:
        both = list_of("one", party("a", identifiers=[LEI]), party("b", identifiers=[LEI]))
        assert len(merge([both, list_of("two", party("c", identifiers=[LEI]))])) == 3

    def test_not_even_through_a_third(self) -> None:
        imo = {"type": "imo", "value": "9187629"}
        both = list_of("one", party("a", identifiers=[LEI]), party("b", identifiers=[imo]))
        merged = merge([both, list_of("two", party("c", identifiers=[LEI, imo]))])
        assert groups(merged) in ([{"one/a"}, {"one/b", "two/c"}], [{"one/a", "two/c"}, {"one/b"}])

    def test_one_file_of_several_lists_may_have_a_party_twice(self) -> None:
        """The Consolidated Screening List has a row for each list on which a party stands."""
        rows = [party("a", identifiers=[LEI], **entry("el", None)), party("b", identifiers=[LEI], **entry("cmic", "7"))]
        (merged,) = merge([list_of("csl", *rows)])
        assert [listing.list for listing in merged.party.listings] == ["el", "cmic"]

    def test_a_number_that_twenty_one_records_state_ties_none(self) -> None:
        lists = [list_of(f"l{n}", party("a", identifiers=[LEI])) for n in range(21)]
        assert (len(merge(lists)), len(merge(lists[:20]))) == (21, 1)

    def test_the_caller_may_judge_names(self) -> None:
        lists = [
            list_of("one", party("a", "Acme", identifiers=[LEI])),
            list_of("two", party("b", "X", identifiers=[LEI])),
        ]
        assert (len(merge(lists)), len(merge(lists, lambda _a, _b: True))) == (2, 1)


class TestMergedRecord:
    def merged(self, first: dict[str, Any], second: dict[str, Any]) -> ListedParty:
        lists = [
            list_of("one", party("a", **{"identifiers": [LEI], **first})),
            list_of("two", party("b", **{"identifiers": [LEI], **second})),
        ]
        (found,) = merge(lists)
        return found.party

    def test_each_name_once_and_strong_where_any_list_says_so(self) -> None:
        shown = [{"name": "Acme Robotics", "type": "primary"}]
        party = self.merged(
            {"names": [*shown, {"name": "ARC", "quality": "weak"}, {"name": "AR", "quality": "weak"}]},
            {"names": [*shown, {"name": "ARC"}, {"name": "艾克米"}]},
        )
        assert [(name.name, name.quality) for name in party.names] == [
            ("Acme Robotics", "strong"), ("ARC", "strong"), ("AR", "weak"), ("艾克米", "strong"),
        ]  # fmt: skip

    def test_facts_of_both_and_each_once(self) -> None:
        party = self.merged(
            {"countries": ["CN"], "addresses": [{"street": "1 Road", "city": "Oslo"}], "remarks": ["x"]},
            {"countries": ["HK", "CN"], "addresses": [{"text": "1 Road, Oslo"}, {"text": "2 Road"}], "gender": "male",
             "identifiers": [LEI, {"type": "imo", "value": "9187629"}], "titles": ["Boss"], "birth_places": ["Oslo"],
             "birth_dates": ["1962"], "relations": [{"type": "owned_by", "name": "N"}], "remarks": ["x", "y"]},
        )  # fmt: skip
        assert party.countries == ("CN", "HK")
        assert [address.text or address.street for address in party.addresses] == ["1 Road", "2 Road"]
        assert [identifier.type for identifier in party.identifiers] == ["lei", "imo"]
        assert (party.gender, party.titles, party.birth_places) == ("male", ("Boss",), ("Oslo",))
        assert ([str(day) for day in party.birth_dates], party.remarks) == (["1962"], ("x", "y"))
        assert party.relations[0].name == "N"

    def test_listings_name_their_list(self) -> None:
        party = self.merged({}, {})
        assert [listing.list for listing in party.listings] == ["one", "two"]

    @pytest.mark.parametrize(
        ("more", "count"),
        [
            ({"effective_date": "2019-10-09"}, 1),
            ({"authority": "another wording", "source_url": "https://example.com"}, 1),
            ({"citation": "84 FR 2"}, 2),
            ({"end_date": "2026-01-01"}, 2),
            ({"status": "delisted", "end_date": "2026-01-01"}, 2),
            ({"program": "Q"}, 2),
        ],
    )
    def test_one_entry_is_told_once_unless_sources_contradict(self, more: dict[str, Any], count: int) -> None:
        known = {"citation": "84 FR 1", "authority": "15 CFR 744"}
        party = self.merged(entry("el", "7", **known), entry("el", "7", **more))
        assert len(party.listings) == count
        assert party.listings[0].citation == "84 FR 1"
        assert party.listings[0].authority == "15 CFR 744"
        if count == 1 and "effective_date" in more:
            assert str(party.listings[0].effective_date) == "2019-10-09"


# A small world, so that records meet: three files of three lists, few numbers.
NUMBERS = st.sampled_from(["111112", "111113", "111114"])
WORLD_IDENTIFIERS = st.builds(
    lambda type_, value, country: {"type": type_, "value": value, "country": country},
    st.sampled_from(["lei", "tax_id"]), NUMBERS, st.sampled_from(["RU", "CN"]),
)  # fmt: skip
WORLD_ENTRIES = st.builds(
    lambda list_id, reference: {"list": list_id, "program": "P", "reference": reference},
    st.sampled_from(["sdn", "el", None]), st.none() | NUMBERS,
)  # fmt: skip
WORLD_PARTIES = st.builds(
    lambda name, identifiers, entries, kind: party(
        "?", name, identifiers=identifiers, listings=entries, kind=kind
    ),
    st.sampled_from(["Acme Robotics", "Acme Ltd", "Globex"]),
    st.lists(WORLD_IDENTIFIERS, max_size=2), st.lists(WORLD_ENTRIES, min_size=1, max_size=2),
    st.sampled_from(["organization", "vessel"]),
)  # fmt: skip


def _world(number: int) -> st.SearchStrategy[ListFile]:
    parties = st.lists(WORLD_PARTIES, max_size=4)
    return parties.map(lambda ps: list_of(f"l{number}", *({**one, "id": f"p{n}"} for n, one in enumerate(ps))))


LISTS = st.tuples(*(_world(number) for number in range(3)))


@given(lists=LISTS)
@settings(max_examples=200)
def test_nothing_is_lost_and_every_merger_can_be_undone(lists: tuple[ListFile, ...]) -> None:
    merged = merge(lists)
    records = [(one.header.id, party) for one in lists for party in one.parties]
    undone = [(m.list_id, m.party) for one in merged for m in one.members]
    assert sorted(undone, key=repr) == sorted(records, key=repr)
    for one in merged:
        said = [member.party for member in one.members]
        assert {name.name for name in one.party.names} == {name.name for party in said for name in party.names}
        assert len(one.ties) == len(one.members) - 1
        assert ListedParty.model_validate(one.party.model_dump()) == one.party


@given(lists=LISTS, order=st.permutations(range(3)))
@settings(max_examples=200)
def test_the_order_of_the_lists_does_not_matter(lists: tuple[ListFile, ...], order: list[int]) -> None:
    found, other = groups(merge(lists)), groups(merge([lists[place] for place in order]))
    assert sorted(map(sorted, found)) == sorted(map(sorted, other))


@given(lists=LISTS)
@settings(max_examples=200)
def test_no_list_has_a_merged_party_twice(lists: tuple[ListFile, ...]) -> None:
    """One file's records on one list stay apart, and so do numbers of one list that differ."""
    for one in merge(lists):
        stood: list[tuple[str, str]] = []
        for member in one.members:
            stood += {(member.list_id, listing.list or member.list_id) for listing in member.party.listings}
        assert len(stood) == len(set(stood))


@given(lists=LISTS)
@settings(max_examples=100)
def test_a_name_alone_never_ties(lists: tuple[ListFile, ...]) -> None:
    bare = [
        one.model_copy(update={"parties": tuple(_without_numbers(party) for party in one.parties)}) for one in lists
    ]
    assert all(len(one.members) == 1 for one in merge(bare))


def _without_numbers(party: ListedParty) -> ListedParty:
    listings = tuple(listing.model_copy(update={"reference": None}) for listing in party.listings)
    return party.model_copy(update={"identifiers": (), "listings": listings})


def test_hikvision_is_one_risk() -> None:
    csl = list_of(
        "csl",
        party(
            "csl-30946",
            "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD.",
            **entry("cmic", "30946", program="CMIC-EO13959"),
        ),
    )
    (merged,) = [one for one in merge([csl, *load_lists([bundled_lists()])]) if len(one.members) > 1]
    assert [member.list_id for member in merged.members] == ["csl", "us-supply-chain"]
    assert {listing.list for listing in merged.party.listings} == {"cmic", "el", "fcc", "s889", "s1237", "sdn"}
    assert sum(listing.list == "cmic" for listing in merged.party.listings) == 1


def test_8556_sdn_parties_stand_in_the_consolidated_screening_list_too(shared: Path) -> None:
    """The count of the data's own README, made by entity number."""
    data = shared / "data"
    sdn = import_list("ofac-csv", data / "ofac" / "2021-07-07").list_file
    csl = import_list("csl", data / "csl" / "2022-05-16" / "consolidated.csv.gz").list_file
    merged = merge([sdn, csl])
    both = [one for one in merged if len({member.list_id for member in one.members}) == 2]
    assert sum(tie.rule == "same_entry" for one in merged for tie in one.ties) == 8556
    assert len(both) >= 8556
    assert len(merged) == len(sdn.parties) + len(csl.parties) - sum(len(one.ties) for one in merged)

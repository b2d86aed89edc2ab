"""The lists that ship with the package: whole, cited, and true to the story they tell."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanctionscreen.records import ListedParty, ListFile, Listing
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import write_list

LISTS = Path(__file__).resolve().parents[1] / "lists"
FILES = sorted(LISTS.glob("*.yaml"))
OFFICIAL = re.compile(r"https://(\w+\.)*(ecfr|treasury|treas|fcc|dhs|congress)\.gov/")
HIKVISION = "hangzhou-hikvision-digital-technology"


@lru_cache(maxsize=1)
def bundled() -> dict[str, ListFile]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read = {path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=loader) for path in FILES}  # noqa: S506 - a safe loader
    return {stem: ListFile.model_validate(data) for stem, data in read.items()}


def parties() -> dict[str, ListedParty]:
    return {party.id: party for file in bundled().values() for party in file.parties}


def listings() -> list[tuple[ListedParty, Listing]]:
    return [(party, listing) for party in parties().values() for listing in party.listings]


def folded(name: str) -> str:
    """A name without case, spaces and punctuation."""
    return re.sub(r"[\W_]", "", name).casefold()


def repeated(counted: Counter[Any]) -> list[Any]:
    return [thing for thing, times in counted.items() if times > 1]


def in_force(party: ListedParty, day: date) -> set[str]:
    """Lists that hold of a party on a day, `reported` ones marked with a question mark."""
    held = [x for x in party.listings if (x.effective_date or x.published or date.max) <= day]
    return {f"{x.list}?" if x.status == "reported" else str(x.list) for x in held}


class TestWhole:
    def test_at_least_150_parties(self) -> None:
        assert len(parties()) >= 150

    def test_no_id_stands_twice(self) -> None:
        ids = Counter(party.id for file in bundled().values() for party in file.parties)
        assert repeated(ids) == []

    def test_no_company_stands_twice(self) -> None:
        names = Counter(folded(party.primary_name) for party in parties().values())
        assert repeated(names) == []

    def test_first_name_and_no_other_is_primary(self) -> None:
        types = {party.id: [name.type == "primary" for name in party.names] for party in parties().values()}
        assert [party for party, primary in types.items() if not primary[0] or any(primary[1:])] == []

    def test_no_name_is_given_twice_to_a_party(self) -> None:
        spelt = Counter((party.id, folded(n.name)) for party in parties().values() for n in party.names)
        assert repeated(spelt) == []

    @pytest.mark.parametrize("stem", [path.stem for path in FILES])
    def test_a_file_loads_by_itself(self, stem: str) -> None:
        (file,) = load_lists([LISTS / f"{stem}.yaml"])
        assert file.header.id == stem
        declared = {program.id for program in file.header.programs}
        assert {x.program for party in file.parties for x in party.listings} == declared

    @pytest.mark.parametrize("stem", [path.stem for path in FILES])
    def test_a_file_is_as_the_program_writes_it(self, stem: str, tmp_path: Path) -> None:
        write_list(bundled()[stem], tmp_path / "again.yaml")
        assert (tmp_path / "again.yaml").read_bytes() == (LISTS / f"{stem}.yaml").read_bytes()

    def test_all_files_load_together(self) -> None:
        assert [file.header.id for file in load_lists([LISTS])] == list(bundled())

    def test_names_in_another_script_say_which(self) -> None:
        assert [n.name for p in parties().values() for n in p.names if not n.name.isascii()
                and re.search(r"[\u4e00-\u9fff]", n.name) and n.script not in {"Hans", "Hant"}] == []  # fmt: skip

    def test_an_isin_with_wrong_check_digits_is_marked(self) -> None:
        def passes(isin: str) -> bool:  # ISO 6166, annex: the double-add-double method
            digits = "".join(str(int(character, 36)) for character in isin)
            return sum(sum(divmod(int(c) * (1 + n % 2), 10)) for n, c in enumerate(reversed(digits))) % 10 == 0

        isins = [i for p in parties().values() for i in p.identifiers if i.type == "isin"]
        assert len(isins) > 100
        assert [i.value for i in isins if passes(i.value) is (i.valid is False)] == []


class TestCited:
    def test_every_listing_names_its_list_citation_and_a_day(self) -> None:
        assert [p.id for p, x in listings() if not (x.list and x.citation and (x.effective_date or x.published))] == []

    def test_every_listing_in_force_names_its_authority(self) -> None:
        assert [p.id for p, x in listings() if x.status == "in_force" and not x.authority] == []

    def test_listings_link_an_official_page(self) -> None:
        linked = [(p, x) for p, x in listings() if x.list != "s1237" and x.status != "reported"]
        assert [p.id for p, x in linked if not OFFICIAL.match(x.source_url or "")] == []

    def test_a_party_of_several_lists_says_where_each_fact_is_from(self) -> None:
        several = [p for p in parties().values() if len({x.list for x in p.listings}) > 1]
        assert len(several) == 39
        assert [p.id for p in several for name in p.names if not name.source] == []
        assert [p.id for p in several for fact in (*p.identifiers, *p.addresses) if not fact.note] == []

    def test_a_relation_has_a_source(self) -> None:
        assert [p.id for p in parties().values() for relation in p.relations if not relation.source] == []

    def test_what_no_list_states_has_a_source(self) -> None:
        unlisted = [n for p in parties().values() for n in p.names if n.type == "brand" or n.note]
        assert unlisted
        assert [n.name for n in unlisted if not n.source] == []


class TestLists:
    @pytest.mark.parametrize(
        ("list_id", "expected"),
        [("s889", 5), ("fcc", 13), ("cmic", 68), ("uflpa", 144), ("meu", 1), ("s1237", 1), ("el", 185)],
    )
    def test_number_of_parties(self, list_id: str, expected: int) -> None:
        assert len({party.id for party, listing in listings() if listing.list == list_id}) == expected

    def test_the_five_of_section_889(self) -> None:
        named = {party.id: listing.citation for party, listing in listings() if listing.list == "s889"}
        assert named == {
            "huawei-technologies": "Pub. L. 115-232 s.889(f)(3)(A)",
            "zte": "Pub. L. 115-232 s.889(f)(3)(A)",
            "hytera-communications": "Pub. L. 115-232 s.889(f)(3)(B)",
            HIKVISION: "Pub. L. 115-232 s.889(f)(3)(B)",
            "zhejiang-dahua-technology": "Pub. L. 115-232 s.889(f)(3)(B)",
        }

    def test_28_organisations_came_with_84_fr_54002(self) -> None:
        october = [x for _, x in listings() if x.effective_date == date(2019, 10, 9)]
        assert len(october) == 28
        assert all(str(x.citation).startswith("84 FR 54002") for x in october)
        assert sum("84 FR 54002" in str(x.citation) for _, x in listings()) == 28

    @pytest.mark.parametrize("name", ["NetPosa", "SenseNets", "Fiberhome StarrySky Co., Ltd."])
    def test_three_rows_of_that_day_came_later(self, name: str) -> None:
        (listing,) = [x for p, x in listings() if x.list == "el" and name in {n.name for n in p.names}]
        assert (listing.effective_date, str(listing.citation)[:11]) == (date(2020, 6, 5), "85 FR 34505")

    def test_readme_counts_are_those_of_the_files(self) -> None:
        readme = (LISTS / "README.md").read_text(encoding="utf-8")
        files = {stem: int(n) for stem, n in re.findall(r"^\| `([a-z0-9-]+)\.yaml` \| (\d+) \|", readme, re.MULTILINE)}
        assert files == {stem: len(file.parties) for stem, file in bundled().items()}
        rows = re.findall(r"^\|[^|]+\| `(\w+)` \| ([^|]+) \| (\d+) \|", readme, re.MULTILINE)
        stated = {(name, code): int(n) for name, codes, n in rows for code in re.findall(r"`([^`]+)`", codes)}
        counted = {(str(x.list), x.program, p.id) for p, x in listings()}
        assert stated == Counter((name, code) for name, code, _ in counted)


class TestHikvision:
    """Every listing it has, each with its own dates, and one `reported` listing."""

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2018, 1, 1), set()),
            (date(2019, 10, 10), {"s889", "el"}),
            (date(2021, 8, 3), {"s889", "el", "s1237", "fcc", "cmic"}),
            (date(2022, 5, 5), {"s889", "el", "s1237", "fcc", "cmic", "sdn?"}),
        ],
    )
    def test_four_dates(self, day: date, expected: set[str]) -> None:
        assert in_force(parties()[HIKVISION], day) == expected

    @pytest.mark.parametrize(
        ("program", "field", "day"),
        [
            ("NDAA-889-A", "effective_date", date(2019, 8, 13)),
            ("NDAA-889-B", "effective_date", date(2020, 8, 13)),
            ("EL", "effective_date", date(2019, 10, 9)),
            ("FCC-COVERED", "effective_date", date(2021, 3, 12)),
            ("CMIC-EO13959", "published", date(2021, 6, 3)),
            ("CMIC-EO13959", "effective_date", date(2021, 8, 2)),
            ("CMIC-EO13959", "divest_by", date(2022, 6, 3)),
            ("SDN", "published", date(2022, 5, 4)),
        ],
    )
    def test_each_listing_has_its_own_dates(self, program: str, field: str, day: date) -> None:
        (listing,) = [x for x in parties()[HIKVISION].listings if x.program == program]
        assert getattr(listing, field) == day

    def test_the_report_is_not_a_designation(self) -> None:
        (report,) = [x for _, x in listings() if x.status == "reported"]
        assert report in parties()[HIKVISION].listings
        assert report.effective_date is None
        assert report.review_by == date(2023, 5, 4)
        assert "Financial Times, 4 May 2022" in str(report.citation)
        assert "not designated" in str(report.remarks)

    def test_names(self) -> None:
        names = {n.name: (n.type, n.script) for n in parties()[HIKVISION].names}
        stated = {
            "Hangzhou Hikvision Digital Technology Co., Ltd.": ("primary", None),
            "Hikvision": ("brand", None),
            "杭州海康威视数字技术股份有限公司": ("aka", "Hans"),
            "杭州海康威視數字技術股份有限公司": ("aka", "Hant"),
            "海康威视": ("brand", "Hans"),
            "海康威視": ("aka", "Hant"),
            "EZVIZ": ("brand", None),
            "HiLook": ("brand", None),
            "HiWatch": ("brand", None),
        }
        assert names.items() >= stated.items()

    def test_identifiers(self) -> None:
        held = {(i.type, i.value) for i in parties()[HIKVISION].identifiers}
        assert held == {("uscc", "91330000733796106P"), ("ticker", "002415"), ("isin", "CNE100000PM8")}

    def test_owner_leads_to_cetc(self) -> None:
        (owner,) = parties()[HIKVISION].relations
        assert (owner.type, owner.stake and owner.stake.share_min) == ("owned_by", 39)
        (above,) = parties()[str(owner.party)].relations
        assert (above.type, above.party) == ("owned_by", "china-electronics-technology-group")

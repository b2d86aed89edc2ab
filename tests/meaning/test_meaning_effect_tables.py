"""The tables of effects are whole: every row cites its source, and every program of real lists has a row."""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from sanctionscreen.meaning.context import JURISDICTIONS
from sanctionscreen.meaning.effect_tables import (
    EffectRow,
    canonical,
    carried_by,
    find_list,
    read_table,
    tables,
    vocabulary,
)
from sanctionscreen.meaning.effects import has_row
from sanctionscreen.meaning.ownership_rules import OwnershipRule, ownership_rules
from sanctionscreen.meaning.places import Region, regions

LISTS = Path(__file__).resolve().parents[2] / "lists"


class TestTables:
    """Every row is whole and cites a public source with its date."""

    ROWS = [row for entry in tables().lists.values() for row in entry.effects] + [
        row for program in tables().programs.values() for row in program.effects
    ]

    @pytest.mark.parametrize("row", ROWS, ids=lambda row: row.source[:30])
    def test_every_row_cites_a_source_with_date_and_link(self, row: EffectRow) -> None:
        assert row.effect in vocabulary()
        assert row.url.startswith("https://")
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", row.dated)

    def test_every_program_with_an_authority_links_it_or_its_list_does(self) -> None:
        for (list_id, _), program in tables().programs.items():
            entry = find_list(list_id)
            assert entry is not None
            assert program.url or entry.effects[0].url

    def test_every_jurisdiction_has_a_table(self) -> None:
        assert set(tables().jurisdictions.values()) == set(JURISDICTIONS)

    def test_every_word_of_the_vocabulary_is_explained(self) -> None:
        assert all(word.meaning.endswith(".") for word in vocabulary().values())

    def test_collections_name_known_lists(self) -> None:
        for some in tables().collections.values():
            assert [name for name in some if find_list(name) is None] == []

    def test_two_rows_with_one_name_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        twice = read_table("ca.yaml")
        twice["lists"] = [*twice["lists"], *twice["lists"]]
        monkeypatch.setattr("sanctionscreen.meaning.effect_tables.read_table", lambda _: twice)
        with pytest.raises(ValueError, match="canada"):
            tables.__wrapped__()

    @pytest.mark.parametrize(
        "list_id",
        ["ofac-sdn", "ofac-cons", "eu-fsf", "un-sc", "uk-fcdo", "uk-ofsi", "ca-sema", "au-dfat", "bis-dpl"],
    )
    def test_the_ids_that_importers_give_have_rows(self, list_id: str) -> None:
        assert find_list(list_id) is not None

    def test_ids_and_collections(self) -> None:
        assert canonical("OFAC-NSCMIC") == "cmic"
        assert {"sdn", "el"} <= carried_by("csl")
        assert "el" not in carried_by("us-entity-list")


def _bundled_programs() -> list[tuple[str, str]]:
    found = set()
    for path in sorted(LISTS.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for party in content["parties"]:
            for listing in party["listings"]:
                found.add((listing.get("list", content["header"]["id"]), listing["program"]))
    return sorted(found)


@pytest.mark.parametrize(("list_id", "program"), _bundled_programs())
def test_every_program_of_every_bundled_list_has_a_row(list_id: str, program: str) -> None:
    assert has_row(list_id, program)


SHORT = {"NS-MBS List": "mbs"}


def test_the_csl_of_2022_has_no_unknown_program(shared: Path) -> None:
    path = shared / "data" / "csl" / "2022-05-16" / "consolidated.csv.gz"
    pairs: Counter[tuple[str, str]] = Counter()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            short = re.search(r"\((.*?)\)", row["source"])
            assert short is not None
            list_id = SHORT.get(short[1], short[1].lower())
            for program in row["programs"].split("; "):
                pairs[list_id, program.strip() or list_id.upper()] += 1
    assert len(pairs) > 90
    assert [pair for pair in pairs if not has_row(*pair)] == []


@pytest.mark.parametrize(
    ("path", "pattern", "list_id"),
    [
        ("un/2020-03-20/consolidated.xml", r"<UN_LIST_TYPE>(.*?)<", "un-sc"),
        ("eu/2016-02-11/global_v0.xml", r'programme="(.*?)"', "eu-fsf"),
        ("canada/2020-04-15/sema-lmes.xml", r"<Country>(.*?)<", "canada"),
        ("ofac/consolidated/consolidated-2018-04-06.xml", r"<program>(.*?)<", "ofac-cons"),
    ],
)
def test_the_programs_of_other_official_files_have_rows(shared: Path, path: str, pattern: str, list_id: str) -> None:
    text = (shared / "data" / path).read_text(encoding="utf-8")
    programs = set(re.findall(pattern, text))
    assert len(programs) >= 6
    assert [program for program in programs if not has_row(list_id, program)] == []


@pytest.mark.parametrize("name", ["2021-07-07/sdn.csv", "2024-05-03/sdn.csv.gz"])
def test_every_program_of_the_sdn_files_has_a_row(shared: Path, name: str) -> None:
    path = shared / "data" / "ofac" / name
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="latin-1", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 3]
    programs = {p for row in rows for p in re.split(r"\] \[|; ", row[3].strip("[] "))} - {"-0-"}
    assert len(programs) > 60
    assert [program for program in programs if not has_row("sdn", program)] == []


def test_the_regimes_of_the_uk_list_have_rows(shared: Path) -> None:
    with zipfile.ZipFile(shared / "data" / "uk" / "FCDO_SL-2025-08-11.ods") as archive:
        content = archive.read("content.xml").decode("utf-8")
    rows = (re.findall(r"<text:p>(.*?)</text:p>", row) for row in content.split("<table:table-row")[2:])
    regimes = {cells[3].replace("&apos;", "'") for cells in rows if len(cells) == 8}
    assert len(regimes) > 25
    assert [regime for regime in regimes if not has_row("uk", regime)] == []


# --- against the facts at hand -------------------------------------------------------------------------


def test_a_program_that_names_its_order_rests_on_it() -> None:
    named = [(p, order) for p in tables().programs.values() for order in re.findall(r"E\.?O\.? ?(\d{5})$", p.program)]
    assert len({p.program for p, _ in named}) > 25
    for program, order in named:
        authority = program.authority or " ".join(row.authority for row in program.effects)
        assert not authority or order in authority, program.program


def test_an_order_or_law_that_is_linked_is_the_one_that_is_named() -> None:
    for program in tables().programs.values():
        _links_what_it_names(program.authority or "", program.url or "")
    for row in TestTables.ROWS:
        _links_what_it_names(f"{row.authority}; {row.source}", row.url)


def _links_what_it_names(named: str, url: str) -> None:
    if order := re.search(r"executive-order/(\d+)", url):
        assert f"E.O. {order[1]}" in named
    if law := re.search(r"plaw/(\d+)/public/(\d+)", url):
        assert f"Pub. L. {law[1]}-{law[2]}" in named or "Iran, North Korea, and Syria" in named


#: Laws, orders and parts of the CFR as a citation writes them, whatever stands around their numbers.
_CITED = re.compile(
    r"Pub\. L\. (\d+-\d+)|(?:E\.O\.|Executive Order) (\d{5})|(\d+) C\.?F\.?R\.? (?:Part )?(\d+)|(\d+) U\.S\.C\. (\d+)"
)


def _cited(text: str) -> set[str]:
    return {" ".join(filter(None, found)) for found in _CITED.findall(text)}


@pytest.mark.parametrize(
    "list_id",
    [
        "dow-1260h", "dow-1286", "bis-entity-list", "bis-meu", "bis-dpl", "ofac-eo14032", "ofac-nscmic",
        "state-debarred-statutory", "fcc-covered", "dhs-uflpa", "cbp-wro",
    ],
)  # fmt: skip
def test_the_authority_of_a_list_is_the_one_its_publisher_states(shared: Path, list_id: str) -> None:
    described = json.loads((shared / "data" / "facts" / "lists.json").read_text(encoding="utf-8"))["lists"]
    authority = next(one["authority"] for one in described if one["id"] == list_id)
    row = find_list(list_id)
    assert row is not None
    said = _cited(" ".join(f"{effect.authority}; {effect.source}" for effect in row.effects))
    assert said & _cited(authority)


def test_the_day_of_a_rule_is_the_day_of_the_published_entries(shared: Path) -> None:
    facts = shared / "data" / "facts"
    uflpa = json.loads((facts / "dhs_uflpa.json").read_text(encoding="utf-8"))["entities"]
    first = min(datetime.strptime(one["effective_date"], "%B %d, %Y").date() for one in uflpa)
    assert _rows("uflpa")[0].since == first
    cmic = json.loads((facts / "ofac_nscmic.json").read_text(encoding="utf-8"))["entities"]
    delays = {
        date.fromisoformat(one["effective_date"]) - datetime.strptime(listed[1], "%d %b %Y").date()
        for one in cmic
        if one["effective_date"] and (listed := re.search(r"Listing Date \(CMIC\): (\d\d \w{3} \d{4})", one["notes"]))
    }
    assert timedelta(days=_rows("cmic")[0].days_after_publication) in delays


def _rows(list_id: str) -> tuple[EffectRow, ...]:
    row = find_list(list_id)
    assert row is not None
    return row.effects


def _rule(rule_id: str) -> OwnershipRule:
    return next(rule for rule in ownership_rules() if rule.rule == rule_id)


def _since(list_id: str, word: str) -> str:
    """The day from which a list's row holds whose title or effect has a word."""
    return str(next(row.since for row in _rows(list_id) if word in f"{row.effect} {row.title}"))


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("part A from 13 Aug 2019", _since("s889", "(a)(1)(A)") == "2019-08-13"),
        ("part B from 13 Aug 2020", _since("s889", "(a)(1)(B)") == "2020-08-13"),
        ("may not contract from 30 Jun 2026", _since("s1260h", "no contracts") == "2026-06-30"),
        ("indirectly from 30 Jun 2027", _since("s1260h", "indirectly") == "2027-06-30"),
        ("prohibitions start 60 days after listing", _rows("cmic")[0].days_after_publication == 60),
        ("E.O. 13959 as amended by E.O. 14032 (86 FR 30145)", "86 FR 30145" in _rows("cmic")[0].source),
        ("15 CFR 744.11, 744.16", "744.11, 744.16" in _rows("el")[0].authority),
        ("15 CFR 744.21, Supp. 7", "744.21 and Supplement No. 7" in _rows("meu")[0].authority),
        ("15 CFR 744.15, Supp. 6", "744.15 and Supplement No. 6" in _rows("uvl")[0].authority),
        ("15 CFR 764.3(a)(2)", "764.3(a)(2)" in _rows("dpl")[0].authority),
        ("the list is not exhaustive", _rows("meu")[0].note == "The list is not exhaustive."),
        ("Pub. L. 117-78; 19 U.S.C. 1307", _rows("uflpa")[0].authority == "Pub. L. 117-78; 19 U.S.C. 1307"),
        ("Council best practices, update of 3 Jul 2024", _rows("eu")[0].dated == "2024-07-03"),
        ("guidance of 13 Aug 2014; FAQs 398–402", _rows("sdn")[0].dated == "2014-08-13"),
        ("OFSI general guidance, 2022", _rows("uk")[0].dated == "2022"),
        ("effective 29 Sep 2025 (RIN 0694-AK11)", "RIN 0694-AK11" in _rule("bis-affiliates").source),
        ("suspended 10 Nov 2025 through 9 Nov 2026", _rule("bis-affiliates").periods[2].until == date(2026, 11, 10)),
        ("holdings of different designated persons are **not** simply added", not _rule("uk-50").aggregate),
        ("**no**: only a subsidiary that is itself listed", not _rule("ns-cmic").reaches),
        ("**subsidiaries and affiliates**, no percentage", _rule("us-889").affiliates),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_tables_say_what_the_published_guidance_says(shared: Path, stated: str, told: bool) -> None:
    assert stated in (shared / "LAW.md").read_text(encoding="utf-8")
    assert told


@pytest.mark.parametrize("region", regions().values(), ids=lambda region: region.region)
def test_every_rule_of_a_region_cites_a_source_with_date_and_link(region: Region) -> None:
    for rule in region.rules:
        assert rule.effect in vocabulary()
        assert rule.url.startswith("https://")
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", rule.dated)
        _links_what_it_names(f"{rule.authority}; {rule.source}", rule.url)


@pytest.mark.parametrize("rule", ownership_rules(), ids=lambda rule: rule.rule)
def test_every_ownership_rule_cites_a_source_or_says_that_it_has_none(rule: OwnershipRule) -> None:
    assert rule.url.startswith("https://")
    if rule.source.startswith("not checked"):
        assert rule.share_means == "points"
        assert {period.state for period in rule.periods} == {"not_confirmed"}
    else:
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", rule.dated)

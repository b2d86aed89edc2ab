"""Each restated fact of the bundled lists, against the published file it was restated from.

Every test looks the fact up in the published file by itself: by reference number, tax code, name or date.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

Row = dict[str, Any]
On = Callable[[str], list[tuple[Row, Row]]]

#: How the NS-CMIC rows end that hold an identifier.
NUMBERED = (
    "ISIN",
    "Equity Ticker",
    "(USCC)",
    "Legal Entity Number",
    "Company Number",
    "C.R. No.",
    "Registration Number",
)


def folded(text: str) -> str:
    """Text without case, spaces and punctuation; `?` stands in the published files for a letter that was lost."""
    return re.sub(r"[\W_]", "", text).casefold()


def names(party: Row, source: str | None = None) -> set[str]:
    """Folded names, of one source where the party's names have one."""
    return {folded(n["name"]) for n in party["names"] if source is None or n.get("source", source) == source}


@pytest.fixture(scope="module")
def facts(shared: Path) -> dict[str, list[Row]]:
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))["entities"]
        for path in (shared / "data" / "facts").glob("*.json")
        if path.stem != "lists"
    }


@pytest.fixture(scope="module")
def stated(shared: Path) -> list[Row]:
    path = shared / "data" / "facts" / "names_brands_relations.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(
    ("list_id", "described"),
    [
        ("el", "bis-entity-list"),
        ("meu", "bis-meu"),
        ("cmic", "ofac-nscmic"),
        ("fcc", "fcc-covered"),
        ("uflpa", "dhs-uflpa"),
    ],
)
def test_listings_link_the_official_page(shared: Path, on: On, list_id: str, described: str) -> None:
    described_lists = json.loads((shared / "data" / "facts" / "lists.json").read_text(encoding="utf-8"))["lists"]
    official = {entry["id"]: entry["official_url"] for entry in described_lists}
    assert {x["source_url"] for _, x in on(list_id)} == {official[described]}


@pytest.fixture(scope="module")
def published(csl: list[Row]) -> dict[str, Row]:
    """The NS-CMIC rows by their number."""
    return {row["entity_number"]: row for row in csl if "(CMIC)" in row["source"]}


class TestNsCmic:
    def test_all_68(self, published: dict[str, Row], on: On) -> None:
        assert {x["reference"] for _, x in on("cmic")} == set(published)

    @pytest.mark.parametrize(
        ("field", "label"),
        [
            ("published", "Listing Date (CMIC)"),
            ("effective_date", "Effective Date (CMIC)"),
            ("divest_by", "Purchase/Sales For Divestment Date (CMIC)"),
        ],
    )
    def test_dates(self, published: dict[str, Row], field: str, label: str, on: On) -> None:
        for party, listing in on("cmic"):
            printed = f"{listing[field]:%d %b %Y}, {label}"
            assert printed in published[listing["reference"]]["ids"], party["id"]

    def test_identifiers(self, published: dict[str, Row], on: On) -> None:
        for party, listing in on("cmic"):
            printed = published[listing["reference"]]["ids"]
            ours = {i["value"] for i in party.get("identifiers", []) if "Stock Exchange" not in i.get("note", "")}
            numbered = [fact for fact in printed.split("; ") if fact.endswith(NUMBERED)]
            assert [value for value in ours if value not in printed] == [], party["id"]
            assert [fact for fact in numbered if not any(value in fact for value in ours)] == [], party["id"]

    def test_citation_of_the_annex(self, facts: dict[str, list[Row]], on: On) -> None:
        annex = facts["ofac_eo14032_annex"]
        cited = [(names(party), x) for party, x in on("cmic") if x["citation"] == "86 FR 30145"]
        assert len(cited) == len(annex) == 59
        for entry in annex:
            assert entry["federal_register"].startswith("86 FR 30145")
            dates = {str(x["effective_date"]) for listed, x in cited if folded(entry["name"]) in listed}
            assert dates == {entry["effective_date"]}, entry["name"]

    def test_names_of_2026(self, facts: dict[str, list[Row]], on: On) -> None:
        ours = {
            i["value"]: party for party, _ in on("cmic") for i in party.get("identifiers", []) if i["type"] == "uscc"
        }
        for entry in facts["ofac_nscmic"]:
            code = re.search(r"USCC: (\w+)", entry["notes"])
            printed = {folded(name) for name in (entry["name"], *entry["aliases"])}
            named = [ours[code[1]]] if code else [p for p, _ in on("cmic") if printed <= names(p, "NS-CMIC List")]
            assert len(named) == 1, entry["name"]
            assert printed <= names(named[0]), entry["name"]

    def test_original_script_and_quality(self, shared: Path, on: On) -> None:
        scripts = {"Chinese Simplified": "Hans", "Chinese Traditional": "Hant", "Latin": None}
        path = shared / "data" / "ofac" / "consolidated" / "cons_enhanced-2025-01-10.zip"
        root = ElementTree.fromstring(zipfile.ZipFile(path).read("CONS_ENHANCED.XML"))  # noqa: S314 - the official file
        tag = re.match(r"\{.*\}", root.tag)[0]  # type: ignore[index]
        entities = {entity.get("id"): entity for entity in root.iter(f"{tag}entity")}
        chinese = 0
        for party, listing in on("cmic"):
            ours = {folded(n["name"]): n for n in party["names"]}
            for name in entities[listing["reference"]].iter(f"{tag}name"):
                for translation in name.iter(f"{tag}translation"):
                    full = translation.findtext(f"{tag}formattedFullName") or ""
                    script = scripts[str(translation.findtext(f"{tag}script"))]
                    assert ours[folded(full)].get("script") == script, full
                    chinese += script is not None
                    weak = name.findtext(f"{tag}isLowQuality") == "true"
                    graded_elsewhere = weak and len(party["listings"]) > 1
                    quality = ours[folded(full)].get("quality", "strong")
                    assert graded_elsewhere or quality == ("weak" if weak else "strong"), full
        assert chinese == 6

    def test_linked_parties(self, published: dict[str, Row], on: On, parties: tuple[Row, ...]) -> None:
        by_id = {party["id"]: party for party in parties}
        for party, listing in on("cmic"):
            linked = re.search(r"Linked To: (.*?)\)", published[listing["reference"]]["remarks"])
            ours = [by_id[r["party"]] for r in party.get("relations", []) if r["type"] == "linked_to"]
            assert len(ours) == bool(linked), party["id"]
            assert not linked or folded(linked[1]) in names(ours[0]), party["id"]


class TestUflpa:
    def test_every_entry_is_here_and_nothing_else(self, facts: dict[str, list[Row]], on: On) -> None:
        ours = {(party["id"], x["effective_date"]): grounds(x["citation"]) for party, x in on("uflpa")}
        published: dict[tuple[str, date], set[str]] = {}
        for entry in facts["dhs_uflpa"]:
            name = folded(re.sub(r"(,? and subsidiaries| \((XPCC|VSETC)\))$", "", entry["name"], flags=re.IGNORECASE))
            day = datetime.strptime(entry["effective_date"], "%B %d, %Y").date()
            (party,) = {p["id"]: p for p, _ in on("uflpa") if name in names(p)}.values()
            published.setdefault((party["id"], day), set()).update(grounds(entry["notes"]))
            aliases = re.split(r"(?<=\.) and |formerly known as", ";".join(entry["aliases"]))
            split = {folded(part) for alias in aliases for part in alias.split(";")} - {""}
            assert split <= names(party), entry["name"]
        assert ours == published

    def test_no_party_is_made_up(self, facts: dict[str, list[Row]], on: On) -> None:
        text = folded(" ".join(" ".join((e["name"], *e["aliases"])) for e in facts["dhs_uflpa"]))
        for party, _ in on("uflpa"):
            several = len({x["list"] for x in party["listings"]}) > 1
            ours = names(party, "UFLPA Entity List") if several else names(party)
            assert [n for n in ours if n not in text] == [], party["id"]


def grounds(text: str) -> set[str]:
    """Paragraphs of section 2(d)(2)(B) that an entry rests on."""
    return set(re.findall(r"\((i|ii|iv|v)\)", text))


class TestFcc:
    def test_every_producer(self, facts: dict[str, list[Row]], on: On) -> None:
        entries = [e for e in facts["fcc_covered"] if "Category listing" not in e["notes"]]
        assert len(entries) == len(on("fcc")) == 13
        for entry in entries:
            (listing,) = [x for party, x in on("fcc") if folded(entry["name"]) in names(party)]
            assert str(listing["effective_date"]) == entry["effective_date"]
            assert listing["remarks"].split(" … (cut short")[0] == entry["notes"].removesuffix("…")
            day = date.fromisoformat(entry["effective_date"])
            assert listing["citation"] == f"FCC Covered List, entry of {day.day} {day:%B %Y}"


class TestStated:
    """Chinese names, brands, acronyms, owners and subsidiaries, each with its source; the 2022 report."""

    @pytest.mark.parametrize(
        ("fact", "rows"),
        [("name_zh", 15), ("name_zh_traditional", 2), ("name_zh_short", 2), ("acronym", 4), ("brand", 5)],
    )
    def test_names_and_brands(self, stated: list[Row], fact: str, rows: int, parties: tuple[Row, ...]) -> None:
        wanted = [row for row in stated if row["fact"] == fact]
        assert len(wanted) == rows
        for row in wanted:
            name = row["value"].partition(" (")[0]
            found = [n for party in called(parties, row["party"]) for n in party["names"] if n["name"] == name]
            assert found, row
            assert fact != "brand" or (found[0]["type"], found[0]["source"]) == ("brand", row["source"])

    def test_owner(self, stated: list[Row], parties: tuple[Row, ...]) -> None:
        (row,) = [row for row in stated if row["fact"] == "owner"]
        ((party,), relation) = (called(parties, row["party"]), called(parties, row["party"])[0]["relations"][0])
        assert relation["name"] in row["value"]
        assert f"about {relation['stake']['share_min']:g}%" in row["value"]
        above = next(p for p in parties if p["id"] == relation["party"])["relations"][0]
        assert f"held by {above['name']}" in row["value"]
        assert "stake" not in above
        assert party["relations"] == [relation]

    def test_subsidiary(self, stated: list[Row], parties: tuple[Row, ...]) -> None:
        (row,) = [row for row in stated if row["fact"] == "subsidiary"]
        english, chinese = row["value"].rstrip(")").split(" (")
        (subsidiary,) = called(parties, english)
        assert chinese in {n["name"] for n in subsidiary["names"]}
        above = [(r["type"], r["party"]) for r in subsidiary["relations"]]
        assert above == [("subsidiary_of", called(parties, row["party"])[0]["id"])]

    def test_section_889(self, stated: list[Row], parties: tuple[Row, ...]) -> None:
        for row in (row for row in stated if row["fact"] == "listing"):
            (party,) = called(parties, row["party"])
            ours = [x for x in party["listings"] if x["list"] == "s889"]
            assert {x["citation"].split()[-1] for x in ours} == {row["value"].split()[2].rstrip(":")}
            days = [datetime.strptime(d, "%d %b %Y").date() for d in re.findall(r"\d+ \w+ \d{4}", row["value"])]
            assert [x["effective_date"] for x in ours] == days

    def test_report(self, stated: list[Row], parties: tuple[Row, ...]) -> None:
        (row,) = [row for row in stated if row["fact"] == "reported"]
        (listing,) = [x for p in called(parties, row["party"]) for x in p["listings"] if x.get("status") == "reported"]
        assert listing["citation"] == row["source"]
        assert "SDN designation under consideration" in listing["remarks"]

    @pytest.mark.parametrize("copy", ["2021-07-07/sdn.csv", "2024-05-03/sdn.csv.gz"])
    def test_hikvision_was_never_on_the_sdn_list(self, shared: Path, copy: str) -> None:
        raw = (shared / "data" / "ofac" / copy).read_bytes()
        text = gzip.decompress(raw) if copy.endswith(".gz") else raw
        assert len(text) > 1_000_000
        assert b"HIKVISION" not in text.upper()

    def test_sdn_entries(self, csl: list[Row], on: On) -> None:
        sdn = {row["entity_number"]: row for row in csl if row["source"].startswith("Specially Designated")}
        held = [(party, x) for party, x in on("sdn") if x.get("status") != "reported"]
        assert len(held) == 2
        for party, listing in held:
            row = sdn[listing["reference"]]
            assert row["programs"] == listing["program"]
            assert folded(row["name"]) in names(party)


def called(parties: tuple[Row, ...], name: str) -> list[Row]:
    """Parties of that name, or of that name and a legal form."""
    exact = [party for party in parties if folded(name) in names(party)]
    return exact or [party for party in parties if folded(name) + "ltd" in names(party)]

"""The Entity List and Military End-User entries of the bundled lists, against the Consolidated Screening List."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

Row = dict[str, Any]
On = Callable[[str], list[tuple[Row, Row]]]

#: Rows dated 2019-10-09 that came with 85 FR 34505: nine parties, of which the list dates six by that notice.
CAME_LATER = {"NetPosa", "SenseNets", "Nanjing FiberHome Starrysky Communication Development Co."}
#: Notices of the Entity List that are here whole, with their number of entries.
WHOLE_NOTICES = {
    "84 FR 29373": 5, "84 FR 54002": 28, "85 FR 34505": 9, "85 FR 44159": 11, "86 FR 18437": 7, "86 FR 33120": 5,
}  # fmt: skip


def folded(text: str) -> str:
    """Text without case, spaces and punctuation; `?` stands in the published files for a letter that was lost."""
    return re.sub(r"[\W_]", "", text).casefold()


def names(party: Row, source: str | None = None) -> set[str]:
    """Folded names, of one source where the party's names have one."""
    return {folded(n["name"]) for n in party["names"] if source is None or n.get("source", source) == source}


def notices(text: str) -> list[str]:
    """Federal Register notices cited, in order."""
    return [f"{volume} FR {page}" for volume, page in re.findall(r"(\d+) FR +(\d+)", text)]


@pytest.fixture(scope="module")
def entity_list(csl: list[Row]) -> list[Row]:
    return [row for row in csl if row["source"].startswith("Entity List")]


def rows_of(party: Row, listing: Row, rows: list[Row]) -> list[Row]:
    """Published rows of the listing: those that hold one of the party's names and cite its notice."""
    listed, cited = names(party), set(notices(listing["citation"]))
    found = []
    for row in rows:
        every = [row["name"], *re.split(r"[;:]|Subordinate Institution -|\(a subordinate", row["name"])]
        every += [re.sub(r"\([^()]*\)\s*$", "", name) for name in every]
        if cited & set(notices(row["federal_register_notice"])) and any(
            folded(name) in listed or any(folded(name).startswith(full) for full in listed if len(full) > 12)
            for name in every
        ):
            found.append(row)
    return found


@pytest.fixture(scope="module")
def matched(entity_list: list[Row], on: On) -> list[tuple[Row, Row, list[Row]]]:
    """Each Entity List listing with its party and the rows it restates."""
    return [(party, x, rows_of(party, x, entity_list)) for party, x in on("el")]


class TestEntityList:
    def test_every_entry_is_published(self, matched: list[tuple[Row, Row, list[Row]]]) -> None:
        assert [party["id"] for party, _, rows in matched if not rows] == []

    def test_dates(self, matched: list[tuple[Row, Row, list[Row]]]) -> None:
        for party, listing, rows in matched:
            later = CAME_LATER & {row["name"] for row in rows}
            days = {"2020-06-05"} if later else {row["start_date"] for row in rows}
            assert str(listing["effective_date"]) in days, party["id"]

    def test_citations(self, matched: list[tuple[Row, Row, list[Row]]]) -> None:
        """A page within a notice is cited by the notice's first page."""
        first_page = {"84 FR 54004": "84 FR 54002", "84 FR 22963": "84 FR 22961", "85 FR 29853": "85 FR 29852"}
        for party, listing, rows in matched:
            later = bool(CAME_LATER & {row["name"] for row in rows})
            published = [[first_page.get(n, n) for n in notices(row["federal_register_notice"])] for row in rows]
            assert notices(listing["citation"]) in [cited[1:] if later else cited for cited in published], party["id"]

    @pytest.mark.parametrize(
        ("field", "column"), [("licence_requirement", "license_requirement"), ("licence_policy", "license_policy")]
    )
    def test_licence(self, matched: list[tuple[Row, Row, list[Row]]], field: str, column: str) -> None:
        for party, listing, rows in matched:
            assert listing.get(field) in [" ".join(row[column].split()) or None for row in rows], party["id"]

    def test_names_and_addresses(self, matched: list[tuple[Row, Row, list[Row]]]) -> None:
        whole: dict[str, list[Row]] = {}
        for party, _, rows in matched:
            whole.setdefault(party["id"], []).extend(rows)
        for party, _, _ in matched:
            rows = whole[party["id"]]
            every = folded("".join(row["name"] + row["alt_names"] for row in rows))
            stated_here = names(party, "Entity List") if len(party["listings"]) > 1 else latin(party)
            assert [n for n in stated_here if n not in every] == [], party["id"]
            where = folded("".join(row["addresses"] for row in rows)).replace("china", "")
            addresses = [a for a in party.get("addresses", []) if a.get("note", "Entity List") == "Entity List"]
            lost = [a["text"] for a in addresses if "text" in a and folded(a["text"]).replace("china", "") not in where]
            assert lost == [], party["id"]

    @pytest.mark.parametrize(("notice", "number"), WHOLE_NOTICES.items())
    def test_notices_that_are_here_whole(self, entity_list: list[Row], notice: str, number: int, on: On) -> None:
        assert sum(notices(x["citation"])[0] == notice for _, x in on("el")) == number
        published = [r for r in entity_list if notices(r["federal_register_notice"])[:1] == [notice]]
        everywhere = {name for party, _ in on("el") for name in names(party)}
        missing = [r["name"] for r in published if not any(folded(r["name"]).startswith(n) for n in everywhere)]
        assert missing == []

    def test_28_of_31_rows_of_9_october_2019(self, entity_list: list[Row], on: On) -> None:
        dated = {row["name"] for row in entity_list if row["start_date"] == "2019-10-09"}
        assert len(dated) == 31
        assert dated >= CAME_LATER
        assert len(dated - CAME_LATER) == sum(str(x["effective_date"]) == "2019-10-09" for _, x in on("el"))


def latin(party: Row) -> set[str]:
    return {folded(n["name"]) for n in party["names"] if "source" not in n}


class TestMilitaryEndUsers:
    def test_entry(self, csl: list[Row], on: On) -> None:
        ((party, listing),) = on("meu")
        (row,) = [r for r in csl if "(MEU)" in r["source"] and folded(r["name"]) in names(party)]
        assert (str(listing["effective_date"]), listing["citation"]) == (
            row["start_date"],
            row["federal_register_notice"],
        )
        assert listing["licence_requirement"] == row["license_requirement"]

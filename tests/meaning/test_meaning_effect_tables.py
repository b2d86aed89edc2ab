"""The tables of effects are whole: every row cites its source, and every program of real lists has a row."""

from __future__ import annotations

import csv
import gzip
import re
import zipfile
from collections import Counter
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

"""What changed is told, and nothing that did not."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from strategies import list_files

from sanctionscreen.records import ListFile
from sanctionscreen.sources.diffing import FieldChange, ListDiff, diff, markdown, rows
from sanctionscreen.sources.importers import import_list

HEADER = {"id": "x", "title": "List X", "authority": "Y", "publisher": "Z", "as_of": "2026-01-01", "licence": "CC0"}


def party(party_id: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": party_id, "kind": "organization", "names": [{"name": f"Name {party_id}", "type": "primary"}],
        "listings": [{"program": "P"}], **fields,
    }  # fmt: skip


def edition(*parties: dict[str, Any], **header: Any) -> ListFile:
    return ListFile.model_validate({"header": {**HEADER, **header}, "parties": parties})


@pytest.mark.parametrize(
    ("field", "old", "new", "removed", "added"),
    [
        ("names", [{"name": "A", "type": "primary"}], [{"name": "B", "type": "primary"}],
         ["A (type primary)"], ["B (type primary)"]),
        ("names", [{"name": "A"}, {"name": "B"}], [{"name": "A"}, {"name": "B", "quality": "weak"}],
         ["B"], ["B (quality weak)"]),
        ("identifiers", [], [{"type": "lei", "value": "5493001KJTIIGC8Y1R12", "valid": False}],
         [], ["5493001KJTIIGC8Y1R12 (type lei, valid false)"]),
        ("addresses", [{"text": "1 Road"}], [{"city": "Oslo", "country": "NO"}],
         ["1 Road"], ["city Oslo, country NO"]),
        ("countries", ["CN"], ["CN", "HK"], [], ["HK"]),
        ("birth_dates", ["1962"], ["1962-03"], ["1962"], ["1962-03"]),
        ("gender", None, "male", [], ["male"]),
        ("kind", "organization", "vessel", ["organization"], ["vessel"]),
        ("listings", [{"program": "P"}], [{"program": "P", "status": "delisted", "end_date": "2026-01-01"}],
         ["P"], ["P (end_date 2026-01-01, status delisted)"]),
        ("relations", [{"type": "owned_by", "name": "N", "stake": {"share_min": 50}}],
         [{"type": "owned_by", "party": "b"}],
         ["N (type owned_by, stake share_min 50.0)"], ["type owned_by, party b"]),
        ("remarks", ["one", "one"], ["one"], ["one"], []),
    ],
)  # fmt: skip
def test_a_changed_field(field: str, old: Any, new: Any, removed: list[str], added: list[str]) -> None:
    found = diff(edition(party("a", **{field: old})), edition(party("a", **{field: new})))
    (changed,) = found.changed
    assert changed.changes == (FieldChange(field=field, removed=tuple(removed), added=tuple(added)),)
    assert (found.added, found.removed, found.unchanged) == ((), (), 0)


def test_added_and_removed() -> None:
    found = diff(edition(party("a"), party("b")), edition(party("b"), party("c", listings=[{"program": "Q"}] * 2)))
    assert [entry.id for entry in found.removed] == ["a"]
    assert [(entry.id, entry.name, entry.kind, entry.programs) for entry in found.added] == [
        ("c", "Name c", "organization", ("Q",))
    ]
    assert found.unchanged == 1


def test_another_order_is_no_change() -> None:
    names = [{"name": "A", "type": "primary"}, {"name": "B"}, {"name": "C"}]
    found = diff(edition(party("a", names=names)), edition(party("a", names=[names[0], names[2], names[1]])))
    assert (found.changed, found.unchanged) == ((), 1)


class TestMissingCompanions:
    @staticmethod
    def editions(count: int, **more: Any) -> tuple[ListFile, ListFile]:
        bare = [party(str(n)) for n in range(count)]
        names = [{"name": "Alias"}, {"name": "Nickname", "quality": "weak"}]
        full = [{**one, "names": [*one["names"], *names], "addresses": [{"city": "Oslo"}], **more} for one in bare]
        return edition(*full), edition(*bare, as_of="2026-02-01")

    def test_what_an_edition_lacks_altogether_is_not_compared(self) -> None:
        full, bare = self.editions(20)
        for old, new in ((full, bare), (bare, full)):
            found = diff(old, new)
            assert found.not_compared == (
                "aliases: the edition of 2026-02-01 has none at all, as if imported without their file",
                "addresses: the edition of 2026-02-01 has none at all, as if imported without their file",
            )
            weak = ("Nickname (quality weak)",)
            (change,) = {changes for one in found.changed for changes in one.changes}
            assert (change.field, change.removed + change.added) == ("names", weak)

    def test_what_few_ever_had_is_compared(self) -> None:
        found = diff(*self.editions(19))
        assert found.not_compared == ()
        assert {change.field for one in found.changed for change in one.changes} == {"names", "addresses"}

    def test_the_same_lack_in_both_is_no_news(self) -> None:
        _, bare = self.editions(30)
        assert diff(bare, bare).not_compared == ()


def test_notes() -> None:
    found = diff(edition(party("a")), edition(party("a"), id="y", as_of="2025-01-01"))
    assert found.notes == (
        "these are two lists, x and y: ids may not mean the same party",
        "the second edition, of 2025-01-01, is older than the first, of 2026-01-01",
    )


def test_markdown() -> None:
    old = edition(party("a"), party("b", countries=["CN"]), party("d"))
    new = edition(
        party("b", remarks=["<b>|`x`\n[y](z)"]), party("c|", names=[{"name": "*A* | #1"}]), party("d"),
        as_of="2025-02-01", title="List *X*",
    )  # fmt: skip
    assert markdown(diff(old, new)) == (
        "# List \\*X\\*: 2026-01-01 to 2025-02-01\n"
        "\n"
        "3 parties became 3: 1 added, 1 removed, 1 changed, 1 unchanged.\n"
        "\n"
        "**Note:** the second edition, of 2025-02-01, is older than the first, of 2026-01-01.\n"
        "\n"
        "## Added\n"
        "\n"
        "| Id | Name | Kind | Programs |\n"
        "|---|---|---|---|\n"
        "| c\\| | \\*A\\* \\| \\#1 | organization | P |\n"
        "\n"
        "## Removed\n"
        "\n"
        "| Id | Name | Kind | Programs |\n"
        "|---|---|---|---|\n"
        "| a | Name a | organization | P |\n"
        "\n"
        "## Changed\n"
        "\n"
        "- **Name b** (b)\n"
        "  - countries, removed: CN\n"
        "  - remarks, added: \\<b\\>\\|\\`x\\` \\[y\\](z)\n"
    )


def test_a_table_has_a_row_for_every_change() -> None:
    old = edition(party("a"), party("b", countries=["CN"]), party("d"))
    new = edition(party("b", remarks=["x"]), party("c"), party("d"))
    assert list(rows(diff(old, new))) == [
        ("added", "c", "Name c", "organization", "P"),
        ("removed", "a", "Name a", "organization", "P"),
        ("changed", "b", "Name b", "countries removed", "CN"),
        ("changed", "b", "Name b", "remarks added", "x"),
    ]


def test_no_change_is_a_short_report() -> None:
    report = markdown(diff(edition(party("a")), edition(party("a"))))
    assert (
        report
        == "# List X: 2026-01-01 to 2026-01-01\n\n1 parties became 1: 0 added, 0 removed, 0 changed, 1 unchanged.\n"
    )


@given(old=list_files(), new=list_files())
@settings(max_examples=30)
def test_every_party_is_counted_once(old: ListFile, new: ListFile) -> None:
    found = diff(old, new)
    both = {one.id for one in old.parties} & {one.id for one in new.parties}
    assert len(found.changed) + found.unchanged == len(both)
    assert {entry.id for entry in found.removed} == {one.id for one in old.parties} - both
    assert {entry.id for entry in found.added} == {one.id for one in new.parties} - both
    assert ListDiff.model_validate_json(found.model_dump_json()) == found


@given(old=list_files(), new=list_files())
@settings(max_examples=30)
def test_the_other_way_round_what_was_added_was_removed(old: ListFile, new: ListFile) -> None:
    there, back = diff(old, new), diff(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    turned = {one.id: [(c.field, c.added, c.removed) for c in one.changes] for one in back.changed}
    assert {one.id: [(c.field, c.removed, c.added) for c in one.changes] for one in there.changed} == turned


@given(file=list_files())
@settings(max_examples=20)
def test_a_list_does_not_differ_from_itself(file: ListFile) -> None:
    found = diff(file, file.model_copy(deep=True))
    assert (found.added, found.removed, found.changed, found.unchanged) == ((), (), (), len(file.parties))


@given(file=list_files())
@settings(max_examples=30)
def test_nothing_of_a_list_is_markup(file: ListFile) -> None:
    """An unescaped sign is one of the report's own."""
    empty = file.model_copy(update={"parties": ()})
    for line in markdown(diff(empty, file)).split("\n")[1:]:
        own = re.sub(r"\\[\\`*_{}\[\]<>|#~&]", "", line)
        assert not re.search(r"[`\[\]<>~&\\]", own)
        assert own.count("|") in (0, 5)


@pytest.fixture(scope="module")
def found(shared: Path) -> ListDiff:
    ofac = shared / "data" / "ofac"
    old = import_list("ofac-csv", ofac / "2021-07-07").list_file
    new = import_list("ofac-csv", ofac / "2024-05-03" / "sdn.csv.gz").list_file
    return diff(old, new)


class TestRealEditions:
    """OFAC's SDN list of July 2021 and of May 2024, the second without its aliases and addresses."""

    @staticmethod
    def uids(path: Path) -> set[str]:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="latin-1", newline="") as file:
            return {f"ofac-{row[0]}" for row in csv.reader(file) if len(row) > 1}

    def test_the_counts_are_those_of_the_uids(self, found: ListDiff, shared: Path) -> None:
        ofac = shared / "data" / "ofac"
        old, new = self.uids(ofac / "2021-07-07" / "sdn.csv"), self.uids(ofac / "2024-05-03" / "sdn.csv.gz")
        assert {entry.id for entry in found.removed} == old - new
        assert {entry.id for entry in found.added} == new - old
        assert len(found.changed) + found.unchanged == len(old & new)
        assert (found.old.parties, found.new.parties) == (len(old), len(new))
        assert (found.old.as_of, found.new.as_of) == (date(2021, 7, 7), date(2024, 5, 3))

    def test_missing_companions_are_no_removals(self, found: ListDiff) -> None:
        assert [line.split(":")[0] for line in found.not_compared] == ["aliases", "addresses"]
        assert len(found.changed) < found.unchanged / 5
        fields = [change.field for one in found.changed for change in one.changes]
        assert "addresses" not in fields

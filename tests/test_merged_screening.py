"""One hit for one party on many lists, with the reason; apart again on request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sanctionscreen.errors import SnapshotError
from sanctionscreen.explaining import explain
from sanctionscreen.records import ListFile
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import write_list

LEI = {"type": "lei", "value": "5493001KJTIIGC8Y1R12"}


def party(party_id: str, name: str, **fields: Any) -> dict[str, Any]:
    return {
        "id": party_id, "kind": "organization", "names": [{"name": name, "type": "primary"}],
        "listings": [{"program": "P"}], **fields,
    }  # fmt: skip


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    leads = {"relations": [{"type": "owned_by", "party": "b1"}, {"type": "linked_to", "name": "Somebody"}]}
    members = {
        "one": [party("a1", "Quillfeather Robotics", identifiers=[LEI])],
        "two": [
            party("b1", "Quillfeather Robotics Works", identifiers=[LEI]),
            party("b2", "Thistledown Foundry", **leads),
            party("b3", "Quillfeather Robotics"),
        ],
    }
    for list_id, parties in members.items():
        header = {
            "id": list_id, "title": "T", "authority": "A", "publisher": "P", "as_of": "2026-01-01", "licence": "L",
        }  # fmt: skip
        write_list(ListFile.model_validate({"header": header, "parties": parties}), tmp_path / f"{list_id}.yaml")
    return tmp_path


def test_one_hit_has_all_the_listings_and_says_why(lists: Path) -> None:
    hits = Screener.load(lists).screen("Quillfeather Robotics").hits
    both, alone = sorted(hits, key=lambda hit: hit.listed_party.id)
    assert [one.list for one in both.listed_party.listings] == ["one", "two"]
    assert both.merged == (
        "one/a1 (Quillfeather Robotics) and two/b1 (Quillfeather Robotics Works) are one party: "
        "both carry lei 5493001KJTIIGC8Y1R12.",
    )
    assert (alone.listed_party.id, alone.merged) == ("b3", ()), "a name alone never ties"
    assert "One party of several records\n- one/a1 (Quillfeather Robotics)" in explain(both)
    assert "several records" not in explain(alone)


def test_every_merge_can_be_undone(lists: Path) -> None:
    hits = Screener.load(lists, merge=False).screen("Quillfeather Robotics").hits
    assert {hit.listed_party.id for hit in hits} == {"a1", "b1", "b3"}
    assert {hit.merged for hit in hits} == {()}


def test_relations_lead_to_the_party_that_their_record_became(lists: Path) -> None:
    (hit,) = Screener.load(lists).screen("Thistledown Foundry").hits
    assert [(one.party, one.name) for one in hit.listed_party.relations] == [("a1", None), (None, "Somebody")]
    (apart,) = Screener.load(lists, merge=False).screen("Thistledown Foundry").hits
    assert apart.listed_party.relations[0].party == "b1"


def test_a_snapshot_keeps_what_was_merged_and_why(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("compiled") / "all.snapshot"
    compiled = Snapshot.of(load_lists([lists]))
    compiled.save(path)
    opened = Snapshot.open(path)
    assert [opened.ties_of(number) for number in range(len(opened))] == [
        compiled.ties_of(number) for number in range(len(compiled))
    ]
    assert Screener.load(path).screen("Quillfeather Robotics") == Screener([compiled]).screen("Quillfeather Robotics")
    with pytest.raises(SnapshotError, match="compile it again with --no-merge"):
        Screener.load(path, merge=False)
    Snapshot.of(load_lists([lists]), merge=False).save(path)
    assert len(Screener.load(path, merge=False).screen("Quillfeather Robotics").hits) == 3


def test_no_relation_is_left_without_its_party_on_real_lists(shared: Path) -> None:
    from sanctionscreen.sources.importers import import_list
    from sanctionscreen.sources.merging import merge

    files = (("ofac-csv", "ofac/2021-07-07"), ("csl", "csl/2022-05-16/consolidated.csv.gz"))
    lists = [import_list(format_id, shared / "data" / file).list_file for format_id, file in files]
    merged = merge(lists)
    assert sum(len(one.members) == 2 for one in merged) > 8500, "both lists state OFAC's own numbers"
    known = {one.party.id for one in merged}
    relations = [relation.party for one in merged for relation in one.party.relations if relation.party]
    assert relations
    assert known.issuperset(relations)

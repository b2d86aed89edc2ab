"""What is written loads back equal, and reads well."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from strategies import AWKWARD, TEXTS, list_files

from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import ListError
from sanctionscreen.records import ListFile
from sanctionscreen.sources import writing
from sanctionscreen.sources.loading import load_lists
from sanctionscreen.sources.writing import as_yaml, replace_file, write_list
from sanctionscreen.yamldata import read

LIST = ListFile.model_validate(
    {
        "header": {
            "id": "watch", "title": "Watch list", "authority": "House rule", "publisher": "Us",
            "as_of": "2026-01-01", "licence": "CC0-1.0", "programs": [{"id": "W", "title": "Watch"}],
        },
        "parties": [
            {
                "id": "acme", "kind": "organization",
                "names": [{"name": "Acme: Robots", "type": "primary"}, {"name": "𠀀科技", "quality": "weak"}],
                "identifiers": [{"type": "tax_id", "value": "00123", "country": "NO", "valid": False}],
                "birth_dates": ["1962", "1962-03", "1962-03-05", "1962~", "1955/1958~"],
                "relations": [{"type": "owned_by", "name": "X", "stake": {}}],
                "listings": [{"program": "W", "effective_date": "2019-10-09", "remarks": "one\n\n  two: #3"}],
            }
        ],
    }
)  # fmt: skip

WRITTEN = """\
header:
  id: watch
  title: Watch list
  authority: House rule
  publisher: Us
  as_of: 2026-01-01
  licence: CC0-1.0
  programs:
  - id: W
    title: Watch
parties:
- id: acme
  kind: organization
  names:
  - name: 'Acme: Robots'
    type: primary
  - name: 𠀀科技
    quality: weak
  identifiers:
  - type: tax_id
    value: '00123'
    country: 'NO'
    valid: false
  birth_dates:
  - 1962
  - 1962-03
  - 1962-03-05
  - 1962~
  - 1955/1958~
  relations:
  - type: owned_by
    name: X
    stake: {}
  listings:
  - program: W
    effective_date: 2019-10-09
    remarks: |-
      one

        two: #3
"""


def test_a_list_reads_well(tmp_path: Path) -> None:
    write_list(LIST, tmp_path / "watch.yaml")
    assert (tmp_path / "watch.yaml").read_text(encoding="utf-8") == WRITTEN


def test_an_empty_list_loads_back() -> None:
    assert as_yaml({"parties": ()}) == "parties: []\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Acme", "Acme"),
        ("5 South Road", "5 South Road"),
        ("C++ & Co., (Ltd) [x] a#b a:b", "C++ & Co., (Ltd) [x] a#b a:b"),
        ("O'Brien", "O'Brien"),
        ("'O'", "'''O'''"),
        ("no", "'no'"),
        ("1962-03-05", "'1962-03-05'"),
        ("0x1F", "'0x1F'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("a:", "'a:'"),
        ("@a", "'@a'"),
        ("می\u200cخواهم", '"می\\u200Cخواهم"'),
        ('a\x7f"\\\U000e0001', '"a\\x7F\\"\\\\\\U000E0001"'),
        ("a\r\nb", '"a\\x0D\\x0Ab"'),
    ],
)
def test_a_text_has_quotes_where_it_needs_them(text: str, written: str) -> None:
    assert as_yaml({"x": text}) == f"x: {written}\n"


@pytest.mark.parametrize("parser", [yaml.SafeLoader, yaml.CSafeLoader])
@given(list_file=list_files())
@settings(max_examples=25)
def test_load_of_write_is_the_same(list_file: ListFile, parser: type, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("lists") / "list.yaml"
    write_list(list_file, path)
    (loaded,) = load_lists([path], parser)
    assert ListFile(header=loaded.header, parties=loaded.parties) == list_file


@given(list_file=list_files())
@settings(max_examples=25)
def test_the_same_list_gives_the_same_bytes(list_file: ListFile, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("lists")
    for name in ("a.yaml", "b.yaml"):
        write_list(list_file.model_copy(deep=True), folder / name)
    assert (folder / "a.yaml").read_bytes() == (folder / "b.yaml").read_bytes()


@given(text=TEXTS)
@settings(max_examples=400)
def test_other_readers_of_yaml_see_the_same_text(text: str) -> None:
    """YAML 1.1 as well: what looks like a number, a day or a truth value is in quotes."""
    written = as_yaml({"a": {"b": ({"c": text}, text)}})
    expected = {"a": {"b": [{"c": text}, text]}}
    assert yaml.load(written, Loader=yaml.SafeLoader) == expected
    assert yaml.load(written, Loader=yaml.CSafeLoader) == expected
    assert read(written) == expected


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_come_back(text: str) -> None:
    assert read(as_yaml({"x": text})) == {"x": text}


def test_a_date_in_other_digits_comes_back() -> None:
    odd = PartialDate.parse("١٩٦٢")
    assert read(as_yaml({"x": odd})) == {"x": "١٩٦٢"}


class TestReplacing:
    def test_the_old_file_is_replaced_and_nothing_else_is_left(self, tmp_path: Path) -> None:
        path = tmp_path / "a.yaml"
        path.write_text("old")
        replace_file(path, b"new")
        assert path.read_text() == "new"
        assert os.listdir(tmp_path) == ["a.yaml"]  # noqa: PTH208  # hidden files count

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        path, link = tmp_path / "a.yaml", tmp_path / "link.yaml"
        path.write_text("old")
        link.symlink_to(path)
        replace_file(link, b"new")
        assert (link.is_symlink(), path.read_text()) == (True, "new")

    @pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
    def test_a_failure_leaves_the_old_file(
        self, failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(_: int) -> None:
            raise failure

        path = tmp_path / "a.yaml"
        path.write_text("old")
        monkeypatch.setattr(writing.os, "fsync", fail)
        with pytest.raises((ListError, KeyboardInterrupt)):
            replace_file(path, b"new")
        assert path.read_text() == "old"
        assert os.listdir(tmp_path) == ["a.yaml"]  # noqa: PTH208  # hidden files count

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        path = tmp_path / "no" / "a.yaml"
        with pytest.raises(ListError, match=r"a\.yaml: cannot be written: No such file or directory"):
            write_list(LIST, path)

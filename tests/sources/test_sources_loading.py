"""Every fault of every file, with its line, its place and what mends it; or whole lists."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import list_files

from sanctionscreen.errors import ListError
from sanctionscreen.records import ListFile
from sanctionscreen.sources import files, loading
from sanctionscreen.sources.loading import LoadedList, bundled_lists, load_lists
from sanctionscreen.sources.writing import as_yaml, write_list

GOOD = """\
header:
  id: watch
  title: Watch list
  authority: House rule
  publisher: Us
  as_of: 2026-01-01
  licence: CC0-1.0
  programs:
  - {id: WATCH, title: Watch}
parties:
- id: acme
  kind: organization
  names:
  - name: Acme Corp
    type: primary
  countries: [NO]
  listings:
  - program: WATCH
    effective_date: 2019-10-09
- id: globex
  kind: organization
  names:
  - name: Globex
    type: primary
  relations:
  - {type: owned_by, party: acme}
  listings:
  - program: WATCH
"""

PARSERS = [yaml.SafeLoader, yaml.CSafeLoader]


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest) -> type:
    return request.param


def faults(tmp_path: Path, content: str | bytes, parser: type = yaml.CSafeLoader) -> list[str]:
    """What is wrong with a file of this content, without the name of the folder."""
    path = tmp_path / "x.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ListError) as raised:
        load_lists([path], parser)
    return str(raised.value).replace(f"{tmp_path}{os.sep}", "").split("\n")


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) >= 1
    return GOOD.replace(old, new, 1)


def test_a_good_file_loads(tmp_path: Path, parser: type) -> None:
    path = tmp_path / "watch.yaml"
    path.write_text(GOOD)
    (loaded,) = load_lists([path], parser)
    assert (loaded.header.id, loaded.file) == ("watch", str(path))
    assert loaded.checksum == hashlib.sha256(GOOD.encode()).hexdigest()
    assert [party.primary_name for party in loaded.parties] == ["Acme Corp", "Globex"]
    assert loaded.parties[0].countries == ("NO",), "no truth value"
    assert loaded.parties[0].listings[0].effective_date == date(2019, 10, 9)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: organization", "kind: organisation",
         ["x.yaml:12: 'organisation' is none of person, organization, vessel, aircraft: did you mean 'organization'?"
          " @ $.parties[0].kind"]),
        ("kind: organization", "kind: company",
         ["x.yaml:12: 'company' is none of person, organization, vessel, aircraft: did you mean 'organization'?"
          " @ $.parties[0].kind"]),
        ("kind: organization", "kind: [x]",
         ["x.yaml:12: a list is none of person, organization, vessel, aircraft @ $.parties[0].kind"]),
        ("kind: organization", "knd: organization",
         ["x.yaml:11: required field missing: kind @ $.parties[0].kind",
          "x.yaml:12: unknown field 'knd': did you mean 'kind'? @ $.parties[0].knd"]),
        ("countries: [NO]", "dob: 1962",
         ["x.yaml:16: unknown field 'dob': did you mean 'birth_dates'? @ $.parties[0].dob"]),
        ("{type: owned_by, party: acme}", "{type: owned_by, party: acme, 'what is this?': 1}",
         ["x.yaml:26: unknown field 'what is this?': the fields here are type, party, name, stake, note, source"
          ' @ $.parties[1].relations[0]["what is this?"]']),
        ("name: Acme Corp", "name: ''", ["x.yaml:14: empty name @ $.parties[0].names[0].name"]),
        ("name: Acme Corp", "name: '  '", ["x.yaml:14: empty name @ $.parties[0].names[0].name"]),
        ("name: Acme Corp", "name: Null",
         ["x.yaml:14: empty name (write 'null' or '~' in quotes if that is the text) @ $.parties[0].names[0].name"]),
        ("name: Acme Corp", "name: [Acme]",
         ["x.yaml:14: a text is wanted here, not a list @ $.parties[0].names[0].name"]),
        ("countries: [NO]", "countries: [usa]",
         ["x.yaml:16: 'USA' is no two-letter country code: did you mean 'US'? @ $.parties[0].countries[0]"]),
        ("countries: [NO]", "countries: [Atlantis]",
         ["x.yaml:16: 'ATLANTIS' is no two-letter country code (ISO 3166-1) @ $.parties[0].countries[0]"]),
        ("countries: [NO]", "countries: NO",
         ["x.yaml:16: a list is wanted here (lines that begin with '- '), not 'NO' @ $.parties[0].countries"]),
        ("countries: [NO]", "addresses: [Oslo]",
         ["x.yaml:16: fields are wanted here ('field: value'), not 'Oslo' @ $.parties[0].addresses[0]"]),
        ("countries: [NO]", "addresses: [{note: x}]",
         ["x.yaml:16: an address with nothing in it @ $.parties[0].addresses[0]"]),
        ("countries: [NO]", "birth_dates: [5 March 1962]",
         ["x.yaml:16: not a date: '5 March 1962' (write 1962, 1962-03, 1962-03-05, 1962~ for circa, or 1955/1958)"
          " @ $.parties[0].birth_dates[0]"]),
        ("countries: [NO]", "birth_dates: [2019-02-30]",
         ["x.yaml:16: no such day: '2019-02-30' @ $.parties[0].birth_dates[0]"]),
        ("countries: [NO]", "identifiers: [{type: Tax ID, value: 1, valid: perhaps}]",
         ["x.yaml:16: 'Tax ID' will not do as type: a small letter, then small letters, digits and '_', as in passport"
          " or registration_number @ $.parties[0].identifiers[0].type",
          "x.yaml:16: 'perhaps' does not fit: it should be a valid boolean, unable to interpret input"
          " @ $.parties[0].identifiers[0].valid"]),
        ("effective_date: 2019-10-09", "effective_date: 20191009",
         ["x.yaml:19: not a day: '20191009' (write it as 2019-10-09) @ $.parties[0].listings[0].effective_date"]),
        ("effective_date: 2019-10-09", "effective_date: 2019-02-30",
         ["x.yaml:19: not a day: '2019-02-30' (write it as 2019-10-09) @ $.parties[0].listings[0].effective_date"]),
        ("effective_date: 2019-10-09", "effective_date: [2019]",
         ["x.yaml:19: not a day: a list (write it as 2019-10-09) @ $.parties[0].listings[0].effective_date"]),
        ("effective_date: 2019-10-09", "effective_date: 2019-10-09\n    end_date: 2018-01-01",
         ["x.yaml:18: delisted on 2018-01-01, before it was listed on 2019-10-09 @ $.parties[0].listings[0]"]),
        ("effective_date: 2019-10-09", "status: delisted",
         ["x.yaml:18: a delisted entry needs its end_date @ $.parties[0].listings[0]"]),
        ("program: WATCH", "program: WACTH",
         ["x.yaml:18: unknown program 'WACTH', not among header.programs: did you mean 'WATCH'?"
          " @ $.parties[0].listings[0].program"]),
        ("party: acme", "party: acne",
         ["x.yaml:26: no loaded list has a party 'acne': did you mean 'acme'? @ $.parties[1].relations[0].party"]),
        ("party: acme", "party: 42",
         ["x.yaml:26: no loaded list has a party '42': give its name instead @ $.parties[1].relations[0].party"]),
        ("party: acme", "note: x",
         ["x.yaml:26: a relation needs the party's id or a name @ $.parties[1].relations[0]"]),
        ("id: globex", "id: acme",
         ["x.yaml:20: the id 'acme' is that of $.parties[0] already @ $.parties[1].id"]),
        ("id: globex", "id: two words",
         ["x.yaml:20: 'two words' will not do as id: small letters, digits and hyphens in a list's id, anything but"
          " spaces in a party's @ $.parties[1].id"]),
        ("    type: primary\n", "",
         ["x.yaml:13: no name is primary: write 'type: primary' under the one to show, and put it first"
          " @ $.parties[0].names"]),
        ("  - name: Acme Corp\n    type: primary\n", "  - name: A\n" + 2 * "  - {name: A, type: primary}\n",
         ["x.yaml:13: several names are primary: write 'type: primary' under the one to show, and put it first"
          " @ $.parties[0].names"]),
        ("  - name: Acme Corp\n    type: primary\n", "    []\n",
         ["x.yaml:13: empty names: at least one is needed @ $.parties[0].names"]),
        ("  id: watch\n", "  id: Watch List\n",
         ["x.yaml:2: 'Watch List' will not do as id: small letters, digits and hyphens in a list's id, anything but"
          " spaces in a party's @ $.header.id"]),
        ("  as_of: 2026-01-01\n", "  stale_after_days: 0\n",
         ["x.yaml:1: required field missing: as_of @ $.header.as_of",
          "x.yaml:6: '0' does not fit: it should be greater than 0 @ $.header.stale_after_days"]),
        ("  title: Watch list\n", "  title: Watch list\n  title: Watch\n",
         ["x.yaml:4: 'title' is given twice @ $.header.title"]),
        ("name: Acme Corp", "name: !!python/object/apply:os.system [ls]",
         ["x.yaml:14: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed: leave it out"
          " @ $.parties[0].names[0].name"]),
        ("name: Acme Corp", "name: *acme",
         ["x.yaml:14: the alias '*acme' has no '&acme' that ends before it @ $.parties[0].names[0].name"]),
        ("name: Acme Corp", "name: &acme [*acme]",
         ["x.yaml:14: the alias '*acme' has no '&acme' that ends before it @ $.parties[0].names[0].name[0]"]),
        ("- name: Acme Corp", "- [name]: Acme Corp",
         ["x.yaml:14: a list or mapping as a key: a key is a word (look for a stray '?', '[' or '{')"
          " @ $.parties[0].names[0]"]),
        ("name: Acme Corp", "name: Acme: Corp",
         ["x.yaml:14: not YAML: mapping values are not allowed {where} (a text with ': ' in it needs quotes) @ $"]),
        ("  - name: Acme Corp", "\t- name: Acme Corp",
         ["x.yaml:14: a tab in the indentation: YAML indents with spaces @ $"]),
        ("name: Acme Corp", "name: @cme",
         ["x.yaml:14: not YAML: found character {'@'} that cannot start any token"
          " (a text that begins with this character needs quotes) @ $"]),
        ("  programs:", "  - programs:",
         ["x.yaml:8: not YAML: {block} (check that the lines of one list or mapping begin in the same column) @ $"]),
        ("- id: globex", "---\n- id: globex",
         ["x.yaml:20: a second document begins here: a file is one document, without '---' @ $"]),
    ],
)  # fmt: skip
def test_a_fault(old: str, new: str, expected: list[str], tmp_path: Path, parser: type) -> None:
    in_c = parser is yaml.CSafeLoader
    spelt = {
        "{where}": "in this context" if in_c else "here",
        "{'@'} ": "" if in_c else "'@' ",
        "{block}": "did not find expected key" if in_c else "expected <block end>, but found '-'",
    }
    for mark, words in spelt.items():
        expected = [line.replace(mark, words) for line in expected]
    assert faults(tmp_path, changed(old, new), parser) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "x.yaml:1: an empty file: a list file has a 'header' and 'parties' @ $"),
        (b"# nothing yet\n", "x.yaml:1: an empty file: a list file has a 'header' and 'parties' @ $"),
        (b"- id: x\n", "x.yaml:1: a list at the top of the file: a list file has a 'header' and 'parties' there @ $"),
        (b"hello\n", "x.yaml:1: a text at the top of the file: a list file has a 'header' and 'parties' there @ $"),
        (GOOD.encode("utf-16"), "x.yaml:1: this is UTF-16: save the file as UTF-8"),
        (GOOD.encode("utf-16-be"), "x.yaml:1: this looks like UTF-16, or is no text at all: save the file as UTF-8"),
        (GOOD.encode("utf-32"), "x.yaml:1: this is UTF-32: save the file as UTF-8"),
        (GOOD.replace("Globex", "Glöbex").encode("latin-1"),
         "x.yaml:23: not UTF-8 (byte 0xF6), perhaps Latin-1 or Windows-1252: save the file as UTF-8"),
        (GOOD.replace("Globex", "Glo\0bex").encode(),
         "x.yaml:23: a character that no text holds, U+0000: the file is damaged, or not text; write it as an escape in"
         " double quotes if it is meant"),
        (b"a: " + b"[" * 900, "x.yaml:1: nested more than 32 deep @ $.a" + "[0]" * 31),
        (b"a: 'x", "x.yaml:1: not YAML: found unexpected end of stream @ $"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list(content: bytes, expected: str, tmp_path: Path, parser: type) -> None:
    assert faults(tmp_path, content, parser) == [expected]


def test_a_file_nested_beyond_what_a_parser_reads(tmp_path: Path, parser: type) -> None:
    (fault,) = faults(tmp_path, b"a: " + b"[" * 100_000, parser)
    assert fault.startswith("x.yaml:1: nested more than 32 deep @ $")


def test_all_faults_of_all_files_at_once(tmp_path: Path) -> None:
    bad = changed("Acme Corp", "''").replace("party: acme", "party: nobody").replace("organization", "firm")
    (tmp_path / "a.yaml").write_text(bad)
    (tmp_path / "b.yaml").write_text(GOOD.replace("id: globex", "id: acme"))
    (tmp_path / "c.yaml").write_text(GOOD)
    (tmp_path / "d.yaml").write_text("\t")
    with pytest.raises(ListError) as raised:
        load_lists([tmp_path, tmp_path / "none.yaml"])
    assert [(Path(f.file).name, f.line) for f in raised.value.faults] == [
        ("a.yaml", 12), ("a.yaml", 14), ("a.yaml", 21), ("b.yaml", 20), ("d.yaml", 1), ("none.yaml", 0),
    ]  # fmt: skip
    (tmp_path / "d.yaml").unlink()
    with pytest.raises(ListError) as raised:
        load_lists([tmp_path])
    assert [str(f).replace(f"{tmp_path}{os.sep}", "") for f in raised.value.faults if f.line in (2, 26)] == [
        "a.yaml:26: no loaded list has a party 'nobody': give its name instead @ $.parties[1].relations[0].party",
        "b.yaml:2: the list id 'watch' is that of a.yaml already @ $.header.id",
        "c.yaml:2: the list id 'watch' is that of a.yaml already @ $.header.id",
    ]


def test_a_relation_may_lead_to_another_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD.replace("party: acme", "party: initech"))
    (tmp_path / "b.yml").write_text(GOOD.replace("id: watch", "id: other").replace("acme", "initech"))
    assert [one.header.id for one in load_lists([tmp_path])] == ["watch", "other"]


def test_an_undeclared_program_is_told_once_and_a_header_need_not_declare_any(tmp_path: Path) -> None:
    assert len(faults(tmp_path, GOOD.replace("program: WATCH", "program: LIST"))) == 1
    (tmp_path / "x.yaml").write_text(changed("  programs:\n  - {id: WATCH, title: Watch}\n", ""))
    assert load_lists([tmp_path / "x.yaml"])


class TestAliases:
    def test_an_alias_stands_for_its_value(self, tmp_path: Path, parser: type) -> None:
        path = tmp_path / "x.yaml"
        path.write_text(
            GOOD.replace("- program: WATCH\n    eff", "- &entry\n    program: &w WATCH\n    eff")
            .replace("  listings:\n  - program: WATCH\n", "  listings: [*entry, {program: *w}]\n")
        )  # fmt: skip
        (loaded,) = load_lists([path], parser)
        first, second = loaded.parties
        assert second.listings[0] == first.listings[0]
        assert second.listings[1].program == "WATCH"

    def test_a_bomb_is_refused(self, tmp_path: Path, parser: type) -> None:
        bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"{new}: &{new} [{','.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        (fault,) = faults(tmp_path, bomb, parser)
        assert fault.startswith("x.yaml:5: aliases stand for more than 10000 values: write the values out @ $.e")

    def test_an_alias_is_no_key(self, tmp_path: Path, parser: type) -> None:
        assert faults(tmp_path, "a: &a x\n*a : y\n", parser) == [
            "x.yaml:2: the alias '*a' as a key: a key is a word (look for a stray '?', '[' or '{') @ $"
        ]


class TestPaths:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("none.yaml", "no such file or folder"),
            ("empty", "a folder without list files (.yaml or .yml)"),
            ("sdn.csv", "not a list file (.yaml or .yml): bring an official file in with `sanctionscreen import`"),
            (
                "all.snapshot",
                "a compiled snapshot, where list files in YAML are asked for: name those that it was compiled from",
            ),
            ("pipe.yaml", "not a regular file"),
            ("a\0b", "no such file or folder"),
            ("x" * 300, "cannot be read: File name too long"),
        ],
    )
    def test_a_path_that_stands_for_nothing(self, name: str, expected: str, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / ".hidden.yaml").write_text(GOOD)
        (tmp_path / "sdn.csv").touch()
        (tmp_path / "all.snapshot").touch()
        os.mkfifo(tmp_path / "pipe.yaml")
        with pytest.raises(ListError) as raised:
            load_lists([tmp_path / name])
        assert str(raised.value) == f"{tmp_path / name}: {expected}"

    def test_a_folder_gives_what_is_below_it_in_order(self, tmp_path: Path) -> None:
        for name in ("b/2.yml", "b/1.yaml", "a.YAML", ".git/x.yaml", "README.md", "c.yaml"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(GOOD)
        found = files.find([tmp_path, tmp_path / "c.yaml"]).files
        assert [str(path.relative_to(tmp_path)) for path in found] == ["a.YAML", "c.yaml", "b/1.yaml", "b/2.yml"]

    @pytest.mark.parametrize(
        ("there", "given", "instead"),
        [
            ("lists/a.yaml archive/a/2026-01-01-0123456789ab.yaml lists.snapshot", ".", ["lists", "lists.snapshot"]),
            ("lists/a.yaml archive/a/2026-01-01-0123456789ab.yaml", ".", ["lists"]),
            ("o/lists/a.yaml o/archive/a/2026-01-01-0123456789ab.yaml", ".", ["o/lists"]),
            ("lists/a.yaml archive/a/2026-01-01-0123456789ab.yaml", "lists", []),
            ("lists/a.yaml archive/b.yaml lists.snapshot", ".", []),
        ],
    )
    def test_a_folder_with_its_archive_is_refused(
        self, there: str, given: str, instead: list[str], tmp_path: Path
    ) -> None:
        for name in there.split():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(GOOD)
        told = [str(fault) for fault in files.find([tmp_path / given]).faults]
        places = " or ".join(str(tmp_path / name) for name in instead)
        above = (tmp_path / instead[0]).parent if instead else None
        said = f"{tmp_path}: the archive in {above} holds every edition of the same lists: give {places} instead"
        assert told == ([said] if instead else [])

    def test_links_to_folders_are_followed_once(self, tmp_path: Path) -> None:
        lists, elsewhere = tmp_path / "lists", tmp_path / "elsewhere"
        (lists / "own").mkdir(parents=True)
        elsewhere.mkdir()
        (lists / "own" / "a.yaml").write_text(GOOD)
        (elsewhere / "b.yaml").write_text(GOOD)
        for link, to in (("more", elsewhere), ("same", elsewhere), ("own/loop", lists), ("c.yaml", "own/a.yaml")):
            (lists / link).symlink_to(to)
        found = files.find([lists])
        assert [str(path.relative_to(lists)) for path in found.files] == ["c.yaml", "more/b.yaml"]
        assert not found.faults

    @pytest.mark.parametrize(
        ("name", "make", "expected"),
        [
            ("gone", lambda path: path.symlink_to("nowhere"), "cannot be read: No such file or directory"),
            ("round", lambda path: path.symlink_to("round"), "cannot be read: Too many levels of symbolic links"),
            ("x.yml", os.mkfifo, "not a regular file"),
            (
                "us.snapshot",
                Path.touch,
                "a compiled snapshot in a folder of list files: give it by itself, or move it out of the folder",
            ),
        ],
    )
    def test_what_may_be_lists_and_cannot_be_read_is_not_skipped(
        self, name: str, make: Callable[[Path], None], expected: str, tmp_path: Path
    ) -> None:
        (tmp_path / "watch.yaml").write_text(GOOD)
        (tmp_path / "below").mkdir()
        make(tmp_path / "below" / name)
        with pytest.raises(ListError) as raised:
            load_lists([tmp_path])
        assert str(raised.value) == f"{tmp_path / 'below' / name}: {expected}"

    @pytest.mark.parametrize("closed", [".", "below"])
    def test_a_folder_that_may_not_be_read_is_not_skipped(
        self, closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "watch.yaml").write_text(GOOD)
        (tmp_path / "below").mkdir()
        scandir = os.scandir

        def refuse(path: Any) -> Any:
            if Path(path) == tmp_path / closed:
                raise PermissionError(13, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refuse)
        with pytest.raises(ListError) as raised:
            load_lists([tmp_path])
        assert str(raised.value) == f"{tmp_path / closed}: cannot be read: Permission denied"

    def test_the_snapshot_that_stands_beside_its_lists_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "lists").mkdir()
        (tmp_path / "lists" / "watch.yaml").write_text(GOOD)
        (tmp_path / "lists.snapshot").touch()
        assert [one.header.id for one in load_lists([tmp_path])] == ["watch"]

    def test_one_path_need_not_be_in_a_list(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").write_text(GOOD)
        assert load_lists(str(tmp_path)) == load_lists([tmp_path / "x.yaml"])

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "x.yaml"
        path.write_text(GOOD)

        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(ListError, match=r"x\.yaml: cannot be read: Permission denied"):
            load_lists([path])

    def test_a_file_that_is_too_long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MAX_BYTES", 100)
        assert faults(tmp_path, GOOD) == ["x.yaml:1: longer than 0 MiB: divide the list, or compile it from its source"]

    def test_a_mark_of_utf_8_is_no_fault(self, tmp_path: Path) -> None:
        (tmp_path / "x.yaml").write_text(GOOD, encoding="utf-8-sig")
        assert load_lists([tmp_path / "x.yaml"])


def test_a_file_of_nothing_but_faults_is_cut_short(tmp_path: Path) -> None:
    found = faults(tmp_path, changed("countries: [NO]", f"countries: [{'x, ' * 50_000}]"))
    assert len(found) == 1001
    assert found[-1] == "x.yaml:16: and more: no more than 1000 faults are told of one file"
    assert len(faults(tmp_path, "a: 1\n" * 5000)) == 1000


def test_the_collector_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(GOOD)
    load_lists([tmp_path])
    assert gc.isenabled()
    gc.disable()
    try:
        load_lists([tmp_path])
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_bundled_lists_are_those_of_the_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_lists([bundled_lists()])
    package = tmp_path / "sanctionscreen"
    monkeypatch.setattr(loading, "__file__", str(package / "sources" / "loading.py"))
    assert bundled_lists() == tmp_path / "lists"
    (package / "bundled").mkdir(parents=True)
    assert bundled_lists() == package / "bundled"


class TestAnyInput:
    """Whatever the bytes, a list or a `ListError`, soon."""

    @staticmethod
    def load(path: Path, content: bytes, parser: type = yaml.CSafeLoader) -> tuple[LoadedList, ...]:
        path.write_bytes(content)
        loaded: tuple[LoadedList, ...] = ()
        faults, said = 0, ""
        try:
            loaded = load_lists([path], parser)
        except ListError as error:
            faults, said = len(error.faults), str(error)
        assert bool(loaded) == (faults == 0)
        assert not faults or len(said.split("\n")) == faults, "a fault is one line"
        return loaded

    @pytest.mark.parametrize("parser", PARSERS)
    @given(content=st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
    def test_bytes(self, parser: type, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
        self.load(tmp_path_factory.getbasetemp() / "any.yaml", content, parser)

    @pytest.mark.parametrize("parser", PARSERS)
    @given(text=st.text("ab:-?!&*|>'\"[]{}#%@`\\ \n\t,~<=0U\x85\u2028", max_size=60))
    @settings(max_examples=300)
    def test_what_means_something_in_yaml(
        self, parser: type, text: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        self.load(tmp_path_factory.getbasetemp() / "any.yaml", text.encode(), parser)

    @pytest.mark.parametrize("parser", PARSERS)
    @given(
        list_file=list_files(),
        where=st.floats(0, 1),
        length=st.integers(0, 30),
        new=st.sampled_from(
            ["", "\t", "\n", "- ", ": ", "'", "null", "[" * 40, "&a ", "*a", "!x ", '"\\UFFFFFFFF"', "\x00"]
        )
        | st.text(max_size=5),
    )
    @settings(max_examples=100)
    def test_lists_with_something_changed(
        self, parser: type, list_file: ListFile, where: float, length: int, new: str,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> None:  # fmt: skip
        text = as_yaml(list_file.model_dump(exclude_defaults=True))
        start = int(where * len(text))
        content = (text[:start] + new + text[start + length :]).encode()
        self.load(tmp_path_factory.getbasetemp() / "any.yaml", content, parser)

    @pytest.mark.parametrize(
        "content",
        [
            "[" * 10**6,
            "{" * 10**6,
            "- " * 10**6,
            "? " * 10**6,
            "a: " * 10**5,
            "&a " * 10**5,
            "!a " * 10**5,
            "[]" * 10**5,
            "'" * 10**6,
            "|\n" + " \n" * 10**5,
            "a" * 10**7,
            "[" + "a," * 10**5 + "]",
            "%YAML 99.9\n---\n",
            "*a" * 10**5,
            "a:\n" * 10**5,
            "".join(f"k{n}: &a{n} [x]\n" for n in range(10**4)),
            "# " * 10**6,
            "\n" * 10**6,
            '"' + "\\x" * 10**5,
        ],
    )
    def test_much_of_one_thing(self, content: str, tmp_path: Path) -> None:
        assert self.load(tmp_path / "x.yaml", content.encode()) == ()


@pytest.mark.parametrize("parser", PARSERS)
@given(list_file=list_files())
@settings(max_examples=25)
def test_a_fault_is_on_the_line_of_its_value(
    parser: type, list_file: ListFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands around it: a misspelt field on top of the last party is found there."""
    path = tmp_path_factory.mktemp("lists") / "list.yaml"
    write_list(list_file, path)
    text = path.read_text(encoding="utf-8")
    if not list_file.parties:
        return
    path.write_text(text + "  misspelt: x\n", encoding="utf-8", newline="")
    with pytest.raises(ListError) as raised:
        load_lists([path], parser)
    (fault,) = raised.value.faults
    assert (fault.line, fault.path) == (text.count("\n") + 1, f"$.parties[{len(list_file.parties) - 1}].misspelt")

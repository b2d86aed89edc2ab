"""Stakes: how shares and dates are read, from files, records and by hand; every bad input has one clear error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import InputError
from sanctionscreen.meaning.holdings import Holding, from_stake, holdings_of, load_stakes, parse_share
from sanctionscreen.records import ListedParty, Stake


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30", (30, 30)), (30, (30, 30)), (33.3, (33.3, 33.3)), ("30 %", (30, 30)), ("0", (0, 0)),
        ("45-55", (45, 55)), ("45 \u2013 55 %", (45, 55)), ("45 to 55", (45, 55)), (">50", (50.000001, 100)),
        (">=50", (50, 100)), ("<25", (0, 24.999999)), ("<= 25%", (0, 25)), ("<0", (0, 0)),
        ("", (0, 100)), (None, (0, 100)), ("unknown", (0, 100)), ("?", (0, 100)),
    ],
)  # fmt: skip
def test_shares(text: object, expected: tuple[float, float]) -> None:
    assert parse_share(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5", "'-5' is not a percentage"), ("most", "write 30, 45-55"), ("12,5", "a decimal point, not a comma"),
        ("101", "share: '101' is not within 0 to 100 per cent"), ("130-120", "'130-120' is not within"),
        ("60-40", "share: '60-40' is upside down: write 40-60"), (">100", "not within"), ("1e2", "not a percentage"),
        (True, "not a percentage"), ("9" * 1000, "not a percentage"),
    ],
)  # fmt: skip
def test_what_is_no_share(text: object, words: str) -> None:
    with pytest.raises(ValueError, match="share:") as error:
        parse_share(text)
    assert words in str(error.value)
    assert not ("not within" in str(error.value) and "upside down" in str(error.value))
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, (True, True)),
        ("2021", None, (False, True)),
        ("2020", None, (True, True)),
        ("2022", None, (False, False)),
        (None, "2021", (False, True)),
        (None, "2021-06-01", (True, True)),
        (None, "2021-05-31", (False, False)),
        ("2020~", None, (False, True)),
        (None, "2022~", (False, True)),
        ("0001~", "9999~", (True, True)),
        ("2019", "2020", (False, False)),
    ],
)
def test_whether_a_stake_was_held(since: str | None, until: str | None, expected: tuple[bool, bool]) -> None:
    dates = [PartialDate.parse(text) if text else None for text in (since, until)]
    assert Holding("A", "B", 30, 30, *dates).held(date(2021, 6, 1)) == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("A", "B", -1, 5), "share"),
        (("A", "B", 50, 40), "share"),
        (("A", "B", 0, 101), "share"),
        ((" ", "B"), "owner and company"),
        (("A", "B", 1, 1, PartialDate.parse("2021"), PartialDate.parse("2020")), "before since"),
        (("A", "B", float("nan"), 5), "share"),
    ],
)
def test_what_is_no_holding(arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Holding(*arguments)  # type: ignore[arg-type]


CSV = """owner,company,share,since,until,control,joint,source
Alpha,Vendor,30,2020,,,,annual report
"Beta, Ltd",Vendor,45-55,,2024-01-01,yes,pact,register

Gamma,Vendor,,,,,,
"""


def test_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "stakes.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    first, second, third = load_stakes(path)
    assert (first.owner, first.low, str(first.since), first.source) == ("Alpha", 30, "2020", "annual report")
    assert (second.owner, second.high, second.control, second.joint) == ("Beta, Ltd", 55, True, "pact")
    assert (third.unknown, third.control, third.joint) == (True, False, None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'owner;company;share\n"A; B";V;30\n'),
        ("a.csv", "owner|company|share\nA; B|V|30\n"),
        ("a.tsv", "\ufeffOwner\tCompany\tShare\nA; B\tV\t30\n"),
        ("a.csv", "note,owner,company,share,,\nx,A; B,V,30,,\n"),
        ("a.csv", "owner,company,owner id,share,share class\nA; B,V,7,30,A\n"),
        ("a.yaml", "- {owner: A; B, company: V, share: 30, note: x}\n"),
    ],
)
def test_any_delimiter_and_other_columns_are_read(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert load_stakes(tmp_path / name) == (Holding("A; B", "V", 30, 30),)


def test_a_yaml_file(tmp_path: Path) -> None:
    path = tmp_path / "stakes.yaml"
    path.write_text(
        "- {owner: Alpha, company: Vendor, share: 30, since: 2020-01-05}\n- {owner: B, company: V, control: true}\n",
        encoding="utf-8",
    )
    first, second = load_stakes(str(path))
    assert (first.low, str(first.since), second.unknown, second.control) == (30, "2020-01-05", True, True)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", "owner,company,share\nA,B,-5\nA,,3\n", ["a.csv:2: share: '-5'", "a.csv:3: owner and company"]),
        ("a.csv", "owner,company,since\nA,B,soon\n", ["a.csv:2: since: not a date: 'soon'"]),
        ("a.csv", "owner,company,control\nA,B,maybe\n", ["a.csv:2: control: 'maybe' is neither yes nor no"]),
        ("a.csv", "owner,firm\nA,B\n", ["a.csv:1: column company missing (needed: owner, company)"]),
        ("a.csv", "owner,company,shre\nA,B,3\n", ["a.csv:1: unknown column 'shre': did you mean share?"]),
        ("a.csv", "ownr;company\nA;B\n", ["a.csv:1: unknown column 'ownr': did you mean owner?"]),
        ("a.csv", "owner,company,from\nA,B,2020\n", ["unknown column 'from': did you mean since?"]),
        ("a.csv", "owner,compani es\nA,B\n", ["unknown column 'compani es': did you mean company?"]),
        ("a.csv", "owner,company,% share\nA,B,3\n", ["a.csv:1: unknown column '% share': did you mean share?"]),
        ("a.yaml", "- {owner: A, company: B, untill: 2020}\n", ["unknown column 'untill': did you mean until?"]),
        ("a.csv", "owner,compny\nA,B\n", ["unknown column 'compny': did you mean company?"]),
        ("a.csv", "owner\nA\n", ["a.csv:1: column company missing"]),
        ("a.csv", "owner,owner\nA,B\n", ["a.csv:1: column 'owner' stands twice: rename one"]),
        ("a.csv", "owner,company\nA,B,C\n", ["a.csv:2: 3 cells in a table of 2 columns: quote"]),
        ("a.csv", 'owner,company\nA,"B\n', ["a.csv:2: not a CSV table"]),
        ("a.csv", "owner,company\n" + "A,\n" * 60, ["more than 50 faults"]),
        ("a.yaml", "owner: A\n", ["a.yaml:1: not a list of rows"]),
        ("a.yaml", "- A\n", ["a.yaml:1: not a mapping"]),
        ("a.yaml", "- {owner: A, company: B, owner: C}\n", ["a.yaml:1: 'owner' is given twice"]),
        ("a.yaml", "- {owner: A, company: *x}\n", ["a.yaml:1: the alias '*x' has no"]),
        ("a.yaml", "[" * 100, ["a.yaml:1: nested more than 32 deep"]),
        ("a.yaml", "- !!python/object/apply:os.system [ls]\n", ["a.yaml:1: the tag 'tag:yaml.org,2002:python/object/"]),
        ("a.yaml", "- {owner: A\n\tcompany: B}\n", ["a.yaml:2: a tab in the indentation"]),
        ("a.yaml", "- {owner: A, company: B, since: 2021-13-45}\n", ["a.yaml:1: since: "]),
        ("a.yaml", "- {owner: A, company: B}\n- {owner: A}\n", ["a.yaml:2: column company missing"]),
        ("a.yaml", "a: \x00\n", ["a.yaml:1: not YAML"]),
    ],
)  # fmt: skip
def test_bad_files_say_what_and_where(tmp_path: Path, name: str, content: str, words: list[str]) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_stakes(path)
    for some in words:
        assert some in str(error.value)


@pytest.mark.parametrize("name", ["a.csv", "a.yaml"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="No such file"):
        load_stakes(tmp_path / name)
    (tmp_path / name).write_bytes("owner,company\nZ\xfcrich,B\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 15"):
        load_stakes(tmp_path / name)
    monkeypatch.setattr("sanctionscreen.meaning.reading.MAX_YAML_BYTES", 3)
    if name == "a.yaml":
        with pytest.raises(InputError, match="use CSV"):
            load_stakes(tmp_path / name)


def test_an_empty_file_has_no_stakes(tmp_path: Path) -> None:
    for name, content in (("a.csv", "owner,company\n"), ("a.yaml", "[]")):
        (tmp_path / name).write_text(content)
        assert load_stakes(tmp_path / name) == ()


def test_the_ties_of_list_files() -> None:
    party = ListedParty.model_validate(
        {
            "id": "co", "kind": "organization", "names": [{"name": "Co"}],
            "listings": [{"list": "el", "program": "EL"}],
            "relations": [
                {"type": "owned_by", "party": "owner", "stake": {"share_min": 39, "share_max": 39, "source": "report"}},
                {"type": "owned_by", "name": "Someone"},
                {"type": "controlled_by", "party": "boss"},
                {"type": "subsidiary_of", "party": "mother"},
                {"type": "parent_of", "party": "daughter", "source": "register"},
                {"type": "affiliate_of", "party": "sister"},
                {"type": "linked_to", "party": "friend"},
            ],
        }
    )  # fmt: skip
    told = [(h.owner, h.company, h.low, h.high, h.control, h.affiliate, h.source) for h in holdings_of([party])]
    assert told == [
        ("owner", "co", 39, 39, False, False, "report"),
        ("Someone", "co", 0, 100, False, False, None),
        ("boss", "co", 0, 100, True, False, None),
        ("mother", "co", 0, 100, True, False, None),
        ("co", "daughter", 0, 100, True, False, "register"),
        ("sister", "co", 0, 0, False, True, None),
        ("co", "sister", 0, 0, False, True, None),
    ]


def test_a_stake_keeps_its_dates_and_source() -> None:
    holding = from_stake("A", "B", Stake(share_min=1, share_max=2, since="2020", source="x"))
    assert (str(holding.since), holding.source) == ("2020", "x")

"""What a hit means, on the command line: four dates, a policy, owners, a supply chain, a text, a watch."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from sanctionscreen.cli import main


class Run:
    """Runs the command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys
        self.out = self.err = self.said = ""

    def __call__(self, *arguments: str) -> int:
        self.monkeypatch.setattr(sys, "argv", ["sanctionscreen", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        self.out, self.err = self.capsys.readouterr()
        self.said = " ".join(self.out.split())
        return int(left.value.code or 0)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("COLUMNS", "80")
    return Run(monkeypatch, capsys)


def section(text: str, title: str) -> str:
    """What stands under a title, in one line."""
    return " ".join(text.partition(f"\n{title}\n")[2].partition("\n\n")[0].split())


@pytest.mark.parametrize(
    ("day", "in_force", "not_yet"),
    [
        ("2019-10-10", {"NDAA-889-A", "EL of"}, {"NDAA-889-B", "FCC-COVERED", "CMIC-EO13959", "NDAA-1237"}),
        ("2021-08-03", {"NDAA-889-A", "NDAA-889-B", "EL of", "FCC-COVERED", "CMIC-EO13959", "NDAA-1237"}, set()),
        ("2022-05-05", {"NDAA-889-A", "NDAA-889-B", "EL of", "FCC-COVERED", "CMIC-EO13959", "NDAA-1237"}, set()),
    ],
)
def test_hikvision_on_each_day(run: Run, day: str, in_force: set[str], not_yet: set[str]) -> None:
    assert run("screen", "Hikvision", "--as-of", day) == 1
    on_list = section(run.out, "On the list")
    assert all(program in on_list for program in in_force)
    history = section(run.out, "Not in force on that day")
    assert all(program in history and program not in on_list for program in not_yet)
    watch = section(run.out, "On watch, not designated")
    assert bool(watch) == (day == "2022-05-05")
    assert ("SDN of the list sdn" in watch and "not designated" in watch) or not watch
    assert "property blocked" not in section(run.out, "What follows").casefold()
    assert "Disposition: escalate — rule forbidden-for-a-purpose" in run.said


def test_hikvision_before_everything(run: Run) -> None:
    assert run("screen", "Hikvision", "--as-of", "2018-01-01") == 0
    assert "Known, but nothing in force on that day" in run.out
    assert "On the list" not in run.out
    assert "Disposition: clear — rule no-hit" in run.said


def test_after_its_review_the_report_is_history(run: Run) -> None:
    assert run("screen", "Hikvision", "--as-of", "2023-05-05") == 1
    assert "On watch" not in run.out
    assert "reported, not designated" in section(run.out, "Not in force on that day").casefold()


def test_the_disposition_is_in_the_json(run: Run) -> None:
    run(
        "screen",
        "Hikvision",
        "--as-of",
        "2022-05-05",
        "--json",
        "--jurisdiction",
        "us",
        "--activity",
        "federal_contract",
    )
    result = json.loads(run.out)
    assert result["decision"]["disposition"] == "escalate"
    assert result["settings"]["context"] == {"jurisdictions": ["US"], "activities": ["federal_contract"]}
    assert result["hits"][0]["effects"][0]["effect"] == "procurement_ban"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Hikvision", "--jurisdiction", "XX"], "'XX' is none of"),
        (["Hikvision", "--jurisdiction", "gb"], "'--jurisdiction': 'GB' is none of US, UN, EU, UK, "),
        (["Hikvision", "--jurisdiction", "gb"], "CA, AU: did you mean UK?"),
        (["Hikvision", "--jurisdiction", "Canada"], "CA, AU: did you mean CA?"),
        (["Hikvision", "--activity", "bye"], "'--activity': 'bye' is none of buy"),
        (["Hikvision", "--policy", "none.yaml"], "none.yaml: cannot be read"),
        (["Hikvision", "--stakes", "none.csv"], "none.csv: cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(run: Run, arguments: list[str], told: str) -> None:
    assert run("screen", *arguments) == 2
    assert told in run.err
    assert run.err.count("\n") == 1


def test_a_policy_of_ones_own_decides(run: Run, tmp_path: Path) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "version: 1\nrequired_lists: [sdn]\nrules: [{rule: all, why: ours, then: prohibited}]\n", encoding="utf-8"
    )
    run("screen", "Hikvision", "--policy", str(policy))
    assert "Disposition: prohibited — rule all" in run.said
    run("screen", "Blue Heron Stationery", "--policy", str(policy))
    assert "Disposition: escalate — rule required-list-missing (sdn)" in run.said


def test_the_checklist_is_shown_on_request(run: Run) -> None:
    run("screen", "Hikvision", "--as-of", "2022-05-05", "--checklist")
    assert "Checklist (OFAC FAQ 5" in run.out
    assert "Ask the vendor for" in run.out


def test_owners_are_followed_on_request(run: Run, tmp_path: Path) -> None:
    stakes = tmp_path / "stakes.csv"
    stakes.write_text("owner,company,share\nHikvision,Wren Ltd,30\nDahua Technology,Wren Ltd,25\n", encoding="utf-8")
    asked = ["screen", "Wren Ltd", "--as-of", "2025-10-15"]
    assert run(*asked) == 0
    assert run(*asked, "--stakes", str(stakes)) == 1
    assert "Hikvision 30% + Dahua Technology 25% = 55% of Wren Ltd" in run.said
    assert run.said.count("Disposition:") == 1
    assert run(*asked, "--stakes", str(stakes), "--json") == 1
    assert json.loads(run.out)["findings"][0]["high"] == 55
    stakes.write_text("owner,company,share\nNobody Atall,Wren Ltd,30\n", encoding="utf-8")
    assert run(*asked, "--stakes", str(stakes)) == 0
    stakes.write_text("owner,company,share\n???,Wren Ltd,30\n", encoding="utf-8")
    assert run(*asked, "--stakes", str(stakes)) == 2
    stakes.write_text("owner,company,share\nA,Wren Ltd,130\n", encoding="utf-8")
    assert run(*asked, "--stakes", str(stakes)) == 2
    assert f"{stakes}:2: share: '130'" in run.err


def test_the_state_of_an_ownership_rule_is_set_by_option_or_policy(run: Run, tmp_path: Path) -> None:
    stakes, policy = tmp_path / "stakes.csv", tmp_path / "policy.yaml"
    stakes.write_text("owner,company,share\nHikvision,Wren Ltd,30\nDahua Technology,Wren Ltd,25\n", encoding="utf-8")
    suspended = (
        "version: 1\nownership_rules: {bis-affiliates: suspended}\nrules: [{rule: all, why: ours, then: review}]"
    )
    policy.write_text(suspended, encoding="utf-8")
    asked = ["screen", "Wren Ltd", "--as-of", "2026-11-20", "--stakes", str(stakes)]
    option = "--ownership-rule"
    for more, told in (
        ([], "Caught: BIS Affiliates Rule"),
        ([option, "bis-affiliates=suspended"], "Would be caught (rule suspended): BIS Affiliates Rule"),
        ([option, "bis-affiliates=in_force"], "the rule is in force on that day - Its state is as set by the user."),
        (["--policy", str(policy)], "Would be caught (rule suspended): BIS Affiliates Rule"),
        (["--policy", str(policy), option, "bis-affiliates=in_force"], "Caught: BIS Affiliates Rule"),
    ):
        assert run(*asked, *more) == 1
        assert told in run.said
    assert run(*asked) == 1
    assert "the rule is not confirmed on that day" in run.said


@pytest.mark.parametrize(
    ("setting", "day", "told"),
    [
        ("bis-affiliates=suspended", "2025-10-15", "on 2025-10-15 the rule is known to be in force"),
        ("ofac-50=suspended", "2026-11-20", "on 2026-11-20 the rule is known to be in force"),
        ("bis-affiliates=suspended", "2026-11-20", None),
    ],
)
def test_a_setting_without_effect_on_that_day_is_told(
    run: Run, tmp_path: Path, setting: str, day: str, told: str | None
) -> None:
    stakes = tmp_path / "stakes.csv"
    stakes.write_text("owner,company,share\nHikvision,Wren Ltd,60\n", encoding="utf-8")
    asked = ["screen", "Wren Ltd", "--as-of", day, "--stakes", str(stakes), "--ownership-rule", setting]
    expected = [f"{setting} has no effect: {told}"] if told else []
    assert run(*asked) == 1
    assert all(f"Mind - {one}" in run.said for one in expected)
    assert run(*asked, "--json") == 1
    assert json.loads(run.out)["notes"] == expected


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--ownership-rule", "bis-affiliates=suspended"], "give their stakes with --stakes"),
        (
            ["--stakes", "s.csv", "--ownership-rule", "bis-affiliates"],
            "write RULE=STATE, as in bis-affiliates=suspended",
        ),
        (["--stakes", "s.csv", "--ownership-rule", "bis=suspended"], "'bis' is none of au-owned, bis-affiliates,"),
        (["--stakes", "s.csv", "--ownership-rule", "us-889=suspended"], "us-889: its state is known and not for"),
        (["--stakes", "s.csv", "--ownership-rule", "bis-affiliates=off"], "'off' is none of in_force, suspended"),
    ],
)
def test_a_wrong_ownership_rule_is_refused(run: Run, arguments: list[str], told: str) -> None:
    assert run("screen", "Wren Ltd", *arguments) == 2
    assert told in run.err
    assert run.err.count("\n") == 1


def test_a_bill_of_suppliers_is_screened(run: Run, tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text("supplier,customer,goods,origin\nQuiet Mill,Shirt,cotton,Urumqi\n", encoding="utf-8")
    assert run("supply", str(bill), "--as-of", "2024-01-01") == 1
    assert "Shirt <- Quiet Mill (cotton, Urumqi)" in run.said
    assert run("supply", str(bill), "--as-of", "2024-01-01", "--json") == 1
    assert json.loads(run.out)["exposures"][0]["carried_up"] is True
    bill.write_text("supplier,customer\nQuiet Mill,Shirt\n", encoding="utf-8")
    assert run("supply", str(bill), "--cutoff", "0.9") == 0
    bill.write_text("supplier,customer\n???,Shirt\n", encoding="utf-8")
    assert run("supply", str(bill)) == 2


def test_a_text_is_scanned(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = tmp_path / "contract.txt"
    text.write_text("2x HIKVISION DS-2CD2143, No. 555 Qianmo Road, Hangzhou", encoding="utf-8")
    assert run("scan", str(text), "--as-of", "2022-05-05") == 1
    assert '3-12 "HIKVISION": Hangzhou Hikvision' in run.said
    assert "watch, not designated" in run.said
    assert "at a listed address, a red flag" in run.said
    assert run("scan", str(text), "--as-of", "2018-01-01") == 0
    assert "known, but nothing in force on that day" in run.said
    assert run("scan", str(text), "--as-of", "2022-05-05", "--json", "--cutoff", "0.9") == 1
    found = json.loads(run.out)
    assert found["mentions"][0]["start"] == 3
    assert {"lists", "not_screened", "warnings", "as_of"} <= set(found)
    text.write_bytes(b"caf\xe9")
    assert run("scan", str(text)) == 2
    assert "not UTF-8 at byte 3" in run.err
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"nothing here")))
    assert run("scan", "-") == 0
    assert run("scan", str(tmp_path / "none.txt")) == 2
    text.write_text("", encoding="utf-8")
    assert run("scan", str(text)) == 2
    assert run.out.startswith("Not clear: ")


STALE = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal, stale_after_days: 5}
parties:
- {id: eleanor, kind: person, names: [{name: Eleanor Quillfeather, type: primary}], listings: [{program: P}]}
"""


@pytest.mark.parametrize(
    ("command", "content"), [("scan", "nothing here\n"), ("supply", "supplier,customer\nQuiet Mill,Shirt\n")]
)
def test_a_scan_and_a_bill_say_what_they_rest_on(run: Run, tmp_path: Path, command: str, content: str) -> None:
    asked, lists = tmp_path / "asked.csv", tmp_path / "ours.yaml"
    asked.write_text(content, encoding="utf-8")
    lists.write_text(STALE, encoding="utf-8")
    told = [command, str(asked), "-l", str(lists), "--as-of"]
    stale = "ours is stale: its data is of 2022-05-01, 19 days before the day asked about"
    assert run(*told, "2022-05-20") == 2
    assert "Screened against - ours: Ours; as of 2022-05-01, 19 days old, stale; 1 party, 1 name" in run.said
    assert f"Mind - {stale}" in run.said
    assert run(*told, "2022-05-20", "--json") == 2
    found = json.loads(run.out)
    assert ([one["id"] for one in found["lists"]], found["warnings"], found["clear"]) == (["ours"], [stale], False)
    assert run(*told, "2022-05-20", "--fail-on-stale") == 2
    assert (run.out, run.err.startswith("sanctionscreen: stale: ours of 2022-05-01 (19 days)")) == ("", True)
    assert run(*told, "2022-05-02", "--fail-on-stale") == 0
    assert run("screen", "Quiet Mill", "-l", str(lists), "--as-of", "2022-05-20") == 2
    assert run("screen", "Eleanor Quillfeather", "-l", str(lists), "--as-of", "2022-05-20") == 1
    vendors = tmp_path / "vendors.csv"
    vendors.write_text("vendor\nQuiet Mill\n", encoding="utf-8")
    table = ["screen", str(vendors), "-o", str(tmp_path / "hits.csv"), "-l", str(lists), "--as-of"]
    assert (run(*table, "2022-05-20"), run(*table, "2022-05-02")) == (2, 0)
    lists.write_text("nonsense", encoding="utf-8")
    assert run(*told, "2022-05-20") == 2
    assert run.out == ""


def test_a_watch_is_added_and_raised(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "our-watch.yaml")
    told = ["--source", "https://news.example/globex", "--published", "2026-05-04", "--review-by", "2027-05-04"]
    assert run("watch", "add", "Globex Dynamics", "-o", path, *told, "-c", "China", "--list", "sdn") == 0
    assert "reported, not designated, to be reviewed by 2027-05-04" in run.out
    assert run("watch", "add", "Globex Dynamics", "-o", path, *told) == 2
    assert "stands on it already" in run.err
    assert run("screen", "Globex Dynamics", "-l", path, "--as-of", "2026-06-01") == 1
    assert "On watch, not designated" in run.out
    assert "Disposition: review — rule on-watch" in run.said
    assert run("screen", "Globex Dynamics", "-l", path, "--as-of", "2028-01-01") == 0


def test_the_default_policy_is_printed_as_a_file_that_can_be_used(run: Run, tmp_path: Path) -> None:
    assert run("policy") == 0
    mine = tmp_path / "mine.yaml"
    mine.write_text(run.out, encoding="utf-8")
    assert run("policy", str(mine)) == 0
    mine.write_text("version: 1\nextends: default\nrules:\n- {rule: first, why: x, then: review}\n", encoding="utf-8")
    assert run("policy", str(mine)) == 0
    assert run.said.index("first mine.yaml review") < run.said.index("weak-alias-alone default review")
    mine.write_text("version: 1\nextend: default\n", encoding="utf-8")
    assert run("policy", str(mine)) == 2
    assert "did you mean extends?" in run.err

"""The docs keep their promises: what they show runs, what they describe is there, and nothing is left out."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

import sanctionscreen
from sanctionscreen.cli.commands import app
from sanctionscreen.errors import MissingExtraError
from sanctionscreen.explaining import SENTENCES
from sanctionscreen.sources.importers import IMPORTERS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md"))]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")], ids=name_of
)
def test_transcripts_are_what_the_commands_print(page: Path) -> None:
    check = [sys.executable, ROOT / ".ci" / "transcripts.py", page]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"run python .ci/transcripts.py --refresh\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", [page for page in PAGES if ">>>" in page.read_text(encoding="utf-8")], ids=name_of)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "docs" / "examples", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    source = "\n".join(block for block in _PYTHON.findall(page.read_text(encoding="utf-8")) if ">>>" in block)
    test = doctest.DocTestParser().get_doctest(source, {}, page.name, str(page), 0)
    told: list[str] = []
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert result.attempted
    assert not result.failed, "".join(told)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def commands(group: Any, name: str = "sanctionscreen") -> Iterator[tuple[str, list[str]]]:
    """Every command with its long options, those of groups within groups too."""
    for one, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {one}")
        else:
            yield f"{name} {one}", [o for p in command.params for o in p.opts if o.startswith("--") and not p.hidden]


@pytest.mark.parametrize(("command", "options"), list(commands(typer.main.get_command(app))))
def test_every_command_and_option_is_documented(command: str, options: list[str]) -> None:
    section = text("docs/reference/command-line.md").partition(f"\n## {command}\n")[2].partition("\n## ")[0]
    assert section, f"## {command} is missing; then run python .ci/transcripts.py --refresh"
    assert [option for option in options if option not in section] == []


def test_every_public_name_is_in_the_reference() -> None:
    shown = re.findall(r"^::: sanctionscreen\.(\S+)", "\n".join(text(name_of(page)) for page in PAGES), re.MULTILINE)
    for name in set(sanctionscreen.__all__) - {"__version__"}:
        value = getattr(sanctionscreen, name)
        home = getattr(value, "__module__", "sanctionscreen.screening").removeprefix("sanctionscreen.")
        assert home in shown, f"{name} of {home}"


def test_every_import_format_is_documented() -> None:
    page = text("docs/reference/command-line.md")
    assert [one for one in IMPORTERS if one not in page] == []


def test_the_test_command_of_the_readme_is_what_is_run() -> None:
    commands = re.findall(r"^```bash\n(.*?)\n```$", text("README.md"), re.MULTILINE)
    assert len(commands) == 2
    assert commands[1] in text(".ci/run").splitlines()


def test_the_readme_names_every_dependency_with_its_licence() -> None:
    optional = PROJECT["project"]["optional-dependencies"]
    extras = [one for extra, needs in optional.items() if extra not in ("dev", "docs") for one in needs]
    for need in (*PROJECT["project"]["dependencies"], *extras):
        name = re.split(r"[<>=\[ ]", need)[0]
        assert re.search(rf"^\| {name} ?(\(extra `\w+`\) )?\| \S", text("README.md"), re.MULTILINE | re.IGNORECASE), (
            name
        )


def test_the_licence_is_whole() -> None:
    licence = text("LICENSE")
    for part in ("Version 2.0, January 2004", "END OF TERMS AND CONDITIONS", "APPENDIX: How to apply", "9. Accepting"):
        assert part in licence


def test_every_extra_that_is_asked_for_exists() -> None:
    package = Path(sanctionscreen.__file__).parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    asked = set(re.findall(rf"{MissingExtraError.__name__}\([^)]*?\"(\w+)\"\)", code))
    assert asked <= set(PROJECT["project"]["optional-dependencies"])


def test_the_forms_are_tested_as_their_page_says() -> None:
    page = text("docs/examples/README.md")
    folder = ROOT / re.findall(r"^cd (\S+)", page, re.MULTILINE)[0]
    named = re.findall(r"^python -m pytest (\S+)", page, re.MULTILINE)
    assert named == ["test_screening_form.py", "test_exact_form.py"]
    collect = [sys.executable, "-m", "pytest", "--collect-only", "-q", *named]
    done = subprocess.run(collect, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_examples_are_sound() -> None:
    for path in sorted((ROOT / "docs" / "examples").glob("*.yaml")):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))


def test_every_rule_is_in_a_module_of_the_reference() -> None:
    assert SENTENCES
    for module in ("similarity", "scoring", "facts"):
        assert f"::: sanctionscreen.matching.{module}" in text("docs/reference/evidence.md")

"""The transcripts in the docs, run: every `$ command` of a ```console block must print what stands below it.

A block whose commands are not all of `PROGRAMS` is left alone. Help is refreshed but not checked to the letter, for the
library that lays it out has versions of its own; the tests look for every command and option in it.

    python .ci/transcripts.py             # says what differs, and fails if anything does
    python .ci/transcripts.py --refresh   # writes what the commands print now into the pages

Pages may be named; all are taken if none is.

Commands run one after the other in a folder of their own that holds the files of `docs/examples`, 80 columns wide and
without colour, with the `sanctionscreen` of the Python that runs this.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
#: What a transcript may run: the command line, and what shows a file or repeats a command.
PROGRAMS = ("sanctionscreen", "cat", "cut")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def main(pages: Iterable[Path], *, refresh: bool) -> int:
    """Check or refresh pages; give the number of those that differ."""
    differing = 0
    for page in pages:
        told = page.read_text(encoding="utf-8")
        true = rerun(told, with_help=refresh)
        if told != true:
            differing += 1
            name = str(page.relative_to(ROOT))
            lines = difflib.unified_diff(told.splitlines(), true.splitlines(), name, f"{name}, as run", lineterm="")
            print("\n".join(lines))
            if refresh:
                page.write_text(true, encoding="utf-8")
    return 0 if refresh else differing


def rerun(page: str, *, with_help: bool) -> str:
    """Give a page with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs" / "examples", folder, dirs_exist_ok=True)
        return _BLOCK.sub(lambda block: f"```console\n{_transcript(block[1], folder, with_help)}```", page)


def _transcript(block: str, folder: str, with_help: bool) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    helps = any(command.endswith("--help") for command in commands)
    if not all(command[2:].startswith(PROGRAMS) for command in commands) or (helps and not with_help):
        return block
    return "".join(f"{command}\n{_output(command[2:], folder)}" for command in commands)


def _output(command: str, folder: str) -> str:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S602  # the commands are our own pages'
        command, shell=True, cwd=folder, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n" * bool(done.stdout)


if __name__ == "__main__":
    named = [Path(argument).resolve() for argument in sys.argv[1:] if argument != "--refresh"]
    sys.exit(main(named or PAGES, refresh="--refresh" in sys.argv))

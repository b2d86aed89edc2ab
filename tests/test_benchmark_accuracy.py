"""The accuracy benchmark runs, writes its report, and says in one line when the data is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "benchmarks" / "accuracy.py"


def accuracy(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the benchmark as a user does."""
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={**os.environ, "SANCTIONSCREEN_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


def test_it_prints_a_table_and_writes_a_report(shared: Path, tmp_path: Path) -> None:
    report = tmp_path / "new" / "accuracy.md"
    only = ["--only", "labelled", "--only", "transliterated"]
    run = accuracy(*only, "--sample", "25", "--report", str(report), data=shared / "data")
    assert run.returncode == 0, run.stderr
    assert "| name_pairs F1 | " in run.stdout
    assert "katakana, held out" in run.stderr
    text = report.read_text(encoding="utf-8")
    assert text.startswith("# How accurate the matching is")
    for heading in ("## Figures", "## name_pairs.csv", "## address_pairs.csv", "## Transliterated single names"):
        assert heading in text
    assert "rapidfuzz token_sort_ratio" in text


def test_without_the_data_it_ends_with_one_line(tmp_path: Path) -> None:
    run = accuracy(data=tmp_path / "none")
    assert run.returncode == 1
    assert run.stderr.strip() == f"real lists not found at {tmp_path / 'none'}: set SANCTIONSCREEN_DATA to their folder"

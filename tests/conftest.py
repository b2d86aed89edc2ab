"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sanctionscreen.workers import threads_suffice

ROOT = Path(__file__).resolve().parents[1]

# Timings never gate a test, and a shared machine is slow at times.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


def _shared_folder() -> Path | None:
    """The folder of real lists: `SANCTIONSCREEN_DATA` names its `data`, or it stands beside the checkout."""
    named = os.environ.get("SANCTIONSCREEN_DATA")
    data = Path(named) if named else ROOT.parent / "shared" / "data"
    return data.resolve().parent if data.is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds `data/` and `benchmarks/` of real lists; skips where there is none."""
    folder = _shared_folder()
    if folder is None:
        pytest.skip("real lists not found: set SANCTIONSCREEN_DATA to their folder")
    return folder


@pytest.fixture
def processes() -> None:
    """Skips where threads share the work, and no process is started for it."""
    if threads_suffice():
        pytest.skip("threads share the work of this interpreter")

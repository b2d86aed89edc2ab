"""The form that screens: every property holds."""

from __future__ import annotations

import pytest
from forms import ScreeningForm
from policy import FormPolicy

from sanctionscreen.screening import Screener


@pytest.fixture(scope="module")
def form(sanctionscreen_screener: Screener) -> ScreeningForm:
    """A form with the lists of the run."""
    return ScreeningForm(sanctionscreen_screener)


class TestScreeningForm(FormPolicy):
    """Asks `sanctionscreen`."""

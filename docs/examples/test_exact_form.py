"""The weak form: `test_no_variant_of_a_listed_name_gets_past` fails, and shows a name that got past."""

from __future__ import annotations

import pytest
from forms import ExactForm
from policy import FormPolicy

from sanctionscreen.sources.loading import bundled_lists, load_lists


@pytest.fixture(scope="module")
def form() -> ExactForm:
    """A form that knows every listed name."""
    return ExactForm(party for one in load_lists([bundled_lists()]) for party in one.parties)


class TestExactForm(FormPolicy):
    """Compares letter for letter."""

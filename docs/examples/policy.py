# ruff: noqa: S101  # properties are asserted
"""What a vendor form owes its owner, as properties. A test class derives from `FormPolicy` and provides `form`."""

from __future__ import annotations

from typing import Protocol

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from sanctionscreen.records import ListedParty
from sanctionscreen.testing import clean_names, hostile_text, variants_of
from sanctionscreen.variants import ALWAYS_FOUND

# The same examples in every run; lists are read while the first one is drawn, which takes its time.
policy = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Form(Protocol):
    """Anything that accepts or refuses a vendor by name."""

    def accepts(self, vendor: str) -> bool:
        """Tell whether the vendor may be entered."""


class FormPolicy:
    """The properties; pytest runs them in every class that derives from this one."""

    @policy
    @given(data=st.data())
    def test_no_listed_name_gets_past(
        self, form: Form, sanctionscreen_listed: SearchStrategy[ListedParty], data: DataObject
    ) -> None:
        """A strong name of a listed party, as it stands on the list."""
        party = data.draw(sanctionscreen_listed)
        name = data.draw(st.sampled_from([name.name for name in party.names if name.quality == "strong"]))
        assert not form.accepts(name)

    @policy
    @given(data=st.data())
    def test_no_variant_of_a_listed_name_gets_past(
        self, form: Form, sanctionscreen_listed: SearchStrategy[ListedParty], data: DataObject
    ) -> None:
        """The name as somebody else writes it."""
        variant = data.draw(sanctionscreen_listed.flatmap(lambda party: variants_of(party, kinds=ALWAYS_FOUND)))
        assert not form.accepts(variant.text)

    @policy
    @given(vendor=clean_names())
    def test_ordinary_vendors_are_accepted(self, form: Form, vendor: str) -> None:
        """Names that are like no listed name."""
        assert form.accepts(vendor)

    @policy
    @given(vendor=hostile_text())
    def test_nothing_that_is_typed_breaks_the_form(self, form: Form, vendor: str) -> None:
        """Whatever is typed, the form answers."""
        assert form.accepts(vendor) in (True, False)

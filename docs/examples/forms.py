"""Two vendor forms: one that compares names letter for letter, and one that screens them."""

from __future__ import annotations

from collections.abc import Iterable

from sanctionscreen.records import ListedParty
from sanctionscreen.screening import Screener


class ExactForm:
    """Refuses a vendor whose name stands on a list, letter for letter. Deliberately weak."""

    def __init__(self, parties: Iterable[ListedParty]) -> None:
        self._names = {name.name for party in parties for name in party.names}

    def accepts(self, vendor: str) -> bool:
        """Tell whether the vendor may be entered."""
        return vendor not in self._names


class ScreeningForm:
    """Refuses a vendor unless the screening is clear: nothing found, and nothing left out."""

    def __init__(self, screener: Screener) -> None:
        self._screener = screener

    def accepts(self, vendor: str) -> bool:
        """Tell whether the vendor may be entered."""
        return self._screener.screen(vendor).clear

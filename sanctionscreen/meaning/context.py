"""Where a user stands and what they do: the context that says which effects count first.

A buyer in the United States is not bound by a Canadian freeze and does not export; a bank does not import. A
context narrows what is shown first and what a policy acts on, and never hides anything.

>>> from sanctionscreen.meaning.effects import effects_of
>>> from sanctionscreen.records import Listing
>>> from datetime import date
>>> entity_list = effects_of(Listing(list="el", program="EL"), date(2022, 5, 5))[0]
>>> Context(activities=["export"]).covers(entity_list), Context(activities=["buy"]).covers(entity_list)
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from sanctionscreen.countries import country_code
from sanctionscreen.errors import InputError
from sanctionscreen.hits import Effect
from sanctionscreen.meaning.effect_tables import Activity, Jurisdiction, gravest_first

JURISDICTIONS: tuple[str, ...] = get_args(Jurisdiction)
ACTIVITIES: tuple[str, ...] = tuple(a for a in get_args(Activity) if a != "all")


@dataclass(frozen=True, slots=True)
class Context:
    """Where the user stands and what they do: narrows what counts. Empty means everything counts.

    Raises:
        InputError: for a word that is not in the vocabulary, so that a typing mistake narrows nothing.

    >>> Context(jurisdictions=["US"], activities=["buy", "import"]).activities
    ('buy', 'import')
    >>> Context(activities=["bye"])
    Traceback (most recent call last):
    sanctionscreen.errors.InputError: context: 'bye' is none of buy, sell, export, import, invest, pay, \
travel, federal_contract, federal_funds
    """

    jurisdictions: Sequence[str] = ()
    activities: Sequence[str] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "jurisdictions", _words(self.jurisdictions, JURISDICTIONS))
        object.__setattr__(self, "activities", _words(self.activities, ACTIVITIES))

    def covers(self, effect: Effect) -> bool:
        """Tell whether an effect counts here; one without jurisdiction or direction counts everywhere."""
        return self._covers_law(effect.jurisdiction) and self._covers_activity(effect.directions)

    def _covers_law(self, jurisdiction: str | None) -> bool:
        return not self.jurisdictions or jurisdiction is None or jurisdiction in self.jurisdictions

    def _covers_activity(self, directions: Sequence[str]) -> bool:
        if not self.activities or not directions or "all" in directions:
            return True
        return not set(self.activities).isdisjoint(directions)

    def arrange(self, effects: Iterable[Effect]) -> tuple[Effect, ...]:
        """Order effects: in force and covered here, then other ones in force, then the rest."""
        return tuple(sorted(effects, key=lambda e: (not (e.in_force and self.covers(e)), gravest_first(e))))


def _words(given: Sequence[str], known: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise InputError(f"context: write a list of words, not {given!r}")
    for word in given:
        if why := why_not(word, known):
            raise InputError(f"context: {why}")
    return tuple(given)


def why_not(word: str, known: tuple[str, ...]) -> str | None:
    """Tell what is wrong with a word; None where it is known.

    >>> why_not("GB", JURISDICTIONS)
    "'GB' is none of US, UN, EU, UK, CA, AU: did you mean UK?"
    """
    if word in known:
        return None
    code = country_code(word)
    meant = "UK" if code == "GB" else code
    hint = f": did you mean {meant}?" if meant in known else ""
    return f"{word!r} is none of {', '.join(known)}{hint}"

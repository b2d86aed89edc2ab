"""A match and what it means on a day: its listings by where they stand, and their effects.

`screening` and `scanning` find a listed party in different ways; what makes a `Hit` of it is the same.

>>> from sanctionscreen.records import Listing
>>> listing = Listing(list="el", program="EL", effective_date="2019-10-09")
>>> party = ListedParty(id="acme", kind="organization", names=[{"name": "Acme"}], listings=[listing])
>>> found = matched(party, date(2022, 5, 5), evidence=(Evidence(rule="exact_word", contribution=1000),), level="alarm")
>>> found.score, [effect.effect for effect in found.effects], found.in_force == (listing,)
(1.0, ['export_licence'], True)
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from sanctionscreen.hits import Evidence, Hit
from sanctionscreen.meaning.effects import effects_of_party
from sanctionscreen.meaning.status import split
from sanctionscreen.records import ListedName, ListedParty


def matched(
    listed: ListedParty,
    day: date,
    *,
    evidence: tuple[Evidence, ...],
    level: Literal["alarm", "review"],
    name: ListedName | None = None,
    merged: tuple[str, ...] = (),
) -> Hit:
    """Make a hit of a listed party and the evidence for it.

    Args:
        listed: the party.
        day: the day its listings are asked about.
        evidence: why it is a match; the points are the sum of its contributions.
        level: whether it raises an alarm or is for review.
        name: the name of it that fits best, or None where something else matched.
        merged: why records of several lists are this one party.
    """
    status = split(listed.listings, day)
    return Hit(
        listed_party=listed,
        matched_name=name,
        points=sum(one.contribution for one in evidence),
        evidence=evidence,
        level=level,
        agreements=sum(one.rule.endswith("_agrees") or one.rule == "same_identifier" for one in evidence),
        contradictions=sum(one.rule.endswith("_differs") for one in evidence),
        effects=effects_of_party(listed, day),
        in_force=status.in_force,
        watch=status.watch,
        history=status.history,
        merged=merged,
    )

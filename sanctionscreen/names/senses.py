"""The type of one meaning of a word, shared by the tables and by what reads them."""

from __future__ import annotations

from typing import NamedTuple

from sanctionscreen.names.name import Role


class Sense(NamedTuple):
    """One thing that a word can mean.

    Attributes:
        role: what it does in the name.
        concept: what it means, the same for its translations.
        where: the condition under which it means this (`tokens.holds` lists them); empty for always.
        tells: whether it tells that the name is an organisation's.
    """

    role: Role
    concept: str
    where: str = ""
    tells: bool = True


NO_SENSES: tuple[Sense, ...] = ()


def is_namesake_place(sense: Sense) -> bool:
    """Whether it is a place that people are called after, or an ordinary word: Sofia, Israel.

    >>> is_namesake_place(Sense(Role.PLACE, "il", "organization")), is_namesake_place(Sense(Role.PLACE, "es"))
    (True, False)
    """
    return sense.role is Role.PLACE and sense.where == "organization"

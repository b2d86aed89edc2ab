"""Georgian to Latin by the national system of 2002, without apostrophes: თბილისი is `tbilisi`.

>>> "".join(romanised("თბილისი")), "".join(romanised("სააკაშვილი")), "".join(romanised("ჭყონდიდი"))
('tbilisi', 'saakashvili', 'chqondidi')
"""

from __future__ import annotations

from sanctionscreen.names.tsv import pairs


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("წე")
    ['ts', 'e']
    """
    table = pairs("romanise/georgian.tsv")
    return [table.get(char, char) for char in text]

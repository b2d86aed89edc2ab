"""Georgian to Latin by the national system of 2002, without apostrophes: თბილისი is `tbilisi`.

>>> "".join(romanised("თბილისი")), "".join(romanised("სააკაშვილი")), "".join(romanised("ჭყონდიდი"))
('tbilisi', 'saakashvili', 'chqondidi')
"""

from __future__ import annotations

_LETTERS = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(" "),
        strict=True,
    )
)


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("წე")
    ['ts', 'e']
    """
    return [_LETTERS.get(char, char) for char in text]

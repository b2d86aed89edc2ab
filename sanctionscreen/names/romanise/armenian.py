"""Armenian to Latin by BGN/PCGN 1981, without apostrophes: Փաշինյան is `pashinyan`, Երևան `yerevan`.

>>> "".join(romanised("փաշինյան")), "".join(romanised("երևան")), "".join(romanised("հարությունյան"))
('pashinyan', 'yerevan', 'harutyunyan')
"""

from __future__ import annotations

from sanctionscreen.names.tsv import pairs

#: ու is one letter of two signs: u.
_FIRST_HALF, _SECOND_HALF = "ու"


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ուրո"), romanised("որ")
    (['', 'u', 'r', 'o'], ['vo', 'r'])
    """
    return [_piece(*sides) for sides in zip(f" {text}", text, f"{text[1:]} ", strict=False)]


def _piece(before: str, char: str, after: str) -> str:
    if char == _FIRST_HALF and after == _SECOND_HALF:
        return ""
    if char == _SECOND_HALF and before == _FIRST_HALF:
        return "u"
    inside, _, initial = pairs("romanise/armenian.tsv").get(char, char).partition("|")
    return initial if initial and not before.isalpha() else inside

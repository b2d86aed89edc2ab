"""Armenian to Latin by BGN/PCGN 1981, without apostrophes: Փաշինյան is `pashinyan`, Երևան `yerevan`.

>>> "".join(romanised("փաշինյան")), "".join(romanised("երևան")), "".join(romanised("հարությունյան"))
('pashinyan', 'yerevan', 'harutyunyan')
"""

from __future__ import annotations

_LETTERS = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(" "),
        strict=True,
    )
)
#: Letters that are said otherwise at the start of a word.
_INITIAL = {"ե": "ye", "ո": "vo", "և": "yev"}
#: The second half of the digraph ու, which is u.
_HALF = "ւ"


def romanised(text: str) -> list[str]:
    """Give the Latin of each character.

    >>> romanised("ուրո"), romanised("որ")
    (['', 'u', 'r', 'o'], ['vo', 'r'])
    """
    pieces = []
    before = " "
    for place, char in enumerate(text):
        if char == "ո" and text[place + 1 : place + 2] == _HALF:
            pieces.append("")
        elif char == _HALF and before == "ո":
            pieces.append("u")
        else:
            starts = not before.isalpha()
            pieces.append((_INITIAL.get(char) if starts else None) or _LETTERS.get(char, char))
        before = char
    return pieces

"""Numbers in names, however written: digits, ordinals, Roman and Chinese numerals, words.

Number words of eight languages are in `words/numbers.tsv`; here is what follows a rule.

>>> [numeral(text) for text in ("044", "13th", "xiv", "ltd", "2nd")]
['44', '13', '', '', '2']
>>> roman("xiv"), roman("iiii"), chinese("一四"), chinese("二十八"), chinese("第五")
('14', '', '14', '28', '5')
"""

from __future__ import annotations

import re

_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_TENS = ("", "x", "xx", "xxx")
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
#: Roman numerals to 39; fund, class and brigade numbers go no further, and li, di, mix and mc are words.
_ROMAN = {tens + units: str(10 * i + j) for i, tens in enumerate(_TENS) for j, units in enumerate(_UNITS)}
LONGEST_ROMAN = max(map(len, _ROMAN))
_CHINESE_DIGITS = {char: place for place, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}


def numeral(text: str) -> str:
    """Give the value of digits or of an English ordinal in decimal digits; empty for anything else."""
    if text[:1].isdigit():
        if text.isdecimal():
            return str(int(text))
        ordinal = _ORDINAL.fullmatch(text)
        return str(int(ordinal[1])) if ordinal else ""
    return ""


def roman(text: str) -> str:
    """Give the value of a Roman numeral up to 39 in small letters; empty for anything else.

    >>> roman("vii"), roman("li"), roman("")
    ('7', '', '')
    """
    return _ROMAN.get(text, "") if text else ""


def chinese(text: str) -> str:
    """Give the value of a Chinese numeral, read as a number or digit by digit; empty for anything else.

    >>> chinese("一〇一"), chinese("一百零八"), chinese("三菱")
    ('101', '108', '')
    """
    text = text.removeprefix("第")
    if not text or not all(char in _CHINESE_DIGITS or char in _CHINESE_UNITS for char in text):
        return ""
    if not any(char in _CHINESE_UNITS for char in text):
        return str(int("".join(str(_CHINESE_DIGITS[char]) for char in text)))
    value, digit = 0, None
    for char in text:
        if char in _CHINESE_UNITS:
            value += (1 if digit is None else digit) * _CHINESE_UNITS[char]
            digit = None
        else:
            digit = _CHINESE_DIGITS[char]
    return str(value + (digit or 0))


def sum_of(tens: str, unit: str) -> str:
    """Give the number that tens and a unit beside each other make; empty where they make none.

    >>> sum_of("40", "4"), sum_of("44", "4"), sum_of("100", "5")
    ('44', '', '')
    """
    if len(tens) == 2 and tens[1] == "0" and len(unit) == 1 and unit != "0":
        return tens[0] + unit
    return ""

"""Web and mail addresses in a name, of which one label is the name: Hikvision in https://www.hikvision.com/en.

That is the label before the top-level domain (RFC 1034), or before one below it that says what kind of domain it is
(co.uk).

>>> found = split_at_addresses(Traced.whole("hik vision (info@hikvision.co.uk) bv"))
>>> [part.text for part in found.labels], [part.text for part in found.rest]
(['hikvision'], ['hik vision (', ') bv'])
>>> split_at_addresses(Traced.whole("maersk a.p.moller")).labels, split_at_addresses(Traced.whole("st. john")).labels
([], [])
>>> split_at_addresses(Traced.whole("kirov trading sales@yandex.ru")).labels
[]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sanctionscreen.names.traced import Traced

#: Shorter labels are mostly abbreviations: St.Ag, Dr.Me.
_LABEL = r"(?P<label>[^\W_][\w-]{1,61}[^\W_])"
#: Whose mail addresses say nothing of who writes: services that give them to anybody.
_FOR_ANYBODY = frozenset(
    {
        "126", "163", "aol", "daum", "foxmail", "gmail", "gmx", "googlemail", "hotmail", "icloud", "live", "mail",
        "msn", "naver", "outlook", "proton", "protonmail", "qq", "rambler", "sina", "ukr", "web", "yahoo", "yandex",
    }
)  # fmt: skip
#: What every address has.
_POINT = re.compile(r"[\w-]\.[a-z]{2}")
_ADDRESS = re.compile(
    r"(?<![\w.@-])(?P<sign>https?://|www\.|(?P<mail>[\w.+-]{1,64}@))?(?:[\w-]{1,63}\.){0,3}?"
    rf"{_LABEL}\.(?P<top>(?:(?:com?|org|net|gov|edu|ac)\.)?[a-z]{{2}}|com|net|org|info|biz|gov|edu)(?:[/:?#]\S*)?(?![\w.@-])"
)
#: A word or legal form may end so behind a point (Smith.Co, Kim.Yong.Un), unless something else says what it is.
_MAY_BE_A_WORD = re.compile("(?!eu)[a-z]{2}")


class Parts(NamedTuple):
    """The labels of addresses, and what stands around them."""

    labels: list[Traced]
    rest: list[Traced]


def may_have_address(text: str) -> bool:
    """Tell whether an address stands in a normalised text."""
    return _POINT.search(text) is not None and any(_addresses(text))


def split_at_addresses(traced: Traced) -> Parts:
    """Give the labels of the addresses in a text, and what stands around them; nothing where it has none."""
    labels, around = [], []
    begin = 0
    for found in _addresses(traced.text):
        if not (found["mail"] and found["label"] in _FOR_ANYBODY):
            labels.append(traced.part(*found.span("label")))
        around.append(traced.part(begin, found.start()))
        begin = found.end()
    if begin:
        around.append(traced.part(begin, len(traced.text)))
    return Parts(labels, [part for part in around if part.text.strip()])


def _addresses(text: str) -> Iterator[re.Match[str]]:
    found = _ADDRESS.finditer(text)
    return (one for one in found if one["sign"] or not _MAY_BE_A_WORD.fullmatch(one["top"]))

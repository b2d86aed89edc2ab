"""Web and mail addresses in a name, of which one label is the name: Hikvision in https://www.hikvision.com/en.

That is the label before the top-level domain (RFC 1034), or before one below it that says what kind of domain it is
(co.uk).

>>> found = split_at_addresses(Traced.whole("hik vision (info@hikvision.co.uk) bv"))
>>> [part.text for part in found.labels], [part.text for part in found.rest]
(['hikvision'], ['hik vision (', ') bv'])
>>> split_at_addresses(Traced.whole("maersk a.p.moller")).labels, split_at_addresses(Traced.whole("st. john")).labels
([], [])
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sanctionscreen.names.traced import Traced

#: Shorter labels are mostly abbreviations: St.Ag, Dr.Me.
_LABEL = r"(?P<label>[^\W_][\w-]{1,61}[^\W_])"
_TOP = r"(?:(?:com?|org|net|gov|edu|ac)\.[a-z]{2}|com|net|org|info|biz|gov|edu|[a-z]{2})"
#: What every address has.
_POINT = re.compile(r"[\w-]\.[a-z]{2}")
_ADDRESS = re.compile(
    rf"(?<![\w.@-])(?:https?://)?(?:[\w.+-]{{1,64}}@)?(?:[\w-]{{1,63}}\.){{0,3}}?{_LABEL}\.{_TOP}(?:[/:?#]\S*)?(?![\w.@-])"
)


class Parts(NamedTuple):
    """The labels of addresses, and what stands around them."""

    labels: list[Traced]
    rest: list[Traced]


def may_have_address(text: str) -> bool:
    """Tell whether an address stands in a normalised text."""
    return _POINT.search(text) is not None and _ADDRESS.search(text) is not None


def split_at_addresses(traced: Traced) -> Parts:
    """Give the labels of the addresses in a text, and what stands around them."""
    labels, rest = [], []
    begin = 0
    for found in _ADDRESS.finditer(traced.text):
        labels.append(traced.part(*found.span("label")))
        rest.append(traced.part(begin, found.start()))
        begin = found.end()
    rest.append(traced.part(begin, len(traced.text)))
    return Parts(labels, [part for part in rest if part.text.strip()])

"""What ledgers write beside a name: Hikvision (USD), DO NOT USE Hikvision.

Currencies, the state of an account, numbers by which somebody is called or taxed.

None of it says who is meant. A name is read without it too, never instead: a ship may be called Blocked.

>>> [without_annotations(Traced.whole(text)).text for text in ("hikvision (usd)", "zte tel 86 571 8768", "zte - old")]
['hikvision', 'zte', 'zte']
>>> without_annotations(Traced.whole("euro trading (hong kong) ltd")) is None
True
"""

from __future__ import annotations

import re

from sanctionscreen.names.traced import Traced

#: Currencies that invoices are made out in, by their codes in ISO 4217, and the other name of one.
_CURRENCIES = (
    "aed", "aud", "brl", "cad", "chf", "cny", "czk", "dkk", "eur", "gbp", "hkd", "huf", "idr", "ils", "inr", "jpy",
    "krw", "kzt", "mxn", "myr", "nok", "nzd", "php", "pln", "qar", "rmb", "ron", "rub", "sar", "sek", "sgd", "thb",
    "try", "twd", "uah", "usd", "vnd", "zar",
)  # fmt: skip
#: What becomes of an account. A word alone, such as closed, may be of a name, and counts in brackets or behind a dash.
_STATES = (
    "do not use", "don't use", "not in use", "dnu", "on hold", "one[- ]time vendor", "one[- ]time customer", "inactive",
    "intercompany", "remit to",
)  # fmt: skip
_SET_APART = ("active", "blocked", "closed", "duplicate", "dup", "obsolete", "old", "new", "dormant", "deleted")
#: Numbers, by what stands before them.
_NUMBERS = (
    r"(?:vat|tva|ust-?id|tax id|tin)\b[ .:#-]*(?:(?:no|nr|number|reg)\b[ .:#-]*)*[a-z]{0,3} ?\d[\w.-]{5,14}",
    r"(?:tel|telephone|phone|fax|mobile)\b[ .:]*[+(]?\d[\d ()/.-]{5,20}",
    r"p\.? ?o\.? box[ .:#]*\d+",
    r"imo\b[ .:#]*(?:(?:no|number)\b[ .:#]*)?\d{7}",
)
#: The words that tell, at a quick look, that a name of letters alone may have an annotation.
LEDGER_WORDS = frozenset(
    {"use", "dnu", "hold", "vendor", "customer", "inactive", "intercompany", "remit", "eur", "gbp", "usd"}
)

_ANYWHERE = "|".join((*_STATES, *_NUMBERS))
_BETWEEN = "|".join((_ANYWHERE, *_CURRENCIES, *_SET_APART))
#: In brackets or between asterisks; behind a dash at the end; or, where nothing else is meant by it, in the open.
_ANNOTATION = re.compile(
    rf" ?[(\[*]+ ?(?:{_BETWEEN}) ?[)\]*]+| (?:[-/:*|]+ ?)(?:{_BETWEEN})[*]*$"
    rf"| ?(?<![^\W_])(?:{_ANYWHERE})(?![^\W_])(?: ?[-:*|]+(?= ))?| (?:eur|gbp|usd)$"
)


def may_have_annotation(text: str) -> bool:
    """Tell whether an annotation stands in a normalised text."""
    return _ANNOTATION.search(text) is not None


def without_annotations(traced: Traced) -> Traced | None:
    """Give what is left of a text without its annotations; None where it has none, or nothing else."""
    pieces, begin = [], 0
    for found in _ANNOTATION.finditer(traced.text):
        pieces.append(traced.part(begin, found.start()))
        begin = found.end()
    if not begin:
        return None
    pieces.append(traced.part(begin, len(traced.text)))
    kept = [piece for piece in pieces if any(map(str.isalnum, piece.text))]
    if not kept:
        return None
    chars = [each for piece in kept for each in (*zip(*piece, strict=True), (" ", piece.starts[-1], piece.ends[-1]))]
    return Traced.joined(chars[:-1])

"""Countries: any customary spelling of one to its ISO 3166-1 alpha-2 code, and back to a name.

ISO 3166-1 (https://www.iso.org/iso-3166-country-codes.html) is kept by the ISO 3166 Maintenance Agency. The
lists this package reads spell countries in their own ways ("Korea, North", "Burma", "Region: Crimea"), by
adjective ("Yemeni") or by three letters, and vendors spell them in their own languages. Kosovo is `XK`, as
OFAC and the EU write it; four withdrawn codes of ISO 3166-3 (`AN`, `CS`, `SU`, `YU`) stay known because old
list entries use them. `countries.tsv` is generated, `country_aliases.tsv` is kept by hand.

>>> [country_code(text) for text in ("Korea, North", "côte d'ivoire", "РОССИЯ", "Yemeni", "usa", "CHN")]
['KP', 'CI', 'RU', 'YE', 'US', 'CN']
>>> country_code("undetermined") is None
True
>>> country_name("KP")
'North Korea'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_NOT_WORD = re.compile(r"[\W_]+")
_DOTTED = re.compile(r"\b(\w)\.")
_REGION = re.compile(r"^region:\s*", re.IGNORECASE)

#: Columns of `countries.tsv`: alpha-2, alpha-3, English name, and other names by what they are spelt in.
_COLUMNS = 6
#: Longer texts are no country; the longest name in the tables has 52 characters.
_LONGEST = 120


def country_code(text: str) -> str | None:
    """Give the ISO 3166-1 alpha-2 code of a country however it is spelt; None where it is not known.

    Case, diacritics, punctuation, a leading "the" and an inverted "Korea, North" make no difference. Part of
    a text never counts: an address or two countries in one field give None.

    >>> country_code("The Republic of KOREA"), country_code("Iran or Iraq"), country_code("")
    ('KR', None, None)
    """
    return _found(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _found(text: str) -> str | None:
    text = _REGION.sub("", text.strip())
    codes = _codes()
    found = codes.get(_key(text))
    if found is None and "," in text:
        last, _, first = text.partition(",")
        found = codes.get(_key(f"{first} {last}"))
    return found


def country_name(code: str) -> str:
    """Give the English name of a country by its alpha-2 code; a code that is not known comes back as it is.

    >>> country_name("ci"), country_name("ZZ")
    ('Côte d’Ivoire', 'ZZ')
    """
    return _names().get(code.upper(), code)


def english_spellings() -> Iterator[tuple[str, str]]:
    """Give the English names of every country, and the adjectives, each with its code.

    >>> {("Burma", "MM"), ("Burmese", "MM"), ("Russia", "RU")} <= set(english_spellings())
    True
    """
    yield from ((name, code) for code, _, name, *_ in _rows("countries.tsv", _COLUMNS))
    for code, names, adjectives in _rows("country_aliases.tsv", 3):
        yield from ((spelling, code) for spelling in (*names.split("|"), *adjectives.split("|")) if spelling)


def foreign_spellings(column: int) -> Iterator[tuple[str, list[str]]]:
    """Give for every country its code and its names in other languages.

    Args:
        column: 0 for those in Latin letters, 1 for those in Cyrillic and Greek ones, 2 for those in other scripts.

    >>> dict(foreign_spellings(1))["DE"], "독일" in dict(foreign_spellings(2))["DE"]
    (['Германия', 'Німеччина', 'Γερμανία'], True)
    """
    for code, _, _, *others in _rows("countries.tsv", _COLUMNS):
        if others[column]:
            yield code, others[column].split("|")


def _key(text: str) -> str:
    """Fold a spelling to what is compared: lower case words without marks, without "the"."""
    text = text.casefold().replace("&", " and ")
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(char for char in parts if not unicodedata.combining(char))
    words = _NOT_WORD.sub(" ", _DOTTED.sub(r"\1", text)).split()
    return " ".join("saint" if word == "st" else word for word in words if word != "the")


@cache
def _codes() -> dict[str, str]:
    """Folded spelling to code; a code itself and the official names win over an alias."""
    codes: dict[str, str] = {}
    for code, alpha_3, name, *_ in _rows("countries.tsv", _COLUMNS):
        codes[_key(code)] = codes[_key(alpha_3)] = codes[_key(name)] = code
    for column in range(3):
        for code, spellings in foreign_spellings(column):
            for spelling in spellings:
                codes.setdefault(_key(spelling), code)
    for spelling, code in english_spellings():
        codes.setdefault(_key(spelling), code)
    return codes


@cache
def _names() -> dict[str, str]:
    return {code: name for code, _, name, *_ in _rows("countries.tsv", _COLUMNS)}


def _rows(table: str, width: int) -> Iterator[list[str]]:
    """Rows of a table beside this file, each with `width` columns; lines that begin with # are comments."""
    for line in (_HERE / table).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield (line.split("\t") + [""] * width)[:width]

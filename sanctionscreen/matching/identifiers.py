"""Official identifiers: the same number is the same party, whatever the name.

Numbers are compared as letters and digits only. Some are unique in the world (LEI, IMO, ISIN); the rest only
within the country and kind of register that issued them, so a stated country must agree.

>>> from sanctionscreen.records import Identifier
>>> key(Identifier(type="imo", value="IMO 918-7629")) == key(Identifier(type="imo", value="9187629"))
True

China's Unified Social Credit Code (GB 32100-2015) is the number of registration and of the taxpayer:

>>> key(Identifier(type="tax", value="91330000733796106P"))
'uscc:91330000733796106P'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from sanctionscreen.records import Identifier

#: Identifiers that one register issues for the whole world.
#: LEI: ISO 17442. IMO: IMO Resolution A.1117(30). ISIN: ISO 6166. BIC: ISO 9362. MMSI: ITU-R M.585.
WORLDWIDE = frozenset({"lei", "imo", "isin", "bic", "swift", "swift_bic", "mmsi", "duns"})

#: Types that name one register under several words: any of them can be how a vendor table calls the number.
SAME_REGISTER = {
    "swift": "bic",
    "swift_bic": "bic",
    "registration": "registration_number",
    "company_number": "registration_number",
    "uscc": "registration_number",
    "ogrn": "registration_number",
    "tax": "tax_id",
    "inn": "tax_id",
    "vat": "tax_id",
    "vat_number": "tax_id",
    "tin": "tax_id",
}

#: Types that the package knows, whatever the lists hold.
KNOWN = WORLDWIDE.union(SAME_REGISTER, SAME_REGISTER.values(), ("imo_company", "national_id", "passport"))

_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")

#: What numbers of a type are like, and how to say it; the standards are those of `WORLDWIDE`, and GB 32100-2015.
SHAPES = {
    "lei": (re.compile(r"[0-9A-Z]{18}[0-9]{2}"), "18 letters or digits and two digits"),
    "imo": (re.compile(r"[0-9]{7}"), "seven digits"),
    "isin": (re.compile(r"[A-Z]{2}[0-9A-Z]{9}[0-9]"), "two letters, nine letters or digits and a digit"),
    "bic": (re.compile(r"[0-9A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?"), "8 or 11 letters and digits"),
    "mmsi": (re.compile(r"[0-9]{9}"), "nine digits"),
    "duns": (re.compile(r"[0-9]{9}"), "nine digits"),
    "uscc": (_USCC, "18 digits and capitals other than I, O, S, V and Z"),
}

#: A number shorter than this is not looked up: a two-digit number ties nobody to anybody.
SHORTEST = 4


def normalised(identifier: Identifier) -> str:
    """The number as compared: capitals and digits of NFKC, without the name of its type in front."""
    text = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", identifier.value)).upper()
    return text.removeprefix(identifier.type.upper())


def key(identifier: Identifier) -> str | None:
    """What an identifier is looked up by; None where the number is too short to tell anything."""
    number = normalised(identifier)
    if len(number) < SHORTEST:
        return None
    register = SAME_REGISTER.get(identifier.type, identifier.type)
    if register in ("registration_number", "tax_id") and _USCC.fullmatch(number):
        register = "uscc"
    return f"{register}:{number}"


def doubt(identifier: Identifier, known: Container[str]) -> str | None:
    """Why an identifier could not be compared, or is perhaps mistyped; None where there is nothing to say.

    Args:
        identifier: of the party asked about.
        known: types that are known here or that some list has.

    >>> doubt(Identifier(type="lei", value="123"), KNOWN)
    'identifier lei 123 was not compared: it has fewer than 4 letters and digits'
    """
    number, said = normalised(identifier), f"identifier {identifier.type[:60]} {identifier.value[:60]}"
    if identifier.type not in known:
        return f"{said} was not compared: no list has numbers of that type"
    if len(number) < SHORTEST:
        return f"{said} was not compared: it has fewer than {SHORTEST} letters and digits"
    type_ = "bic" if SAME_REGISTER.get(identifier.type) == "bic" else identifier.type
    if type_ in SHAPES and not SHAPES[type_][0].fullmatch(number):
        return f"{said} can match only the same misprint on a list: such a number has {SHAPES[type_][1]}"
    return None


def same_identifier(a: Identifier, b: Identifier) -> bool:
    """The same official number, of one register.

    >>> chinese = Identifier(type="registration", value="4403011", country="CN")
    >>> same_identifier(chinese, Identifier(type="registration", value="4403011", country="DE"))
    False
    """
    if key(a) is None or key(a) != key(b):
        return False
    return a.type in WORLDWIDE or None in (a.country, b.country) or a.country == b.country

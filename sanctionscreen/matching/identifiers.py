"""Official identifiers: the same number is the same party, whatever the name.

Numbers are compared as letters and digits only. Some are unique in the world (LEI, IMO, ISIN); the rest only
within the country and kind of register that issued them, so a stated country must agree.

>>> from sanctionscreen.records import Identifier
>>> key(Identifier(type="imo", value="IMO 918-7629")) == key(Identifier(type="imo", value="9187629"))
True
"""

from __future__ import annotations

import re
import unicodedata

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
    return f"{SAME_REGISTER.get(identifier.type, identifier.type)}:{number}"


def same_identifier(a: Identifier, b: Identifier) -> bool:
    """The same official number, of one register.

    >>> chinese = Identifier(type="registration", value="4403011", country="CN")
    >>> same_identifier(chinese, Identifier(type="registration", value="4403011", country="DE"))
    False
    """
    if key(a) is None or key(a) != key(b):
        return False
    return a.type in WORLDWIDE or None in (a.country, b.country) or a.country == b.country

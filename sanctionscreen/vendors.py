"""A row of a user's table as a `Party`: which column holds what, and what its cells mean.

Vendor tables have no standard. Columns are found by their headers, as the tables below list them, or named by the
user. What a cell says and nobody understands is left out and told: a missing fact never lowers a score.

>>> fields = Columns().found_in(("Vendor Name", "Country", "LEI"))
>>> party, notes = to_party({"Vendor Name": "Hikvision", "Country": "P.R. China", "LEI": ""}, fields)
>>> party.name, party.country, notes
('Hikvision', 'CN', ())
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, get_args

from sanctionscreen.countries import country_code
from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import InputError
from sanctionscreen.records import Identifier, Kind, Party

#: Which headers mean which field of a party, the surest first, in English, German, French and Spanish. Headers are
#: compared in lower case and without accents, with every run of other characters than letters and digits as one space,
#: and with one before a number. `name 1`, `land 1`, `lifnr`, `stras` and their like are what SAP calls its fields.
HEADERS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "vendor name", "supplier name", "customer name", "company name", "party name", "legal name",
        "full name", "name 1", "vendor", "supplier", "customer", "company", "party", "entity",
        "organization", "organisation", "account name", "query",
        "firmenname", "lieferantenname", "kundenname", "lieferant", "firma", "kunde", "unternehmen",
        "raison sociale", "denomination sociale", "nom du fournisseur", "nom fournisseur", "nom du client",
        "fournisseur", "razon social", "denominacion social", "nombre del proveedor", "nombre proveedor",
        "nombre del cliente", "proveedor", "client", "cliente", "societe", "entreprise", "empresa", "nom complet",
        "nombre completo", "nom", "nombre",
    ),
    "kind": ("kind", "type", "party type", "entity type", "vendor type"),
    "country": (
        "country", "country code", "country key", "country name", "country region", "nationality", "vendor country",
        "supplier country", "country of origin", "land 1",
        "land", "landercode", "laendercode", "landerkennzeichen", "laenderkennzeichen", "staatsangehorigkeit",
        "staatsangehoerigkeit", "pays", "code pays", "nationalite", "pais", "codigo de pais", "codigo pais",
        "nacionalidad",
    ),
    "birth_date": (
        "birth date", "date of birth", "dob", "born", "geburtsdatum", "geburtstag", "date de naissance",
        "fecha de nacimiento",
    ),
    "address": (
        "address", "full address", "street address", "address 1", "address 2", "address 3", "address line 1",
        "address line 2", "address line 3", "vendor address", "supplier address", "street", "street name",
        "house number", "city", "town", "city town", "district", "postcode", "post code", "postal code", "zip",
        "zip code", "zip postal code", "county", "prefecture", "province", "state", "state province", "region",
        "stras", "ort 01", "pstlz", "regio",
        "adresse", "anschrift", "strasse", "hausnummer", "ort", "stadt", "plz", "postleitzahl", "bundesland",
        "rue", "ville", "code postal", "departement", "direccion", "domicilio", "calle", "ciudad", "codigo postal",
        "provincia",
    ),
    "reference": (
        "reference", "id", "vendor id", "vendor number", "vendor no", "vendor code", "supplier id", "supplier number",
        "supplier no", "supplier code", "customer id", "customer number", "customer no", "customer code", "account",
        "account number", "account no", "number", "ref", "lifnr", "kunnr",
        "referenz", "lieferantennummer", "lieferantennr", "lieferanten nr", "kreditorennummer", "kundennummer",
        "kundennr", "kunden nr", "nummer", "nr", "numero de fournisseur", "numero fournisseur", "code fournisseur",
        "referencia", "numero de proveedor", "codigo de proveedor", "codigo proveedor", "numero", "no",
    ),
}  # fmt: skip

#: Headers that name a kind of official identifier, and its type in `Identifier`.
IDENTIFIER_HEADERS = {
    "lei": "lei", "imo": "imo", "imo number": "imo", "mmsi": "mmsi", "isin": "isin", "bic": "bic", "swift": "swift",
    "duns": "duns", "duns number": "duns", "vat": "vat", "vat number": "vat", "tax id": "tax", "tax number": "tax",
    "tin": "tin", "inn": "inn", "ogrn": "ogrn", "uscc": "uscc", "registration number": "registration",
    "company number": "company_number", "passport": "passport", "passport number": "passport",
}  # fmt: skip

#: Words for a kind, as vendor tables have them.
KINDS: dict[str, Kind] = {
    **{kind: kind for kind in get_args(Kind)},
    "individual": "person", "natural person": "person", "human": "person",
    "organisation": "organization", "company": "organization", "business": "organization", "entity": "organization",
    "legal entity": "organization", "legal person": "organization", "corporate": "organization",
    "ship": "vessel", "plane": "aircraft",
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Which column of a table holds which field; what is None is looked for by its header.

    Attributes:
        address: one column, or several that make one address, joined in this order with a comma between; those that
            are looked for are taken in the order of the table.
        identifiers: column to type of identifier.
    """

    name: str | None = None
    kind: str | None = None
    country: str | None = None
    birth_date: str | None = None
    address: str | Sequence[str] | None = None
    reference: str | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict)

    def found_in(self, header: Sequence[str]) -> Columns:
        """Give the same with every field that is None looked for in a table's header.

        Raises:
            InputError: when a column named is not there, or no column looks like a name, or two do by the same word.
        """
        for column in self.used:
            _must_have(header, column)
        by_key = {_key(column): column for column in reversed(header)}
        found = {field: getattr(self, field) or _first(by_key, HEADERS[field]) for field in HEADERS}
        if found["name"] is None:
            raise _no_name(header)
        if self.name is None:
            _must_be_one(found["name"], header)
        taken = {*(column for field, column in found.items() if field != "address"), *self.identifiers}
        parts = (column for column in header if column not in taken and _key(column) in HEADERS["address"])
        found["address"] = _each(self.address) or tuple(parts) or None
        known = {column: IDENTIFIER_HEADERS[key] for column in header if (key := _key(column)) in IDENTIFIER_HEADERS}
        taken.update(found["address"] or ())
        numbers = {column: kind for column, kind in known.items() if column not in taken}
        return Columns(**found, identifiers={**numbers, **self.identifiers})

    def named(self) -> dict[str, str]:
        """Give field to column, for those there are; where an address has several, they are one text.

        >>> Columns(name="Vendor", address=("Street", "City"), identifiers={"LEI code": "lei"}).named()
        {'name': 'Vendor', 'address': 'Street, City', 'lei': 'LEI code'}
        """
        plain = {field: ", ".join(columns) for field in HEADERS if (columns := _each(getattr(self, field)))}
        return {**plain, **{kind: column for column, kind in self.identifiers.items()}}

    @cached_property
    def read(self) -> tuple[tuple[str, tuple[str, ...], Callable[[str], object]], ...]:
        """Field, columns and what understands their cells, for every field beside the name and the identifiers."""
        given = ((field, _each(getattr(self, field)), understand) for field, understand in _READERS.items())
        return tuple((field, columns, understand) for field, columns, understand in given if columns)

    @property
    def used(self) -> tuple[str, ...]:
        """Every column that a field is read from, each once.

        >>> Columns(name="Vendor", identifiers={"LEI": "lei", "LEI of parent": "lei"}).used
        ('Vendor', 'LEI', 'LEI of parent')
        """
        plain = (column for field in HEADERS for column in _each(getattr(self, field)))
        return tuple(dict.fromkeys((*plain, *self.identifiers)))

    def unused(self, header: Iterable[str]) -> tuple[str, ...]:
        """Give the columns of a table that no field is read from; those without a name are not told.

        >>> Columns(name="Vendor").unused(["Vendor", "Spend", "Legal name"])
        ('Spend', 'Legal name')
        """
        used = frozenset(self.used)
        return tuple(column for column in header if column and column not in used)

    def doubts(self, header: Iterable[str]) -> tuple[str, ...]:
        """Say which of these columns may hold names too, by their headers: those names are not screened.

        >>> Columns(name="Vendor").doubts(["Vendor", "Spend", "Legal name"])
        ("column 'Legal name' was not screened: if it holds names too, screen them with --name-column",)
        """
        say = "was not screened: if it holds names too, screen them with --name-column"
        return tuple(f"column {one!r} {say}" for one in self.unused(header) if _key(one) in HEADERS["name"])


def _each(columns: str | Sequence[str] | None) -> tuple[str, ...]:
    """The columns of a field, of which there may be none, one or several."""
    if not columns:
        return ()
    return (columns,) if isinstance(columns, str) else tuple(columns)


def _no_name(header: Sequence[str]) -> InputError:
    """What to do about a table without a column of names; a lone header may be a name, which must not be lost."""
    if len(header) != 1:
        say = "say which it is with --name-column (in Python, name=)"
        return InputError(f"no column looks like a name: {say}; columns: {', '.join(header)}")
    only = header[0][:60]
    return InputError(
        f"the only column is called {only!r}, which is no known header of names: if it is a name itself, put a line "
        f'name above it; if a title, delete it; if the header, give --name-column "{only}" (in Python, name={only!r})'
    )


def _must_be_one(name: str, header: Sequence[str]) -> None:
    """Refuse to choose between `name` and `Name`: a name in the column that is left would not be screened."""
    same = [column for column in header if _key(column) == _key(name)]
    if len(same) > 1:
        columns = " and ".join(map(repr, same))
        raise InputError(
            f"columns {columns} are called alike: say which is the name with --name-column (in Python, name=)"
        )


def _must_have(header: Sequence[str], column: str) -> None:
    if column not in header:
        near = difflib.get_close_matches(column, header, n=1)
        hint = f": did you mean {near[0]!r}?" if near else ""
        raise InputError(f"no column {column!r}{hint}; columns: {', '.join(header)}")


def _key(header: str) -> str:
    """Fold a header: lower case, no accents, words and numbers apart by one space, whatever stood between them.

    >>> _key("Länder-Code"), _key("vendorName"), _key("LAND1")
    ('lander code', 'vendor name', 'land 1')
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", header) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)", " ", plain).casefold()))


def _first(by_key: Mapping[str, str], keys: Sequence[str]) -> str | None:
    return next((by_key[key] for key in keys if key in by_key), None)


# --- cells ---------------------------------------------------------------------------------------------


def to_party(cells: Mapping[str, str], columns: Columns) -> tuple[Party, tuple[str, ...]]:
    """Give the party that a row describes, and what of it was not understood.

    Args:
        cells: column to text.
        columns: with a `name`.
    """
    name = cells.get(columns.name or "", "")
    notes = ["the name has several lines, which were screened as one name"] if "\n" in name.strip() else []
    given: dict[str, Any] = {"name": name}
    for what, parts, understand in columns.read:
        text = ", ".join(filter(None, (cells.get(column, "").strip() for column in parts)))
        if not text:
            continue
        given[what] = understand(text)
        if given[what] is None:
            notes.append(f"{what.replace('_', ' ')} {text[:60]!r} is not understood and was left out")
    if columns.identifiers:
        given["identifiers"] = _identifiers(cells, columns.identifiers)
    return Party.model_validate(given), tuple(notes)


@lru_cache(maxsize=1_000)
def _kind(text: str) -> Kind | None:
    return KINDS.get(_key(text))


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _identifiers(cells: Mapping[str, str], columns: Mapping[str, str]) -> tuple[Identifier, ...]:
    given = ((kind, cells.get(column, "").strip()) for column, kind in columns.items())
    return tuple(Identifier(type=kind, value=text) for kind, text in given if text)


#: How the cells of each field are understood; None for one that is not.
_READERS: dict[str, Callable[[str], object]] = {
    "kind": _kind,
    "country": country_code,
    "birth_date": _date,
    "address": str,
    "reference": str,
}

"""Rows of a user's table as parties."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from sanctionscreen.errors import InputError
from sanctionscreen.records import Kind, Party
from sanctionscreen.vendors import HEADERS, IDENTIFIER_HEADERS, KINDS, Columns, _key, to_party


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["name"], {"name": "name"}),
        (["Vendor Name", "COUNTRY"], {"name": "Vendor Name", "country": "COUNTRY"}),
        (["vendorName", "countryCode"], {"name": "vendorName", "country": "countryCode"}),
        (["supplier_name", "date_of_birth"], {"name": "supplier_name", "birth_date": "date_of_birth"}),
        (["Vendor ID", "Vendor", "Country"], {"name": "Vendor", "country": "Country", "reference": "Vendor ID"}),
        (["company", "name"], {"name": "name"}),
        (["firma"], {"name": "firma"}),
        (["Vendor No.", "Vendor", "Name 1", "City", "Country Key"],
         {"name": "Name 1", "country": "Country Key", "address": "City", "reference": "Vendor No."}),
        (["LIFNR", "LAND1", "NAME1", "STRAS", "ORT01", "REGIO"],
         {"name": "NAME1", "country": "LAND1", "address": "STRAS, ORT01, REGIO", "reference": "LIFNR"}),
        (["Supplier Number", "Name1", "Country/Region", "Region"],
         {"name": "Name1", "country": "Country/Region", "address": "Region", "reference": "Supplier Number"}),
        (["Supplier No", "Account Name"], {"name": "Account Name", "reference": "Supplier No"}),
        (["name", "street", "city", "country", "postcode"],
         {"name": "name", "country": "country", "address": "street, city, postcode"}),
        (["ZIP", "Address Line 1", "Company", "addressLine2", "State/Province", "Postal Code", "District"],
         {"name": "Company", "address": "ZIP, Address Line 1, addressLine2, State/Province, Postal Code, District"}),
        (["Firma", "Straße", "PLZ", "Ort"], {"name": "Firma", "address": "Straße, PLZ, Ort"}),
        (["Name", "LEI", "IMO Number", "Tax ID"], {"name": "Name", "lei": "LEI", "imo": "IMO Number", "tax": "Tax ID"}),
        (["Ref", "Firma", "Land"], {"name": "Firma", "country": "Land", "reference": "Ref"}),
        (["LieferantenNr", "Lieferant", "Geburtsdatum"],
         {"name": "Lieferant", "birth_date": "Geburtsdatum", "reference": "LieferantenNr"}),
        (["Nr.", "Name", "Länderkennzeichen"], {"name": "Name", "country": "Länderkennzeichen", "reference": "Nr."}),
        (["Nom", "Pays", "Référence", "Date de naissance"],
         {"name": "Nom", "country": "Pays", "birth_date": "Date de naissance", "reference": "Référence"}),
        (["Nom", "RAISON SOCIALE", "Re\u0301fe\u0301rence"],
         {"name": "RAISON SOCIALE", "reference": "Re\u0301fe\u0301rence"}),
        (["Nombre", "Fournisseur"], {"name": "Fournisseur"}),
        (["Nombre", "País", "Referencia", "Fecha de Nacimiento"],
         {"name": "Nombre", "country": "País", "birth_date": "Fecha de Nacimiento", "reference": "Referencia"}),
        (["N\u00ba", "Razón Social", "Proveedor"], {"name": "Razón Social", "reference": "N\u00ba"}),
        (["Name", "Type", "Address"], {"name": "Name", "kind": "Type", "address": "Address"}),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_headers(header: list[str], expected: dict[str, str]) -> None:
    assert Columns().found_in(header).named() == expected


def test_a_column_named_wins_over_its_header() -> None:
    columns = Columns(name="Lieferant", identifiers={"HRB": "registration"}).found_in(["name", "Lieferant", "HRB"])
    assert columns.named() == {"name": "Lieferant", "registration": "HRB"}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (Columns(address="Site"), ("Site",)),
        (Columns(address=["Site", "Street"]), ("Site", "Street")),
        (Columns(address=()), ("Street", "City", "Region")),
        (Columns(reference="Region"), ("Street", "City")),
        (Columns(identifiers={"Region": "inn"}), ("Street", "City")),
    ],
)
def test_a_column_is_part_of_the_address_where_nothing_else_was_named(
    columns: Columns, expected: tuple[str, ...]
) -> None:
    header = ["Street", "City", "Name", "Site", "Region"]
    assert columns.found_in(header).address == expected


def test_columns_of_the_same_identifier_are_all_used() -> None:
    header = ["Name", "IMO", "IMO number", "imo", "", "Spend"]
    found = Columns().found_in(header)
    assert tuple(found.identifiers) == ("IMO", "IMO number", "imo")
    assert found.unused(header) == ("Spend",)


@pytest.mark.parametrize("header", [["name", "Name"], ["Vendor Name", "x", "vendorName"], ["NAME1", "name 1"]])
def test_of_two_columns_that_are_called_alike_none_is_chosen(header: list[str]) -> None:
    told = f"columns {header[0]!r} and {header[-1]!r} are called alike: say which is the name with --name-column"
    with pytest.raises(InputError, match=re.escape(told)):
        Columns().found_in(header)
    assert Columns(name=header[-1]).found_in(header).name == header[-1]


@pytest.mark.parametrize(
    ("header", "doubtful"),
    [(["name", "vendor name"], 1), (["Vendor No.", "Vendor", "Name 1"], 1), (["name", "spend"], 0), (["a", "Name"], 0)],
)
def test_a_column_that_may_hold_names_too_is_told(header: list[str], doubtful: int) -> None:
    told = Columns().found_in(header).doubts(header)
    assert len(told) == doubtful
    assert all("if it holds names too, screen them with --name-column" in one for one in told)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            Columns(),
            "no column looks like a name: say which it is with --name-column (in Python, name=); columns: a, b",
        ),
        (Columns(name="a", address=["b", "c"]), "no column 'c'; columns: a, b"),
        (Columns(name="c"), "no column 'c'; columns: a, b"),
        (Columns(name="a", country="bb"), "no column 'bb': did you mean 'b'?; columns: a, b"),
        (Columns(name="a", identifiers={"lei": "lei"}), "no column 'lei'; columns: a, b"),
    ],
)
def test_a_column_that_is_not_there_is_an_error(columns: Columns, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        columns.found_in(["a", "b"])
    assert str(caught.value) == expected


@pytest.mark.parametrize("only", ["Hikvison", "Vendor list 2026", "country", "LEI", "H" * 100_000])
def test_a_lone_header_that_may_be_a_name_is_never_lost(only: str) -> None:
    with pytest.raises(InputError) as caught:
        Columns().found_in([only])
    assert str(caught.value) == (
        f"the only column is called {only[:60]!r}, which is no known header of names: if it is a name itself, put a "
        f'line name above it; if a title, delete it; if the header, give --name-column "{only[:60]}" '
        f"(in Python, name={only[:60]!r})"
    )
    assert Columns(name=only).found_in([only]).name == only


@pytest.mark.parametrize(
    ("cells", "expected", "notes"),
    [
        ({"name": " Acme "}, Party(name=" Acme "), 0),
        ({"name": "Acme\n"}, Party(name="Acme\n"), 0),
        ({"name": "Acme\nBeta"}, Party(name="Acme\nBeta"), 1),
        ({"name": "Acme", "country": "P.R. China"}, Party(name="Acme", country="CN"), 0),
        ({"name": "Acme", "country": "Freedonia"}, Party(name="Acme"), 1),
        ({"name": "Acme", "kind": "Company"}, Party(name="Acme", kind="organization"), 0),
        ({"name": "Acme", "kind": "goods"}, Party(name="Acme"), 1),
        ({"name": "A", "dob": "1962-03"}, Party(name="A", birth_date="1962-03"), 0),
        ({"name": "A", "dob": "5 March"}, Party(name="A"), 1),
        ({"name": "A", "dob": " ", "country": ""}, Party(name="A"), 0),
        ({"name": "A", "address": "x", "id": "7"}, Party(name="A", address="x", reference="7"), 0),
        ({"street": " 5 Road ", "name": "A", "city": "", "zip": "Y"}, Party(name="A", address="5 Road, Y"), 0),
        ({"name": "A", "street": " ", "city": ""}, Party(name="A"), 0),
        (
            {"name": "A", "lei": "5493001KJTIIGC8Y1R12", "imo": " "},
            Party(name="A", identifiers=({"type": "lei", "value": "5493001KJTIIGC8Y1R12"},)),
            0,
        ),
    ],
)
def test_cells_become_a_party(cells: dict[str, str], expected: Party, notes: int) -> None:
    party, told = to_party(cells, Columns().found_in(list(cells)))
    assert party == expected
    assert len(told) == notes


def test_what_is_not_understood_is_told_in_full_words() -> None:
    _, told = to_party({"name": "A", "date of birth": "soon"}, Columns().found_in(["name", "date of birth"]))
    assert told == ("birth date 'soon' is not understood and was left out",)


def test_the_tables_are_sound() -> None:
    headers = [header for known in HEADERS.values() for header in known] + list(IDENTIFIER_HEADERS)
    assert len(headers) == len(set(headers))
    assert all(header == _key(header) for header in headers)
    assert set(get_args(Kind)) == set(KINDS.values())

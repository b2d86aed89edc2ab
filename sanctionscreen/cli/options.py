"""What a user says of a party on the command line: `--kind`, `--country`, `--birth-date`, `--identifier`."""

from __future__ import annotations

from typing import Annotated

import typer

from sanctionscreen.dates import PartialDate
from sanctionscreen.records import Identifier, Kind


def read_country(text: str) -> str:
    """Read a country in any spelling."""
    from sanctionscreen.countries import country_code

    code = country_code(text)
    if code is None:
        raise typer.BadParameter(f"{text!r} is no country that is known: write CN, or China")
    return code


def read_birth_date(text: str) -> PartialDate:
    """Read a date that may be known in part."""
    try:
        return PartialDate.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def read_identifier(text: str) -> Identifier:
    """Read `TYPE:NUMBER`, or `TYPE:COUNTRY:NUMBER` for a number of a national register."""
    kind, _, rest = text.partition(":")
    country, colon, number = rest.partition(":")
    try:
        return Identifier.model_validate(
            {"type": kind.lower(), "value": number if colon else rest, "country": country if colon else None}
        )
    except ValueError as error:
        raise typer.BadParameter(
            f"{text!r} is no identifier: write it as lei:5493001KJTIIGC8Y1R12 or tax:CN:91330000733796106P"
        ) from error


KindOption = Annotated[Kind | None, typer.Option("--kind", "-k", help="What is named.")]
Country = Annotated[
    list[str] | None,
    typer.Option("--country", "-c", metavar="COUNTRY", parser=read_country, help="Its country; again for more."),
]
BirthDate = Annotated[
    PartialDate | None,
    typer.Option(metavar="DATE", parser=read_birth_date, help="1962, 1962-03-05, or 1962~ for about."),
]
Identifiers = Annotated[
    list[Identifier] | None,
    typer.Option(
        "--identifier", "-i", metavar="TYPE:NUMBER", parser=read_identifier,
        help="An official number, such as lei:..., imo:..., tax:CN:...; again for more.",
    ),
]  # fmt: skip
Address = Annotated[str | None, typer.Option(metavar="TEXT", help="Its address.")]

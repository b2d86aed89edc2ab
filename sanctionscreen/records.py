"""What a list says of a party, and what a user asks about one.

A `ListedParty` is one person, organisation, vessel or aircraft with its names and its `Listing`s: the
same company may stand on several lists, under several authorities, since different days. A `Party` is the
vendor or customer in question. All records are immutable and validated; they are the YAML schema too.

>>> party = ListedParty.model_validate({
...     "id": "acme", "kind": "organization", "names": [{"name": "Acme Corp"}],
...     "listings": [{"program": "EL", "citation": "84 FR 54002", "effective_date": "2019-10-09"}]})
>>> party.primary_name, party.listings[0].status
('Acme Corp', 'in_force')
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from sanctionscreen.countries import country_code
from sanctionscreen.dates import PartialDate

Kind = Literal["person", "organization", "vessel", "aircraft"]
NameType = Literal["primary", "aka", "fka", "brand", "acronym"]
NameQuality = Literal["strong", "weak"]
ListingStatus = Literal["in_force", "delisted", "proposed", "reported"]
RelationType = Literal[
    "owned_by", "controlled_by", "subsidiary_of", "affiliate_of", "parent_of",
    "linked_to", "acts_for", "leader_of", "member_of", "family_of", "successor_of", "same_as",
]  # fmt: skip

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _whole_day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        raise ValueError(f"not a day: {value[:60]!r} (write it as 2019-10-09)")
    return value


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: A whole day in the spelling of ISO 8601 and no other, so that no number is taken for seconds since 1970.
Day = Annotated[date, BeforeValidator(_whole_day)]

#: ISO 3166-1 alpha-2, in capitals, or XK for Kosovo as the lists use it.
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$"), BeforeValidator(_upper)]


_CODE = re.compile("[A-Z]{2}")


def _read_country(value: Any) -> Any:
    code = country_code(value) if isinstance(value, str) else value
    if code is None and value is not None:
        if _CODE.fullmatch(value.strip()):  # one that is no longer, or not yet, in the tables
            return value.strip()
        raise ValueError(f"{value[:60]!r} is no country that is known: write CN, or China")
    return code


#: The same, read from any customary spelling of a country.
CountryRead = Annotated[CountryCode, BeforeValidator(_read_country)]


def _whole_characters(text: str) -> str:
    r"""Put the replacement character in the place of half a character, which no file can hold (Unicode 16.0, 3.9).

    >>> _whole_characters("Acme \ud83d"), _whole_characters("Acme \ud83d\ude00")
    ('Acme �', 'Acme 😀')
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


Said = Annotated[str, AfterValidator(_whole_characters)]


class Record(BaseModel):
    """Base of every record: immutable, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Identifier(Record):
    """An official number: LEI, IMO, tax or registration number, passport.

    Attributes:
        type: a short lower-case word; the ones this package knows how to normalise and compare are in
            `sanctionscreen.matching.identifiers`.
        value: the number as published.
        country: the country that issued it.
        issued, expires: when, as far as the source says.
        note: what else the source says of it.
        valid: false where the check digits fail: kept, and marked.
    """

    type: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    value: Text
    country: CountryCode | None = None
    issued: PartialDate | None = None
    expires: PartialDate | None = None
    note: Text | None = None
    valid: bool | None = None


class Address(Record):
    """A place, as far as the source gives it.

    Attributes:
        text: the whole of it, where the source does not divide it.
        street, city, region, postal_code: its parts, where the source does.
        country: the country as a code.
        country_text: the country as the source spells it, where that is no country's name.
        note: what else the source says of it.
    """

    text: Text | None = None
    street: Text | None = None
    city: Text | None = None
    region: Text | None = None
    postal_code: Text | None = None
    country: CountryCode | None = None
    country_text: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        parts = (self.text, self.street, self.city, self.region, self.postal_code, self.country, self.country_text)
        if not any(parts):
            raise ValueError("an address with nothing in it")
        return self


class ListedName(Record):
    """A name that a list gives a party.

    Attributes:
        name: as published, in its own script.
        type: what kind of name it is; the first name of a party is `primary`.
        quality: `weak` aliases are common words, nicknames or acronyms that OFAC publishes for
            corroboration (OFAC FAQs 122-125); they never raise an alarm on their own.
        script: ISO 15924 code where the source states it (`Hans`, `Arab`, `Cyrl`).
        language: ISO 639 code where the source states it.
        family, given: the parts of a person's name, where the source divides it.
        note: what else the source says of it.
        source: where this name is stated, if not in the party's listings.
    """

    name: Text
    type: NameType = "aka"
    quality: NameQuality = "strong"
    script: Annotated[str, StringConstraints(pattern=r"^[A-Z][a-z]{3}$")] | None = None
    language: Text | None = None
    family: Text | None = None
    given: Text | None = None
    note: Text | None = None
    source: Text | None = None


class Listing(Record):
    """One entry of one list about one party, with its authority and its dates.

    Attributes:
        list: id of the list; the list file's own id unless it says otherwise.
        program: the program of that list, as the list spells it.
        authority: law or order; the list's own unless the entry has its own.
        citation: the notice that made the entry (`84 FR 54002`, `Pub. L. 115-232 s.889(f)(3)(B)`).
        published: the day the notice was published or the entry was announced.
        effective_date: the day it took effect.
        end_date: the day it ended: the first day on which it no longer holds.
        divest_by: last day for permitted divestment, where the program has one.
        status: `proposed` and `reported` entries are not designations.
        review_by: when a `proposed` or `reported` entry is to be looked at again; then it lapses.
        licence_requirement, licence_policy: as published.
        reference: the list's own number for the entry.
        remarks: what else the list says of the entry.
        source_url: where the entry is published.
    """

    list: Text | None = None
    program: Text
    authority: Text | None = None
    citation: Text | None = None
    published: Day | None = None
    effective_date: Day | None = None
    end_date: Day | None = None
    divest_by: Day | None = None
    status: ListingStatus = "in_force"
    review_by: Day | None = None
    licence_requirement: Text | None = None
    licence_policy: Text | None = None
    reference: Text | None = None
    remarks: Text | None = None
    source_url: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        began = self.effective_date or self.published
        if began and self.end_date and self.end_date < began:
            raise ValueError(f"delisted on {self.end_date}, before it was listed on {began}")
        if self.status == "delisted" and self.end_date is None:
            raise ValueError("a delisted entry needs its end_date")
        return self


class Stake(Record):
    """How much of a party an owner holds: per cent of the whole, exactly or between two figures.

    Attributes:
        share_min: the least it can be, from 0 to 100.
        share_max: the most it can be, from 0 to 100; the same as the least where it is known exactly.
        since, until: when it was held, as far as the source says.
        source: where it is stated.

    >>> Stake(share_min=45, share_max=55).share_max
    55.0
    """

    share_min: Annotated[float, Field(ge=0, le=100)] = 0.0
    share_max: Annotated[float, Field(ge=0, le=100)] = 100.0
    since: PartialDate | None = None
    until: PartialDate | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _range_is_ordered(self) -> Self:
        if self.share_min > self.share_max:
            raise ValueError(f"a stake from {self.share_min} to {self.share_max} per cent")
        return self


class Relation(Record):
    """A tie from the party that carries it to another.

    Attributes:
        type: what the other is to this party.
        party: the id of the other, where it is a listed party.
        name: the name of the other, where it has no record.
        stake: for `owned_by`: how much of this party the other one holds.
        note: what else the source says of it.
        source: where it is stated.
    """

    type: RelationType
    party: Text | None = None
    name: Text | None = None
    stake: Stake | None = None
    note: Text | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.party is None and self.name is None:
            raise ValueError("a relation needs the party's id or a name")
        return self


class ListedParty(Record):
    """A person, organisation, vessel or aircraft that at least one list names.

    Attributes:
        id: its own within the list: a word without spaces that stays the same from one edition to the next.
        kind: what it is.
        names: every name the list gives it, the primary one first.
        identifiers: its official numbers.
        addresses: where it is, as far as the list says.
        countries: countries it belongs to: of registration, nationality or flag.
        birth_dates, birth_places: a person's; several where the list gives several.
        gender: a person's, where the list states it.
        titles: a person's titles and positions.
        relations: its ties to other parties.
        listings: what it is listed for: one for each list and program.
        remarks: what the source says and no other field holds.
    """

    id: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\S+$")]
    kind: Kind
    names: Annotated[tuple[ListedName, ...], Field(min_length=1)]
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    countries: tuple[CountryCode, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    birth_places: tuple[Text, ...] = ()
    gender: Literal["male", "female"] | None = None
    titles: tuple[Text, ...] = ()
    relations: tuple[Relation, ...] = ()
    listings: Annotated[tuple[Listing, ...], Field(min_length=1)]
    remarks: tuple[Text, ...] = ()

    @property
    def primary_name(self) -> str:
        """The name the party is shown under: the first of type `primary`, else the first."""
        return next((n.name for n in self.names if n.type == "primary"), self.names[0].name)


class Program(Record):
    """A program of a list: what its entries are made under.

    Attributes:
        id: as the entries spell it.
        title: its name in words.
        authority: law or order it rests on.
        source_url: where it is published.
    """

    id: Text
    title: Text
    authority: Text | None = None
    source_url: Text | None = None


class ListHeader(Record):
    """What a list is, who publishes it, and as of when.

    Attributes:
        id: small letters, digits and hyphens; no other loaded list has it.
        title: its name in words.
        authority: law or order it rests on.
        publisher: the agency that keeps it.
        source_url: where it is published.
        as_of: the date of the data, not of the file.
        licence: the terms under which the data may be used.
        programs: the programs its entries name. Where any are declared here, an entry may name no other.
        stale_after_days: how old the data may be before a result warns of it, in days.
        remarks: what else a reader should know.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Text
    authority: Text
    publisher: Text
    source_url: Text | None = None
    as_of: Day
    licence: Text
    programs: tuple[Program, ...] = ()
    stale_after_days: Annotated[int, Field(gt=0)] | None = None
    remarks: Text | None = None


class ListFile(Record):
    """A list file: a header, and the parties on the list.

    Attributes:
        header: what the list is.
        parties: the parties on it.
    """

    header: ListHeader
    parties: tuple[ListedParty, ...]


class Party(Record):
    """A vendor or customer to be screened. Only the name is needed; every fact narrows the result.

    `relations` are its ties to others, such as its owners with their stakes; `sanctionscreen.owners` follows them.

    Countries are read in any customary spelling (`countries.country_code`).

    >>> Party(name="Hikvision Europe B.V.", kind="organization", country="the Netherlands").country
    'NL'
    """

    name: Said
    kind: Kind | None = None
    country: CountryRead | None = None
    countries: tuple[CountryRead, ...] = ()
    birth_date: PartialDate | None = None
    identifiers: tuple[Identifier, ...] = ()
    address: Said | None = None
    reference: Said | None = None
    relations: tuple[Relation, ...] = ()

    @property
    def all_countries(self) -> tuple[str, ...]:
        """Every country stated for the party, `country` first."""
        first = (self.country,) if self.country else ()
        return first + tuple([c for c in self.countries if c != self.country])

"""A party while it is being read: collects facts, drops exact repeats, and keeps what does not fit.

An importer says what the source says, in the source's words; the draft finds the type, the country code and
the date, and puts into the remarks, word for word, whatever has no such reading.

>>> report = ImportReport("example")
>>> draft = Draft(report, "row 2", "x-1", "organization")
>>> draft.name("ACME Trading", "primary")
>>> draft.identifier("Tax ID No.", "7702235133", country="Russia")
>>> draft.listing(program="SDGT")
>>> party = draft.build()
>>> party.identifiers[0].type, party.identifiers[0].country
('tax_id', 'RU')
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import ValidationError

from sanctionscreen.countries import country_code
from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import SourceError
from sanctionscreen.records import Kind, ListedParty, NameQuality, NameType, RelationType
from sanctionscreen.sources.importers.base import ImportReport
from sanctionscreen.sources.importers.checks import check
from sanctionscreen.sources.importers.cleaning import clean, script_of
from sanctionscreen.sources.importers.datetexts import partial_date
from sanctionscreen.sources.importers.labels import REMARK, kind_of, refine, slug

#: The fields of a record, as long as it is not validated.
Fields = dict[str, Any]


class Draft:
    """One party being read.

    What it holds becomes records all at once, in `build`: to validate a party as a whole takes half the time of
    validating its names, addresses and listings one by one.

    Attributes:
        where: the place in the source that is being read, for oddities: `row 12`, `entity 36`.
        month_first: whether slashed dates are American.
    """

    __slots__ = (
        "_addresses", "_birth_dates", "_birth_places", "_countries", "_identifiers", "_names", "_relations",
        "_remarks", "_report", "_titles", "gender", "id", "kind", "listings", "month_first", "where",
    )  # fmt: skip

    def __init__(self, report: ImportReport, where: str, id: str, kind: Kind) -> None:  # noqa: A002  # the field's name
        self._report, self.where, self.id, self.kind = report, where, id, kind
        self.month_first = False
        self.gender: Literal["male", "female"] | None = None
        self._names: dict[tuple[object, ...], Fields] = {}
        self._identifiers: dict[tuple[object, ...], Fields] = {}
        self._addresses: dict[tuple[object, ...], Fields] = {}
        self._countries: dict[str, None] = {}
        self._birth_dates: dict[str, PartialDate] = {}
        self._birth_places: dict[str, None] = {}
        self._titles: dict[str, None] = {}
        self._relations: dict[tuple[str, str], Fields] = {}
        self._remarks: dict[str, None] = {}
        self.listings: list[Fields] = []

    def odd(self, message: str) -> None:
        """Note an oddity at this party's place."""
        self._report.odd(self.where, message)

    def name(
        self,
        text: str | None,
        type: NameType = "aka",  # noqa: A002  # the field's name
        quality: NameQuality = "strong",
        /,
        **more: str | None,
    ) -> None:
        """Add a name; an empty one is none. `more` is any other field of `ListedName`."""
        if not (name := clean(text)):
            return
        fields = {"name": name, "type": type, "quality": quality}
        fields |= {key: value for key, value in more.items() if value}
        self._names.setdefault(tuple(fields.items()), fields)

    def identifier(
        self, label: str, value: str | None, country: str = "", issued: str = "", expires: str = "", note: str = ""
    ) -> None:
        """Add an identifier under the source's own label; a label that means no identifier makes a remark."""
        label, value = clean(label), clean(value)
        kind = kind_of(label)
        if not value or kind == REMARK:
            said = " ".join(part for part in (label, value, country and f"({country})", note) if part)
            return self.remark(said) if value else None
        kind, value = refine(kind, value, label)
        code = self.code(country)
        notes = [] if slug(label) == kind else [label]
        notes += [] if code or not country else [country]
        dates = {"issued": self._date(issued, notes), "expires": self._date(expires, notes)}
        notes += [note] if note else []
        fields: Fields = {"type": kind, "value": value} | {k: v for k, v in dates.items() if v}
        fields |= {"country": code} if code else {}
        fields |= {"note": "; ".join(notes)} if notes else {}
        valid = check(kind, value, code)
        fields |= {} if valid is None else {"valid": valid}
        self._identifiers.setdefault(tuple(fields.values()), fields)
        return None

    def _date(self, text: str, notes: list[str]) -> PartialDate | None:
        """A document's date; a text that is none goes into its note."""
        found = partial_date(text, self.month_first) if text else None
        if text and found is None:
            notes.append(text)
        return found

    def code(self, country: str | None) -> str | None:
        """The ISO code of a country, None for no country or one nobody knows, which is odd."""
        if not (text := clean(country)):
            return None
        code = country_code(text) or country_code(text.partition("(")[0].strip())
        if code is None and text not in _NOWHERE:
            self._report.unknown("country", text, self.where)
        return code

    def address(self, country: str = "", **parts: str | None) -> None:
        """Add an address; `parts` are the other fields of `Address`, `country` in the source's words."""
        fields = {key: text for key, part in parts.items() if (text := clean(part))}
        if country := clean(country):
            code = self.code(country)
            fields |= {"country_text": country} | ({"country": code} if code else {})
        if fields.keys() - {"note"}:
            self._addresses.setdefault(tuple(fields.items()), fields)
        elif fields:
            self.remark(fields["note"])

    def country(self, text: str | None, label: str = "") -> None:
        """Add a country of the party; with a label (`nationality`), its words are kept in the remarks too."""
        if not (text := clean(text)):
            return
        if code := self.code(text):
            self._countries.setdefault(code)
        if label or not code:
            self.remark(f"{label or 'country'}: {text}")

    def birth_date(self, text: str | None) -> None:
        """Add a date of birth; one that cannot be read stays in the remarks and is odd."""
        if not (text := clean(text)):
            return
        if found := partial_date(text, self.month_first):
            self._birth_dates.setdefault(str(found), found)
        else:
            self.remark(f"date of birth: {text}")
            self.odd(f"not a date of birth: {text!r}, kept in the remarks")

    def birth_place(self, text: str | None) -> None:
        """Add a place of birth."""
        if text := clean(text):
            self._birth_places.setdefault(text)

    def title(self, text: str | None) -> None:
        """Add a title or position."""
        if text := clean(text):
            self._titles.setdefault(text)

    def set_gender(self, text: str | None) -> None:
        """Set the gender; anything but male or female stays in the remarks."""
        word = _GENDERS.get(clean(text).lower())
        if word and self.gender in (None, word):
            self.gender = word
        elif text := clean(text):
            self.remark(f"Gender: {text}")

    def relation(self, type: RelationType, name: str, party: str | None = None, note: str = "") -> None:  # noqa: A002
        """Add a tie to another party, by name until `tie` finds its id."""
        if name := clean(name):
            fields = {"type": type, "name": name} | ({"party": party} if party else {})
            self._relations.setdefault((type, party or name), fields | ({"note": note} if note else {}))

    def remark(self, text: str | None, placed: bool = True) -> None:
        """Keep a text in the remarks; `placed` is False where no rule knew what it is."""
        if text := clean(text):
            self._remarks.setdefault(text)
            self._report.unplaced += not placed

    def unknown(self, what: str, name: str, said: str) -> None:
        """Keep what an unknown column or element says, and report its name once."""
        self._report.unknown(what, name, self.where)
        if said := clean(said):
            self.remark(f"{name}: {said}", placed=False)

    def listing(self, **fields: Any) -> None:
        """Add an entry; one that would end before it began loses its end date to the remarks, which is odd."""
        fields = {key: value for key, value in fields.items() if value not in (None, "")}
        began, ended = fields.get("effective_date") or fields.get("published"), fields.get("end_date")
        if began and ended and ended < began:
            self.odd(f"ends on {ended}, before it began on {began}: the end is kept in the remarks")
            self.remark(f"end date: {fields.pop('end_date')}")
        self.listings.append(fields)

    def listing_once(self, **fields: Any) -> None:
        """Add an entry unless one that says as much is there: rows of other names repeat it, in part."""
        said = {key: value for key, value in fields.items() if value not in (None, "")}
        if not any(said.items() <= known.items() for known in self.listings):
            self.listing(**said)

    def listing_remark(self, number: int, text: str) -> None:
        """Add to the remarks of an entry."""
        before = self.listings[number].get("remarks")
        self.listings[number]["remarks"] = f"{before}; {text}" if before else text

    @property
    def primary_names(self) -> list[str]:
        """The names of type `primary`."""
        return [fields["name"] for fields in self._names.values() if fields["type"] == "primary"]

    @property
    def nameless(self) -> bool:
        """Whether the source gives no name at all."""
        return not self._names

    def says(self, title: str) -> bool:
        """Whether this title is already known."""
        return title in self._titles

    def tie(self, ids: dict[str, str | None]) -> None:
        """Give relations the id of the one party that has exactly the name; see `building.tie_all`."""
        for fields in self._relations.values():
            if "party" not in fields:
                found = ids.get(fields["name"]) or ids.get(f"{fields['name']}.")
                if found and found != self.id:
                    fields["party"] = found

    def build(self) -> ListedParty:
        """Make the record and count it.

        Raises:
            SourceError: when the party has no name or no listing, or a field that no rule foresaw.
        """
        try:
            party = ListedParty.model_validate(self._fields())
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or error.title
            file = self._report.files[0] if self._report.files else self._report.format
            raise SourceError(
                f"{file}: {self.where}: {field}: {first['msg']}: the record is damaged, download the file again"
            ) from error
        self._report.names.update((name.script or script_of(name.name), name.quality) for name in party.names)
        self._report.identifiers.update(identifier.type for identifier in party.identifiers)
        return party

    def _fields(self) -> Fields:
        return {
            "id": self.id,
            "kind": self.kind,
            "names": _main_first([*self._names.values()]),
            "identifiers": [*self._identifiers.values()],
            "addresses": [*self._addresses.values()],
            "countries": [*self._countries],
            "birth_dates": [*self._birth_dates.values()],
            "birth_places": [*self._birth_places],
            "gender": self.gender,
            "titles": [*self._titles],
            "relations": [_relation(fields) for fields in self._relations.values()],
            "listings": self.listings,
            "remarks": [*self._remarks],
        }


_GENDERS: Final[dict[str, Literal["male", "female"]]] = {
    "male": "male", "m": "male", "man": "male", "female": "female", "f": "female", "woman": "female",
}  # fmt: skip
#: What sources write where they know no country.
_NOWHERE = frozenset({"Unknown", "unknown", "undetermined", "Region", "00", "-", "n/a"})


def _main_first(names: list[Fields]) -> list[Fields]:
    """The primary name first, and only one: where a source marks none, the first strong name is shown.

    Samples and cut lists hold parties with other names only; the note keeps what such a name was.
    """
    if not names:
        return []
    chosen = next((name for name in names if name["type"] == "primary"), None)
    main = chosen or next((name for name in names if name["quality"] == "strong"), names[0])
    rest = [name if name["type"] != "primary" else name | {"type": "aka"} for name in names if name is not main]
    if chosen is None:
        kind = {"aka": "a.k.a.", "fka": "f.k.a."}.get(main["type"], main["type"])
        main = main | {"type": "primary", "note": "; ".join(filter(None, (main.get("note"), kind)))}
    return [main, *rest]


def _relation(fields: Fields) -> Fields:
    """A tie is to a party by its id, or to a name."""
    return {key: value for key, value in fields.items() if key != "name" or "party" not in fields}

"""FollowTheMoney entities to parties: properties, and the entities that hang on them.

In `entities.ftm.json` a sanction, an address or an ownership is a line of its own that names its party; in
`targets.nested.json` it stands inside the party's properties. Both end in the same two functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from sanctionscreen.records import Kind, NameQuality, NameType, RelationType
from sanctionscreen.sources.importers.base import ImportReport
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.datetexts import whole_date
from sanctionscreen.sources.importers.draft import Draft


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables of `opensanctions.yaml`."""

    kinds: dict[str, Kind]
    names: dict[str, tuple[NameType, NameQuality]]
    identifiers: dict[str, str]
    countries: frozenset[str]
    ties: dict[str, tuple[str, str, RelationType]]
    remarks: frozenset[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The tables, read once."""
    table = yaml.safe_load((files(__package__) / "opensanctions.yaml").read_text(encoding="utf-8"))
    return Rules(
        kinds={schema: kind for kind, schemas in table["kinds"].items() for schema in schemas},
        names={name: tuple(said) for name, said in table["names"].items()},
        identifiers=table["identifiers"],
        countries=frozenset(table["countries"]),
        ties={schema: tuple(said) for schema, said in table["ties"].items()},
        remarks=frozenset(table["remarks"]),
    )


def values(properties: Mapping[str, Any], name: str) -> Iterator[str]:
    """The texts of a property; entities inside it are not texts."""
    for value in _list(properties.get(name)):
        if not isinstance(value, dict) and value is not None and (text := clean(str(value))):
            yield text


def _inner(properties: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    for value in _list(properties.get(name)):
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            yield value


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


class Graph:
    """Parties, and what hangs on them, as a file is read."""

    def __init__(self, report: ImportReport) -> None:
        self._report = report
        self._drafts: dict[str, Draft] = {}
        self._datasets: dict[str, str] = {}
        self._captions: dict[str, str] = {}
        self._hanging: list[dict[str, Any]] = []

    def add(self, record: dict[str, Any], where: str) -> bool:
        """Take one record; False for one that makes no party and hangs on none."""
        schema, own = record["schema"], str(record.get("id") or "")
        self._captions[own] = clean(str(record.get("caption") or own))
        if schema in rules().kinds and record.get("target") is not False:
            self._party(record, own, where)
            return True
        if schema in _HOLDERS or schema in rules().ties:
            self._hanging.append(record)
            return True
        return False

    def _party(self, record: dict[str, Any], own: str, where: str) -> None:
        draft = Draft(self._report, where, f"os-{clean(own).replace(' ', '-')}", rules().kinds[record["schema"]])
        self._drafts[own] = draft
        self._datasets[own] = ", ".join(str(name) for name in _list(record.get("datasets")))
        draft.name(self._captions[own] if self._captions[own] != own else None, "primary")
        for name in record["properties"]:
            self._property(draft, record["properties"], name)
        draft.remark(f"datasets: {self._datasets[own]}" if self._datasets[own] else "")

    def _property(self, draft: Draft, properties: Mapping[str, Any], name: str) -> None:
        for inner in _inner(properties, name):
            self._captions.setdefault(str(inner.get("id")), clean(str(inner.get("caption") or "")))
            self._hang(draft, inner)
        for text in values(properties, name):
            _place(draft, name, text)

    def _hang(self, draft: Draft, record: Mapping[str, Any]) -> None:
        """Give a party what hangs on it; of a tie, only the end that carries it."""
        schema, properties = str(record.get("schema")), record["properties"]
        if schema in _HOLDERS:
            carrier, place = _HOLDERS[schema]
            place(draft, _Properties(properties, carrier))
        elif schema in rules().ties:
            _, other, kind = rules().ties[schema]
            for end in (*values(properties, other), *(str(e.get("id")) for e in _inner(properties, other))):
                if self._drafts.get(end) is not draft:
                    self._tie(draft, kind, end, properties)
        else:
            draft.unknown("entity", schema, clean(str(record.get("caption") or "")))

    def _tie(self, draft: Draft, kind: RelationType, end: str, properties: Mapping[str, Any]) -> None:
        notes = [f"{key}: {text}" for key in _OF_TIES for text in values(properties, key)]
        other = self._drafts.get(end)
        name = self._captions.get(end) or end
        draft.relation(kind, name, other.id if other and not other.nameless else None, "; ".join(notes))

    def finish(self) -> list[Draft]:
        """Hang everything where it belongs; parties that nothing lists are listed by their dataset."""
        for record in self._hanging:
            carrier = (
                rules().ties[record["schema"]][0] if record["schema"] in rules().ties else _HOLDERS[record["schema"]][0]
            )
            for own in values(record["properties"], carrier):
                if own in self._drafts:
                    self._hang(self._drafts[own], record)
        for own, draft in self._drafts.items():
            if not draft.listings:
                draft.listing(program=self._datasets[own] or "OpenSanctions", reference=own)
        return list(self._drafts.values())


def _place(draft: Draft, name: str, text: str) -> None:
    """Place one value of a property; one without a field of its own stays in the remarks under its name."""
    known = rules()
    if name in known.names:
        kind, quality = known.names[name]
        if not (name == "name" and text in draft.primary_names):
            draft.name(text, kind if draft.primary_names or name != "name" else "primary", quality)
    elif name in known.identifiers:
        draft.identifier(known.identifiers[name], text)
    elif name in known.countries:
        draft.country(text, name)
    elif name in _SIMPLE:
        _SIMPLE[name](draft, text)
    elif name in known.remarks:
        draft.remark(f"{name}: {text}")
    elif name != "addressEntity":
        draft.unknown("property", name, text)


#: Properties that one method of the draft takes as they are.
_SIMPLE: dict[str, Callable[[Draft, str], None]] = {
    "title": Draft.title,
    "position": Draft.title,
    "birthDate": Draft.birth_date,
    "birthPlace": Draft.birth_place,
    "gender": Draft.set_gender,
    "address": lambda draft, text: draft.address("", text=text),
}
_OF_TIES = ("role", "relationship", "percentage", "ownershipType", "startDate", "endDate")


class _Properties:
    """The properties of an entity that hangs on a party: what is taken goes into a field, and the rest into a note."""

    def __init__(self, properties: Mapping[str, Any], carrier: str) -> None:
        self._left = {name: list(values(properties, name)) for name in properties if name != carrier}

    def take(self, *names: str) -> str:
        """The first text of the first property that has one; empty where none has."""
        return next((self._left[name].pop(0) for name in names if self._left.get(name)), "")

    def day(self, name: str) -> date | None:
        """The day that a property is; what is less than a day is left."""
        day = whole_date(next(iter(self._left.get(name, ())), ""))
        if day:
            self.take(name)
        return day

    def rest(self) -> str:
        """What has not been taken, under its names."""
        return "; ".join(f"{name}: {text}" for name, texts in self._left.items() for text in texts)


def _sanction(draft: Draft, said: _Properties) -> None:
    """A listing; its start is the day it took effect, the listing date the day it was published."""
    authority = said.take("authority")
    draft.listing(
        program=said.take("programId", "program") or authority or "sanction",
        authority=authority,
        citation=said.take("recordId", "authorityId"),
        published=said.day("listingDate"),
        effective_date=said.day("startDate"),
        end_date=said.day("endDate"),
        source_url=said.take("programUrl", "sourceUrl"),
        remarks=said.rest(),
    )


def _document(draft: Draft, said: _Properties) -> None:
    number = said.take("number")
    label = said.take("type") or "Other identification number"
    draft.identifier(
        label, number, said.take("country"), said.take("startDate"), said.take("endDate"), said.take("summary")
    )
    draft.remark(f"{label} {number}: {rest}" if (rest := said.rest()) else "")


def _address(draft: Draft, said: _Properties) -> None:
    fields = {"text": "full", "street": "street", "city": "city", "region": "region", "postal_code": "postalCode"}
    parts = {field: said.take(name) for field, name in fields.items()}
    country, note = said.take("country"), said.take("remarks")
    draft.address(country, note="; ".join(filter(None, (note, said.rest()))), **parts)


#: Entities that hang on one party: the property that names it, and what becomes of them.
_HOLDERS = {
    "Sanction": ("entity", _sanction),
    "Passport": ("holder", _document),
    "Identification": ("holder", _document),
    "Address": ("things", _address),
}

"""What is wrong with a record, in words an editor of lists can act on.

Pydantic finds what does not fit the schema of `sanctionscreen.records`; this module says it in one line, with the
place in the notation of JSONPath (RFC 9535, https://www.rfc-editor.org/rfc/rfc9535) and, for a misspelt field or
value, the nearest that is valid.

>>> from sanctionscreen.records import ListedParty
>>> party = {"id": "x", "kind": "organisation", "names": [{"nmae": "X"}]}
>>> for place, message in check(ListedParty, party).problems:
...     print(f"{message} @ {jsonpath(place)}")
'organisation' is none of person, organization, vessel, aircraft: did you mean 'organization'? @ $.kind
required field missing: name @ $.names[0].name
unknown field 'nmae': did you mean 'name'? @ $.names[0].nmae
required field missing: listings @ $.listings
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from sanctionscreen.countries import country_code
from sanctionscreen.yamldata import MAX_FAULTS, SHOWN, Place, quoted

#: A place, and what is wrong there.
Problem = tuple[Place, str]
Model = TypeVar("Model", bound=BaseModel)

#: From 0 to 100: how alike two words must be for one to be suggested for the other. 'organisation' and 'organization'
#: are 92 alike, 'nmae' and 'name' 75; 'alias' and 'aka', 50, is in the table below instead.
_ALIKE = 65
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

#: Words that people write for the schema's own.
_MEANT = {
    "active": "in_force",
    "alias": "aka",
    "alt_names": "names",
    "company": "organization",
    "dob": "birth_dates",
    "entity": "organization",
    "formerly": "fka",
    "individual": "person",
    "plane": "aircraft",
    "removed": "delisted",
    "ship": "vessel",
    "type": "kind",
}


@dataclass(frozen=True, slots=True)
class Checked(Generic[Model]):
    """A record, or why there is none.

    Attributes:
        record: the record, or None where the data has problems.
        problems: each with its place; at most `MAX_FAULTS`.
    """

    record: Model | None
    problems: tuple[Problem, ...] = ()


def check(model: type[Model], data: object) -> Checked[Model]:
    """Make a record of data, or say everything that keeps it from being one."""
    try:
        return Checked(model.model_validate(data))
    except ValidationError as error:
        # Pydantic counts only entries without faults: a list of bad entries is not an empty one as well.
        details = [d for d in error.errors(include_url=False) if d["type"] != "too_short" or not d["input"]]
        return Checked(None, tuple((d["loc"], _message(model, d)) for d in details[:MAX_FAULTS]))


def jsonpath(place: Place) -> str:
    """Write a place.

    >>> jsonpath(("parties", 3, "names", 0, "name")), jsonpath(("two words",))
    ('$.parties[3].names[0].name', '$["two words"]')
    """
    return "$" + "".join(_step(entry) for entry in place)


def nearest(word: str, valid: Iterable[str]) -> str:
    """Write ": did you mean ...?" with the valid word that is nearest, or nothing where none is near.

    >>> nearest("organisation", ["person", "organization"]), nearest("???", ["person"])
    (": did you mean 'organization'?", '')
    """
    from rapidfuzz import fuzz, process  # only a file with faults needs it

    choices = list(valid)
    key = word.strip().lower()[:SHOWN]
    if _MEANT.get(key) in choices:
        return f": did you mean {_MEANT[key]!r}?"
    found = process.extractOne(key, choices, scorer=fuzz.ratio, processor=str.lower, score_cutoff=_ALIKE)
    return f": did you mean {quoted(found[0])}?" if found else ""


def _step(entry: str | int) -> str:
    if isinstance(entry, int):
        return f"[{entry}]"
    return f".{entry}" if _PLAIN.fullmatch(entry) and len(entry) <= SHOWN else f"[{_double(entry)}]"


def _double(entry: str) -> str:
    inner = quoted(entry)[1:-1].replace("\\'", "'").replace('"', '\\"')
    return f'"{inner}"'


def _message(model: type[BaseModel], detail: Any) -> str:
    words = _WORDS.get(detail["type"])
    return words(model, detail) if words else _as_pydantic_says(model, detail)


def _as_pydantic_says(_: type[BaseModel], detail: Any) -> str:
    said = str(detail["msg"]).removeprefix("Input should be ")
    return f"{_shown(detail['input'])} does not fit: it should be {said}"


def _missing(_: type[BaseModel], detail: Any) -> str:
    return f"required field missing: {detail['loc'][-1]}"


def _unknown_field(model: type[BaseModel], detail: Any) -> str:
    *above, field = detail["loc"]
    owner = _model_at(model, above)
    valid = [*owner.model_fields] if owner else []
    return f"unknown field {quoted(field)}" + (
        nearest(str(field), valid) or f": the fields here are {', '.join(valid)}"
    )


def _none_of(model: type[BaseModel], detail: Any) -> str:
    field = detail["loc"][-1]
    owner = _model_at(model, detail["loc"][:-1])
    valid = _literals(owner.model_fields[field].annotation) if owner else []
    given = detail["input"]
    suggestion = nearest(given, valid) if isinstance(given, str) else ""
    return f"{_shown(given)} is none of {', '.join(valid)}{suggestion}"


def _empty(_: type[BaseModel], detail: Any) -> str:
    return f"empty {_field(detail)}"


def _at_least_one(_: type[BaseModel], detail: Any) -> str:
    return f"empty {_field(detail)}: at least one is needed"


def _text_wanted(_: type[BaseModel], detail: Any) -> str:
    if detail["input"] is None:
        return f"empty {_field(detail)} (write 'null' or '~' in quotes if that is the text)"
    return f"a text is wanted here, not {_shown(detail['input'])}"


def _list_wanted(_: type[BaseModel], detail: Any) -> str:
    return f"a list is wanted here (lines that begin with '- '), not {_shown(detail['input'])}"


def _mapping_wanted(_: type[BaseModel], detail: Any) -> str:
    return f"fields are wanted here ('field: value'), not {_shown(detail['input'])}"


def _day_wanted(_: type[BaseModel], detail: Any) -> str:
    return f"not a day: {_shown(detail['input'])} (write it as 2019-10-09)"


def _as_record_says(_: type[BaseModel], detail: Any) -> str:
    return " ".join(str(detail["ctx"]["error"]).split())[:300]


def _pattern(_: type[BaseModel], detail: Any) -> str:
    given, field = str(detail["input"]), _field(detail)
    if field in ("country", "countries"):
        code = country_code(given)
        return f"{quoted(given)} is no two-letter country code" + (
            f": did you mean {code!r}?" if code else " (ISO 3166-1)"
        )
    return f"{quoted(given)} will not do as {field}: {_SHAPES.get(field, 'write ' + detail['ctx']['pattern'])}"


#: What the patterns of the schema ask for, by field.
_SHAPES = {
    "id": "small letters, digits and hyphens in a list's id, anything but spaces in a party's",
    "type": "a small letter, then small letters, digits and '_', as in passport or registration_number",
    "script": "an ISO 15924 code, as in Latn, Hans, Cyrl or Arab",
}

_WORDS: dict[str, Callable[[type[BaseModel], Any], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_field,
    "literal_error": _none_of,
    "string_too_short": _empty,
    "too_short": _at_least_one,
    "string_type": _text_wanted,
    "tuple_type": _list_wanted,
    "model_type": _mapping_wanted,
    "date_type": _day_wanted,
    "date_parsing": _day_wanted,
    "date_from_datetime_parsing": _day_wanted,
    "date_from_datetime_inexact": _day_wanted,
    "value_error": _as_record_says,
    "string_pattern_mismatch": _pattern,
}


def _field(detail: Any) -> str:
    """The innermost field of an error's place."""
    return next((str(entry) for entry in reversed(detail["loc"]) if isinstance(entry, str)), "file")


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple | dict):
        return "fields" if isinstance(value, dict) else "a list"
    return quoted(value)


def _model_at(model: type[BaseModel], place: Iterable[str | int]) -> type[BaseModel] | None:
    """The model that a place is a field of."""
    current: type[BaseModel] | None = model
    for entry in place:
        if isinstance(entry, str) and current is not None:
            field = current.model_fields.get(entry)
            current = next(_models(field.annotation), None) if field else None
    return current


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models within an annotation such as `tuple[ListedName, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _literals(annotation: Any) -> list[str]:
    """The words of a `Literal`, possibly optional."""
    words = [a for a in get_args(annotation) if isinstance(a, str)]
    return words or [word for inner in get_args(annotation) for word in _literals(inner)]

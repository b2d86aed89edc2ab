"""What a screening returns: evidence, hits, results. Types only; the code that makes them is elsewhere.

A score is counted in whole points: 1000 points are a score of 1.0. The contributions of a hit's evidence
add up to its points exactly.

>>> Evidence(rule="exact_word", contribution=1000, query=(Span(text="ACME", start=0, end=4),)).query[0].text
'ACME'
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, computed_field, model_validator

from sanctionscreen.records import Kind, ListedName, ListedParty, Listing, Party

#: Points of a score of 1.0.
FULL = 1000


class Value(BaseModel):
    """Base of every value a result is made of: immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Summed(Value):
    """A value that is written with what is worked out of it, and read back without: that is worked out again."""

    @model_validator(mode="before")
    @classmethod
    def _read_back(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {field: value for field, value in given.items() if field not in cls.model_computed_fields}


class Span(Value):
    """A piece of an original text: `original[start:end] == text`."""

    text: str
    start: int
    end: int


class Evidence(Value):
    """One reason for a score.

    Attributes:
        rule: name of the function that found it; its docstring is the published explanation.
        contribution: points it adds to the score, or takes away.
        query, listed: the pieces of both names it speaks of.
        detail: what was compared, in few words ("1 edit", "sound MHMD", "CN against RU").
        source: the standard or publication the rule rests on, if it has one.
    """

    rule: str
    contribution: int
    query: tuple[Span, ...] = ()
    listed: tuple[Span, ...] = ()
    detail: str | None = None
    source: str | None = None


class Comparison(Summed):
    """Two names compared: what `compare` returns."""

    query: str
    listed: str
    points: int
    evidence: tuple[Evidence, ...]
    kind: Kind | None = None
    notes: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def score(self) -> float:
        """From 0 to 1."""
        return self.points / FULL


class Effect(Value):
    """What follows from a listing: see `sanctionscreen.meaning.effects` for the vocabulary.

    `authority` is the law, `citation` the notice that made the entry, and `source` with its date the public
    document that states the effect, at `source_url`.
    """

    effect: str
    list: str
    program: str
    title: str
    binds: str
    jurisdiction: str | None = None
    source: str | None = None
    directions: tuple[str, ...] = ()
    reaches_owned: str | None = None
    since: date | None = None
    until: date | None = None
    in_force: bool
    status: str
    authority: str | None = None
    citation: str | None = None
    source_url: str | None = None
    next_question: str | None = None
    note: str | None = None


class Hit(Summed):
    """A listed party that the screened party may be.

    Attributes:
        listed_party: the whole record.
        matched_name: the name of it that fits best, or None where only an identifier matched.
        points: 0 to 1000.
        evidence: why; the contributions add up to `points`.
        level: `review` where only a weak alias or a part that never stands alone matched, else `alarm`.
        effects: what the listings forbid, in force first.
        agreements, contradictions: how many facts agree and contradict.
        in_force, watch, history: the listings by where they stand on the day asked about.
        merged: why records of several lists are this one party, a sentence each; none where it is one record.
    """

    listed_party: ListedParty
    matched_name: ListedName | None
    points: int
    evidence: tuple[Evidence, ...]
    level: Literal["alarm", "review"]
    agreements: int = 0
    contradictions: int = 0
    effects: tuple[Effect, ...] = ()
    in_force: tuple[Listing, ...] = ()
    watch: tuple[Listing, ...] = ()
    history: tuple[Listing, ...] = ()
    merged: tuple[str, ...] = ()

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def score(self) -> float:
        """From 0 to 1."""
        return self.points / FULL


class ListUsed(Value):
    """A list that took part in a screening: which data, how old, and its fingerprint."""

    id: str
    title: str
    as_of: date
    age_days: int
    stale: bool
    checksum: str
    parties: int
    names: int
    file: str


def any_stale(lists: Iterable[ListUsed]) -> bool:
    """Whether one of these lists is older than its limit: what it does not have proves nothing."""
    return any(one.stale for one in lists)


class NotScreened(Value):
    """Something that did not take part, and why: a result is never clear by accident."""

    what: str
    why: str


class TextHit(Value):
    """A listed name, or a listed address, inside a text: `text[start:end]` is what says it.

    Attributes:
        start, end: where it stands in the text, in characters.
        text: the words that say it.
        about: whether a name or an address is said; an address is a red flag and no identity.
        hit: the listed party, with the score of these words against its name.
    """

    start: int
    end: int
    text: str
    about: Literal["name", "address"]
    hit: Hit


class TextResult(Summed):
    """What a text says of listed parties, and what the answer rests on: no text is clear by accident.

    Attributes:
        as_of: the day the lists were asked about.
        cutoff: from 0 to 1; mentions score at least this.
        characters: how long the text is.
        mentions: in the order of the text; one whose party had nothing in force or on watch on that day has it in
            `hit.history` only.
        lists: what was searched.
        not_screened: what was not, and why.
        warnings: what a reviewer must know of the lists: stale data.
        engine: version of the code and of its weights.
    """

    as_of: date
    cutoff: float
    characters: int
    mentions: tuple[TextHit, ...]
    lists: tuple[ListUsed, ...]
    not_screened: tuple[NotScreened, ...] = ()
    warnings: tuple[str, ...] = ()
    engine: str

    @property
    def counting(self) -> tuple[TextHit, ...]:
        """The mentions of parties with something in force or on watch."""
        return tuple(one for one in self.mentions if one.hit.in_force or one.hit.watch)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def clear(self) -> bool:
        """True only where nothing that counts is mentioned, nothing was left out and no list is stale."""
        return not (self.counting or self.not_screened or any_stale(self.lists))


class PlaceFound(Value):
    """A region with rules of its own that the party asked about names: no list has to name the party for them.

    Attributes:
        field: where it is named: in the party's name, its address or its countries.
        region, title: the region, by its id and in words.
        place: which place of it; the region itself where that is named.
        text: the words that name it.
        effects: what is in force there on the day, with the sources.
    """

    field: Literal["name", "address", "country"]
    region: str
    title: str
    place: str
    text: str
    effects: tuple[Effect, ...]

    @property
    def told(self) -> str:
        """Where the place is named, in words.

        >>> PlaceFound(field="address", region="iran", title="Iran", place="Tehran", text="Tehran", effects=()).told
        'The address names Tehran, Iran'
        """
        return f"The {self.field} names {', '.join(dict.fromkeys((self.place, self.title)))}"


class Disposition(IntEnum):
    """What may happen next, mildest first."""

    CLEAR = 0
    REVIEW = 1
    ESCALATE = 2
    PROHIBITED = 3

    def __str__(self) -> str:
        """The word a policy file uses."""
        return self.name.lower()


def _disposition(value: Any) -> Any:
    words = {str(d): d for d in Disposition}
    if isinstance(value, str) and value not in words:
        raise ValueError(f"{value!r} is none of {', '.join(words)}")
    return words.get(value, value) if isinstance(value, str) else value


#: A disposition that is read from its word and written as it.
Decided = Annotated[Disposition, BeforeValidator(_disposition), PlainSerializer(str)]


class Decision(Value):
    """A disposition with the rule that decided it, for one hit or for a whole result.

    Attributes:
        disposition: what may happen next.
        rule: the policy's rule that decided it; see `sanctionscreen.meaning.policy`.
        why: the reason the policy gives for the rule.
        about: what it was decided about: a party and an effect, a list, or what was left out.
        hits: for a result, the decision on each of its hits, in their order.
    """

    disposition: Decided
    rule: str
    why: str
    about: str
    hits: tuple[Decision, ...] = ()


class ScreeningResult(Summed):
    """Everything one screening found, used and left out.

    `model_dump_json` writes the record to keep, and `ScreeningResult.model_validate_json` reads it back.

    Attributes:
        query: the party asked for.
        as_of: the day the lists were asked about.
        cutoff: from 0 to 1; hits score at least this.
        hits: listed parties, the likeliest first.
        history: parties that match but whose every listing had ended, or not begun, on that day.
        places: regions with rules in force that the party's own name, address or countries name.
        lists: what was searched.
        not_screened: what was not, and why.
        warnings: what a reviewer must know of the lists: stale data.
        notes: what a reviewer must know of what was asked: that the name was cut, an identifier not compared.
        engine: version of the code and of its weights.
        settings: what else decided the result, where it is not the default: the context, and the policy's fingerprint.
        decision: what may happen next by the policy, with the rule that decided it.
    """

    query: Party
    as_of: date
    cutoff: float
    hits: tuple[Hit, ...]
    history: tuple[Hit, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    lists: tuple[ListUsed, ...]
    not_screened: tuple[NotScreened, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    engine: str
    settings: dict[str, Any] = {}
    decision: Decision | None = None

    @property
    def found(self) -> bool:
        """Whether anything was found that counts now."""
        return bool(self.hits or self.places)

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def clear(self) -> bool:
        """True only where nothing was found, nothing was left out and no list is stale."""
        return not (self.found or self.not_screened or any_stale(self.lists))

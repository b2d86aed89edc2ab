"""What to do with a result: clear, review, escalate or prohibited, by a policy that is written down.

A policy is a YAML file: an ordered table of rules that look at the effect, the kind of party, the score and the
facts of each hit, the lists without which nothing is ever clear, and the states of ownership rules that its user has
confirmed. The default, `meaning/tables/policy.yaml`,
is cautious: it clears no hit. The decision names the rule that made it, since examiners ask for documented
thresholds (New York's 3 NYCRR 504.3, in force since 1 January 2017; the Wolfsberg Guidance on Sanctions
Screening of 2019). Information, not legal advice.

>>> policy = load_policy()
>>> policy.version, policy.rules[-1].rule, str(policy.rules[-1].then)
(1, 'everything-else', 'review')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from sanctionscreen.errors import InputError
from sanctionscreen.hits import Decided, Decision, Disposition, Hit, ListUsed, NotScreened, ScreeningResult
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.effect_tables import TABLES, canonical, carried_by, read_table, vocabulary
from sanctionscreen.meaning.folding import key
from sanctionscreen.meaning.ownership_rules import ownership_rules
from sanctionscreen.meaning.reading import read_model
from sanctionscreen.records import Day, Kind, Listing, Party, Record, Text

#: What a rule may look for besides the effects of the tables.
EXTRA_EFFECTS = ("history", "outside_context", "none")

#: The decision where there is nothing to decide about.
CLEAR = Decision(
    disposition=Disposition.CLEAR, rule="no-hit", why="Nothing in force was found, and all was screened.", about=""
)

Score = Annotated[float, Field(ge=0, le=1)]


class PolicyRule(Record):
    """One row of a policy: what it fits, and what then. What it does not ask for always fits.

    A rule with `asked` is a decision that was made about those names: it is for the listed `parties` that it gives by
    their ids, to the day `until`, and only while none of them has a listing that was not looked at: one that began
    after the day `decided`, or one of which no list says when it began, unless its program stands in `programs`. It
    says nothing of a hit by an official identifier, nor of owners.
    """

    rule: Text
    why: Text
    effects: tuple[Text, ...] = ()
    kinds: tuple[Kind, ...] = ()
    levels: tuple[Literal["alarm", "review"], ...] = ()
    score_from: Score = 0.0
    score_below: Score | None = None
    agreements_from: Annotated[int, Field(ge=0)] = 0
    contradictions_up_to: Annotated[int, Field(ge=0)] | None = None
    asked: tuple[Text, ...] = ()
    parties: tuple[Text, ...] = ()
    programs: tuple[Text, ...] = ()
    decided: Day | None = None
    until: Day | None = None
    then: Decided

    @field_validator("effects")
    @classmethod
    def _known(cls, effects: tuple[str, ...]) -> tuple[str, ...]:
        for effect in effects:
            if effect not in vocabulary() and effect not in EXTRA_EFFECTS:
                raise ValueError(f"{effect!r} is no effect: {', '.join((*vocabulary(), *EXTRA_EFFECTS))}")
        return effects

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.asked and not (self.parties and self.decided and self.until):
            raise ValueError(
                "asked: a decision about names needs the ids of listed parties, and the days decided, until"
            )
        return self

    def fits(self, hit: Hit, effect: str, query: Party) -> bool:
        """Tell whether the rule is about this effect of this hit, for the party asked about."""
        return (
            (not self.effects or effect in self.effects)
            and (not self.kinds or hit.listed_party.kind in self.kinds)
            and (not self.levels or hit.level in self.levels)
            and hit.score >= self.score_from
            and (self.score_below is None or hit.score < self.score_below)
            and hit.agreements >= self.agreements_from
            and (self.contradictions_up_to is None or hit.contradictions <= self.contradictions_up_to)
            and (not self.asked or self._is_asked(query, hit))
            and (not self.parties or hit.listed_party.id in self.parties)
        )

    def lapsed(self, hit: Hit, as_of: date) -> str:
        """Why the rule does not hold any more, on the day asked about; blank where it does."""
        if self.until is not None and as_of > self.until:
            return f"it held to {self.until}"
        if self.decided is None:
            return ""
        unseen = (self._unseen(listing, self.decided) for listing in (*hit.in_force, *hit.watch))
        return next(filter(None, unseen), "")

    def _is_asked(self, query: Party, hit: Hit) -> bool:
        """Whether the names decided about are all that a hit rests on: an official identifier is new evidence."""
        by_name = all(one.rule != "same_identifier" for one in hit.evidence)
        return by_name and key(query.name) in map(key, self.asked)

    def _unseen(self, listing: Listing, decided: date) -> str:
        """Why a listing may not be among those that were looked at; blank where it is."""
        day = listing.effective_date or listing.published
        if day is None:
            why = "has no date: name it in `programs` once it is looked at"
            return "" if listing.program in self.programs else f"the listing under {listing.program} {why}"
        return f"the listing under {listing.program} began on {day}, after it" if day > decided else ""


class Policy(Record):
    """A policy file. Its fields are explained in the default one."""

    version: Literal[1]
    extends: Literal["default"] | None = None
    required_lists: tuple[Text, ...] = ()
    missing_list: Decided = Disposition.ESCALATE
    nothing_screened: Decided = Disposition.ESCALATE
    not_screened: Decided = Disposition.REVIEW
    stale_list: Decided = Disposition.REVIEW
    region: Decided = Disposition.ESCALATE
    ownership_rules: dict[Text, Text] = Field(default_factory=dict)
    rules: Annotated[tuple[PolicyRule, ...], Field(min_length=1)]

    @field_validator("ownership_rules")
    @classmethod
    def _known_rules(cls, confirmed: dict[str, str]) -> dict[str, str]:
        try:
            ownership_rules(confirmed)
        except InputError as error:
            raise ValueError(str(error)) from error
        return confirmed

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for field in ("missing_list", "nothing_screened", "not_screened", "stale_list"):
            if getattr(self, field) is Disposition.CLEAR:
                raise ValueError(f"{field}: a result that is not whole is never clear: write review or more")
        names = [rule.rule for rule in self.in_order]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"rules: two rules are called {min(twice)!r}")
        return self

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what it says, however its file is laid out: a record tells by it which policy decided."""
        return sha256(self.model_dump_json().encode("utf-8")).hexdigest()

    @property
    def in_order(self) -> tuple[PolicyRule, ...]:
        """Its rules, and behind them those of the policy that it extends."""
        return (*self.rules, *(_default().rules if self.extends else ()))


@cache
def _default() -> Policy:
    return Policy.model_validate(read_table("policy.yaml"))


def default_text() -> str:
    """The default policy as it is written, to be copied and changed."""
    return (TABLES / "policy.yaml").read_text(encoding="utf-8")


def without_decisions(policy: Policy | None) -> Policy:
    """Give a policy without the decisions about names, which say nothing of others, such as the owners of a party."""
    chosen = policy or _default()
    return chosen.model_copy(update={"rules": tuple(rule for rule in chosen.rules if not rule.asked)})


def load_policy(path: str | Path | None = None) -> Policy:
    """Read a policy file, or the default one.

    Raises:
        InputError: with every fault of the file, one a line.
    """
    return _default() if path is None else read_model(Path(path), Policy)


def missing_lists(policy: Policy, list_ids: Iterable[str]) -> tuple[str, ...]:
    """Give the lists that a policy requires and that are not among the loaded ones.

    >>> policy = load_policy().model_copy(update={"required_lists": ("ofac-sdn", "eu")})
    >>> missing_lists(policy, ["csl"])
    ('eu',)
    """
    if not policy.required_lists:
        return ()
    loaded = frozenset().union(*map(carried_by, list_ids))
    return tuple(name for name in policy.required_lists if canonical(name) not in loaded)


def left_out_lists(policy: Policy | None, used: Iterable[ListUsed]) -> list[NotScreened]:
    """Say it where a list that a policy requires took no part: without it nothing was screened in full."""
    missing = missing_lists(policy, (one.id for one in used)) if policy else ()
    return [NotScreened(what=name, why="the policy requires this list, and it took no part") for name in missing]


def decide(result: ScreeningResult, policy: Policy | None = None, context: Context | None = None) -> Decision:
    """Decide what may happen with a result.

    Args:
        result: of a screening, its hits with their effects.
        policy: the default one if not given.
        context: effects that it does not cover count as `outside_context`.

    Returns:
        The gravest of all decisions, with the decision on each hit.
    """
    chosen = policy or _default()
    hits = tuple(_of_hit(hit, result, chosen, context or Context()) for hit in result.hits)
    candidates = [*_of_whole(result, chosen), *_of_places(result, chosen, context or Context()), *hits]
    gravest = max(candidates, key=lambda decision: decision.disposition, default=CLEAR)
    return gravest.model_copy(update={"hits": hits}) if hits else gravest


def _of_whole(result: ScreeningResult, policy: Policy) -> Iterator[Decision]:
    """Decisions about the screening itself: what took no part, and what is old."""
    required = left_out_lists(policy, result.lists)
    for missing in required:
        yield Decision(
            disposition=policy.missing_list,
            rule="required-list-missing",
            why="The policy requires a list that took no part.",
            about=missing.what,
        )
    if not result.lists:
        yield Decision(
            disposition=policy.nothing_screened,
            rule="nothing-screened",
            why="No list took part.",
            about="lists",
        )
    for left_out in result.not_screened:
        if left_out not in required:
            yield Decision(disposition=policy.not_screened, rule="not-screened", why=left_out.why, about=left_out.what)
    for used in result.lists:
        if used.stale:
            yield Decision(
                disposition=policy.stale_list,
                rule="stale-list",
                why=f"{used.age_days} days old, more than its limit.",
                about=used.id,
            )


def _of_places(result: ScreeningResult, policy: Policy, context: Context) -> Iterator[Decision]:
    """Decisions about regions with rules of their own; outside the context somebody looks, and no more."""
    for one in result.places:
        covered = any(context.covers(effect) for effect in one.effects)
        yield Decision(
            disposition=policy.region if covered else min(policy.region, Disposition.REVIEW),
            rule="region",
            why="The party names a place with rules of its own: somebody has to look.",
            about=f"{one.title}: {one.effects[0].effect}",
        )


def _of_hit(hit: Hit, result: ScreeningResult, policy: Policy, context: Context) -> Decision:
    decisions = [_of_effect(hit, effect, result, policy.in_order) for effect in _effects(hit, context)]
    return max(decisions, key=lambda decision: decision.disposition)


def _effects(hit: Hit, context: Context) -> tuple[str, ...]:
    """The words for what a hit means here, each once."""
    if not hit.effects:
        return ("none",)
    return tuple(dict.fromkeys(_word(e.effect, e.in_force, e.status, context.covers(e)) for e in hit.effects))


def _word(effect: str, in_force: bool, status: str, covered: bool) -> str:
    if effect == "watch" and status == "not_designated":
        return "watch"
    if not in_force:
        return "history"
    return effect if covered else "outside_context"


def _of_effect(hit: Hit, effect: str, result: ScreeningResult, rules: Sequence[PolicyRule]) -> Decision:
    about = f"{hit.listed_party.primary_name}: {effect}"
    lapsed = ""
    for rule in rules:
        if not rule.fits(hit, effect, result.query):
            continue
        why = rule.lapsed(hit, result.as_of)
        if not why:
            return Decision(disposition=rule.then, rule=rule.rule, why=f"{rule.why}{lapsed}", about=about)
        lapsed += f" The rule {rule.rule!r} does not hold: {why}."
    why = f"No rule of the policy fits, and no hit is cleared by silence.{lapsed}"
    return Decision(disposition=Disposition.REVIEW, rule="no-rule-fits", why=why, about=about)

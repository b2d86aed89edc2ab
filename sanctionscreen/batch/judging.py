"""Rows of a table as records of the output: screened, put into words, written as lines.

A `Judge` does it for a chunk of rows at a time, in this process or in a worker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, starmap
from typing import Any, NamedTuple, cast

from sanctionscreen.asking import told
from sanctionscreen.batch.summing import QUOTED, Outcome, Tally, quoted
from sanctionscreen.errors import SanctionScreenError
from sanctionscreen.explaining import sentence
from sanctionscreen.hits import Decision, Hit, ScreeningResult
from sanctionscreen.question import Answer, Question
from sanctionscreen.records import Listing, Party
from sanctionscreen.tabular.rows import Row
from sanctionscreen.tabular.writing import Form
from sanctionscreen.vendors import Columns, to_party

#: Columns of the output, before those of the input.
COLUMNS = (
    "row", "outcome", "disposition", "score", "asked_name", "matched_name", "listed_party", "party_id", "listed_kind",
    "programs", "watch", "history", "effects", "decided_by", "decision", "hit_disposition", "hit_decided_by",
    "hit_decision", "why", "note",
)  # fmt: skip

#: Those of them that are no text.
TYPES = {"row": int, "score": float}


class Chunk(NamedTuple):
    """Some rows, and how far reading had come with them."""

    rows: list[Row]
    position: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to a worker field by field: to pickle row after row takes ten times as long."""
        return _arrived, (self.position, *zip(*self.rows, strict=True))


def _arrived(position: int, *fields: Any) -> Chunk:
    return Chunk(list(starmap(Row, zip(*fields, strict=True))), position)


class Judged(NamedTuple):
    """A row and what came of it.

    Attributes:
        row: as it was read.
        name: the cell that was screened.
        outcome: the gravest of what came of it.
        disposition: what may happen next.
        notes: what a reviewer must know of it.
        result: what was found; of rows for which nothing was, one that they share, and so without the party.
    """

    row: Row
    name: str
    outcome: Outcome
    disposition: str
    notes: tuple[str, ...]
    result: ScreeningResult


@dataclass(frozen=True)
class RowJudge:
    """Screens rows.

    Attributes:
        question: what is asked of the lists.
        fields: which column holds what.
    """

    question: Question
    fields: Columns

    def __call__(self, rows: Sequence[Row]) -> list[Judged]:
        """Screen rows together, which costs less than one by one; whatever is wrong with one, the others go on."""
        try:
            return self._together(rows)
        except (SanctionScreenError, MemoryError):
            raise
        except Exception:  # noqa: BLE001  # `_alone` finds out which row it is
            return [self._alone(row) for row in rows]

    def _together(self, rows: Sequence[Row]) -> list[Judged]:
        faults = [row.unreadable(self.fields.name or "", self._used) for row in rows]
        read = [None if why else to_party(row.cells, self.fields) for row, why in zip(rows, faults, strict=True)]
        answers = iter(self.question.briefly([one[0] for one in read if one]))
        return [
            self._with(row, *one, next(answers)) if one else self._left_out(row, why or "")
            for row, one, why in zip(rows, read, faults, strict=True)
        ]

    @cached_property
    def _used(self) -> frozenset[str]:
        return frozenset(self.fields.used)

    def _alone(self, row: Row) -> Judged:
        try:
            return self._together([row])[0]
        except (SanctionScreenError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001  # a mistake of ours in one row is told, and costs no other row
            return self._left_out(row, f"{type(error).__name__}: {error}: this is a mistake of ours")

    def _with(self, row: Row, party: Party, notes: tuple[str, ...], answer: Answer) -> Judged:
        if isinstance(answer, ScreeningResult):
            places = (place.told for place in answer.places)
            notes = (*notes, *places, *answer.notes, *left_out(answer))
            return Judged(row, party.name, outcome(answer), disposition(answer), notes, answer)
        of_all, decided, left, nothing = self._nothing
        return Judged(row, party.name, of_all, decided, notes + answer + left, nothing)

    @cached_property
    def _nothing(self) -> tuple[Outcome, str, tuple[str, ...], ScreeningResult]:
        """The outcome of a row for which nothing is found, its disposition, what is noted on each, and the result."""
        nothing = self.question.nothing
        return outcome(nothing), disposition(nothing), left_out(nothing), nothing

    def _left_out(self, row: Row, why: str) -> Judged:
        name = row.cells.get(self.fields.name or "", "")
        result = self.question.left_out(Party(name=name), "the row", why)
        return Judged(row, name, "not_screened", disposition(result), (why,), result)


@dataclass(frozen=True)
class Judge:
    """Screens rows and puts what comes of them into lines of the output.

    Attributes:
        rows: screens them.
        form: of the output.
        every_row: whether rows that are clear are written too.
    """

    rows: RowJudge
    form: Form
    every_row: bool

    def __call__(self, chunk: Chunk) -> tuple[bytes, Tally]:
        """Give what is to be written for some rows, and their count."""
        judged = self.rows([row for row in chunk.rows if not row.blank])
        shown = judged if self.every_row else telling(judged)
        make = nested if self.form.nested else flat
        lines = self.form.lines(make(one, *record) for one in shown for record in records(one))
        return lines, tally_of(judged, blank=len(chunk.rows) - len(judged))


def outcome(result: ScreeningResult) -> Outcome:
    """The gravest of a row's outcomes."""
    if result.hits:
        return "alarm" if any(hit.level == "alarm" for hit in result.hits) else "review"
    if result.not_screened:
        return "not_screened"
    if result.places:
        return "review"
    return "history" if result.history else "clear"


def left_out(result: ScreeningResult) -> tuple[str, ...]:
    """What took no part in a screening, in words."""
    return tuple(f"{one.what} was not screened: {one.why}" for one in result.not_screened)


def telling(judged: Sequence[Judged]) -> list[Judged]:
    """The rows that are not clear: no other has hits, history or faults."""
    return [one for one in judged if one.outcome != "clear"]


def tally_of(judged: Sequence[Judged], blank: int) -> Tally:
    """Count rows."""
    shown = telling(judged)
    faults = (one for one in shown if one.outcome == "not_screened")
    return Tally(
        outcomes=Counter([one.outcome for one in judged]),
        dispositions=Counter([one.disposition for one in judged]),
        hits=sum(len(one.result.hits) for one in shown),
        history=sum(len(one.result.history) for one in shown),
        noted=sum(one.outcome == "clear" and bool(one.notes) for one in judged),
        blank=blank,
        faults=[quoted(f"row {one.row.number}: {'; '.join(one.notes)}") for one in islice(faults, QUOTED)],
    )


def disposition(result: ScreeningResult) -> str:
    """What may happen next with a party."""
    return str(cast("Decision", result.decision).disposition)  # a `Question` always decides


def records(one: Judged) -> Iterator[tuple[Outcome, Hit | None, Decision | None]]:
    """A record for each hit; one without a hit where there is none to show."""
    hits, history = one.result.hits, one.result.history
    decisions = one.result.decision.hits if one.result.decision else ()
    yield from ((hit.level, hit, decision) for hit, decision in zip(hits, decisions, strict=True))
    yield from (("history", hit, None) for hit in history)
    if not (hits or history):
        yield one.outcome, None, None


# --- as cells ------------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def input_column(column: str) -> str:
    """What a column of the input is called in the output: no two of them the same, and none as one of the output.

    >>> input_column("vendor"), input_column("row"), input_column("input_row")
    ('vendor', 'input_row', 'input_input_row')
    """
    plain = column
    while plain.startswith("input_"):
        plain = plain.removeprefix("input_")
    return f"input_{column}" if plain in COLUMNS else column


def flat(one: Judged, outcome: Outcome, hit: Hit | None, decision: Decision | None) -> dict[str, Any]:
    """A record as one row of cells."""
    given = {input_column(column): cell for column, cell in one.row.cells.items()}
    return {
        **given,
        "row": one.row.number,
        "outcome": outcome,
        **decision_cells(one.result.decision),
        "asked_name": one.name,
        "note": "; ".join(one.notes),
        **(hit_cells(hit) if hit else {}),
        **({f"hit_{column}": cell for column, cell in decision_cells(decision).items()} if decision else {}),
    }


def decision_cells(decision: Decision | None) -> dict[str, str]:
    """A decision as cells, which are blank where there is none: the rule has one by itself, to filter and count by."""
    if decision is None:
        return dict.fromkeys(("disposition", "decided_by", "decision"), "")
    return {"disposition": str(decision.disposition), "decided_by": decision.rule, "decision": told(decision)}


def hit_cells(hit: Hit) -> dict[str, Any]:
    """A hit as cells."""
    return {
        "score": hit.score,
        "matched_name": hit.matched_name.name if hit.matched_name else "",
        "listed_party": hit.listed_party.primary_name,
        "party_id": hit.listed_party.id,
        "listed_kind": hit.listed_party.kind,
        "programs": "; ".join(programs(hit.in_force)),
        "watch": "; ".join(programs(hit.watch)),
        "history": "; ".join(programs(hit.history)),
        "effects": "; ".join(effects(hit)),
        "why": why(hit),
    }


def programs(listings: Iterable[Listing]) -> list[str]:
    """The programs of listings, each once."""
    return distinct(one.program for one in listings)


def effects(hit: Hit) -> list[str]:
    """What follows from a hit now, each once."""
    return distinct(one.effect for one in hit.effects if one.in_force)


def why(hit: Hit) -> str:
    """The evidence of a hit in sentences, each with its points before it."""
    return " ".join(f"[{one.contribution:+}] {sentence(one)}" for one in hit.evidence)


def distinct(texts: Iterable[str]) -> list[str]:
    """Each text once, in order."""
    return list(dict.fromkeys(texts))


def nested(one: Judged, outcome: Outcome, hit: Hit | None, decision: Decision | None) -> dict[str, Any]:
    """A record with the whole hit."""
    whole = one.result.decision
    return {
        "row": one.row.number,
        "outcome": outcome,
        "disposition": one.disposition,
        "decision": whole.model_dump(mode="json", exclude={"hits"}) if whole else None,
        "asked_name": one.name,
        "note": "; ".join(one.notes),
        "input": dict(one.row.cells),
        "places": [place.model_dump(mode="json", exclude_none=True) for place in one.result.places],
        "hit": hit.model_dump(mode="json", exclude_none=True) if hit else None,
        "hit_decision": decision.model_dump(mode="json", exclude={"hits"}) if decision else None,
    }

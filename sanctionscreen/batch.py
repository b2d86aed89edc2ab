"""A table of vendors in, a table of hits out: a row at a time, in order, in little memory.

Every row has an outcome, and none is clear by accident: a row that cannot be read or has no name that can be compared
stands in the output as `not_screened`, with the reason. A fact that is not understood (a country nobody knows) is
left out of the screening, which then rests on the name alone, and the row says so.

    summary = screen_file(Screener.load(), "vendors.csv", "hits.csv")
    print(summary.alarms, summary.clear, summary.not_screened)

The output has a row for each hit and for each row that was not screened, with the columns of the input behind; `.jsonl`
output holds the whole of each hit. Rows that are clear are counted, and written on request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from sanctionscreen.errors import InputError
from sanctionscreen.explaining import sentence
from sanctionscreen.hits import Hit, ListUsed, ScreeningResult
from sanctionscreen.records import Listing
from sanctionscreen.screening import DEFAULT_CUTOFF, Screener
from sanctionscreen.tabular import Row, Table, kind_of, open_table, write_table
from sanctionscreen.vendors import Columns, to_party

#: Columns of the output, before those of the input.
COLUMNS = (
    "row", "outcome", "score", "asked_name", "matched_name", "listed_party", "party_id", "listed_kind", "programs",
    "watch", "history", "effects", "why", "note",
)  # fmt: skip

#: How many rows that were not screened the summary quotes.
QUOTED = 20

Outcome = Literal["alarm", "review", "not_screened", "history", "clear"]


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """What became of the rows of a table.

    Attributes:
        outcomes: how many rows came to each outcome.
        hits: written, of all rows.
        blank: rows with nothing in them, which are not counted otherwise.
        columns: which field was read from which column.
        faults: why rows were not screened, the first few.
        lists: what was searched.
        warnings: of the lists.
    """

    outcomes: Mapping[Outcome, int]
    hits: int
    blank: int
    columns: Mapping[str, str]
    faults: tuple[str, ...]
    lists: tuple[ListUsed, ...]
    warnings: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows were read, without the header and blank ones."""
        return sum(self.outcomes.values())


class _Judged(NamedTuple):
    """A row and what came of it."""

    row: Row
    name: str
    outcome: Outcome
    hits: tuple[tuple[Outcome, Hit], ...]
    notes: tuple[str, ...]
    result: ScreeningResult | None


def screen_file(
    screener: Screener,
    path: str | Path,
    out: str | Path,
    *,
    columns: Columns | None = None,
    encoding: str = "utf-8",
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    every_row: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> BatchSummary:
    """Screen every row of a table.

    Args:
        screener: the lists.
        path: the table: `.csv`, `.tsv`, `.jsonl`, `.ndjson`, or `.txt` with one name a line.
        out: where hits go: `.csv`, `.tsv`, `.jsonl` or `.ndjson`. It is there as a whole at the end, or not at all.
        columns: which column holds what; what is not given is looked for by the headers.
        encoding: of the table.
        as_of: the day the lists are asked about; today if not given.
        cutoff: the least score of a hit, up to 1.
        every_row: whether rows that are clear are written too.
        progress: called after every row with the bytes read and the size of the table.

    Raises:
        InputError: when the table cannot be read, has no column of names, or the output cannot be written.
    """
    source, target, day = Path(path), Path(out), as_of or date.today()
    if source.absolute() == target.absolute():
        raise InputError(f"{target}: the output would overwrite the table: give another name")
    tally = _Tally()
    with open_table(source, encoding) as table:
        fields = _fields(source, table, columns or Columns())
        form = _nested if kind_of(target) == "json" else _flat
        with write_table(target, (*COLUMNS, *map(_input_column, table.columns))) as write:
            for judged in _judged(screener, tally.read(table.rows), fields, day, cutoff):
                tally.add(judged)
                for record in _records(judged, every_row):
                    write(form(judged, *record))
                if progress:
                    progress(table.position(), table.size)
    return tally.summary(screener.lists(day), fields)


def _fields(source: Path, table: Table, columns: Columns) -> Columns:
    try:
        return columns.found_in(table.columns)
    except InputError as error:
        raise InputError(f"{source}: {error}") from error


def _judged(screener: Screener, rows: Iterator[Row], fields: Columns, day: date, cutoff: float) -> Iterator[_Judged]:
    for row in rows:
        name = row.cells.get(fields.name or "", "")
        if row.fault:
            yield _Judged(row, name, "not_screened", (), (row.fault,), None)
        else:
            party, notes = to_party(row.cells, fields)
            result = screener.screen(party, as_of=day, cutoff=cutoff)
            notes += (*result.notes, *(f"{one.what} was not screened: {one.why}" for one in result.not_screened))
            yield _Judged(row, name, _outcome(result), _hits(result), notes, result)


def _hits(result: ScreeningResult) -> tuple[tuple[Outcome, Hit], ...]:
    return (*((hit.level, hit) for hit in result.hits), *(("history", hit) for hit in result.history))


def _outcome(result: ScreeningResult) -> Outcome:
    """The gravest of a row's outcomes."""
    if result.hits:
        return "alarm" if any(hit.level == "alarm" for hit in result.hits) else "review"
    if result.not_screened:
        return "not_screened"
    return "history" if result.history else "clear"


class _Tally:
    """Counts, while the rows go by."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.hits = self.blank = 0
        self.faults: list[str] = []
        self.warnings: dict[str, None] = {}

    def read(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Pass rows on, without blank ones."""
        for row in rows:
            if row.blank:
                self.blank += 1
            else:
                yield row

    def add(self, judged: _Judged) -> None:
        self.outcomes[judged.outcome] += 1
        self.hits += len(judged.hits)
        if judged.outcome == "not_screened" and len(self.faults) < QUOTED:
            self.faults.append(f"row {judged.row.number}: {'; '.join(judged.notes)}")
        if judged.result:
            self.warnings.update(dict.fromkeys(judged.result.warnings))

    def summary(self, lists: tuple[ListUsed, ...], fields: Columns) -> BatchSummary:
        counts = {outcome: self.outcomes[outcome] for outcome in get_args(Outcome)}
        return BatchSummary(
            counts, self.hits, self.blank, fields.named(), tuple(self.faults), lists, tuple(self.warnings)
        )


# --- what is written -----------------------------------------------------------------------------------


def _records(judged: _Judged, every_row: bool) -> Iterator[tuple[Outcome, Hit | None]]:
    """A record for each hit; one without a hit where there is none to show but something to say."""
    yield from judged.hits
    if not judged.hits and (every_row or judged.outcome != "clear"):
        yield judged.outcome, None


def _input_column(column: str) -> str:
    return f"input_{column}" if column in COLUMNS else column


def _flat(judged: _Judged, outcome: Outcome, hit: Hit | None) -> dict[str, object]:
    """A record as one row of cells."""
    told = {"row": judged.row.number, "outcome": outcome, "asked_name": judged.name, "note": "; ".join(judged.notes)}
    given = {_input_column(column): cell for column, cell in judged.row.cells.items()}
    return {**given, **told, **(_hit_cells(hit) if hit else {})}


def _hit_cells(hit: Hit) -> dict[str, object]:
    effects = [one.effect for one in hit.effects if one.in_force]
    return {
        "score": f"{hit.score:.3f}",
        "matched_name": hit.matched_name.name if hit.matched_name else "",
        "listed_party": hit.listed_party.primary_name,
        "party_id": hit.listed_party.id,
        "listed_kind": hit.listed_party.kind,
        "programs": _programs(hit.in_force),
        "watch": _programs(hit.watch),
        "history": _programs(hit.history),
        "effects": "; ".join(dict.fromkeys(effects)),
        "why": " ".join(f"[{one.contribution:+}] {sentence(one)}" for one in hit.evidence),
    }


def _programs(listings: Iterable[Listing]) -> str:
    return "; ".join(dict.fromkeys(one.program for one in listings))


def _nested(judged: _Judged, outcome: Outcome, hit: Hit | None) -> dict[str, object]:
    """A record with the whole hit."""
    return {
        "row": judged.row.number,
        "outcome": outcome,
        "asked_name": judged.name,
        "note": "; ".join(judged.notes),
        "input": dict(judged.row.cells),
        "hit": hit.model_dump(mode="json", exclude_none=True) if hit else None,
    }

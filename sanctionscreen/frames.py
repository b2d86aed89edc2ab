"""DataFrames screened row by row: pandas, polars or pyarrow in, the same kind out, with columns added.

    from sanctionscreen.frames import screen_frame

    screened = screen_frame(vendors, name="vendor", country="country")
    screened[screened["screening_outcome"] == "alarm"]

Rows stay as they are and where they are. What is added says of each row what came of it and, where something was found,
the likeliest hit; `screen_file` and `Screener.screen` tell all hits. narwhals (https://narwhals-dev.github.io) is what
knows the libraries; it comes with `pip install "sanctionscreen[frames]"`.

>>> import polars
>>> vendors = polars.DataFrame({"vendor": ["Hikvison", "Blue Heron"]})
>>> screen_frame(vendors, as_of=date(2022, 5, 5))["screening_outcome"].to_list()
['alarm', 'clear']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sanctionscreen.batch.judging import Chunk, Judged, RowJudge, decision_cells, hit_cells
from sanctionscreen.errors import InputError
from sanctionscreen.extras import needed
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import Policy
from sanctionscreen.question import DEFAULT_CUTOFF, Question
from sanctionscreen.screening import CHUNK, LARGE, Screener, in_chunks
from sanctionscreen.tabular.rows import Row
from sanctionscreen.tabular.values import odd_of, text_of
from sanctionscreen.vendors import Columns
from sanctionscreen.workers import chosen, in_order

Frame = TypeVar("Frame")

#: What is added, each with `prefix` before it, and its type.
#:
#: | Column | What it says |
#: |---|---|
#: | `outcome` | `alarm`, `review`, `not_screened`, `history` or `clear`, as in the tables of `screen_file` |
#: | `disposition`, `decided_by` | what may happen next by the policy, and the id of the rule that decided it |
#: | `decision` | both in a sentence, with the reason of the rule |
#: | `hits` | how many listed parties it may be |
#: | `score`, `matched_name`, `listed_party`, `party_id`, `listed_kind` | the likeliest of them |
#: | `programs`, `watch`, `history`, `effects`, `why` | what it is listed for, what follows, and the evidence |
#: | `note` | what was not understood, or why the row was not screened |
ADDED: dict[str, type] = {
    "outcome": str, "disposition": str, "decided_by": str, "decision": str, "hits": int, "score": float,
    "matched_name": str, "listed_party": str, "party_id": str, "listed_kind": str, "programs": str, "watch": str,
    "history": str, "effects": str, "why": str, "note": str,
}  # fmt: skip


def screen_frame(
    frame: Frame,
    screener: Screener | None = None,
    *,
    name: str | None = None,
    kind: str | None = None,
    country: str | None = None,
    birth_date: str | None = None,
    address: str | Sequence[str] | None = None,
    reference: str | None = None,
    identifiers: Mapping[str, str] | None = None,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
    policy: Policy | None = None,
    workers: int | None = None,
    prefix: str = "screening_",
) -> Frame:
    """Screen every row of a DataFrame.

    Args:
        frame: of pandas, polars or pyarrow, or of another library that narwhals knows and that holds its rows.
        screener: the lists; those that ship with the package if not given.
        name: the column of names.
        kind: the column of kinds.
        country: the column of countries.
        birth_date: the column of birth dates.
        address: the column of addresses, or several that make one address.
        reference: the column of your references. Columns that are not given are looked for by their headers, as in
            files; see `sanctionscreen.vendors`.
        identifiers: column to type of official identifier.
        as_of: the day the lists are asked about; today if not given.
        cutoff: the least score of a hit, up to 1.
        context: where the user stands and what they do.
        policy: what decides the disposition.
        workers: how many processes share the work; all cores for a frame of more than `LARGE` rows if not given.
        prefix: of the columns that are added; columns of the same name are replaced.

    Returns:
        A frame of the same kind with the same rows in the same order, and the columns of `ADDED`.

    Raises:
        InputError: when it is no frame, is lazy, has two columns of one name, or has no column of names.
        MissingExtraError: without narwhals.
        WorkerError: when a worker is killed.
    """
    narwhals = needed("narwhals", "screening DataFrames", "frames")
    table = _table(narwhals, frame)
    given = Columns(name, kind, country, birth_date, address, reference, identifiers or {})
    fields = given.found_in([column for column in table.columns if isinstance(column, str)])
    lists = (screener or Screener.load()).loaded
    count = chosen(workers, large=len(table) > LARGE)
    with ExitStack() as stack:
        shared = stack.enter_context(lists.shared()) if count > 1 else lists
        task = _Added(RowJudge(Question(shared, as_of, cutoff, context, policy), fields))
        chunks = map(Chunk, in_chunks(_rows(table, fields), CHUNK))
        cells = [row for _, rows in in_order(task, chunks, count) for row in rows]
    types = {str: narwhals.String, int: narwhals.Int64, float: narwhals.Float64}
    home = narwhals.get_native_namespace(table)
    added = (
        narwhals.new_series(f"{prefix}{column}", [row.get(column) for row in cells], types[kind], backend=home)
        for column, kind in ADDED.items()
    )
    screened: Frame = table.with_columns(*added).to_native()
    return screened


def _table(narwhals: Any, frame: object) -> Any:
    try:
        return narwhals.from_native(frame, eager_only=True)
    except TypeError as error:
        lazy = f"{type(frame).__module__}.{type(frame).__qualname__}"
        raise InputError(f"{lazy} is no DataFrame that holds its rows: collect a lazy one first") from error
    except ValueError as error:
        why = " ".join(str(error).split())
        raise InputError(f"no DataFrame whose columns each have a name of their own: rename those ({why})") from error


def _rows(table: Any, fields: Columns) -> Iterator[Row]:
    """Each row with the cells that are asked for."""
    columns = fields.used
    series = [_values(table.get_column(column)) for column in columns]
    for number, values in enumerate(zip(*series, strict=True), 1):
        cells = dict(zip(columns, map(text_of, values), strict=True))
        yield Row(number, cells, None, odd_of(columns, values))


def _values(series: Any) -> Iterator[Any]:
    missing = _missing(series)
    return (None if gone else value for value, gone in zip(series.to_list(), missing, strict=True))


def _missing(series: Any) -> list[bool]:
    """Which values are missing; a decimal NaN that signals makes pandas fail, for which no other value must pay."""
    try:
        return list(series.is_null().to_list())
    except ArithmeticError:
        if len(series) == 1:
            return [True]
        return [missing for place in range(len(series)) for missing in _missing(series[[place]])]


@dataclass(frozen=True)
class _Added:
    """What is added to some rows."""

    rows: RowJudge

    def __call__(self, chunk: Chunk) -> list[dict[str, Any]]:
        return [_cells(one) for one in self.rows(chunk.rows)]


def _cells(one: Judged) -> dict[str, Any]:
    found: Iterable[Any] = (*one.result.hits, *one.result.history)
    best = next(iter(found), None)
    return {
        "outcome": one.outcome,
        **decision_cells(one.result.decision),
        "hits": len(one.result.hits),
        **(hit_cells(best) if best else {}),
        "note": "; ".join(one.notes),
    }

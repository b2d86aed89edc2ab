"""Screen a Spark DataFrame: every row gets its answer as one typed, nested column, on as many machines as there are.

    from sanctionscreen.spark import screen

    answers = screen(vendors, snapshot="us.snapshot", name="vendor", country="country")
    answers.where("screening.outcome <> 'clear'").write.parquet("screened")

The snapshot (`sanctionscreen compile`) goes to every executor once, as a file of the Spark job, or is read where all
of them reach it; each Python worker opens it once, by memory map, and checks that its lists are the driver's. Rows stay
in their partitions and their order, with all their columns. A row with no name that can be compared is answered
`not_screened`, with the reason in `notes`; it fails no job, and is never clear.

Nothing happens before Spark is asked for rows, and all of it happens again whenever it is asked again: write the
answers first, then count. https://spark.apache.org/docs/latest/api/python/tutorial/sql/arrow_pandas.html tells of
`mapInArrow`, on which this rests. This module alone needs pyspark, the extra `spark`.
"""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from pydantic import ValidationError

from sanctionscreen.batch.judging import Judged, RowJudge, distinct, effects, programs, why
from sanctionscreen.errors import InputError, MissingExtraError, SnapshotError
from sanctionscreen.hits import Decision, Hit
from sanctionscreen.loaded import Loaded
from sanctionscreen.meaning.context import Context
from sanctionscreen.meaning.policy import Policy
from sanctionscreen.question import DEFAULT_CUTOFF, Question
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.tabular.rows import Row
from sanctionscreen.vendors import Columns, to_party

try:
    import pyarrow as pa  # type: ignore[import-untyped]  # it has no annotations
    from pyspark import SparkFiles
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import to_arrow_type
    from pyspark.sql.types import ArrayType, DateType, DoubleType, IntegralType, StringType, StructField, StructType
except ImportError as error:
    raise MissingExtraError("sanctionscreen.spark", "spark") from error

__all__ = ["HIT", "SCREENING", "screen"]

_TEXTS = ArrayType(StringType(), containsNull=False)


def _fields(**types: StringType | DoubleType | DateType | ArrayType) -> list[StructField]:
    return [StructField(name, of, nullable=False) for name, of in types.items()]


#: A hit, or a party of that name known from the past. `docs/how-to/screen-on-spark.md` explains the fields.
HIT = StructType(
    [
        *_fields(party_id=StringType(), listed_party=StringType(), listed_kind=StringType()),
        *_fields(score=DoubleType(), level=StringType()),
        StructField("matched_name", StringType()),
        *_fields(lists=_TEXTS, programs=_TEXTS, watch=_TEXTS, history=_TEXTS, effects=_TEXTS),
        StructField("disposition", StringType()),
        StructField("rule", StringType()),
        *_fields(why=StringType()),
    ]
)

#: The answer to a row.
SCREENING = StructType(
    [
        *_fields(outcome=StringType(), disposition=StringType(), rule=StringType()),
        *_fields(hits=ArrayType(HIT, containsNull=False), history=ArrayType(HIT, containsNull=False)),
        *_fields(notes=_TEXTS, warnings=_TEXTS),
        *_fields(as_of=DateType(), fingerprint=StringType(), engine=StringType()),
    ]
)


def screen(
    df: DataFrame,
    *,
    snapshot: str | Path,
    name: str,
    kind: str | None = None,
    country: str | None = None,
    birth_date: str | None = None,
    address: str | Sequence[str] | None = None,
    identifiers: Mapping[str, str] | None = None,
    into: str = "screening",
    ship: bool = True,
    as_of: date | None = None,
    cutoff: float = DEFAULT_CUTOFF,
    context: Context | None = None,
    policy: Policy | None = None,
) -> DataFrame:
    """Give the same DataFrame with one more column, the answer to each row, of the type `SCREENING`.

    Args:
        df: of Spark itself or of Spark Connect; its rows are screened in parallel by partition.
        snapshot: the compiled lists, a file that the driver can read; `dbfs:/` is read at `/dbfs/`.
        name: the column of names. A column used must hold text, whole numbers or dates.
        kind: the column that says person, organization, vessel or aircraft.
        country: the column of countries, in any spelling.
        birth_date: the column of birth dates.
        address: the column of addresses, or several that make one address.
        identifiers: columns of official numbers, each with its type: `{"LEI": "lei"}`.
        into: name of the new column.
        ship: whether Spark carries the snapshot to the executors; else each reads it at the same path.
        as_of: the day the lists are asked about; the day of this call if not given.
        cutoff: the least score of a hit, from 0.5 to 1.
        context: where the user stands and what they do.
        policy: what decides the disposition; the cautious default if not given.

    Raises:
        InputError: when the session has ended, a column is not there or of no use, or a setting is out of range.
        SnapshotError: when the snapshot cannot be read, is damaged or of another version. Where that happens on an
            executor only, the action that asks for rows fails, and Spark's error holds the same line.
    """
    session = _session_of(df)
    columns = Columns(name, kind, country, birth_date, address, identifiers=identifiers or {})
    _must_be_usable(df, columns, into)
    path = _mounted(snapshot)
    lists = Loaded([Snapshot.open(path)])
    settings = {"as_of": as_of or date.today(), "cutoff": cutoff, "context": context, "policy": policy}
    job = _Job(str(path), lists.fingerprint, ship, tuple(df.columns), columns, settings)
    job.try_out(lists)
    if ship:
        _ship(session, path, job.fingerprint)
    schema = StructType([*df.schema.fields, StructField(into, SCREENING, nullable=False)])
    plain = df.toDF(*(f"c{place}" for place in range(len(df.columns))))  # mapInArrow stumbles over "Vendor No."
    try:
        return plain.mapInArrow(job.answer, schema)
    except ImportError as error:  # pyspark asks for pandas here, and does without it on the executors
        raise MissingExtraError("mapInArrow", "spark") from error


# --- on the driver -------------------------------------------------------------------------------------


def _session_of(df: DataFrame) -> Any:
    if not hasattr(df, "mapInArrow"):
        given = f"{type(df).__module__}.{type(df).__name__}"
        raise InputError(f"{given} is no Spark DataFrame; screen_frame of sanctionscreen.frames takes others")
    session: Any = df.sparkSession
    # pyspark has no public way to ask this of a session that is not of Spark Connect.
    ended = session.is_stopped if _by_connect(session) else session.sparkContext._jsc is None
    if ended:
        raise InputError("the Spark session of this DataFrame has ended: start one and read the table again")
    return session


def _by_connect(session: Any) -> bool:
    return type(session).__module__.startswith("pyspark.sql.connect.")


def _must_be_usable(df: DataFrame, columns: Columns, into: str) -> None:
    columns.found_in(df.columns)
    if into.casefold() in map(str.casefold, df.columns):
        raise InputError(f"the table has a column {into!r} already: name another with into=")
    for column in columns.used:
        if df.columns.count(column) > 1:
            raise InputError(f"two columns are called {column!r}: rename one")
        of = df.schema[column].dataType
        if not isinstance(of, (StringType, IntegralType, DateType)):
            raise InputError(f"column {column!r} is {of.simpleString()}: cast it to string first")


def _mounted(snapshot: str | Path) -> Path:
    """Give the path of a file as programs see it; Databricks shows its file system below `/dbfs`."""
    scheme, colon, rest = str(snapshot).partition(":/")
    return Path("/dbfs/" + rest.lstrip("/")) if colon and scheme == "dbfs" else Path(snapshot)


def _ship(session: Any, path: Path, fingerprint: str) -> None:
    """Have Spark carry the snapshot to every executor, under a name that no other edition has."""
    copy = Path(_copies().name) / _shipped_name(fingerprint)
    if not copy.exists():
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            copy.unlink(missing_ok=True)
            raise SnapshotError(f"{path}: cannot be copied to {copy.parent}: {error.strerror}") from error
    if _by_connect(session):
        session.addArtifacts(str(copy), file=True)
    elif not any(Path(one).name == copy.name for one in session.sparkContext.listFiles):
        session.sparkContext.addFile(str(copy))


@cache
def _copies() -> TemporaryDirectory[str]:
    """Where executors that come late find it too: a folder that is there for as long as the program runs."""
    return TemporaryDirectory(prefix="sanctionscreen-")


def _shipped_name(fingerprint: str) -> str:
    return f"{fingerprint[:32]}.snapshot"


# --- in a Python worker --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Job:
    """What a worker is told: where the snapshot is, which columns hold what, and how to screen.

    Attributes:
        path: of the snapshot on the driver, and on the executors too where it is not `shipped`.
        fingerprint: of the lists in it.
        header: the columns of the table, in order.
        settings: arguments of `Question` beside the lists.
    """

    path: str
    fingerprint: str
    shipped: bool
    header: tuple[str, ...]
    columns: Columns
    settings: Mapping[str, Any]

    def answer(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Answer the rows of a partition, batch by batch."""
        path = SparkFiles.get(_shipped_name(self.fingerprint)) if self.shipped else self.path
        try:
            lists = _opened(path, self.fingerprint)
        except SnapshotError as error:
            raise SnapshotError(f"executor {socket.gethostname()}: {error}") from None  # one line, not two tracebacks
        judge = RowJudge(Question(lists, **self.settings), self.columns)
        for batch in batches:
            cells = {column: _texts(batch.column(self.header.index(column))) for column in self.columns.used}
            rows = [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]
            answers = self._answers(judge, rows)
            yield pa.RecordBatch.from_arrays([*batch.columns, answers], [*batch.schema.names, "answer"])

    def try_out(self, lists: Loaded) -> None:
        """Ask about one party here, so that what cannot be asked is told at once and not by an executor."""
        question = Question(lists, **self.settings)
        try:
            question(to_party(dict.fromkeys(self.columns.used, "1"), self.columns)[0])
        except ValidationError as error:
            fault = error.errors()[0]
            raise InputError(f"identifiers: {fault['input']!r}: {fault['msg']}") from error

    def _answers(self, judge: RowJudge, rows: Sequence[Mapping[str, str | None]]) -> pa.Array:
        """The answers as a column; rows for which nothing is found share one, which is laid out once."""
        readable = [Row(0, {column: text or "" for column, text in row.items()}) for row in rows]
        answers: list[dict[str, Any]] = []
        known: dict[object, int] = {}
        places = []
        for number, (row, one) in enumerate(zip(rows, judge(readable), strict=True)):
            notes = (*_unreadable(row), *one.notes)
            key = notes if one.result is judge.question.nothing else number
            if key not in known:
                known[key] = len(answers)
                answers.append({**_told(one, notes), "fingerprint": self.fingerprint})
            places.append(known[key])
        return pa.array(answers, to_arrow_type(SCREENING)).take(pa.array(places, pa.int32()))


@lru_cache(maxsize=2)
def _opened(path: str, fingerprint: str) -> Loaded:
    """Open the snapshot, once a process, and be sure that its lists are the driver's."""
    lists = Loaded([Snapshot.open(path)])
    if lists.fingerprint != fingerprint:
        raise SnapshotError(f"{path}: holds other lists than the driver's: give each edition a file name of its own")
    return lists


def _texts(column: pa.Array) -> list[str | None]:
    """Cells as text: "" where there is nothing, None where Spark holds bytes that are no text."""
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    texts = column if is_text else column.cast(pa.string())
    return [_text(cell) for cell in texts.cast(pa.large_binary()).to_pylist()]


def _text(cell: bytes | None) -> str | None:
    try:
        return (cell or b"").decode("utf-8")
    except UnicodeDecodeError:
        return None


# --- the answer ----------------------------------------------------------------------------------------


def _unreadable(row: Mapping[str, str | None]) -> list[str]:
    return [f"column {column!r} is not UTF-8 and was left out" for column, text in row.items() if text is None]


def _told(judged: Judged, notes: Sequence[str]) -> dict[str, Any]:
    """What came of a row as a value of `SCREENING`, but for the fingerprint."""
    result = judged.result
    decision = cast("Decision", result.decision)  # a `Question` always decides
    decided = decision.hits or (None,) * len(result.hits)
    return {
        "outcome": judged.outcome,
        "disposition": str(decision.disposition),
        "rule": decision.rule,
        "hits": [_hit(hit, one) for hit, one in zip(result.hits, decided, strict=True)],
        "history": [_hit(hit, None) for hit in result.history],
        "notes": list(notes),
        "warnings": list(result.warnings),
        "as_of": result.as_of,
        "engine": result.engine,
    }


def _hit(hit: Hit, decision: Decision | None) -> dict[str, Any]:
    """A hit as a value of `HIT`."""
    return {
        "party_id": hit.listed_party.id,
        "listed_party": hit.listed_party.primary_name,
        "listed_kind": hit.listed_party.kind,
        "score": hit.score,
        "level": hit.level,
        "matched_name": hit.matched_name.name if hit.matched_name else None,
        "lists": distinct(one.list or "" for one in (*hit.in_force, *hit.watch) or hit.history),
        "programs": programs(hit.in_force),
        "watch": programs(hit.watch),
        "history": programs(hit.history),
        "effects": effects(hit),
        "disposition": str(decision.disposition) if decision else None,
        "rule": decision.rule if decision else None,
        "why": why(hit),
    }

"""Screening on Spark: two workers give what one process gives, row for row."""

from __future__ import annotations

import errno
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import to_arrow_type

from sanctionscreen.errors import InputError, MissingExtraError, SnapshotError
from sanctionscreen.hits import Hit, ScreeningResult
from sanctionscreen.meaning.context import Context
from sanctionscreen.names import Name, parse
from sanctionscreen.records import Identifier, Kind, Party
from sanctionscreen.screening import Screener
from sanctionscreen.snapshot import Snapshot
from sanctionscreen.sources.loading import bundled_lists, load_lists
from sanctionscreen.spark import (
    HIT,
    SCREENING,
    _copies,
    _Job,
    _mounted,
    _opened,
    _ship,
    _shipped_name,
    _texts,
    screen,
)
from sanctionscreen.testing import hostile_text
from sanctionscreen.variants import variants
from sanctionscreen.vendors import Columns

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "how-to" / "screen-on-spark.md").read_text(encoding="utf-8")
DAY = date(2022, 5, 20)

LIST = """
header: {id: ours, title: Ours, authority: us, publisher: us, as_of: 2022-05-01, licence: internal,
         stale_after_days: 5, programs: [{id: P, title: P}]}
parties:
- {id: quill, kind: organization, countries: [FR],
   names: [{name: Quillfeather Ltd, type: primary}, {name: Plumebird Lark, quality: weak}],
   identifiers: [{type: lei, value: 5493001KJTIIGC8Y1R12}],
   listings: [{program: P, effective_date: 2020-01-01}]}
- {id: gone, kind: person, names: [{name: Nevermore Starlings, type: primary}], birth_dates: [1962-10-19],
   listings: [{program: P, effective_date: 2010-01-01, end_date: 2011-01-01, status: delisted}]}
"""


def without_java() -> str | None:
    """Why Spark cannot start here, or None."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    needed = "Spark needs Java 17 or later: apt-get install openjdk-17-jre-headless"
    if not java or not Path(java).exists():
        return f"no Java here. {needed}"
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    return None if version and int(version[1]) >= 17 else f"Java is too old. {needed}"


NO_JAVA = without_java()
needs_java = pytest.mark.skipif(NO_JAVA is not None, reason=NO_JAVA or "")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists that ship, and one with a weak name, an identifier and a past."""
    folder = tmp_path_factory.mktemp("lists")
    (folder / "ours.yaml").write_text(LIST, encoding="utf-8")
    Snapshot.of(load_lists([bundled_lists(), folder / "ours.yaml"])).save(folder / "lists.snapshot")
    return folder / "lists.snapshot"


@pytest.fixture(scope="module")
def screener(snapshot: Path) -> Screener:
    return Screener.load(snapshot)


@pytest.fixture(scope="module")
def local() -> Iterator[pytest.MonkeyPatch]:
    """What a Spark of this machine alone needs, and its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        yield patch
        if session := SparkSession.getActiveSession():
            session.stop()


@pytest.fixture
def spark(local: pytest.MonkeyPatch) -> SparkSession:
    """Two workers, with batches so small that every partition has several."""
    builder = SparkSession.builder.master("local[2]").appName("sanctionscreen")
    settings = {"spark.ui.enabled": "false", "spark.sql.execution.arrow.maxRecordsPerBatch": "7"}
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def names(screener: Screener) -> list[str | None]:
    """Names of every outcome, some twice, some hostile; as many as make both workers work."""
    listed = [party.primary_name for party in list(screener.parties())[:40]]
    varied = [one.text for name in listed for one in islice(variants(name, seed=7), 3)]
    odd = [None, "", "  ", "?!", "\x00", "a\u202eb", "=1+1", "😀", "x" * 5_000, "A " * 500, "杭州海康威视", "Хиквижн"]
    ours = ["Quilfeather", "Plumebird Lark", "Nevermore Starlings", "Quillfeather SARL", "Blue Heron Stationery"]
    return [*listed, *varied, *odd, *ours, *listed[:10], *(f"Blue Heron {n} Ltd" for n in range(40))]


def vendors(spark: SparkSession, screener: Screener) -> DataFrame:
    rows = [(name, "France" if n % 3 else None, n) for n, name in enumerate(names(screener))]
    return spark.createDataFrame(rows, "`Vendor No.` string, Land string, n int").repartitionByRange(4, "n")


def told(hit: Hit) -> tuple[Any, ...]:
    return (
        hit.listed_party.id, hit.listed_party.primary_name, hit.listed_party.kind, hit.score, hit.level,
        hit.matched_name.name if hit.matched_name else None, {one.program for one in hit.in_force},
        {one.program for one in hit.watch}, {one.program for one in hit.history},
        {one.effect for one in hit.effects if one.in_force},
    )  # fmt: skip


def answered(row: Any) -> tuple[Any, ...]:
    return (
        row["party_id"], row["listed_party"], row["listed_kind"], row["score"], row["level"], row["matched_name"],
        *({*row[field]} for field in ("programs", "watch", "history", "effects")),
    )  # fmt: skip


def assert_same(row: Any, result: ScreeningResult) -> None:
    """An answer says what the result says."""
    assert result.decision is not None
    assert [answered(hit) for hit in row["hits"]] == [told(hit) for hit in result.hits]
    assert [answered(hit) for hit in row["history"]] == [told(hit) for hit in result.history]
    assert (row["disposition"], row["rule"]) == (str(result.decision.disposition), result.decision.rule)
    decided = [(str(one.disposition), one.rule) for one in result.decision.hits]
    assert [(hit["disposition"], hit["rule"]) for hit in row["hits"]] == decided
    assert (row["outcome"] == "not_screened") == (bool(result.not_screened) and not result.hits)
    assert (row["outcome"] in ("clear", "history")) == (not result.found and not result.not_screened)
    assert (row["warnings"], row["as_of"], row["engine"]) == (list(result.warnings), result.as_of, result.engine)


# --- on Spark ------------------------------------------------------------------------------------------


@needs_java
@pytest.mark.parametrize("ship", [True, False])
def test_two_workers_find_what_one_process_finds_row_for_row(
    spark: SparkSession, screener: Screener, snapshot: Path, ship: bool
) -> None:
    table = vendors(spark, screener)
    answers = screen(table, snapshot=snapshot, name="Vendor No.", country="Land", as_of=DAY, ship=ship)
    rows = answers.collect()
    assert [row[:3] for row in rows] == [tuple(row) for row in table.collect()]
    for row in rows:
        party = Party(name=row["Vendor No."] or "", country="FR" if row["Land"] else None)
        assert_same(row["screening"], screener.screen(party, as_of=DAY))
    assert {row["screening"]["outcome"] for row in rows} == {"alarm", "review", "history", "not_screened", "clear"}
    assert {row["screening"]["fingerprint"] for row in rows} == {screener.loaded.fingerprint}


@needs_java
def test_a_worker_opens_the_snapshot_once(spark: SparkSession, screener: Screener, snapshot: Path) -> None:
    def opened(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            pass
        yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "times": [_opened.cache_info().misses]})

    table = vendors(spark, screener).repartition(8)
    for _ in range(2):
        screen(table, snapshot=snapshot, name="Vendor No.").count()
    counts = spark.range(8, numPartitions=8).mapInArrow(opened, "pid long, times long").collect()
    assert os.getpid() not in {row["pid"] for row in counts}
    assert {row["times"] for row in counts} <= {0, 1, 2}  # shipped, and in place for another test
    assert any(row["times"] for row in counts)


@needs_java
def test_the_column_is_of_the_type_that_is_documented(spark: SparkSession, snapshot: Path) -> None:
    answers = screen(spark.createDataFrame([("x",)], "name string"), snapshot=snapshot, name="name", into="found")
    assert answers.schema["found"].dataType == SCREENING
    assert answers.columns == ["name", "found"]
    tables = [re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE) for part in PAGE.split("**Each hit**")]
    assert tables == [SCREENING.names, HIT.names]


@needs_java
def test_other_columns_come_through_as_they_were(spark: SparkSession, snapshot: Path) -> None:
    schema = (
        "name string, t timestamp, day date, d decimal(10,2), f double, many array<string>, nested struct<a int, b "
        "array<long>>, m map<string,int>, raw binary, yes boolean, name_2 string"
    )
    facts = (datetime(2022, 5, 20, 1, 2, 3), DAY, Decimal("1.50"), 0.1, ["a", None], (1, [2]), {"k": 1})
    row = ("Hikvison", *facts, b"\xff", True, None)
    table = spark.createDataFrame([row, (None,) * len(row)], schema)
    answers = screen(table, snapshot=snapshot, name="name")
    assert answers.drop("screening").collect() == table.collect()
    assert answers.drop("screening").schema == table.schema


@needs_java
def test_bytes_that_are_no_text_fail_no_job(spark: SparkSession, snapshot: Path) -> None:
    table = spark.sql("select cast(X'FF41' as string) as name, 7 as n union all select 'Hikvison', 8")
    bad, good = (row["screening"] for row in screen(table, snapshot=snapshot, name="name").orderBy("n").collect())
    assert (bad["outcome"], bad["disposition"]) == ("not_screened", "review")
    assert bad["notes"][0] == "column 'name' is not UTF-8 and was left out"
    assert good["outcome"] == "alarm"


@needs_java
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (Path.unlink, "not a snapshot that can be opened: No such file or directory"),
        (lambda path: path.write_bytes(path.read_bytes()[:-64]), "damaged"),
        (lambda path: Snapshot.of(()).save(path), "holds other lists than the driver's"),
    ],
    ids=["missing", "truncated", "another"],
)
def test_a_snapshot_that_an_executor_cannot_use_is_one_clear_line(
    spark: SparkSession, snapshot: Path, tmp_path: Path, spoil: Any, told: str
) -> None:
    path = shutil.copy(snapshot, tmp_path / "mounted.snapshot")
    answers = screen(spark.createDataFrame([("x",)], "name string"), snapshot=path, name="name", ship=False)
    spoil(path)
    with pytest.raises(Exception, match="SnapshotError") as caught:
        answers.collect()
    lines = [line for line in str(caught.value).splitlines() if "Error:" in line]
    assert len(lines) == 1
    assert re.fullmatch(
        rf"sanctionscreen\.errors\.SnapshotError: executor \S+: {re.escape(str(path))}: {told}.*", lines[0]
    )


@needs_java
def test_the_snapshot_that_was_shipped_is_used_whatever_becomes_of_the_file(
    spark: SparkSession, snapshot: Path, tmp_path: Path
) -> None:
    path = shutil.copy(snapshot, tmp_path / "mine.snapshot")
    answers = screen(spark.createDataFrame([("Hikvison",)], "name string"), snapshot=path, name="name")
    path.write_bytes(b"")
    assert answers.first()["screening"]["outcome"] == "alarm"


@needs_java
def test_another_edition_in_the_same_place_is_shipped_too(spark: SparkSession, snapshot: Path, tmp_path: Path) -> None:
    path = shutil.copy(snapshot, tmp_path / "mine.snapshot")
    table = spark.createDataFrame([("Quillfeather",)], "name string")
    assert screen(table, snapshot=path, name="name").first()["screening"]["outcome"] == "alarm"
    Snapshot.of(load_lists([bundled_lists()])).save(path)
    assert screen(table, snapshot=path, name="name").first()["screening"]["outcome"] == "clear"


@needs_java
def test_what_the_how_to_page_shows_runs(spark: SparkSession, snapshot: Path, tmp_path: Path) -> None:
    shutil.copy(snapshot, tmp_path / "us.snapshot")
    table = spark.createDataFrame([(1, "Hikvison", "CN"), (2, None, None)], "id int, vendor string, country string")
    table.write.parquet(str(tmp_path / "vendors"))
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert blocks
    room: dict[str, Any] = {"spark": spark}
    for block in blocks:
        # Java keeps the folder that it was started in, so that names of files are made whole.
        code = re.sub(r'"(vendors|screened|us\.snapshot)"', lambda name: repr(str(tmp_path / name[1])), block)
        exec(compile(code, "screen-on-spark.md", "exec"), room)  # noqa: S102  # code of this project's own page
    assert [row["listed_party"] for row in room["hits"].collect()] == [
        "Hangzhou Hikvision Digital Technology Co., Ltd."
    ]
    assert room["open_rows"].count() == 1


def test_the_arithmetic_of_the_page_follows_from_its_figure() -> None:
    figure = re.search(r"^\| \*\*Spark on the same rows.*\*\* \| \*\*([\d,]+)\*\* \|$", PAGE, re.MULTILINE)
    assert figure
    rate = int(figure[1].replace(",", ""))
    rows = re.findall(r"^\| 100,000,000 vendors in .* \| ([\d,]+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    needed = [100_000_000 / 3_600 / hours for hours in (1, 8)]
    assert rows == [(f"{ceil(n):,}", str(ceil(n / rate)), str(ceil(n / rate * 4 / 3))) for n in needed]


BAD = [
    ({"name": "vendr"}, r"no column 'vendr': did you mean 'vendor'\?"),
    ({"name": "amount"}, "column 'amount' is double: cast it to string first"),
    ({"country": "twice"}, "two columns are called 'twice': rename one"),
    ({"into": "VENDOR"}, "the table has a column 'VENDOR' already: name another with into="),
    ({"cutoff": 0.1}, "cutoff 0.1 is out of range"),
    ({"identifiers": {"country": "Tax No"}}, "identifiers: 'Tax No': String should match pattern"),
]


@needs_java
@pytest.mark.parametrize(("given", "told"), BAD)
def test_what_cannot_be_asked_is_told_at_once(
    spark: SparkSession, snapshot: Path, given: dict[str, Any], told: str
) -> None:
    row = [("x", "CN", 0.5, "a", "b")]
    table = spark.createDataFrame(row, "vendor string, country string, amount double, twice string, twice string")
    with pytest.raises(InputError, match=told):
        screen(table, **{"snapshot": snapshot, "name": "vendor", **given})


@needs_java
def test_a_snapshot_that_the_driver_cannot_use_is_told_at_once(spark: SparkSession, tmp_path: Path) -> None:
    table = spark.createDataFrame([("x",)], "name string")
    with pytest.raises(SnapshotError, match="No such file"):
        screen(table, snapshot=tmp_path / "none.snapshot", name="name")
    (tmp_path / "list.yaml").write_text(LIST, encoding="utf-8")
    with pytest.raises(SnapshotError, match="sanctionscreen compile"):
        screen(table, snapshot=tmp_path / "list.yaml", name="name")


@needs_java
def test_a_session_that_has_ended_is_told(spark: SparkSession, snapshot: Path) -> None:
    table = spark.createDataFrame([("x",)], "name string")
    spark.stop()
    with pytest.raises(InputError, match="the Spark session of this DataFrame has ended"):
        screen(table, snapshot=snapshot, name="name")


def test_what_is_no_dataframe_of_spark_is_told(snapshot: Path) -> None:
    with pytest.raises(InputError, match=r"^builtins\.dict is no Spark DataFrame; screen_frame of"):
        screen({"name": ["x"]}, snapshot=snapshot, name="name")  # type: ignore[arg-type]  # that is the test


CONNECTED = """
import sys
from pyspark.sql import SparkSession
from sanctionscreen.errors import InputError
from sanctionscreen.spark import screen
spark = SparkSession.builder.remote("local[2]").getOrCreate()
table = spark.createDataFrame([("Hikvison", 1), (None, 2), ("Blue Heron", 3)], "`Vendor No.` string, n int")
for _ in range(2):
    rows = screen(table, snapshot=sys.argv[1], name="Vendor No.").orderBy("n").select("screening.outcome").collect()
    print(*(row.outcome for row in rows))
spark.stop()
try:
    screen(table, snapshot=sys.argv[1], name="Vendor No.")
except InputError as error:
    print(error)
"""


@needs_java
def test_spark_connect_does_the_same(snapshot: Path, tmp_path: Path, local: pytest.MonkeyPatch) -> None:
    pytest.importorskip("grpc", reason='Spark Connect needs more of pyspark: pip install "pyspark[connect]"')
    command = [sys.executable, "-W", "ignore", "-c", CONNECTED, str(snapshot)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, cwd=tmp_path)
    assert done.stdout.splitlines()[-3:] == [
        "alarm not_screened clear",
        "alarm not_screened clear",
        "the Spark session of this DataFrame has ended: start one and read the table again",
    ], done.stderr


# --- what a worker does, in this process -----------------------------------------------------------------


def job(path: Path, columns: Columns, header: tuple[str, ...], **settings: Any) -> _Job:
    return _Job(str(path), Screener.load(path).loaded.fingerprint, False, header, columns, {"as_of": DAY, **settings})


def answer(job: _Job, table: dict[str, list[Any]]) -> list[dict[str, Any]]:
    batch = pa.RecordBatch.from_pydict(table)
    (out,) = job.answer([batch])
    assert out.columns[:-1] == batch.columns
    assert out.columns[-1].type == to_arrow_type(SCREENING)
    rows: list[dict[str, Any]] = out.columns[-1].to_pylist()
    return rows


@given(texts=st.lists(st.none() | hostile_text() | st.text(), max_size=8))
@settings(max_examples=50)
def test_no_text_fails_a_batch_and_each_is_answered_as_by_the_screener(
    texts: list[str | None], snapshot: Path, screener: Screener
) -> None:
    texts = [text and text.encode("utf-8", "ignore").decode() for text in texts]
    table = pa.array(texts, pa.string())
    rows = answer(job(snapshot, Columns("name"), ("name",)), {"name": table})
    for text, row in zip(texts, rows, strict=True):
        assert_same(row, screener.screen(text or "", as_of=DAY))
        assert row["outcome"] != "clear" or (text or "").strip()


def test_a_mistake_of_ours_in_one_row_costs_no_other(
    snapshot: Path, screener: Screener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(name: str, kind: Kind | None = None) -> Name:
        if name == "Zebedee":
            raise ZeroDivisionError("no")
        return parse(name, kind)

    monkeypatch.setattr("sanctionscreen.loaded.parse", failing)
    named = job(snapshot, Columns("name"), ("name",), cutoff=0.7)
    good, bad, also = answer(named, {"name": ["Quillfeather", "Zebedee", "Plumebird Lark"]})
    assert (good["outcome"], bad["outcome"], also["outcome"]) == ("alarm", "not_screened", "review")
    assert bad["notes"] == ["ZeroDivisionError: no: this is a mistake of ours"]
    assert bad["disposition"] == "review"


def test_every_fact_counts(snapshot: Path, screener: Screener) -> None:
    numbers = {"LEI": "lei", "old LEI": "lei"}
    columns = Columns("name", "kind", "country", "born", ["where", "town"], identifiers=numbers)
    table = {
        "n": [1, 2],
        "name": ["Nevermore Starlings", "Somebody Else"],
        "kind": ["individual", "company"],
        "country": ["Francia", "Freedonia"],
        "born": [date(1962, 10, 19), None],
        "where": ["Rue de la Paix", None],
        "town": ["Paris", None],
        "LEI": [None, "5493001KJTIIGC8Y1R12"],
        "old LEI": [123, None],
    }
    context = Context(jurisdictions=["US"], activities=["buy"])
    past, found = answer(job(snapshot, columns, tuple(table), context=context), table)
    assert (past["outcome"], past["history"][0]["matched_name"]) == ("history", "Nevermore Starlings")
    assert "birth date agrees" in past["history"][0]["why"]
    assert past["history"][0]["disposition"] is None
    assert past["history"][0]["lists"] == ["ours"]
    assert past["warnings"] == ["ours is stale: its data is of 2022-05-01, 19 days before the day asked about"]
    assert found["notes"] == ["country 'Freedonia' is not understood and was left out"]
    number = Identifier(type="lei", value="5493001KJTIIGC8Y1R12")
    party = Party(name="Somebody Else", kind="organization", identifiers=(number,))
    assert_same(found, screener.screen(party, as_of=DAY, context=context))
    assert found["hits"][0]["matched_name"] is None


def test_an_edition_that_is_not_the_drivers_is_refused(snapshot: Path) -> None:
    wrong = _Job(str(snapshot), "0" * 64, False, ("name",), Columns("name"), {"as_of": DAY})
    with pytest.raises(SnapshotError, match=r"^executor \S+: \S+: holds other lists than the driver's: give each .*$"):
        list(wrong.answer([]))


def test_a_full_disk_is_told_and_leaves_nothing(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, copy: Path) -> None:
        copy.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(SnapshotError, match=r"cannot be copied to \S+: No space left on device$"):
        _ship(None, snapshot, "f" * 64)
    assert not (Path(_copies().name) / _shipped_name("f" * 64)).exists()


def test_bytes_that_are_no_text_are_told_from_nothing() -> None:
    assert _texts(pa.array([b"\xffA", None, b"ok"]).view(pa.string())) == [None, "", "ok"]
    assert _texts(pa.array([1, None])) == ["1", ""]


def test_databricks_shows_its_file_system_below_a_folder() -> None:
    assert _mounted("dbfs:/lists/us.snapshot") == Path("/dbfs/lists/us.snapshot")
    assert _mounted("/Volumes/main/lists/us.snapshot") == Path("/Volumes/main/lists/us.snapshot")


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    spec = importlib.util.spec_from_file_location("sanctionscreen_spark_anew", ROOT / "sanctionscreen" / "spark.py")
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(MissingExtraError, match=r'pip install "sanctionscreen\[spark\]"'):
        spec.loader.exec_module(importlib.util.module_from_spec(spec))

"""The index loses nothing: its hits are those of scoring every name."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_names import KINDS, LISTED_NAMES, WORDS, ask, disturbed, hits, index_of, near

from sanctionscreen.hits import FULL
from sanctionscreen.matching import building, sharing, spelling, weights
from sanctionscreen.matching.building import build
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.prepared import PreparedName, prepare
from sanctionscreen.matching.scoring import score
from sanctionscreen.matching.words import key_hash
from sanctionscreen.names import MAX_LENGTH, MAX_TOKENS, parse
from sanctionscreen.records import Kind
from sanctionscreen.sources.loading import bundled_lists, load_lists

KNOWN_HASH = 0xBFA86EDF


@settings(max_examples=400)
@given(st.data())
def test_the_index_finds_what_brute_force_finds(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    kinds = [data.draw(KINDS) for _ in names]
    index = index_of(names, kinds, data.draw(st.sets(st.sampled_from(names))))
    query, kind = data.draw(near(names)), data.draw(KINDS)
    for cutoff in (weights.LOWEST_CUTOFF, weights.CUTOFF, 900):
        expected = ask(index, query, cutoff, brute=True, kind=kind)
        assert ask(index, query, cutoff, kind=kind) == expected
        for points in {found.score.points for found in expected}:  # a tie with the cutoff is a hit
            tied = [found for found in expected if found.score.points >= points]
            assert ask(index, query, points, kind=kind) == tied


@pytest.fixture(scope="module")
def bundled_names() -> list[tuple[str, Kind]]:
    parties = [party for loaded in load_lists([bundled_lists()]) for party in loaded.parties]
    return [(name.name, party.kind) for party in parties for name in party.names]


@settings(max_examples=200)
@given(st.data())
def test_the_index_finds_what_brute_force_finds_beside_brands(data: st.DataObject) -> None:
    brands = ["Hikvision", "Hytera Ltd", "ZTE", "Sense Time", "海康威视", "Star"]
    beside = [
        *("mobilfunk", "cameras", "security", "Deutschland", "GmbH", "Hangzhou", "jorvex", "hikvison", "摄像机"),
        *("hik", "vision", "group", "India", "Рус", "Хиквижн", "OOO", "la"),
    ]
    names = [*brands, "Hangzhou Hikvision Digital"]
    index = index_of(names, [data.draw(KINDS) for _ in names], data.draw(st.sets(st.sampled_from(brands))))
    words = data.draw(st.lists(st.sampled_from(beside), max_size=4))
    query = " ".join(data.draw(st.permutations([*words, data.draw(near(brands))])))
    kind = data.draw(KINDS)
    every = ask(index, query, weights.LOWEST_CUTOFF, brute=True, kind=kind)
    points = {found.score.points for found in every}
    for cutoff in {weights.LOWEST_CUTOFF, weights.CUTOFF, *points, *[one + 1 for one in points if one < FULL]}:
        assert ask(index, query, cutoff, kind=kind) == [found for found in every if found.score.points >= cutoff]


@settings(max_examples=120, deadline=None)
@given(seed=st.integers(0, 1_000_000))
def test_the_index_finds_what_brute_force_finds_of_disturbed_names(
    bundled_names: list[tuple[str, Kind]], seed: int
) -> None:
    random = Random(seed)
    some = random.sample(bundled_names, 25)
    texts = [text for text, _ in some]
    names = [*texts, *[disturbed(text, texts, random) for text in texts * 2]]
    kinds = [kind for _, kind in some] * 3
    some_kinds = [random.choice([kind, "person", None]) for kind in kinds]
    index = index_of(names, some_kinds, random.sample(names, 25))
    queries = [
        prepare(parse(disturbed(random.choice(names), texts, random), random.choice([None, "person"])))
        for _ in range(5)
    ]
    for query in queries:
        every = index.scan(query, weights.LOWEST_CUTOFF)
        tied = {found.score.points for found in every}
        for cutoff in {500, 519, 520, 521, 600, 700, 800, 900, 1000, *tied}:
            assert index.search(query, cutoff) == [found for found in every if found.score.points >= cutoff]
    assert list(index.search_many(queries, weights.CUTOFF)) == [index.scan(query, weights.CUTOFF) for query in queries]


@pytest.mark.parametrize(
    ("query", "listed", "kind"),
    [
        ("Ronald W.Wiseman", "Ronald W. W.", "person"),
        ("Fresh Air F. House Karachi", "F u. Air F. Karachi", None),
        ("Rim Group Investments I Corp.", "Rim Group I. Nts I Corpi", "organization"),
    ],
)
@pytest.mark.parametrize("few", [0, 100_000], ids=["in arrays", "one by one"])
def test_a_listed_initial_is_one_initial_of_the_query_and_begins_another_word(
    query: str, listed: str, kind: Kind | None, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "FEW", few)
    index = index_of([listed], [kind])
    (expected,) = hits(index, query, weights.LOWEST_CUTOFF, brute=True, kind=kind)
    for cutoff in (weights.LOWEST_CUTOFF, 521, expected[1]):
        assert hits(index, query, cutoff, kind=kind) == [expected]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("O. olgaone green", "olga one"),  # "O." may be "Olga", which is a part of "olgaone" here
        ("O. olgaone dubai", "olga one ltd"),
        ("jorvex wolf", "jorv ex"),
        ("jorvex port wolf", "jorv ex"),
        ("B. braskstar xian", "brask star ltd"),
        ("hik vision europe", "hikvision"),
        ("hikvision europe", "hik vision"),
        ("hik vision hikvision", "hikvision hik vision"),
        ("hikvision hikvision", "hik vision hik vision"),
        ("cloud la zurnaya ooo group gmbh", "lazurnaya ooo"),
        ("hik vision cameras gmbh", "hikvision"),
    ],
)
@pytest.mark.parametrize("few", [0, 100_000], ids=["in arrays", "one by one"])
def test_words_run_together_on_one_side_are_found(
    query: str, listed: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "FEW", few)
    kind: Kind = "person" if query[1] == "." else "organization"
    index = index_of([listed], [kind])
    expected = hits(index, query, weights.LOWEST_CUTOFF, brute=True, kind=kind)
    assert expected
    for cutoff in (weights.LOWEST_CUTOFF, expected[0][1]):
        assert hits(index, query, cutoff, kind=kind) == expected


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("prohibits completed Ltd", "prohicits completbd"),  # common words, misspelt in the list: there they weigh more
        ("unaffected affected mirkon Ltd", "unafoected aufected mirkon"),
        ("deleting estimated mirkon blue Ltd", "deceting estimdted mirkon blue jorven"),
    ],
)
def test_names_of_another_kind_than_guessed_are_found(query: str, listed: str) -> None:
    index = index_of([listed], ["vessel"])
    (expected,) = ask(index, query, weights.LOWEST_CUTOFF, brute=True)
    assert "other_kind_guessed" in {part.rule for part in expected.score.parts}
    for cutoff in (weights.LOWEST_CUTOFF, expected.score.points):
        assert ask(index, query, cutoff) == [expected]


@pytest.mark.parametrize("before", range(16))
def test_of_readings_that_fit_alike_the_first_counts(before: int) -> None:
    index = index_of([*(f"zqx{number}" for number in range(before)), "김정은"])
    query = prepare(parse("kim"))
    expected = index.scan(query, weights.LOWEST_CUTOFF)
    assert expected
    assert index.search(query, weights.LOWEST_CUTOFF) == expected


@pytest.mark.parametrize("few", [0, 100_000], ids=["in arrays", "one by one"])
@pytest.mark.parametrize("together", [1, 2, 40])
@settings(max_examples=25)
@given(data=st.data())
def test_names_searched_together_find_what_brute_force_finds(few: int, together: int, data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    kinds = [data.draw(KINDS) for _ in names]
    index, seed = index_of(names, kinds), data.draw(st.integers(0, 1_000_000))
    some = [data.draw(near(names)) for _ in range(3)]
    queries = [prepare(parse(Random(seed + i).choice([*some, *WORDS]))) for i in range(together)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharing, "FEW", few)
        patch.setattr(sharing, "_ONE_BY_ONE", few)
        patch.setattr(spelling, "PASSED", few)
        for cutoff in (weights.LOWEST_CUTOFF, weights.CUTOFF, 1000):
            index.forget()
            found = list(index.search_many(queries, cutoff))
            assert found == [index.scan(query, cutoff) for query in queries]


@settings(max_examples=60)
@given(LISTED_NAMES, st.data())
def test_misspellings_that_are_not_stored_are_found(names: list[str], data: st.DataObject) -> None:
    queries = [data.draw(near(names)) for _ in range(3)]
    every = index_of(names)
    stored = [hits(every, query, weights.CUTOFF, brute=False) for query in queries]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "MOST_COMPARED", 0)
        index = index_of(names)
    assert len(index.arrays["near_term"]) <= len(every.arrays["near_term"])
    assert [hits(index, query, weights.CUTOFF, brute=False) for query in queries] == stored


@settings(max_examples=60)
@given(st.data())
def test_names_searched_together_find_what_each_finds_alone(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    index, queries = (
        index_of(names),
        [prepare(parse(data.draw(near(names)))) for _ in range(data.draw(st.integers(0, 5)))],
    )
    together = [[(f.party, f.score.parts) for f in found] for found in index.search_many(queries, weights.CUTOFF)]
    index.forget()
    alone = [[(f.party, f.score.parts) for f in index.search(query, weights.CUTOFF)] for query in queries]
    assert together == alone


def test_a_name_of_several_parties_is_found_for_each_in_the_order_of_the_list() -> None:
    acme = prepare(parse("Acme Robotics Ltd", "organization"))
    bearers = [(7, 0), (2, 3), (2, 1), (5, 0)]
    names = [(acme, *bearers[0]), (prepare(parse("Hikvision")), 4, 0), *((acme, *each) for each in bearers[1:])]
    index = Index.of(names)
    assert len(index) == 2
    for find in (index.search, index.scan):
        assert [(one.party, one.number) for one in find(acme, weights.CUTOFF)] == sorted(bearers)


@pytest.mark.parametrize(
    ("one", "other", "stored"),
    [
        (("Acme Ltd", None), ("Acme Ltd", None), 1),
        (("Acme Ltd", None), ("ACME ltd", None), 1),  # read alike; the original is in the record
        (("Acme Ltd", None), ("Acme  Ltd", None), 2),  # the words stand elsewhere
        (("Acme Ltd", None), ("Acme Ltd.", None), 1),
        (("Acme Ltd", None), ("Acme, Ltd", None), 2),
        (("Acme Ltd", "organization"), ("Acme Ltd", "vessel"), 2),
        (("Hikvision", None), ("Hikv1sion", None), 2),  # a disguise was undone
    ],
)
def test_names_are_stored_once_where_nothing_tells_them_apart(
    one: tuple[str, Kind | None], other: tuple[str, Kind | None], stored: int
) -> None:
    index = Index.of((prepare(parse(*name)), party, 0) for party, name in enumerate((one, other)))
    assert len(index) == stored
    query = prepare(parse(*one))
    found = index.search(query, weights.LOWEST_CUTOFF)
    assert [hit.party for hit in found] == [0, 1]
    assert found == index.scan(query, weights.LOWEST_CUTOFF)
    for hit, name in zip(found, (one, other), strict=True):  # as if each were stored by itself
        alone = score(query, prepare(parse(*name)))
        assert alone
        assert hit.score.parts == alone.parts


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 9), st.integers(0, 9)), max_size=20, unique=True))
def test_every_bearer_of_every_name_is_found(rows: list[tuple[str, int, int]]) -> None:
    index = Index.of((prepare(parse(word)), party, number) for word, party, number in rows)
    assert len(index) <= len({word for word, _, _ in rows})
    for word in {word for word, _, _ in rows}:
        bearers = [(found.party, found.number) for found in ask(index, word, 1000)]
        assert bearers == sorted(bearers)
        assert set(bearers) >= {(party, number) for own, party, number in rows if own == word}


def test_a_name_of_words_near_a_thousand_others_is_bounded_and_says_so() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = dict.fromkeys(f"jor{a}k{b}l" for a in letters for b in letters)
    words.update(dict.fromkeys(f"jo{a}ak{b}l" for a in letters for b in letters))
    index = index_of(list(words))
    assert all(index.effort(prepare(parse(word)), weights.CUTOFF).compared > 1000 for word in ("jorakal", "jorakbl"))
    query = prepare(parse(" ".join(f"jor{letters[i % 26]}k{letters[i // 26 % 26]}l" for i in range(10_000))))
    said = " ".join(query.name.notes)
    assert str(MAX_LENGTH) in said
    assert str(MAX_TOKENS) in said
    assert index.effort(query, weights.LOWEST_CUTOFF).words <= MAX_TOKENS
    both = index_of([*words, " ".join(list(words)[:MAX_TOKENS])])
    found = both.search(query, weights.LOWEST_CUTOFF)
    assert found
    assert found == both.scan(query, weights.LOWEST_CUTOFF)


def sdn_names(shared: Path) -> list[tuple[str, Kind | None]]:
    """Every primary name and alias of the 2021 SDN list, read without the importer."""
    folder, kinds = shared / "data" / "ofac" / "2021-07-07", {}
    found: list[tuple[str, Kind | None]] = []
    with (folder / "sdn.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 2:
                known: dict[str, Kind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
                kinds[row[0]] = known.get(row[2].strip(), "organization")
                found.append((row[1], kinds[row[0]]))
    with (folder / "alt.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        found += [(row[3], kinds[row[0]]) for row in csv.reader(file) if len(row) > 3]
    return found


def csl_names(shared: Path) -> list[tuple[str, Kind | None]]:
    """Every name and alternative name of the Consolidated Screening List of 2022, read without the importer."""
    path = shared / "data" / "csl" / "2022-05-16" / "consolidated.csv.gz"
    if not path.is_file():
        pytest.skip("the Consolidated Screening List of 2022-05-16 is not among the real lists")
    kinds: dict[str, Kind] = {
        "Individual": "person",
        "Entity": "organization",
        "Vessel": "vessel",
        "Aircraft": "aircraft",
    }
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["name"], row["alt_names"], kinds.get(row["type"])) for row in csv.DictReader(file)]
    every = [(text.strip(), kind) for name, more, kind in rows for text in (name, *more.split(";"))]
    return [(text, kind) for text, kind in every if text]


Listed = tuple[list[tuple[str, Kind | None]], list[PreparedName], Index]


@pytest.fixture(scope="module")
def listed(shared: Path) -> Listed:
    """The distinct names of both lists, prepared, and their index."""
    names = list(dict.fromkeys([*sdn_names(shared), *csl_names(shared)]))
    prepared = [prepare(parse(name, kind)) for name, kind in names]
    return names, prepared, Index.of((name, number, 0) for number, name in enumerate(prepared))


#: Brute force takes about two seconds a query on the 33,000 names of both lists: so many queries make half a minute.
ASKED = 11


def test_nothing_of_the_whole_lists_is_lost(listed: Listed, shared: Path) -> None:
    _, names, index = listed
    with (shared / "benchmarks" / "ofac_perturbed_queries.csv").open(encoding="utf-8", newline="") as file:
        sampled = Random(20).sample([row["query"] for row in csv.DictReader(file)], ASKED)
    texts = [*sampled, "بن سلمان", "J. Smith", "General Trading Company Ltd", "Hik Vision Hangzhou"]
    queries = [prepare(parse(text)) for text in texts]
    scores = [
        [(number, found.points) for number, name in enumerate(names) if (found := score(query, name))]
        for query in queries
    ]
    for cutoff in (weights.LOWEST_CUTOFF, weights.CUTOFF, 850):
        found = [[(hit.party, hit.score.points) for hit in hits] for hits in index.search_many(queries, cutoff)]
        assert found == [[(n, p) for n, p in own if p >= cutoff] for own in scores]
    for query, own in zip(queries, scores, strict=True):
        for cutoff in {points for _, points in own if points >= weights.LOWEST_CUTOFF}:  # a tie is a hit
            tied = [(hit.party, hit.score.points) for hit in index.search(query, cutoff)]
            assert tied == [(n, p) for n, p in own if p >= cutoff]


def test_every_listed_name_finds_itself(listed: Listed) -> None:
    names, _, index = listed
    for number, (name, kind) in enumerate(names):
        if number % 23 == 0:
            assert (number, 1000) in hits(index, name, 1000, kind=kind)


def test_the_arrays_are_the_same_on_every_run() -> None:
    names = [(prepare(parse(n)), i, 0) for i, n in enumerate(["Acme Ltd", "海康威视", "Ivan Ivanov", "...", ""])]
    (one, tables), (other, same) = build(names), build(names)
    assert tables == same
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[key], other[key]) for key in one)
    assert key_hash("=Latn:acme") == KNOWN_HASH  # snapshots are read on other machines


@pytest.mark.parametrize("length", [250, 254, 256, 300])
def test_words_of_any_length_are_found(length: int) -> None:
    index = index_of(["x" * length, "x" * (length + 2), "y" * length])
    for query in ("x" * length, "x" * (length - 1) + "z"):
        expected = hits(index, query, weights.CUTOFF, brute=True)
        assert expected
        assert hits(index, query, weights.CUTOFF) == expected


def test_an_empty_list_has_no_hits() -> None:
    assert index_of([]).search(prepare(parse("Acme")), weights.CUTOFF) == []

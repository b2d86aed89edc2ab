"""All that is alike but by its spelling is found by a key; runs of words, wholes and acronyms by keys of their own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matching_names import LISTED_NAMES, ask, hits, index_of, near

from sanctionscreen.matching import weights
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.keys import Keys
from sanctionscreen.matching.prepared import Prepared, prepare
from sanctionscreen.matching.scoring import acronym_points
from sanctionscreen.matching.similarity import alike
from sanctionscreen.matching.vocabulary import Similar
from sanctionscreen.matching.words import Word, bare_key, is_consonants, key_hash
from sanctionscreen.names import parse
from sanctionscreen.names.name import Role

HASHES = st.integers(0, 0xFFFFFFFF) | st.sampled_from([0, 1, 0xFFFFFFFE, 0xFFFFFFFF])


@given(st.lists(HASHES, max_size=20), st.lists(HASHES, max_size=20))
def test_only_hashes_that_something_is_found_by_have_a_place(known: list[int], asked: list[int]) -> None:
    rows = sorted(set(known))
    count = len(rows)
    keys = Keys(
        {
            "key_hash": np.array([*rows, 0xFFFFFFFF], np.uint32),
            "key_offset": np.array([*range(count + 1), count], np.uint32),
            "key_term": np.arange(count, dtype=np.int32),
            "key_least": np.arange(100, 101 + count, dtype=np.uint16),
            "whole_offset": np.array([*range(count + 1), count], np.uint32),
            "whole_reading": np.arange(count, dtype=np.int32),
            "whole_mass": np.arange(count, dtype=np.uint16),
        }
    )
    ours = {one: row for row, one in enumerate(rows)}
    last = {0xFFFFFFFF: count}  # stands for all that are not there, and has nothing
    assert last | keys.places([*asked, *rows, *rows]) == last | ours
    assert last | keys.places(asked) == last | {one: ours[one] for one in asked if one in ours}
    assert (keys.terms(count)[1], keys.wholes(count)) == ([], [])
    for row in range(count):
        assert keys.terms(row) == (100 + row, [row])
        assert keys.wholes(row) == [(row, row)]


def similar_to(index: Index, word: Word) -> Similar:
    """What a word may stand for, looked up by itself."""
    hashes = index.vocabulary.hashes(word)
    (similar,) = index.vocabulary.similar([index._found(word, hashes, index._keys.places(hashes))])
    return similar


@settings(max_examples=200)
@given(st.data())
def test_every_listed_word_that_a_word_is_like_is_found_at_no_more_than_it_costs(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    index = index_of(names)
    terms = [index.stored._read_word(term) for term in range(len(index.arrays["term_mass"]))]
    for one in prepare(parse(data.draw(near(names)))).readings:
        for word in one.words:
            similar = similar_to(index, word)
            for term, listed in enumerate(terms):
                finding = alike(word, listed) if listed.script == one.script else None
                if finding is None:
                    continue
                if finding.rule == "initial" and word.role is Role.INITIAL:
                    assert index.arrays["term_first"][term] == ord(word.text)  # found by its first letter
                    continue
                assert similar.costs[term] <= finding.cost
                assert finding.rule == "initial" or term in similar.telling


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("نصرت خان", "Nusrat Khan"),
        ("نصرت", "Nusrat"),
        ("بنيمين سلمان", "Binyamin Salman"),
        ("بوتن", "Putin"),
        ("ליברמן", "Liberman"),
        ("זלמן שטרן", "Zalman Shtern"),
    ],
)
def test_names_of_which_only_consonants_are_written_are_found_both_ways(written: str, spelt: str) -> None:
    for listed, query in ((written, spelt), (spelt, written)):
        index = index_of(["Acme Robotics", listed, "Lakeside Bakery"])
        (expected,) = ask(index, query, weights.LOWEST_CUTOFF, brute=True)
        assert {"same_consonants", "heard_alike"} & {part.rule for part in expected.score.parts}
        for cutoff in (weights.LOWEST_CUTOFF, expected.score.points):
            assert ask(index, query, cutoff) == [expected]
        assert ask(index, query, expected.score.points + 1) == []


def test_a_word_with_vowels_is_not_looked_for_by_consonants_among_others_with_vowels() -> None:
    vocabulary = index_of(["Putin"]).vocabulary
    (spelt,) = prepare(parse("Nusrat")).readings[0].words
    written = next(word for one in prepare(parse("نصرت")).readings for word in one.words if word.skeleton)
    (key,) = {key for key in spelt.keys & written.keys if is_consonants(key)}
    assert key_hash(key) not in vocabulary.hashes(spelt)
    assert key_hash(bare_key(key)) in vocabulary.hashes(spelt)
    assert key_hash(key) in vocabulary.hashes(written)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Hikvision", "Hik Vision"),
        ("Hik Vision", "Hikvision"),
        ("Hikvision Europe BV", "Hik Vision Technology Europe BV"),
        ("Hik Vision Europe BV", "Hikvision Europe BV"),
        ("Abd Al Rahman Ivanov", "Abdalrahman Ivanov"),
        ("Abdulrahmanyar", "Abdul Rahman Yar"),
        ("J. Janedoe", "Jane Doe"),
        ("Starline Jorvex", "Star Line Jorv Ex"),
    ],
)
def test_runs_of_words_are_found(query: str, listed: str) -> None:
    index = index_of(["Acme Robotics", listed, "Lakeside Bakery"])
    expected = hits(index, query, weights.LOWEST_CUTOFF, brute=True)
    assert [party for party, _ in expected] == [1]
    for cutoff in (weights.LOWEST_CUTOFF, expected[0][1]):
        assert hits(index, query, cutoff) == expected
        first, _ = index.search_many([prepare(parse(text)) for text in (query, listed)], cutoff)
        assert [(one.party, one.score.points) for one in first] == expected


WRITTEN_OUT = {
    3: "Zhongxing Telecommunication Equipment",
    4: "Semiconductor Manufacturing International Corporation",
    5: "Aviation Industry Development Research Center",
}


@pytest.mark.parametrize("letters", WRITTEN_OUT)
@pytest.mark.parametrize("written", [str.upper, str.capitalize, str.lower])
@pytest.mark.parametrize("short_listed", [False, True])
def test_acronyms_are_found_at_every_cutoff_that_they_reach(
    letters: int, written: Callable[[str], str], short_listed: bool
) -> None:
    spelt = WRITTEN_OUT[letters]
    short = written("".join(word[0] for word in spelt.split()))
    query, listed = (spelt, short) if short_listed else (short, spelt)
    index = index_of(["Acme Robotics", listed])
    points = acronym_points(letters, short_listed=short_listed, as_word=not short_listed and short.istitle())
    assert hits(index, query, weights.LOWEST_CUTOFF, brute=True) == [(1, points)]
    for cutoff in (weights.LOWEST_CUTOFF, 600, points - 1, points, points + 1, weights.CUTOFF, 1000):
        assert hits(index, query, cutoff) == ([(1, points)] if points >= cutoff else [])


def test_the_vocabulary_forgets() -> None:
    index = index_of(["Hikvision"])
    query = prepare(parse("Hikvison")).readings
    index.search(prepare(parse("Hikvison")), weights.CUTOFF)
    assert index.vocabulary.known(query)[1] == []
    index.forget()
    assert [word.text for word in index.vocabulary.known(query)[1]] == ["hikvison"]


def test_the_vocabulary_remembers_only_so_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanctionscreen.matching.vocabulary.REMEMBERED", 2)
    index = index_of(["Hikvision", "Huawei"])
    for text in ("Hikvison", "Huawei Ltd", "Hikvision BV"):
        expected = hits(index, text, weights.LOWEST_CUTOFF, brute=True)
        assert expected
        assert hits(index, text, weights.LOWEST_CUTOFF) == expected
    assert len(index.vocabulary._seen) <= 2


def test_a_word_and_what_is_worked_out_of_a_reading_say_what_they_are() -> None:
    (one,) = prepare(parse("Hikvision")).readings
    assert [repr(word) for word in one.words] == ["Word('hikvision', word)"]
    assert Prepared.mass.__doc__ == "What all words together count."
    assert one.mass == one.words[0].mass

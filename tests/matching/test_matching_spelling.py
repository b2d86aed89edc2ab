"""Misspellings are found by masks that rule out nothing that counting edits would find."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matching_names import LISTED_NAMES, WORDS, index_of, near
from rapidfuzz.distance import OSA

from sanctionscreen.matching import spelling, weights
from sanctionscreen.matching.deletions import left_of
from sanctionscreen.matching.index import Index
from sanctionscreen.matching.layout import spelt_group
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.matching.similarity import typo
from sanctionscreen.matching.spelling import Spelling
from sanctionscreen.matching.stored import StoredNames
from sanctionscreen.matching.texts import Texts
from sanctionscreen.matching.vocabulary import Vocabulary
from sanctionscreen.matching.words import Word, letter_mask, make_word, pair_mask
from sanctionscreen.names import parse
from sanctionscreen.names.name import Role

TEXTS = st.text(max_size=20) | st.text("abй海", max_size=12)
ROLES = st.sampled_from([Role.WORD, Role.GENERIC, Role.PLACE, Role.LEGAL, Role.TITLE, Role.NUMBER])


def edited(text: str, at: int, char: str) -> list[str]:
    """The text with one edit at a place: a letter added, changed or dropped, two neighbours swapped."""
    return [
        text[:at] + char + text[at:],
        text[:at] + char + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
    ]


@given(TEXTS, st.integers(0, 20), st.characters() | st.sampled_from("ab\x00\x01"))
@example("", 0, "\x00")
@example("\x00", 0, "\x01")
def test_one_edit_changes_few_bits(text: str, at: int, char: str) -> None:
    added, changed, dropped, swapped = edited(text, at, char)
    letters = [(letter_mask(other) ^ letter_mask(text)).bit_count() for other in (added, changed, dropped)]
    assert max(letters) <= 2
    assert letter_mask(swapped) == letter_mask(text)
    pairs = [(pair_mask(o) ^ pair_mask(text)).bit_count() for o in (added, changed, dropped, swapped)]
    assert all(bits <= most for bits, most in zip(pairs, (3, 4, 3, 4), strict=True))


@given(st.data(), TEXTS)
def test_some_edits_change_few_bits(data: st.DataObject, text: str) -> None:
    other = text
    for _ in range(data.draw(st.integers(0, 4))):
        at, char = data.draw(st.integers(0, len(other))), data.draw(st.sampled_from("abzй海 0"))
        other = data.draw(st.sampled_from(edited(other, at, char)))
    edits = OSA.distance(text, other)
    assert (letter_mask(text) ^ letter_mask(other)).bit_count() <= 2 * edits
    assert (pair_mask(text) ^ pair_mask(other)).bit_count() <= 4 * edits


@given(TEXTS)
def test_pairs_are_the_same_read_backwards_but_for_the_ends(text: str) -> None:
    assert (pair_mask(text) ^ pair_mask(text[::-1])).bit_count() <= 4


def listed_words(index: Index) -> list[Word]:
    """The words of the terms of an index, in their order."""
    stored = index.stored
    return [stored._read_word(term) for term in range(len(index.arrays["term_mass"]))]


def misspelt(index: Index, one: Word) -> dict[int, int]:
    """What is found for a word by itself."""
    (found,) = Spelling(index.arrays, Texts(index.arrays)).misspelt([one])
    return dict(found)


def near_by_hand(one: Word, words: list[Word]) -> dict[int, int]:
    """By counting the edits to every word: those within reach of both, and what they cost."""
    found = {}
    for term, other in enumerate(words):
        edits = OSA.distance(one.text, other.text)
        if spelt_group(other) == spelt_group(one) and edits <= min(one.reach, other.reach):
            cost = weights.typo_cost(one.text, other.text, edits, han=one.script in weights.SYLLABIC) if edits else 0
            if cost is not None:
                found[term] = cost
    return found


LENGTHS = st.sampled_from([2, 3, 5, 6, 10, 11, 99, 100, 253, 254, 255, 256, 300])


@st.composite
def spelt_words(draw: st.DrawFn) -> Word:
    script, letters = draw(st.sampled_from([("Latn", "ab"), ("Hani", "海康"), ("Hang", "김정"), ("Arab", "من")]))
    text = draw(st.text(letters, min_size=1, max_size=12) | LENGTHS.map(lambda n: letters[0] * n))
    text = draw(st.sampled_from(edited(text, draw(st.integers(0, len(text))), letters[1]))) or letters
    return make_word(text, draw(ROLES), "", script, False, "Latn")


def index_of_words(words: list[Word]) -> Index:
    """An index whose terms are these words, each a name of its own."""
    base = prepare(parse("x"))
    names = []
    for word in words:
        reading = type(base.readings[0])(word.script, "as written", "", (word,), ((0, 1),))
        names.append(base._replace(readings=(reading,)))
    return Index.of((name, number, 0) for number, name in enumerate(names))


@pytest.mark.parametrize("passed", [0, 100_000], ids=["by what is left", "in passes"])
@settings(max_examples=200)
@given(words=st.lists(spelt_words(), min_size=1, max_size=12), one=spelt_words())
def test_every_word_within_reach_is_found(passed: int, words: list[Word], one: Word) -> None:
    index = index_of_words(words)
    listed = listed_words(index)
    for asked in (one, *words):
        if asked.reach:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(spelling, "PASSED", passed)
                assert misspelt(index, asked) == near_by_hand(asked, listed)


@settings(max_examples=100)
@given(st.lists(spelt_words(), min_size=1, max_size=12), st.lists(spelt_words(), min_size=1, max_size=6))
def test_words_looked_up_together_find_what_each_finds(listed: list[Word], asked: list[Word]) -> None:
    index = index_of_words(listed)
    asked = [one for one in asked if one.reach]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spelling, "PASSED", 0)
        together = Spelling(index.arrays, Texts(index.arrays)).misspelt(asked)
    assert list(map(dict, together)) == [misspelt(index, one) for one in asked]


@given(TEXTS.filter(bool), st.integers(0, 20), st.sampled_from("abzй海 0"), st.integers(0, 3))
def test_words_a_few_edits_apart_have_the_same_left(text: str, at: int, char: str, kind: int) -> None:
    other = edited(text, min(at, len(text) - 1), char)[kind]
    if other:
        one, two = (set(left_of([each], 0, 1)[0].tolist()) for each in (text, other))
        assert one & two


@settings(max_examples=200)
@given(st.lists(spelt_words(), min_size=1, max_size=12), spelt_words())
def test_every_misspelling_of_the_scorer_is_found_at_no_more_than_it_costs(words: list[Word], one: Word) -> None:
    index = index_of_words(words)
    found = misspelt(index, one) if one.reach else {}
    for term, other in enumerate(listed_words(index)):
        slip = typo(one, other)
        if slip:
            assert found[term] <= slip.cost


def stored_misspellings(index: Index, term: int) -> dict[int, int]:
    first, last = index.arrays["near_offset"][term : term + 2].tolist()
    terms, costs = index.arrays["near_term"][first:last], index.arrays["near_cost"][first:last]
    return dict(zip(terms.tolist(), costs.tolist(), strict=True))


@settings(max_examples=200)
@given(st.lists(spelt_words(), min_size=1, max_size=12))
def test_the_misspellings_of_a_listed_word_are_those_that_would_be_found(words: list[Word]) -> None:
    index = index_of_words(words)
    for term, word in enumerate(listed_words(index)):
        assert stored_misspellings(index, term) == (misspelt(index, word) if word.reach else {})


@settings(max_examples=100)
@given(st.data())
def test_a_listed_word_stands_for_what_it_would_if_it_were_not_listed(data: st.DataObject) -> None:
    names = data.draw(LISTED_NAMES)
    index = index_of(names)
    texts = [data.draw(near(names)), *names, data.draw(st.sampled_from(WORDS))]
    words = [word for text in texts for one in prepare(parse(text)).readings for word in one.words]
    known = similar_to(index, words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vocabulary, "_listed", lambda self, one, costs: None)
        assert similar_to(index, words) == known


def similar_to(index: Index, words: list[Word]) -> list[tuple[dict[int, int], set[int]]]:
    vocabulary = Vocabulary(index.arrays, StoredNames(index.arrays, {}).texts, ["Latn"])
    sought = [vocabulary.hashes(word) for word in words]
    places = index._keys.places(chain(*sought))
    found = vocabulary.similar([index._found(*each, places) for each in zip(words, sought, strict=True)])
    return [(similar.costs, set(similar.telling)) for similar in found]

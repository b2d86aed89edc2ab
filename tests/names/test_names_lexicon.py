"""The tables of words: every row well formed, every word told once."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from sanctionscreen.countries import country_name
from sanctionscreen.names.legal_forms import CLASSES, family
from sanctionscreen.names.lexicon import latin_words, other_words, romanised_forms, unspaced_words
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import Traced
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.splitting import split
from sanctionscreen.names.tsv import pairs, rows

TABLES = ["legal_usage", "legal_forms", "titles", "particles", "numbers", "places", "generic"]
CONDITIONS = {
    "", "end", "start", "ends", "later", "inside", "small", "join", "digit", "person", "not_person", "business",
    "organization", "vessel",
}  # fmt: skip


def forms(table):
    for row in rows(f"words/{table}.tsv"):
        for cell in row[1:]:
            yield from ((row[0], *form.partition(":")[::2]) for form in cell.split("|") if form)


@pytest.mark.parametrize("table", TABLES)
def test_rows_have_a_concept_words_and_no_more(table):
    for row in rows(f"words/{table}.tsv"):
        assert re.fullmatch("[a-z0-9_]+([|][a-z0-9_]+)*", row[0])
        assert 2 <= len(row) <= 4
        assert row[-1]


@pytest.mark.parametrize("table", TABLES)
def test_forms_stand_in_the_column_of_their_script(table):
    columns = {"Latn": 1, "Cyrl": 2, "Grek": 2}
    for row in rows(f"words/{table}.tsv"):
        for place, cell in enumerate(row[1:], 1):
            for form in filter(None, cell.split("|")):
                scripts = set(map(script_of, form.partition(":")[0])) - {""}
                assert {columns.get(script, 3) for script in scripts} <= {place}, form


@pytest.mark.parametrize("table", TABLES)
def test_latin_forms_are_folded_as_the_parser_folds_them(table):
    odd = []
    for _, form, _ in forms(table):
        spelling = form.rstrip("~")
        if spelling.isascii() and spelling not in {"&", "+"}:
            words = [word.text for word in split(Traced.whole(spelling))]
            odd += [form] if " ".join(words) != spelling else []
    assert odd == []


@pytest.mark.parametrize("table", TABLES)
def test_conditions_are_known(table):
    assert {condition for _, _, condition in forms(table)} <= CONDITIONS


@pytest.mark.parametrize("table", TABLES)
def test_no_form_stands_twice_under_one_condition(table):
    counts = Counter((form.rstrip("~"), condition) for _, form, condition in forms(table))
    assert [form for form, count in counts.items() if count > 1] == []


def test_the_generated_table_says_nothing_against_the_one_by_hand():
    by_hand = {form for _, form, _ in forms("legal_usage")}
    assert by_hand & {form for _, form, _ in forms("legal_forms")} == set()


def test_legal_forms_are_of_known_classes():
    assert {concept for table in ("legal_usage", "legal_forms") for concept, _, _ in forms(table)} <= set(CLASSES)
    assert {family(concept) for concept in CLASSES} == set(CLASSES.values())


@pytest.mark.parametrize("table", TABLES)
def test_each_of_two_concepts_has_a_row_of_its_own(table):
    concepts = {concept for concept, _, _ in forms(table)}
    assert {one for concept in concepts for one in concept.split("|")} <= concepts


def test_places_of_two_letters_are_countries():
    assert [code for code, _, _ in forms("places") if len(code) == 2 and country_name(code) == code] == []


def test_numbers_are_numbers():
    assert all(value.isdigit() for value, _, _ in forms("numbers"))


@pytest.mark.parametrize(
    ("word", "concept"),
    [
        ("zavod", "plant"),
        ("keji", "technology"),
        ("banco", "bank"),
        ("tecnologie", "technology"),
        ("soluzioni", "solution"),
        ("yinhang", "bank"),
        ("intl", "international"),
        ("mfg", "manufacturing"),
        ("burmese", "mm"),
        ("rossiyskaya", "ru"),
        ("moskva", "moscow"),
        ("peking", "beijing"),
    ],
)
def test_words_that_translate_one_another_share_a_concept(word, concept):
    assert concept in [sense.concept for sense in latin_words().words[word]]


def test_german_iceland_is_an_english_island():
    assert "island" not in latin_words().words


def test_words_of_other_scripts_are_not_taken_for_latin_ones():
    assert [sense.role for sense in other_words().words["al"]] == [Role.PARTICLE]
    assert "mli" not in latin_words().words
    assert unspaced_words()["科技"][0].concept == latin_words().words["technology"][0].concept


def test_forms_in_other_scripts_are_romanised_beforehand_as_they_would_be_now():
    for table, made in romanised_forms():
        assert pairs(table) == made, "run python .ci/tables/make_romanised.py"

"""Names heard through another script are found by what the script keeps of them."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching.hearing import SCRIPTS, heard_keys
from sanctionscreen.matching.sounds import rows
from sanctionscreen.names.normalise import normalise
from sanctionscreen.names.transliterate import romanise

WORDS = st.text(string.ascii_lowercase + "0123456789", max_size=20)


def keys(name: str, script: str) -> frozenset[str]:
    latin = romanise(normalise(name).traced)[0].text
    return heard_keys("".join(filter(str.isalnum, latin)), script)


@pytest.mark.parametrize(
    ("latin", "written", "script"),
    [
        ("clinton", "克林顿", "Hani"), ("stevens", "史蒂文斯", "Hani"), ("kissinger", "基辛格", "Hani"),
        ("springsteen", "スプリングスティーン", "Kana"), ("zimmermann", "ツィマーマン", "Kana"),
        ("clinton", "클린턴", "Hang"), ("tovstonogov", "토프스토노고프", "Hang"), ("flemyng", "플레밍", "Hang"),
        ("parsons", "بارسونز", "Arab"), ("zukerman", "تسوكرمان", "Arab"), ("gerald", "جيرالد", "Arab"),
        ("brophy", "ברופי", "Hebr"), ("herzl", "הרצל", "Hebr"), ("livnat", "לבנת", "Hebr"),
        ("leroux", "леру", "Cyrl"), ("giusti", "джусти", "Cyrl"), ("mozart", "моцарт", "Cyrl"),
    ],
)  # fmt: skip
def test_a_name_is_found_from_another_script(latin: str, written: str, script: str) -> None:
    assert heard_keys(latin, "Latn") & keys(written, script)


@pytest.mark.parametrize(
    ("latin", "written", "script"),
    [
        ("clinton", "布什", "Hani"), ("putin", "プーシキン", "Kana"), ("obama", "오사마", "Hang"),
        ("parsons", "بيترسون", "Arab"), ("herzl", "הרצוג", "Hebr"), ("lenin", "леонов", "Cyrl"),
    ],
)  # fmt: skip
def test_another_name_is_not(latin: str, written: str, script: str) -> None:
    assert not heard_keys(latin, "Latn") & keys(written, script)


@pytest.mark.parametrize(
    ("word", "script", "expected"),
    [
        ("li", "Hani", set()),
        ("wang", "Hani", {"Hani:fn"}),
        ("putin", "Thai", set()),
        ("", "Latn", set()),
        ("a", "Kana", set()),
        ("putin", "Cyrl", {"Cyrl:ptn"}),
        ("anna", "Cyrl", set()),
        ("puchin", "Hira", {"Kana:pcn"}),
    ],
)
def test_keys(word: str, script: str, expected: set[str]) -> None:
    assert heard_keys(word, script) == expected


@given(WORDS)
def test_a_latin_word_has_few_keys_for_each_script(word: str) -> None:
    found = heard_keys(word, "Latn")
    for script in SCRIPTS:
        assert len([key for key in found if key.startswith(script)]) <= 24
    assert {key.split(":")[0] for key in found} <= set(SCRIPTS)


@given(st.text(max_size=30), st.sampled_from(["Latn", *SCRIPTS]))
def test_any_text_has_keys_or_none(text: str, script: str) -> None:
    assert all(key.isascii() for key in heard_keys(text, script))


def test_the_tables_are_whole() -> None:
    spellings = [tuple(row[:2]) for row in rows("heard.tsv")]
    assert len(spellings) == len(set(spellings))
    assert {script for script, _ in spellings} == {"Latn", *SCRIPTS}
    folded = [(row[0], sound) for row in rows("heard_classes.tsv") for sound in row[1].split(" ")]
    assert len(folded) == len(set(folded))
    assert {script for script, _ in folded} == set(SCRIPTS)

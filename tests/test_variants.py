"""Variants of a name: what each kind does, what it leaves alone, and the laws of all of them."""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.errors import InputError
from sanctionscreen.names import Role, parse
from sanctionscreen.names.tsv import rows
from sanctionscreen.records import Kind
from sanctionscreen.variants import EVASIONS, MAKERS, Variant, VariantKind, disguised, mistyped, respelt, variants
from sanctionscreen.variants.disguised import HOMOGLYPHS, INVISIBLE
from sanctionscreen.variants.respelt import wade_giles
from sanctionscreen.variants.words import NameWords, cased_like, table

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
ZAWAHIRI = "AL-ZAWAHIRI, Ayman Muhammad Rabi"
NAMES: list[tuple[str, Kind]] = [
    (HIKVISION, "organization"),
    (ZAWAHIRI, "person"),
    ("PUTIN, Vladimir Vladimirovich", "person"),
    ("Banco Nacional de Cuba", "organization"),
    ("GRACE BULKER 7", "vessel"),
]


def made(kind: str, name: str, of: Kind | None = None) -> set[str]:
    """Every variant of one kind over many seeds."""
    return {v.text for seed in range(60) for v in variants(name, of, kinds=[kind], seed=seed)}


# --- tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "of", "one"),
    [
        ("key_beside", "Hikvision", None, "Hikvisiom"),
        ("misheard", "Hikvision", None, "Hickvision"),
        ("misheard", "STEPHAN GERHARD", "person", "STEFAN GERHARD"),
        ("letter_dropped", "Hikvision", None, "Hikvison"),
        ("letter_added", "Hikvision", None, "Hikvvision"),
        ("letters_swapped", "Hikvision", None, "Hikvisoin"),
        ("word_dropped", HIKVISION, "organization", "Hangzhou Hikvision Technology Co. Ltd."),
        ("word_dropped", ZAWAHIRI, "person", "Ayman Rabi AL-ZAWAHIRI"),
        ("word_added", "Acme Ltd", "organization", "Acme Group Ltd"),
        ("word_added", "ACME LTD", "organization", "ACME GROUP LTD"),
        ("words_swapped", "Ayman Rabi Zawahiri", "person", "Rabi Ayman Zawahiri"),
        ("family_name_first", "Vladimir Putin", "person", "Putin, Vladimir"),
        ("family_name_first", "Vladimir Putin", "person", "Putin Vladimir"),
        ("words_joined", "Mahan Air Lines", "organization", "MahanAir Lines"),
        ("spaces_removed", HIKVISION, "organization", "HangzhouHikvisionDigitalTechnology Co. Ltd."),
        ("word_split", "Hikvision", None, "Hik vision"),
        ("initials", "Ayman Rabi Zawahiri", "person", "Ayman R. Zawahiri"),
        ("initials", "Vladimir Medinsky", "person", "V. Medinsky"),
        ("legal_form_changed", "Acme Ltd", "organization", "Acme GmbH"),
        ("legal_form_changed", "Acme", "organization", "Acme LLC"),
        ("legal_form_dropped", HIKVISION, "organization", "Hangzhou Hikvision Digital Technology"),
        ("abbreviated", "Acme International", "organization", "Acme Intl."),
        ("abbreviated", "Muhammad Zawahiri Rabi", "person", "Mohd Zawahiri Rabi"),
        ("honorific_added", "Vladimir Putin", "person", "Dr. Vladimir Putin"),
        ("honorific_added", "GRACE", "vessel", "MV GRACE"),
        ("patronymic_added", "Sergey Popov", "person", "Sergey Ivanovich Popov"),
        ("patronymic_added", "Olga Popova", "person", "Olga Ivanovna Popova"),
        ("patronymic_added", "AL-ZAWAHIRI, Ayman", "person", "Ayman BIN ALI AL-ZAWAHIRI"),
        ("patronymic_dropped", "PUTIN, Vladimir Vladimirovich", "person", "Vladimir PUTIN"),
        ("patronymic_dropped", "Khalid bin Sultan Qasimi", "person", "Khalid Qasimi"),
        ("transliterated", "Sergei Khrushchev", "person", "Sergei Chruschtschew"),
        ("transliterated", "Yuliya Zhukova", "person", "Iuliia Zhukova"),
        ("transliterated", "Xiao Qingping", "person", "Hsiao Ch'ing-p'ing"),
        ("transliterated", "Jürgen Müller", "person", "Juergen Mueller"),
        ("transliterated", "Yusuf Qasim", "person", "Yousouf Kasim"),
        ("script_changed", "Vladimir PUTIN", "person", "Владимир ПУТИН"),
        ("script_changed", "Tanaka Hiroshi", "person", "タナカ ヒロシ"),
        ("accents_changed", "Müller", "person", "Muller"),
        ("accents_changed", "MULLER", "person", "MÚLLER"),
        ("punctuation_changed", "Al-Qaida", "organization", "Al Qaida"),
        ("case_changed", "Hikvision", None, "HIKVISION"),
        ("homoglyphs", "AAAAA", None, "\u0391\u0410\u0391AA"),
        ("zero_width", "Hikvision", None, "Hikv\u200bision"),
        ("leet", "Hikvision", None, "H1kv1sion"),
        ("letters_spaced", "Hikvision", None, "H i k v i s i o n"),
        ("letters_repeated", "Hikvision", None, "Hikvisssion"),
        ("words_reversed", "Alpha Beta Gamma Ltd", "organization", "Gamma Beta Alpha Ltd"),
    ],
)
def test_a_kind_does_what_it_says(kind: str, name: str, of: Kind | None, one: str) -> None:
    assert one in {v.text for seed in range(600) for v in variants(name, of, kinds=[kind], seed=seed)}


@pytest.mark.parametrize(
    ("kind", "name", "of"),
    [
        ("letter_dropped", "NIOC", "organization"),  # too short
        ("key_beside", "Acme 4711", "organization"),
        ("misheard", "Hhhhhhh", "organization"),
        ("word_dropped", "Hikvision", "organization"),  # nothing would remain
        ("word_dropped", "Hikvision Ltd", "organization"),
        ("word_dropped", "Vladimir Putin", "person"),  # given and family name stay
        ("word_added", "Vladimir Putin", "person"),
        ("word_added", "Trading Ltd", "organization"),  # nothing tells who
        ("words_swapped", "Salman bin Muhammad", "person"),  # the order tells whose child
        ("words_swapped", "Hikvision Ltd", "organization"),
        ("words_reversed", "Salman bin Muhammad", "person"),
        ("words_reversed", "Hikvision", "organization"),
        ("family_name_first", "Salman bin Muhammad", "person"),
        ("family_name_first", "Acme Steel", "organization"),
        ("words_joined", "Hikvision", "organization"),
        ("spaces_removed", "Hikvision Ltd", "organization"),
        ("word_split", "Acme", "organization"),
        ("initials", "Ali Khan", "person"),
        ("initials", "Xi Jinping", "person"),  # nobody writes X. Jinping
        ("initials", "Acme Steel Works", "organization"),
        ("legal_form_changed", "Vladimir Putin", "person"),
        ("legal_form_dropped", "Acme", "organization"),
        ("abbreviated", "Acme Steel", "organization"),
        ("abbreviated", "International", "organization"),
        ("honorific_added", "Acme", "organization"),
        ("patronymic_added", "John Smith", "person"),
        ("patronymic_added", "Sergey Ivan Popov", "person"),
        ("patronymic_dropped", "John Edward Smith", "person"),
        ("transliterated", "John Smith", "person"),
        ("script_changed", "Jack Wilson", "person"),
        ("script_changed", "Gazprom Trading", "organization"),  # a generic word is translated, not spelt
        ("punctuation_changed", "Acme", "organization"),
        ("homoglyphs", "NIOC", "organization"),
        ("zero_width", "NIOC", "organization"),
        ("leet", "Qwyxz", "organization"),
        ("letters_spaced", "AL-ZAWAHIRI", "person"),
        ("letters_repeated", "NIOC", "organization"),
        ("accents_changed", "Xkkk", "organization"),
    ],
)
def test_a_kind_gives_nothing_where_too_little_would_be_left(kind: str, name: str, of: Kind) -> None:
    assert made(kind, name, of) == set()


@pytest.mark.parametrize(
    ("kind", "name", "changed"),
    [
        ("legal_form_dropped", "Acme Ltd", "- Ltd"),
        ("honorific_added", "Vladimir Putin", "+ Mr."),
        ("words_swapped", "Alpha Beta", "order of words"),
        ("spaces_removed", "Alpha Beta", "Alpha Beta > AlphaBeta"),
    ],
)
def test_a_variant_says_what_was_changed(kind: str, name: str, changed: str) -> None:
    kinds: dict[str, Kind] = {"Vladimir Putin": "person"}
    found = {v.changed for seed in range(60) for v in variants(name, kinds.get(name), kinds=[kind], seed=seed)}
    assert changed in found


@pytest.mark.parametrize(
    ("word", "respelt_as"),
    [
        ("xiao", "hsiao"), ("zhang", "chang"), ("cai", "ts'ai"), ("jianguo", "chien-kuo"), ("xian", "hsien"),
        ("smith", None), ("", None), ("zhangzhangzhangzhang", None),
    ],
)  # fmt: skip
def test_wade_giles(word: str, respelt_as: str | None) -> None:
    assert wade_giles(word) == respelt_as


def test_an_unknown_kind_is_an_input_error_with_a_hint() -> None:
    with pytest.raises(InputError, match="did you mean 'leet'"):
        list(variants("Acme", kinds=["leeet"]))
    with pytest.raises(InputError, match="All: case_changed"):
        list(variants("Acme", kinds=["zzzzzz"]))


def test_every_kind_has_its_maker_and_no_maker_is_left_out() -> None:
    assert set(MAKERS) == set(VariantKind)
    assert all(maker.__doc__ for maker in MAKERS.values())
    modules = (mistyped, respelt, disguised)
    assert all(maker.__name__ in set(VariantKind) for module in modules for maker in module.MAKERS)
    assert {"homoglyphs", "leet"} <= EVASIONS < set(VariantKind)


def test_words_keep_their_spelling_and_a_person_their_natural_order() -> None:
    assert NameWords.of(ZAWAHIRI, "person").texts == ("Ayman", "Muhammad", "Rabi", "AL-ZAWAHIRI")
    assert NameWords.of(HIKVISION).texts[-2:] == ("Co.", "Ltd.")
    assert NameWords.of("Salman bin Muhammad", "person").units() == ((0,), (1, 2))
    assert NameWords.of("Acme (Hong Kong) Ltd", "organization").units() == ((0,), (1, 2), (3,))
    assert NameWords.of("Acme and", "organization").units() == ((0,), (1,))
    assert NameWords.of(", , ").words == ()
    assert cased_like("ABC", "def") == "DEF"


def test_the_tables_are_well_formed() -> None:
    assert all(len(row) == 3 for row in table("misheard.tsv"))
    assert all(len(row) == 3 and "=" in row[2] for name in ("respellings.tsv", "scripts.tsv") for row in table(name))
    languages = {row[0] for row in table("tells.tsv")}
    assert {row[0] for row in table("respellings.tsv")} <= languages
    assert len({row[0] for row in rows("romanise/wade_giles.tsv")}) == len(rows("romanise/wade_giles.tsv"))
    assert all(ord(other) > 127 for others in HOMOGLYPHS.values() for other in others)


# --- laws ------------------------------------------------------------------------------------------------------

NAMED = st.sampled_from(NAMES)
SEEDS = st.integers(0, 10_000)


@given(NAMED, SEEDS)
def test_variants_depend_on_name_kind_and_seed_alone(named: tuple[str, Kind], seed: int) -> None:
    name, kind = named
    whole = list(variants(name, kind, seed=seed))
    assert whole == list(variants(name, kind, seed=seed))
    assert whole == [v for one in VariantKind for v in variants(name, kind, kinds=[one], seed=seed)]


@given(NAMED, SEEDS)
def test_a_variant_is_never_the_name_itself(named: tuple[str, Kind], seed: int) -> None:
    name, kind = named
    plain = " ".join(NameWords.of(name, kind).texts)
    assert all(v.text not in (name, plain) and v.changed for v in variants(name, kind, seed=seed))


@given(NAMED, SEEDS)
def test_a_distinctive_word_remains_whatever_is_left_out(named: tuple[str, Kind], seed: int) -> None:
    name, kind = named
    words = NameWords.of(name, kind)
    distinctive = {words.words[i].text for i in words.distinctive}
    for variant in variants(name, kind, kinds=["word_dropped", "patronymic_dropped", "initials"], seed=seed):
        assert distinctive & set(variant.text.split())


@given(NAMED, SEEDS)
def test_what_cannot_be_seen_can_be_taken_out_again(named: tuple[str, Kind], seed: int) -> None:
    name, kind = named
    plain = " ".join(NameWords.of(name, kind).texts)
    for variant in variants(name, kind, kinds=["zero_width"], seed=seed):
        assert "".join(c for c in variant.text if c not in INVISIBLE) == plain


@given(NAMED, SEEDS)
def test_capitals_and_accents_fold_to_the_name(named: tuple[str, Kind], seed: int) -> None:
    name, kind = named
    plain = " ".join(NameWords.of(name, kind).texts)
    for variant in variants(name, kind, kinds=["case_changed", "accents_changed"], seed=seed):
        bare = "".join(c for c in unicodedata.normalize("NFD", variant.text) if not unicodedata.combining(c))
        assert bare.casefold() == plain.casefold()


@given(st.sampled_from(["Vladimir Putin", "Nikolai Lukashenko", "Tanaka Hiroshi", "Kostas Petridis"]), SEEDS)
def test_a_changed_script_romanises_back(name: str, seed: int) -> None:
    for variant in variants(name, "person", kinds=["script_changed"], seed=seed):
        assert variant.text != name
        readings = parse(variant.text, "person").readings
        assert len(readings[0].tokens) == len(name.split())


@given(st.text(max_size=60), st.sampled_from([None, "person", "organization", "vessel"]), SEEDS)
def test_any_text_has_variants_or_none_but_never_an_error(text: str, kind: Kind | None, seed: int) -> None:
    assert all(isinstance(v, Variant) and v.text.strip() for v in variants(text, kind, seed=seed))


@pytest.mark.parametrize("text", ["a" * 100_000, "ab " * 50_000, "xiao" * 20_000, "-" * 100_000])
def test_endless_names_are_cut_like_any_other(text: str) -> None:
    assert all(len(v.text) < 2_000 for v in variants(text))


def test_a_maker_can_be_called_alone() -> None:
    random = Random(1)  # repeatable, not secret
    words = NameWords.of("Hikvision", "organization")
    assert MAKERS[VariantKind.LETTER_DROPPED](words, random) in {
        "Hikvision"[:i] + "Hikvision"[i + 1 :] for i in range(1, 9)
    }
    assert words.words[0].role is Role.WORD

"""Words that sound alike share a key, others do not."""

from __future__ import annotations

import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctionscreen.matching.sounds import MAX_KEYS, respelt, rows, sounding

ALIKE = [
    # Arabic
    "muhammad mohammed mohamed mohammad muhammed mehmet", "hussein hossein husayn hussain huseyn", "ahmed ahmad",
    "khalid khaled halid", "osama usama oussama", "yusuf youssef yousef yousuf jusuf", "tariq tarek tariq",
    "faruq farouk farooq", "rashid rasheed", "sulayman suleiman sulaiman soleiman", "qadhafi gaddafi kadafi",
    "abdullah abdulla abdallah", "hizballah hezbollah hizbullah", "fatima fatimah", "haqqani haqani",
    "daoud daud dawood dawud", "daoudi dawoodi", "jaouad jawad", "alaoui alawi", "saud saoud",
    # Slavic
    "yevgeny evgenii yevgeniy evgeny evgueni jewgeni", "tchaikovsky chaykovskiy tschaikowski tchaikovski chaikovsky",
    "dmitry dmitri dmitriy dmitrii", "sergei sergey sergej serguei", "aleksandr alexander aleksander alexandre",
    "yuri yury iurii yuriy jurij", "vladimir wladimir", "ekaterina yekaterina jekaterina", "tatiana tatyana tatjana",
    "fedor fyodor fjodor", "ivanov ivanoff iwanow", "medvedev medwedew", "yeltsin eltsin jelzin",
    "kuznetsov kusnezow", "zhukov joukov", "nazarbayev nazarbaev", "milosevic milosevich milosevitch",
    # German, English, French
    "mueller muller", "goering goring", "schmidt shmidt schmitt", "meyer maier meier", "philip filip phillip",
    "jon john", "ali aly", "catherine katherine", "constantin constantine", "schwarz shwarz",
    "josef joseph yosef", "jovan iovan", "jordan yordan", "johann yohann",
    # Chinese by pinyin, Wade-Giles and postal spelling
    "xiao hsiao", "zhang chang", "zhou chou", "deng teng", "guo kuo", "cao tsao", "xie hsieh", "jiang chiang",
    "beijing peking pekin", "xiaoping hsiaoping", "qinghua tsinghua", "zedong tsetung", "jieshi chiehshih",
    # Japanese by Hepburn and Kunrei-shiki
    "junichiro junitiro", "mitsubishi mitubisi", "fujimori huzimori",
    # Korean
    "kim gim", "lee yi rhee ri", "park pak bak", "jung jeong chung chong", "choi choe", "jongun jeongeun",
    "hwang huang", "busan pusan",
]  # fmt: skip
APART = [
    "ali ola", "ali eli", "kim kam", "jon jan", "muhammad mahmoud", "hasan hussein", "ivanov ivanova", "khan kane",
    "petrov pavlov", "salim salman", "omar amir", "hamid hamad", "bank bunk", "delta data", "nova navi", "wei wu",
    "star store", "minsk monsk", "peter petra", "basra bosra", "liu lu", "mario maria", "china shina", "dell dahl",
    "jose jesse", "jose jess", "daud david", "laura lavra",
]  # fmt: skip


def sound_keys(word: str) -> set[str]:
    return set(sounding(word)[0])


def skeleton(word: str) -> str:
    return sounding(word)[1]


WORDS = st.text(string.ascii_lowercase + "0123456789", max_size=20)


@pytest.mark.parametrize("words", ALIKE)
def test_spellings_of_one_name_share_a_key_with_the_first(words: str) -> None:
    first, *others = words.split()
    assert [other for other in others if not sound_keys(first) & sound_keys(other)] == []


@pytest.mark.parametrize("words", APART)
def test_different_names_share_none(words: str) -> None:
    one, other = words.split()
    assert not sound_keys(one) & sound_keys(other)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("pak", ("park",)), ("hsiaoping", ("xiaobing", "xiaoping")), ("chung", ("zhong", "chong", "jung")),
        ("acme", ()), ("china", ()), ("ma", ()), ("tsetungtsetung", ()), ("", ()),
    ],
)  # fmt: skip
def test_respelling(word: str, others: tuple[str, ...]) -> None:
    assert respelt(word) == others


def test_every_chinese_syllable_is_respelt_in_a_longer_word() -> None:
    syllables = [row[0] for row in rows("respellings.tsv") if row[2].startswith("Wade-Giles")]
    assert [one for one in syllables if not respelt("hsiao" + one)] == []


@pytest.mark.parametrize(
    ("consonants", "latin"),
    [
        ("mhmd", "muhammad"), ("butfliqa", "bouteflika"), ("rfsnjani", "rafsanjani"), ("abrhm", "ibrahim"),
        ("slimani", "soleimani"), ("plmuni", "palmoni"), ("dfd", "david"), ("nsrallh", "nasrallah"),
    ],
)  # fmt: skip
def test_consonants_are_those_of_the_latin_spelling(consonants: str, latin: str) -> None:
    assert skeleton(consonants) == skeleton(latin)


@given(WORDS)
def test_keys_are_few_and_depend_on_the_word_alone(word: str) -> None:
    keys = sound_keys(word)
    assert len(keys) <= MAX_KEYS
    assert keys == sound_keys(word)
    assert "" not in keys


@given(WORDS)
def test_a_doubled_consonant_sounds_like_one(word: str) -> None:
    bare = "".join(letter for letter in word if letter in "bfklmnpr")
    doubled = "".join(letter * 2 for letter in bare)
    assert sound_keys(f"a{bare}a") & sound_keys(f"a{doubled}a")


@given(st.text(max_size=30))
def test_any_text_has_keys_or_none(text: str) -> None:
    assert all(key.isascii() for key in sound_keys(text))
    assert skeleton(text).isascii()


@pytest.mark.parametrize("table", ["sounds.tsv", "respellings.tsv"])
def test_a_spelling_stands_once_for_each_system(table: str) -> None:
    entries = [(row[0], *row[2:]) if table == "respellings.tsv" else row[0] for row in rows(table)]
    assert len(entries) == len(set(entries))
    assert all(len(row) >= 2 and all(row[:2]) for row in rows(table))


def test_most_pairs_of_words_share_no_key() -> None:
    words = [words.split()[0] for words in ALIKE]
    shared = [(one, other) for one, other in itertools.combinations(words, 2) if sound_keys(one) & sound_keys(other)]
    assert shared == []

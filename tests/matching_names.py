"""Hostile names for the laws of matching: words that are near one another in every way the scorer knows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from hypothesis import strategies as st

from sanctionscreen.matching.index import Found, Index
from sanctionscreen.matching.prepared import prepare
from sanctionscreen.names import parse
from sanctionscreen.records import Kind

PIECES = """
hikvision hik vision hikvison huawei technologies technology tech bank banco of china al ali bin muhammad mohamed ltd
limited gmbh 44 fifty VII j. v. smic semiconductor manufacturing international corporation trading ivan ivanov the and
& co general haji mv star l td. x xi jorv ex jorvex wolf gen. иванов хиквижн محمد بن سلمان חיים 海康威视 杭州 김정은
克林顿 clinton نصرت nusrat ליברמן liberman
iran air melli deutschland berlin group holding office
elec. electric electronics korea dprk iraq
anastasia anastasiia nastya europe hikvisoin www.hikvision.com george bush
하이크비전 코리아 ハイクビジョンジャパン 乔治·布什
completed completbd prohibits prohicits
france india rus россия cameras uac united aircraft la zurnaya lazurnaya ooo
"""
WORDS = PIECES.split()
LISTED_NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=12)
KINDS: st.SearchStrategy[Kind | None] = st.sampled_from(["person", "organization", "vessel", None])


@st.composite
def near(draw: st.DrawFn, names: list[str]) -> str:
    """A listed name with a few characters changed, or words of several."""
    text = draw(st.sampled_from([*names, " ".join(names)[:60]]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.sampled_from(["", " ", "a", "x", ".", "44", "й"]))
            + text[at + draw(st.integers(0, 1)) :]
        )
    return text


def disturbed(text: str, others: Sequence[str], random: Random) -> str:
    """A name with some words cut to an initial, misspelt, left out, joined, parted, moved or put in from elsewhere."""
    words = text.split() or ["x"]
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(words))
        word, letter = words[at], random.choice("abcdefghijklmnopqrstuvwxyz")
        place = random.randrange(len(word))
        choices: list[list[str]] = [
            [word[:1] + random.choice(["", "."])],
            [word[:place] + letter + word[place + 1 :]],
            [letter + random.choice(["", "."]), word],
            [word[: place + 1], *([word[place + 1 :]] if word[place + 1 :] else [])],
            [word, random.choice(random.choice(others).split() or ["x"])],
            [],
        ]
        words[at : at + 1] = random.choice(choices)
        if random.random() < 0.2:
            words[at : at + 2] = ["".join(words[at : at + 2])]
        if random.random() < 0.1:
            random.shuffle(words)
        words = [word for word in words if word] or ["x"]
    return " ".join(words)


def index_of(names: list[str], kinds: list[Kind | None] | None = None, brands: Collection[str] = ()) -> Index:
    """An index of names, some of which a list says are brands."""
    kinds = kinds or [None] * len(names)
    return Index.of(
        (prepare(parse(name, kind), is_brand=name in brands), number, 0)
        for number, (name, kind) in enumerate(zip(names, kinds, strict=True))
    )


def ask(index: Index, query: str, cutoff: int, *, brute: bool = False, kind: Kind | None = None) -> list[Found]:
    """What is found, or what brute force finds."""
    return (index.scan if brute else index.search)(prepare(parse(query, kind)), cutoff)


def hits(
    index: Index, query: str, cutoff: int, *, brute: bool = False, kind: Kind | None = None
) -> list[tuple[int, int]]:
    """The same, as parties and points."""
    return [(found.party, found.score.points) for found in ask(index, query, cutoff, brute=brute, kind=kind)]

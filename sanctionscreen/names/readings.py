"""Other readings of a name whose main reading is made: each rule gives those it sees a reason for.

>>> from sanctionscreen.names import parse
>>> [(reading.standard, [token.text for token in reading.tokens]) for reading in parse("JC Juncker").readings]
[('as written', ['jc', 'juncker']), ('as written, capitals as initials', ['j', 'c', 'juncker'])]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from sanctionscreen.names import rereading
from sanctionscreen.names.compounds import compounds_apart, join_compounds
from sanctionscreen.names.disguised import unrepeated, unspaced
from sanctionscreen.names.name import Role
from sanctionscreen.names.romanise.wade_giles import from_wade_giles
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.several import in_two_scripts, may_be_several, say_who, several_names
from sanctionscreen.names.splitting import NO_SEGMENTS, Segments, Word, split, split_at
from sanctionscreen.names.tokens import look_up
from sanctionscreen.names.traced import Traced
from sanctionscreen.names.traits import COMPOUND, LETTER, MARKER, REPEATED
from sanctionscreen.names.transliterate import AS_WRITTEN, Romanised, romanise
from sanctionscreen.records import Kind

#: How a reading came about that undoes a disguise; the disguise counts only where that reading is the one compared.
DISGUISED = {
    "leet": "digits as letters",
    "repeated": "repeated letters once",
    "spaced": "spaced letters joined",
}
#: How a reading of a part came about.
_SEVERAL = "one of several names"


class Source(NamedTuple):
    """What is read.

    Attributes:
        original: the name as typed.
        traced: the name normalised.
        romanised: its romanisations, the main one first.
        segments: how its Han characters are cut.
        words: the words of the main romanisation, before they are ordered or looked up.
        kind: what the name names, as far as is known.
        seamed: whether a capital stands inside a word, so far as a quick look tells.
        signs: of the words, see `traits`.
    """

    original: str
    traced: Traced
    romanised: tuple[Romanised, ...]
    segments: Segments
    words: Sequence[Word]
    kind: Kind | None
    seamed: bool
    signs: int

    @property
    def letters_apart(self) -> bool:
        """Whether letters joined by points are initials: in names of people, and where nothing tells."""
        return self.kind in ("person", None)


class Rereading(NamedTuple):
    """Words to be looked up, how they came about, and how they are taken."""

    script: str
    how: str
    words: Sequence[Word]
    kind: Kind | None
    letters_apart: bool
    disguise: str = ""


def cut(romanised: Romanised | Traced, segments: Segments) -> list[Word]:
    """Cut a text into words."""
    traced = romanised if isinstance(romanised, Traced) else romanised.traced
    return split_at(traced, segments) if segments else split(traced)


def ordered(words: Sequence[Word], kind: Kind | None) -> Sequence[Word]:
    """Put words in their natural order and join Arabic compounds."""
    return join_compounds(rereading.given_first(words, kind) or words)


def rereadings(source: Source) -> Iterable[Rereading]:
    """Give every other reading that a rule sees a reason for, the most telling rules first."""
    reasons = _reasons(source)
    return _for_reasons(source, reasons) if reasons else ()


def _for_reasons(source: Source, reasons: int) -> Iterator[Rereading]:
    if source.romanised[0].standard != AS_WRITTEN:
        yield from _each_script(source)
        yield from _other_romanisations(source)
        yield from _syllables_apart(source)
        yield from _characters_joined(source)
    for reason, rule in _RULES:
        if reasons & reason:
            yield from rule(source)


#: Reasons for another reading, a bit each, beside those that the signs of words are.
_LEET, _LEGAL, _BRACKET, _HYPHEN, _INITIALS, _SEAM = (1 << bit for bit in range(10, 16))
_EVERY = REPEATED | COMPOUND | LETTER | MARKER | _LEET | _LEGAL | _BRACKET | _HYPHEN | _INITIALS | _SEAM
#: So many words are looked at by every rule, for not all may have been read.
MANY_WORDS = 20


def _reasons(source: Source) -> int:
    """Tell, at a quick look, which rules may see a reason: all, unless the name is short and of plain letters."""
    words, text = source.words, source.traced.text
    if source.seamed or not source.original.isascii() or not 0 < len(words) < MANY_WORDS:
        return _EVERY
    reasons = source.signs & _EVERY
    if not text.replace(" ", "").isalpha():
        reasons |= _reasons_beside_letters(text)
    if source.kind is None and words[-1].senses:
        reasons |= _LEGAL
    if len(words[0].text) <= rereading.MOST_INITIALS:
        reasons |= _INITIALS
    return reasons


def _reasons_beside_letters(text: str) -> int:
    """Tell which rules may see a reason in what is neither a letter nor a space."""
    reasons = _LEET if rereading.may_have_leet(text) else 0
    if ")" in text:
        reasons |= _BRACKET
    if "-" in text:
        reasons |= _HYPHEN
    return reasons | MARKER if may_be_several(text) else reasons


def _reread(
    source: Source, how: str, words: Sequence[Word], *, letters_apart: bool | None = None, disguise: str = ""
) -> Rereading:
    apart = source.letters_apart if letters_apart is None else letters_apart
    standard = f"{source.romanised[0].standard}, {how}"
    return Rereading("Latn", standard, ordered(words, source.kind), source.kind, apart, disguise)


def _each_script(source: Source) -> Iterator[Rereading]:
    """Huawei Technologies (华为技术有限公司); but 华为 alone in 华为 Co., Ltd."""
    for part in in_two_scripts(source.traced):
        for script, standard, traced in romanise(part):
            words = ordered(cut(traced, source.segments), source.kind)
            if say_who(look_up(words, source.original)):
                yield Rereading(script, f"{standard}, {_SEVERAL}", words, source.kind, source.letters_apart)


def _other_romanisations(source: Source) -> Iterator[Rereading]:
    for other in source.romanised[1:]:
        words = ordered(cut(other, source.segments), source.kind)
        yield Rereading(other.script, other.standard, words, source.kind, source.letters_apart)


#: A Korean or Chinese name has at most this many syllables, its family name included.
_MOST_SYLLABLES = 4


def _syllables_apart(source: Source) -> Iterator[Rereading]:
    """Korean given names are written in Latin letters with their syllables apart: Kim Jong Un."""
    korean = [romanised for romanised in source.romanised if "Korean" in romanised.standard]
    if not korean or source.kind not in ("person", None):
        return
    traced = source.traced
    places = [
        place for char, place in zip(traced.text, traced.starts, strict=True) if script_of(char) in {"Hang", "Hani"}
    ]
    for romanised in korean:
        if len(places) <= _MOST_SYLLABLES:
            words = cut(romanised, {place: (place, ()) for place in places})
            how = f"{romanised.standard}, syllables apart"
            yield Rereading("Latn", how, words, source.kind, letters_apart=False)


#: A foreign name in Chinese characters has at most this many: 奥本海默 is four.
_MOST_CHARACTERS = 6


def _characters_joined(source: Source) -> Iterator[Rereading]:
    """A foreign name has no family name in front: 林肯 is Lincoln and not Mr Lin."""
    main, traced = source.romanised[0], source.traced
    is_han = all(script_of(char) == "Hani" for char in traced.text)
    if is_han and 1 < len(traced.text) <= _MOST_CHARACTERS and source.kind in ("person", None):
        words = cut(main, dict.fromkeys(traced.starts, (0, ())))
        yield Rereading("Latn", f"{main.standard}, characters joined", words, source.kind, letters_apart=False)


def _several_names(source: Source) -> list[Rereading]:
    """Several names in one field: ADF/NALU, Abbas (alias Zaydan)."""
    parts = several_names(source.romanised[0].traced)
    return [_reread(source, _SEVERAL, cut(part, source.segments)) for part in parts]


def _as_an_organisation(source: Source) -> list[Rereading]:
    """A last word that may be a legal form: Carrefour Sa, but Maria Sa."""
    if source.kind is None and source.words and any(s.role is Role.LEGAL for s in source.words[-1].senses):
        reread = _reread(source, "as an organisation", source.words, letters_apart=False)
        return [reread._replace(kind="organization")]
    return []


def _compounds_apart(source: Source) -> list[Rereading]:
    """Abdul Hanif, in a name where another leaves out Abdul; Saif al-Din, where another misspells a part of it."""
    if not source.letters_apart:
        return []
    parted = compounds_apart(rereading.given_first(source.words, source.kind) or source.words)
    return [_reread(source, "compounds apart", ())._replace(words=parted)] if parted else []


def _acronym_in_brackets(source: Source) -> list[Rereading]:
    """Xinjiang Production and Construction Corps (XPCC)."""
    part = rereading.acronym_in_brackets(source.romanised[0].traced, source.original)
    if part is None or source.kind == "person":
        return []
    return [_reread(source, "the acronym in brackets", cut(part, source.segments), letters_apart=False)]


def _wade_giles(source: Source) -> list[Rereading]:
    """Chang Chi-ch'eng is Zhang Jicheng in pinyin."""
    if source.kind not in ("person", None):
        return []
    ordered_words = rereading.given_first(source.words, source.kind) or source.words
    pinyin = from_wade_giles(ordered_words, source.original)
    return [_reread(source, "Wade-Giles", ())._replace(words=pinyin)] if pinyin else []


def _letters_together_or_apart(source: Source) -> list[Rereading]:
    """Letters joined by points, taken the other way than in the main reading: J.P. Morgan."""
    if [word for word in source.words if word.parts]:
        how = "letters joined" if source.letters_apart else "letters apart"
        return [_reread(source, how, source.words, letters_apart=not source.letters_apart)]
    return []


def _capitals_as_initials(source: Source) -> list[Rereading]:
    """JC Juncker."""
    if source.letters_apart and (initials := rereading.initials_of_capitals(source.words, source.original)):
        return [_reread(source, "capitals as initials", initials)]
    return []


#: So many letters that stand one by one are no initials any more.
_SPACED_OUT = 5


def _spaced_letters_joined(source: Source) -> list[Rereading]:
    """H I K V I S I O N."""
    if joined := unspaced(source.traced):
        words = cut(romanise(joined)[0], NO_SEGMENTS)
        disguise = "spaced" if len(source.words) - len(words) >= _SPACED_OUT - 1 else ""
        how = DISGUISED["spaced"] if disguise else "letters joined"
        return [_reread(source, how, words, letters_apart=False, disguise=disguise)]
    return []


def _parted_at_capitals(source: Source) -> list[Rereading]:
    """SergeiLavrov."""
    if parted := rereading.parted_at_capitals(source.words, source.original):
        return [_reread(source, "parted at capitals", parted)]
    return []


def _digits_as_letters(source: Source) -> list[Rereading]:
    """H1kvision."""
    read = [cut(romanise(letters)[0], NO_SEGMENTS) for letters in rereading.without_leet(source.traced)]
    return [_reread(source, DISGUISED["leet"], words, disguise="leet") for words in read]


def _repeated_letters_once(source: Source) -> list[Rereading]:
    """Hikvisssion."""
    read = [cut(romanise(letters)[0], source.segments) for letters in unrepeated(source.traced)]
    return [_reread(source, DISGUISED["repeated"], words, disguise="repeated") for words in read]


#: Rules in order, each after the reason without which it gives nothing.
_RULES: tuple[tuple[int, Callable[[Source], list[Rereading]]], ...] = (
    (MARKER, _several_names),
    (_LEET, _digits_as_letters),
    (REPEATED, _repeated_letters_once),
    (LETTER, _spaced_letters_joined),
    (_LEGAL, _as_an_organisation),
    (COMPOUND, _compounds_apart),
    (_BRACKET, _acronym_in_brackets),
    (_HYPHEN, _wade_giles),
    (LETTER, _letters_together_or_apart),
    (_INITIALS, _capitals_as_initials),
    (_SEAM, _parted_at_capitals),
)

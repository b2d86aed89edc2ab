"""Other readings of a name whose main reading is made: each rule gives those it sees a reason for.

>>> from sanctionscreen.names import parse
>>> [(reading.standard, [token.text for token in reading.tokens]) for reading in parse("JC Juncker").readings]
[('as written', ['jc', 'juncker']), ('as written, capitals as initials', ['j', 'c', 'juncker'])]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from sanctionscreen.names import rereading
from sanctionscreen.names.acronyms import acronym_in_brackets, own_acronym
from sanctionscreen.names.compounds import compounds_apart
from sanctionscreen.names.disguised import has_small_l, unrepeated, unspaced, with_capital_i, without_lost
from sanctionscreen.names.foreign import of_other_scripts
from sanctionscreen.names.ledger import may_have_annotation, without_annotations
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import CUT
from sanctionscreen.names.romanise.wade_giles import from_wade_giles
from sanctionscreen.names.senses import Sense, is_namesake_place
from sanctionscreen.names.several import MOST_NAMES, may_be_several, say_who, several_names
from sanctionscreen.names.source import ONE_OF_SEVERAL, Rereading, Source, cut, reread
from sanctionscreen.names.splitting import NO_SEGMENTS
from sanctionscreen.names.tokens import is_of_a_legal_form, look_up
from sanctionscreen.names.traits import COMPOUND, LETTER, MARKER, REPEATED
from sanctionscreen.names.transliterate import AS_WRITTEN, romanise
from sanctionscreen.names.websites import may_have_address, split_at_addresses

#: How a reading came about that undoes a disguise; the disguise counts only where that reading is the one compared.
DISGUISED = {
    "leet": "digits as letters",
    "small_l": "small l as capital I",
    "repeated": "repeated letters once",
    "spaced": "spaced letters joined",
}


#: How a reading came about that leaves out a last word which may be half of one; it counts only where it is.
CUT_OFF = "without a last word that was cut"


def rereadings(source: Source) -> Iterable[Rereading]:
    """Give every other reading that a rule sees a reason for, the most telling rules first."""
    reasons = _reasons(source)
    return _for_reasons(source, reasons) if reasons else ()


def _for_reasons(source: Source, reasons: int) -> Iterator[Rereading]:
    if reasons & MARKER:  # nobody goes unread for the many ways to read the others
        yield from _several_names(source)
    if source.romanised[0].standard != AS_WRITTEN:
        yield from of_other_scripts(source)
    for reason, rule in _RULES:
        if reasons & reason:
            yield from rule(source)


#: Reasons for another reading, a bit each, beside those that the signs of words are.
_LEET, _LEGAL, _BRACKET, _HYPHEN, _INITIALS, _SEAM, _SMALL_L = (1 << bit for bit in range(10, 17))
_ADDRESS, _LOST, _NOTE, _WIDTH, _ACRONYM = (1 << bit for bit in range(17, 22))
_BESIDE_LETTERS = _LEET | _BRACKET | _HYPHEN | _ADDRESS | _LOST | _NOTE
_EVERY = (
    REPEATED | COMPOUND | LETTER | MARKER | _BESIDE_LETTERS | _LEGAL | _INITIALS | _SEAM | _SMALL_L | _WIDTH | _ACRONYM
)
#: So many words are looked at by every rule, for not all may have been read.
MANY_WORDS = 20


def _reasons(source: Source) -> int:
    """Tell, at a quick look, which rules may see a reason: all, unless the name is short and of plain letters."""
    words, text = source.words, source.traced.text
    if source.seamed or not source.original.isascii() or not 0 < len(words) < MANY_WORDS:
        return _EVERY
    reasons = source.signs & _EVERY
    if has_small_l(source.original):
        reasons |= _SMALL_L
    if not text.replace(" ", "").isalpha():
        reasons |= _reasons_beside_letters(text)
    if source.kind is None and words[-1].senses:
        reasons |= _LEGAL
    if len(words[0].text) <= rereading.MOST_INITIALS:
        reasons |= _INITIALS
    if len(text) in rereading.FIELD_WIDTHS:
        reasons |= _WIDTH
    if own_acronym([word.text for word in words]) is not None:
        reasons |= _ACRONYM
    return reasons


def _reasons_beside_letters(text: str) -> int:
    """Tell which rules may see a reason in what is neither a letter nor a space."""
    reasons = _LEET if rereading.may_have_leet(text) else 0
    if ")" in text:
        reasons |= _BRACKET
    if "-" in text:
        reasons |= _HYPHEN
    if may_have_address(text):
        reasons |= _ADDRESS
    if "?" in text:
        reasons |= _LOST
    if may_have_annotation(text):
        reasons |= _NOTE
    return reasons | MARKER if may_be_several(text) else reasons


def _several_names(source: Source) -> list[Rereading]:
    """Several names in one field: ADF/NALU, Abbas (alias Zaydan)."""
    parts = several_names(source.romanised[0].traced)
    note = f"the field holds more than {MOST_NAMES} names{CUT}" if len(parts) > MOST_NAMES else ""
    read = (reread(source, ONE_OF_SEVERAL, cut(part, source.segments)) for part in parts[:MOST_NAMES])
    return [one._replace(note=note) for one in read]


def _without_addresses(source: Source) -> list[Rereading]:
    """A name that is a web or mail address (www.hikvision.com), has one (Hikvision.com Inc) or stands beside one."""
    labels, rest = split_at_addresses(source.traced)
    named, beside = ([w for part in parts for w in cut(romanise(part)[0], source.segments)] for parts in (labels, rest))
    if named and beside and not say_who(look_up(beside, source.original)):
        named, beside = sorted((*named, *beside), key=attrgetter("start")), []
    found = {"the name in an address": named, "what stands beside an address": beside}
    return [reread(source, how, words) for how, words in found.items() if words]


def _as_an_organisation(source: Source) -> list[Rereading]:
    """A last word that may be a legal form, or a place that people are called after: Carrefour Sa, Hikvision India."""
    if source.kind is None and source.words and any(map(_tells_an_organisation, source.words[-1].senses)):
        return [reread(source, "as an organisation", source.words, letters_apart=False)._replace(kind="organization")]
    return []


def _tells_an_organisation(sense: Sense) -> bool:
    return sense.role is Role.LEGAL or is_namesake_place(sense)


def _compounds_apart(source: Source) -> list[Rereading]:
    """Abdul Hanif, in a name where another leaves out Abdul; Saif al-Din, where another misspells a part of it."""
    if not source.letters_apart:
        return []
    parted = compounds_apart(rereading.given_first(source.words, source.kind) or source.words)
    return [reread(source, "compounds apart", ())._replace(words=parted)] if parted else []


def _acronym_in_brackets(source: Source) -> list[Rereading]:
    """Xinjiang Production and Construction Corps (XPCC)."""
    part = acronym_in_brackets(source.romanised[0].traced, source.original)
    if part is None or source.kind == "person":
        return []
    return [reread(source, "the acronym in brackets", cut(part, source.segments), letters_apart=False)]


def _without_own_acronym(source: Source) -> list[Rereading]:
    """United Aircraft Corporation (UAC)."""
    place = own_acronym([word.text for word in source.words])
    if place is None or source.kind == "person":
        return []
    others = [*source.words[:place], *source.words[place + 1 :]]
    return [reread(source, "without its own acronym", others)]


def _wade_giles(source: Source) -> list[Rereading]:
    """Chang Chi-ch'eng is Zhang Jicheng in pinyin."""
    if source.kind not in ("person", None):
        return []
    ordered_words = rereading.given_first(source.words, source.kind) or source.words
    pinyin = from_wade_giles(ordered_words, source.original)
    return [reread(source, "Wade-Giles", ())._replace(words=pinyin)] if pinyin else []


def _letters_together_or_apart(source: Source) -> list[Rereading]:
    """Letters joined by points, taken the other way than in the main reading: J.P. Morgan."""
    if [word for word in source.words if word.parts]:
        how = "letters joined" if source.letters_apart else "letters apart"
        return [reread(source, how, source.words, letters_apart=not source.letters_apart)]
    return []


def _initials_beside(source: Source) -> list[Rereading]:
    """Usmanov A.B.; Yu.V. Kovalchuk."""
    if source.kind in ("person", None) and (initials := rereading.initials_beside(source.words, source.original)):
        return [reread(source, "initials beside a name", initials, letters_apart=True)]
    return []


def _capitals_as_initials(source: Source) -> list[Rereading]:
    """JC Juncker."""
    if source.letters_apart and (initials := rereading.initials_of_capitals(source.words, source.original)):
        return [reread(source, "capitals as initials", initials)]
    return []


#: So many letters that stand one by one are no initials any more.
_SPACED_OUT = 5


def _spaced_letters_joined(source: Source) -> list[Rereading]:
    """H I K V I S I O N."""
    if joined := unspaced(source.traced):
        words = cut(romanise(joined)[0], NO_SEGMENTS)
        disguise = "spaced" if len(source.words) - len(words) >= _SPACED_OUT - 1 else ""
        how = DISGUISED["spaced"] if disguise else "letters joined"
        return [reread(source, how, words, letters_apart=False, disguise=disguise)]
    return []


def _without_half_a_word(source: Source) -> list[Rereading]:
    """SEMICONDUCTOR MANUFACTURING INTERNA, in a field of 35 characters."""
    whole = source.words[:-1]
    cut_off = rereading.may_be_cut_off([word.text for word in source.words], source.traced.text)
    if not cut_off or all(map(is_of_a_legal_form, look_up(whole, source.original))):
        return []
    return [reread(source, CUT_OFF, whole)]


def _parted_at_capitals(source: Source) -> list[Rereading]:
    """SergeiLavrov."""
    if parted := rereading.parted_at_capitals(source.words, source.original):
        return [reread(source, "parted at capitals", parted)]
    return []


def _digits_as_letters(source: Source) -> list[Rereading]:
    """H1kvision."""
    read = [cut(romanise(letters)[0], NO_SEGMENTS) for letters in rereading.without_leet(source.traced)]
    return [reread(source, DISGUISED["leet"], words, disguise="leet") for words in read]


def _small_l_as_capital_i(source: Source) -> list[Rereading]:
    """HlKVISlON."""
    if letters := with_capital_i(source.traced, source.original):
        words = cut(romanise(letters)[0], source.segments)
        return [reread(source, DISGUISED["small_l"], words, disguise="small_l")]
    return []


def _without_annotations(source: Source) -> list[Rereading]:
    """Hikvision (USD)."""
    if rest := without_annotations(source.traced):
        return [reread(source, "without annotations", cut(romanise(rest)[0], source.segments))]
    return []


def _lost_letters(source: Source) -> list[Rereading]:
    """Petr?leos."""
    if letters := without_lost(source.traced):
        return [reread(source, "letters lost", cut(romanise(letters)[0], source.segments))]
    return []


def _repeated_letters_once(source: Source) -> list[Rereading]:
    """Hikvisssion."""
    read = [cut(romanise(letters)[0], source.segments) for letters in unrepeated(source.traced)]
    return [reread(source, DISGUISED["repeated"], words, disguise="repeated") for words in read]


#: The other rules in order, each after the reason without which it gives nothing.
_RULES: tuple[tuple[int, Callable[[Source], list[Rereading]]], ...] = (
    (_ADDRESS, _without_addresses),
    (_NOTE | MARKER, _without_annotations),
    (_LOST, _lost_letters),
    (_LEET, _digits_as_letters),
    (_SMALL_L, _small_l_as_capital_i),
    (REPEATED, _repeated_letters_once),
    (LETTER, _spaced_letters_joined),
    (_LEGAL, _as_an_organisation),
    (COMPOUND, _compounds_apart),
    (_ACRONYM, _without_own_acronym),
    (_BRACKET, _acronym_in_brackets),
    (_HYPHEN, _wade_giles),
    (LETTER, _letters_together_or_apart),
    (LETTER, _initials_beside),
    (_INITIALS, _capitals_as_initials),
    (_SEAM, _parted_at_capitals),
    (_WIDTH, _without_half_a_word),
)

"""Variants of a name: how it is mistyped, shortened, respelt, and disguised.

    from sanctionscreen.variants import ALWAYS_FOUND, EVASIONS, VariantKind, variants

    for variant in variants("Hangzhou Hikvision Digital Technology Co., Ltd.", "organization"):
        print(variant.kind, variant.text, variant.changed)

Each kind of variant is one small function of the words of a name and a random number generator; its docstring
says what it does. They stand in `mistyped`, `reworded`, `respelt` and `disguised`. **Every variant still
tells who is named.** A kind that would leave too little gives none: the only distinctive word is never left out,
short words are not mistyped, and words do not move where their order says who is whose child. So whatever screens names
should find every one of them. This package finds those of `ALWAYS_FOUND`, and of the other kinds nearly all;
`docs/explanation/accuracy.md` has the shares.

A variant depends on the name, its kind and the seed alone; it is the same on every machine.

>>> [v.text for v in variants("Hikvision", kinds=["letters_swapped", "leet", "word_dropped"])]
['Hikvisoin', 'Hikvis10n']
>>> next(variants("Hikvision", kinds=["leat"]))
Traceback (most recent call last):
sanctionscreen.errors.InputError: no variant kind 'leat': did you mean 'leet'?
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from sanctionscreen.errors import InputError
from sanctionscreen.records import Kind
from sanctionscreen.variants import disguised, mistyped, respelt, reworded
from sanctionscreen.variants.words import NameWords

__all__ = ["ALWAYS_FOUND", "EVASIONS", "MAKERS", "Variant", "VariantKind", "variants"]


class VariantKind(StrEnum):
    """Every kind of variant; the value is the name of the function that makes it."""

    CASE_CHANGED = "case_changed"
    PUNCTUATION_CHANGED = "punctuation_changed"
    ACCENTS_CHANGED = "accents_changed"
    LETTER_DROPPED = "letter_dropped"
    LETTER_ADDED = "letter_added"
    LETTERS_SWAPPED = "letters_swapped"
    KEY_BESIDE = "key_beside"
    MISHEARD = "misheard"
    LEGAL_FORM_DROPPED = "legal_form_dropped"
    LEGAL_FORM_CHANGED = "legal_form_changed"
    ABBREVIATED = "abbreviated"
    HONORIFIC_ADDED = "honorific_added"
    INITIALS = "initials"
    FAMILY_NAME_FIRST = "family_name_first"
    WORDS_SWAPPED = "words_swapped"
    WORDS_JOINED = "words_joined"
    SPACES_REMOVED = "spaces_removed"
    WORD_SPLIT = "word_split"
    WORD_ADDED = "word_added"
    WORD_DROPPED = "word_dropped"
    PATRONYMIC_ADDED = "patronymic_added"
    PATRONYMIC_DROPPED = "patronymic_dropped"
    TRANSLITERATED = "transliterated"
    SCRIPT_CHANGED = "script_changed"
    HOMOGLYPHS = "homoglyphs"
    ZERO_WIDTH = "zero_width"
    LEET = "leet"
    LETTERS_SPACED = "letters_spaced"
    LETTERS_REPEATED = "letters_repeated"
    WORDS_REVERSED = "words_reversed"


Maker = Callable[[NameWords, Random], str | None]

#: The function that makes each kind.
MAKERS: dict[VariantKind, Maker] = {
    VariantKind(maker.__name__): maker for module in (mistyped, reworded, respelt, disguised) for maker in module.MAKERS
}

#: The kinds that hide a name from a program on purpose.
EVASIONS: frozenset[VariantKind] = frozenset(VariantKind(maker.__name__) for maker in disguised.MAKERS)

#: The kinds of which a screening at the default cutoff missed none: of 373 bundled parties with 60 seeds, of 2,000
#: parties of the SDN list of 2021 with 3, and of the names of `docs/explanation/accuracy.md`. Of the others it misses
#: some: one typing error can leave too little of a short word, and "Pub." may be another word than "Public".
ALWAYS_FOUND: frozenset[VariantKind] = frozenset(
    {
        VariantKind.CASE_CHANGED,
        VariantKind.PUNCTUATION_CHANGED,
        VariantKind.ACCENTS_CHANGED,
        VariantKind.LEGAL_FORM_DROPPED,
        VariantKind.LEGAL_FORM_CHANGED,
        VariantKind.FAMILY_NAME_FIRST,
        VariantKind.WORDS_JOINED,
        VariantKind.SPACES_REMOVED,
        VariantKind.WORD_SPLIT,
        VariantKind.ZERO_WIDTH,
        VariantKind.LETTERS_SPACED,
        VariantKind.LETTERS_REPEATED,
    }
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a name.

    Attributes:
        text: the variant.
        kind: what was done to the name.
        changed: which words became which: `Hikvision > Hikvisoin`, `+ Group`, `- Ltd`, `order of words`.
    """

    text: str
    kind: VariantKind
    changed: str


def variants(
    name: str,
    kind: Kind | None = None,
    *,
    kinds: Collection[VariantKind | str] | None = None,
    seed: int = 0,
) -> Iterator[Variant]:
    """Give one variant of each kind that the name has, in the order of `VariantKind`.

    Args:
        name: the name; a person's may be written `FAMILY, Given`, and its variants are in natural order.
        kind: what it names; inferred where it is not given.
        kinds: which kinds to make; all of them if not given.
        seed: another seed gives other variants.

    Raises:
        InputError: when there is no such kind of variant.
    """
    wanted = set(VariantKind) if kinds is None else {_kind(one) for one in kinds}
    words = NameWords.of(name, kind)
    plain = " ".join(words.texts)
    for one in VariantKind:
        if one not in wanted:
            continue
        text = MAKERS[one](words, Random(f"{seed}:{one}:{name}"))  # noqa: S311  # repeatable, not secret
        if text is not None and text not in (plain, name) and text.strip():
            yield Variant(text, one, _changed(words.texts, text.split()))


def _kind(one: VariantKind | str) -> VariantKind:
    try:
        return VariantKind(one)
    except ValueError:
        near = difflib.get_close_matches(str(one), list(VariantKind), n=1)
        hint = f"did you mean {str(near[0])!r}?" if near else f"All: {', '.join(VariantKind)}"
        raise InputError(f"no variant kind {str(one)!r}: {hint}") from None


def _changed(before: tuple[str, ...], after: list[str]) -> str:
    """Say which words became which."""
    if sorted(before) == sorted(after):
        return "order of words"
    steps = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return ", ".join(
        {"insert": f"+ {new}", "delete": f"- {old}"}.get(tag, f"{old} > {new}")
        for tag, a, b, c, d in steps
        if tag != "equal" and [old := " ".join(before[a:b]), new := " ".join(after[c:d])]
    )

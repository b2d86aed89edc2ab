"""Words left out, added, moved, joined, split or shortened, so that the party can still be told.

A word is only left out where enough remains: two distinctive words, or one of six letters where the word left
out was a generic one or a place. A person keeps the first and the last word of the name. Numbers are never left
out, and words never move where a patronymic says who is whose child.

>>> from random import Random
>>> legal_form_dropped(NameWords.of("Acme Trading Co., Ltd.", "organization"), Random(1))
'Acme Trading'
>>> word_dropped(NameWords.of("Acme", "organization"), Random(1)) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from sanctionscreen.names import Role
from sanctionscreen.variants.words import DISTINCTIVE, NameWords, cased_like, pick, table

#: Words that companies add to a name or leave out, which make no other company of it.
_ADDED = ("International", "Group", "Holding", "Trading", "Global", "Services", "Enterprise")
#: Legal forms in place of another one, as trade documents mix them up.
_FORMS = [
    "Ltd",
    "Limited",
    "Co., Ltd.",
    "LLC",
    "L.L.C.",
    "Inc.",
    "Corp.",
    "Corporation",
    "Company",
    "GmbH",
    "S.A.",
    "PLC",
]
_HONORIFICS = ("Mr.", "Mr", "Dr.", "Sheikh", "Haji", "Eng.", "General", "Prof.")
_SHIP_PREFIXES = ("MV", "M/V", "MT", "SS")
_LEFT_ALONE = 6
_SPLIT_PART = 3
_SPLIT_WORD = 7


def _tells(name: NameWords, positions: Iterable[int], least: int = DISTINCTIVE) -> int:
    """How many of these words can tell who is named."""
    words = (name.words[i] for i in positions)
    return sum(w.role is Role.WORD and w.letters >= least for w in words)


def word_dropped(name: NameWords, random: Random) -> str | None:
    """A word is left out, and the rest still tells who is named."""
    units = name.units()
    inner = units[1:-1] if name.kind == "person" else units
    options = []
    for unit in inner:
        rest = [i for other in units if other is not unit for i in other]
        role = name.words[unit[-1]].role
        enough = _tells(name, rest) > 1 or (role is not Role.WORD and _tells(name, rest, _LEFT_ALONE))
        if role not in (Role.NUMBER, Role.LEGAL, Role.PARTICLE) and enough:
            options.append(unit)
    return name.without(pick(options, random)) if options else None


def word_added(name: NameWords, random: Random) -> str | None:
    """A word that many companies bear is added before the legal form: `Acme Group Ltd`."""
    present = {text.lower() for text in name.texts}
    options = [word for word in _ADDED if word.lower() not in present]
    if name.kind != "organization" or not _tells(name, range(len(name.words))):
        return None
    return name.with_added(name.core_end, cased_like("".join(name.texts), pick(options, random)))


def words_swapped(name: NameWords, random: Random) -> str | None:
    """Two words beside each other change places."""
    units = list(name.units())
    last = sum(name.words[unit[-1]].role is not Role.LEGAL for unit in units)
    if name.has_patronymic or last < 2:  # it takes two to swap
        return None
    i = pick(range(last - 1), random)
    units[i : i + 2] = units[i + 1], units[i]
    return _if_changed(name, name.in_order(units))


def family_name_first(name: NameWords, random: Random) -> str | None:
    """A person's last name stands first, with a comma or without: `Putin, Vladimir`."""
    units = name.units()
    if name.kind != "person" or len(units) < 2 or name.has_patronymic:  # a first and a last name
        return None
    family, rest = name.in_order(units[-1:]), name.in_order(units[:-1])
    return f"{family}{pick((', ', ' '), random)}{rest}"


def words_joined(name: NameWords, random: Random) -> str | None:
    """Two words are written as one."""
    ends = range(1, name.core_end)
    if not ends:
        return None
    i = pick(ends, random)
    return _join(name, i - 1, i + 1)


def spaces_removed(name: NameWords, random: Random) -> str | None:  # noqa: ARG001  # every maker takes both
    """All words are written as one; a legal form keeps its place after them."""
    return _join(name, 0, name.core_end) if name.core_end > 1 else None


def _join(name: NameWords, first: int, last: int) -> str:
    texts = name.texts
    return " ".join([*texts[:first], "".join(texts[first:last]), *texts[last:]])


def word_split(name: NameWords, random: Random) -> str | None:
    """A word is written as two: `Hik Vision`."""
    options = [i for i in name.distinctive if re.fullmatch(rf"[A-Za-z]{{{_SPLIT_WORD},}}", name.words[i].text)]
    if not options:
        return None
    i = pick(options, random)
    text = name.words[i].text
    at = pick(range(_SPLIT_PART, len(text) - _SPLIT_PART + 1), random)
    return name.with_word(i, f"{text[:at]} {text[at:]}")


def initials(name: NameWords, random: Random) -> str | None:
    """A given name is cut to its first letter: a middle one, or the first before a family name of six letters."""
    if name.kind != "person" or len(name.words) < 2:  # a given and a family name
        return None
    last = len(name.words) - 1
    whole = {unit[0] for unit in name.units() if len(unit) == 1}
    middle = [i for i in name.distinctive if 0 < i < last and i in whole]
    others = len(name.distinctive) - bool(middle)
    first = [0] if 0 in whole and _tells(name, [0]) and _tells(name, [last], _LEFT_ALONE) else []
    options = middle if middle and others > 1 else first
    if not options:
        return None
    i = pick(options, random)
    return name.with_word(i, name.words[i].text[0] + pick((".", ""), random))


def legal_form_changed(name: NameWords, random: Random) -> str | None:
    """Another legal form stands in place of the right one, or one is added where there was none."""
    if name.kind != "organization" or not _tells(name, range(len(name.words))):
        return None
    forms = {i for i, w in enumerate(name.words) if w.role is Role.LEGAL}
    was = {name.words[i].text.strip(".").lower() for i in forms}
    form = pick([f for f in _FORMS if f.strip(".").lower() not in was], random)
    return f"{name.without(forms)} {form}"


def legal_form_dropped(name: NameWords, random: Random) -> str | None:  # noqa: ARG001  # every maker takes both
    """The legal form is left out."""
    forms = {i for i, w in enumerate(name.words) if w.role is Role.LEGAL}
    return name.without(forms) if forms and _tells(name, range(len(name.words))) else None


def abbreviated(name: NameWords, random: Random) -> str | None:
    """A word is shortened as is customary: `Intl`, `Mfg`, `Mohd`."""
    short = {word: forms.split("|") for word, forms in table("abbreviations.tsv")}
    options = [i for i, w in enumerate(name.words) if w.text.lower() in short]
    if not options or not _tells(name, set(range(len(name.words))).difference(options)):
        return None
    i = pick(options, random)
    form = pick(short[name.words[i].text.lower()], random)
    return name.with_word(i, cased_like(name.words[i].text, form) + pick(("", "."), random) * form.isalpha())


def honorific_added(name: NameWords, random: Random) -> str | None:
    """A title stands before a person's name, a prefix before a vessel's: `Dr. ...`, `MV ...`."""
    added = {"person": _HONORIFICS, "vessel": _SHIP_PREFIXES}.get(name.kind or "")
    return f"{pick(added, random)} {' '.join(name.texts)}" if added else None


def patronymic_added(name: NameWords, random: Random) -> str | None:
    """The father's name stands after the given name, where the name had none: `Ayman bin Ali al-Zawahiri`."""
    if name.kind != "person" or len(name.words) != 2 or len(name.distinctive) != 2:  # given and family name
        return None
    family = name.words[1].text
    for ending, fathers in table("patronymics.tsv"):
        if re.fullmatch(ending, family.lower()):
            return name.with_added(1, cased_like(family, pick(fathers.split("|"), random)))
    return None


def patronymic_dropped(name: NameWords, random: Random) -> str | None:
    """The father's name is left out from between the given and the family name."""
    units = name.units()
    options = [unit for unit in units[1:-1] if _is_patronymic(name, unit)]
    rest = [i for unit in units if unit not in options[:1] for i in unit]
    if name.kind != "person" or not options or _tells(name, rest) < 2:  # given and family name
        return None
    return name.without(pick(options, random))


def _is_patronymic(name: NameWords, unit: tuple[int, ...]) -> bool:
    words = [name.words[i] for i in unit]
    return words[0].of_parent or bool(re.search(r"(?:[oey]vich|[oei]vna)$", words[-1].text.lower()))


def _if_changed(name: NameWords, text: str) -> str | None:
    return text if text != " ".join(name.texts) else None


MAKERS = (
    word_dropped, word_added, words_swapped, family_name_first, words_joined, spaces_removed, word_split,
    initials, legal_form_changed, legal_form_dropped, abbreviated,
    honorific_added, patronymic_added, patronymic_dropped,
)  # fmt: skip

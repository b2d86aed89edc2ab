"""Other readings of a name that stands in another script than the Latin one, or in both.

>>> from sanctionscreen.names import parse
>>> [(reading.standard, [token.text for token in reading.tokens]) for reading in parse("Syriatel (سيريتل)").readings][1]
('as written, one of several names', ['syriatel'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sanctionscreen.names import run_on
from sanctionscreen.names.name import Role
from sanctionscreen.names.normalise import MAX_LENGTH
from sanctionscreen.names.romanise.han import unparted
from sanctionscreen.names.romanise.palladius import pinyin, tells_itself
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.several import in_two_scripts, say_who
from sanctionscreen.names.source import ONE_OF_SEVERAL, Rereading, Source, cut, ordered
from sanctionscreen.names.splitting import Word, split
from sanctionscreen.names.tokens import look_up
from sanctionscreen.names.traced import Traced
from sanctionscreen.names.transliterate import romanise


def of_other_scripts(source: Source) -> Iterator[Rereading]:
    """Give every other reading of a name that is not in Latin letters throughout, the most telling first."""
    yield from _each_script(source)
    yield from _palladius(source)
    yield from _runs_whole(source)
    yield from _other_romanisations(source)
    yield from _syllables_apart(source)
    yield from _characters_joined(source)


#: So few Han characters are too many things in pinyin to be an organisation's name: under their English and their short
#: Chinese names 139 of 1,690 companies listed in China raised an alarm, under the English names alone 29.
_SHORTEST_IN_PINYIN = 5


def _each_script(source: Source) -> Iterator[Rereading]:
    """Huawei Technologies (华为技术有限公司); but 华为 alone in 华为 Co., Ltd."""
    for part in in_two_scripts(source.traced):
        scripts = list(filter(None, map(script_of, part.text)))
        ambiguous = set(scripts) == {"Hani"} and len(scripts) < _SHORTEST_IN_PINYIN and source.kind != "person"
        for script, standard, traced in romanise(part):
            words = ordered(cut(traced, source.segments), source.kind)
            if (script in scripts or not ambiguous) and say_who(look_up(words, source.original)):
                yield Rereading(script, f"{standard}, {ONE_OF_SEVERAL}", words, source.kind, source.letters_apart)


#: Roles of words that stand beside a Chinese name in Russian: Компания Хуавэй.
_RUSSIAN = frozenset({Role.LEGAL, Role.GENERIC, Role.PLACE})


def _palladius(source: Source) -> Iterator[Rereading]:
    """Чжу Хайлунь is Zhu Hailun in pinyin."""
    if not any(script_of(char) == "Cyrl" for char in source.traced.text):
        return
    russian = {word.start: word for word in source.words if source.kind != "person" and _is_russian(word)}
    words: list[Word] = []
    chinese: list[str] = []
    for word in split(source.traced):
        latin = pinyin(word.text)
        if word.start in russian:
            words.append(russian[word.start])
        elif latin and word.gap == "-" and chinese:
            words[-1] = Word(words[-1].text + latin, words[-1].start, word.end, words[-1].gap)
            chinese[-1] += word.text
        elif latin:
            words.append(Word(latin, word.start, word.end, word.gap))
            chinese.append(word.text)
        else:
            return
    if tells_itself(chinese, alone=not russian and source.kind in ("person", None)):
        yield Rereading("Latn", "Palladius", ordered(words, source.kind), source.kind, letters_apart=False)


def _is_russian(word: Word) -> bool:
    return any(sense.role in _RUSSIAN for sense in word.senses)


def _runs_whole(source: Source) -> Iterator[Rereading]:
    """가스프롬 is Gazprom, though its first sounds are those of gas."""
    taken = {place for place in source.segments if script_of(source.original[place]) in run_on.SCRIPTS}
    if all(source.segments[place][1] for place in taken):
        return
    main = source.romanised[0]
    segments = {place: segment for place, segment in source.segments.items() if place not in taken}
    words = ordered(cut(main, segments), source.kind)
    yield Rereading("Latn", f"{main.standard}, runs whole", words, source.kind, source.letters_apart)


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
#: Points that part the names of a foreigner in Chinese (GB/T 15834-2011, 4.12), and what is typed for them.
_POINTS = "·•‧∙・."


def _characters_joined(source: Source) -> Iterator[Rereading]:
    """A foreign name has no family name in front: 林肯 is Lincoln and not Mr Lin; 弗拉基米尔·普京 is two words."""
    traced = source.traced
    parts = [traced.part(*part.span()) for part in re.finditer(f"[^{_POINTS}]+", traced.text)]
    are_han = all(script_of(char) == "Hani" for part in parts for char in part.text)
    most = _MOST_CHARACTERS if len(parts) == 1 else MAX_LENGTH
    if are_han and len(parts) < len(traced.text) <= most and source.kind in ("person", None):
        how = f"{source.romanised[0].standard}, characters joined"
        yield Rereading("Latn", how, list(map(_foreign_word, parts)), source.kind, letters_apart=False)


def _foreign_word(part: Traced) -> Word:
    word = Word("".join(unparted(part.text)), min(part.starts), max(part.ends), "")
    word.is_known = True
    return word

"""Other readings of a name that stands in another script than the Latin one, or in both.

>>> from sanctionscreen.names import parse
>>> [(reading.standard, [token.text for token in reading.tokens]) for reading in parse("Syriatel (سيريتل)").readings][1]
('as written, one of several names', ['syriatel'])
"""

from __future__ import annotations

from collections.abc import Iterator

from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.several import in_two_scripts, say_who
from sanctionscreen.names.source import ONE_OF_SEVERAL, Rereading, Source, cut, ordered
from sanctionscreen.names.tokens import look_up
from sanctionscreen.names.transliterate import romanise


def of_other_scripts(source: Source) -> Iterator[Rereading]:
    """Give every other reading of a name that is not in Latin letters throughout, the most telling first."""
    yield from _each_script(source)
    yield from _other_romanisations(source)
    yield from _syllables_apart(source)
    yield from _characters_joined(source)


def _each_script(source: Source) -> Iterator[Rereading]:
    """Huawei Technologies (华为技术有限公司); but 华为 alone in 华为 Co., Ltd."""
    for part in in_two_scripts(source.traced):
        for script, standard, traced in romanise(part):
            words = ordered(cut(traced, source.segments), source.kind)
            if say_who(look_up(words, source.original)):
                yield Rereading(script, f"{standard}, {ONE_OF_SEVERAL}", words, source.kind, source.letters_apart)


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

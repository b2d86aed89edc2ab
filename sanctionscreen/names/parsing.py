"""Text to `Name`: the whole road of this package in one place.

>>> [(token.text, token.role.value) for token in parse("AL-ASSAD, Dr. Bashar", "person").readings[0].tokens]
[('dr', 'title'), ('bashar', 'word'), ('al', 'particle'), ('assad', 'word')]
>>> name = parse("Hangzhou Hikvison Digital Tech Co Ltd")
>>> name.kind, name.inferred, [token.role.value for token in name.readings[0].tokens]
('organization', True, ['place', 'word', 'generic', 'generic', 'legal'])
>>> parse("  ").readings
()
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sanctionscreen.names import rereading
from sanctionscreen.names.compounds import join_compounds
from sanctionscreen.names.name import Name, Reading, Role, Token
from sanctionscreen.names.normalise import MAX_LENGTH, Traced, normalise, unspaced
from sanctionscreen.names.romanise import han
from sanctionscreen.names.scripts import script_of
from sanctionscreen.names.segments import RUN, cut
from sanctionscreen.names.senses import NO_SENSES, Sense
from sanctionscreen.names.splitting import Segments, Word, split, split_at
from sanctionscreen.names.tokens import kind_of, look_up, tokens_of
from sanctionscreen.names.transliterate import AS_WRITTEN, Romanised, romanise
from sanctionscreen.records import Kind

#: More words than this are not read. The longest name on the lists of OFAC, BIS, UN, EU and UK has fewer.
MAX_TOKENS = 40
#: More readings than this are not made.
MAX_READINGS = 6

#: So many letters that stand one by one are no initials any more.
_SPACED_OUT = 5
_CAPITAL_INSIDE = re.compile(r"[^\W\d_A-Z][A-Z]")
_UNVOWELLED = frozenset({"Arab", "Hebr"})


def parse(text: str, kind: Kind | None = None) -> Name:
    """Read a name.

    Args:
        text: as typed, in any script. Only the first `MAX_LENGTH` characters and `MAX_TOKENS` words are read,
            and a note says where that left something out.
        kind: what it names, if that is known; else it is inferred where the words tell.

    Any string is read, none raises. Two calls with the same arguments give equal names.

    >>> [[token.text for token in reading.tokens] for reading in parse("J.P. Morgan Co").readings]
    [['jp', 'morgan', 'co'], ['j', 'p', 'morgan', 'co']]
    """
    normalised = normalise(text)
    traced, original = normalised.traced, text[:MAX_LENGTH]
    seams = _CAPITAL_INSIDE.search(original) is not None
    source = _Source(original, traced, romanise(traced), kind, seams)
    made = _read(source)
    return Name(
        source.original,
        made.kind,
        kind is None and made.kind is not None,
        tuple(made.readings),
        (*normalised.disguises, *made.disguises),
        (*normalised.notes, *dict.fromkeys(made.notes)),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """What is read: the text as typed, normalised and romanised, and the kind where it is stated."""

    original: str
    traced: Traced
    romanised: tuple[Romanised, ...]
    kind: Kind | None
    has_seams: bool


@dataclass(slots=True)
class _Made:
    """What comes of it."""

    kind: Kind | None
    readings: list[Reading]
    notes: list[str]
    disguises: list[str]

    def add(self, script: str, standard: str, tokens: Sequence[Token]) -> None:
        """Add a reading unless it is empty, one too many, or says what another says."""
        if not tokens or len(self.readings) == MAX_READINGS:
            return
        if all(reading.tokens != tokens for reading in self.readings):
            self.readings.append(Reading(script, standard, tuple(tokens)))


def _read(source: _Source) -> _Made:
    """Make every reading, the main one first; the main one settles the kind."""
    main, *others = source.romanised
    segments: Segments = {} if main.standard == AS_WRITTEN else _segments(source.traced, source.kind)
    raw = _cut(main, segments)
    made = _Made(source.kind, [], [], [])
    if len(raw) > MAX_TOKENS:
        raw = raw[:MAX_TOKENS]
        made.notes.append(f"the name has more than {MAX_TOKENS} words; only those were read")
    if source.has_seams:
        raw = rereading.legal_form_apart(raw, source.original)
    ordered = rereading.given_first(raw, source.kind)
    words = look_up(join_compounds(ordered or raw), source.original)
    made.kind = source.kind or kind_of(words, source.original) or ("person" if ordered else None)
    letters_apart = made.kind in ("person", None)
    tokens, notes = tokens_of(words, source.original, made.kind, letters_apart=letters_apart)
    made.notes += notes
    made.add("Latn", main.standard, _finished(tokens, source))
    for other in others:
        cut = _cut(other, segments)
        _add(made, source, _Rereading(other.script, other.standard, cut, made.kind, letters_apart))
    for reread in _rereadings(source, raw, made):
        _add(made, source, reread)
    return made


class _Rereading(NamedTuple):
    """Another way to cut or to take a name: words, what they were made by, and how they are taken."""

    script: str
    standard: str
    words: Sequence[Word]
    kind: Kind | None
    letters_apart: bool


def _add(made: _Made, source: _Source, reread: _Rereading) -> None:
    words = rereading.given_first(reread.words, reread.kind) or reread.words
    words = look_up(join_compounds(words[:MAX_TOKENS]), source.original)
    tokens, _ = tokens_of(words, source.original, reread.kind, letters_apart=reread.letters_apart)
    made.add(reread.script, reread.standard, _finished(tokens, source))


def _rereadings(source: _Source, raw: Sequence[Word], made: _Made) -> Iterator[_Rereading]:
    """Give other ways to take the main reading."""
    kind, original = made.kind, source.original
    apart = kind in ("person", None)
    main = source.romanised[0].standard

    def reread(how: str, words: Sequence[Word], *, kind: Kind | None = kind, apart: bool = apart) -> _Rereading:
        return _Rereading("Latn", f"{main}, {how}", words, kind, apart)

    if kind is None and raw and any(sense.role is Role.LEGAL for sense in raw[-1].senses):
        yield reread("as an organisation", raw, kind="organization", apart=False)
    if any(word.parts for word in raw):
        yield reread("letters joined" if apart else "letters apart", raw, apart=not apart)
    if apart and (initials := rereading.initials_of_capitals(raw, original)):
        yield reread("capitals as initials", initials)
    if joined := unspaced(source.traced):
        words = _cut(romanise(joined)[0], {})
        if len(raw) - len(words) >= _SPACED_OUT - 1:
            made.disguises.append("spaced")
        yield reread("letters joined", words, apart=False)
    if source.has_seams and (parted := rereading.parted_at_capitals(raw, original)):
        yield reread("parted at capitals", parted)
    if letters := rereading.without_leet(source.traced):
        made.disguises.append("leet")
        yield reread("digits as letters", _cut(romanise(letters)[0], {}))


def _cut(romanised: Romanised, segments: Segments) -> list[Word]:
    return split_at(romanised.traced, segments) if segments else split(romanised.traced)


def _segments(traced: Traced, kind: Kind | None) -> Segments:
    """Give for every Han character, by its place in the original, the segment it belongs to."""
    segments: dict[int, tuple[int, tuple[Sense, ...]]] = {}
    simplified = han.simplified(traced.text)
    for run in RUN.finditer(simplified):
        family = han.family_length(run[0]) if kind in ("person", None) else 0
        pieces = (
            [(0, family, NO_SENSES), (family, len(run[0]), NO_SENSES)]
            if family
            else [(piece.start, piece.end, piece.senses) for piece in cut(run[0])]
        )
        for begin, end, senses in pieces:
            number = run.start() + begin
            for place in range(number, run.start() + end):
                segments[traced.starts[place]] = (number, senses)
    return segments


def _finished(tokens: list[Token], source: _Source) -> tuple[Token, ...]:
    """Cut tokens to their bound, and mark those of scripts without vowels."""
    if source.romanised[0].standard != AS_WRITTEN:
        tokens = [
            replace(token, skeleton=True) if script_of(source.original[token.start]) in _UNVOWELLED else token
            for token in tokens
        ]
    return tuple(tokens[:MAX_TOKENS])

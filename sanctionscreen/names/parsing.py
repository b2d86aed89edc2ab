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

from collections.abc import Sequence
from dataclasses import dataclass, field

from sanctionscreen.names.compounds import join_compounds
from sanctionscreen.names.disguised import LOST
from sanctionscreen.names.kinds import kind_of
from sanctionscreen.names.name import Name, Reading, Token
from sanctionscreen.names.normalise import CUT, MAX_LENGTH, normalise
from sanctionscreen.names.plain import plain_name
from sanctionscreen.names.readings import rereadings
from sanctionscreen.names.rereading import given_first, has_capital_inside, legal_form_apart
from sanctionscreen.names.roles import Context
from sanctionscreen.names.segments import segments_of
from sanctionscreen.names.source import Rereading, Source, cut
from sanctionscreen.names.splitting import NO_SEGMENTS, Word
from sanctionscreen.names.tokens import look_up, tokens_of
from sanctionscreen.names.traits import COMPOUND, NO_PERSON, signs_of
from sanctionscreen.names.transliterate import AS_WRITTEN, is_bare, romanise
from sanctionscreen.records import Kind

#: More words than this are not read. The longest name on the lists of OFAC, BIS, UN, EU and UK has fewer.
MAX_TOKENS = 40
#: What is told of a name with signs of letters that were lost.
LOST_LETTERS = "letters of the name were lost before it came here (it has U+FFFD in their place): give the name anew"
#: More readings than this are not made. No name of the SDN list of 2021 and of the CSL of 2022 has more than four.
MAX_READINGS = 8


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
    return plain_name(text, kind) or parsed(text, kind)


def parsed(text: str, kind: Kind | None) -> Name:
    """Read any name step by step, plain or not."""
    original, normalised = text[:MAX_LENGTH], normalise(text)
    romanised = romanise(normalised.traced)
    plain = romanised[0].standard == AS_WRITTEN
    segments = NO_SEGMENTS if plain else segments_of(normalised.traced, kind)
    made = _Made(plain, notes=list(normalised.notes), disguises=list(normalised.disguises))
    if LOST in text:
        made.notes.append(LOST_LETTERS)
    raw = made.within_bounds(cut(romanised[0], segments))
    seamed = has_capital_inside(original)
    if seamed:
        raw = legal_form_apart(raw, original)
    signs = signs_of(raw)
    has_comma = "," in romanised[0].text and (kind or not signs & NO_PERSON)
    in_order = given_first(raw, kind) if has_comma else None
    ordered = in_order or raw
    words = look_up(join_compounds(ordered) if signs & COMPOUND else ordered, original)
    context = Context.of(words, original, None)
    known = kind or kind_of(context) or ("person" if in_order else None)
    source = Source(original, normalised.traced, romanised, segments, raw, known, seamed, signs)
    tokens, notes = tokens_of(Context(words, context.end, original, known), letters_apart=source.letters_apart)
    made.notes += notes
    spelt_alike = words is ordered and len(tokens) <= MAX_TOKENS
    made.add("Latn", romanised[0].standard, tokens, original, () if spelt_alike else ordered)
    for other in rereadings(source):
        made.reread(other, original)
    inferred = kind is None and known is not None
    return Name(original, known, inferred, tuple(made.readings), tuple(made.disguises), tuple(made.notes))


@dataclass(slots=True)
class _Made:
    """What has come of a name so far; `plain` where it is in Latin letters throughout."""

    plain: bool
    notes: list[str]
    disguises: list[str]
    readings: list[Reading] = field(default_factory=list)

    def within_bounds(self, words: list[Word]) -> list[Word]:
        """Cut off the words that are too many, and note it."""
        if len(words) <= MAX_TOKENS:
            return words
        self.notes.append(f"the name has more than {MAX_TOKENS} words{CUT}")
        return words[:MAX_TOKENS]

    def reread(self, other: Rereading, original: str) -> None:
        """Add another reading."""
        context = Context.of(look_up(other.words[:MAX_TOKENS], original), original, other.kind)
        tokens, _ = tokens_of(context, letters_apart=other.letters_apart)
        self.add(other.script, other.how, tokens, original)
        if other.disguise and other.disguise not in self.disguises:
            self.disguises.append(other.disguise)
        if other.note and other.note not in self.notes:
            self.notes.append(other.note)

    def add(
        self, script: str, standard: str, tokens: Sequence[Token], original: str, spelt: Sequence[Word] = ()
    ) -> None:
        """Add a reading, with its letters as `spelt`, unless it says nothing new; note it where there are too many."""
        if not tokens:
            return
        if not self.plain:
            tokens = [_marked(token, original) for token in tokens]
        tokens = tuple(tokens[:MAX_TOKENS])
        if self.readings and tokens in [reading.tokens for reading in self.readings]:
            return
        if len(self.readings) == MAX_READINGS:
            note = f"the name can be read in more than {MAX_READINGS} ways{CUT}"
            self.notes += [note] if note not in self.notes else []
            return
        letters = "".join([word.text for word in spelt]) if spelt else ""
        if letters and letters == "".join([token.text for token in tokens]):
            letters = ""
        self.readings.append(Reading(script, standard, tokens, letters))


def _marked(token: Token, original: str) -> Token:
    """Mark a word that lacks vowels."""
    return token._replace(skeleton=True) if is_bare(original[token.start : token.end]) else token

r"""YAML text to plain data, quickly and within bounds; and the line on which each value stands.

Every YAML file that a user writes is read here: list files, policies, stakes and suppliers, mappings, files of sources.
They are YAML 1.2 (https://yaml.org/spec/1.2.2/), read event by event with PyYAML, with libyaml where PyYAML has
it. Nothing is guessed from the look of a value: every scalar is a text, and the schema of the records says what
the text must be. So Norway stays `NO`, a number keeps its leading zeros, and a date is what it says. Only an empty
value, `~` and `null`, not in quotes, are no value.

>>> read("id: 00123\ncountry: NO\nnote:\n")
{'id': '00123', 'country': 'NO', 'note': None}
>>> read("a: [1")  # doctest: +ELLIPSIS
Traceback (most recent call last):
sanctionscreen.yamldata.YamlError: 2: not YAML: did not find expected ...

A file can be hostile. No tag makes anything but texts, lists and mappings; nesting is at most `MAX_DEPTH` deep; and
an alias is counted as all that it stands for, at most `MAX_REPEATED` values in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

import yaml
from yaml import events

from sanctionscreen.errors import Fault

#: Most faults that are told of one file; a file with more is another kind of file.
MAX_FAULTS = 1000
#: Deepest nesting of lists and mappings. The schema itself needs 7.
MAX_DEPTH = 32
#: Most values that the aliases of one file may stand for, all together.
MAX_REPEATED = 10_000

#: Where a value stands in the data: the keys and positions that lead to it.
Place = tuple[str | int, ...]

#: A parser of YAML events: libyaml's where PyYAML was built with it, else PyYAML's own, ten times slower.
Parser = Callable[[str], Any]
PARSER: Final[Parser] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_SAFE = ("str", "null", "bool", "int", "float", "timestamp", "seq", "map")
_TAGS = frozenset({None, "!", *(f"tag:yaml.org,2002:{kind}" for kind in _SAFE)})
_UNSET: Final = object()
#: Characters of a value that are quoted.
SHOWN = 60
_TAB = re.compile(r" *\t")

_COLUMN = " (check that the lines of one list or mapping begin in the same column)"
#: What libyaml and PyYAML report, and what usually mends it.
_HINTS = (
    ("mapping values are not allowed", " (a text with ': ' in it needs quotes)"),
    ("could not find expected ':'", " (a key needs ': ' after it, a long text quotes around it)"),
    ("cannot start any token", " (a text that begins with this character needs quotes)"),
    ("<block end>", _COLUMN),
    ("did not find expected key", _COLUMN),
    ("did not find expected '-'", _COLUMN),
)


class YamlError(Exception):
    """Text that cannot be read to its end; `faults` holds what was found until there.

    Attributes:
        faults: lines, messages and places.
    """

    def __init__(self, faults: list[tuple[int, str, Place]]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{line}: {message}" for line, message, _ in faults))

    def told(self, file: object) -> str:
        """Every fault in a line of its own that names the file."""
        return "\n".join(str(Fault(str(file), line, message)) for line, message, _ in self.faults)


def quoted(text: object) -> str:
    r"""Write a value in quotes on one line, cut where it is long.

    >>> quoted("a\nb"), len(quoted("x" * 1000))
    ("'a\\nb'", 63)
    """
    cut = str(text)[: SHOWN + 1]
    return repr(cut if len(cut) <= SHOWN else f"{cut[:-1]}…")


def read(text: str, parser: Parser = PARSER) -> Any:
    """Read one document.

    Returns:
        Texts, None, lists and dictionaries with text keys.

    Raises:
        YamlError: with every fault in it: what is not YAML, a key given twice, a tag, too deep, too many aliases.
    """
    return _build(text, parser, None)


def lines_of(text: str, parser: Parser = PARSER) -> dict[Place, int]:
    r"""Give the line of every value in a text, as far as it can be read; a field's line is that of its key.

    >>> lines_of("header:\n  id: x\nparties:\n- id: y\n")[("parties", 0, "id")]
    4
    """
    lines: dict[Place, int] = {}
    with suppress(YamlError):
        _build(text, parser, lines)
    return lines


def line_at(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, or of what it would be part of."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _build(text: str, parser: Parser, lines: dict[Place, int] | None) -> Any:
    builder = _Builder(lines)
    try:
        source = parser(text)
        while (event := source.get_event()) is not None:
            builder.take(event)
    except _TooMuchError as error:
        builder.faults.append((error.line, str(error), builder.place()))
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: PyYAML and "\\UFFFFFFFF"
        builder.faults.append((*_explained(error, text), ()))
    if builder.faults:
        raise YamlError(builder.faults)
    return builder.documents[0] if builder.documents else None


class _TooMuchError(Exception):
    """Something after which reading on has no sense."""

    def __init__(self, event: Any, message: str) -> None:
        self.line = _line(event)
        super().__init__(message)


class _Frame:
    """A list or mapping that is being filled.

    Attributes:
        value: the list or mapping.
        is_list: which of the two.
        entry: its key or position in what it is part of.
        key: the key that waits for its value.
        anchor: its name for aliases.
        before: how many values came before it.
    """

    __slots__ = ("anchor", "before", "entry", "is_list", "key", "value")

    def __init__(self, value: Any, entry: str | int, anchor: str | None, before: int) -> None:
        self.value = value
        self.is_list = isinstance(value, list)
        self.entry = entry
        self.key: Any = _UNSET
        self.anchor = anchor
        self.before = before


class _Builder:
    """Takes events, makes data of them.

    Attributes:
        documents: what was read.
        faults: what is wrong with it.
    """

    def __init__(self, lines: dict[Place, int] | None) -> None:
        self.documents: list[Any] = []
        self.faults: list[tuple[int, str, Place]] = []
        self._lines = lines
        self._frame = _Frame(self.documents, 0, None, 0)
        self._above: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = self._repeated = 0
        self._takers: dict[type, Callable[[Any], None]] = {
            events.ScalarEvent: self._scalar,
            events.MappingStartEvent: self._start_mapping,
            events.MappingEndEvent: self._end,
            events.SequenceStartEvent: self._start_sequence,
            events.SequenceEndEvent: self._end,
            events.AliasEvent: self._alias,
            events.DocumentStartEvent: self._start_document,
        }

    def take(self, event: Any) -> None:
        taker = self._takers.get(type(event))
        if taker is not None:
            taker(event)

    def place(self, key: Any = _UNSET) -> Place:
        """Where the next value belongs, or the field `key` of the mapping being filled."""
        if not self._above:
            return ()
        inside = tuple(frame.entry for frame in (*self._above[2:], self._frame)) if len(self._above) > 1 else ()
        entry = self._entry() if key is _UNSET else key
        return inside if entry is _UNSET else (*inside, entry)

    def _entry(self) -> Any:
        frame = self._frame
        return len(frame.value) if frame.is_list else frame.key

    def _start_document(self, event: Any) -> None:
        if self.documents:
            raise _TooMuchError(event, "a second document begins here: a file is one document, without '---'")

    def _scalar(self, event: Any) -> None:
        self._count += 1
        if event.tag is not None:
            self._check_tag(event)
        frame, text = self._frame, event.value
        if frame.key is _UNSET and not frame.is_list:
            self._start_field(event, text)
            return
        value = None if text in _NOTHING and event.implicit[0] and event.tag is None else text
        if event.anchor is not None:
            self._anchors[event.anchor] = value, 1
        self._put(event, value)

    def _start_field(self, event: Any, key: str) -> None:
        if key in self._frame.value:
            self._fault(event, f"{quoted(key)} is given twice", self.place(key))
        self._frame.key = key
        if self._lines is not None:
            self._lines.setdefault(self.place(), _line(event))

    def _put(self, event: Any, value: Any) -> None:
        if self._lines is not None:
            self._lines.setdefault(self.place(), _line(event))
        frame = self._frame
        if frame.is_list:
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = _UNSET

    def _start_mapping(self, event: Any) -> None:
        self._start(event, {})

    def _start_sequence(self, event: Any) -> None:
        self._start(event, [])

    def _start(self, event: Any, value: Any) -> None:
        self._count += 1
        if event.tag is not None:
            self._check_tag(event)
        if len(self._above) == MAX_DEPTH:
            raise _TooMuchError(event, f"nested more than {MAX_DEPTH} deep")
        self._refuse_as_key(event, "a list or mapping")
        frame = _Frame(value, self._entry(), event.anchor, self._count)
        self._put(event, value)
        self._above.append(self._frame)
        self._frame = frame

    def _end(self, _: Any) -> None:
        frame = self._frame
        self._frame = self._above.pop()
        if frame.anchor is not None:
            self._anchors[frame.anchor] = frame.value, self._count - frame.before + 1

    def _alias(self, event: Any) -> None:
        name = f"'*{event.anchor}'"
        self._refuse_as_key(event, f"the alias {name}")
        if event.anchor not in self._anchors:
            raise _TooMuchError(event, f"the alias {name} has no '&{event.anchor}' that ends before it")
        value, size = self._anchors[event.anchor]
        self._count += size
        self._repeated += size
        if self._repeated > MAX_REPEATED:
            raise _TooMuchError(event, f"aliases stand for more than {MAX_REPEATED} values: write the values out")
        self._put(event, value)

    def _refuse_as_key(self, event: Any, what: str) -> None:
        if self._frame.key is _UNSET and not self._frame.is_list:
            raise _TooMuchError(event, f"{what} as a key: a key is a word (look for a stray '?', '[' or '{{')")

    def _check_tag(self, event: Any) -> None:
        if event.tag not in _TAGS:
            self._fault(event, f"the tag {quoted(event.tag)} is not allowed: leave it out", self.place())

    def _fault(self, event: Any, message: str, place: Place) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append((_line(event), message, place))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _explained(error: Exception, text: str) -> tuple[int, str]:
    """Line and message of what libyaml or PyYAML could not read."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1, f"not YAML: {' '.join(str(error).split())}"
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    if _TAB.match((text.split("\n", line + 1)[line:] or [""])[0]):
        return line + 1, "a tab in the indentation: YAML indents with spaces"
    problem = str(error.problem or error.context)
    if "maximum nesting depth" in problem:  # libyaml has a limit of its own, far above ours, and scans ahead of us
        return line + 1, f"nested more than {MAX_DEPTH} deep"
    hint = next((hint for part, hint in _HINTS if part in problem), "")
    return line + 1, f"not YAML: {problem}{hint}"

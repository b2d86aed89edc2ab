r"""Records to a list file: YAML that reads well, the same bytes every time, whole or not there at all.

Fields stand in the order of the schema and only where they say something; texts stand as they are, in one line
however long, with every script kept. A text is put in quotes where a reader of YAML 1.1 or 1.2
(https://yaml.org/spec/1.2.2/) could take it for something else, and a character that does not show on a screen is
written as an escape. PyYAML is not used for writing: its emitter escapes characters beyond the basic plane, such as
rarer Han characters, where it is built with libyaml, and others where it is not.

>>> print(as_yaml({"name": "NO", "value": "00123", "note": "two\nlines", "share": 50.0, "of": ({"name": "习近平"},)}))
name: 'NO'
value: '00123'
note: |-
  two
  lines
share: 50.0
of:
- name: 习近平
<BLANKLINE>
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sanctionscreen.dates import PartialDate
from sanctionscreen.errors import Fault, ListError
from sanctionscreen.records import ListFile

#: A text that needs no quotes: it begins with a letter or digit, shows whole, and holds no ': ' and no ' #' ...
_PLAIN = re.compile(r"[^\W_][^:#]*(?:(?::(?! |$)|(?<! )#)[^:#]*)*")
#: ... and is neither a word that YAML has a meaning for, nor like a number or a day.
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "y", "n", "null"))
_FIGURES = re.compile(r"[0-9][0-9a-fox_.,:+TZ -]*", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}(~|/[0-9]{4}(-[0-9]{2}){0,2}~?)?")


def write_list(list_file: ListFile, path: Path | str) -> None:
    """Write a list file. An old file at this path stays until the new one is whole.

    Raises:
        ListError: when the file cannot be written.
    """
    text = as_yaml(list_file.model_dump(exclude_defaults=True))
    replace_file(Path(path), text.encode("utf-8"))


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of another at one stroke, so that a reader meets the old one or the new one.

    Raises:
        ListError: when it cannot be written; nothing is left behind then.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name[:100]}.{secrets.token_hex(8)}")
    try:
        try:
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ListError([Fault(str(path), 0, f"cannot be written: {error.strerror}")]) from error


def as_yaml(data: Mapping[str, object]) -> str:
    """Write mappings, tuples, texts, dates and figures as YAML in block style."""
    lines: list[str] = []
    _fields(data, "", "", lines)
    return "".join(lines)


def _fields(data: Mapping[str, object], margin: str, first: str, lines: list[str]) -> None:
    """Add the fields of a mapping; `first` stands before the first one in place of the margin."""
    before = first or margin
    for key, value in data.items():
        if isinstance(value, tuple) and value:
            lines.append(f"{before}{key}:\n")
            _items(value, margin, lines)
        elif isinstance(value, Mapping) and value:
            lines.append(f"{before}{key}:\n")
            _fields(value, margin + "  ", "", lines)
        else:
            lines.append(f"{before}{key}: {_scalar(value, margin)}\n")
        before = margin


def _items(items: tuple[object, ...], margin: str, lines: list[str]) -> None:
    dash, inner = f"{margin}- ", f"{margin}  "
    for item in items:
        if isinstance(item, Mapping) and item:
            _fields(item, inner, dash, lines)
        else:
            lines.append(f"{dash}{_scalar(item, margin)}\n")


def _scalar(value: object, margin: str) -> str:
    if isinstance(value, str):
        return _text(value, margin)
    if isinstance(value, PartialDate | date):
        text = str(value)
        return text if _DAY.fullmatch(text) else _text(text, margin)
    if isinstance(value, Mapping | tuple):
        return "{}" if isinstance(value, Mapping) else "[]"
    return str(value).lower()


def _text(text: str, margin: str) -> str:
    if text.isprintable():
        plain = _PLAIN.fullmatch(text) and not _meant(text) and text[-1] != " "
        return text if plain else "'" + text.replace("'", "''") + "'"
    lines = text.split("\n")
    if len(lines) > 1 and text.replace("\n", "").isprintable() and text.strip() == text:
        return "\n".join(["|-", *(f"{margin}  {line}" if line else "" for line in lines)])
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _meant(text: str) -> bool:
    return text.lower() in _WORDS if len(text) < 6 and text[0] > "9" else _FIGURES.fullmatch(text) is not None


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"

"""XML, one record at a time, without document types, entities or network.

An XML file from outside can attack its reader through its document type declaration: entities that expand
without end ("billion laughs"), external ones that fetch files (CWE-611, CWE-776; see
https://docs.python.org/3/library/xml.html#xml-vulnerabilities). A declaration can stand only before the
root element, and none of the official files has one. So the part before the root is read first by a parser
that refuses a declaration; after that nothing is left to expand, and the fast parser reads the file.

>>> import tempfile
>>> file = Path(tempfile.mkdtemp()) / "a.xml"
>>> _ = file.write_text("<list xmlns='urn:x'><item n='1'><name>A</name></item><item n='2'/></list>")
>>> [(item.get("n"), item.findtext("name")) for item in records(file, "list", ("item",), "a list")]
[('1', 'A'), ('2', None)]
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, XMLPullParser, iterparse
from xml.parsers import expat

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import faults, open_bytes
from sanctionscreen.sources.importers.sniffing import wrong_format

#: Bytes before the root element; in the official files it stands within the first 200.
MAX_PROLOG = 1 << 18
_STEP = 1 << 12
_BLOCK = 1 << 17
_NAMES = 1 << 12
#: The default namespace: without it the parser gives local names, which is faster than taking it off each.
_NAMESPACE = re.compile(rb"""\sxmlns=(?:"[^"<>]*"|'[^'<>]*')(?=[^<>]*>)""")


class _LocalNames(dict[str, str]):
    """Names with their namespace to names without; an XML file has few of them, and many elements."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition("}")[2]
        if len(self) < _NAMES:
            self[name] = local
        return local


class _RootFound(Exception):  # noqa: N818  # a signal, not an error
    """Raised by the prolog's parser at the root element."""


class _DoctypeFound(Exception):  # noqa: N818  # a signal, not an error
    """Raised by the prolog's parser at a document type declaration."""


def check_root(path: Path, roots: Collection[str], title: str, member: str = ".xml") -> None:
    """Make sure that the root element is one of `roots` and that nothing is declared before it.

    Raises:
        SourceError: when it is not, with what the file looks like; or for a document type declaration.
    """
    try:
        found = _prolog(path, member)
    except _DoctypeFound:
        error = wrong_format(path, title)
        if "HTML" in str(error):
            raise error from None
        raise SourceError(f"{path}: declares a document type, as no official file does: refused") from None
    except expat.ExpatError:
        found = ""
    if found not in roots:
        raise wrong_format(path, title)


def _prolog(path: Path, member: str) -> str:
    """The local name of the root element; empty where there is none in the first bytes."""
    parser, found = expat.ParserCreate(namespace_separator="}"), [""]

    def root(name: str, _attributes: dict[str, str]) -> None:
        found.append(name.rpartition("}")[2])
        raise _RootFound

    def doctype(*_declared: object) -> None:
        raise _DoctypeFound

    parser.StartElementHandler, parser.StartDoctypeDeclHandler = root, doctype
    with faults(path), open_bytes(path, member) as file:
        for _ in range(MAX_PROLOG // _STEP):
            block = file.read(_STEP)
            try:
                parser.Parse(block, not block)
            except _RootFound:
                break
            except (LookupError, ValueError) as error:
                raise SourceError(f"{path}: declares an encoding that cannot be read: {error}") from error
            if not block:
                break
    return found[-1]


def records(
    path: Path, root: str | Collection[str], wanted: Collection[str], title: str, member: str = ".xml"
) -> Iterator[Element]:
    """Give each element of the wanted names, whole, and forget it afterwards; names have no namespace.

    Args:
        path: the file: XML, gzip, or a zip with one XML file in it.
        root: what its root element may be called.
        wanted: the local names of the records; one never stands inside another.
        title: what the file should be, for the error.
        member: how the name of the XML file ends, in a zip.

    Raises:
        SourceError: when the file is something else, damaged, or declares a document type.
    """
    check_root(path, {root} if isinstance(root, str) else root, title, member)
    local = _LocalNames()
    # No entity can reach this parser: nothing is declared before the root. Its events are ("end", element).
    parser: Any = XMLPullParser(("end",))
    with faults(path), open_bytes(path, member) as file:
        parser.feed(_NAMESPACE.sub(b"", file.read(_BLOCK), count=1))
        block = b"start"
        while block:
            for _, element in parser.read_events():
                if local[element.tag] in wanted:
                    if "}" in element.tag:
                        for inner in element.iter():
                            inner.tag = local[inner.tag]
                    yield element
                    element.clear()
            block = file.read(_BLOCK)
            parser.feed(block)
        parser.close()


def root_attributes(path: Path) -> dict[str, str]:
    """The attributes of the root element, names without namespace.

    Raises:
        SourceError: when the file cannot be read as XML.
    """
    with faults(path), open_bytes(path, ".xml") as file:
        for _, element in iterparse(file, events=("start",)):  # noqa: S314  # read after `check_root`
            return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    raise SourceError(f"{path}: no root element")  # pragma: no cover  # iterparse raises before


def text_of(element: Element, path: str) -> str:
    """The cleaned text of the first element at `path`; empty where there is none."""
    return clean(element.findtext(path))


def texts_of(element: Element, path: str) -> list[str]:
    """The cleaned texts of all elements at `path` that have one."""
    return [text for found in element.findall(path) if (text := clean(found.text))]


def inside(element: Element, container: str, tag: str) -> list[Element]:
    """The elements of a name in the one container of a name; empty where there is no container.

    It does what `findall("container/tag")` does, several times faster.
    """
    found = element.find(container)
    return [] if found is None else found.findall(tag)


def keep_unknown(draft: Draft, record: Element, known: Collection[str]) -> None:
    """Keep the text and attributes of elements whose name is not known in the remarks, and report each name."""
    strange = {element.tag for element in record.iter()}.difference(known)
    for element in record.iter() if strange else ():
        if element.tag in strange:
            said = " ".join([*(f"{k}={v}" for k, v in element.attrib.items()), clean(element.text)]).strip()
            draft.unknown("element", element.tag, said)

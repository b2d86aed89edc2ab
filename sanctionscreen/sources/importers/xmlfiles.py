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
from operator import attrgetter
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, iterparse
from xml.parsers import expat

from sanctionscreen.errors import SourceError
from sanctionscreen.sources.importers.cleaning import clean
from sanctionscreen.sources.importers.draft import Draft
from sanctionscreen.sources.importers.files import faults, open_bytes
from sanctionscreen.sources.importers.sniffing import wrong_format

#: Bytes before the root element; in the official files it stands within the first 200.
MAX_PROLOG = 1 << 18
_STEP = 1 << 12
_BLOCK = 1 << 16
_NAMES = 1 << 12
_TAG = attrgetter("tag")
#: Elements inside elements: the deepest official file has 13, an attack thousands.
_DEEPEST = 64
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
    shelf = _Shelf(frozenset(wanted))
    with faults(path), open_bytes(path, member) as file:
        shelf.parser.feed(_NAMESPACE.sub(b"", file.read(_BLOCK), count=1))
        block = b"start"
        while block:
            yield from shelf.whole()
            block = file.read(_BLOCK)
            shelf.parser.feed(block)
        shelf.parser.close()
        yield from shelf.rest()


class _Shelf:
    """The tree as far as it has been read, from which records are taken as soon as they are whole.

    An element is whole when another has begun after it. To look through the tree once a block costs much less
    than to be told of the end of every element.
    """

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._local = _LocalNames()
        builder = TreeBuilder()
        self._top = builder.start("file", {})  # the root of the file becomes its child
        # No entity can reach this parser: nothing is declared before the root.
        self.parser = XMLParser(target=builder)  # noqa: S314  # for that reason

    def whole(self) -> list[Element]:
        """Take the records that are whole out of what is still open.

        Raises:
            ParseError: when elements are nested deeper than in any official file.
        """
        element, found = self._top, list[Element]()
        for _ in range(_DEEPEST):
            found += self._records(element[:-1])
            del element[:-1]
            if not len(element) or self._local[element[-1].tag] in self._wanted:
                return found
            element = element[-1]
        raise ParseError(f"elements nested more than {_DEEPEST} deep")

    def rest(self) -> list[Element]:
        """Take the records that are left, once the file has been read to its end."""
        return self._records(self._top[:])

    def _records(self, elements: list[Element]) -> list[Element]:
        """The records among elements and inside them, in the order of the file, with local names."""
        found, stack = [], elements[::-1]
        while stack:
            element = stack.pop()
            if self._local[element.tag] in self._wanted:
                found.append(element)
            else:
                stack.extend(element[::-1])
        for element in found:
            for inner in element.iter() if "}" in element.tag else ():
                inner.tag = self._local[inner.tag]
        return found


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


def leaves(element: Element) -> dict[str, str]:
    """The cleaned texts of the children that hold nothing but text, by name: of several of a name the first.

    One walk over many children costs less than a search for each.

    >>> from xml.etree.ElementTree import fromstring
    >>> leaves(fromstring("<id><type>Passport</type><value> X 1 </value><note/><dates><day>1</day></dates></id>"))
    {'type': 'Passport', 'value': 'X 1'}
    """
    found: dict[str, str] = {}
    for child in element:
        if child.text and not len(child) and child.tag not in found and (text := clean(child.text)):
            found[child.tag] = text
    return found


def inside(element: Element, container: str, tag: str) -> list[Element]:
    """The elements of a name in the one container of a name; empty where there is no container.

    It does what `findall("container/tag")` does, several times faster.
    """
    found = element.find(container)
    return [] if found is None else found.findall(tag)


def texts_inside(element: Element, container: str, tag: str) -> list[str]:
    """The cleaned texts of the elements of a name in the one container of a name, where they have one."""
    return [text for found in inside(element, container, tag) if (text := clean(found.text))]


def keep_unknown(draft: Draft, record: Element, known: Collection[str]) -> None:
    """Keep the text and attributes of elements whose name is not known in the remarks, and report each name."""
    strange = set(map(_TAG, record.iter())).difference(known)
    for element in record.iter() if strange else ():
        if element.tag in strange:
            said = " ".join([*(f"{k}={v}" for k, v in element.attrib.items()), clean(element.text)]).strip()
            draft.unknown("element", element.tag, said)

"""What the parts of an index agree on: the order of roles and kinds in its arrays, and how its words are filed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from sanctionscreen.matching.words import Word
from sanctionscreen.names.name import Role
from sanctionscreen.records import Kind
from sanctionscreen.workers import threads_suffice

Array = NDArray[Any]
Ints = NDArray[np.int64]

#: Order of the roles in stored arrays.
ROLES: tuple[Role, ...] = tuple(Role)

#: Order of the kinds in stored arrays.
KINDS: tuple[Kind | None, ...] = (None, "person", "organization", "vessel", "aircraft")

#: Words longer than this are filed as if they were this long: they can be no nearer to one another than they are.
LONGEST = 255


def spelt_group(one: Word) -> int:
    """Latin words first, then Han, then what is never compared by edits."""
    if not one.reach:
        return 2
    return 0 if one.script == "Latn" else 1


class Items:
    """The items of an array, as a memoryview gives them, but safe to share between threads that run at the same time.

    >>> items = Items(np.array([5, 6, 7]))
    >>> items[1], list(items[1:]), items[:2].tolist(), len(items)
    (6, [6, 7], [5, 6], 3)
    """

    __slots__ = ("_array",)

    def __init__(self, array: Array) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    @overload
    def __getitem__(self, at: int) -> int: ...

    @overload
    def __getitem__(self, at: slice) -> Items: ...

    def __getitem__(self, at: int | slice) -> int | Items:
        """One item, or those of a part."""
        return Items(self._array[at]) if isinstance(at, slice) else int(self._array[at])

    def __iter__(self) -> Iterator[int]:
        return iter(self.tolist())

    def tolist(self) -> list[int]:
        """All items."""
        items: list[int] = self._array.tolist()
        return items


View: TypeAlias = "memoryview[int] | Items"


def view(array: Array) -> View:
    """The items of an array to be read one by one, which takes a third of the time that the array itself does.

    Not by a memoryview where threads run at the same time: CPython 3.13 without its global lock lets one thread release
    what another still reads ("operation forbidden on released memoryview object"), and they wait for one another.
    """
    items: memoryview[int] = array.data
    return Items(array) if threads_suffice() else items


def ranges(firsts: Ints, sizes: Ints) -> Ints:
    """Numbers that follow one another: so many from each first one on.

    >>> ranges(np.array([5, 20]), np.array([2, 3])).tolist()
    [5, 6, 20, 21, 22]
    """
    past = sizes.cumsum()
    numbers: Ints = (firsts - past + sizes).repeat(sizes)
    numbers += np.arange(len(numbers))
    return numbers


def distinct(numbers: Array) -> Array:
    """These numbers, each once and in order; they are put in order where they stand.

    >>> distinct(np.array([3, 1, 3, 2])).tolist()
    [1, 2, 3]
    """
    numbers.sort()
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    once: Array = numbers[first]
    return once

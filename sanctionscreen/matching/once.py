"""A property that is worked out at the first look and kept in its place.

As `functools.cached_property`, but for the lock that Python 3.11 takes there: what is worked out here is the same
whoever does so, and several times a name.

>>> class Name:
...     @once
...     def length(self):
...         print("counted")
...         return 4
>>> name = Name()
>>> name.length, name.length
counted
(4, 4)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as `property` is
    """A method as such a property; it has no `__set__`, so that what is kept hides it from then on."""

    def __init__(self, method: Callable[[Any], T]) -> None:
        self.method = method
        self.name = method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        """Work it out and keep it."""
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.method(instance)
        return value

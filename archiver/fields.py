"""Reading a JSON object by hand, with errors that name their place.

`Fields` hands out typed members once each; `done()` refuses what nobody asked for,
so an unknown member of a sealed document is never silently passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archiver.errors import InvalidInput


class Fields:
    """The members of one object of a document; `where` is its place (`exchanges[0]`)."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise InvalidInput("document.type", "not an object", where=where)
        self._left: dict[str, Any] = dict(value)
        self._where = where

    def text(self, key: str) -> str:
        """A string that must be there."""
        value = self._take(key)
        if not isinstance(value, str):
            raise self._fault(key, "not a string")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A string, or null."""
        return None if self._is_null(key) else self.text(key)

    def number(self, key: str) -> int:
        """An integer, never a boolean, never below zero."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._fault(key, "not a whole number from 0 up")
        return value

    def number_or_none(self, key: str) -> int | None:
        """An integer from 0 up, or null."""
        return None if self._is_null(key) else self.number(key)

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self._fault(key, "not true or false")
        return value

    def each(self, key: str) -> tuple[Fields, ...]:
        """A list of objects."""
        return tuple(Fields(member, place) for place, member in self._members(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        members = []
        for place, member in self._members(key):
            if not isinstance(member, str):
                raise InvalidInput("document.type", "not a string", where=place)
            members.append(member)
        return tuple(members)

    def object(self, key: str) -> Fields:
        """An object that must be there."""
        return Fields(self._take(key), self._place(key))

    def object_or_none(self, key: str) -> Fields | None:
        """An object, or null."""
        return None if self._is_null(key) else self.object(key)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """An object as it stands, its members not looked at."""
        value = self._take(key)
        if not isinstance(value, dict):
            raise self._fault(key, "not an object")
        return value

    def done(self) -> None:
        """Refuse members that nobody asked for."""
        if self._left:
            raise InvalidInput(
                "document.unknown_field",
                f"unknown member {min(self._left)!r}",
                where=self._where,
            )

    def _members(self, key: str) -> list[tuple[str, Any]]:
        value = self._take(key)
        if not isinstance(value, list):
            raise self._fault(key, "not a list")
        return [(f"{self._place(key)}[{index}]", member) for index, member in enumerate(value)]

    def _is_null(self, key: str) -> bool:
        if key in self._left and self._left[key] is None:
            del self._left[key]
            return True
        return False

    def _take(self, key: str) -> Any:
        try:
            return self._left.pop(key)
        except KeyError:
            raise self._fault(key, "missing") from None

    def _place(self, key: str) -> str:
        return f"{self._where}.{key}" if self._where else key

    def _fault(self, key: str, what: str) -> InvalidInput:
        return InvalidInput("document.field", what, where=self._place(key))

"""Members of documents that are plainly right, known without `jsonschema`'s full walk.

A large `capture.json` has tens of thousands of members that are one short text or number.
For those the library's walk costs a hundred times what the test itself does. Whatever is
not plainly right here goes to the library, so every fault is told as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

Test = Callable[[Any], bool]

_WORDS = frozenset(
    "type pattern enum minimum maximum description title examples default $comment".split()
)
_TYPES: dict[str, type] = {"string": str, "integer": int, "boolean": bool, "null": type(None)}


def plain_test(schema: object) -> Test | None:
    """A test that is true only of values that the schema allows; None for a schema of more
    than types, a pattern, bounds and a list of words."""
    if not isinstance(schema, Mapping) or "type" not in schema or not _WORDS.issuperset(schema):
        return None
    named = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not _TYPES.keys() >= set(named):
        return None
    words = schema.get("enum")
    if words is not None and not all(isinstance(word, str) or word is None for word in words):
        return None
    # An exact type: a bool is an int to Python, and not to JSON.
    types = frozenset(_TYPES[name] for name in named)
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    low, high = schema.get("minimum"), schema.get("maximum")

    def test(value: Any) -> bool:
        kind = type(value)
        return (
            kind in types
            and (pattern is None or kind is not str or pattern.search(value) is not None)
            and (words is None or value in words)
            and (
                kind is not int
                or ((low is None or low <= value) and (high is None or value <= high))
            )
        )

    return test


class Properties:
    """The keyword `properties` (JSON Schema 2020-12, applicator vocabulary §10.3.2.1)."""

    def __init__(self) -> None:
        # By identity: the schemas that we ship are read once and never changed.
        self._tests: dict[int, tuple[object, Test | None]] = {}

    def __call__(
        self, validator: Validator, properties: Mapping[str, Any], instance: Any, _schema: object
    ) -> Iterator[ValidationError]:
        """The faults of an object's members."""
        if not isinstance(instance, dict):
            return
        for name, schema in properties.items():
            if name not in instance:
                continue
            if schema is False:
                yield _unwanted(name, instance[name])
                continue
            test = self._test(schema)
            if test is None or not test(instance[name]):
                yield from validator.descend(  # type: ignore[attr-defined]
                    instance[name], schema, path=name, schema_path=name
                )

    def _test(self, schema: object) -> Test | None:
        known = self._tests.get(id(schema))
        if known is None:
            known = self._tests[id(schema)] = (schema, plain_test(schema))
        return known[1]


def _unwanted(name: str, value: object) -> ValidationError:
    """The fault of a member that must not be there; the library's own names no place."""
    from jsonschema.exceptions import ValidationError

    return ValidationError(
        f"{name} must not be there",
        validator="false",
        validator_value=False,
        instance=value,
        schema=False,
        path=(name,),
        schema_path=(name,),
    )

"""The schemas of our documents: finding them, and telling every fault of a document."""

from __future__ import annotations

from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archiver.case.faultwords import fault_problems, one_for_each_place, sorted_problems
from archiver.case.plainly import Test, plain_test
from archiver.errors import Problem, StorageFailed

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

MAX_FAULTS = 500

# In the wheel, then in the source tree (an editable install has only the latter).
_FOLDERS = (Path(__file__).parents[1] / "schemas", Path(__file__).parents[2] / "schemas")


@cache
def schema_octets(name: str) -> bytes:
    """The octets of a schema that we ship, such as `case.schema.json`.

    Raises `StorageFailed` where it is not there: then the installation is broken.
    """
    for folder in _FOLDERS:
        try:
            return (folder / name).read_bytes()
        except OSError:
            continue
    raise StorageFailed(
        "schema.missing",
        f"the schema {name} is not part of this installation",
        hint="install archiver again",
    )


def faults(document: Any, name: str) -> tuple[Problem, ...]:
    """The faults of the document against a schema of ours, one for each place, in their order.

    None: it is valid. After the first `MAX_FAULTS` no more are looked for.
    """
    if _plainly_right(name)(document):
        return ()
    validator = _validator(name)
    found = (fault_problems(error, schema(name)) for error in validator.iter_errors(document))
    # To look for the nearest field is slow: nobody reads so many faults.
    return sorted_problems(one_for_each_place(islice(chain.from_iterable(found), MAX_FAULTS)))


@cache
def schema(name: str) -> dict[str, Any]:
    """A schema that we ship, as a document. Not to be changed by the caller."""
    import json

    document: dict[str, Any] = json.loads(schema_octets(name))
    return document


@cache
def _plainly_right(name: str) -> Test:
    return plain_test(schema(name)) or (lambda _document: False)


@cache
def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator, FormatChecker, validators

    from archiver.case.formats import FORMATS
    from archiver.case.plainly import Properties

    checker = FormatChecker(formats=())
    for format_name, is_right in FORMATS.items():
        # A format says nothing of values that are no text; their type is another rule's.
        checker.checks(format_name)(
            lambda value, is_right=is_right: not isinstance(value, str) or is_right(value)
        )
    quick: Any = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"properties": Properties()}
    )
    made: Validator = quick(schema(name), format_checker=checker)
    return made

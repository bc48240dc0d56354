"""The only way a document becomes octets, and the strict way back.

Files are indented JSON; lines (JSONL, hashed objects) follow RFC 8785, which for
our documents (ASCII keys, no floats) is compact JSON with sorted keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from archiver.errors import InvalidInput

MAX_INT = 2**53 - 1
MAX_DEPTH = 64
MAX_OCTETS = 32 << 20  # of a document; MAX_VALUES: members of all its objects and lists
MAX_VALUES = 1 << 20


_text = json.encoder.encode_basestring
_scalar = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def to_file(document: Mapping[str, Any]) -> bytes:
    """A document as the octets of a file: sorted keys, two blanks, UTF-8, one final LF."""
    return _indented(document, "\n").encode("utf-8") + b"\n"


def _indented(value: object, line: str) -> str:
    """What `json.dumps(indent=2, sort_keys=True)` gives, in less time; every verify
    spells whole documents. `line`: the start of a line at this depth."""
    if type(value) is str:
        return _text(value)
    inner = line + "  "
    if isinstance(value, dict):
        if not value:
            return "{}"
        pairs = [
            # Most values are text, and need no call of their own.
            f"{_text(key)}: {_text(one) if type(one) is str else _indented(one, inner)}"
            for key, one in sorted(value.items())
        ]
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}"
    if isinstance(value, list | tuple):
        if not value:
            return "[]"
        items = [_indented(one, inner) for one in value]
        return f"[{inner}{f',{inner}'.join(items)}{line}]"
    return str(value) if type(value) is int else _scalar(value)


def to_line(value: object) -> bytes:
    """A value in RFC 8785 form, without the LF."""
    text = json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    )
    return text.encode("utf-8")


def read(octets: bytes, where: str) -> dict[str, Any]:
    """Read a JSON object strictly.

    Refused with `InvalidInput`: a BOM, invalid UTF-8, duplicate keys, floats, NaN,
    integers beyond 2^53-1, lone surrogates, nesting beyond 64, trailing octets,
    anything but an object, more than 32 MiB or 2^20 values.
    """
    _check_size(octets, where)
    try:
        text = octets.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_small_int,
        )
        check_value(value)
    except UnicodeDecodeError as fault:
        raise InvalidInput(
            "json.not_utf8", f"not UTF-8 at octet {fault.start}", where=where
        ) from None
    except RecursionError:
        raise InvalidInput("json.depth", "nested too deeply", where=where) from None
    except ValueError as fault:
        raise InvalidInput("json.not_strict", f"not strict JSON: {fault}", where=where) from None
    if not isinstance(value, dict):
        raise InvalidInput("json.not_object", "not a JSON object", where=where)
    return value


def _check_size(octets: bytes, where: str) -> None:
    # Before anything is built in memory: every value has one of these before it.
    marks = sum(octets.count(mark) for mark in (b",", b"[", b"{"))
    if len(octets) > MAX_OCTETS or marks > 4 * MAX_VALUES:
        raise InvalidInput("json.too_large", "larger than any document of ours", where=where)


def check_value(value: object) -> None:
    """Raise `ValueError` for what our documents may not hold (floats, surrogates, depth)."""
    level, depth, count = [value], 0, 0
    while level:
        count += len(level)
        if depth > MAX_DEPTH:
            raise ValueError(f"nested deeper than {MAX_DEPTH}")
        if count > MAX_VALUES:
            raise ValueError(f"more than {MAX_VALUES} values")
        # Plain ASCII is most of what there is, and always allowed.
        inner = [one for one in level if not (type(one) is str and one.isascii())]
        level = [member for one in inner for member in _members(one)]
        depth += 1


def _members(value: object) -> Iterable[object]:
    """The values inside this one, which itself must be allowed."""
    match value:
        case bool() | None:
            return ()
        case int():
            _small_int(str(value))
            return ()
        case str():
            _no_surrogate(value)
            return ()
        case list() | tuple():
            return value
        case dict():
            for key in value:
                _no_surrogate(key)
            return value.values()
        case _:
            raise ValueError(f"{type(value).__name__} values are not allowed")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return document


def _no_float(spelling: str) -> float:
    raise ValueError(f"the number {spelling[:32]} is not an integer")


def _small_int(spelling: str) -> int:
    if len(spelling) > 17 or abs(int(spelling)) > MAX_INT:
        raise ValueError("an integer beyond 2^53-1")
    return int(spelling)


def _no_surrogate(text: str) -> None:
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("a lone surrogate")

"""TOML in: text to a document, the fault with its line, and the line of each field."""

from __future__ import annotations

import datetime
import re
from typing import Any

from archiver.case.faultwords import join
from archiver.errors import InvalidInput, Problem

# A key of 250,000 parts in half a megabyte costs the standard library's parser gigabytes.
# So keys are measured before it sees them: comments and strings cut out, in TOML's own order.
_COMMENT_OR_STRING = re.compile(
    r"#[^\n]*"
    r'|"""(?:[^"\\]|\\.|"{1,2}(?!"))*(?:"{3,5})?'
    r"|'''(?:[^']|'{1,2}(?!'))*(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?",
    re.DOTALL,
)
_LONG_KEY = re.compile(r"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){33}")
LONGEST_LINE = 400
_LINE = re.compile(r"\(at line ([0-9]+)")
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\" -]+?)\s*\]\]?\s*(?:#.*)?")
_FIELD = re.compile(r"\s*([A-Za-z0-9_-]+|\"[A-Za-z0-9_. -]+\")((?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")
_LAST_STEP = re.compile(r"(?:\[[0-9]+\]|(?:^|\.)(?:\"[^\"]*\"|[^.\[\]\"]+))\Z")


def read_toml(octets: bytes, where: str) -> tuple[dict[str, Any], dict[str, int]]:
    """The document, and the line of each field where a cheap look can tell it.

    Unquoted dates and times become text. Raises `InvalidInput` with one problem for what is
    not UTF-8 or not TOML (a key that stands twice, a lone surrogate, nesting without end).
    """
    import tomllib

    text = _decoded(octets, where)
    try:
        if _LONG_KEY.search(_COMMENT_OR_STRING.sub("q", text)):
            raise _fault("holds a key of more than 32 parts", None, where)
        plain: dict[str, Any] = _plain(tomllib.loads(text))
    except RecursionError:
        raise _fault("is nested too deeply", None, where) from None
    except ValueError as fault:  # TOMLDecodeError, and an integer of thousands of digits
        found = _LINE.search(str(fault))
        line = int(found[1]) if found else text.count("\n") + 1
        if "overwrite" in str(fault) or "twice" in str(fault):
            raise _repeated(text, line, where) from None
        if "limit" in str(fault):
            raise _fault("holds a number of thousands of digits", None, where) from None
        raise _fault(f"is not TOML: {fault}", line, where) from None
    return plain, _lines(text)


def nearest_line(lines: dict[str, int], where: str) -> int | None:
    """The line of the field at `where`, or of the nearest table around it."""
    while where and where not in lines:
        outer = _LAST_STEP.sub("", where, count=1)
        if outer == where:
            return None
        where = outer
    return lines.get(where)


def _decoded(octets: bytes, where: str) -> str:
    if octets[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _fault("is UTF-16: save it as UTF-8", 1, where)
    try:
        text = octets.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as fault:
        line = octets[: fault.start].count(b"\n") + 1
        raise _fault(
            f"is not UTF-8 at octet {fault.start}: save it as UTF-8", line, where
        ) from None
    if not text.strip():
        raise _fault("is empty", 1, where)
    return text


def _fault(what: str, line: int | None, where: str) -> InvalidInput:
    name = where.rpartition("/")[2]
    problem = Problem(where=name, rule="toml", what=what, line=line)
    return InvalidInput("toml", f"{name} {what}", where=where, problems=(problem,))


def _repeated(text: str, line: int, where: str) -> InvalidInput:
    """A key or table that stands a second time, named as far as its line can tell."""
    table = ""
    for row in text.split("\n")[:line]:
        if header := _HEADER.fullmatch(row[:LONGEST_LINE]):
            table = header[2].replace(" ", "")
    field = _FIELD.match(row[:LONGEST_LINE])
    name = table
    if field is not None:
        name = join(table, field[1].strip('"')) + re.sub(r"\s", "", field[2])
    what = "stands twice"
    problem = Problem(where=name or where, rule="toml", what=what, fix="keep one", line=line)
    return InvalidInput("toml", f"{name} {what}", where=where, problems=(problem,))


class Unquoted(str):
    """A date or time that was written without quotes: fine where a date is asked for."""

    __slots__ = ()


def _plain(value: Any) -> Any:
    """Unquoted dates as the text that a person meant; a bare time of day stays, to be refused."""
    match value:
        case dict():
            return {key: _plain(member) for key, member in value.items()}
        case list():
            return [_plain(member) for member in value]
        case datetime.datetime():
            text = value.isoformat()
            return Unquoted(text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text)
        case datetime.date():
            return Unquoted(value.isoformat())
        case _:
            return value


def _lines(text: str) -> dict[str, int]:
    """Places and their lines, from table headers and `key =`; blind to what is inside strings."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table, fence = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            fence = "" if fence in line else fence
            continue
        if len(line) > LONGEST_LINE:
            # No header of ours is so long; to look for one would cost the square of its length.
            line = line[:LONGEST_LINE] + "…"
        if header := _HEADER.fullmatch(line):
            table = header[2].replace(" ", "").replace('"', "")
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}[{counts[table]}]"
            lines.setdefault(table, number)
        elif field := _FIELD.match(line):
            first = field[1].strip('"')
            rest = re.sub(r"\s", "", field[2])
            lines.setdefault(join(table, first) + rest, number)
        for mark in ('"""', "'''"):
            fence = mark if line.count(mark) % 2 else fence
    return lines

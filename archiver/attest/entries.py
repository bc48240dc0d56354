"""The lines of a ledger: flat JSON objects in RFC 8785 form, of which there is one spelling.

Their grammar is regular, and is told once, by `EVENTS`: it reads lines (some 100,000 in a
second), and checks those that are to be written. `schemas/ledger-line.schema.json` says the
same for others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver import canonical
from archiver.errors import InvalidInput

MAX_LINE = 64 * 1024  # octets
LONGEST = {"by": 200, "note": 1000, "source": 8192}  # characters

_DAY = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_TIME = f"{_DAY}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){{2}}Z"
_DIGEST = "sha256:[0-9a-f]{64}"
_CODE = r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
# As RFC 8785 §3.2.2.2 spells a text that has no control characters.
_PLAIN = r'[^"\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]*+'
_LINE_OF_TEXT = rf'(?!"){_PLAIN}(?:\\["\\]{_PLAIN})*+'

# How a member is spelled between its quotes; a whole number, or true, has none.
SPELLINGS = {
    "adopted": "true",
    "against": _DIGEST,
    "begin": "(?:0|[1-9][0-9]{0,7})",
    "by": _LINE_OF_TEXT,
    "case": "[a-z0-9][a-z0-9-]{0,99}",
    "change": "(?:unchanged|noise|changed)",
    "clock": "[A-Za-z_-]{1,40}",
    "comparison": "(?:contained|partial|not-contained|not-comparable)",
    "event": "[a-z-]+",
    "every": "[1-9][0-9]{0,10}",
    "file": _DIGEST,
    "line": "[0-9a-f]{16}/(?:0|[1-9][0-9]{0,7})",
    "missed": "[1-9][0-9]{0,10}",
    "name": r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\.wacz",
    "note": _LINE_OF_TEXT,
    "octets": "(?:0|[1-9][0-9]{0,11})",
    "package": _DIGEST,
    "previous": _DIGEST,
    "reason": _CODE,
    "seq": "(?:0|[1-9][0-9]{0,7})",
    "since": _TIME,
    "source": _LINE_OF_TEXT,
    "state": "(?:captured|absent|blocked|unreachable|inconclusive)",
    "time": _TIME,
    "until": _TIME,
    "verdict": "(?:verified|untrusted|refused|unreadable)",
}
_NUMBERS = ("begin", "every", "missed", "octets", "seq")
_BARE = {"adopted", *_NUMBERS}
_ALWAYS = "event seq time"
_MAY = "by clock"
# Event: what a line of it has besides what every line has, and what it may have.
EVENTS = {
    "begin": ("case source", "every"),
    "capture": (
        "begin case comparison file name octets package reason source state",
        "adopted against change previous",
    ),
    "failed": ("begin case reason", "adopted"),
    "not-attempted": ("case reason", "begin"),
    "verify": ("file package verdict", "case note"),
    "export": ("file package", "case note"),
    "handover": ("file package note", "case"),
    "stamp": ("file package", "case note"),
    "correct": ("line note", "case file package"),
    "withdraw": ("line note", "case file package"),
    "gap": ("note", "case line missed reason since until"),
    "note": ("note", "case file line package"),
}
CUSTODY = tuple(EVENTS)[4:]  # what a person adds


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that was read: its members by name, and its octets, of which the leaf is made."""

    said: Mapping[str, Any]
    octets: bytes

    @property
    def seq(self) -> int:
        """The place of the line in its log, counted from 0: the index of the leaf."""
        return int(self.said["seq"])

    @property
    def event(self) -> str:
        """One of `EVENTS`."""
        return str(self.said["event"])

    @property
    def time(self) -> str:
        """When the line was written, by the clock of whoever wrote it."""
        return str(self.said["time"])


def spell(said: Mapping[str, Any]) -> bytes:
    """A line's octets, without the LF. Raises `InvalidInput` for what is no line of a ledger."""
    octets = canonical.to_line(said)
    read(octets, "the new line")
    return octets


def read(octets: bytes, where: str) -> Entry:
    """A line, read from its octets. Raises `InvalidInput` that says what is wrong."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise InvalidInput(
            "ledger.not_utf8", f"not UTF-8 at octet {fault.start}", where=where
        ) from None
    said = members(text)
    if said is None or len(octets) > MAX_LINE:
        raise InvalidInput("ledger.line", _why(octets, where), where=where)
    return Entry(said, octets)


def members(text: str) -> dict[str, Any] | None:
    """The members of a line; None where it is none."""
    at = text.find('"event":"')
    event = text[at + 9 : text.find('"', at + 9)] if at >= 0 else ""
    match = _PATTERNS[event].fullmatch(text) if event in _PATTERNS else None
    if match is None:
        return None
    said: dict[str, Any] = match.groupdict()
    for name in _OPTIONAL[event]:
        if said[name] is None:
            del said[name]
    for name in _NUMBERS:
        if name in said:
            said[name] = int(said[name])
    if "adopted" in said:
        said["adopted"] = True
    return said if _texts_are_right(said) else None


def _texts_are_right(said: dict[str, Any]) -> bool:
    """Read the texts of a line, where they are spelled otherwise than they are."""
    for name, longest in LONGEST.items():
        if name in said:
            if "\\" in said[name]:
                said[name] = json.loads(f'"{said[name]}"')
            if len(said[name]) > longest:
                return False
    return True


def _pattern(event: str, must: str, may: str) -> re.Pattern[str]:
    required = {*must.split(), *_ALWAYS.split()}
    names = sorted({*required, *may.split(), *_MAY.split()})
    # The first member has no comma before it: an optional one there brings its own behind it.
    first = next(index for index, name in enumerate(names) if name in required)
    parts = []
    for index, name in enumerate(names):
        quote = "" if name in _BARE else '"'
        spelling = event if name == "event" else SPELLINGS[name]
        member = f'"{name}":{quote}(?P<{name}>{spelling}){quote}'
        member = f"{member}," if index < first else member if index == first else f",{member}"
        parts.append(member if name in required else f"(?:{member})?")
    return re.compile(rf"\{{{''.join(parts)}\}}")


_PATTERNS = {event: _pattern(event, *members) for event, members in EVENTS.items()}
_OPTIONAL = {event: (*may.split(), *_MAY.split()) for event, (_, may) in EVENTS.items()}


def _why(octets: bytes, where: str) -> str:
    """What is wrong with a line that does not have the form, as exactly as can be told."""
    if len(octets) > MAX_LINE:
        return f"longer than {MAX_LINE} octets"
    try:
        said = canonical.read(octets, where)
    except InvalidInput as fault:
        return fault.what
    if said.get("event") not in EVENTS:
        return "tells of no event that is known"
    return _wrong_member(said) or "not in the one form that a line has (RFC 8785)"


def _wrong_member(said: Mapping[str, Any]) -> str | None:
    must, may = (set(names.split()) for names in EVENTS[said["event"]])
    required = must | set(_ALWAYS.split())
    if missing := sorted(required - set(said)):
        return f"lacks `{missing[0]}`"
    if unknown := sorted(set(said) - required - may - set(_MAY.split())):
        return f"has a member that this event does not have: {unknown[0][:40]!r}"
    wrong = (name for name, value in sorted(said.items()) if not _is_right(name, value))
    name = next(wrong, None)
    if name is None:
        return None
    longest = f", of at most {LONGEST[name]} characters" if name in LONGEST else ""
    one_line = ": a text of one line" if name in LONGEST else ""
    return f"`{name}` is not what it must be{one_line}{longest}"


def _is_right(name: str, value: object) -> bool:
    quote = "" if name in _BARE else '"'
    form = re.compile(f"{quote}{SPELLINGS[name]}{quote}")
    if name in LONGEST and len(str(value)) > LONGEST[name]:
        return False
    return form.fullmatch(canonical.to_line(value).decode("utf-8")) is not None

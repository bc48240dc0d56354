"""Text for the shell and for a page that a shell's user reads: ASCII, and never more than data."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from archiver.report.escape import terminal

_PLAIN = re.compile(r"[ -&(-~]*")  # printable ASCII without '


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One command, what it must print (without the last line feed), and what that is worth."""

    title: str
    command: str
    prints: str
    proves: str
    cannot: str


def quoted(text: str) -> str:
    """One word for bash, in printable ASCII, whatever the octets are."""
    if _PLAIN.fullmatch(text):
        return f"'{text}'"
    octets = text.encode("utf-8", "surrogateescape")
    return "$'" + "".join(_spelled(octet) for octet in octets) + "'"


def _spelled(octet: int) -> str:
    if octet < 0x20 or octet > 0x7E or octet in b"'\\":
        return f"\\{octet:03o}"
    return chr(octet)


def plain(text: str) -> str:
    """Text from outside on one line of ASCII."""
    return terminal(text).encode("ascii", "backslashreplace").decode("ascii")


def as_jq_prints(value: Any) -> str:
    """A value as `jq -ac` prints it: one line of ASCII, without controls."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("\x7f", "\\u007f")


def stretch(start: int, length: int) -> str:
    """The command that cuts octets out of the WARC file; `start` counts from 0."""
    return f"tail -c +{start + 1} opened/archive/data.warc | head -c {length}"

"""Differing words inside their passage, marked."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import name

from archiver.cli.marks import Marks
from archiver.judge.nearest import Change
from archiver.judge.normal import LEVELS, stripped
from archiver.report.escape import terminal
from archiver.report.words import CHANGE_WORDS

_KEPT = 60  # characters of what is the same, on each side of a difference
_MOST = 12  # differences of one passage
_LONGEST = 160


def word_diff(passage: str, changes: Iterable[Change], *, colour: bool) -> str:
    """The passage in one line: `[-claimed-]` and `{+page+}` where they differ."""
    text = stripped(passage, LEVELS[-1])
    marks = Marks(_LONGEST, colour)
    shown, position = "", 0
    for change in list(changes)[:_MOST]:
        shown += _same(text[position : change.at], first=not position)
        shown += marks.went(change.seed) + marks.came(change.page)
        position = change.at + len(change.seed)
        if not change.seed and position < len(text):
            shown += " "
    rest = text[position:]
    return shown + (terminal(rest) if len(rest) <= _KEPT else terminal(rest[:_KEPT]) + "…")


def _same(text: str, *, first: bool) -> str:
    if len(text) <= 2 * _KEPT:
        return terminal(text)
    start = "" if first else terminal(text[:_KEPT])
    return f"{start}…{terminal(text[-_KEPT:])}"


def kinds_line(changes: Iterable[Change]) -> str:
    """What the differences are, each kind once; lookalikes by the names of their characters."""
    found: dict[str, str] = {}
    for change in changes:
        found.setdefault(change.kind, CHANGE_WORDS[change.kind])
        if change.kind == "lookalike" and found["lookalike"] == CHANGE_WORDS["lookalike"]:
            found["lookalike"] += _characters(change)
    return "differs in " + "; ".join(found.values())


def _characters(change: Change) -> str:
    for one, other in zip(change.seed, change.page, strict=False):
        if one != other:
            return f" ({_named(other)} for {_named(one)})"
    return ""


def _named(char: str) -> str:
    return f"U+{ord(char):04X} {name(char, '')}".strip()

"""Where two files first differ, in words."""

from __future__ import annotations

from archiver.errors import Problem
from archiver.package.container import Exhibit

_SHOWN = 100  # characters of either side
_BEFORE = 20  # of them before the difference


def difference(found: Exhibit, expected: Exhibit) -> Problem:
    """The first difference between a file and what it must be; both are not the same."""
    at = _first(found, expected)
    line = 1 + sum(piece.count(b"\n") for piece in found.source.pieces(found.offset, at))
    theirs, ours = (_around(one, at) for one in (found, expected))
    return Problem(
        where=f"{found.path} line {line}",
        rule="derivation",
        what=f"says {theirs!r} (octet {at}), derived again it is {ours!r}",
    )


def _first(found: Exhibit, expected: Exhibit) -> int:
    """The place of the first octet that is another one, or that only one of the two has."""
    at = 0
    for theirs, ours in zip(found.pieces(), expected.pieces(), strict=False):
        if theirs != ours:
            pairs = enumerate(zip(theirs, ours, strict=False))
            return at + next((n for n, (a, b) in pairs if a != b), min(len(theirs), len(ours)))
        at += len(theirs)
    return min(found.size, expected.size)


def _around(one: Exhibit, at: int) -> str:
    """What stands there, from a little before on, within its line."""
    start = max(0, at - _BEFORE)
    octets = one.source.at(one.offset + start, min(_SHOWN, one.size - start))
    before, after = octets[: at - start], octets[at - start :]
    return (before.rpartition(b"\n")[2] + after.partition(b"\n")[0]).decode("utf-8", "replace")

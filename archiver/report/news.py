"""What the lines of a ledger tell anew: what changed, vanished, was not seen, was missed.

A capture is told against the last one before it that settled whether the page was there. One that
was blocked, got no answer or was inconclusive settles nothing: it never makes a change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SETTLED = ("captured", "absent")
COMPARED = ("state", "reason", "comparison")
# Kind: what its heading says, in the order in which people want to know.
KINDS = {
    "vanished": "Not found any more",
    "back": "Found again",
    "changed": "Changed",
    "unseen": "Blocked, unreachable or inconclusive",
    "missed": "Missed: not attempted, failed, gaps",
    "first": "First captures",
    "custody": "Custody, corrections, notes",
    "alike": "Outcome and text as before, the pages themselves not compared",
    "same": "As before",
}
UNTOLD = ("alike", "same")  # only counted
_COMPARED = {"changed": "changed", "unchanged": "same", "noise": "same"}
_MISSED = ("failed", "gap", "not-attempted")


@dataclass(frozen=True, slots=True)
class News:
    """A line, by its place `LOG/NUMBER`, and what kind of news it is, one of `KINDS`; `before` is
    the line of the capture that it is told against."""

    kind: str
    place: str
    said: Mapping[str, Any]
    before: Mapping[str, Any] | None = None

    @property
    def words(self) -> str:
        """What happened, in words of ours and of the ledger's closed vocabulary."""
        said, before = self.said, self.before
        if said["event"] != "capture":
            return str(said["event"])
        now = _outcome(said)
        if before is None or self.kind in ("unseen", "first", *UNTOLD):
            return now
        if all(said[name] == before[name] for name in COMPARED):
            return f"{now}, as before ({before['time']}); the page is another"
        return f"{now}; before: {_outcome(before)} ({before['time']})"


def news(lines: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[News]:
    """The news in lines, each with its place, in order of time. That a capture began is none."""
    last: dict[str, Mapping[str, Any]] = {}
    for place, said in lines:
        if said["event"] == "begin":
            continue
        if said["event"] != "capture":
            yield News("missed" if said["event"] in _MISSED else "custody", place, said)
            continue
        before = last.get(said["case"])
        yield News(_kind(said, before), place, said, before)
        if said["state"] in SETTLED:
            last[said["case"]] = said


def _kind(said: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    if said["state"] not in SETTLED:
        return "unseen"
    if before is None:
        return "first"
    if said["state"] != before["state"]:
        return "vanished" if said["state"] == "absent" else "back"
    if any(said[name] != before[name] for name in COMPARED):
        return "changed"
    if said["state"] == "absent":  # there is no page to compare
        return "same"
    # Without its packages a run cannot compare pages: that is no "as before".
    return _COMPARED.get(said.get("change", ""), "alike")


def _outcome(said: Mapping[str, Any]) -> str:
    return f"{said['state']} / {said['reason']}, text {said['comparison']}"

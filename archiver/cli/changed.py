"""What differs in a capture of a run, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.report.changes import UNREADABLE

if TYPE_CHECKING:
    from archiver.verbs.against import Against

_WHY = {
    "package.missing": "the package before is not here",
    "package.other": "another package stands where the one before should be",
    "diff.sources": "the source is another one by now",
}
_MOST = 4  # differences that are named


def change_words(one: Against) -> str:
    """What differs, and from which capture; or why nothing is compared."""
    match one.result:
        case "first":
            return "the first capture: nothing to compare with"
        case "not-compared":
            return f"not compared: {_why(one.why)}"
        case "changed":
            more = f"; {len(one.words) - _MOST} more" if len(one.words) > _MOST else ""
            return f"changed: {'; '.join(one.words[:_MOST])}{more}"
        case "noise":
            return "unchanged but for noise"
        case _:
            return one.result


def _why(why: str) -> str:
    if why in UNREADABLE:
        return f"this capture {UNREADABLE[why]}"
    return _WHY.get(why, f"the package before cannot be used ({why})")

"""Words for what differs between two captures: what was seen, never why."""

from __future__ import annotations

from archiver.judge.change import TextChange

RESULTS = {
    "unchanged": "nothing differs",
    "noise": "nothing differs but what such a page changes by itself",
    "changed": "something differs",
    "inconclusive": "one capture established nothing, so nothing follows for the source",
}
ORDERS = {
    "previous": "the later capture names the earlier one's package",
    "started": "by the clocks of the capturing machines",
    "given": "as given: neither package tells which is the earlier one",
}
NOISE = {
    "typography": "only the form of quotes, dashes, dots and white space",
    "layout": "the same words in other blocks",
    "apart": "set apart by the page's markup",
    "counter": "a counter",
    "clock": "the time of the capture",
    "token": "a token",
    "rotation": "another of the name's addresses",
    "server": "written by the server",
    "markup": "the text tells what differs",
    "truncated": "cut off",
    "requisite": "not the text",
}
UNREADABLE = {
    "absent": "found the page not there",
    "blocked": "was kept out (blocked)",
    "unreachable": "got no answer",
    "inconclusive": "established nothing",
    "truncated": "has the page only in part",
    "needs_script": "has a page that a script would have filled",
}


def text_words(text: TextChange) -> str:
    """What became of the text, in one line."""
    if text.result == "not-comparable":
        sides = (("the earlier capture", text.before), ("the later capture", text.after))
        whys = [f"{name} {_why(reason)}" for name, reason in sides if reason is not None]
        return f"not compared: {', and '.join(whys)}"
    changes = sum(edit.noise is None for edit in text.edits)
    noise = len(text.edits) - changes
    counts = [
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((changes, "change"), (noise, "other difference"))
        if number
    ]
    return f"{text.result} ({', '.join(counts)})" if counts else text.result


def _why(reason: str) -> str:
    return UNREADABLE.get(reason, f"has no text to compare ({reason})")

"""What differs between two captures, for a page: facts, passages, and the text's edits."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.judge.change import Change, Edit, Seen, Stretch
from archiver.judge.edits import Words
from archiver.judge.page import NoText
from archiver.report.changes import RESULTS, text_words
from archiver.report.html.document import chip, table
from archiver.report.html.markup import Content, Markup, element

MOST = 40  # edits, and facts, that are shown; archiver diff has them all
MOST_WORDS = 12  # stretches of one edit
LONGEST = 400  # characters of one text
_KINDS = {"unchanged": "good", "noise": "good", "changed": "care", "inconclusive": ""}


def change(done: Change, before: Seen, after: Seen) -> Content:
    """The change between two captures, the earlier one first."""
    edits = [one for one in done.text.edits if one.noise is None]
    passages = [one for one in done.passages if one.before != one.after]
    rows: list[list[Content]] = [
        [element("bdi", one.name), _cut(one.before or "none"), _cut(one.after or "none")]
        for one in done.facts
        if one.noise is None
    ]
    rows += [
        [f"passage {one.number}", one.before or "not known", one.after or "not known"]
        for one in passages
    ]
    heads = ("What differs", "Before", "After")
    return [
        element("p", chip(done.result, _KINDS[done.result]), f" {RESULTS[done.result]}."),
        element("p", "The text: ", text_words(done.text), ".", class_="note"),
        table(f"What differs from {before.started} to {after.started}", heads, rows[:MOST])
        if rows
        else None,
        element("ul", [_edit(one, before, after) for one in edits[:MOST]]) if edits else None,
        element("p", "… and more: archiver diff tells all of it.", class_="note")
        if max(len(rows), len(edits)) > MOST
        else None,
    ]


def _cut(text: str) -> Markup:
    return element("bdi", text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


def _edit(one: Edit, before: Seen, after: Seen) -> Markup:
    named = f"passage {', '.join(map(str, one.passages))}: " if one.passages else ""
    return element("li", f"{named}{one.kind} ", list(_marked(one, before, after)))


def _marked(one: Edit, before: Seen, after: Seen) -> Iterator[Content]:
    if one.words:
        for words in one.words[:MOST_WORDS]:
            yield [list(_words(words)), " "]
        return
    if one.before is not None:
        text = _text(before, one.before)
        gone = one.after is None
        yield _went(text) if gone else element("bdi", text)
    elif one.after is not None:
        yield _came(_text(after, one.after))


def _words(words: Words) -> Iterator[Content]:
    if words.lead:
        yield ["… ", _cut(words.lead), " "]
    if words.before:
        yield _went(words.before)
    if words.after:
        yield [" ", _came(words.after)]


def _went(text: str) -> Markup:
    return element("del", element("span", "before:", class_="who"), " ", _cut(text))


def _came(text: str) -> Markup:
    return element("ins", element("span", "after:", class_="who"), " ", _cut(text))


def _text(seen: Seen, stretch: Stretch) -> str:
    return "" if isinstance(seen.page, NoText) else seen.page.text[stretch.start : stretch.end]

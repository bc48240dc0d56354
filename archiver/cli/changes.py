"""What differs between two captures, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archiver.cli.marks import Marks
from archiver.judge.page import Page
from archiver.report.changes import NOISE
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.judge.change import Edit, Stretch
    from archiver.judge.circumstances import Fact
    from archiver.judge.edits import Words
    from archiver.judge.page import NoText
    from archiver.verbs.changing import Diffed

_MOST = 100  # edits of a kind that are shown; --json has them all
_MOST_WORDS = 12  # stretches of one edit
_LONG = 300  # characters of a text that are shown


def change_lines(done: Diffed, coloured: bool) -> list[str]:
    """Facts, edits and passages that differ; noise behind them, each with its reason."""
    marks = Marks(_LONG, coloured)
    facts, edits = done.change.facts, done.change.text.edits
    lines = [_fact(one, marks) for one in facts if one.noise is None]
    lines += _edits(done, [one for one in edits if one.noise is None], marks)
    lines += list(_passages(done))
    noise = [_fact(one, marks) for one in facts if one.noise is not None]
    noise += _edits(done, [one for one in edits if one.noise is not None], marks)
    return [*lines, "noise", *noise] if noise else lines


def _reason(noise: str | None) -> str:
    return "" if noise is None else f" ({NOISE.get(noise, noise)})"


def _fact(one: Fact, marks: Marks) -> str:
    went = marks.red(terminal(one.before or "none", _LONG))
    came = marks.green(terminal(one.after or "none", _LONG))
    return f"  {terminal(one.name, _LONG)}{_reason(one.noise)}: {went} -> {came}"


def _edits(done: Diffed, edits: list[Edit], marks: Marks) -> list[str]:
    lines = [line for one in edits[:_MOST] for line in _edit(done, one, marks)]
    if len(edits) > _MOST:
        lines.append(f"  … and {len(edits) - _MOST} more (--json has them all)")
    return lines


def _edit(done: Diffed, one: Edit, marks: Marks) -> Iterator[str]:
    places = [
        f"{'block' if stretch.blocks == 1 else 'blocks'} {_numbers(stretch)} {side}"
        for stretch, side in ((one.before, "before"), (one.after, "after"))
        if stretch is not None
    ]
    where = "".join(f", passage {number}" for number in one.passages)
    yield f"  {one.kind}: {', '.join(places)}{where}{_reason(one.noise)}"
    if one.words:
        for words in one.words[:_MOST_WORDS]:
            yield f"    {_words(words, marks)}"
        if len(one.words) > _MOST_WORDS:
            yield f"    … and {len(one.words) - _MOST_WORDS} more"
        return
    if one.before is not None:
        text = _text(done.before.seen.page, one.before)
        yield f"    {marks.went(text) if one.after is None else terminal(text, _LONG)}"
    elif one.after is not None:
        yield f"    {marks.came(_text(done.after.seen.page, one.after))}"


def _numbers(stretch: Stretch) -> str:
    last = stretch.block + stretch.blocks - 1
    return str(stretch.block) if stretch.blocks == 1 else f"{stretch.block} to {last}"


def _text(page: Page | NoText, stretch: Stretch) -> str:
    return page.text[stretch.start : stretch.end] if isinstance(page, Page) else ""


def _words(words: Words, marks: Marks) -> str:
    lead = f"… {terminal(words.lead, _LONG)}" if words.lead else ""
    parts = (lead, marks.went(words.before), marks.came(words.after))
    return " ".join(part for part in parts if part)


def _passages(done: Diffed) -> Iterator[str]:
    """Passages that stand otherwise than before, where both sides are known."""
    for one in done.change.passages:
        if one.before and one.after and one.before != one.after:
            yield f"  passage {one.number}: {one.before} before, {one.after} after"

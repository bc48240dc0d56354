"""Two captures of one source: rule `archiver-change-1`.

It tells what differs between two observations and never why: nothing is called deleted,
and a text is compared with a text only where both captures have the source's page, whole.
What a page changes by itself from one call to the next is told apart as noise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archiver.judge import circumstances, edits
from archiver.judge.blocks import Block, blocks_of
from archiver.judge.circumstances import Circumstances, Fact
from archiver.judge.compare import Claim, Comparison, Finding, compare
from archiver.judge.edits import Range, Words, word_changes
from archiver.judge.matching import Work
from archiver.judge.noise import reason_of
from archiver.judge.normal import LEVELS, stripped
from archiver.judge.page import NoText, Page

FORMAT = "archiver-change-1"
RESULTS = ("unchanged", "noise", "changed", "inconclusive")
TEXT_RESULTS = ("unchanged", "noise", "changed", "not-comparable")
KINDS = ("added", "removed", "changed", "moved")
Both = tuple[tuple[Block, ...], tuple[Block, ...]]
# Pages whose octets may differ in what is read of them, though no text is.
_NOT_READ = ("media_type", "pdf", "too_large", "undecodable")
_UNREAD_COUNT = re.compile(r"^\([0-9]+\) ")  # how many messages wait for whoever is logged in


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One capture, as far as another one is compared with it. `comparison` is of its own claim."""

    circumstances: Circumstances
    claim: Claim
    comparison: Comparison
    page: Page | NoText

    @property
    def started(self) -> str:
        """When the capture began."""
        return self.circumstances.observation.started

    @property
    def unreadable(self) -> str | None:
        """Why there is no whole page of the source's to compare; None where there is one."""
        outcome = self.circumstances.outcome
        if outcome.state != "captured":
            return outcome.state
        if outcome.reason == "content.needs_script":
            return "needs_script"
        if isinstance(self.page, NoText):
            return self.page.reason
        return "truncated" if self.truncated else None

    @property
    def truncated(self) -> bool:
        """Whether the page was cut off before its end."""
        response = self.circumstances.observation.of_source()[-1].response
        return response is not None and response.truncated is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Blocks of a page: the first one's number from 1, how many, and where they stand in the
    page's text (characters)."""

    block: int
    blocks: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One edit of the text. `words` are what differs in a block that was changed; `passages`
    the numbers of those that stand there, before or after. `noise` says why it is none."""

    kind: str
    before: Stretch | None
    after: Stretch | None
    words: tuple[Words, ...]
    passages: tuple[int, ...]
    noise: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TextChange:
    """What became of the text. `before` and `after` say why there was none to compare."""

    result: str
    before: str | None = None
    after: str | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PassageChange:
    """What became of a passage: `found`, `altered`, `missing`; None where nothing is known."""

    number: int
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What differs between two captures of one source, the earlier one first.

    `claim_of` tells whose seed text the passages are: `before`, `after`, or None.
    """

    facts: tuple[Fact, ...]
    text: TextChange
    passages: tuple[PassageChange, ...]
    claim_of: str | None
    states: tuple[str, str]

    @property
    def result(self) -> str:
        """One word of `RESULTS`: nothing follows from a capture that concluded nothing."""
        if "inconclusive" in self.states:
            return "inconclusive"
        if self.text.result == "changed" or any(one.noise is None for one in self.facts):
            return "changed"
        if any(one.before and one.after and one.before != one.after for one in self.passages):
            return "changed"
        return "noise" if self.facts or self.text.edits else "unchanged"


def change(before: Seen, after: Seen) -> Change:
    """What differs. Both must be captures of one source; the caller knows which is earlier."""
    claim, claim_of = _claim(before, after)
    found = _comparison(claim, before), _comparison(claim, after)
    text = _text(before, after, found)
    facts = [*circumstances.facts(before.circumstances, after.circumstances)]
    facts += [*_title(before, after), *_body(before, after)]
    return Change(
        facts=tuple(facts),
        text=text,
        passages=_passages(before, after, found),
        claim_of=claim_of,
        states=(before.circumstances.outcome.state, after.circumstances.outcome.state),
    )


def _claim(before: Seen, after: Seen) -> tuple[Claim, str | None]:
    """Whose seed text is looked for in both: one with its text, and of two the later."""
    known = [
        (any(one.text is not None for one in seen.claim.passages), side, seen.claim)
        for side, seen in (("after", after), ("before", before))
        if seen.claim.passages
    ]
    if not known:
        return after.claim, None
    _, side, claim = max(known, key=lambda one: one[0])
    return claim, side


def _comparison(claim: Claim, seen: Seen) -> Comparison:
    return seen.comparison if claim == seen.claim else compare(claim, seen.page)


def _passages(
    before: Seen, after: Seen, found: tuple[Comparison, Comparison]
) -> tuple[PassageChange, ...]:
    one, two = found
    numbers = [finding.passage.number for finding in one.findings or two.findings]
    earlier, later = _statuses(before, one.findings), _statuses(after, two.findings)
    return tuple(
        PassageChange(number=number, before=earlier.get(number), after=later.get(number))
        for number in numbers
    )


def _statuses(seen: Seen, findings: Sequence[Finding]) -> dict[int, str]:
    """By number. What is found is found; that it is not, only a whole page of the source says."""
    whole = seen.unreadable is None
    return {one.passage.number: one.status for one in findings if whole or one.status == "found"}


def _title(before: Seen, after: Seen) -> list[Fact]:
    one, two = before.page, after.page
    if before.unreadable or after.unreadable or isinstance(one, NoText) or isinstance(two, NoText):
        return []
    if one.title == two.title:
        return []
    titles = [stripped(page.title, LEVELS[-1]) for page in (one, two)]
    noise = "typography" if titles[0] == titles[1] else None
    if noise is None and _UNREAD_COUNT.sub("", titles[0]) == _UNREAD_COUNT.sub("", titles[1]):
        noise = "counter"
    return [Fact(name="title", before=one.title, after=two.title, noise=noise)]


def _body(before: Seen, after: Seen) -> list[Fact]:
    """The octets of the body: all that can be told of a page whose text is not read."""
    if {before.circumstances.outcome.state, after.circumstances.outcome.state} != {"captured"}:
        return []
    last = [seen.circumstances.observation.of_source()[-1].response for seen in (before, after)]
    one, two = (None if response is None else str(response.entity_digest) for response in last)
    if one == two:
        return []
    noise: str | None = "markup"
    if before.truncated or after.truncated:
        noise = "truncated"
    elif before.unreadable in _NOT_READ or after.unreadable in _NOT_READ:
        noise = None
    return [Fact(name="body", before=one, after=two, noise=noise)]


def _text(before: Seen, after: Seen, found: tuple[Comparison, Comparison]) -> TextChange:
    one, two = before.page, after.page
    whys = before.unreadable, after.unreadable
    if isinstance(one, NoText) or isinstance(two, NoText) or any(whys):
        return TextChange(result="not-comparable", before=whys[0], after=whys[1])
    blocks = blocks_of(one, _places(found[0])), blocks_of(two, _places(found[1]))
    made = _edits((one, two), blocks, (before.started, after.started))
    if any(edit.noise is None for edit in made):
        return TextChange(result="changed", edits=made)
    return TextChange(result="noise" if made else "unchanged", edits=made)


def _places(found: Comparison) -> list[tuple[int, tuple[int, int]]]:
    """Where passages stand in a page, as claimed or altered, by number."""
    spans = [(one.passage.number, one.place or one.nearest) for one in found.findings]
    return [(number, (span.start, span.end)) for number, span in spans if span is not None]


def _edits(pages: tuple[Page, Page], blocks: Both, started: tuple[str, str]) -> tuple[Edit, ...]:
    """The edits of the text; behind them what is only written in another way."""
    work = Work()
    before, after = blocks
    found = edits.edits([one.key for one in before], [one.key for one in after], work)
    made = [_edit(one, blocks, work, started) for one in found]
    for at, other in edits.kept_pairs(found, len(before), len(after)):
        one, two = before[at], after[other]
        if pages[0].text[one.start : one.end] != pages[1].text[two.start : two.end]:
            respelled = edits.BlockEdit("respelled", (at, at + 1), (other, other + 1))
            made.append(_edit(respelled, blocks, work, started))
    return tuple(made)


def _edit(one: edits.BlockEdit, blocks: Both, work: Work, started: tuple[str, str]) -> Edit:
    mine, theirs = _blocks(blocks[0], one.before), _blocks(blocks[1], one.after)
    return Edit(
        kind=one.kind if one.kind in KINDS else "changed",
        before=_stretch(blocks[0], one.before),
        after=_stretch(blocks[1], one.after),
        words=word_changes(mine[0].key, theirs[0].key, work) if one.kind == "changed" else (),
        passages=_numbers(mine, theirs),
        noise=reason_of(one.kind, mine, theirs, started),
    )


def _blocks(blocks: tuple[Block, ...], of: Range | None) -> tuple[Block, ...]:
    return () if of is None else blocks[slice(*of)]


def _stretch(blocks: tuple[Block, ...], of: Range | None) -> Stretch | None:
    if of is None:
        return None
    start, end = of
    return Stretch(
        block=start + 1,
        blocks=end - start,
        start=blocks[start].start,
        end=blocks[end - 1].end,
    )


def _numbers(*sides: tuple[Block, ...]) -> tuple[int, ...]:
    return tuple(sorted({number for side in sides for one in side for number in one.passages}))

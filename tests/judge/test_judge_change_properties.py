"""What must hold of the change between any two pages, and how long it may take."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archiver.judge.blocks import blocks_of
from archiver.judge.change import Change, Edit, change
from archiver.judge.cut import words_of
from archiver.judge.edits import BlockEdit, Words, edits, word_changes
from archiver.judge.matching import Work, matched
from archiver.judge.page import Page
from archiver.judge.sections import sections
from tests.judge.judge_changes import EARLY, LATE, seen
from tests.judge.judge_pages import page

WORDS = st.sampled_from("the bridge is closed 12 1,234 views a b c 中 文 “ok” x1".split())
LINES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
FEW = st.sampled_from(["a", "b", "a b", "c d e f"])
TEXTS = st.lists(LINES | FEW, max_size=12)
WORK = st.sampled_from([0, 5, 40, 12_000_000])
WRAPS = st.sampled_from(
    ["<p>{}</p>", "<aside>{}</aside>", "<div class=ad>{}</div>", "<li>{}", "<h2>{}</h2>", "{}<br>",
     "<nav><p>{}", "</nav>{}", "<p hidden>{}</p>", "<span class=related>{}</span>", "<p>{}&nbsp;"]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str, str]:
    """Two pages with much in common, and a seed text that stands on them in part."""
    texts = draw(st.lists(LINES, min_size=1, max_size=8))
    sides = []
    for _ in range(2):
        mine = draw(st.permutations(texts)) if draw(st.booleans()) else texts
        mine = [draw(LINES) if draw(st.integers(0, 4)) == 0 else one for one in mine]
        kept = [one for one in mine if draw(st.integers(0, 5))]
        sides.append("".join(draw(WRAPS).format(one) for one in kept) + draw(WRAPS).format("end"))
    seed = "\n\n".join(texts[: draw(st.integers(0, 3))])
    return sides[0], sides[1], seed


def applied(found: Sequence[BlockEdit], before: list[str], after: list[str]) -> list[str]:
    """The text that the edits make of `before`; of `after` only what they name is read."""
    gone = {at for one in found if one.before for at in range(*one.before)}
    kept = iter([text for at, text in enumerate(before) if at not in gone])
    come = {at: after[at] for one in found if one.after for at in range(*one.after)}
    size = len(before) - len(gone) + len(come)
    return [come[at] if at in come else next(kept) for at in range(size)]


def turned(one: BlockEdit) -> tuple[object, ...]:
    kind = {"added": "removed", "removed": "added"}.get(one.kind, one.kind)
    return kind, one.after, one.before


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, WORK)
def test_edits_make_one_text_of_the_other(before: list[str], after: list[str], units: int) -> None:
    found = edits(before, after, Work(units))
    assert applied(found, before, after) == after
    assert edits(before, before, Work(units)) == []
    for one in found:
        if one.kind in ("moved", "regrouped"):
            assert one.before is not None
            assert one.after is not None
            mine, theirs = before[slice(*one.before)], after[slice(*one.after)]
            assert words_of(" ".join(mine)) == words_of(" ".join(theirs))


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, WORK)
def test_edits_are_the_same_either_way(before: list[str], after: list[str], units: int) -> None:
    there = edits(before, after, Work(units))
    back = edits(after, before, Work(units))
    assert {(one.kind, one.before, one.after) for one in there} == {turned(one) for one in back}


@settings(max_examples=200, deadline=None)
@given(LINES, LINES, WORK)
def test_words_make_one_block_of_the_other(before: str, after: str, units: int) -> None:
    there = word_changes(before, after, Work(units))
    back = word_changes(after, before, Work(units))
    assert [(one.lead, one.before, one.after) for one in there] == [
        (one.lead, one.after, one.before) for one in back
    ]
    assert (there == ()) == (words_of(before) == words_of(after))
    removed = sum(len(words_of(one.before)) for one in there)
    added = sum(len(words_of(one.after)) for one in there)
    assert len(words_of(before)) - removed == len(words_of(after)) - added


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")), WORK)
def test_what_matches_is_the_same_and_rises(left: list[str], right: list[str], units: int) -> None:
    pairs = matched(left, right, Work(units))
    assert all(left[one] == right[two] for one, two in pairs)
    for side in (0, 1):
        places = [pair[side] for pair in pairs]
        assert places == sorted(set(places))


def lead(one: Words) -> str:
    """The words before a difference; the blanks between them are those of the earlier page."""
    return one.lead.replace(" ", "")


def side_of(one: Edit) -> tuple[object, ...]:
    kind = {"added": "removed", "removed": "added"}.get(one.kind, one.kind)
    words = tuple((lead(words), words.after, words.before) for words in one.words)
    return kind, one.after, one.before, words, one.passages, one.noise


def straight(one: Edit) -> tuple[object, ...]:
    words = tuple((lead(words), words.before, words.after) for words in one.words)
    return one.kind, one.before, one.after, words, one.passages, one.noise


@settings(max_examples=250, deadline=None)
@given(pages())
@example(
    (
        "<li>中<span class=related>closed the</span><p>the</p><p>end</p>",
        "<p>中 closed</p><p>end</p>",
        "",
    )
)
def test_changes_are_the_same_either_way(case: tuple[str, str, str]) -> None:
    first, second, seed = case
    there = change(seen(first, seed=seed), seen(second, started=LATE, seed=seed))
    back = change(seen(second, started=LATE, seed=seed), seen(first, seed=seed))
    assert {straight(one) for one in there.text.edits} == {side_of(one) for one in back.text.edits}
    assert (there.result, there.text.result) == (back.result, back.text.result)
    assert [(one.before, one.after) for one in there.passages] == [
        (one.after, one.before) for one in back.passages
    ]
    nothing(change(seen(first, seed=seed), seen(first, started=LATE, seed=seed)))


def nothing(done: Change) -> None:
    assert done.result == "unchanged"
    assert (done.facts, done.text.edits) == ((), ())
    assert all(one.before == one.after for one in done.passages)


@settings(max_examples=250, deadline=None)
@given(pages())
def test_no_passage_changes_behind_noise(case: tuple[str, str, str]) -> None:
    first, second, seed = case
    done = change(seen(first, seed=seed), seen(second, started=LATE, seed=seed))
    if done.text.result in ("unchanged", "noise"):
        found = [(one.before == "found", one.after == "found") for one in done.passages]
        assert all(one == two for one, two in found)
        assert done.result != "changed" or done.facts


@settings(max_examples=200, deadline=None)
@given(st.text("<>/!-p='\" anvdisex1", max_size=60))
def test_any_markup_has_sections(markup: str) -> None:
    found = sections(f"<aside>{markup}")
    for kind in (found.apart, found.headings, found.figures):
        assert list(kind) == sorted(kind)
        assert all(0 <= start < end <= len(markup) + 7 for start, end in kind)


PARAGRAPHS = [
    f"No. {number}: bridge council money larkmoor repair closed river while {'so it was ' * 32}"
    for number in range(13_000)
]
HOSTILE = {
    "one word changed in each": (
        PARAGRAPHS[:5000],
        [one.replace("money", "honey") for one in PARAGRAPHS[:5000]],
    ),
    "equal lines": (["x"] * 10**5, ["x"] * (10**5 + 1)),
    "two lines in turn": (["x", "y"] * 50_000, ["y", "x"] * 50_000),
    "nothing in common": ([f"a{n}" for n in range(50_000)], [f"b{n}" for n in range(50_000)]),
    "turned round": ([f"a{n}" for n in range(50_000)], [f"a{n}" for n in range(50_000, 0, -1)]),
    "one word": (["a " * 10**6], ["a " * 10**6 + "b"]),
    "two words in turn": (["a b " * 250_000], ["b a c " * 250_000]),
    "few lines many times": (
        [random.Random(1).choice("abcdefgh") for _ in range(30_000)],
        [random.Random(2).choice("abcdefgh") for _ in range(30_000)],
    ),
    "short blocks of the same words": (
        [f"a b c d {n % 700} {n % 11}" for n in range(30_000)],
        [f"a b c e {n % 701} {n % 13}" for n in range(30_000)],
    ),
}


@pytest.mark.parametrize("case", HOSTILE.values(), ids=HOSTILE.keys())
def test_two_long_texts(case: tuple[list[str], list[str]]) -> None:
    before, after = case
    start = time.process_time()
    work = Work()
    found = edits(before, after, work)
    for one in found:
        if one.kind == "changed" and one.before and one.after:
            word_changes(before[one.before[0]], after[one.after[0]], work)
    assert time.process_time() - start < 15
    assert applied(found, before, after) == after


def test_two_large_pages() -> None:
    before = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    after = before.replace("money", "honey", 5000).replace("No. 77:", "<p>New.</p>No. 77:")
    assert len(before) > 5_000_000
    start = time.process_time()
    done = change(seen(before, started=EARLY), seen(after, started=LATE))
    assert len(done.text.edits) == 5001
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "markup", ["<aside>", "<aside><p>x", "<aside>x</aside>", "<p class=ad>x</p>"]
)
def test_many_sections(markup: str) -> None:
    read = page(markup * 30_000 + "x")
    assert isinstance(read, Page)
    start = time.process_time()
    blocks_of(read, [])
    assert time.process_time() - start < 6

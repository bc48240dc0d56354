"""What differs between two captures, as the page of a case tells it."""

from __future__ import annotations

import pytest

from archiver.judge.change import change
from archiver.report.html.changes import MOST, MOST_WORDS
from archiver.report.html.changes import change as content
from archiver.report.html.markup import element
from tests.judge.judge_changes import EARLY, LATE, seen
from tests.judge.judge_pages import FIRST, SECOND, SEED, THIRD
from tests.report.reports import words

TITLE = "<title>Bridge</title>"


def paragraphs(*texts: str) -> str:
    return TITLE + "".join(f"<p>{one}</p>" for one in texts)


def told(before: str, after: str, seed: str = "") -> str:
    one, two = seen(before, seed=seed), seen(after, started=LATE, seed=seed)
    return element("div", content(change(one, two), one, two)).source


def test_nothing() -> None:
    page = paragraphs(FIRST, SECOND)
    said = told(page, page)
    assert words(said) == "unchanged nothing differs. The text: unchanged."
    assert "table" not in said
    assert "<ul" not in said


def test_a_word() -> None:
    said = told(
        paragraphs(FIRST, SECOND, THIRD), paragraphs(FIRST.replace("old", "new"), SECOND, THIRD)
    )
    assert words(said) == (
        "changed something differs. The text: changed (1 change). "
        "changed … 12 May and kept the before: old after: new"
    )
    assert '<del><span class="who">before:</span> <bdi>old</bdi></del>' in said
    assert '<ins><span class="who">after:</span> <bdi>new</bdi></ins>' in said


def test_paragraphs_that_came_and_went_and_moved() -> None:
    before = paragraphs(FIRST, SECOND, THIRD, "It rained all day long in the whole valley.")
    gone = words(told(before, paragraphs(FIRST, SECOND, THIRD)))
    assert gone.endswith("removed before: It rained all day long in the whole valley.")
    came = words(told(paragraphs(FIRST, SECOND, THIRD), before))
    assert came.endswith("added after: It rained all day long in the whole valley.")
    moved = told(
        before, paragraphs(SECOND, THIRD, FIRST, "It rained all day long in the whole valley.")
    )
    assert f"<li>moved <bdi>{FIRST}</bdi></li>" in moved


def test_passages_of_the_claim() -> None:
    before = paragraphs(FIRST, SECOND, THIRD)
    said = words(told(before, paragraphs(FIRST, THIRD), SEED))
    assert f"What differs from {EARLY} to {LATE}" in said
    assert "passage 2 found missing" in said
    assert "passage 1" not in said
    assert "passage 2: removed before:" in said
    assert "passage 2 found not known" in words(
        told(before, "<script>var a</script><div id=app></div>", SEED)
    )


def test_a_title_is_a_fact_and_what_bites_is_text() -> None:
    bites = "<i>x</i>"
    page = paragraphs(FIRST, SECOND)
    said = told(page, page.replace("Bridge", "&lt;i>x&lt;/i>"))
    assert "<bdi>title</bdi>" in said
    assert "&lt;i&gt;x&lt;/i&gt;" in said
    assert bites not in said


def test_long_texts_are_cut() -> None:
    long = "word " * 200
    said = words(told(paragraphs(FIRST, SECOND), paragraphs(FIRST, SECOND, long)))
    assert said.endswith(f"added after: {(long[:400]).strip()} …") or said.endswith(
        f"added after: {long[:400].strip()}…"
    )


@pytest.mark.parametrize(("count", "more"), [(MOST, False), (MOST + 1, True)])
def test_of_many_the_first_are_told(count: int, more: bool) -> None:
    kept = [f"Boat number {n} lies in the harbour of Larkmoor." for n in range(count)]
    old, new = kept, [text for one in kept for text in (one, f"{one[:20]} sails tomorrow.")]
    said = told(paragraphs(*old), paragraphs(*new))
    assert said.count("<li>") == MOST
    assert ("… and more: archiver diff tells all of it." in said) is more


def test_of_many_words_the_first_are_told() -> None:
    old = " ".join(f"kept{n} old{n} again{n} and{n} more{n}" for n in range(MOST_WORDS + 3))
    new = " ".join(f"kept{n} new{n} again{n} and{n} more{n}" for n in range(MOST_WORDS + 3))
    said = told(paragraphs(FIRST, old), paragraphs(FIRST, new))
    assert said.count("<del>") == said.count("<ins>") == MOST_WORDS

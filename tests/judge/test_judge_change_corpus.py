"""Pages of made-up sites that change by themselves, and the same pages edited by a person.

Every pair is captured one day apart. None that differs only in advertisements, tokens,
clocks, counters and the like may come out as changed, every edited one must.
"""

from __future__ import annotations

import pytest

from archiver.judge.change import Change, change
from tests.judge.judge_changes import EARLY, LATE, seen
from tests.judge.sites import CASES, EDITS, STORIES, Visit, edited


def compared(before: str, after: str, seed: str) -> Change:
    return change(seen(before, started=EARLY, seed=seed), seen(after, started=LATE, seed=seed))


@pytest.mark.parametrize("with_text", [False, True])
def test_what_a_page_changes_by_itself_is_noise(with_text: bool) -> None:
    assert len(CASES) >= 100
    for site, language, number in CASES:
        story = STORIES[language]
        before, after = (site(story, Visit(number, moment)) for moment in (EARLY, LATE))
        done = compared(before, after, "\n\n".join(story[1:]) if with_text else "")
        loud = [one for one in done.text.edits if one.noise is None]
        loud_facts = [one for one in done.facts if one.noise is None]
        assert done.text.result == "noise", (site.__name__, language, number, loud)
        assert done.result == "noise", (site.__name__, language, number, loud_facts)


@pytest.mark.parametrize("with_text", [False, True])
@pytest.mark.parametrize("kind", EDITS)
def test_what_a_person_edits_is_a_change(kind: str, with_text: bool) -> None:
    for site, language, number in CASES[:: 1 if kind == "word" else 3]:
        story = STORIES[language]
        visits = [Visit(number, moment) for moment in (EARLY, LATE)]
        other = edited(story, kind, visits[0])
        if other == story:
            continue
        seed = "\n\n".join(story[1:]) if with_text else ""
        done = compared(site(story, visits[0]), site(other, visits[1]), seed)
        loud = [one for one in done.text.edits if one.noise is None]
        assert done.text.result == done.result == "changed", (site.__name__, language, number)
        assert 1 <= len(loud) <= 3, (site.__name__, language, number, loud)

"""The corpus: never a false `absent`, never a wall that is called captured."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from tests.judge.corpus.gone import SOFT_404
from tests.judge.corpus.judging import MODES, judged
from tests.judge.corpus.second import second
from tests.judge.corpus.specimens import Specimen, corpus
from tests.judge.corpus.third import third
from tests.judge.corpus.truth import allowed
from tests.verify.scenes import answer


@cache
def everything() -> tuple[Specimen, ...]:
    return (*corpus(), *second(), *third())


def test_the_corpus_is_large_and_made_of_all_kinds() -> None:
    truths = Counter(one.truth for one in everything())
    assert sum(truths.values()) >= 150
    assert set(truths) == {
        "captured", "absent", "blocked", "unreachable", "inconclusive", "script", "unclear",
    }  # fmt: skip
    assert min(truths.values()) >= 3
    assert len(SOFT_404) >= 10
    assert len({one.name for one in everything()}) == sum(truths.values())


@pytest.mark.parametrize("mode", MODES)
def test_nothing_false_is_said(mode: str) -> None:
    wrong = {}
    said: Counter[tuple[str, str]] = Counter()
    for one in everything():
        if mode in ("with", "digest") and not one.text:
            continue
        derived = judged(one, mode)
        state = derived.outcome.state
        said[one.truth, state] += 1
        if state not in allowed(one, mode):
            wrong[one.name] = (state, derived.outcome.reason)
    assert wrong == {}
    if mode == "without":
        # Nor is everything left open.
        for truth in ("absent", "blocked", "unreachable"):
            of_it = sum(count for (true, _), count in said.items() if true == truth)
            assert said[truth, truth] >= 0.95 * of_it, (truth, said)


def test_the_seed_text_on_a_page_settles_it() -> None:
    """A soft 404, a wall, a redirect: with the whole text on it, it is captured."""
    flips = 0
    text = ("The ferry to the outer islands runs again since Monday.",)
    for one in everything():
        if one.truth not in ("absent", "blocked") or one.text:
            continue
        head, _, body = one.answer.decode().partition("\r\n\r\n")
        status = head.partition("\r\n")[0].partition(" ")[2]
        with_text = answer(f"<div><p>{text[0]}</p></div>{body}", status)
        flipped = judged(replace(one, answer=with_text, text=text), "with")
        assert flipped.comparison.result == "contained", one.name
        assert flipped.outcome.state == "captured", one.name
        assert judged(one, "without").outcome.state != "captured", one.name
        flips += 1
    assert flips > 150


def test_every_signal_points_at_a_record() -> None:
    for one in everything():
        derived = judged(one, "without")
        for signal in derived.outcome.signals:
            assert signal.record is not None, (one.name, signal)
            assert signal.record.startswith("urn:uuid:")
            assert len(signal.value) <= 300


def test_a_verdict_against_presence_has_two_signals() -> None:
    for one in everything():
        outcome = judged(one, "without").outcome
        if outcome.state in ("absent", "blocked") and outcome.reason.startswith(
            ("content.", "redirect.")
        ):
            against = {
                signal.name.partition(".")[0]
                for signal in outcome.signals
                if signal.speaks_for != "captured"
            }
            assert len(against) >= 2, (one.name, outcome)


def test_shells_and_teasers() -> None:
    for one in everything():
        if one.truth == "script":
            derived = judged(one, "without")
            assert derived.outcome.reason == "content.needs_script"
            assert derived.comparison.result == "not-comparable"
            assert derived.comparison.reason == "needs_script"
        if one.name.startswith("pay-"):
            for mode in ("with", "digest"):
                derived = judged(one, mode)
                assert derived.outcome.reason == "content.pay_wall", one.name
                assert derived.comparison.result == "partial"


def test_a_page_that_was_cut_lacks_nothing() -> None:
    """Neither is the text said to be missing, nor its beginning to be a teaser."""
    pages = {one.name: one for one in everything()}
    cut = replace(pages["pay-en"], answer=pages["pay-en"].answer[:-5])
    derived = judged(cut, "with")
    assert (derived.outcome.state, derived.outcome.reason) == ("captured", "http.truncated")
    wall = pages["login-en"]
    assert judged(wall, "without").outcome.state == "blocked"
    assert not any(
        signal.name == "text"
        for signal in judged(replace(wall, answer=wall.answer[:-5]), "without").outcome.signals
    )


def test_a_changed_article_behind_a_pay_wall_is_no_teaser() -> None:
    """What is missing in the middle was not cut off by a wall."""
    one = next(one for one in everything() if one.name == "pay-en")
    body = one.answer.decode().partition("\r\n\r\n")[2]
    first, second_, third, last = one.text
    page = body.replace(f"<p>{first}</p>", f"<p>{first}</p><p>{third}</p><p>{last}</p>")
    assert second_ not in page
    derived = judged(replace(one, answer=answer(page)), "with")
    assert (derived.outcome.state, derived.outcome.reason) == ("captured", "http.200")
    assert any(signal.name == "words.pay" for signal in derived.outcome.signals)

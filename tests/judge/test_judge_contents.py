"""The rule over signs made by hand: one is a hint, two that agree are a verdict."""

from __future__ import annotations

import itertools

import pytest

from archiver.judge.contents import KINDS, Text, failure_verdict, page_verdict
from archiver.judge.signals.beside import Beside
from archiver.judge.signals.shape import Line, Shape
from archiver.judge.signals.signs import Sign, Signs

OK = ("captured", "http.200")
OPEN = ("inconclusive", "signals.conflict")
NONE = Text(result="not-comparable")
MISSING = Text(result="not-contained", missing=True)
WITHHELD = Text(result="not-comparable", withheld=True)
PARTIAL = Text(result="partial", some=True)
TEASER = Text(result="partial", some=True, teaser=True)
WHOLE = Text(result="contained", some=True)
BLOCKING = [kind for kind, (state, _) in KINDS.items() if state in ("blocked", "unreachable")]


def sign(kind: str, family: str = "words", *, weak: bool = False) -> Sign:
    return Sign(kind, family, "seen", weak)


def signs(
    *found: Sign, beside: str | None = None, article: bool = False, shell: bool = False
) -> Signs:
    probe = None if beside is None else Beside(beside, "HTTP 200", None)
    own = 900 if article else 0
    line = Line("a line", "a line", 6, False, 0, ())
    return Signs(found, Shape((line,), own, own, article), probe, shell)


def verdict(found: Signs, text: Text = NONE) -> tuple[str, str]:
    return page_verdict(found, text, OK)


def test_nothing_seen_is_captured() -> None:
    for beside in (None, "gone", "other", "ignored", "unclear", "alike", "same"):
        for text in (NONE, WITHHELD, PARTIAL, WHOLE):
            assert verdict(signs(beside=beside), text) == OK


def test_the_whole_text_settles_it() -> None:
    for kinds in itertools.combinations(KINDS, 2):
        found = [sign(kind, family) for kind in kinds for family in ("words", "markup", "header")]
        for beside in ("same", "gone"):
            assert verdict(signs(*found, beside=beside, shell=True), WHOLE) == OK


@pytest.mark.parametrize("kind", KINDS)
def test_one_sign_alone_is_never_a_verdict_against_presence(kind: str) -> None:
    for family in ("words", "markup", "header", "redirect"):
        for weak in (True, False):
            for text in (NONE, WITHHELD):
                alone = verdict(signs(sign(kind, family, weak=weak)), text)
                assert alone in (OK, OPEN), (kind, family, weak)
                if not weak and kind != "script":
                    assert alone == OPEN


@pytest.mark.parametrize("kind", BLOCKING)
def test_two_that_agree_are_one(kind: str) -> None:
    expected = KINDS[kind]
    two = (sign(kind), sign(kind, "markup"))
    assert verdict(signs(*two)) == expected
    assert verdict(signs(*two), WITHHELD) == expected
    assert verdict(signs(sign(kind), beside="same")) == expected
    assert verdict(signs(sign(kind)), Text(result="not-contained", missing=True)) == expected
    # Two of one family are no more than one.
    assert verdict(signs(sign(kind), sign(kind))) == OPEN


def test_an_absence_takes_more() -> None:
    lost = sign("not_found")
    for text in (NONE, MISSING):
        assert verdict(signs(lost, beside="same"), text) == ("absent", "content.soft_404")
        assert verdict(signs(lost, beside="alike"), text) == ("absent", "content.soft_404")
        for beside in (None, "gone", "other", "ignored", "unclear"):
            assert verdict(signs(lost, sign("not_found", "markup"), beside=beside), text) == OPEN
    # The site leads this address home and says 404 to nonsense: one sign, and no more.
    for beside in (None, "gone", "other"):
        assert verdict(signs(sign("home", "redirect"), beside=beside), MISSING) == OPEN
    assert verdict(signs(sign("home", "redirect")), MISSING) == OPEN
    assert verdict(signs(sign("home", "redirect"), beside="same")) == ("absent", "redirect.home")
    assert verdict(signs(sign("removed")), MISSING) == ("absent", "content.removed")
    assert verdict(signs(sign("removed"), sign("unclear")), MISSING) == OPEN
    assert verdict(signs(sign("parked")), MISSING) == OPEN
    parked = (sign("parked"), sign("parked", "markup"))
    assert verdict(signs(*parked)) == ("absent", "content.parked")


def test_what_nobody_can_check_is_no_absence() -> None:
    for found in (
        signs(sign("not_found"), beside="same"),
        signs(sign("parked"), sign("parked", "markup")),
        signs(sign("home", "redirect"), beside="same"),
        signs(sign("removed"), sign("removed", "markup")),
    ):
        assert verdict(found)[0] == "absent"
        assert verdict(found, WITHHELD) == ("inconclusive", "signals.withheld")


def test_signs_of_two_states_conflict() -> None:
    found = [sign("not_found"), sign("login"), sign("login", "markup")]
    assert verdict(signs(*found, beside="same")) == OPEN
    named = [*found, sign("challenge", "header"), sign("challenge")]
    assert verdict(signs(*named, beside="same")) == ("blocked", "content.challenge")
    for one, other in itertools.combinations(KINDS, 2):
        pair = [sign(kind, family) for kind in (one, other) for family in ("words", "redirect")]
        state, _ = verdict(signs(*pair, beside="same"), MISSING)
        if "absent" in (KINDS[one][0], KINDS[other][0]) and KINDS[one][0] != KINDS[other][0]:
            assert state != "captured"


def test_some_of_the_text() -> None:
    wall = (sign("pay"), sign("pay", "markup"))
    assert verdict(signs(*wall), TEASER) == ("captured", "content.pay_wall")
    assert verdict(signs(*wall), PARTIAL) == OK
    assert verdict(signs(sign("not_found"), beside="same"), PARTIAL) == OPEN
    assert verdict(signs(sign("challenge"), sign("challenge", "header")), PARTIAL) == OPEN
    assert verdict(signs(sign("not_found")), PARTIAL) == OK


def test_a_text_of_its_own_makes_hints_of_words() -> None:
    weak = [sign(kind, weak=True) for kind in KINDS]
    assert verdict(signs(*weak, article=True, beside="gone")) == OK
    assert verdict(signs(sign("denied", weak=True), article=True), MISSING) == OK
    # On a page with nothing else, the same hint leaves it open.
    assert verdict(signs(sign("denied", weak=True)), MISSING) == OPEN


def test_shells() -> None:
    script = ("captured", "content.needs_script")
    for text in (NONE, MISSING, WITHHELD):
        assert verdict(signs(shell=True, beside="same"), text) == script
        assert verdict(signs(sign("script"), shell=True), text) == script
    assert verdict(signs(sign("not_found"), shell=True)) == OPEN
    walled = signs(sign("challenge"), sign("challenge", "markup"), shell=True)
    assert verdict(walled) == ("blocked", "content.challenge")


@pytest.mark.parametrize(
    ("status", "by_status", "found", "expected"),
    [
        (403, "blocked", [], "http.403"),
        (403, "blocked", [sign("denied")], "http.403"),
        (403, "blocked", [sign("challenge")], "content.challenge"),
        (401, "blocked", [sign("challenge")], "http.401"),
        (405, "blocked", [sign("challenge", "header")], "content.challenge"),
        (503, "unreachable", [sign("maintenance")], "http.503"),
        (503, "unreachable", [sign("challenge", "markup")], "content.challenge"),
        (503, "unreachable", [sign("challenge", "markup", weak=True)], "http.503"),
        (500, "unreachable", [sign("challenge")], "http.500"),
        (404, "absent", [], "http.404"),
        (404, "absent", [sign("not_found"), sign("login")], "http.404"),
        (404, "absent", [sign("challenge", "header")], "content.challenge"),
        (404, "absent", [sign("login")], "signals.conflict"),
        (404, "absent", [sign("login", weak=True)], "http.404"),
        (410, "absent", [sign("geo")], "signals.conflict"),
        (410, "absent", [sign("parked")], "http.410"),
    ],
)
def test_failures(status: int, by_status: str, found: list[Sign], expected: str) -> None:
    said = failure_verdict(signs(*found), status, (by_status, f"http.{status}"))
    assert said[1] == expected

"""What a person reads: nothing in it can move a cursor, nothing says more than was seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.case.schemas import schema
from archiver.judge.compare import RESULTS
from archiver.judge.contents import KINDS
from archiver.judge.outcome import BESIDE
from archiver.judge.outcome import STATES as OUTCOMES
from archiver.observation import CERTIFICATE_FAULTS
from archiver.report.escape import terminal
from archiver.report.why import history_sentence, signal_sentence
from archiver.report.words import (
    comparison_words,
    outcome_sentence,
    reason_sentence,
    verdict_sentence,
)
from archiver.verify.report import Report
from tests.verify.scenes import STATES, package, verdict


@given(st.text(st.characters(codec=None)), st.integers(0, 9))
def test_no_text_can_bite(text: str, limit: int) -> None:
    safe = terminal(text, limit)
    assert not limit or len(safe) <= limit
    for char in safe:
        number = ord(char)
        assert number >= 0x20
        assert not 0x7F <= number < 0xA0
        assert not 0x202A <= number <= 0x202E
        assert not 0x2066 <= number <= 0x2069
        assert not 0xD800 <= number <= 0xDFFF


def test_what_does_not_bite_stays() -> None:
    assert terminal("Ünïcode 漢字 «x» 🚢\u00a0") == "Ünïcode 漢字 «x» 🚢\u00a0"
    assert terminal("a\x1b[0m\r\nb\u202e") == "a\\x1b[0m\\x0d\\x0ab\\u202e"
    assert terminal("abcdef", 4) == "abc…"


@pytest.mark.parametrize("state", STATES)
def test_the_verdict_says_all_four_findings(state: str) -> None:
    report = verdict(package(state))
    said = verdict_sentence(report)
    for words in ("Intact.", "Derived again", "Signer: none", "Time: ", "Records: ", "Text: "):
        assert words in said
    assert report.said is not None
    assert outcome_sentence(report.said.outcome)
    assert "{" not in outcome_sentence(report.said.outcome)
    for word in ("deleted", "proves", "tamper"):
        assert word not in said


def test_what_is_not_accepted_claims_nothing() -> None:
    refused = verdict_sentence(verdict(package("captured")[:-1]))
    assert refused == "Refused at check 'container'."
    assert verdict_sentence(Report(package="x", id=None, checks=())).startswith("Refused")
    unreadable = Report(package="x", id=None, checks=(), readable=False)
    assert "Not a package" in verdict_sentence(unreadable)
    other = verdict_sentence(verdict(package("captured", software="archiver 9.9.9")))
    assert "Not derived again: made by archiver 9.9.9." in other
    assert "same bytes" not in other


STATUSES = (200, 204, 206, 301, 400, 401, 403, 404, 408, 410, 429, 451, 500, 503, 599)
OTHERS = (
    *CERTIFICATE_FAULTS,
    *"http.redirected http.truncated http.closed http.timeout http.invalid http.redirect_loop "
    "dns.failed dns.nxdomain dns.timeout dns.servfail dns.refused dns.nodata tcp.refused "
    "tcp.timeout tcp.reset tcp.unreachable tls.timeout tls.failed local.network_down "
    "local.intercepted local.refused_by_policy signals.withheld".split(),
)


def test_every_state_and_reason_has_a_sentence() -> None:
    pairs = {*KINDS.values(), ("captured", "content.pay_wall")}
    # A status alone never leaves things open.
    decided = [state for state in OUTCOMES if state != "inconclusive"]
    pairs |= {(state, f"http.{status}") for state in decided for status in STATUSES}
    pairs |= {(state, reason) for state in OUTCOMES for reason in OTHERS}
    for state, reason in pairs:
        sentence = reason_sentence(state, reason)
        assert len(sentence) > 15, (state, reason)
        assert "{" not in sentence
        assert reason not in sentence, "a reason must be said in words"
        assert "deleted" not in sentence
    assert "teaser" in reason_sentence("captured", "content.pay_wall")


def test_every_signal_has_a_sentence() -> None:
    names = ["http.status", "fault", "control.answered", "control.failed", "stop", "certificate"]
    names += ["page.text", "page.shell"]
    names += [f"sibling.{one}" for one in BESIDE]
    families = ("words", "header", "markup", "redirect")
    names += [f"{family}.{kind}" for family in families for kind in KINDS]
    for name in names:
        assert "404 here" in signal_sentence(name, "404 here")
        assert "{" not in signal_sentence(name, "404 here")
    for result in RESULTS:
        assert comparison_words(result) in signal_sentence("text", result)
    assert "check the address" in history_sentence("absent", None)
    assert "check the address" not in history_sentence("captured", None)
    assert "sha256:x" in history_sentence("absent", "sha256:x")


def test_every_comparison_has_words() -> None:
    assert len({comparison_words(result) for result in RESULTS}) == len(RESULTS)
    for reason in schema("comparison.schema.json")["properties"]["reason"]["enum"]:
        words = comparison_words("not-comparable", reason)
        assert words.startswith("not compared: ") or reason is None

"""Every state and reason, from observations made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.errors import InvalidInput
from archiver.judge.outcome import STATES, to_document
from archiver.observation import Exchange
from archiver.report.words import outcome_sentence
from tests.judge.judge_outcomes import (
    BY_STATUS,
    DEAD,
    FAULTS,
    RECORD,
    WORKING,
    control,
    exchange,
    judged,
)


def reason_of(status: int) -> str:
    """Outside 100 to 599 there is no status (RFC 9110 §15)."""
    return f"http.{status}" if 100 <= status <= 599 else "http.invalid"


@pytest.mark.parametrize(("status", "state"), BY_STATUS.items())
def test_by_status(status: int, state: str) -> None:
    outcome = judged(exchange(status))
    assert (outcome.state, outcome.reason) == (state, reason_of(status))
    assert [(one.name, one.value) for one in outcome.signals] == [("http.status", str(status))]
    assert outcome.signals[0].record == RECORD


@pytest.mark.parametrize(("status", "state"), BY_STATUS.items())
@pytest.mark.parametrize("text", ["contained", "partial", "not-contained", "not-comparable"])
def test_by_status_and_text(status: int, state: str, text: str) -> None:
    outcome = judged(exchange(status), text=text)
    if text == "contained":
        assert (outcome.state, outcome.reason) == ("captured", reason_of(status))
        assert outcome_sentence(outcome)
    elif text == "partial" and state == "absent":
        assert (outcome.state, outcome.reason) == ("inconclusive", "signals.conflict")
    else:
        assert (outcome.state, outcome.reason) == (state, reason_of(status))
    assert any(one.name == "text" for one in outcome.signals) == (text in ("contained", "partial"))


@pytest.mark.parametrize(
    ("exchanges", "stop", "expected"),
    [
        ([exchange(301), exchange(200, path="b")], None, ("captured", "http.redirected")),
        ([exchange(fault="tcp.reset"), exchange(200)], None, ("captured", "http.200")),
        ([exchange(301), exchange(302), exchange(404)], None, ("absent", "http.404")),
        ([exchange(301), exchange(403)], None, ("blocked", "http.403")),
        ([exchange(200, truncated="length")], None, ("captured", "http.truncated")),
        ([exchange(301), exchange(200, truncated="time")], None, ("captured", "http.truncated")),
        ([exchange(404, truncated="disconnect")], None, ("absent", "http.404")),
        ([exchange(302)], "redirect.loop", ("unreachable", "http.redirect_loop")),
        ([exchange(302)] * 21, "redirect.too_many", ("unreachable", "http.redirect_loop")),
        ([exchange(302)], "redirect.refused", ("inconclusive", "local.refused_by_policy")),
        ([exchange(200), control(200)], None, ("captured", "http.200")),
    ],
)
def test_answers(exchanges: list[Exchange], stop: str | None, expected: tuple[str, str]) -> None:
    outcome = judged(*exchanges, stop=stop)
    assert (outcome.state, outcome.reason) == expected


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_counts_only_while_a_control_answers(fault: str) -> None:
    for working in WORKING:
        for controls in ([working], [*DEAD, working], [working, *DEAD]):
            outcome = judged(exchange(fault=fault), *controls)
            assert (outcome.state, outcome.reason) == ("unreachable", fault)
    for controls in ([], DEAD, [DEAD[2]]):
        outcome = judged(exchange(fault=fault), *controls)
        assert (outcome.state, outcome.reason) == ("inconclusive", "local.network_down")
        assert [one.name for one in outcome.signals] == ["fault"] + ["control.failed"] * len(
            controls
        )


def test_a_name_that_does_not_exist_needs_a_control() -> None:
    outcome = judged(exchange(fault="dns.nxdomain"), control(200))
    assert (outcome.state, outcome.reason) == ("absent", "dns.nxdomain")
    outcome = judged(exchange(fault="dns.nxdomain"), control(fault="dns.nxdomain"))
    assert (outcome.state, outcome.reason) == ("inconclusive", "local.network_down")


def test_a_response_without_status_is_no_answer() -> None:
    assert judged(exchange(None), control(200)).reason == "http.invalid"
    assert judged(exchange(None)).state == "inconclusive"


def test_a_redirect_to_a_dead_host_is_a_fault() -> None:
    dead = exchange(fault="tcp.refused")
    assert judged(exchange(301), dead, control(200)).state == "unreachable"
    assert judged(exchange(301), dead).state == "inconclusive"


def test_policy_is_not_the_sources_fault() -> None:
    for controls in ([], WORKING, DEAD):
        outcome = judged(exchange(fault="local.refused_by_policy"), *controls)
        assert (outcome.state, outcome.reason) == ("inconclusive", "local.refused_by_policy")


def test_certificates_that_all_fail_are_somebody_in_between() -> None:
    alike = [control(fault="tls.untrusted"), control(fault="tls.self_signed")]
    outcome = judged(exchange(fault="tls.untrusted"), *alike)
    assert (outcome.state, outcome.reason) == ("inconclusive", "local.intercepted")
    assert judged(exchange(fault="tcp.reset"), *alike).reason == "local.network_down"
    mixed = [*alike, control(fault="tcp.refused")]
    assert judged(exchange(fault="tls.untrusted"), *mixed).reason == "local.intercepted"
    page = exchange(200, verified=False)
    assert judged(page, *alike).reason == "local.intercepted"
    assert judged(page, *alike, text="contained").state == "captured"


@pytest.mark.parametrize(("status", "state"), BY_STATUS.items())
def test_without_a_verified_certificate_only_presence_counts(status: int, state: str) -> None:
    trusted = judged(exchange(status, verified=True))
    assert (trusted.state, trusted.reason) == (state, reason_of(status))
    hops = [exchange(fault="tls.expired", verified=False), exchange(status, verified=False)]
    outcome = judged(*hops, control(200))
    assert outcome.state == ("captured" if state == "captured" else "inconclusive")
    assert outcome.reason == "tls.expired"
    assert judged(exchange(404, verified=False)).reason == "tls.untrusted"
    assert judged(exchange(404, verified=False), text="contained").state == "captured"


def test_nothing_to_judge_is_refused() -> None:
    for exchanges in ([], WORKING):
        with pytest.raises(InvalidInput):
            judged(*exchanges)


def test_every_document_fits_its_schema() -> None:
    import json

    from jsonschema import Draft202012Validator

    from archiver.case.schemas import schema_octets

    schema: Any = json.loads(schema_octets("outcome.schema.json"))
    validator = Draft202012Validator(schema)
    made = [judged(exchange(status)) for status in BY_STATUS]
    made += [judged(exchange(fault=fault), *DEAD, *WORKING) for fault in FAULTS]
    made += [judged(exchange(200, verified=False)), judged(exchange(302), stop="redirect.loop")]
    for outcome in made:
        assert outcome.state in STATES
        validator.validate(to_document(outcome))

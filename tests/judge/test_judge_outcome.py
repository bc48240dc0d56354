"""Every state and reason, from observations made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.judge.contents import Text
from archiver.judge.outcome import STATES, Outcome, decide, to_document
from archiver.observation import Exchange, Fault, Observation, Person, Response, Tls
from archiver.report.words import outcome_sentence

RECORD = "urn:uuid:00000000-0000-8000-8000-000000000000"


def answer(status: int | None, truncated: str | None = None) -> Response:
    return Response(
        record=RECORD,
        octets=100,
        head=50,
        status=status,
        media_type="text/html",
        location=None,
        server_date=None,
        framing="length",
        truncated=truncated,
        entity=50,
        entity_digest=Digest.of(b""),
    )


def exchange(
    status: int | None = None,
    fault: str | None = None,
    *,
    role: str = "source",
    truncated: str | None = None,
    verified: bool | None = None,
    path: str = "",
) -> Exchange:
    tls = None
    if verified is not None:
        tls = Tls(
            version=None,
            cipher=None,
            alpn=None,
            server_name="x",
            verified=verified,
            chain=(),
            alerts=(),
            certificates=None,
            handshake=None,
        )
    return Exchange(
        role=role,
        url=f"http://{role}.example/{path}",
        attempt=1,
        lookups=(),
        date="2026-11-22T11:33:20Z",
        phase="done",
        connection=None,
        addresses=(),
        ip=None,
        port=None,
        tls=tls,
        request=RECORD,
        response=None if status is None and fault is not None else answer(status, truncated),
        fault=None if fault is None else Fault(type=fault, message=""),
    )


def control(status: int | None = None, fault: str | None = None) -> Exchange:
    return exchange(status, fault, role="control")


def judged(*exchanges: Exchange, text: str = "not-contained", stop: str | None = None) -> Outcome:
    seen = Observation(
        capture_id=RECORD,
        case="c",
        source="http://source.example/",
        started="2026-11-22T11:33:20Z",
        ended="2026-11-22T11:33:20Z",
        software="s",
        clock="system",
        previous=None,
        settings={},
        person=Person(),
        exchanges=exchanges,
        stop=stop,
    )
    return decide(seen, Text(result=text, some=text in ("contained", "partial")), None)


BY_STATUS = {
    **dict.fromkeys([200, 201, 204, 206, 226, 299], "captured"),
    **dict.fromkeys([404, 410], "absent"),
    **dict.fromkeys([400, 401, 402, 403, 405, 406, 407, 409, 418, 421, 429, 451, 499], "blocked"),
    **dict.fromkeys([408, 425, 500, 502, 503, 504, 520, 599], "unreachable"),
    **dict.fromkeys([0, 99, 101, 300, 302, 304, 308, 600, 999], "unreachable"),
    **dict.fromkeys([1, 100, 599], "unreachable"),
}


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


FAULTS = (
    "dns.failed dns.timeout dns.servfail tcp.refused tcp.reset tcp.timeout tcp.unreachable "
    "tls.failed tls.timeout tls.expired tls.self_signed tls.wrong_host tls.untrusted "
    "tls.not_yet_valid http.timeout http.closed http.invalid"
).split()
WORKING = [control(200), control(404), control(503), control(301)]
DEAD = [control(fault="tcp.refused"), control(fault="dns.failed"), control(None)]


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

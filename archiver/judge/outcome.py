"""What an attempt established: rule `archiver-outcome-1`, from the observation alone.

A false "deleted" is a libel, so the rule leans one way: silence is never absence, a
failure counts against the source only while a control answers, and a page that has
the text is captured whatever else it says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archiver.errors import InvalidInput
from archiver.judge.contents import KINDS, Text, failure_verdict, page_verdict
from archiver.judge.signals.signal import Signal
from archiver.judge.signals.signs import Signs
from archiver.observation import CERTIFICATE_FAULTS, Exchange, Observation, Response

FORMAT = "archiver-outcome-1"
STATES = ("captured", "absent", "blocked", "unreachable", "inconclusive")

_GONE = (404, 410)
_NO_ANSWER = (408, 425)  # of the 4xx: the server gave up waiting, or asks to come again
_PORTAL = 511  # RFC 6585 §6: from a network's own gate, never from the source
BESIDE = {  # what the probe came to, and for which state that speaks
    "gone": "captured",
    "other": "captured",
    "same": "inconclusive",
    "alike": "inconclusive",
    "together": "inconclusive",
    "ignored": "inconclusive",
    "unclear": "inconclusive",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """State and reason, with the signals for and against."""

    state: str
    reason: str
    signals: tuple[Signal, ...]


def decide(seen: Observation, text: Text, signs: Signs | None) -> Outcome:
    """Judge an observation. `text` is what the comparison came to; `signs` are those of the
    last answer, where it has a status.

    Raises `InvalidInput` for an observation without a single exchange with the source.
    """
    hops = seen.of_source()
    if not hops:
        raise InvalidInput("capture.empty", "no exchange with the source", where="exchanges")
    judged = _judged(seen, hops, text, signs)
    return _proxied(judged) if any(_by_proxy(one) for one in hops) else judged


def _judged(
    seen: Observation, hops: tuple[Exchange, ...], text: Text, signs: Signs | None
) -> Outcome:
    last = hops[-1]
    if last.response is None or last.response.status is None or last.fault is not None:
        return _without_response(seen, last)
    if seen.stop is not None:
        return _stopped(seen.stop, last)
    if last.response.truncated is not None:
        # What is missing may have stood behind the cut.
        text = replace(text, missing=False, teaser=False)
    judged = _with_response(last.response, _hops(hops), text, signs)
    if last.tls is None or last.tls.verified:
        return judged
    return _without_trust(judged, hops, seen.controls(), text.result)


def _by_proxy(one: Exchange) -> bool:
    """Whether an answer may be the proxy's own: without TLS nobody can tell."""
    return one.proxy is not None and one.tls is None and one.response is not None


def _proxied(judged: Outcome) -> Outcome:
    """Where a proxy may have answered itself, only presence can be established."""
    if judged.state in ("captured", "inconclusive"):
        return judged
    doubt = Signal(name="proxy", value="not told apart", speaks_for="inconclusive", record=None)
    return Outcome(state="inconclusive", reason="local.proxy", signals=(*judged.signals, doubt))


def _hops(exchanges: tuple[Exchange, ...]) -> int:
    """How many addresses were asked; another attempt at one is no hop."""
    return len({one.url for one in exchanges})


def _without_response(seen: Observation, last: Exchange) -> Outcome:
    kind = "http.invalid" if last.fault is None else last.fault.type
    record = last.response.record if last.response is not None else last.request
    if kind == "local.refused_by_policy":
        signal = Signal(name="fault", value=kind, speaks_for="inconclusive", record=None)
        return Outcome(state="inconclusive", reason=kind, signals=(signal,))
    probes = seen.controls()
    controls = tuple(_control(one) for one in probes)
    fault = Signal(name="fault", value=kind, speaks_for=_meaning(kind), record=record)
    signals = (fault, *controls)
    if kind == "local.proxy":
        return Outcome(state="inconclusive", reason=kind, signals=signals)
    if any(signal.name == "control.answered" for signal in controls):
        return Outcome(state=_meaning(kind), reason=kind, signals=signals)
    if kind in CERTIFICATE_FAULTS and _intercepted(probes):
        return Outcome(state="inconclusive", reason="local.intercepted", signals=signals)
    return Outcome(state="inconclusive", reason="local.network_down", signals=signals)


def _meaning(fault: str) -> str:
    """What a fault says while our own network works: that a name does not exist is an answer."""
    if fault.startswith("local."):
        return "inconclusive"
    return "absent" if fault == "dns.nxdomain" else "unreachable"


def _control(one: Exchange) -> Signal:
    came = one.fault is None and one.response is not None and one.response.status is not None
    answered = came and not _by_proxy(one)
    return Signal(
        name="control.answered" if answered else "control.failed",
        value=one.url,
        speaks_for="unreachable" if answered else "inconclusive",
        record=one.response.record if one.response is not None else one.request,
    )


def _stopped(stop: str, last: Exchange) -> Outcome:
    record = last.response.record if last.response is not None else None
    refused = stop == "redirect.refused"
    state = "inconclusive" if refused else "unreachable"
    reason = "local.refused_by_policy" if refused else "http.redirect_loop"
    signal = Signal(name="stop", value=stop, speaks_for=state, record=record)
    return Outcome(state=state, reason=reason, signals=(signal,))


def _with_response(response: Response, hops: int, text: Text, signs: Signs | None) -> Outcome:
    status = response.status or 0
    said = state, reason = _by_status(response, status, hops)
    if text.result == "contained":
        state = "captured"
    elif text.some and state == "absent":
        # Some of the text stands on a page that says it is not there.
        state, reason = "inconclusive", "signals.conflict"
    elif signs is not None and said[0] == "captured":
        state, reason = page_verdict(signs, text, said)
    elif signs is not None:
        state, reason = failure_verdict(signs, status, said)
    answer = Signal(
        name="http.status", value=str(status), speaks_for=said[0], record=response.record
    )
    about = () if signs is None else _signals(signs, response.record)
    named = _text_signal(text, state, response.record) if text.some or about else ()
    return Outcome(state=state, reason=reason, signals=(answer, *named, *about))


def _text_signal(text: Text, state: str, record: str) -> tuple[Signal, ...]:
    if text.some or text.result == "contained":
        return (Signal(name="text", value=text.result, speaks_for="captured", record=record),)
    if not text.missing:
        return ()
    speaks_for = "inconclusive" if state == "captured" else state
    return (Signal(name="text", value=text.result, speaks_for=speaks_for, record=record),)


def _signals(signs: Signs, record: str) -> tuple[Signal, ...]:
    """What the content gives away, and what speaks against it."""
    made = [
        Signal(
            name=f"{one.family}.{one.kind}",
            value=one.value,
            speaks_for=KINDS[one.kind][0],
            record=record,
            weak=one.weak,
        )
        for one in signs.found
    ]
    if signs.found and signs.shape.article:
        value = "paragraphs that run on, as those of a text do"
        made.append(Signal(name="page.text", value=value, speaks_for="captured", record=record))
    if signs.shell:
        value = "nothing to be seen but what its scripts would build"
        made.append(Signal(name="page.shell", value=value, speaks_for="captured", record=record))
    beside = signs.beside
    if beside is not None:
        made.append(
            Signal(
                name=f"sibling.{beside.result}",
                value=beside.value,
                speaks_for=BESIDE[beside.result],
                record=beside.record,
            )
        )
    return tuple(made)


def _without_trust(
    judged: Outcome, hops: tuple[Exchange, ...], probes: tuple[Exchange, ...], comparison: str
) -> Outcome:
    """Whoever answered did not prove to be the source: only presence can be established."""
    faults = [one.fault.type for one in hops if one.fault is not None]
    reason = next((one for one in reversed(faults) if one in CERTIFICATE_FAULTS), "tls.untrusted")
    state = "captured" if judged.state == "captured" else "inconclusive"
    doubt = Signal(name="certificate", value=reason, speaks_for="inconclusive", record=None)
    signals = (*judged.signals, doubt, *(_control(one) for one in probes))
    if _intercepted(probes) and comparison != "contained":
        return Outcome(state="inconclusive", reason="local.intercepted", signals=signals)
    return Outcome(state=state, reason=reason, signals=signals)


def _intercepted(probes: tuple[Exchange, ...]) -> bool:
    """Whether the controls fail for their certificates as well: somebody sits in between."""
    answered = any(_control(one).name == "control.answered" for one in probes)
    doubted = any(one.fault and one.fault.type in CERTIFICATE_FAULTS for one in probes)
    return doubted and not answered


def _by_status(response: Response, status: int, hops: int) -> tuple[str, str]:
    if not 100 <= status < 600:
        # No status that HTTP knows (RFC 9110 §15): the number says nothing, as a 5xx does.
        return "unreachable", "http.invalid"
    reason = f"http.{status}"
    if 200 <= status < 300:
        if response.truncated is not None:
            reason = "http.truncated"
        elif hops > 1:
            reason = "http.redirected"
        return "captured", reason
    if status == _PORTAL:
        return "inconclusive", "local.captive_portal"
    if status in _GONE:
        return "absent", reason
    if 400 <= status < 500 and status not in _NO_ANSWER:
        return "blocked", reason
    return "unreachable", reason


def to_document(outcome: Outcome) -> dict[str, Any]:
    """`evidence/outcome.json`."""
    return {
        "format": FORMAT,
        "state": outcome.state,
        "reason": outcome.reason,
        "signals": [
            {
                "name": signal.name,
                "value": signal.value,
                "speaks_for": signal.speaks_for,
                "record": signal.record,
                "weak": signal.weak,
            }
            for signal in outcome.signals
        ],
    }

"""What a package shows and what it does not: each statement with the kind of its ground.

measured: octets that are kept say so. derived: a published rule applied to them. declared:
somebody says so. third party: somebody else than whoever captured attests it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.judge.clock import clock_offset
from archiver.observation import Exchange
from archiver.report.sentences import from_where, moment_words, stamp_sentence
from archiver.report.subject import Subject
from archiver.report.words import clock_words, comparison_words, outcome_sentence

KINDS = ("measured", "derived", "declared", "third party")
MEANINGS = {
    "measured": "Octets that are kept in the package say so.",
    "derived": "Follows from them by a published rule, and was derived again for this report.",
    "declared": "Somebody says so; nothing here shows that it is right.",
    "third party": "Attested by somebody else than whoever captured.",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `kind` is one of `KINDS`. The text holds text from outside."""

    kind: str
    text: str


def statements(subject: Subject) -> Iterator[Statement]:
    """Everything that the package shows, by kind."""
    yield from (Statement("measured", text) for text in _measured(subject))
    yield from (Statement("derived", text) for text in _derived(subject))
    yield from (Statement("declared", text) for text in _declared(subject))
    yield from (Statement("third party", text) for text in _attested(subject))


def _measured(subject: Subject) -> Iterator[str]:
    last = subject.last
    yield _answered(last)
    tls = subject.tls_of(last)
    if tls is not None and tls.signature is not None:
        yield (
            "The holder of the key in the presented certificate answered on this very connection: "
            "it signed the handshake, our random number included. It did not sign the page."
        )
    if tls is not None and tls.chain:
        held = "held" if tls.verified else "did not hold"
        yield (
            f"The server was asked as {tls.server_name} and presented a chain of certificates, "
            f"{len(tls.chain)} long, which {held} by the roots in use at the capture."
        )
    asked = [lookup for one in subject.seen.of_source() for lookup in one.lookups]
    if asked:
        yield f"What name servers said of the source is kept as it came ({len(asked)} questions)."
    controls = subject.seen.controls()
    if controls:
        came = sum(one.response is not None and one.fault is None for one in controls)
        yield f"Of {len(controls)} control pages of other operators {came} answered."


def _answered(last: Exchange) -> str:
    where = "through the proxy" if last.proxy is not None else f"at {last.ip} port {last.port}"
    if last.response is None:
        fault = "no answer" if last.fault is None else f"{last.fault.message} ({last.fault.type})"
        return f"Asking for {last.url} came to this: {fault}."
    status = "what is not HTTP" if last.response.status is None else f"HTTP {last.response.status}"
    cut = ", cut off before its end" if last.response.truncated else ""
    return (
        f"The server {where}, asked for {last.url}, sent {status} with a body of "
        f"{last.response.entity:,} octets{cut} ({last.response.entity_digest})."
    )


def _derived(subject: Subject) -> Iterator[str]:
    outcome, done = subject.outcome, subject.comparison
    yield (
        f"Outcome: {outcome.state} / {outcome.reason}: {outcome_sentence(outcome)} "
        "(rule archiver-outcome-1)."
    )
    words = comparison_words(done.result, done.reason)
    yield f"The claimed text: {words} (rule archiver-compare-1)."
    offset = clock_offset(subject.seen)
    if offset is not None:
        yield f"How the capturing machine's clock stood: {clock_words(offset)}."


def _declared(subject: Subject) -> Iterator[str]:
    said = subject.claimed
    outlet, date = said["outlet"]["name"], said["claimed"]["published"]["date"]
    by = "" if outlet == "unknown" else f" by {outlet}"
    on = "" if date == "unknown" else f" on {date}"
    if by or on:
        yield f"That it was published{by}{on}."
    if "seed_text" in said:
        yield "Where the claimed text comes from."
    yield f"Who captured, and from where: {from_where(subject)}."
    if not subject.stamps:
        yield (
            f"The time of the capture, {moment_words(subject.seen.started)}: it is that of the "
            "capturing machine's clock, which anyone can set."
        )
    else:
        yield (
            f"That the capture was on {moment_words(subject.seen.started)}, and not some time "
            "before the time stamp."
        )
    if subject.now.assessed.get("stance"):
        yield "Every stance note, narrative and rating: they are opinion."


def _attested(subject: Subject) -> Iterator[str]:
    yield from map(stamp_sentence, subject.stamps)
    for one in subject.believed:
        if one.standing == "trusted":
            yield f"{one.name} signed it with the key {one.fingerprint}."
    dates = [one.response.server_date for one in subject.seen.of_source() if one.response]
    told = [date for date in dates if date is not None]
    if told:
        yield f"The source's server says of its own time: {told[-1]}."
    tls = subject.tls_of(subject.last)
    if tls is not None and tls.verified:
        own = ", chosen by whoever captured," if subject.seen.settings["ca_file"] else ""
        yield (
            f"A certificate authority{own} vouches that the server's key belongs to "
            f"{tls.server_name}."
        )


def limits(subject: Subject) -> Iterator[str]:
    """What the package does not show, though somebody might read it into it."""
    yield from _limits_of_capture(subject)
    yield from _limits_of_server(subject)
    yield from _limits_of_time(subject)
    if not subject.report.signers:
        yield "Who made the package: it is unsigned, so anyone could have made it."
    else:
        yield (
            "Who holds the key that signed: have its number (fingerprint) from its holder. Nor "
            "that what a holder recorded is true: a holder can record lies."
        )


def _limits_of_capture(subject: Subject) -> Iterator[str]:
    state = subject.outcome.state
    if state == "captured":
        yield "That what the page says is true, or who wrote it."
        yield "That others were shown the same, or that the page was the same at another time."
        yield "How the page looked: no picture was taken, and its scripts were not run."
    elif state == "absent":
        yield (
            "That the page is gone for good or for everybody, that anybody removed it, or that it "
            "ever was there: it was not found, from one place, once."
        )
    else:
        yield (
            "That the page is there or is not there: nothing follows for the page from a capture "
            f"that ended as {state}."
        )


def _limits_of_server(subject: Subject) -> Iterator[str]:
    tls = subject.tls_of(subject.last)
    if tls is None and subject.last.response is not None:
        yield "That the source sent it: without encryption anyone on the way could have."
    elif tls is not None and not tls.verified:
        yield "That the source answered: whoever did could not prove to be it."
    elif tls is not None:
        yield (
            "That the server sent these octets, if you do not trust whoever captured: TLS gives no "
            "receipt for a page."
        )


def _limits_of_time(subject: Subject) -> Iterator[str]:
    if subject.stamps:
        yield "How long before the time stamp the page was seen."
    else:
        yield "When it was: no independent party attests the time."

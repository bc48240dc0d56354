"""Objections to the capture: who answered, over which way, and what was not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.judge.page import Page
from archiver.moment import seconds
from archiver.package.derive import page_record
from archiver.report.cross.cdn import network_in_front
from archiver.report.cross.objection import AGAIN, Objection, Witness, other_place
from archiver.report.subject import Subject

APART = 86_400  # seconds between two looks that make them two
_OPTIONS = {
    "--ca-file": ("option.ca_file", "Your own certificate authority vouched for the server."),
    "--resolver": ("option.resolver", "A name server of your choice said where the site is."),
    "--control": (
        "option.control",
        "You chose the pages that were to show that your network works.",
    ),
    "--no-requisites": ("option.requisites", "You left out the pictures and styles of the page."),
    "--no-probe": ("option.probe", "You did not ask what the site gives for nonsense."),
    "--allow-private-addresses": (
        "option.private",
        "The page can have come from your own network.",
    ),
    "--proxy": ("option.proxy", "A proxy of yours stood between you and the source."),
}


def of_wire(subject: Subject, others: Sequence[Witness]) -> Iterator[Objection]:
    """All of them. `others` are further captures of the same source."""
    yield from _outcome(subject)
    if subject.outcome.state == "absent":
        yield from _absence(subject, others)
    yield from _server(subject)
    yield from _vantage(subject, others)
    yield from _options(subject)
    if subject.outcome.state == "captured":
        yield from _unseen(subject)


def _options(subject: Subject) -> Iterator[Objection]:
    notes = () if subject.report.said is None else subject.report.said.not_default
    for option, (code, what) in _OPTIONS.items():
        if option not in notes or (option, subject.outcome.state) == ("--no-requisites", "absent"):
            continue
        yield Objection(
            code=code,
            what=what,
            ground=f"The capture was made with {option}.",
            cure="Capture again without it, or say why it was needed.",
            command=AGAIN,
        )


def _outcome(subject: Subject) -> Iterator[Objection]:
    if subject.outcome.state == "inconclusive":
        yield Objection(
            code="outcome.inconclusive",
            what="By your own tool nothing follows from this.",
            ground=f"The outcome is inconclusive / {subject.outcome.reason}.",
            cure="Capture again, later or from another network.",
            command=AGAIN,
        )
    controls = subject.seen.controls()
    if controls and not any(one.response is not None and one.fault is None for one in controls):
        yield Objection(
            code="control.none_answered",
            what="Your own network was down.",
            ground=f"Of {len(controls)} control pages none answered.",
            cure="Capture again when the network works; name controls that it reaches.",
            command=f"{AGAIN} --control URL",
        )
    response = subject.last.response
    if response is not None and response.truncated is not None:
        yield Objection(
            code="answer.truncated",
            what="You show half a page; the rest may say the contrary.",
            ground=f"The last answer was cut off ({response.truncated}).",
            cure="Capture again with more time and room.",
            command=f"{AGAIN} --timeout 300 --max-bytes 1000000000",
        )


def _absence(subject: Subject, others: Sequence[Witness]) -> Iterator[Objection]:
    now = seconds(subject.seen.started)
    earlier = (one for one in others if seconds(one.seen.started) < now)
    if not any(one.outcome.state == "captured" for one in earlier):
        yield Objection(
            code="absence.first",
            what="There never was such a page: you asked for an address that never existed.",
            ground="No earlier capture that has the page goes with this one.",
            cure="Show an earlier capture, or the copy of another archive.",
            command="archiver cross PACKAGE --with EARLIER.wacz",
        )
    absent = [one for one in others if one.outcome.state == "absent"]
    if not any(abs(seconds(one.seen.started) - now) >= APART for one in absent):
        yield Objection(
            code="absence.once",
            what="The page was out of order for an hour, and that is all.",
            ground="It was looked for once.",
            cure="Look for it again, a day later or more.",
            command=AGAIN,
        )


def _server(subject: Subject) -> Iterator[Objection]:
    last = subject.last
    if last.response is None:
        return
    tls = subject.tls_of(last)
    if tls is None:
        yield Objection(
            code="server.no_tls",
            what="Anyone on the way could have put this page there.",
            ground=f"{last.url} was asked without encryption.",
            cure="Capture the address with https, where the site has one.",
            command=AGAIN,
        )
    elif not tls.verified:
        yield Objection(
            code="server.unverified",
            what="That was not our server.",
            ground=f"The certificate for {tls.server_name} did not hold.",
            cure="Capture again once it holds, or from another network.",
            command=AGAIN,
        )
    elif tls.signature is None:
        yield Objection(
            code="server.no_signature",
            what="You pasted our certificate in from elsewhere.",
            ground="No signature of the server's key over the connection is kept.",
            cure="Capture again with a Python that shows handshakes, if the server speaks TLS 1.3.",
            command=AGAIN,
        )
    record = page_record(subject.sealed.primary)
    head = None if record is None else subject.sealed.primary.entities.of(record).head
    sign = None if head is None else network_in_front(head, last)
    if sign is not None:
        yield Objection(
            code="server.cdn",
            what="That was not our server but a network in front of it, which may alter pages.",
            ground=f"A content network answered: {sign}.",
            cure="Ask the network for its log of the request, or capture from the origin itself.",
        )


def _vantage(subject: Subject, others: Sequence[Witness]) -> Iterator[Objection]:
    person, outcome = subject.seen.person, subject.outcome
    away = [one for one in others if other_place(person, one.seen.person)]
    if not away:
        yield Objection(
            code="vantage.single",
            what="Others are shown something else; only you have seen this.",
            ground="Every capture here is from one place.",
            cure="Have somebody capture the source from another network, and show both.",
            command="archiver cross PACKAGE --with OTHER.wacz",
        )
    differing = sorted({one.outcome.state for one in away if one.outcome.state != outcome.state})
    if differing:
        yield Objection(
            code="vantage.disagrees",
            what="From elsewhere it looks otherwise.",
            ground=f"Here {outcome.state}, from another place {', '.join(differing)}.",
            cure="Say what differs between the places, and capture from a third.",
            command="archiver diff PACKAGE OTHER.wacz",
        )


def _unseen(subject: Subject) -> Iterator[Objection]:
    many = subject.seen.requisites()
    lacking = [one for one in many if one.response is None or one.fault is not None]
    if lacking:
        yield Objection(
            code="page.media",
            what="The page does not look like what you show: parts of it are missing.",
            ground=f"Of {len(many)} pictures, styles and scripts {len(lacking)} did not come.",
            cure="Capture again; what a site no longer has cannot be had.",
            command=AGAIN,
        )
    page = subject.derived.page
    if isinstance(page, Page) and "html" in page.media_type:
        yield Objection(
            code="page.no_picture",
            what="No reader ever saw this: you show what a machine read.",
            ground="There is no picture of the page, and its scripts were not run.",
            cure="Take a picture with a browser at the same time, and keep it with its digest.",
        )

"""Our own network code, without a whole capture around it."""

from __future__ import annotations

import io
import ipaddress
import time
from pathlib import Path

from archiver.capture.addresses import AddressPolicy
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange
from archiver.capture.line import Line, server_of
from archiver.capture.names import Names
from archiver.capture.recording import Frame, record
from archiver.capture.transport import RecordingAdapter, session, trust
from archiver.moment import Clock, spell
from archiver.observation import Observation, Person

CLOCK = Clock(now=lambda: int(time.time()), source="system")


def adapter_for(
    ca: Path | None = None, *, max_octets: int = 1 << 20, seconds: float = 600
) -> RecordingAdapter:
    """One that may connect to this machine."""
    loopback = (ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1"))
    return RecordingAdapter(
        role="requisite",
        policy=AddressPolicy(frozenset(loopback)),
        limits=Limits(max_octets=max_octets, seconds=seconds),
        deadline=Deadline(seconds),
        roots=trust(ca),
        names=Names(),
        clock=CLOCK,
    )


def ask_in_line(adapter: RecordingAdapter, urls: list[str], seconds: float = 600) -> None:
    """One URL after another over one line, as a capture asks for requisites."""
    adapter.line = line = Line(server_of(urls[0]), adapter.limits)
    try:
        with session(adapter) as asking:
            for url in urls:
                adapter.deadline = Deadline(seconds)
                line.more = url is not urls[-1]
                asking.get(url, allow_redirects=False)
    finally:
        line.close()


def written(exchanges: list[RawExchange], out: io.BytesIO) -> Observation:
    """The exchanges as a capture writes them down."""
    frame = Frame(
        case="tests",
        source=exchanges[0].url,
        started=min(one.date for one in exchanges),
        ended=spell(CLOCK.now()),
        software="tests",
        clock=CLOCK.source,
        previous=None,
        settings={},
        person=Person(),
        stop=None,
    )
    return record(frame, exchanges, out)

"""One exchange: a request written, a response read to its end, every octet kept.

A connection may be left open for another exchange. Then whatever comes on it before the next
request is sent belongs to the exchange before, and ends the connection: octets that nobody
has asked for are never taken for an answer.
"""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from archiver.capture.connection import Connection, is_reset
from archiver.capture.deadline import Deadline
from archiver.capture.proxy import behind
from archiver.capture.spool import Spool
from archiver.digest import Digest
from archiver.faults import fault
from archiver.http1 import ResponseReader, stays_open
from archiver.observation import Fault

_PIECE = 64 * 1024
_GRACE_SECONDS = 0.1  # how long octets after the declared end are waited for


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Bounds of one exchange: octets of one body, seconds of the whole."""

    max_octets: int
    seconds: float


@dataclass(slots=True)
class RawExchange:
    """An exchange as it happened, before it is written down."""

    role: str
    url: str
    attempt: int
    date: str
    connection: Connection
    request: bytes = b""
    response: Spool = field(default_factory=Spool)
    reader: ResponseReader = field(default_factory=lambda: ResponseReader(lambda _: None))
    entity: int = 0
    entity_digest: Digest = field(default_factory=lambda: Digest.of(b""))
    truncated: str | None = None
    fault: Fault | None = None
    tell: Callable[[int], None] = lambda _: None  # how many octets came so far

    @property
    def status(self) -> int | None:
        """The status of a whole head, or None."""
        return None if self.reader.head is None else self.reader.head.status


def perform(
    exchange: RawExchange,
    request: bytes,
    limits: Limits,
    deadline: Deadline,
    *,
    keep: bool = False,
    patience: Deadline | None = None,
) -> None:
    """Send the request over the exchange's open connection and read what comes back.

    `patience` is how long its first octet is waited for, if not until the deadline.

    With `keep` the connection is left open where the server leaves it open, too; whoever asks
    for that must `release` it in the end, or go on with it while it is `still_open`.
    """
    live = exchange.connection.socket
    if live is None:
        exchange.fault = exchange.connection.fault
        return
    entity = hashlib.sha256()

    def take(octets: bytes) -> None:
        entity.update(octets)
        exchange.entity += len(octets)

    exchange.reader = ResponseReader(take)
    kept = False
    try:
        _send(exchange, live, request, deadline)
        if exchange.fault is None:
            exchange.connection.phase = "response"
        # Whatever the sending came to: an answer may be there already.
        end = _receive(exchange, live, limits, deadline, patience or deadline)
        kept = keep and end == "done" and exchange.fault is None and _left_open(exchange.reader)
        if end == "done" and not kept:
            _drain(exchange, live, limits)
    finally:
        if not kept:
            exchange.connection.close()
    head_cut = exchange.reader.in_head and exchange.response.size > 0
    exchange.reader.end()
    exchange.entity_digest = Digest(entity.hexdigest())
    _conclude(exchange, end, head_cut=head_cut)
    if exchange.fault is not None and exchange.connection.proxied is not None:
        # What TLS ended in its own way, or not at all, the proxy had no hand in.
        own = exchange.connection.tls is not None and end in ("eof", "alert", "broken", "done")
        exchange.fault = behind(exchange.fault, shown=own)


def _left_open(reader: ResponseReader) -> bool:
    return stays_open(reader.head, reader.framing, complete=reader.complete, extra=reader.extra)


def still_open(exchange: RawExchange, limits: Limits) -> bool:
    """Whether a connection that was left open is still open, and silent since. If it is not,
    what came is kept as what came after the end, and the connection is closed."""
    live = exchange.connection.socket
    if live is None:
        return False
    try:
        live.settimeout(0)
        octets = live.recv(max(0, min(_PIECE, _room(exchange, limits))))
    except (BlockingIOError, ssl.SSLWantReadError):
        return True
    except OSError:
        octets = b""
    try:
        if octets:
            exchange.response.write(octets)
            exchange.reader.feed(octets)
            _drain(exchange, live, limits)
    finally:
        exchange.connection.close()
    return False


def release(exchange: RawExchange, limits: Limits) -> None:
    """Close a connection that was left open, after what may still come on it."""
    live = exchange.connection.socket
    if live is None:
        return
    try:
        _drain(exchange, live, limits)
    finally:
        exchange.connection.close()


def _send(exchange: RawExchange, live: socket.socket, request: bytes, deadline: Deadline) -> None:
    try:
        live.settimeout(max(0.001, deadline.left()))
        live.sendall(request)
        exchange.request = request
    except OSError as error:
        exchange.fault = _fault(error)


def _receive(
    exchange: RawExchange,
    live: socket.socket,
    limits: Limits,
    deadline: Deadline,
    patience: Deadline,
) -> str:
    """Read to the end and say how it ended, in the words of `_TRUNCATED` or `done`."""
    reader = exchange.reader
    while not reader.complete:
        until = deadline if exchange.response.size else patience
        if until.passed():
            return "time"
        if reader.head_too_large or reader.broken:
            return "broken"
        room = _room(exchange, limits)
        if room <= 0:
            # One octet more tells a body that was cut from one that ends just here.
            ended, _ = _read(live, 1, until.left())
            return ended or "length"
        ended, octets = _read(live, min(_PIECE, room), until.left())
        if ended:
            return ended
        exchange.response.write(octets)
        exchange.tell(exchange.response.size)
        reader.feed(octets)
    return "done"


def _room(exchange: RawExchange, limits: Limits) -> int:
    """Octets of body that may still come; a head has a bound of its own."""
    if exchange.reader.in_head:
        return _PIECE
    return limits.max_octets - (exchange.response.size - exchange.reader.head_octets)


def _drain(exchange: RawExchange, live: socket.socket, limits: Limits) -> None:
    """What stands after the declared end is evidence too, as far as it comes at once.

    It is kept and counted (`ResponseReader.extra`). What comes later than the grace is not
    read: it is no part of this response (RFC 9112 §6.3), the connection is closed, and a
    server that never closes would else hold every capture up to its deadline.
    """
    grace = Deadline(_GRACE_SECONDS)
    while not grace.passed() and (room := _room(exchange, limits)) > 0:
        ended, octets = _read(live, min(_PIECE, room), grace.left())
        if ended:
            return
        exchange.response.write(octets)
        exchange.reader.feed(octets)


def _read(live: socket.socket, size: int, seconds: float) -> tuple[str, bytes]:
    try:
        live.settimeout(max(0.001, seconds))
        octets = live.recv(size)
    except TimeoutError:
        return "time", b""
    except ssl.SSLZeroReturnError:
        return "eof", b""
    except ssl.SSLEOFError:
        # A TLS stream that ends without close_notify was cut, whoever cut it.
        return "disconnect", b""
    except ssl.SSLError:
        return "alert", b""
    except OSError as error:
        return ("reset" if is_reset(error) else "disconnect"), b""
    return ("", octets) if octets else ("eof", b"")


def _fault(error: OSError) -> Fault:
    if isinstance(error, TimeoutError):
        return fault("http.timeout:request")
    return fault("tcp.reset:request")


_TRUNCATED: dict[str, str] = {
    "length": "length",
    "time": "time",
    "eof": "disconnect",
    "reset": "disconnect",
    "disconnect": "disconnect",
    "alert": "disconnect",
    "broken": "unspecified",
}


def _conclude(exchange: RawExchange, end: str, *, head_cut: bool) -> None:
    reader = exchange.reader
    # Text that is no HTTP has no other end than the connection's.
    whole = reader.complete or (reader.framing == "not-http" and not head_cut)
    # An answer to a request that did not get out is none to all of it.
    cleanly = whole and end in ("done", "eof") and bool(exchange.request)
    if exchange.response.size and not cleanly:
        odd = reader.framing == "conflict" and end == "eof"
        exchange.truncated = "unspecified" if odd else _TRUNCATED.get(end, "unspecified")
    if reader.head is not None and reader.head.status is not None:
        exchange.fault = None
        exchange.connection.phase = "done" if cleanly else "response"
        return
    if exchange.fault is not None and not exchange.response.size:
        exchange.fault = _missed(exchange, end) or exchange.fault
        return
    exchange.fault = _missed(exchange, end) or _no_answer(exchange, end)


def _missed(exchange: RawExchange, end: str) -> Fault | None:
    """A client certificate that the server asked for. With TLS 1.3 that it is missed is told
    only after the handshake, and a server that closes at once may take the alert with it."""
    secure = exchange.connection.tls
    if secure is None or not secure.seen.wanted or exchange.response.size or end == "time":
        return None
    return fault("tls.failed:no_certificate")


def _no_answer(exchange: RawExchange, end: str) -> Fault:
    if end == "broken":
        return fault("http.invalid:head")
    if exchange.response.size and end not in ("time", "reset", "alert"):
        return fault("http.invalid")
    match end:
        case "time":
            return fault("http.timeout")
        case "reset":
            return fault("tcp.reset:response")
        case "alert":
            return fault("tls.failed:response")
        case _:
            return fault("http.closed")

"""One connection: one resolution, every address checked, then TCP and TLS.

Nothing here raises for what the network does: a fault is part of what was seen.
"""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass, field

from archiver.capture import tls
from archiver.capture.addresses import AddressPolicy
from archiver.capture.deadline import Deadline
from archiver.capture.names import Answer, Names
from archiver.faults import fault
from archiver.observation import Address, Fault

_CONNECT_SECONDS = 15.0  # one dead address must not eat the whole deadline


@dataclass(slots=True)
class Secured:
    """What TLS showed on a connection; `verified` when its certificate was checked and held."""

    version: str | None
    cipher: str | None
    alpn: str | None
    server_name: str
    verified: bool
    chain: tuple[bytes, ...]
    seen: tls.Seen


@dataclass(slots=True)
class Proxied:
    """The proxy that a connection leads through: where it was reached, and what it was asked
    and said before it opened the way (nothing where the source is asked over plain HTTP)."""

    addresses: list[Address] = field(default_factory=list)
    ip: str | None = None
    port: int | None = None
    status: int | None = None
    request: bytes = b""
    answer: bytes = b""


@dataclass(slots=True)
class Connection:
    """What one attempt to connect came to. `socket` is None when it failed, or once it is closed.

    `addresses`, `ip` and `port` are the source's. Behind a proxy nobody here knows them.
    `itself` is one and the same for all exchanges over one connection.
    """

    phase: str = "address"
    lookups: tuple[Answer, ...] = ()
    addresses: list[Address] = field(default_factory=list)
    ip: str | None = None
    port: int | None = None
    tls: Secured | None = None
    fault: Fault | None = None
    proxied: Proxied | None = None
    socket: socket.socket | None = None
    itself: object = field(default_factory=object)

    def again(self) -> Connection:
        """The same connection for one more exchange, to which it goes over. How it came about
        stays with the first."""
        made = Connection(
            phase="request", ip=self.ip, port=self.port, socket=self.socket, itself=self.itself
        )
        self.socket = None
        return made

    def close(self) -> None:
        """Close the socket, if there is one."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def connect(
    host: str,
    port: int,
    *,
    names: Names,
    policy: AddressPolicy,
    deadline: Deadline,
    secure: ssl.SSLContext | None,
) -> Connection:
    """Resolve once, check every answer, connect to a checked one; TLS where asked for.

    One forbidden answer closes the name: a name that leads both outside and inside is
    how a resolver is used against the person who captures.
    """
    resolution = names.resolve(host, port, deadline)
    made = Connection(phase="dns", lookups=resolution.lookups, fault=resolution.fault)
    if resolution.fault is not None:
        return made
    found = resolution.addresses
    closed = [ip for ip in found if not policy.permits(ip)]
    if closed:
        made.phase = "address"
        made.addresses = [
            Address(ip=ip, port=port, result="refused_by_policy" if ip in closed else "not_tried")
            for ip in found
        ]
        made.fault = fault("local.refused_by_policy")
        return made
    made.phase = "tcp"
    dial(made, found, port, deadline)
    if made.socket is not None and secure is not None:
        handshake(made, made.socket, host, secure, deadline)
    return made


def dial(made: Connection, found: tuple[str, ...], port: int, deadline: Deadline) -> None:
    """Connect to the first of these addresses that answers."""
    for ip in found:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        try:
            connecting = socket.socket(family, socket.SOCK_STREAM)
        except OSError as error:
            if error.errno != errno.EAFNOSUPPORT:
                raise  # this machine's fault
            made.fault = _tcp_fault(error)
            made.addresses.append(Address(ip=ip, port=port, result=made.fault.type))
            continue
        connecting.settimeout(max(0.001, min(deadline.left(), _CONNECT_SECONDS)))
        try:
            connecting.connect((ip, port))
        except OSError as error:
            connecting.close()
            made.fault = _tcp_fault(error)
            made.addresses.append(Address(ip=ip, port=port, result=made.fault.type))
            continue
        except BaseException:
            connecting.close()
            raise
        made.addresses.append(Address(ip=ip, port=port, result="connected"))
        made.socket, made.ip, made.port, made.fault = connecting, ip, port, None
        made.phase = "request"
        return


def _tcp_fault(error: OSError) -> Fault:
    if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
        return fault("tcp.timeout")
    if error.errno == errno.ECONNREFUSED:
        return fault("tcp.refused")
    if is_reset(error):
        return fault("tcp.reset")
    return fault("tcp.unreachable")


def is_reset(error: OSError) -> bool:
    """Whether the peer (or something in between) tore the connection down."""
    return error.errno in (errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED)


def handshake(
    made: Connection,
    plain: socket.socket,
    host: str,
    context: ssl.SSLContext,
    deadline: Deadline,
) -> None:
    """TLS with the host over a connected socket."""
    made.phase = "tls"
    secure, seen = tls.wrap(plain, host, context)
    made.socket = secure
    try:
        secure.settimeout(max(0.001, deadline.left()))
        secure.do_handshake()
    except OSError as error:
        reset = is_reset(error) and not isinstance(error, ssl.SSLError)
        made.fault = fault("tcp.reset:handshake") if reset else tls.what_failed(error, seen)
        made.tls = _secured(secure, seen, host, verified=False)
        made.close()
        return
    seen.complete = True  # what may come of it later is no part of it
    checked = context.verify_mode is not ssl.CERT_NONE
    made.tls = _secured(secure, seen, host, verified=checked)
    made.phase = "request"


def _secured(secure: ssl.SSLSocket, seen: tls.Seen, host: str, *, verified: bool) -> Secured:
    cipher = secure.cipher()
    return Secured(
        version=secure.version(),
        cipher=cipher[0] if cipher else None,
        alpn=tls.protocol(secure),
        server_name=host,
        verified=verified,
        chain=tls.peer_chain(secure),
        seen=seen,
    )

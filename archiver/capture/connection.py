"""One connection: one resolution, every address checked, then TCP and TLS.

Nothing here raises for what the network does: a fault is part of what was seen.
"""

from __future__ import annotations

import errno
import queue
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field

from archiver.capture.addresses import AddressPolicy
from archiver.digest import Digest
from archiver.observation import Address, Fault, Tls

_CONNECT_SECONDS = 15.0  # one dead address must not eat the whole deadline

# X509_V_ERR_* of OpenSSL's x509_vfy.h, by what they mean for a reader of the evidence.
_CERTIFICATE_FAULTS = {
    9: ("tls.not_yet_valid", "the certificate is not valid yet"),
    10: ("tls.expired", "the certificate has expired"),
    18: ("tls.self_signed", "the certificate is signed by itself"),
    62: ("tls.wrong_host", "the certificate is for another host"),
    64: ("tls.wrong_host", "the certificate is for another address"),
}
_UNTRUSTED = ("tls.untrusted", "the certificate does not lead to a trusted root")


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    def passed(self) -> bool:
        """Whether it is over."""
        return self.left() <= 0


@dataclass(slots=True)
class Connection:
    """What one attempt to connect came to. `socket` is None when it failed."""

    phase: str = "address"
    addresses: list[Address] = field(default_factory=list)
    ip: str | None = None
    port: int | None = None
    tls: Tls | None = None
    fault: Fault | None = None
    socket: socket.socket | None = None

    def close(self) -> None:
        """Close the socket, if there is one."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def resolve(host: str, port: int, deadline: Deadline) -> list[str] | Fault:
    """The addresses of a host name in the system's order, each once.

    `getaddrinfo` knows no time-out, so it runs on a thread that may be left behind.
    """
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return [socket.inet_ntop(family, socket.inet_pton(family, host))]
        except OSError:
            continue
    answers: queue.SimpleQueue[list[str] | Fault] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(_look_up(host, port)), daemon=True).start()
    try:
        return answers.get(timeout=deadline.left())
    except queue.Empty:
        return Fault(type="dns.timeout", message="the resolver did not answer in time")


def _look_up(host: str, port: int) -> list[str] | Fault:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as fault:
        name = next(
            (
                name
                for name in dir(socket)
                if name.startswith("EAI_") and getattr(socket, name) == fault.errno
            ),
            "EAI_FAIL",
        )
        return Fault(type="dns.failed", message=f"the name was not resolved ({name})")
    except (OSError, UnicodeError, ValueError):
        return Fault(type="dns.failed", message="the name cannot be asked for")
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


def connect(
    host: str,
    port: int,
    *,
    policy: AddressPolicy,
    deadline: Deadline,
    tls: ssl.SSLContext | None,
) -> Connection:
    """Resolve once, check every answer, connect to a checked one; TLS where asked for.

    One forbidden answer closes the name: a name that leads both outside and inside is
    how a resolver is used against the person who captures.
    """
    made = Connection(phase="dns")
    found = resolve(host, port, deadline)
    if isinstance(found, Fault):
        made.fault = found
        return made
    closed = [ip for ip in found if not policy.permits(ip)]
    if closed or not found:
        made.phase = "address"
        made.addresses = [
            Address(ip=ip, port=port, result="refused_by_policy" if ip in closed else "not_tried")
            for ip in found
        ]
        made.fault = Fault(
            type="local.refused_by_policy",
            message="the name leads to an address that is not public",
        )
        return made
    made.phase = "tcp"
    _dial(made, found, port, deadline)
    if made.socket is not None and tls is not None:
        _handshake(made, made.socket, host, tls, deadline)
    return made


def _dial(made: Connection, found: list[str], port: int, deadline: Deadline) -> None:
    for ip in found:
        family = socket.AF_INET6 if ":" in ip else socket.AF_INET
        connecting = socket.socket(family, socket.SOCK_STREAM)
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
        return Fault(type="tcp.timeout", message="the connection was not answered in time")
    if error.errno == errno.ECONNREFUSED:
        return Fault(type="tcp.refused", message="the connection was refused")
    if is_reset(error):
        return Fault(type="tcp.reset", message="the connection was reset")
    return Fault(type="tcp.unreachable", message="there is no way to the address")


def is_reset(error: OSError) -> bool:
    """Whether the peer (or something in between) tore the connection down."""
    return error.errno in (errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED)


def _handshake(
    made: Connection,
    plain: socket.socket,
    host: str,
    context: ssl.SSLContext,
    deadline: Deadline,
) -> None:
    made.phase = "tls"
    # suppress_ragged_eofs would make a stream that was cut look like one that ended.
    secure = context.wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False, suppress_ragged_eofs=False
    )
    made.socket = secure
    try:
        secure.settimeout(max(0.001, deadline.left()))
        secure.do_handshake()
    except OSError as error:
        made.fault = _tls_fault(error)
        made.tls = _tls_seen(secure, host, verified=False)
        made.close()
        return
    made.tls = _tls_seen(secure, host, verified=True)
    made.phase = "request"


def _tls_fault(error: OSError) -> Fault:
    if isinstance(error, ssl.SSLCertVerificationError):
        kind, message = _CERTIFICATE_FAULTS.get(error.verify_code, _UNTRUSTED)
        return Fault(type=kind, message=message)
    if isinstance(error, TimeoutError):
        return Fault(type="tls.timeout", message="the TLS handshake did not end in time")
    if not isinstance(error, ssl.SSLError) and is_reset(error):
        return Fault(type="tcp.reset", message="the connection was reset during the handshake")
    return Fault(type="tls.failed", message="the TLS handshake failed")


def _tls_seen(secure: ssl.SSLSocket, host: str, *, verified: bool) -> Tls:
    certificate = secure.getpeercert(binary_form=True) if verified else None
    cipher = secure.cipher()
    return Tls(
        version=secure.version(),
        cipher=cipher[0] if cipher else None,
        server_name=host,
        verified=verified,
        certificate=None if certificate is None else Digest.of(certificate),
    )

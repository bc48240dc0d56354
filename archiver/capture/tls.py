"""TLS on a connection, with what it shows: the peer's chain, alerts, the handshake itself.

All of it from that very connection, also when verification fails: then the certificates
are the evidence. What the interpreter does not offer is left empty, never guessed.
"""

from __future__ import annotations

import _ssl
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from archiver.faults import fault
from archiver.observation import Fault

# X509_V_ERR_* of OpenSSL's x509_vfy.h, by what they mean for a reader of the evidence.
_CERTIFICATE_FAULTS = {
    9: "tls.not_yet_valid",
    10: "tls.expired",
    18: "tls.self_signed",
    62: "tls.wrong_host",
    64: "tls.wrong_host:address",
}

_ALERT, _HANDSHAKE = 21, 22  # RFC 8446 §5.1: content types
_CERTIFICATE_REQUEST = 13  # RFC 8446 §4, RFC 5246 §7.4
_CERTIFICATE_VERIFY = 15  # RFC 8446 §4: the last message that a later check needs
_PROTOCOL_VERSION = "fatal 70"  # RFC 8446 §6: the alert where no version is common
_MAX_HANDSHAKE = 1 << 20  # octets
_MAX_ALERTS = 100  # of one connection; a server can send them without an end


@dataclass(slots=True)
class Seen:
    """What one handshake showed. `messages` are raw, in order, and without a secret: TLS 1.3's
    up to CertificateVerify (RFC 8446 §4.4.1), of older TLS the whole handshake, none once it is
    `complete`. `heard`: the peer spoke TLS; `wanted`: it asked for a client certificate.
    """

    chain: tuple[bytes, ...] = ()
    alerts: list[str] = field(default_factory=list)
    messages: bytearray = field(default_factory=bytearray)
    complete: bool = False
    heard: bool = False
    wanted: bool = False

    def take(self, direction: str, content: int, kind: int, octets: bytes) -> None:
        """One message, as OpenSSL reports it."""
        received = direction == "read"
        self.heard |= received and content in (_ALERT, _HANDSHAKE)
        self.wanted |= received and (content, kind) == (_HANDSHAKE, _CERTIFICATE_REQUEST)
        if content == _ALERT and len(octets) == 2 and len(self.alerts) < _MAX_ALERTS:
            level = {1: "warning", 2: "fatal"}.get(octets[0], str(octets[0]))
            self.alerts.append(f"{_DIRECTIONS.get(direction, direction)} {level} {octets[1]}")
        elif content == _HANDSHAKE and not self.complete:
            self.messages += octets
            self.complete = kind == _CERTIFICATE_VERIFY and received
            if len(self.messages) > _MAX_HANDSHAKE:
                self.messages.clear()
                self.complete = True


_DIRECTIONS = {"read": "received", "write": "sent"}


class _Socket(ssl.SSLSocket):
    """A socket that keeps what its handshake showed."""

    seen: Seen

    def getpeername(self) -> Any:
        """The peer's address, or None where it is gone by now: what it did meanwhile shows in
        the handshake. `ssl` asks for this before it, and an error here would be nobody's."""
        try:
            return super().getpeername()
        except OSError:
            return None


def recording(context: ssl.SSLContext) -> ssl.SSLContext:
    """Make a context whose sockets keep what they see, where the interpreter can tell."""
    context.sslsocket_class = _Socket
    # The message callback is there on every CPython since 3.8, but private.
    with suppress(AttributeError):
        # Past `ssl`'s own wrapper, which makes three enums of every message.
        _ssl._SSLContext._msg_callback.__set__(context, _told)  # type: ignore[attr-defined]
    return context


def _told(
    connection: Any, direction: str, _version: Any, content: Any, kind: Any, octets: bytes
) -> None:
    if content not in (_ALERT, _HANDSHAKE):
        return  # the head of a record, TLS 1.3's inner type
    seen = getattr(connection, "seen", None)
    if seen is not None:
        seen.take(direction, content, kind, octets)


def wrap(plain: socket.socket, host: str, context: ssl.SSLContext) -> tuple[ssl.SSLSocket, Seen]:
    """A TLS socket over a connected one, its handshake still to come."""
    # suppress_ragged_eofs would make a stream that was cut look like one that ended.
    secure = context.wrap_socket(
        plain, server_hostname=host, do_handshake_on_connect=False, suppress_ragged_eofs=False
    )
    seen = Seen()
    if isinstance(secure, _Socket):
        secure.seen = seen
    return secure, seen


def peer_chain(secure: ssl.SSLSocket) -> tuple[bytes, ...]:
    """The certificates that the peer presented, leaf first, as DER; also after a failure."""
    inner = getattr(secure, "_sslobj", None)
    ask = getattr(inner, "get_unverified_chain", None)
    chain = None if ask is None else ask()
    return tuple(one.public_bytes(_ssl.ENCODING_DER) for one in chain or ())


def protocol(secure: ssl.SSLSocket) -> str | None:
    """The application protocol that was agreed upon (RFC 7301); None for one that is no text."""
    with suppress(UnicodeDecodeError):
        return secure.selected_alpn_protocol()
    return None


def what_failed(error: OSError, seen: Seen) -> Fault:
    """What a failed handshake is called, by what it showed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return fault(_CERTIFICATE_FAULTS.get(error.verify_code, "tls.untrusted"))
    if isinstance(error, TimeoutError):
        return fault("tls.timeout")
    if seen.heard and any(one.endswith(_PROTOCOL_VERSION) for one in seen.alerts):
        return fault("tls.old_version")
    return _broken_off(error, seen)


def _is_end(error: OSError) -> bool:
    """Whether the stream just ended: Pythons before 3.11.4 have no class for it (OpenSSL 3)."""
    return getattr(error, "reason", None) == "UNEXPECTED_EOF_WHILE_READING"


def _broken_off(error: OSError, seen: Seen) -> Fault:
    told = [one for one in seen.alerts if one.startswith("received fatal")]
    if seen.wanted:
        return fault("tls.failed:no_certificate")
    if told:
        return fault("tls.failed:alert", told[0].rpartition(" ")[2])
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError) or _is_end(error):
        return fault("tls.failed:closed")
    if not seen.heard and isinstance(error, ssl.SSLError):
        return fault("tls.failed:not_tls")
    return fault("tls.failed")

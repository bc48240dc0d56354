"""An HTTP proxy that the person names: it is asked for the source, and resolves its name.

What fails on that way is the proxy's doing or ours, never the source's, but for what the
source's own TLS shows inside the tunnel (RFC 9110 §9.3.6: CONNECT).
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.capture.addresses import AddressPolicy
from archiver.capture.connection import Connection, Proxied, dial, handshake
from archiver.capture.deadline import Deadline
from archiver.capture.names import Names
from archiver.capture.targets import prepared_url
from archiver.errors import InvalidInput
from archiver.faults import by_proxy, fault
from archiver.http1 import ResponseReader
from archiver.observation import CERTIFICATE_FAULTS, SHOWN_BY_TLS, Fault

_PIECE = 16 * 1024
_MAX_REFUSAL = 64 * 1024  # octets of a refusal that are kept
_REFUSAL_SECONDS = 2.0  # how long the rest of a refusal is waited for


@dataclass(frozen=True, kw_only=True, slots=True)
class Proxy:
    """An HTTP proxy: its host and port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{_authority(self.host, self.port)}"


def proxy(spelling: str) -> Proxy:
    """Read `http://HOST:PORT`. Raises `InvalidInput`, which never repeats the spelling: a
    password may stand in it."""
    scheme = spelling.partition("://")[0].lower()
    if "@" in spelling:
        raise _fault("holds a user name or password, which would come into the package")
    if scheme.startswith("socks"):
        raise _fault("is a SOCKS proxy, which is not supported")
    if scheme == "https":
        raise _fault("is a proxy behind TLS, which is not supported")
    try:
        parts = urlsplit(prepared_url(spelling))
    except InvalidInput as fault:
        raise _fault(fault.what.removeprefix("the URL ")) from None
    if parts.port is None or parts.hostname is None:
        raise _fault("names no port")
    if parts.path != "/" or parts.query or "#" in spelling:
        raise _fault("names more than a host and a port")
    return Proxy(host=parts.hostname, port=parts.port)


def _fault(what: str) -> InvalidInput:
    return InvalidInput(
        "capture.proxy",
        f"the proxy {what}",
        where="--proxy",
        hint="name an HTTP proxy, for example --proxy http://192.0.2.1:3128",
    )


def connect_through(
    by: Proxy,
    host: str,
    port: int,
    *,
    names: Names,
    policy: AddressPolicy,
    deadline: Deadline,
    secure: ssl.SSLContext | None,
) -> Connection:
    """Connect to the proxy and, where TLS is asked for, through it to the host.

    The proxy's own address may be any: the person named it. The host's is the proxy's to
    find; what can be told from its spelling alone is still refused.
    """
    proxied = Proxied()
    made = Connection(proxied=proxied)
    if not policy.permits_host(host):
        made.fault = fault("local.refused_by_policy:proxy")
        return made
    resolution = names.resolve(by.host, by.port, deadline)
    made.phase, made.lookups, made.fault = "dns", resolution.lookups, resolution.fault
    if made.fault is None:
        made.phase = "tcp"
        dial(made, resolution.addresses, by.port, deadline)
        proxied.addresses, proxied.ip, proxied.port = made.addresses, made.ip, made.port
        made.addresses, made.ip, made.port = [], None, None
    if made.socket is not None and secure is not None:
        made.phase = "proxy"
        made.fault = _opened(proxied, made.socket, connect_request(host, port), deadline)
        if made.fault is None:
            handshake(made, made.socket, host, secure, deadline)
        else:
            made.close()
    if made.fault is not None:
        told = made.tls is not None and any("received" in one for one in made.tls.seen.alerts)
        made.fault = behind(made.fault, shown=told)
    return made


def behind(one: Fault, *, shown: bool) -> Fault:
    """What a fault on the way through a proxy is called. `shown`: the source's TLS shows it."""
    if one.type.startswith("local.") or one.type in CERTIFICATE_FAULTS:
        return one
    if shown and one.type in SHOWN_BY_TLS:
        return one
    return by_proxy(one)


def connect_request(host: str, port: int) -> bytes:
    """The request to open a way (RFC 9110 §9.3.6); it says nothing about who asks."""
    there = _authority(host, port)
    return f"CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n\r\n".encode("ascii")


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _opened(
    proxied: Proxied, live: socket.socket, request: bytes, deadline: Deadline
) -> Fault | None:
    """Ask for the way and read the answer; the fault, where it was not opened."""
    reader = ResponseReader(lambda _: None)
    try:
        live.settimeout(max(0.001, deadline.left()))
        live.sendall(request)
        proxied.request = request
        while reader.in_head and not reader.head_too_large:
            live.settimeout(max(0.001, deadline.left()))
            octets = live.recv(_PIECE)
            if not octets:
                return fault("local.proxy:closed")
            proxied.answer += octets
            reader.feed(octets)
    except OSError as error:
        late = isinstance(error, TimeoutError)
        return fault("local.proxy:timeout" if late else "local.proxy:broken")
    proxied.status = None if reader.head is None else reader.head.status
    if proxied.status is None:
        return fault("local.proxy:not_http")
    if not 200 <= proxied.status < 300:
        _rest(proxied, live, reader)
        return fault("local.proxy:refused", proxied.status)
    if len(proxied.answer) > reader.head_octets:
        return fault("local.proxy:more")
    return None


def _rest(proxied: Proxied, live: socket.socket, reader: ResponseReader) -> None:
    """The words of a refusal, as far as they come soon."""
    soon = Deadline(_REFUSAL_SECONDS)
    while not reader.complete and not soon.passed() and len(proxied.answer) < _MAX_REFUSAL:
        try:
            live.settimeout(max(0.001, soon.left()))
            octets = live.recv(_PIECE)
        except OSError:
            return
        if not octets:
            return
        proxied.answer += octets
        reader.feed(octets)

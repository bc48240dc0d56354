"""The transport adapter under `requests`: it sends, records and never follows.

`requests` prepares the request (IDNA, percent-encoding, header merging); the octets
on the wire are ours, so that they can be kept exactly.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import BaseAdapter

from archiver import __version__
from archiver.capture.addresses import AddressPolicy
from archiver.capture.connection import Connection, connect
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.capture.line import Line, server_of
from archiver.capture.names import Names
from archiver.capture.proxy import Proxy, connect_through
from archiver.capture.spool import Disk, Spool
from archiver.capture.tls import recording
from archiver.case.files import read_regular
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.http1 import Head
from archiver.moment import Clock, spell
from archiver.ownwords import ACCEPTED

USER_AGENT = f"archiver/{__version__} (evidence capture)"
_CONTROL = re.compile("[\x00-\x1f\x7f-\xff]")
_MAX_ROOTS = 8 << 20  # octets
_MAX_COOKIES = 64 << 10  # octets in one request; more than any server takes
_TOLD_SECONDS = 0.3  # a person reads no faster


@dataclass(frozen=True, slots=True)
class Roots:
    """What a server's certificate must lead to, and a context that asks for no proof.
    `digest` is that of a file of one's own."""

    strict: ssl.SSLContext
    trusting: ssl.SSLContext
    digest: Digest | None


def trust(ca_file: Path | None) -> Roots:
    """certifi's roots, or those of a PEM file. Raises `InvalidInput` where it holds none."""
    octets = None if ca_file is None else read_regular(ca_file, _MAX_ROOTS, "the file of roots")
    # Not create_default_context(): it obeys SSLKEYLOGFILE, and its flags change with Python.
    strict = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        if octets is None:
            strict.load_verify_locations(cafile=certifi.where())
        else:
            strict.load_verify_locations(cadata=octets.decode("ascii"))
    except (ssl.SSLError, ValueError):
        raise InvalidInput(
            "capture.ca_file",
            "no certificates could be read from the file",
            where=str(ca_file),
            hint="give a PEM file with --ca-file",
        ) from None
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    # Where nothing is proved anyway, what is too old to prove anything may still speak.
    trusting.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    trusting.set_ciphers("DEFAULT:@SECLEVEL=0")
    strict.minimum_version = ssl.TLSVersion.TLSv1_2
    return Roots(_prepared(strict), _prepared(trusting), Digest.of(octets) if octets else None)


def _prepared(context: ssl.SSLContext) -> ssl.SSLContext:
    # Some Pythons (3.11.2 is one) set this, and a stream that was cut looks whole.
    context.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF
    context.set_alpn_protocols(["http/1.1"])
    return recording(context)


@dataclass
class RecordingAdapter(BaseAdapter):
    """Performs each request as one exchange and keeps them all: over a connection of its own,
    or over that of a `line` where it leads to the server."""

    role: str
    policy: AddressPolicy
    limits: Limits
    deadline: Deadline
    roots: Roots
    names: Names
    clock: Clock
    user_agent: str = USER_AGENT
    proxy: Proxy | None = None
    say: Callable[[str], None] = lambda _: None
    attempt: int = 1
    disk: Disk = field(default_factory=Disk)
    line: Line | None = None
    exchanges: list[RawExchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is requests'
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """One exchange. The response handed back has the head only; the octets are kept here.

        Without `verify` the server need not prove who it is; the exchange is marked so.
        """
        if len(request.headers.get("Cookie", "")) > _MAX_COOKIES:
            del request.headers["Cookie"]
        strict = bool(verify)
        line = self.line if strict and self._leads_to_it(request) else None
        kept = None if line is None else line.take()
        keep = line is not None and line.keeps
        if keep:
            request.headers["Connection"] = "keep-alive"
        exchange = self._exchange(request, kept, strict=strict, keep=keep, attempt=self.attempt)
        if line is not None and kept is not None and not exchange.response.size:
            line.lost()
            if not self.deadline.passed():
                # Once more, over a connection of its own.
                request.headers["Connection"] = "close"
                again = self.attempt + 1
                exchange = self._exchange(request, None, strict=strict, keep=False, attempt=again)
        elif line is not None:
            line.keep(exchange)
        return _response(request, exchange)

    def _leads_to_it(self, request: requests.PreparedRequest) -> bool:
        # Whether a proxy leaves the way to the source open, nobody here can tell.
        if self.line is None or self.proxy is not None:
            return False
        return self.line.server == server_of(str(request.url))

    def _exchange(
        self,
        request: requests.PreparedRequest,
        kept: Connection | None,
        *,
        strict: bool,
        keep: bool,
        attempt: int,
    ) -> RawExchange:
        url = str(request.url)
        date = spell(self.clock.now())
        self._say(url, "")
        exchange = RawExchange(
            role=self.role,
            url=url,
            attempt=attempt,
            date=date,
            connection=kept or self._connect(url, strict=strict),
            response=Spool(self.disk),
            tell=self._teller(url),
        )
        self.exchanges.append(exchange)
        # An old connection may be dead without a sign: time must be left for another one.
        patience = Deadline(self.deadline.left() / 2) if kept else None
        whole = self.proxy is not None and url.startswith("http:")
        octets = request_octets(request, whole=whole)
        perform(exchange, octets, self.limits, self.deadline, keep=keep, patience=patience)
        return exchange

    def _connect(self, url: str, *, strict: bool) -> Connection:
        scheme, host, port = server_of(url)
        reach = connect if self.proxy is None else partial(connect_through, self.proxy)
        return reach(
            host,
            port,
            names=self.names,
            policy=self.policy,
            deadline=self.deadline,
            secure=None if scheme == "http" else self._context(strict=strict),
        )

    def _say(self, url: str, much: str) -> None:
        self.say(f"{self.role}: {much}{self.deadline.left():.0f} s left: {url}")

    def _teller(self, url: str) -> Callable[[int], None]:
        """Says now and then how much has come."""
        last = time.monotonic()

        def tell(octets: int) -> None:
            nonlocal last
            if time.monotonic() - last >= _TOLD_SECONDS:
                last = time.monotonic()
                self._say(url, f"{octets / 1e6:.1f} MB, ")

        return tell

    def _context(self, *, strict: bool) -> ssl.SSLContext:
        return self.roots.strict if strict else self.roots.trusting

    def close(self) -> None:
        """Nothing to close: each exchange has closed its connection, the octets are kept."""


def session(adapter: RecordingAdapter) -> requests.Session:
    """A session that takes nothing from its surroundings: no proxy, netrc, cookie or CA."""
    made = requests.Session()
    made.trust_env = False
    made.headers.clear()
    made.headers.update(
        {
            "User-Agent": adapter.user_agent,
            **ACCEPTED,
            "Connection": "close",
        }
    )
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def request_octets(request: requests.PreparedRequest, *, whole: bool = False) -> bytes:
    """The request as it goes over the wire (RFC 9112 §3); with the `whole` URL for a proxy."""
    parts = urlsplit(str(request.url))
    path = f"{parts.scheme}://{parts.netloc}" * whole + request.path_url
    fields: Mapping[str, Any] = request.headers
    lines = [f"{request.method} {path} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _response(request: requests.PreparedRequest, exchange: RawExchange) -> requests.Response:
    """The answer as `requests` needs it to go on. `Location` stays with us: `requests` would
    prepare the next request from it, under rules that are not ours."""
    response = requests.Response()
    response.request = request
    response.url = exchange.url
    response._content = b""  # the body stays in the spool
    response._content_consumed = True  # type: ignore[attr-defined]
    head = exchange.reader.head
    if head is not None and head.status is not None:
        response.status_code = head.status
        for name, value in reversed(head.fields):
            if name != "location":
                response.headers[name] = value
        response.raw = _Cookies(head)
    return response


class _Cookies:
    """What `requests` looks at for cookies: the site's own, kept from hop to hop of one
    capture, so that a page behind a cookie check can be reached."""

    def __init__(self, head: Head) -> None:
        self.msg = HTTPMessage()
        for value in head.values("set-cookie"):
            if _CONTROL.search(value):
                continue  # it would come back in our next request
            self.msg.add_header("Set-Cookie", value)
        self._original_response = self

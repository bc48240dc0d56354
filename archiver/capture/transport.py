"""The transport adapter under `requests`: it sends, records and never follows.

`requests` prepares the request (IDNA, percent-encoding, header merging); the octets
on the wire are ours, so that they can be kept exactly.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import certifi
import requests
from requests.adapters import BaseAdapter

from archiver import __version__
from archiver.capture.addresses import AddressPolicy
from archiver.capture.connection import Deadline, connect
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.errors import InvalidInput
from archiver.moment import Clock, spell

USER_AGENT = f"archiver/{__version__} (evidence capture)"
DEFAULT_PORTS = {"http": 80, "https": 443}


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """The roots that a server's certificate must lead to: certifi's, or a file of one's own."""
    try:
        context = ssl.create_default_context(cafile=certifi.where())
        if ca_file is not None:
            context = ssl.create_default_context(cafile=str(ca_file))
    except (OSError, ssl.SSLError):
        raise InvalidInput(
            "capture.ca_file",
            "no certificates could be read from the file",
            where=str(ca_file),
            hint="give a PEM file with --ca-file",
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass
class RecordingAdapter(BaseAdapter):
    """Performs each request as one exchange over one fresh connection; keeps them all."""

    role: str
    policy: AddressPolicy
    limits: Limits
    deadline: Deadline
    roots: ssl.SSLContext
    clock: Clock
    exchanges: list[RawExchange] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - the signature is requests'
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: ARG002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        """One exchange. The response handed back has the head only; the octets are kept here."""
        url = str(request.url)
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        date = spell(self.clock.now())
        connection = connect(
            host,
            port,
            policy=self.policy,
            deadline=self.deadline,
            tls=self.roots if parts.scheme == "https" else None,
        )
        exchange = RawExchange(role=self.role, url=url, date=date, connection=connection)
        self.exchanges.append(exchange)
        perform(exchange, request_octets(request), self.limits, self.deadline)
        return _response(request, exchange)

    def close(self) -> None:
        """Nothing to close: each exchange has closed its connection, the octets are kept."""


def session(adapter: RecordingAdapter) -> requests.Session:
    """A session that takes nothing from its surroundings: no proxy, netrc, cookie or CA."""
    made = requests.Session()
    made.trust_env = False
    made.headers.clear()
    made.headers.update(
        {
            "User-Agent": USER_AGENT,
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
    )
    made.mount("http://", adapter)
    made.mount("https://", adapter)
    return made


def request_octets(request: requests.PreparedRequest) -> bytes:
    """The request as it goes over the wire (RFC 9112 §3)."""
    parts = urlsplit(str(request.url))
    path = request.path_url
    fields: Mapping[str, Any] = request.headers
    lines = [f"{request.method} {path} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def _response(request: requests.PreparedRequest, exchange: RawExchange) -> requests.Response:
    response = requests.Response()
    response.request = request
    response.url = exchange.url
    response._content = b""
    head = exchange.reader.head
    if head is not None and head.status is not None:
        response.status_code = head.status
        for name, value in reversed(head.fields):
            response.headers[name] = value
    return response

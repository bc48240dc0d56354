"""A server for this machine alone: fixed answers at fixed paths, to whoever asks by its name.

It binds 127.0.0.1. Its name has a random part below `localhost`, which browsers never look up
elsewhere: no other page can guess it, another name in `Host` is refused (DNS rebinding), and what
an archived page leaves behind (cookies, storage) belongs to that name, not to other servers here.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from archiver.openfile import OpenFile

ADDRESS = "127.0.0.1"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_ALWAYS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What stands at a path: octets, or a whole open file; with these fields besides."""

    media_type: str
    octets: bytes = b""
    file: OpenFile | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def size(self) -> int:
        """How many octets there are."""
        return len(self.octets) if self.file is None else self.file.size()

    def pieces(self, first: int, size: int) -> Iterator[bytes]:
        """A stretch of them."""
        if self.file is not None:
            yield from self.file.pieces(first, size)
        else:
            yield self.octets[first : first + size]


class Server:
    """A server with a free port. It answers once `answers` are given and it runs."""

    def __init__(self, name: str) -> None:
        self.answers: dict[str, Answer] = {}
        self._server = ThreadingHTTPServer(
            (ADDRESS, 0), type("Handler", (_Handler,), {"site": self})
        )
        self._server.daemon_threads = True
        self.host = f"{name}:{self._server.server_port}"
        self.origin = f"http://{self.host}"

    @contextmanager
    def running(self) -> Iterator[None]:
        """Answer, until the end of the `with`."""
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            thread.join()
            self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    site: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "archiver", ""
    timeout = 60  # seconds that a connection may be silent

    def log_message(self, *_: object) -> None:
        """Nothing is noted of what is looked at."""

    def do_GET(self) -> None:
        found = self._begun()
        for piece in () if found is None else found[0].pieces(*found[1]):
            self.wfile.write(piece)

    def do_HEAD(self) -> None:
        self._begun()

    def _begun(self) -> tuple[Answer, tuple[int, int]] | None:
        """Send the head of what was asked for; gives the answer and which part of it is due."""
        if self.headers.get_all("Host", []) != [self.site.host]:
            self._refuse(421)
            return None
        answer = self.site.answers.get(self.path.partition("?")[0])
        if answer is None:
            self._refuse(404)
            return None
        size = answer.size()
        part = _part(self.headers.get("Range"), size)
        first, count = (0, size) if part is None else part
        if count < 0:
            self._refuse(416)
            return None
        self.send_response(200 if part is None else 206)
        if part is not None:
            self.send_header("Content-Range", f"bytes {first}-{first + count - 1}/{size}")
        own = {"Content-Type": answer.media_type, "Content-Length": str(count)}
        for name, value in {**_ALWAYS, **own, **answer.fields}.items():
            self.send_header(name, value)
        self.end_headers()
        return answer, (first, count)

    def _refuse(self, status: int) -> None:
        """Nothing of the request is said back."""
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True


def _part(asked: str | None, size: int) -> tuple[int, int] | None:
    """First octet and count of a range (RFC 9110 §14.1.2); None for the whole, a count below 0
    where there is no such part."""
    match = None if asked is None else _RANGE.fullmatch(asked)
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        count = min(int(match[2]), size)
        return size - count, count or -1
    first = int(match[1])
    last = min(int(match[2]) if match[2] else size - 1, size - 1)
    return first, last - first + 1 if first <= last else -1

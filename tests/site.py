"""A server of bare sockets: each path answers with exact octets, or does what it is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from types import TracebackType

Behaviour = bytes | Callable[[socket.socket], None]


def http(
    body: str | bytes,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    extra: str = "",
) -> bytes:
    """A whole, ordinary response."""
    octets = body.encode() if isinstance(body, str) else body
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{extra}"
        f"Content-Length: {len(octets)}\r\n\r\n"
    )
    return head.encode("latin-1") + octets


class Site:
    """Pages by path; `requests` keeps the octets of every request that came."""

    def __init__(
        self, pages: dict[str, Behaviour] | None = None, port: int = 0, host: str = "127.0.0.1"
    ) -> None:
        self.pages = pages or {}
        self.requests: list[bytes] = []
        self._listening = socket.create_server((host, port), backlog=64)
        self.port = int(self._listening.getsockname()[1])

    def __enter__(self) -> Site:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _value: object, _trace: TracebackType | None
    ) -> None:
        # A shutdown wakes the thread that waits in accept(); close() alone does not.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(10)
            try:
                while self._answer_one(connection):
                    pass
            except OSError:
                return

    def _answer_one(self, connection: socket.socket) -> bool:
        """Answer a request; say whether another may come."""
        request = b""
        while b"\r\n\r\n" not in request:
            piece = connection.recv(65536)
            if not piece:
                return False
            request += piece
        self.requests.append(request)
        path = request.split(b" ")[1].decode("latin-1")
        behaviour = self.pages.get(path, http("<h1>Not found</h1>", "404 Not Found"))
        if isinstance(behaviour, bytes):
            connection.sendall(behaviour)
        else:
            behaviour(connection)
        return b"Connection: keep-alive\r\n" in request


class DeadPort:
    """A port of loopback that refuses: bound, so that nobody else gets it, never listening."""

    def __enter__(self) -> DeadPort:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

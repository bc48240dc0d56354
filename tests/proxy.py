"""A small HTTP proxy on loopback, of bare sockets: a tunnel for CONNECT, whole URLs otherwise."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from tests.site import Site

# What it does instead of what it is asked for.
Answer = bytes | Callable[[socket.socket], None]


class Proxy(Site):
    """Leads names where `hosts` says, as its own resolver; `asked` keeps each request's head.

    `instead`: octets or an act in the place of every answer to CONNECT (or, where `of_http`,
    to a whole URL).
    """

    def __init__(
        self,
        hosts: dict[str, int],
        *,
        instead: Answer | None = None,
        of_http: Answer | None = None,
    ) -> None:
        super().__init__()
        self.hosts = hosts
        self.asked: list[bytes] = []
        self._instead = instead
        self._of_http = of_http

    def __str__(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            self.asked.append(head)
            method, target, _ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
            instead = self._instead if method == "CONNECT" else self._of_http
            if isinstance(instead, bytes):
                connection.sendall(instead)
            elif instead is not None:
                instead(connection)
            elif method == "CONNECT":
                self._tunnel(connection, target.rpartition(":")[0])
            else:
                parts = urlsplit(target)
                path = (parts.path + (f"?{parts.query}" if parts.query else "")).encode()
                rest = head.partition(b"\r\n")[2]
                with self._reached(parts.hostname or "") as there:
                    there.sendall(b"GET " + path + b" HTTP/1.1\r\n" + rest)
                    _copy(there, connection)

    def _reached(self, host: str) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.hosts[host.strip("[]")]), timeout=10)

    def _tunnel(self, connection: socket.socket, host: str) -> None:
        with self._reached(host) as there:
            connection.sendall(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 small\r\n\r\n")
            back = threading.Thread(target=_copy, args=(there, connection), daemon=True)
            back.start()
            _copy(connection, there)
            back.join(10)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while octets := source.recv(65536):
            target.sendall(octets)
        target.shutdown(socket.SHUT_WR)

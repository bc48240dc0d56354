"""Requests to one server, one after another, over one connection as long as it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.capture.connection import Connection
from archiver.capture.exchange import Limits, RawExchange, release, still_open
from archiver.http1 import DEFAULT_PORTS

Server = tuple[str, str, int]


def server_of(url: str) -> Server:
    """Scheme, host and port of a prepared URL."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


@dataclass(slots=True)
class Line:
    """The connection of one thread to one server. `more`: whether a request will follow the
    next one; the last one asks the server to close.

    A server that once closes without a word is not relied upon again.
    """

    server: Server
    limits: Limits
    more: bool = True
    _last: RawExchange | None = None
    _relied_upon: bool = True

    @property
    def keeps(self) -> bool:
        """Whether the next exchange is to leave its connection open."""
        return self.more and self._relied_upon

    def take(self) -> Connection | None:
        """The connection for one more exchange, where it is still open and nothing came on it
        that nobody asked for."""
        last, self._last = self._last, None
        if last is None:
            return None
        if not still_open(last, self.limits):
            self.lost()
            return None
        return last.connection.again()

    def keep(self, exchange: RawExchange) -> None:
        """Keep the connection of a finished exchange, where it was left open."""
        self._last = None if exchange.connection.socket is None else exchange

    def lost(self) -> None:
        """The server had closed the connection, or used it for something else."""
        self._relied_upon = False

    def close(self) -> None:
        """Close the connection, where one is still kept."""
        if self._last is not None:
            release(self._last, self.limits)
            self._last = None

"""Our time-stamp authority behind a real socket, right or wrong in every way."""

from __future__ import annotations

import datetime
import re
import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.site import Site
from tests.tsa import DAY, YEAR, Issued, Reply, clock, leaf

Answer = Callable[[bytes, socket.socket], None]


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def signer(by: Issued | None = None, **changed: Any) -> Issued:
    """A signer's certificate that is good today."""
    return leaf(by=by, **{"begins": now() - DAY, "ends": now() + YEAR, **changed})


def replied(octets: bytes, media_type: str = "application/timestamp-reply") -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(octets)}\r\n\r\n"
    return head.encode() + octets


def right(reply: Reply) -> Answer:
    """Answers with the time of now."""

    def answer(request: bytes, connection: socket.socket) -> None:
        connection.sendall(replied(replace(reply, time=clock(now())).to(request)))

    return answer


class TsaSite(Site):
    """Answers each request by a function of its body; `bodies` keeps them."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []

    def _answer_one(self, connection: socket.socket) -> bool:
        octets = b""
        while b"\r\n\r\n" not in octets:
            piece = connection.recv(65536)
            if not piece:
                return False
            octets += piece
        head, _, body = octets.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)\r\ncontent-length: ([0-9]+)", head)
        while len(body) < int(length[1] if length else 0):
            body += connection.recv(65536)
        self.heads.append(head)
        self.bodies.append(body)
        self.answer(body, connection)
        return False

"""Reading HTTP/1 responses from octets, tolerantly and without losing one.

The same reader runs on the wire (where it says when the response is over) and on
the stored record (where it gives the entity body back), so both always agree.
RFC 9112 is the source; where a server breaks it, we follow what browsers accept
and name the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

MAX_HEAD = 256 * 1024  # octets of one head; browsers stop at about the same
MAX_LINE = 64 * 1024  # octets of a chunk's size line or of a trailer line
DEFAULT_PORTS = {"http": 80, "https": 443}  # RFC 9110 §4.2
REDIRECTS = (301, 302, 303, 307, 308)  # RFC 9110 §15.4: those that a browser follows

_STATUS_LINE = re.compile(rb"HTTP/([0-9]\.[0-9])[ \t]+([0-9]{3})(?:[ \t].*)?", re.I | re.S)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """A response head. `status` is None when the first line is no status line; `version` is
    HTTP's, as in `1.1`."""

    status: int | None
    fields: tuple[tuple[str, str], ...]
    size: int
    version: str | None = None

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a header field, in order, as Latin-1 text without outer blanks."""
        return tuple(value for key, value in self.fields if key == name)

    def value(self, name: str) -> str | None:
        """The first value of a header field, or None."""
        return next(iter(self.values(name)), None)


def read_head(octets: bytes) -> Head:
    """Read a whole head (status line to empty line). Never fails.

    Folded lines (RFC 9112 §5.2) are joined with one blank; lines without a colon
    are passed over; names are lower-cased.
    """
    lines = [line.removesuffix(b"\r") for line in octets.split(b"\n")]
    match = _STATUS_LINE.fullmatch(lines[0])
    fields: list[tuple[bytes, list[bytes]]] = []
    for line in lines[1:]:
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1].append(line.strip())
        elif b":" in line:
            name, _, value = line.partition(b":")
            fields.append((name.strip().lower(), [value.strip()]))
    return Head(
        status=int(match[2]) if match else None,
        fields=tuple(
            (name.decode("latin-1"), b" ".join(values).decode("latin-1")) for name, values in fields
        ),
        size=len(octets),
        version=match[1].decode("ascii") if match else None,
    )


def stays_open(head: Head | None, framing: str, *, complete: bool, extra: int) -> bool:
    """Whether another request may follow on the connection (RFC 9112 §9.3): the response has
    ended where it says, says so in one way only, and the server does not say that it closes.
    """
    if head is None or head.version != "1.1" or head.status == 101 or not complete or extra:
        return False
    if "close" in connection_options(head):
        return False
    codings = tuple(value.lower() for value in head.values("transfer-encoding"))
    lengths = head.values("content-length")
    match framing:
        case "length":
            return not codings
        case "chunked":
            return codings == ("chunked",) and not lengths
        case "none":
            return not codings and set(lengths) <= {"0"}
        case _:
            return False


def connection_options(head: Head) -> set[str]:
    """The words of the `Connection` fields (RFC 9110 §7.6.1), in small letters."""
    return {
        word.strip().lower() for value in head.values("connection") for word in value.split(",")
    }


def _framing(head: Head) -> tuple[str, int]:
    """How the body of this head ends (RFC 9112 §6.3), and its length where it is said."""
    if head.status in (204, 304) or head.status == 101:
        return "none", 0
    codings = [
        word.strip().lower()
        for value in head.values("transfer-encoding")
        for word in value.split(",")
        if word.strip().lower() not in ("", "identity")
    ]
    if codings:
        return ("chunked", 0) if codings[-1] == "chunked" else ("close", 0)
    lengths = {word.strip() for value in head.values("content-length") for word in value.split(",")}
    if not lengths:
        return "close", 0
    only = lengths.pop()
    if lengths or re.fullmatch(r"[0-9]{1,18}", only) is None:
        return "conflict", 0
    return "length", int(only)


@dataclass(slots=True)
class ResponseReader:
    """Fed with the octets of one response in any pieces; says what they are.

    `entity` receives the body without its chunk framing. After the last octet call
    `end()`. `complete` is True once the declared end was reached; octets after it
    are counted in `extra`. `broken` is True where the framing cannot be followed.
    """

    entity: Callable[[bytes], object]
    interim: list[int] = field(default_factory=list)
    head: Head | None = None
    framing: str = "none"
    complete: bool = False
    broken: bool = False
    extra: int = 0
    _buffer: bytearray = field(default_factory=bytearray)
    _searched: int = 0
    _state: str = "head"
    _left: int = 0

    @property
    def in_head(self) -> bool:
        """Whether the head is still being read."""
        return self._state == "head"

    @property
    def head_octets(self) -> int:
        """Octets of the heads so far: the interim ones and the final one."""
        return sum(self.interim) + (0 if self.head is None else self.head.size)

    @property
    def head_too_large(self) -> bool:
        """Whether the heads, interim ones counted, have grown beyond `MAX_HEAD` without an end."""
        return self.in_head and sum(self.interim) + len(self._buffer) > MAX_HEAD

    def feed(self, octets: bytes) -> None:
        """Take the next octets."""
        if self._state == "head":
            self._buffer += octets
            self._find_head()
        else:
            self._body(octets)

    def end(self) -> None:
        """The connection has ended: a body that ends by closing is complete now."""
        if self._state == "head" and self._buffer:
            self._not_http()
        if self.framing == "close" and self.head is not None:
            self.complete = True

    def _find_head(self) -> None:
        start = 0
        while True:
            first = bytes(self._buffer[start : start + 5])
            if first.upper() != b"HTTP/"[: len(first)]:
                del self._buffer[:start]
                self._not_http()
                return
            match = _END_OF_HEAD.search(self._buffer, max(start, self._searched - 3))
            if match is None:
                del self._buffer[:start]
                self._searched = len(self._buffer)
                return
            head = read_head(bytes(self._buffer[start : match.end()]))
            if head.status is None or not 100 <= head.status < 200 or head.status == 101:
                self._start_body(head, bytes(self._buffer[match.end() :]))
                return
            self.interim.append(head.size)
            start = self._searched = match.end()

    def _not_http(self) -> None:
        """What came is no HTTP head: all of it is body, and no end is declared."""
        self.framing = "not-http"
        self._state = "raw"
        rest, self._buffer = bytes(self._buffer), bytearray()
        self.entity(rest)

    def _start_body(self, head: Head, rest: bytes) -> None:
        self.head = head
        self._buffer = bytearray()
        self._searched = 0
        self.framing, self._left = _framing(head)
        if head.status is None:
            self.framing = "conflict"
        match self.framing:
            case "none":
                self._finish()
            case "length" if self._left == 0:
                self._finish()
            case "length":
                self._state = "length"
            case "chunked":
                self._state = "chunk-line"
            case _:
                self._state = "raw"
        if rest:
            self._body(rest)

    def _body(self, octets: bytes) -> None:
        match self._state:
            case "raw":
                self.entity(octets)
            case "length":
                piece, rest = octets[: self._left], octets[self._left :]
                self.entity(piece)
                self._left -= len(piece)
                if self._left == 0:
                    self._finish()
                    self.extra += len(rest)
            case "done":
                self.extra += len(octets)
            case _:
                self._chunked(octets)

    def _chunked(self, octets: bytes) -> None:
        """RFC 9112 §7.1, a state a line: size, data, its CRLF, trailers."""
        buffer, searched, self._searched = self._buffer, self._searched, 0
        buffer += octets
        position = 0
        while self._state not in ("done", "raw") and position < len(buffer):
            if self._state == "chunk-data":
                piece = bytes(buffer[position : position + self._left])
                self.entity(piece)
                position += len(piece)
                self._left -= len(piece)
                if self._left == 0:
                    self._state = "chunk-end"
                continue
            newline = buffer.find(b"\n", max(position, searched), position + MAX_LINE)
            if newline < 0 and len(buffer) - position < MAX_LINE:
                self._searched = len(buffer) - position
                break
            if newline >= 0 and self._takes(bytes(buffer[position:newline]).removesuffix(b"\r")):
                position = newline + 1
            else:
                # What follows is nobody's chunk; it is passed on as it stands.
                self.broken = True
                self._state = "raw"
        del buffer[:position]
        if self._state in ("done", "raw") and buffer:
            rest, self._buffer = bytes(buffer), bytearray()
            self._body(rest)

    def _takes(self, line: bytes) -> bool:
        """Follow one line of the framing, if it can be followed."""
        if self._state == "chunk-line":
            match = _CHUNK_LINE.fullmatch(line)
            if match is None:
                return False
            self._left = int(match[1], 16)
            self._state = "chunk-data" if self._left else "trailer"
        elif self._state == "chunk-end":
            if line:
                return False
            self._state = "chunk-line"
        elif not line:
            self._finish()
        return True

    def _finish(self) -> None:
        self.complete = True
        self._state = "done"


def read_entity(pieces: Iterable[bytes], most: int) -> tuple[Head | None, bytearray]:
    """The head of the response in these octets, and its entity body, up to `most` octets."""
    body = bytearray()
    reader = ResponseReader(lambda piece: body.extend(piece[: most - len(body)]))
    for piece in pieces:
        reader.feed(piece)
        if len(body) == most:
            break  # nobody needs the rest
    reader.end()
    return reader.head, body

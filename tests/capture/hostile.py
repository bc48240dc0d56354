"""Servers that misbehave, in one way each: bare sockets, and a note of every octet they sent."""

from __future__ import annotations

import fcntl
import gzip
import socket
import struct
import termios
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.site import Site, http

CAP = 1 << 20  # octets of one body that the tests allow
_MOST = 24 << 20  # octets after which even an endless server gives up
_LONGEST = 30.0  # seconds after which even a silent one does
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_PAGE = b"<p>A page that some reader may want.</p>"


class Peer:
    """One accepted connection. `sent` is what the system took from us, octet for octet."""

    def __init__(self, connection: socket.socket, port: int, number: int) -> None:
        self.socket = connection
        self.port = port
        self.number = number
        self.path = ""
        self.request = b""
        self.sent = bytearray()

    def read_request(self) -> bytes:
        while b"\r\n\r\n" not in self.request:
            piece = self.socket.recv(65536)
            if not piece:
                break
            self.request += piece
        self.path = self.request.split(b" ")[1].decode("latin-1") if self.request else ""
        return self.request

    def send(self, octets: bytes) -> None:
        left = memoryview(octets)
        while left:
            taken = self.socket.send(left)
            self.sent += left[:taken]
            left = left[taken:]

    def endless(self, octets: bytes, pause: float = 0.0) -> None:
        begun = time.monotonic()
        while len(self.sent) < _MOST and time.monotonic() - begun < _LONGEST:
            self.send(octets)
            if pause:
                time.sleep(pause)

    def wait_until_gone(self) -> None:
        """Say nothing more until the other side leaves."""
        self.socket.settimeout(_LONGEST)
        while self.socket.recv(65536):
            pass

    def reset(self) -> None:
        """Tear the connection down, after the other side has got what was sent."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            queued = fcntl.ioctl(self.socket, termios.TIOCOUTQ, b"\0" * 4)
            if struct.unpack("i", queued)[0] == 0:
                break
            time.sleep(0.01)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Act = Callable[[Peer], None]


class Hostile(Site):
    """A server of one behaviour; `peers` are the connections that came, in order."""

    def __init__(self, act: Act) -> None:
        super().__init__()
        self._act = act
        self.peers: list[Peer] = []
        self._threads: list[threading.Thread] = []

    def done(self) -> list[Peer]:
        """The connections, once nobody sends on them any more."""
        for thread in self._threads:
            thread.join(_LONGEST)
        return self.peers

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            peer = Peer(connection, self.port, len(self.peers))
            self.peers.append(peer)
            thread = threading.Thread(target=self._answer, args=(peer,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _answer(self, peer: Peer) -> None:
        with peer.socket:
            peer.socket.settimeout(_LONGEST)
            try:
                self._act(peer)
            except OSError:
                return  # whoever captures has left, or never came to an end


class FullBacklog:
    """A port that never answers a SYN: its queue of one is full, and nobody accepts."""

    def __enter__(self) -> FullBacklog:
        self._listening = socket.socket()
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(0)
        self.port = int(self._listening.getsockname()[1])
        self._waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", self.port))
            self._waiting.append(one)
        time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        for one in (*self._waiting, self._listening):
            one.close()


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """What a server does and what a capture of it must say.

    `truncated` is that of the last response, None where it must be said to be whole, `?`
    where the moment decides (as it does of a `reason` that is `?`).
    `stopped`: we stopped reading before the server stopped sending, so that what is kept
    is the beginning of what was sent. `hops`: how many requests reach the server.
    `unconnected`: it may all be over before our `connect` has returned, which then failed.
    """

    act: Act
    state: str
    reason: str
    truncated: str | None = None
    stopped: bool = False
    hops: int = 1
    scheme: str = "http"
    unconnected: bool = False

    @property
    def seconds(self) -> float:
        """The deadline to set: short where only that ends it, ample where the machine is slow."""
        stalls = self.truncated == "time" or self.reason.endswith(".timeout")
        return 1.5 if stalls else 20.0


def says(*pieces: bytes, pause: float = 0.02) -> Act:
    """Read the request, send the pieces, close."""

    def act(peer: Peer) -> None:
        peer.read_request()
        for number, piece in enumerate(pieces):
            if number:
                time.sleep(pause)
            peer.send(piece)

    return act


def _then(first: bytes, end: Callable[[Peer], None]) -> Act:
    def act(peer: Peer) -> None:
        peer.read_request()
        peer.send(first)
        end(peer)

    return act


def _reset(peer: Peer) -> None:
    peer.reset()


def _silent(peer: Peer) -> None:
    peer.wait_until_gone()


def _drips(octets: bytes) -> Callable[[Peer], None]:
    return lambda peer: peer.endless(octets, 0.05)


def _pours(octets: bytes) -> Callable[[Peer], None]:
    return lambda peer: peer.endless(octets)


def _silence() -> Iterator[tuple[str, Behaviour]]:
    """Silence, close and reset at each stage."""
    unreachable: dict[str, str] = {"state": "unreachable"}

    def no_request(end: Callable[[Peer], None]) -> Act:
        return lambda peer: end(peer)

    yield "close-at-once", Behaviour(act=no_request(lambda _: None), **unreachable, reason="?")
    yield (
        "reset-at-once",
        Behaviour(act=no_request(_reset), **unreachable, reason="tcp.reset", unconnected=True),
    )
    yield (
        "silent-never-reads",
        Behaviour(act=lambda _: time.sleep(4), **unreachable, reason="http.timeout"),
    )
    stages = {
        "request": (b"", "http.timeout", "http.closed", "tcp.reset"),
        "status-line": (b"HTTP/1.1 2", "http.timeout", "http.invalid", "tcp.reset"),
        "head": (b"HTTP/1.1 200 OK\r\nCont", "http.timeout", "http.invalid", "tcp.reset"),
        "interim": (b"HTTP/1.1 103 Early\r\n\r\n", "http.timeout", "http.invalid", "tcp.reset"),
    }
    for stage, (sent, slow, closed, torn) in stages.items():
        head = bool(sent) and stage != "interim"
        for how, end, reason, cut in (
            ("silent", _silent, slow, "time"),
            ("close", lambda _: None, closed, "disconnect"),
            ("reset", _reset, torn, "disconnect"),
        ):
            yield (
                f"{how}-after-{stage}",
                Behaviour(
                    act=_then(sent, end),
                    **unreachable,
                    reason=reason,
                    truncated=cut if head else None,
                ),
            )
    bodies = {
        "length": _OK + b"Content-Length: 500\r\n\r\n<p>half",
        "chunk": _CHUNKED + b"50\r\n<p>half",
        "chunk-end": _CHUNKED + b"4\r\n<p>a",
        "last-chunk": _CHUNKED + b"4\r\n<p>a\r\n0\r\n",
    }
    for stage, sent in bodies.items():
        for how, end, cut in (
            ("silent", _silent, "time"),
            ("close", lambda _: None, "disconnect"),
            ("reset", _reset, "disconnect"),
        ):
            yield (
                f"{how}-in-{stage}",
                Behaviour(
                    act=_then(sent, end), state="captured", reason="http.truncated", truncated=cut
                ),
            )
    yield (
        "reset-in-close-delimited",
        Behaviour(
            act=_then(_OK + b"\r\n" + _PAGE, _reset),
            state="captured",
            reason="http.truncated",
            truncated="disconnect",
        ),
    )


def _slow() -> Iterator[tuple[str, Behaviour]]:
    for name, first, octets in (
        ("status-line", b"HTTP/1.1 200 ", b"a"),
        ("header", b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
        ("headers", b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"),
    ):
        yield (
            f"drips-{name}",
            Behaviour(
                act=_then(first, _drips(octets)),
                state="unreachable",
                reason="http.timeout",
                truncated="time",
                stopped=True,
            ),
        )
    yield (
        "drips-interim",
        Behaviour(
            act=_then(b"", _drips(b"HTTP/1.1 102 Processing\r\n\r\n")),
            state="unreachable",
            reason="http.timeout",
            stopped=True,
        ),
    )
    for name, first, octets in (
        ("length", _OK + b"Content-Length: 99999\r\n\r\n", b"a"),
        ("close-delimited", _OK + b"\r\n", b"a"),
        ("chunked", _CHUNKED, b"1\r\na\r\n"),
        ("chunk-size", _CHUNKED, b"0"),
        ("chunk-extension", _CHUNKED + b"1;", b"a"),
        ("trailers", _CHUNKED + b"0\r\n", b"X-T: a\r\n"),
    ):
        yield (
            f"drips-{name}",
            Behaviour(
                act=_then(first, _drips(octets)),
                state="captured",
                reason="http.truncated",
                truncated="time",
                stopped=True,
            ),
        )


def _endless() -> Iterator[tuple[str, Behaviour]]:
    for name, first, octets in (
        ("status-line", b"HTTP/1.1 200 ", b"a" * 4096),
        ("header", b"HTTP/1.1 200 OK\r\nX-A: ", b"a" * 4096),
        ("headers", b"HTTP/1.1 200 OK\r\n", b"X-A: aaaaaaaaaaaaaaaa\r\n" * 100),
        ("folds", b"HTTP/1.1 200 OK\r\nX-A: b\r\n", b" folded\r\n" * 100),
    ):
        yield (
            f"endless-{name}",
            Behaviour(
                act=_then(first, _pours(octets)),
                state="unreachable",
                reason="http.invalid",
                truncated="unspecified",
                stopped=True,
            ),
        )
    for name, octets in (
        ("100s", b"HTTP/1.1 100 Continue\r\n\r\n" * 40),
        ("103s", b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" * 40),
    ):
        yield (
            f"endless-{name}",
            Behaviour(
                act=_then(b"", _pours(octets)),
                state="unreachable",
                reason="http.invalid",
                truncated="?",
                stopped=True,
            ),
        )
    for name, first, octets, reason in (
        ("body", _OK + b"\r\n", b"a" * 65536, "length"),
        ("markup", _OK + b"\r\n", b"<b><i a=b>x" * 6000, "length"),
        ("terabyte", _OK + b"Content-Length: 1099511627776\r\n\r\n", b"a" * 65536, "length"),
        ("chunks", _CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n", "length"),
        ("tiny-chunks", _CHUNKED, b"1\r\na\r\n" * 2000, "length"),
        ("trailers", _CHUNKED + b"0\r\n", b"X-T: aaaaaaaaaaaa\r\n" * 200, "length"),
        ("trailer", _CHUNKED + b"0\r\nX-T: ", b"a" * 4096, "unspecified"),
        ("chunk-extension", _CHUNKED + b"4;a=", b"a" * 4096, "unspecified"),
        ("one-chunk", _CHUNKED + b"fffffffffffffff\r\n", b"a" * 65536, "length"),
    ):
        yield (
            f"endless-{name}",
            Behaviour(
                act=_then(first, _pours(octets)),
                state="captured",
                reason="http.truncated",
                truncated=reason,
                stopped=True,
            ),
        )
    yield (
        "endless-text",
        Behaviour(
            act=_then(b"Hello", _pours(b"a" * 4096)),
            state="unreachable",
            reason="http.invalid",
            truncated="length",
            stopped=True,
        ),
    )
    yield (
        "endless-after-the-end",
        Behaviour(
            act=_then(http(_PAGE), _pours(b"a" * 4096)),
            state="captured",
            reason="http.200",
            stopped=True,
        ),
    )


def _plain(
    octets: bytes, reason: str = "http.200", truncated: str | None = None, state: str = ""
) -> Behaviour:
    if not state:
        state = "unreachable" if reason == "http.invalid" else "captured"
    return Behaviour(act=says(octets), state=state, reason=reason, truncated=truncated)


def _framing() -> Iterator[tuple[str, Behaviour]]:
    def with_fields(fields: bytes, body: bytes = _PAGE) -> bytes:
        return _OK + fields + b"\r\n\r\n" + body

    size = str(len(_PAGE)).encode()
    cut, odd = ("http.truncated", "disconnect"), ("http.truncated", "unspecified")
    length = b"Content-Length: "
    yield "length-too-long", _plain(with_fields(length + b"999"), *cut)
    yield "length-too-short", _plain(with_fields(length + b"7"))
    yield "length-zero-with-body", _plain(with_fields(length + b"0"))
    yield "length-negative", _plain(with_fields(length + b"-1"), *odd)
    yield "length-plus", _plain(with_fields(length + b"+" + size), *odd)
    yield "length-hex", _plain(with_fields(length + b"0x28"), *odd)
    yield "length-empty", _plain(with_fields(length), *odd)
    yield "length-huge", _plain(with_fields(length + b"9" * 300), *odd)
    yield "length-arabic", _plain(with_fields(length + "٤٠".encode()), *odd)
    yield "length-list-equal", _plain(with_fields(length + size + b", " + size))
    yield "lengths-equal", _plain(with_fields(length + size + b"\r\n" + length + size))
    yield "lengths-differ", _plain(with_fields(length + b"3\r\n" + length + size), *odd)
    yield "length-folded", _plain(with_fields(b"Content-Length:\r\n " + size))
    chunked = b"Transfer-Encoding: chunked"
    chunks = b"28\r\n" + _PAGE + b"\r\n0\r\n\r\n"
    yield "length-and-chunked", _plain(with_fields(length + b"3\r\n" + chunked, chunks))
    yield "chunked-and-length", _plain(with_fields(chunked + b"\r\n" + length + b"3", chunks))
    yield "chunked-twice", _plain(with_fields(chunked + b"\r\n" + chunked, chunks))
    yield "chunked-upper", _plain(with_fields(b"TRANSFER-ENCODING: CHUNKED", chunks))
    yield "chunked-in-http-1.0", _plain(b"HTTP/1.0 200 OK\r\n" + chunked + b"\r\n\r\n" + chunks)
    squeezed = gzip.compress(_PAGE)
    sized = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    yield "gzip-then-chunked", _plain(with_fields(b"Transfer-Encoding: gzip, chunked", sized))
    yield "chunked-then-gzip", _plain(with_fields(b"Transfer-Encoding: chunked, gzip", squeezed))
    yield "unknown-coding", _plain(with_fields(b"Transfer-Encoding: xyzzy"))
    yield "identity-coding", _plain(with_fields(b"Transfer-Encoding: identity\r\n" + length + size))
    yield "trailers", _plain(with_fields(chunked, chunks[:-2] + b"X-T: a\r\nX-T: b\r\n\r\n"))
    yield (
        "trailer-repeats-status",
        _plain(with_fields(chunked, chunks[:-2] + b"HTTP/1.1 500\r\n\r\n")),
    )
    yield "chunk-lf-only", _plain(with_fields(chunked, chunks.replace(b"\r\n", b"\n")))
    yield "chunk-size-padded", _plain(with_fields(chunked, b"00000000028" + chunks[2:]))
    yield "chunk-size-negative", _plain(with_fields(chunked, b"-28\r\n" + _PAGE), *odd)
    yield "chunk-size-prefix", _plain(with_fields(chunked, b"0x28\r\n" + _PAGE), *odd)
    yield "chunk-size-huge", _plain(with_fields(chunked, b"f" * 40 + b"\r\n" + _PAGE), *odd)
    yield "chunk-size-missing", _plain(with_fields(chunked, b"\r\n" + _PAGE), *odd)
    yield "chunk-too-short", _plain(with_fields(chunked, b"4\r\n" + _PAGE + b"\r\n0\r\n\r\n"), *odd)
    yield "chunk-extension-odd", _plain(with_fields(chunked, b'28;a="\x00\xff;"' + chunks[2:]))
    yield "not-chunked-at-all", _plain(with_fields(chunked, _PAGE + b"\n"), *odd)
    yield "chunked-empty", _plain(with_fields(chunked, b""), *cut)
    yield "after-last-chunk", _plain(with_fields(chunked, chunks + b"more"))
    yield "second-response", _plain(http(_PAGE) + http("<p>smuggled</p>"))


def _heads() -> Iterator[tuple[str, Behaviour]]:
    invalid = ("http.invalid", "unspecified")
    rest = b"Content-Length: %d\r\n\r\n" % len(_PAGE) + _PAGE
    yield "http-0.9", _plain(b"<html>only text</html>", "http.invalid")
    yield "binary", _plain(bytes(range(256)) * 20, "http.invalid")
    yield "ssh", _plain(b"SSH-2.0-OpenSSH_9.2\r\n", "http.invalid")
    yield "http2-preface", _plain(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "http.invalid")
    yield "http2-settings", _plain(bytes.fromhex("000012040000000000") + b"\0" * 18, "http.invalid")
    yield "leading-crlf", _plain(b"\r\n" + _OK + rest, "http.invalid")
    yield "leading-blank", _plain(b" " + _OK + rest, "http.invalid")
    yield "byte-order-mark", _plain(b"\xef\xbb\xbf" + _OK + rest, "http.invalid")
    yield "one-octet", _plain(b"H", "http.invalid", "disconnect")
    yield "one-nul", _plain(b"\0", "http.invalid")
    yield "status-missing", _plain(b"HTTP/1.1\r\n" + rest, *invalid)
    yield "status-words", _plain(b"HTTP/1.1 fine\r\n" + rest, *invalid)
    yield "status-two-digits", _plain(b"HTTP/1.1 20 OK\r\n" + rest, *invalid)
    yield "status-four-digits", _plain(b"HTTP/1.1 2000 OK\r\n" + rest, *invalid)
    yield "status-negative", _plain(b"HTTP/1.1 -200 OK\r\n" + rest, *invalid)
    yield "status-huge", _plain(b"HTTP/1.1 " + b"2" * 5000 + b" OK\r\n" + rest, *invalid)
    yield "version-odd", _plain(b"HTTP/11 200 OK\r\n" + rest, *invalid)
    yield "version-3.7", _plain(b"HTTP/3.7 200 OK\r\n" + rest)
    yield "version-lower-case", _plain(b"http/1.1 200 ok\r\n" + rest)
    for number in (b"000", b"099", b"600", b"999"):
        line = b"HTTP/1.1 " + number + b" Nothing\r\n"
        yield f"status-{number.decode()}", _plain(line + rest, "http.invalid", state="unreachable")
    yield "status-299", _plain(b"HTTP/1.1 299 Odd\r\n" + rest, "http.299")
    yield "reason-missing", _plain(b"HTTP/1.1 200\r\n" + rest)
    yield "reason-long", _plain(b"HTTP/1.1 200 " + b"a" * 100_000 + b"\r\n" + rest)
    yield "reason-binary", _plain(b"HTTP/1.1 200 \xff\x00\x1b[31m\r\n" + rest)
    yield "headers-300", _plain(_OK + b"X-N: v\r\n" * 300 + rest)
    yield "headers-10000", _plain(_OK + b"X-N: v\r\n" * 10_000 + rest)
    yield "header-200-kb", _plain(_OK + b"X-L: " + b"v" * 200_000 + b"\r\n" + rest)
    yield "header-names-long", _plain(_OK + b"X" * 60_000 + b": v\r\n" + rest)
    yield "header-nul", _plain(_OK + b"X-N: a\0b\r\nX\0Y: z\r\n" + rest)
    yield "header-escape", _plain(_OK + b"X-E: \x1b]0;owned\x07\r\n" + rest)
    yield "header-bare-cr", _plain(_OK + b"X-C: a\rSet-Cookie: b=c\r\n" + rest)
    yield "header-no-colon", _plain(_OK + b"nothing here\r\n\xff\xfe\r\n" + rest)
    yield "header-no-name", _plain(_OK + b": v\r\n::\r\n" + rest)
    yield "header-blank-before-colon", _plain(_OK + b"X-A : b\r\n" + rest)
    yield "header-obs-fold", _plain(_OK + b"X-F: a\r\n b\r\n\tc\r\n" + rest)
    yield "header-fold-first", _plain(b"HTTP/1.1 200 OK\r\n folded: at once\r\n" + rest)
    yield "header-utf-8", _plain(_OK + "X-Ü: ñ\u202e\r\n".encode() + rest)
    yield "head-lf-only", _plain((_OK + rest).replace(b"\r\n", b"\n"))
    yield "head-mixed-ends", _plain(b"HTTP/1.1 200 OK\nX: y\r\nContent-Length: 40\n\r\n" + _PAGE)
    yield "cookies-odd", _plain(
        _OK + b"Set-Cookie: \r\nSet-Cookie: =\r\n"
        b"Set-Cookie: a\0=\xff; Expires=\xff; Max-Age=1e9\r\n"
        b"Set-Cookie: b=c; Domain=.; Path=\\; Version=x; Port=\"\"; expires=Thu, 99-Foo-0000\r\n"
        b"Set-Cookie: " + b"d" * 9000 + b"=e\r\n" + rest
    )  # fmt: skip
    yield (
        "content-type-odd",
        _plain(b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset="\x00\xff\x1b;=,\r\n' + rest),
    )
    yield (
        "content-type-long",
        _plain(b"HTTP/1.1 200 OK\r\nContent-Type: " + b"a" * 100_000 + b"\r\n" + rest),
    )
    yield (
        "charset-unknown",
        _plain(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=rot13\r\n" + rest),
    )
    yield "interim-100", _plain(b"HTTP/1.1 100 Continue\r\n\r\n" + _OK + rest)
    yield "interim-103", _plain(b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" * 30 + _OK + rest)
    yield (
        "interim-then-text",
        _plain(b"HTTP/1.1 100 Continue\r\n\r\nno head at all", "http.invalid"),
    )


def _statuses() -> Iterator[tuple[str, Behaviour]]:
    def odd(status: str, extra: str, state: str, reason: str = "") -> Behaviour:
        return _plain(http(_PAGE, status, extra=extra), reason or f"http.{status[:3]}", state=state)

    yield "101", odd("101 Switching Protocols", "Upgrade: h2c\r\n", "unreachable")
    yield "200-upgrade", odd("200 OK", "Connection: upgrade\r\nUpgrade: h2\r\n", "captured")
    yield "204-with-body", odd("204 No Content", "", "captured", "http.204")
    yield "205-with-body", odd("205 Reset Content", "", "captured", "http.205")
    yield (
        "206-to-a-full-request",
        odd("206 Partial Content", "Content-Range: bytes 0-9/900\r\n", "captured", "http.206"),
    )
    yield "200-with-range", odd("200 OK", "Content-Range: bytes 0-9/900\r\n", "captured")
    yield "304-with-body", odd("304 Not Modified", "", "unreachable")
    yield (
        "401-negotiate",
        odd(
            "401 Unauthorized",
            "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n",
            "blocked",
        ),
    )
    yield "403", odd("403 Forbidden", "", "blocked")
    yield "404", odd("404 Not Found", "", "absent")
    yield "407", odd("407 Proxy Authentication", "Proxy-Authenticate: Basic\r\n", "blocked")
    yield "408", odd("408 Request Timeout", "", "unreachable")
    yield "410-and-ends-late", odd("410 Gone", "Connection: keep-alive\r\n", "absent")
    yield "416", odd("416 Range Not Satisfiable", "Content-Range: bytes */9\r\n", "blocked")
    yield "418", odd("418 I'm a teapot", "", "blocked")
    yield "429-for-31-years", odd("429 Too Many", "Retry-After: 1000000000\r\n", "blocked")
    yield "451", odd("451 Legal", "Link: <https://a.example>; rel=blocked-by\r\n", "blocked")
    yield "503-retry", odd("503 Busy", "Retry-After: -1\r\n", "unreachable")
    yield (
        "alt-svc-hsts",
        odd(
            "200 OK",
            'Alt-Svc: h3=":443"; ma=99\r\nStrict-Transport-Security: max-age=99; preload\r\n',
            "captured",
        ),
    )
    yield "refresh", odd("200 OK", "Refresh: 0; url=http://169.254.169.254/\r\n", "captured")


def _moved(status: int, location: bytes) -> bytes:
    return b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, location)


def _redirects() -> Iterator[tuple[str, Behaviour]]:
    def to(location: bytes, status: int = 302) -> Act:
        """Every path leads to the same place; `{port}` is ours. `/end` is a page."""

        def act(peer: Peer) -> None:
            peer.read_request()
            target = location.replace(b"{port}", str(peer.port).encode())
            target = target.replace(b"{number}", str(peer.number + 1).encode())
            peer.send(http(_PAGE) if peer.path.startswith("/end") else _moved(status, target))

        return act

    def chain(length: int) -> Act:
        def act(peer: Peer) -> None:
            peer.read_request()
            number = peer.number + 1
            peer.send(http(_PAGE) if number > length else _moved(302, b"/%d" % number))

        return act

    refused = {"state": "inconclusive", "reason": "local.refused_by_policy"}
    loop = {"state": "unreachable", "reason": "http.redirect_loop"}
    fine = {"state": "captured", "reason": "http.redirected"}
    for length in (1, 9, 10, 20):
        yield f"chain-{length}", Behaviour(act=chain(length), **fine, hops=length + 1)
    yield "chain-21", Behaviour(act=chain(21), **loop, hops=21)
    yield "chain-endless", Behaviour(act=chain(10**9), **loop, hops=21)
    yield "loop-itself", Behaviour(act=to(b"/x"), **loop)
    yield "loop-fragment", Behaviour(act=to(b"/x#again"), **loop)
    yield "loop-empty", Behaviour(act=to(b""), **loop)
    yield "loop-absolute", Behaviour(act=to(b"http://127.0.0.1:{port}/x"), **loop)
    yield "query-grows", Behaviour(act=to(b"/x?{number}"), **loop, hops=21)
    yield "host-in-capitals", Behaviour(act=to(b"HTTP://127.0.0.1:{port}/end"), **fine, hops=2)
    yield "no-scheme", Behaviour(act=to(b"//127.0.0.1:{port}/end"), **fine, hops=2)
    yield "non-ascii-utf-8", Behaviour(act=to("/end/é\u202e".encode()), **refused)
    yield "non-ascii", Behaviour(act=to("/end/日本".encode()), **fine, hops=2)
    yield "non-ascii-latin-1", Behaviour(act=to(b"/end/\xe9"), **fine, hops=2)
    yield "dots", Behaviour(act=to(b"/a/b/../../../end"), **fine, hops=2)
    yield "percent-dots", Behaviour(act=to(b"/a/%2e%2E/end"), **fine, hops=2)
    yield "percent-broken", Behaviour(act=to(b"/end%zz%"), **fine, hops=2)
    yield "percent-stacked", Behaviour(act=to(b"/end%25252525252e"), **fine, hops=2)
    yield "location-escape", Behaviour(act=to(b"/end\x1b[31m"), **refused)
    yield "location-nul", Behaviour(act=to(b"/end\0"), **refused)
    yield "location-blank", Behaviour(act=to(b"/end here"), **refused)
    yield "location-backslash", Behaviour(act=to(b"http://127.0.0.1\\@8.8.8.8/"), **refused)
    yield "location-file", Behaviour(act=to(b"file:///etc/passwd"), **refused)
    yield "location-data", Behaviour(act=to(b"data:text/html,hi"), **refused)
    yield "location-user-info", Behaviour(act=to(b"http://a:b@127.0.0.1:{port}/end"), **refused)
    yield "location-port-0", Behaviour(act=to(b"http://127.0.0.1:0/"), **refused)
    yield "location-port-big", Behaviour(act=to(b"http://127.0.0.1:65536/"), **refused)
    yield "location-other-address", Behaviour(act=to(b"http://127.0.0.2:{port}/end"), **refused)
    yield "location-mapped", Behaviour(act=to(b"http://[::ffff:127.0.0.1]:{port}/end"), **refused)
    yield "location-zone", Behaviour(act=to(b"http://[fe80::1%25lo]/"), **refused)
    yield "location-broken-ipv6", Behaviour(act=to(b"http://[::1"), **refused)
    yield "location-200-kb", Behaviour(act=to(b"/" + b"a" * 200_000), **refused)
    yield (
        "location-1-mb",
        Behaviour(
            act=to(b"/" + b"a" * (1 << 20)),
            state="unreachable",
            reason="http.invalid",
            truncated="unspecified",
            stopped=True,
        ),
    )
    yield (
        "location-twice",
        Behaviour(act=says(_moved(302, b"/x\r\nLocation: http://127.0.0.2/")), **loop),
    )
    for status in (300, 304, 305, 306):
        yield (
            f"no-redirect-{status}",
            Behaviour(act=to(b"/end", status), state="unreachable", reason=f"http.{status}"),
        )
    yield (
        "created-with-location",
        Behaviour(act=to(b"http://127.0.0.2/", 201), state="captured", reason="http.201"),
    )
    yield (
        "redirect-body-endless",
        Behaviour(
            act=_then(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n", _pours(b"a" * 65536)),
            **loop,
            truncated="length",
            stopped=True,
        ),
    )


def _codings() -> Iterator[tuple[str, Behaviour]]:
    def coded(coding: str, octets: bytes) -> Behaviour:
        return _plain(http(octets, extra=f"Content-Encoding: {coding}\r\n"))

    squeezed = gzip.compress(_PAGE * 100)
    bomb = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bomb.compress(b"\0" * (200 << 20)) + bomb.flush()
    yield "gzip-broken", coded("gzip", b"not gzip at all")
    yield "gzip-cut", coded("gzip", squeezed[:-12])
    yield "gzip-checksum", coded("gzip", squeezed[:-8] + b"\0" * 8)
    yield "gzip-trailing-member", coded("gzip", squeezed + squeezed)
    yield "gzip-trailing-garbage", coded("gzip", squeezed + b"garbage")
    yield "gzip-1000-members", coded("gzip", gzip.compress(b"a") * 1000)
    yield "gzip-bomb", coded("gzip", zeros)
    yield "gzip-twice-bomb", coded("gzip, gzip", gzip.compress(zeros))
    yield "gzip-empty", coded("gzip", b"")
    yield "deflate-raw", coded("deflate", zlib.compress(_PAGE)[2:-4])
    yield "brotli", coded("br", bytes.fromhex("0b028048656c6c6f03"))
    yield "zstd", coded("zstd", bytes.fromhex("28b52ffd2005290000") + b"Hello")
    yield "zstd-bomb", coded("zstd", bytes.fromhex("28b52ffda0ffffff7f") + b"\0" * 64)
    yield "codings-100", coded(", ".join(["gzip"] * 100), squeezed)
    yield "coding-unknown", coded("\x1b[1m", _PAGE)


def _early() -> Iterator[tuple[str, Behaviour]]:
    """The answer comes before the request was read, or without it ever being read."""

    def before(end: Callable[[Peer], None], octets: bytes = http(_PAGE)) -> Act:
        def act(peer: Peer) -> None:
            peer.send(octets)
            end(peer)

        return act

    def shut(peer: Peer) -> None:
        peer.socket.shutdown(socket.SHUT_WR)
        _silent(peer)

    fine = {"state": "captured", "reason": "http.200"}
    yield "answers-first", Behaviour(act=before(lambda peer: peer.read_request() and None), **fine)
    yield "answers-first-and-waits", Behaviour(act=before(_silent), **fine)
    yield "answers-first-half-closed", Behaviour(act=before(shut), **fine)
    yield (
        "answers-first-408",
        Behaviour(
            act=before(shut, http("", "408 Request Timeout")),
            state="unreachable",
            reason="http.408",
        ),
    )
    yield "half-closed", Behaviour(act=_then(http(_PAGE), shut), **fine)
    yield "keeps-the-line-open", Behaviour(act=_then(http(_PAGE), _silent), **fine)
    yield "resets-after-the-end", Behaviour(act=_then(http(_PAGE), _reset), **fine)
    yield (
        "octet-by-octet",
        Behaviour(act=says(*(bytes([one]) for one in http("<p>a")), pause=0.002), **fine),
    )


def _unended() -> Iterator[tuple[str, Behaviour]]:
    """Markup and styles whose parts never end: reading them must not take the square of it."""
    many = 30_000
    for name, body in {
        "comments": "<!--" * many,
        "tags": "<a" * many,
        "attributes": "<a b='" * many,
        "end-tags": "</a" * many,
        "instructions": "<?" * many,
        "sections": "<![CDATA[" * many,
        "declarations": "<!doctype " * many,
        "text-areas": "<textarea>" + "</" * many,
        "entities": "&" * 10 * many,
    }.items():
        yield f"unended-{name}", _plain(http(body))
    for name, body in {
        "comments": "/*" * many,
        "imports": "@import " * many,
        "url": "url(" + " " * 2 * many,
        "urls": "url( " * many,
    }.items():
        yield f"unended-style-{name}", _plain(http(body, media_type="text/css"))


_WARC = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    b"WARC-Target-URI: http://forged.example/\r\nContent-Length: 4\r\n\r\nfake\r\n\r\n"
)


def _contents() -> Iterator[tuple[str, Behaviour]]:
    def page(body: str | bytes, media_type: str = "text/html; charset=utf-8") -> Behaviour:
        return _plain(http(body, media_type=media_type))

    yield (
        "title-escape",
        page("<title>\x1b[2J\x1b]0;x\x07 ::error::boo ${{ secrets.T }}</title><p>a"),
    )
    yield "title-newlines", page("<title>a\n::set-output name=x::y\r\n\u202eb\u2028c</title><p>a")
    yield "title-1-mb", page("<title>" + "a" * 900_000 + "</title><p>a")
    yield "warc-in-body", page(_WARC * 3, "application/warc")
    yield "warc-after-the-end", _plain(http(_PAGE) + b"\r\n\r\n" + _WARC)
    yield "zip-in-body", page(b"PK\5\6" + b"\0" * 18 + b"PK\3\4", "application/zip")
    yield "utf-7", page(b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "text/html; charset=utf-7")
    yield "utf-16-odd", page(b"\xff\xfe<\0p\0>\0a", "text/html; charset=utf-16")
    yield "surrogates", page(b"<p>\xed\xa0\x80\xf4\x90\x80\x80 &#xD800; &#x110000; &#0;</p>")
    yield "nul-page", page(b"\0" * 100_000)
    yield "empty-page", page(b"")
    yield "deep-markup", page("<div>" * 100_000)
    yield "attributes-100000", page("<p " + "a=b " * 100_000 + ">x")
    yield "base-elsewhere", page("<base href='http://127.0.0.2/'><img src=a><p>a")
    yield "names-many", page("".join(f"<img src='http://127.0.0.2/{n}'>" for n in range(3000)))
    yield (
        "names-odd",
        page(
            "<img src='http://[::1'><img src='file:///etc/passwd'><img src='http://a:b@127.0.0.1/'>"
            "<img src='http://127.1/'><img src='//'><img src='http://127.0.0.1:99999/'>"
            "<img srcset=', , ,,'><link rel=stylesheet href='\x00'><p>a"
        ),
    )
    yield "meta-refresh", page("<meta http-equiv=refresh content='0;url=http://10.0.0.1/'><p>a")


def _tls() -> Iterator[tuple[str, Behaviour]]:
    def secure(act: Act, reason: str) -> Behaviour:
        return Behaviour(act=act, state="unreachable", reason=reason, scheme="https")

    def after_hello(octets: bytes, end: Callable[[Peer], None] = lambda _: None) -> Act:
        def act(peer: Peer) -> None:
            peer.socket.recv(65536)
            peer.send(octets)
            end(peer)

        return act

    alert = bytes.fromhex("15030300020228")
    yield "tls-close", secure(after_hello(b""), "tls.failed")
    yield "tls-reset", secure(after_hello(b"", _reset), "tcp.reset")
    yield "tls-silent", secure(after_hello(b"", _silent), "tls.timeout")
    yield "tls-plain-http", secure(after_hello(http(_PAGE)), "tls.failed")
    yield "tls-garbage", secure(after_hello(b"\xff" * 4096), "tls.failed")
    yield "tls-alert", secure(after_hello(alert), "tls.failed")
    yield "tls-alert-cut", secure(after_hello(alert[:-1]), "tls.failed")
    yield "tls-unrecognized-name", secure(after_hello(alert[:-1] + b"\x70"), "tls.failed")
    yield (
        "tls-huge-record",
        secure(after_hello(b"\x16\x03\x03\xff\xff" + b"a" * 65535), "tls.failed"),
    )
    yield "tls-drips", secure(after_hello(b"\x16\x03\x03\x40\x00", _drips(b"\2")), "tls.timeout")
    yield (
        "tls-warnings",
        secure(after_hello(b"", _pours(bytes.fromhex("1503030002015a"))), "tls.failed"),
    )


GROUPS: dict[str, Callable[[], Iterator[tuple[str, Behaviour]]]] = {
    "silence": _silence,
    "slow": _slow,
    "endless": _endless,
    "framing": _framing,
    "heads": _heads,
    "statuses": _statuses,
    "redirects": _redirects,
    "codings": _codings,
    "early": _early,
    "contents": _contents,
    "unended": _unended,
    "tls": _tls,
}

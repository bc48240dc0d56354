"""Whatever a server or a name server does: the package of an honest capture is accepted.

A rule of verify that an honest capture can break is worse than a hole. Here stand the servers
that broke one, or came close.
"""

from __future__ import annotations

import errno
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dns.message
import dns.rcode
import pytest
import trustme

from archiver.capture.connection import Connection, dial, handshake
from archiver.capture.deadline import Deadline
from archiver.capture.names import server
from archiver.capture.observe import Settings
from archiver.capture.tls import Seen
from archiver.capture.transport import trust
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from tests.dnsserver import NameServer, Rule, code
from tests.site import Site, http
from tests.tlssite import TlsSite, server_context
from tests.verify.scenes import CERTIFICATE


def taken(folder: Path, url: str, control: str, **more: object) -> Captured:
    settings = Settings(
        seconds=10,
        attempts=1,
        probe=False,
        controls=(control,),
        allow_private_addresses=True,
        **more,  # type: ignore[arg-type]
    )
    return capture(Order(source=url, archives=folder, settings=settings))


def accepted(done: Captured) -> bool:
    report = verify(done.package)
    assert report.verdict == "verified", [one for one in report.checks if one.problems]
    return True


# Redirects

PLAIN = http("here")
LOCATIONS = {
    "too-long-to-be-told": "./" * 5000 + "y",
    "as-long-as-told": "./" * 4095 + "yy",
    "just-shorter": "./" * 4095 + "y",
    "too-long-when-encoded": "/" + "\xc3\xa9" * 1500,
    "long-fragment": "/y#" + "a" * 8000,
    "longer-fragment": "/y#" + "a" * 9000,
    "long-query": "/y?" + "%zz" * 2600,
    "control-in-front": "\x01/y",
    "escape-in-front": "\x1bhttp://127.0.0.1:1/",
    "tab-inside": "/\ty",
    "return-inside": "/y\rz",
    "delete": "/y\x7f",
    "no-break-space": "/y\xa0",
    "next-line": "/y\x85",
    "blank-inside": "/a b",
    "quotes": '/y"<z>',
    "backslash": "\\\\127.0.0.1\\y",
    "not-utf-8": "/\xe9",
    "utf-8": "/\xc3\xa9",
    "half-escape": "/%e",
    "escape-of-an-escape": "/%25%32%35y",
    "empty": "",
    "only-a-fragment": "#y",
    "only-a-query": "?y",
    "no-slashes": "http:/y",
    "slashes": "////y",
    "dots": "/../../y/./.",
    "semicolon": "/y;",
    "brackets": "http://[::1/",
    "odd-brackets": "http://[abc]/",
    "user": "http://a:b@127.0.0.1/",
    "port": "http://127.0.0.1:99999/",
    "port-0": "http://127.0.0.1:0/",
    "port-none": "http://127.0.0.1:/y",
    "number": "http://2130706433/",
    "no-host": "http:///y",
    "wide": "http://\xef\xbd\x85xample.example/",
    "script": "javascript:alert(1)",
    "words": "the page has moved",
    "underscore": "http://a_b.invalid/",
    "hyphens": "http://-a-.invalid/",
    "last-dot": "http://a.invalid./",
}


@pytest.mark.parametrize("name", LOCATIONS)
def test_a_redirect_of_any_form(tmp_path: Path, name: str) -> None:
    octets = http("", "302 Found", extra=f"Location: {LOCATIONS[name]}\r\n")
    with Site({"/x": octets, "/y": PLAIN, "/": PLAIN}) as site:
        done = taken(tmp_path, f"http://localhost:{site.port}/x", site.url("/"))
    assert accepted(done)
    first = done.observation.exchanges[0].response
    assert first is not None
    assert first.location == LOCATIONS[name].strip(" ")[:8192]


# Cookies

COOKIES = {
    "quotes-in-quotes": [r'a="\\""', r'b="\"', r'c="x\"y\"z"', r'd="\\\"\"""'],
    "no-value": ["a", "b=", "=c", " = ", "", ";", "d;", "e==f"],
    "blanks": ["a b = c d ", "  e=f", "g=\th"],
    "commas": ["a=b, c=d", "e=f,g=h; Path=/"],
    "dollars": ["$a=b", "a=b; Version=1", "c=d; $Path=/", "$Version=1"],
    "attributes": [
        "a=b; Expires=Thu, 99-Jan-9999 99:99:99 GMT",
        "c=d; Max-Age=x; Domain=.",
        "e=f; HttpOnly",
    ],
    "not-ascii": ["a=\xe9", "b=\x85c", "d=e"],
    "twice": ["a=b", "a=c", "A=d"],
    "one-that-is-long": ["a=" + "b" * 100_000],
    "many": [f"a{number}={'b' * 50}" for number in range(3000)],
}


@pytest.mark.parametrize("name", COOKIES)
def test_cookies_of_any_form(tmp_path: Path, name: str) -> None:
    lines = "".join(f"Set-Cookie: {one}\r\n" for one in COOKIES[name])
    pages = {
        f"/{number}": http("", "302 Found", extra=f"Location: /{number + 1}\r\n{lines}")
        for number in range(3)
    }
    with Site({**pages, "/3": PLAIN, "/": PLAIN}) as site:
        done = taken(tmp_path, site.url("/0"), site.url("/"))
    assert accepted(done)
    assert len(done.observation.of_source()) == 4
    assert max(map(len, site.requests)) < 70_000


# TLS


def vector(width: int, octets: bytes) -> bytes:
    return len(octets).to_bytes(width, "big") + octets


def record(octets: bytes) -> bytes:
    return b"".join(
        b"\x16\x03\x03" + vector(2, octets[at : at + 16384]) for at in range(0, len(octets), 16384)
    )


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + vector(3, body)


def extension(kind: int, body: bytes) -> bytes:
    return struct.pack(">H", kind) + vector(2, body)


RENEGOTIATION = extension(0xFF01, b"\0")


def hello(*extensions: bytes, cipher: int = 0xC02B, version: int = 0x0303) -> bytes:
    """A ServerHello of TLS 1.2, as far as it is let be."""
    body = struct.pack(">H", version) + b"r" * 32 + b"\0" + struct.pack(">HB", cipher, 0)
    return message(2, body + vector(2, RENEGOTIATION + b"".join(extensions)))


def certificates(*found: bytes) -> bytes:
    return message(11, vector(3, b"".join(vector(3, one) for one in found)))


def ber(der: bytes) -> bytes:
    """The certificate with a longer spelling of its length, which is no DER."""
    assert der[:2] == b"\x30\x82"
    return b"\x30\x83\x00" + der[2:]


# As short as OpenSSL still takes for one: its names, dates, key and signature are empty.
SMALL = bytes.fromhex(
    "3026 301c 020101 3003 06012a 3000 3004 1700 1700 3000 3008 3003 06012a 030100"
    "3003 06012a 030100"
)

HANDSHAKES: dict[str, bytes] = {
    "certificate-in-ber": hello() + certificates(ber(CERTIFICATE)),
    "certificates-in-ber": hello() + certificates(CERTIFICATE, ber(CERTIFICATE)),
    "certificate-many": hello() + certificates(CERTIFICATE, *[SMALL] * 2000),
    "certificate-empty": hello() + certificates(),
    "certificate-garbage": hello() + certificates(b"hello"),
    "certificate-longer": hello() + certificates(CERTIFICATE + b"x"),
    "certificate-compressed": hello() + message(25, b"\0\1" + vector(3, b"x")),
    "protocol-no-text": hello(extension(16, vector(2, vector(1, b"\xff\xfe")))),
    "protocol-no-text-and-certificate": hello(extension(16, vector(2, vector(1, b"\xff\xfe"))))
    + certificates(CERTIFICATE),
    "protocol-not-offered": hello(extension(16, vector(2, vector(1, b"h2"))))
    + certificates(CERTIFICATE),
    "protocols-two": hello(extension(16, vector(2, vector(1, b"h2") * 2))),
    "protocol-empty": hello(extension(16, b"")),
    "hello-garbage": message(2, b"hello"),
    "hello-empty": message(2, b""),
    "hello-twice": hello() * 2,
    "hello-of-another-version": hello(version=0x0305),
    "hello-of-version-3": hello(version=0x0300),
    "hello-chosen-version": hello(extension(43, b"\x7f\x1c")),
    "hello-version-garbage": hello(extension(43, b"\x03")),
    "hello-other-cipher": hello(cipher=0x1301),
    "hello-cipher-not-offered": hello(cipher=0x0001),
    "hello-longer": message(2, hello()[4:] + b"x"),
    "hello-extension-twice": hello(RENEGOTIATION),
    "hello-request": message(0, b""),
    "ticket-first": message(4, b"\0" * 6),
    "message-unknown": message(99, b"x" * 300),
    "message-cut": hello()[:-3],
    "message-of-1-mb": message(2, b"x" * 1_100_000),
}


@contextmanager
def answering(octets: bytes) -> Iterator[int]:
    """A port that answers a first flight with these octets and ends."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection, suppress(OSError):
                    connection.settimeout(5)
                    connection.recv(65536)
                    connection.sendall(octets)
                    connection.recv(65536)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


@pytest.mark.parametrize("name", HANDSHAKES)
def test_a_handshake_of_any_form(tmp_path: Path, name: str) -> None:
    with answering(record(HANDSHAKES[name])) as port, Site({"/": PLAIN}) as control:
        done = taken(tmp_path, f"https://localhost:{port}/", control.url("/"))
    assert accepted(done)
    assert done.outcome.state == "unreachable"
    tls = [one.tls for one in done.observation.of_source()]
    assert all(tls)
    if name == "certificates-in-ber":
        assert all(one is not None and len(one.chain) == 2 for one in tls)
        assert all(one is not None and one.handshake is None for one in tls)
    if name == "certificate-many":
        assert all(one is not None and len(one.chain) == 2001 for one in tls)


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_right_handshake_is_kept(tmp_path: Path, newest: ssl.TLSVersion) -> None:
    ca = trustme.CA()
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ca.cert_pem.bytes())
    context = server_context(ca.issue_cert("localhost"))
    context.maximum_version = newest
    with TlsSite(context, {"/x": PLAIN, "/": PLAIN}) as site:
        done = taken(tmp_path / "kept", site.url("/x"), site.url("/"), ca_file=roots)
    assert accepted(done)
    tls = done.observation.exchanges[0].tls
    assert tls is not None
    assert tls.handshake is not None


def reset_before_a_handshake(sent: bytes) -> socket.socket:
    """A connected socket whose other end is gone already."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        plain = socket.create_connection(listening.getsockname())
        there, _ = listening.accept()
        there.sendall(sent)
        there.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        there.close()
    return plain


@pytest.mark.parametrize("sent", [b"", b"hello"])
def test_a_server_that_is_gone_before_the_handshake(sent: bytes) -> None:
    plain = reset_before_a_handshake(sent)
    made = Connection()
    handshake(made, plain, "localhost", trust(None).strict, Deadline(5))
    assert made.fault is not None
    assert (made.phase, made.fault.type) == ("tls", "tcp.reset")
    assert made.tls is not None
    assert made.tls.chain == ()
    assert made.socket is None


def test_alerts_without_an_end() -> None:
    """A server can send one between any two octets of a body."""
    seen = Seen()
    for _ in range(1000):
        seen.take("read", 21, 0, b"\1\0")
    assert seen.alerts == ["received warning 0"] * 100


# Addresses


class WithoutIPv6(socket.socket):
    """As the sockets of a machine whose kernel has no IPv6."""

    def __init__(self, family: int, kind: int) -> None:
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, "not here")
        super().__init__(family, kind)


def test_an_address_of_a_family_that_this_machine_has_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setattr(socket, "socket", WithoutIPv6)
        made = Connection(phase="tcp")
        port = listening.getsockname()[1]
        dial(made, ("2001:db8::1", "127.0.0.1"), port, Deadline(5))
    assert [one.result for one in made.addresses] == ["tcp.unreachable", "connected"]
    assert made.fault is None
    made.close()


# Name servers


def questions_twice(query: dns.message.Message) -> dns.message.Message:
    answer = dns.message.make_response(query)
    answer.question.append(query.question[0])
    return answer


def no_question(rcode: dns.rcode.Rcode) -> Rule:
    def rule(query: dns.message.Message) -> dns.message.Message:
        answer = code(rcode)(query)
        assert answer is not None
        answer.question.clear()
        return answer

    return rule


RULES: dict[str, Rule] = {
    "question-twice": questions_twice,
    "no-question-refused": no_question(dns.rcode.REFUSED),
    "no-question-failed": no_question(dns.rcode.SERVFAIL),
    "no-question-no-form": no_question(dns.rcode.FORMERR),
    "no-question-no-name": no_question(dns.rcode.NXDOMAIN),
    "bad-version": code(dns.rcode.BADVERS),
}


@pytest.mark.parametrize("name", RULES)
def test_an_answer_of_any_form(tmp_path: Path, name: str) -> None:
    with Site({"/": PLAIN}) as control, NameServer({"news.example": RULES[name]}) as names:
        resolvers = (server(str(names)),)
        done = taken(tmp_path, "http://news.example/", control.url("/"), resolvers=resolvers)
    assert accepted(done)
    assert done.outcome.state in ("unreachable", "inconclusive")

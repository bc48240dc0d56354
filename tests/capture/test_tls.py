"""Certificates are evidence: the presented chain is kept, right or wrong, and named."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

from archiver.capture.observe import Settings
from archiver.digest import Digest
from archiver.observation import CERTIFICATE_FAULTS
from archiver.package.reading import open_package, primary_of
from archiver.pem import from_pem
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import show, verify
from archiver.warc import blocks
from tests.samples import PAGE, seed_text
from tests.site import Site, http
from tests.tlssite import TlsSite, contexts, server_context


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def control() -> Iterator[Site]:
    with Site({"/": http("up")}) as running:
        yield running


def taken(tmp_path: Path, ca: trustme.CA, source: str, *controls: str) -> Captured:
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ca.cert_pem.bytes())
    settings = Settings(
        seconds=15,
        attempts=1,
        controls=controls,
        allow_private_addresses=True,
        ca_file=roots,
    )
    return capture(Order(source=source, archives=tmp_path / "archives", settings=settings))


def octets(done: Captured, identity: str | None) -> bytes:
    assert identity is not None
    with done.package.open("rb") as file:
        primary = primary_of(open_package(file))
        (record,) = [one for one in primary.records if one.id == identity]
        return b"".join(blocks(primary.archive, record))


def presented(site: TlsSite) -> list[bytes]:
    """The chain as `openssl s_client -showcerts` gets it."""
    done = subprocess.run(
        [
            *("openssl", "s_client", "-showcerts", "-connect", f"localhost:{site.port}"),
            *("-min_protocol", "TLSv1", "-cipher", "DEFAULT:@SECLEVEL=0"),
        ],
        input=b"",
        capture_output=True,
        check=False,
    )
    begin, end = b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----"
    pieces = done.stdout.split(begin)[1:]
    return [
        ssl.PEM_cert_to_DER_cert((begin + piece.partition(end)[0] + end).decode())
        for piece in pieces
    ]


def test_a_right_certificate(tmp_path: Path, ca: trustme.CA, control: Site) -> None:
    with TlsSite(server_context(ca.issue_cert("localhost")), {"/x": http(PAGE)}) as site:
        done = taken(tmp_path, ca, site.url("/x"), control.url("/"))
        chain = presented(site)
    assert (done.outcome.state, done.outcome.reason) == ("captured", "http.200")
    exchange, probe = done.observation.exchanges
    assert (probe.role, probe.response and probe.response.status) == ("probe", 404)
    tls = exchange.tls
    assert tls is not None
    assert tls.verified
    assert tls.version == "TLSv1.3"
    assert tls.alpn in (None, "http/1.1")
    assert tls.server_name == "localhost"
    kept = from_pem(octets(done, tls.certificates))
    assert kept is not None
    assert list(kept) == chain
    assert tls.chain == tuple(Digest.of(one) for one in chain)
    messages = octets(done, tls.handshake)
    kinds = []
    while messages:
        kinds.append(messages[0])
        messages = messages[4 + int.from_bytes(messages[1:4]) :]
    # ClientHello, ServerHello, EncryptedExtensions, Certificate, CertificateVerify.
    assert kinds == [1, 2, 8, 11, 15]
    assert verify(done.package).verdict == "untrusted"


@pytest.mark.parametrize("reason", CERTIFICATE_FAULTS)
def test_a_wrong_certificate_is_kept_and_the_page_fetched_without_trust(
    tmp_path: Path, ca: trustme.CA, control: Site, reason: str
) -> None:
    context = contexts(ca, tmp_path)[reason]()
    with TlsSite(context, {"/x": http(PAGE)}) as site:
        seed = tmp_path / "seed.txt"
        seed.write_text(seed_text(site.url("/x")))
        done = taken(tmp_path, ca, str(seed), control.url("/"))
        chain = presented(site)
    assert (done.outcome.state, done.outcome.reason) == ("captured", reason)
    assert done.comparison.result == "contained"
    strict, trusting, *probes, asked = done.observation.exchanges
    assert [one.role for one in probes] == ["probe", "probe"]
    assert [one.fault and one.fault.type for one in probes] == [reason, None]
    assert strict.fault is not None
    assert strict.fault.type == reason
    assert strict.response is None
    assert asked.role == "control"
    assert trusting.response is not None
    assert strict.tls is not None
    assert trusting.tls is not None
    assert not strict.tls.verified
    assert not trusting.tls.verified
    assert chain
    assert list(from_pem(octets(done, trusting.tls.certificates)) or ()) == chain
    if reason == "tls.old_version":  # it says so before it shows anything
        assert trusting.tls.version == "TLSv1"
        assert strict.tls.alerts == ("received fatal 70",)
    else:
        assert list(from_pem(octets(done, strict.tls.certificates)) or ()) == chain
        assert any(alert.startswith("sent fatal") for alert in strict.tls.alerts)
    assert verify(done.package).verdict == "untrusted"
    assert show(done.package).outcome["reason"] == reason


def test_an_absence_is_not_believed_of_a_server_that_does_not_prove_itself(
    tmp_path: Path, ca: trustme.CA, control: Site
) -> None:
    with TlsSite(contexts(ca, tmp_path)["tls.expired"]()) as site:
        done = taken(tmp_path, ca, site.url("/gone"), control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("inconclusive", "tls.expired")


def test_controls_that_fail_alike_mean_that_somebody_sits_in_between(
    tmp_path: Path, ca: trustme.CA
) -> None:
    stranger = trustme.CA()
    with (
        TlsSite(server_context(stranger.issue_cert("localhost")), {"/": http("log in")}) as one,
        TlsSite(server_context(stranger.issue_cert("localhost")), {"/": http("log in")}) as two,
    ):
        done = taken(tmp_path, ca, one.url("/"), two.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("inconclusive", "local.intercepted")
    assert verify(done.package).verdict == "untrusted"


def test_plain_http_on_the_tls_port(tmp_path: Path, ca: trustme.CA, control: Site) -> None:
    with Site({"/x": http(PAGE)}) as site:
        source = f"https://localhost:{site.port}/x"
        done = taken(tmp_path, ca, source, control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("unreachable", "tls.failed")
    assert verify(done.package).verdict == "untrusted"


def message(done: Captured) -> str:
    fault = done.observation.exchanges[0].fault
    assert fault is not None
    return fault.message


@pytest.mark.parametrize(
    ("answer", "reason", "said"),
    [
        ("15030300020228", "tls.failed", "the server broke the TLS handshake off (alert 40)"),
        ("15030300020270", "tls.failed", "the server broke the TLS handshake off (alert 112)"),
        ("15030100020246", "tls.old_version", "the server speaks no TLS of 1.2 or newer"),
        ("", "tls.failed", "the connection was closed in the TLS handshake"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".hex(), "tls.failed", "what answered is not TLS"),
        ("00" * 99, "tls.failed", "what answered is not TLS"),
    ],
)
def test_handshakes_that_end_early(
    tmp_path: Path, ca: trustme.CA, control: Site, answer: str, reason: str, said: str
) -> None:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(4096)
                    connection.sendall(bytes.fromhex(answer))

    threading.Thread(target=serve, daemon=True).start()
    source = f"https://localhost:{listening.getsockname()[1]}/"
    done = taken(tmp_path, ca, source, control.url("/"))
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    assert (done.outcome.state, done.outcome.reason) == ("unreachable", reason)
    assert message(done) == said
    assert verify(done.package).verdict == "untrusted"


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_client_certificate_that_is_missed(
    tmp_path: Path, ca: trustme.CA, control: Site, newest: ssl.TLSVersion
) -> None:
    context = server_context(ca.issue_cert("localhost"))
    context.maximum_version = newest
    context.verify_mode = ssl.CERT_REQUIRED
    ca.configure_trust(context)
    with TlsSite(context, {"/x": http(PAGE)}) as site:
        done = taken(tmp_path, ca, site.url("/x"), control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("unreachable", "tls.failed")
    assert message(done) == "the server asked for a client certificate, and broke off without one"
    assert verify(done.package).verdict == "untrusted"


def test_a_stream_that_is_cut_is_not_complete(
    tmp_path: Path, ca: trustme.CA, control: Site
) -> None:
    def cut(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>half")
        # No close_notify: the connection below TLS just ends.
        with socket.socket(fileno=connection.detach()) as plain:
            plain.shutdown(socket.SHUT_RDWR)

    with TlsSite(server_context(ca.issue_cert("localhost")), {"/x": cut}) as site:
        done = taken(tmp_path, ca, site.url("/x"), control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("captured", "http.truncated")
    assert verify(done.package).verdict == "untrusted"

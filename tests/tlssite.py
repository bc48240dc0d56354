"""A site behind TLS, with certificates that are right or wrong in one way each."""

from __future__ import annotations

import datetime
import socket
import ssl
import warnings
from collections.abc import Callable
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.site import Behaviour, Site

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


class TlsSite(Site):
    """Like `Site`, over TLS. `context` decides what the peer gets to see."""

    def __init__(self, context: ssl.SSLContext, pages: dict[str, Behaviour] | None = None) -> None:
        super().__init__(pages)
        self.context = context

    def url(self, path: str = "/", host: str = "localhost") -> str:
        return f"https://{host}:{self.port}{path}"

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        try:
            secure = self.context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            return
        super()._answer(secure)
        try:
            secure.unwrap()
        except (OSError, ValueError):
            secure.close()


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def self_signed(folder: Path) -> ssl.SSLContext:
    """A certificate that only vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "self-signed.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def too_old(context: ssl.SSLContext) -> ssl.SSLContext:
    """TLS 1.0 and nothing else."""
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return context


def contexts(ca: trustme.CA, folder: Path) -> dict[str, Callable[[], ssl.SSLContext]]:
    """Server contexts by what is wrong with them; `ca` is the root that the tests trust."""
    return {
        "right": lambda: server_context(ca.issue_cert("localhost")),
        "tls.expired": lambda: server_context(
            ca.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY)
        ),
        "tls.not_yet_valid": lambda: server_context(
            ca.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 9 * DAY)
        ),
        "tls.wrong_host": lambda: server_context(ca.issue_cert("elsewhere.example")),
        "tls.untrusted": lambda: server_context(trustme.CA().issue_cert("localhost")),
        "tls.self_signed": lambda: self_signed(folder),
        "tls.old_version": lambda: too_old(server_context(ca.issue_cert("localhost"))),
    }

"""A server's half of TLS 1.3 on paper: the messages up to CertificateVerify, with a real
signature. The key is fixed and Ed25519 needs no randomness, so they are always the same."""

from __future__ import annotations

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"a key of the tests").digest())
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"another one").digest())
ED25519 = 0x0807
CIPHER, SUITE, HASH = "TLS_AES_256_GCM_SHA384", 0x1302, "sha384"
RETRY = hashlib.sha256(b"HelloRetryRequest").digest()


def certificate(host: str, key: Ed25519PrivateKey = KEY) -> bytes:
    """A certificate (DER) for a host, by itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        .not_valid_after(datetime.datetime(2126, 1, 1, tzinfo=datetime.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, None)
        .public_bytes(serialization.Encoding.DER)
    )


def vector(octets: bytes, size: int) -> bytes:
    return len(octets).to_bytes(size, "big") + octets


def extension(number: int, octets: bytes) -> bytes:
    return number.to_bytes(2, "big") + vector(octets, 2)


def message(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + vector(body, 3)


def client_hello(host: str | None, random: bytes, more: bytes = b"") -> bytes:
    named = b"" if host is None else extension(0, vector(b"\0" + vector(host.encode(), 2), 2))
    suites = vector(SUITE.to_bytes(2, "big"), 2)
    versions = extension(43, vector(b"\x03\x04", 1))
    body = b"\x03\x03" + random + vector(b"", 1) + suites + vector(b"\0", 1)
    return message(1, body + vector(named + versions + more, 2))


def server_hello(random: bytes, suite: int = SUITE, version: bytes = b"\x03\x04") -> bytes:
    body = b"\x03\x03" + random + vector(b"", 1) + suite.to_bytes(2, "big") + b"\0"
    return message(2, body + vector(extension(43, version), 2))


def encrypted_extensions(alpn: str | None = None) -> bytes:
    chosen = b"" if alpn is None else extension(16, vector(vector(alpn.encode(), 1), 2))
    return message(8, vector(chosen, 2))


def certificate_message(chain: tuple[bytes, ...], context: bytes = b"") -> bytes:
    entries = b"".join(vector(one, 3) + vector(b"", 2) for one in chain)
    return message(11, vector(context, 1) + vector(entries, 3))


def signature(before: list[bytes], key: Ed25519PrivateKey = KEY, scheme: int = ED25519) -> bytes:
    """The CertificateVerify for these messages."""
    first, rest = before[:1], before[1:]
    if rest[1][0] == 1:
        digest = hashlib.new(HASH, first[0]).digest()
        first = [b"\xfe\0\0" + bytes([len(digest)]) + digest]
    signed = b" " * 64 + b"TLS 1.3, server CertificateVerify\0"
    signed += hashlib.new(HASH, b"".join(first + rest)).digest()
    return message(15, scheme.to_bytes(2, "big") + vector(key.sign(signed), 2))


def pieces(host: str | None, chain: tuple[bytes, ...], seed: str) -> list[bytes]:
    """The messages before the signature. `seed` stands for both sides' randomness."""
    random = hashlib.sha256(f"the client's {seed}".encode()).digest()
    return [
        client_hello(host, random),
        server_hello(hashlib.sha256(f"the server's {seed}".encode()).digest()),
        encrypted_extensions(),
        certificate_message(chain),
    ]


def handshake(host: str | None, chain: tuple[bytes, ...], seed: str) -> bytes:
    """All messages of a handshake with a server of this name, whose key is ours."""
    before = pieces(host, chain, seed)
    return b"".join([*before, signature(before)])

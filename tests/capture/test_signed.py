"""Servers sign their handshakes: recorded by real captures, checked by `archiver verify`."""

from __future__ import annotations

import re
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.capture.observe import Settings
from archiver.capture.transport import trust
from archiver.digest import Digest
from archiver.observation import Tls
from archiver.package.reading import open_package, primary_of
from archiver.pem import from_pem, to_pem
from archiver.signedtls import misfits
from archiver.tls13 import read
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from archiver.warc import blocks
from tests.samples import PAGE
from tests.site import Site, http
from tests.tlssite import TlsSite
from tests.verify.forge import opened, recorded, sealed
from tests.verify.scenes import verdict

KEYS = {
    "rsa_pss_rsae_sha256": ["rsa:2048"],
    "rsa_pss_pss_sha256": ["rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"],
    "ecdsa_secp256r1_sha256": ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
    "ecdsa_secp384r1_sha384": ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
    "ecdsa_secp521r1_sha512": ["ec", "-pkeyopt", "ec_paramgen_curve:P-521"],
    "ed25519": ["ed25519"],
    "ed448": ["ed448"],
}
P256 = "ecdsa_secp256r1_sha256"
SAID = "the certificate's key signed the handshake of"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file with key and certificate for each kind of key; each certificate is its own root."""
    folder = tmp_path_factory.mktemp("keys")
    made = {}
    for name, kind in KEYS.items():
        key, pem, made[name] = (folder / f"{name}.{end}" for end in ("key", "pem", "both"))
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-nodes", "-days", "9", "-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
                *("-newkey", *kind, "-keyout", key, "-out", pem),
            ],
            check=True,
            capture_output=True,
        )
        made[name].write_bytes(key.read_bytes() + pem.read_bytes())
    return made


def context(file: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(file)
    return made


def taken(tmp_path: Path, source: str, roots: Path, *controls: str) -> Captured:
    settings = Settings(
        seconds=15,
        attempts=1,
        controls=controls,
        allow_private_addresses=True,
        ca_file=roots,
        probe=False,
    )
    return capture(Order(source=source, archives=tmp_path / "archives", settings=settings))


def captured(
    tmp_path: Path, server: ssl.SSLContext, roots: Path, host: str = "localhost"
) -> Captured:
    with TlsSite(server, {"/x": http(PAGE)}) as site, Site({"/": http("up")}) as control:
        done = taken(tmp_path, site.url("/x", host), roots, control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("captured", "http.200")
    return done


def shown(done: Captured) -> Tls:
    tls = done.observation.exchanges[0].tls
    assert tls is not None
    return tls


def block(done: Captured, identity: str | None) -> bytes:
    with done.package.open("rb") as file:
        primary = primary_of(open_package(file))
        (record,) = [one for one in primary.records if one.id == identity]
        return b"".join(blocks(primary.archive, record))


def messages(done: Captured) -> list[int]:
    octets, found = block(done, shown(done).handshake), []
    while octets:
        found.append(octets[0])
        octets = octets[4 + int.from_bytes(octets[1:4], "big") :]
    return found


def listed(done: Captured) -> str | None:
    report = verify(done.package)
    assert report.verdict == "verified", report
    return next((one.proves for one in report.checks if one.name == "handshakes"), None)


@pytest.mark.parametrize("name", KEYS)
def test_every_kind_of_key(tmp_path: Path, keys: dict[str, Path], name: str) -> None:
    done = captured(tmp_path, context(keys[name]), keys[name])
    tls = shown(done)
    assert tls.verified
    assert tls.signature == name
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"

    # One octet changed, anywhere in the messages or in the certificate: no signature.
    octets = block(done, tls.handshake)
    for place in range(len(octets)):
        changed = octets[:place] + bytes([octets[place] ^ 1]) + octets[place + 1 :]
        assert list(misfits(tls, changed)), place
    (der,) = from_pem(block(done, tls.certificates)) or ()
    for place in range(len(der)):
        other = der[:place] + bytes([der[place] ^ 1]) + der[place + 1 :]
        said = replace(tls, chain=(Digest.of(other),))
        assert list(misfits(said, octets.replace(der, other))), place


def test_the_schemes_of_one_kind_of_key_are_not_mistaken(
    tmp_path: Path, keys: dict[str, Path]
) -> None:
    """The number of the scheme is the one thing that the signature does not cover."""
    numbers = {"rsa_pss_rsae_sha256": b"\x08\x04", "rsa_pss_pss_sha256": b"\x08\x09"}
    for name, other in zip(numbers, reversed(numbers), strict=True):
        done = captured(tmp_path / name, context(keys[name]), keys[name])
        octets = block(done, shown(done).handshake)
        place = octets.rindex(numbers[name] + len(read(octets).signature).to_bytes(2, "big"))
        changed = octets[:place] + numbers[other] + octets[place + 2 :]
        (found,) = misfits(replace(shown(done), signature=other), changed)
        assert "which is not one of this key" in found


def test_a_second_hello(tmp_path: Path, keys: dict[str, Path]) -> None:
    server = context(keys[P256])
    server.set_ecdh_curve("secp521r1")
    done = captured(tmp_path, server, keys[P256])
    assert messages(done) == [1, 2, 1, 2, 8, 11, 15]
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_a_request_for_a_certificate(tmp_path: Path, keys: dict[str, Path]) -> None:
    server = context(keys[P256])
    server.verify_mode = ssl.CERT_OPTIONAL
    server.load_verify_locations(keys[P256])
    done = captured(tmp_path, server, keys[P256])
    assert messages(done) == [1, 2, 8, 13, 11, 15]
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_a_protocol_that_is_chosen(tmp_path: Path, keys: dict[str, Path]) -> None:
    server = context(keys[P256])
    server.set_alpn_protocols(["http/1.1"])
    done = captured(tmp_path, server, keys[P256])
    assert shown(done).alpn == "http/1.1"
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_an_address(tmp_path: Path, keys: dict[str, Path]) -> None:
    done = captured(tmp_path, context(keys[P256]), keys[P256], "127.0.0.1")
    assert read(block(done, shown(done).handshake)).server_name is None
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_an_older_version_is_not_listed(tmp_path: Path, keys: dict[str, Path]) -> None:
    server = context(keys[P256])
    server.maximum_version = ssl.TLSVersion.TLSv1_2
    done = captured(tmp_path, server, keys[P256])
    assert shown(done).version == "TLSv1.2"
    assert shown(done).signature is None
    assert listed(done) is None


def test_a_certificate_that_does_not_verify(tmp_path: Path, keys: dict[str, Path]) -> None:
    """The strict handshake breaks off before the signature; the one without trust has it."""
    with (
        TlsSite(context(keys[P256]), {"/x": http(PAGE)}) as site,
        Site({"/": http("up")}) as control,
    ):
        done = taken(tmp_path, site.url("/x"), keys["ed25519"], control.url("/"))
    strict, trusting = (one.tls for one in done.observation.of_source())
    assert strict is not None
    assert trusting is not None
    assert (strict.verified, strict.signature) == (False, None)
    assert (trusting.verified, trusting.signature) == (False, P256)
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_the_chain_of_another_site(tmp_path: Path, keys: dict[str, Path]) -> None:
    done = captured(tmp_path, context(keys[P256]), keys[P256])
    other = (ssl.PEM_cert_to_DER_cert(pem_of(keys["ecdsa_secp384r1_sha384"])),)
    (der,) = from_pem(block(done, shown(done).certificates)) or ()

    def pasted(_: str, octets: bytes) -> bytes:
        return to_pem(other) if octets == to_pem((der,)) else octets

    files = opened(done.package.read_bytes())
    tls = replace(shown(done), chain=(Digest.of(other[0]),))
    exchanges = (replace(done.observation.exchanges[0], tls=tls), *done.observation.exchanges[1:])
    forged = sealed(recorded(files, lambda seen: replace(seen, exchanges=exchanges), pasted))
    report = verdict(forged)
    (failed,) = [one for one in report.checks if one.status == "failed"]
    assert failed.name == "agreement"
    assert "tls.chain is not what its handshake says" in failed.problems[0].what


def pem_of(file: Path) -> str:
    text = file.read_text()
    return text[text.index("-----BEGIN CERTIFICATE") :]


@contextmanager
def other_server(file: Path, *words: str) -> Iterator[int]:
    """OpenSSL's own server, which can be told what ours cannot."""
    command = ("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", file, "-key", file, "-www")
    with subprocess.Popen(
        [*command, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        try:
            for line in running.stdout:
                if found := re.match(r"ACCEPT 127\.0\.0\.1:(\d+)", line):
                    yield int(found[1])
                    break
        finally:
            running.kill()


@pytest.mark.parametrize(
    "suite",
    ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
)
def test_ciphers_of_either_hash_with_a_second_hello(
    tmp_path: Path, keys: dict[str, Path], suite: str
) -> None:
    with other_server(keys["ed25519"], "-ciphersuites", suite, "-groups", "P-384") as port:
        done = taken(tmp_path, f"https://localhost:{port}/", keys["ed25519"])
    assert done.outcome.state == "captured"
    assert shown(done).cipher == suite
    assert messages(done)[:4] == [1, 2, 1, 2]
    assert listed(done) == f"{SAID} 1 of 1 TLS connection"


def test_no_compressed_certificates_are_asked_for() -> None:
    """RFC 8879; OpenSSL has it since 3.2, and the option's bit means nothing to those before."""
    roots = trust(None)
    assert roots.strict.options & 1 << 33
    assert roots.trusting.options & 1 << 33

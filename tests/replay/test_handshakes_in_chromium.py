"""Servers' signatures of every kind in `verify.html`: it believes those that `archiver verify`
believes, and says so where the browser cannot tell."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed448, padding, rsa
from cryptography.x509.oid import NameOID

from archiver.attest.trust import Trust
from archiver.capture.exchange import RawExchange
from archiver.capture.tls import Seen
from archiver.ownwords import SOFTWARE
from archiver.serverkey import SCHEMES
from archiver.verify.checks import examine
from tests.replay.verifying import Verifier
from tests.verify.handshaking import pieces, signature
from tests.verify.scenes import HOST, SCENES

Sign = Callable[[bytes], bytes]
HASHES: dict[str, hashes.HashAlgorithm] = {
    "SHA256": hashes.SHA256(),
    "SHA384": hashes.SHA384(),
    "SHA512": hashes.SHA512(),
}
CURVES: dict[str, ec.EllipticCurve] = {
    "secp256r1": ec.SECP256R1(),
    "secp384r1": ec.SECP384R1(),
    "secp521r1": ec.SECP521R1(),
}
RSA = rsa.generate_private_key(65537, 2048)
# RFC 8017 §A.2.3: the object identifier of a key that signs by PSS only, without parameters.
PLAIN = bytes.fromhex("300d06092a864886f70d0101010500")
PSS = bytes.fromhex("300b06092a864886f70d01010a")


class Signer:
    """A key that signs as a server does. `sign` is all that a handshake asks of it."""

    def __init__(self, key: Any, sign: Sign) -> None:
        self.key, self.sign = key, sign


def signer(name: str) -> Signer:
    scheme = next(one for one in SCHEMES.values() if one.name == name)
    if name == "ed448":
        edwards = ed448.Ed448PrivateKey.generate()
        return Signer(edwards, edwards.sign)
    algorithm = HASHES[scheme.hash]
    if scheme.curve:
        key = ec.generate_private_key(CURVES[scheme.curve])
        return Signer(key, lambda octets: key.sign(octets, ec.ECDSA(algorithm)))
    pss = padding.PSS(padding.MGF1(algorithm), algorithm.digest_size)
    return Signer(RSA, lambda octets: RSA.sign(octets, pss, algorithm))


def certificate(by: Signer) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    made = made.public_key(by.key.public_key())
    made = made.not_valid_before(datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    made = made.not_valid_after(datetime.datetime(2126, 1, 1, tzinfo=datetime.UTC))
    hashed = None if isinstance(by.key, ed448.Ed448PrivateKey) else hashes.SHA256()
    return made.sign(by.key, hashed).public_bytes(Encoding.DER)


def for_pss(der: bytes) -> bytes:
    """A certificate whose RSA key is one for PSS only. Nobody looks at who signed it."""
    place = der.index(PLAIN)
    # Two octets less in the key's info, the body and the whole; each has a length of two octets.
    made = bytearray(der[:place] + PSS + der[place + len(PLAIN) :])
    for at in (2, 6, place - 2):
        size = int.from_bytes(made[at : at + 2], "big") - (len(PLAIN) - len(PSS))
        made[at : at + 2] = size.to_bytes(2, "big")
    return bytes(made)


def package(name: str, *, spoiled: bool) -> bytes:
    """A capture of a server that signs like this; spoiled: another key signed."""
    number = next(number for number, one in SCHEMES.items() if one.name == name)
    by = signer(name)
    der = certificate(by)
    chain = (for_pss(der) if "_pss_pss_" in name else der,)
    before = pieces(HOST, chain, "x")
    right = b"".join([*before, signature(before, by, number)])  # type: ignore[arg-type]

    def answered(exchanges: list[RawExchange]) -> None:
        shown = exchanges[0].connection.tls
        assert shown is not None
        seen = Seen(messages=bytearray(right), complete=True)
        exchanges[0].connection.tls = replace(shown, chain=chain, seen=seen)

    out = io.BytesIO()
    exchanges = SCENES["captured"].exchanges()
    answered(exchanges)
    SCENES["captured"].built(exchanges).write(out)
    if not spoiled:
        return out.getvalue()
    return _spoiled(out.getvalue())


def _spoiled(octets: bytes) -> bytes:
    """An octet of the client's randomness is another, and an insider makes all else right."""
    from tests.verify.forge import opened, recorded, sealed

    def changed(_: str, block: bytes) -> bytes:
        return block[:10] + bytes([block[10] ^ 1]) + block[11:] if block[:2] == b"\1\0" else block

    return sealed(recorded(opened(octets), lambda seen: seen, changed))


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Verifier]:
    made = Verifier(tmp_path)
    try:
        yield made
        assert made.complaints() == []
    finally:
        made.close()


NAMES = sorted(one.name for one in SCHEMES.values() if one.name != "ed25519")


@pytest.mark.parametrize("name", NAMES)
def test_every_kind(page: Verifier, tmp_path: Path, name: str) -> None:
    for spoiled in (False, True):
        octets = package(name, spoiled=spoiled)
        report = examine(io.BytesIO(octets), "x.wacz", SOFTWARE, Trust())
        status = next(one.status for one in report.checks if one.name == "handshakes")
        assert status == ("failed" if spoiled else "passed"), (name, report)
        (tmp_path / "x.wacz").write_bytes(octets)
        (said,) = page.look_at(tmp_path / "x.wacz")
        if name == "ed448":
            assert (said.status("handshakes"), said.cause) == ("not checked", "not_checked")
            assert "no browser knows ed448" in said.text
        else:
            assert said.status("handshakes") == status, (name, said)
            assert said.verdict == report.verdict


def test_the_scheme_is_that_of_the_capture() -> None:
    seen = json.dumps(SCENES["captured"].built().document("evidence/capture.json"))
    assert '"signature": "ed25519"' in seen

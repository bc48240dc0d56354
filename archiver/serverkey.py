"""The key in a server's certificate, and whether it signed (RFC 8446 §4.2.3 and §4.4.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archiver.errors import InvalidInput

# Object identifiers of keys, as they stand in DER (RFC 8017 §A, RFC 5480 §2.1.1, RFC 8410 §3).
_RSA = bytes.fromhex("06092a864886f70d010101")
_RSA_PSS = bytes.fromhex("06092a864886f70d01010a")
_EC = bytes.fromhex("06072a8648ce3d0201")
_ED25519 = bytes.fromhex("06032b6570")
_ED448 = bytes.fromhex("06032b6571")

_SEQUENCE, _VERSION = 0x30, 0xA0
_BEFORE_KEY = 5  # fields: serial number, algorithm, issuer, validity, subject (RFC 5280 §4.1)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """A signature scheme: its name, the kind of key, and the parameter that fixes the rest:
    the hash, for ECDSA the curve with its hash."""

    name: str
    kind: bytes
    hash: str = ""
    curve: str = ""


# RFC 8446 §4.2.3: all that may sign a TLS 1.3 handshake.
SCHEMES = {
    0x0403: _Scheme("ecdsa_secp256r1_sha256", _EC, "SHA256", "secp256r1"),
    0x0503: _Scheme("ecdsa_secp384r1_sha384", _EC, "SHA384", "secp384r1"),
    0x0603: _Scheme("ecdsa_secp521r1_sha512", _EC, "SHA512", "secp521r1"),
    0x0804: _Scheme("rsa_pss_rsae_sha256", _RSA, "SHA256"),
    0x0805: _Scheme("rsa_pss_rsae_sha384", _RSA, "SHA384"),
    0x0806: _Scheme("rsa_pss_rsae_sha512", _RSA, "SHA512"),
    0x0807: _Scheme("ed25519", _ED25519),
    0x0808: _Scheme("ed448", _ED448),
    0x0809: _Scheme("rsa_pss_pss_sha256", _RSA_PSS, "SHA256"),
    0x080A: _Scheme("rsa_pss_pss_sha384", _RSA_PSS, "SHA384"),
    0x080B: _Scheme("rsa_pss_pss_sha512", _RSA_PSS, "SHA512"),
}


def check(certificate: bytes, scheme: int, signature: bytes, signed: bytes) -> str:
    """Check that the certificate's key signed these octets; returns the scheme's name.

    Raises `InvalidInput` where it did not, and where that cannot be told: another kind of
    key, another scheme, a certificate that cannot be read. Nothing else of the certificate
    is looked at.
    """
    method = SCHEMES.get(scheme)
    if method is None:
        raise _fault(f"has the signature scheme {scheme:#06x}, unknown here")
    kind, key = _public_key(certificate)
    if kind != method.kind:
        raise _fault(f"has the signature scheme {method.name}, which is not one of this key")
    try:
        _verify(key, method, signature, signed)
    except Exception as fault:  # whatever ails a hostile key: it proves nothing
        raise _fault("is not signed by the certificate's key") from fault
    return method.name


def _public_key(certificate: bytes) -> tuple[bytes, Any]:
    """The kind of the key in a certificate, and the key."""
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        octets = _key_octets(certificate)
        kind = _whole(_inside(_inside(octets, _SEQUENCE), _SEQUENCE))
        return kind, load_der_public_key(octets)
    except Exception as fault:  # hostile octets, and a library's many words for that
        raise _fault("has a certificate whose key cannot be read") from fault


def _verify(key: Any, method: _Scheme, signature: bytes, signed: bytes) -> None:
    """Raises where the signature does not hold."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    if not method.hash:
        key.verify(signature, signed)
        return
    algorithm = getattr(hashes, method.hash)()
    if method.curve:
        if key.curve.name != method.curve:
            raise ValueError(key.curve.name)
        key.verify(signature, signed, ec.ECDSA(algorithm))
        return
    pss = padding.PSS(mgf=padding.MGF1(algorithm), salt_length=algorithm.digest_size)
    key.verify(signature, signed, pss, algorithm)


def _key_octets(certificate: bytes) -> bytes:
    """The SubjectPublicKeyInfo of a certificate (RFC 5280 §4.1). We go there ourselves, since
    servers have certificates that OpenSSL takes and stricter readers refuse."""
    rest = _inside(_inside(certificate, _SEQUENCE), _SEQUENCE)
    if rest[:1] == bytes((_VERSION,)):
        rest = rest[len(_whole(rest)) :]
    for _ in range(_BEFORE_KEY):
        rest = rest[len(_whole(rest)) :]
    return _whole(rest)


def _whole(octets: bytes) -> bytes:
    """The first DER element, with its head."""
    start, length = _head(octets)
    return octets[: start + length]


def _inside(octets: bytes, tag: int) -> bytes:
    """The content of the first DER element, which must be of this kind."""
    start, length = _head(octets)
    if octets[0] != tag:
        raise ValueError(tag)
    return octets[start : start + length]


def _head(octets: bytes) -> tuple[int, int]:
    """Where the content of the first DER element starts, and its length (X.690 §8.1.3)."""
    length, start = octets[1], 2
    if length >= 0x80:
        start += length & 0x7F
        length = int.from_bytes(octets[2:start], "big")
    if start + length > len(octets):
        raise ValueError(length)
    return start, length


def _fault(what: str) -> InvalidInput:
    return InvalidInput("tls.handshake", what, where="CertificateVerify")

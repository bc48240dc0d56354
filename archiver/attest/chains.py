"""An authority's certificates: what they are for, and whether they lead to a chosen root."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from archiver.attest.revocations import revoked
from archiver.attest.tokens import Token, with_certificates
from archiver.errors import InvalidInput
from archiver.moment import spell

_HASHES = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_MIN_RSA = 2048  # bits
_MAX_PATH = 8  # certificates from the signer's to the root, both counted
_MAX_TRIES = 64  # signatures looked at while searching: a tangle must not cost more


@dataclass(frozen=True, kw_only=True, slots=True)
class Root:
    """A root that the user chose, under the user's own name for the authority."""

    name: str
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        """The certificate's octets."""
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """From the signer's certificate (first) to just below the root."""

    root: Root
    below: tuple[x509.Certificate, ...]

    @property
    def ways(self) -> tuple[tuple[x509.Certificate, x509.Certificate], ...]:
        """Each certificate with its issuer's."""
        above = (*self.below[1:], self.root.certificate)
        return tuple(zip(self.below, above, strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaf:
    """A signer's certificate. `faults` is all that makes it no certificate for time stamps."""

    der: bytes
    certificate: x509.Certificate
    kind: str
    subject: str
    begins: int
    ends: int
    faults: tuple[str, ...]

    @property
    def until(self) -> str:
        """The end of its validity, spelled."""
        return spell(self.ends)

    def signed(self, signature: bytes, octets: bytes, digest: str) -> bool:
        """Whether its key made this signature (PKCS #1 v1.5, or ECDSA)."""
        key = self.certificate.public_key()
        try:
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(signature, octets, padding.PKCS1v15(), _HASHES[digest])
            elif isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(signature, octets, ec.ECDSA(_HASHES[digest]))
            else:
                return False
        except InvalidSignature:
            return False
        return True


def certificate(der: bytes) -> x509.Certificate:
    """Read a certificate. Raises `InvalidInput` for octets that are none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of oddities: what must not be is refused by us
            found = x509.load_der_x509_certificate(der)
            # All that is looked at later: the library reads each part when it is asked for it.
            found.subject.rfc4514_string()
            _ = found.issuer, found.public_key(), list(found.extensions), found.version
            _ = found.not_valid_before_utc, found.not_valid_after_utc
            _ = found.signature_hash_algorithm
    except Exception as fault:  # hostile octets; the library names no exceptions
        raise InvalidInput("certificate", "a certificate cannot be read") from fault
    return found


def roots_of(name: str, pem: bytes) -> tuple[Root, ...]:
    """The roots of a PEM text; certificates below them are passed over. Raises `InvalidInput`
    where it holds none."""
    try:
        found = x509.load_pem_x509_certificates(pem)
    except Exception as fault:
        raise InvalidInput(
            "authority.roots", "no certificates could be read", hint="give them as PEM"
        ) from fault
    ders = (one.public_bytes(Encoding.DER) for one in found)
    read = [certificate(der) for der in ders]
    roots = tuple(Root(name=name, certificate=one) for one in read if one.issuer == one.subject)
    if not roots:
        raise InvalidInput(
            "authority.roots",
            "none of the certificates is a root, which is its own issuer",
            hint="give the authority's root, not the certificates below it",
        )
    return roots


def read_leaf(der: bytes) -> Leaf:
    """Read a signer's certificate. Raises `InvalidInput` for octets that are none."""
    found = certificate(der)
    return Leaf(
        der=der,
        certificate=found,
        kind="rsa" if isinstance(found.public_key(), rsa.RSAPublicKey) else "ec",
        subject=found.subject.rfc4514_string(),
        begins=int(found.not_valid_before_utc.timestamp()),
        ends=int(found.not_valid_after_utc.timestamp()),
        faults=tuple(_faults(found)),
    )


def _faults(found: x509.Certificate) -> Iterator[str]:
    """RFC 3161 §2.3: critical, and for this alone. So says RFC 5280 §4.2.1.3 of the key, too."""
    if found.version != x509.Version.v3:
        yield "the certificate is of an old version"
    yield from _weak(found)
    try:
        usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        if not usage.critical:
            yield "the certificate does not insist on what it is for"
        if list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
            yield "the certificate is not for time stamps alone"
    except x509.ExtensionNotFound:
        yield "the certificate does not say that it is for time stamps"
    try:
        if found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            yield "the certificate is for issuing certificates, not for time stamps alone"
    except x509.ExtensionNotFound:
        pass
    try:
        key = found.extensions.get_extension_for_class(x509.KeyUsage).value
        others = (
            *(key.key_encipherment, key.data_encipherment, key.key_agreement),
            *(key.key_cert_sign, key.crl_sign),
        )
        if any(others) or not (key.digital_signature or key.content_commitment):
            yield "the certificate's key is not for signatures alone"
    except x509.ExtensionNotFound:
        pass


def _weak(found: x509.Certificate) -> Iterator[str]:
    key = found.public_key()
    strong = (isinstance(key, rsa.RSAPublicKey) and key.key_size >= _MIN_RSA) or (
        isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES
    )
    if not strong:
        yield "a certificate's key is weak, or of a kind that is not read here"


def _may_vouch(found: x509.Certificate) -> bool:
    """Whether an authority's certificate leaves its use open, or names time stamps."""
    try:
        usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    ends = (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE)
    return any(one in usage for one in ends)


def paths(leaf: Leaf, brought: tuple[bytes, ...], roots: tuple[Root, ...]) -> Iterator[Path]:
    """Every way from a signer to a chosen root, each certificate signed by the next one's key.
    Whether they all hold is `chain_faults`'s question."""
    between = [one for one in map(_readable, brought) if one is not None]
    tries = iter(range(_MAX_TRIES))

    def search(below: tuple[x509.Certificate, ...]) -> Iterator[Path]:
        for root in roots:
            if _issued(below[-1], root.certificate, tries):
                yield Path(root=root, below=below)
        for one in between if len(below) < _MAX_PATH else ():
            if one not in below and _issued(below[-1], one, tries):
                yield from search((*below, one))

    return search((leaf.certificate,))


def _readable(der: bytes) -> x509.Certificate | None:
    try:
        return certificate(der)
    except InvalidInput:
        return None  # it can be no part of the way


def _issued(one: x509.Certificate, by: x509.Certificate, tries: Iterator[int]) -> bool:
    if one.issuer != by.subject or next(tries, None) is None:
        return False
    try:
        one.verify_directly_issued_by(by)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def chain_faults(token: Token, path: Path, at: int) -> Iterator[str]:
    """What is wrong with the way to the root at the time of the stamp (seconds since 1970).

    The way as a whole is OpenSSL's to judge (RFC 5280 §6), through rfc3161-client, which
    looks at the token once more; old digests and short keys are ours to refuse.
    """
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    for one in path.below:
        yield from _weak(one)
        used = one.signature_hash_algorithm
        if used is None or used.name not in _HASHES:
            yield "a certificate is signed by a weak or unknown rule"
    for one in path.below[1:]:
        if not _may_vouch(one):
            yield "a certificate in between is for other ends than time stamps"
    yield from _weak(path.root.certificate)
    yield from revoked(token.revoked, path.ways, at)
    ders = tuple(one.public_bytes(Encoding.DER) for one in path.below)
    try:
        answer = decode_timestamp_response(with_certificates(token, ders))
        judge = VerifierBuilder(roots=[path.root.certificate]).build()
        judge.verify(answer, token.info.imprint.value)
    except (VerificationError, ValueError) as fault:
        said = str(fault).rpartition(": ")[2].rstrip(' "}])')
        yield f"the certificates did not hold at its time, says OpenSSL: {said:.200}"

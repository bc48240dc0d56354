"""A time-stamp authority of our own, with a switch for every fault (RFC 3161, RFC 5652)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from archiver import der
from archiver.attest.chains import Root
from archiver.attest.tsp import read_request

NOW = datetime.datetime(2026, 11, 24, 12, 0, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
YEAR = 365 * DAY
OIDS = {
    "sha1": "1.3.14.3.2.26",
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
RSA = {"sha1": "1.2.840.113549.1.1.5", "sha256": "1.2.840.113549.1.1.11"}
RSA |= {"sha384": "1.2.840.113549.1.1.12", "sha512": "1.2.840.113549.1.1.13"}
ECDSA = {"sha1": "1.2.840.10045.4.1", "sha256": "1.2.840.10045.4.3.2"}
ECDSA |= {"sha384": "1.2.840.10045.4.3.3", "sha512": "1.2.840.10045.4.3.4"}
CONTENT_TYPE, DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING, SIGNING_V2 = "1.2.840.113549.1.9.16.2.12", "1.2.840.113549.1.9.16.2.47"
TST_INFO, SIGNED_DATA = "1.2.840.113549.1.9.16.1.4", "1.2.840.113549.1.7.2"
POLICY = "1.2.3.4.1"

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
TIME_STAMPING = [ExtendedKeyUsageOID.TIME_STAMPING]


@cache
def key(kind: str, number: int = 0) -> Key:
    """A key of a kind, made once."""
    del number  # only tells keys of one kind apart
    if kind == "ed25519":
        return ed25519.Ed25519PrivateKey.generate()
    if kind.startswith("rsa"):
        return rsa.generate_private_key(65537, int(kind[3:]))
    curves = {"p192": ec.SECP192R1(), "p256": ec.SECP256R1(), "p384": ec.SECP384R1()}
    return ec.generate_private_key(curves[kind])


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


@dataclass(frozen=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def issued(
    common: str,
    own: Key,
    by: Issued | None,
    *,
    begins: datetime.datetime = NOW - YEAR,
    ends: datetime.datetime = NOW + YEAR,
    ca: bool = False,
    path_length: int | None = None,
    usage: list[x509.ObjectIdentifier] | None = None,
    critical: bool = True,
    key_usage: tuple[str, ...] | None = None,
    more: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    issuer: str | None = None,
) -> Issued:
    """A certificate with whatever is to be wrong with it."""
    signer = own if by is None else by.key
    above = name(common) if by is None else by.certificate.subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(name(issuer) if issuer else above)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
    )
    if usage is not None:
        builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=critical)
    if key_usage is not None:
        builder = builder.add_extension(_key_usage(key_usage), critical=True)
    for extension, insist in more:
        builder = builder.add_extension(extension, critical=insist)
    digest = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return Issued(builder.sign(signer, digest), own)  # type: ignore[arg-type]


def _key_usage(given: tuple[str, ...]) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment")
    every += ("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{one: one in given for one in every})


@cache
def root(common: str = "Test Root", kind: str = "p384") -> Issued:
    return issued(
        common,
        key(kind, 99),
        None,
        ca=True,
        begins=NOW - 20 * YEAR,
        ends=NOW + 20 * YEAR,
        key_usage=("key_cert_sign", "crl_sign"),
    )


def leaf(kind: str = "p256", by: Issued | None = None, **changed: Any) -> Issued:
    """A right signer's certificate, but for what is changed."""
    given = {"usage": TIME_STAMPING, "key_usage": ("digital_signature",), **changed}
    return issued("Test Stamps", key(kind), by or root(), **given)


def chosen(*roots: Issued) -> tuple[Root, ...]:
    return tuple(Root(name="ours", certificate=one.certificate) for one in roots or (root(),))


def revoking(one: Issued, by: Issued, since: datetime.datetime, *why: x509.ExtensionType) -> bytes:
    """An authority's list of revoked certificates, as a token brings it along."""
    entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
    for extension_of_it in why:
        entry = entry.add_extension(extension_of_it, critical=False)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.certificate.subject)
        .last_update(NOW)
        .next_update(NOW + DAY)
        .add_revoked_certificate(entry.revocation_date(since).build())
    )
    made = builder.sign(by.key, hashes.SHA256())  # type: ignore[arg-type]
    return der.write(0xA1, made.public_bytes(Encoding.DER))


def answering(one: Issued, by: Issued, since: datetime.datetime | None) -> bytes:
    """An authority's answer about one certificate (OCSP), as a token brings it along."""
    revoked = since is not None
    status = ocsp.OCSPCertStatus.REVOKED if revoked else ocsp.OCSPCertStatus.GOOD
    made = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            cert=one.certificate,
            issuer=by.certificate,
            algorithm=hashes.SHA256(),
            cert_status=status,
            this_update=NOW,
            next_update=NOW + DAY,
            revocation_time=since,
            revocation_reason=x509.ReasonFlags.superseded if revoked else None,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, by.certificate)
        .sign(by.key, hashes.SHA256())  # type: ignore[arg-type]
    ).public_bytes(Encoding.DER)
    return der.write(0xA1, der.write(0xA1, der.write_oid("1.3.6.1.5.5.7.16.2"), made))


def by_sha1(one: Issued, by: Issued) -> Issued:
    """The same certificate, signed by the weak rule."""
    tbs, _, _ = der.inside(der.read(one.der))
    old = algorithm(ECDSA["sha256"], null=False)
    rule = algorithm(ECDSA["sha1"], null=False)
    parts = [rule if part.whole == old else part.whole for part in der.inside(tbs)]
    made = der.write(der.SEQUENCE, *parts)
    assert isinstance(by.key, ec.EllipticCurvePrivateKey)
    signature = by.key.sign(made, ec.ECDSA(hashes.SHA1()))
    whole = der.write(der.SEQUENCE, made, rule, der.write(der.BITS, b"\x00" + signature))
    return Issued(x509.load_der_x509_certificate(whole), one.key)


def algorithm(dots: str, *, null: bool = True, parameters: bytes = b"") -> bytes:
    return der.write(der.SEQUENCE, der.write_oid(dots), parameters or b"\x05\x00" * null)


def attribute(dots: str, *values: bytes) -> bytes:
    return der.write(der.SEQUENCE, der.write_oid(dots), der.write(der.SET, *values))


def clock(moment: datetime.datetime) -> bytes:
    return moment.strftime("%Y%m%d%H%M%SZ").encode()


@dataclass(frozen=True)
class Reply:
    """How a request is answered. Everything is right unless it is changed."""

    signer: Issued = field(default_factory=leaf)
    brought: tuple[bytes, ...] | None = None  # the certificates; by default the signer's
    status: int = 0
    words: str = ""
    with_token: bool = True
    version: int = 1
    policy: str = POLICY
    imprint: bytes | None = None
    imprint_algorithm: str | None = None
    serial: int = 4711
    time: bytes = clock(NOW)
    accuracy: bytes = b""
    ordering: bytes = b""
    nonce: int | None = -1  # that of the request
    named: bytes = b""
    extensions: bytes = b""
    info_behind: bytes = b""
    digest: str = "sha256"
    signs_with: str | None = None  # the digest of the signature, where it is another
    signature_oid: str | None = None
    said_digest: bytes | None = None
    content_type: str | None = TST_INFO
    content_oid: str = TST_INFO
    signing: Callable[[Issued], bytes] | None = None  # the attribute that names the certificate
    more_attributes: tuple[bytes, ...] = ()
    ordered: bool = True
    attributes: bool = True
    listed_digests: tuple[str, ...] | None = None
    cms_version: int = 3
    signer_version: int = 1
    sid: bytes | None = None
    signers: int = 1
    unsigned: bytes = b""
    crls: bytes = b""
    flip_signature: bool = False
    behind: bytes = b""
    signature_key: Key | None = None

    def to(self, request: bytes) -> bytes:
        """The answer to a request, DER."""
        words = der.write(der.SEQUENCE, der.write(der.UTF8, self.words.encode()))
        status = der.write(
            der.SEQUENCE, der.write_integer(self.status), words if self.words else b""
        )
        token = self._token(request) if self.with_token else b""
        return der.write(der.SEQUENCE, status, token) + self.behind

    def _token(self, request: bytes) -> bytes:
        content = self._info(request)
        listed = (self.digest,) if self.listed_digests is None else self.listed_digests
        brought = (self.signer.der,) if self.brought is None else self.brought
        inner = der.write(
            der.SEQUENCE, der.write_oid(self.content_oid), _explicit(0, der.OCTETS, content)
        )
        data = der.write(
            der.SEQUENCE,
            der.write_integer(self.cms_version),
            der.write(der.SET, *(algorithm(OIDS[one]) for one in listed)),
            inner,
            der.write(0xA0, *brought) if brought else b"",
            self.crls,
            der.write(der.SET, *[self._signer(content)] * self.signers),
        )
        return der.write(der.SEQUENCE, der.write_oid(SIGNED_DATA), der.write(0xA0, data))

    def _info(self, request: bytes) -> bytes:
        asked = read_request(request)
        nonce = asked.nonce if self.nonce == -1 else self.nonce
        imprint = der.write(
            der.SEQUENCE,
            algorithm(self.imprint_algorithm or asked.imprint.algorithm),
            der.write(der.OCTETS, self.imprint or asked.imprint.value),
        )
        return (
            der.write(
                der.SEQUENCE,
                der.write_integer(self.version),
                der.write_oid(self.policy),
                imprint,
                der.write_integer(self.serial),
                der.write(der.TIME, self.time),
                self.accuracy,
                self.ordering,
                b"" if nonce is None else der.write_integer(nonce),
                self.named,
                self.extensions,
            )
            + self.info_behind
        )

    def _signer(self, content: bytes) -> bytes:
        attributes = self._attributes(content)
        signed = der.write(der.SET, attributes) if self.attributes else content
        signature = self._sign(signed)
        if self.flip_signature:
            signature = signature[:-1] + bytes([signature[-1] ^ 1])
        certificate = self.signer.certificate
        sid = der.write(
            der.SEQUENCE,
            certificate.issuer.public_bytes(),
            der.write_integer(certificate.serial_number),
        )
        rules = RSA if isinstance(self.signer.key, rsa.RSAPrivateKey) else ECDSA
        rule = self.signature_oid or rules[self.signs_with or self.digest]
        return der.write(
            der.SEQUENCE,
            der.write_integer(self.signer_version),
            self.sid or sid,
            algorithm(OIDS[self.digest]),
            der.write(0xA0, attributes) if self.attributes else b"",
            algorithm(rule, null=rules is RSA),
            der.write(der.OCTETS, signature),
            self.unsigned,
        )

    def _attributes(self, content: bytes) -> bytes:
        said = hashlib.new(self.digest, content).digest()
        made = [attribute(DIGEST, der.write(der.OCTETS, self.said_digest or said))]
        if self.content_type is not None:
            made.append(attribute(CONTENT_TYPE, der.write_oid(self.content_type)))
        named = (self.signing or signing_v2)(self.signer)
        made += [*self.more_attributes, *([named] if named else [])]
        return b"".join(sorted(made, reverse=not self.ordered))

    def _sign(self, octets: bytes) -> bytes:
        own = self.signature_key or self.signer.key
        hashed = {"sha1": hashes.SHA1(), "sha256": hashes.SHA256(), "sha384": hashes.SHA384()}
        hashed["sha512"] = hashes.SHA512()
        chosen_hash = hashed[self.signs_with or self.digest]
        if isinstance(own, rsa.RSAPrivateKey):
            return own.sign(octets, padding.PKCS1v15(), chosen_hash)
        if isinstance(own, ed25519.Ed25519PrivateKey):
            return own.sign(octets)
        return own.sign(octets, ec.ECDSA(chosen_hash))


def _explicit(number: int, tag: int, content: bytes) -> bytes:
    return der.write(0xA0 + number, der.write(tag, content))


def signing_v2(one: Issued, digest: str = "sha256", *, where: bytes = b"") -> bytes:
    rule = b"" if digest == "sha256" else algorithm(OIDS[digest], null=False)
    hashed = der.write(der.OCTETS, hashlib.new(digest, one.der).digest())
    inner = der.write(der.SEQUENCE, rule, hashed, where)
    return attribute(SIGNING_V2, der.write(der.SEQUENCE, der.write(der.SEQUENCE, inner)))


def signing_v1(one: Issued) -> bytes:
    hashed = der.write(der.OCTETS, hashlib.sha1(one.der).digest())
    inner = der.write(der.SEQUENCE, hashed, issuer_serial(one))
    return attribute(SIGNING, der.write(der.SEQUENCE, der.write(der.SEQUENCE, inner)))


def issuer_serial(one: Issued, serial: int | None = None) -> bytes:
    certificate = one.certificate
    names = der.write(der.SEQUENCE, der.write(0xA4, certificate.issuer.public_bytes()))
    number = certificate.serial_number if serial is None else serial
    return der.write(der.SEQUENCE, names, der.write_integer(number))


def accuracy(seconds: int | None = None, millis: int | None = None) -> bytes:
    parts = [] if seconds is None else [der.write_integer(seconds)]
    if millis is not None:
        parts.append(b"\x80" + der.write_integer(millis)[1:])
    return der.write(der.SEQUENCE, *parts)


def extension(dots: str, *, critical: bool) -> bytes:
    insist = der.write(der.BOOLEAN, b"\xff") if critical else b""
    one = der.write(der.SEQUENCE, der.write_oid(dots), insist, der.write(der.OCTETS, b"\x05\x00"))
    return der.write(0xA1, one)

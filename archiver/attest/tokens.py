"""Time-stamp responses read to the last octet (RFC 3161 §2.4, RFC 5652 §5), and nothing judged.

Read strictly: a form that a verifier could take in two ways is not read at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from archiver import der
from archiver.attest.tsp import SHA2, Info, algorithm_of, read_info, sequence
from archiver.der import Element, Members
from archiver.errors import InvalidInput

CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
TST_INFO = "1.2.840.113549.1.9.16.1.4"
SIGNED_DATA = "1.2.840.113549.1.7.2"
_MAX_BROUGHT = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateId:
    """Which certificate signed, as the signed attributes say it (RFC 5035 §4). `issuer` (DER)
    and `serial` are left out by many."""

    algorithm: str
    value: bytes
    issuer: bytes | None
    serial: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A time-stamp token. `signed` are the octets that the signature is over, `attributes` the
    values of each signed attribute; `issuer` (DER) and `serial` name the signer. Certificates
    and lists of `revoked` ones are DER, as the authority sent them along."""

    raw: Element
    content: bytes
    info: Info
    digests: tuple[str, ...]
    certificates: tuple[bytes, ...]
    revoked: tuple[bytes, ...]
    versions: tuple[int, int]
    issuer: bytes
    serial: int
    digest: str
    algorithm: str
    signed: bytes
    attributes: dict[str, tuple[Element, ...]]
    signature: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """An authority's answer. `status` 0 is granted, 1 granted with changes."""

    status: int
    words: str
    token: Token | None


def read_response(octets: bytes) -> Response:
    """Read an answer. Raises `InvalidInput` for octets that are none, or not in the one form."""
    members = Members(sequence(octets), "the response")
    status = Members(members.take(der.SEQUENCE), "its status")
    number = der.integer(status.take(der.INTEGER))
    words = status.optional(der.SEQUENCE)
    status.optional(der.BITS)
    status.end()
    token = members.optional(der.SEQUENCE)
    members.end()
    said = [] if words is None else [one.content for one in der.inside(words)]
    return Response(
        status=number,
        words=b" ".join(said).decode("utf-8", "replace"),
        token=None if token is None else _token(token),
    )


def _token(element: Element) -> Token:
    outer = Members(element, "the token")
    _is(outer.take(der.OID), SIGNED_DATA, "the token is no SignedData")
    data = Members(der.only(outer.take(0xA0), der.SEQUENCE, "the token"), "the token's SignedData")
    outer.end()
    version = der.integer(data.take(der.INTEGER))
    digests = tuple(algorithm_of(one) for one in der.inside(data.take(der.SET)))
    content = _content(data.take(der.SEQUENCE))
    listed = data.optional(0xA0)
    lists = data.optional(0xA1)
    signers = der.inside(data.take(der.SET))
    data.end()
    if len(signers) != 1:
        raise InvalidInput("signers", f"it has {len(signers)} signers, not exactly one")
    certificates, revoked = _brought(listed), _brought(lists)
    return _signer(signers[0], element, version, digests, content, (certificates, revoked))


def _brought(element: Element | None) -> tuple[bytes, ...]:
    found = () if element is None else tuple(one.whole for one in der.inside(element))
    if len(found) > _MAX_BROUGHT:
        raise der.fault("it brings too many certificates or lists along")
    return found


def _signer(
    element: Element,
    raw: Element,
    version: int,
    digests: tuple[str, ...],
    content: bytes,
    brought: tuple[tuple[bytes, ...], tuple[bytes, ...]],
) -> Token:
    members = Members(element, "the signer")
    own = der.integer(members.take(der.INTEGER))
    name = Members(members.take(der.SEQUENCE), "the signer's name")
    issuer, serial = name.take(der.SEQUENCE).whole, der.integer(name.take(der.INTEGER))
    name.end()
    digest = algorithm_of(members.take(der.SEQUENCE))
    attributes = members.optional(0xA0)
    if attributes is None:
        raise InvalidInput("attributes", "it has no signed attributes")
    algorithm = algorithm_of(members.take(der.SEQUENCE))
    signature = members.take(der.OCTETS).content
    members.optional(0xA1)  # what nobody has signed is not looked at
    members.end()
    return Token(
        raw=raw,
        content=content,
        info=read_info(content),
        digests=digests,
        certificates=brought[0],
        revoked=brought[1],
        versions=(version, own),
        issuer=issuer,
        serial=serial,
        digest=digest,
        algorithm=algorithm,
        # RFC 5652 §5.4: signed is the SET, not the tag that stands in its place.
        signed=der.write(der.SET, attributes.content),
        attributes=_attributes(attributes),
        signature=signature,
    )


def _content(element: Element) -> bytes:
    members = Members(element, "the token's content")
    _is(members.take(der.OID), TST_INFO, "the token's content is no time stamp")
    content = der.only(members.take(0xA0), der.OCTETS, "the token's content").content
    members.end()
    return content


def _attributes(element: Element) -> dict[str, tuple[Element, ...]]:
    found: dict[str, tuple[Element, ...]] = {}
    each = der.inside(element)
    if [one.whole for one in each] != sorted(one.whole for one in each):
        raise der.fault("the signed attributes are not in order")
    for one in each:
        members = Members(one, "a signed attribute")
        kind = der.oid(members.take(der.OID))
        values = der.inside(members.take(der.SET))
        members.end()
        if kind in found:
            raise InvalidInput("attributes", "a signed attribute stands twice")
        found[kind] = values
    return found


def certificate_ids(value: Element, *, v2: bool) -> tuple[CertificateId, ...]:
    """The certificates that a signing-certificate attribute names, the signer's first."""
    members = Members(value, "the signing certificate's attribute")
    listed = der.inside(members.take(der.SEQUENCE))
    members.optional(der.SEQUENCE)  # policies: nothing leans on them
    members.end()
    return tuple(_certificate_id(one, v2=v2) for one in listed)


def _certificate_id(element: Element, *, v2: bool) -> CertificateId:
    members = Members(element, "the signing certificate's name")
    given = members.optional(der.SEQUENCE) if v2 else None
    value = members.take(der.OCTETS).content
    name = members.optional(der.SEQUENCE)
    members.end()
    issuer = serial = None
    if name is not None:
        parts = Members(name, "the signing certificate's name")
        issuer = der.only(parts.take(der.SEQUENCE), 0xA4, "its issuer").content
        serial = der.integer(parts.take(der.INTEGER))
        parts.end()
    default = "sha256" if v2 else "sha1"
    algorithm = default if given is None else SHA2.get(algorithm_of(given), "")
    return CertificateId(algorithm=algorithm, value=value, issuer=issuer, serial=serial)


def with_certificates(token: Token, certificates: tuple[bytes, ...]) -> bytes:
    """The token as an answer of its own that brings just these certificates along, in DER's
    order. Nothing that is signed changes; many authorities keep another order."""
    kind, wrapped = der.inside(token.raw)
    data = der.only(wrapped, der.SEQUENCE, "the token")
    parts = [one.whole for one in der.inside(data) if one.tag not in (0xA0, 0xA1)]
    parts.insert(3, der.write(0xA0, *sorted(certificates)))
    made = der.write(der.SEQUENCE, kind.whole, der.write(0xA0, der.write(der.SEQUENCE, *parts)))
    return der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.write_integer(0)), made)


def _is(element: Element, wanted: str, otherwise: str) -> None:
    if der.oid(element) != wanted:
        raise InvalidInput("kind", otherwise)


def subject_of(certificate: bytes) -> tuple[bytes, int, bytes]:
    """A certificate's issuer (DER), serial number and subject (DER; RFC 5280 §4.1)."""
    outer = Members(der.read(certificate), "a certificate")
    members = Members(outer.take(der.SEQUENCE), "a certificate")
    members.optional(0xA0)
    serial = der.integer(members.take(der.INTEGER))
    members.take(der.SEQUENCE)
    issuer = members.take(der.SEQUENCE).whole
    members.take(der.SEQUENCE)
    return issuer, serial, members.take(der.SEQUENCE).whole

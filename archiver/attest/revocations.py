"""Whether an authority's certificate was revoked, by what a time stamp brought along of that.

Lists (CRL, RFC 5280 §5) and answers (OCSP, RFC 6960). Nobody else is asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from archiver.der import OID, SEQUENCE, Members, inside, oid, read, write
from archiver.moment import spell

_OCSP = "1.3.6.1.5.5.7.16.2"
_HARMLESS = (
    x509.ReasonFlags.unspecified,
    x509.ReasonFlags.affiliation_changed,
    x509.ReasonFlags.superseded,
    x509.ReasonFlags.cessation_of_operation,
)

Ways = tuple[tuple[x509.Certificate, x509.Certificate], ...]


def revoked(brought: tuple[bytes, ...], ways: Ways, at: int) -> Iterator[str]:
    """What lists and answers that a stamp brought along have against it. `ways` are its
    certificates, each with its issuer's; `at` is its time (seconds since 1970). What comes from
    authorities that are not among them says nothing."""
    for der in brought:
        try:
            if der[0] == SEQUENCE:
                found = x509.load_der_x509_crl(der)
                said = [_revocation(found, *way) for way in ways if found.issuer == way[1].subject]
            else:
                said = [_answered(one, *way) for one in _answers(der) for way in ways]
        except Exception:  # noqa: BLE001 - hostile octets; the library names no exceptions
            yield "a list of revoked certificates that came along does not hold"
            continue
        for since, harmless in (one for one in said if one is not None):
            if since <= at or not harmless:
                why = "" if since <= at else ", and its key may have been in other hands"
                yield f"a certificate was revoked at {spell(since)}{why}, says what came along"


def _answers(form: bytes) -> tuple[ocsp.OCSPSingleResponse, ...]:
    """What an OCSP answer that came along says (RFC 5940 §2); other forms say nothing."""
    outer = Members(read(write(SEQUENCE, form)), "another form of revocation")
    parts = Members(outer.any(), "another form of revocation")
    if oid(parts.take(OID)) != _OCSP:
        return ()
    answer = ocsp.load_der_ocsp_response(parts.take(SEQUENCE).whole)
    successful = answer.response_status == ocsp.OCSPResponseStatus.SUCCESSFUL
    return tuple(answer.responses) if successful else ()


def _answered(
    found: ocsp.OCSPSingleResponse, one: x509.Certificate, by: x509.Certificate
) -> tuple[int, bool] | None:
    """As `_revocation`. Who signed the answer is not asked: it is never to a stamp's credit."""
    info = by.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    bits = inside(read(info))[1].content[1:]  # RFC 6960 §4.1.1: without the count before them
    named = (found.issuer_name_hash, found.issuer_key_hash, found.serial_number)
    name, key = (
        hashlib.new(found.hash_algorithm.name, octets).digest()
        for octets in (by.subject.public_bytes(), bits)
    )
    if named != (name, key, one.serial_number):
        return None
    since = found.revocation_time_utc
    if found.certificate_status != ocsp.OCSPCertStatus.REVOKED or since is None:
        return None
    return int(since.timestamp()), found.revocation_reason in _HARMLESS


def _revocation(
    found: x509.CertificateRevocationList, one: x509.Certificate, by: x509.Certificate
) -> tuple[int, bool] | None:
    """Since when a certificate is revoked, by a list of its issuer's, and whether what its key
    signed before stays good: only where the list gives a reason that is not the key's (RFC 3161
    §4). Raises whatever there is to raise where the list is not the issuer's."""
    if not found.is_signature_valid(by.public_key()):  # type: ignore[arg-type]
        raise InvalidSignature
    entry = found.get_revoked_certificate_by_serial_number(one.serial_number)
    if entry is None:
        return None
    since, harmless = entry.revocation_date_utc, False
    for extension in entry.extensions:
        if isinstance(extension.value, x509.CRLReason):
            harmless = extension.value.reason in _HARMLESS
        elif isinstance(extension.value, x509.InvalidityDate):
            since = min(since, extension.value.invalidity_date_utc)
    return int(since.timestamp()), harmless

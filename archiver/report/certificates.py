"""A certificate that a server presented, as a person reads it. Nothing here judges it."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

from cryptography import x509

from archiver.digest import Digest

_FORM = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """What stands in a certificate. `names` are those it is for; the moments are spelled as
    ours are. `subject` and `issuer` are text from outside (RFC 4514)."""

    digest: Digest
    subject: str
    issuer: str
    begins: str
    ends: str
    names: tuple[str, ...]


def read_certificate(der: bytes) -> Certificate | None:
    """The certificate in these octets; None where they cannot be read as one."""
    try:
        with warnings.catch_warnings():
            # Of certificates that break their standard in one way or another.
            warnings.simplefilter("ignore")
            made = x509.load_der_x509_certificate(der)
            return Certificate(
                digest=Digest.of(der),
                subject=made.subject.rfc4514_string(),
                issuer=made.issuer.rfc4514_string(),
                begins=made.not_valid_before_utc.strftime(_FORM),
                ends=made.not_valid_after_utc.strftime(_FORM),
                names=_names(made),
            )
    except (ValueError, TypeError, x509.InvalidVersion):
        return None


def _names(made: x509.Certificate) -> tuple[str, ...]:
    try:
        found = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    hosts = found.get_values_for_type(x509.DNSName)
    return (*hosts, *map(str, found.get_values_for_type(x509.IPAddress)))

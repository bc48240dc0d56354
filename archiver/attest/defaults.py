"""Authorities that `archiver tsa defaults` chooses at a person's word.

Nothing is believed because it stands here. The roots are not shipped: each is named by its
digest and taken from the bundle of certifi, which has them from Mozilla's programme. They are
those of four firms, none of which hangs on another.
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass

from archiver.digest import Digest

_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\r?\n"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Default:
    """An authority: where it is asked, the SHA-256 of its root (DER), and where it says so
    itself. Their addresses are http: the answer is signed, and the question is a digest."""

    name: str
    url: str
    root: Digest
    documented: str


DEFAULTS = (
    Default(
        name="digicert",  # DigiCert Trusted Root G4
        url="http://timestamp.digicert.com",
        root=Digest("552f7bdcf1a7af9e6ce672017f4f12abf77240c78e761ac203d1d9d20ac89988"),
        documented="https://knowledge.digicert.com/general-information/"
        "rfc3161-compliant-time-stamp-authority-server",
    ),
    Default(
        name="globalsign",  # GlobalSign Root CA - R6
        url="http://timestamp.globalsign.com/tsa/r6advanced1",
        root=Digest("2cabeafe37d06ca22aba7391c0033d25982952c453647349763a3ab5ad6ccf69"),
        documented="https://support.globalsign.com/code-signing/code-signing-windows-7-8-and-10",
    ),
    Default(
        name="sectigo",  # USERTrust RSA, which signed Sectigo's root for time stamps
        url="http://timestamp.sectigo.com",
        root=Digest("e793c9b02fd8aa13e21c31228accb08119643b749c898964b1746d46c3d4cbd2"),
        documented="https://www.sectigo.com/resource-library/time-stamping-server",
    ),
    Default(
        name="ssl-com",  # SSL.com Root Certification Authority RSA
        url="http://ts.ssl.com",
        root=Digest("85666a562ee0be5ce925c1d8890a6f76a87ec16d4d7d5f29ea7419cf20123b69"),
        documented="https://github.com/SSLcom/esigner-codesign",
    ),
)


def root_in(bundle: bytes, root: Digest) -> bytes | None:
    """The PEM of the certificate with this digest in a bundle; None where there is none."""
    found = _PEM.finditer(bundle)
    return next((one[0] for one in found if Digest.of(b64decode(one[1])) == root), None)

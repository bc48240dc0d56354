"""The server's own signature: what capture.json says of it, against the recorded handshakes."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.errors import Problem
from archiver.observation import Observation, Tls
from archiver.package.derive import CAPTURE, Primary
from archiver.signedtls import misfits
from archiver.warc import blocks


def signed(seen: Observation) -> bool:
    """Whether a server's signature is said at all."""
    return any(_signed(one.tls) for one in seen.exchanges)


def proves(seen: Observation) -> str:
    """What the check proves, and of how many connections."""
    secure = [one for one in seen.exchanges if _due(one.tls)]
    count = sum(_signed(one.tls) for one in secure)
    connections = f"{len(secure)} TLS connection{'' if len(secure) == 1 else 's'}"
    said = f"the certificate's key signed the handshake of {count} of {connections}"
    source = [_signed(one.tls) for one in seen.of_source() if _due(one.tls)]
    if not any(source):
        return f"{said}, none with the source"
    return said if all(source) else f"{said}, not all with the source"


def unsigned(primary: Primary) -> Iterator[Problem]:
    """Every handshake that is said to be signed, and is not by that certificate's key, or is
    not the one of its exchange."""
    by_id = {record.id: record for record in primary.records}
    for number, one in enumerate(primary.observation.exchanges):
        if one.tls is None or one.tls.signature is None:
            continue
        record = by_id.get(one.tls.handshake or "")
        octets = b"" if record is None else b"".join(blocks(primary.archive, record))
        for what in misfits(one.tls, octets):
            yield Problem(where=f"{CAPTURE} exchanges[{number}].tls", rule="handshakes", what=what)


def _signed(tls: Tls | None) -> bool:
    return tls is not None and tls.signature is not None


def _due(tls: Tls | None) -> bool:
    """Whether a handshake came to its end, or as far as the signature."""
    return tls is not None and (tls.version is not None or _signed(tls))

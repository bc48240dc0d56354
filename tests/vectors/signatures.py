"""Vectors for the checks of signatures: the package's own, and the servers'."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from archiver.attest import keyforms
from archiver.digest import Digest
from archiver.observation import Observation
from archiver.pem import to_pem
from tests.attest.signers import OURS, THEIRS, resigned, signed_package
from tests.attest.test_signature import FILES, MEMBERS, OTHER_FORMS, transplanted
from tests.verify.forge import Files, exchange, recorded, sealed
from tests.verify.handshaking import (
    ED25519,
    OTHER_KEY,
    certificate,
    certificate_message,
    message,
    pieces,
    signature,
)
from tests.verify.handshaking import (
    KEY as SERVERS_KEY,
)
from tests.verify.scenes import CERTIFICATE, HOST, package
from tests.verify.shorthand import Forge

KEY = "key.pem"  # the vectors' own, published beside them
STATE = "captured"  # the scene of all of these


def published() -> bytes:
    """The public key that signed the vectors."""
    return keyforms.write_public(OURS.public)


def by_another_key() -> bytes:
    return signed_package(STATE, THEIRS)


def _with(name: str) -> Forge:
    """A signature that is nearly one."""
    return lambda _: resigned(FILES, **MEMBERS[name])


SIGNATURES: dict[str, tuple[str, Forge, str]] = {
    "transplant": (
        STATE,
        lambda _: transplanted(package("blocked")),
        "the genuine signature of another package",
    ),
    "other-key": (
        STATE,
        _with("their key, our signature"),
        "another key in the place of the signer's",
    ),
    "der": (STATE, _with("DER"), "the signature in DER instead of r and s"),
    "high-s": (STATE, _with("the higher s"), "the other value of s that verifies"),
    "zero-r": (STATE, _with("r is 0"), "r is 0"),
    "other-curve": (STATE, _with("P-256"), "made by a key on P-256"),
    "created": (STATE, _with("created later"), "another moment than that of datapackage.json"),
    "two-forms": (STATE, _with("both forms"), "the members of WACZ-Auth's other form as well"),
    "null": (STATE, lambda _: OTHER_FORMS["null"][0], "signedData is null"),
}


def _remade(change: Callable[[bytes], bytes], **said: Any) -> Forge:
    """Other handshakes, other words of the first one, and everything made anew after that."""

    def told(seen: Observation) -> Observation:
        shown = seen.exchanges[0].tls
        assert shown is not None
        return exchange(seen, 0, tls=replace(shown, **said))

    def octets(_: str, block: bytes) -> bytes:
        return change(block) if block[:2] == b"\1\0" else block

    return lambda files: sealed(recorded(files, told, octets))


def _signed(
    before: list[bytes], *, key: Ed25519PrivateKey = SERVERS_KEY, scheme: int = ED25519
) -> Forge:
    whole = b"".join([*before, signature(before, key, scheme)])
    return _remade(lambda _: whole)


def _flipped(place: int) -> Forge:
    return _remade(lambda block: block[:place] + bytes([block[place] ^ 1]) + block[place:][1:])


def _chain_pasted(files: Files) -> bytes:
    """The chain of another site in every place, also in the handshake."""
    chain = (certificate(HOST, OTHER_KEY),)

    def octets(_: str, block: bytes) -> bytes:
        if block.startswith(b"-----BEGIN"):
            return to_pem(chain)
        return block.replace(*map(certificate_message, ((CERTIFICATE,), chain)))

    def told(seen: Observation) -> Observation:
        shown = seen.exchanges[0].tls
        assert shown is not None
        return exchange(seen, 0, tls=replace(shown, chain=tuple(map(Digest.of, chain))))

    return sealed(recorded(files, told, octets))


BEFORE = pieces(HOST, (CERTIFICATE,), "x")
HANDSHAKES: dict[str, tuple[str, Forge, str]] = {
    "other-chain": (STATE, _chain_pasted, "the certificate of another site, which did not sign"),
    "other-key": (STATE, _signed(BEFORE, key=OTHER_KEY), "signed by a key of no certificate"),
    "random": (STATE, _flipped(10), "another octet in what is signed, the client's random"),
    "other-scheme": (STATE, _signed(BEFORE, scheme=0x0403), "a scheme that is none of this key"),
    "scheme-said": (STATE, _remade(lambda b: b, signature="ed448"), "another scheme is told"),
    "no-messages": (STATE, _remade(lambda b: b, handshake=None), "no handshake to hold it against"),
    "octets-behind": (
        STATE,
        _signed([*BEFORE[:2], message(8, b"\0\0x"), BEFORE[3]]),
        "an octet behind the end of a message, signed with it",
    ),
}

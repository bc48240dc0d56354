"""Whether a server's signature stands under a recorded handshake, and under what is said of it.

Capturing asks before it says so, and verifying asks again. So what a server can make of a
handshake that readers disagree on (a certificate that is BER and not DER, a key of a new kind)
is no signature for us, and never a package that is refused. That version, cipher and protocol
are those of the messages has been seen before (`handshake.unlike`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.handshake import is_address
from archiver.observation import Tls
from archiver.serverkey import check
from archiver.tls13 import Handshake, read


def proved(tls: Tls, messages: bytes) -> Tls:
    """What TLS showed, with the scheme of the server's signature where that stands under these
    messages (RFC 8446 §4.4.3), and without it where none does."""
    with suppress(InvalidInput):
        handshake = read(messages)
        if not any(_contradictions(tls, handshake)):
            return replace(tls, signature=_signed(handshake))
    return replace(tls, signature=None)


def misfits(tls: Tls, messages: bytes) -> Iterator[str]:
    """Everything in which these messages and what is said of them contradict each other,
    where a signature is said."""
    try:
        handshake = read(messages)
        yield from _contradictions(tls, handshake)
        scheme = _signed(handshake)
    except InvalidInput as fault:
        yield f"its {fault.where or 'handshake'} {fault.what}"
        return
    if tls.signature != scheme:
        yield _differ("signature", tls.signature, scheme)


def _contradictions(tls: Tls, handshake: Handshake) -> Iterator[str]:
    """Stricter than agreement: the name in its very spelling, a chain that is all there."""
    asked = None if is_address(tls.server_name) else tls.server_name
    if asked != handshake.server_name:
        yield _differ("server_name", tls.server_name, handshake.server_name)
    presented = tuple(Digest.of(one) for one in handshake.certificates)
    if presented != tls.chain:
        yield _differ("chain", _listed(tls.chain), _listed(presented))


def _signed(handshake: Handshake) -> str:
    return check(handshake.certificates[0], handshake.scheme, handshake.signature, handshake.signed)


def _listed(chain: tuple[Digest, ...]) -> str:
    return ", ".join(str(one) for one in chain[:3]) + (" …" if chain[3:] else "")


def _differ(name: str, said: str | None, found: str | None) -> str:
    return f"its {name} is {said or 'none'!s:.300}, its handshake gives {found or 'none'!s:.300}"

"""Which keys are trusted: one's own, those of the trust list, and those named for this once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from archiver.attest import keyforms
from archiver.attest.trust import Known, Trust
from archiver.case.files import read_regular
from archiver.case.person import NO_HOME
from archiver.custody.keyring import VARIABLE, Keyring, key_of_variable, keyring
from archiver.digest import Digest
from archiver.errors import InvalidInput

Named = Sequence[str | Path]


def trusted(named: Trust | Named = ()) -> Trust:
    """Every key that this person trusts, `named` besides: fingerprints, and files with public
    keys; a `Trust` stands in the place of all of them. Raises `InvalidInput` for what is none of
    these, and for a damaged key or list."""
    if isinstance(named, Trust):
        return named
    given = tuple(map(_given, named))
    try:
        ring = keyring()
    except InvalidInput as fault:
        if fault.code != NO_HOME:
            raise
        return Trust((*_variable(), *given))  # nobody's machine: whoever asks names the keys
    return Trust((*_own(ring), *_variable(), *ring.trust_list(), *given))


def _own(ring: Keyring) -> Iterator[Known]:
    for one in ring.own():
        yield Known(fingerprint=one.public.fingerprint, name=one.name, own=True)


def _variable() -> Iterator[Known]:
    """The key that signs in CI is one's own as well, where it can be read without asking."""
    try:
        key = key_of_variable(os.environ, None)
    except InvalidInput as fault:
        if fault.code == "key.locked":
            return
        raise
    if key is not None:
        yield Known(fingerprint=key.public.fingerprint, name=VARIABLE, own=True)


def _given(named: str | Path) -> Known:
    return Known(fingerprint=fingerprint_of(named), name="named with --trust")


def fingerprint_of(named: str | Path) -> Digest:
    """A key's fingerprint, from itself or from the file with the public key."""
    if isinstance(named, str) and named.startswith("sha256:"):
        return Digest.parse(named)
    octets = read_regular(Path(named), keyforms.MAX_OCTETS, "the public key")
    try:
        return keyforms.read_public(octets).fingerprint
    except InvalidInput as fault:
        fault.where = str(named)
        raise

"""Which key signs, and `sign`: a further signature beside a package."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archiver.attest import sshsig
from archiver.attest.keyforms import write_private
from archiver.attest.p384 import SigningKey
from archiver.custody.disk import write_beside
from archiver.custody.keyring import (
    FIRST,
    NAME,
    VARIABLE,
    Ask,
    Keyring,
    OwnKey,
    fresh_key,
    key_of_variable,
    private_key,
)
from archiver.custody.keyring import keyring as own_keyring
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.package.container import measured
from archiver.verbs.reading import believed
from archiver.verify.sidecars import signature_name

_IN_CI = f"{VARIABLE} is not set, and in CI no key is made"
_NONE = "there is no key, and none was to be made"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signing:
    """How to sign. `key` is the name of an own key or a file; None: `ARCHIVER_KEY`, then the
    own key. `new_key`: where there is none, make one (never in CI). `ask` gives a passphrase."""

    wanted: bool = True
    key: str | None = None
    new_key: bool = True
    ask: Ask | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The key that signs, or why none does; `made` is the key that was made for it just now."""

    key: SigningKey | None
    why: str = ""
    made: OwnKey | None = None
    path: Path | None = None


def choose(
    signing: Signing,
    keyring: Keyring | None = None,
    environment: Mapping[str, str] | None = None,
) -> Chosen:
    """The key to sign with.

    Raises `InvalidInput` for a key that cannot be used: nothing is signed by another key in
    its place, and nothing goes unsigned for its sake.
    """
    keyring = own_keyring() if keyring is None else keyring
    environment = os.environ if environment is None else environment
    if not signing.wanted:
        return Chosen(key=None, why="--no-sign")
    if signing.key is not None:
        chosen = _named(signing.key, keyring, signing.ask)
    elif key := key_of_variable(environment, signing.ask):
        chosen = Chosen(key=key)
    else:
        chosen = _own(signing, keyring, bool(environment.get("CI")))
    _refuse_revoked(chosen, keyring)
    return chosen


def _named(name: str, keyring: Keyring, ask: Ask | None) -> Chosen:
    if "-----BEGIN" in name or "\n" in name:
        raise InvalidInput(
            "key.argument",
            "a key itself on the command line, where everybody on this machine can read it",
            where="--key",
            hint="that key is to be replaced; put the next one in a file of mode 600",
        )
    if NAME.fullmatch(name):
        for one in keyring.own():
            if one.name == name:
                return Chosen(key=private_key(one.path, name, ask), path=one.path)
    path = Path(name)
    # What stands there may be a key by mistake: it is not repeated.
    return Chosen(key=private_key(path, "--key", ask), path=path)


def _own(signing: Signing, keyring: Keyring, in_ci: bool) -> Chosen:
    revoked = {one.fingerprint for one in keyring.trust_list() if one.revoked}
    own = [one for one in keyring.own() if one.public.fingerprint not in revoked]
    usable = [one for one in own if one.name == FIRST] or own
    if len(usable) > 1:
        raise InvalidInput(
            "key.several",
            f"several keys: {', '.join(one.name for one in usable)}",
            hint="say which one signs: --key NAME",
        )
    if usable:
        one = usable[0]
        return Chosen(key=private_key(one.path, one.name, signing.ask), path=one.path)
    if keyring.own():
        raise InvalidInput(
            "key.revoked",
            "every key here is revoked",
            hint="archiver key new NAME makes another; --no-sign goes without",
        )
    if in_ci or not signing.new_key:
        return Chosen(key=None, why=_IN_CI if in_ci else _NONE)
    key = fresh_key()
    try:
        made = keyring.add(FIRST, key.public, write_private(key, None))
    except InvalidInput as fault:
        if fault.code != "key.exists":
            raise
        return _own(signing, keyring, in_ci)  # somebody made one meanwhile: theirs counts
    return Chosen(key=key, made=made, path=made.path)


def _refuse_revoked(chosen: Chosen, keyring: Keyring) -> None:
    if chosen.key is None:
        return
    fingerprint = chosen.key.public.fingerprint
    for one in keyring.trust_list():
        if one.fingerprint == fingerprint and one.revoked is not None:
            raise InvalidInput(
                "key.revoked",
                f"this key is revoked since {one.revoked.since}, and does not sign",
                where=one.name,
                hint="archiver key new NAME makes another",
            )


def refuse_key_inside(chosen: Chosen, archives: Path) -> None:
    """A key among the cases would be published with them. Raises `InvalidInput`."""
    if chosen.path is not None and chosen.path.resolve().is_relative_to(archives.resolve()):
        raise InvalidInput(
            "key.inside",
            "the key stands among the cases, which are there to be published",
            where=str(chosen.path),
            hint="archiver key import keeps it where it belongs",
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Cosigned:
    """A signature beside the package with this id. `written` is False where it stood there
    already."""

    package: str
    id: str
    file: Digest
    signed_by: Digest
    signature: Path
    written: bool
    made: OwnKey | None


def sign(package: Path | str, signing: Signing | None = None) -> Cosigned:
    """Sign a package's file as it is; the signature is written beside it.

    Raises `Refused` where the package does not verify, `InvalidInput` where there is no key
    to sign with, `StorageFailed` where it cannot be written.
    """
    path = Path(package)
    with believed(path) as found:
        chosen = choose(signing or Signing())
        if chosen.key is None:
            raise InvalidInput(
                "key.none", f"no key to sign with: {chosen.why}", hint="--key names one"
            )
        file = measured("", found.source, 0, found.source.size()).digest
    beside = path.with_name(signature_name(path.name, chosen.key.public))
    written = write_beside(beside, sshsig.sign(file, chosen.key))
    return Cosigned(
        package=str(package),
        id=str(found.package.id),
        file=file,
        signed_by=chosen.key.public.fingerprint,
        signature=beside,
        written=written,
        made=chosen.made,
    )

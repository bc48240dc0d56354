"""`key`: make, tell, hand on, take in, trust and revoke keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.attest import keyforms
from archiver.attest import trust as trusting
from archiver.attest.p384 import PublicKey
from archiver.attest.trust import Known, Revoked, Trust
from archiver.case.files import read_regular
from archiver.case.person import LINE, configuration
from archiver.custody.keyring import (
    FIRST,
    Ask,
    OwnKey,
    fresh_key,
    keyring,
    unlocked,
)
from archiver.custody.ledgerkeys import LogKeys, OwnLogKey
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.moment import Clock, clock_from_environment, is_spelled, spell
from archiver.verbs.trusting import fingerprint_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A key as its person knows it. `standing`: `own`, `trusted` or `revoked`; `public` and
    `path` are there for own ones, `path` being the file with the private half."""

    fingerprint: Digest
    name: str
    standing: str
    public: PublicKey | None = None
    path: Path | None = None
    added: str | None = None
    note: str = ""
    revoked: Revoked | None = None


def new(name: str = FIRST, passphrase: bytes | None = None) -> Key:
    """Make a key and keep it under this name. Raises `InvalidInput` where the name is taken."""
    key = fresh_key()
    return _own(keyring().add(name, key.public, keyforms.write_private(key, passphrase)))


def listed() -> tuple[Key, ...]:
    """One's own keys, then the others of the trust list, each by name."""
    ring = keyring()
    known = ring.trust_list()
    own = [_own(one, known) for one in ring.own()]
    theirs = [one for one in known if one.fingerprint not in {key.fingerprint for key in own}]
    return (*own, *(_other(one) for one in sorted(theirs, key=lambda one: one.name)))


def ledgers() -> tuple[OwnLogKey, ...]:
    """The keys of one's own ledgers."""
    return LogKeys(configuration()).own()


def find(named: str) -> Key:
    """A key of the list by name or fingerprint. Raises `InvalidInput` where there is none, or
    more than one of that name."""
    found = [one for one in listed() if named in (one.name, str(one.fingerprint))]
    if len(found) != 1:
        what = "several keys of that name: give the fingerprint" if found else "no such key"
        raise InvalidInput("key.unknown", what, where=named, hint="archiver key list tells them")
    return found[0]


def take_in(file: Path, name: str, ask: Ask | None = None) -> Key:
    """Keep a private key that stands in a file. That file stays; a key that is encrypted there
    is kept as it is. Raises `InvalidInput` as `private_key` does."""
    pem = read_regular(file, keyforms.MAX_OCTETS, "the key", secret=True)
    key = unlocked(pem, str(file), ask)
    kept = pem if keyforms.is_encrypted(pem) else keyforms.write_private(key, None)
    return _own(keyring().add(name, key.public, kept))


def export(named: str) -> PublicKey:
    """The public half of an own key; the private one is never given out."""
    key = find(named)
    if key.public is None:
        raise InvalidInput(
            "key.not_own",
            "the key itself is not here: of others' keys only the fingerprint is kept",
            where=named,
        )
    return key.public


def trust(named: str, name: str, note: str = "", clock: Clock | None = None) -> Key:
    """Trust a key from now on: a fingerprint, or a file with the public key.

    Raises `InvalidInput` for what is no key, for one that is one's own or in the list
    already, and for a name or note that is not one line.
    """
    _check_line("name", name)
    _check_line("note", note or "-")
    fingerprint = fingerprint_of(named)
    for one in listed():
        if one.fingerprint == fingerprint:
            what = f"is {one.standing} already, as {one.name}"
            raise InvalidInput("key.known", what, where=str(fingerprint))
        if one.name == name:
            raise InvalidInput("key.exists", "there is a key of that name already", where=name)
    entry = Known(fingerprint=fingerprint, name=name, added=_now(clock), note=note)
    keyring().change_trust(lambda known: (*known, entry))
    return _other(entry)


def revoke(named: str, reason: str, since: str | None = None, clock: Clock | None = None) -> Key:
    """Believe a key no more: one of the list, or a fingerprint or file of any.

    `since` is the moment from which it may have been in other hands; now, where it is not
    said. Raises `InvalidInput` for what is no key or no moment, and for one revoked already.
    """
    _check_line("reason", reason)
    now = _now(clock)
    since = since or now
    if not is_spelled(since):
        what = "not a moment of the form 2026-11-22T11:33:20Z"
        raise InvalidInput("key.since", what, where=since)
    entry = _known(named, now)
    if entry.revoked is not None:
        what = f"revoked already, since {entry.revoked.since}"
        raise InvalidInput("key.revoked", what, where=named)
    revoked = Revoked(since=since, reason=reason)
    keyring().change_trust(lambda known: trusting.revoke(known, entry, revoked))
    return next(one for one in listed() if one.fingerprint == entry.fingerprint)


def _known(named: str, now: str) -> Known:
    """What is known of a key that is to be revoked; of a stranger's, its number."""
    stands = next((one for one in listed() if named in (one.name, str(one.fingerprint))), None)
    if stands is None:
        number = fingerprint_of(named)
        stands = next((one for one in listed() if one.fingerprint == number), None)
        if stands is None:
            name = f"revoked-{number.hex[:8]}"
            return Known(fingerprint=number, name=name, added=now, trusted=False)
    return Known(
        fingerprint=stands.fingerprint,
        name=stands.name,
        added=stands.added or now,
        note=stands.note,
        revoked=stands.revoked,
    )


def _own(one: OwnKey, known: tuple[Known, ...] = ()) -> Key:
    said = Trust(known).signer(one.public.fingerprint)
    entry = next((each for each in known if each.fingerprint == said.fingerprint), None)
    return Key(
        fingerprint=said.fingerprint,
        name=one.name,
        standing="own" if said.revoked is None else "revoked",
        public=one.public,
        path=one.path,
        added=None if entry is None else entry.added,
        note="" if entry is None else entry.note,
        revoked=said.revoked,
    )


def _other(one: Known) -> Key:
    return Key(
        fingerprint=one.fingerprint,
        name=one.name,
        standing="trusted" if one.revoked is None else "revoked",
        added=one.added,
        note=one.note,
        revoked=one.revoked,
    )


def _now(clock: Clock | None) -> str:
    return spell((clock or clock_from_environment()).now())


def _check_line(what: str, text: str) -> None:
    if LINE.fullmatch(text) is None:
        raise InvalidInput(
            "key.text", f"the {what} is not a text of one line, of 1 to 200 characters"
        )

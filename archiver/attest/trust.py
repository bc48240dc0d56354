"""Whose keys a person trusts: what they say of each, and what follows for a signature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.fields import Fields

FORMAT = "archiver-trust-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Revoked:
    """A key that is not to be believed any more: since when, and why."""

    since: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a person says of a key, which is trusted unless it is revoked. `own`: they hold its
    private half; `added`: when they said so, None where it is for this once. `trusted` tells of
    a revoked one whether it was trusted before."""

    fingerprint: Digest
    name: str
    own: bool = False
    added: str | None = None
    note: str = ""
    trusted: bool = True
    revoked: Revoked | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """Who signed, as far as the person who verifies knows: `own`, `trusted`, `unknown` or
    `revoked`. `where` is the file with the signature; None: the package itself. Of a revoked
    key, `once` tells whether it was trusted before, and `stamped` when a time stamp saw the
    signature, where that was before the revocation."""

    fingerprint: Digest
    standing: str
    name: str | None = None
    revoked: Revoked | None = None
    where: str | None = None
    once: bool = False
    stamped: str | None = None

    @property
    def believed(self) -> bool:
        """Whether the signature counts here."""
        return self.standing in ("own", "trusted") or self.stamped is not None


@dataclass(frozen=True, slots=True)
class Trust:
    """Every key that a person says something of; of two sayings about one key the first has
    its name, and a revocation in any of them counts."""

    known: tuple[Known, ...] = ()

    def signer(self, fingerprint: Digest, where: str | None = None) -> Signer:
        """What a signature by this key is worth here."""
        said = [one for one in self.known if one.fingerprint == fingerprint]
        revoked = next((one.revoked for one in said if one.revoked), None)
        standing = "unknown"
        if revoked is not None:
            standing = "revoked"
        elif any(one.own for one in said):
            standing = "own"
        elif said:
            standing = "trusted"
        name = said[0].name if said else None
        return Signer(
            fingerprint=fingerprint,
            standing=standing,
            name=name,
            revoked=revoked,
            where=where,
            once=any(one.own or one.trusted for one in said),
        )


def revoke(known: tuple[Known, ...], one: Known, revoked: Revoked) -> tuple[Known, ...]:
    """The list with this key revoked; where it does not stand there yet, it comes to."""
    entry = next((each for each in known if each.fingerprint == one.fingerprint), one)
    rest = tuple(each for each in known if each.fingerprint != one.fingerprint)
    return (*rest, replace(entry, own=False, revoked=revoked))


def to_document(known: Iterable[Known]) -> dict[str, Any]:
    """The trust list as a document (`schemas/trust.schema.json`)."""
    keys = [
        {
            "added": one.added,
            "fingerprint": str(one.fingerprint),
            "name": one.name,
            "note": one.note,
            "revoked": None
            if one.revoked is None
            else {"reason": one.revoked.reason, "since": one.revoked.since},
            "trusted": one.trusted,
        }
        for one in sorted(known, key=lambda one: one.fingerprint)
    ]
    return {"format": FORMAT, "keys": keys}


def from_document(document: Mapping[str, Any]) -> tuple[Known, ...]:
    """The trust list from its document. Raises `InvalidInput` naming the place."""
    fields = Fields(document, "")
    if fields.text("format") != FORMAT:
        raise InvalidInput("trust.format", f"not {FORMAT}", where="format")
    known = tuple(_known(one) for one in fields.each("keys"))
    fields.done()
    return known


def _known(fields: Fields) -> Known:
    added = fields.text("added")
    revoked = fields.object_or_none("revoked")
    one = Known(
        fingerprint=Digest.parse(fields.text("fingerprint")),
        name=fields.text("name"),
        added=added,
        note=fields.text("note"),
        trusted=fields.flag("trusted"),
        revoked=None
        if revoked is None
        else Revoked(since=revoked.text("since"), reason=revoked.text("reason")),
    )
    fields.done()
    return one

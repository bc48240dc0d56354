"""Amendments: claims and opinion that came after the sealing, in signed files beside the package.

Each is a document of its own (schemas/amendment.schema.json) with both layers whole. It names
the package's id and the amendment before it, so it belongs to one package and has one place in
the order; a signature beside it is by `attest.sshsig`. The package stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archiver import canonical
from archiver.attest.trust import Signer
from archiver.case.schemas import faults
from archiver.digest import Digest
from archiver.errors import InvalidInput, Problem
from archiver.moment import is_spelled

CHECK = "amendment"
FORMAT = "archiver-amendment-1"
MAX_OCTETS = 4 << 20
_NAME = re.compile(r"\.amend-([1-9][0-9]{0,3})\.json")
_SCHEMAS = {"claimed": "claimed.schema.json", "assessed": "assessed.schema.json"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What is said of a package at one time: both layers, as documents."""

    claimed: Mapping[str, Any]
    assessed: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A field that an amendment changes; None: it was not there, or is there no more."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Amendment:
    """An amendment that holds. `digest` is that of its file; `by` is whoever made it, as they
    say; `changes` are against what was said before it."""

    name: str
    digest: Digest
    number: int
    created: str
    by: Mapping[str, str]
    note: str
    said: Statement
    changes: tuple[Change, ...]
    signers: tuple[Signer, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What the next amendment builds on: the package, and the last one of it."""

    package: Digest
    created: str
    sealed: Statement
    last: Amendment | None = None

    @property
    def number(self) -> int:
        """The number of the next amendment."""
        return 1 if self.last is None else self.last.number + 1

    @property
    def said(self) -> Statement:
        """What is said as of now."""
        return self.sealed if self.last is None else self.last.said


def amendment_name(file: str, number: int) -> str:
    """The name of an amendment beside a package file."""
    return f"{file}.amend-{number}.json"


def number_in(name: str, file: str) -> int | None:
    """The number of the amendment of this file that has this name; None where it is none."""
    match = _NAME.fullmatch(name[len(file) :]) if name.startswith(file) else None
    return None if match is None else int(match[1])


def amendment(
    basis: Basis, said: Statement, *, by: Mapping[str, str], note: str, created: str, software: str
) -> dict[str, Any]:
    """The document of the next amendment."""
    last = basis.last
    return {
        "amended_by": dict(by),
        "assessed": dict(said.assessed),
        "claimed": dict(said.claimed),
        # A clock that was set back meanwhile: nothing is amended before it was said.
        "created": max(created, basis.created if last is None else last.created),
        "format": FORMAT,
        "note": note,
        "number": basis.number,
        "package": str(basis.package),
        "previous": None if last is None else str(last.digest),
        "software": software,
    }


def read_amendment(name: str, octets: bytes, basis: Basis, signers: Sequence[Signer]) -> Amendment:
    """The next amendment, from its file.

    Raises `InvalidInput`, with all problems where there are several, for one of another
    package or place, one that is not valid, and one that nobody signed.
    """
    document = canonical.read(octets, name)
    if canonical.to_file(document) != octets:
        raise InvalidInput("amendment.form", "is not in its one canonical form", where=name)
    problems = tuple(_problems(name, document, basis))
    if problems:
        raise InvalidInput("amendment", problems[0].what, where=name, problems=problems)
    if not signers:
        raise InvalidInput("amendment.unsigned", "nobody has signed it", where=name)
    said = Statement(claimed=document["claimed"], assessed=document["assessed"])
    return Amendment(
        name=name,
        digest=Digest.of(octets),
        number=document["number"],
        created=document["created"],
        by=document["amended_by"],
        note=document["note"],
        said=said,
        changes=tuple(changes(basis.said, said)),
        signers=tuple(signers),
    )


def _problems(name: str, document: Mapping[str, Any], basis: Basis) -> Iterator[Problem]:
    found = [*faults(document, "amendment.schema.json")]
    if not found:
        for layer, schema in _SCHEMAS.items():
            found += faults(document[layer], schema)
        found += faults(_case(document), "case.schema.json")
    for one in found:
        yield Problem(where=f"{name} {one.where}".strip(), rule=one.rule, what=one.what)
    if not found:
        yield from (
            Problem(where=f"{name} {field}", rule="amendment", what=what)
            for field, what in _misfits(document, basis)
        )


def _case(document: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**document["claimed"], **document["assessed"]}
    return {key: value for key, value in merged.items() if key not in ("format", "case")}


def _misfits(document: Mapping[str, Any], basis: Basis) -> Iterator[tuple[str, str]]:
    """Where an amendment is not the next one of this package."""
    last = basis.last
    if document["package"] != str(basis.package):
        yield "package", f"is of another package, {document['package']}"
    if document["number"] != basis.number:
        yield "number", f"is number {document['number']}, due here is {basis.number}"
    if document["previous"] != (None if last is None else str(last.digest)):
        yield "previous", "does not name the amendment that stands before it"
    if not is_spelled(document["created"]):
        yield "created", "is no moment"
    if document["created"] < (basis.created if last is None else last.created):
        yield "created", "is before that which it amends"
    yield from unamendable(basis, document["claimed"], document["assessed"])


def unamendable(
    basis: Basis, claimed: Mapping[str, Any], assessed: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """What no amendment may say otherwise: what was captured, and which text it is about."""
    sealed = basis.sealed
    if {claimed["case"], assessed["case"]} != {sealed.claimed["case"]}:
        yield "case", f"is another case than that of the package, {sealed.claimed['case']}"
    if claimed["source"]["url"] != sealed.claimed["source"]["url"]:
        yield "claimed.source.url", "is another source than the one that was captured"
    before = basis.said.claimed.get("seed_text")
    if before is not None and claimed.get("seed_text") != before:
        yield "claimed.seed_text", "is another seed text: that is another package's"


def changes(before: Statement, after: Statement) -> Iterator[Change]:
    """Every field that differs, by its place."""
    for layer in ("claimed", "assessed"):
        old, new = (_fields(getattr(one, layer)) for one in (before, after))
        for field in sorted({*old, *new}):
            if old.get(field) != new.get(field):
                yield Change(field=field, before=old.get(field), after=new.get(field))


def _fields(value: object, place: str = "") -> dict[str, Any]:
    """The values of a document that are no objects, by their place."""
    if not isinstance(value, Mapping):
        return {place: value}
    found: dict[str, Any] = {}
    for name, member in value.items():
        found |= _fields(member, f"{place}.{name}" if place else name)
    return found

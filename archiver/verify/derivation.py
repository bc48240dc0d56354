"""What is derived must follow: documents by their rules, records from what was seen.

What names its own rule (`archiver-outcome-1`) or follows a standard (CDXJ, json-pages) is
derived again whichever version made the package, for a rule never changes once released.
The rest (the words of our own records, the manifests, the embedded schema) only the
version that made it can derive; under another one the package is `not_rebuilt`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from archiver import records, warc
from archiver.errors import Problem
from archiver.observation import Exchange
from archiver.package import manifest
from archiver.package.build import primary_files
from archiver.package.container import Exhibit, exhibit
from archiver.package.derive import (
    CAPTURE,
    DATAPACKAGE,
    SCHEMA,
    WARC,
    Derived,
    Primary,
)
from archiver.package.reading import Package
from archiver.records import INTERIM, Block, Planned, Wire
from archiver.verify.difference import difference


def differences(
    package: Package, primary: Primary, derived: Derived, *, ours: bool
) -> Iterator[Problem]:
    """Everything that does not follow from the primary exhibits.

    `ours`: the package names this very version, so that all of it can be derived.
    """
    if ours:
        yield from other_records(primary)
        files = primary_files(primary) | dict(derived.files)
        created = str(package.document(DATAPACKAGE).get("created"))
        files[DATAPACKAGE] = manifest.datapackage(
            package.exhibits, primary.observation, primary.claimed, created
        )
    else:
        files = ruled(derived)
    yield from unlike(package, {path: exhibit(path, octets) for path, octets in files.items()})


def ruled(derived: Derived) -> dict[str, bytes]:
    """What follows by rules that bear their own version, whoever made the package."""
    return {path: octets for path, octets in derived.files.items() if path != SCHEMA}


def unlike(package: Package, made: Mapping[str, Exhibit]) -> Iterator[Problem]:
    """Every file that was made again and is missing or another one in the package."""
    for path, one in sorted(made.items()):
        if path not in package.exhibits:
            yield Problem(where=path, rule="derivation", what="is missing")
        elif package.exhibits[path].digest != one.digest:
            yield difference(package.exhibits[path], one)


def other_records(primary: Primary) -> Iterator[Problem]:
    """Where the WARC is not the one that this capture with these octets has."""
    seen = primary.observation
    planned = records.plan(seen, _wires(primary))
    expected = records.named(seen, planned)
    if expected.capture_id != seen.capture_id:
        # Every other id hangs on this one.
        yield _problem(CAPTURE, "the capture id is not the one of this content")
        return
    if expected != seen:
        yield _problem(CAPTURE, "record ids are not those of this content")
    pairs = zip_longest(primary.records, planned.records)
    for number, (found, plan) in enumerate(pairs, start=1):
        if plan is None:
            yield _problem(WARC, f"record {number} is one that this capture does not have")
        elif found is None or _of_record(found) != _of_plan(plan):
            yield _problem(WARC, f"record {number} is not the {plan.draft.type} record due here")
            return


def _of_record(one: warc.Record) -> tuple[object, ...]:
    return (
        (one.id, one.type, one.date, one.uri, one.ip, one.concurrent_to, one.truncated),
        (one.payload_digest, one.block_digest, one.content_type, one.length),
    )


def _of_plan(one: Planned) -> tuple[object, ...]:
    is_to_be = one.draft
    return (
        (
            one.identity,
            is_to_be.type,
            is_to_be.date,
            is_to_be.uri,
            is_to_be.ip,
            one.concurrent_to,
            is_to_be.truncated,
        ),
        (is_to_be.payload_digest, is_to_be.block_digest, is_to_be.content_type, is_to_be.length),
    )


def _wires(primary: Primary) -> tuple[Wire, ...]:
    by_id = {record.id: record for record in primary.records}
    interim = {
        other: record
        for record in primary.records
        if record.type == "resource" and (record.uri or "").startswith(INTERIM)
        for other in record.concurrent_to or (record.uri,)
    }
    return tuple(_wire(primary, one, by_id, interim) for one in primary.observation.exchanges)


def _wire(
    primary: Primary,
    one: Exchange,
    by_id: Mapping[str, warc.Record],
    interim: Mapping[str | None, warc.Record],
) -> Wire:
    request = by_id.get(one.request or "")
    response = by_id.get(one.response.record) if one.response else None
    beside = response or request
    early = interim.get(INTERIM + one.url if beside is None else beside.id)
    payload = None
    if response is not None:
        entity = primary.entities.of(response)
        payload = records.payload_digest(
            entity.framing, entity.head_end, entity.extra, entity.digest
        )
    return Wire(
        request=_block(request),
        interim=_block(early),
        response=_block(response),
        payload=payload,
        beside={
            also.part: block
            for also in records.attachments(one)
            if (block := _block(by_id.get(also.identity or ""))) is not None
        },
    )


def _block(record: warc.Record | None) -> Block | None:
    return None if record is None else Block(length=record.length, digest=record.block_digest)


def _problem(where: str, what: str) -> Problem:
    return Problem(where=where, rule="derivation", what=what)

"""An insider's tools: open a package, change what one likes, and make all digests right again."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from archiver import canonical, records, warc
from archiver.capturejson import to_document
from archiver.digest import Digest
from archiver.errors import ArchiverError
from archiver.observation import Observation
from archiver.package import container, manifest
from archiver.package.container import exhibit
from archiver.package.derive import (
    CAPTURE,
    DATAPACKAGE,
    DIGEST,
    MANIFEST,
    MEDIA_TYPES,
    WARC,
    derive,
)
from archiver.package.reading import Package, primary_of

Files = dict[str, bytes]
Document = dict[str, Any]


def opened(octets: bytes) -> Files:
    return {one.path: one.octets() for one in container.read(io.BytesIO(octets))}


def zipped(files: Files) -> bytes:
    out = io.BytesIO()
    container.write([exhibit(path, octets) for path, octets in files.items()], out)
    return out.getvalue()


def sealed(files: Files, datapackage: Callable[[Document], object] | None = None) -> bytes:
    """Both manifests and the list of sums made anew; `datapackage` may still change the first."""
    files = {path: octets for path, octets in files.items() if path not in (MANIFEST, DIGEST)}
    listed = json.loads(files.pop(DATAPACKAGE))
    exhibits = {path: exhibit(path, octets) for path, octets in files.items()}
    files[MANIFEST] = manifest.sums(exhibits)
    exhibits[MANIFEST] = exhibit(MANIFEST, files[MANIFEST])
    listed["resources"] = [
        {
            "bytes": one.size,
            "hash": str(one.digest),
            "mediatype": MEDIA_TYPES.get(path, "text/plain"),
            "name": path.replace("/", "-"),
            "path": path,
        }
        for path, one in sorted(exhibits.items())
    ]
    if datapackage is not None:
        datapackage(listed)
    files[DATAPACKAGE] = canonical.to_file(listed)
    files[DIGEST] = manifest.digest_file(files[DATAPACKAGE])
    return zipped(files)


def derived(files: Files) -> Files:
    """The derived documents derived again, as far as the forgery lets them be."""
    with suppress(ArchiverError):
        files = files | dict(derive(_primary(files)).files)
    return files


def document(files: Files, path: str, change: Callable[[Document], object]) -> Files:
    """A JSON file changed and put into its canonical form."""
    value = json.loads(files[path])
    change(value)
    return files | {path: canonical.to_file(value)}


Record = tuple[list[tuple[str, str]], bytes]


def warc_records(files: Files) -> list[Record]:
    octets, found = files[WARC], []
    for one in warc.read(io.BytesIO(octets)):
        head = octets[one.offset : one.block].decode("ascii").split("\r\n")[1:-2]
        fields = [(line.partition(": ")[0], line.partition(": ")[2]) for line in head]
        found.append((fields, octets[one.block : one.block + one.length]))
    return found


def warc_file(found: list[Record], *, digests: bool = True) -> bytes:
    """The records as a file, block digests and lengths made right."""
    written = []
    for fields, block in found:
        right = {"WARC-Block-Digest": str(Digest.of(block)), "Content-Length": str(len(block))}
        pairs = [(name, right.get(name, value) if digests else value) for name, value in fields]
        head = "".join(f"{name}: {value}\r\n" for name, value in pairs)
        written.append(b"WARC/1.1\r\n" + head.encode("ascii") + b"\r\n" + block + b"\r\n\r\n")
    return b"".join(written)


def in_warc(files: Files, change: Callable[[list[Record]], object]) -> Files:
    found = warc_records(files)
    change(found)
    return files | {WARC: warc_file(found)}


def set_field(found: list[Record], number: int, name: str, value: str) -> None:
    fields, block = found[number]
    found[number] = ([(key, value if key == name else old) for key, old in fields], block)


def recorded(
    files: Files,
    change: Callable[[Observation], Observation],
    octets: Callable[[str, bytes], bytes] = lambda _, block: block,
) -> Files:
    """The forgery of a person with our source code: `capture.json` changed, then every
    record, id and derived document of it made anew. `octets` may change those of the wire."""
    primary = _primary(files)
    seen = change(primary.observation)
    blocks = {
        one.id: octets(one.type, b"".join(warc.blocks(primary.archive, one)))
        for one in primary.records
    }
    wires = [_wire(one, blocks) for one in seen.exchanges]
    planned = records.plan(seen, wires)
    out = io.BytesIO()
    for one in planned.records:
        block = one.octets
        if block is None and one.exchange is not None:
            block = blocks[_id_of(seen, one.exchange, one.part)]
        warc.write(out, one.draft, one.identity, [block or b""], one.concurrent_to)
    named = records.named(seen, planned)
    files = files | {WARC: out.getvalue(), CAPTURE: canonical.to_file(to_document(named))}
    return _with_datapackage(derived(files), named)


def _wire(one: Any, blocks: dict[str, bytes]) -> records.Wire:
    def block(identity: str | None) -> records.Block | None:
        if identity is None:
            return None
        return records.Block(length=len(blocks[identity]), digest=Digest.of(blocks[identity]))

    payload = None
    if one.response and one.response.framing in ("none", "length", "close"):
        payload = Digest.of(blocks[one.response.record].partition(b"\r\n\r\n")[2])
    return records.Wire(
        request=block(one.request),
        response=block(one.response and one.response.record),
        payload=payload,
        beside={
            also.part: found
            for also in records.attachments(one)
            if (found := block(also.identity)) is not None
        },
    )


def _id_of(seen: Observation, number: int, part: str) -> str:
    one = seen.exchanges[number]
    ids = {also.part: also.identity for also in records.attachments(one)}
    ids |= {"request": one.request, "response": one.response and one.response.record}
    return str(ids[part])


def _with_datapackage(files: Files, seen: Observation) -> Files:
    listed = {p: exhibit(p, octets) for p, octets in files.items() if p in MEDIA_TYPES}
    claimed = json.loads(files["evidence/claimed.json"])
    created = json.loads(files[DATAPACKAGE])["created"]
    with suppress(IndexError):
        files = files | {DATAPACKAGE: manifest.datapackage(listed, seen, claimed, created)}
    return files


def _primary(files: Files) -> Any:
    exhibits = {path: exhibit(path, octets) for path, octets in files.items()}
    return primary_of(Package(exhibits=exhibits, id=exhibits[DATAPACKAGE].digest))


def exchange(seen: Observation, number: int, **changed: Any) -> Observation:
    """The observation with one exchange changed."""
    many = list(seen.exchanges)
    many[number] = replace(many[number], **changed)
    return replace(seen, exchanges=tuple(many))


def text(files: Files, path: str, pattern: str, new: str) -> Files:
    """The first match of a pattern in a text file put in other words."""
    changed, count = re.subn(pattern, new, files[path].decode(), count=1)
    assert count, pattern
    return files | {path: changed.encode()}

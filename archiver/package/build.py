"""Building a package: primary exhibits in, one byte string out."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from archiver import canonical
from archiver.capturejson import to_document
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.http1 import Head
from archiver.moment import latest_packing
from archiver.observation import Observation
from archiver.openfile import OpenFile
from archiver.package import container, manifest
from archiver.package.archive import read_archive
from archiver.package.container import Exhibit, exhibit, measured
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    DATAPACKAGE,
    DIGEST,
    MANIFEST,
    SEED,
    SEED_TEXT,
    WARC,
    Derived,
    Primary,
    derive,
    page_head,
)
from archiver.package.readback import check_alike, read_back

CLAIMED_FORMAT = "archiver-claimed-1"
ASSESSED_FORMAT = "archiver-assessed-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """A package before it is written: its id, its exhibits, what was derived, and the head of
    the source's final response."""

    id: Digest
    exhibits: tuple[Exhibit, ...]
    derived: Derived
    head: Head | None

    def document(self, path: str) -> dict[str, Any] | None:
        """A JSON exhibit; None where there is none."""
        found = next((one for one in self.exhibits if one.path == path), None)
        return None if found is None else canonical.read(found.octets(), path)

    def with_signature(self, signed: Mapping[str, Any] | None) -> Built:
        """The package with this signature (`signedData`) and no other; None: without one.

        Nothing else of it changes, its id least of all.
        """
        octets = manifest.digest_file(self.id, signed)
        rest = (one for one in self.exhibits if one.path != DIGEST)
        return replace(self, exhibits=(*rest, exhibit(DIGEST, octets)))

    def write(self, out: BinaryIO) -> None:
        """Write the package's octets."""
        container.write(self.exhibits, out)


def build(
    *,
    archive: BinaryIO,
    observation: Observation,
    claimed: Mapping[str, Any],
    assessed: Mapping[str, Any],
    seed: bytes | None,
    seed_document: Mapping[str, Any] | None,
    created: str,
) -> Built:
    """Derive all that is derived and list it. `created` is the moment of packing.

    Raises `InvalidInput` where the WARC is not what our own reader and `warcio`, a
    second one, both read alike: then nothing is sealed.
    """
    source = OpenFile(archive)
    size = source.size()
    web = source.window(0, size)
    # Three readers that wait for nothing but the digests: together they take what two do.
    with ThreadPoolExecutor(2) as pool:
        whole = pool.submit(measured, WARC, source, 0, size)
        second = pool.submit(read_back, source.window(0, size))
        records, entities = read_archive(web)
        check_alike(records, second.result())
        primary = Primary(
            archive=web,
            records=records,
            entities=entities,
            observation=observation,
            claimed=claimed,
            assessed=assessed,
            seed=seed,
            seed_document=seed_document,
        )
        derived = derive(primary)
        files = primary_files(primary) | dict(derived.files)
        for path in files:
            if path.endswith(".json"):
                # What could not be read again is not sealed.
                canonical.read(files[path], path)
        exhibits = {path: exhibit(path, octets) for path, octets in files.items()}
        exhibits[WARC] = whole.result()
    # A clock that was set meanwhile: nothing is packed before it was captured, or days after.
    ended = observation.ended
    created = max(ended, min(created, latest_packing(ended)))
    return seal(exhibits, primary, derived, created)


def primary_files(primary: Primary) -> dict[str, bytes]:
    """The primary exhibits that are documents, as their octets."""
    files = {
        CAPTURE: canonical.to_file(to_document(primary.observation)),
        CLAIMED: canonical.to_file(primary.claimed),
        ASSESSED: canonical.to_file(primary.assessed),
    }
    if primary.seed is not None:
        files[SEED_TEXT] = primary.seed
    elif primary.seed_document is not None:
        files[SEED] = canonical.to_file(primary.seed_document)
    return files


def seal(exhibits: dict[str, Exhibit], primary: Primary, derived: Derived, created: str) -> Built:
    """Add the manifests to the exhibits."""
    exhibits[MANIFEST] = exhibit(MANIFEST, manifest.sums(exhibits))
    listed = manifest.datapackage(exhibits, primary.observation, primary.claimed, created)
    exhibits[DATAPACKAGE] = exhibit(DATAPACKAGE, listed)
    identity = Digest.of(listed)
    exhibits[DIGEST] = exhibit(DIGEST, manifest.digest_file(identity))
    return Built(
        id=identity,
        exhibits=tuple(exhibits.values()),
        derived=derived,
        head=page_head(primary),
    )


def layer(form: str, case_id: str, document: Mapping[str, Any]) -> dict[str, Any]:
    """A layer of the case as an exhibit: `evidence/claimed.json` or `evidence/assessed.json`."""
    if "format" in document or "case" in document:
        raise InvalidInput("case.reserved", "`format` and `case` are not fields of a case")
    return {"format": form, "case": case_id, **document}

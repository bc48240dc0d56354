"""The two manifests and the `sha256sum` list: what ties every exhibit to the package id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archiver import canonical
from archiver.digest import Digest
from archiver.observation import Observation
from archiver.package.container import Exhibit
from archiver.package.derive import DATAPACKAGE, DIGEST, MANIFEST, MEDIA_TYPES, main_page

WACZ_VERSION = "1.1.1"


def sums(exhibits: Mapping[str, Exhibit]) -> bytes:
    """`evidence/manifest-sha256.txt`, in the form that `sha256sum -c` reads: every exhibit but
    the manifests."""
    listed = sorted(exhibits.keys() - {MANIFEST, DATAPACKAGE, DIGEST})
    return "".join(f"{exhibits[path].digest.hex}  {path}\n" for path in listed).encode("ascii")


def resources(exhibits: Mapping[str, Exhibit]) -> list[dict[str, Any]]:
    """What `datapackage.json` lists: every exhibit but itself and the file with its digest."""
    return [
        {
            "bytes": one.size,
            "hash": str(one.digest),
            "mediatype": MEDIA_TYPES[path],
            "name": path.replace("/", "-"),
            "path": path,
        }
        for path, one in sorted(exhibits.items())
        if path not in (DATAPACKAGE, DIGEST)
    ]


def datapackage(
    exhibits: Mapping[str, Exhibit],
    observation: Observation,
    claimed: Mapping[str, Any],
    created: str,
) -> bytes:
    """`datapackage.json` (WACZ 1.1.1 and Frictionless). Its SHA-256 is the package id."""
    url, date, _ = main_page(observation)
    return canonical.to_file(
        {
            "created": created,
            "description": f"Evidence package for <{observation.source}>",
            "id": observation.capture_id,
            "mainPageDate": date,
            "mainPageUrl": url,
            "name": f"archiver-{observation.capture_id.removeprefix('urn:uuid:')}",
            "profile": "data-package",
            "resources": resources(exhibits),
            "software": observation.software,
            "title": claimed.get("claimed", {}).get("title") or observation.source,
            "wacz_version": WACZ_VERSION,
        }
    )


def digest_file(manifest: bytes) -> bytes:
    """`datapackage-digest.json` without a signature."""
    return canonical.to_file({"hash": str(Digest.of(manifest)), "path": DATAPACKAGE})

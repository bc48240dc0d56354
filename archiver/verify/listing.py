"""Which files there are, and whether the manifests say of them what is so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archiver.canonical import to_file
from archiver.errors import Problem
from archiver.package import manifest
from archiver.package.derive import DATAPACKAGE, DIGEST, MANIFEST, MEDIA_TYPES, SEED, SEED_TEXT
from archiver.package.reading import Package

_ALWAYS = MEDIA_TYPES.keys() - {SEED, SEED_TEXT} | {DATAPACKAGE, DIGEST}


def other_files(package: Package) -> Iterator[Problem]:
    """Every file that is missing, and every one that no package has."""
    present = set(package.exhibits)
    for path in sorted(_ALWAYS - present):
        yield Problem(where=path, rule="container", what="the package lacks this file")
    for path in sorted(present - _ALWAYS - {SEED, SEED_TEXT}):
        yield Problem(where=path, rule="container", what="a file that no package has")


def unlisted(package: Package) -> Iterator[Problem]:
    """Every place where the manifests are not exactly those of these files."""
    listed = package.document(DATAPACKAGE)
    yield from other_form(package, DATAPACKAGE)
    yield from other_form(package, DIGEST)
    said = package.document(DIGEST)
    if said.get("hash") != str(package.id) or said.get("path") != DATAPACKAGE:
        yield Problem(
            where=DIGEST,
            rule="manifest",
            what=f"names {said.get('hash')!s:.80}, datapackage.json has {package.id}",
        )
    if set(said) != {"hash", "path"}:
        # Signatures are not made by this version; one that is there cannot be vouched for.
        what = "holds a signature or other members, which this version cannot check"
        yield Problem(where=DIGEST, rule="manifest", what=what)
    yield from _resources(listed.get("resources"), manifest.resources(package.exhibits))
    if package.octets(MANIFEST) != manifest.sums(package.exhibits):
        yield Problem(where=MANIFEST, rule="manifest", what="is not the list of these files")


def _resources(listed: object, expected: list[dict[str, Any]]) -> Iterator[Problem]:
    if not isinstance(listed, list):
        yield Problem(where=f"{DATAPACKAGE} resources", rule="manifest", what="not a list")
        return
    for number, one in enumerate(expected):
        found = listed[number] if number < len(listed) else None
        if found != one:
            yield Problem(
                where=f"{DATAPACKAGE} resources[{number}]",
                rule="manifest",
                what=f"does not describe {one['path']} as it is ({one['hash']})",
            )
    if len(listed) > len(expected):
        yield Problem(
            where=f"{DATAPACKAGE} resources", rule="manifest", what="lists more than there is"
        )


def other_form(package: Package, path: str) -> Iterator[Problem]:
    """A JSON file that is not in the form that its content has. Raises as `Package.document`."""
    if to_file(package.document(path)) != package.octets(path):
        yield Problem(where=path, rule="canonical", what="is not in its one canonical form")

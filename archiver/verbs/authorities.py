"""`tsa`: which time-stamp authorities this person chose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import certifi
from cryptography.hazmat.primitives.serialization import Encoding

from archiver.attest.authorities import (
    MAX_ROOTS,
    Authority,
    checked_name,
    checked_url,
    document,
    read_authorities,
)
from archiver.attest.chains import Root, roots_of
from archiver.attest.defaults import DEFAULTS, Default, root_in
from archiver.case.files import read_regular
from archiver.case.person import configuration
from archiver.custody.disk import make_folder, write_beside
from archiver.digest import Digest
from archiver.errors import InvalidInput
from archiver.verbs.sidecars import AUTHORITIES


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """An authority, the file that says so, and its roots by subject and SHA-256 of their DER."""

    authority: Authority
    file: Path
    roots: tuple[tuple[str, Digest], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A default authority, and what came of choosing it: `chosen` is None where the bundle
    does not have its root, `new` is false where an authority of that name was there already."""

    default: Default
    chosen: Chosen | None = None
    new: bool = False


def add_authority(name: str, url: str | None, pem: Path) -> Chosen:
    """Choose an authority: believe stamps under the roots in a PEM file, and ask at `url`.

    Raises `InvalidInput` for a name, an address or a file that is none, `StorageFailed` where
    another authority has the name or the disk fails.
    """
    checked_name(name)
    if url is not None:
        checked_url(url)
    octets = read_regular(pem, MAX_ROOTS, "the file of roots")
    try:
        return _add(name, url, octets)
    except InvalidInput as fault:
        fault.where = str(pem)
        raise


def add_defaults(bundle: Path | None = None) -> tuple[Offered, ...]:
    """Choose the authorities of `attest.defaults`, with their roots from a bundle (certifi's).

    One whose name is there already is left as it is. Raises `InvalidInput` for a bundle that
    cannot be read and an authority's file that is wrong, `StorageFailed` where the disk fails.
    """
    octets = read_regular(bundle or Path(certifi.where()), MAX_ROOTS, "the file of roots")
    there = {one.authority.name: one for one in chosen_authorities()}
    return tuple(_offered(one, octets, there.get(one.name)) for one in DEFAULTS)


def _offered(default: Default, bundle: bytes, there: Chosen | None) -> Offered:
    if there is not None:
        return Offered(default=default, chosen=there)
    pem = root_in(bundle, default.root)
    if pem is None:
        return Offered(default=default)
    return Offered(default=default, chosen=_add(default.name, default.url, pem), new=True)


def _add(name: str, url: str | None, pem: bytes) -> Chosen:
    roots = roots_of(name, pem)
    made = b"".join(one.certificate.public_bytes(Encoding.PEM) for one in roots)
    folder = configuration() / AUTHORITIES
    make_folder(folder)
    write_beside(folder / f"{name}.pem", document(url, made))
    return _chosen(Authority(name=name, url=url, roots=roots), folder)


def chosen_authorities() -> tuple[Chosen, ...]:
    """All of them, by name. Raises `InvalidInput` naming the file that is wrong."""
    folder = configuration() / AUTHORITIES
    return tuple(_chosen(one, folder) for one in read_authorities(folder))


def _chosen(authority: Authority, folder: Path) -> Chosen:
    roots = tuple(_named(one) for one in authority.roots)
    return Chosen(authority=authority, file=folder / f"{authority.name}.pem", roots=roots)


def _named(root: Root) -> tuple[str, Digest]:
    return root.certificate.subject.rfc4514_string(), Digest.of(root.der)

"""The time-stamp authorities that a person chose: `tsa/NAME.pem` in the configuration folder.

Each file holds the authority's roots as PEM. Before them stands a line `URL: https://…`, where
the authority is to be asked; without it, its stamps are believed and it is never asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archiver.attest.chains import Root, roots_of
from archiver.case.files import read_regular
from archiver.errors import InvalidInput

MAX_ROOTS = 1 << 20  # octets
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_URL = re.compile(rb"(?m)^URL: ([\x21-\x7e]{1,2000})$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Authority:
    """An authority under the user's own name for it. Without `roots` it was named on the
    command line alone: its stamps are kept, and believed only under a root chosen elsewhere."""

    name: str
    url: str | None
    roots: tuple[Root, ...] = ()


def read_authorities(folder: Path) -> tuple[Authority, ...]:
    """The chosen authorities of such a folder, by name. Raises `InvalidInput` naming the file
    that is wrong."""
    return tuple(_read(path) for path in sorted(folder.glob("*.pem")))


def _read(path: Path) -> Authority:
    octets = read_regular(path, MAX_ROOTS, "the authority's file")
    try:
        url = _URL.search(octets)
        return Authority(
            name=checked_name(path.stem),
            url=None if url is None else checked_url(url[1].decode("ascii")),
            roots=roots_of(path.stem, octets),
        )
    except InvalidInput as fault:
        fault.where = str(path)
        raise


def checked_name(name: str) -> str:
    """A name that can stand in a file's name. Raises `InvalidInput` for any other."""
    if _NAME.fullmatch(name) is None or name in ("tsr", "tsq"):
        raise InvalidInput(
            "authority.name",
            "is no name for an authority",
            where=name,
            hint="lower-case letters, digits and hyphens, at most 63",
        )
    return name


def checked_url(url: str) -> str:
    """An address that can be asked. Raises `InvalidInput` for any other."""
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        right = False
    if not right or not re.fullmatch(r"[\x21-\x7e]{1,2000}", url):
        raise InvalidInput(
            "authority.url",
            "is no http(s) address of an authority (one without name and password)",
            where=url.rpartition("@")[2][:200],
        )
    return url


def unnamed(url: str) -> Authority:
    """An authority that is known by its address alone, and named after it."""
    address = checked_url(url).partition("://")[2].lower()
    name = re.sub(r"[^a-z0-9]+", "-", address).strip("-")[:63].strip("-")
    return Authority(name=checked_name(name), url=url)


def document(url: str | None, pem: bytes) -> bytes:
    """The file of an authority: where it is asked, and its roots."""
    return (b"" if url is None else f"URL: {url}\n".encode("ascii")) + pem

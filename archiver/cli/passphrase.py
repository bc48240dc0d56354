"""Passphrases: from a descriptor or a terminal, never from words or the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from archiver.errors import InvalidInput

_MAX = 1023  # octets: OpenSSL takes no more

option = click.option(
    "--passphrase-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the key's passphrase from this descriptor, its first line.  [default: ask]",
)


def asking(descriptor: int | None) -> Callable[[str], bytes] | None:
    """How to get a passphrase; None where nobody can be asked."""
    if descriptor is not None:
        return lambda _: _read(descriptor)
    return _ask if sys.stdin.isatty() else None


def chosen(descriptor: int | None) -> bytes:
    """A passphrase for a new key, from a terminal asked for twice.

    Raises `InvalidInput` where it is empty, where the two differ and where nobody can be asked.
    """
    if descriptor is not None:
        passphrase = _read(descriptor)
    elif sys.stdin.isatty():
        passphrase = _ask("A passphrase for the key: ")
        if _ask("The same once more: ") != passphrase:
            raise InvalidInput("key.passphrase", "the two passphrases differ")
    else:
        raise InvalidInput(
            "key.passphrase", "nobody can be asked for it here", hint="--passphrase-fd N"
        )
    if not passphrase:
        raise InvalidInput("key.passphrase", "an empty passphrase protects nothing")
    if len(passphrase) > _MAX:
        raise InvalidInput("key.passphrase", f"the passphrase is longer than {_MAX} octets")
    return passphrase


def _ask(prompt: str) -> bytes:
    from getpass import getpass

    from archiver.report.escape import terminal

    try:
        return getpass(f"{terminal(prompt.strip())} ").encode("utf-8", "surrogateescape")
    except EOFError:
        return b""


def _read(descriptor: int) -> bytes:
    """The first line that comes, without its end."""
    octets = b""
    try:
        while b"\n" not in octets and len(octets) <= _MAX and (piece := os.read(descriptor, _MAX)):
            octets += piece
    except OSError as error:
        raise InvalidInput(
            "key.passphrase",
            f"the passphrase cannot be read: {error.strerror}",
            where=f"descriptor {descriptor}",
        ) from None
    return octets.partition(b"\n")[0]

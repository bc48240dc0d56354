"""`archiver sign`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options, passphrase
from archiver.cli.key import say_made
from archiver.cli.output import print_json, print_lines, rows


@click.command(
    "sign",
    short_help="Sign a package as it is, beside it.",
    epilog="Example: archiver sign PACKAGE.wacz --key office",
)
@options.package
@options.key
@options.no_new_key
@passphrase.option
@options.as_json
def command(
    package: Path, key: str | None, new_key: bool, passphrase_fd: int | None, as_json: bool
) -> int:
    """Sign PACKAGE as it is: somebody else vouches for it, or you do with another key.

    The package is never touched. The signature is a file beside it, PACKAGE.wacz.<16 digits of
    the key's fingerprint>.sig, which `ssh-keygen -Y verify` accepts as well. A package that
    does not verify is not signed.
    """
    from archiver.verbs.signing import Signing, sign

    done = sign(package, Signing(key=key, new_key=new_key, ask=passphrase.asking(passphrase_fd)))
    say_made(done.made, quiet=False)
    if as_json:
        print_json(
            {
                "package": done.package,
                "id": done.id,
                "file": str(done.file),
                "signed_by": str(done.signed_by),
                "signature": str(done.signature),
                "written": done.written,
                "exit": 0,
            }
        )
        return 0
    there = "" if done.written else " (stood there already, the same)"
    print_lines(
        rows(
            [
                ("package id", done.id),
                ("file", str(done.file)),
                ("signed by", str(done.signed_by)),
                ("signature", f"{done.signature}{there}"),
            ]
        )
    )
    return 0

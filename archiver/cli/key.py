"""`archiver key`: a group of commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options, passphrase
from archiver.cli.group import Group
from archiver.cli.output import print_json, print_lines, rows

if TYPE_CHECKING:
    from archiver.custody.keyring import OwnKey
    from archiver.verbs.keys import Key


@click.group(
    "key",
    cls=Group,
    short_help="The keys that sign, and those that you trust.",
    epilog="Example: archiver key trust colleague.pem --name 'Example Desk'",
)
def command() -> None:
    """Keys: your own, with which captures are signed, and those of others that you trust.

    They stand in your configuration folder (~/.config/archiver). Private keys are never
    printed. A key is called by its fingerprint, the SHA-256 of its public half.
    """


@command.command(
    "new", short_help="Make a key.", epilog="Example: archiver key new office --passphrase"
)
@click.argument("name", default="default")
@click.option("--passphrase", "locked", is_flag=True, help="Keep it encrypted by a passphrase.")
@passphrase.option
@options.as_json
def new(name: str, locked: bool, passphrase_fd: int | None, as_json: bool) -> int:
    """Make a key (P-384) and keep it as NAME, in a file that only you can read.

    The key called `default` signs captures; where there is none, the only one that there is.
    """
    from archiver.verbs import keys

    secret = passphrase.chosen(passphrase_fd) if locked or passphrase_fd is not None else None
    return _told([keys.new(name, secret)], as_json)


@command.command("list", short_help="Tell all keys.", epilog="Example: archiver key list")
@options.as_json
def list_(as_json: bool) -> int:
    """Your own keys, and those of others that you trust or have revoked; then those of your
    ledgers, each of which signs the checkpoints of one archives folder and nothing else."""
    from archiver.verbs import keys

    found, ledgers = keys.listed(), keys.ledgers()
    if as_json:
        print_json(
            {
                "keys": [_json(one) for one in found],
                "ledgers": [
                    {
                        "log": one.public.id,
                        "fingerprint": str(one.public.fingerprint),
                        "vkey": one.public.vkey,
                        "private_key": str(one.path),
                    }
                    for one in ledgers
                ],
                "exit": 0,
            }
        )
        return 0
    print_lines(rows([(one.standing, f"{one.fingerprint} {one.name}") for one in found]))
    print_lines(rows([("ledger", f"{one.public.fingerprint}") for one in ledgers]))
    if not found:
        print_lines(["no key yet: the first capture makes one, or archiver key new"])
    return 0


@command.command("show", short_help="Tell one key.", epilog="Example: archiver key show default")
@click.argument("named", metavar="NAME|FINGERPRINT", default="default")
@options.as_json
def show(named: str, as_json: bool) -> int:
    """What is known of a key, and where it stands."""
    from archiver.verbs import keys

    return _told([keys.find(named)], as_json)


@command.command(
    "export",
    short_help="Print a public key.",
    epilog="Example: archiver key export --form ssh > allowed_signers",
)
@click.argument("named", metavar="NAME|FINGERPRINT", default="default")
@click.option(
    "--form",
    type=click.Choice(["pem", "ssh"]),
    default="pem",
    show_default=True,
    help="PEM for archiver and openssl, or a line of an allowed_signers file for ssh-keygen.",
)
@options.as_json
def export(named: str, form: str, as_json: bool) -> int:
    """The public half of a key of yours, for others to trust. Never the private half: to keep
    a copy of that, copy the file that `archiver key show` names."""
    from archiver.attest import keyforms, sshsig
    from archiver.verbs import keys

    key = keys.find(named)
    public = keys.export(named)
    if form == "pem":
        text = keyforms.write_public(public).decode("ascii")
    else:
        text = f'{key.name} namespaces="{sshsig.NAMESPACE}" {keyforms.ssh_line(public)}\n'
    if as_json:
        print_json({"keys": [_json(key)], "content": text, "exit": 0})
    else:
        print_lines(text.splitlines())
    return 0


@command.command(
    "import",
    short_help="Keep a private key that stands in a file.",
    epilog="Example: archiver key import old.pem office",
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("name")
@passphrase.option
@options.as_json
def import_(file: Path, name: str, passphrase_fd: int | None, as_json: bool) -> int:
    """Keep the private key in FILE (PEM, P-384) as NAME. FILE stays, and must be closed to
    others (mode 600). A key that needs a passphrase is kept under the same one."""
    from archiver.verbs import keys

    return _told([keys.take_in(file, name, passphrase.asking(passphrase_fd))], as_json)


@command.command(
    "trust",
    short_help="Trust a key of somebody else.",
    epilog="Example: archiver key trust colleague.pem --name 'Example Desk'",
)
@click.argument("named", metavar="FILE|FINGERPRINT")
@click.option("--name", required=True, metavar="TEXT", help="Whose key it is.")
@click.option("--note", default="", metavar="TEXT", help="How you know that: for later.")
@options.as_json
def trust(named: str, name: str, note: str, as_json: bool) -> int:
    """Trust a key from now on. Have its fingerprint from its holder, by a way other than the
    one by which the packages come: whoever can change those can change a key beside them."""
    from archiver.verbs import keys

    return _told([keys.trust(named, name, note)], as_json)


@command.command(
    "revoke",
    short_help="Believe a key no more.",
    epilog="Example: archiver key revoke default --reason 'the laptop was stolen'",
)
@click.argument("named", metavar="NAME|FILE|FINGERPRINT")
@click.option("--reason", required=True, metavar="TEXT", help="Why: it is told at each package.")
@click.option(
    "--since",
    metavar="MOMENT",
    help="Since when others may have it, as 2026-11-22T11:33:20Z.  [default: now]",
)
@options.as_json
def revoke(named: str, reason: str, since: str | None, as_json: bool) -> int:
    """Believe a key no more, whosever it is. What it signed ends with 9 from now on, and a
    revoked key of yours signs no more. Tell those who trust it to do the same."""
    from archiver.verbs import keys

    return _told([keys.revoke(named, reason, since)], as_json)


def say_made(made: OwnKey | None, quiet: bool) -> None:
    """Two lines on stderr about a key that was made unasked."""
    if made is None or quiet:
        return
    from archiver.report.escape import terminal

    where = terminal(str(made.path), 300)
    lines = (
        f"archiver: made a key that signs your captures from now on: {made.public.fingerprint}",
        f"  it stands in {where}, without a passphrase; whoever has it can sign as you",
    )
    for line in lines:
        print(line, file=sys.stderr)  # noqa: T201


def _told(found: Sequence[Key], as_json: bool) -> int:
    if as_json:
        print_json({"keys": [_json(one) for one in found], "exit": 0})
    else:
        for one in found:
            print_lines(rows(_rows(one)))
    return 0


def _rows(one: Key) -> list[tuple[str, str]]:
    pairs = [("name", one.name), ("fingerprint", str(one.fingerprint)), ("standing", one.standing)]
    if one.path is not None:
        pairs.append(("private key", str(one.path)))
    if one.added is not None:
        pairs.append(("known since", one.added))
    if one.note:
        pairs.append(("note", one.note))
    if one.revoked is not None:
        pairs.append(("revoked", f"since {one.revoked.since}: {one.revoked.reason}"))
    return pairs


def _json(one: Key) -> dict[str, Any]:
    revoked = one.revoked
    return {
        "fingerprint": str(one.fingerprint),
        "name": one.name,
        "standing": one.standing,
        "private_key": None if one.path is None else str(one.path),
        "added": one.added,
        "note": one.note,
        "revoked": None if revoked is None else {"since": revoked.since, "reason": revoked.reason},
    }

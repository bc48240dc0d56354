"""`archiver doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, said_all, say_on_terminal
from archiver.report.escape import terminal

if TYPE_CHECKING:
    from archiver.verbs.doctor import Finding


@click.command(
    "doctor",
    short_help="Tell what a capture here would meet, and what mends it.",
    epilog="Example: archiver doctor",
)
@options.archives
@click.option(
    "--network/--no-network",
    default=True,
    show_default=True,
    help="Ask the control pages, and compare this clock with theirs.",
)
@click.option(
    "--control",
    "controls",
    multiple=True,
    metavar="URL",
    help="A page to ask, instead of the default ones; repeatable.",
)
@click.option(
    "--allow-private-addresses",
    is_flag=True,
    help="Open the addresses that --control names, though they are not public.",
)
@click.option(
    "--resolver",
    "resolvers",
    multiple=True,
    metavar="ADDRESS[:PORT]",
    help="A name server to ask instead of the system's; repeatable.",
)
@click.option("--proxy", metavar="URL", help="An HTTP proxy to ask for everything.")
@click.option(
    "--ca-file",
    type=click.Path(path_type=Path),
    metavar="PEM",
    help="Certificates to trust instead of the default roots.",
)
@options.as_json
def command(
    archives: Path,
    network: bool,
    controls: tuple[str, ...],
    allow_private_addresses: bool,
    resolvers: tuple[str, ...],
    proxy: str | None,
    ca_file: Path | None,
    as_json: bool,
) -> int:
    """Look at all that a capture into the archives folder needs: software, keys, disk, name
    servers, network, roots, clock. For each finding, what mends it.

    Nothing is captured, nothing stays behind. The control pages are asked as a source would
    be. The exit code is the one that a capture would end with.
    """
    from archiver.capture.names import server
    from archiver.capture.proxy import proxy as read_proxy
    from archiver.capture.settings import Settings
    from archiver.verbs.doctor import doctor

    settings = Settings(
        controls=controls,
        allow_private_addresses=allow_private_addresses,
        resolvers=tuple(server(one) for one in resolvers),
        proxy=None if proxy is None else read_proxy(proxy),
        ca_file=ca_file,
    )
    found = doctor(archives, settings, network=network, say=say_on_terminal(quiet=False))
    said_all(quiet=False)
    if as_json:
        findings = [
            {"name": one.name, "status": one.status, "what": one.what, "fix": one.fix}
            for one in found.findings
        ]
        print_json({"findings": findings, "exit": int(found.exit)})
    else:
        print_lines(line for one in found.findings for line in _lines(one))
    return int(found.exit)


def _lines(one: Finding) -> list[str]:
    lines = [f"{one.status:<7} {terminal(one.name, 60):<26} {terminal(one.what, 600)}"]
    if one.fix:
        lines.append(f"{'':<34} mend: {terminal(one.fix, 600)}")
    return lines

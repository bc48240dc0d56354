"""Options about the network, of every command that captures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli.options import applied

if TYPE_CHECKING:
    from archiver.capture.settings import Settings


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """How the network is used; `settings` reads it."""
    return applied(
        function,
        click.option(
            "--allow-private-addresses",
            is_flag=True,
            help="Open the addresses that SOURCE and --control name, though they are not public.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1, max=3600),
            default=60.0,
            show_default=True,
            metavar="SECONDS",
            help="Deadline for the exchange with the source; requisites get as much once more.",
        ),
        click.option(
            "--max-bytes",
            type=click.IntRange(min=1, max=2 << 30),
            default=64 << 20,
            show_default=True,
            metavar="N",
            help="Octets of one body; more is cut off and marked as truncated.",
        ),
        click.option(
            "--attempts",
            type=click.IntRange(min=1, max=10),
            default=3,
            show_default=True,
            metavar="N",
            help="How often a network that fails is tried before anything is concluded.",
        ),
        click.option(
            "--requisites/--no-requisites",
            default=True,
            show_default=True,
            help="Fetch what the page names to be shown whole: images, styles, scripts, fonts.",
        ),
        click.option(
            "--probe/--no-probe",
            default=True,
            show_default=True,
            help="Where a page came, ask too for an address beside it that cannot be there.",
        ),
        click.option(
            "--user-agent",
            metavar="TEXT",
            help="What to call ourselves, instead of archiver/VERSION.",
        ),
        click.option(
            "--resolver",
            "resolvers",
            multiple=True,
            metavar="ADDRESS[:PORT]",
            help="A name server to ask instead of the system's; repeatable, all are asked.",
        ),
        click.option(
            "--control",
            "controls",
            multiple=True,
            metavar="URL",
            help="A page to ask when the source fails, instead of the default ones; repeatable.",
        ),
        click.option(
            "--proxy",
            metavar="URL",
            help="An HTTP proxy to ask for everything, http://HOST:PORT; none is taken from "
            "elsewhere.",
        ),
        click.option(
            "--ca-file",
            type=click.Path(path_type=Path),
            metavar="PEM",
            help="Certificates to trust instead of the default roots.",
        ),
    )


def settings(given: dict[str, Any]) -> Settings:
    """The settings of these options, which are taken out of `given`.

    Raises `InvalidInput` for a resolver or proxy that is none.
    """
    from archiver.capture.names import server
    from archiver.capture.proxy import proxy
    from archiver.capture.settings import Settings

    agent, asked = given.pop("user_agent"), given.pop("proxy")
    return Settings(
        seconds=given.pop("timeout"),
        max_octets=given.pop("max_bytes"),
        attempts=given.pop("attempts"),
        requisites=given.pop("requisites"),
        probe=given.pop("probe"),
        **({} if agent is None else {"user_agent": agent}),
        resolvers=tuple(server(one) for one in given.pop("resolvers")),
        controls=given.pop("controls"),
        proxy=None if asked is None else proxy(asked),
        allow_private_addresses=given.pop("allow_private_addresses"),
        ca_file=given.pop("ca_file"),
    )

"""Options about how fast many captures are made, of `recapture` and `batch`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from archiver.cli.options import applied

if TYPE_CHECKING:
    from archiver.verbs.runs import Pace


def options(function: Callable[..., Any]) -> Callable[..., Any]:
    """How fast it goes; `pace` reads it."""
    return applied(
        function,
        click.option(
            "--deadline",
            metavar="DURATION",
            help="Begin no capture after so long, such as 40m; what is under way is finished, "
            "what was not reached is told.",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(min=0, max=3600),
            default=1.0,
            show_default=True,
            metavar="SECONDS",
            help="How long to leave a host alone between two captures.",
        ),
        click.option(
            "--hosts",
            type=click.IntRange(min=1, max=64),
            default=16,
            show_default=True,
            metavar="N",
            help="How many hosts to capture from at once; it is always one capture of a host.",
        ),
    )


def pace(given: dict[str, Any]) -> Pace:
    """How fast to go, as these options say; they are taken out of `given`.

    Raises `InvalidInput` for a deadline that is no duration.
    """
    from archiver.custody.due import duration
    from archiver.verbs.runs import Pace

    deadline = given.pop("deadline")
    return Pace(
        hosts=given.pop("hosts"),
        delay=given.pop("delay"),
        seconds=None if deadline is None else duration(deadline),
    )

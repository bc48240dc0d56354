"""`archiver capture`."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options, passphrase
from archiver.cli.key import say_made
from archiver.cli.output import (
    in_colour,
    print_json,
    print_lines,
    print_warnings,
    problem_json,
    rows,
    said_all,
    say_on_terminal,
    seed_json,
)
from archiver.cli.passages import comparison_json, comparison_line, passage_lines
from archiver.cli.stamping import pending_rows, stamp_rows, stamps_json
from archiver.judge.clock import clock_offset
from archiver.report.words import clock_words, outcome_sentence
from archiver.verbs.sidecars import any_chosen

if TYPE_CHECKING:
    from archiver.verbs.capture import Captured
    from archiver.verbs.stamping import Stamps


@click.command(
    "capture",
    short_help="Capture a source into a sealed evidence package.",
    epilog="Example: archiver capture https://example.org/article --text article.txt",
)
@click.argument("source", metavar="SOURCE")
@options.archives
@options.about_the_case
@click.option(
    "--allow-private-addresses",
    is_flag=True,
    help="Open the addresses that SOURCE and --control name, though they are not public.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=3600),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Deadline for the exchange with the source; requisites get as much once more.",
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=1, max=2 << 30),
    default=64 << 20,
    show_default=True,
    metavar="N",
    help="Octets of one body; more is cut off and marked as truncated.",
)
@click.option(
    "--attempts",
    type=click.IntRange(min=1, max=10),
    default=3,
    show_default=True,
    metavar="N",
    help="How often a network that fails is tried before anything is concluded.",
)
@click.option(
    "--requisites/--no-requisites",
    default=True,
    show_default=True,
    help="Fetch what the page names to be shown whole: images, styles, scripts, fonts.",
)
@click.option(
    "--probe/--no-probe",
    default=True,
    show_default=True,
    help="Where a page came, ask too for an address beside it that cannot be there.",
)
@click.option(
    "--user-agent", metavar="TEXT", help="What to call ourselves, instead of archiver/VERSION."
)
@click.option(
    "--resolver",
    "resolvers",
    multiple=True,
    metavar="ADDRESS[:PORT]",
    help="A name server to ask instead of the system's; repeatable, all are asked.",
)
@click.option(
    "--control",
    "controls",
    multiple=True,
    metavar="URL",
    help="A page to ask when the source fails, instead of the default ones; repeatable.",
)
@click.option(
    "--proxy",
    metavar="URL",
    help="An HTTP proxy to ask for everything, http://HOST:PORT; none is taken from elsewhere.",
)
@click.option(
    "--ca-file",
    type=click.Path(path_type=Path),
    metavar="PEM",
    help="Certificates to trust instead of the default roots.",
)
@click.option(
    "--stamp/--no-stamp",
    "stamped",
    default=True,
    show_default=True,
    help="Have the package stamped by the authorities of `archiver tsa`, if there are any.",
)
@click.option("--no-sign", is_flag=True, help="Leave the package unsigned.")
@options.key
@options.no_new_key
@passphrase.option
@options.as_json
@options.quiet
def command(
    source: str,
    archives: Path,
    as_json: bool,
    quiet: bool,
    timeout: float,
    max_bytes: int,
    attempts: int,
    requisites: bool,
    probe: bool,
    user_agent: str | None,
    resolvers: tuple[str, ...],
    controls: tuple[str, ...],
    allow_private_addresses: bool,
    proxy: str | None,
    ca_file: Path | None,
    no_sign: bool,
    key: str | None,
    new_key: bool,
    passphrase_fd: int | None,
    publish_text: str | None,
    stamped: bool,
    text: Path | None,
    **given: str | None,
) -> int:
    """Capture SOURCE into a sealed evidence package, or seal the record of its absence.

    SOURCE is a case folder, a seed text file whose last line is the URL, or a URL
    (then with --text FILE, --date, --outlet … as far as known). The same SOURCE again
    goes into the same case.
    """
    from archiver.capture.names import server
    from archiver.capture.proxy import proxy as read_proxy
    from archiver.capture.settings import Settings
    from archiver.case.intake import Given
    from archiver.case.model import Publish
    from archiver.verbs.capture import Order, capture
    from archiver.verbs.signing import Signing

    publish = None if publish_text is None else Publish(publish_text)
    done = capture(
        Order(
            source=source,
            archives=archives,
            text=text,
            given=Given(publish=publish or Publish.INCLUDE, **given),
            publish=publish,
            settings=Settings(
                seconds=timeout,
                max_octets=max_bytes,
                attempts=attempts,
                requisites=requisites,
                probe=probe,
                **({} if user_agent is None else {"user_agent": user_agent}),
                resolvers=tuple(server(one) for one in resolvers),
                controls=controls,
                proxy=None if proxy is None else read_proxy(proxy),
                allow_private_addresses=allow_private_addresses,
                ca_file=ca_file,
            ),
            signing=Signing(
                wanted=not no_sign,
                key=key,
                new_key=new_key,
                ask=passphrase.asking(passphrase_fd),
            ),
        ),
        say=say_on_terminal(quiet),
    )
    said_all(quiet)
    say_made(done.made_key, quiet)
    print_warnings(done.warnings, quiet)
    if not as_json and not quiet:
        print_lines(_lines(done))
    stamps = _stamps(done, quiet) if stamped else None
    if as_json:
        print_json({**_json(done), **({} if stamps is None else stamps_json(stamps))})
    elif stamps is not None and not quiet:
        print_lines(rows([*stamp_rows(stamps), *pending_rows(stamps)]))
    if stamps is None and not quiet:
        _say_how(archives)
    return int(done.exit)


def _stamps(done: Captured, quiet: bool) -> Stamps | None:
    """The stamps of the authorities that are configured; None where there is none.

    The package is sealed already: what fails is pending, and no fault of the capture.
    """
    if not any_chosen():
        return None
    from archiver.verbs.stamping import at_once

    say_on_terminal(quiet)("time stamps")
    stamps = at_once(done.package)
    said_all(quiet)
    return stamps


def _say_how(archives: Path) -> None:
    """On a terminal, after the first capture: how to prove later when it was made."""
    few = list(islice(archives.glob("*/packages/*.wacz"), 2))
    if sys.stderr.isatty() and len(few) == 1:
        print(  # noqa: T201
            "To prove later that it was there today, choose a time-stamp authority: "
            "archiver tsa --help (archiver tsa defaults chooses four)",
            file=sys.stderr,
        )


def _json(done: Captured) -> dict[str, Any]:
    return {
        "case": done.case,
        "seed_text": seed_json(done.seed),
        "source": done.source,
        "outcome": {
            "state": done.outcome.state,
            "reason": done.outcome.reason,
            "sentence": outcome_sentence(done.outcome),
        },
        "comparison": comparison_json(done.comparison),
        "package": {"path": str(done.package), "id": str(done.id)},
        "signed_by": None if done.signed_by is None else str(done.signed_by),
        "history": {
            "previous": done.observation.previous,
            "last_captured": None
            if done.last_captured is None
            else {"id": str(done.last_captured.id), "started": done.last_captured.started},
        },
        "warnings": [problem_json(one) for one in done.warnings],
        "exit": int(done.exit),
    }


def _proxy(done: Captured) -> list[tuple[str, str]]:
    by = done.observation.settings["proxy"]
    return [] if by is None else [("proxy", f"{by}: the source's address is not known")]


def _clock(done: Captured) -> list[tuple[str, str]]:
    offset = clock_offset(done.observation)
    return [("clock", clock_words(offset))] if offset is not None and offset.alarming else []


def _history(done: Captured) -> list[tuple[str, str]]:
    """An absence means more, or less, by what was captured here before."""
    if done.outcome.state != "absent":
        return []
    last = done.last_captured
    if last is not None:
        return [("history", f"last captured at {last.started}: package {last.id}")]
    if done.observation.previous is None:
        return [("history", "never captured here before: check the address")]
    return [("history", "captured before, but never with a page: check the address")]


def _requisites(done: Captured) -> list[tuple[str, str]]:
    asked = done.observation.requisites()
    if not asked:
        return []
    came = sum(one.response is not None and one.response.status == 200 for one in asked)
    wanted = sum(one.attempt == 1 for one in asked)
    return [("requisites", f"{came} of {wanted} came (images, styles, scripts …)")]


def _signed_by(done: Captured) -> str:
    return f"nobody: {done.unsigned}" if done.signed_by is None else str(done.signed_by)


def _lines(done: Captured) -> list[str]:
    seed = seed_json(done.seed)
    said = "none" if seed is None else str(seed.get("sha256") or f"withheld; {seed['commitment']}")
    outcome = done.outcome
    source = done.observation.clock
    clock = "" if source == "system" else f" (by the clock of {source}, not this machine's)"
    return [
        *rows(
            [
                ("case", done.case + (" (new)" if done.new_case else "")),
                ("seed text", said),
                ("source", done.source),
                *_proxy(done),
                ("captured", f"{done.observation.started} to {done.observation.ended}{clock}"),
                *_clock(done),
                ("outcome", f"{outcome.state} / {outcome.reason}: {outcome_sentence(outcome)}"),
                *_history(done),
                *_requisites(done),
                ("text", comparison_line(done.comparison)),
            ]
        ),
        *passage_lines(done.comparison, everything=False, colour=in_colour()),
        *rows(
            [
                ("package", str(done.package)),
                ("package id", str(done.id)),
                ("signed by", _signed_by(done)),
            ]
        ),
    ]

"""`open`: a package as its page looked, on this machine alone, cut off from the live web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archiver.attest.trust import Trust
from archiver.case.person import configuration
from archiver.errors import InvalidInput
from archiver.package.derive import main_page
from archiver.replay import pages
from archiver.replay.server import Answer, Server
from archiver.report.signerwords import signers_sentence
from archiver.report.words import comparison_words, outcome_sentence
from archiver.verbs.reading import Believed, believed
from archiver.verbs.trusting import Named, trusted

VIEWER = "replaywebpage"  # in the configuration folder
_PARTS = {pages.VIEWER_SCRIPT: "ui.js", pages.VIEWER_WORKER: "sw.js"}
_SCRIPT = "text/javascript; charset=utf-8"
_PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A package that is being shown at `url`; `archived` is the origin of what was recorded."""

    package: str
    id: str
    url: str
    archived: str


@contextmanager
def opened_for_replay(
    package: Path | str,
    token: str,
    *,
    viewer: Path | None = None,
    trust: Trust | Named = (),
) -> Iterator[Opened]:
    """Show a package on 127.0.0.1 until the end of the `with`. Nothing is written.

    `token` is a word that nobody can guess: it stands in the names of the two servers. `viewer`
    is the folder of replayweb.page; without it, that in the configuration. Raises `Refused`
    where the package does not verify, `InvalidInput` where it is none or there is no viewer.
    """
    path = Path(package)
    folder = configuration() / VIEWER if viewer is None else viewer
    parts = {name: _part(folder, file) for name, file in _PARTS.items()}
    believing = trusted(trust)
    with believed(path, believing) as found:
        ours, theirs = Server(f"{token}.localhost"), Server(f"archived.{token}.localhost")
        ours.answers = {"/": _frame(found, theirs.origin)}
        theirs.answers = _archived(found, parts, ours.origin)
        with ours.running(), theirs.running():
            yield Opened(
                package=str(package),
                id=str(found.package.id),
                url=f"{ours.origin}/",
                archived=theirs.origin,
            )


def _part(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError:
        raise InvalidInput(
            "replay.no_viewer",
            f"no replayweb.page, which shows what was recorded: it has no {name}",
            where=str(folder),
            hint="run `npm pack replaywebpage`, unpack it, and name its folder with --viewer",
        ) from None


def _frame(found: Believed, archived: str) -> Answer:
    seen, done = found.primary.observation, found.derived.comparison
    lines = (
        f"Captured {seen.started}: {outcome_sentence(found.derived.outcome)}. "
        f"Text: {comparison_words(done.result, done.reason)}.",
        f"Intact. {signers_sentence(found.report.signers)}",
    )
    url, moment, _ = main_page(seen)
    octets = pages.frame(seen.source, lines, archived, pages.viewer_path(url, moment))
    fields = {
        "Content-Security-Policy": pages.frame_policy(archived),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return Answer(media_type=_PAGE, octets=octets, fields=fields)


def _archived(found: Believed, parts: dict[str, bytes], frame: str) -> dict[str, Answer]:
    """Everything that the second server gives; no path of an archived page is among it."""
    own = {"Connection-Allowlist": pages.CONNECTIONS}
    policy = {"Content-Security-Policy": pages.archived_policy(frame), **own}
    worker = {"Content-Security-Policy": pages.worker_policy(), **own}
    scripts = {
        name: Answer(media_type=_SCRIPT, octets=octets, fields=worker)
        for name, octets in parts.items()
    }
    return {
        **scripts,
        "/": Answer(media_type=_PAGE, octets=pages.viewer(), fields=policy),
        pages.WORKER: Answer(media_type=_SCRIPT, octets=pages.worker(frame), fields=worker),
        pages.PACKAGE: Answer(media_type="application/wacz+zip", file=found.source, fields=policy),
    }

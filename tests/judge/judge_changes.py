"""What the tests of changes share: a page as one capture saw it."""

from __future__ import annotations

from archiver.digest import Digest
from archiver.http1 import Head
from archiver.judge.change import Change, Seen, change
from archiver.judge.circumstances import Circumstances
from archiver.judge.compare import Claim, compare
from archiver.judge.outcome import decide
from archiver.observation import Exchange, Observation, Person, Response
from archiver.package.derive import text_of
from tests.judge.judge_pages import page, sought

URL = "http://news.example/a"
EARLY, LATE = "2026-11-24T10:00:00Z", "2026-11-25T09:30:00Z"


def response(body: bytes, status: int = 200, truncated: str | None = None) -> Response:
    return Response(
        record="urn:uuid:x",
        octets=len(body),
        head=0,
        status=status,
        media_type="text/html",
        location=None,
        server_date=None,
        framing="length",
        truncated=truncated,
        entity=len(body),
        entity_digest=Digest.of(body),
    )


def exchange(answer: Response | None, role: str = "source", url: str = URL) -> Exchange:
    return Exchange(
        role=role,
        url=url,
        attempt=1,
        date=EARLY,
        phase="done",
        connection=1,
        lookups=(),
        addresses=(),
        ip="192.0.2.1",
        port=80,
        tls=None,
        request=None,
        response=answer,
        fault=None,
    )


def seen(
    markup: str,
    *,
    started: str = EARLY,
    seed: str = "",
    digests: bool = False,
    exchanges: tuple[Exchange, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
    status: int = 200,
    truncated: str | None = None,
) -> Seen:
    """A capture of a page; `exchanges` are those besides the one with the source."""
    body = markup.encode("utf-8")
    source = exchange(response(body, status, truncated))
    observation = Observation(
        capture_id="urn:uuid:x",
        case="case",
        source=URL,
        started=started,
        ended=started,
        software="test",
        clock="given",
        previous=None,
        settings={},
        person=Person(),
        exchanges=(source, *exchanges),
        stop=None,
    )
    read = page(markup)
    passages = sought(seed, digests) if seed else ()
    claim = Claim(passages=passages, absent=None if seed else "no_seed_text")
    compared = compare(claim, read)
    return Seen(
        circumstances=Circumstances(
            observation=observation,
            outcome=decide(observation, text_of(compared), None),
            head=Head(status=status, fields=headers, size=0),
        ),
        claim=claim,
        comparison=compared,
        page=read,
    )


def changed(before: str, after: str, *, seed: str = "") -> Change:
    """What differs between two pages, captured one day after the other."""
    return change(seen(before, seed=seed), seen(after, started=LATE, seed=seed))


def kinds(done: Change) -> list[tuple[str, str | None]]:
    """The edits of the text: kind, and why it is noise."""
    return [(one.kind, one.noise) for one in done.text.edits]

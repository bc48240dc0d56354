"""The ledger's news as an Atom feed (RFC 4287). The same ledger gives the same octets.

It has no links: an address from outside that a reader could follow by mistake is a trap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.report.markup import xml
from archiver.report.news import News

MOST = 200  # entries, the newest
_NEVER = "1970-01-01T00:00:00Z"


def feed(found: Sequence[News], log: str | None) -> bytes:
    """The feed. `log` is the archive's oldest log, whose name the feed bears for good; None
    where nothing was ever written."""
    newest = found[-MOST:]
    updated = max((str(one.said["time"]) for one in newest), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>urn:archiver:ledger:{xml(log or 'none')}</id>",
        "<title>Captures of web evidence</title>",
        f"<updated>{xml(updated)}</updated>",
        "<author><name>archiver</name></author>",
        *(line for one in reversed(newest) for line in _entry(one)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _entry(one: News) -> Iterator[str]:
    said = one.said
    about = f"{said['case']}: " if "case" in said else ""
    yield "<entry>"
    yield f"<id>urn:archiver:line:{xml(one.place)}</id>"
    yield f"<title>{xml(about + one.words)}</title>"
    yield f"<updated>{xml(str(said['time']))}</updated>"
    yield f'<category term="{xml(one.kind)}"/>'
    yield f'<content type="text">{xml(_content(one), 4000)}</content>'
    yield "</entry>"


def _content(one: News) -> str:
    names = (
        "source",
        "reason",
        "verdict",
        "due",
        "missed",
        "note",
        "line",
        "package",
        "file",
        "by",
    )
    parts = [f"{name}: {one.said[name]}" for name in names if name in one.said]
    return "; ".join([one.words, *parts])

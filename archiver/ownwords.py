"""The words of our own records and requests: functions of what was seen, and of nothing else."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from archiver import __version__, warc
from archiver.digest import Digest
from archiver.observation import Exchange, Observation

SOFTWARE = f"archiver {__version__}"
# What every request says besides its URL, its user agent and cookies.
ACCEPTED = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def warcinfo(seen: Observation, capture_id: str) -> bytes:
    """What made this WARC (WARC/1.1 §6.2)."""
    return warc_fields(
        ("software", seen.software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", CONFORMS_TO),
        ("isPartOf", capture_id),
    )


def fault_fields(one: Exchange, *, silent: bool) -> bytes:
    """How an exchange failed; `silent` when not one octet came back."""
    assert one.fault is not None  # noqa: S101 - the caller has looked
    return warc_fields(
        ("fetchOutcome", "no-response" if silent else "no-http-response"),
        ("fetchErrorPhase", one.phase),
        ("fetchErrorType", one.fault.type),
        ("fetchErrorMessage", one.fault.message),
    )


def warc_fields(*pairs: tuple[str, str]) -> bytes:
    """Names and values as `application/warc-fields` (WARC/1.1 §4)."""
    return "".join(f"{name}: {value}\r\n" for name, value in pairs).encode("utf-8")


def pageinfo(source: str, hops: Sequence[Exchange]) -> dict[str, Any]:
    """The page record that Browsertrix writes, for tools that look for it."""
    first = hops[0]
    return {
        "pageid": warc.uuid8(Digest.of(f"{source} {first.date}".encode()))[9:],
        "url": first.url,
        "ts": first.date,
        "urls": {
            one.url: {
                "status": (one.response.status or 0) if one.response else 0,
                **({"error": one.fault.type} if one.fault else {}),
            }
            for one in hops
        },
    }


def attempt_page(software: str, hops: Sequence[Exchange]) -> bytes:
    """A page that says, where no page came, what was tried; it says that we wrote it."""
    rows = []
    for one in hops:
        peer, whose = one.proxy or one, "" if one.proxy is None else " (the proxy's)"
        tried = ", ".join(f"{a.ip} port {a.port}: {a.result}" for a in peer.addresses) or "none"
        rows.append(
            f"<h2>{html.escape(one.url)}</h2>\n<dl>\n"
            f"<dt>Started</dt><dd>{one.date}</dd>\n"
            f"<dt>Came as far as</dt><dd>{one.phase}</dd>\n"
            f"<dt>Addresses tried{whose}</dt><dd>{html.escape(tried)}</dd>\n"
            f"<dt>What happened</dt><dd>{_what_happened(one)}</dd>\n</dl>\n"
        )
    page = (
        '<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8">'
        f"<title>Attempt record: {html.escape(hops[0].url)}</title></head>\n"
        "<body>\n<h1>Attempt record</h1>\n"
        f"<p>This page was written by {html.escape(software)}. It is not a page of the "
        "site. It says what an attempt to fetch the address below came to; what may be "
        "concluded from it stands elsewhere in the package.</p>\n"
        f"{''.join(rows)}</body>\n</html>\n"
    )
    return page.encode("utf-8")


def _what_happened(one: Exchange) -> str:
    if one.fault is not None:
        return html.escape(f"{one.fault.message} ({one.fault.type})")
    return f"HTTP status {one.response.status if one.response else None}"

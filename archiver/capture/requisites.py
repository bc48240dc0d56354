"""The requisites of a page: what it names to be shown whole. Their failures are recorded,
never fatal."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from archiver.capture import references
from archiver.capture.exchange import RawExchange
from archiver.capture.targets import named_by
from archiver.coding import MAX_OCTETS, decoded
from archiver.http1 import ResponseReader

MAX_REQUISITES = 400
MAX_TOTAL = 128 << 20  # octets of all of them
_AT_ONCE = 12
_PER_HOST = 6  # as browsers do over HTTP/1.1
_MAX_DEPTH = 4  # styles import styles; documents in frames have requisites too
_MARKUP = ("text/html", "application/xhtml+xml")

Ask = Callable[[str], list[RawExchange]]


def gather(page: RawExchange, ask: Ask, passed: Callable[[], bool]) -> list[RawExchange]:
    """Every requisite of a page, in the order in which they are named, level by level.

    `ask` makes the exchanges for one URL (its redirects too); `passed` says that the time
    for all of them is over.
    """
    seen = {page.url}
    exchanges: list[RawExchange] = []
    level = [page]

    def over() -> bool:
        return passed() or sum(one.response.size for one in list(kept)) > MAX_TOTAL

    kept: list[RawExchange] = []

    def asked(url: str) -> list[RawExchange]:
        made = ask(url)
        kept.extend(made)
        return made

    for _ in range(_MAX_DEPTH):
        wanted = _wanted(level, seen)[: MAX_REQUISITES - len(seen) + 1]
        seen |= set(wanted)
        if not wanted or over():
            break
        level = _all_at_once(wanted, asked, over)
        exchanges += level
    return exchanges


def _wanted(level: list[RawExchange], seen: set[str]) -> list[str]:
    """What the documents of one level name, prepared, each once, none that was asked for."""
    found: dict[str, None] = {}
    for document in level:
        for reference in named_in(document):
            url = named_by(document.url, reference)
            if url is not None and url not in seen:
                found[url] = None
    return list(found)


def named_in(document: RawExchange) -> list[str]:
    """The references in a response that is markup or a style sheet; none in any other."""
    head = document.reader.head
    if head is None or head.status is None or not 200 <= head.status < 300:
        return []
    declared = (head.value("content-type") or "").lower()
    media_type = declared.partition(";")[0].strip()
    if media_type not in (*_MARKUP, "text/css"):
        return []
    octets = decoded(_entity(document), head)
    if isinstance(octets, str):
        return []
    text = octets.decode("utf-8", errors="replace")
    of = references.of_style if media_type == "text/css" else references.of_page
    return of(text, document.url)


def _entity(document: RawExchange) -> bytes:
    """The body, as far as we look at it."""
    body = bytearray()
    reader = ResponseReader(lambda piece: body.extend(piece[: MAX_OCTETS - len(body)]))
    for piece in document.response.read():
        reader.feed(piece)
        if len(body) == MAX_OCTETS:
            break
    return bytes(body)


def _all_at_once(urls: list[str], ask: Ask, passed: Callable[[], bool]) -> list[RawExchange]:
    """All URLs with a limit in all and for each host; the results in the order of the URLs."""
    hosts: dict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(_PER_HOST))
    gates = [hosts[urlsplit(url).netloc] for url in urls]

    def one(url: str, gate: threading.Semaphore) -> list[RawExchange]:
        with gate:
            return [] if passed() else ask(url)

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        found = [pool.submit(one, url, gate) for url, gate in zip(urls, gates, strict=True)]
        return [exchange for done in found for exchange in done.result()]
    finally:
        # An interrupt does not wait for what is still under way.
        pool.shutdown(wait=False, cancel_futures=True)

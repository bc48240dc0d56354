"""The requisites of a page: what it names to be shown whole. Their failures are recorded,
never fatal."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit

from archiver.capture import references
from archiver.capture.exchange import RawExchange
from archiver.capture.targets import named_by
from archiver.coding import MAX_OCTETS, decoded
from archiver.http1 import read_entity

MAX_REQUISITES = 400
MAX_TOTAL = 128 << 20  # octets of all of them
_AT_ONCE = 12
_PER_HOST = 6  # as browsers do over HTTP/1.1
_MAX_DEPTH = 4  # styles import styles; documents in frames have requisites too
_MARKUP = ("text/html", "application/xhtml+xml")

# Asks for URLs of one host, one after another; gives the exchanges of each, redirects too.
Queue = Callable[[list[str]], Generator[list[RawExchange]]]


def gather(page: RawExchange, queue: Queue, passed: Callable[[], bool]) -> list[RawExchange]:
    """Every requisite of a page, in the order in which they are named, level by level.

    `passed` says that the time for all of them is over. Which URL stands in which queue is
    settled beforehand: so what goes over which connection does not hang on the moment.
    """
    seen = {page.url}
    exchanges: list[RawExchange] = []
    level = [page]
    sizes: list[int] = []

    def over() -> bool:
        return passed() or sum(sizes) > MAX_TOTAL

    for _ in range(_MAX_DEPTH):
        wanted = _wanted(level, seen)[: MAX_REQUISITES - len(seen) + 1]
        seen |= set(wanted)
        if not wanted or over():
            break
        level = _all_at_once(wanted, queue, over, sizes)
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
    _, entity = read_entity(document.response.read(), MAX_OCTETS)
    octets = decoded(bytes(entity), head)
    if isinstance(octets, str):
        return []
    text = octets.decode("utf-8", errors="replace")
    of = references.of_style if media_type == "text/css" else references.of_page
    return of(text, document.url)


def _queues(urls: list[str]) -> list[list[int]]:
    """The numbers of the URLs, dealt out to so many queues for each host."""
    hosts: dict[str, list[int]] = defaultdict(list)
    for number, url in enumerate(urls):
        hosts[urlsplit(url).netloc].append(number)
    dealt = (numbers[n::_PER_HOST] for numbers in hosts.values() for n in range(_PER_HOST))
    return sorted(numbers for numbers in dealt if numbers)


def _all_at_once(
    urls: list[str], queue: Queue, over: Callable[[], bool], sizes: list[int]
) -> list[RawExchange]:
    """All URLs with a limit in all and for each host; the results in the order of the URLs,
    and their octets in `sizes` as they come."""
    found: dict[int, list[RawExchange]] = {}
    ended = threading.Event()

    def one(numbers: list[int]) -> None:
        with closing(queue([urls[number] for number in numbers])) as asked:
            for number in numbers:
                if ended.is_set() or over():
                    break
                found[number] = next(asked)
                sizes.append(sum(exchange.response.size for exchange in found[number]))

    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        for done in [pool.submit(one, numbers) for numbers in _queues(urls)]:
            done.result()
    finally:
        # An interrupt does not wait for what is still under way; and a queue goes no further.
        ended.set()
        pool.shutdown(wait=False, cancel_futures=True)
    return [exchange for number in sorted(found) for exchange in found[number]]

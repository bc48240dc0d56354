"""What a request asked for, and that it told nothing of the person who captured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from archiver.http1 import Head, read_head
from archiver.observation import Exchange
from archiver.package.derive import Primary
from archiver.verify.addresses import request_line
from archiver.warc import Record, blocks

_MAX = 256 << 10  # octets of a request
_FIELDS = ("host", "user-agent", "accept", "accept-encoding", "connection", "cookie")


def misasked(primary: Primary, by_id: Mapping[str, Record]) -> Iterator[tuple[int, str]]:
    """Every exchange whose request asks for something else than its URL, in other words than
    the settings have them, or with more fields than ours have."""
    exchanges = primary.observation.exchanges
    set_so_far: dict[str, set[str]] = {}
    for place, one in enumerate(exchanges):
        cookies = set_so_far.setdefault(one.role, set())
        record = by_id.get(one.request or "")
        if record is not None:
            for what in _request(primary, one, record, cookies):
                yield place, what
        answer = None if one.response is None else by_id.get(one.response.record)
        if answer is not None and answer.type == "response":
            cookies |= set(_set(primary.entities.of(answer).head))


def _request(primary: Primary, one: Exchange, record: Record, cookies: set[str]) -> Iterator[str]:
    expected = request_line(one.url, proxied=one.proxy is not None)
    octets = b"" if record.length > _MAX else b"".join(blocks(primary.archive, record))
    if expected is None or not octets.startswith(expected):
        yield "its request asks for something else than its URL"
        return
    if octets.find(b"\r\n\r\n") != len(octets) - 4:
        yield "its request goes on after its end"
    names = [line.partition(b":")[0].lower() for line in octets[:-4].split(b"\r\n")[1:]]
    if len(set(names)) != len(names) or not {*names} <= {name.encode() for name in _FIELDS}:
        yield "its request has fields that ours do not have"
    head = read_head(octets)
    if head.values("user-agent") != (primary.observation.settings.get("user_agent"),):
        yield "its request names another user agent than the settings"
    if not {_plain(pair) for pair in _pairs(head)} <= cookies:
        yield "its request has a cookie that no answer before had set"


def _pairs(head: Head) -> Iterable[str]:
    return (pair for value in head.values("cookie") for pair in value.split("; "))


def _set(head: Head | None) -> Iterator[str]:
    """The cookies that an answer sets, as they come back (RFC 6265 §5.4)."""
    for value in () if head is None else head.values("set-cookie"):
        yield _plain(value.partition(";")[0])


def _plain(pair: str) -> str:
    name, equals, value = pair.partition("=")
    # `requests` takes quotes that are escaped out of a value in quotes.
    return f"{name.strip()}{equals}{value.strip()}".replace('\\"', "")

"""What a request asked for, and that it told nothing of the person who captured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from archiver.http1 import Head, read_head
from archiver.observation import Exchange
from archiver.ownwords import ACCEPTED
from archiver.package.derive import Primary
from archiver.verify.addresses import request_line
from archiver.warc import Record, blocks

_MAX = 256 << 10  # octets of a request
_REST = re.compile(rb"Connection: (?:close|keep-alive)\r\n(?:Cookie: [^\r\n]+\r\n)?\r\n")
_NO_QUOTES = str.maketrans("", "", '\\"')
_FIELD = re.compile(
    rb"(host|user-agent|accept|accept-encoding|connection|cookie):[^\r\n]*", re.IGNORECASE
)


def misasked(
    primary: Primary, by_id: Mapping[str, Record], *, ours: bool
) -> Iterator[tuple[int, str]]:
    """Every exchange whose request asks for something else than its URL, in other words than
    the settings have them, or with more fields than ours have. `ours`: this very version made
    it, whose other words are known."""
    exchanges = primary.observation.exchanges
    set_so_far: dict[str, set[str]] = {}
    for place, one in enumerate(exchanges):
        cookies = set_so_far.setdefault(one.role, set())
        record = by_id.get(one.request or "")
        if record is not None:
            for what in _request(primary, one, record, cookies, ours=ours):
                yield place, what
        answer = None if one.response is None else by_id.get(one.response.record)
        if answer is not None and answer.type == "response":
            cookies |= set(_set(primary.entities.of(answer).head))


def _request(
    primary: Primary, one: Exchange, record: Record, cookies: set[str], *, ours: bool
) -> Iterator[str]:
    expected = request_line(one.url, proxied=one.proxy is not None)
    octets = b"" if record.length > _MAX else b"".join(blocks(primary.archive, record))
    if expected is None or not octets.startswith(expected):
        yield "its request asks for something else than its URL"
        return
    if octets.find(b"\r\n\r\n") != len(octets) - 4:
        yield "its request goes on after its end"
    fields = [_FIELD.fullmatch(line) for line in octets[:-4].split(b"\r\n")[1:]]
    names = [None if field is None else field[1].lower() for field in fields]
    if None in names or len(set(names)) != len(names):
        yield "its request has fields that ours do not have"
    head = read_head(octets)
    agent = str(primary.observation.settings.get("user_agent"))
    if head.values("user-agent") != (agent,):
        yield "its request names another user agent than the settings"
    if ours and not _in_our_words(octets.removeprefix(expected), agent):
        yield "its request is not in this version's words"
    if not {_plain(pair) for pair in _pairs(head)} <= cookies:
        yield "its request has a cookie that no answer before had set"


def _in_our_words(rest: bytes, agent: str) -> bool:
    """Whether the fields behind `Host` are those that this version writes."""
    fields = {"User-Agent": agent, **ACCEPTED}
    written = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    expected = written.encode("latin-1", "replace")
    return rest.startswith(expected) and bool(_REST.fullmatch(rest.removeprefix(expected)))


def _pairs(head: Head) -> Iterable[str]:
    return (pair for value in head.values("cookie") for pair in value.split("; "))


def _set(head: Head | None) -> Iterator[str]:
    """The cookies that an answer sets, as they come back (RFC 6265 §5.4)."""
    for value in () if head is None else head.values("set-cookie"):
        yield _plain(value.partition(";")[0])


def _plain(pair: str) -> str:
    name, equals, value = pair.partition("=")
    # `requests` takes quotes that are escaped out of a value in quotes.
    return f"{name.strip()}{equals}{value.strip()}".translate(_NO_QUOTES)

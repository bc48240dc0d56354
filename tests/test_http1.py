"""Reading HTTP/1 responses: any pieces, any framing, any garbage."""
# ruff: noqa: E501 - a response a line

from __future__ import annotations

import time
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.http1 import MAX_LINE, Head, ResponseReader, read_head


class Read(NamedTuple):
    """Everything that a reader says of the octets."""

    entity: bytes
    status: int | None
    framing: str
    complete: bool
    broken: bool
    extra: int
    interim: tuple[int, ...]
    head_octets: int


def read(*pieces: bytes) -> Read:
    entity = bytearray()
    reader = ResponseReader(entity.extend)
    for piece in pieces:
        reader.feed(piece)
    reader.end()
    return Read(
        entity=bytes(entity),
        status=None if reader.head is None else reader.head.status,
        framing=reader.framing,
        complete=reader.complete,
        broken=reader.broken,
        extra=reader.extra,
        interim=tuple(reader.interim),
        head_octets=reader.head_octets,
    )


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
# (octets, entity, framing, complete, extra)
RESPONSES: dict[str, tuple[bytes, bytes, str, bool, int]] = {
    "length": (OK + b"Content-Length: 3\r\n\r\nabc", b"abc", "length", True, 0),
    "length 0": (OK + b"Content-Length: 0\r\n\r\n", b"", "length", True, 0),
    "length, short": (OK + b"Content-Length: 5\r\n\r\nabc", b"abc", "length", False, 0),
    "length, more": (OK + b"Content-Length: 3\r\n\r\nabcde", b"abc", "length", True, 2),
    "close": (OK + b"\r\nabc", b"abc", "close", True, 0),
    "nothing but a head": (OK + b"\r\n", b"", "close", True, 0),
    "LF only": (b"HTTP/1.0 200\nContent-Length: 1\n\na", b"a", "length", True, 0),
    "mixed line ends": (b"HTTP/1.0 200\r\nContent-Length: 1\n\r\na", b"a", "length", True, 0),
    "lower-case protocol": (b"http/1.1 200 ok\r\n\r\na", b"a", "close", True, 0),
    "no reason": (b"HTTP/1.1 200\r\n\r\na", b"a", "close", True, 0),
    "bare CR in the reason": (b"HTTP/1.1 200 a\rb\r\n\r\na", b"a", "close", True, 0),
    "204": (b"HTTP/1.1 204 No\r\nContent-Length: 3\r\n\r\nabc", b"", "none", True, 3),
    "304": (b"HTTP/1.1 304 Not\r\n\r\n", b"", "none", True, 0),
    "101": (b"HTTP/1.1 101 Up\r\n\r\nxyz", b"", "none", True, 3),
    "interim": (b"HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nL: x\r\n\r\n" + OK + b"\r\na", b"a", "close", True, 0),
    "interim alone": (b"HTTP/1.1 100 C\r\n\r\n", b"", "none", False, 0),
    "interim, then garbage": (b"HTTP/1.1 100 C\r\n\r\nhello", b"hello", "not-http", False, 0),
    "two lengths": (OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"ab", "conflict", False, 0),
    "the same length twice": (OK + b"Content-Length: 2\r\nContent-Length: 2, 2\r\n\r\nab", b"ab", "length", True, 0),
    "no number": (OK + b"Content-Length: +2\r\n\r\nab", b"ab", "conflict", False, 0),
    "empty length": (OK + b"Content-Length:\r\n\r\nab", b"ab", "conflict", False, 0),
    "a length out of all bounds": (OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\na", b"a", "conflict", False, 0),
    "chunks": (CHUNKED + b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde", "chunked", True, 0),
    "chunks with LF": (CHUNKED + b"3\nabc\n0\n\n", b"abc", "chunked", True, 0),
    "extensions": (CHUNKED + b'3;a=b;c="d"\r\nabc\r\n0;x\r\n\r\n', b"abc", "chunked", True, 0),
    "blanks around a size": (CHUNKED + b" 3 \r\nabc\r\n0\r\n\r\n", b"abc", "chunked", True, 0),
    "leading zeros": (CHUNKED + b"0003\r\nabc\r\n000\r\n\r\n", b"abc", "chunked", True, 0),
    "upper-case size": (CHUNKED + b"A\r\n0123456789\r\n0\r\n\r\n", b"0123456789", "chunked", True, 0),
    "trailers": (CHUNKED + b"1\r\na\r\n0\r\nX: y\r\nZ: 0\r\n\r\n", b"a", "chunked", True, 0),
    "behind the last chunk": (CHUNKED + b"1\r\na\r\n0\r\n\r\nxyz", b"a", "chunked", True, 3),
    "chunks without end": (CHUNKED + b"3\r\nabc\r\n", b"abc", "chunked", False, 0),
    "cut in a chunk": (CHUNKED + b"5\r\nabc", b"abc", "chunked", False, 0),
    "cut in the trailers": (CHUNKED + b"1\r\na\r\n0\r\nX: y", b"a", "chunked", False, 0),
    "length and chunked": (OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", b"a", "chunked", True, 0),
    "gzip, chunked": (OK + b"Transfer-Encoding: gzip, Chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", b"a", "chunked", True, 0),
    "chunked, gzip": (OK + b"Transfer-Encoding: chunked, gzip\r\n\r\n1\r\na", b"1\r\na", "close", True, 0),
    "identity": (OK + b"Transfer-Encoding: identity\r\nContent-Length: 1\r\n\r\na", b"a", "length", True, 0),
    "no HTTP": (b"<html>hello", b"<html>hello", "not-http", False, 0),
    "cut in the head": (b"HTTP/1.1 200 OK\r\nA: b", b"HTTP/1.1 200 OK\r\nA: b", "not-http", False, 0),
    "cut in the protocol": (b"HTT", b"HTT", "not-http", False, 0),
    "no status": (b"HTTP/1.1 hello\r\n\r\nabc", b"abc", "conflict", False, 0),
    "nothing": (b"", b"", "none", False, 0),
}  # fmt: skip
BROKEN = {
    "no size": (b"hello\r\nabc", b"hello\r\nabc"),
    "negative size": (b"-1\r\nabc", b"-1\r\nabc"),
    "0x": (b"0x1\r\na", b"0x1\r\na"),
    "a size too long": (b"0000000000000001\r\na", b"0000000000000001\r\na"),
    "no line behind a chunk": (b"1\r\nab\r\n", b"ab\r\n"),
    "a line too long": (b"1;" + b"x" * MAX_LINE + b"\r\na", b"1;" + b"x" * MAX_LINE + b"\r\na"),
}


@pytest.mark.parametrize("case", RESPONSES.values(), ids=RESPONSES.keys())
def test_responses(case: tuple[bytes, bytes, str, bool, int]) -> None:
    octets, *expected = case
    made = read(octets)
    assert [made.entity, made.framing, made.complete, made.extra] == expected
    assert not made.broken
    assert read(*(octets[at : at + 1] for at in range(len(octets)))) == made


@pytest.mark.parametrize(("octets", "entity"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_chunks_are_passed_on_as_they_stand(octets: bytes, entity: bytes) -> None:
    made = read(CHUNKED + octets)
    assert (made.entity, made.framing, made.complete, made.broken) == (
        entity,
        "chunked",
        False,
        True,
    )
    assert read(CHUNKED, *(octets[at : at + 1] for at in range(len(octets)))) == made


LINES = st.lists(
    st.sampled_from(
        b"HTTP/1.1 200 OK|HTTP/1.1 100 C|HTTP/1.0 404|http/1.1 204 x|HTTP/|Content-Length: 3|"
        b"Content-Length: 4|Transfer-Encoding: chunked|: x| folded|no colon|X: y|||0|3|abc|a;b|\r".split(
            b"|"
        )
    ),
    max_size=14,
)


@settings(max_examples=300, deadline=None)
@given(
    LINES,
    st.sampled_from([b"\r\n", b"\n"]),
    st.lists(st.integers(0, 200), max_size=8),
    st.binary(max_size=9),
)
def test_pieces_make_no_difference(
    lines: list[bytes], newline: bytes, cuts: list[int], garbage: bytes
) -> None:
    octets = newline.join(lines) + newline * 2 + garbage
    places = [0, *sorted(cuts), len(octets)]
    pieces = [octets[at:to] for at, to in pairwise(places)]
    whole = read(octets)
    assert read(*pieces) == whole
    if whole.framing != "chunked":
        assert whole.head_octets + len(whole.entity) + whole.extra == len(octets)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_a_reader_never_fails(octets: bytes) -> None:
    read(octets)
    read(OK + octets)
    read(CHUNKED + octets)
    read_head(octets)


def test_heads() -> None:
    head = read_head(
        b"HTTP/1.1 200 OK\r\nA: 1\r\n  2\r\n\t3\r\nno colon\r\n: empty\r\nB :\xe9\r\nA:4\r\n\r\n"
    )
    assert head.fields == (("a", "1 2 3"), ("", "empty"), ("b", "é"), ("a", "4"))
    assert (head.status, head.value("a"), head.values("a")) == (200, "1 2 3", ("1 2 3", "4"))
    assert head.value("c") is None
    assert Head(status=None, fields=(), size=0).values("a") == ()


ONE = b"1\r\nx\r\n"
LONG = {
    "body of single octets": OK + b"Content-Length: 1000000\r\n\r\n" + b"a" * 1_000_000,
    "chunks of one octet": CHUNKED + ONE * 166_000 + b"0\r\n\r\n",
    "one long chunk": CHUNKED + b"f4240\r\n" + b"a" * 1_000_000 + b"\r\n0\r\n\r\n",
    "a size line without end": CHUNKED + b"1;" + b"x" * 300_000,
    "trailers": CHUNKED + b"0\r\n" + b"a: b\r\n" * 40_000 + b"\r\n",
    "a head without end": OK + b"a: b\r\n" * 40_000,
    "folded lines": OK + b"a: b\r\n" + b" c\r\n" * 60_000 + b"\r\n",
    "interim heads": b"HTTP/1.1 100\r\n\r\n" * 20_000 + OK + b"\r\n",
    "no HTTP": b"x" * 300_000,
}


@pytest.mark.parametrize("octets", LONG.values(), ids=LONG.keys())
def test_time_is_in_proportion(octets: bytes) -> None:
    start = time.process_time()
    whole = read(octets)
    assert time.process_time() - start < 2
    start = time.process_time()
    assert read(*(octets[at : at + 1] for at in range(len(octets)))) == whole
    assert time.process_time() - start < 10

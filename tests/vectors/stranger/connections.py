"""Check 6, the rules 30 to 33: shared connections (docs/format.md §10.6)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from addresses import PORTS
from exchanges import Exchange
from web import Record, read_head, read_response


def by_connection(many: list[Exchange]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, one in enumerate(many):
        if one["connection"] is not None:
            found.setdefault(one["connection"], []).append(number)
    return found


def openers(many: list[Exchange]) -> set[int]:
    """The exchanges that did not go over a connection that was there before."""
    later = {number for numbers in by_connection(many).values() for number in numbers[1:]}
    return {*range(len(many))} - later


def connections(many: list[Exchange], by_id: dict[str, Record]) -> Iterator[str]:
    found = by_connection(many)
    if [*found] != [*range(1, len(found) + 1)] or any(
        (one["connection"] is None) != (one["ip"] is None) for one in many
    ):
        yield "30: numbers of connections"
    for numbers in found.values():
        for before, number in pairwise(numbers):
            if not shares(many[numbers[0]], many[before], many[number]):
                yield "31: a connection that cannot have been shared"
            if not left_open(many[before], by_id):
                yield "32: a connection that had been closed"
    shaken = [many[numbers[0]]["tls"] for numbers in found.values()]
    blocks = [by_id[tls["handshake"]].digest for tls in shaken if tls and tls["handshake"] in by_id]
    if len({*blocks}) != len(blocks):
        yield "33: the handshake of another connection"


def shares(first: Exchange, before: Exchange, one: Exchange) -> bool:
    def server(of: Exchange) -> tuple[Any, ...]:
        with suppress(ValueError, KeyError):
            parts = urlsplit(of["url"])
            port = parts.port or PORTS[parts.scheme]
            return parts.scheme, parts.hostname, port, of["ip"], of["port"]
        return ()

    fresh = one["addresses"] or one["lookups"] or one["tls"]
    return (
        first["role"] == one["role"] == "requisite"
        and server(first) == server(one)
        and not fresh
        and one["date"] >= before["date"]
        and before["phase"] == "done"
        and one["phase"] in ("request", "response", "done")
    )


def left_open(one: Exchange, by_id: dict[str, Record]) -> bool:
    asked = by_id.get(one["request"] or "")
    answered = by_id.get(one["response"]["record"] if one["response"] else "")
    if asked is None or answered is None or len(asked.block) > 1 << 20:
        return False
    made = read_response(answered.block)
    head = made.head
    if (
        head is None
        or head.version != "1.1"
        or head.status == 101
        or not made.complete
        or made.extra
    ):
        return False
    if "close" in [*read_head(asked.block).words("connection"), *head.words("connection")]:
        return False
    codings = [value.lower() for value in head.all("transfer-encoding")]
    lengths = {*head.all("content-length")}
    return {
        "length": not codings,
        "chunked": codings == ["chunked"] and not lengths,
        "none": not codings and lengths <= {"0"},
    }.get(made.framing, False)

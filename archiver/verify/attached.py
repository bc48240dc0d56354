"""What an exchange has besides HTTP: name servers' answers, certificates, the handshake."""

from __future__ import annotations

from collections.abc import Iterator

from archiver import dnswire
from archiver.digest import Digest
from archiver.handshake import unlike
from archiver.http1 import ResponseReader
from archiver.observation import Exchange, Lookup, Proxy, Tls
from archiver.package.derive import Primary
from archiver.pem import from_pem
from archiver.records import attachments
from archiver.verify.addresses import connect_lines, host
from archiver.warc import Record, blocks

_PARTS = ("result", "addresses", "aliases", "seconds", "soa")
_MAX = 1 << 20  # octets of one attachment


def misfits(
    primary: Primary, one: Exchange, by_id: dict[str, Record], named: set[str]
) -> Iterator[str]:
    """Every place where the exchange and its attached records contradict each other."""
    octets: dict[str, bytes] = {}
    proxy = primary.observation.settings.get("proxy") if one.proxy is not None else None
    for also in attachments(one):
        if also.identity is None:
            continue
        record = by_id.get(also.identity)
        expected = ("resource", also.uri, also.content_type, one.date, one.ip)
        if (
            record is None
            or also.identity in named
            or record.length > _MAX
            or (record.type, record.uri, record.content_type, record.date, record.ip) != expected
        ):
            yield f"its {also.part} is not a record of its own in the WARC"
            continue
        named.add(also.identity)
        octets[also.part] = b"".join(blocks(primary.archive, record))
    if one.proxy is not None:
        asked, said = (octets.get(f"proxy.{part}") for part in ("request", "answer"))
        yield from _tunnel(one.url, one.proxy, asked, said)
    if one.tls is not None:
        yield from _certificates(one.tls, octets.get("certificates"))
        if "handshake" in octets:
            yield from unlike(one.tls, octets["handshake"], ended=one.phase == "tls")
    looked_up = host(one.url if proxy is None else proxy)
    for number, lookup in enumerate(one.lookups):
        question, answer = (octets.get(f"{part}.{number}") for part in ("question", "answer"))
        for what in _lookup(lookup, looked_up, question, answer):
            yield f"lookup {number}: {what}"


def _tunnel(url: str, proxy: Proxy, asked: bytes | None, said: bytes | None) -> Iterator[str]:
    if asked is not None and asked != connect_lines(url):
        yield "the proxy was asked for another way"
    if said is not None and asked is None:
        yield "the proxy answered what it was not asked"
    reader = ResponseReader(lambda _: None)
    reader.feed(said or b"")
    if proxy.status != (None if reader.head is None else reader.head.status):
        yield "the proxy's status is not that of its answer"


def _certificates(tls: Tls, pem: bytes | None) -> Iterator[str]:
    found = () if pem is None else from_pem(pem)
    if found is None or tuple(Digest.of(one) for one in found) != tls.chain:
        yield "the certificates are not those whose digests it names"


def _lookup(
    asked: Lookup, name: str | None, question: bytes | None, answer: bytes | None
) -> Iterator[str]:
    """Where a look-up is not what its two messages say (RFC 1035 §4)."""
    if asked.name != name:
        yield "it is of another name than the one that was connected to"
    put = None if question is None else dnswire.read(question, asked.name, asked.type)
    due = ((asked.name.lower().rstrip(".") + ".", asked.type),)
    if question is not None and (put is None or put.is_answer or put.asked != due):
        yield "the question is for another name"
    if answer is not None and question is None:
        yield "an answer without a question"
    said = dnswire.answer_to(question or b"", answer or b"", asked.name, asked.type)
    # What is no answer to this question says nothing; nor does silence.
    silent = answer is None and asked.result == "timeout"
    shown: tuple[object, ...] = ("timeout" if silent else "failed", (), (), None, None)
    if said is not None:
        shown = (said.result, said.addresses, said.aliases, said.seconds, said.soa)
    told = (asked.result, asked.addresses, asked.aliases, asked.seconds, asked.soa)
    for part, ours, theirs in zip(_PARTS, told, shown, strict=True):
        if ours != theirs:
            yield f"{part} is {ours!s:.200}, its answer gives {theirs!s:.200}"

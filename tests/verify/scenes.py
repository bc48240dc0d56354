"""Captures made in-process, without a network: one package for every outcome state."""

from __future__ import annotations

import io
import socket
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from archiver.capture.connection import Connection, Secured
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from archiver.capture.observe import SOFTWARE
from archiver.capture.recording import Frame, record
from archiver.capture.tls import Seen
from archiver.case.model import CLAIMED_TABLES
from archiver.case.schemas import schema
from archiver.judge import seed as seeds
from archiver.observation import Address, Fault, Observation, Person
from archiver.package.build import ASSESSED_FORMAT, CLAIMED_FORMAT, Built, build, layer
from archiver.sibling import sibling_url
from archiver.verify.addresses import request_line
from archiver.verify.checks import examine
from archiver.verify.report import Report
from tests.case.right_case import ID, SEED, TEXT, URL, right_document

HOST = "news.example.org"
CONTROLS = ("https://one.example.com/", "https://two.example.net/")
IP = "203.0.113.7"
DATE = "2026-03-14T12:00:00Z"
PARAGRAPHS = "".join(f"<p>{passage}</p>\n" for passage in SEED.passages)
PAGE = f"<!doctype html><title>The Harbour Bridge Opens</title>\n{PARAGRAPHS}"
SOFT = "<!doctype html><title>Page not found</title><h1>This page does not exist</h1>"
REFUSED = Fault(type="tcp.refused", message="the connection was refused")


def plain_settings() -> dict[str, Any]:
    """A value for each setting that the schema requires; the controls are ours."""
    wanted = schema("capture.schema.json")["properties"]["settings"]["properties"]
    plain = {"integer": 60_000, "boolean": False, "array": [], "string": "x"}
    made = {name: plain.get(str(rule["type"])) for name, rule in wanted.items()}
    return {**made, "controls": list(CONTROLS)}


def answer(body: str = PAGE, status: str = "200 OK", extra: str = "") -> bytes:
    octets = body.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{extra}"
    return f"{head}Content-Length: {len(octets)}\r\n\r\n".encode() + octets


def asked(
    url: str,
    answered: bytes | Fault,
    *,
    role: str = "source",
    date: str = DATE,
    max_octets: int = 1 << 20,
) -> RawExchange:
    """One exchange, by our own network code over a pair of sockets."""
    if isinstance(answered, Fault):
        tried = [Address(ip=IP, port=443, result=answered.type)]
        dead = Connection(phase="tcp", addresses=tried, fault=answered)
        return RawExchange(
            role=role, url=url, attempt=1, date=date, connection=dead, fault=answered
        )
    ours, theirs = socket.socketpair()
    made = Connection(
        phase="request",
        addresses=[Address(ip=IP, port=443, result="connected")],
        ip=IP,
        port=443,
        socket=ours,
        tls=Secured(
            version="TLSv1.3",
            cipher="TLS_AES_256_GCM_SHA384",
            server_name=url.split("/")[2],
            verified=True,
            alpn=None,
            chain=(b"a certificate, as far as this is concerned",),
            seen=Seen(alerts=[], messages=bytearray(b"a handshake"), complete=True),
        ),
    )
    exchange = RawExchange(role=role, url=url, attempt=1, date=date, connection=made)
    request = (request_line(url) or b"") + b"Connection: close\r\n\r\n"
    with theirs:
        theirs.sendall(answered)
        theirs.shutdown(socket.SHUT_WR)
        perform(exchange, request, Limits(max_octets=max_octets, seconds=5), Deadline(5))
    return exchange


@dataclass(frozen=True)
class Scene:
    """What is captured: every hop with the source, every control, the level of publication,
    and what the sibling probe gets where there is one."""

    hops: tuple[tuple[str, bytes | Fault], ...]
    controls: tuple[bytes | Fault, ...] = ()
    publish: str | None = "include"
    software: str = SOFTWARE
    stop: str | None = None
    beside: bytes | Fault | None = None

    def layers(self) -> tuple[dict[str, Any], dict[str, Any]]:
        document = right_document()
        if self.publish is None:
            del document["seed_text"], document["stance"]
            document["review"] = {"state": "draft"}
        else:
            document["seed_text"]["publish"] = self.publish
            if self.publish == "withhold":
                del document["seed_text"]["sha256"]
        claimed = {key: value for key, value in document.items() if key in CLAIMED_TABLES}
        assessed = {key: value for key, value in document.items() if key not in CLAIMED_TABLES}
        return layer(CLAIMED_FORMAT, ID, claimed), layer(ASSESSED_FORMAT, ID, assessed)

    def seed(self) -> tuple[bytes | None, dict[str, Any] | None]:
        if self.publish in (None, "include"):
            return (TEXT if self.publish else None), None
        return None, seeds.document(SEED, str(self.publish), bytes(32))

    def exchanges(self) -> list[RawExchange]:
        hops = [asked(url, answered) for url, answered in self.hops]
        if self.beside is not None:
            sibling = sibling_url(URL, DATE)
            assert sibling is not None
            hops.append(asked(sibling, self.beside, role="probe"))
        pairs = zip(CONTROLS, self.controls, strict=False)
        return [*hops, *(asked(url, answered, role="control") for url, answered in pairs)]

    def frame(self) -> Frame:
        return Frame(
            case=ID,
            source=URL,
            started=DATE,
            ended=DATE,
            software=self.software,
            clock="given",
            previous=None,
            settings={**plain_settings(), "probe": self.beside is not None},
            person=Person(),
            stop=self.stop,
        )

    def built(self, exchanges: list[RawExchange] | None = None) -> Built:
        archive = io.BytesIO()
        exchanges = exchanges or self.exchanges()
        observation = record(self.frame(), exchanges, archive)
        for one in exchanges:
            one.response.close()
        return self.sealed(archive, observation)

    def sealed(self, archive: io.BytesIO, observation: Observation) -> Built:
        claimed, assessed = self.layers()
        seed, seed_document = self.seed()
        return build(
            archive=archive,
            observation=observation,
            claimed=claimed,
            assessed=assessed,
            seed=seed,
            seed_document=seed_document,
            created=DATE,
        )


NEXT = f"https://{HOST}/moved"
SCENES: dict[str, Scene] = {
    "captured": Scene(hops=((URL, answer()),)),
    "redirected": Scene(
        hops=((URL, answer("", "301 Moved", "Location: /moved\r\n")), (NEXT, answer())),
        publish="digest",
    ),
    "truncated": Scene(hops=((URL, answer()[:-9]),), publish="withhold"),
    "absent": Scene(hops=((URL, answer("<h1>Gone</h1>", "404 Not Found")),)),
    "blocked": Scene(hops=((URL, answer("<h1>No</h1>", "403 Forbidden")),), publish=None),
    "unreachable": Scene(hops=((URL, REFUSED),), controls=(answer("up"), REFUSED)),
    "not-http": Scene(hops=((URL, b"SSH-2.0-OpenSSH\r\n"),), controls=(answer("up"), REFUSED)),
    "half-a-head": Scene(
        hops=((URL, b"HTTP/1.1 200 OK\r\nContent-T"),), controls=(answer("up"), answer("up"))
    ),
    "interim": Scene(hops=((URL, b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + answer()),)),
    "only-interim": Scene(
        hops=((URL, b"HTTP/1.1 100 Continue\r\n\r\n"),), controls=(answer("up"), REFUSED)
    ),
    "chunked": Scene(
        hops=((URL, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),)
    ),
    "loop": Scene(
        hops=((URL, answer("", "302 Found", f"Location: {URL}\r\n")),), stop="redirect.loop"
    ),
    "inconclusive": Scene(hops=((URL, REFUSED),), controls=(REFUSED, REFUSED)),
    "soft": Scene(hops=((URL, answer(SOFT)),), beside=answer(SOFT)),
    "probed": Scene(hops=((URL, answer()),), beside=answer("<h1>Gone</h1>", "404 Not Found")),
    "probe-failed": Scene(hops=((URL, answer()),), beside=REFUSED),
}
STATES = tuple(SCENES)


@cache
def package(state: str, **changed: Any) -> bytes:
    """The octets of the package of a state."""
    out = io.BytesIO()
    replace(SCENES[state], **changed).built().write(out)
    return out.getvalue()


def verdict(octets: bytes) -> Report:
    report = examine(io.BytesIO(octets), "x.wacz", SOFTWARE)
    assert not [one for one in report.checks for p in one.problems if p.rule == "unexpected"], (
        report
    )
    return report


def failed(octets: bytes) -> str | None:
    """The check that refuses these octets; None where none does."""
    report = verdict(octets)
    if report.verdict == "unreadable":
        return "unreadable"
    return next((one.name for one in report.checks if one.status == "failed"), None)

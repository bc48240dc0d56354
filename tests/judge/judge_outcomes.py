"""What the tests of outcomes share: exchanges and observations made by hand."""

from __future__ import annotations

from archiver.digest import Digest
from archiver.judge.contents import Text
from archiver.judge.outcome import Outcome, decide
from archiver.observation import Exchange, Fault, Observation, Person, Proxy, Response, Tls

PROXY = Proxy(addresses=(), ip=None, port=None, status=None, request=None, answer=None)
RECORD = "urn:uuid:00000000-0000-8000-8000-000000000000"


def answer(status: int | None, truncated: str | None = None) -> Response:
    return Response(
        record=RECORD,
        octets=100,
        head=50,
        status=status,
        media_type="text/html",
        location=None,
        server_date=None,
        framing="length",
        truncated=truncated,
        entity=50,
        entity_digest=Digest.of(b""),
    )


def exchange(
    status: int | None = None,
    fault: str | None = None,
    *,
    role: str = "source",
    truncated: str | None = None,
    verified: bool | None = None,
    path: str = "",
    proxied: bool = False,
) -> Exchange:
    tls = None
    if verified is not None:
        tls = Tls(
            version=None,
            cipher=None,
            alpn=None,
            server_name="x",
            verified=verified,
            chain=(),
            alerts=(),
            certificates=None,
            handshake=None,
        )
    return Exchange(
        role=role,
        url=f"http://{role}.example/{path}",
        attempt=1,
        lookups=(),
        date="2026-11-22T11:33:20Z",
        phase="done",
        connection=None,
        addresses=(),
        ip=None,
        port=None,
        proxy=PROXY if proxied else None,
        tls=tls,
        request=RECORD,
        response=None if status is None and fault is not None else answer(status, truncated),
        fault=None if fault is None else Fault(type=fault, message=""),
    )


def control(
    status: int | None = None, fault: str | None = None, *, proxied: bool = False
) -> Exchange:
    return exchange(status, fault, role="control", proxied=proxied)


def judged(*exchanges: Exchange, text: str = "not-contained", stop: str | None = None) -> Outcome:
    seen = Observation(
        capture_id=RECORD,
        case="c",
        source="http://source.example/",
        started="2026-11-22T11:33:20Z",
        ended="2026-11-22T11:33:20Z",
        software="s",
        clock="system",
        previous=None,
        settings={},
        person=Person(),
        exchanges=exchanges,
        stop=stop,
    )
    return decide(seen, Text(result=text, some=text in ("contained", "partial")), None)


BY_STATUS = {
    **dict.fromkeys([200, 201, 204, 206, 226, 299], "captured"),
    **dict.fromkeys([404, 410], "absent"),
    **dict.fromkeys([400, 401, 402, 403, 405, 406, 407, 409, 418, 421, 429, 451, 499], "blocked"),
    **dict.fromkeys([408, 425, 500, 502, 503, 504, 520, 599], "unreachable"),
    **dict.fromkeys([0, 99, 101, 300, 302, 304, 308, 600, 999], "unreachable"),
    **dict.fromkeys([1, 100, 599], "unreachable"),
}


FAULTS = (
    "dns.failed dns.timeout dns.servfail tcp.refused tcp.reset tcp.timeout tcp.unreachable "
    "tls.failed tls.timeout tls.expired tls.self_signed tls.wrong_host tls.untrusted "
    "tls.not_yet_valid http.timeout http.closed http.invalid"
).split()
WORKING = [control(200), control(404), control(503), control(301)]
DEAD = [control(fault="tcp.refused"), control(fault="dns.failed"), control(None)]

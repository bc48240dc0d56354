"""What was captured changed by an insider (SECURITY W), up to making all of it anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from archiver.digest import Digest
from archiver.observation import Address, Fault, Observation
from archiver.package.derive import CAPTURE
from tests.verify.forge import exchange
from tests.verify.scenes import IP, PROXY
from tests.verify.shorthand import (
    Forge,
    Forgeries,
    added,
    at,
    at_another_time,
    block,
    bodies_exchanged,
    check_refused,
    concurrent_to_warcinfo,
    field,
    other_source,
    put,
    remade,
    response,
    setting,
    warc,
    whole,
    without_control,
)


def without_proxy(seen: Observation) -> Observation:
    """The proxy's address said to be the source's, and no proxy at all."""
    settings = {**seen.settings, "proxy": None}
    found = seen.exchanges[0].proxy
    assert found is not None
    plain = exchange(seen, 0, proxy=None, ip=found.ip, port=found.port, addresses=found.addresses)
    return replace(plain, settings=settings)


def proxy_of_settings(named: str | None) -> Callable[[Observation], Observation]:
    return lambda seen: replace(seen, settings={**seen.settings, "proxy": named})


def proxy(number: int, **changed: object) -> Forge:
    def change(seen: Observation) -> Observation:
        found = seen.exchanges[number].proxy
        assert found is not None
        return exchange(seen, number, proxy=replace(found, **changed))  # type: ignore[arg-type]

    return remade(change)


FORGERIES: Forgeries = {
    # capture.json alone: it is bound to the records
    **{
        f"capture-{'-'.join(map(str, keys))}": (
            "unreachable",
            check,
            put(CAPTURE, *keys, to=to, again=True),
        )
        for keys, to, check in (
            (("capture_id",), "urn:uuid:00000000-0000-8000-8000-000000000001", "agreement"),
            (("started",), "2026-03-14T11:00:00Z", "derivation"),
            (("ended",), "2026-03-14T12:00:01Z", "agreement"),
            (("previous",), str(Digest.of(b"")), "derivation"),
            (("clock",), "system", "derivation"),
            (("settings", "allow_private_addresses"), False, "agreement"),
            (("settings", "max_octets"), 7, "derivation"),
            (("settings", "controls"), [], "agreement"),
            (("stop",), "redirect.loop", "agreement"),
            (("exchanges", 0, "fault", "message"), "it was deleted", "agreement"),
            (("exchanges", 0, "fault", "type"), "dns.failed", "agreement"),
            (("exchanges", 0, "phase"), "dns", "agreement"),
            (("exchanges", 0, "addresses", 0, "ip"), "203.0.113.8", "derivation"),
            (("exchanges", 0, "addresses", 0, "port"), 80, "agreement"),
            (("exchanges", 0, "addresses", 0, "result"), "tcp.timeout", "agreement"),
            (("exchanges", 0, "date"), "2026-03-14T11:59:59Z", "agreement"),
            (("exchanges", 0, "role"), "control", "agreement"),
            (("exchanges", 1, "ip"), "203.0.113.8", "agreement"),
            (("exchanges", 1, "tls"), None, "agreement"),
            (("exchanges", 1, "tls", "verified"), False, "agreement"),
            (("exchanges", 1, "tls", "server_name"), "example.net", "agreement"),
            (("exchanges", 1, "tls", "chain"), [str(Digest.of(b""))], "agreement"),
            (("exchanges", 1, "tls", "chain"), [], "agreement"),
            (("exchanges", 1, "tls", "alerts"), ["sent fatal 48"], "derivation"),
            (("exchanges", 1, "url"), "https://three.example.com/", "agreement"),
            (("exchanges", 1, "response"), None, "agreement"),
            (("exchanges", 1, "response", "status"), 404, "agreement"),
            (("exchanges", 1, "response", "entity"), 9, "agreement"),
            (("exchanges", 1, "response", "media_type"), "text/plain", "agreement"),
            (("exchanges", 1, "request"), None, "agreement"),
            (("exchanges",), [], "documents"),
        )
    },
    # the WARC alone: it is bound to capture.json
    "page": ("captured", "warc", warc(block(1, b"Friday", b"Monday"))),
    "request": ("captured", "agreement", warc(block(2, b"close", b"CLOSE"))),
    "other-request": (
        "captured",
        "agreement",
        warc(block(2, b"news.example.org", b"evil.example.org")),
    ),
    "warcinfo": ("captured", "derivation", warc(block(0, b"archiver 0", b"archiver 9"))),
    "pageinfo": ("captured", "derivation", warc(block(-1, b"200", b"404"))),
    "attempt-page": ("unreachable", "derivation", warc(block(-1, b"refused", b"deleted"))),
    "fault-record": ("unreachable", "derivation", warc(block(1, b"refused", b"timeout"))),
    "interim": ("interim", "derivation", warc(block(3, b"/a", b"/b"))),
    "interim-hidden": ("interim", "agreement", warc(block(3, b"HTTP/1.1 103", b"HTTP/1.1 203"))),
    "interim-dropped": ("interim", "derivation", warc(lambda found: found.pop(3))),
    "record-dropped": ("captured", "agreement", warc(lambda found: found.pop(2))),
    "page-dropped": ("captured", "warc", warc(lambda found: found.pop(1))),
    "pageinfo-dropped": ("captured", "derivation", warc(lambda found: found.pop())),
    "records-reordered": (
        "captured",
        "derivation",
        warc(lambda found: found.insert(1, found.pop())),
    ),
    "no-warcinfo": ("captured", "warc", warc(lambda found: found.pop(0))),
    "no-records": ("captured", "warc", warc(lambda found: found.clear())),
    "hidden-response": ("captured", "agreement", warc(added(1))),
    "hidden-own": ("captured", "derivation", warc(added(-1))),
    "same-id": ("captured", "warc", warc(lambda found: found.append(found[-1]))),
    "bodies-exchanged": ("redirected", "warc", warc(bodies_exchanged)),
    "responses-exchanged": (
        "redirected",
        "derivation",
        warc(lambda found: found.insert(1, found.pop(3))),
    ),
    "dated": ("captured", "agreement", warc(field(1, "WARC-Date", "2026-03-14T12:00:01Z"))),
    "dated-garbage": ("captured", "warc", warc(field(1, "WARC-Date", "2026-13-14T12:00:00Z"))),
    "warcinfo-dated": (
        "captured",
        "agreement",
        warc(field(0, "WARC-Date", "2025-03-14T12:00:00Z")),
    ),
    "record-url": (
        "captured",
        "agreement",
        warc(field(1, "WARC-Target-URI", "https://x.example/")),
    ),
    "record-ip": ("captured", "agreement", warc(field(1, "WARC-IP-Address", "203.0.113.8"))),
    "record-type": ("captured", "warc", warc(field(1, "Content-Type", "text/html"))),
    "concurrent": ("captured", "derivation", warc(concurrent_to_warcinfo)),
    "payload-digest": (
        "captured",
        "warc",
        warc(field(1, "WARC-Payload-Digest", str(Digest.of(b"")))),
    ),
    "payload-digest-gone": ("captured", "derivation", warc(lambda f: f[1][0].pop(5))),
    "truncated-gone": ("truncated", "agreement", warc(lambda f: f[1][0].pop(5))),
    # everything made anew from a changed capture.json: it contradicts itself or the octets
    "remade-status": ("captured", "agreement", response(status=404)),
    "remade-head": ("captured", "agreement", response(head=9)),
    "remade-entity": ("captured", "agreement", response(entity_digest=Digest.of(b""))),
    "remade-framing": ("captured", "agreement", response(framing="close")),
    "remade-truncated": ("captured", "agreement", response(truncated="length")),
    "remade-whole": ("truncated", "agreement", response(truncated=None)),
    "remade-no-response": ("captured", "agreement", at(0, response=None)),
    "remade-fault": (
        "captured",
        "agreement",
        at(0, fault=Fault(type="tcp.reset", message="reset")),
    ),
    "remade-url": ("captured", "agreement", at(0, url="https://other.example.org/")),
    "remade-path": ("captured", "agreement", at(0, url="https://news.example.org/other")),
    "remade-ip": ("captured", "agreement", at(0, ip="203.0.113.8")),
    "remade-port": (
        "captured",
        "agreement",
        at(0, addresses=(Address(ip=IP, port=80, result="connected"),), port=80),
    ),
    "remade-address": (
        "captured",
        "agreement",
        at(0, addresses=(Address(ip="x", port=443, result="connected"),), ip="x"),
    ),
    "remade-result": (
        "unreachable",
        "agreement",
        at(0, addresses=(Address(ip=IP, port=443, result="tcp.timeout"),)),
    ),
    "remade-no-address": ("unreachable", "agreement", at(0, addresses=())),
    "remade-twice": (
        "loop",
        "agreement",
        remade(lambda seen: replace(seen, exchanges=seen.exchanges * 2)),
    ),
    "remade-no-tls": ("captured", "agreement", at(0, tls=None)),
    "remade-phase": ("captured", "agreement", at(0, phase="response")),
    "remade-dns": ("unreachable", "agreement", at(0, fault=Fault(type="dns.failed", message="x"))),
    "remade-no-control": ("unreachable", "agreement", remade(without_control)),
    "remade-control": ("inconclusive", "agreement", at(1, url="https://friend.example.com/")),
    "remade-stop": ("captured", "agreement", remade(whole(stop="redirect.loop"))),
    "remade-no-stop": ("loop", "agreement", remade(whole(stop=None))),
    "remade-hop": ("redirected", "agreement", at(1, url="https://evil.example.org/moved")),
    "remade-first-hop": (
        "redirected",
        "agreement",
        remade(lambda seen: replace(seen, exchanges=seen.exchanges[1:])),
    ),
    "remade-last-hop": (
        "redirected",
        "agreement",
        remade(lambda seen: replace(seen, exchanges=seen.exchanges[:1])),
    ),
    "remade-no-probe": ("soft", "agreement", remade(without_control)),
    "remade-probe-elsewhere": ("soft", "agreement", at(1, url="https://news.example.org/chosen/")),
    "remade-probe-unset": ("captured", "agreement", remade(setting(probe=True))),
    "remade-probe-set-off": ("soft", "agreement", remade(setting(probe=False))),
    "remade-probe-as-control": ("soft", "agreement", at(1, role="control")),
    "remade-probe-as-source": ("soft", "agreement", at(1, role="source")),
    "remade-probe-again": ("soft", "agreement", at(1, attempt=2)),
    "remade-probe-dated": ("soft", "agreement", remade(at_another_time)),
    "remade-case": ("captured", "agreement", remade(whole(case="another"))),
    "remade-dates": ("captured", "agreement", remade(whole(started="2026-03-14T12:00:01Z"))),
    "remade-source": ("captured", "agreement", other_source),
    # a proxy on the way, and none
    "proxy-denied": ("proxied", "agreement", remade(without_proxy)),
    "proxy-not-set": ("proxied", "agreement", remade(proxy_of_settings(None))),
    "proxy-elsewhere": ("proxied", "agreement", remade(proxy_of_settings("http://x.example:1"))),
    "proxy-invented": ("captured", "agreement", remade(proxy_of_settings(PROXY))),
    "proxy-source-ip": (
        "proxied",
        "agreement",
        at(0, ip=IP, port=443, addresses=(Address(ip=IP, port=443, result="connected"),)),
    ),
    "proxy-blamed-on-source": (
        "no-way",
        "agreement",
        at(0, fault=Fault(type="tcp.refused", message="the connection was refused")),
    ),
    "proxy-blamed-for-nothing": (
        "unreachable",
        "agreement",
        at(0, fault=Fault(type="local.proxy", message="the proxy refused to connect (HTTP 502)")),
    ),
    "proxy-status": ("no-way", "agreement", proxy(0, status=407)),
    "proxy-no-answer": ("no-way", "agreement", proxy(0, answer=None)),
    "proxy-no-request": ("no-way", "agreement", proxy(0, request=None)),
    "proxy-not-reached": ("proxied", "agreement", proxy(0, ip=None, port=None, addresses=())),
    "proxy-other-way": (
        "no-way",
        "agreement",
        warc(block(1, b"news.example.org", b"evil.example.org")),
    ),
    "proxy-opened": ("no-way", "agreement", warc(block(2, b"502 No", b"200 OK"))),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_where_it_should_be(name: str) -> None:
    check_refused(name, FORGERIES[name])

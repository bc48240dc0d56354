"""Check 6, the rules 15 to 22 and 26 to 29: each exchange by itself (docs/format.md §10.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from addresses import PORTS, address, can_be_asked
from words import TYPES, in_words, is_public

Exchange = dict[str, Any]
CERTIFICATE = {
    f"tls.{word}"
    for word in "expired not_yet_valid self_signed wrong_host untrusted old_version".split()
}


def status(one: Exchange) -> int | None:
    return one["response"] and one["response"]["status"]


def fault(one: Exchange) -> str:
    return str(one["fault"]["type"]) if one["fault"] else ""


PHASES = {
    "local.proxy": "dns tcp proxy tls request response",
    "local": "address",
    "dns": "dns",
    "tcp": "tcp tls request response",
    "tls": "tls request response",
    "http": "request response",
}


def alone(one: Exchange, seen: Exchange, *, ours: bool) -> Iterator[str]:
    if not can_be_asked(one["url"]):
        yield "15: an address that nobody can ask"
        return
    parts = urlsplit(one["url"])
    literal = address(parts.hostname or "")
    for tried in one["addresses"]:
        known = address(tried["ip"])
        if (
            known is None
            or tried["port"] != (parts.port or PORTS[parts.scheme])
            or literal not in (None, known)
        ):
            yield "15: an address of another server"
    if ours:
        yield from policy(one, seen["settings"])
    yield from ended(one, seen["settings"]["max_octets"], ours=ours)
    yield from proxied(one, seen["settings"]["proxy"], https=parts.scheme == "https")


def policy(one: Exchange, settings: dict[str, Any]) -> Iterator[str]:
    named = one["role"] == "control" and settings["controls_given"]
    opened = settings["allow_private_addresses"] or named or one["proxy"]
    for tried in [*one["addresses"], *(one["proxy"] or {"addresses": []})["addresses"]]:
        public = is_public(tried["ip"])
        if public if tried["result"] == "refused_by_policy" else not (public or opened):
            yield "15: an address that was not open, or was not refused"


def ended(one: Exchange, most: int, *, ours: bool) -> Iterator[str]:
    phase, response = one["phase"], one["response"]
    truncated = response and response["truncated"]
    answered = status(one) is not None
    cut = one["role"] == "source" and truncated == "length"
    if cut and response["octets"] - response["head"] < most:
        yield "17: cut as too large"
    if answered == bool(one["fault"]):
        yield "16: a fault and an answer, or neither"
    elif answered:
        if phase != ("response" if truncated else "done") or not (truncated or one["request"]):
            yield "17: phase, or no request"
    elif one["fault"]:
        yield from failed(one, truncated, ours=ours)


def failed(one: Exchange, truncated: str | None, *, ours: bool) -> Iterator[str]:
    kind, phase = fault(one), one["phase"]
    word = kind if kind == "local.proxy" else kind.partition(".")[0]
    if kind not in TYPES or phase not in PHASES[word].split():
        yield "18: a fault that there is not, or of another phase"
    if ours and not in_words(kind, one["fault"]["message"]):
        yield "18: other words"
    if ((one["proxy"] or one)["ip"] is None) != (phase in ("address", "dns", "tcp")):
        yield "19: an address in a phase without, or the other way round"
    if bool(one["request"]) != (phase == "response"):
        yield "19: a request in a phase without, or the other way round"
    if one["response"] and not one["proxy"]:
        fits = {"http.timeout": truncated == "time", "http.invalid": truncated != "time"}
        broken = kind in ("tcp.reset", "tls.failed") and truncated == "disconnect"
        if not fits.get(kind, broken):
            yield "19: octets that do not fit the fault"


def proxied(one: Exchange, named: str | None, *, https: bool) -> Iterator[str]:
    proxy, kind, phase = one["proxy"], fault(one), one["phase"]
    if (proxy is None) != (named is None):
        yield "26: a proxy that is not set, or none where one is"
    if proxy is None or named is None:
        if phase == "proxy" or kind == "local.proxy":
            yield "26: a proxy failed that there was not"
        return
    ports = {tried["port"] for tried in proxy["addresses"]}
    if one["addresses"] or one["ip"] or one["port"] or not ports <= {urlsplit(named).port}:
        yield "27: addresses behind a proxy"
    if proxy["request"] and not https:
        yield "28: a way that was not needed"
    opened = proxy["status"] in range(200, 300)
    if phase in ("tls", "request", "response", "done") and opened != https:
        yield "28: a way that was not opened"
    shown = one["tls"] and kind in {*CERTIFICATE, "tls.failed", "http.closed", "http.invalid"}
    if kind and not shown and kind not in ("local.proxy", "local.refused_by_policy"):
        yield "29: a fault that may be the proxy's"


def opened(one: Exchange) -> Iterator[str]:
    peer, phase, kind = one["proxy"] or one, one["phase"], fault(one)
    results = [tried["result"] for tried in peer["addresses"]]
    connected = [tried for tried in peer["addresses"] if tried["result"] == "connected"]
    reached = (connected[0]["ip"], connected[0]["port"]) if connected else (None, None)
    if (peer["ip"], peer["port"]) != reached or "connected" in results[:-1]:
        yield "20: another address answered"
    if not connected and (one["request"] or one["response"]):
        yield "20: octets without a connection"
    last = results[-1] if results else ""
    fits = {
        "dns": not results,
        "address": {*results} <= {"refused_by_policy", "not_tried"},
        "tcp": last.startswith("tcp.") if one["proxy"] else bool(results) and last == kind,
    }
    if not fits.get(phase, all(result.startswith("tcp.") for result in results[:-1])):
        yield "21: what became of the addresses"
    due = bool(connected) and one["url"].lower().startswith("https:") and phase != "proxy"
    tls = one["tls"]
    if due != (tls is not None) or (phase == "tls" and tls is None):
        yield "22: TLS"
    elif tls and (
        tls["server_name"] != urlsplit(one["url"]).hostname or (tls["verified"] and phase == "tls")
    ):
        yield "22: TLS with another server, or none that failed"

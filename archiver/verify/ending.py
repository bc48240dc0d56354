"""How an exchange ended: phase, fault and response fit each other."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.faults import TYPES
from archiver.observation import Exchange

# How far a connection can have come, by its fault or the first word of that.
_PHASES = {
    "local": ("address",),
    "local.proxy": ("dns", "tcp", "proxy", "tls", "request", "response"),
    "dns": ("dns",),
    "tcp": ("tcp", "tls", "request", "response"),
    "tls": ("tls", "request", "response"),
    "http": ("request", "response"),
}


_BROKEN_OFF = ("tcp.reset", "tls.failed")


def misended(one: Exchange) -> Iterator[str]:
    """Every place where phase, fault, request and response of an exchange do not fit."""
    answered = one.response is not None and one.response.status is not None
    if answered == (one.fault is not None):
        yield "a fault and a response with a status exclude each other"
    elif one.fault is not None:
        yield from _failed(one, one.fault.type)
    elif one.response is not None:
        whole = one.response.truncated is None
        if one.phase != ("done" if whole else "response"):
            yield f"phase {one.phase} does not fit a response that is " + (
                "whole" if whole else "truncated"
            )
        if whole and one.request is None:
            yield "a whole response to a request that was not sent"


def _failed(one: Exchange, kind: str) -> Iterator[str]:
    if kind not in TYPES:
        yield f"there is no fault of the kind {kind:.80}"
    elif one.phase not in _PHASES.get(kind, _PHASES.get(kind.partition(".")[0], ())):
        yield f"a fault of the kind {kind:.80} does not come in phase {one.phase}"
    elif ((one.proxy or one).ip is None) != (one.phase in ("address", "dns", "tcp")):
        yield f"phase {one.phase} does not fit the connection"
    elif (one.request is not None) != (one.phase == "response"):
        yield f"phase {one.phase} does not fit the request"
    elif one.response is not None and one.proxy is None:
        cut = one.response.truncated
        fits = {"http.timeout": cut == "time", "http.invalid": cut != "time", "http.closed": False}
        if not fits.get(kind, kind in _BROKEN_OFF and cut == "disconnect"):
            yield f"a fault of the kind {kind:.80} does not fit the octets that came"

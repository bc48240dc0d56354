"""Asking a time-stamp authority over HTTP (RFC 3161 §3.4): one question, one bounded answer."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from archiver import __version__
from archiver.attest.tsp import MAX_OCTETS
from archiver.errors import ServiceFailed

_ASK, _REPLY = "application/timestamp-query", "application/timestamp-reply"
_HEADERS = {
    "Accept": _REPLY,
    "Accept-Encoding": "identity",
    "Connection": "close",
    "Content-Type": _ASK,
    "User-Agent": f"archiver/{__version__} (time stamps)",
}
_FIRST_WAIT = 1.0  # seconds before the second attempt; each further wait is twice as long
_PIECE = 1 << 14  # octets


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """`seconds` bounds one attempt as a whole, `attempts` says how often a service that is
    down is asked, `wait` passes the seconds in between."""

    seconds: float
    attempts: int
    wait: Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Failed:
    """Why an attempt gave no answer, and whether another one may."""

    code: str
    what: str
    again: bool


def ask(url: str, request: bytes, patience: Patience) -> bytes:
    """An authority's answer, not yet looked into.

    Nothing is taken from the surroundings (no proxy, netrc or cookie) and no redirect is
    followed. Raises `ServiceFailed` where none comes in time, or something else.
    """
    wait = _FIRST_WAIT
    answer = _in_time(url, request, patience.seconds)
    for _ in range(patience.attempts - 1):
        if isinstance(answer, bytes) or not answer.again:
            break
        patience.wait(wait)
        wait *= 2
        answer = _in_time(url, request, patience.seconds)
    if isinstance(answer, bytes):
        return answer
    raise ServiceFailed(answer.code, answer.what, where=urlsplit(url).netloc)


def _in_time(url: str, request: bytes, seconds: float) -> bytes | _Failed:
    """One attempt in a thread of its own: `requests` bounds each wait, and not their sum, so a
    server that sends an octet now and then would hold us for ever."""
    done: queue.SimpleQueue[bytes | _Failed] = queue.SimpleQueue()

    def work() -> None:
        done.put(_once(url, request, seconds))

    threading.Thread(target=work, daemon=True).start()
    try:
        return done.get(timeout=seconds)
    except queue.Empty:
        return _late(seconds)


def _late(seconds: float) -> _Failed:
    return _Failed(code="tsa.timeout", what=f"no whole answer within {seconds:g} s", again=True)


def _once(url: str, request: bytes, seconds: float) -> bytes | _Failed:
    try:
        with requests.Session() as session:
            session.trust_env = False
            with session.post(
                url,
                data=request,
                headers=_HEADERS,
                timeout=seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                return _answer(response)
    except requests.Timeout:
        return _late(seconds)
    except requests.exceptions.SSLError:
        return _Failed(code="tsa.tls", what="the service's TLS does not verify", again=False)
    except requests.ConnectionError:
        return _Failed(
            code="tsa.down",
            what="the service cannot be reached, or does not speak HTTP",
            again=True,
        )
    except Exception:  # noqa: BLE001 - hostile octets, and a thread that has nobody to raise to
        return _Failed(code="tsa.answer", what="the answer cannot be read as HTTP", again=False)


def _answer(response: requests.Response) -> bytes | _Failed:
    status = response.status_code
    if status != requests.codes.ok:
        again = status == requests.codes.too_many_requests or status >= 500
        redirect = " (redirects are not followed)" if 300 <= status < 400 else ""
        return _Failed(code="tsa.status", what=f"it answered HTTP {status}{redirect}", again=again)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != _REPLY:
        return _Failed(code="tsa.type", what="what it sent is no time-stamp reply", again=False)
    octets = bytearray()
    for piece in response.iter_content(_PIECE):
        octets += piece
        if len(octets) > MAX_OCTETS:
            what = f"its answer is larger than {MAX_OCTETS} octets"
            return _Failed(code="tsa.size", what=what, again=False)
    return bytes(octets)

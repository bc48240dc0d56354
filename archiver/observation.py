"""What the wire showed, unjudged: the types behind `evidence/capture.json`.

An `Observation` is one capture: every exchange with the source, hop by hop, and
with the control probes. It holds no verdict; `judge/` derives that from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archiver.digest import Digest

FORMAT = "archiver-capture-1"

PHASES = ("address", "dns", "tcp", "proxy", "tls", "request", "response", "done")
FRAMINGS = ("none", "length", "chunked", "close", "conflict", "not-http")
TRUNCATIONS = ("length", "time", "disconnect", "unspecified")
ROLES = ("source", "requisite", "probe", "control")
# What a failed look-up is called: the first of these that any server said. So a name is
# said not to exist only where every server says so.
_WORST = ("failed", "timeout", "servfail", "refused", "nodata", "nxdomain")
# Faults of a certificate, or of a TLS too old to prove one: evidence by themselves, and never
# an absence.
CERTIFICATE_FAULTS = (
    "tls.expired",
    "tls.not_yet_valid",
    "tls.self_signed",
    "tls.wrong_host",
    "tls.untrusted",
    "tls.old_version",
)
# Behind a proxy, what the source's own TLS can show all the same; all else may be the proxy's.
SHOWN_BY_TLS = ("tls.failed", "http.closed", "http.invalid")
MAX_HOPS = 20  # redirects that are followed
# Three operators, over TLS: whoever sits in between cannot answer for all of them.
DEFAULT_CONTROLS = ("https://example.com/", "https://www.wikipedia.org/", "https://www.debian.org/")
LOOKUPS = ("answered", "nodata", "nxdomain", "servfail", "refused", "timeout", "failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One address that was tried: `result` is `connected`, `refused_by_policy`, or a fault type."""

    ip: str
    port: int
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tls:
    """What the handshake showed on this very connection; `verified` by our roots.

    `chain` are the digests of the certificates (DER) as the peer presented them, leaf
    first, also where verification failed. `alerts` name direction, level and number
    (RFC 8446 §6). `certificates` and `handshake` are the records that hold the chain and
    the handshake's messages.
    """

    version: str | None
    cipher: str | None
    alpn: str | None
    server_name: str
    verified: bool
    chain: tuple[Digest, ...]
    alerts: tuple[str, ...]
    certificates: str | None
    handshake: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Soa:
    """Whose word a negative answer is, and how fresh (RFC 2308 §3): the zone's name, the serial
    number of its data, and how many seconds the answer may be kept."""

    zone: str
    serial: int
    minimum: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookup:
    """One question to one name server. `result` is a word of `LOOKUPS`; `seconds` the
    shortest lifetime of an address in the answer, `soa` what a negative one names.
    `question` and `answer` are the records that hold the raw messages (RFC 1035 §4)."""

    server: str
    name: str
    type: str
    result: str
    addresses: tuple[str, ...]
    aliases: tuple[str, ...]
    seconds: int | None
    question: str | None
    answer: str | None
    soa: Soa | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proxy:
    """The proxy of the settings on the way of an exchange: the addresses tried, the one that
    was reached. `status` is its answer to CONNECT (RFC 9110 §9.3.6); `request` and `answer`
    are the records that hold both, None where the source was asked over plain HTTP."""

    addresses: tuple[Address, ...]
    ip: str | None
    port: int | None
    status: int | None
    request: str | None
    answer: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """Why an exchange gave no response. `type` is one of ours (`tcp.refused`); the text too."""

    type: str
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """The octets that came back, measured. Sizes are octets.

    `head` is 0 when no whole head arrived. `status` is None when the first line is no
    status line. `truncated` has WARC/1.1 §5.13's words. `entity` and `entity_digest`
    are of the body without its transfer coding (RFC 9112 §6), as far as it came.
    `server_date` is the server's own clock, as its `Date` field says it.
    """

    record: str
    octets: int
    head: int
    status: int | None
    media_type: str
    location: str | None
    server_date: str | None
    framing: str
    truncated: str | None
    entity: int
    entity_digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request over one connection. `phase` is how far it came; `attempt` counts from 1
    for each address that was asked.

    `connection` numbers the connections in the order of their first exchange; None where none
    came about, or only the proxy knows. How one came about (`lookups`, `addresses`, `tls`)
    stands with its first exchange; those that follow over it have its address only. With a
    `proxy`, only that knows the source's address: `addresses` is empty, `ip` and `port` are
    None, and `lookups` are of the proxy's name.
    """

    role: str
    url: str
    attempt: int
    date: str
    phase: str
    connection: int | None
    lookups: tuple[Lookup, ...]
    addresses: tuple[Address, ...]
    ip: str | None
    port: int | None
    proxy: Proxy | None = None
    tls: Tls | None
    request: str | None
    response: Response | None
    fault: Fault | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who captured and from where, as they declare it themselves; `unknown` where they do not."""

    name: str = "unknown"
    organisation: str = "unknown"
    label: str = "unknown"
    network: str = "unknown"
    country: str = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """One capture of one source. `stop` says why redirects were not followed further."""

    capture_id: str
    case: str
    source: str
    started: str
    ended: str
    software: str
    clock: str
    previous: str | None
    settings: Mapping[str, Any]
    person: Person
    exchanges: tuple[Exchange, ...]
    stop: str | None

    def of_source(self) -> tuple[Exchange, ...]:
        """The exchanges with the source, one a hop, in order."""
        return tuple(one for one in self.exchanges if one.role == "source")

    def requisites(self) -> tuple[Exchange, ...]:
        """What the page named to be shown whole, in that order, redirects included."""
        return tuple(one for one in self.exchanges if one.role == "requisite")

    def probes(self) -> tuple[Exchange, ...]:
        """The sibling probe and its redirects, in order; none where there was none."""
        return tuple(one for one in self.exchanges if one.role == "probe")

    def controls(self) -> tuple[Exchange, ...]:
        """The control probes, in order."""
        return tuple(one for one in self.exchanges if one.role == "control")


def in_zone(name: str, zone: str) -> bool:
    """Whether a name is the zone's own or below it; case and the last dot do not count."""
    name, zone = (one.lower().rstrip(".") for one in (name, zone))
    return zone in ("", name) or name.endswith(f".{zone}")


def lookup_fault(results: set[str]) -> str | None:
    """The fault type that these look-up results explain; None where they explain none."""
    if not results or "answered" in results:
        return None
    return f"dns.{next(word for word in _WORST if word in results)}"

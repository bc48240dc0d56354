"""Asking for a name: what the resolver was asked, what it answered, octet for octet.

The system's own look-up says "not found" for a name that does not exist, for a server
that fails and for a network that is down alike. So the name server is asked directly as
well, and its answer is kept; only that can make a name absent (RFC 8020: NXDOMAIN).
"""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from archiver import dnswire
from archiver.capture.deadline import Deadline
from archiver.errors import InvalidInput
from archiver.faults import fault
from archiver.observation import Fault, Soa, lookup_fault

_QUERY_SECONDS = 5.0
_TYPES = ("A", "AAAA")
_SYSTEM_SERVERS = "/etc/resolv.conf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A name server: its address and port."""

    ip: str
    port: int = 53

    def __str__(self) -> str:
        return f"[{self.ip}]:{self.port}" if ":" in self.ip else f"{self.ip}:{self.port}"


def server(spelling: str) -> Server:
    """Read `ADDRESS`, `ADDRESS:PORT` or `[ADDRESS]:PORT`. Raises `InvalidInput`."""
    match = re.fullmatch(
        r"\[([0-9A-Fa-f:.]+)\](?::([0-9]{1,5}))?|([0-9.]+)(?::([0-9]{1,5}))?", spelling
    )
    bare = literal_address(spelling)
    ip = bare if match is None else literal_address(match[1] or match[3])
    port = 53 if match is None else int(match[2] or match[4] or 53)
    if ip is None or not 0 < port < 1 << 16:
        raise InvalidInput(
            "capture.resolver",
            "not the address of a name server",
            where=spelling,
            hint="for example --resolver 192.0.2.1 or --resolver [2001:db8::1]:5353",
        )
    return Server(ip=ip, port=port)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """One question to one server. `result` is `answered`, `nodata`, `nxdomain`, `servfail`,
    `refused`, `timeout`, `failed`; the messages are raw (RFC 1035 §4), without TCP framing."""

    server: str
    name: str
    type: str
    result: str
    addresses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    seconds: int | None = None
    soa: Soa | None = None
    question: bytes = b""
    answer: bytes = b""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolution:
    """The addresses of a name, or the fault, with every look-up behind it."""

    addresses: tuple[str, ...] = ()
    fault: Fault | None = None
    lookups: tuple[Answer, ...] = ()


def system_servers() -> tuple[Server, ...]:
    """The name servers of /etc/resolv.conf; none where it cannot be read."""
    import dns.resolver

    try:
        configured = dns.resolver.Resolver(_SYSTEM_SERVERS).nameservers
    except (dns.exception.DNSException, OSError, ValueError):
        return ()
    return tuple(Server(ip=str(one)) for one in configured if not str(one).startswith("http"))


class Names:
    """Resolves names, each once a capture. `given` servers replace the system's look-up."""

    def __init__(self, given: tuple[Server, ...] = ()) -> None:
        self._given = given
        self._known: dict[str, Resolution] = {}
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)

    def resolve(self, host: str, port: int, deadline: Deadline) -> Resolution:
        """The addresses of a host in the order in which they are to be tried, each once.

        Whoever asks again gets the very same look-ups.
        """
        literal = literal_address(host)
        if literal is not None:
            return Resolution(addresses=(literal,))
        with self._locks[host]:
            if host not in self._known:
                self._known[host] = self._ask(host, port, deadline)
            return self._known[host]

    def forget(self) -> None:
        """Ask again from now on: another attempt is another observation."""
        self._known.clear()

    def _ask(self, host: str, port: int, deadline: Deadline) -> Resolution:
        servers = self._given or system_servers()[:1]
        asked = [(server, kind) for server in servers for kind in _TYPES]
        questions: list[Callable[[], object]] = [
            (lambda server=server, kind=kind: ask(server, host, kind, deadline))  # type: ignore[misc]
            for server, kind in asked
        ]
        if not self._given:
            questions.append(lambda: system_lookup(host, port))
        answers = _together(questions, deadline)
        lookups = tuple(
            one
            if isinstance(one, Answer)
            else Answer(server=str(server), name=host, type=kind, result="timeout")
            for (server, kind), one in zip(asked, answers, strict=False)
        )
        if self._given:
            return _from_servers(lookups)
        system = answers[-1]
        if isinstance(system, tuple):
            return Resolution(addresses=system, lookups=lookups)
        otherwise = system if isinstance(system, Fault) else _TIMEOUT
        return Resolution(fault=_named(lookups, otherwise), lookups=lookups)


_TIMEOUT = fault("dns.timeout:system")


def literal_address(host: str) -> str | None:
    """The address that a host is, in the system's spelling; None for a name."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return socket.inet_ntop(family, socket.inet_pton(family, host))
        except (OSError, ValueError):
            continue
    return None


def system_lookup(host: str, port: int) -> tuple[str, ...] | Fault:
    """What the system makes of a name (hosts file, search domains and all)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        return fault("dns.failed:system")
    return tuple(dict.fromkeys(str(answer[4][0]) for answer in found))


def _together(questions: list[Callable[[], object]], deadline: Deadline) -> list[object]:
    """All questions at once, each on a thread that may be left behind; None for no answer."""
    answers: queue.SimpleQueue[tuple[int, object]] = queue.SimpleQueue()

    def run(number: int, question: Callable[[], object]) -> None:
        answers.put((number, question()))

    for number, question in enumerate(questions):
        threading.Thread(target=run, args=(number, question), daemon=True).start()
    found: list[object] = [None] * len(questions)
    for _ in questions:
        try:
            number, answer = answers.get(timeout=max(0.001, deadline.left()))
        except queue.Empty:
            break
        found[number] = answer
    return found


def ask(server: Server, name: str, kind: str, deadline: Deadline) -> Answer:
    """One question to one server, by UDP and, where the answer does not fit, by TCP."""
    import dns.exception
    import dns.message
    import dns.query

    blank = Answer(server=str(server), name=name, type=kind, result="failed")
    try:
        query = dns.message.make_query(name, kind, use_edns=0, payload=1232)
    except (dns.exception.DNSException, UnicodeError, ValueError):
        return blank
    asked = replace(blank, question=query.to_wire())
    seconds = min(_QUERY_SECONDS, max(0.01, deadline.left()))
    try:
        answer, _ = dns.query.udp_with_fallback(
            query, server.ip, timeout=seconds, port=server.port, ignore_unexpected=True
        )
    except dns.exception.Timeout:
        return replace(asked, result="timeout")
    except (dns.exception.DNSException, OSError, ValueError):
        return asked
    return _read(asked, answer.wire or b"")


def _read(asked: Answer, octets: bytes) -> Answer:
    """The answer, read by the lines that read it again when a package is verified."""
    said = dnswire.answer_to(asked.question, octets, asked.name, asked.type)
    if said is None:
        return replace(asked, answer=octets)
    return replace(
        asked,
        result=said.result,
        soa=said.soa,
        addresses=said.addresses,
        aliases=said.aliases,
        seconds=said.seconds,
        answer=octets,
    )


def _from_servers(lookups: tuple[Answer, ...]) -> Resolution:
    addresses = tuple(dict.fromkeys(ip for one in lookups for ip in one.addresses))
    if addresses:
        return Resolution(addresses=addresses, lookups=lookups)
    return Resolution(fault=_named(lookups, _TIMEOUT), lookups=lookups)


def _named(lookups: tuple[Answer, ...], otherwise: Fault) -> Fault:
    """The fault by what the servers said, where they said anything that explains it."""
    kind = lookup_fault({one.result for one in lookups})
    if kind is None:
        # No server was asked, or one has an answer that the system's look-up did not use.
        return otherwise
    return fault(kind)

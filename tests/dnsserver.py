"""A name server of the tests' own, on loopback: each name is answered as it is told."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

Rule = Callable[[dns.message.Message], dns.message.Message | None]


def addresses(*ips: str, ttl: int = 60) -> Rule:
    """Answer with these addresses, those of the type that is asked for."""

    def rule(query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        question = query.question[0]
        kind = "AAAA" if question.rdtype == dns.rdatatype.AAAA else "A"
        fitting = [ip for ip in ips if (":" in ip) == (kind == "AAAA")]
        if fitting:
            answer.answer.append(dns.rrset.from_text(question.name, ttl, "IN", kind, *fitting))
        return answer

    return rule


def alias(target: str, *ips: str) -> Rule:
    """Answer with a CNAME to another name, and that name's addresses."""

    def rule(query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        question = query.question[0]
        answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "CNAME", target))
        if question.rdtype == dns.rdatatype.A and ips:
            answer.answer.append(dns.rrset.from_text(target, 30, "IN", "A", *ips))
        return answer

    return rule


def code(rcode: dns.rcode.Rcode) -> Rule:
    """Answer with this code."""

    def rule(query: dns.message.Message) -> dns.message.Message:
        answer = dns.message.make_response(query)
        answer.set_rcode(rcode)
        return answer

    return rule


def denied(rule: Rule, zone: str, serial: int, minimum: int = 300) -> Rule:
    """Answer by the rule, and with the SOA of a zone, as a server with authority does."""

    def with_soa(query: dns.message.Message) -> dns.message.Message | None:
        answer = rule(query)
        if answer is not None:
            words = f"ns.invalid. root.invalid. {serial} 7200 3600 86400 {minimum}"
            answer.authority.append(dns.rrset.from_text(zone, 60, "IN", "SOA", words))
        return answer

    return with_soa


def silent(_query: dns.message.Message) -> None:
    """Never answer."""


class NameServer:
    """Rules by name; a name without a rule does not exist. `asked` counts the questions."""

    def __init__(self, rules: dict[str, Rule]) -> None:
        self.rules = rules
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])

    def __enter__(self) -> NameServer:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        # A datagram of our own wakes the thread, which then sees that it is over.
        self._socket.sendto(b"", ("127.0.0.1", self.port))

    def __str__(self) -> str:
        return f"127.0.0.1:{self.port}"

    def _serve(self) -> None:
        with self._socket:
            while True:
                octets, peer = self._socket.recvfrom(4096)
                if not octets:
                    return
                query = dns.message.from_wire(octets)
                name = query.question[0].name.to_text().rstrip(".")
                self.asked.append(name)
                answer = self.rules.get(name, code(dns.rcode.NXDOMAIN))(query)
                if answer is not None:
                    self._socket.sendto(answer.to_wire(), peer)

"""Every fault that an exchange can have, and the words for it: a closed list.

The words of a fault are our own, never those of a library or a system. So a package can be
told from one in which somebody wrote others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from archiver.observation import Fault

# By the type and, where one type has several, which of them it is. `{}` stands for a number.
_WORDS: Mapping[str, str] = {
    "dns.nxdomain": "the name server says that there is no such name (NXDOMAIN)",
    "dns.nodata": "the name server knows the name, but no address of it",
    "dns.servfail": "the name server failed (SERVFAIL)",
    "dns.refused": "the name server refused to answer (REFUSED)",
    "dns.timeout": "the name server did not answer in time",
    "dns.timeout:system": "the resolver did not answer in time",
    "dns.failed": "the name server could not be asked, or gave no proper answer",
    "dns.failed:system": "the name was not resolved",
    "tcp.timeout": "the connection was not answered in time",
    "tcp.refused": "the connection was refused",
    "tcp.unreachable": "there is no way to the address",
    "tcp.reset": "the connection was reset",
    "tcp.reset:handshake": "the connection was reset during the handshake",
    "tcp.reset:request": "the connection was reset while the request was sent",
    "tcp.reset:response": "the connection was reset before a response",
    "tls.not_yet_valid": "the certificate is not valid yet",
    "tls.expired": "the certificate has expired",
    "tls.self_signed": "the certificate is signed by itself",
    "tls.wrong_host": "the certificate is for another host",
    "tls.wrong_host:address": "the certificate is for another address",
    "tls.untrusted": "the certificate does not lead to a trusted root",
    "tls.old_version": "the server speaks no TLS of 1.2 or newer",
    "tls.timeout": "the TLS handshake did not end in time",
    "tls.failed": "the TLS handshake failed",
    "tls.failed:no_certificate": (
        "the server asked for a client certificate, and broke off without one"
    ),
    "tls.failed:alert": "the server broke the TLS handshake off (alert {})",
    "tls.failed:closed": "the connection was closed in the TLS handshake",
    "tls.failed:not_tls": "what answered is not TLS",
    "tls.failed:response": "the server broke TLS off before a response",
    "http.timeout": "no response within the deadline",
    "http.timeout:request": "the request could not be sent in time",
    "http.invalid": "what came back is not an HTTP response",
    "http.invalid:head": "the head of the answer is larger than we read",
    "http.closed": "the connection closed without a response",
    "local.refused_by_policy": "the name leads to an address that is not public",
    "local.refused_by_policy:proxy": (
        "the proxy is not asked for an address or a name that is not public"
    ),
    "local.proxy:closed": "the proxy closed the connection without an answer",
    "local.proxy:timeout": "the proxy did not answer in time",
    "local.proxy:broken": "the proxy broke the connection off",
    "local.proxy:not_http": "what the proxy answered is not HTTP",
    "local.proxy:refused": "the proxy refused to connect (HTTP {})",
    "local.proxy:more": "the proxy sent more than its answer",
}
_ON_THE_WAY = "on the way through the proxy: "
TYPES = frozenset(name.partition(":")[0] for name in _WORDS)


def fault(name: str, number: object = "") -> Fault:
    """The fault of this name, as the list has it; `number` goes into its words."""
    return Fault(type=name.partition(":")[0], message=_WORDS[name].format(number))


def listed() -> tuple[tuple[str, str], ...]:
    """Every fault with its words: its type, and the words, `{}` for a number."""
    return tuple((name.partition(":")[0], words) for name, words in _WORDS.items())


def by_proxy(one: Fault) -> Fault:
    """A fault on the way through a proxy, of which nobody can tell whose it is."""
    return Fault(type="local.proxy", message=_ON_THE_WAY + one.message)


def in_our_words(one: Fault) -> bool:
    """Whether the list has this fault with these words."""
    kind, message = one.type, one.message
    if kind == "local.proxy" and message.startswith(_ON_THE_WAY):
        return any(_is(words, message.removeprefix(_ON_THE_WAY)) for words in _WORDS.values())
    return any(
        _is(words, message) for name, words in _WORDS.items() if name.partition(":")[0] == kind
    )


def _is(words: str, message: str) -> bool:
    return re.fullmatch(re.escape(words).replace(r"\{\}", "[0-9]{1,3}"), message) is not None

"""The address of a source: kept exactly as typed, or refused in one clear line.

Whether a host is private is not asked here: `capture/` decides it where it connects.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata

from archiver.case.characters import INVISIBLE, is_blank
from archiver.errors import InvalidInput
from archiver.unicode14 import nfc

LIMIT = 8192
_START = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>/*)")
# Printable ASCII without `"`, `<`, `>` and the backslash: most URLs are of nothing else.
_PLAIN = re.compile(r"[!#-;=?-\[\]-~]+")
_PORT = re.compile(r"[0-9]{1,5}")
_ASCII_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})")
_NUMBER_LABEL = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
_USUAL = "write the address in its usual form"
_PAGES = "give the http:// or https:// address of a page"


def check_source_url(url: str) -> str:
    """The URL as it is to be stored: as typed.

    Raises `InvalidInput` for everything but an absolute http(s) URL in its usual spelling:
    another scheme, user-info, backslashes, blanks, control and invisible characters, lone
    surrogates, no host, a port that cannot be, hosts that are numbers in disguise.
    """
    if not url:
        raise _fault("empty", "is empty")
    if len(url) > LIMIT:
        raise _fault("too_long", f"is longer than {LIMIT} characters", "find a shorter address")
    if not _PLAIN.fullmatch(url):
        _check_characters(url)
    authority = _authority(url)
    if "@" in authority:
        raise _fault(
            "user_info", "holds a user name or password", "take out everything up to the @"
        )
    host, port = _split(authority)
    _check_port(port)
    _check_host(host)
    return url


def host_of(url: str) -> str:
    """The host of a URL that `check_source_url` accepts: small letters in form NFC, no port."""
    return nfc(_split(_authority(url))[0].strip("[]").lower())


def _fault(name: str, what: str, hint: str = _USUAL) -> InvalidInput:
    return InvalidInput(f"url.{name}", f"the URL {what}", where="source.url", hint=hint)


def _check_characters(url: str) -> None:
    if is_blank(url[0]) or is_blank(url[-1]):
        raise _fault("blank", "has blanks around it", "take them away")
    for char in url:
        number = ord(char)
        if 0xD800 <= number <= 0xDFFF:
            raise _fault("surrogate", "holds octets that are not UTF-8", "percent-encode it")
        if is_blank(char):
            raise _fault("blank", "holds a blank", "write %20 for a blank inside a path")
        if number < 0x20 or 0x7F <= number < 0xA0 or INVISIBLE.match(char):
            raise _fault(
                "control", f"holds the invisible character U+{number:04X}", "percent-encode it"
            )
        if char == "\\":
            raise _fault("character", "holds a backslash", "write / for it, or %5C inside a path")
        if char in '<>"':
            raise _fault("character", f"holds the character {char}", "percent-encode it")


def _authority(url: str) -> str:
    start = _START.match(url)
    if start is None or (start["slashes"] == "" and "." in start["scheme"]):
        raise _fault("scheme", "does not start with http:// or https://", _PAGES)
    if start["scheme"].lower() not in {"http", "https"}:
        named = start["scheme"][:32]
        raise _fault("scheme", f"has the scheme {named}, not http or https", _PAGES)
    if start["slashes"] != "//":
        raise _fault("slashes", "needs exactly two slashes after the scheme")
    return re.split("[/?#]", url[start.end() :], maxsplit=1)[0]


def _split(authority: str) -> tuple[str, str | None]:
    if authority.startswith("["):
        host, bracket, rest = authority.partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise _fault("host", "has a broken IPv6 address as its host")
        return host + bracket, rest[1:] if rest else None
    host, colon, port = authority.partition(":")
    return host, port if colon else None


def _check_port(port: str | None) -> None:
    if port is None:
        return
    if not _PORT.fullmatch(port) or not 1 <= int(port) <= 65535:
        raise _fault("port", f"has the port {port[:16] or '(nothing)'}, not one of 1 to 65535")


def _check_host(host: str) -> None:
    if not host or host == "[]":
        raise _fault("host", "names no host")
    if host.startswith("["):
        _check_ipv6(host[1:-1])
        return
    labels = host.split(".")
    if not host.isascii():
        _check_unicode(host, labels)
    elif not all(_ASCII_LABEL.fullmatch(label) for label in labels):
        what = "has a host with a part that is empty, longer than 63, or of characters no host has"
        raise _fault("host", what)
    if len(host) > 253:
        raise _fault("host", "has a host of more than 253 characters")
    if _NUMBER_LABEL.fullmatch(labels[-1]):
        _check_ipv4(host)


def _check_ipv6(address: str) -> None:
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        raise _fault("host", "has a broken IPv6 address as its host") from None
    if "%" in address:
        raise _fault("host", "has an IPv6 address with a zone as its host")


def _check_ipv4(host: str) -> None:
    # 127.1, 0x7f.1, 2130706433 and 0177.0.0.1 all reach 127.0.0.1 by some library.
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        raise _fault("host", "has a number in an unusual spelling as its host") from None


def _check_unicode(host: str, labels: list[str]) -> None:
    """An internationalised name must be letters, marks and digits that stay what they are.

    Look-alikes that become ASCII or another name when software folds them are refused.
    """
    folded = unicodedata.normalize("NFKC", host).lower()
    kinds = {unicodedata.category(char)[0] for char in host if char not in ".-_·"}
    if folded != unicodedata.normalize("NFC", host).lower() or not kinds <= set("LMN"):
        raise _fault("host", "has a host with characters that stand for others")
    try:
        encoded = [label.encode("idna") for label in labels]
    except UnicodeError:
        raise _fault("host", "has a host that is no internationalised name") from None
    if not all(encoded) or any(len(label) > 63 for label in encoded):
        raise _fault("host", "has a host with an empty or too long label")

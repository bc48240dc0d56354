"""What a person may set about the network, checked before any socket and recorded."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.capture.names import Server
from archiver.capture.proxy import Proxy
from archiver.capture.targets import prepared_url
from archiver.capture.transport import USER_AGENT, Roots, trust
from archiver.errors import InvalidInput
from archiver.observation import DEFAULT_CONTROLS
from archiver.publicaddress import IPAddress, is_public


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a person may set about the network; each is recorded in the package.

    `seconds` bounds the whole capture of the source, `max_octets` one body. `attempts` is
    how often a failing network is tried. `requisites`: whether what the page names to be
    shown whole is fetched too. `probe`: whether a nonsense address beside the source's is
    asked for where a page came. `resolvers` replace the system's look-up. `proxy` is asked
    for all of it; none is taken from the environment.
    """

    seconds: float = 60.0
    max_octets: int = 64 << 20
    attempts: int = 3
    requisites: bool = True
    probe: bool = True
    user_agent: str = USER_AGENT
    resolvers: tuple[Server, ...] = ()
    controls: tuple[str, ...] = ()
    proxy: Proxy | None = None
    allow_private_addresses: bool = False
    ca_file: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A source and settings that can be used: `url` is what is asked for first, `roots` are
    those of the settings."""

    source: str
    url: str
    settings: Settings
    roots: Roots


def checked(source: str, settings: Settings, roots: Roots | None = None) -> Checked:
    """Refuse, before any socket, a source and settings that cannot be used. `roots` are those of
    the settings, where they were read already.

    Raises `InvalidInput`.
    """
    url = prepared_url(source)
    if re.fullmatch(r"[\x21-\x7e](?:[\x20-\x7e]{0,498}[\x21-\x7e])?", settings.user_agent) is None:
        raise InvalidInput(
            "capture.user_agent",
            "not a User-Agent: printable ASCII in one line, at most 500 characters",
            where="--user-agent",
        )
    for number, control in enumerate(settings.controls, start=1):
        try:
            prepared_url(control)
        except InvalidInput as fault:
            raise InvalidInput(
                "capture.control", fault.what, where=f"--control {number}", hint=fault.hint
            ) from None
    literal = _literal(url)
    closed = literal is not None and not is_public(literal)
    if closed and not settings.allow_private_addresses:
        raise InvalidInput(
            "url.private_address",
            "the source is an address that is not public",
            where=source,
            hint="--allow-private-addresses opens it, and the package will say so",
        )
    return Checked(
        source=source, url=url, settings=settings, roots=roots or trust(settings.ca_file)
    )


def settings_document(settings: Settings, roots: Roots) -> dict[str, Any]:
    """The settings as `capture.json` states them."""
    return {
        "milliseconds": round(settings.seconds * 1000),
        "max_octets": settings.max_octets,
        "attempts": settings.attempts,
        "requisites": settings.requisites,
        "probe": settings.probe,
        "user_agent": settings.user_agent,
        "resolvers": [str(server) for server in settings.resolvers],
        "controls": list(settings.controls or DEFAULT_CONTROLS),
        "controls_given": bool(settings.controls),
        "proxy": None if settings.proxy is None else str(settings.proxy),
        "allow_private_addresses": settings.allow_private_addresses,
        "ca_file": None if roots.digest is None else str(roots.digest),
    }


def _literal(url: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return None

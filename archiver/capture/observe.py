"""A whole capture: the source hop by hop, then the control probes where they are needed."""

from __future__ import annotations

import ipaddress
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urldefrag, urljoin, urlsplit

import requests

from archiver import __version__
from archiver.capture.addresses import AddressPolicy, IPAddress, is_public
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange
from archiver.capture.names import Names, Server
from archiver.capture.recording import Frame, record
from archiver.capture.transport import DEFAULT_PORTS, RecordingAdapter, Roots, session, trust
from archiver.case.urls import check_source_url
from archiver.errors import ArchiverError, InvalidInput
from archiver.moment import Clock, spell
from archiver.observation import CERTIFICATE_FAULTS, Fault, Observation

SOFTWARE = f"archiver {__version__}"
# Three operators, over TLS: whoever sits in between cannot answer for all of them.
DEFAULT_CONTROLS = ("https://example.com/", "https://www.wikipedia.org/", "https://www.debian.org/")
MAX_HOPS = 20
_CONTROL_SECONDS = 15.0
_CONTROL_OCTETS = 1 << 20
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What a person may set about the network; each is recorded in the package.

    `seconds` bounds the whole capture of the source, `max_octets` one body. `attempts` is
    how often a failing network is tried. `resolvers` replace the system's look-up.
    """

    seconds: float = 60.0
    max_octets: int = 64 << 20
    attempts: int = 3
    resolvers: tuple[Server, ...] = ()
    controls: tuple[str, ...] = ()
    allow_private_addresses: bool = False
    ca_file: Path | None = None


def observe(
    *,
    case: str,
    source: str,
    previous: str | None,
    settings: Settings,
    clock: Clock,
    out: BinaryIO,
) -> Observation:
    """Capture `source`, write its WARC to `out`, return what was seen.

    Raises `InvalidInput` for a URL or a setting that cannot be used (before any
    socket), `StorageFailed` when the octets cannot be kept. What the network does is
    never raised: it is in the observation.
    """
    roots = check_settings(source, settings)
    url = prepared_url(source)
    deadline = Deadline(settings.seconds)
    names = Names(settings.resolvers)
    opened = _opened(url, settings, names, deadline)
    names.forget()  # the capture itself asks anew, and keeps the answers
    run = _Run(settings=settings, roots=roots, names=names, clock=clock, opened=opened)
    started = spell(clock.now())
    try:
        stop = run.follow(url, deadline)
        if run.needs_controls():
            run.ask_controls()
        frame = Frame(
            case=case,
            source=source,
            started=started,
            ended=spell(clock.now()),
            software=SOFTWARE,
            clock=clock.source,
            previous=previous,
            settings=_settings_document(settings, roots),
            stop=stop,
        )
        return record(frame, run.exchanges, out)
    finally:
        run.close()


def check_settings(source: str, settings: Settings) -> Roots:
    """Refuse, before any socket, a source and settings that cannot be used; the roots otherwise.

    Raises `InvalidInput`.
    """
    url = prepared_url(source)
    for control in settings.controls:
        prepared_url(control)
    literal = _literal(url)
    closed = literal is not None and not is_public(literal)
    if closed and not settings.allow_private_addresses:
        raise InvalidInput(
            "url.private_address",
            "the source is an address that is not public",
            where=source,
            hint="--allow-private-addresses opens it, and the package will say so",
        )
    return trust(settings.ca_file)


def prepared_url(url: str) -> str:
    """The URL as it is asked for: checked, IDNA and percent-encoding applied, no fragment.

    Raises `InvalidInput` for a URL that must not or cannot be asked for.
    """
    checked = urldefrag(check_source_url(url)).url
    try:
        made = requests.Request("GET", checked).prepare().url
    except (requests.RequestException, UnicodeError, ValueError):
        made = None
    if made is None:
        raise InvalidInput(
            "url.not_usable", "not a URL that can be asked for", where=url, hint="check the address"
        )
    # What IDNA made of the host must be as unambiguous as what was typed.
    made = check_source_url(made)
    # Preparing once more may change it again (`/%2E` is `/.` and then `/`): to the end.
    return made if made == url else prepared_url(made)


def _settings_document(settings: Settings, roots: Roots) -> dict[str, Any]:
    return {
        "milliseconds": round(settings.seconds * 1000),
        "max_octets": settings.max_octets,
        "attempts": settings.attempts,
        "resolvers": [str(server) for server in settings.resolvers],
        "controls": list(settings.controls or DEFAULT_CONTROLS),
        "controls_given": bool(settings.controls),
        "allow_private_addresses": settings.allow_private_addresses,
        "ca_file": None if roots.digest is None else str(roots.digest),
    }


def _literal(url: str) -> IPAddress | None:
    try:
        return ipaddress.ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return None


def _addresses(url: str, names: Names, deadline: Deadline) -> set[IPAddress]:
    parts = urlsplit(url)
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    found = names.resolve(parts.hostname or "", port, deadline).addresses
    return {ipaddress.ip_address(ip) for ip in found if "%" not in ip}


def _opened(url: str, settings: Settings, names: Names, deadline: Deadline) -> frozenset[IPAddress]:
    """The private addresses that the person opened by naming them, and no others."""
    if not settings.allow_private_addresses:
        return frozenset()
    opened = _addresses(url, names, deadline)
    for control in settings.controls:
        opened |= _addresses(control, names, deadline)
    return frozenset(opened)


@dataclass
class _Run:
    settings: Settings
    roots: Roots
    names: Names
    clock: Clock
    opened: frozenset[IPAddress]
    exchanges: list[RawExchange] = field(default_factory=list)

    def follow(self, url: str, deadline: Deadline) -> str | None:
        """The source and its redirects, a hop at a time. Says why it stopped, if early."""
        adapter = RecordingAdapter(
            role="source",
            policy=AddressPolicy(self.opened),
            limits=Limits(max_octets=self.settings.max_octets, seconds=self.settings.seconds),
            deadline=deadline,
            roots=self.roots,
            names=self.names,
            clock=self.clock,
            exchanges=self.exchanges,
        )
        asked: list[str] = []
        with session(adapter) as asking:
            while True:
                asked.append(url)
                head = self._hop(adapter, asking, url).reader.head
                location = None if head is None else head.value("location")
                if location is None or head is None or head.status not in _REDIRECTS:
                    return None
                target = _target(url, location)
                if target is None:
                    return "redirect.refused"
                if target in asked:
                    return "redirect.loop"
                if len(asked) > MAX_HOPS:
                    return "redirect.too_many"
                url = target

    def _hop(self, adapter: RecordingAdapter, asking: requests.Session, url: str) -> RawExchange:
        """One address: tried again while the network fails, and once more without proof of
        who answers where the certificate is at fault. Every try is kept."""
        for attempt in range(1, self.settings.attempts + 1):
            if attempt > 1:
                self.names.forget()
            adapter.attempt = attempt
            asking.get(url, allow_redirects=False)
            exchange = adapter.exchanges[-1]
            again = _try_again(exchange.fault) and attempt < self.settings.attempts
            if not again or adapter.deadline.left() <= attempt:
                break
            time.sleep(attempt)
        if exchange.fault is not None and exchange.fault.type in CERTIFICATE_FAULTS:
            asking.get(url, allow_redirects=False, verify=False)
            exchange = adapter.exchanges[-1]
        return exchange

    def needs_controls(self) -> bool:
        """Silence, an answer that is none, a server that does not prove who it is: whose
        fault that was, only controls can tell."""
        last = self.exchanges[-1]
        secure = last.connection.tls
        if last.fault is None:
            return secure is not None and not secure.verified
        return last.fault.type != "local.refused_by_policy"

    def ask_controls(self) -> None:
        """Ask every control at once; keep them in the order in which they were named."""
        urls = self.settings.controls or DEFAULT_CONTROLS
        adapters = [self._control(url) for url in urls]
        faults: list[ArchiverError] = []

        def ask(adapter: RecordingAdapter, url: str) -> None:
            try:
                with session(adapter) as asking:
                    asking.get(prepared_url(url), allow_redirects=False)
            except ArchiverError as fault:
                faults.append(fault)

        # Daemons, so that an interrupt need not wait for a control that hangs.
        threads = [
            threading.Thread(target=ask, args=pair, daemon=True)
            for pair in zip(adapters, urls, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for adapter in adapters:
            self.exchanges.extend(adapter.exchanges)
        if faults:
            raise faults[0]

    def _control(self, url: str) -> RecordingAdapter:
        deadline = Deadline(_CONTROL_SECONDS)
        # A control that a person names may stand anywhere; the package records it.
        named = _addresses(url, self.names, deadline) if self.settings.controls else set()
        return RecordingAdapter(
            role="control",
            policy=AddressPolicy(frozenset(named)),
            limits=Limits(max_octets=_CONTROL_OCTETS, seconds=_CONTROL_SECONDS),
            deadline=deadline,
            roots=self.roots,
            names=Names(self.settings.resolvers),
            clock=self.clock,
        )

    def close(self) -> None:
        for exchange in self.exchanges:
            exchange.response.close()


def _try_again(fault: Fault | None) -> bool:
    """Whether another attempt may go better: the network failed, not the server's word."""
    if fault is None or fault.type in CERTIFICATE_FAULTS:
        return False
    return not fault.type.startswith("local.") and fault.type != "http.invalid"


def _target(url: str, location: str) -> str | None:
    """Where a redirect leads, or None where it leads to what we do not ask for."""
    with suppress(UnicodeError):
        # Servers send UTF-8 octets; the head was read as Latin-1.
        location = location.encode("latin-1").decode("utf-8")
    try:
        return prepared_url(urljoin(url, location))
    except (InvalidInput, ValueError):
        return None

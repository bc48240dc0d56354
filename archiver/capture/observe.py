"""A whole capture: the source hop by hop, its requisites, an address that cannot be there,
and the control probes where they are needed."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

import requests

from archiver.capture.addresses import AddressPolicy
from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange
from archiver.capture.line import Line, server_of
from archiver.capture.names import Names
from archiver.capture.recording import Frame, record
from archiver.capture.requisites import gather
from archiver.capture.settings import Checked, Settings, settings_document
from archiver.capture.spool import Disk
from archiver.capture.targets import led_to, prepared_url
from archiver.capture.transport import RecordingAdapter, Roots, session
from archiver.errors import ArchiverError
from archiver.http1 import REDIRECTS
from archiver.moment import Clock, spell
from archiver.observation import (
    CERTIFICATE_FAULTS,
    DEFAULT_CONTROLS,
    MAX_HOPS,
    Fault,
    Observation,
    Person,
)
from archiver.ownwords import SOFTWARE
from archiver.publicaddress import IPAddress
from archiver.sibling import sibling_url

_PROBE_SECONDS = 15.0
_PROBE_OCTETS = 4 << 20
_CONTROL_SECONDS = 15.0
_CONTROL_OCTETS = 1 << 20
_ONE_REQUISITE = 20.0  # seconds
_ONE_REQUISITES_OCTETS = 32 << 20


def observe(
    *,
    case: str,
    asked: Checked,
    previous: str | None,
    clock: Clock,
    out: BinaryIO,
    person: Person | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Observation:
    """Capture a source, write its WARC to `out`, return what was seen.

    Raises `StorageFailed` when the octets cannot be kept. What the network does is never
    raised: it is in the observation.
    """
    settings, roots, url = asked.settings, asked.roots, asked.url
    deadline = Deadline(settings.seconds)
    names = Names(settings.resolvers)
    policy = _policy((url, *settings.controls), settings, names, deadline)
    names.forget()  # the capture itself asks anew, and keeps the answers
    run = _Run(settings=settings, roots=roots, names=names, clock=clock, policy=policy, say=say)
    started = spell(clock.now())
    try:
        stop = run.follow(url, deadline)
        doubt = run.needs_controls()
        page = run.exchanges[-1]
        if settings.requisites:
            run.gather_requisites(page)
        if settings.probe:
            run.ask_sibling(page)
        if doubt:
            run.ask_controls()
        frame = Frame(
            case=case,
            source=asked.source,
            started=started,
            ended=spell(clock.now()),
            software=SOFTWARE,
            clock=clock.source,
            previous=previous,
            settings=settings_document(settings, roots),
            person=person or Person(),
            stop=stop,
        )
        _keep_lookups_once(run.exchanges)
        return record(frame, run.exchanges, out)
    finally:
        run.close()


def _addresses(url: str, names: Names, deadline: Deadline) -> set[IPAddress]:
    _, host, port = server_of(url)
    found = names.resolve(host, port, deadline).addresses
    return {ipaddress.ip_address(ip) for ip in found if "%" not in ip}


def _policy(
    urls: tuple[str, ...], settings: Settings, names: Names, deadline: Deadline
) -> AddressPolicy:
    """The private addresses that the person opened by naming them, and no others. Behind a
    proxy nobody here looks a name up: it opens that very host."""
    if not settings.allow_private_addresses:
        return AddressPolicy()
    return _opening(urls, settings, names, deadline)


def _opening(
    urls: tuple[str, ...], settings: Settings, names: Names, deadline: Deadline
) -> AddressPolicy:
    if settings.proxy is not None:
        return AddressPolicy(hosts=frozenset(server_of(prepared_url(url))[1] for url in urls))
    found = [_addresses(url, names, deadline) for url in urls]
    return AddressPolicy(frozenset().union(*found))


@dataclass
class _Run:
    settings: Settings
    roots: Roots
    names: Names
    clock: Clock
    policy: AddressPolicy
    say: Callable[[str], None]
    disk: Disk = field(default_factory=Disk)
    exchanges: list[RawExchange] = field(default_factory=list)

    def follow(self, url: str, deadline: Deadline) -> str | None:
        """The source and its redirects, a hop at a time. Says why it stopped, if early."""
        adapter = self._adapter("source", deadline)
        adapter.exchanges = self.exchanges
        with session(adapter) as asking:
            return _follow(url, lambda hop: self._hop(adapter, asking, hop))

    def _adapter(self, role: str, deadline: Deadline) -> RecordingAdapter:
        return RecordingAdapter(
            role=role,
            policy=self.policy,
            limits=Limits(max_octets=self.settings.max_octets, seconds=self.settings.seconds),
            deadline=deadline,
            roots=self.roots,
            names=self.names,
            clock=self.clock,
            user_agent=self.settings.user_agent,
            proxy=self.settings.proxy,
            say=self.say,
            disk=self.disk,
        )

    def _hop(self, adapter: RecordingAdapter, asking: requests.Session, url: str) -> RawExchange:
        """One address: tried again while the network fails, and once more without proof of
        who answers where the certificate is at fault. Every try is kept."""
        for attempt in range(1, self.settings.attempts + 1):
            if attempt > 1:
                self.names.forget()
            adapter.attempt = attempt
            exchange = _once(adapter, asking, url)
            again = _try_again(exchange.fault) and attempt < self.settings.attempts
            if not again or adapter.deadline.left() <= attempt:
                break
            time.sleep(attempt)
        return _unproved(adapter, asking, exchange)

    def _proved(self, adapter: RecordingAdapter, asking: requests.Session, url: str) -> RawExchange:
        """One try at an address, and one without proof where the certificate is at fault."""
        return _unproved(adapter, asking, _once(adapter, asking, url))

    def needs_controls(self) -> bool:
        """Silence, an answer that is none, a server that does not prove who it is: whose
        fault that was, only controls can tell."""
        last = self.exchanges[-1]
        secure = last.connection.tls
        if last.fault is None:
            return secure is not None and not secure.verified
        return last.fault.type != "local.refused_by_policy"

    def ask_sibling(self, page: RawExchange) -> None:
        """Where a whole page came: what the site gives for an address that cannot be there."""
        sibling = sibling_url(self.exchanges[0].url, self.exchanges[0].date)
        whole = page.status is not None and 200 <= page.status < 300 and page.truncated is None
        if sibling is None or not whole:
            return
        seconds = min(self.settings.seconds, _PROBE_SECONDS)
        adapter = self._adapter("probe", Deadline(seconds))
        most = min(self.settings.max_octets, _PROBE_OCTETS)
        adapter.limits = Limits(max_octets=most, seconds=seconds)
        with session(adapter) as asking:
            _follow(sibling, lambda hop: self._proved(adapter, asking, hop))
        self.exchanges += adapter.exchanges

    def gather_requisites(self, page: RawExchange) -> None:
        """What the page names to be shown whole, where there is a page."""
        deadline = Deadline(self.settings.seconds)
        most = min(self.settings.max_octets, _ONE_REQUISITES_OCTETS)

        def queue(urls: list[str]) -> Generator[list[RawExchange]]:
            """Ask for one after another; they are all on one host."""
            adapter = self._adapter("requisite", deadline)
            adapter.limits = Limits(max_octets=most, seconds=_ONE_REQUISITE)
            adapter.line = line = Line(server_of(urls[0]), adapter.limits)
            try:
                for url in urls:
                    adapter.deadline = Deadline(min(deadline.left(), _ONE_REQUISITE))
                    adapter.exchanges = []
                    line.more = url is not urls[-1]
                    with session(adapter) as asking:
                        _follow(url, partial(_once, adapter, asking))
                    yield adapter.exchanges
            finally:
                line.close()

        self.exchanges += gather(page, queue, deadline.passed)

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
        adapter = self._adapter("control", deadline)
        adapter.limits = Limits(max_octets=_CONTROL_OCTETS, seconds=_CONTROL_SECONDS)
        adapter.names = Names(self.settings.resolvers)
        # A control that a person names may stand anywhere; the package records it.
        named = self.settings.controls
        policy = _opening((url,), self.settings, self.names, deadline) if named else AddressPolicy()
        adapter.policy = policy
        return adapter

    def close(self) -> None:
        for exchange in self.exchanges:
            exchange.response.close()


def _once(adapter: RecordingAdapter, asking: requests.Session, url: str) -> RawExchange:
    asking.get(url, allow_redirects=False)
    return adapter.exchanges[-1]


def _unproved(
    adapter: RecordingAdapter, asking: requests.Session, exchange: RawExchange
) -> RawExchange:
    """The exchange, or where the certificate is at fault one that asks for no proof."""
    if exchange.fault is None or exchange.fault.type not in CERTIFICATE_FAULTS:
        return exchange
    asking.get(exchange.url, allow_redirects=False, verify=False)
    return adapter.exchanges[-1]


def _follow(url: str, ask: Callable[[str], RawExchange]) -> str | None:
    """Ask for a URL and, a hop at a time, for where it leads; say why that stopped, if early."""
    asked: list[str] = []
    while True:
        asked.append(url)
        head = ask(url).reader.head
        location = None if head is None else head.value("location")
        if location is None or head is None or head.status not in REDIRECTS:
            return None
        target = led_to(url, location)
        if target is None:
            return "redirect.refused"
        if target in asked:
            return "redirect.loop"
        if len(asked) > MAX_HOPS:
            return "redirect.too_many"
        url = target


def _keep_lookups_once(exchanges: list[RawExchange]) -> None:
    """Name servers were asked once for each name: the first exchange in order keeps that."""
    kept: set[int] = set()
    for one in exchanges:
        if id(one.connection.lookups) in kept:
            one.connection.lookups = ()
        elif one.connection.lookups:
            kept.add(id(one.connection.lookups))


def _try_again(fault: Fault | None) -> bool:
    """Whether another attempt may go better: the network failed, not the server's word."""
    if fault is None or fault.type in CERTIFICATE_FAULTS:
        return False
    return fault.type not in ("local.refused_by_policy", "http.invalid")

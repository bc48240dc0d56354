"""`doctor`: what a capture here and now would meet, before it meets it. Seals nothing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from archiver.attest.authorities import read_authorities
from archiver.capture.observe import observe
from archiver.capture.settings import Checked, Settings, checked
from archiver.case.person import configuration, person
from archiver.custody.disk import tried
from archiver.errors import ArchiverError, Exit, InvalidInput
from archiver.judge.clock import clock_offset
from archiver.moment import Clock, clock_from_environment, steady
from archiver.observation import DEFAULT_CONTROLS, Exchange, Observation
from archiver.ownwords import SOFTWARE
from archiver.report.words import clock_words
from archiver.verbs import logkeys
from archiver.verbs.sidecars import AUTHORITIES
from archiver.verbs.signing import Signing, choose

_DISTRIBUTIONS = ("warcio", "requests", "jsonschema", "click", "cryptography", "dnspython")
_LEAST_FREE = 256 << 20  # octets: a page of 64 MiB, thrice, and something over
_SECONDS = 15.0  # for one control


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that was looked at. `status` is `well`, `notice` (a capture works, and is worth
    less) or `fault` (it would fail, or establish nothing); `fix` says what mends it. `exit` is
    what a capture would end with."""

    name: str
    status: str
    what: str
    fix: str = ""
    exit: Exit = Exit.OK


@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnosis:
    """All findings, in the order in which a capture needs these things."""

    findings: tuple[Finding, ...]

    @property
    def exit(self) -> Exit:
        """The first fault's."""
        return next((one.exit for one in self.findings if one.status == "fault"), Exit.OK)


def doctor(
    archives: Path,
    settings: Settings | None = None,
    *,
    network: bool = True,
    clock: Clock | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Diagnosis:
    """Look at everything that a capture into this folder needs. Nothing stays behind.

    `settings` are those of a capture; its controls are asked, each as a source would be.
    `network`: whether anybody is asked at all. Raises `InvalidInput` for settings that cannot
    be used; all else is a finding.
    """
    clock = steady(clock or clock_from_environment())
    settings = settings or Settings()
    asked = [_control(url, settings) for url in settings.controls or DEFAULT_CONTROLS]
    found = [*_software(), *_configured(archives), *_disk(archives)]
    if network:
        found += _network(asked, clock, say)
    return Diagnosis(findings=tuple(found))


def _software() -> Iterator[Finding]:
    versions = ", ".join(f"{one} {importlib.metadata.version(one)}" for one in _DISTRIBUTIONS)
    yield Finding(
        name="software",
        status="well",
        what=f"{SOFTWARE}, Python {platform.python_version()}, {ssl.OPENSSL_VERSION}; {versions}",
    )
    if not _hooked():
        yield Finding(
            name="handshakes",
            status="notice",
            what="this Python cannot keep the messages of TLS handshakes",
            fix="CPython keeps them",
        )


def _hooked() -> bool:
    module = sys.modules.get("_ssl")
    return hasattr(getattr(module, "_SSLContext", None), "_msg_callback")


def _configured(archives: Path) -> Iterator[Finding]:
    looks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("configuration", _person),
        ("signing key", _key),
        ("ledger key", lambda: _ledger_key(archives)),
        ("time stamps", _authorities),
    )
    for name, look in looks:
        try:
            yield replace(look(), name=name)
        except ArchiverError as fault:
            yield _fault(name, fault)


def _fault(name: str, fault: ArchiverError) -> Finding:
    where = f"{fault.where}: " if fault.where else ""
    return Finding(
        name=name, status="fault", what=f"{where}{fault.what}", fix=fault.hint, exit=fault.exit
    )


def _well(what: str) -> Finding:
    return Finding(name="", status="well", what=what)


def _notice(what: str, fix: str) -> Finding:
    return Finding(name="", status="notice", what=what, fix=fix)


def _person() -> Finding:
    who = person()
    said = ", ".join(
        f"{name} {value}"
        for name, value in (("by", who.name), ("from", who.label), ("network", who.network))
        if value != "unknown"
    )
    folder = configuration()
    if not said:
        return _notice(
            "no package will say who captured it, or from where",
            f"write [collector] and [vantage] in {folder / 'config.toml'}",
        )
    return _well(f"{said} ({folder})")


def _key() -> Finding:
    try:
        chosen = choose(Signing(new_key=False))
    except ArchiverError as fault:
        if fault.code == "key.locked":
            return _well(f"{fault.where}, with a passphrase")
        raise
    if chosen.key is None:
        ci = "set ARCHIVER_KEY to have packages signed"
        return _notice(
            f"none: {chosen.why}",
            ci if os.environ.get("CI") else "the first capture makes one, or archiver key new",
        )
    return _well(str(chosen.key.public.fingerprint))


def _ledger_key(archives: Path) -> Finding:
    chosen = logkeys.standing(archives)
    if chosen.log is None:
        ci = "set ARCHIVER_LEDGER_KEY to have a ledger"
        return _notice(
            f"none: {chosen.why}",
            ci if os.environ.get("CI") else "the first capture into the folder makes one",
        )
    if chosen.signer() is None:
        return _notice(
            f"the public half for {chosen.log.id}: lines are written, checkpoints are not signed",
            "archiver log checkpoint signs them where the private half is",
        )
    return _well(f"of the ledger {chosen.log.id}")


def _authorities() -> Finding:
    chosen = read_authorities(configuration() / AUTHORITIES)
    if len(chosen) < 2:
        few = "no time-stamp authority is" if not chosen else f"only {chosen[0].name} is"
        return _notice(
            f"{few} chosen: that a package existed at its time rests on "
            f"{'this clock' if not chosen else 'one witness'}",
            "archiver tsa defaults, or archiver tsa add NAME URL ROOTS.pem",
        )
    return _well(", ".join(one.name for one in chosen))


def _disk(archives: Path) -> Iterator[Finding]:
    places = (("archives folder", archives), ("temporary files", Path(tempfile.gettempdir())))
    for name, place in places:
        try:
            folder = tried(place)
        except ArchiverError as fault:
            yield _fault(name, fault)
            continue
        free = shutil.disk_usage(folder).free
        size = f"{free / (1 << 30):.1f} GiB free"
        if free < _LEAST_FREE:
            yield Finding(
                name=name,
                status="fault",
                what=f"{place}: only {size}",
                fix="make room, or name another folder",
                exit=Exit.STORAGE,
            )
        else:
            new = "" if place.is_dir() else ", made by the first capture"
            yield Finding(name=name, status="well", what=f"{place}: {size}{new}")


def _control(url: str, settings: Settings) -> Checked:
    """A control, to be asked as a source is."""
    settings = replace(
        settings,
        seconds=min(settings.seconds, _SECONDS),
        attempts=1,
        requisites=False,
        probe=False,
        controls=(url,),
    )
    try:
        return checked(url, settings)
    except InvalidInput as fault:
        fault.where = url
        raise


def _network(asked: list[Checked], clock: Clock, say: Callable[[str], None]) -> Iterator[Finding]:
    seen = [_observed(one, clock, say) for one in asked]
    each = [_answer(one) for one in seen]
    if any(one.status == "well" for one in each):
        # One that fails is no matter, as long as another answers.
        yield from (replace(one, status="notice") if one.fix else one for one in each)
    else:
        yield from each
        yield Finding(
            name="network",
            status="fault",
            what="no control answers: of a source that fails, nothing could be concluded",
            fix="mend the network or the resolver, or name controls that can be reached: --control",
            exit=Exit.INCONCLUSIVE,
        )
    yield _clock(seen)


def _observed(asked: Checked, clock: Clock, say: Callable[[str], None]) -> Observation:
    with tempfile.TemporaryFile() as nowhere:
        return observe(case="doctor", asked=asked, previous=None, clock=clock, out=nowhere, say=say)


def _answer(seen: Observation) -> Finding:
    first = seen.of_source()[0]
    host = urlsplit(first.url).hostname
    if first.fault is not None or first.response is None or first.response.status is None:
        message = "no answer" if first.fault is None else first.fault.message
        return Finding(
            name=f"control {host}",
            status="fault",
            what=f"{message} ({first.phase}; {_names(first)})",
            fix=_mending(first),
            exit=Exit.INCONCLUSIVE,
        )
    way = f"from {first.ip}" if first.proxy is None else "through the proxy"
    secure = "not encrypted" if first.tls is None else f"{first.tls.version}, identity verified"
    return Finding(
        name=f"control {host}",
        status="well",
        what=f"HTTP {first.response.status} {way}, {secure} ({_names(first)})",
    )


def _names(one: Exchange) -> str:
    if not one.lookups:
        return "no name server asked"
    return "name servers: " + ", ".join(
        dict.fromkeys(f"{look.server} {look.result}" for look in one.lookups)
    )


def _mending(one: Exchange) -> str:
    match one.phase:
        case "dns" | "address":
            return "look at /etc/resolv.conf, or name a server: --resolver ADDRESS"
        case "tls":
            return "the way in between changes TLS, or roots are missing: --ca-file PEM"
        case "proxy":
            return "look at the proxy"
        case _:
            return "look at the network and its firewall"


def _clock(seen: list[Observation]) -> Finding:
    """The offset by all controls together."""
    exchanges = tuple(one for each in seen for one in each.of_source())
    offset = clock_offset(replace(seen[0], exchanges=exchanges))
    if offset is None:
        return Finding(
            name="clock",
            status="notice",
            what="no server told its time: this clock cannot be compared",
            fix="it is compared when a control answers",
        )
    return Finding(
        name="clock",
        status="fault" if offset.alarming else "well",
        what=clock_words(offset),
        fix="set this machine's clock (NTP)" if offset.alarming else "",
        exit=Exit.INCONCLUSIVE if offset.alarming else Exit.OK,
    )

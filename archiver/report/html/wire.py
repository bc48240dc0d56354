"""What was seen, exchange by exchange: addresses, answers, certificates, name servers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archiver.observation import Exchange, Lookup, Tls
from archiver.pem import from_pem
from archiver.report.certificates import Certificate, read_certificate
from archiver.report.html.document import chip, code, facts, folded, joined, table
from archiver.report.html.markup import Content, Markup, element, lines
from archiver.report.sentences import moment_words
from archiver.report.subject import Subject
from archiver.report.why import history_sentence, signal_sentence

MOST = 200  # requisites that are listed
MOST_NAMES = 40  # of one certificate
_HEAD = 20_000  # octets of a response's head that are shown


def exchanges(subject: Subject) -> Content:
    """Every exchange with the source, and the head of the last answer."""
    seen = subject.seen
    return [
        element("ol", [_hop(one, subject) for one in seen.of_source()], class_="hops", role="list"),
        element("p", f"Redirects were not followed further: {seen.stop}.") if seen.stop else None,
        _head(subject),
        _requisites(subject),
    ]


def _hop(one: Exchange, subject: Subject) -> Markup:
    return element(
        "li",
        element("p", element("bdi", one.url), class_="url"),
        element("p", _came_to(one)),
        facts(_details(one, subject), "small"),
    )


def _came_to(one: Exchange) -> Content:
    if one.fault is not None:
        return [chip(one.fault.type, "bad"), " ", element("bdi", one.fault.message)]
    response = one.response
    if response is None:
        return chip("no answer", "bad")
    fine = response.status is not None and 200 <= response.status < 300
    kind = "care" if response.truncated else "good" if fine else ""
    status = "not HTTP" if response.status is None else f"HTTP {response.status}"
    cut = f", cut off ({response.truncated})" if response.truncated else ""
    media = element("bdi", response.media_type or "no type said")
    return [chip(status, kind), " ", media, f", {_octets(response.entity)}{cut}"]


def _octets(count: int) -> str:
    return f"{count:,} octets"


def _details(one: Exchange, subject: Subject) -> Iterator[tuple[str, Content]]:
    attempt = f" (attempt {one.attempt})" if one.attempt > 1 else ""
    yield "Asked at", f"{moment_words(one.date)}{attempt}"
    yield "Address", _address(one)
    failed = [tried for tried in one.addresses if tried.result != "connected"]
    if failed:
        tries = [f"{tried.ip} port {tried.port}: {tried.result}" for tried in failed]
        yield "Tried before", ", ".join(tries)
    yield "Encryption", _secure(subject.tls_of(one))
    if one.response is not None:
        if one.response.location is not None:
            yield "Led to", element("bdi", one.response.location)
        if one.response.server_date is not None:
            yield "Its own time", element("bdi", one.response.server_date)
        yield "Body", code(str(one.response.entity_digest))
        yield "Record", code(one.response.record)


def _address(one: Exchange) -> str:
    if one.proxy is not None:
        return "known to the proxy only"
    if one.ip is None:
        return "none was reached"
    return f"{one.ip} port {one.port}"


def _secure(tls: Tls | None) -> Content:
    if tls is None:
        return "none: anyone on the way could read and change it"
    proved = "the server's identity was verified" if tls.verified else "identity NOT verified"
    signed = (
        ", and its key signed the handshake"
        if tls.signature
        else "; no signature of its key over the handshake is kept"
    )
    alerts = f" Alerts: {', '.join(tls.alerts)}." if tls.alerts else ""
    kind = "good" if tls.verified else "bad"
    version = chip(tls.version or "no TLS came about", kind)
    return [version, f" {proved}{signed}.{alerts}"]


def _head(subject: Subject) -> Content:
    response = subject.last.response
    record = None if response is None else subject.sealed.record(response.record)
    if response is None or record is None:
        return None
    octets = subject.sealed.start(record, min(response.head or response.octets, _HEAD))
    text = octets.decode("latin-1").replace("\r\n", "\n").rstrip("\n")
    body = element("pre", lines(text), dir="ltr", tabindex="0")
    return folded("The head of the last answer, as it came", body)


def _requisites(subject: Subject) -> Content:
    many = subject.seen.requisites()
    if not many:
        said = subject.seen.settings["requisites"]
        words = "The page names nothing to be shown with it." if said else "Left out by an option."
        return element("p", f"Pictures, styles and scripts: {words}", class_="note")
    rows = [[element("bdi", one.url), _short(one)] for one in many[:MOST]]
    more = f" The first {MOST} are listed." if len(many) > MOST else ""
    came = sum(one.response is not None and one.fault is None for one in many)
    summary = f"Pictures, styles and scripts: {came} of {len(many)} came"
    caption = f"What the page names to be shown whole.{more}"
    return folded(summary, table(caption, ("Address", "What came"), rows))


def _short(one: Exchange) -> Content:
    if one.response is None or one.fault is not None:
        return "nothing" if one.fault is None else one.fault.type
    return f"HTTP {one.response.status}, {_octets(one.response.entity)}"


def controls(subject: Subject) -> Content:
    """Control pages and the sibling probe."""
    seen = subject.seen
    pairs = [("control", one) for one in seen.controls()]
    pairs += [("nonsense address beside it", one) for one in seen.probes()]
    if not pairs:
        words = (
            "None was asked: the source answered, and controls are for telling a dead source from "
            "a dead network of our own."
        )
        return element("p", words, class_="note")
    caption = "Asked besides the source, to tell its failure from ours"
    rows = [[element("bdi", one.url), kind, _short(one)] for kind, one in pairs]
    return table(caption, ("Address", "As", "What came"), rows)


def signals(subject: Subject) -> Content:
    """Why the outcome is what it is."""
    outcome = subject.outcome
    rows = [
        [
            element("bdi", signal_sentence(one.name, one.value, one.speaks_for)),
            f"{one.speaks_for}{' (a hint only)' if one.weak else ''}",
            code(one.record) if one.record else "–",
        ]
        for one in outcome.signals
    ]
    history = history_sentence(outcome.state, subject.seen.previous)
    return [
        element(
            "p",
            f"The rule archiver-outcome-1 concludes {outcome.state} / {outcome.reason} from these "
            f"signals. As far as the package knows: {history}.",
        ),
        table("The signals, each with the record that holds it", _SIGNAL_HEADS, rows),
    ]


_SIGNAL_HEADS = ("What was seen", "Speaks for", "Record")


def certificates(subject: Subject) -> Content:
    """The chain of each connection with the source, as presented."""
    made: list[Content] = []
    for number, one in enumerate(subject.seen.of_source(), start=1):
        record = None if one.tls is None else subject.sealed.record(one.tls.certificates)
        if record is None:
            continue
        heading = f"Exchange {number}: asked for {one.tls.server_name if one.tls else ''}"
        made.append(element("h3", element("bdi", heading)))
        chain = from_pem(subject.sealed.block(record)) or ()
        made += [
            facts(_certificate(place, read_certificate(der)), "small")
            for place, der in enumerate(chain, start=1)
        ]
    return made or element("p", "No certificate was presented.", class_="note")


def _certificate(place: int, one: Certificate | None) -> Iterable[tuple[str, Content]]:
    which = "the server's own" if place == 1 else "an issuer's"
    if one is None:
        return [(f"Certificate {place}", "cannot be read; its octets are in the package")]
    more = len(one.names) - MOST_NAMES
    names = joined([element("bdi", name) for name in one.names[:MOST_NAMES]])
    return [
        (f"Certificate {place}", which),
        ("For", element("bdi", one.subject)),
        ("Issued by", element("bdi", one.issuer)),
        ("Valid", f"{moment_words(one.begins)} to {moment_words(one.ends)}"),
        ("Names", [names, f" and {more} more" if more > 0 else None] if one.names else "none"),
        ("SHA-256", code(str(one.digest))),
    ]


def names(subject: Subject) -> Content:
    """What name servers answered about the source."""
    rows = [
        [element("bdi", f"{asked.name} {asked.type}"), asked.server, _answer(asked)]
        for one in subject.seen.of_source()
        for asked in one.lookups
    ]
    if not rows:
        words = "No answer of a name server is kept."
        return element("p", words, class_="note")
    return table("Questions about the source's name", ("Question", "Name server", "Answer"), rows)


def _answer(asked: Lookup) -> Content:
    found = ", ".join(asked.addresses) or asked.result
    aliases = f"; the name stands for {', '.join(asked.aliases)}" if asked.aliases else ""
    kept = f"; good for {asked.seconds} s" if asked.seconds is not None else ""
    zone = f"; by zone {asked.soa.zone}, serial {asked.soa.serial}" if asked.soa else ""
    return element("bdi", f"{found}{aliases}{kept}{zone}")

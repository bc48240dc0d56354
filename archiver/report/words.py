"""One sentence for each state and reason; it says what was seen, never more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from archiver.judge.clock import ClockOffset, clock_offset
from archiver.observation import CERTIFICATE_FAULTS
from archiver.report.signerwords import signer_words, signers_sentence

if TYPE_CHECKING:
    from archiver.attest.stamps import Stamp
    from archiver.judge.nearest import Change
    from archiver.judge.outcome import Outcome
    from archiver.verify.report import Report, Said, Stamped

_REASONS = {
    "http.redirected": "the source answered after redirects, with a page",
    "http.truncated": "the source answered, but the page was cut off before its end",
    "http.closed": "the connection was closed without an answer",
    "http.timeout": "no answer came within the deadline",
    "http.invalid": "what came back cannot be read as an HTTP answer",
    "http.redirect_loop": "the redirects lead in a circle, or are too many",
    "dns.failed": "the name could not be resolved, while a control could",
    "dns.nxdomain": "not found from here: the name server says that there is no such name",
    "dns.timeout": "the name server did not answer in time, while a control answered",
    "dns.servfail": "the name server failed (SERVFAIL), while a control answered",
    "dns.refused": "the name server refused to answer, while a control answered",
    "dns.nodata": "the name server knows no address of the name, while a control answered",
    "tcp.refused": "the connection was refused, while a control answered",
    "tcp.timeout": "the connection was not answered, while a control answered",
    "tcp.reset": "the connection was reset, while a control answered",
    "tcp.unreachable": "there was no way to the address, while a control answered",
    "tls.expired": "the server's certificate has expired",
    "tls.not_yet_valid": "the server's certificate is not valid yet",
    "tls.self_signed": "the server's certificate is signed by itself",
    "tls.wrong_host": "the server's certificate is for another host",
    "tls.untrusted": "the server's certificate leads to no trusted root",
    "tls.timeout": "the TLS handshake did not end in time, while a control answered",
    "tls.old_version": "the server speaks only a TLS that is too old to prove who it is",
    "tls.failed": "no TLS connection came about, while a control answered",
    "local.network_down": "neither the source nor a control answered: our own network may be down",
    "local.proxy": "it was asked through a proxy, and what came of it may be the proxy's own doing",
    "local.intercepted": "somebody sits in between: controls fail to prove who they are as well",
    "local.refused_by_policy": "it leads to what we do not ask: not public, or not plain http(s)",
    "local.captive_portal": "a network's own gate answered in the place of the source",
    "signals.conflict": "the signs contradict one another, or one alone speaks against the page",
    "signals.withheld": "signs say it is not there, but the text to check them by is withheld",
    "content.soft_404": "not found from here: the page says so, as for an address of nonsense",
    "content.removed": "not found from here: the page itself says that it was taken away",
    "content.parked": "not found from here: the whole name is parked or for sale",
    "redirect.home": "not found from here: the address leads to the front page instead",
    "redirect.section": "not found from here: the address leads to a section instead",
    "content.challenge": "a wall against robots came, not the page; it may be there for others",
    "content.consent_wall": "a demand for consent came in place of the page",
    "content.login_wall": "a demand to log in came in place of the page",
    "content.pay_wall": "a demand to pay came in place of the page",
    "content.geo": "the source says that it does not show the page in our country or region",
    "content.legal": "the answer says that the page is withheld by law or order",
    "content.maintenance": "the site says that it is under repair",
    "content.needs_script": "a page came that shows nothing without its scripts, which are not run",
}
_TEASER = (
    "a teaser: the page shows the beginning of the text and then a pay wall; what is missing may "
    "stand behind it, and is no edit"
)
_UNVERIFIED = {
    "captured": "a page came, but the server's identity was not verified: ",
    "inconclusive": "an answer came, but from a server whose identity was not verified: ",
}
_STATES = {
    "captured": "the source answered (HTTP {status})",
    "absent": "not found from here: the source itself says so (HTTP {status})",
    "blocked": "the source refuses us (HTTP {status}); it may be there for others",
    "unreachable": "the source answered with a failure (HTTP {status})",
}


_WITHOUT_PAGE = "the source answered without a page (HTTP {status})"
_REJECTED = "the source rejects the request (HTTP {status})"
_BY_STATUS = {
    **dict.fromkeys(("204", "205"), _WITHOUT_PAGE),
    **dict.fromkeys(("400", "405", "406", "414", "431"), _REJECTED),
}


def outcome_sentence(outcome: Outcome) -> str:
    """The outcome in words."""
    return reason_sentence(outcome.state, outcome.reason)


def reason_sentence(state: str, reason: str) -> str:
    """A state and its reason in words."""
    if reason in CERTIFICATE_FAULTS:
        return f"{_UNVERIFIED.get(state, '')}{_REASONS[reason]}"
    if (state, reason) == ("captured", "content.pay_wall"):
        return _TEASER
    if (state, reason) == ("captured", "http.invalid"):
        return "the answer has a status that HTTP does not know, yet the whole text stands on it"
    if reason in _REASONS:
        return _REASONS[reason]
    status = reason.removeprefix("http.")
    sentence = _BY_STATUS.get(status, _STATES.get(state, "{status}"))
    if status.startswith("3"):
        sentence = "the source answered HTTP {status}, which is no page and leads to none"
    elif state == "captured" and not status.startswith("2"):
        sentence = "the answer says HTTP {status}, yet the whole text stands on it"
    return sentence.format(status=status)


_COMPARISONS = {
    "contained": "found, every passage in order",
    "partial": "found in part",
    "not-contained": "not found",
    "not-comparable": "not compared",
}
_WHY_NOT = {
    "no_seed_text": "no seed text was given",
    "text_withheld": "the seed text is withheld",
    "no_page": "no page came back",
    "no_page_text": "the page has no visible text",
    "media_type": "the page is of a type whose text is not read",
    "pdf": "the page is a PDF, whose text is not read",
    "needs_script": "the page is a shell that a script would have filled",
    "too_large": "the page is larger than what is compared",
    "undecodable": "the page's content coding cannot be undone",
    "no_body": "the seed text has no passage of its own",
}


def comparison_words(result: str, reason: str | None = None) -> str:
    """The comparison in words."""
    words = _COMPARISONS[result]
    return f"{words}: {_WHY_NOT[reason]}" if reason in _WHY_NOT and reason else words


_KINDS = {
    "struck": "struck through",
    "json_ld": "in embedded data (JSON-LD{field}), not in the visible text",
    "json": "in embedded data (JSON{field}), not in the visible text",
    "script": "in embedded data (a string in a script{field}), not in the visible text",
    "meta": "in embedded data (meta{field}), not in the visible text",
    "alt": "in an image's alternative text, not in the visible text",
    "hidden": "in a part that the page hides, not in the visible text",
    "noscript": "in a part for browsers without scripts, not in the visible text",
}


def elsewhere_words(kind: str, field: str) -> str:
    """Where a passage stands that is not found."""
    return _KINDS[kind].format(field=f" {field}" if field else "")


CHANGE_WORDS = {
    "added": "words that only the page has",
    "left_out": "words that only the claim has",
    "struck": "words that the page strikes through",
    "blanks": "blanks between letters",
    "case": "upper or lower case",
    "compatibility": "other forms of the same characters",
    "lookalike": "letters of another script that look alike",
    "marks": "marks on letters",
    "number": "numbers",
    "punctuation": "punctuation",
    "words": "words",
}


def change_kinds(changes: Iterable[Change]) -> str:
    """In what a passage differs, each kind once."""
    return "; ".join(dict.fromkeys(CHANGE_WORDS[one.kind] for one in changes))


_PLACES = {
    "text": "the page's text",
    "text_other_case": "the page's text in other letters (upper or lower case)",
    "title": "the document's title",
}


def claim_rows(claims: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """What became of the claimed title, date and byline, from `comparison.json`."""
    if claims is None:
        return []
    said = claims["said"]
    pairs = []
    if claims["title"] is not None:
        pairs.append(("title", _stands(claims["title"], said["titles"])))
    if claims["published"] is not None:
        pairs.append(("published", _date_words(claims["published"], said["dates"])))
    for one in claims["authors"]:
        pairs.append(("byline", f"{one['value']}: {_stands(one, said['authors'])}"))
    return pairs


def _stands(one: Mapping[str, Any], said: list[Mapping[str, Any]]) -> str:
    if one["where"]:
        places = [_PLACES.get(where, where) for where in one["where"]]
        return f"stands in {', '.join(places[:4])}"
    own = "; ".join(f"{other['value']} ({other['field']})" for other in said[:3])
    return f"not found; the page has: {own}" if own else "not found"


_DATE_WORDS = {
    "same": "the page's metadata says the same",
    "possible": "the page's metadata can mean the same",
    "other": "the page's metadata says another date",
    "none": "the page's metadata says none",
}
_IN_TEXT = {
    "same": "it stands in the page's text",
    "possible": "a date in the page's text can mean it",
    "none": "it does not stand in the page's text",
}


def _date_words(one: Mapping[str, Any], said: list[Mapping[str, Any]]) -> str:
    own = "; ".join(
        f"{other['value']} ({other['field']})" for other in said if other["kind"] == "published"
    )
    own = f" ({own})" if own and one["metadata"] != "same" else ""
    return f"{one['value']}: {_DATE_WORDS[one['metadata']]}{own}, {_IN_TEXT[one['text']]}"


_BESIDE = ("sidecar", "amendment", "stamp")  # checks of files beside the package


def verdict_sentence(report: Report) -> str:
    """The four findings of a verification, and what was recorded, in one line."""
    if report.verdict == "unreadable":
        return "Not a package: nothing could be examined."
    if report.verdict == "refused":
        failed = next((check for check in report.checks if check.status != "passed"), None)
        if failed is None:
            return "Refused: nothing was checked."
        whole = "" if failed.name not in _BESIDE else " The package file itself passed its checks."
        return f"Refused at check '{failed.name}'.{whole}"
    derived = (
        "Derived again: same bytes."
        if report.rebuilt
        else f"Not derived again: made by {report.made_by}."
    )
    parts = ["Intact.", derived, signers_sentence(report.signers), f"Time: {_time(report)}."]
    if report.said is not None:
        parts += _said(report.said)
    if report.amendments:
        last = report.amendments[-1]
        times = f"{last.number} times, last " if last.number > 1 else ""
        signers = "; ".join(signer_words(one) for one in last.signers)
        parts.append(f"Amended after the sealing: {times}at {last.created} by {signers}.")
    return " ".join(parts)


def _time(report: Report) -> str:
    offset = None if report.said is None else clock_offset(report.said.observation)
    clock = "" if offset is None else f"; {clock_words(offset)}"
    over = [one for one in report.stamps if one.renews is None]
    chosen = [_stamped(one) for one in over if one.stamp.authority is not None]
    if chosen:
        return f"stamped {' and '.join(chosen)}; before that the capturing machine's clock{clock}"
    strange = "; stamped, by an authority that you have not chosen" if over else ""
    return f"the capturing machine's clock only{strange}{clock}"


def _stamped(one: Stamped) -> str:
    ended = ", whose certificate has ended since" if one.ended else ""
    return f"at {one.stamp.at}{accuracy_words(one.stamp)} by {one.stamp.authority}{ended}"


def accuracy_words(stamp: Stamp) -> str:
    """How sure an authority is of its time; nothing where it does not say."""
    if stamp.accuracy is None:
        return ""
    return f" (to {stamp.accuracy / 1_000_000:g} s)"


def clock_words(offset: ClockOffset) -> str:
    """How far the clocks agreed; where they did not, that something is wrong."""
    hosts = "1 host" if len(offset.hosts) == 1 else f"{len(offset.hosts)} hosts"
    words = f"{offset.seconds:+d} s to the servers' own Date ({hosts})"
    if not offset.alarming:
        return words
    return f"CAUTION, {words}: this clock is wrong, or theirs, or the answers were old copies"


def _altered(count: int) -> str:
    if not count:
        return ""
    return f"; {count} {'passage stands' if count == 1 else 'passages stand'} there altered"


def _said(said: Said) -> list[str]:
    seen = said.observation
    first = "" if seen.previous else ", the first capture in this case"
    parts = [
        f"Records: {said.outcome.state} ({said.outcome.reason}) at {seen.started}{first}.",
        f"Text: {comparison_words(said.comparison)}{_altered(said.altered)}.",
    ]
    if any(one.response and one.tls and not one.tls.verified for one in seen.of_source()):
        parts.append("Server: identity not verified.")
    if said.not_default:
        parts.append(f"Not default: {', '.join(said.not_default)}.")
    return parts

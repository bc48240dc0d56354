"""One sentence for each state and reason; it says what was seen, never more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.observation import CERTIFICATE_FAULTS

if TYPE_CHECKING:
    from archiver.judge.outcome import Outcome
    from archiver.verify.report import Report, Said

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
    "tls.timeout": "the TLS handshake did not end in time",
    "tls.failed": "the TLS handshake failed",
    "local.network_down": "neither the source nor a control answered: our own network may be down",
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
    "needs_script": "the page shows nothing without its scripts, which are not run",
    "media_type": "the page is of a type whose text is not read",
    "too_large": "the page is larger than what is compared",
    "undecodable": "the page's content coding cannot be undone",
    "no_body": "the seed text has no passage of its own",
}


def comparison_words(result: str, reason: str | None = None) -> str:
    """The comparison in words."""
    words = _COMPARISONS[result]
    return f"{words}: {_WHY_NOT[reason]}" if reason in _WHY_NOT and reason else words


_NOBODY = (
    "Signer: none, so anyone could have made this file: compare its id with one noted elsewhere."
)


def verdict_sentence(report: Report) -> str:
    """The four findings of a verification, and what was recorded, in one line."""
    if report.verdict == "unreadable":
        return "Not a package: nothing could be examined."
    if report.verdict == "refused":
        failed = next((check for check in report.checks if check.status != "passed"), None)
        return f"Refused at check '{failed.name}'." if failed else "Refused: nothing was checked."
    derived = (
        "Derived again: same bytes."
        if report.rebuilt
        else f"Not derived again: made by {report.made_by}."
    )
    signer = _NOBODY if report.signer is None else f"Signer: {report.signer}."
    parts = ["Intact.", derived, signer, "Time: the capturing machine's clock only."]
    if report.said is not None:
        parts += _said(report.said)
    return " ".join(parts)


def _said(said: Said) -> list[str]:
    seen = said.observation
    first = "" if seen.previous else ", the first capture in this case"
    parts = [
        f"Records: {said.outcome.state} ({said.outcome.reason}) at {seen.started}{first}.",
        f"Text: {comparison_words(said.comparison)}.",
    ]
    if any(one.response and one.tls and not one.tls.verified for one in seen.of_source()):
        parts.append("Server: identity not verified.")
    if said.not_default:
        parts.append(f"Not default: {', '.join(said.not_default)}.")
    return parts

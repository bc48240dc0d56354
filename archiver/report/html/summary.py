"""The first page: what was claimed, what was seen, when, from where, and what follows."""

from __future__ import annotations

from archiver.report.html.document import chip, code, facts, isolated, joined
from archiver.report.html.markup import Content, Markup, element, foreign
from archiver.report.sentences import (
    Told,
    cautions,
    findings,
    from_where,
    headline,
    moment_words,
)
from archiver.report.subject import Subject
from archiver.report.words import outcome_sentence

_STATES = {
    "captured": "good",
    "absent": "flat",
    "blocked": "care",
    "unreachable": "care",
    "inconclusive": "care",
}
_TEXTS = {
    "contained": ("good", "text found"),
    "partial": ("care", "text found in part"),
    "not-contained": ("bad", "text not found"),
    "not-comparable": ("", "text not compared"),
}


_LONGEST = 180  # characters of one text: what is longer stands in full further below


def title_of(subject: Subject) -> str:
    """What the report is called: the claimed title, else the address."""
    title = subject.claimed["claimed"].get("title", "unknown")
    return _cut(subject.seen.source if title == "unknown" else str(title))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def masthead(subject: Subject) -> Markup:
    """What the report is about."""
    claimed = subject.claimed
    outlet, published = claimed["outlet"]["name"], claimed["claimed"]["published"]["date"]
    known = isolated((_cut(outlet), published))
    said: Content = ["Said to be of ", known, ". "] if known.source else None
    return element(
        "header",
        element("p", "Web evidence report", class_="kicker"),
        foreign("h1", title_of(subject), claimed["claimed"]["language"]),
        element(
            "p",
            said,
            "Captured as ",
            element("bdi", _cut(subject.seen.source)),
            class_="lead",
        ),
    )


def in_short(subject: Subject) -> Content:
    """The verdict in one sentence, the four findings, and what must not be overlooked."""
    warned = list(cautions(subject))
    return [
        _verdict(subject),
        facts(
            [
                ("Claimed", _claimed(subject)),
                ("Seen", _seen(subject)),
                ("When", [_moment(subject.seen.started), _clock(subject)]),
                ("By, from where", element("bdi", from_where(subject))),
                ("Package id", code(str(subject.sealed.package.id))),
            ]
        ),
        element("ul", [_finding(one) for one in findings(subject)], class_="findings", role="list"),
        element(
            "div",
            element("h2", "Not to be overlooked"),
            element("ul", [element("li", one) for one in warned]),
            class_="caution",
        )
        if warned
        else None,
    ]


def chips(state: str, result: str, *, altered: bool) -> Markup:
    """State and comparison, each in a word; `altered`: some of the text is there otherwise."""
    kind, text = _TEXTS[result]
    if result == "not-contained" and altered:
        text = f"{text} as claimed"
    two = [chip(state, _STATES[state]), chip(text, kind)]
    return element("ul", [element("li", one) for one in two], class_="chips", role="list")


def _verdict(subject: Subject) -> Markup:
    state, result = subject.outcome.state, subject.comparison.result
    kind = _TEXTS[result][0] if state == "captured" else _STATES[state]
    return element(
        "div",
        chips(state, result, altered=subject.comparison.count("altered") > 0),
        element("p", headline(subject), class_="say"),
        class_=f"verdict {kind}" if kind else "verdict",
    )


def _claimed(subject: Subject) -> Content:
    stated, outlet = subject.claimed["claimed"], subject.claimed["outlet"]["name"]
    published, title = stated["published"], stated.get("title", "unknown")
    when = "at an unknown time"
    if published["date"] != "unknown":
        zone = " (zone unknown)" if published["zone"] == "unknown" else ""
        when = f"on {published['date']}{zone}"
    if {title, outlet, published["date"]} == {"unknown"}:
        return "That something stands at this address: no title, date or outlet is said."
    quoted: Content = "A text of unknown title"
    if title != "unknown":
        quoted = ["“", element("bdi", _cut(title)), "”"]
    by = "by an outlet that is not named" if outlet == "unknown" else f"by {_cut(outlet)}"
    return [quoted, f", published {when} ", element("bdi", by), ". A person says so."]


def _seen(subject: Subject) -> Content:
    words = outcome_sentence(subject.outcome)
    hops = list(dict.fromkeys(one.url for one in subject.seen.of_source()))
    led = joined([element("bdi", _cut(one)) for one in hops], " → ")
    return [led, f": {words}."]


def _moment(moment: str) -> Markup:
    return element("time", moment_words(moment), datetime=moment)


def _clock(subject: Subject) -> str:
    if subject.seen.clock != "system":
        return f" by a clock that was set ({subject.seen.clock})"
    return " by the clock of the capturing machine"


def _finding(one: Told) -> Markup:
    head = element("div", element("strong", one.of), chip(one.word, one.kind), class_="of")
    return element("li", head, element("p", element("bdi", one.words)))

"""The comparison, passage by passage, each difference marked in words as well as in colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.judge.compare import Finding
from archiver.judge.nearest import Change
from archiver.judge.normal import LEVELS, stripped
from archiver.report.html.document import chip, facts
from archiver.report.html.markup import Content, Markup, element, foreign, language, markup
from archiver.report.subject import Subject
from archiver.report.words import change_kinds, claim_rows, comparison_words, elsewhere_words

MOST = 400  # passages that are shown one by one
LONGEST = 4000  # characters of one that are shown
_KINDS = {"found": "good", "altered": "care", "missing": "bad", "not-compared": ""}
_WORDS = {
    "found": "found",
    "altered": "altered",
    "missing": "not on the page",
    "not-compared": "not compared",
}
_LEVELS = {
    "none": "",
    "whitespace": ", but for white space",
    "typographic": ", but for the form of quotes, dashes, dots and white space",
}


def comparison(subject: Subject) -> Content:
    """Counts, every passage, and the rest of the claim."""
    from archiver.judge.comparison import claims_document

    done = subject.comparison
    shown = done.findings[:MOST]
    words = comparison_words(done.result, done.reason)
    beside = claim_rows(claims_document(done.claims))
    return [
        element("p", f"{words[:1].upper()}{words[1:]}. {_counts(subject)}"),
        element("ol", [_passage(one, subject) for one in shown], class_="passages", role="list")
        if shown
        else None,
        element("p", f"… and {len(done.findings) - MOST} passages more.", class_="note")
        if len(done.findings) > MOST
        else None,
        [
            element("h3", "Title, date and names, looked for apart from the text"),
            facts((name.capitalize(), element("bdi", value)) for name, value in beside),
        ]
        if beside
        else None,
    ]


def _counts(subject: Subject) -> str:
    done = subject.comparison
    if not done.findings:
        return ""
    counted = [(done.count(status), word) for status, word in _WORDS.items()]
    told = ", ".join(f"{count} {word}" for count, word in counted if count)
    order = " They stand in another order." if done.in_order is False else ""
    return f"Of {len(done.findings)}: {told}.{order}"


def _passage(one: Finding, subject: Subject) -> Markup:
    head = element(
        "div",
        element("strong", f"Passage {one.passage.number}"),
        chip(_WORDS[one.status], _KINDS[one.status]),
        element("span", _place(one), class_="place"),
        class_="of-passage",
    )
    return element("li", head, _text(one, subject), _kinds(one), _elsewhere(one))


def _place(one: Finding) -> str:
    if one.place is not None:
        found = f"characters {one.place.start}–{one.place.end} of the page's text"
        return f"{found}{_LEVELS[one.place.level]}"
    if one.nearest is not None:
        whole, tenth = divmod(one.nearest.likeness, 10)
        return f"nearest at character {one.nearest.start}, {whole}.{tenth} % alike"
    return ""


def _text(one: Finding, subject: Subject) -> Markup:
    """The passage as claimed, or as the page has it where only digests are known."""
    tongue = language(subject.claimed["claimed"]["language"])
    text = one.passage.text
    if one.nearest is not None and text is not None:
        return element(
            "p", differing(text, one.nearest.changes), lang=tongue, dir="auto", class_="quoted"
        )
    if text is None and one.place is not None and subject.page is not None:
        text = subject.page.text[one.place.start : one.place.end]
    if text is None:
        length = one.passage.form("none").characters
        words = f"Only its digest is known, and its length of {length} characters."
        return element("p", words, class_="note")
    context = one.context
    around = ("", "") if context is None else (context.before, context.behind)
    return element(
        "p",
        _around(around[0]),
        foreign("span", _cut(text)),
        _around(around[1]),
        lang=tongue,
        dir="auto",
        class_="quoted",
    )


def _around(text: str) -> Content:
    return [" ", foreign("span", text, class_="around"), " "] if text else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def differing(passage: str, changes: Sequence[Change]) -> Markup:
    """A passage with its differences: what only the claim has, what only the page has."""
    text = stripped(passage, LEVELS[-1])
    made: list[Content] = []
    position = 0
    for change in changes:
        made += [text[position : change.at], *_changed(change)]
        position = change.at + len(change.seed)
        if not change.seed and position < len(text):
            made.append(" ")
    return markup([*made, _cut(text[position:])])


def _changed(change: Change) -> Iterator[Content]:
    if change.seed:
        yield element("del", element("span", "claim:", class_="who"), " ", change.seed)
    if change.seed and change.page:
        yield " "
    if change.page:
        yield element("ins", element("span", "page:", class_="who"), " ", change.page)


def _kinds(one: Finding) -> Content:
    if one.nearest is None:
        return None
    kinds = change_kinds(one.nearest.changes)
    return element("p", f"It differs in {kinds}.", class_="note") if kinds else None


def _elsewhere(one: Finding) -> Content:
    if one.place is not None or not one.elsewhere:
        return None
    places = [elsewhere_words(place.kind, place.field) for place in one.elsewhere]
    said = [element("li", "It stands ", element("bdi", words), ".") for words in places]
    return element("ul", said, class_="note")

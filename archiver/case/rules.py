"""What a schema cannot say of a case: how its fields fit each other, the source and the text.

Every rule takes a document of any shape and passes over what the schema has already refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.case.domains import registrable_domain, same_domain
from archiver.case.faultwords import shown
from archiver.case.seedtext import BLANKS, SeedText
from archiver.case.urls import check_source_url, host_of
from archiver.errors import InvalidInput, Problem

LABELS = {
    "sdqc": ("support", "deny", "query", "comment"),
    "favor-against": ("favor", "against", "none"),
    "fnc": ("agree", "disagree", "discuss", "unrelated"),
}
# Relations that make it plausible that the text stands under a domain that is not the outlet's.
EXPLAINS_DOMAIN = ("mirror", "republishes", "archived_copy", "translation_of")
_PRECISION = (
    ("unknown", re.compile("unknown")),
    ("year", re.compile("[0-9]{4}")),
    ("month", re.compile("[0-9]{4}-[0-9]{2}")),
    ("day", re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")),
    ("minute", re.compile("[0-9-]{10}T[0-9]{2}:[0-9]{2}(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?")),
    ("second", re.compile("[0-9-]{10}T[0-9:]{8}(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?")),
)
# What a draft may leave open and a final case may not. The zone may stay unknown: that a day
# has no known zone is a true statement about the day.
_OPEN = (
    ("claimed.published.date", "unknown"),
    ("claimed.published.precision", "unknown"),
    ("claimed.published.basis", "unknown"),
    ("claimed.language", "und"),
    ("outlet.name", "unknown"),
    ("seed_text.origin.how", "unknown"),
)
_RESERVED_FILES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?", re.IGNORECASE)


MAX_PASSAGES = 5000  # what a comparison can list


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """A document of any shape with its seed text, if that is at hand."""

    document: dict[str, object]
    seed: SeedText | None
    text_at_hand: bool

    def at(self, path: str) -> object:
        """The value at a dotted path, or `None`."""
        value: object = self.document
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def text(self, path: str) -> str:
        """The text at a dotted path; empty where there is none."""
        value = self.at(path)
        return value if isinstance(value, str) else ""

    def tables(self, name: str) -> list[tuple[str, dict[str, object]]]:
        """The tables of an array, with their places."""
        value = self.document.get(name)
        members = value if isinstance(value, list) else []
        return [(f"{name}[{n}]", m) for n, m in enumerate(members) if isinstance(m, dict)]


def rule_faults(view: View) -> Iterator[Problem]:
    """Every rule that the document breaks."""
    yield from _source(view)
    yield from _published(view)
    yield from _domain(view)
    yield from _seed_text(view)
    yield from _stance(view)
    yield from _repeats(view)
    if view.text("review.state") == "final":
        yield from _final(view)


def rule_warnings(view: View) -> Iterator[Problem]:
    """What could not be checked, or is allowed and odd."""
    if view.seed is None:
        for where, note in view.tables("stance"):
            if "quote" in note:
                what = "could not be checked: the seed text is not at hand"
                yield Problem(where=f"{where}.quote", rule="unchecked", what=what)
    elif view.text("seed_text.form") == "document":
        if view.seed.header is None and not view.seed.sources:
            yield Problem(
                where="seed_text.form",
                rule="form",
                fix="write plain",
                what="is document, but the text has no header line and no closing URL",
            )
        if not view.seed.body:
            what = "has nothing but its header line and URL: there is nothing to compare"
            yield Problem(where="seed_text.file", rule="no-body", what=what)


def _source(view: View) -> Iterator[Problem]:
    if url := view.text("source.url"):
        try:
            check_source_url(url)
        except InvalidInput as fault:
            yield Problem(where="source.url", rule=fault.code, what=fault.what, fix=fault.hint)


def _published(view: View) -> Iterator[Problem]:
    date, precision = view.text("claimed.published.date"), view.text("claimed.published.precision")
    match = next(((n, m) for n, p in _PRECISION if (m := p.fullmatch(date))), None)
    if match is None:
        return
    fitting, found = match
    if precision and precision != fitting:
        yield Problem(
            where="claimed.published.precision",
            rule="precision",
            what=f"is {shown(precision)}, but the date {date} has the precision {fitting}",
            fix=f"write {fitting}, and never a time that nobody stated",
        )
    zone = view.text("claimed.published.zone")
    offset = found.groupdict().get("offset")
    # A named zone (Europe/Kyiv) has the offset of its day; that is not looked up.
    if offset and zone and "/" not in zone and _offset(zone) != _offset(offset):
        yield Problem(
            where="claimed.published.zone",
            rule="zone",
            what=f"is {shown(zone)}, but the date says {offset}",
            fix=f"write {offset}",
        )
    if fitting == "unknown" and zone not in {"", "unknown"}:
        what = f"is {shown(zone)}, but the date is unknown"
        yield Problem(where="claimed.published.zone", rule="zone", what=what, fix="write unknown")


def _offset(zone: str) -> str:
    return "+00:00" if zone in {"Z", "UTC"} else zone


def _domain(view: View) -> Iterator[Problem]:
    url, domain = view.text("source.url"), view.text("outlet.domain")
    if not url or not domain:
        return
    try:
        registrable = registrable_domain(host_of(check_source_url(url)))
    except InvalidInput:
        return
    if same_domain(registrable, domain):
        return
    if any(entry.get("rel") in EXPLAINS_DOMAIN for _, entry in view.tables("related")):
        return
    yield Problem(
        where="outlet.domain",
        rule="domain",
        what=f"is {shown(domain)}, but the source stands under {shown(registrable)}",
        fix=f"write {registrable}, or explain it in related: {', '.join(EXPLAINS_DOMAIN)}",
    )


def _seed_text(view: View) -> Iterator[Problem]:
    name = view.text("seed_text.file")
    if name.lower() == "case.toml" or _RESERVED_FILES.fullmatch(name):
        what = f"{shown(name)} cannot be the name of a seed text"
        yield Problem(where="seed_text.file", rule="file", what=what, fix="call it seed.txt")
    stated = view.text("seed_text.sha256")
    if "seed_text" in view.document and view.text_at_hand and view.seed is None:
        what = "the seed text is missing"
        yield Problem(where="seed_text.file", rule="missing", what=what, fix="give it with --text")
    # A short text can be guessed from its bare digest: only a withheld one may be without it.
    withheld = view.text("seed_text.publish") == "withhold"
    if isinstance(view.at("seed_text"), dict) and not stated and not withheld:
        what = "is missing; only a withheld text may be without it"
        fix = f'add sha256 = "{view.seed.sha256}"' if view.seed else "add the digest of the file"
        yield Problem(where="seed_text.sha256", rule="required", what=what, fix=fix)
    if view.seed is None:
        return
    if "seed_text" not in view.document:
        what = "is missing, but there is a seed text"
        yield Problem(
            where="seed_text", rule="required", what=what, fix="add the table [seed_text]"
        )
    elif len(view.seed.passages) > MAX_PASSAGES:
        what = f"has {len(view.seed.passages)} paragraphs; at most {MAX_PASSAGES} are compared"
        yield Problem(where="seed_text.file", rule="passages", what=what, fix="take an excerpt")
    elif stated and stated != str(view.seed.sha256):
        yield Problem(
            where="seed_text.sha256",
            rule="digest",
            what=f"does not fit the text: expected {stated[:80]}, found {view.seed.sha256}",
            fix="put the right text back; or write what was found, if this is the right text",
        )


def _stance(view: View) -> Iterator[Problem]:
    folded = _folded(view.seed.text) if view.seed else ""
    for where, note in view.tables("stance"):
        scheme, label, quote = note.get("scheme"), note.get("label"), note.get("quote")
        labels = LABELS.get(scheme) if isinstance(scheme, str) else None
        if labels and isinstance(label, str) and label not in labels:
            yield Problem(
                where=f"{where}.label",
                rule="label",
                what=f"{shown(label)} is no label of {scheme}; it has {', '.join(labels)}",
                fix="take one of these, or another scheme",
            )
        if view.seed and isinstance(quote, str) and _folded(quote) not in folded:
            yield Problem(
                where=f"{where}.quote",
                rule="quote",
                what=f"{shown(quote)} does not stand in the seed text",
                fix="copy the words from the seed text exactly",
            )


def _folded(text: str) -> str:
    """The text with every run of white space as one blank."""
    return re.sub(f"[{BLANKS}]+", " ", text).strip(" ")


def _repeats(view: View) -> Iterator[Problem]:
    for name in ("topics", "keywords"):
        value = view.document.get(name)
        seen: set[str] = set()
        for n, word in enumerate(value if isinstance(value, list) else []):
            if isinstance(word, str) and word in seen:
                what = f"{shown(word)} stands here twice"
                yield Problem(where=f"{name}[{n}]", rule="repeat", what=what, fix="take one out")
            elif isinstance(word, str):
                seen.add(word)


def _final(view: View) -> Iterator[Problem]:
    for path, value in _OPEN:
        if view.at(path) == value:
            what = f"is {value}, which a final case may not hold"
            yield Problem(where=path, rule="final", what=what, fix="find it out, or keep the draft")
    for path, words in (
        ("stance", "at least one note on stance"),
        ("seed_text", "a seed text"),
        ("sensitivity.tlp", "a label of the Traffic Light Protocol"),
    ):
        if not view.at(path):
            what = f"is missing: a final case has {words}"
            yield Problem(where=path, rule="final", what=what, fix=f"add {path}, or keep the draft")

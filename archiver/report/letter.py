"""The letter on top of what is handed over: one page for a person who knows nothing of it yet.

What it says is said once, and rendered twice: as a page, and as plain text.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archiver.digest import Digest
from archiver.report.escape import terminal
from archiver.report.html.document import code, document, facts
from archiver.report.html.markup import Content, element
from archiver.report.html.summary import title_of
from archiver.report.sentences import cautions, from_where, headline, moment_words, stamp_sentence
from archiver.report.statements import limits
from archiver.report.subject import Subject

VERIFIER, REPORT, CHECKLIST, SUMS = "verify.html", "report.html", "checklist.md", "SHA256SUMS"
_OVERLOOKED, _UNPROVED = "Not to be overlooked", "What this does not prove"
_WIDTH = 78  # of the plain text
_LINE = 8  # groups of a number in one line


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What the letter says: `told` are facts by name, `first` the steps to take, `numbers` what is
    read by telephone, `files` what lies in the folder, by name."""

    title: str
    lead: str
    told: tuple[tuple[str, str], ...]
    first: tuple[str, ...]
    numbers: tuple[tuple[str, Digest], ...]
    cautions: tuple[str, ...]
    unproved: tuple[str, ...]
    files: tuple[tuple[str, str], ...]


def letter(subject: Subject, keys: Sequence[Digest], files: Sequence[tuple[str, str]]) -> Letter:
    """The letter on a package, signed by `keys` (their fingerprints), in a folder of `files`."""
    sealed = subject.sealed
    own, listed = f"{sealed.name}.", sealed.listed
    ledger = () if listed is None else (("Ledger key", listed.key.fingerprint),)
    return Letter(
        title=f"Evidence: {title_of(subject)}",
        lead="In this folder: what was seen at one web address, and all it takes to check it.",
        told=tuple(_told(subject, len(keys))),
        first=tuple(_first(signed=bool(keys), rebuilt=subject.report.rebuilt)),
        numbers=(
            *(("Key number", one) for one in keys),
            ("Package id", sealed.package.id),
            *ledger,
        ),
        cautions=tuple(cautions(subject)),
        unproved=tuple(limits(subject)),
        # Of a name that begins with the package's only the rest: it is long enough.
        files=tuple((f"….{n.removeprefix(own)}" if n.startswith(own) else n, w) for n, w in files),
    )


def _told(subject: Subject, keys: int) -> Iterator[tuple[str, str]]:
    yield "Claimed", _claimed(subject)
    yield "Asked for", subject.seen.source
    yield "Seen", headline(subject)
    clock = (
        "the clock of the capturing machine"
        if subject.seen.clock == "system"
        else "a clock that was set"
    )
    stamps = "".join(f" {stamp_sentence(one)}" for one in subject.stamps)
    yield "When", f"{moment_words(subject.seen.started)}, by {clock}.{stamps}"
    others = [one for one in subject.history if one.kind == "capture" and not one.own]
    if others:
        count = "Another capture" if len(others) == 1 else f"{len(others)} other captures"
        when = " and ".join(dict.fromkeys(moment_words(one.at) for one in (others[0], others[-1])))
        yield "Besides", f"{count} of this case ({when}), told in {REPORT}. Ask for them."
    by = from_where(subject)
    yield "By whom", f"{by[:1].upper()}{by[1:]}. {_signed_by(keys)}"


def _signed_by(keys: int) -> str:
    if keys == 0:
        return "Nobody signed it."
    return "One key signed it." if keys == 1 else f"{keys} keys signed it."


def _claimed(subject: Subject) -> str:
    said = subject.claimed
    title, outlet = said["claimed"].get("title", "unknown"), said["outlet"]["name"]
    date = said["claimed"]["published"]["date"]
    what = "a text" if "seed_text" in said else "something"
    if {title, outlet, date} == {"unknown"}:
        return f"That {what} stands at this address; no title, outlet or date is named."
    known = [what if title == "unknown" else f"“{title}”"]
    known += [] if outlet == "unknown" else [f"by {outlet}"]
    known += [] if date == "unknown" else [f"of {date}"]
    claimed = f"{', '.join(known)}. A person says so."
    return f"{claimed[:1].upper()}{claimed[1:]}"


def _first(*, signed: bool, rebuilt: bool) -> Iterator[str]:
    yield (
        f"Open {VERIFIER} in Chromium or Firefox, and drop all files of this folder into it. "
        "Nothing leaves your computer. It must say “Intact”."
    )
    ask = "Telephone whoever gave you this, at a number that you do not have from this folder. "
    if signed:
        # Of another version's package the page never says “verified”.
        due = "verified" if rebuilt else "the key whose number you typed"
        yield (
            f"{ask}Have the key number read to you, and type what you hear into {VERIFIER}. It "
            f"must say “{due}” then; before, anyone could have made all of this."
        )
    else:
        yield (
            f"{ask}Have the package id read to you, and type what you hear into {VERIFIER}. Nobody "
            "signed this package, so anyone could have made it: only that id, noted elsewhere, "
            "says that it is the one that was meant."
        )
    yield f"Read {REPORT}: the text passage by passage, and what the package shows and what not."
    yield f"An expert finds in {CHECKLIST} the commands that check all of it with common tools."


def grouped(number: Digest) -> tuple[str, ...]:
    """A number as it is read by telephone: groups of four, in lines."""
    groups = textwrap.wrap(number.hex, 4)
    return tuple(" ".join(groups[at : at + _LINE]) for at in range(0, len(groups), _LINE))


def as_page(one: Letter) -> bytes:
    """The letter as a page that runs nothing and asks nobody for anything."""
    numbers = [(name, _lines(grouped(number))) for name, number in one.numbers]
    head = element("header", element("h1", one.title), element("p", one.lead, class_="lead"))
    files = [element("li", code(name), f": {what}") for name, what in one.files]
    main = element(
        "main",
        facts((name, element("bdi", text)) for name, text in one.told),
        _part("What to do first", element("ol", [element("li", text) for text in one.first])),
        _part("The numbers", facts(numbers)),
        _list(_OVERLOOKED, one.cautions),
        _list(_UNPROVED, one.unproved),
        _part("The files", element("ul", files)),
    )
    return document(one.title, element("div", head, main, class_="letter"))


def _part(title: str, *content: Content) -> Content:
    return element("section", element("h2", title), content)


def _list(title: str, texts: Sequence[str]) -> Content:
    items = [element("li", element("bdi", text)) for text in texts]
    return _part(title, element("ul", items)) if items else None


def _lines(lines: Sequence[str]) -> Content:
    return [[code(text), element("br")] for text in lines]


def as_text(one: Letter) -> bytes:
    """The letter as plain text, in UTF-8, without a character that would not be seen."""
    title = terminal(one.title)
    lines = [title, "=" * min(len(title), _WIDTH), "", *_wrapped(one.lead), ""]
    for name, text in one.told:
        lines += _wrapped(terminal(text), first=f"{name + ':':<11}", then=" " * 11)
    lines += _heading("What to do first")
    for count, text in enumerate(one.first, start=1):
        lines += _wrapped(text, first=f"{count}. ", then="   ")
    lines += _heading("The numbers")
    for name, number in one.numbers:
        lines += [f"{name}:", *(f"    {groups}" for groups in grouped(number))]
    for heading, texts in ((_OVERLOOKED, one.cautions), (_UNPROVED, one.unproved)):
        lines += _heading(heading) if texts else []
        for text in texts:
            lines += _wrapped(terminal(text), first="- ", then="  ")
    lines += _heading("The files")
    for name, text in one.files:
        lines += _wrapped(text, first=f"- {terminal(name)}: ", then="  ")
    return "\n".join([*lines, ""]).encode()


def _heading(title: str) -> list[str]:
    return ["", title, "-" * len(title)]


def _wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=then,
        break_long_words=False,
        break_on_hyphens=False,
    )

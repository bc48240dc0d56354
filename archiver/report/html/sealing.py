"""The package as a thing: digests, checks, signatures, stamps, and who had it since."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.report.html.document import chip, code, facts, table
from archiver.report.html.markup import Content, element
from archiver.report.sentences import moment_words, signer_sentence
from archiver.report.subject import Subject
from archiver.report.words import accuracy_words
from archiver.verify.report import Stamped

_LAYERS = {
    "archive/data.warc": "observed",
    "evidence/capture.json": "observed",
    "evidence/claimed.json": "claimed",
    "evidence/seed.txt": "claimed",
    "evidence/assessed.json": "opinion",
}


def identity(subject: Subject) -> Content:
    """The package and its file, by number."""
    sealed = subject.sealed
    return facts(
        [
            ("Package id", code(str(sealed.package.id))),
            ("File", element("bdi", sealed.name)),
            ("SHA-256 of the file", code(str(sealed.digest))),
            ("Size", f"{sealed.size:,} octets"),
            ("Made by", element("bdi", subject.seen.software)),
            ("Verdict", element("bdi", _verdict(subject))),
        ]
    )


def _verdict(subject: Subject) -> str:
    cause = subject.report.cause
    return f"{subject.report.verdict}{f' ({cause})' if cause else ''}: as told above"


def checks(subject: Subject) -> Content:
    """Every check that was made."""
    rows: list[list[Content]] = [
        [one.name, chip(one.status, "good"), element("bdi", one.proves)]
        for one in subject.report.checks
    ]
    return table(
        "The checks of archiver verify, in order", ("Check", "Result", "What it shows"), rows
    )


def digests(subject: Subject) -> Content:
    """Every file in the package."""
    rows: list[list[Content]] = [
        [code(path), _LAYERS.get(path, "derived"), f"{one.size:,}", code(one.digest.hex)]
        for path, one in sorted(subject.sealed.package.exhibits.items())
    ]
    heads = ("File", "Layer", "Octets", "SHA-256")
    return table("Every file in the package, with its digest", heads, rows)


def signatures(subject: Subject) -> Content:
    """Whose keys signed."""
    signers = subject.report.signers
    if not signers:
        return element("p", "Nobody has signed the package or its file.")
    return element("ul", [element("li", element("bdi", signer_sentence(one))) for one in signers])


def stamps(subject: Subject) -> Content:
    """What time-stamp authorities say."""
    made = subject.report.stamps
    if not made:
        return element("p", "No time stamp stands beside the package.")
    return [facts(_stamp(one), "small") for one in made]


def _stamp(one: Stamped) -> Iterator[tuple[str, Content]]:
    stamp = one.stamp
    chosen = stamp.authority or "an authority that nobody here has chosen: it proves nothing here"
    yield "Time", f"{moment_words(stamp.at)}{accuracy_words(stamp)}"
    yield "Authority", element("bdi", chosen)
    yield "It calls itself", element("bdi", stamp.subject)
    yield "Over", element("bdi", one.renews or "the package file")
    yield "Its certificate ends", moment_words(stamp.until)
    yield "File", element("bdi", one.file)


_FIRST, _LAST = 50, 150  # lines of a ledger that are shown, where it has more
_GAPS = 50
_OWN = "this package"


def custody(subject: Subject, *, of_case: bool = False) -> Content:
    """What was done with the package and its case, as a ledger has it; `of_case` without a mark
    at this package's own lines."""
    told = subject.history
    left_out = max(0, len(told) - _FIRST - _LAST)
    rows: list[list[Content]] = [
        [
            moment_words(one.at),
            [element("bdi", one.what), None if of_case or not one.own else [" ", chip(_OWN)]],
            element("bdi", one.by),
            element("bdi", one.note),
        ]
        for one in (told[:_FIRST] + told[-_LAST:] if left_out else told)
    ]
    more = f" {left_out:,} lines between these are left out here." if left_out else ""
    wrong = (*subject.withdrawn, *subject.gaps)
    gaps = [element("li", element("bdi", one)) for one in wrong[:_GAPS]]
    if len(wrong) > _GAPS:
        gaps.append(element("li", f"and {len(wrong) - _GAPS:,} more"))
    return [
        element(
            "p",
            chip("declared"),
            " What the keeper of the ledger wrote when it happened. That nothing of it was changed "
            f"since, only a checkpoint can show that others hold (archiver log verify).{more}",
        ),
        table("Custody and later captures", ("When", "What", "By", "Note"), rows) if rows else None,
        [element("h3", "Missing or withdrawn"), element("ul", gaps)] if gaps else None,
    ]


def how_to_check(subject: Subject) -> Content:
    """What a stranger does, with this tool and without it."""
    return [
        element(
            "p",
            "This page is no evidence: it only reads the package aloud. Have the package file, its "
            "id from somebody else than whoever gave you the file, and check:",
        ),
        element(
            "ul",
            element("li", code("archiver verify FILE --id sha256:…"), " makes every check above."),
            element("li", code("archiver rebuild FILE"), " derives the package again."),
            element(
                "li",
                code("archiver export FILE --to checklist"),
                " writes the commands of standard tools that check it without archiver.",
            ),
            element("li", code("sha256sum FILE"), " must print ", code(subject.sealed.digest.hex)),
        ),
    ]

"""What a report says in its first lines, for a reader who has neither this tool nor its keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.attest.trust import Signer
from archiver.judge.clock import clock_offset
from archiver.judge.compare import Comparison
from archiver.report.subject import Subject
from archiver.report.words import (
    accuracy_words,
    change_kinds,
    clock_words,
    comparison_words,
    outcome_sentence,
)
from archiver.verify.report import Stamped

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def moment_words(moment: str) -> str:
    """`2026-03-14T12:00:00Z` as `14 March 2026, 12:00:00 UTC`."""
    date, _, time = moment.removesuffix("Z").partition("T")
    year, month, day = date.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}, {time} UTC"


def headline(subject: Subject) -> str:
    """The verdict in one sentence."""
    words = outcome_sentence(subject.outcome)
    return f"{words[:1].upper()}{words[1:]}; {text_clause(subject)}."


def text_clause(subject: Subject) -> str:
    """What became of the text, as the end of a sentence."""
    done = subject.comparison
    where = "its page" if subject.outcome.state == "captured" else "what it sent"
    match done.result:
        case "not-comparable":
            return f"the text was {comparison_words(done.result, done.reason)}"
        case "contained" if len(done.findings) == 1:
            return f"the one passage of the claimed text stands on {where}{_form(done)}"
        case "contained":
            count = len(done.findings)
            return (
                f"all {count} passages of the claimed text stand on {where}, in order{_form(done)}"
            )
        case _:
            return _counted(done, where)


def _form(done: Comparison) -> str:
    """What was passed over to find them."""
    if done.normalisation != "typographic":
        return ""
    return ", but for the form of quotes, dashes, dots and white space"


def _counted(done: Comparison, where: str) -> str:
    found, altered, missing = (done.count(word) for word in ("found", "altered", "missing"))
    if not altered and not missing:
        return f"all passages of the claimed text stand on {where}, but in another order"
    known = any(one.passage.text is not None for one in done.findings)
    some = [f"{altered} {_stand(altered)} there altered{_in_what(done)}"] if altered else []
    some += [f"{missing} {'do' if missing > 1 else 'does'} not"] if missing and found else []
    rest = "".join(f", {one}" for one in some)
    unseen = "" if known else " (only digests of the text are known)"
    count = len(done.findings)
    if not found:
        whole = "the one passage" if count == 1 else f"none of the {count} passages"
        does = "does not stand" if count == 1 else "stands"
        return f"{whole} of the claimed text {does} on {where}{rest}{unseen}"
    return (
        f"of {count} passages of the claimed text {found} {_stand(found)} on {where}{rest}{unseen}"
    )


def _in_what(done: Comparison) -> str:
    """In what the altered passages differ, as far as it is known."""
    altered = [one.nearest for one in done.findings if one.nearest is not None]
    kinds = change_kinds(change for one in altered for change in one.changes)
    return f" (in {kinds})" if kinds else ""


def _stand(count: int) -> str:
    return "stand" if count > 1 else "stands"


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One of the four findings of a verification. `kind` is `good`, `care` or `bad`; `word` says
    the same as a word."""

    of: str
    kind: str
    word: str
    words: str


def findings(subject: Subject) -> tuple[Told, ...]:
    """The four findings, each apart: they do not make up for one another."""
    whole = Told(
        of="The file",
        kind="good",
        word="intact",
        words="Every file in the package has the digest that its id stands for, and every record "
        "was read to its last octet.",
    )
    return (whole, _derived(subject), _signed(subject), _timed(subject))


def _derived(subject: Subject) -> Told:
    if subject.report.rebuilt:
        words = (
            "Outcome and comparison were derived again from what was recorded, by their published "
            "rules: the same octets came out."
        )
        return Told(of="The conclusions", kind="good", word="derived again", words=words)
    words = (
        f"Made by {subject.report.made_by}: the rules give the same outcome and comparison, but "
        "only that version can derive all of the package again."
    )
    return Told(of="The conclusions", kind="care", word="not all derived again", words=words)


def _signed(subject: Subject) -> Told:
    signers = subject.report.signers
    if not signers:
        words = (
            "Nobody signed it, so anyone could have made this file. Compare its id with one that "
            "was noted elsewhere."
        )
        return Told(of="Who vouches for it", kind="bad", word="unsigned", words=words)
    words = " ".join(signer_sentence(one) for one in signers)
    if subject.believed:
        return Told(of="Who vouches for it", kind="good", word="signed", words=words)
    revoked = any(one.standing == "revoked" for one in signers)
    word = "revoked key" if revoked else "unknown key"
    return Told(of="Who vouches for it", kind="bad" if revoked else "care", word=word, words=words)


def signer_sentence(one: Signer) -> str:
    """Whose key signed, for somebody who is not the person that trusts it."""
    where = "The package" if one.where is None else "The whole file, beside it,"
    key = f"the key {one.fingerprint}"
    match one.standing:
        case "own":
            return f"{where} is signed by {key}, held by whoever made this report ({one.name})."
        case "trusted":
            return (
                f"{where} is signed by {key}, which whoever made this report trusts as {one.name}."
            )
        case "revoked" if one.revoked is not None:
            good = "" if one.stamped is None else f" A time stamp saw it before, at {one.stamped}."
            return (
                f"{where} is signed by {key} ({one.name}), revoked since {one.revoked.since}: "
                f"{one.revoked.reason}.{good}"
            )
        case _:
            return (
                f"{where} is signed by {key}. Whoever made this report does not know whose it is: "
                "ask its holder for this number."
            )


def _timed(subject: Subject) -> Told:
    offset = clock_offset(subject.seen)
    clock = "No server told its time." if offset is None else f"Difference: {clock_words(offset)}."
    alarming = offset is not None and offset.alarming
    stamps = subject.stamps
    if not stamps:
        strange = any(one.stamp.authority is None for one in subject.report.stamps)
        beside = (
            " A stamp is there, by an authority that nobody here has chosen." if strange else ""
        )
        words = f"The time is that of the capturing machine's clock, which anyone can set. {clock}"
        kind, word = ("bad", "doubtful") if alarming else ("care", "own clock only")
        return Told(of="Since when", kind=kind, word=word, words=f"{words}{beside}")
    words = (
        f"{' '.join(stamp_sentence(one) for one in stamps)} The time of the capture itself is that "
        f"of the capturing machine's clock. {clock}"
    )
    kind, word = ("care", "stamped, clock doubtful") if alarming else ("good", "stamped")
    return Told(of="Since when", kind=kind, word=word, words=words)


def stamp_sentence(one: Stamped) -> str:
    """What an authority attests."""
    at = moment_words(one.stamp.at)
    return (
        f"{one.stamp.authority} attests that the file was there on {at}{accuracy_words(one.stamp)}."
    )


def cautions(subject: Subject) -> Iterator[str]:
    """What nobody may overlook who reads the first lines only."""
    seen = subject.seen
    yield from (f"Whoever keeps it has withdrawn it. {one}" for one in subject.withdrawn)
    if any(one.response and one.tls and not one.tls.verified for one in seen.of_source()):
        yield "The server did not prove who it is: its certificate did not hold."
    if seen.settings["proxy"] is not None:
        yield "It was asked through a proxy, so the source's own address is not known."
    response = subject.last.response
    if response is not None and response.truncated is not None:
        yield f"What came is cut off ({response.truncated}): the rest was not received."
    yield from _of_text(subject)
    if subject.report.said is not None and subject.report.said.not_default:
        options = ", ".join(subject.report.said.not_default)
        yield f"It was captured with options that can weigh: {options}. Ask why."
    if subject.report.amendments:
        last = subject.report.amendments[-1]
        yield f"Something was amended after the sealing, last on {moment_words(last.created)}."
    if subject.now.assessed["review"]["state"] == "draft":
        yield "The case is a draft: its claims have not been read by a second person."


def _of_text(subject: Subject) -> Iterator[str]:
    done = subject.comparison
    if done.within:
        yield (
            f"{_within(done.within)} within a longer paragraph of the page: read what stands "
            "before and behind."
        )
    if done.embedded in ("found", "partial"):
        yield "Text that is not on the screen stands in data for machines only, and is told apart."
    known = () if done.claims is None else [one.value for one in done.claims.titles_said]
    if done.title_found is False and subject.claimed["claimed"].get("title") not in known:
        yield "The claimed title does not stand on the page."
    date = None if done.claims is None else done.claims.published
    if date is not None and date.metadata == "other":
        yield "The page names another date of publication than the claimed one."


def _within(count: int) -> str:
    return "One passage stands" if count == 1 else f"{count} passages stand"


def who(parts: dict[str, str]) -> str:
    """What somebody says of themselves, in one line; nothing where they say nothing."""
    return ", ".join(part for part in parts.values() if part != "unknown")


def from_where(subject: Subject) -> str:
    """By whom and from where, as declared, in one line."""
    person = subject.seen.person
    by = who({"name": person.name, "organisation": person.organisation})
    at = who({"label": person.label, "network": person.network, "country": person.country})
    if not by and not at:
        return "nobody is named, and no place"
    return f"{by or 'nobody named'}, from {at or 'a place not named'} (as they say themselves)"

"""Objections to whoever captured: their key, their clock, their word."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.judge.clock import clock_offset
from archiver.moment import seconds
from archiver.report.cross.objection import AGAIN, Objection, place
from archiver.report.subject import Subject
from archiver.report.words import clock_words

LATE = 86_400  # seconds from the capture to its first stamp, from which they are remarked upon


def of_people(subject: Subject) -> Iterator[Objection]:
    """All of them, in the order in which they weigh."""
    yield from _signer(subject)
    yield from _time(subject)
    yield from _clock(subject)
    yield from _named(subject)
    if subject.now.assessed["review"]["state"] == "draft":
        yield Objection(
            code="case.draft",
            what="The claims are a draft that nobody has read a second time.",
            ground="The review of the case is still: draft.",
            cure="Complete case.toml, have a second person read it, and amend the package.",
            command="archiver amend PACKAGE archives/CASE",
        )
    if not subject.report.rebuilt:
        yield Objection(
            code="package.other_version",
            what="You did not derive all of the package again yourself.",
            ground=f"It was made by {subject.report.made_by}.",
            cure="Install that version beside this one, and rebuild the package with it.",
            command="archiver rebuild PACKAGE",
        )
    yield from _custody(subject)


def _signer(subject: Subject) -> Iterator[Objection]:
    signers = subject.report.signers
    if not signers:
        yield Objection(
            code="signer.none",
            what="Anyone could have made this file, at any time.",
            ground="The package is unsigned.",
            cure="Sign it; better, have somebody whose key the reader knows sign it too.",
            command="archiver sign PACKAGE",
        )
    elif not subject.believed:
        revoked = any(one.standing == "revoked" for one in signers)
        yield _strange(", ".join(str(one.fingerprint) for one in signers), revoked=revoked)
    elif not any(one.standing == "trusted" for one in signers):
        yield Objection(
            code="signer.own_only",
            what="You vouch for yourself: nobody else has seen this file.",
            ground="The only signature is by a key of your own.",
            cure="Have somebody else verify the package and sign it with their key.",
            command="archiver sign PACKAGE",
        )


def _strange(fingerprints: str, *, revoked: bool) -> Objection:
    if revoked:
        return Objection(
            code="signer.revoked",
            what="The key that signed is withdrawn: anyone may have it.",
            ground=f"Signed by {fingerprints}, which is revoked.",
            cure="Have somebody whose key is trusted sign the file as it is.",
            command="archiver sign PACKAGE",
        )
    return Objection(
        code="signer.unknown",
        what="Nobody knows whose key this is.",
        ground=f"Signed by {fingerprints}.",
        cure="Have this number from its holder by another way, then trust the key.",
        command="archiver key trust FILE --name NAME",
    )


def _time(subject: Subject) -> Iterator[Objection]:
    stamps = subject.stamps
    if not stamps:
        yield Objection(
            code="time.own_clock",
            what="You can have made this last night, with the clock set back.",
            ground="No time stamp of an authority that you chose is beside the package.",
            cure="Have the file stamped, by two authorities that do not depend on each other.",
            command="archiver stamp PACKAGE",
        )
        return
    first = min(seconds(one.stamp.at) for one in stamps)
    waited = first - seconds(subject.seen.ended)
    if waited > LATE:
        yield Objection(
            code="time.late_stamp",
            what="Between the capture and the time stamp you had days to make it up.",
            ground=f"The first stamp came {waited // 3600} hours after the capture.",
            cure="Capture once more and have it stamped at once; the two then support each other.",
            command=AGAIN,
        )


def _clock(subject: Subject) -> Iterator[Objection]:
    if subject.seen.clock != "system":
        yield Objection(
            code="time.clock_set",
            what="You set the clock by hand.",
            ground=f"The clock of the capture was: {subject.seen.clock}.",
            cure="Capture again by the machine's own clock (without SOURCE_DATE_EPOCH).",
            command=AGAIN,
        )
    offset = clock_offset(subject.seen)
    if offset is not None and offset.alarming:
        yield Objection(
            code="time.clock_off",
            what="Your clock was wrong, so every time in this is wrong.",
            ground=f"Difference: {clock_words(offset)}.",
            cure="Set the clock by a time server (NTP) and capture again.",
            command=AGAIN,
        )


def _custody(subject: Subject) -> Iterator[Objection]:
    gaps = subject.gaps
    if subject.withdrawn:
        yield Objection(
            code="custody.withdrawn",
            what="You took it back yourself.",
            ground=subject.withdrawn[0],
            cure="Show another capture; or, where the withdrawal was wrong, say so in the ledger.",
            command='archiver log add correct --line LOG/N --note "…"',
        )
    if not subject.history and not gaps:
        yield Objection(
            code="custody.none",
            what="You may have captured ten times, and kept the one that suits you.",
            ground="No ledger of captures stands where the package does.",
            cure="Leave the package in its archives folder, whose ledger tells of every capture.",
        )
    if gaps:
        more = f" {len(gaps) - 1:,} more in the report." if len(gaps) > 1 else ""
        yield Objection(
            code="custody.gap",
            what="Your own record says that something is missing, or was withdrawn.",
            ground=f"{gaps[0]}{more}",
            cure="Say in the record itself how it came to be, or what is right.",
            command='archiver log add note --line LOG/N --note "…"',
        )


def _named(subject: Subject) -> Iterator[Objection]:
    person = subject.seen.person
    if (person.name, person.organisation) == ("unknown", "unknown"):
        yield Objection(
            code="person.unnamed",
            what="Nobody can be asked how this was captured.",
            ground="The package names nobody.",
            cure="Name yourself in ~/.config/archiver/config.toml, [collector], and capture again.",
            command=AGAIN,
        )
    if set(place(person)) == {"unknown"}:
        yield Objection(
            code="vantage.unnamed",
            what="Nobody knows from where this was seen.",
            ground="The package names no place and no network.",
            cure="Name the place in ~/.config/archiver/config.toml, [vantage], and capture again.",
            command=AGAIN,
        )

"""Time stamps beside a package, each a check of its own, and what renews what."""

from __future__ import annotations

import datetime
import hashlib

import pytest

from archiver.attest.stamps import Bounds
from archiver.attest.tsp import write_request
from archiver.errors import Problem
from archiver.moment import spell
from archiver.verify.stamps import Beside, Sidecar, digests_of, examine_stamps, skipped, target
from tests.tsa import DAY, NOW, YEAR, Issued, Reply, chosen, clock, leaf, root

FILE = b"a sealed package"
THEN = int(NOW.timestamp())
FIRST, SECOND, THIRD = "x.wacz.one.tsr", "x.wacz.one.tsr.two.tsr", "x.wacz.one.tsr.two.tsr.one.tsr"
PROVES = "the file was there when a time-stamp authority says"
NOTHING = "it is over nothing that is here, or over a stamp that is refused"


def beside(now: int = THEN + 60, earliest: int = THEN - 60) -> Beside:
    return Beside(
        name="x.wacz",
        digests=digests_of(FILE),
        roots=chosen(),
        bounds=Bounds(earliest=earliest, now=now),
    )


def stamped(
    name: str,
    octets: bytes = FILE,
    *,
    at: datetime.datetime = NOW,
    lasts: datetime.timedelta = YEAR,
    by: Issued | None = None,
    nonce: int | None = None,
    keeps: bool = True,
) -> Sidecar:
    request = write_request(hashlib.sha256(octets).digest(), 7)
    signer = leaf("p256", by or root(), begins=at - DAY, ends=at + lasts)
    reply = Reply(signer=signer, time=clock(at), nonce=-1 if nonce is None else nonce)
    return Sidecar(name=name, response=reply.to(request), request=request if keeps else None)


def examined(
    *sidecars: Sidecar, now: int = THEN + 60, earliest: int = THEN - 60
) -> tuple[list[tuple[str, str]], list[tuple[str, str | None, bool]]]:
    checks, found = examine_stamps(sidecars, beside(now, earliest))
    assert {one.name for one in checks} <= {"stamp"}
    assert [one.status == "failed" for one in checks] == [bool(one.problems) for one in checks]
    said = [
        (one.status, one.proves if one.status == "passed" else one.problems[0].what)
        for one in checks
    ]
    return said, [(one.file, one.renews, one.ended) for one in found]


def there(over: str, file: str, at: datetime.datetime = NOW) -> tuple[str, str]:
    return "passed", f"{over} was there at {spell(int(at.timestamp()))}, says ours in {file}"


def test_one_that_is_sound() -> None:
    said, found = examined(stamped(FIRST))
    assert said == [there("x.wacz", FIRST)]
    assert found == [(FIRST, None, False)]


def test_by_an_authority_that_nobody_chose() -> None:
    said, found = examined(stamped(FIRST, by=root("Another Root")))
    assert said == [("passed", f"{FIRST} leads to no root that you have chosen: it proves nothing")]
    assert found == [(FIRST, None, False)]


def test_the_answer_to_another_request() -> None:
    """Told only where the request was kept."""
    (checks, found) = examine_stamps((stamped(FIRST, nonce=8),), beside())
    (one,) = checks
    assert (one.status, one.proves, found) == ("failed", PROVES, ())
    assert [(each.where, each.rule, each.what) for each in one.problems] == [
        (FIRST, "nonce", "the nonce is not that of the request")
    ]
    said, _ = examined(stamped(FIRST, nonce=8, keeps=False))
    assert said == [there("x.wacz", FIRST)]


def test_one_that_cannot_be_read() -> None:
    fault = Problem(where="there", rule="file", what="is a pipe")
    checks, found = examine_stamps((Sidecar(name=FIRST, response=b"", fault=fault),), beside())
    assert [(one.status, one.problems) for one in checks] == [("failed", (fault,))]
    assert found == ()


def test_over_other_octets() -> None:
    said, found = examined(stamped(FIRST, b"another file"))
    assert [status for status, _ in said] == ["failed"]
    assert found == []


@pytest.mark.parametrize(
    ("name", "known", "over"),
    [
        ("x.wacz.one.tsr", {"x.wacz"}, "x.wacz"),
        ("x.wacz.tsr", {"x.wacz"}, "x.wacz"),
        ("x.wacz.one.two.tsr", {"x.wacz"}, ""),
        (SECOND, {"x.wacz", FIRST}, FIRST),
        (SECOND, {"x.wacz"}, ""),
        ("y.wacz.one.tsr", {"x.wacz"}, ""),
    ],
)
def test_what_a_name_says_it_is_over(name: str, known: set[str], over: str) -> None:
    assert target(name, known) == over


def test_renewed_in_time() -> None:
    first = stamped(FIRST, lasts=30 * DAY)
    late = NOW + 20 * DAY
    second = stamped(SECOND, first.response, at=late, lasts=YEAR)
    after = int((NOW + 40 * DAY).timestamp())
    # In whatever order they are given.
    for given in ((first, second), (second, first)):
        said, found = examined(*given, now=after)
        assert said == [there("x.wacz", FIRST), there(FIRST, SECOND, late)]
        assert found == [(FIRST, None, False), (SECOND, FIRST, False)]
    assert examined(first, now=after)[1] == [(FIRST, None, True)]
    # To the very second of its certificate's end.
    ends = int((NOW + 30 * DAY).timestamp())
    assert examined(first, now=ends)[1] == [(FIRST, None, False)]
    assert examined(first, now=ends + 1)[1] == [(FIRST, None, True)]


def test_renewed_in_its_last_second_and_too_late() -> None:
    first = stamped(FIRST, lasts=30 * DAY)
    second = datetime.timedelta(seconds=1)
    after = int((NOW + 40 * DAY).timestamp())
    for late, ended in ((30 * DAY, False), (30 * DAY + second, True)):
        again = stamped(SECOND, first.response, at=NOW + late, lasts=YEAR)
        assert examined(first, again, now=after)[1] == [
            (FIRST, None, ended),
            (SECOND, FIRST, False),
        ]


def test_a_renewal_by_a_stranger_saves_nothing() -> None:
    first = stamped(FIRST, lasts=30 * DAY)
    second = stamped(SECOND, first.response, at=NOW + 20 * DAY, by=root("Another Root"))
    _, found = examined(first, second, now=int((NOW + 40 * DAY).timestamp()))
    assert found == [(FIRST, None, True), (SECOND, FIRST, False)]


def test_a_renewal_that_has_ended_itself() -> None:
    first = stamped(FIRST, lasts=30 * DAY)
    second = stamped(SECOND, first.response, at=NOW + 20 * DAY, lasts=20 * DAY)
    third = stamped(THIRD, second.response, at=NOW + 30 * DAY, lasts=YEAR)
    now = int((NOW + 50 * DAY).timestamp())
    assert examined(first, second, now=now)[1] == [(FIRST, None, True), (SECOND, FIRST, True)]
    assert examined(first, second, third, now=now)[1] == [
        (FIRST, None, False),
        (SECOND, FIRST, False),
        (THIRD, SECOND, False),
    ]


def test_a_renewal_from_before_the_stamp() -> None:
    """Its octets were not there yet."""
    first = stamped(FIRST, at=NOW, lasts=30 * DAY)
    second = stamped(SECOND, first.response, at=NOW - DAY)
    said, found = examined(first, second, earliest=THEN - 10 * 86_400)
    assert [status for status, _ in said] == ["passed", "failed"]
    assert found == [(FIRST, None, False)]


def test_a_renewal_of_what_is_refused() -> None:
    first = stamped(FIRST, b"another file")
    second = stamped(SECOND, first.response)
    checks, found = examine_stamps((first, second), beside())
    assert [(one.where, one.rule, one.what) for one in checks[1].problems] == [
        (SECOND, "stamp", NOTHING)
    ]
    assert found == ()


def test_after_a_refusal_none_is_judged() -> None:
    checks = skipped((stamped(FIRST), stamped(SECOND)))
    assert [(one.name, one.proves, one.status, one.problems) for one in checks] == [
        ("stamp", PROVES, "skipped", ())
    ] * 2

"""Damage of every kind at every place, by hand: hours of it, and none may be accepted.

`python -m tests.verify.sweep` flips every bit of every octet of each scene's package, cuts it
at every place, and puts octets in at every place. `python -m tests.verify.sweep STATE…` does so
for these. `python -m tests.verify.sweep --large N` flips N bits of a package of 50 MB, each at
random.
"""

from __future__ import annotations

import io
import socket
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from random import Random

from archiver.capture.deadline import Deadline
from archiver.capture.exchange import Limits, RawExchange, perform
from tests.case.right_case import URL
from tests.verify.scenes import DATE, SCENES, STATES, answer, connected, package, request, verdict
from tests.verify.test_damage import cuts, flips, insertions, refused

_LARGE = 50_000_000  # octets of the body


def sweep(state: str) -> tuple[str, int, float]:
    """Every flip, cut and insertion of one package: how many, and the slowest in
    seconds of a core."""
    octets, number, slowest = package(state), 0, 0.0
    for source in (flips(octets, tuple(range(8))), cuts(octets, 1), insertions(octets, 1)):
        for changed in source:
            begun = time.process_time()
            refused(changed)
            slowest = max(slowest, time.process_time() - begun)
            number += 1
    return state, number, slowest


def large() -> bytes:
    """A package of 50 MB: its page has that many octets."""
    body = answer("<p>" + "All of it is evidence. " * (_LARGE // 23))
    ours, theirs = socket.socketpair()
    one = RawExchange(role="source", url=URL, attempt=1, date=DATE, connection=connected(URL, ours))
    with theirs, ThreadPoolExecutor(1) as pool:
        pool.submit(theirs.sendall, body)
        limits = Limits(max_octets=2 * _LARGE, seconds=60)
        perform(one, request(URL), limits, Deadline(60))
    out = io.BytesIO()
    SCENES["captured"].built([one]).write(out)
    return out.getvalue()


def flipped(numbers: range) -> tuple[int, float]:
    """One bit of the large package changed at random for each number."""
    octets, slowest = bytearray(large()), 0.0
    for number in numbers:
        random = Random(number)
        at, bit = random.randrange(len(octets)), 1 << random.randrange(8)
        octets[at] ^= bit
        begun = time.process_time()
        report = verdict(octets)
        slowest = max(slowest, time.process_time() - begun)
        assert report.verdict == "refused" or (at < 4 and report.verdict == "unreadable"), at
        octets[at] ^= bit
    assert verdict(octets).verdict == "untrusted"
    return len(numbers), slowest


def main(words: list[str]) -> None:
    """Run it over all cores."""
    begun = time.monotonic()
    with ProcessPoolExecutor() as pool:
        if words[:1] == ["--large"]:
            last = int(words[1])
            parts = [range(at, min(last, at + 500)) for at in range(0, last, 500)]
            done = [("50 MB", *one) for one in pool.map(flipped, parts)]
        else:
            done = []
            for one in pool.map(sweep, words or STATES):
                print(f"{one[0]}: {one[1]} refused, the slowest in {one[2]:.3f} s", flush=True)
                done.append(one)
    total, slowest = sum(one[1] for one in done), max(one[2] for one in done)
    print(f"{total} changed packages, all refused, in {time.monotonic() - begun:.0f} s;", end=" ")
    print(f"the slowest took {slowest:.3f} s")


if __name__ == "__main__":
    main(sys.argv[1:])

"""A package with one wrong octet, one too few or one too many: refused, fast, never a crash."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.package.derive import DATAPACKAGE, MEDIA_TYPES
from tests.verify import fuzz
from tests.verify.forge import opened, sealed, zipped
from tests.verify.scenes import STATES, package, verdict


def refused(octets: bytes) -> None:
    report = verdict(octets)
    marked = octets.startswith(b"PK\x03\x04") or b"PK\x05\x06" in octets[-65_557:]
    assert report.verdict == ("refused" if marked else "unreadable")
    assert int(report.exit) == (3 if marked else 4)


def flips(octets: bytes, bits: tuple[int, ...]) -> Iterator[bytes]:
    changed = bytearray(octets)
    for at in range(len(octets)):
        for bit in bits:
            changed[at] ^= 1 << bit
            yield bytes(changed)
            changed[at] ^= 1 << bit


def cuts(octets: bytes, step: int) -> Iterator[bytes]:
    for at in range(0, len(octets), step):
        yield octets[:at]


def insertions(octets: bytes, step: int) -> Iterator[bytes]:
    """A zero, a line's end, a byte of no text, or what stands there once more."""
    for at in range(0, len(octets) + 1, step):
        for new in {b"\0", b"\n", b"\xff", octets[at : at + 1] or b"P"}:
            yield octets[:at] + new + octets[at:]


def test_one_flip_in_every_octet() -> None:
    octets = package("unreachable")
    begun = time.monotonic()
    for number, changed in enumerate(flips(octets, (0,))):
        # Another bit each time, so that all eight come up everywhere in a header.
        if number % 8:
            bit = 1 ^ 1 << number % 8
            changed = changed[:number] + bytes([changed[number] ^ bit]) + changed[number + 1 :]
        refused(changed)
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize("state", STATES)
def test_cuts_and_insertions(state: str) -> None:
    for changed in (*cuts(package(state), 97), *insertions(package(state), 97)):
        refused(changed)


def test_every_cut_of_a_start_and_an_end() -> None:
    octets = package("captured")
    for changed in (*cuts(octets[:200], 1), *(octets[:-n] for n in range(1, 200))):
        refused(changed)


EDITS: tuple[Callable[[bytes, bytes], bytes], ...] = (
    lambda octets, piece: octets + piece,
    lambda octets, piece: piece + octets,
    lambda octets, piece: octets * 2,
    lambda octets, piece: octets[len(octets) // 2 :],
    lambda octets, piece: octets[:-1],
    lambda octets, piece: octets[: len(octets) // 3] + piece + octets[len(octets) // 3 :],
    lambda octets, piece: octets.replace(b"1", b"18446744073709551615", 1),
    lambda octets, piece: octets.replace(b"null", b"{}"),
    lambda octets, piece: octets.replace(b'"', b"", 1),
    lambda octets, piece: octets.replace(b": ", b": " + piece, 1),
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A package with files edited, flipped, exchanged or copied, all digests right again."""
    files = opened(package(draw(st.sampled_from(STATES))))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(set(files) & (set(MEDIA_TYPES) | {DATAPACKAGE}))))
        octets = files[path]
        kind = draw(st.sampled_from(["edit", "flip", "take", "digits"]))
        if kind == "edit":
            edit = draw(st.sampled_from(EDITS))
            octets = edit(octets, draw(st.binary(max_size=6)))
        elif kind == "take":
            octets = files[draw(st.sampled_from(sorted(files)))]
        elif octets:
            at = draw(st.integers(0, len(octets) - 1))
            new = draw(st.sampled_from(b'0189-"{}[],:\x00\xff a')) if kind == "digits" else 0
            octets = octets[:at] + bytes([new or octets[at] ^ 4]) + octets[at + 1 :]
        files[path] = octets
    try:
        return sealed(files)
    except ValueError:  # datapackage.json itself is no JSON any more
        return zipped(files)


@settings(max_examples=300, deadline=2000)
@given(mutated())
def test_any_mutation_ends_in_a_report(octets: bytes) -> None:
    report = verdict(octets)
    assert report.verdict in ("refused", "untrusted")
    assert (report.verdict == "untrusted") == (report.cause is not None)


@settings(max_examples=300, deadline=2000)
@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
def test_any_octets_end_in_a_report(octets: bytes) -> None:
    refused(octets)


def test_changed_by_somebody_who_knows_the_format() -> None:
    became, slowest, _ = fuzz.run(range(600))
    # They get as far as the last check, and some are no forgeries but other captures.
    assert {"container", "manifest", "warc", "documents", "agreement", "derivation"} <= set(became)
    assert slowest[0] < 2

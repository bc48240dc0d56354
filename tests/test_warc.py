"""WARC framing: written octet-exactly, read only as it is written."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archiver import warc
from archiver.digest import Digest
from archiver.errors import InvalidInput

CAPTURE = Digest.of(b"a capture")
DATE = "2026-03-14T12:00:00Z"


def written(*blocks: bytes, kind: str = "resource", **fields: object) -> bytes:
    out = io.BytesIO()
    for number, block in enumerate(blocks):
        draft = warc.Draft(
            type=kind,
            date=DATE,
            content_type="text/plain",
            length=len(block),
            block_digest=Digest.of(block),
            uri=f"urn:x:{number}",
            **fields,  # type: ignore[arg-type]
        )
        identity = warc.record_id(CAPTURE, draft, number)
        warc.write(out, draft, identity, [block], (identity,) if number else ())
    return out.getvalue()


def read(octets: bytes) -> list[warc.Record]:
    return list(warc.read(io.BytesIO(octets)))


@given(st.lists(st.binary(max_size=50), max_size=4))
def test_any_blocks_come_back(blocks: list[bytes]) -> None:
    octets = written(*blocks)
    file = io.BytesIO(octets)
    records = list(warc.read(file))
    assert [b"".join(warc.blocks(file, one)) for one in records] == blocks
    assert sum(one.size for one in records) == len(octets)
    for one in records:
        own = octets[one.offset : one.offset + one.size]
        assert one.record_digest == Digest.of(own)
        assert own[one.block - one.offset :][: one.length] == b"".join(warc.blocks(file, one))


def heard(octets: bytes) -> tuple[list[warc.Record], bytes]:
    """The records, and what a listener hears of their blocks."""
    pieces: list[bytes] = []
    return list(warc.read(io.BytesIO(octets), lambda _: pieces.append)), b"".join(pieces)


LONG = bytes(range(256)) * (20 << 10)  # 5 MiB: its digests are taken by other threads


def test_a_long_block_is_read_as_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    octets = written(b"a", LONG, b"", LONG[:-1], b"b")
    made = []
    for longer in (1 << 20, 1 << 40):
        monkeypatch.setattr(warc, "_LONG", longer)
        made.append(heard(octets))
    assert made[0] == made[1]
    assert made[0][1] == b"a" + LONG + LONG[:-1] + b"b"
    second = made[0][0][1]
    assert second.record_digest == Digest.of(octets[second.offset :][: second.size])


@pytest.mark.parametrize(
    "broken",
    [
        lambda octets: octets[: len(octets) // 2],
        lambda octets: octets[:-4] + b"\r\n\r ",
        lambda octets: octets[:-5] + b"x\r\n\r\n",
    ],
)
def test_a_long_block_that_is_wrong_is_refused_and_leaves_no_thread(
    broken: Callable[[bytes], bytes],
) -> None:
    before = threading.active_count()
    with pytest.raises(InvalidInput):
        read(broken(written(LONG)))
    assert threading.active_count() == before


def test_warcio_reads_the_same() -> None:
    blocks = [b"", b"WARC/1.1\r\n\r\n", b"\r\n\r\n", bytes(range(256))]
    theirs = [
        (one.rec_headers.get_header("WARC-Record-ID"), one.raw_stream.read())
        for one in ArchiveIterator(io.BytesIO(written(*blocks)), no_record_parse=True)
    ]
    assert theirs == [
        (f"<{one.id}>", b) for one, b in zip(read(written(*blocks)), blocks, strict=True)
    ]


def test_ids_are_version_8_and_follow_from_content() -> None:
    first, second = read(written(b"a", b"a"))
    assert first.id != second.id
    assert first.id == read(written(b"a"))[0].id
    assert first.id != read(written(b"b"))[0].id
    for one in (first.id, second.id):
        assert (one[23], one[28]) == ("8", one[28])
        assert one[28] in "89ab"


def test_a_block_of_another_length_is_never_written() -> None:
    draft = warc.Draft(
        type="resource", date=DATE, content_type="x/y", length=2, block_digest=Digest.of(b"a")
    )
    with pytest.raises(AssertionError):
        warc.write(io.BytesIO(), draft, warc.uuid8(CAPTURE), [b"a"])


GOOD = written(b"some octets", b"more of them")


def test_every_flip_cut_and_insertion_is_refused() -> None:
    whole = [one.offset for one in read(GOOD)]
    for at in range(len(GOOD)):
        for changed in (
            GOOD[:at] + bytes([GOOD[at] ^ 1]) + GOOD[at + 1 :],
            GOOD[:at] + b"\0" + GOOD[at:],
            GOOD[:at] if at not in whole else b"x",
        ):
            try:
                records = read(changed)
            except InvalidInput:
                continue
            # A flip in a URI or a date is framing still; other checks see it.
            assert changed != GOOD
            assert [one.block_digest for one in records] == [one.block_digest for one in read(GOOD)]
            assert [one.record_digest for one in records] != [
                one.record_digest for one in read(GOOD)
            ]


def changed(old: str, new: str) -> Callable[[], bytes]:
    assert old.encode() in GOOD
    return lambda: GOOD.replace(old.encode(), new.encode(), 1)


REFUSED: dict[str, Callable[[], bytes]] = {
    "not-warc": lambda: b"hello",
    "version": changed("WARC/1.1", "WARC/1.0"),
    "version-unknown": changed("WARC/1.1", "WARC/9.9"),
    "gzip": lambda: b"\x1f\x8b\x08" + GOOD,
    "leading": lambda: b"\r\n" + GOOD,
    "trailing": lambda: GOOD + b"\r\n",
    "bare-lf": changed("WARC-Type: resource\r\n", "WARC-Type: resource\n"),
    "bare-cr": changed("WARC-Type: resource\r\n", "WARC-Type: resource\r"),
    "fold": changed("urn:x:0", "urn:x\r\n :0"),
    "no-blank": changed("WARC-Type: resource", "WARC-Type:resource"),
    "two-blanks": changed("WARC-Type: resource", "WARC-Type:  resource"),
    "blank-end": changed("WARC-Type: resource\r", "WARC-Type: resource \r"),
    "name-case": changed("WARC-Type", "warc-type"),
    "unknown-field": changed("Content-Type", "X-Hidden: 1\r\nContent-Type"),
    "no-colon": changed("WARC-Type: resource", "WARC-Type resource"),
    "nul": changed("urn:x:0", "urn:x\0:0"),
    "non-ascii": changed("urn:x:0", "urn:x:é"),
    "duplicate": changed("WARC-Date: ", f"WARC-Date: {DATE}\r\nWARC-Date: "),
    "order": changed(
        f"WARC-Date: {DATE}\r\nWARC-Target-URI: urn:x:0\r\n",
        f"WARC-Target-URI: urn:x:0\r\nWARC-Date: {DATE}\r\n",
    ),
    "revisit": changed("resource", "revisit"),
    "conversion": changed("resource", "conversion"),
    "no-type": changed("WARC-Type: resource\r\n", ""),
    "no-digest": lambda: GOOD.replace(b"WARC-Block-Digest", b"WARC-Payload-Digest", 1),
    "sha1": changed("Digest: sha256:", "Digest: sha1:"),
    "upper-hex": lambda: GOOD.replace(
        str(Digest.of(b"some octets")).encode(),
        b"sha256:" + Digest.of(b"some octets").hex.upper().encode(),
    ),
    "digest": lambda: GOOD.replace(b"some octets", b"Some octets"),
    "payload-digest": changed("WARC-Block", f"WARC-Payload-Digest: {'0' * 64}\r\nWARC-Block"),
    "length-short": changed("Length: 11", "Length: 10"),
    "length-long": changed("Length: 11", "Length: 12"),
    "length-negative": changed("Length: 11", "Length: -1"),
    "length-plus": changed("Length: 11", "Length: +11"),
    "length-zero": changed("Length: 11", "Length: 011"),
    "length-huge": changed("Length: 11", f"Length: {1 << 32}"),
    "length-huger": changed("Length: 11", f"Length: {10**17}"),
    "length-hugest": changed("Length: 11", f"Length: {10**400}"),
    "length-missing": changed("Content-Length: 11\r\n", ""),
    "id": changed("<urn:uuid:", "<urn:uuis:"),
    "id-bare": changed("<urn:uuid:", "urn:uuid:"),
    "id-version": lambda: GOOD.replace(b"-8", b"-4", 1),
    "line-1mb": changed("urn:x:0", "urn:x:" + "0" * (1 << 20)),
    "lines-100k": lambda: b"WARC/1.1\r\n" + b"WARC-Concurrent-To: <x>\r\n" * 100_000,
    "line-endless": lambda: b"WARC/1.1\r\n" + b"x" * (8 << 20),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_writer_would_not_write(name: str) -> None:
    octets = REFUSED[name]()
    assert octets != GOOD
    begun = time.monotonic()
    with pytest.raises(InvalidInput):
        read(octets)
    assert time.monotonic() - begun < 1


def test_too_many_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORDS", 2)
    assert len(read(written(b"a", b"b"))) == 2
    with pytest.raises(InvalidInput, match="more records"):
        read(written(b"a", b"b", b"c"))


@settings(max_examples=200)
@given(st.binary(max_size=200).map(lambda tail: b"WARC/1.1\r\n" + tail) | st.binary(max_size=200))
def test_any_octets_are_records_or_one_fault(octets: bytes) -> None:
    try:
        read(octets)
    except InvalidInput:
        return
    assert octets == b""

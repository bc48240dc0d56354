"""ZIP files that another reader might take for the package, or read otherwise (SECURITY Z)."""

from __future__ import annotations

import gzip
import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from archiver.package import container
from tests.verify.forge import opened
from tests.verify.scenes import failed, package, verdict

Change = Callable[[bytes], bytes]
GOOD = package("captured")
ENTRIES = container.read(io.BytesIO(GOOD))
FIRST = ENTRIES[0]
CENTRAL = GOOD.index(b"PK\x01\x02")
END = len(GOOD) - 22
# Offsets of the fields in the two headers of an entry (APPNOTE 4.3.7, 4.3.12).
FIELDS = {
    "version": (4, 6),
    "flags": (6, 8),
    "method": (8, 10),
    "time": (10, 12),
    "date": (12, 14),
    "crc": (14, 16),
    "compressed": (18, 20),
    "size": (22, 24),
    "name-length": (26, 28),
    "extra-length": (28, 30),
}


def put(at: int, new: bytes) -> bytes:
    return GOOD[:at] + new + GOOD[at + len(new) :]


def both(field: str, value: int) -> bytes:
    """A field changed in both headers of the first entry."""
    local, central = FIELDS[field]
    form = "<I" if field in ("crc", "compressed", "size") else "<H"
    octets = bytearray(GOOD)
    octets[local : local + struct.calcsize(form)] = struct.pack(form, value)
    at = CENTRAL + central
    octets[at : at + struct.calcsize(form)] = struct.pack(form, value)
    return bytes(octets)


def comment(octets: bytes) -> bytes:
    return GOOD[:-2] + struct.pack("<H", len(octets)) + octets


def moved(by: int, before: bytes) -> bytes:
    """Octets in front, and every offset right again."""
    octets = bytearray(before + GOOD)
    at = CENTRAL + by
    for one in ENTRIES:
        (old,) = struct.unpack_from("<I", octets, at + 42)
        struct.pack_into("<I", octets, at + 42, old + by)
        at += 46 + len(one.path)
    struct.pack_into("<I", octets, len(octets) - 6, CENTRAL + by)
    return bytes(octets)


def gap(at: int) -> bytes:
    """Octets that no entry owns, between the entries and the directory or behind it."""
    octets = bytearray(GOOD[:at] + b"hidden" + GOOD[at:])
    if at <= CENTRAL:
        struct.pack_into("<I", octets, len(octets) - 6, CENTRAL + 6)
    return bytes(octets)


def written(method: int = zipfile.ZIP_STORED, **fields: object) -> bytes:
    """The same files by Python's own writer, every field of an entry as ours but those given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for path, octets in opened(GOOD).items():
            entry = zipfile.ZipInfo(path)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = method
            for name, value in fields.items():
                setattr(entry, name, value)
            made.writestr(entry, octets)
    return out.getvalue()


def renamed(new: str, old: str = "evidence/outcome.json") -> bytes:
    """One entry under another name of the same length, in both headers."""
    assert len(new.encode("latin-1")) == len(old)
    return GOOD.replace(old.encode(), new.encode("latin-1"))


def raw(*entries: tuple[bytes, bytes]) -> bytes:
    """A ZIP of our own form with any names in any order."""
    files, central = bytearray(), bytearray()
    for name, octets in entries:
        crc, size = zlib.crc32(octets), len(octets)
        common = struct.pack("<HHHHHIII", 20, 0, 0, 0, 0x21, crc, size, size)
        central += b"PK\x01\x02" + struct.pack("<H", 0x0314) + common
        central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0o100644 << 16, len(files)) + name
        files += b"PK\x03\x04" + common + struct.pack("<HH", len(name), 0) + name + octets
    end = struct.pack("<HHHHIIH", 0, 0, len(entries), len(entries), len(central), len(files), 0)
    return files + central + b"PK\x05\x06" + end


def named(*names: bytes) -> bytes:
    return raw(*((name, b"x") for name in names))


def data_descriptor() -> bytes:
    octets = bytearray(both("flags", 8))
    end = 30 + len(FIRST.path) + FIRST.size
    octets[end:end] = b"PK\x07\x08" + struct.pack("<III", FIRST.crc32, FIRST.size, FIRST.size)
    return bytes(octets)


def reordered() -> bytes:
    files = opened(GOOD)
    return raw(*((path.encode(), files[path]) for path in reversed(files)))


def central(change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """The headers of the directory, each whole, changed; count and size are right again."""
    headers = re.findall(rb"PK\x01\x02.{42}[a-z0-9._/-]+", GOOD[CENTRAL:END], re.S)
    assert b"".join(headers) == GOOD[CENTRAL:END]
    made = change(headers)
    directory = b"".join(made)
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, len(made), len(made), len(directory), CENTRAL, 0
    )
    return GOOD[:CENTRAL] + directory + end


def with_offset(header: bytes, offset: int) -> bytes:
    return header[:42] + struct.pack("<I", offset) + header[46:]


def twice(*, same: bool) -> bytes:
    """One name twice, once with other octets, all else right."""
    files = [(path.encode(), octets) for path, octets in opened(GOOD).items()]
    path, octets = files[0]
    return raw((path, octets if same else b"other"), *files)


def bomb() -> bytes:
    """200 MB of nothing, deflated to 200 KB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("archive/data.warc", bytes(200_000_000))
    return out.getvalue()


def overlapping() -> bytes:
    """A thousand entries, all with the octets of one (CVE-2019-13232)."""
    body = bytes(100_000)
    common = struct.pack("<HHHHHIII", 20, 0, 0, 0, 0x21, zlib.crc32(body), len(body), len(body))
    start = b"PK\x03\x04" + common + struct.pack("<HH", 6, 0) + b"000000" + body
    headers = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 0x0314) + common
        + struct.pack("<HHHHHII", 6, 0, 0, 0, 0, 0o100644 << 16, 0) + b"%06d" % number
        for number in range(1000)
    )  # fmt: skip
    end = struct.pack("<HHHHIIH", 0, 0, 1000, 1000, len(headers), len(start), 0)
    return start + headers + b"PK\x05\x06" + end


def quoted() -> bytes:
    """An entry inside the octets of another one (CVE-2024-0450)."""
    files = [(path.encode(), octets) for path, octets in opened(GOOD).items()]
    inner = raw((b"evidence/outcome.json", b"{}"))[:53]
    return raw((files[0][0], files[0][1] + inner), *files[1:])


NAMES = {
    "traversal": b"../x",
    "traversal-inside": b"a/../../x",
    "absolute": b"/etc/passwd",
    "backslash": b"evidence\\x",
    "drive": b"c:/x",
    "unc": b"//host/x",
    "dot": b"./x",
    "dots": b"a/./x",
    "double-slash": b"evidence//x",
    "stream": b"x.json:ads",
    "trailing-blank": b"x ",
    "trailing-slash": b"evidence/",
    "empty": b"",
    "long": b"x" * 60_000,
    "deep": b"a/" * 2000 + b"x",
    "nul": b"x\0.json",
    "escape": b"\x1b[31mx",
    "newline": b"x\ny",
    "rtl": "x\u202ey".encode(),
    "not-utf8": b"\xff\xfe",
    "upper": b"Evidence/capture.json",
    "three-deep": b"a/b/c.json",
    "hidden": b".x",
    "device-upper": b"CON",
    "device": b"con.txt",
    "device-in-folder": b"logs/nul.json",
    "trailing-dot": b"x.json.",
    "dot-dot-only": b"..",
    "blank": b" ",
    "tilde": b"~/x",
    "dollar": b"$home",
    "dash": b"-rf",
    "percent": b"%2e%2e/x",
    "nfc": "evidence/\u00e9.json".encode(),
    "nfd": "evidence/e\u0301.json".encode(),
    "full-width": "evidence/\uff41.json".encode(),
    "zero-width": "evidence/capture\u200b.json".encode(),
    "cyrillic": "evid\u0435nce/capture.json".encode(),
    "long-201": b"x" * 201,
    "carriage-return": b"x\ry",
    "bell": b"x\x07y",
    "c1": b"x\x9by",
    "del": b"x\x7fy",
    "question": b"x?y",
    "star": b"*",
    "pipe": b"x|y",
    "quote": b'x"y',
    "colon": b"con:",
    "git": b".git/config",
    "empty-folder": b"/x",
}

FORMS: dict[str, Callable[[], bytes]] = {
    "prefix": lambda: b"x" + GOOD,
    "prefix-pdf": lambda: moved(9, b"%PDF-1.7\n"),
    "prefix-shell": lambda: moved(10, b"#!/bin/sh\n"),
    "suffix": lambda: GOOD + b"\0",
    "suffix-long": lambda: GOOD + b"\0" * 70_000,
    "comment": lambda: comment(b"hello"),
    "comment-with-an-end": lambda: comment(GOOD[END:]),
    "twice": lambda: GOOD + GOOD,
    "two-ends": lambda: GOOD + GOOD[END:],
    "two-directories": lambda: GOOD + GOOD[CENTRAL:],
    "no-directory": lambda: GOOD[:CENTRAL],
    "no-end": lambda: GOOD[:END],
    "only-an-end": lambda: b"PK\x05\x06" + bytes(18),
    "gap-before-directory": lambda: gap(CENTRAL),
    "gap-before-end": lambda: gap(END),
    "gap-between-entries": lambda: gap(30 + len(FIRST.path) + FIRST.size),
    "deflated": lambda: written(zipfile.ZIP_DEFLATED),
    "bzip2": lambda: written(zipfile.ZIP_BZIP2),
    "lzma": lambda: written(zipfile.ZIP_LZMA),
    "method-deflate-lie": lambda: both("method", 8),
    "method-unknown": lambda: both("method", 99),
    "encrypted": lambda: both("flags", 1),
    "utf-8-flag": lambda: both("flags", 1 << 11),
    "data-descriptor": data_descriptor,
    "version": lambda: both("version", 45),
    "date": lambda: both("date", 0x22),
    "time": lambda: both("time", 1),
    "crc": lambda: both("crc", 0),
    "size": lambda: both("size", FIRST.size - 1),
    "size-zero": lambda: both("size", 0),
    "size-4gib": lambda: both("size", 0xFFFFFFFE),
    "size-zip64": lambda: both("size", 0xFFFFFFFF),
    "compressed": lambda: both("compressed", FIRST.size - 1),
    "sizes-4gib": lambda: put(18, struct.pack("<II", 0xFFFFFFFE, 0xFFFFFFFE)),
    "local-only-date": lambda: put(12, b"\x22"),
    "local-only-name": lambda: put(30, b"brchive"),
    "central-only-name": lambda: put(CENTRAL + 46, b"brchive"),
    "central-only-size": lambda: put(CENTRAL + 24, b"\0\0\0\0"),
    "central-only-crc": lambda: put(CENTRAL + 16, b"\0\0\0\0"),
    "central-offset": lambda: put(CENTRAL + 42, b"\1"),
    "symlink": lambda: put(CENTRAL + 38, struct.pack("<I", 0o120777 << 16)),
    "setuid": lambda: put(CENTRAL + 38, struct.pack("<I", 0o104755 << 16)),
    "folder-mode": lambda: put(CENTRAL + 38, struct.pack("<I", 0o040755 << 16 | 0x10)),
    "made-by-dos": lambda: put(CENTRAL + 4, struct.pack("<H", 0x0014)),
    "internal-text": lambda: put(CENTRAL + 36, b"\1"),
    "disk": lambda: put(CENTRAL + 34, b"\1"),
    "extra-length": lambda: both("extra-length", 4),
    "extra-field": lambda: written(extra=b"\x99\x99\x04\x00abcd"),
    "extra-zip64": lambda: written(extra=b"\x01\x00\x10\x00" + bytes(16)),
    "extra-unicode-path": lambda: written(extra=b"up\x06\x00\x01abcde"),
    "entry-comment": lambda: written(comment=b"hello"),
    "python-with-times": lambda: written(date_time=(2026, 3, 14, 12, 0, 0)),
    "end-count-low": lambda: put(END + 10, b"\1\0"),
    "end-count-high": lambda: put(END + 10, b"\xff\0"),
    "end-count-disk": lambda: put(END + 8, b"\1\0"),
    "end-size": lambda: put(END + 12, b"\1"),
    "end-offset": lambda: put(END + 16, b"\1"),
    "end-disk": lambda: put(END + 4, b"\1"),
    "end-zip64": lambda: put(END + 8, b"\xff" * 12),
    "zip64-records": lambda: (
        GOOD[:END]
        + b"PK\x06\x06"
        + struct.pack("<Q", 44)
        + bytes(44)
        + b"PK\x06\x07"
        + bytes(16)
        + GOOD[END:]
    ),
    "local-only-method": lambda: put(8, b"\x08"),
    "local-only-size": lambda: put(22, b"\0\0\0\0"),
    "local-only-crc": lambda: put(14, b"\0\0\0\0"),
    "local-only-flags": lambda: put(6, b"\x01"),
    "local-only-version": lambda: put(4, b"\x2d"),
    "central-only-method": lambda: put(CENTRAL + 10, b"\x08"),
    "central-only-flags": lambda: put(CENTRAL + 8, b"\x08"),
    "central-only-date": lambda: put(CENTRAL + 14, b"\x22"),
    "central-one-less": lambda: central(lambda found: found[1:]),
    "central-last-less": lambda: central(lambda found: found[:-1]),
    "central-none": lambda: central(lambda _: []),
    "central-reordered": lambda: central(lambda found: found[::-1]),
    "central-twice-one-local": lambda: central(lambda found: [found[0], *found]),
    "central-renamed-twice": lambda: central(lambda found: [found[0], found[0], *found[2:]]),
    "central-all-at-one-place": lambda: central(lambda f: [with_offset(one, 0) for one in f]),
    "central-offset-beyond": lambda: central(lambda f: [with_offset(f[0], 1 << 31), *f[1:]]),
    "central-offsets-exchanged": lambda: central(
        lambda f: [with_offset(f[0], ENTRIES[1].offset), with_offset(f[1], 0), *f[2:]]
    ),
    "twice-same": lambda: twice(same=True),
    "twice-other": lambda: twice(same=False),
    "bomb": bomb,
    "overlapping": overlapping,
    "dos-archive-bit": lambda: put(CENTRAL + 38, struct.pack("<I", 0o100644 << 16 | 0x20)),
    "mode-600": lambda: put(CENTRAL + 38, struct.pack("<I", 0o100600 << 16)),
    "fifo": lambda: put(CENTRAL + 38, struct.pack("<I", 0o010644 << 16)),
    "device-mode": lambda: put(CENTRAL + 38, struct.pack("<I", 0o020644 << 16)),
    "version-needed-63": lambda: both("version", 63),
    "signature-of-split": lambda: b"PK\x07\x08" + GOOD,
    "signature-of-one-segment": lambda: b"PK00" + GOOD,
    "digital-signature": lambda: GOOD[:END] + b"PK\x05\x05\x00\x00" + GOOD[END:],
    "archive-extra-data": lambda: GOOD[:CENTRAL] + b"PK\x06\x08\0\0\0\0" + GOOD[CENTRAL:],
    "tar": lambda: GOOD[:CENTRAL] + bytes(1024) + GOOD[CENTRAL:],
    "gzipped": lambda: b"PK\x03\x04" + gzip.compress(GOOD),
    "reordered": reordered,
    "one-name-twice": lambda: named(
        b"archive/data.warc", b"archive/data.warc", b"datapackage.json"
    ),
    "case-collision": lambda: named(b"archive/DATA.warc", b"archive/data.warc"),
    "file-and-folder": lambda: named(b"evidence", b"evidence/capture.json"),
    "folder": lambda: named(b"archive/", b"archive/data.warc"),
    "manifest-first": lambda: named(b"datapackage.json", b"archive/data.warc"),
    "empty": lambda: raw(),
    "one": lambda: named(b"datapackage.json"),
    "many": lambda: named(*(b"%06d" % number for number in range(60_000))),
    "renamed-upper": lambda: renamed("evidence/OUTCOME.json"),
    "renamed-up": lambda: renamed("../../../etc/a/passwd"),
    "first-missing": lambda: raw(*((p.encode(), o) for p, o in list(opened(GOOD).items())[1:])),
    "unlisted": lambda: raw(*((p.encode(), o) for p, o in [("a", b""), *opened(GOOD).items()])),
    **{f"name-{key}": lambda name=name: named(name) for key, name in NAMES.items()},
}


@pytest.mark.parametrize("name", FORMS)
def test_one_form_only(name: str) -> None:
    octets = FORMS[name]()
    assert octets != GOOD
    begun = time.monotonic()
    report = verdict(octets)
    assert time.monotonic() - begun < 2
    # Behind 64 KiB of other octets and without a start nobody looks for a package.
    assert failed(octets) == "container", report
    assert int(report.exit) == 3


def test_an_entry_inside_another_is_its_octets() -> None:
    """It is never seen as one, and the web archive is none with it."""
    assert [one.path for one in container.read(io.BytesIO(quoted()))] == list(opened(GOOD))
    assert failed(quoted()) == "manifest"


def test_our_own_writer_of_odd_files_writes_the_right_form_otherwise() -> None:
    assert raw(*((path.encode(), octets) for path, octets in opened(GOOD).items())) == GOOD
    assert written() == GOOD  # Python's too, told the same constants


def test_a_hidden_entry_that_the_directory_does_not_name() -> None:
    hidden = named(b"evidence/zzz.json")[: 30 + len("evidence/zzz.json") + 1]
    assert failed(gap(CENTRAL).replace(b"hidden", hidden)) == "container"

"""The web archive forged octet by octet (SECURITY W1-W4), all manifests right: no tool of
records is asked, and none that reads loosely is a witness."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable

import pytest

from archiver.digest import Digest
from archiver.package.derive import WARC
from archiver.records import ATTEMPT
from tests.case.right_case import URL
from tests.verify.forge import Files, Record, in_warc, opened, sealed, warc_file, warc_records
from tests.verify.scenes import package
from tests.verify.shorthand import Forge, Forgeries, check_refused, field, raw, warc

Change = Callable[[bytes], bytes]
LENGTH = rb"Content-Length: ([0-9]+)\r\n"
BLOCK = rb"WARC-Block-Digest: [^\r]+\r\n"
DATE = rb"WARC-Date: [^\r]+\r\n"
ID = rb"WARC-Record-ID: [^\r]+\r\n"


def once(pattern: bytes, new: bytes, number: int = 1) -> Change:
    """The match of this number (from 0; record 1 is the response) or the only one replaced."""

    def change(octets: bytes) -> bytes:
        every = list(re.finditer(pattern, octets))
        found = every[min(number, len(every) - 1)]
        return octets[: found.start()] + found.expand(new) + octets[found.end() :]

    return change


def each(pattern: bytes, new: bytes) -> Change:
    def change(octets: bytes) -> bytes:
        made, count = re.subn(pattern, new, octets)
        assert count
        return made

    return change


def length(change: Callable[[int], object]) -> Change:
    def new(octets: bytes) -> bytes:
        found = list(re.finditer(LENGTH, octets))[1]
        value = str(change(int(found[1]))).encode()
        return octets[: found.start(1)] + value + octets[found.end(1) :]

    return new


def members(octets: bytes) -> bytes:
    """Each record a gzip member of its own, as `.warc.gz` has it."""
    parts = re.split(rb"(?=WARC/1\.1\r\n)", octets)
    return b"".join(gzip.compress(part, mtime=0) for part in parts if part)


def digest_line(name: str, make: Callable[[bytes], str]) -> Forge:
    """A block digest by another algorithm or in another spelling, right by itself."""

    def change(found: list[Record]) -> None:
        fields, block = found[1]
        found[1] = ([(key, make(block) if key == name else old) for key, old in fields], block)

    def forge(files: Files) -> bytes:
        found = warc_records(files)
        change(found)
        return sealed(files | {WARC: warc_file(found, digests=False)})

    return forge


def block_digest(make: Callable[[bytes], str]) -> Forge:
    return digest_line("WARC-Block-Digest", make)


def base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode()


def inserted(number: int, record: Callable[[list[Record]], Record]) -> Forge:
    """A record more, at this place."""
    return warc(lambda found: found.insert(number, record(found)))


def another(found: list[Record], **fields: str) -> Record:
    """A record made from the response, under an id of its own."""
    given = {"WARC-Record-ID": "<urn:uuid:00000000-0000-8000-8000-00000000000a>", **fields}
    pairs = [(key, given.get(key, value)) for key, value in found[1][0]]
    return [pair for pair in pairs if pair[1]], found[1][1]


def typed(kind: str, **more: str) -> Forge:
    fields = {"WARC-Type": kind, "WARC-Payload-Digest": "", **more}
    return inserted(2, lambda found: another(found, **fields))


def smuggled(files: Files) -> bytes:
    """The first record ends before its block does: what follows looks like a record."""
    inner = warc_records(files)[1]
    head = "".join(f"{name}: {value}\r\n" for name, value in inner[0]).encode()
    hidden = b"\r\n\r\nWARC/1.1\r\n" + head + b"\r\n" + inner[1]

    def change(found: list[Record]) -> None:
        found[0] = (found[0][0], found[0][1] + hidden)

    made = in_warc(files, change)[WARC]
    size = len(warc_records(files)[0][1])
    return sealed(
        files | {WARC: re.sub(LENGTH, f"Content-Length: {size}\r\n".encode(), made, count=1)}
    )


def swapped_ids(found: list[Record]) -> None:
    one, two = (dict(found[number][0])["WARC-Record-ID"] for number in (1, 2))
    exchanged = {one: two, two: one}
    for number, (fields, block) in enumerate(found):
        found[number] = ([(key, exchanged.get(value, value)) for key, value in fields], block)


def to_itself(found: list[Record]) -> None:
    field(2, "WARC-Concurrent-To", dict(found[2][0])["WARC-Record-ID"])(found)


def two_warcinfos(found: list[Record]) -> Record:
    fields, block = found[0]
    own = "<urn:uuid:00000000-0000-8000-8000-00000000000b>"
    return [(key, own if key == "WARC-Record-ID" else value) for key, value in fields], block


OWN = {"WARC-Type": "resource", "WARC-Payload-Digest": "", "Content-Type": "text/html"}
RAW: dict[str, Change] = {
    # W1: digests
    "no-block-digest": once(BLOCK, b""),
    "no-digests": each(rb"WARC-(?:Block|Payload)-Digest: [^\r]+\r\n", b""),
    "block-digest-empty": once(BLOCK, b"WARC-Block-Digest: sha256:\r\n"),
    "block-digest-twice": once(BLOCK, rb"\g<0>\g<0>"),
    "digest-name-case": once(rb"WARC-Block-Digest", b"warc-block-digest"),
    # W2: framing
    "length-short": length(lambda size: size - 1),
    "length-long": length(lambda size: size + 1),
    "length-longer-than-all": length(lambda size: size + 10_000_000),
    "length-negative": length(lambda size: -size),
    "length-plus": length(lambda size: f"+{size}"),
    "length-zeros": length(lambda size: f"0{size}"),
    "length-blank": length(lambda size: f"{size} "),
    "length-hex": length(hex),
    "length-underscore": length(lambda size: f"{size // 10}_{size % 10}"),
    "length-float": length(lambda size: f"{size}.0"),
    "length-huge": length(lambda size: 10**18 + size),
    "length-of-400-digits": length(lambda _: "9" * 400),
    "length-arabic": length(lambda _: "\u0663"),
    "length-empty": length(lambda _: ""),
    "length-none": once(LENGTH, b""),
    "length-twice": once(LENGTH, rb"\g<0>\g<0>"),
    "gzip-whole": lambda octets: gzip.compress(octets, mtime=0),
    "gzip-members": members,
    "gzip-behind": lambda octets: octets + gzip.compress(b"hidden", mtime=0),
    "gzip-empty-members": lambda octets: octets + gzip.compress(b"", mtime=0) * 1000,
    "zeros-behind": lambda octets: octets + bytes(512),
    "crlf-behind": lambda octets: octets + b"\r\n",
    "crlf-in-front": lambda octets: b"\r\n" + octets,
    "bom": lambda octets: b"\xef\xbb\xbf" + octets,
    "end-missing": lambda octets: octets[:-4],
    "end-half": lambda octets: octets[:-2],
    "end-lf": lambda octets: octets[:-4] + b"\n\n",
    "end-more": lambda octets: octets.replace(b"\r\n\r\nWARC/1.1", b"\r\n\r\n\r\nWARC/1.1", 1),
    "bare-lf": lambda octets: octets.replace(b"\r\n", b"\n"),
    "bare-lf-once": once(DATE, rb"WARC-Date: 2026-03-14T12:00:00Z\n"),
    "bare-cr": once(DATE, rb"WARC-Date: 2026-03-14T12:00:00Z\r"),
    "folded": once(DATE, rb"WARC-Date:\r\n 2026-03-14T12:00:00Z\r\n"),
    "no-blank-behind-colon": once(rb"WARC-Date: ", b"WARC-Date:"),
    "two-blanks": once(rb"WARC-Date: ", b"WARC-Date:  "),
    "tab": once(rb"WARC-Date: ", b"WARC-Date:\t"),
    "blank-before-colon": once(rb"WARC-Date: ", b"WARC-Date : "),
    "trailing-blank": once(rb"WARC-Type: response", b"WARC-Type: response "),
    "version-1.0": once(rb"WARC/1\.1", b"WARC/1.0"),
    "version-0.17": once(rb"WARC/1\.1", b"WARC/0.17", 0),
    "version-2.0": each(rb"WARC/1\.1\r", b"WARC/2.0\r"),
    "version-case": once(rb"WARC/1\.1", b"warc/1.1"),
    "version-blank": once(rb"WARC/1\.1\r", b"WARC/1.1 \r"),
    "empty": lambda _: b"",
    "not-warc": lambda _: b"<html>hello</html>",
    "only-a-version": lambda _: b"WARC/1.1\r\n\r\n\r\n\r\n",
    "half": lambda octets: octets[: len(octets) // 2],
    "records-twice": lambda octets: octets * 2,
    "arc": lambda _: b"filedesc://x 0.0.0.0 20260314120000 text/plain 9\n1 0 x\nURL\n\n",
    # W3: headers
    "id-twice-in-one-record": once(ID, rb"\g<0>\g<0>"),
    "date-twice": once(DATE, rb"\g<0>\g<0>"),
    "date-twice-other": once(DATE, rb"\g<0>WARC-Date: 1999-01-01T00:00:00Z\r\n"),
    "type-twice": once(rb"WARC-Type: response\r\n", rb"\g<0>WARC-Type: metadata\r\n"),
    "url-twice": once(rb"WARC-Target-URI: [^\r]+\r\n", rb"\g<0>\g<0>"),
    "nul": once(rb"WARC-Type: response", b"WARC-Type: resp\0nse"),
    "escape": once(rb"WARC-Target-URI: ", b"WARC-Target-URI: \x1b[31m"),
    "not-ascii": once(rb"WARC-Target-URI: ", b"WARC-Target-URI: \xc3\xa9"),
    "long-line": once(ID, rb"\g<0>X-Long: " + b"a" * (1 << 20) + b"\r\n"),
    "long-known-line": once(rb"WARC-Target-URI: ", b"WARC-Target-URI: " + b"a" * (1 << 20)),
    "many-lines": once(ID, rb"\g<0>" + b"X: y\r\n" * 100_000),
    "many-relations": once(ID, rb"\g<0>" + b"WARC-Concurrent-To: <urn:uuid:x>\r\n" * 100_000),
    "unknown-field": once(ID, rb"\g<0>X-Note: hello\r\n"),
    "fields-exchanged": once(rb"(WARC-Type: response\r\n)(WARC-Record-ID: [^\r]+\r\n)", rb"\2\1"),
    "no-colon": once(ID, rb"\g<0>hello\r\n"),
    "no-type": once(rb"WARC-Type: response\r\n", b""),
    "no-id": once(ID, b""),
    "no-date": once(DATE, b""),
    "no-content-type": once(rb"Content-Type: application/http;msgtype=response\r\n", b""),
    "head-without-end": once(rb"WARC/1\.1\r\n", rb"\g<0>" + b"X: y\r\n" * 20_000, 0),
    "id-not-in-brackets": once(rb"<(urn:uuid:[0-9a-f-]+)>", rb"\1"),
    "id-upper": once(rb"<urn:uuid:[0-9a-f-]+>", b"<urn:uuid:ABCDEF00-0000-8000-8000-000000000001>"),
    "id-version-4": once(
        rb"<urn:uuid:[0-9a-f-]+>", b"<urn:uuid:abcdef00-0000-4000-8000-000000000001>"
    ),
    "id-of-a-site": once(rb"<urn:uuid:[0-9a-f-]+>", b"<https://example.com/1>"),
    **{
        f"date-{name}": once(DATE, b"WARC-Date: " + date.encode() + b"\r\n")
        for name, date in {
            "fraction": "2026-03-14T12:00:00.5Z",
            "offset": "2026-03-14T12:00:00+00:00",
            "no-zone": "2026-03-14T12:00:00",
            "day-only": "2026-03-14",
            "fourteen": "20260314120000",
            "february-30": "2026-02-30T12:00:00Z",
            "hour-24": "2026-03-14T24:00:00Z",
            "minute-60": "2026-03-14T12:60:00Z",
            "small-t": "2026-03-14t12:00:00Z",
            "blank": "2026-03-14 12:00:00Z",
            "five-digits": "12026-03-14T12:00:00Z",
            "words": "yesterday",
        }.items()
    },
    # W4: types that say less than they seem to
    **{
        f"type-{kind}": once(rb"WARC-Type: response", b"WARC-Type: " + kind.encode())
        for kind in ("revisit", "conversion", "continuation", "Response", "x-own", "responses")
    },
}

FORGERIES: Forgeries = {
    **{name: ("captured", "warc", raw(WARC, change)) for name, change in RAW.items()},
    "block-sha1": (
        "captured",
        "warc",
        block_digest(lambda o: f"sha1:{base32(hashlib.sha1(o).digest())}"),
    ),
    "block-sha1-as-sha256": (
        "captured",
        "warc",
        block_digest(lambda o: f"sha256:{hashlib.sha1(o).hexdigest()}"),
    ),
    "block-base32": (
        "captured",
        "warc",
        block_digest(lambda o: f"sha256:{base32(hashlib.sha256(o).digest())}"),
    ),
    "block-upper": (
        "captured",
        "warc",
        block_digest(lambda o: f"sha256:{hashlib.sha256(o).hexdigest().upper()}"),
    ),
    "block-label-upper": (
        "captured",
        "warc",
        block_digest(lambda o: f"SHA256:{hashlib.sha256(o).hexdigest()}"),
    ),
    "block-sha512": (
        "captured",
        "warc",
        block_digest(lambda o: f"sha512:{hashlib.sha512(o).hexdigest()}"),
    ),
    "block-md5": (
        "captured",
        "warc",
        block_digest(lambda o: f"md5:{hashlib.md5(o).hexdigest()}"),
    ),
    "payload-sha1": (
        "captured",
        "warc",
        digest_line("WARC-Payload-Digest", lambda o: f"sha1:{base32(hashlib.sha1(o).digest())}"),
    ),
    "payload-of-block": (
        "captured",
        "warc",
        digest_line("WARC-Payload-Digest", lambda o: str(Digest.of(o))),
    ),
    "record-smuggled": ("captured", "warc", smuggled),
    "revisit-dangling": ("captured", "warc", typed("revisit")),
    "second-warcinfo": ("captured", "warc", inserted(3, two_warcinfos)),
    "warcinfo-last": ("captured", "warc", warc(lambda found: found.append(found.pop(0)))),
    "warcinfo-with-target": (
        "captured",
        "warc",
        warc(lambda found: found[0][0].insert(3, ("WARC-Target-URI", "https://example.com/"))),
    ),
    "response-without-target": ("captured", "warc", warc(lambda found: found[1][0].pop(3))),
    "request-truncated": (
        "captured",
        "warc",
        warc(lambda found: found[2][0].insert(6, ("WARC-Truncated", "length"))),
    ),
    "request-payload-digest": (
        "captured",
        "warc",
        warc(lambda found: found[2][0].insert(6, ("WARC-Payload-Digest", str(Digest.of(b""))))),
    ),
    "truncated-word": (
        "truncated",
        "warc",
        warc(field(1, "WARC-Truncated", "deleted")),
    ),
    "truncated-flag": (
        "captured",
        "agreement",
        warc(lambda found: found[1][0].insert(5, ("WARC-Truncated", "length"))),
    ),
    "truncated-reason": ("truncated", "agreement", warc(field(1, "WARC-Truncated", "time"))),
    "request-as-response-type": (
        "captured",
        "warc",
        warc(field(2, "Content-Type", "application/http;msgtype=response")),
    ),
    "concurrent-to-nothing": (
        "captured",
        "warc",
        warc(field(2, "WARC-Concurrent-To", "<urn:uuid:00000000-0000-8000-8000-00000000000f>")),
    ),
    "concurrent-to-itself": ("captured", "warc", warc(to_itself)),
    "concurrent-gone": ("captured", "derivation", warc(lambda found: found[2][0].pop(5))),
    "ids-exchanged": ("captured", "agreement", warc(swapped_ids)),
    "request-gone": ("captured", "agreement", warc(lambda found: found.pop(2))),
    "two-responses": ("captured", "agreement", inserted(2, another)),
    "request-for-nothing": (
        "captured",
        "agreement",
        typed("request", **{"Content-Type": "application/http;msgtype=request"}),
    ),
    "hidden-resource": (
        "captured",
        "agreement",
        typed("resource", **{"WARC-Target-URI": "https://news.example.org/hidden"}),
    ),
    "hidden-conversion": ("captured", "warc", typed("conversion")),
    "hidden-attempt": (
        "captured",
        "agreement",
        typed("resource", **{"WARC-Target-URI": "urn:archiver:attempt:https://x.example/"}),
    ),
    "hidden-attempt-of-this": (
        "captured",
        "derivation",
        inserted(2, lambda found: another(found, **OWN, **{"WARC-Target-URI": ATTEMPT + URL})),
    ),
    "hidden-metadata": (
        "captured",
        "agreement",
        inserted(
            2,
            lambda found: another(
                found,
                **OWN
                | {
                    "WARC-Type": "metadata",
                    "WARC-Target-URI": "https://x.example/",
                    "Content-Type": "application/warc-fields",
                },
            ),
        ),
    ),
    "date-future": (
        "captured",
        "agreement",
        warc(field(1, "WARC-Date", "2099-03-14T12:00:00Z")),
    ),
    "ip-private": ("captured", "agreement", warc(field(1, "WARC-IP-Address", "127.0.0.1"))),
    "ip-garbage": ("captured", "agreement", warc(field(1, "WARC-IP-Address", "a.b.c.d"))),
    "ip-gone": ("captured", "agreement", warc(lambda found: found[1][0].pop(4))),
    "https-as-http": (
        "captured",
        "agreement",
        warc(field(1, "WARC-Target-URI", "http://news.example.org/x")),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_where_it_should_be(name: str) -> None:
    check_refused(name, FORGERIES[name])


def test_the_tools_alone_change_nothing() -> None:
    """Without a change they leave a package as it is: else all would be refused for them."""
    files = opened(package("captured"))
    right = block_digest(lambda octets: str(Digest.of(octets)))
    for forge in (raw(WARC, lambda octets: octets), warc(lambda _: None), right):
        assert forge(files) == package("captured")

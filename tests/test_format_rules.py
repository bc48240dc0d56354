"""docs/format.md is held against the code: the rules of what is read, their limits and words."""

from __future__ import annotations

import json
import re

import pytest

from archiver import (
    canonical,
    dnswire,
    faults,
    handshake,
    publicaddress,
    records,
    serverkey,
    sibling,
    tls13,
    tlswire,
    warc,
)
from archiver.capture import tls
from archiver.case.formats import FORMATS
from archiver.judge import compare, outcome, seed
from archiver.observation import (
    CERTIFICATE_FAULTS,
    DEFAULT_CONTROLS,
    FORMAT,
    MAX_HOPS,
    PHASES,
    ROLES,
)
from archiver.package import build, container, surt
from archiver.verify import asked, attached, connections, course, ending
from archiver.verify.addresses import request_line
from tests.formatdoc import FLAT, ROOT, TEXT, block, table
from tests.verify.forge import opened, warc_records
from tests.verify.scenes import AGENT, HOST, NEXT, package


def test_the_schemes() -> None:
    known = {number: scheme.name for number, scheme in serverkey.SCHEMES.items()}
    assert {int(number, 16): name for number, name, _ in table("scheme | signature")} == known
    assert tls13._CONTEXT == b" " * 64 + b"TLS 1.3, server CertificateVerify" + b"\0"
    assert "64 blanks, `TLS 1.3, server CertificateVerify`, an octet 0" in FLAT


def test_the_limits() -> None:
    assert {what: int(most) for what, most in table("what | at most")} == {
        "octets of a package": container.MAX_SIZE,
        "entries": container.MAX_ENTRIES,
        "octets of a document": canonical.MAX_OCTETS,
        "values in a document": canonical.MAX_VALUES,
        "levels in a document": canonical.MAX_DEPTH,
        "records": warc.MAX_RECORDS,
        "octets of a record's head": warc._MAX_HEAD,
        "octets of an attachment": attached._MAX,
    }
    assert canonical.MAX_INT == 2**53 - 1
    assert connections._MAX_REQUEST == 1 << 20
    assert asked._MAX == 256 << 10
    assert f"At most {dnswire._MAX_RECORDS} questions, and {dnswire._MAX_RECORDS} records" in FLAT
    assert f"`alerts`, at most {tls._MAX_ALERTS}," in FLAT
    assert f"one of at most {course._SURELY_SHORT} octets" in FLAT
    assert f"`redirect.too_many` more than {MAX_HOPS} were asked" in FLAT
    assert f"A `location` of {records.MAX_STATED} characters" in FLAT
    assert f"first {records.MAX_STATED} characters" in FLAT


def test_words_and_names() -> None:
    for words in (PHASES, ROLES, CERTIFICATE_FAULTS, compare.LEVELS):
        assert ", ".join(f"`{word}`" for word in words) in FLAT
    for name in (
        FORMAT,
        build.CLAIMED_FORMAT,
        build.ASSESSED_FORMAT,
        outcome.FORMAT,
        compare.FORMAT,
        seed.TEXT_FORM,
        seed.BODY_FORM,
    ):
        assert f"`{name}`" in TEXT
    assert {row[0] for row in table("format | what")} == set(FORMATS) - {"date-time", "uri"}


def test_the_faults() -> None:
    told = [(kind, words.replace(" N)", " {})")) for kind, words in table("fault | in")]
    known = [(name.partition(":")[0], words) for name, words in faults._WORDS.items()]
    assert told == known
    assert f"the words `{faults._ON_THE_WAY}` and those" in FLAT
    rows = table("fault, or its first word")
    phases = {row[0]: tuple(re.findall("[a-z]+", row[1])) for row in rows}
    assert {word.removeprefix("other `"): known for word, known in phases.items()} == (
        ending._PHASES
    )
    assert set(ending._PHASES) >= {kind.partition(".")[0] for kind in faults.TYPES}


def test_the_settings() -> None:
    schema = json.loads((ROOT / "schemas" / "capture.schema.json").read_bytes())
    named = [name for row in table("of `settings`") for name in row[0].replace("`", "").split(", ")]
    assert sorted(named) == sorted(schema["properties"]["settings"]["properties"])
    assert ", ".join(f"`{url}`" for url in DEFAULT_CONTROLS) in FLAT


def test_the_words_of_a_request() -> None:
    """Those of a real one, with the names of what changes in the place of what changes."""
    files = opened(package("cookie"))
    found = warc_records(files)
    made = [octets for fields, octets in found if dict(fields)["WARC-Type"] == "request"]
    start = request_line(NEXT)
    assert start is not None
    assert made[1].startswith(start)
    words = block("`Connection` with `close` or `keep-alive`):").replace("\n", "\r\n") + "\r\n"
    for name, value in {
        "TARGET": "/moved",
        "HOST": HOST,
        "USER_AGENT OF THE SETTINGS": AGENT,
        "NAME=VALUE; NAME=VALUE": "seen=1",
    }.items():
        words = words.replace(name, value)
    assert words.encode() == made[1]
    named = set(re.findall(r"^([A-Z][A-Za-z-]+):", words, re.MULTILINE))
    known = asked._FIELD.pattern.decode().partition("(")[2].partition(")")[0].split("|")
    assert {name.lower() for name in named} == set(known)


def test_the_handshake() -> None:
    assert {int(number, 16): name for number, name in table("number | cipher")} == (
        handshake._CIPHERS
    )
    names = handshake._NAMES.values()
    assert [*re.findall("`(SSLv3|TLSv1(?:\\.[1-3])?)`", FLAT)] == [*names]
    kinds = (
        tlswire.CLIENT_HELLO,
        tlswire.SERVER_HELLO,
        tlswire.ENCRYPTED_EXTENSIONS,
        tlswire.CERTIFICATE,
    )
    assert [int(row[0]) for row in table("kind | what is read")] == [*kinds]
    assert f"of which the first {handshake._MAX_MESSAGES} count" in FLAT


def test_the_public_addresses() -> None:
    part = FLAT[FLAT.index("10.6.3 Public addresses") : FLAT.index("### 10.7")]
    told = re.findall(r"[0-9a-f.:]+/[0-9]+", part)
    nets = (
        *publicaddress._IPV4_CLOSED,
        publicaddress._IPV6_OPEN,
        *publicaddress._IPV6_CLOSED,
    )
    assert told == [*map(str, nets)]


@pytest.mark.parametrize(
    "pattern",
    [
        sibling._URL.pattern,
        sibling._FOLLOWS.pattern,
        sibling._NAMES.pattern,
        sibling._PROGRAM.pattern,
        course._PLAIN_HOST.pattern,
        *(one.pattern.decode() for one in (*surt._ASPX, *surt._SESSIONS)),
    ],
)
def test_every_pattern_stands_there_whole(pattern: str) -> None:
    assert pattern in TEXT

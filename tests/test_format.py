"""docs/format.md is held against the code: the file, its members, the checks and what they say."""

from __future__ import annotations

import html
import inspect
import io
import json
import re
import runpy
import struct
from typing import Any

from archiver import ownwords, records, warc
from archiver.attest import keyforms, p384, signed, sshsig
from archiver.errors import Exit
from archiver.observation import TRUNCATIONS
from archiver.ownwords import SOFTWARE
from archiver.package import container, manifest
from archiver.package.derive import DATAPACKAGE, DIGEST, MEDIA_TYPES, SEED, SEED_TEXT
from archiver.verify import amendments, sidecars
from archiver.verify.checks import _CHECKS, examine
from archiver.verify.report import Report
from tests.attest.signers import OURS
from tests.formatdoc import FLAT, ROOT, TEXT, block, table
from tests.vectors.build import FOLDER, LIST
from tests.verify.scenes import DATE, SCENES, package
from tests.verify.test_zip import raw


def test_the_example_is_true() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_example.py"))
    assert made["document"]() == TEXT, "run python docs/make_example.py"


BESIDE = table("file | check")
KEYWORDS = {"type", "enum", "pattern", "required", "const"}  # of schemas
SIZES = {"1": "B", "2": "H", "4": "I"}


def header(heading: str, known: dict[str, int]) -> bytes:
    """A header as its table gives it; `known` are the values that are no constants."""
    form, values = "<", []
    for _, size, value in table(heading):
        form += SIZES[size]
        values.append(known[value] if value in known else int(value, 0))
    return struct.pack(form, *values)


def test_the_headers_of_the_container() -> None:
    name, octets = b"a/b.c", b"octets"
    made = raw((name, octets))
    crc = struct.unpack("<I", made[14:18])[0]
    known = {"of the octets": crc, "size": len(octets), "length of the name": len(name)}
    local = header("local header", known) + name
    central = header("directory header", known | {"of the local header": 0}) + name
    end = {
        "number of entries": 1,
        "its octets": len(central),
        "where it begins": len(local + octets),
    }
    assert local == container._local("a/b.c", len(octets), crc)
    assert central == container._central("a/b.c", len(octets), crc, 0)
    assert local + octets + central + header("end record", end) == made
    assert container._NAME.pattern == block("at most 200 octets").strip()


def test_the_files() -> None:
    rows = table("path")
    assert {path: kind for path, kind, _, _ in rows if kind} == MEDIA_TYPES
    assert [path for path, kind, _, _ in rows if not kind] == [DATAPACKAGE, DIGEST]
    assert {path for path, _, always, _ in rows if always == "no"} == {SEED, SEED_TEXT}
    assert [path for path, *_ in rows] == sorted([path for path, *_ in rows], key=container.order)


def test_the_members_of_the_manifest() -> None:
    schema = json.loads((ROOT / "schemas" / "datapackage.schema.json").read_bytes())
    named = [name for row in table("member") for name in row[0].replace("`", "").split(", ")]
    assert sorted(named) == sorted(schema["properties"])
    assert dict(map(lambda row: row[:2], table("member")))["wacz_version"] == manifest.WACZ_VERSION


def test_the_records() -> None:
    assert tuple(row[0] for row in table("field")) == warc.FIELDS
    rows = {row[0]: re.findall("[a-z]{3,}", row[2]) for row in table("field")}
    assert {*rows["WARC-Type"]} == {*warc.TYPES}
    assert rows["WARC-Truncated"] == [*TRUNCATIONS]
    told = {row[0]: row[1:4] for row in table("record | type")}
    for part, media_type, prefix in (
        ("response", records.HTTP_RESPONSE, ""),
        ("request", records.HTTP_REQUEST, ""),
        ("interim", records.OCTETS, records.INTERIM),
        ("certificates", records.PEM_CHAIN, records.TLS_CHAIN),
        ("handshake", records.OCTETS, records.TLS_HANDSHAKE),
        ("question *n*, answer *n*", records.DNS_MESSAGE, f"{records.DNS}question:"),
        ("proxy's request, answer", records.OCTETS, f"{records.PROXY}request:"),
        ("identity", records.WARC_FIELDS, ""),
        ("fault", records.WARC_FIELDS, ""),
    ):
        kind, uri, content_type = told[part]
        assert content_type == media_type
        assert uri.startswith(prefix) if prefix else uri == "the URL"
        assert kind in warc.TYPES
    assert f"`{records.ATTEMPT}URL`" in TEXT
    assert f"`{records.PAGEINFO}URL`" in TEXT


def test_our_own_words() -> None:
    exchange = SCENES["unreachable"]
    seen = verdict("unreachable").said.observation  # type: ignore[union-attr]
    hop = seen.of_source()[0]
    assert hop.fault is not None
    assert exchange.hops[0][0] == hop.url
    for words, made in (
        (block("First the `warcinfo`"), ownwords.warcinfo(seen, seen.capture_id)),
        (block("where it has a fault:"), ownwords.fault_fields(hop, silent=True)),
        (block("`text/html; charset=utf-8`:"), ownwords.attempt_page(seen.software, (hop,))),
    ):
        tried = hop.addresses[0]
        for name, value in {
            "SOFTWARE": seen.software,
            "CAPTURE ID": seen.capture_id,
            "URL": hop.url,
            "DATE": DATE,
            "PHASE": hop.phase,
            "FAULT'S TYPE": hop.fault.type,
            "FAULT'S MESSAGE": hop.fault.message,
            "IP port PORT: RESULT, …": f"{tried.ip} port {tried.port}: {tried.result}",
        }.items():
            words = words.replace(name, value)
        assert words.split() == made.decode().split()
    for char in "&<>\"'":
        assert f"`{html.escape(char)}`" in TEXT


def verdict(state: str) -> Report:
    return examine(io.BytesIO(package(state)), "x", SOFTWARE)


def test_the_checks() -> None:
    rows = table("number | check")
    kinds = [*enumerate(_CHECKS, start=1)]
    assert [(int(number), name) for number, name, _ in rows] == [(n, one.name) for n, one in kinds]
    for (number, one), (_, _, proves) in zip(kinds, rows, strict=True):
        said = one.proves
        if not isinstance(said, str):
            report = next(c for c in verdict("captured").checks if c.name == one.name)
            said = report.proves.replace("1 of 1 TLS connection", "so many TLS connections")
        assert proves == said
        assert f"### 10.{number} {one.name}\n" in TEXT


def test_the_signature() -> None:
    schema = json.loads((ROOT / "schemas" / "datapackage-digest.schema.json").read_bytes())
    named = [
        name for row in table("of `signedData`") for name in row[0].replace("`", "").split(", ")
    ]
    assert set(named) == signed.MEMBERS == {*schema["properties"]["signedData"]["properties"]}
    assert dict(row for row in table("of `signedData`"))["version"] == signed.VERSION
    assert block("120 octets that begin with").strip() == p384.SPKI_HEAD.hex()
    assert len(p384.SPKI_HEAD) + 2 * p384.SIZE == 120


def test_beside_the_package() -> None:
    key = OURS.public
    digits = key.fingerprint.hex[:16]
    named = {name.replace("DIGITS", digits).replace("-N", "-7"): check for name, check, _ in BESIDE}
    amended = amendments.amendment_name("X.wacz", 7)
    for name in ("X.wacz", amended):
        made = sidecars.signature_name(name, key)
        assert named[made] == (sidecars.CHECK if name == "X.wacz" else amendments.CHECK)
        assert sidecars.is_signature_of(made, name)
    assert named[amended] == amendments.CHECK
    assert f"namespace `{sshsig.NAMESPACE}`" in FLAT
    assert f"kind `{keyforms.SSH_KIND.decode()}`" in FLAT
    assert f"`{amendments.FORMAT}`" in TEXT


def test_the_rules_of_problems() -> None:
    """Whatever the vectors are refused for is named, at the check that they fail."""
    named = {row[0]: row[1] for row in table("check | rules")}
    for vector in json.loads((FOLDER / LIST).read_text())["vectors"]:
        if vector["problem"] is not None:
            rule = vector["problem"]["rule"]
            family = rule.partition(".")[0] + ".*"
            known = re.findall(r"[a-z_.*-]+", named[vector["name"]])
            assert rule in known or family in known or rule in KEYWORDS, vector


def test_the_verdicts() -> None:
    assert {word: int(code) for word, code, _ in table("verdict")} == {
        "verified": Exit.OK,
        "refused": Exit.REFUSED,
        "unreadable": Exit.INVALID,
        "untrusted": Exit.UNTRUSTED,
    }
    causes = [row[0] for row in table("cause | when")]
    assert causes == ["not_rebuilt", "unsigned", "revoked_key", "unknown_key"]
    for cause in causes:
        assert f'"{cause}"' in inspect.getsource(Report)
    assert f"This is the format of `{SOFTWARE}`." in TEXT


def test_every_file_that_is_named_is_there() -> None:
    for name in set(re.findall(r"`((?:archiver|schemas|tests|docs)/[\w./-]+)`", TEXT)):
        assert (ROOT / name).exists(), name
    words: Any = re.findall(r"`schemas/capture.schema.json`, ((?:`[a-z-]+`,? *)+)", FLAT)
    for name in re.findall("[a-z-]+", words[0]):
        assert (ROOT / "schemas" / f"{name}.schema.json").exists(), name

"""Files changed by an insider, all digests made right (SECURITY S): each one refused."""

from __future__ import annotations

import re

import pytest

from archiver.digest import Digest
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    COMPARISON,
    DATAPACKAGE,
    DIGEST,
    INDEX,
    MANIFEST,
    OUTCOME,
    PAGES,
    SCHEMA,
    SEED,
    SEED_TEXT,
    WARC,
)
from tests.case.right_case import TEXT
from tests.verify.forge import sealed, zipped
from tests.verify.shorthand import (
    Forgeries,
    check_refused,
    digest_says,
    indented,
    listed,
    manifest_octets,
    other_digest,
    other_text,
    put,
    raw,
    reordered,
    resealed_sums,
    resource,
    signed,
    spliced,
    swapped,
    without,
)

FORGERIES: Forgeries = {
    # the two manifests and the list
    "wacz-version": ("captured", "documents", listed("wacz_version", "1.0.0")),
    "profile": ("captured", "documents", listed("profile", "tabular-data-package")),
    "created-garbage": ("captured", "documents", listed("created", "yesterday")),
    "created-no-day": ("captured", "documents", listed("created", "2026-02-30T12:00:00Z")),
    "created-leap": ("captured", "documents", listed("created", "2026-03-14T12:00:60Z")),
    "created-before": ("captured", "agreement", listed("created", "2026-03-14T11:59:59Z")),
    "title": ("captured", "derivation", listed("title", "Another title")),
    "main-page": ("captured", "agreement", listed("mainPageUrl", "https://example.com/")),
    "main-date": ("captured", "agreement", listed("mainPageDate", "2026-03-14T12:00:01Z")),
    "software": ("captured", "agreement", listed("software", "archiver 9.9.9")),
    "extra-member": ("captured", "documents", listed("keywords", ["genuine"])),
    "no-resources": ("captured", "manifest", listed("resources", [])),
    "resources-text": ("captured", "manifest", listed("resources", "all")),
    "reordered": ("captured", "manifest", resource(lambda value: value.reverse())),
    "twice": ("captured", "manifest", resource(lambda value: value.append(value[0]))),
    "md5": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(hash="md5:" + "0" * 32)),
    ),
    "bytes": ("captured", "manifest", resource(lambda value: value[0].update(bytes=1))),
    "sha512": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(hash="sha512:" + "0" * 128)),
    ),
    "hash-upper": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(hash=value[0]["hash"].upper())),
    ),
    "hash-bare": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(hash=value[0]["hash"][7:])),
    ),
    "hash-none": ("captured", "manifest", resource(lambda value: value[0].pop("hash"))),
    "hash-exchanged": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(hash=value[1]["hash"])),
    ),
    "bytes-negative": ("captured", "manifest", resource(lambda v: v[0].update(bytes=-1))),
    "bytes-text": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(bytes=str(value[0]["bytes"]))),
    ),
    "listed-missing": (
        "captured",
        "manifest",
        resource(lambda value: value.append({**value[0], "path": "evidence/zzz.json"})),
    ),
    "unlisted": ("captured", "manifest", resource(lambda value: value.pop())),
    "listed-itself": (
        "captured",
        "manifest",
        resource(lambda value: value.append({**value[0], "path": "datapackage.json"})),
    ),
    "name": ("captured", "manifest", resource(lambda v: v[0].update(name="other"))),
    "names-twice": (
        "captured",
        "manifest",
        resource(lambda value: value[0].update(name=value[1]["name"])),
    ),
    "resource-member": ("captured", "manifest", resource(lambda v: v[0].update(title="x"))),
    "resource-text": ("captured", "manifest", resource(lambda v: v.insert(0, "x"))),
    "resource-null": ("captured", "manifest", resource(lambda v: v.insert(0, None))),
    "resources-none": ("captured", "manifest", listed("resources", None)),
    "resources-object": ("captured", "manifest", listed("resources", {"0": {}})),
    **{
        f"path-{name}": (
            "captured",
            "manifest",
            resource(lambda value, path=path: value[0].update(path=path)),
        )
        for name, path in {
            "absolute": "/etc/passwd",
            "file": "file:///etc/passwd",
            "https": "https://127.0.0.1/x",
            "unc": "//127.0.0.1/x",
            "backslash": "archive\\data.warc",
            "dots": "archive/../archive/data.warc",
            "list": ["archive/data.warc"],
            "null": None,
            "number": 1,
            "escape": "archive/\x1b[31mdata.warc",
            "device": "/dev/stdin",
        }.items()
    },
    "wacz-old": ("captured", "documents", listed("wacz_version", "0.1.0")),
    "wacz-number": ("captured", "documents", listed("wacz_version", 1)),
    "description": ("captured", "derivation", listed("description", "Evidence of a crime")),
    "package-name": ("captured", "derivation", listed("name", "archiver-" + "0" * 36)),
    "package-uuid": (
        "captured",
        "agreement",
        listed("id", "urn:uuid:00000000-0000-8000-8000-000000000001"),
    ),
    "created-fraction": ("captured", "documents", listed("created", "2026-03-14T12:00:00.0Z")),
    "created-number": ("captured", "documents", listed("created", 1773489600)),
    "title-gone": ("captured", "documents", lambda f: sealed(f, lambda v: v.pop("title"))),
    "title-list": ("captured", "documents", listed("title", ["a"])),
    "digest-md5": ("captured", "manifest", digest_says(hash="md5:" + "0" * 32)),
    "digest-bare": ("captured", "manifest", digest_says(hash="0" * 64)),
    "digest-path": ("captured", "manifest", digest_says(path="evidence/capture.json")),
    "digest-url": ("captured", "manifest", digest_says(path="http://127.0.0.1/x")),
    "digest-more": ("captured", "manifest", digest_says(signedData2={})),
    "digest-empty-signature": ("captured", "signature", digest_says(signedData=None)),
    "digest-stripped": (
        "captured",
        "container",
        lambda files: zipped({p: o for p, o in files.items() if p != DIGEST}),
    ),
    "manifest-stripped": (
        "captured",
        "container",
        lambda files: zipped({p: o for p, o in files.items() if p != DATAPACKAGE}),
    ),
    "sums-stripped": (
        "captured",
        "container",
        lambda files: zipped({p: o for p, o in files.items() if p != MANIFEST}),
    ),
    "traversal": ("captured", "manifest", resource(lambda v: v[0].update(path="../../etc/passwd"))),
    "remote": ("captured", "manifest", resource(lambda v: v[0].update(path="http://127.0.0.1/x"))),
    "media-type": ("captured", "manifest", resource(lambda v: v[0].update(mediatype="text/html"))),
    "sums": ("captured", "manifest", lambda files: resealed_sums(files)),
    "signature": ("captured", "signature", signed("signedData")),
    "signature-other": ("captured", "manifest", signed("signature")),
    "digest-of-another": ("captured", "manifest", lambda files: other_digest(files)),
    # the set of files
    "extra-exhibit": ("captured", "container", lambda f: sealed(f | {"evidence/x.json": b"{}\n"})),
    "extra-index": ("captured", "container", lambda f: sealed(f | {"indexes/x.cdx": b""})),
    **{
        f"extra-{path}": (
            "captured",
            "container",
            lambda files, path=path: sealed(files | {path: b"{}\n"}),
        )
        for path in (
            "evidence/datapackage.json",
            "evidence/capture.json.bak",
            "archive/data.warc.gz",
            "archive/hidden.warc",
            "indexes/index.cdx.gz",
            "indexes/index.idx",
            "pages/extra-pages.jsonl",
            "webrecorder.yaml",
            "readme.md",
            "signature.json",
        )
    },
    "extra-root": ("captured", "container", lambda f: sealed(f | {"evil": b""})),
    **{
        f"missing-{path}": ("captured", "container", lambda files, path=path: without(files, path))
        for path in (WARC, CAPTURE, CLAIMED, ASSESSED, SCHEMA, COMPARISON, OUTCOME, INDEX, PAGES)
    },
    "missing-seed": ("captured", "derivation", lambda files: without(files, SEED)),
    "missing-text": ("captured", "agreement", lambda files: without(files, SEED_TEXT)),
    "missing-both": ("captured", "agreement", lambda files: without(files, SEED, SEED_TEXT)),
    "text-that-nobody-claims": ("blocked", "agreement", lambda f: sealed(f | {SEED_TEXT: TEXT})),
    # derived documents
    "outcome": ("captured", "derivation", put(OUTCOME, "state", to="absent")),
    "outcome-reason": ("absent", "derivation", put(OUTCOME, "reason", to="http.410")),
    "comparison": ("absent", "derivation", put(COMPARISON, "result", to="contained")),
    "comparison-count": ("captured", "derivation", put(COMPARISON, "found", to=99)),
    "seed-forms": ("captured", "derivation", put(SEED, "forms", 0, "octets", to=1)),
    "index-dropped": ("captured", "derivation", raw(INDEX, lambda o: o.split(b"\n", 1)[1])),
    "index-empty": ("captured", "derivation", raw(INDEX, lambda _: b"")),
    "index-repointed": (
        "captured",
        "derivation",
        raw(INDEX, lambda o: o.replace(b'"offset":"', b'"offset":"1')),
    ),
    "index-fake-row": ("captured", "derivation", raw(INDEX, lambda o: o + o)),
    "pages": ("captured", "derivation", raw(PAGES, lambda o: o.replace(b"Harbour", b"Harbor"))),
    "index-offset-beyond": (
        "captured",
        "derivation",
        raw(INDEX, lambda o: re.sub(rb'"offset":"[0-9]+"', b'"offset":"999999999"', o)),
    ),
    "index-other-file": (
        "captured",
        "derivation",
        raw(INDEX, lambda o: o.replace(b"data.warc", b"../../etc/passwd")),
    ),
    "index-reordered": (
        "captured",
        "derivation",
        raw(INDEX, lambda o: b"".join(o.splitlines(keepends=True)[::-1])),
    ),
    "index-crlf": ("captured", "derivation", raw(INDEX, lambda o: o.replace(b"\n", b"\r\n"))),
    "index-header": ("captured", "derivation", raw(INDEX, lambda o: b" CDX N b a m s k r\n" + o)),
    "index-blank-line": ("captured", "derivation", raw(INDEX, lambda o: o + b"\n")),
    "index-nul": ("captured", "derivation", raw(INDEX, lambda o: o + b"\0")),
    "index-status": ("captured", "derivation", raw(INDEX, lambda o: o.replace(b'"200"', b'"404"'))),
    "index-date": (
        "captured",
        "derivation",
        raw(INDEX, lambda o: o.replace(b" 20260314120000 ", b" 20250314120000 ")),
    ),
    "pages-empty": ("captured", "derivation", raw(PAGES, lambda _: b"")),
    "pages-header": ("captured", "derivation", raw(PAGES, lambda o: o.split(b"\n", 1)[1])),
    "pages-url": (
        "captured",
        "derivation",
        raw(PAGES, lambda o: o.replace(b"news.example.org", b"evil.example.org")),
    ),
    "pages-text": (
        "captured",
        "derivation",
        raw(PAGES, lambda o: o.replace(b'"title"', b'"text":"It was deleted.","title"', 2)),
    ),
    "pages-script": (
        "captured",
        "derivation",
        raw(PAGES, lambda o: o.replace(b'"title":"', b'"title":"<script>alert(1)</script>')),
    ),
    "pages-more": ("captured", "derivation", raw(PAGES, lambda o: o + o)),
    "weaker-schema": ("captured", "documents", raw(SCHEMA, lambda _: b"{}\n")),
    # how a document is written
    **{
        f"json-{name}": ("captured", "documents", raw(CAPTURE, change))
        for name, change in {
            "indent": indented,
            "key-order": reordered,
            "bom": lambda o: b"\xef\xbb\xbf" + o,
            "crlf": lambda o: o.replace(b"\n", b"\r\n"),
            "no-newline": lambda o: o[:-1],
            "trailing": lambda o: o + b"\n",
            "nul": lambda o: o + b"\0",
            "duplicate": spliced(b'"addresses": 1,\n  "addresses": 1'),
            "nan": spliced(b'"a": NaN'),
            "float": spliced(b'"a": 1.0'),
            "1e999": spliced(b'"a": 1e999'),
            "huge": spliced(b'"a": ' + b"9" * 400),
            "surrogate": spliced(b'"a": "\\ud800"'),
            "escape": lambda o: o.replace(b"captur", b"\\u0063aptur", 1),
            "latin-1": lambda o: o.replace(b"system", b"syst\xe9m").replace(b"given", b"giv\xe9n"),
            "deep": spliced(b'"a": ' + b"[" * 100_000 + b"]" * 100_000),
            "deepest": lambda _: b'{"a":' * 1_000_000,
            "list": lambda _: b"[]\n",
            "empty": lambda _: b"",
            "50-mb": lambda o: spliced(b'"a": "' + b"x" * (50 << 20) + b'"')(o),
        }.items()
    },
    **{
        f"{path}-{name}": (state, "documents", raw(path, change))
        for state, paths in (
            ("captured", (CLAIMED, ASSESSED, COMPARISON, OUTCOME)),
            ("redirected", (SEED,)),
        )
        for path in paths
        for name, change in {
            "indent": indented,
            "bom": lambda o: b"\xef\xbb\xbf" + o,
            "trailing": lambda o: o + b"{}\n",
            "duplicate": spliced(b'"case": "x",\n  "case": "x"'),
            "nan": spliced(b'"a": NaN'),
            "infinity": spliced(b'"a": -Infinity'),
            "minus-zero": spliced(b'"a": -0'),
            "exponent": spliced(b'"a": 1E2'),
            "2^53": spliced(b'"a": 9007199254740992'),
            "surrogate": spliced(b'"a": "\\udc00"'),
            "overlong": spliced(b'"a": "\xc0\xaf"'),
            "control": spliced(b'"a": "\x01"'),
            "comment": lambda o: b"// hello\n" + o,
            "comma": lambda o: o.replace(b"\n}", b",\n}"),
            "single-quotes": lambda o: o.replace(b'"', b"'"),
            "utf-16": lambda o: o.decode().encode("utf-16"),
            "deep": spliced(b'"a": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
            "unknown": spliced(b'"aaa": 1'),
            "list": lambda _: b"[]\n",
            "null": lambda _: b"null\n",
        }.items()
    },
    **{
        f"manifest-{name}": (
            "captured",
            "manifest",
            lambda files, change=change: manifest_octets(files, change),
        )
        for name, change in {
            "bom": lambda o: b"\xef\xbb\xbf" + o,
            "trailing": lambda o: o + b"\n",
            "duplicate": spliced(b'"profile": "x",\n  "profile": "x"'),
            "nan": spliced(b'"a": NaN'),
            "float": spliced(b'"a": 1.0'),
            "deep": spliced(b'"a": ' + b"[" * 100_000 + b"]" * 100_000),
            "list": lambda _: b"[]\n",
            "empty": lambda _: b"",
            "nul": lambda o: o + b"\0",
            "garbage": lambda _: b"\xff\xfe\0",
        }.items()
    },
    "manifest-indent": ("captured", "manifest", lambda files: manifest_octets(files, indented)),
    "manifest-order": ("captured", "manifest", lambda files: manifest_octets(files, reordered)),
    # the layers
    "layers-exchanged": ("captured", "documents", swapped),
    "claim-in-assessed": ("captured", "documents", put(ASSESSED, "source", to={"url": "x"})),
    "claimed-wrong": ("captured", "documents", put(CLAIMED, "claimed", "language", to=7)),
    "claimed-format": ("captured", "documents", put(CLAIMED, "format", to="archiver-claimed-2")),
    "other-case": ("captured", "agreement", put(ASSESSED, "case", to="another-case")),
    "source-claimed": (
        "captured",
        "agreement",
        put(CLAIMED, "source", "url", to="https://news.example.org/2", again=True),
    ),
    "seed-text": ("captured", "agreement", raw(SEED_TEXT, lambda o: o.replace(b"ten", b"two"))),
    "seed-text-and-digest": ("captured", "derivation", other_text),
    "seed-digest": (
        "redirected",
        "agreement",
        put(SEED, "forms", 0, "sha256", to=str(Digest.of(b"")), again=True),
    ),
    "publish": (
        "redirected",
        "agreement",
        put(CLAIMED, "seed_text", "publish", to="withhold", again=True),
    ),
    "withheld-digest": (
        "truncated",
        "agreement",
        put(CLAIMED, "seed_text", "sha256", to=str(Digest.of(b"")), again=True),
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_where_it_should_be(name: str) -> None:
    check_refused(name, FORGERIES[name])

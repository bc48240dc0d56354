"""Files changed by an insider, all digests made right (SECURITY S): each one refused."""

from __future__ import annotations

import pytest

from archiver.digest import Digest
from archiver.package.derive import (
    ASSESSED,
    CAPTURE,
    CLAIMED,
    COMPARISON,
    INDEX,
    OUTCOME,
    PAGES,
    SCHEMA,
    SEED,
    SEED_TEXT,
    WARC,
)
from tests.case.right_case import TEXT
from tests.verify.forge import sealed
from tests.verify.shorthand import (
    Forgeries,
    check_refused,
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
    "traversal": ("captured", "manifest", resource(lambda v: v[0].update(path="../../etc/passwd"))),
    "remote": ("captured", "manifest", resource(lambda v: v[0].update(path="http://127.0.0.1/x"))),
    "media-type": ("captured", "manifest", resource(lambda v: v[0].update(mediatype="text/html"))),
    "sums": ("captured", "manifest", lambda files: resealed_sums(files)),
    "signature": ("captured", "manifest", signed("signedData")),
    "signature-other": ("captured", "manifest", signed("signature")),
    "digest-of-another": ("captured", "manifest", lambda files: other_digest(files)),
    # the set of files
    "extra-exhibit": ("captured", "container", lambda f: sealed(f | {"evidence/x.json": b"{}\n"})),
    "extra-index": ("captured", "container", lambda f: sealed(f | {"indexes/x.cdx": b""})),
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
    check_refused(FORGERIES[name])

"""From a specimen to its outcome, through the code that makes packages; no network, no files."""

from __future__ import annotations

import io
from dataclasses import replace
from urllib.parse import urlsplit

from archiver.capture.exchange import RawExchange
from archiver.capture.recording import record
from archiver.case.seedtext import read_seed_text
from archiver.judge import seed as seeds
from archiver.package.archive import read_archive
from archiver.package.derive import Derived, Primary, derive
from archiver.sibling import sibling_url
from tests.case.right_case import TEXT
from tests.judge.corpus.specimens import URL, Specimen
from tests.verify.scenes import DATE, Scene, answer, asked

# What is known of the text: it stands there; it does not; nobody named one; it is withheld;
# only its digests are known.
MODES = ("with", "without", "none", "withheld", "digest")


def judged(one: Specimen, mode: str) -> Derived:
    """What follows from a capture of the specimen."""
    archive = io.BytesIO()
    exchanges = [*_way(URL, one.via, one.answer, "source")]
    whole = exchanges[-1].truncated is None
    if whole and b" 200 OK\r\n" in one.answer[:40]:
        sibling = sibling_url(URL, DATE)
        assert sibling is not None
        exchanges += _way(sibling, one.beside_via, one.beside, "probe")
    seen = record(replace(Scene(hops=()).frame(), source=URL), exchanges, archive)
    for exchange in exchanges:
        exchange.response.close()
    archive.seek(0)
    records, entities = read_archive(archive)
    seed, document = _seed(one, mode)
    return derive(
        Primary(
            archive=archive,
            records=records,
            entities=entities,
            observation=seen,
            claimed={"seed_text": {"form": "plain"}, "claimed": {}},
            assessed={},
            seed=seed,
            seed_document=document,
        )
    )


def _way(url: str, via: tuple[tuple[str, str], ...], last: bytes, role: str) -> list[RawExchange]:
    exchanges = []
    for target, status in via:
        exchanges.append(asked(url, answer("", status, f"Location: {target}\r\n"), role=role))
        url = target
    assert urlsplit(url).hostname
    return [*exchanges, asked(url, last, role=role)]


def _seed(one: Specimen, mode: str) -> tuple[bytes | None, object]:
    if mode == "none":
        return None, None
    text = "\n\n".join(one.text).encode() if mode in ("with", "digest") and one.text else TEXT
    if mode in ("with", "without"):
        return text, None
    seed = read_seed_text(text, plain=True)
    publish = "digest" if mode == "digest" else "withhold"
    return None, seeds.document(seed, publish, bytes(32))

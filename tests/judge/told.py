"""What is concluded from every page of the corpora, to the last word: `python -m tests.judge.told`
writes the list anew. Of each document it has the words that count, and a digest of all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from archiver.digest import Digest
from archiver.judge import changedocument
from archiver.judge.change import change
from archiver.judge.outcome import Outcome, to_document
from archiver.package.derive import COMPARISON, OUTCOME
from tests.judge.corpus.judging import MODES, judged
from tests.judge.corpus.second import second
from tests.judge.corpus.specimens import corpus
from tests.judge.corpus.third import third
from tests.judge.judge_changes import EARLY, LATE, seen
from tests.judge.judge_outcomes import BY_STATUS, FAULTS, RECORD, control, exchange
from tests.judge.judge_outcomes import judged as of
from tests.judge.sites import CASES, EDITS, STORIES, Visit, edited

FILE = Path(__file__).with_name("told.json")
_ID = re.compile(rb"urn:uuid:[0-9a-f-]{36}")
KEPT = 12  # hexadecimal digits of a digest


def short(*octets: bytes) -> str:
    """A digest of documents, in short, but for the ids of records, which say nothing of a page."""
    return Digest.of(_ID.sub(b"", b"\0".join(octets))).hex[:KEPT]


def of_pages() -> Iterator[tuple[str, str]]:
    """Of every specimen, however much of its text is known: outcome and comparison."""
    for one in chain(corpus(), second(), third()):
        for mode in MODES:
            if mode in ("with", "digest") and not one.text:
                continue
            done = judged(one, mode)
            words = (done.outcome.state, done.outcome.reason, done.comparison.result)
            documents = short(done.files[OUTCOME], done.files[COMPARISON])
            yield f"{one.name} {mode}", " ".join((*words, documents))


def of_pair(before: str, after: str, seed: str = "") -> str:
    """Of two pages, a day apart: what changed, and the digest of the document that tells it."""
    one, two = seen(before, started=EARLY, seed=seed), seen(after, started=LATE, seed=seed)
    done = change(one, two)
    document: dict[str, Any] = changedocument.to_document(done, one, two)
    kinds = ",".join(edit.noise or edit.kind for edit in done.text.edits)
    return f"{done.result} {kinds} {short(json.dumps(document, sort_keys=True).encode())}"


def of_pairs() -> Iterator[tuple[str, str]]:
    """Of pages that changed by themselves, that a person edited, and that have little in common."""
    for site, language, number in CASES:
        story = STORIES[language]
        visits = [Visit(number, moment) for moment in (EARLY, LATE)]
        kind = EDITS[number % len(EDITS)]
        after = {"itself": story, kind: edited(story, kind, visits[0])}
        for how, other in after.items():
            told = of_pair(site(story, visits[0]), site(other, visits[1]), "\n\n".join(story[1:]))
            yield f"{site.__name__} {language} {number} {how}", told
    pages = [(one.name, _body(one.answer)) for one in corpus()]
    for (name, before), (other_name, after_it) in pairwise(pages[::3]):
        yield f"{name} {other_name}", of_pair(before, after_it)


CONTROLS = {
    "none": [],
    "up": [control(200)],
    "down": [control(fault="tcp.refused")],
    "both": [control(fault="tcp.refused"), control(404)],
    "doubted": [control(fault="tls.untrusted")],
    "doubted and up": [control(fault="tls.untrusted"), control(200)],
    "by a proxy": [control(200, proxied=True)],
    "no HTTP": [control(None)],
}


def of_outcomes() -> Iterator[tuple[str, str]]:
    """Of whatever a source may come to, without a page."""
    for status in BY_STATUS:
        for text in ("contained", "partial", "not-contained"):
            yield f"{status} {text}", _told(of(exchange(status), text=text))
            by_proxy = exchange(status, proxied=True)
            yield f"{status} {text} by a proxy", _told(of(by_proxy, text=text))
        for how, controls in CONTROLS.items():
            bare = exchange(status, verified=False)
            yield f"{status} untrusted, controls {how}", _told(of(bare, *controls))
        for cut in ("length", "time"):
            yield f"{status} cut by {cut}", _told(of(exchange(status, truncated=cut)))
        moved = exchange(301), exchange(status, path="b")
        yield f"{status} after a redirect", _told(of(*moved))
        proved = exchange(status, proxied=True, verified=True)
        yield f"{status} by a proxy, over TLS", _told(of(proved))
    for fault in (*FAULTS, "dns.nxdomain", "local.proxy", "local.refused_by_policy"):
        for how, controls in CONTROLS.items():
            failed = exchange(fault=fault)
            yield f"{fault}, controls {how}", _told(of(failed, *controls))
            hops = failed, exchange(200, verified=False)
            yield f"{fault}, then a page, controls {how}", _told(of(*hops, *controls))
    for stop in ("redirect.loop", "redirect.too_many", "redirect.refused"):
        yield f"stopped by {stop}", _told(of(exchange(302), stop=stop))


def _told(outcome: Outcome) -> str:
    document = to_document(outcome)
    signals = [
        " ".join(str(value) for value in one.values() if value not in (RECORD, False))
        for one in document["signals"]
    ]
    return "; ".join([f"{document['state']} {document['reason']}", *signals])


def _body(answered: bytes) -> str:
    return answered.partition(b"\r\n\r\n")[2].decode("utf-8", "replace")


def main() -> None:
    """Write the list."""
    made = {"outcomes": dict(of_outcomes()), "pages": dict(of_pages()), "pairs": dict(of_pairs())}
    FILE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

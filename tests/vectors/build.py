"""Writes `tests/vectors`: `python -m tests.vectors.build`, in the root of the repository.

The same octets on every Python; `.ci/run` builds them again and looks for a difference.
"""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from archiver.digest import Digest
from archiver.ownwords import SOFTWARE
from archiver.verify.checks import CHECK_NAMES, examine
from archiver.verify.report import Report
from tests.attest.signers import OURS, trusting
from tests.vectors.catalogue import Vector, vectors
from tests.vectors.signatures import KEY, published

FOLDER = Path(__file__).parent
LIST = "vectors.json"
WORDS = "words.json"  # every problem that is told of them: where, by which rule, in which words


@cache
def built() -> dict[str, bytes]:
    """Every file by its path below this folder."""
    made: dict[str, bytes] = {}
    listed = []
    words = {}
    for vector in vectors():
        assert vector.file not in made, vector.file
        made[vector.file] = vector.make()
        listed.append(entry(vector, made[vector.file]))
        if problems := told(vector, made[vector.file]):
            words[vector.file] = problems
    trusted = {"file": KEY, "fingerprint": str(OURS.public.fingerprint)}
    document = {"software": SOFTWARE, "trusted": trusted, "vectors": listed}
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    said = json.dumps(words, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return {**made, KEY: published(), LIST: text.encode(), WORDS: said.encode()}


def told(vector: Vector, octets: bytes) -> list[list[str | None]]:
    """The problems of a vector, each as it is told."""
    report = examine(io.BytesIO(octets), vector.file, SOFTWARE, trusting(OURS))
    return [
        [check.name, one.rule, one.where, one.what]
        for check in report.checks
        for one in check.problems[:5]
    ]


def entry(vector: Vector, octets: bytes) -> dict[str, Any]:
    """What the list says of a vector: with the published key trusted, and `untrusting` where no
    key is. It must be what the catalogue expects of it."""
    report = examine(io.BytesIO(octets), vector.file, SOFTWARE, trusting(OURS))
    without = examine(io.BytesIO(octets), vector.file, SOFTWARE)
    failed = next((one for one in report.checks if one.status == "failed"), None)
    found = (report.verdict, None if failed is None else failed.name)
    assert found == (vector.verdict, vector.check), (vector.file, report)
    first = None if failed is None else failed.problems[0]
    return {
        "file": vector.file,
        "sha256": str(Digest.of(octets)),
        **_verdict(report),
        "untrusting": _verdict(without),
        "check": None if failed is None else CHECK_NAMES.index(failed.name) + 1,
        "name": vector.check,
        "problem": None if first is None else {"rule": first.rule, "where": first.where},
        "why": vector.why,
    }


def _verdict(report: Report) -> dict[str, Any]:
    return {"verdict": report.verdict, "cause": report.cause, "exit": int(report.exit)}


def committed() -> set[str]:
    """The files that stand there, by their paths."""
    packages = {str(one.relative_to(FOLDER)) for one in FOLDER.rglob("*.wacz")}
    return packages | {KEY, LIST, WORDS}


def main() -> None:
    """Write every file; what no vector is any more goes."""
    files = built()
    for path in committed() - files.keys():
        (FOLDER / path).unlink()
    for path, octets in files.items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(octets)


if __name__ == "__main__":
    main()

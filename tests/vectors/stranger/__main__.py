"""A verifier of evidence packages by somebody who read docs/format.md and never our code.

    python -S tests/vectors/stranger SCHEMAS SOFTWARE KEY FILE…

SCHEMAS is the folder with the schemas, SOFTWARE the version whose format is known here, KEY the
fingerprint of a key that is trusted.
Prints a line of JSON a file: the verdict, and number, name and problems of the check that
failed. Nothing but Python's standard library is used. What it cannot do is named in `made.py` and
`signed.py`. What stands beside a package is not looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from capture import agreement
from files import Wrong, container, documents, manifest, strict
from made import derivation
from signature import signature, signer
from signed import handshakes
from web import warc


def verify(octets: bytes, schemas: dict[str, bytes], software: str, trusted: str) -> dict[str, Any]:
    """The verdict, and the first check that fails with what is wrong."""
    if octets[:4] != b"PK\3\4" and b"PK\5\6" not in octets[-65557:]:
        return {"verdict": "unreadable", "check": None, "name": None, "problems": []}
    files: dict[str, bytes] = {}

    def first() -> Iterator[str]:
        files.update(container(octets))
        yield from ()

    checks: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
        ("container", first),
        ("manifest", lambda: manifest(files)),
        ("signature", lambda: signature(files)),
        ("warc", lambda: warc(files["archive/data.warc"])),
        ("documents", lambda: documents(files, schemas, software)),
        ("agreement", lambda: agreement(files, software)),
        ("handshakes", lambda: handshakes(files)),
        ("derivation", lambda: derivation(files, software)),
    )
    for number, (name, check) in enumerate(checks, start=1):
        try:
            problems = [*check()]
        except Wrong as fault:
            problems = [str(fault)]
        if problems:
            return {"verdict": "refused", "check": number, "name": name, "problems": problems}
    ours = strict(files["evidence/capture.json"])["software"] == software
    verdict = "verified" if ours and signer(files) == trusted else "untrusted"
    return {"verdict": verdict, "check": None, "name": None, "problems": []}


def main() -> None:
    """Verify each file that is named."""
    folder, software, trusted, *names = sys.argv[1:]
    schemas = {
        one.name.removesuffix(".schema.json"): one.read_bytes()
        for one in Path(folder).glob("*.schema.json")
    }
    for name in names:
        found = verify(Path(name).read_bytes(), schemas, software, trusted)
        sys.stdout.write(json.dumps({"file": name, **found}) + "\n")


if __name__ == "__main__":
    main()

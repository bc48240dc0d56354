"""Writes the worked example into docs/format.md: `python docs/make_example.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from archiver import canonical
from archiver.digest import Digest
from archiver.package.derive import CAPTURE, DATAPACKAGE, WARC
from archiver.package.reading import Package, open_package, primary_of
from archiver.warc import uuid8

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tests" / "vectors" / "accept" / "blocked.wacz"
FORMAT = ROOT / "docs" / "format.md"
START = "<!-- example: made by docs/make_example.py -->\n"
END = "<!-- end of the example -->\n"


def example() -> str:
    """The example, of the very octets of a vector."""
    with PACKAGE.open("rb") as file:
        package = open_package(file)
        return "".join(_lines(package, Digest.of(PACKAGE.read_bytes())))


def _lines(package: Package, whole: Digest) -> Iterator[str]:
    primary = primary_of(package)
    by_id = {one.id: str(one.block_digest) for one in primary.records}
    hashed = canonical.to_line(_without_ids(package.document(CAPTURE), by_id))
    capture = Digest.of(hashed)
    number, one = next(
        (number, one) for number, one in enumerate(primary.records) if one.type == "response"
    )
    named = canonical.to_line([number, one.type, one.uri, one.date, str(one.block_digest)])
    identity = uuid8(Digest.of(bytes.fromhex(capture.hex) + named))
    assert identity == one.id  # noqa: S101 - the example must be true
    assert uuid8(capture) == primary.observation.capture_id  # noqa: S101
    yield f"An example, `tests/vectors/accept/{PACKAGE.name}`. Of its `{CAPTURE}` these"
    yield f" {len(hashed)} octets are hashed:\n\n```json\n{hashed.decode()}\n```\n\n"
    yield f"The capture digest is `{capture}`,\nthe capture id `{uuid8(capture)}`.\n"
    yield f"Its record {number}, at octet {one.offset} of `{WARC}`, is named by\n\n"
    yield f"```json\n{named.decode()}\n```\n\nso that its id is `{identity}`.\n"
    yield f"The package id, of the {package.exhibits[DATAPACKAGE].size} octets of"
    yield f" `{DATAPACKAGE}`, is\n`{package.id}`; the file id is\n`{whole}`.\n"


def _without_ids(document: object, by_id: dict[str, str]) -> object:
    """`capture.json` with digests in the place of the ids; this one has no interim response."""
    made = json.loads(json.dumps(document))
    made["capture_id"] = None
    for one in made["exchanges"]:
        one["interim"] = None
        one["request"] = by_id[one["request"]]
        one["response"]["record"] = by_id[one["response"]["record"]]
        for part in ("certificates", "handshake"):
            one["tls"][part] = by_id[one["tls"][part]]
    return made


def document() -> str:
    """The whole of docs/format.md, with the example as it must be."""
    before, _, rest = FORMAT.read_text(encoding="utf-8").partition(START)
    return before + START + example() + END + rest.partition(END)[2]


if __name__ == "__main__":
    FORMAT.write_text(document(), encoding="utf-8")

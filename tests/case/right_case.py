"""A right case in all its fields, to be bent in one place by a test. The text is our own."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from archiver.case.seedtext import read_seed_text
from archiver.case.writing import to_toml

ID = "2024-05-03-example-org-the-harbour-bridge-opens"
URL = "https://news.example.org/the-harbour-bridge-opens/"
TEXT = (
    " date 2024-05-03 The Harbour Bridge Opens\n"
    "\n"
    "The mayor opened the new bridge over the harbour on Friday, and thousands came to see it.\n"
    "\n"
    "“It will not stand for ten years,” said the engineer of the old bridge,\n"
    "who had not been asked to speak.\n"
    "\n"
    "The bridge has cost twice what was planned in the budget of the city.\n"
    "\n"
    f"{URL}\n"
).encode()
SEED = read_seed_text(TEXT)

_DOCUMENT: dict[str, Any] = {
    "source": {"url": URL},
    "claimed": {
        "title": "The Harbour Bridge Opens",
        "authors": [{"name": "A. Writer", "role": "author"}],
        "published": {
            "date": "2024-05-03",
            "precision": "day",
            "zone": "unknown",
            "basis": "byline",
        },
        "language": "en",
    },
    "outlet": {"name": "Example News", "domain": "example.org", "country": "GB"},
    "seed_text": {
        "file": "seed.txt",
        "sha256": str(SEED.sha256),
        "form": "document",
        "publish": "include",
        "origin": {
            "how": "copied_from_page",
            "from": "the page itself",
            "obtained_at": "2024-05-04",
            "obtained_by": "analyst-01",
            "is_excerpt": False,
        },
    },
    "basis": {"source.url": "analyst", "claimed.language": "detected"},
    "rights": {"holder": "Example News", "licence": "unknown", "basis": "Quoted for research."},
    "related": [{"rel": "rebuts", "ref": "https://example.com/other"}],
    "review": {"state": "final", "by": "analyst-02", "at": "2024-05-06T09:00:00Z"},
    "stance": [
        {
            "target": "the new bridge",
            "scheme": "sdqc",
            "label": "deny",
            "analyst": "analyst-01",
            "at": "2024-05-05",
            "confidence": "moderate",
            "note": "Doubts that it is safe.\nSays so through another.",
            "quote": "said the engineer of the old bridge, who had not been asked",
        }
    ],
    "narratives": [{"label": "The city wastes money", "scheme": "local", "id": "N7"}],
    "topics": ["infrastructure"],
    "keywords": ["bridge", "harbour"],
    "notes": "Seen twice.",
    "outlet_type": "independent",
    "sensitivity": {
        "tlp": "GREEN",
        "graphic": False,
        "personal_data": "none",
        "harm_note": "None known.",
    },
    "designations": [
        {"list": "TEST", "designated": "2023-01-31", "ref": "https://example.com/list", "name": "X"}
    ],
    "ratings": [
        {"scheme": "other", "value": "7", "as_of": "2024-01-01", "ref": "https://example.com/r"}
    ],
    "recapture": {"every": "1d"},
    "x-desk": {"ticket": 12, "open": True},
}


def right_document() -> dict[str, Any]:
    return copy.deepcopy(_DOCUMENT)


def bent(path: str, value: object) -> dict[str, Any]:
    """The right document with the value at a dotted path (numbers for arrays) put in its place."""
    document = right_document()
    *steps, last = path.split("/")
    inner: Any = document
    for step in steps:
        inner = inner[int(step) if step.isdigit() else step]
    if value is ...:
        del inner[last]
    elif isinstance(inner, list):
        inner.insert(int(last), value)
    else:
        inner[last] = value
    return document


def write_case(archives: Path, document: dict[str, Any], text: bytes | None = TEXT) -> Path:
    folder = archives / ID
    folder.mkdir()
    (folder / "case.toml").write_text(to_toml(document), encoding="utf-8")
    if text is not None:
        (folder / "seed.txt").write_bytes(text)
    return folder

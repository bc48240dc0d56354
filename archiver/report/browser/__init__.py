"""`verify.html`: a second verifier, in JavaScript, as one page that asks nobody for anything.

It was written from `docs/format.md`, not from this code. What both must know by heart (schemas,
codes, the words of faults) enters as `Known`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from archiver.report.html.style import STYLE

# The parts of the script, in their order: each uses those before it.
SCRIPTS = (
    "octets.js",
    "json.js",
    "schema.js",
    "http.js",
    "container.js",
    "archive.js",
    "signatures.js",
    "documents.js",
    "ips.js",
    "addresses.js",
    "names.js",
    "tls.js",
    "serverkey.js",
    "course.js",
    "exchange.js",
    "records.js",
    "index.js",
    "derived.js",
    "sidecars.js",
    "verify.js",
    "page.js",
)
PAGE, OWN_STYLE = "page.html", "style.css"
SOURCES = (*SCRIPTS, PAGE, OWN_STYLE)
# The schemas that the checks need, by their names in `schemas/`.
SCHEMAS = (
    "amendment",
    "assessed",
    "capture",
    "case",
    "claimed",
    "comparison",
    "datapackage",
    "datapackage-digest",
    "outcome",
    "seed",
)
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_DOCUMENT = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>Check a package</title>
<style>{style}</style>
<body>
<div class="sheet">
{page}</div>
<script>{script}</script>
</body>
</html>
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What a verifier of this version knows: `software` names it; `schemas` by name, as text;
    codes of ISO 639-1 and ISO 3166-1; the control addresses that are asked by default; every
    fault as type and words (`{}` for a number); of each check what it proves and what it looks
    at."""

    software: str
    schemas: Mapping[str, str]
    languages: Sequence[str]
    countries: Sequence[str]
    controls: Sequence[str]
    faults: Sequence[tuple[str, str]]
    checks: Mapping[str, tuple[str, str]]


def verifier(sources: Mapping[str, str], known: Known) -> bytes:
    """The page, made of its sources (`SOURCES`, by name). The same ones give the same octets."""
    script = "\n".join(
        [
            "(() => {",
            '"use strict";',
            f"const KNOWN = {_literal(known)};",
            *(sources[name] for name in SCRIPTS),
            "})();",
        ]
    )
    style = STYLE + sources[OWN_STYLE]
    policy = _POLICY.format(script=_hash(script), style=_hash(style))
    return _DOCUMENT.format(policy=policy, style=style, page=sources[PAGE], script=script).encode()


def _hash(text: str) -> str:
    """What a content security policy calls an inline script or style (CSP 3 §2.3.1)."""
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode('ascii')}"


def _literal(known: Known) -> str:
    """As JSON of ASCII in which no tag can begin."""
    document = {
        "software": known.software,
        "schemas": dict(known.schemas),
        "languages": list(known.languages),
        "countries": list(known.countries),
        "controls": list(known.controls),
        "faults": [list(one) for one in known.faults],
        "checks": {
            name: {"proves": proves, "explained": explained}
            for name, (proves, explained) in known.checks.items()
        },
    }
    return json.dumps(document, sort_keys=True).replace("<", "\\u003c")

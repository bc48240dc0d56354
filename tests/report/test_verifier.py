"""`verify.html` as a file: made of its sources, the same each time, with nothing in it that could
ask anybody for anything or make markup of a text. What it says is tested in tests/replay."""

from __future__ import annotations

import base64
import json
import re
from hashlib import sha256
from pathlib import Path

from archiver.ownwords import SOFTWARE
from archiver.report import browser
from archiver.report.browser import SCHEMAS, SOURCES
from archiver.verbs.verifier import verifier_page
from archiver.verify.checks import CHECK_NAMES

ROOT = Path(__file__).parents[2]
FOLDER = Path(browser.__file__).parent
PAGE = verifier_page().decode()


def inside(name: str) -> str:
    found = re.findall(f"<{name}>(.*?)</{name}>", PAGE, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_it_is_made_of_all_its_sources_and_always_the_same() -> None:
    assert sorted(SOURCES) == sorted(
        one.name for one in FOLDER.iterdir() if one.suffix in (".js", ".css", ".html")
    )
    for name in SOURCES:
        assert (FOLDER / name).read_text(encoding="utf-8").strip() in PAGE, name
    assert verifier_page().decode() == PAGE
    longest = max(len((FOLDER / name).read_text().splitlines()) for name in SOURCES)
    assert longest <= 330


def test_its_policy_lets_nothing_in_but_its_own_script_and_style() -> None:
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', PAGE)
    hashes = [
        base64.b64encode(sha256(inside(name).encode()).digest()).decode()
        for name in ("script", "style")
    ]
    assert policy == [
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    ]
    assert PAGE.index("Content-Security-Policy") < PAGE.index("<style>") < PAGE.index("<script>")
    # A text that could end the script or hide its end.
    assert len(re.findall("</?script|<!--", PAGE, re.IGNORECASE)) == 2


def test_its_script_asks_nobody_and_makes_no_markup_of_text() -> None:
    script = inside("script").partition("\n")[2].partition("\n")[2].partition("\n")[2]
    for word in (
        *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("),
        *("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "EventSource"),
        *("localStorage", "sessionStorage", "indexedDB", "cookieStore", "document.cookie"),
        *("window.open", "location =", "location.href", "Worker(", "postMessage", "srcdoc"),
    ):
        assert word not in script, word


def test_it_knows_what_this_version_knows() -> None:
    known = json.loads(re.findall(r"^const KNOWN = (.*);$", PAGE, re.MULTILINE)[0])
    assert known["software"] == SOFTWARE
    assert sorted(known["schemas"]) == sorted(SCHEMAS)
    for name, text in known["schemas"].items():
        assert text == (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert {*CHECK_NAMES, "sidecar", "amendment", "identity"} <= known["checks"].keys()
    listed = PAGE[PAGE.index("const CHECKS = [") :].partition("\n];")[0]
    assert re.findall(r'\bname: "([a-z]+)"', listed) == list(CHECK_NAMES)

"""Our pages of sixty hostile cases in headless Chromium: nothing runs, nothing is asked for, and
axe-core finds nobody kept out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archiver.attest.trust import Trust
from archiver.errors import InvalidInput
from archiver.moment import spell
from archiver.report.html.site import INDEX
from archiver.verbs.site import site
from tests.attest.signers import OURS, signed_package, trusting
from tests.custody.logbook import MOMENT, append, began, captured, log_in, sign
from tests.replay import tools
from tests.replay.browser import Browser
from tests.report.hostile import package, strings
from tests.verify.scenes import STATES

CASES = 60
NOWHERE = "127.0.0.1:9"
COMPLAINTS = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")


def add_package(archives: Path, case: str, octets: bytes, second: int) -> None:
    folder = archives / case / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"20260314T1200{second:02}Z-0000000{second % 10}.wacz").write_bytes(octets)


def add_ledger(archives: Path, texts: list[str]) -> None:
    """A ledger that tells of each case's first package, with what a text can say in a line."""
    log, told = log_in(archives), 0
    for number, text in enumerate(texts):
        case = f"hostile-{number}"
        (file, *_) = sorted((archives / case / "packages").iterdir())
        begin = append(log, began(case))
        digest = f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
        append(log, {**captured(begin, number, case), "file": digest})
        said = {"case": case, "time": spell(MOMENT), "by": text[:200], "note": text[:1000]}
        for event in ("note", "gap"):
            try:
                append(log, {"event": event, **said})
                told += 1
            except InvalidInput:  # a line takes no control characters
                break
    assert told > CASES
    sign(log)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site: hostile cases, some captured twice, a ledger with hostile notes, and one of
    every scene."""
    folder = tmp_path_factory.mktemp("site")
    texts = strings()
    chosen = texts[:: len(texts) // CASES][:CASES]
    assert len(chosen) == CASES
    for number, text in enumerate(chosen):
        add_package(folder / "archives", f"hostile-{number}", package(text), 0)
        if number % 10 == 0:
            add_package(folder / "archives", f"hostile-{number}", package(text + "!"), 1)
    add_ledger(folder / "archives", chosen)
    for state in STATES:
        add_package(folder / "archives", f"scene-{state}", signed_package(state), 0)
    done = site(folder / "archives", folder / "site", trust=trusting(OURS))
    assert (done.cases, done.refused) == (CASES + len(STATES), ())
    return folder / "site"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    made = Browser(tools.chromium(), tmp_path / "profile", site=NOWHERE, proxy=NOWHERE)
    made.watch()
    try:
        yield made
    finally:
        made.close()


def opened(browser: Browser, page: Path) -> list[dict[str, Any]]:
    """Open a page, unfold all of it, and tell what the browser told meanwhile."""
    browser.heard.clear()
    browser.open(page.as_uri())
    browser.wait_for(f"document.readyState === 'complete' && location.href === '{page.as_uri()}'")
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return browser.heard


def asked_for(heard: list[dict[str, Any]]) -> list[str]:
    """Every address but those in the page itself."""
    asked = [one for one in heard if one.get("method") == "Network.requestWillBeSent"]
    urls = [one["params"]["request"]["url"] for one in asked]
    return [url for url in urls if not url.startswith("data:")]


def test_nothing_runs_and_nothing_is_asked_for(pages: Path, browser: Browser) -> None:
    files = sorted(pages.rglob("*.html"))
    assert len(files) > 2 * CASES
    for page in files:
        heard = opened(browser, page)
        assert asked_for(heard) == [page.as_uri()]
        methods = {one.get("method") for one in heard}
        assert "Page.javascriptDialogOpening" not in methods, page
        complaints = [one for one in heard if one.get("method") in COMPLAINTS]
        assert complaints == [], page
        assert browser.run("document.scripts.length") == 0
        outside = "[...document.querySelectorAll('a')].filter(one => !one.href.startsWith('file:'))"
        assert browser.run(f"{outside}.length") == 0
        attributes = "[...document.querySelectorAll('*')].flatMap(one => [...one.attributes])"
        assert browser.run(f"{attributes}.filter(one => one.name.startsWith('on')).length") == 0


def test_the_watch_sees_what_it_looks_for(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<img src='http://far.example/x.gif'><script>console.error('x')</script>")
    heard = opened(browser, page)
    browser.wait_for("document.images[0].complete")
    assert asked_for(heard) == [page.as_uri(), "http://far.example/x.gif"]
    assert {one.get("method") for one in heard} >= {"Runtime.consoleAPICalled"}


AXE = """axe.run(document, { resultTypes: ['violations'] }).then(done => JSON.stringify(
    done.violations.map(one => [one.impact, one.id, one.nodes.map(node => node.html)])))"""


def findings(browser: Browser) -> list[list[Any]]:
    """What axe-core finds in the page that is open, but for what is minor."""
    found = json.loads(str(browser.run(f"(() => {{ {tools.axe()} }})(), {AXE}")))
    return [one for one in found if one[0] in ("serious", "critical")]


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (1200, True), (360, False)])
def test_axe_finds_nobody_kept_out(pages: Path, browser: Browser, width: int, dark: bool) -> None:
    browser.look(width=width, dark=dark)
    files = sorted(pages.rglob("*.html"))
    for page in [pages / INDEX, *files[:: 12 if width == 1200 else 25]]:
        opened(browser, page)
        assert findings(browser) == [], page
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.run(wider) <= 0, page


def test_axe_is_awake(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "bad.html"
    page.write_text("<p style='color:#ccc;background:#fff'>pale</p><img src='data:,'>")
    opened(browser, page)
    assert {one[1] for one in findings(browser)} >= {"color-contrast", "image-alt"}


def test_a_report_of_nobody_trusted_says_so(pages: Path) -> None:
    done = site(pages.parent / "archives", pages.parent / "strange", trust=Trust())
    page = next((pages.parent / "strange" / "report").glob("scene-captured.*"))
    assert done.refused == ()
    assert "unknown key" in page.read_text(encoding="utf-8")

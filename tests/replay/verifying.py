"""`verify.html` in headless Chromium, opened from its file, with files put into it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archiver.verbs.verifier import verifier_page
from tests.replay import tools
from tests.replay.browser import Browser

NOWHERE = "127.0.0.1:9"
COMPLAINTS = ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled")
READ = """[...document.querySelectorAll('#results > section')].map(one => ({
    name: one.querySelector('h2').textContent,
    verdict: one.dataset.verdict,
    cause: one.dataset.cause || null,
    exit: Number(one.dataset.exit),
    say: one.querySelector('.say')?.textContent ?? '',
    checks: [...one.querySelectorAll('[data-check]')].map(
        check => [check.dataset.check, check.dataset.status]),
    problems: [...one.querySelectorAll('.problem')].map(problem => problem.innerText),
    text: one.innerText,
}))"""


@dataclass(frozen=True)
class Told:
    """What the page tells of one package."""

    name: str
    verdict: str
    cause: str | None
    exit: int
    say: str
    checks: list[list[str]]
    problems: list[str]
    text: str

    @property
    def failed(self) -> str | None:
        return next((name for name, status in self.checks if status == "failed"), None)

    def status(self, name: str) -> str | None:
        return next((status for check, status in self.checks if check == name), None)


class Verifier:
    """The page, open. Whatever it asks for or complains about is `heard`."""

    def __init__(self, folder: Path) -> None:
        self.page = folder / "verify.html"
        self.page.write_bytes(verifier_page())
        self.browser = Browser(tools.chromium(), folder / "profile", site=NOWHERE, proxy=NOWHERE)
        self.browser.watch()
        self.open()

    def open(self) -> None:
        self.browser.heard.clear()
        self.browser.open(self.page.as_uri())
        self.browser.wait_for("document.body.dataset.ready && !document.body.dataset.done")

    def look_at(self, *files: Path, seconds: float = 60) -> list[Told]:
        """What it tells of the packages among these files."""
        before = int(self.browser.run("Number(document.body.dataset.done ?? 0)"))
        self.browser.choose("#files", *files)
        self.browser.wait_for(f"document.body.dataset.done === '{before + 1}'", seconds)
        return self.told()

    def type(self, field: str, text: str) -> list[Told]:
        """Type a number into a field, and see what is told then."""
        self.browser.run(
            f"(() => {{ const one = document.getElementById({json.dumps(field)});"
            f" one.value = {json.dumps(text)}; one.dispatchEvent(new Event('input')); }})()"
        )
        return self.told()

    def told(self) -> list[Told]:
        return [Told(**one) for one in self.browser.run(READ)]

    def asked_for(self) -> list[str]:
        asked = [
            one for one in self.browser.heard if one.get("method") == "Network.requestWillBeSent"
        ]
        urls = [one["params"]["request"]["url"] for one in asked]
        return [url for url in urls if not url.startswith("data:")]

    def complaints(self) -> list[Any]:
        return [one for one in self.browser.heard if one.get("method") in COMPLAINTS]

    def close(self) -> None:
        self.browser.close()


def written(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Files with these names and octets."""
    made = []
    for name, octets in files:
        made.append(folder / name)
        made[-1].write_bytes(octets)
    return made

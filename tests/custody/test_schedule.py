"""A schedule of 120 days, by a clock of its own, of a real server that changes meanwhile."""

from __future__ import annotations

import socket
from collections import Counter
from pathlib import Path

import pytest
import trustme

import archiver
from archiver.custody.merged import told
from archiver.moment import Clock
from archiver.moment import spell as spelled
from archiver.verbs.against import Against
from archiver.verbs.logs import verified
from archiver.verbs.recapture import Recaptured
from tests.samples import PARAGRAPHS, TITLE, seed_text
from tests.site import http
from tests.tlssite import TlsSite, server_context

DAYS = 120
START = 1_767_225_600  # 2026-01-01T00:00:00Z
MISSED = {9, 30, 31, 55, 70, 99, 118}
BLOCKED = {12, 60, 101}
# When the text is edited the source is blocked: that is found by the next one that sees it.
EDIT, REDIRECT, CERTIFICATE, GONE = 12, 29, 75, 113


class Paper:
    """The site: its page says another number, token and advertisement each time."""

    def __init__(self) -> None:
        self.calls = 0
        self.word = "eleven"
        self.state = "200 OK"

    def article(self, connection: socket.socket) -> None:
        self.calls += 1
        if self.state != "200 OK":
            connection.sendall(http("<title>No</title><p>Nothing to see here.</p>", self.state))
            return
        body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS).replace("eleven", self.word)
        page = (
            f"<title>{TITLE}</title><nav>{self.calls} readers now</nav><h1>{TITLE}</h1>{body}"
            f'<input type=hidden value="{self.calls * 7919:032x}"><aside class="ad-slot">Buy '
            f"{'boats ropes tar nets'.split()[self.calls % 4]}!</aside><p>{self.calls} views</p>"
        )
        connection.sendall(http(page, extra=f"ETag: {self.calls}\r\n"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def moved(to: str) -> bytes:
    return http("", "302 Found", extra=f"Location: {to}\r\n")


def test_a_schedule_of_120_days(home: Path) -> None:
    paper, authority = Paper(), trustme.CA()
    authority.cert_pem.write_to_path(home / "roots.pem")
    archives, changes = home / "archives", {}
    settings = archiver.Settings(
        allow_private_addresses=True, ca_file=home / "roots.pem", requisites=False
    )
    site = TlsSite(server_context(authority.issue_cert("localhost")), {"/now": moved("/a/story")})
    site.pages |= {"/a/story": paper.article, "/b/story": paper.article}
    with site:
        (home / "seed.txt").write_text(seed_text(site.url("/now")))
        order = archiver.Order(source=str(home / "seed.txt"), archives=archives, settings=settings)
        case = archiver.new(order.source, archives=archives).folder
        with (case / "case.toml").open("a") as file:
            file.write('\n[recapture]\nevery = "1d"\n')
        for day in range(DAYS):
            paper.word = "twelve" if day >= EDIT else "eleven"
            paper.state = "404 Not Found" if day >= GONE else "200 OK"
            if day in BLOCKED:
                paper.state = "403 Forbidden"
            if day == REDIRECT:
                site.pages["/now"] = moved("/b/story")
            if day == CERTIFICATE:
                site.context = server_context(authority.issue_cert("localhost"))
            if day not in MISSED:
                changes[day] = one_day(archives, day, settings)
    told_of(archives, changes)


def one_day(archives: Path, day: int, settings: archiver.Settings) -> Against:
    """The job comes late by up to 20 hours, and now and then once more."""
    found = None
    for hour in (day * 7 % 20, 21)[: 1 + (day % 5 == 0)]:
        now = START + 86_400 * day + 3600 * hour
        done: Recaptured = archiver.recapture(
            archiver.Round(archives=archives, settings=settings),
            clock=Clock(now=lambda now=now: now, source="system"),
        )
        assert (done.failed, done.not_attempted) == ((), ())
        assert len(done.captures) == (found is None)
        found = found or next(iter(done.changes.values()))
    assert found is not None
    return found


def told_of(archives: Path, changes: dict[int, Against]) -> None:
    lines = [one.entry for one in told(archives)[0]]
    events = Counter(one.event for one in lines)
    assert events == {"begin": DAYS - 7, "capture": DAYS - 7, "gap": 7}
    gaps = [one.said for one in lines if one.event == "gap"]
    assert [one["since"] for one in gaps] == [
        spelled(START + 86_400 * one) for one in sorted(MISSED)
    ]
    assert {one["missed"] for one in gaps} == {1}
    states = Counter(one.said["state"] for one in lines if one.event == "capture")
    assert states["blocked"] == 3
    assert {day for day, one in changes.items() if one.why == "blocked"} == BLOCKED
    results = Counter(one.result for one in changes.values())
    assert results == {"first": 1, "noise": 100, "changed": 4, "unchanged": 5, "not-compared": 3}
    found = {day: one.words for day, one in changes.items() if one.result == "changed"}
    assert list(found) == [13, REDIRECT, CERTIFICATE, GONE]
    assert [words[0].split(":")[0] for words in found.values()] == [
        "text",
        "redirects",
        "certificate.leaf",
        "outcome.state",
    ]
    said = Counter(one.said.get("change") for one in lines if one.event == "capture")
    assert (said["changed"], said[None]) == (4, 4)
    done = verified(archives)
    assert (done.problems, {one.rule for one in done.findings}) == ((), {"gap"})

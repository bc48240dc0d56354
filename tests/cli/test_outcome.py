"""What content makes of an answer, through the real command on loopback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.sibling import sibling_url
from tests.command import Done, archiver
from tests.samples import PAGE, PARAGRAPHS, seed_text
from tests.site import Site, http

PRIVATE = "--allow-private-addresses"
SOFT = http("<title>Page not found - The Pier</title><h1>Sorry, this page does not exist</h1>")
WALL = http(
    "<title>Just a moment...</title><h1>127.0.0.1</h1><script>window._cf_chl_opt={}</script>",
    extra="CF-Mitigated: challenge\r\n",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/": http("<h1>The Pier</h1>"), "/ferry": http(PAGE)}) as running:
        yield running


def everywhere(site: Site, page: bytes) -> None:
    """The same page for every address but the front page."""
    site.pages = _Same({"/": site.pages["/"]}, page)


class _Same(dict[str, object]):
    def __init__(self, pages: dict[str, object], page: bytes) -> None:
        super().__init__(pages)
        self._page = page

    def get(self, path: str, _: object = None) -> object:
        return super().get(path, self._page)


def capture(tmp_path: Path, site: Site, path: str, *more: str) -> Done:
    seed = tmp_path / "seed.txt"
    seed.write_text(seed_text(site.url(path)))
    once = ("--attempts", "1", "--archives", tmp_path / "archives", "--json")
    return archiver("capture", seed, PRIVATE, *once, *more)


def outcome(done: Done) -> tuple[str, str]:
    said = done.json["outcome"]
    assert archiver("verify", done.json["package"]["path"]).code == 0
    return said["state"], said["reason"]


def test_a_soft_404_and_the_text_that_turns_it(tmp_path: Path, site: Site) -> None:
    everywhere(site, SOFT)
    gone = capture(tmp_path, site, "/ferry")
    assert gone.code == 0
    assert outcome(gone) == ("absent", "content.soft_404")
    text = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    everywhere(site, SOFT.replace(b"Content-Length: ", b"X: ") + text.encode())
    back = capture(tmp_path, site, "/ferry")
    assert outcome(back) == ("captured", "http.200")
    assert back.json["comparison"]["result"] == "contained"


def test_the_same_words_where_nonsense_is_refused_are_a_hint(tmp_path: Path, site: Site) -> None:
    site.pages["/ferry"] = SOFT
    done = capture(tmp_path, site, "/ferry")
    assert done.code == 5
    assert outcome(done) == ("inconclusive", "signals.conflict")


def test_the_probe_is_recorded_and_follows_from_the_first_exchange(
    tmp_path: Path, site: Site
) -> None:
    done = capture(tmp_path, site, "/ferry")
    shown = archiver("show", done.json["package"]["path"], "--json").json
    first, probe = shown["capture"]["exchanges"]
    assert (first["role"], probe["role"]) == ("source", "probe")
    assert probe["url"] == sibling_url(first["url"], first["date"])
    assert probe["response"]["status"] == 404
    assert shown["capture"]["settings"]["probe"] is True
    told = archiver("show", done.json["package"]["path"])
    assert f"probe         {probe['url']}" in told.out
    signals = {one["name"]: one["record"] for one in shown["outcome"]["signals"]}
    assert signals["sibling.gone"] == probe["response"]["record"]


def test_without_a_probe(tmp_path: Path, site: Site) -> None:
    everywhere(site, SOFT)
    done = capture(tmp_path, site, "/ferry", "--no-probe")
    assert outcome(done) == ("inconclusive", "signals.conflict")
    assert len(site.requests) == 1
    verified = archiver("verify", done.json["package"]["path"])
    assert "--no-probe" in verified.out


@pytest.mark.parametrize("status", ["200 OK", "403 Forbidden", "503 Unavailable", "404 Not Found"])
def test_a_challenge_is_blocked_whatever_its_status(
    tmp_path: Path, site: Site, status: str
) -> None:
    everywhere(site, WALL.replace(b"200 OK", status.encode()))
    assert outcome(capture(tmp_path, site, "/ferry")) == ("blocked", "content.challenge")


@pytest.mark.parametrize(
    ("status", "beside", "expected"),
    [
        ("301 Moved", False, ("inconclusive", "signals.conflict")),
        ("301 Moved", True, ("absent", "redirect.home")),
        ("302 Found", False, ("inconclusive", "signals.conflict")),
        ("302 Found", True, ("absent", "redirect.home")),
    ],
)
def test_redirects_to_the_front_page(
    tmp_path: Path, site: Site, status: str, beside: bool, expected: tuple[str, str]
) -> None:
    home = http("", status, extra="Location: /\r\n")
    site.pages["/ferry"] = home
    if beside:
        everywhere(site, home)
    assert outcome(capture(tmp_path, site, "/ferry")) == expected


def test_a_shell_is_captured_and_not_comparable(tmp_path: Path, site: Site) -> None:
    everywhere(site, http("<title>Pier</title><div id=app></div><script src=/a.js></script>"))
    done = capture(tmp_path, site, "/ferry")
    assert outcome(done) == ("captured", "content.needs_script")
    assert done.json["comparison"]["result"] == "not-comparable"
    again = archiver("compare", done.json["package"]["path"], "--json")
    assert again.json["comparison"]["result"] == "not-comparable"


@pytest.mark.parametrize("level", ["digest", "withhold"])
def test_levels_of_publishing(tmp_path: Path, site: Site, level: str) -> None:
    everywhere(site, SOFT)
    done = capture(tmp_path, site, "/ferry", "--publish-text", level)
    if level == "withhold":
        # No verdict that leans on a text that nobody can check; and it still rebuilds.
        assert outcome(done) == ("inconclusive", "signals.withheld")
        assert done.json["comparison"]["result"] == "not-comparable"
    else:
        assert outcome(done) == ("absent", "content.soft_404")


def test_an_absence_names_what_was_captured_before(tmp_path: Path, site: Site) -> None:
    page = site.pages.pop("/ferry")
    first = capture(tmp_path, site, "/ferry")
    assert outcome(first) == ("absent", "http.404")
    assert first.json["history"] == {"previous": None, "last_captured": None}
    why = archiver("show", "--why", first.json["package"]["path"])
    assert "never captured in this case before: check the address" in why.out
    site.pages["/ferry"] = page
    there = capture(tmp_path, site, "/ferry")
    assert there.json["history"]["last_captured"] is None
    del site.pages["/ferry"]
    for _ in range(2):
        gone = capture(tmp_path, site, "/ferry")
        assert gone.json["history"]["last_captured"]["id"] == there.json["package"]["id"]
    once = ("--attempts", "1", "--archives", tmp_path / "archives")
    told = archiver("capture", tmp_path / "seed.txt", PRIVATE, *once)
    assert f"package {there.json['package']['id']}" in told.out


def test_a_page_that_was_edited_says_what_was_there_before(tmp_path: Path, site: Site) -> None:
    (tmp_path / "seed.txt").write_text(seed_text(site.url("/ferry")))

    def at(moment: int, *more: str) -> Done:
        words = ("capture", tmp_path / "seed.txt", PRIVATE, "--archives", tmp_path / "archives")
        return archiver(*words, *more, env={"SOURCE_DATE_EPOCH": str(moment)})

    whole = at(1_800_000_000, "--json").json
    site.pages["/ferry"] = http(PAGE.replace("children travel free", "children pay half"))
    edited = at(1_800_000_001, "--json").json
    assert edited["history"]["last_captured"] == {
        "id": whole["package"]["id"],
        "started": "2027-01-15T08:00:00Z",
        "comparison": "contained",
    }
    assert edited["comparison"]["result"] == "partial"
    told = at(1_800_000_002).out
    assert (
        "history       last captured at 2027-01-15T08:00:01Z, text partial: "
        f"package {edited['package']['id']}\n" in told
    )


def test_another_case_of_the_same_address_and_text_is_told(tmp_path: Path, site: Site) -> None:
    first = capture(tmp_path, site, "/ferry").json
    assert first["warnings"] == []
    again = capture(tmp_path, site, "/ferry").json
    assert (again["case"], again["warnings"]) == (first["case"], [])
    once = ("--attempts", "1", "--archives", tmp_path / "archives", "--json")
    bare = archiver("capture", site.url("/ferry"), PRIVATE, *once).json
    assert bare["warnings"] == []
    seed = ("--text", tmp_path / "seed.txt", "--title", "Another")
    other = archiver("capture", site.url("/ferry"), *seed, PRIVATE, *once).json
    assert other["case"] not in (first["case"], bare["case"])
    (one,) = other["warnings"]
    assert (one["rule"], one["where"]) == ("other_case", site.url("/ferry"))
    assert one["what"] == f"captured before with this text, as the case {first['case']}"
    assert one["fix"].endswith(f"archiver capture {tmp_path / 'archives' / first['case']}")
    named = archiver("capture", first["case"], PRIVATE, *once)
    assert (named.code, "no such file" in named.err) == (4, True)
    assert f"did you mean the case {tmp_path / 'archives' / first['case']}?" in named.err
    package = first["package"]["path"]
    assert "none: it is one package, twice" in archiver("diff", package, package).out


def test_why(tmp_path: Path, site: Site) -> None:
    everywhere(site, SOFT)
    package = capture(tmp_path, site, "/ferry").json["package"]["path"]
    told = archiver("show", "--why", package)
    assert told.code == 0
    for words in (
        "the server answered HTTP 200",
        "the page says of itself that it is not there: title: Page not found - The Pier",
        "an address that cannot be there gets the same page",
        "the seed text is not found on the page",
        "absent / content.soft_404: not found from here",
    ):
        assert words in told.out, told.out
    said = json.loads(archiver("show", "--why", package, "--json").out)
    assert {one["name"] for one in said["why"]["signals"]} == {
        "http.status", "text", "words.not_found", "sibling.same",
    }  # fmt: skip
    assert all(one["record"] in told.out for one in said["why"]["signals"])


def test_walls_and_live_pages_that_speak_of_them(tmp_path: Path, site: Site) -> None:
    """A wall, and the article about it."""
    said = "Access denied, said the port. Not found, said its page. Please log in, said another."
    talk = PAGE.replace("<header>", f"<p>{said}</p><header>")
    site.pages["/talk"] = http(talk)
    assert outcome(capture(tmp_path, site, "/talk")) == ("captured", "http.200")
    everywhere(site, http("<title>Log in</title><h1>Please log in</h1><input type=password>"))
    assert outcome(capture(tmp_path, site, "/members")) == ("blocked", "content.login_wall")

"""`archiver diff` on real captures of a server that changes between them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

import archiver as library
from archiver.case.schemas import faults
from tests import screen
from tests.command import Done, archiver
from tests.samples import PAGE, seed_text
from tests.site import Site, http
from tests.tlssite import TlsSite, contexts

EDITED = PAGE.replace("eleven", "twelve")
COUNTED = PAGE.replace("<footer>", "<div>1,234 views</div><div>10:02</div><footer>")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/ferry": http(PAGE)}) as running:
        yield running


def capture(tmp_path: Path, url: str, *words: str | Path) -> Path:
    """Capture the sample's source into its case; the package."""
    seed = tmp_path / "seed.txt"
    seed.write_text(seed_text(url))
    done = archiver(
        *("capture", seed, "--allow-private-addresses", "--attempts", "1", "--json"),
        *("--archives", tmp_path / "archives", *words),
    )
    assert "package" in done.json, done
    return Path(done.json["package"]["path"])


def captured_at(moment: str, site: Site, archives: Path) -> Path:
    """Capture the ferry's page by a clock that was set; the package."""
    done = archiver(
        *("capture", site.url("/ferry"), "--allow-private-addresses", "--json"),
        *("--archives", archives),
        env={"SOURCE_DATE_EPOCH": moment},
    )
    return Path(done.json["package"]["path"])


def diff(one: Path, other: Path) -> dict[str, Any]:
    """What `--json` says, held against its schemas."""
    done = archiver("diff", one, other, "--json", "--exit-status")
    said = done.json
    assert faults(said, "output-diff.schema.json") == ()
    assert faults(said["change"], "change.schema.json") == ()
    assert done.code == said["exit"]
    assert done.code == {"changed": 6, "inconclusive": 5}.get(said["change"]["result"], 0)
    assert archiver("diff", one, other).code == 0
    return said


def changed_facts(said: dict[str, Any]) -> list[str]:
    return [one["name"] for one in said["change"]["facts"] if one["noise"] is None]


def edits(said: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(one["kind"], one["noise"]) for one in said["change"]["text"]["edits"]]


def twice(tmp_path: Path, site: Site, answer: bytes, *words: str) -> dict[str, Any]:
    """Two captures, the second one of another answer."""
    first = capture(tmp_path, site.url("/ferry"), *words)
    site.pages["/ferry"] = answer
    return diff(first, capture(tmp_path, site.url("/ferry"), *words))


def test_the_same_page_twice(tmp_path: Path, site: Site) -> None:
    said = twice(tmp_path, site, http(PAGE))
    assert said["change"]["result"] == "unchanged"
    assert said["change"]["facts"] == []
    assert edits(said) == []


def test_an_edited_paragraph(tmp_path: Path, site: Site) -> None:
    said = twice(tmp_path, site, http(EDITED))
    assert said["change"]["result"] == said["change"]["text"]["result"] == "changed"
    assert edits(said) == [("changed", None)]
    (edit,) = said["change"]["text"]["edits"]
    assert edit["passages"] == [1]
    assert edit["words"] == [
        {"lead": "Monday, after a pause of", "before": "eleven", "after": "twelve"}
    ]
    for side, page in (("before", PAGE), ("after", EDITED)):
        start, end = edit[side]["octets"]
        assert page.encode()[start:end].endswith(b"weeks.")
    assert [(one["before"], one["after"]) for one in said["change"]["passages"]] == [
        ("found", "altered"),
        *[("found", "found")] * 3,
    ]


def test_a_paragraph_came_and_one_went(tmp_path: Path, site: Site) -> None:
    at = PAGE.index("<div>About")
    end = PAGE.index("</div>") + len("</div>")
    said = twice(tmp_path, site, http(f"{PAGE[:at]}<p>Nothing else is known.</p>{PAGE[end:]}"))
    assert sorted(edits(said)) == [("added", None), ("removed", None)]
    assert said["change"]["passages"][2] == {"number": 3, "before": "found", "after": "missing"}


def test_a_page_that_is_no_longer_answered(tmp_path: Path, site: Site) -> None:
    first = capture(tmp_path, site.url("/ferry"))
    site.pages["/ferry"] = http("<h1>Not found</h1>", "404 Not Found")
    second = capture(tmp_path, site.url("/ferry"))
    said = diff(first, second)
    assert changed_facts(said) == ["outcome.state", "outcome.reason", "http.status"]
    text = said["change"]["text"]
    assert text == {
        "result": "not-comparable",
        "reasons": {"before": None, "after": "absent"},
        "edits": [],
    }
    assert {one["after"] for one in said["change"]["passages"]} == {None}
    for words in (archiver("diff", first, second).out, archiver("diff", second, first).out):
        assert "delet" not in words
        assert "removed" not in words
        assert "captured -> absent" in words
    # And back again.
    site.pages["/ferry"] = http(PAGE)
    back = diff(second, capture(tmp_path, site.url("/ferry")))
    assert back["change"]["facts"][0]["after"] == "captured"


def test_a_server_that_is_gone(tmp_path: Path) -> None:
    with Site({"/": http("up")}) as control:
        with Site({"/ferry": http(PAGE)}) as site:
            url = site.url("/ferry")
            first = capture(tmp_path, url, "--control", control.url("/"))
        second = capture(tmp_path, url, "--control", control.url("/"))
        said = diff(first, second)
    assert changed_facts(said) == ["outcome.state", "outcome.reason", "http.status"]
    assert said["change"]["text"]["reasons"] == {"before": None, "after": "unreachable"}
    # Without a control that answers nothing may be concluded, so nothing has changed.
    third = capture(tmp_path, url, "--control", url)
    said = diff(first, third)
    assert (said["change"]["result"], said["exit"]) == ("inconclusive", 5)


def test_a_redirect_came(tmp_path: Path, site: Site) -> None:
    site.pages["/new"] = http(PAGE)
    said = twice(tmp_path, site, http("", "301 Moved", extra="Location: /new\r\n"))
    assert changed_facts(said) == ["outcome.reason", "redirects"]
    (way,) = [one for one in said["change"]["facts"] if one["name"] == "redirects"]
    assert way["after"] == f"{site.url('/ferry')} {site.url('/new')}"
    assert said["change"]["text"]["result"] == "unchanged"


def test_a_redirect_with_a_session_in_it(tmp_path: Path, site: Site) -> None:
    sessions = ["5f2c9a7be1d04c33ab", "77aa01c2d9e85b6f10"]
    for one in sessions:
        site.pages[f"/new?s={one}"] = http(PAGE)
    to = [http("", "302 Found", extra=f"Location: /new?s={one}\r\n") for one in sessions]
    site.pages["/ferry"] = to[0]
    said = twice(tmp_path, site, to[1])
    assert said["change"]["result"] == "noise"
    assert [(one["name"], one["noise"]) for one in said["change"]["facts"]] == [
        ("redirects", "token")
    ]


def test_another_charset_is_no_change_of_the_text(tmp_path: Path, site: Site) -> None:
    other = http(
        PAGE.encode("cp1252", "xmlcharrefreplace"), media_type="text/html; charset=windows-1252"
    )
    said = twice(tmp_path, site, other)
    assert said["change"]["text"]["result"] == "unchanged"
    assert changed_facts(said) == ["header.content-type"]


def test_counters_clocks_and_advertisements_are_noise(tmp_path: Path, site: Site) -> None:
    site.pages["/ferry"] = http(COUNTED, extra='ETag: "1"\r\n')
    after = COUNTED.replace("1,234", "1,239").replace("Advertisement", "Buy hats, they are cheap!")
    after = after.replace("10:02", "10:07")
    said = twice(tmp_path, site, http(after, extra='ETag: "2"\r\n'))
    assert said["change"]["result"] == said["change"]["text"]["result"] == "noise"
    assert {noise for _, noise in edits(said)} == {"apart", "counter", "clock"}
    assert changed_facts(said) == []
    assert {one["noise"] for one in said["change"]["facts"]} == {"server", "markup"}


def test_the_order_of_requisites_is_noise(tmp_path: Path, site: Site) -> None:
    for name in ("/a.png", "/b.png"):
        site.pages[name] = http(name, media_type="image/png")
    images = ["<img src=/a.png>", "<img src=/b.png>"]
    site.pages["/ferry"] = http(PAGE + "".join(images))
    said = twice(tmp_path, site, http(PAGE + "".join(reversed(images))))
    assert said["change"]["result"] == "noise"
    assert [one["name"] for one in said["change"]["facts"]] == ["requisites.order", "body"]


def test_a_certificate(tmp_path: Path) -> None:
    ca = trustme.CA()
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ca.cert_pem.bytes())
    made = contexts(ca, tmp_path)
    with Site({"/": http("up")}) as control, TlsSite(made["right"](), {"/x": http(PAGE)}) as site:
        words = ("--ca-file", roots, "--control", control.url("/"))
        packages = [capture(tmp_path, site.url("/x"), *words)]
        for kind in ("right", "tls.self_signed"):
            site.context = made[kind]()
            packages.append(capture(tmp_path, site.url("/x"), *words))
    renewed = diff(packages[0], packages[1])
    assert changed_facts(renewed) == ["certificate.leaf"]
    assert renewed["change"]["text"]["result"] == "unchanged"
    doubted = diff(packages[1], packages[2])
    assert changed_facts(doubted)[:3] == [
        "outcome.reason",
        "certificate.verified",
        "certificate.leaf",
    ]
    shown = archiver("diff", packages[2], packages[1]).out
    assert "tls.self_signed, server's identity not verified" in shown


def test_a_page_whose_text_is_not_read(tmp_path: Path, site: Site) -> None:
    site.pages["/ferry"] = http(b"%PDF-1.7 one", media_type="application/pdf")
    said = twice(tmp_path, site, http(b"%PDF-1.7 two", media_type="application/pdf"))
    assert said["change"]["text"]["result"] == "not-comparable"
    assert changed_facts(said) == ["body"]


def test_the_order_of_the_words_does_not_matter(tmp_path: Path, site: Site) -> None:
    first = capture(tmp_path, site.url("/ferry"))
    site.pages["/ferry"] = http(EDITED)
    second = capture(tmp_path, site.url("/ferry"))
    there, back = diff(first, second), diff(second, first)
    assert there == back
    assert there["ordered_by"] == "previous"
    assert there["before"]["package"] == str(first)
    same = diff(first, first)
    assert (same["ordered_by"], same["change"]["result"]) == ("given", "unchanged")


def test_clocks_tell_where_no_package_names_the_other(tmp_path: Path, site: Site) -> None:
    late = captured_at("1790000060", site, tmp_path / "late")
    early = captured_at("1790000000", site, tmp_path / "early")
    said = diff(late, early)
    assert said["ordered_by"] == "started"
    assert said["before"]["package"] == str(early)
    assert said["change"]["seed_text_of"] is None


def test_a_package_that_names_the_other_is_later_whatever_the_clocks_say(
    tmp_path: Path, site: Site
) -> None:
    first = captured_at("1790000060", site, tmp_path)
    second = captured_at("1790000000", site, tmp_path)
    said = diff(second, first)
    assert said["ordered_by"] == "previous"
    assert said["before"]["package"] == str(first)


def test_what_is_refused(tmp_path: Path, site: Site) -> None:
    site.pages["/other"] = http(PAGE)
    first, other = capture(tmp_path, site.url("/ferry")), capture(tmp_path, site.url("/other"))
    broken = tmp_path / "broken.wacz"
    broken.write_bytes(first.read_bytes().replace(b"eleven", b"twelve"))
    no_package = tmp_path / "text.wacz"
    no_package.write_text("not a package")
    for words, code, says in (
        ((first, other), 4, "two sources"),
        ((first, broken), 3, "Refused"),
        ((broken, first), 3, "Refused"),
        ((first, no_package), 4, "not an evidence package"),
        ((first, tmp_path / "none.wacz"), 4, "no such file"),
        ((first,), 2, "'B'"),
    ):
        done = archiver("diff", *words)
        assert done.code == code, done
        assert done.err.count("\n") == 1
        assert says in done.err


def on_a_terminal(*words: str | Path, env: dict[str, str]) -> str:
    """What the command shows where a person looks."""
    ours, theirs = screen.opened()
    done = subprocess.run(
        [sys.executable, "-m", "archiver", *map(str, words)],
        stdout=theirs,
        env={**os.environ, **env},
        check=False,
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(ours)
    assert done.returncode == 0
    return shown.decode()


def test_colours_are_for_terminals(tmp_path: Path, site: Site) -> None:
    first = capture(tmp_path, site.url("/ferry"))
    site.pages["/ferry"] = http(EDITED.replace("eleven", "\x1b[5mtwelve"))
    second = capture(tmp_path, site.url("/ferry"))
    plain: Done = archiver("diff", first, second)
    assert "… Monday, after a pause of [-eleven-] {+twelve+}" in plain.out
    assert "\x1b" not in plain.out
    coloured = on_a_terminal("diff", first, second, env={"NO_COLOR": ""})
    assert "\x1b[31m[-eleven-]\x1b[0m \x1b[32m{+twelve+}\x1b[0m" in coloured
    assert "\x1b" not in on_a_terminal("diff", first, second, env={"NO_COLOR": "1"})


def test_the_library_says_the_same(tmp_path: Path, site: Site) -> None:
    first = capture(tmp_path, site.url("/ferry"))
    site.pages["/ferry"] = http(EDITED)
    done = library.diff(capture(tmp_path, site.url("/ferry")), first)
    assert isinstance(done, library.Diffed)
    assert done.before.package == str(first)
    assert (done.change.result, done.exit) == ("changed", library.Exit.CHANGED)
    with pytest.raises(library.InvalidInput, match="no such file"):
        library.diff(first, tmp_path / "none")

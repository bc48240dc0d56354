"""What a page names to be shown whole is fetched with it; nothing is guessed, nothing fatal."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from archiver.capture.exchange import RawExchange
from archiver.capture.observe import Settings
from archiver.capture.references import of_page, of_style
from archiver.capture.requisites import gather
from archiver.errors import StorageFailed
from archiver.moment import Clock
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from tests.site import DeadPort, Site, http
from tests.verify.scenes import asked

BASE = "http://site.example/dir/page"


def taken(tmp_path: Path, site: Site, path: str = "/", **more: object) -> Captured:
    settings = Settings(
        seconds=20,
        attempts=1,
        allow_private_addresses=True,
        **more,  # type: ignore[arg-type]
    )
    order = Order(source=site.url(path), archives=tmp_path, settings=settings)
    return capture(order, clock=Clock(now=lambda: 1_790_000_000, source="given"))


@pytest.mark.parametrize(
    ("markup", "named"),
    [
        ("<img src=a.png>", ["/dir/a.png"]),
        ("<IMG SRC='/a b.png'>", ["/a b.png"]),
        ("<img srcset='a.png 1x, b.png 2x,c.png'>", ["/dir/a.png", "/dir/b.png", "/dir/c.png"]),
        ("<img srcset='a,b.png 100w, c.png'>", ["/dir/a,b.png", "/dir/c.png"]),
        ("<picture><source srcset=x.webp><img src=x.png></picture>", ["/dir/x.webp", "/dir/x.png"]),
        ("<link rel='shortcut icon' href=/f.ico>", ["/f.ico"]),
        ("<link rel=stylesheet href=s.css><link rel=canonical href=/other>", ["/dir/s.css"]),
        ("<link rel=manifest href=m.json>", ["/dir/m.json"]),
        ("<script src=j.js></script><script>var a='b.js'</script>", ["/dir/j.js"]),
        ("<iframe src=f.html></iframe><embed src=e.swf>", ["/dir/f.html", "/dir/e.swf"]),
        (
            "<video src=v.mp4 poster=p.jpg><track src=t.vtt></video>",
            ["/dir/v.mp4", "/dir/p.jpg", "/dir/t.vtt"],
        ),
        (
            "<style>@import 'i.css'; p{background:url( \"u.png\" )}</style>",
            ["/dir/i.css", "/dir/u.png"],
        ),
        ("<p style=\"background:url('q.png')\">", ["/dir/q.png"]),
        (
            "<base href=/other/><img src=a.png><base href=/third/><img src=b.png>",
            ["/other/a.png", "/other/b.png"],
        ),
        ("<img src='a.png?x=1&amp;y=2#f'>", ["/dir/a.png?x=1&y=2#f"]),
        ("<img src=data:image/png;base64,AA><img src=javascript:x><img src=''><img src=#a>", []),
        ("<a href=page2><form action=/post></form></a><!-- <img src=no.png> -->", []),
        ("<img src=a.png><img src=a.png>", ["/dir/a.png"]),
        ("<img src='http://[broken'><img src=ok.png>", ["/dir/ok.png"]),
        ("<img src=//cdn.example/x.png>", ["http://cdn.example/x.png"]),
    ],
)
def test_what_a_page_names(markup: str, named: list[str]) -> None:
    host = "http://site.example"
    found = [one.removeprefix(host) for one in of_page(markup, BASE)]
    assert found == named


def test_what_a_style_names() -> None:
    style = """@import url("one.css"); @import 'two.css' screen; /* url(no.png) */
    @font-face { src: url(f.woff2) format("woff2"), url('f.woff') }
    p { background: URL( x.png ) } q { content: "url(" } r { background: url(data:x) }"""
    found = [one.rpartition("/")[2] for one in of_style(style, BASE)]
    assert found == ["one.css", "two.css", "f.woff2", "f.woff", "x.png"]


def test_a_page_with_its_requisites(tmp_path: Path) -> None:
    page = """<link rel=stylesheet href=/s.css><img src=/moved.png><img src=/gone.png>
    <img src=/slow.png><iframe src=/frame></iframe><p>text</p>"""
    pages: dict[str, object] = {
        "/": http(page),
        "/s.css": http("@import '/deep.css'; p { background: url(/b.png) }", media_type="text/css"),
        "/deep.css": http("p { color: red }", media_type="text/css"),
        "/b.png": http(b"\x89PNG", media_type="image/png"),
        "/moved.png": http("", "302 Found", extra="Location: /there.png\r\n"),
        "/there.png": http(b"\x89PNG", media_type="image/png"),
        "/frame": http("<img src=/inner.png>"),
        "/inner.png": http(b"\x89PNG", media_type="image/png"),
    }

    def slow(connection: object) -> None:
        time.sleep(0.3)
        connection.sendall(http(b"late", media_type="image/png"))  # type: ignore[attr-defined]

    pages["/slow.png"] = slow
    with Site(pages) as site:  # type: ignore[arg-type]
        done = taken(tmp_path, site)
        again = taken(tmp_path / "again", site)
    asked = [
        (one.url.removeprefix(site.url("/")), one.response and one.response.status)
        for one in done.observation.requisites()
    ]
    assert asked == [
        ("s.css", 200),
        ("moved.png", 302),
        ("there.png", 200),
        ("gone.png", 404),
        ("slow.png", 200),
        ("frame", 200),
        ("deep.css", 200),
        ("b.png", 200),
        ("inner.png", 200),
    ]
    assert done.outcome.state == "captured"
    assert verify(done.package).verdict == "untrusted"
    # Whatever came first on the wire: the order is the page's, the octets are the same.
    assert done.package.read_bytes() == again.package.read_bytes()


def test_failures_are_recorded_and_never_fatal(tmp_path: Path) -> None:
    with DeadPort() as dead, Site() as site:
        site.pages["/"] = http(
            f"<img src='{dead.url('/a.png')}'><img src='http://192.168.0.1/b.png'>"
            "<img src='http://user:pw@127.0.0.1/c.png'><p>text</p>"
        )
        done = taken(tmp_path, site)
    faults = [one.fault and one.fault.type for one in done.observation.requisites()]
    assert faults == ["tcp.refused", "local.refused_by_policy"]
    assert (done.outcome.state, done.outcome.reason) == ("captured", "http.200")
    assert done.observation.controls() == ()
    assert verify(done.package).verdict == "untrusted"


def test_none_are_asked_for_where_they_are_not_wanted_or_no_page_came(tmp_path: Path) -> None:
    with Site(
        {"/": http("<img src=/a.png>"), "/gone": http("<img src=/a.png>", "404 Gone")}
    ) as site:
        assert taken(tmp_path, site, requisites=False).observation.requisites() == ()
        assert taken(tmp_path, site, "/gone").observation.requisites() == ()
        assert len(site.requests) == 2


def test_many_at_once_but_few_for_each_host(tmp_path: Path) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def counted(connection: object) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.05)
        with lock:
            now -= 1
        connection.sendall(http(b"x", media_type="image/png"))  # type: ignore[attr-defined]

    names = [f"/{number}.png" for number in range(60)]
    with Site(dict.fromkeys(names, counted)) as site:
        site.pages["/"] = http("".join(f"<img src={name}>" for name in names))
        done = taken(tmp_path, site)
    assert len(done.observation.requisites()) == 60
    assert 1 < most <= 6


def test_cookies_of_the_site_go_along_from_hop_to_hop(tmp_path: Path) -> None:
    with Site({"/in": http("<p>in</p>")}) as site:
        site.pages["/"] = http(
            "", "302 Found", extra="Set-Cookie: seen=yes; Path=/\r\nLocation: /in\r\n"
        )
        taken(tmp_path, site)
        first, second = site.requests
    assert b"Cookie:" not in first
    assert b"Cookie: seen=yes\r\n" in second


def test_where_one_cannot_be_kept_no_others_are_asked_for() -> None:
    images = "".join(f"<img src={number}.png>" for number in range(120))
    page = asked("https://site.example/", http(images))
    begun: list[str] = []

    def queue(urls: list[str]) -> Generator[list[RawExchange]]:
        for url in urls:
            begun.append(url)
            if url.endswith("/0.png"):
                raise StorageFailed("storage.spool", "the disk is full")
            time.sleep(0.05)
            yield []

    with pytest.raises(StorageFailed):
        gather(page, queue, lambda: False)
    time.sleep(0.3)
    assert len(begun) <= 12
    page.response.close()

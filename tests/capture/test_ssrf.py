"""Whatever a source, a redirect, a page or a name server says: nothing inside is connected to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dns.message
import pytest

from tests.dnsserver import NameServer, Rule, addresses, alias
from tests.site import Site, http

# Hosts that are not public, in all the spellings that some library takes for one.
SPELLINGS = (
    *("127.0.0.1", "127.1", "127.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0", "00", "0x0"),
    *("0x7f.1", "0x7f000001", "0X7F.0x0.0x0.0x1", "2130706433", "017700000001", "0177.0.0.1"),
    *("0177.1", "127.0.0.01", "127.0.0.1.", "127.0.0.1..", "00000127.0.0.1", "127.0.0.0x1"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏", "٣", "0x７f.1"),
    *("localhost", "LOCALHOST", "localhost.", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "ｌocalhost", "loca\u00adlhost"),
    *("loc%61lhost", "%6c%6f%63alhost", "127.0.0.1%2f", "127.0.0.1%00.example", "localhost\u200b"),
    *("[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("[0:0:0:0:0:ffff:7f00:1]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::7f00:1]"),
    *("[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1%25lo]"),
    *(
        "[fe80::1%lo]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[ff02::1]",
        "[100::1]",
    ),
    *("[100:0:0:1::1]", "[3fff::1]", "[5f00::1]", "[2001:db8::1]", "[2001:2::1]", "[v1.a]"),
    *("[::1", "::1", "[127.0.0.1]", "[::ffff:127.1]", "[0000:0000:0000:0000:0000:0000:0000:00001]"),
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "169.254.43518", "100.64.0.1", "10.0.0.1"),
    *("172.16.0.1", "192.168.0.1", "192.0.0.8", "192.0.0.192", "192.88.99.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "a:b@127.0.0.1", "8.8.8.8@127.0.0.1"),
    *("127.0.0.1\\@8.8.8.8", "8.8.8.8\\@127.0.0.1", "127.0.0.1\t", " "),
)
# Of these, those that say or lead to 127.0.0.1 itself: a blank at the end of a Location, and
# a tab in a URL, are taken out by every reader.
THE_SAME = ("127.0.0.1", "127.0.0.1\t", "localhost", "LOCALHOST")
CODES = (301, 302, 303, 307, 308)
NAME = "news.example"


def counted(jobs: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Each job done, with its events; and the rules that hold for all of them."""
    archives, temporary, home = (folder / name for name in ("archives", "tmp", "home"))
    for made in (archives, temporary, home):
        made.mkdir()
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-m", "tests.capture.ssrf"],
        input=json.dumps([{"archives": str(archives), **job} for job in jobs]),
        env={
            **os.environ,
            "TMPDIR": str(temporary),
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    results: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(results) == len(jobs)
    for result in results:
        for event, what in result["events"]:
            assert event in ("open", "socket.connect", "socket.sendto"), (event, what)
            if event == "open":
                assert what == "fd" or Path(what).is_relative_to(folder), what
    assert list(home.iterdir()) == []
    assert list(temporary.iterdir()) == []
    return results


def sent_to(result: dict[str, Any]) -> set[tuple[str, int]]:
    """Every address that anything was sent to."""
    return {tuple(what) for event, what in result["events"] if event != "open"}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/control": http("up"), "/secret": http("secret")}) as running:
        yield running


def test_there_are_enough_spellings() -> None:
    assert len(set(SPELLINGS)) == len(SPELLINGS) >= 51


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_as_the_source(tmp_path: Path, site: Site, scheme: str) -> None:
    jobs = [
        {"source": f"{scheme}://{spelling}:{site.port}/secret", "control": site.url("/control")}
        for spelling in SPELLINGS
    ]
    for spelling, result in zip(SPELLINGS, counted(jobs, tmp_path), strict=True):
        assert sent_to(result) == set(), spelling
        refused = result["ended"][0] == "refused"
        assert refused or result["ended"] == ["inconclusive", "local.refused_by_policy"], spelling
    assert site.requests == []


@pytest.mark.parametrize("code", CODES)
def test_as_the_target_of_a_redirect(tmp_path: Path, site: Site, code: int) -> None:
    """--allow-private-addresses opens 127.0.0.1 here, and nothing that is spelled otherwise."""
    control = site.url("/control")
    jobs = []
    with Site({"/secret": http("secret")}) as inside:
        for number, spelling in enumerate(SPELLINGS):
            location = f"http://{spelling}:{inside.port}/secret".encode()
            head = b"HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
            site.pages[f"/{number}"] = head % (code, location)
            jobs.append({"source": site.url(f"/{number}"), "control": control, "private": True})
        results = counted(jobs, tmp_path)
        for spelling, result in zip(SPELLINGS, results, strict=True):
            assert_only_what_was_named(spelling, result, site, inside)
        assert 1 <= len(inside.requests) <= len(THE_SAME)


def assert_only_what_was_named(
    spelling: str, result: dict[str, Any], site: Site, inside: Site
) -> None:
    here = ("127.0.0.1", site.port)
    if spelling in THE_SAME:
        # The address that SOURCE names, at another port; or a name that leads to it alone.
        assert sent_to(result) <= {here, ("127.0.0.1", inside.port)}, spelling
    else:
        assert sent_to(result) == {here}, spelling
        assert result["ended"] == ["inconclusive", "local.refused_by_policy"], spelling


def test_as_a_requisite_and_a_refresh(tmp_path: Path, site: Site) -> None:
    with Site({"/secret": http("secret")}) as inside:
        urls = [f"http://{one}:{inside.port}/secret" for one in SPELLINGS if one not in THE_SAME]
        images = "".join(f"<img src='{url}'><link rel=stylesheet href='{url}'>" for url in urls)
        styles = "".join(f"@import '{url}'; p {{ background: url({url}) }}" for url in urls)
        refresh = "".join(f"<meta http-equiv=refresh content='0; url={url}'>" for url in urls)
        site.pages["/page"] = http(f"{refresh}<style>{styles}</style>{images}<p>text")
        jobs = [
            {
                "source": site.url("/page"),
                "control": site.url("/control"),
                "private": True,
                "seconds": 60,
            }
        ]
        (result,) = counted(jobs, tmp_path)
        assert inside.requests == []
    assert sent_to(result) == {("127.0.0.1", site.port)}
    assert result["ended"] == ["captured", "http.200"]


def _in_turn(*rules: Rule) -> Rule:
    """A name that changes its mind: one rule after the other, then the last for ever."""
    left = list(rules)

    def rule(query: dns.message.Message) -> dns.message.Message | None:
        if query.question[0].rdtype != dns.rdatatype.A:
            return addresses()(query)
        return (left.pop(0) if len(left) > 1 else left[0])(query)

    return rule


def answers() -> dict[str, Rule]:
    """Names that lead inside, by how they do."""
    return {
        "loopback": addresses("127.0.0.2"),
        "mixed": addresses("8.8.8.8", "127.0.0.2"),
        "mixed-first": addresses("127.0.0.2", "8.8.8.8"),
        "mixed-families": addresses("8.8.8.8", "::1"),
        "mixed-with-the-opened": addresses("127.0.0.1", "127.0.0.2"),
        "aaaa": addresses("::1"),
        "mapped": addresses("::ffff:127.0.0.1"),
        "translated": addresses("64:ff9b::7f00:1"),
        "cname": alias("localhost.", "127.0.0.2"),
        "cname-inside": alias("intranet.example.", "10.0.0.1"),
        "metadata": addresses("169.254.169.254"),
        "rebinding": _in_turn(addresses("127.0.0.3"), addresses("127.0.0.1")),
        "unspecified": addresses("0.0.0.0"),
    }


@pytest.mark.parametrize("how", ["source", "redirect", "requisite"])
def test_as_a_name_server_says(tmp_path: Path, site: Site, how: str) -> None:
    rules = answers()
    names = {f"{kind}.example": rule for kind, rule in rules.items()}
    with NameServer({**names, NAME: addresses("127.0.0.1")}) as server:
        resolver = ("127.0.0.1", server.port)
        jobs = []
        for kind in rules:
            target = f"http://{kind}.example:{site.port}/secret"
            site.pages[f"/{kind}/redirect"] = http("", "302 Found", extra=f"Location: {target}\r\n")
            site.pages[f"/{kind}/requisite"] = http(f"<img src='{target}'><p>text")
            url = target if how == "source" else f"http://{NAME}:{site.port}/{kind}/{how}"
            jobs.append(
                {
                    "source": url,
                    "control": site.url("/control"),
                    "private": how != "source",
                    "resolvers": [str(server)],
                }
            )
        results = counted(jobs, tmp_path)
    for kind, result in zip(rules, results, strict=True):
        connected = sent_to(result) - {resolver}
        assert connected == (set() if how == "source" else {("127.0.0.1", site.port)}), kind
        ended = ["captured", "http.200"] if how == "requisite" else None
        assert result["ended"] == (ended or ["inconclusive", "local.refused_by_policy"]), kind
    assert [one for one in site.requests if one.startswith(b"GET /secret")] == []


def test_what_a_name_led_to_first_is_all_that_is_opened(tmp_path: Path, site: Site) -> None:
    """Rebinding under --allow-private-addresses: opened is what the first answer said."""
    changes = _in_turn(addresses("127.0.0.2"), addresses("127.0.0.1"))
    with NameServer({NAME: changes}) as server:
        job = {
            "source": f"http://{NAME}:{site.port}/secret",
            "control": f"http://127.0.0.3:{site.port}/control",
            "private": True,
            "resolvers": [str(server)],
        }
        (result,) = counted([job], tmp_path)
    assert sent_to(result) == {("127.0.0.1", server.port)}
    assert result["ended"] == ["inconclusive", "local.refused_by_policy"]


def test_a_control_opens_its_own_address_only(tmp_path: Path, site: Site) -> None:
    """Without the switch, a control that a person names may be private; SOURCE may not."""
    with NameServer({"dead.example": addresses(), "in.example": addresses("127.0.0.1")}) as server:
        jobs = [
            {
                "source": f"http://{host}.example:{site.port}/secret",
                "control": site.url("/control"),
                "resolvers": [str(server)],
            }
            for host in ("dead", "in")
        ]
        dead, inside = counted(jobs, tmp_path)
    assert sent_to(dead) == {("127.0.0.1", server.port), ("127.0.0.1", site.port)}
    assert dead["ended"] == ["unreachable", "dns.nodata"]
    assert sent_to(inside) == {("127.0.0.1", server.port)}
    assert inside["ended"] == ["inconclusive", "local.refused_by_policy"]
    assert [request.split()[1] for request in site.requests] == [b"/control"]

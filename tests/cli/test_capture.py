"""What `archiver capture` establishes, on loopback, with the real command."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import Done, archiver
from tests.samples import PAGE, PARAGRAPHS, cases, seed_text
from tests.site import DeadPort, Site, http

PRIVATE = "--allow-private-addresses"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site({"/": http("<p>front page</p>"), "/ferry": http(PAGE)}) as running:
        yield running


def capture(tmp_path: Path, *words: str | Path) -> Done:
    once = ("--attempts", "1", "--archives", tmp_path / "archives", "--json")
    return archiver("capture", *words, PRIVATE, *once)


def seed_file(tmp_path: Path, url: str) -> Path:
    path = tmp_path / "seed.txt"
    path.write_bytes(seed_text(url).encode())
    return path


def test_text_on_the_page_is_contained(tmp_path: Path, site: Site) -> None:
    seed = seed_file(tmp_path, site.url("/ferry"))
    done = capture(tmp_path, seed)
    assert done.code == 0, done.err
    said = done.json
    assert said["outcome"]["state"] == "captured"
    assert said["outcome"]["reason"] == "http.200"
    assert said["comparison"]["result"] == "contained"
    assert said["comparison"]["found"] == len(PARAGRAPHS)
    assert said["seed_text"] == {
        "sha256": "sha256:" + hashlib.sha256(seed.read_bytes()).hexdigest(),
        "bytes": seed.stat().st_size,
    }
    verified = archiver("verify", said["package"]["path"], "--json")
    assert verified.code == 0
    assert verified.json["id"] == said["package"]["id"]
    assert verified.json["cause"] is None


def test_one_changed_word_names_the_passage(tmp_path: Path, site: Site) -> None:
    site.pages["/ferry"] = http(PAGE.replace("9 days", "8 days"))
    seed = seed_file(tmp_path, site.url("/ferry"))
    said = capture(tmp_path, seed).json
    assert said["outcome"]["state"] == "captured"
    assert said["comparison"]["result"] == "partial"
    assert (said["comparison"]["found"], said["comparison"]["altered"]) == (3, 1)
    (passage,) = said["comparison"]["passages"]
    assert passage["number"] == 3
    assert passage["changes"] == [{"kind": "number", "seed": "9", "page": "8"}]
    people = archiver("capture", seed, PRIVATE, "--archives", tmp_path / "archives")
    assert "passage 3 altered" in people.out


def test_a_404_is_absent(tmp_path: Path, site: Site) -> None:
    seed = seed_file(tmp_path, site.url("/gone"))
    done = capture(tmp_path, seed)
    assert done.code == 0
    assert done.json["outcome"]["state"] == "absent"
    assert done.json["outcome"]["reason"] == "http.404"
    assert done.json["comparison"]["result"] == "not-contained"


def test_a_404_that_carries_the_article_is_captured(tmp_path: Path, site: Site) -> None:
    site.pages["/odd"] = http(PAGE, "404 Not Found")
    said = capture(tmp_path, seed_file(tmp_path, site.url("/odd"))).json
    assert (said["outcome"]["state"], said["outcome"]["reason"]) == ("captured", "http.404")
    assert said["comparison"]["result"] == "contained"


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        ("410 Gone", "absent", "http.410"),
        ("401 Unauthorized", "blocked", "http.401"),
        ("403 Forbidden", "blocked", "http.403"),
        ("429 Too Many Requests", "blocked", "http.429"),
        ("451 Unavailable For Legal Reasons", "blocked", "http.451"),
        ("500 Internal Server Error", "unreachable", "http.500"),
        ("503 Service Unavailable", "unreachable", "http.503"),
        ("204 No Content", "captured", "http.204"),
    ],
)
def test_states_by_status(tmp_path: Path, site: Site, status: str, state: str, reason: str) -> None:
    site.pages["/x"] = http("<p>something</p>", status)
    said = capture(tmp_path, site.url("/x")).json
    assert (said["outcome"]["state"], said["outcome"]["reason"]) == (state, reason)


def test_a_closed_port_needs_a_control_to_count(tmp_path: Path, site: Site) -> None:
    with DeadPort() as dead:
        seed = seed_file(tmp_path, dead.url("/ferry"))
        alive = capture(tmp_path, seed, "--control", site.url("/"))
        assert alive.code == 0
        assert alive.json["outcome"]["state"] == "unreachable"
        assert alive.json["outcome"]["reason"] == "tcp.refused"
        silent = capture(tmp_path, seed, "--control", dead.url("/"))
        assert silent.code == 5
        assert silent.json["outcome"]["state"] == "inconclusive"
        assert silent.json["outcome"]["reason"] == "local.network_down"
        assert silent.json["comparison"]["result"] == "not-comparable"
        for said in (alive, silent):
            assert archiver("verify", said.json["package"]["path"]).code == 0


def test_a_bare_url(tmp_path: Path, site: Site) -> None:
    done = capture(tmp_path, site.url("/ferry"))
    assert done.code == 0
    said = done.json
    assert said["seed_text"] is None
    assert said["outcome"]["state"] == "captured"
    assert said["comparison"]["result"] == "not-comparable"


def test_redirects_are_followed_hop_by_hop(tmp_path: Path, site: Site) -> None:
    site.pages["/old"] = http("", "301 Moved", extra="Location: /ferry#part\r\n")
    said = capture(tmp_path, seed_file(tmp_path, site.url("/old"))).json
    assert (said["outcome"]["state"], said["outcome"]["reason"]) == ("captured", "http.redirected")
    assert said["comparison"]["result"] == "contained"


def test_redirect_loops_end(tmp_path: Path, site: Site) -> None:
    site.pages["/a"] = http("", "302 Found", extra="Location: /b\r\n")
    site.pages["/b"] = http("", "302 Found", extra="Location: /a\r\n")
    said = capture(tmp_path, site.url("/a")).json
    assert (said["outcome"]["state"], said["outcome"]["reason"]) == (
        "unreachable",
        "http.redirect_loop",
    )


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "ftp://x.example/"]
)
def test_a_redirect_opens_no_other_address(tmp_path: Path, site: Site, target: str) -> None:
    location = target.format(port=site.port)
    site.pages["/in"] = http("", "302 Found", extra=f"Location: {location}\r\n")
    done = capture(tmp_path, site.url("/in"))
    assert done.code == 5
    assert done.json["outcome"]["reason"] == "local.refused_by_policy"
    assert len(site.requests) == 1


def test_loopback_stays_closed_unless_it_is_opened(tmp_path: Path, site: Site) -> None:
    done = archiver("capture", site.url("/ferry"), "--archives", tmp_path / "archives", "--json")
    assert done.code == 4
    assert "--allow-private-addresses" in done.json["error"]["hint"]
    assert not (tmp_path / "archives").exists()
    named = f"http://localhost:{site.port}/ferry"
    done = archiver("capture", named, "--archives", tmp_path / "archives", "--json")
    assert done.code == 5
    assert done.json["outcome"]["reason"] == "local.refused_by_policy"
    assert site.requests == []


def test_the_same_source_again_is_the_same_case(tmp_path: Path, site: Site) -> None:
    seed = seed_file(tmp_path, site.url("/ferry"))
    ids = [capture(tmp_path, seed).json["package"]["id"] for _ in range(3)]
    (case,) = cases(tmp_path / "archives")
    packages = sorted((case / "packages").iterdir())
    assert len(packages) == 3
    previous = {
        archiver("show", one, "--json").json["id"]: archiver("show", one, "--json").json["capture"][
            "previous"
        ]
        for one in packages
    }
    assert previous == {ids[0]: None, ids[1]: ids[0], ids[2]: ids[1]}


def test_another_text_of_the_same_source_is_another_case(tmp_path: Path, site: Site) -> None:
    seed = seed_file(tmp_path, site.url("/ferry"))
    first = capture(tmp_path, seed).json
    seed.write_text(seed_text(site.url("/ferry")).replace("eleven", "twelve"))
    second = capture(tmp_path, seed).json
    assert first["case"] != second["case"]
    assert second["comparison"]["result"] == "partial"


@pytest.mark.parametrize("level", ["include", "digest", "withhold"])
def test_levels_of_publishing(tmp_path: Path, site: Site, level: str) -> None:
    seed = seed_file(tmp_path, site.url("/ferry"))
    done = capture(tmp_path, seed, "--publish-text", level)
    said = done.json
    assert archiver("verify", said["package"]["path"]).code == 0
    octets = Path(said["package"]["path"]).read_bytes()
    assert (seed.read_bytes() in octets) == (level == "include")
    digest = hashlib.sha256(seed.read_bytes()).hexdigest().encode()
    assert (digest in octets) == (level != "withhold")
    if level == "withhold":
        assert said["comparison"]["result"] == "not-comparable"
        assert said["seed_text"]["commitment"].startswith("hmac-sha256:")
        assert "sha256" not in said["seed_text"]
        key = next((tmp_path / "archives").glob("*/seed.key"))
        assert key.stat().st_mode & 0o777 == 0o600
    else:
        assert said["comparison"]["result"] == "contained"


def test_digests_compare_without_the_text(tmp_path: Path, site: Site) -> None:
    seed = seed_file(tmp_path, site.url("/ferry"))
    archiver("new", seed, "--archives", tmp_path / "archives", "--publish-text", "digest")
    (case,) = (tmp_path / "archives").iterdir()
    (case / "seed.txt").unlink()
    said = capture(tmp_path, case).json
    assert said["comparison"]["result"] == "contained"
    site.pages["/ferry"] = http(PAGE.replace("1,350", "1,351"))
    said = capture(tmp_path, case).json
    assert said["comparison"]["result"] == "partial"
    assert said["comparison"]["missing"] == 1


def test_nothing_of_the_surroundings_is_sent(tmp_path: Path, site: Site) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
    with DeadPort() as proxy:
        done = archiver(
            "capture",
            site.url("/ferry"),
            PRIVATE,
            "--archives",
            tmp_path / "archives",
            env={"HOME": str(home), "http_proxy": proxy.url(), "ALL_PROXY": proxy.url()},
        )
    assert done.code == 0, done.err
    assert site.requests[0].startswith(b"GET /ferry HTTP/1.1\r\nHost: 127.0.0.1:")
    assert len(site.requests) == 2  # and the sibling probe
    for request in site.requests:
        for word in (b"Authorization", b"Cookie", b"s3cret"):
            assert word not in request
    octets = next((tmp_path / "archives").rglob("*.wacz")).read_bytes()
    assert b"s3cret" not in octets

"""What the person's machine knows stays there: no secret of theirs in any octet that leaves."""

from __future__ import annotations

import base64
import re
import zipfile
from pathlib import Path

import pytest

from tests.capture.test_hostile import kept
from tests.command import Done, archiver
from tests.dnsserver import NameServer, addresses
from tests.site import Site, http

SECRET = "s3cret-Xyzzy"  # every planted secret begins so
_HIDDEN = (SECRET.encode(), base64.b64encode(b"u:" + SECRET.encode())[:12])
CONTROL = http("up")


def planted(home: Path, proxy: Site) -> dict[str, str]:
    """An environment that has a secret wherever a program may look for one."""
    home.mkdir()
    hosts = ("127.0.0.1", "localhost", "a.example", "b.example")
    lines = [f"machine {host} login u password {SECRET}-netrc" for host in hosts]
    lines.append(f"default login u password {SECRET}-default")
    for name in (".netrc", "_netrc", "other.netrc"):
        (home / name).write_text("\n".join(lines) + "\n")
        (home / name).chmod(0o600)
    (home / f"{SECRET}-ca.pem").write_text("no certificate")
    (home / ".curlrc").write_text(f'user = "u:{SECRET}-curlrc"\n')
    through = f"http://u:{SECRET}-proxy@127.0.0.1:{proxy.port}"
    roots = str(home / f"{SECRET}-ca.pem")
    names = ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "NETRC": str(home / "other.netrc"),
        **dict.fromkeys((*names, "ftp_proxy", "WSS_PROXY"), through),
        "NO_PROXY": f"{SECRET}-no.example",
        "no_proxy": f"{SECRET}-no.example",
        **dict.fromkeys(("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"), roots),
        "SSL_CERT_DIR": str(home),
        "GITHUB_TOKEN": f"{SECRET}-token",
        "COOKIE": f"{SECRET}-cookie",
    }


def captured(tmp_path: Path, env: dict[str, str], source: str, *more: str) -> Done:
    return archiver(
        *("capture", source, "--archives", tmp_path / "archives", "--attempts", "1"),
        *("--allow-private-addresses", "--timeout", "20", *more),
        cwd=tmp_path,
        env=env,
    )


def written(tmp_path: Path, done: Done) -> list[tuple[str, bytes]]:
    """All that came out: what was said, every file, and what stands in the packages."""
    found = [("stdout", done.out.encode()), ("stderr", done.err.encode())]
    for file in sorted((tmp_path / "archives").rglob("*")):
        found.append((str(file), str(file).encode()))
        if not file.is_file():
            continue
        found.append((str(file), file.read_bytes()))
        if file.suffix == ".wacz":
            with zipfile.ZipFile(file) as package:
                found += [(f"{file}!{name}", package.read(name)) for name in package.namelist()]
    return found


def leaks(found: list[tuple[str, bytes]]) -> list[str]:
    return [name for name, octets in found if any(one in octets for one in _HIDDEN)]


@pytest.fixture
def proxy() -> Site:
    return Site({"/": http("the proxy's own answer")})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_nothing_of_the_surroundings(tmp_path: Path, proxy: Site, host: str) -> None:
    page = "<img src=/401.png><link rel=stylesheet href=/style.css><p>text"
    pages = {
        "/": http(page),
        "/401.png": http("", "401 Unauthorized", extra='WWW-Authenticate: Basic realm="x"\r\n'),
        "/style.css": http("", "407 Proxy", extra="Proxy-Authenticate: Negotiate\r\n"),
        "/control": CONTROL,
    }
    with proxy, Site(pages) as site:
        env = planted(tmp_path / "home", proxy)
        source = site.url("/").replace("127.0.0.1", host)
        done = captured(tmp_path, env, source, "--control", site.url("/control"), "--json")
    assert done.json["outcome"]["reason"] == "http.200"
    assert leaks(written(tmp_path, done)) == []
    assert proxy.requests == []
    assert len(site.requests) == 3
    for request in site.requests:
        assert not any(one in request for one in _HIDDEN)
        assert re.search(rb"(?im)^(proxy-)?(authorization|cookie|referer)\s*:", request) is None


def test_a_401_is_not_answered(tmp_path: Path, proxy: Site) -> None:
    asked = "".join(f"WWW-Authenticate: {one}\r\n" for one in ("Basic", "Negotiate", "NTLM"))
    with proxy, Site({"/": http("", "401 Unauthorized", extra=asked)}) as site:
        done = captured(tmp_path, planted(tmp_path / "home", proxy), site.url("/"), "--json")
    assert done.json["outcome"]["reason"] == "http.401"
    assert len(site.requests) == 1
    assert b"uthorization" not in site.requests[0]
    assert leaks(written(tmp_path, done)) == []


@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "authority",
    [f"u:{SECRET}@127.0.0.1", f"{SECRET}@127.0.0.1", f":{SECRET}@127.0.0.1", f"u:{SECRET}@x@a.b"],
)
def test_user_info_in_the_source(
    tmp_path: Path, proxy: Site, authority: str, as_json: bool
) -> None:
    with proxy, Site({"/": http("page")}) as site:
        env = planted(tmp_path / "home", proxy)
        words = ("--json",) if as_json else ()
        done = captured(tmp_path, env, f"http://{authority}:{site.port}/", *words)
        assert site.requests == []
    assert done.code == 4
    assert leaks(written(tmp_path, done)) == []


def test_user_info_in_a_text(tmp_path: Path, proxy: Site) -> None:
    text = tmp_path / "seed.txt"
    text.write_text(f" date 2025-02-17 Title\n\nA text.\n\nhttp://u:{SECRET}@127.0.0.1/")
    with proxy:
        done = captured(tmp_path, planted(tmp_path / "home", proxy), str(text))
    assert done.code == 4
    assert leaks(written(tmp_path, done)) == []


def test_user_info_in_a_control(tmp_path: Path, proxy: Site) -> None:
    with proxy, Site({"/": http("page")}) as site:
        env = planted(tmp_path / "home", proxy)
        control = f"http://u:{SECRET}@127.0.0.1:{site.port}/"
        done = captured(tmp_path, env, site.url("/"), "--control", control)
        assert site.requests == []
    assert done.code == 4
    assert leaks(written(tmp_path, done)) == []


def test_user_info_in_a_location(tmp_path: Path, proxy: Site) -> None:
    """The octets that a server sent are evidence, with whatever it put there. They stand in
    the response's record and where `capture.json` repeats the field; it is not followed."""
    with proxy, Site({"/control": CONTROL}) as site:
        location = f"http://u:{SECRET}-location@127.0.0.1:{site.port}/page"
        site.pages["/"] = http("", "302 Found", extra=f"Location: {location}\r\n")
        env = planted(tmp_path / "home", proxy)
        done = captured(tmp_path, env, site.url("/"), "--control", site.url("/control"), "--json")
    assert done.json["outcome"]["reason"] == "local.refused_by_policy"
    assert [request.split()[1] for request in site.requests] == [b"/"]
    found = written(tmp_path, done)
    inside = {name.rpartition("!")[2] for name in leaks(found) if "!" in name}
    assert inside <= {"archive/data.warc", "evidence/capture.json"}
    assert all(".wacz" in name for name in leaks(found))
    archive = next(octets for name, octets in found if name.endswith("!archive/data.warc"))
    telling = [one.type for one in kept(archive) if SECRET.encode() in one.block]
    assert telling == ["response"]


def test_cookies_stay_with_the_site_that_set_them(tmp_path: Path, proxy: Site) -> None:
    """Hop 1 sets cookies, for itself and for others; hop 2 is another host and gets none."""
    with (
        proxy,
        Site({"/control": CONTROL}) as site,
        NameServer(dict.fromkeys(("a.example", "b.example"), addresses("127.0.0.1"))) as names,
    ):
        there = f"http://b.example:{site.port}/two"
        cookies = "".join(
            f"Set-Cookie: n{number}={SECRET}-{number}{rest}\r\n"
            for number, rest in enumerate(
                ("", "; Domain=b.example", "; Domain=.b.example", "; Domain=127.0.0.1", "; Path=/")
            )
        )
        site.pages["/one"] = http("", "302 Found", extra=f"{cookies}Location: {there}\r\n")
        site.pages["/two"] = http(f"<img src='http://127.0.0.1:{site.port}/three'><p>text")
        env = planted(tmp_path / "home", proxy)
        source = f"http://a.example:{site.port}/one"
        more = ("--resolver", str(names), "--control", site.url("/control"), "--json")
        done = captured(tmp_path, env, source, *more)
        again = captured(tmp_path, env, source, *more)
    assert done.json["outcome"]["reason"] == "http.redirected"
    assert again.json["outcome"]["reason"] == "http.redirected"
    # Not to the other host, not to the page's images, not with the sibling probe, and not at
    # the next capture either.
    assert len(site.requests) == 8
    assert not any(SECRET.encode() in one or b"Cookie" in one for one in site.requests)
    found = written(tmp_path, again)
    for name, archive in found:
        if name.endswith("!archive/data.warc"):
            telling = [(one.type, one.uri) for one in kept(archive) if SECRET.encode() in one.block]
            assert telling == [("response", source)]


def test_the_keys_of_tls_are_written_nowhere(tmp_path: Path, proxy: Site) -> None:
    keys = tmp_path / "home" / "keys.log"
    with proxy, Site({"/": http("page")}) as site:
        env = {**planted(tmp_path / "home", proxy), "SSLKEYLOGFILE": str(keys)}
        done = captured(tmp_path, env, site.url("/"), "--control", site.url("/"))
    assert done.code == 0
    assert not keys.exists()


@pytest.mark.parametrize("octet", [b"\r", b"\0", b"\x1b", b"\x7f"])
def test_a_cookie_writes_nothing_into_the_next_request(tmp_path: Path, octet: bytes) -> None:
    with Site({"/two": http("page")}) as site:
        cookie = b'HTTP/1.1 302 Found\r\nSet-Cookie: a="b%sX-Planted: c"\r\n' % octet
        site.pages["/"] = cookie + b"Location: /two\r\nContent-Length: 0\r\n\r\n"
        done = captured(tmp_path, {}, site.url("/"), "--control", site.url("/two"))
        assert done.code == 0
        assert len(site.requests) == 2
    plain = site.requests[1].replace(b"\r\n", b"")
    assert all(0x20 <= one < 0x7F for one in plain)

"""`--proxy`: everything goes through it, it is recorded, and what it breaks is not the source's."""

from __future__ import annotations

import json
import socket
import ssl
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from archiver import Captured, InvalidInput, Order, Settings, capture, show, verify
from archiver.capture.proxy import Proxy as Address
from archiver.capture.proxy import proxy as read_proxy
from archiver.report.words import verdict_sentence
from tests.capture.test_secrets import SECRET, captured, leaks, planted, written
from tests.capture.test_wire import records
from tests.command import archiver
from tests.dnsserver import NameServer
from tests.proxy import Answer, Proxy
from tests.samples import PAGE, seed_text
from tests.site import DeadPort, Site, http
from tests.tlssite import TlsSite, contexts, server_context

SOURCE = "news.example"
CONTROL = "control.example"
MARKED = '<link rel="stylesheet" href="/style.css"><img src="/missing.png">' + PAGE


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def sites(ca: trustme.CA) -> Iterator[tuple[TlsSite, TlsSite]]:
    context = server_context(ca.issue_cert(SOURCE, CONTROL))
    pages = {"/x": http(MARKED), "/style.css": http("p{}", media_type="text/css")}
    with TlsSite(context, pages) as source, TlsSite(context, {"/": http("up")}) as control:
        yield source, control


def taken(
    tmp_path: Path,
    ca: trustme.CA,
    proxy: object,
    source: str = f"https://{SOURCE}/x",
    control: str = f"https://{CONTROL}/",
    seconds: float = 8,
    **more: object,
) -> Captured:
    roots = tmp_path / "roots.pem"
    roots.write_bytes(ca.cert_pem.bytes())
    settings = Settings(
        probe=False,
        seconds=seconds,
        attempts=1,
        controls=(control,),
        ca_file=roots,
        proxy=proxy if isinstance(proxy, Address) else read_proxy(str(proxy)),
        **more,  # type: ignore[arg-type]
    )
    # A name server that is not there: nobody but the proxy resolves the source's name.
    return capture(Order(source=source, archives=tmp_path / "archives", settings=settings))


def ended(done: Captured) -> tuple[str, str]:
    report = verify(done.package)
    assert report.verdict == "untrusted", [one for one in report.checks if one.problems]
    assert "--proxy" in verdict_sentence(report)
    return done.outcome.state, done.outcome.reason


def refusal(status: str) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: 4\r\n\r\nno.\n".encode()


def test_a_page_behind_tls(tmp_path: Path, ca: trustme.CA, sites: tuple[TlsSite, TlsSite]) -> None:
    source, _ = sites
    seed = tmp_path / "seed.txt"
    seed.write_text(seed_text(f"https://{SOURCE}/x"))
    with Proxy({SOURCE: source.port}) as proxy:
        done = taken(tmp_path, ca, proxy, str(seed))
    assert ended(done) == ("captured", "http.200")
    assert done.comparison.result == "contained"
    page, *requisites = done.observation.exchanges
    assert [one.role for one in requisites] == ["requisite", "requisite"]
    for one in done.observation.exchanges:
        assert (one.addresses, one.ip, one.port, one.lookups) == ((), None, None, ())
        assert one.proxy is not None
        assert (one.proxy.ip, one.proxy.port, one.proxy.status) == ("127.0.0.1", proxy.port, 200)
        assert one.tls is not None
        assert one.tls.verified
        assert one.tls.server_name == SOURCE
    connect = f"CONNECT {SOURCE}:443 HTTP/1.1\r\nHost: {SOURCE}:443\r\n\r\n".encode()
    assert proxy.asked == [connect] * 3
    assert source.requests[0].startswith(f"GET /x HTTP/1.1\r\nHost: {SOURCE}\r\n".encode())
    kept = {
        fields["WARC-Record-ID"]: (kind, uri, block) for kind, uri, block, fields in records(done)
    }
    assert page.proxy is not None
    for identity, uri, octets in (
        (page.proxy.request, "proxy-request", connect),
        (
            page.proxy.answer,
            "proxy-answer",
            b"HTTP/1.1 200 Connection established\r\nVia: 1.1 small\r\n\r\n",
        ),
    ):
        expected = ("resource", f"urn:archiver:{uri}:https://{SOURCE}/x", octets)
        assert kept[f"<{identity}>"] == expected
    assert not any("WARC-IP-Address" in fields for _, _, _, fields in records(done))
    assert show(done.package).capture["settings"]["proxy"] == str(proxy)
    said = archiver("show", done.package).out
    assert f"{proxy}: no address is known but its own" in said
    assert "/x through the proxy: HTTP 200" in said


def test_a_page_without_tls_is_asked_for_by_its_whole_url(tmp_path: Path, ca: trustme.CA) -> None:
    with Site({"/x?q=1": http(PAGE)}) as source, Proxy({SOURCE: source.port}) as proxy:
        done = taken(tmp_path, ca, proxy, f"http://{SOURCE}/x?q=1")
    assert ended(done) == ("captured", "http.200")
    line = f"GET http://{SOURCE}/x?q=1 HTTP/1.1\r\nHost: {SOURCE}\r\n".encode()
    assert proxy.asked[0].startswith(line)
    (one,) = done.observation.exchanges
    assert one.proxy is not None
    assert (one.proxy.status, one.proxy.request, one.proxy.answer) == (None, None, None)


@pytest.mark.parametrize(
    "status", ["404 No such domain", "403 No", "407 Who", "502 No", "410 Gone"]
)
def test_what_a_proxy_may_have_said_itself_is_never_the_sources(
    tmp_path: Path, ca: trustme.CA, status: str
) -> None:
    with Proxy({}, of_http=refusal(status)) as proxy:
        done = taken(tmp_path, ca, proxy, f"http://{SOURCE}/x")
    assert ended(done) == ("inconclusive", "local.proxy")
    assert done.outcome.signals[0].value == status[:3]


def test_an_absence_inside_the_tunnel_is_the_sources_own_word(
    tmp_path: Path, ca: trustme.CA, sites: tuple[TlsSite, TlsSite]
) -> None:
    with Proxy({SOURCE: sites[0].port}) as proxy:
        done = taken(tmp_path, ca, proxy, f"https://{SOURCE}/gone")
    assert ended(done) == ("absent", "http.404")


def test_an_absence_at_the_end_of_a_redirect_that_may_be_the_proxys(
    tmp_path: Path, ca: trustme.CA, sites: tuple[TlsSite, TlsSite]
) -> None:
    away = f"HTTP/1.1 302 Found\r\nLocation: https://{SOURCE}/gone\r\nContent-Length: 0\r\n\r\n"
    with Proxy({SOURCE: sites[0].port}, of_http=away.encode()) as proxy:
        done = taken(tmp_path, ca, proxy, f"http://{SOURCE}/x")
    assert ended(done) == ("inconclusive", "local.proxy")


def cut(connection: socket.socket) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def cut_inside(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    connection.recv(64)
    connection.shutdown(socket.SHUT_RDWR)


def plain_inside(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    connection.recv(64)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


FAILURES: dict[str, tuple[Answer, str, int | None]] = {
    # what it does instead of a tunnel: the phase, its status
    "403": (refusal("403 Forbidden"), "proxy", 403),
    "407": (refusal("407 Proxy Authentication Required"), "proxy", 407),
    "502": (refusal("502 Bad Gateway"), "proxy", 502),
    "redirect": (refusal("302 Found"), "proxy", 302),
    "nonsense": (b"SSH-2.0-OpenSSH\r\n", "proxy", None),
    "half a head": (b"HTTP/1.1 200 OK\r\nVia", "proxy", None),
    "too much": (b"HTTP/1.1 200 OK\r\n\r\nmore", "proxy", 200),
    "endless head": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60_000, "proxy", None),
    "cut": (cut, "proxy", None),
    "cut inside": (cut_inside, "tls", 200),
    "plain inside": (plain_inside, "tls", 200),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_proxy_that_fails_is_our_own_fault(tmp_path: Path, ca: trustme.CA, name: str) -> None:
    does, phase, status = FAILURES[name]
    with Proxy({}, instead=does) as proxy:
        done = taken(tmp_path, ca, proxy)
    assert ended(done) == ("inconclusive", "local.proxy")
    source, control = done.observation.exchanges
    for one in (source, control):
        assert one.fault is not None
        assert (one.fault.type, one.phase) == ("local.proxy", phase)
        assert one.proxy is not None
        assert one.proxy.status == status
        assert (one.ip, one.response) == (None, None)
    assert "proxy" in archiver("show", done.package).out


def test_a_proxy_that_says_nothing(tmp_path: Path, ca: trustme.CA) -> None:
    def silent(connection: socket.socket) -> None:
        connection.recv(1)

    with Proxy({}, instead=silent) as proxy:
        done = taken(tmp_path, ca, proxy, seconds=1)
    assert ended(done) == ("inconclusive", "local.proxy")
    fault = done.observation.exchanges[0].fault
    assert fault is not None
    assert fault.message == "the proxy did not answer in time"


def test_a_proxy_that_is_not_there(tmp_path: Path, ca: trustme.CA) -> None:
    with DeadPort() as dead:
        done = taken(tmp_path, ca, dead.url().rstrip("/"))
    assert ended(done) == ("inconclusive", "local.proxy")
    one = done.observation.exchanges[0]
    assert one.phase == "tcp"
    assert one.proxy is not None
    assert [tried.result for tried in one.proxy.addresses] == ["tcp.refused"]


def test_a_proxy_whose_name_is_not_known(tmp_path: Path, ca: trustme.CA) -> None:
    from archiver.capture.names import server

    with NameServer({}) as names:
        proxy = Address(host="proxy.example", port=3128)
        done = taken(tmp_path, ca, proxy, resolvers=(server(str(names)),))
        assert set(names.asked) == {"proxy.example"}
    assert ended(done) == ("inconclusive", "local.proxy")
    assert done.observation.exchanges[0].phase == "dns"
    assert {one.name for one in done.observation.exchanges[0].lookups} == {"proxy.example"}


def test_controls_go_through_the_proxy_and_what_tls_shows_is_the_sources(
    tmp_path: Path, ca: trustme.CA, sites: tuple[TlsSite, TlsSite]
) -> None:
    def closed(connection: socket.socket) -> None:
        assert isinstance(connection, ssl.SSLSocket)
        connection.unwrap()

    sites[0].pages["/x"] = closed
    with Proxy({SOURCE: sites[0].port, CONTROL: sites[1].port}) as proxy:
        done = taken(tmp_path, ca, proxy)
    assert ended(done) == ("unreachable", "http.closed")
    assert proxy.asked[-1].startswith(f"CONNECT {CONTROL}:443".encode())


def test_a_wrong_certificate_behind_a_proxy(
    tmp_path: Path, ca: trustme.CA, sites: tuple[TlsSite, TlsSite]
) -> None:
    context = contexts(ca, tmp_path)["tls.untrusted"]()
    with (
        TlsSite(context, {"/x": http(PAGE)}) as source,
        Proxy({"localhost": source.port, CONTROL: sites[1].port}) as proxy,
    ):
        done = taken(tmp_path, ca, proxy, "https://localhost/x", allow_private_addresses=True)
    assert ended(done) == ("captured", "tls.untrusted")
    strict, trusting, _ = done.observation.exchanges
    assert strict.tls is not None
    assert strict.tls.chain
    assert trusting.response is not None


BY_NAME = (
    *("localhost", "x.localhost", "intranet", "printer.local", "vault.internal", "nas.home.arpa"),
    *("LOCALHOST", "Vault.INTERNAL"),
)
HIDDEN = (
    *BY_NAME,
    *("localhost.", "127.0.0.2", "10.0.0.1", "169.254.169.254", "[::1]"),
    *("[::ffff:127.0.0.1]", "[fd00::1]", "0x7f.1", "127.1"),
)


@pytest.mark.parametrize("host", HIDDEN)
def test_the_proxy_is_not_asked_for_what_is_inside(
    tmp_path: Path, ca: trustme.CA, host: str
) -> None:
    away = http("", "302 Found", extra=f"Location: http://{host}/secret\r\n")
    page = http(f'<img src="http://{host}/secret">')
    with Site({"/": away, "/page": page}) as source, Proxy({SOURCE: source.port}) as proxy:
        proxy.hosts |= dict.fromkeys((host.strip("[]"), host.lower()), source.port)
        done = taken(tmp_path, ca, proxy, f"http://{SOURCE}/", allow_private_addresses=True)
        assert ended(done) == ("inconclusive", "local.refused_by_policy")
        done = taken(tmp_path, ca, proxy, f"http://{SOURCE}/page", allow_private_addresses=True)
        assert ended(done) == ("captured", "http.200")
        if host in BY_NAME:
            done = taken(tmp_path, ca, proxy, f"http://{host}/secret")
            assert ended(done) == ("inconclusive", "local.refused_by_policy")
        else:
            with pytest.raises(InvalidInput):
                taken(tmp_path, ca, proxy, f"http://{host}/secret")
    assert {one.split(b"\r\n")[1] for one in proxy.asked} == {f"Host: {SOURCE}".encode()}


REFUSED = (
    *(f"http://u:{SECRET}@127.0.0.1:3128", f"{SECRET}@127.0.0.1:3128"),
    *("socks5://127.0.0.1:1080", "socks5h://127.0.0.1:1080", "SOCKS4://127.0.0.1:1080"),
    *("https://127.0.0.1:3128", "http://127.0.0.1", "http://127.0.0.1:0", "http://127.0.0.1:65536"),
    *("127.0.0.1:3128", "proxy:3128", "http://127.0.0.1:3128/path", "http://127.0.0.1:3128/?q"),
    *("http://127.0.0.1:3128/#f", "", "http://", "http://a b:3128", "http://127.1:3128"),
)


@pytest.mark.parametrize("spelling", REFUSED)
def test_a_proxy_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, spelling: str) -> None:
    with Site({"/": http("page")}) as site:
        done = captured(tmp_path, {}, site.url("/"), "--proxy", spelling)
        assert site.requests == []
    assert done.code == 4
    assert done.out == ""
    assert "--proxy" in done.err
    assert SECRET not in done.err
    assert not (tmp_path / "archives").exists()
    if "socks" in spelling.lower():
        assert "SOCKS" in done.err


def test_a_proxy_with_an_address_in_brackets_and_a_name() -> None:
    assert str(read_proxy("http://[::1]:3128/")) == "http://[::1]:3128"
    assert str(read_proxy("http://Proxy.Example:80")) == "http://proxy.example:80"


def test_a_named_proxy_and_none_of_the_environment(tmp_path: Path) -> None:
    other = Proxy({})
    with Site({"/": http(PAGE)}) as site, Proxy({"127.0.0.1": site.port}) as proxy, other:
        env = planted(tmp_path / "home", other)
        done = captured(tmp_path, env, site.url("/"), "--proxy", str(proxy))
    assert done.code == 0
    assert f"proxy         {proxy}: the source's address is not known" in done.out
    assert other.asked == []
    assert len(proxy.asked) == 1
    assert leaks(written(tmp_path, done)) == []
    assert not any(SECRET.encode() in head for head in proxy.asked)
    (package,) = (tmp_path / "archives").rglob("*.wacz")
    with zipfile.ZipFile(package) as opened:
        said = json.loads(opened.read("evidence/capture.json"))
    assert said["settings"]["proxy"] == str(proxy)

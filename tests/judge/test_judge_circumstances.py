"""What differs besides the text: each fact by its name, with both sides and why it is noise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archiver.digest import Digest
from archiver.http1 import Head
from archiver.judge.circumstances import Circumstances, Fact, facts
from archiver.judge.outcome import Outcome
from archiver.observation import Address, Exchange, Fault, Lookup, Observation, Tls
from tests.judge.judge_changes import exchange, response, seen

ONE, TWO = str(Digest.of(b"1")), str(Digest.of(b"2"))
PLAIN = seen("<p>x").circumstances
SOURCE = PLAIN.observation.exchanges[0]
TOKENS = "a1b2c3d4e5f60718", "0f1e2d3c4b5a6978"


def of(*exchanges: Exchange, head: Head | None = PLAIN.head, **outcome: str) -> Circumstances:
    said = Outcome(state="captured", reason="http.200", signals=())
    return replace(
        PLAIN,
        observation=replace(PLAIN.observation, exchanges=exchanges),
        outcome=replace(said, **outcome),  # type: ignore[arg-type]
        head=head,
    )


def told(before: Circumstances, after: Circumstances) -> list[Fact]:
    return list(facts(before, after))


def fact(name: str, before: str | None, after: str | None, noise: str | None = None) -> Fact:
    return Fact(name=name, before=before, after=after, noise=noise)


def head(**fields: str) -> Circumstances:
    pairs = tuple((name.replace("_", "-"), value) for name, value in fields.items())
    return of(SOURCE, head=Head(status=200, fields=pairs, size=0))


def tls(**changed: Any) -> Circumstances:
    made = Tls(
        version="TLSv1.3",
        cipher="x",
        alpn=None,
        server_name="x",
        verified=True,
        chain=(Digest.of(b"1"), Digest.of(b"3")),
        alerts=(),
        certificates=None,
        handshake=None,
    )
    return of(replace(SOURCE, tls=replace(made, **changed)))


def test_nothing() -> None:
    assert told(of(SOURCE), of(SOURCE)) == []


def test_outcomes_and_statuses() -> None:
    gone = replace(SOURCE, response=response(b"<p>x", 404))
    assert told(of(SOURCE), of(gone, state="absent", reason="http.404")) == [
        fact("outcome.state", "captured", "absent"),
        fact("outcome.reason", "http.200", "http.404"),
        fact("http.status", "200", "404"),
    ]
    nothing = replace(SOURCE, response=None, fault=Fault(type="tcp.reset", message="x"))
    assert told(of(SOURCE), of(nothing)) == [fact("http.status", "200", None)]
    assert told(of(nothing), of(SOURCE)) == [fact("http.status", None, "200")]
    bare = replace(SOURCE, response=replace(response(b"x"), status=None))
    assert told(of(nothing), of(bare)) == []


def test_where_redirects_led() -> None:
    hop = replace(SOURCE, url="http://news.example/b")
    assert told(of(SOURCE), of(SOURCE, hop)) == [
        fact("redirects", SOURCE.url, f"{SOURCE.url} {hop.url}")
    ]
    assert told(of(SOURCE, SOURCE), of(SOURCE)) == []
    one, two = (replace(SOURCE, url=f"http://news.example/{token}") for token in TOKENS)
    assert told(of(SOURCE, one), of(SOURCE, two)) == [
        fact("redirects", f"{SOURCE.url} {one.url}", f"{SOURCE.url} {two.url}", "token")
    ]


def test_certificates() -> None:
    assert told(tls(), tls()) == []
    assert told(tls(), of(SOURCE)) == []
    assert told(tls(), tls(verified=False)) == [fact("certificate.verified", "yes", "no")]
    assert told(tls(), tls(chain=(Digest.of(b"2"), Digest.of(b"3")))) == [
        fact("certificate.leaf", ONE, TWO)
    ]
    assert told(tls(), tls(chain=(Digest.of(b"1"), Digest.of(b"2"), Digest.of(b"1")))) == [
        fact("certificate.issuers", str(Digest.of(b"3")), f"{TWO} {ONE}")
    ]
    assert told(tls(), tls(chain=())) == []


def test_addresses() -> None:
    other = replace(SOURCE, ip="192.0.2.2")
    assert told(of(SOURCE), of(other)) == [fact("address", "192.0.2.1", "192.0.2.2")]
    assert told(of(SOURCE), of(replace(SOURCE, ip=None))) == []
    tried = tuple(Address(ip=ip, port=80, result="connected") for ip in ("192.0.2.2", "192.0.2.1"))
    rotation = [fact("address", "192.0.2.1", "192.0.2.2", "rotation")]
    assert told(of(SOURCE), of(replace(other, addresses=tried))) == rotation
    assert told(of(replace(SOURCE, addresses=tried)), of(other)) == rotation
    asked = Lookup(
        server="s",
        name="n",
        type="A",
        result="answered",
        addresses=("192.0.2.1", "192.0.2.2", "192.0.2.3"),
        aliases=(),
        seconds=1,
        question=None,
        answer=None,
    )
    assert told(of(SOURCE), of(replace(other, lookups=(asked,)))) == rotation
    one = replace(asked, addresses=("192.0.2.2",))
    assert told(of(SOURCE), of(replace(other, lookups=(one,)))) != rotation


@pytest.mark.parametrize(
    "name",
    ["content-language", "content-location", "content-type", "x-robots-tag"],
)
def test_header_fields_of_the_page(name: str) -> None:
    key = name.replace("-", "_")
    assert told(head(**{key: "a"}), head(**{key: "b"})) == [fact(f"header.{name}", "a", "b")]
    assert told(head(**{key: "a"}), head()) == [fact(f"header.{name}", "a", None)]
    one, two = (f"/x/{token}" for token in TOKENS)
    assert told(head(**{key: one}), head(**{key: two})) == [
        fact(f"header.{name}", one, two, "token")
    ]


@pytest.mark.parametrize("name", ["etag", "last-modified", "server"])
def test_header_fields_of_the_server(name: str) -> None:
    key = name.replace("-", "_")
    for after in ("b", None):
        sides = head(**{key: "a"}), head(**({key: after} if after else {}))
        assert told(*sides) == [fact(f"header.{name}", "a", after, "server")]


def test_other_header_fields_and_an_answer_without_any() -> None:
    assert told(head(date="a", x_cache="b"), head(date="c")) == []
    assert told(head(server="a"), of(SOURCE, head=None)) == []


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("</a>; rel=canonical", "</a>; rel=canonical"),
        ("</a>; rel=preload", None),
        ('</a>; rel="preload prefetch"', None),
        ('</a>; REL="Preload canonical"', '</a>; REL="Preload canonical"'),
        ('</a,b>; title="x, y", </c>; rel=preload', '</a,b>; title="x, y"'),
        ("</a>; rel=x, </b>; rel=y", "</a>; rel=x, </b>; rel=y"),
        ("</a>", "</a>"),
    ],
)
def test_links(link: str, kept: str | None) -> None:
    expected = [] if kept is None else [fact("header.link", kept, None)]
    assert told(head(link=link), head()) == expected


def requisites(*came: tuple[str, bytes | str | None]) -> Circumstances:
    made = []
    for url, body in came:
        answer = response(body) if isinstance(body, bytes) else None
        one = exchange(answer, "requisite", url)
        if isinstance(body, str):
            one = replace(one, fault=Fault(type=body, message="x"))
        made.append(one)
    return of(SOURCE, *made)


def test_requisites() -> None:
    a, b = "http://news.example/a.css", "http://news.example/b.css"
    came = [f"HTTP 200 {Digest.of(body)}" for body in (b"1", b"2")]
    assert told(requisites((a, b"1")), requisites((a, b"1"))) == []
    assert told(requisites((a, b"1"), (b, b"1")), requisites((a, b"2"))) == [
        fact(f"requisite {a}", *came, "requisite"),
        fact(f"requisite {b}", came[0], None, "requisite"),
    ]
    assert told(requisites((a, None)), requisites((a, "tcp.reset"))) == [
        fact(f"requisite {a}", "nothing", "tcp.reset", "requisite")
    ]
    # The last exchange with an address counts.
    assert told(requisites((a, "tcp.reset"), (a, b"1")), requisites((a, b"1"))) == []
    assert told(requisites((a, b"1"), (b, b"2")), requisites((b, b"2"), (a, b"1"))) == [
        fact("requisites.order", f"{a} {b}", f"{b} {a}", "requisite")
    ]


def test_a_capture_is_of_its_source() -> None:
    assert isinstance(PLAIN.observation, Observation)
    control = replace(SOURCE, role="control", url="http://other.example/")
    assert told(of(SOURCE), of(SOURCE, control)) == []

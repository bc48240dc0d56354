"""What a capture may not say of itself, one statement changed at a time: exactly what is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from archiver.observation import Address, Fault, Observation, Proxy, Response, Tls
from archiver.ownwords import SOFTWARE
from archiver.verify.checks import examination
from archiver.verify.coherence import incoherences
from archiver.verify.said import said
from tests.case.right_case import URL
from tests.verify.forge import exchange
from tests.verify.scenes import CONTROLS, IP, NEXT, STATES, package, verdict

Change = Callable[[Observation], Observation]
OTHER_IP, PUBLIC = "203.0.113.99", "93.184.216.34"
EARLIER, LATER = "2026-03-14T11:59:59Z", "2026-03-14T12:00:01Z"


@cache
def seen(state: str) -> Observation:
    said = verdict(package(state)).said
    assert said is not None
    return said.observation


def told(observation: Observation, *, ours: bool = False) -> list[str]:
    return [one.what for one in incoherences(observation, ours=ours)]


def tried(*results: str, port: int = 443) -> tuple[Address, ...]:
    """Addresses, the last one that of the scenes."""
    ips = [f"203.0.113.{50 + place}" for place in range(len(results) - 1)]
    pairs = zip([*ips, IP], results, strict=True)
    return tuple(Address(ip=ip, port=port, result=result) for ip, result in pairs)


def at(number: int, **changed: Any) -> Change:
    return lambda one: exchange(one, number, **changed)


def failing(kind: str, **changed: Any) -> Change:
    return at(0, fault=Fault(type=kind, message="x"), **changed)


def tls(number: int, **changed: Any) -> Change:
    def change(one: Observation) -> Observation:
        found = one.exchanges[number].tls
        assert isinstance(found, Tls)
        return exchange(one, number, tls=replace(found, **changed))

    return change


def proxy(number: int, **changed: Any) -> Change:
    def change(one: Observation) -> Observation:
        found = one.exchanges[number].proxy
        assert isinstance(found, Proxy)
        return exchange(one, number, proxy=replace(found, **changed))

    return change


def response(number: int, **changed: Any) -> Change:
    def change(one: Observation) -> Observation:
        found = one.exchanges[number].response
        assert isinstance(found, Response)
        return exchange(one, number, response=replace(found, **changed))

    return change


def status(number: int, value: int) -> Change:
    return response(number, status=value)


def truncated(number: int, why: str) -> Change:
    return both(response(number, truncated=why), at(number, phase="response"))


def cut_by(kind: str, why: str) -> Change:
    return both(failing(kind), response(0, truncated=why))


def stopped(why: str | None) -> Change:
    return lambda one: replace(one, stop=why)


def doubted_requisite(one: Observation) -> Observation:
    """Two requisites at one address, the first with a certificate at fault."""
    page, first, second, _ = one.exchanges
    assert first.tls is not None
    assert second.response is not None
    bare = replace(first.tls, verified=False)
    failed = replace(
        first,
        phase="tls",
        tls=replace(bare, version=None),
        request=None,
        response=None,
        fault=Fault(type="tls.expired", message="x"),
    )
    again = replace(first, tls=bare, connection=3)
    return replace(one, exchanges=(page, failed, again))


def settings(**changed: Any) -> Change:
    return lambda one: replace(one, settings={**one.settings, **changed})


def both(*many: Change) -> Change:
    def change(one: Observation) -> Observation:
        for each in many:
            one = each(one)
        return one

    return change


def unset(name: str) -> Change:
    def change(one: Observation) -> Observation:
        return replace(one, settings={k: v for k, v in one.settings.items() if k != name})

    return change


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_told_of_what_was_captured(state: str) -> None:
    assert told(seen(state), ours=True) == []


NOT_THAT = "the address connected to is not the one that answered"
UNFIT = "what became of the addresses does not fit the fault"
AFTER = "an address was tried after one had answered"
NO_TUNNEL = "the proxy did not open the way that was gone"
NOT_THERE = "octets went over a connection that there was not"
NOT_PROVED = "a server was not asked to prove who it is, for no reason"
NOT_STOPPED = "`stop` does not fit the last answer: where that leads, or that it leads nowhere"
NOT_SIBLING = "a sibling of the page was asked for, or not, against what was set"
NO_REQUISITES = "requisites of a page that did not come"
AGAIN = f"nothing led from {URL} to {URL}"
IN_DOUBT = "controls were asked, or not, against what the source came to"


CHANGED: dict[str, tuple[str, Change, list[str]]] = {
    # addresses
    "one failed before": ("captured", at(0, addresses=tried("tcp.refused", "connected")), []),
    "two failed before": (
        "captured",
        at(0, addresses=tried("tcp.refused", "tcp.timeout", "connected")),
        [],
    ),
    "one not tried before": ("captured", at(0, addresses=tried("not_tried", "connected")), [UNFIT]),
    "one not tried, one failed before": (
        "captured",
        at(0, addresses=tried("not_tried", "tcp.refused", "connected")),
        [UNFIT],
    ),
    "two connected": (
        "captured",
        at(0, addresses=tried("connected", "connected")),
        [NOT_THAT, AFTER, UNFIT],
    ),
    "another after": (
        "captured",
        at(0, addresses=(*tried("connected"), *tried("tcp.refused"))),
        [AFTER, UNFIT],
    ),
    "another port reached": ("captured", at(0, port=80), [NOT_THAT]),
    "another address reached": ("captured", at(0, ip=OTHER_IP), [NOT_THAT]),
    "another port tried": (
        "captured",
        at(0, addresses=tried("connected", port=80), port=80),
        ["a port was tried that is not the one of the URL"],
    ),
    "refused, timeout told": (
        "unreachable",
        at(0, addresses=tried("tcp.refused", "tcp.timeout")),
        [UNFIT],
    ),
    "timeout, refused told": (
        "unreachable",
        at(0, addresses=tried("tcp.timeout", "tcp.refused")),
        [],
    ),
    "none tried": ("unreachable", at(0, addresses=()), [UNFIT]),
    "a name as address": (
        "captured",
        at(0, addresses=(Address(ip="x", port=443, result="connected"),), ip="x"),
        ["an address that nobody can ask"],
    ),
    "octets over nothing": (
        "unreachable",
        at(0, request="urn:uuid:1"),
        [NOT_THERE, "phase tcp does not fit the request"],
    ),
    # TLS
    "another host in TLS": (
        "captured",
        tls(0, server_name="x.example"),
        ["TLS was asked for another host"],
    ),
    "verified and ended": (
        "doubted",
        tls(0, verified=True),
        ["a handshake went well and ended there"],
    ),
    "no version": (
        "captured",
        tls(0, version=None),
        ["a handshake went well, and chose no version of TLS"],
    ),
    "TLS not said": (
        "captured",
        at(0, tls=None),
        ["TLS is said where there was none, or not said where there was"],
    ),
    "a failed handshake not said": (
        "doubted",
        at(0, tls=None),
        [
            "TLS is said where there was none, or not said where there was",
            "a handshake failed that there was not",
        ],
    ),
    # a proxy
    "proxy: two failed before": (
        "proxied",
        proxy(0, addresses=tried("tcp.refused", "tcp.timeout", "connected", port=3128)),
        [],
    ),
    "proxy: one not tried": (
        "proxied",
        proxy(0, addresses=tried("not_tried", "connected", port=3128)),
        [UNFIT],
    ),
    "proxy: another port": (
        "proxied",
        proxy(0, addresses=tried("connected", port=3129), port=3129),
        ["the proxy was tried at a port that is not its own"],
    ),
    "proxy: not opened": ("proxied", proxy(0, status=407), [NO_TUNNEL]),
    "proxy: opened by 199": ("proxied", proxy(0, status=199), [NO_TUNNEL]),
    "proxy: opened by 200": ("proxied", proxy(0, status=200), []),
    "proxy: opened by 299": ("proxied", proxy(0, status=299), []),
    "proxy: opened by 300": ("proxied", proxy(0, status=300), [NO_TUNNEL]),
    "proxy: no answer": ("proxied", proxy(0, status=None), [NO_TUNNEL]),
    "proxy: the source's address": (
        "proxied",
        at(0, addresses=tried("connected")),
        ["an address of the source is said that only the proxy knows"],
    ),
    "proxy: the source's port": (
        "proxied",
        at(0, port=443),
        ["an address of the source is said that only the proxy knows"],
    ),
    "proxy: not in the settings": (
        "proxied",
        settings(proxy=None),
        [
            "a proxy is said where there was none, or not said where there was",
            "the proxy was tried at a port that is not its own",
        ],
    ),
    "no proxy, and one failed": (
        "unreachable",
        failing("local.proxy"),
        [UNFIT, "a proxy failed that there was not"],
    ),
    "no proxy, and its phase": (
        "not-http",
        at(0, phase="proxy"),
        [
            "TLS is said where there was none, or not said where there was",
            "a fault of the kind http.invalid does not come in phase proxy",
            "a proxy failed that there was not",
        ],
    ),
    "proxy: refused by policy": (
        "no-way",
        failing("local.refused_by_policy"),
        [IN_DOUBT, "a fault of the kind local.refused_by_policy does not come in phase proxy"],
    ),
    "proxy: a timeout of HTTP": (
        "proxied",
        failing("http.timeout", phase="response", response=None),
        [IN_DOUBT, "a fault of the kind http.timeout cannot be told from one of the proxy"],
    ),
    "proxy: closed": (
        "proxied",
        failing("http.closed", phase="response", response=None),
        [IN_DOUBT],
    ),
    "proxy: a reset": (
        "proxied",
        failing("tcp.reset", phase="response", response=None),
        [IN_DOUBT, "a fault of the kind tcp.reset cannot be told from one of the proxy"],
    ),
    "proxy: a certificate": (
        "proxied",
        both(
            failing("tls.expired", phase="tls", response=None, request=None),
            tls(0, verified=False, version=None),
        ),
        ["a server whose certificate was at fault was not asked again without proof", IN_DOUBT],
    ),
    "proxy: closed, without TLS": (
        "proxied",
        failing("http.closed", phase="response", response=None, tls=None),
        [
            IN_DOUBT,
            "TLS is said where there was none, or not said where there was",
            "a fault of the kind http.closed cannot be told from one of the proxy",
        ],
    ),
    "proxy: a certificate, without TLS": (
        "proxied",
        failing("tls.expired", phase="tls", response=None, request=None, tls=None),
        [
            "a server whose certificate was at fault was not asked again without proof",
            IN_DOUBT,
            "TLS is said where there was none, or not said where there was",
            "a handshake failed that there was not",
            "a fault of the kind tls.expired cannot be told from one of the proxy",
        ],
    ),
    "proxy: itself, without TLS": (
        "proxied",
        failing("local.proxy", phase="tls", response=None, request=None, tls=None),
        [
            IN_DOUBT,
            "TLS is said where there was none, or not said where there was",
            "a handshake failed that there was not",
        ],
    ),
    "proxy: a name": (
        "proxied",
        failing("dns.nxdomain"),
        [
            IN_DOUBT,
            "a fault and a response with a status exclude each other",
            "a fault of the kind dns.nxdomain cannot be told from one of the proxy",
            "the fault is not what the name servers said",
        ],
    ),
    # the span
    "a hop before the start": (
        "redirected",
        at(0, date=EARLIER),
        ["an exchange is dated outside the capture"],
    ),
    "a hop after the end": (
        "redirected",
        at(1, date=LATER),
        ["an exchange is dated outside the capture"],
    ),
    "hops in the wrong order": (
        "redirected",
        both(at(0, date=LATER), lambda one: replace(one, ended=LATER)),
        ["a hop is dated before the one that led to it"],
    ),
    "a start of its own": ("captured", lambda one: replace(one, started=EARLIER), []),
    "an end of its own": ("captured", lambda one: replace(one, ended=LATER), []),
    "a control before the source": (
        "unreachable",
        lambda one: replace(one, exchanges=(one.exchanges[1], one.exchanges[0], one.exchanges[2])),
        ["the exchanges are out of order: source, requisites, probe, controls"],
    ),
    # controls
    "one control": (
        "unreachable",
        lambda one: replace(one, exchanges=one.exchanges[:2]),
        ["the controls asked are not those that the settings name"],
    ),
    "controls the other way round": (
        "inconclusive",
        lambda one: replace(one, exchanges=(one.exchanges[0], *one.exchanges[:0:-1])),
        ["the controls asked are not those that the settings name"],
    ),
    "no controls": (
        "unreachable",
        lambda one: replace(one, exchanges=one.exchanges[:1]),
        [IN_DOUBT],
    ),
    "no controls, refused by policy": (
        "unreachable",
        both(
            lambda one: replace(one, exchanges=one.exchanges[:1]),
            failing(
                "local.refused_by_policy", phase="address", addresses=tried("refused_by_policy")
            ),
        ),
        [],
    ),
    "controls, refused by policy": (
        "unreachable",
        failing("local.refused_by_policy", phase="address", addresses=tried("refused_by_policy")),
        [IN_DOUBT],
    ),
    "policy, one not tried": (
        "unreachable",
        failing(
            "local.refused_by_policy",
            phase="address",
            addresses=tried("not_tried", "refused_by_policy"),
        ),
        [IN_DOUBT],
    ),
    "policy, one tried": (
        "unreachable",
        failing(
            "local.refused_by_policy",
            phase="address",
            addresses=tried("tcp.refused", "refused_by_policy"),
        ),
        [IN_DOUBT, UNFIT],
    ),
    "names in the settings that were not asked": (
        "captured",
        settings(controls=[]),
        [],
    ),
    # the settings
    "once only": ("again", settings(attempts=1), ["the source was asked more often than was set"]),
    "once only, by default": (
        "again",
        unset("attempts"),
        ["the source was asked more often than was set"],
    ),
    "twice": ("again", settings(attempts=2), []),
    "requisites not set": (
        "whole",
        settings(requisites=False),
        ["requisites were asked for, against what was set"],
    ),
    "requisites set in another way": (
        "whole",
        settings(requisites=1),
        ["requisites were asked for, against what was set"],
    ),
    "a clock that went on": (
        "captured",
        lambda one: replace(one, clock="SOURCE_DATE_EPOCH", ended=LATER),
        ["a clock that was set to one moment went on"],
    ),
    # how an exchange broke off
    "cut by a reset": ("half-a-head", cut_by("tcp.reset", "disconnect"), []),
    "a reset, cut by time": (
        "half-a-head",
        cut_by("tcp.reset", "time"),
        ["a fault of the kind tcp.reset does not fit the octets that came"],
    ),
    "cut by the end of TLS": ("half-a-head", cut_by("tls.failed", "disconnect"), []),
    "out of time": ("half-a-head", cut_by("http.timeout", "time"), []),
    "out of time, disconnected": (
        "half-a-head",
        cut_by("http.timeout", "disconnect"),
        ["a fault of the kind http.timeout does not fit the octets that came"],
    ),
    "invalid, disconnected": ("half-a-head", cut_by("http.invalid", "disconnect"), []),
    "invalid, out of time": (
        "half-a-head",
        cut_by("http.invalid", "time"),
        ["a fault of the kind http.invalid does not fit the octets that came"],
    ),
    "closed, with octets": (
        "half-a-head",
        cut_by("http.closed", "disconnect"),
        ["a fault of the kind http.closed does not fit the octets that came"],
    ),
    "refused, with octets": (
        "half-a-head",
        cut_by("tcp.refused", "disconnect"),
        ["a fault of the kind tcp.refused does not fit the octets that came"],
    ),
    # who need not prove who it is
    "a page without proof": (
        "captured",
        tls(0, verified=False),
        [
            NOT_PROVED,
            "controls were asked, or not, against what the source came to",
        ],
    ),
    "a requisite without proof": (
        "whole",
        tls(1, verified=False),
        [NOT_PROVED],
    ),
    "a requisite without proof, after one whose certificate failed": (
        "whole",
        doubted_requisite,
        [NOT_PROVED],
    ),
    "doubt, then another address": (
        "doubted",
        at(1, url="https://x.example/"),
        [
            f"nothing led from {URL} to https://x.example/",
            NOT_PROVED,
            "a server whose certificate was at fault was not asked again without proof",
            "TLS was asked for another host",
        ],
    ),
    "doubt of another kind": (
        "doubted",
        at(0, fault=Fault(type="tls.failed", message="x")),
        [
            AGAIN,
            NOT_PROVED,
        ],
    ),
    "doubt, then proof": (
        "doubted",
        tls(1, verified=True),
        [
            AGAIN,
            "controls were asked, or not, against what the source came to",
        ],
    ),
    "doubt, then a second attempt": (
        "doubted",
        at(1, attempt=2),
        [
            AGAIN,
            "a server whose certificate was at fault was not asked again without proof",
        ],
    ),
    # the way
    "another source": (
        "captured",
        lambda one: replace(one, source="https://x.example/"),
        ["the first exchange is not with the source"],
    ),
    "a first attempt that is the second": (
        "captured",
        at(0, attempt=2),
        ["a first attempt is not numbered 1"],
    ),
    "a third attempt": (
        "again",
        at(1, attempt=3),
        [AGAIN],
    ),
    "another attempt after an answer": (
        "captured",
        lambda one: replace(
            one,
            exchanges=(one.exchanges[0], replace(one.exchanges[0], attempt=2, connection=2)),
        ),
        [AGAIN],
    ),
    "a hop to another place": (
        "redirected",
        at(1, url="https://news.example.org/x"),
        [f"nothing led from {URL} to https://news.example.org/x"],
    ),
    "a hop as a second attempt": (
        "redirected",
        at(1, attempt=2),
        [f"nothing led from {URL} to https://news.example.org/moved"],
    ),
    "a requisite of a page that did not come": (
        "whole",
        status(0, 404),
        [NO_REQUISITES],
    ),
    "a requisite of a page of status 299": ("whole", status(0, 299), []),
    "a requisite of a page of status 300": (
        "whole",
        status(0, 300),
        [NO_REQUISITES],
    ),
    "a requisite of a page of status 199": (
        "whole",
        status(0, 199),
        [NO_REQUISITES],
    ),
    "stopped for nothing": (
        "captured",
        stopped("redirect.loop"),
        [NOT_STOPPED],
    ),
    "not stopped": (
        "loop",
        stopped(None),
        [NOT_STOPPED],
    ),
    "stopped by the number": (
        "loop",
        stopped("redirect.too_many"),
        [NOT_STOPPED],
    ),
    "stopped by the policy": (
        "loop",
        stopped("redirect.refused"),
        [NOT_STOPPED],
    ),
    "a probe that is none": (
        "probed",
        at(1, url="https://news.example.org/x"),
        ["the probe is not the sibling that follows from the first exchange"],
    ),
    "no probe": (
        "probed",
        lambda one: replace(one, exchanges=one.exchanges[:1]),
        [NOT_SIBLING],
    ),
    "a probe that was not set": (
        "probed",
        settings(probe=False),
        [NOT_SIBLING],
    ),
    "a probe of a page that did not come": (
        "probed",
        status(0, 500),
        [NOT_SIBLING],
    ),
    "a probe of a page that was cut": (
        "probed",
        truncated(0, "time"),
        [NOT_SIBLING],
    ),
    # look-ups
    "asked for an address": (
        "resolved",
        at(0, url="https://203.0.113.7/"),
        [
            "the first exchange is not with the source",
            "TLS was asked for another host",
            "a name server was asked for an address",
        ],
    ),
    # the end
    "whole, unsent": (
        "captured",
        at(0, request=None),
        ["a whole response to a request that was not sent"],
    ),
    "done, truncated": (
        "truncated",
        at(0, phase="done"),
        ["phase done does not fit a response that is truncated"],
    ),
    "whole, not done": (
        "captured",
        at(0, phase="response"),
        ["phase response does not fit a response that is whole"],
    ),
    "both": (
        "captured",
        at(0, fault=Fault(type="tcp.reset", message="x")),
        [IN_DOUBT, "a fault and a response with a status exclude each other"],
    ),
    "neither": (
        "captured",
        at(0, response=None),
        ["a fault and a response with a status exclude each other"],
    ),
    "no such fault": (
        "unreachable",
        failing("tcp.gone"),
        [UNFIT, "there is no fault of the kind tcp.gone"],
    ),
    "a fault of another phase": (
        "unreachable",
        at(0, phase="dns", addresses=()),
        ["a fault of the kind tcp.refused does not come in phase dns"],
    ),
    "connected and tcp": (
        "unreachable",
        at(0, ip=IP, port=443),
        [
            NOT_THAT,
            "phase tcp does not fit the connection",
            "a connection has no number, or there was none and it has one",
        ],
    ),
    "not sent and response": (
        "not-http",
        at(0, request=None),
        ["phase response does not fit the request"],
    ),
    "sent and request": (
        "not-http",
        at(0, phase="request"),
        ["phase request does not fit the request"],
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_told(name: str) -> None:
    state, change, words = CHANGED[name]
    assert told(change(seen(state))) == words


def test_without_the_source_there_is_no_capture() -> None:
    one = seen("unreachable")
    only = replace(one, exchanges=one.exchanges[1:])
    assert told(only) == ["no exchange with the source"]


def moved_on(one: Observation) -> Observation:
    """A redirect to another page of the same host, whose name is known already."""
    first = one.exchanges[0]
    assert first.response is not None
    said = replace(first.response, status=302, location="/moved")
    hop = replace(first, url=NEXT, lookups=(), connection=2)
    return replace(one, exchanges=(replace(first, response=said), hop))


def test_a_name_is_looked_up_once_an_attempt() -> None:
    assert told(moved_on(seen("resolved"))) == []
    elsewhere = {"ip": OTHER_IP, "addresses": (Address(ip=OTHER_IP, port=443, result="connected"),)}
    assert told(exchange(moved_on(seen("resolved")), 1, **elsewhere)) == [
        "an address was tried that no name server gave"
    ]


def test_a_control_asks_for_itself() -> None:
    one = seen("resolved")
    control = replace(one.exchanges[0], role="control", url=CONTROLS[0], connection=2, lookups=())
    told_of = told(replace(one, exchanges=(*one.exchanges, control)))
    assert "an address was tried that no name server gave" in told_of


OURS: dict[str, tuple[str, Change, list[str]]] = {
    "asked of an address that is not public": (
        "captured",
        settings(allow_private_addresses=False),
        [f"{IP} was connected, against what was set"],
    ),
    "allowed in another way": (
        "captured",
        settings(allow_private_addresses=1),
        [f"{IP} was connected, against what was set"],
    ),
    "a public address": (
        "captured",
        both(
            settings(allow_private_addresses=False),
            at(0, ip=PUBLIC, addresses=(Address(ip=PUBLIC, port=443, result="connected"),)),
        ),
        [],
    ),
    "a public address refused": (
        "unreachable",
        at(
            1,
            addresses=(
                Address(ip=PUBLIC, port=443, result="refused_by_policy"),
                *tried("connected"),
            ),
        ),
        [UNFIT, f"{PUBLIC} was refused_by_policy, against what was set"],
    ),
    "no address at all": (
        "captured",
        both(
            settings(allow_private_addresses=False),
            at(0, ip="x", addresses=(Address(ip="x", port=443, result="connected"),)),
        ),
        ["an address that nobody can ask", "x was connected, against what was set"],
    ),
    "a named control need not be public": (
        "unreachable",
        both(
            settings(allow_private_addresses=False),
            at(0, addresses=(Address(ip=PUBLIC, port=443, result="tcp.refused"),)),
        ),
        [],
    ),
    "controls of ours must be": (
        "unreachable",
        both(
            settings(allow_private_addresses=False, controls_given=False),
            at(0, addresses=(Address(ip=PUBLIC, port=443, result="tcp.refused"),)),
        ),
        [
            "the controls are not this version's, and nobody is said to have named them",
            f"{IP} was connected, against what was set",
            f"{IP} was tcp.refused, against what was set",
        ],
    ),
    "a proxy need not be public": ("proxied", settings(allow_private_addresses=False), []),
    "other words": (
        "unreachable",
        at(0, fault=Fault(type="tcp.refused", message="it was deleted")),
        ["the fault has other words than this version's"],
    ),
}


@pytest.mark.parametrize("name", OURS)
def test_what_only_the_version_that_made_it_can_tell(name: str) -> None:
    state, change, words = OURS[name]
    assert told(change(seen(state)), ours=True) == words
    own = {"against what was set", "this version's"}
    others = [one for one in words if not any(part in one for part in own)]
    assert told(change(seen(state))) == others


@pytest.mark.parametrize(
    ("changed", "options"),
    [
        ({}, []),
        ({"clock": "SOURCE_DATE_EPOCH"}, ["clock from SOURCE_DATE_EPOCH"]),
        ({"probe": False}, ["--no-probe"]),
        ({"requisites": False}, ["--no-requisites"]),
        ({"allow_private_addresses": True}, ["--allow-private-addresses"]),
        ({"controls_given": True}, ["--control"]),
        ({"proxy": "http://proxy.example:1"}, ["--proxy"]),
        ({"ca_file": "sha256:x"}, ["--ca-file"]),
        ({"resolvers": ["192.0.2.53:53"]}, ["--resolver"]),
    ],
)
def test_what_was_not_as_it_is_by_default(changed: dict[str, Any], options: list[str]) -> None:
    default = {
        "allow_private_addresses": False,
        "ca_file": None,
        "controls_given": False,
        "probe": True,
        "proxy": None,
        "requisites": True,
        "resolvers": [],
    }
    clock = changed.pop("clock", "system")
    one = replace(seen("captured"), clock=clock, settings={**default, **changed})
    read = examination(io.BytesIO(package("captured")), "x.wacz", SOFTWARE)
    assert read.derived is not None
    assert list(said(one, read.derived).not_default) == options

"""What name servers say: kept octet for octet, told apart, and never taken for more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import dns.message
import dns.rcode
import pytest

from archiver.capture.deadline import Deadline
from archiver.capture.names import Names, Server, server
from archiver.capture.observe import Settings
from archiver.errors import InvalidInput
from archiver.observation import Observation, Soa
from archiver.package.derive import derive
from archiver.package.reading import open_package, primary_of
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import verify
from archiver.warc import blocks
from tests.dnsserver import NameServer, Rule, addresses, alias, code, denied, silent
from tests.site import DeadPort, Site, http
from tests.verify.forge import exchange, opened
from tests.verify.scenes import failed
from tests.verify.shorthand import remade

NAME = "news.example"


def taken(
    tmp_path: Path, url: str, *servers: NameServer, control: str, private: bool = True
) -> Captured:
    settings = Settings(
        seconds=12,
        attempts=1,
        controls=(control,),
        allow_private_addresses=private,
        resolvers=tuple(server(str(one)) for one in servers),
    )
    return capture(Order(source=url, archives=tmp_path, settings=settings))


@pytest.mark.parametrize(
    ("rule", "state", "reason"),
    [
        (code(dns.rcode.NXDOMAIN), "absent", "dns.nxdomain"),
        (code(dns.rcode.SERVFAIL), "unreachable", "dns.servfail"),
        (code(dns.rcode.REFUSED), "unreachable", "dns.refused"),
        (addresses(), "unreachable", "dns.nodata"),
        (silent, "unreachable", "dns.timeout"),
    ],
)
def test_failures_are_told_apart(tmp_path: Path, rule: Rule, state: str, reason: str) -> None:
    with Site({"/": http("up")}) as control, NameServer({NAME: rule}) as names:
        done = taken(tmp_path, f"http://{NAME}/x", names, control=control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == (state, reason)
    assert verify(done.package).verdict == "verified"


@pytest.mark.parametrize(
    ("rule", "zone", "told"),
    [
        (code(dns.rcode.NXDOMAIN), "example.", True),
        (code(dns.rcode.NXDOMAIN), "EXAMPLE.", True),
        (code(dns.rcode.NXDOMAIN), ".", True),
        (addresses(), "news.example.", True),
        (alias("gone.elsewhere."), "elsewhere.", True),
        (code(dns.rcode.NXDOMAIN), "other.", False),
        (code(dns.rcode.SERVFAIL), "example.", False),
        (addresses("127.0.0.1"), "example.", False),
    ],
)
def test_whose_word_a_denial_is(tmp_path: Path, rule: Rule, zone: str, told: bool) -> None:
    soa = denied(rule, zone, serial=2026112401, minimum=900)
    with Site({"/": http("up")}) as control, NameServer({NAME: soa}) as names:
        done = taken(tmp_path, f"http://{NAME}:1/x", names, control=control.url("/"))
    said = done.observation.exchanges[0].lookups[0].soa
    if said is not None:  # a name that stood in the question already comes as it stood there
        said = replace(said, zone=said.zone.upper())
    expected = Soa(zone=zone.upper(), serial=2026112401, minimum=900)
    assert said == (expected if told else None)
    assert verify(done.package).verdict == "verified"


@pytest.mark.parametrize("changed", [{"serial": 7}, {"minimum": 1}, {"zone": "other."}])
def test_another_word_than_the_one_in_the_answer(tmp_path: Path, changed: dict[str, Any]) -> None:
    rule = denied(code(dns.rcode.NXDOMAIN), "example.", serial=2026112401)
    with Site({"/": http("up")}) as control, NameServer({NAME: rule}) as names:
        done = taken(tmp_path, f"http://{NAME}/", names, control=control.url("/"))

    def change(seen: Observation) -> Observation:
        first, *others = seen.exchanges[0].lookups
        assert first.soa is not None
        lookups = (replace(first, soa=replace(first.soa, **changed)), *others)
        return exchange(seen, 0, lookups=lookups)

    assert failed(remade(change)(opened(done.package.read_bytes()))) == "agreement"


def test_nxdomain_without_a_control_concludes_nothing(tmp_path: Path) -> None:
    with NameServer({}) as names, DeadPort() as dead:
        done = taken(tmp_path, f"http://{NAME}/x", names, control=dead.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("inconclusive", "local.network_down")


def test_an_observation_without_its_controls_concludes_nothing(tmp_path: Path) -> None:
    """A package that says `absent` for a name that does not exist rests on its controls."""
    with Site({"/": http("up")}) as control, NameServer({}) as names:
        done = taken(tmp_path, f"http://{NAME}/x", names, control=control.url("/"))
    assert done.outcome.state == "absent"
    with done.package.open("rb") as file:
        primary = primary_of(open_package(file))
        assert derive(primary).outcome == done.outcome
        alone = replace(primary.observation, exchanges=primary.observation.of_source())
        outcome = derive(replace(primary, observation=alone)).outcome
    assert (outcome.state, outcome.reason) == ("inconclusive", "local.network_down")


def test_one_server_that_knows_the_name_is_enough_to_ask_it(tmp_path: Path) -> None:
    with (
        Site({"/x": http("<p>here</p>"), "/": http("up")}) as site,
        NameServer({}) as gone,
        NameServer({NAME: addresses("127.0.0.1")}) as knows,
    ):
        url = f"http://{NAME}:{site.port}/x"
        done = taken(tmp_path, url, gone, knows, control=site.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("captured", "http.200")
    results = [(one.type, one.result) for one in done.observation.exchanges[0].lookups]
    assert results == [
        ("A", "nxdomain"),
        ("AAAA", "nxdomain"),
        ("A", "answered"),
        ("AAAA", "nodata"),
    ]


def test_servers_that_do_not_agree_make_no_absence(tmp_path: Path) -> None:
    with (
        Site({"/": http("up")}) as control,
        NameServer({}) as gone,
        NameServer({NAME: code(dns.rcode.SERVFAIL)}) as fails,
    ):
        done = taken(tmp_path, f"http://{NAME}/", gone, fails, control=control.url("/"))
    assert (done.outcome.state, done.outcome.reason) == ("unreachable", "dns.servfail")


def test_question_and_answer_are_kept(tmp_path: Path) -> None:
    with (
        Site({"/x": http("<p>here</p>")}) as site,
        NameServer({NAME: alias("real.example.", "127.0.0.1")}) as names,
    ):
        url = f"http://{NAME}:{site.port}/x"
        done = taken(tmp_path, url, names, control=site.url("/"))
    asked = done.observation.exchanges[0].lookups[0]
    assert (asked.server, asked.name, asked.type) == (str(names), NAME, "A")
    assert (asked.result, asked.addresses, asked.seconds) == ("answered", ("127.0.0.1",), 30)
    assert asked.aliases == ("real.example.",)
    with done.package.open("rb") as file:
        primary = primary_of(open_package(file))
        records = {record.id: record for record in primary.records}
        messages = {}
        for identity in (asked.question, asked.answer):
            assert identity is not None
            octets = b"".join(blocks(primary.archive, records[identity]))
            messages[identity] = dns.message.from_wire(octets)
    assert messages[str(asked.question)].is_response(messages[str(asked.answer)])
    assert messages[str(asked.question)].question[0].name.to_text() == f"{NAME}."
    assert messages[str(asked.answer)].answer


@pytest.mark.parametrize(
    "ips",
    [
        ("127.0.0.1",),
        ("192.0.2.1", "127.0.0.1"),
        ("8.8.8.8", "10.0.0.1"),
        ("::1",),
        ("::ffff:127.0.0.1",),
        ("169.254.169.254",),
        ("64:ff9b::7f00:1",),
        ("2002:7f00:1::",),
        ("fec0::1",),
        ("0.0.0.0",),
        ("100.64.0.1",),
    ],
)
def test_names_that_lead_inside_stay_closed(tmp_path: Path, ips: tuple[str, ...]) -> None:
    with Site({"/x": http("secret")}) as site, NameServer({NAME: addresses(*ips)}) as names:
        url = f"http://{NAME}:{site.port}/x"
        done = taken(tmp_path, url, names, control=site.url("/"), private=False)
        assert site.requests == []
    assert (done.outcome.state, done.outcome.reason) == (
        "inconclusive",
        "local.refused_by_policy",
    )
    assert verify(done.package).verdict == "verified"


def test_a_name_that_changes_its_mind_is_asked_once(tmp_path: Path) -> None:
    """Rebinding: the first answer is checked, and that very address is connected to."""
    answers = iter([addresses("127.0.0.2"), addresses("127.0.0.3")])
    later: list[Any] = []

    def rebinding(query: dns.message.Message) -> dns.message.Message | None:
        if query.question[0].rdtype == dns.rdatatype.AAAA:
            return addresses()(query)
        rule = next(answers, None) or later[-1]
        later.append(rule)
        return rule(query)

    with Site({"/x": http("secret")}) as site, NameServer({NAME: rebinding}) as names:
        url = f"http://{NAME}:{site.port}/x"
        done = taken(tmp_path, url, names, control=site.url("/"))
    # What --allow-private-addresses opened is what the name led to first, and nothing later.
    assert done.outcome.reason == "local.refused_by_policy"


@pytest.mark.parametrize(
    ("spelling", "read"),
    [
        ("192.0.2.1", Server(ip="192.0.2.1")),
        ("192.0.2.1:5353", Server(ip="192.0.2.1", port=5353)),
        ("[2001:db8::1]:99", Server(ip="2001:db8::1", port=99)),
        ("[2001:db8::1]", Server(ip="2001:db8::1")),
        ("2001:db8::1", Server(ip="2001:db8::1")),
    ],
)
def test_servers_as_they_are_written(spelling: str, read: Server) -> None:
    assert server(spelling) == read


@pytest.mark.parametrize(
    "spelling", ["", "example.com", "1.2.3", "1.2.3.4:0", "1.2.3.4:70000", "[::1"]
)
def test_servers_that_are_none(spelling: str) -> None:
    with pytest.raises(InvalidInput):
        server(spelling)


def test_literal_addresses_ask_nobody() -> None:
    names = Names((Server(ip="192.0.2.1"),))
    for host in ("127.0.0.1", "::1"):
        found = names.resolve(host, 80, Deadline(1))
        assert found.addresses == (host,)
        assert found.lookups == ()


def test_a_host_without_a_name_that_is_needed_twice(tmp_path: Path) -> None:
    """The answers stand with the first exchange in order; the second one's fault fits them."""
    page = '<p>hello</p><img src="http://dead.example/a"><img src="http://dead.example/b">'
    rules = {NAME: addresses("127.0.0.1")}
    with Site({"/x": http(page), "/": http("up")}) as site, NameServer(rules) as names:
        done = taken(tmp_path, f"http://{NAME}:{site.port}/x", names, control=site.url("/"))
    dead = [one for one in done.observation.requisites() if "dead.example" in one.url]
    assert [len(one.lookups) for one in dead] == [2, 0]
    assert verify(done.package).verdict == "verified"


def without_question(rule: Rule) -> Rule:
    def bare(query: dns.message.Message) -> dns.message.Message | None:
        answer = rule(query)
        if answer is not None:
            answer.question = []
        return answer

    return bare


def both(first: Rule, second: Rule) -> Rule:
    """The code of the first rule beside the addresses of the second."""

    def rule(query: dns.message.Message) -> dns.message.Message | None:
        made, other = first(query), second(query)
        if made is not None and other is not None:
            made.answer = other.answer
        return made

    return rule


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (without_question(code(dns.rcode.SERVFAIL)), "dns.servfail"),
        (without_question(code(dns.rcode.REFUSED)), "dns.refused"),
        (both(code(dns.rcode.NXDOMAIN), addresses("127.0.0.1")), "dns.nxdomain"),
        (both(code(dns.rcode.SERVFAIL), addresses("127.0.0.1", "::1")), "dns.servfail"),
        (code(dns.rcode.NOTIMP), "dns.failed"),
    ],
)
def test_odd_answers_are_sealed_as_they_are(tmp_path: Path, rule: Rule, reason: str) -> None:
    with Site({"/": http("up")}) as control, NameServer({NAME: rule}) as names:
        done = taken(tmp_path, f"http://{NAME}/x", names, control=control.url("/"))
    assert done.outcome.reason == reason
    assert verify(done.package).verdict == "verified"

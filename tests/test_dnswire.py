"""Messages of name servers: read as a library reads them, and whatever they are."""

from __future__ import annotations

import time
from typing import Any

import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver import dnswire
from archiver.observation import in_zone
from tests.verify.wire import answer, question

NAMES = st.sampled_from(
    ["news.example.", "a.b.example.", "x\\.y.example.", "WWW.Example.ORG.", "t\\032s.example.", "."]
)
IPV4 = st.integers(1, 6).map(lambda last: f"192.0.2.{last}")
IPV6 = st.sampled_from(["2001:db8::1", "2001:db8:0:1::", "::ffff:192.0.2.1", "1:0:0:2::3", "::1"])
TTL = st.integers(0, 900)
CODES = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 9, 16])


@st.composite
def messages(draw: st.DrawFn) -> tuple[str, str, dns.message.Message]:
    """A message about a name as a server may make it: aliases, addresses, authority, extras."""
    name, kind = draw(NAMES), draw(st.sampled_from(["A", "AAAA"]))
    query = dns.message.make_query(name, kind, use_edns=draw(st.sampled_from([0, -1])))
    made = dns.message.make_response(query)
    at = name
    for target in draw(st.lists(NAMES, max_size=3, unique=True)):
        if target not in (at, name):
            made.answer.append(
                dns.rrset.from_text(at, draw(st.integers(0, 900)), "IN", "CNAME", target)
            )
            at = target
    for of, ips in (
        ("A", draw(st.lists(IPV4, max_size=3))),
        ("AAAA", draw(st.lists(IPV6, max_size=2))),
    ):
        if ips:
            made.answer.append(dns.rrset.from_text(at, draw(st.integers(0, 900)), "IN", of, *ips))
    if draw(st.booleans()):
        words = f"ns.invalid. root.invalid. {draw(st.integers(0, 2**32 - 1))} 1 2 3 300"
        made.authority.append(dns.rrset.from_text(draw(NAMES), 60, "IN", "SOA", words))
    if draw(st.booleans()):
        made.additional.append(dns.rrset.from_text("ns.invalid.", 60, "IN", "TXT", '"hi"'))
    code = draw(CODES)
    made.set_rcode(dns.rcode.Rcode(code if made.edns >= 0 else code & 15))
    return name, kind, made


@settings(max_examples=400)
@given(messages())
def test_as_the_library_reads(made: tuple[str, str, dns.message.Message]) -> None:
    name, kind, message = made
    octets = message.to_wire()
    theirs: Any = dns.message.from_wire(octets)
    ours = dnswire.read(octets, name.rstrip("."), kind)
    assert ours is not None
    wanted = dns.rdatatype.from_text(kind)
    found = [(one, rrset.ttl) for rrset in theirs.answer for one in rrset if one.rdtype == wanted]
    aliases = [
        str(one.target)
        for rrset in theirs.answer
        for one in rrset
        if one.rdtype == dns.rdatatype.CNAME
    ]
    words = {0: "answered" if found else "nodata", 2: "servfail", 3: "nxdomain", 5: "refused"}
    assert ours.result == words.get(int(theirs.rcode()), "failed")
    assert ours.aliases == tuple(aliases)
    if ours.result == "answered":
        assert ours.addresses == tuple(one.address for one, _ in found)
        assert ours.seconds == min(ttl for _, ttl in found)
    else:
        assert (ours.addresses, ours.seconds) == ((), None)
    zones = (name.rstrip("."), *aliases) if ours.result in ("nodata", "nxdomain") else ()
    soas = [
        (str(one.name), one[0].serial, one[0].minimum)
        for one in theirs.authority
        if any(in_zone(each, str(one.name)) for each in zones)
    ]
    assert (ours.soa and (ours.soa.zone, ours.soa.serial, ours.soa.minimum)) == (soas or [None])[0]
    assert ours.number == theirs.id
    assert ours.asked == ((name.lower(), kind),)


@settings(max_examples=300)
@given(messages(), st.data())
def test_whatever_it_is(made: tuple[str, str, dns.message.Message], data: st.DataObject) -> None:
    name, kind, message = made
    octets = bytearray(message.to_wire())
    for _ in range(data.draw(st.integers(1, 4))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    dnswire.read(bytes(octets[: data.draw(st.integers(0, len(octets)))]), name, kind)
    dnswire.read(data.draw(st.binary(max_size=60)), name, kind)


HEADER = b"\0\7\x81\x80\0\1\0\0\0\0\0\0"


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        HEADER,
        HEADER + b"\xc0\x0c\0\1\0\1",  # a pointer to itself
        HEADER + b"\xc0\xff\0\1\0\1",  # to what comes later
        HEADER + b"\1a\xc0\x0c\0\1\0\1",  # round in a circle
        HEADER + b"\x40a\0\0\1\0\1",  # a label of a kind that there is not
        HEADER + (b"\x3f" + b"a" * 63) * 5 + b"\0\0\1\0\1",  # longer than any name
        HEADER + b"\x05abc",
        answer("a.example", "A", "192.0.2.1")[:-1],
        answer("a.example", "A", "192.0.2.1")[:6] + b"\xff\xff" * 3,
        answer("a.example", "A", "192.0.2.1").replace(b"\0\4\xc0", b"\0\3\xc0"),
    ],
)
def test_what_is_no_message(octets: bytes) -> None:
    assert dnswire.read(octets, "a.example", "A") is None


def test_a_large_one_is_read_at_once() -> None:
    # Names made of pointers to pointers: as slow as names can be.
    pointers = b"".join(b"\xc0" + bytes([12 + 2 * (n - 1)]) for n in range(1, 100))
    octets = b"\0\7\x81\x80\0\0\x0f\xff\0\0\0\0" + b"\0\0" + pointers
    octets += b"\xc0\x60\0\1\0\1\0\0\0\0\0\4\1\2\3\4" * 60_000
    begun = time.process_time()
    dnswire.read(octets, "a.example", "A")
    assert time.process_time() - begun < 1


def test_a_question() -> None:
    said = dnswire.read(question("A.example", "AAAA"), "a.example", "AAAA")
    assert said is not None
    assert (said.is_answer, said.asked, said.number) == (False, (("a.example.", "AAAA"),), 7)

"""The lines of a ledger: one spelling each, and the grammar and the schema say the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.attest import entries
from archiver.attest.entries import EVENTS, LONGEST
from archiver.canonical import to_line
from archiver.case.schemas import faults
from archiver.errors import InvalidInput
from tests.cli.test_words import ROOT

SCHEMA = "ledger-line.schema.json"
DIGEST = "sha256:" + "0a" * 32
TEXTS = st.text(
    st.characters(
        codec="utf-8",
        exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        exclude_categories=["Cc", "Cs"],
    ),
    min_size=1,
    max_size=60,
)
NUMBERS = st.integers(0, 99_999_999)
MEMBERS: dict[str, st.SearchStrategy[Any]] = {
    "adopted": st.just(True),
    "against": st.just(DIGEST),
    "begin": NUMBERS,
    "by": TEXTS,
    "case": st.from_regex(r"[a-z0-9][a-z0-9-]{0,99}", fullmatch=True),
    "change": st.sampled_from(["unchanged", "noise", "changed"]),
    "clock": st.sampled_from(["given", "SOURCE_DATE_EPOCH"]),
    "comparison": st.sampled_from(["contained", "partial", "not-contained", "not-comparable"]),
    "every": st.integers(1, 10**11 - 1),
    "file": st.just(DIGEST),
    "line": st.just("0123456789abcdef/12"),
    "missed": st.integers(1, 10**11 - 1),
    "name": st.just("20261124T100001Z-4d144550.wacz"),
    "note": TEXTS,
    "octets": st.integers(0, 10**12 - 1),
    "package": st.just(DIGEST),
    "previous": st.just(DIGEST),
    "reason": st.sampled_from(["http.200", "dns.nxdomain", "content.soft_404", "lost"]),
    "seq": NUMBERS,
    "since": st.just("2026-11-24T10:00:01Z"),
    "source": TEXTS.filter(lambda text: not set('"\\') & set(text)),
    "state": st.sampled_from(["captured", "absent", "blocked", "unreachable", "inconclusive"]),
    "time": st.just("2026-11-24T10:00:01Z"),
    "until": st.just("2026-11-25T10:00:01Z"),
    "verdict": st.sampled_from(["verified", "untrusted", "refused", "unreadable"]),
}


@st.composite
def lines(draw: st.DrawFn) -> dict[str, Any]:
    event = draw(st.sampled_from(list(EVENTS)))
    must, may = (names.split() for names in EVENTS[event])
    optional = [one for one in (*may, "by", "clock") if draw(st.booleans())]
    said = {name: draw(MEMBERS[name]) for name in (*must, *optional, "seq", "time")}
    return {"event": event, **said}


@given(lines())
@settings(max_examples=400, deadline=None)
def test_a_line_comes_back(said: dict[str, Any]) -> None:
    octets = entries.spell(said)
    assert octets == to_line(said)
    assert entries.read(octets, "").said == said
    assert faults(said, SCHEMA) == ()


SAMPLES = [
    {
        "event": "capture",
        **{name: one for name, one in said.items() if name != "event"},
    }
    for said in (
        {
            "begin": 3,
            "case": "a-case",
            "comparison": "contained",
            "file": DIGEST,
            "name": "20261124T100001Z-4d144550.wacz",
            "octets": 4096,
            "package": DIGEST,
            "reason": "http.200",
            "seq": 4,
            "source": "https://example.org/ü?a=1&b=2",
            "state": "captured",
            "time": "2026-11-24T10:00:01Z",
        },
    )
]
NOTE = {"event": "note", "note": 'he said "no" \\ maybe', "seq": 0, "time": "2026-11-24T10:00:01Z"}


@pytest.mark.parametrize("said", [*SAMPLES, NOTE])
@given(at=st.integers(0, 10_000), octet=st.integers(0, 255), how=st.sampled_from("rid"))
@settings(max_examples=300, deadline=None)
def test_a_changed_line_is_none_or_another_one(
    said: dict[str, Any], at: int, octet: int, how: str
) -> None:
    octets = entries.spell(said)
    at %= len(octets)
    behind = octets[at:] if how == "i" else octets[at + 1 :]
    changed = octets[:at] + (b"" if how == "d" else bytes([octet])) + behind
    try:
        read = entries.read(changed, "")
    except InvalidInput:
        return
    # What is still read is the one spelling of what it says.
    assert to_line(read.said) == changed
    assert faults(dict(read.said), SCHEMA) == ()


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"{}",
        b"null",
        b"[]",
        b'{"event":"note"}',
        b'{"event":"nothing","note":"x","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":0,"time":"2026-11-24T10:00:01Z"} ',
        b' {"event":"note","note":"x","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":00,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":0.0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":-0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":100000000,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","note":"x","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"note":"x","event":"note","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"\\u0078","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"\\/","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"a\\nb","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"\xff","seq":0,"time":"2026-11-24T10:00:01Z"}',
        b'{"event":"note","note":"x","seq":0,"time":"2026-11-24T10:00:01Z","x":1}',
        '{"event":"note","note":"x","seq":٠,"time":"2026-11-24T10:00:01Z"}'.encode(),
        b'{"event":"note","note":"' + b"x" * 1001 + b'","seq":0,"time":"2026-11-24T10:00:01Z"}',
        '{"event":"note","note":"a\u202eb","seq":0,"time":"2026-11-24T10:00:01Z"}'.encode(),
    ],
)
def test_what_is_no_line(octets: bytes) -> None:
    with pytest.raises(InvalidInput) as fault:
        entries.read(octets, "here")
    assert fault.value.what
    assert fault.value.where == "here"


def test_the_longest_texts() -> None:
    for name, longest in LONGEST.items():
        said = SAMPLES[0] if name == "source" else NOTE
        assert entries.read(entries.spell({**said, name: "x" * longest}), "").said[name]
        with pytest.raises(InvalidInput):
            entries.spell({**said, name: "x" * (longest + 1)})


def test_a_long_text_that_does_not_fit_takes_no_time() -> None:
    octets = b'{"event":"note","note":"' + b'\\"' * 30_000 + b'\x01","seq":0}'
    with pytest.raises(InvalidInput):
        entries.read(octets, "")


def test_the_schema_names_the_events_of_the_grammar() -> None:
    schema = json.loads((ROOT / "schemas" / SCHEMA).read_text())
    told = {}
    for one in schema["oneOf"]:
        names = set(one["properties"]) - {"event", "seq", "time", "by", "clock"}
        must = set(one["required"]) - {"event", "seq", "time"}
        told[one["properties"]["event"]["const"]] = (must, names - must)
    assert told == {
        event: (set(must.split()), set(may.split())) for event, (must, may) in EVENTS.items()
    }

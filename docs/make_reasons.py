"""Writes docs/reference/reasons.md: `python docs/make_reasons.py`.

The states and reasons come from the rule itself, run over one observation of each kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from tables import row, table

from archiver.digest import Digest
from archiver.faults import TYPES
from archiver.judge.compare import RESULTS
from archiver.judge.contents import KINDS, Text
from archiver.judge.outcome import STATES, decide
from archiver.observation import (
    CERTIFICATE_FAULTS,
    Exchange,
    Fault,
    Observation,
    Person,
    Proxy,
    Response,
    Tls,
)
from archiver.report.why import signal_sentence
from archiver.report.words import _WHY_NOT, comparison_words, reason_sentence

ROOT = Path(__file__).parent.parent
REASONS = ROOT / "docs" / "reference" / "reasons.md"
MADE = "Made from the code by `docs/make_reasons.py`; do not edit it by hand.\n\n"

STATE_MEANINGS = {
    "captured": "the source answered with a page",
    "absent": "the source's own side says that it is not there (404, 410, NXDOMAIN while a control "
    'answers, or a page that signs agree is none): "not found from here at T", never "deleted"',
    "blocked": "it may be there, but not for us, from here (401, 403, 429, 451, a wall against "
    "robots, for consent, log-in or pay, by country or by law …)",
    "unreachable": "no answer worth the name, although a control page answered, so our own network "
    "works; or a site that says it is under repair",
    "inconclusive": "nothing may be concluded: our own network may be down, a policy of ours "
    "refused, a hotspot answered, or the signals conflict",
}
_RECORD = "urn:uuid:00000000-0000-8000-8000-000000000000"
_MOMENT = "2026-01-01T00:00:00Z"
# What only the content of an answer decides (`judge.contents`).
_BY_CONTENT = {
    *KINDS.values(),
    ("captured", "content.pay_wall"),
    ("inconclusive", "signals.withheld"),
}


def _exchange(status: int | None = None, **changed: Any) -> Exchange:
    answer = Response(
        record=_RECORD,
        octets=1,
        head=1,
        status=status,
        media_type=None,
        location=None,
        server_date=None,
        framing="length",
        truncated=changed.pop("truncated", None),
        entity=0,
        entity_digest=Digest.of(b""),
    )
    fault = changed.pop("fault", None)
    plain: dict[str, Any] = {
        "role": "source",
        "url": "http://source.example/",
        "attempt": 1,
        "lookups": (),
        "date": _MOMENT,
        "phase": "done",
        "connection": None,
        "addresses": (),
        "ip": None,
        "port": None,
        "tls": None,
        "request": _RECORD,
        "response": None if fault else answer,
        "fault": Fault(type=fault, message="") if fault else None,
    }
    return Exchange(**{**plain, **changed})


def _judged(*exchanges: Exchange, text: str = "not-contained", stop: str | None = None) -> Any:
    seen = Observation(
        capture_id=_RECORD,
        case="case",
        source="http://source.example/",
        started=_MOMENT,
        ended=_MOMENT,
        software="archiver",
        clock="system",
        previous=None,
        settings={},
        person=Person(),
        exchanges=exchanges,
        stop=stop,
    )
    said = decide(seen, Text(result=text, some=text == "partial"), None)
    return said.state, said.reason


def reached() -> set[tuple[str, str]]:
    """Every state and reason that the rule comes to: by running it over one observation of each
    kind, and what content decides. Statuses of HTTP are told apart by `statuses`."""
    answers = _exchange(200, role="control", url="http://control.example/")
    doubted = _exchange(role="control", fault="tls.untrusted")
    unproven = Tls(
        version=None,
        cipher=None,
        alpn=None,
        server_name=None,
        verified=False,
        chain=(),
        alerts=(),
        certificates=None,
        handshake=None,
    )
    found = {
        _judged(_exchange(301), _exchange(200, url="http://source.example/b")),
        _judged(_exchange(200, truncated="length")),
        _judged(_exchange(600)),
        _judged(_exchange(600), text="contained"),
        _judged(_exchange(302), stop="redirect.loop"),
        _judged(_exchange(302), stop="redirect.refused"),
        _judged(_exchange(404), text="partial"),
        _judged(_exchange(404, proxy=_PROXY)),
        _judged(_exchange(200, tls=unproven), doubted),
    }
    for kind in TYPES:
        found |= {_judged(_exchange(fault=kind)), _judged(_exchange(fault=kind), answers)}
    for kind in CERTIFICATE_FAULTS:
        for status in (200, 404):
            found.add(_judged(_exchange(fault=kind), _exchange(status, tls=unproven), answers))
    return found | _BY_CONTENT


_PROXY = Proxy(addresses=(), ip=None, port=None, status=None, request=None, answer=None)


def statuses() -> Iterator[tuple[str, str, str]]:
    """What a status of HTTP comes to where no text or content says otherwise: the reasons, the
    state and the words of each run of statuses that are alike."""
    known = []
    for status in range(100, 600):
        state, reason = _judged(_exchange(status))
        own = reason == f"http.{status}"  # 511 has a reason of another name
        words = reason_sentence(state, reason).replace(str(status), "N") if own else ""
        known.append((status, state, words))
    for (state, words), alike in groupby(known, key=lambda one: one[1:]):
        if not words:
            continue
        numbers = [one[0] for one in alike]
        named = f"`http.{numbers[0]}`"
        if len(numbers) > 1:
            named += f" to `http.{numbers[-1]}`"
        yield named, state, words


def document() -> str:
    """The whole of docs/reference/reasons.md."""
    text = (
        f"# Outcomes and their reasons\n\n{MADE}An outcome is a state and a reason. Both follow "
        "from the recorded octets by the rule `archiver-outcome-1`, and anyone can derive them "
        "again (`archiver rebuild`). `archiver show --why PACKAGE.wacz` prints the signals that "
        "led there.\n\n## States\n\n" + table("state", "meaning")
    )
    for state in STATES:
        text += row(f"`{state}`", STATE_MEANINGS[state])
    text += "\n## Reasons by what happened\n\n" + table("reason", "state", "in words")
    pairs = sorted(reached(), key=lambda one: (one[1], STATES.index(one[0])))
    for state, reason in pairs:
        if not reason[len("http.") :].isdigit():
            text += row(f"`{reason}`", f"`{state}`", reason_sentence(state, reason))
    text += (
        "\n## Reasons by HTTP status\n\nN is the status. Where the whole seed text stands on the "
        "page the state is `captured`, whatever the status.\n\n"
    ) + table("reason", "state", "in words")
    for named, state, words in statuses():
        text += row(named, f"`{state}`", words)
    return text + _signals() + _comparisons()


def _signals() -> str:
    text = (
        "\n## Signals\n\nWhat a page itself gives away, as `words.KIND` (what it says), "
        "`header.KIND`, `markup.KIND` (how it is built) or `redirect.KIND` (where it led). One "
        "signal is a hint; a verdict against presence takes more.\n\n"
    ) + table("kind", "in words", "speaks for")
    for kind, (state, reason) in KINDS.items():
        text += row(f"`{kind}`", signal_sentence(f"words.{kind}", "…"), f"`{state}` / `{reason}`")
    return text


def _comparisons() -> str:
    text = "\n## Comparison\n\nThe seed text against the page: apart from the outcome.\n\n"
    text += table("result", "in words")
    for result in RESULTS:
        text += row(f"`{result}`", comparison_words(result))
    text += "\n" + table("reason of `not-comparable`", "in words")
    for reason, words in _WHY_NOT.items():
        text += row(f"`{reason}`", words)
    return text


if __name__ == "__main__":
    REASONS.write_text(document(), encoding="utf-8")

"""The report says what the package says, no more, and the same every time."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from archiver.attest.trust import Known, Revoked, Trust
from archiver.judge.compare import RESULTS
from archiver.judge.outcome import STATES as OUTCOMES
from archiver.observation import Lookup, Person, Soa
from archiver.report.html import passages, summary
from archiver.report.html.page import report as page_of
from archiver.report.html.pagetext import MOST
from archiver.report.sentences import moment_words
from archiver.report.standards import MET, NOT_MET, PERSON, standards
from archiver.report.statements import KINDS, MEANINGS
from archiver.report.subject import Event, timeless
from archiver.report.why import signal_sentence
from archiver.report.words import verdict_sentence
from archiver.verbs.reading import believed, verify
from archiver.verbs.reporting import subject_of
from tests.attest.signers import OURS, THEIRS, signed_package
from tests.case.right_case import SEED
from tests.report.hostile import package as hostile
from tests.report.hostile import strings
from tests.report.reports import (
    BOTH,
    amended,
    choosing,
    cosigned,
    octets_of,
    page,
    part,
    read,
    stamped,
    words,
)
from tests.verify.forge import exchange
from tests.verify.scenes import HOST, PAGE, SCENES, STATES, URL, answer, package

NEVER = ("tamper", "court-ready", "admissible", "deleted", "guarantee", "authentic")
CAPTURED = SCENES["captured"]


@pytest.mark.parametrize("state", STATES)
def test_every_scene_has_a_page_in_good_order(tmp_path: Path, state: str) -> None:
    source = page(tmp_path, signed_package(state), BOTH)
    assert source == page(tmp_path / "elsewhere", signed_package(state), BOTH)
    headings = [int(level) for level in re.findall(r"<h([1-6])", source)]
    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    ids = re.findall(r' id="([^"]*)"', source)
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in re.findall(r' href="(#[^"]*)"', source)} <= set(ids)
    for landmark in ("header", "nav", "main", "footer"):
        assert source.count(f"<{landmark}") == 1
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL)
    assert style
    digest = base64.b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;" in source
    for word in NEVER:
        assert word not in source.lower()
    assert "{" not in words(source.partition("<body>")[2])
    assert str(tmp_path) not in source


def test_the_first_lines_say_what_was_claimed_seen_when_and_from_where(tmp_path: Path) -> None:
    scene = replace(CAPTURED)
    source = page(tmp_path, octets_of(scene))
    first = words(source.partition("<nav")[0].partition("<body>")[2])
    for said in (
        "The Harbour Bridge Opens",
        "Example News",
        URL,
        "The source answered (HTTP 200); all 3 passages of the claimed text stand on its page",
        "14 March 2026, 12:00:00 UTC",
        "nobody is named, and no place",
        "unsigned",
        "own clock only",
        "It was captured with options that can weigh: clock from given",
    ):
        assert said in first


def test_who_and_where_are_told_as_declared(tmp_path: Path) -> None:
    from archiver.report.sentences import from_where

    file = tmp_path / "x.wacz"
    file.write_bytes(package("captured"))
    with believed(file) as found:
        subject = subject_of(found, file)
        person = Person(name="analyst-7", network="mobile", country="NL")
        seen = replace(subject.seen, person=person)
        primary = replace(subject.sealed.primary, observation=seen)
        said = from_where(replace(subject, sealed=replace(subject.sealed, primary=primary)))
    assert said == "analyst-7, from mobile, NL (as they say themselves)"


def test_differences_are_marked_by_words_and_by_elements(tmp_path: Path) -> None:
    altered = PAGE.replace("Friday", "Saturday").replace("twice", "").replace(SEED.passages[1], "")
    source = page(tmp_path, octets_of(replace(CAPTURED, hops=((URL, answer(altered)),))))
    assert '<del><span class="who">claim:</span> Friday,</del>' in source
    assert '<ins><span class="who">page:</span> Saturday,</ins>' in source
    text = part(source, "text")
    assert "Of 3: 2 altered, 1 not on the page." in text
    assert "It differs in words" in text
    assert "none of the 3 passages of the claimed text stands on its page, 2 stand there" in source


def test_what_stands_around_a_passage_is_shown(tmp_path: Path) -> None:
    within = PAGE.replace(
        "The mayor opened", "It is false that the rumour is right. The mayor opened"
    )
    source = page(tmp_path, octets_of(replace(CAPTURED, hops=((URL, answer(within)),))))
    assert "It is false that the rumour is right." in part(source, "text")
    assert "One passage stands within a longer paragraph" in words(source)


def test_passages_that_stand_there_altered_are_in_the_verdict(tmp_path: Path) -> None:
    altered = PAGE.replace("Friday", "Saturday")
    file = tmp_path / "x.wacz"
    file.write_bytes(octets_of(replace(CAPTURED, hops=((URL, answer(altered)),))))
    assert "; 1 passage stands there altered." in verdict_sentence(verify(file))
    file.write_bytes(package("captured"))
    assert "altered" not in verdict_sentence(verify(file))
    assert signal_sentence("text", "not-contained", "captured") == (
        "passages of the seed text stand on the page, altered"
    )
    assert "not found" in signal_sentence("text", "not-contained", "absent")


def test_passages_in_another_order(tmp_path: Path) -> None:
    turned = "".join(f"<p>{one}</p>" for one in reversed(SEED.passages))
    source = page(tmp_path, octets_of(replace(CAPTURED, hops=((URL, answer(turned)),))))
    assert "all passages of the claimed text stand on its page, but in another order" in source


def test_text_in_data_for_machines_is_told_apart(tmp_path: Path) -> None:
    quoted = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(SEED.passages)})
    page_with = f'<script type="application/ld+json">{quoted}</script><p>Nothing of it here.</p>'
    source = page(tmp_path, octets_of(replace(CAPTURED, hops=((URL, answer(page_with)),))))
    assert "stands in data for machines only, and is told apart" in words(source)


def test_what_was_on_the_way_is_told(tmp_path: Path) -> None:
    assert "It was asked through a proxy" in words(page(tmp_path / "a", package("proxied")))
    cut = words(page(tmp_path / "b", package("truncated")))
    assert "What came is cut off (disconnect): the rest was not received." in cut
    bare = words(page(tmp_path / "c", package("doubted")))
    assert "The server did not prove who it is: its certificate did not hold." in bare


def test_with_digests_alone_the_page_gives_the_words(tmp_path: Path) -> None:
    digests = replace(CAPTURED, publish="digest")
    assert SEED.passages[0] in part(page(tmp_path, octets_of(digests)), "text")
    gone = replace(digests, hops=((URL, answer("<p>Nothing of it stands here at all.</p>")),))
    text = part(page(tmp_path, octets_of(gone)), "text")
    assert "Only its digest is known, and its length of" in text
    withheld = part(page(tmp_path, octets_of(replace(CAPTURED, publish="withhold"))), "text")
    assert "the seed text is withheld" in withheld


def test_a_long_page_is_cut_and_says_so(tmp_path: Path) -> None:
    body = PAGE + "".join(f"<p>paragraph {number}</p>" for number in range(MOST // 8))
    source = page(tmp_path, octets_of(replace(CAPTURED, hops=((URL, answer(body)),))))
    assert "The first 40,000 of" in part(source, "page")
    assert "paragraph 100" in part(source, "page")
    assert f"paragraph {MOST // 8 - 1}" not in source


def test_languages_and_directions_are_told(tmp_path: Path) -> None:
    source = page(tmp_path, package("captured"))
    assert '<h1 lang="en" dir="auto">The Harbour Bridge Opens</h1>' in source
    assert '<p lang="en" dir="auto" class="quoted">' in source


def test_exchanges_certificates_and_names_are_there(tmp_path: Path) -> None:
    source = page(tmp_path, package("redirected"))
    seen = part(source, "seen")
    assert "HTTP 301" in seen
    assert "HTTP 200" in seen
    assert "203.0.113.7 port 443" in seen
    assert "its key signed the handshake" in seen
    assert f"CN={HOST}" in part(source, "certificates")
    failed = page(tmp_path, package("unreachable"))
    assert "the connection was refused" in part(failed, "seen")
    assert "control" in part(failed, "controls")
    proxied = page(tmp_path, package("proxied"))
    assert "known to the proxy only" in part(proxied, "seen")
    assert "It was asked through a proxy" in words(proxied)


def test_a_stamp_changes_what_is_said_of_the_time_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, tmp_path)
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))
    without = read(file, BOTH)
    stamped(file)
    with_one = read(file, BOTH)
    attested = "desk attests that the file was there on 14 March 2026, 12:05:00 UTC"
    assert attested in part(with_one, "shows")
    assert "How long before the time stamp" in part(with_one, "shows")
    assert "no independent party attests the time" not in words(with_one)
    assert "Berkeley" in part(with_one, "standards")
    file.with_name("x.wacz.desk.tsr").unlink()
    file.with_name("x.wacz.desk.tsq").unlink()
    assert read(file, BOTH) == without
    assert attested not in words(without)
    assert "no independent party attests the time" in part(without, "shows")
    untouched = ("text", "claims", "seen", "outcome", "page", "certificates", "check")
    for name in untouched:
        assert part(without, name) == part(with_one, name)


def test_a_stamp_of_a_strange_authority_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("captured"))
    stamped(file)
    source = read(file)
    assert "by an authority that nobody here has chosen" in words(source)
    assert "no independent party attests the time" in part(source, "shows")


def test_no_moment_goes_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choosing(monkeypatch, tmp_path)
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))
    stamped(file)
    since = Revoked(since="2026-03-15T00:00:00Z", reason="stolen")
    known = Known(fingerprint=OURS.public.fingerprint, name="us", revoked=since)
    with believed(file, Trust((known,))) as found:
        report = found.report
    later = replace(
        report,
        stamps=tuple(replace(one, ended=True) for one in report.stamps),
        signers=tuple(replace(one, stamped=None) for one in report.signers),
    )
    assert later != report
    assert timeless(later) == timeless(report)


def test_every_signer_is_told_for_a_reader_without_the_keys(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))
    cosigned(file, THEIRS)
    source = read(file, BOTH)
    assert "held by whoever made this report (us)" in part(source, "sealing")
    assert "which whoever made this report trusts as Example Desk" in part(source, "sealing")
    assert "your own key" not in source
    assert f"Example Desk signed it with the key {THEIRS.public.fingerprint}" in words(source)
    strange = read(file, Trust())
    assert "Who vouches for it unknown key" in words(strange)
    gone = Revoked(since="2026-03-15T00:00:00Z", reason="stolen")
    revoked = Trust((Known(fingerprint=OURS.public.fingerprint, name="us", revoked=gone),))
    assert "revoked since 2026-03-15T00:00:00Z: stolen" in part(read(file, revoked), "sealing")


def test_amendments_are_told_with_their_history(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(signed_package("captured"))

    def change(claimed: dict[str, object], assessed: dict[str, object]) -> None:
        claimed["outlet"] = {"name": "Other News", "domain": "example.org"}
        assessed["keywords"] = ["bridge"]

    amended(file, change)
    source = read(file, BOTH)
    claims = part(source, "claims")
    assert "as of amendment 1" in claims
    assert "Other News" in claims
    assert 'was: "Example News" now: "Other News"' in claims
    assert "analyst-9" in claims
    assert "Something was amended after the sealing, last on 20 March 2026" in words(source)


def test_custody_has_a_section_only_where_there_is_one(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("captured"))
    event = Event(at="2026-03-15T10:00:00Z", what="verify", by="analyst-7", note="<b>")
    with believed(file) as found:
        subject = replace(subject_of(found, file), history=(event,), gaps=("line 3 is missing",))
        source = page_of(subject).decode()
        lists = {one.place: one.state for one in standards(subject)[0].items}
    assert "15 March 2026, 10:00:00 UTC verify analyst-7 <b>" in part(source, "custody")
    assert "line 3 is missing" in part(source, "custody")
    assert lists["¶167"] == NOT_MET
    assert 'id="custody"' not in read(file)


def test_the_lists_follow_the_package(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"

    def lists(octets: bytes) -> dict[tuple[str, str], str]:
        file.write_bytes(octets)
        with believed(file) as found:
            made = standards(replace(subject_of(found, file), history=(event,)))
        return {(one.place, one.asks): one.state for many in made for one in many.items}

    event = Event(at="2026-03-15T10:00:00Z", what="verify", by="analyst-7")
    html, media = ("¶155(b)", "The HTML source code"), ("¶155(d)", "Embedded media")
    whole, absent = lists(package("whole")), lists(package("absent"))
    truncated, other = (
        lists(package("truncated")),
        lists(package("captured", software="archiver 9")),
    )
    assert {*whole.values()} == {MET, NOT_MET, PERSON}
    assert (whole[html], absent[html], truncated[html]) == (MET, NOT_MET, NOT_MET)
    # An option left them out of the other one.
    assert (whole[media], truncated[media]) == (MET, NOT_MET)
    assert whole["¶155(c)", "A full-page capture with date and time"] == NOT_MET
    assert whole["¶167", "A chronological chain of custody"] == MET
    repeatable = ("Repeatable", "The same inputs give the same result")
    assert (whole[repeatable], other[repeatable]) == (MET, NOT_MET)


def test_each_statement_has_a_kind_and_each_kind_a_meaning(tmp_path: Path) -> None:
    assert set(MEANINGS) == set(KINDS)
    shows = part(page(tmp_path, signed_package("captured"), BOTH), "shows")
    for kind in KINDS:
        assert kind.capitalize() in shows
    absent = part(page(tmp_path, package("absent")), "shows")
    assert "that anybody removed it, or that it ever was there" in absent


def test_there_are_words_for_every_state_and_result() -> None:
    assert set(summary._STATES) == set(OUTCOMES)
    assert set(summary._TEXTS) == set(RESULTS)
    assert set(passages._KINDS) == set(passages._WORDS)
    assert moment_words("2026-03-04T05:06:07Z") == "4 March 2026, 05:06:07 UTC"


@pytest.mark.parametrize("text", strings()[::25])
def test_a_hostile_package_bites_nobody(tmp_path: Path, text: str) -> None:
    source = page(tmp_path, hostile(text))
    body = source.partition("<body>")[2]
    assert not re.search(r"<(?:script|img|iframe|svg|object|embed|form|meta|link|style)\b", body)
    assert not re.search(r"<[^>]* (?:on[a-z]+|style|src)=", body)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)


def test_answers_of_name_servers_are_told(tmp_path: Path) -> None:
    file = tmp_path / "x.wacz"
    file.write_bytes(package("captured"))
    asked = Lookup(
        server="192.0.2.53:53",
        name="news.example.org",
        type="A",
        result="nxdomain",
        addresses=(),
        aliases=("edge.example.net",),
        seconds=300,
        question=None,
        answer=None,
        soa=Soa(zone="example.org", serial=2026031401, minimum=60),
    )
    with believed(file) as found:
        subject = subject_of(found, file)
        seen = exchange(subject.seen, 0, lookups=(asked,))
        primary = replace(subject.sealed.primary, observation=seen)
        source = page_of(replace(subject, sealed=replace(subject.sealed, primary=primary))).decode()
    told = part(source, "names")
    assert "news.example.org A 192.0.2.53:53 nxdomain" in told
    assert "by zone example.org, serial 2026031401" in told
    assert "edge.example.net" in told
    assert "1 answers of name servers" not in words(source)


def test_a_date_behind_an_arabic_name_is_not_read_backwards(tmp_path: Path) -> None:
    source = page(tmp_path, hostile("\u0623\u062e\u0628\u0627\u0631 2024"))
    assert "<bdi>\u0623\u062e\u0628\u0627\u0631 2024</bdi>, <bdi>2024-05-03</bdi>" in source
    behind = "[\u0600-\u06ff][^A-Za-z]*[0-9]{4}-[0-9]{2}-[0-9]{2}"
    for text in re.findall(r"<bdi>([^<]*)</bdi>", source):
        assert not re.search(behind, text), text

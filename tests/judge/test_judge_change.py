"""What differs between two pages, and what a page changes by itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.case.schemas import schema
from archiver.digest import Digest
from archiver.judge.change import FORMAT, KINDS, RESULTS, TEXT_RESULTS, change
from archiver.judge.changedocument import to_document
from archiver.judge.circumstances import HEADERS, OF_THE_SERVER
from archiver.judge.noise import REASONS
from archiver.judge.page import Page
from archiver.observation import Exchange, Lookup, Tls
from archiver.report import changes
from archiver.report.changes import NOISE
from tests.judge.judge_changes import EARLY, LATE, URL, changed, exchange, kinds, response, seen

LEAD = "The council of Larkmoor met on 12 May and kept the old bridge closed for one more year."
NEXT = 'Its chair said after the meeting: "We do not have the 4.5 million that the repair takes."'
LAST = "Repairs, if they come at all in this decade, would begin in 2031 at the very earliest."
SEED = f"{LEAD}\n\n{NEXT}\n\n{LAST}"
TITLE = "<title>Bridge stays closed | The Pier</title>"


def article(
    *paragraphs: str, above: str = "", between: str = "", below: str = "", title: str = TITLE
) -> str:
    first, *others = paragraphs or (LEAD, NEXT, LAST)
    rest = "".join(f"<p>{one}</p>" for one in others)
    return (
        f"<!doctype html>{title}<nav><a href=/>Home</a></nav><div>{above}</div>"
        f"<h1>Bridge stays closed</h1><p>{first}</p>{between}{rest}<div>{below}</div>"
    )


@pytest.mark.parametrize("seed", ["", SEED], ids=["without a text", "with a text"])
@pytest.mark.parametrize(
    ("after", "edits"),
    [
        (article(LEAD, NEXT.replace("4.5", "4.6"), LAST), ["changed"]),
        (article(LEAD, NEXT.replace("do not", "do"), LAST), ["changed"]),
        (article(LEAD, LAST), ["removed"]),
        (article(LEAD, NEXT, "The mayor has resigned.", LAST), ["added"]),
        (article(LEAD, NEXT, "7 dead", LAST), ["added"]),
        (article(NEXT, LEAD, LAST), ["moved"]),
        (article(LEAD, NEXT, LAST.replace("2031", "2032")), ["changed"]),
        (article(LEAD.replace("Larkmoor", "Lаrkmoor"), NEXT, LAST), ["changed"]),
        (article(LEAD, NEXT, LAST).replace("<h1>Bridge", "<h1>Road"), ["changed"]),
        (article(LEAD, f"<a class=ad>{NEXT}</a>", LAST).replace("chair", "mayor"), ["changed"]),
        (article(LEAD, f"<aside>{NEXT}</aside>", LAST).replace("4.5", "9.9"), ["changed"]),
    ],
)
def test_changes_of_the_text(after: str, edits: list[str], seed: str) -> None:
    done = changed(article(), after, seed=seed)
    assert done.result == done.text.result == "changed"
    assert [kind for kind, noise in kinds(done) if noise is None] == edits


CLOCKS = ("10:02", "09:31")
DAYS = ("Tuesday, 24 November 2026", "Wednesday, 25 November 2026")
TOKENS = ("req-5f2c9a7be1d04c33ab", "req-77aa01c2d9e85b6f10")


@pytest.mark.parametrize("seed", ["", SEED], ids=["without a text", "with a text"])
@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (article(below="1,234 views"), article(below="1,301 views"), "counter"),
        (article(above="(3 comments)"), article(above="(12 comments)"), "counter"),
        (article(above="Просмотров: 9"), article(above="Просмотров: 11"), "counter"),
        (article(above=CLOCKS[0]), article(above=CLOCKS[1]), "clock"),
        (article(above=DAYS[0]), article(above=DAYS[1]), "clock"),
        (article(above="24.11.2026 10:02"), article(above="25.11.2026 09:31"), "clock"),
        (article(above="Page made at 10:02:33"), article(above="Page made at 09:31:07"), "clock"),
        (article(above="2026-11-24T10:02:33Z"), article(above="2026-11-25T09:31:07Z"), "clock"),
        (article(above="2026-11-23"), article(above="2026-11-26"), "clock"),
        (article(above="२४/११/२०२६"), article(above="२५/११/२०२६"), "clock"),
        (article(below=f"Request {TOKENS[0]}"), article(below=f"Request {TOKENS[1]}"), "token"),
        (article(below=TOKENS[0]), article(below=TOKENS[1]), "token"),
        (
            article(between="<aside>Buy shoes</aside>"),
            article(between="<aside>Sell hats, all of them, today</aside>"),
            "apart",
        ),
        (
            article(between="<div class='ad-slot wide'>Buy shoes</div>"),
            article(between=""),
            "apart",
        ),
        (
            f"<form><h4>Larkmoor</h4><p>{LEAD}<aside>Rain</aside><p>{LAST}</form>",
            f"<form><h4>Larkmoor</h4><p>{LEAD}<aside>Snow</aside><p>{LAST}</form>",
            "apart",
        ),
        (
            article(below="<ul class=related><li>Mayor resigns<li>Rain</ul>"),
            article(below="<ul class=related><li>Snow<li>Mayor resigns</ul>"),
            "apart",
        ),
        (
            article(below="<footer>© 2026</footer>"),
            article(below="<footer>© 2027</footer>"),
            "apart",
        ),
        (article(LEAD, NEXT), article(f"{LEAD}</p><p>{NEXT}"), None),
        (article(f"{LEAD} {NEXT}", LAST), article(f"{LEAD}</p><p>{NEXT}", LAST), "layout"),
        (article(LEAD, NEXT, LAST), article(LEAD, NEXT.replace('"', "”"), LAST), "typography"),
        (article(LEAD, NEXT, LAST), article(LEAD.replace(" ", "&nbsp;"), NEXT, LAST), "typography"),
    ],
)
def test_noise(before: str, after: str, reason: str | None, seed: str) -> None:
    done = changed(before, after, seed=seed)
    assert {noise for _, noise in kinds(done)} == ({reason} if reason else set())
    assert done.text.result == ("noise" if reason else "unchanged")
    assert done.result in ("noise", "unchanged")
    assert all(one.before == one.after for one in done.passages)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # What looks like noise, and is the text, or may be.
        (article(LEAD, "12 dead", NEXT), article(LEAD, "13 dead", NEXT)),
        (article(below="<ul><li>Yes: 12</ul>"), article(below="<ul><li>Yes: 13</ul>")),
        (article(below="<table><td>12 dead</table>"), article(below="<table><td>13 dead</table>")),
        (article(below="<h2>12 dead</h2>"), article(below="<h2>13 dead</h2>")),
        (
            article(above="12 dead in the flood near us"),
            article(above="13 dead in the flood near us"),
        ),
        (article(above="Published 8 August 2024"), article(above="Published 9 September 2024")),
        (article(above="8 August 2024"), article(above="9 August 2024")),
        (article(above="Published 8 August"), article(above="Published 9 August")),
        (article(above="08.08.2024"), article(above="09.08.2024")),
        (article(above="Season 2024"), article(above="Season 2025")),
        (article(above="24 November 2026"), article(above="8 November 2026")),
        (
            article(above="Doors open at the usual 20:00"),
            article(above="Doors open at the usual 21:00"),
        ),
        (article(LEAD, f"Ref {TOKENS[0]}", NEXT), article(LEAD, f"Ref {TOKENS[1]}", NEXT)),
        (article(between="<p class=ad>Yes"), article(between="<p class=ad>No")),
        (article(between="<aside>Yes<b>"), article(between="<aside>No<b>")),
        (
            f"<div class=ad>{article(above='Yes')}</div>",
            f"<div class=ad>{article(above='No')}</div>",
        ),
        (
            f"<section class=sidebar><p>{LEAD}</p><p>{NEXT}</p></section>",
            f"<section class=sidebar><p>{LEAD}</p><p>{LAST}</p></section>",
        ),
        (
            f"<main class=related><p>{LEAD}</main>{LAST}",
            f"<main class=related><p>{NEXT}</main>{LAST}",
        ),
    ],
)
def test_what_may_be_the_text_is_no_noise(before: str, after: str) -> None:
    assert None in {noise for _, noise in kinds(changed(before, after))}


def test_a_paragraph_of_the_claim_in_an_advertisement_is_no_noise() -> None:
    before = article(LEAD, LAST, below=f"<div class=ads>{NEXT}</div>")
    after = article(LEAD, LAST, below=f"<div class=ads>{NEXT.replace('4.5', '5.4')}</div>")
    assert kinds(changed(before, after)) == [("changed", "apart")]
    done = changed(before, after, seed=SEED)
    assert kinds(done) == [("changed", None)]
    assert [(one.before, one.after) for one in done.passages] == [
        ("found", "found"),
        ("found", "altered"),
        ("found", "found"),
    ]


def test_words_and_places() -> None:
    before, after = article(), article(LEAD, NEXT.replace("repair", "new bridge"), LAST)
    done = changed(before, after, seed=SEED)
    (edit,) = done.text.edits
    (words,) = edit.words
    assert (words.lead, words.before, words.after) == (
        "the 4.5 million that the",
        "repair",
        "new bridge",
    )
    assert edit.passages == (2,)
    one, two = seen(before, seed=SEED), seen(after, started=LATE, seed=SEED)
    document = to_document(done, one, two)
    (said,) = document["text"]["edits"]
    for side, at in ((one, said["before"]), (two, said["after"])):
        assert isinstance(side.page, Page)
        start, end = at["octets"]
        assert side.page.body.body[start:end].decode() == at["text"]


def test_the_title_of_the_page() -> None:
    (fact,) = [
        one
        for one in changed(article(), article(title="<title>Road closed</title>")).facts
        if one.name == "title"
    ]
    assert fact.noise is None
    counted = changed(article(), article(title="<title>(3) Bridge stays closed | The Pier</title>"))
    assert [one.noise for one in counted.facts if one.name == "title"] == ["counter"]


def test_a_text_that_is_known_on_one_side_only() -> None:
    with_text = seen(article(), seed=SEED)
    with_digests = seen(article(LEAD, LAST), started=LATE, seed=SEED, digests=True)
    without = seen(article(LEAD, LAST), started=LATE)
    for other, side in ((with_digests, "before"), (without, "before")):
        done = change(with_text, other)
        assert done.claim_of == side
        assert [one.after for one in done.passages] == ["found", "missing", "found"]
    assert change(without, with_digests).claim_of == "after"
    assert change(without, without).claim_of is None


@pytest.mark.parametrize("status", [404, 403, 503])
def test_no_page_on_one_side(status: int) -> None:
    done = change(seen(article(), seed=SEED), seen("<h1>No", status=status, seed=SEED))
    assert done.result == "changed"
    assert done.text.result == "not-comparable"
    assert (
        done.text.after
        == {404: "absent", 403: "blocked", 503: "inconclusive"}.get(status, done.text.after)
        or done.text.after == "unreachable"
    )
    assert done.text.edits == ()
    assert {one.after for one in done.passages} == {None}


def test_a_page_that_was_cut_off_has_lost_nothing() -> None:
    whole, cut = seen(article(), seed=SEED), seen(article(LEAD), seed=SEED, truncated="time")
    for done in (change(whole, cut), change(cut, whole)):
        assert done.text.result == "not-comparable"
        assert not done.text.edits
        assert "missing" not in {
            status for one in done.passages for status in (one.before, one.after)
        }
    assert change(whole, cut).text.after == "truncated"
    assert change(whole, cut).passages[0].after == "found"


def test_a_capture_that_concluded_nothing_shows_no_change() -> None:
    partly = seen(article(LEAD), seed=SEED, status=404)
    assert partly.circumstances.outcome.state == "inconclusive"
    assert change(seen(article(), seed=SEED), partly).result == "inconclusive"


def test_requisites_are_never_the_text() -> None:
    pictures = [
        exchange(response(name.encode()), "requisite", f"http://news.example/{name}")
        for name in "ab"
    ]
    one, two = pictures
    other = exchange(response(b"x"), "requisite", one.url)
    for before, after in (
        ((one, two), (two, one)),
        ((one, two), (other, two)),
        ((one,), (one, two)),
    ):
        done = change(seen(article(), exchanges=before), seen(article(), exchanges=after))
        assert done.result == "noise"
        assert [fact.noise for fact in done.facts] == ["requisite"]


@pytest.mark.parametrize(
    ("name", "before", "after", "noise"),
    [
        ("content-language", "en", "uk", False),
        ("content-type", "text/html", "text/html; charset=utf-8", False),
        ("x-robots-tag", "all", "noindex", False),
        ("link", "</a>; rel=canonical", "</b>; rel=canonical", False),
        ("link", "</1.css>; rel=preload, </a>; rel=canonical", "</a>; rel=canonical", None),
        ("link", "</1.css>; rel=preload; as=style", "</2.css>; rel=preload; as=style", None),
        ("link", f"</?s={TOKENS[0]}>; rel=self", f"</?s={TOKENS[1]}>; rel=self", True),
        ("link", '</a>; title="a, </x>"', '</a>; title="a, </y>"', False),
        ("link", '</1>; rel=preload; title="a, b"', '</1>; rel=preload; title="c, d"', None),
        ("link", "<" * 250_000, "<x" * 125_000, None),
        ("link", '<x>"' * 60_000, "<x>;rel" * 30_000, False),
        ("etag", '"1"', '"2"', True),
        ("last-modified", "Tue, 24 Nov 2026 10:00:00 GMT", "Wed, 25 Nov 2026 10:00:00 GMT", True),
        ("set-cookie", "a=1", "a=2", None),
        ("date", "Tue, 24 Nov 2026 10:00:00 GMT", "Wed, 25 Nov 2026 10:00:00 GMT", None),
    ],
)
def test_header_fields(name: str, before: str, after: str, noise: bool | None) -> None:
    one, two = seen(article(), headers=((name, before),)), seen(article(), headers=((name, after),))
    done = change(one, two)
    assert [fact.name for fact in done.facts] == ([] if noise is None else [f"header.{name}"])
    assert done.result == {None: "unchanged", True: "noise", False: "changed"}[noise]


def looked_up(*addresses: str) -> Lookup:
    return Lookup(
        server="192.0.2.53",
        name="news.example",
        type="A",
        result="answered",
        addresses=addresses,
        aliases=(),
        seconds=60,
        question=None,
        answer=None,
    )


def connected(ip: str, *named: str, chain: tuple[str, ...] = ()) -> Exchange:
    """The exchange with the source over such a connection."""
    tls = Tls(
        version="TLSv1.3",
        cipher=None,
        alpn=None,
        server_name="news.example",
        verified=True,
        chain=tuple(Digest.of(one.encode()) for one in chain),
        alerts=(),
        certificates=None,
        handshake=None,
    )
    lookups = (looked_up(*named),) if named else ()
    plain = exchange(response(article().encode()), url=URL)
    return replace(plain, ip=ip, lookups=lookups, tls=tls if chain else None)


def met(before: Exchange, after: Exchange) -> list[tuple[str, str | None]]:
    """The facts that differ between two connections."""
    sides = []
    for one, started in ((before, EARLY), (after, LATE)):
        made = seen(article(), started=started)
        there = replace(made.circumstances.observation, exchanges=(one,))
        sides.append(replace(made, circumstances=replace(made.circumstances, observation=there)))
    return [(one.name, one.noise) for one in change(*sides).facts]


def test_addresses() -> None:
    one, two = connected("192.0.2.1", "192.0.2.1", "192.0.2.2"), connected("192.0.2.2")
    assert met(one, one) == []
    assert met(one, two) == met(two, one) == [("address", "rotation")]
    assert met(connected("192.0.2.1", "192.0.2.1"), two) == [("address", None)]
    # A connection that never came about says nothing of the address.
    assert met(one, replace(two, ip=None)) == []


def test_certificates() -> None:
    here = [connected("192.0.2.1", chain=chain) for chain in ("ab", "cb", "ac")]
    assert met(here[0], here[1]) == [("certificate.leaf", None)]
    assert met(here[0], here[2]) == [("certificate.issuers", None)]
    assert met(here[1], here[2]) == [("certificate.leaf", None), ("certificate.issuers", None)]
    assert met(here[0], connected("192.0.2.1")) == []


def test_the_schema_and_the_words_know_every_word() -> None:
    properties = schema("change.schema.json")["properties"]
    text = properties["text"]["properties"]
    edit = text["edits"]["items"]["properties"]
    assert properties["format"]["const"] == FORMAT
    assert tuple(properties["result"]["enum"]) == RESULTS
    assert tuple(text["result"]["enum"]) == TEXT_RESULTS
    assert tuple(edit["kind"]["enum"]) == KINDS
    assert (*REASONS, None) == tuple(edit["noise"]["enum"])
    of_facts = set(properties["facts"]["items"]["properties"]["noise"]["enum"]) - {None}
    assert of_facts | set(REASONS) == set(NOISE)
    assert set(changes.RESULTS) == set(RESULTS)
    section = (Path(__file__).parent.parent.parent / "docs" / "howto" / "diff.md").read_text()
    for word in NOISE:
        assert f"`{word}`" in section
    for name in (*HEADERS, *OF_THE_SERVER):
        assert f"`{name}`" in section.lower()

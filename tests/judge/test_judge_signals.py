"""The signs one by one: where words count, what the marks of makers are, where redirects lead."""

from __future__ import annotations

import time

import pytest

from archiver.digest import Digest
from archiver.http1 import Head
from archiver.judge.page import page_of
from archiver.judge.signals.answer import Answer, read_answer
from archiver.judge.signals.beside import likeness
from archiver.judge.signals.folding import words_of
from archiver.judge.signals.lexicon import lexicon
from archiver.judge.signals.markup import read_markup
from archiver.judge.signals.path import led
from archiver.judge.signals.shape import shape_of
from archiver.judge.signals.signs import signs_of
from archiver.judge.signals.vendors import header_marks, markup_marks
from archiver.judge.signals.words import said
from tests.judge.test_judge_outcome import exchange

LINE = "<p>The {} old swing bridges will stay closed until the autumn.</p>"
TEXT = "".join(LINE.format(number) for number in range(9))
HOPS = (exchange(200),)
HOPS_DEEP = (exchange(200, path="2024/title"),)


def answered(markup: str, head: str = "", url: str = "http://a.example/x") -> Answer:
    stored = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{head}\r\n{markup}"
    read = read_answer([stored.encode()], "urn:x", url)
    assert read is not None
    return read


def kinds(markup: str, *, main: bool = True) -> set[str]:
    page = answered(markup)
    return {one.kind for one in said(page, shape_of(page)) if one.main == main}


@pytest.mark.parametrize(
    "title",
    [
        "Page not found", "404", "Error 404", "404 - Page Not Found | The Quay",
        "SEITE NICHT GEFUNDEN", "The Quay: Page not found", "Page introuvable – Le Quai",
        "Sayfa BULUNAMADI", "页面不存在",
        "Straße 9 | Seite nicht gefunden", "Pagina non trovata", "الصفحة غير موجودة",
        "הדף לא נמצא",
    ],
)  # fmt: skip
def test_titles_that_say_it(title: str) -> None:
    assert "not_found" in kinds(f"<title>{title}</title><p>x")


@pytest.mark.parametrize(
    "title",
    [
        "Page not found: how the ministry lost its archive", "404 days at sea",
        "“Page not found”, said the port", "«Страница не найдена»: как исчез архив",
        "Why your page is not found by search engines", "Access denied to the reactor",
        "How the log in button changed the web", "The business with names that are for sale",
        "Page not found – a year in the life of a link checker | The Quay",
    ],
)  # fmt: skip
def test_titles_that_talk_about_it(title: str) -> None:
    assert kinds(f"<title>{title}</title><h1>{title}</h1>{TEXT}") == set()


def test_what_a_page_says_beside_a_text_is_no_sign_of_weight() -> None:
    page = answered(f"<title>Page not found</title><h1>Page not found</h1>{TEXT}")
    found = signs_of(page, HOPS, (), None)
    assert found.shape.article
    assert all(one.weak for one in found.found)
    page = answered("<title>Page not found</title><h1>Page not found</h1>")
    bare = signs_of(page, HOPS, (), None)
    assert any(not one.weak for one in bare.found)


def test_banners_do_not_speak_for_the_page() -> None:
    banner = "<div><h2>We value your privacy</h2><p>We and our partners use cookies.</p></div>"
    assert kinds(f"{banner}<h1>Bridge closed</h1><p>Until May.</p>") == set()
    assert "consent" in kinds(f"<title>Your privacy</title>{banner}")
    assert kinds(f"<title>Page not found</title>{banner}<h1>Not found</h1>") == {"not_found"}


def test_what_is_hidden_or_linked_does_not_count() -> None:
    assert kinds("<h1>Bridge</h1><h1 hidden>Page not found</h1><p>Closed.") == set()
    assert kinds("<h1>Bridge</h1><a href=/l>Please log in</a><p>Closed.") == set()
    assert kinds("<!-- <h1>Page not found</h1> --><h1>Bridge</h1><p>Closed.") == set()
    assert kinds("<script>'<h1>Page not found</h1>'</script><h1>Bridge</h1>") == set()


def test_a_longer_phrase_goes_before_a_shorter_one() -> None:
    find = lexicon().find
    assert {hit.kind for hit in find(words_of("It has been removed."))} == {"removed"}
    assert {hit.kind for hit in find(words_of("It may have been removed."))} == {"unclear"}


def test_words_are_folded() -> None:
    assert words_of("L’Élément — «Straße» İstanbul") == "lelement strasse istanbul"
    assert words_of("SAYFA BULUNAMADI") == words_of("Sayfa bulunamadı")
    assert words_of("ёлка Ёлка") == "елка елка"
    assert words_of("إلى الصفحةِ") == words_of("الى الصفحه")
    assert words_of("404\u00a0–\u200bPage&nbsp;") == "404 page nbsp"


MARKS = {
    "<script src='/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1'></script>": "challenge",
    "<script>window._cf_chl_opt={}</script>": "challenge",
    "<div id=px-captcha></div>": "challenge",
    "<script>gokuProps={}</script>": "challenge",
    "<iframe src='/_Incapsula_Resource?CWUDNSAI=1&incident_id=2'></iframe>": "challenge",
    "<script src=https://www.sedoparking.com/a.js></script>": "parked",
    "<body class='error404 x'>": "not_found",
    "<!--\n<WISPAccessGatewayParam xmlns:x=y>-->": "captive",
}
HARMLESS = (
    "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
    "<a href='https://www.sedoparking.com/'>parking</a>",
    "<p>window._cf_chl_opt, gokuProps, px-captcha, sedoparking.com</p>",
    "<script src=https://jordan.com/a.js></script>",
    "<div class=post-404>x</div>",
)


@pytest.mark.parametrize(("markup", "kind"), MARKS.items())
def test_marks(markup: str, kind: str) -> None:
    assert (kind, True) in [(one.kind, one.strong) for one in markup_marks(read_markup(markup))]


@pytest.mark.parametrize("markup", HARMLESS)
def test_no_marks(markup: str) -> None:
    assert not list(markup_marks(read_markup(markup)))


def test_headers() -> None:
    def marks(*fields: tuple[str, str]) -> list[tuple[str, bool]]:
        head = Head(status=200, fields=fields, size=0)
        return [(one.kind, one.strong) for one in header_marks(head)]

    assert marks(("cf-mitigated", "challenge")) == [("challenge", True)]
    assert marks(("x-amzn-waf-action", "captcha")) == [("challenge", True)]
    assert marks(("x-datadome", "protected")) == [("challenge", False)]
    assert marks(("link", '<https://spqr.example/>; rel="blocked-by"')) == [("legal", True)]
    assert marks(("server", "cloudflare"), ("cf-ray", "8"), ("link", "</a>; rel=next")) == []
    policy = "script-src https://www.google.com/recaptcha/ https://challenges.cloudflare.com"
    assert marks(("content-security-policy", policy)) == []


A = "http://a.example"


@pytest.mark.parametrize(
    ("urls", "kind"),
    [
        ([f"{A}/2024/title", f"{A}/"], "home"),
        ([f"{A}/2024/title", f"{A}/en/"], "home"),
        ([f"{A}/2024/title", f"{A}/index.html"], "home"),
        ([f"{A}/2024/title", "https://other.example/"], "home"),
        ([f"{A}/2024/title", f"{A}/2024/"], "section"),
        ([f"{A}/title", f"{A}/login?next=/title"], "login"),
        ([f"{A}/title", "https://consent.b.example/x?y"], "consent"),
        ([f"{A}/title", f"{A}/404.html"], "not_found"),
        ([f"{A}/2024/title", f"{A}/search?q=title"], "section"),
        ([f"{A}/2024/title", f"{A}/?s=title"], "section"),
        ([f"{A}/search?q=a", f"{A}/search/?q=a"], None),
        ([f"{A}/title", f"{A}/lander"], "parked"),
        ([f"{A}/title"], None),
        ([f"{A}/title", "https://a.example/title"], None),
        ([f"{A}/title", f"{A}/title/"], None),
        ([f"{A}/old-title", f"{A}/new-title"], None),
        ([f"{A}/?p=1", f"{A}/2024/title"], None),
        ([f"{A}/", f"{A}/en/"], None),
        ([f"{A}/index.php", f"{A}/"], None),
        ([f"{A}/login", f"{A}/login/"], None),
    ],
)
def test_where_redirects_lead(urls: list[str], kind: str | None) -> None:
    found = list(led(urls, None))
    assert [one.kind for one in found] == ([] if kind is None else [kind])


def test_where_a_page_wants_to_lead() -> None:
    assert next(led([f"{A}/x"], "/")).by_page
    assert not next(led([f"{A}/x", f"{A}/"], None)).by_page
    assert not list(led([f"{A}/x"], "http://[/"))


def test_where_a_page_itself_leads_is_a_hint() -> None:
    page = answered("<meta http-equiv=refresh content='0; url=/'><p>One moment")
    found = [one for one in signs_of(page, HOPS_DEEP, (), None).found if one.family == "redirect"]
    assert [(one.kind, one.weak) for one in found] == [("home", True)]
    script = answered("<script>location.href='/login'</script><p>One moment")
    found = [one for one in signs_of(script, HOPS_DEEP, (), None).found if one.family == "redirect"]
    assert [(one.kind, one.weak) for one in found] == [("login", True)]
    text = answered(f"<meta http-equiv=refresh content='600; url=/'>{TEXT}")
    assert not [one for one in signs_of(text, HOPS_DEEP, (), None).found]


def test_likeness() -> None:
    urls = (f"{A}/bridge-closed", f"{A}/0123456789abcdef")
    page = answered("<title>x</title><p>Nothing found for bridge closed. Try again at 10:15.</p>")
    other = answered(
        "<title>x</title><p>Nothing found for 0123456789abcdef. Try again at 11:20.</p>"
    )
    assert likeness(page, other, urls) == 1000
    assert likeness(page, answered(TEXT), urls) < 200
    assert likeness(answered(TEXT), answered(TEXT), urls) == 1000


SLOW = (
    "<a href=x>word</a> " * 60_000,
    "<h1>x" * 60_000,
    "the page you " * 80_000,
    "<!---->" * 150_000,
    "<a b=\"'" * 100_000,
    "<script>" + "slowaes" * 40_000 + "</script>",
    "<p class='" + "pay-" * 250_000 + "'>",
    "页面" * 300_000,
    "“" * 300_000,
    "<button>" * 150_000,
)


@pytest.mark.parametrize("number", range(len(SLOW)))
def test_no_page_takes_long(number: int) -> None:
    head = Head(status=200, fields=(("content-type", "text/html; charset=utf-8"),), size=0)
    octets = SLOW[number].encode()
    page = page_of(head, octets)
    before = time.process_time()
    markup = read_markup(SLOW[number])
    whole = Answer(record="r", url=A, head=head, page=page, markup=markup, entity=Digest.of(octets))
    signs_of(whole, HOPS, (), None)
    likeness(whole, whole, (A,))
    assert time.process_time() - before < 20

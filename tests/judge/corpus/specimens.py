"""The corpus: every page with what is true of it, and what its site gives for nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.judge.corpus import layouts
from tests.judge.corpus.gone import PARKED, REMOVED, SOFT_404
from tests.judge.corpus.live import ENGLISH, OTHERS
from tests.judge.corpus.walls import BUILT, WORDS
from tests.verify.scenes import HOST, answer

URL = f"https://{HOST}/harbour/2026/the-bridge"
GONE = answer("<title>404</title><h1>Not found</h1>", "404 Not Found")
TEASERS = "".join(
    f'<div class="card"><h3><a href="/t{n}">{title}</a></h3><p>{text}</p></div>'
    for n, (title, (text, *_)) in enumerate(ENGLISH[:6])
)


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """A page. `truth` is a state, or `script`, or `unclear`. `beside` is what a nonsense
    address gets; `via` are the redirects (target, status) on the way; `text` the article's
    paragraphs, where it has one."""

    name: str
    truth: str
    answer: bytes
    beside: bytes = GONE
    via: tuple[tuple[str, str], ...] = ()
    beside_via: tuple[tuple[str, str], ...] = ()
    text: tuple[str, ...] = field(default=())


def corpus() -> tuple[Specimen, ...]:
    """All of it."""
    made = tuple(
        one
        for part in (_live, _soft, _removed, _parked, _walls, _built, _pay, _shells, _led, _unclear)
        for one in part()
    )
    assert len({one.name for one in made}) == len(made)
    return made


def _inner(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>\n" for one in paragraphs)


def _live() -> Iterator[Specimen]:
    articles = [("en", *one) for one in ENGLISH]
    articles += [(lang, *one) for lang, one in OTHERS.items()]
    for number, (lang, title, text) in enumerate(articles):
        for step in range(3 if lang == "en" else 2):
            layout = layouts.LAYOUTS[(number + step) % len(layouts.LAYOUTS)]
            page = layout(title, _inner(text), lang)
            soft = layouts.article("Oops", "<p>We can't find that page.</p>", lang)
            yield Specimen(
                name=f"live-{lang}-{number}-{layout.__name__}",
                truth="captured",
                answer=answer(page),
                beside=answer(soft) if number % 3 == 0 else GONE,
                text=text,
            )
    title, text = ENGLISH[0]
    page = answer(layouts.article(title, _inner(text)))
    # A site that does not look at the last part of an address: it leads to the right one.
    yield Specimen(
        name="live-any-slug",
        truth="captured",
        answer=page,
        beside=page,
        beside_via=((URL, "301 Moved Permanently"),),
        text=text,
    )
    named = page.replace(b"<link ", f'<link rel="canonical" href="{URL}"><link '.encode())
    named = answer(named.partition(b"\r\n\r\n")[2].decode())
    yield Specimen(
        name="live-any-slug-canonical", truth="captured", answer=named, beside=named, text=text
    )
    yield Specimen(
        name="live-short",
        truth="captured",
        answer=answer(layouts.minimal("Bridge closed", "<p>The bridge is closed since noon.</p>")),
        text=("The bridge is closed since noon.",),
    )


def _soft() -> Iterator[Specimen]:
    for number, (lang, (title, heading, text)) in enumerate(SOFT_404.items()):
        page = layouts.modern(title, f"<h1>{heading}</h1><p>{text}</p>", lang)
        echo = page.replace("</main>", "<p>/harbour/2026/the-bridge</p></main>")
        echoed = page.replace("</main>", "<p>/harbour/2026/0123456789abcdef</p></main>")
        yield Specimen(
            name=f"soft-{lang}", truth="absent", answer=answer(echo), beside=answer(echoed)
        )
        busy = page.replace("</main>", f"{TEASERS}</main>")
        yield Specimen(
            name=f"soft-{lang}-teasers", truth="absent", answer=answer(busy), beside=answer(busy)
        )
        plain = layouts.LAYOUTS[2 + number % 3](heading, f"<p>{text}</p>", lang, classes="error404")
        yield Specimen(
            name=f"soft-{lang}-plain", truth="absent", answer=answer(plain), beside=answer(plain)
        )
    for lang in ("en", "fr", "ru", "zh"):
        title, heading, text = SOFT_404[lang]
        page = answer(layouts.article(title, f"<p>{heading}</p><p>{text}</p>", lang))
        # The site says 404 to nonsense, and this with 200: a hint, and no more.
        yield Specimen(name=f"soft-{lang}-hard-beside", truth="unclear", answer=page)


def _removed() -> Iterator[Specimen]:
    for lang, (heading, text) in REMOVED.items():
        page = answer(layouts.modern(heading, f"<h1>{heading}</h1><p>{text}</p>", lang))
        yield Specimen(name=f"removed-{lang}", truth="absent", answer=page)


def _parked() -> Iterator[Specimen]:
    service = '<script src="https://img.sedoparking.com/x.js"></script>'
    for number, (lang, (heading, text)) in enumerate(PARKED.items()):
        ads = '<ul><li><a href="/a">Boats</a></li><li><a href="/b">Insurance</a></li></ul>'
        script = service if number % 2 else ""
        page = layouts.minimal(heading, f"{ads}<p>{text}</p>{script}", lang)
        yield Specimen(
            name=f"parked-{lang}", truth="absent", answer=answer(page), beside=answer(page)
        )


def _walls() -> Iterator[Specimen]:
    truths = {"maintenance": "unreachable", "captive": "inconclusive", "unclear": "unclear"}
    for kind, languages in WORDS.items():
        for number, (lang, (title, heading, text)) in enumerate(languages.items()):
            form = '<form><input type="password" name="p"></form>' if kind == "login" else ""
            inner = f"<h1>{heading}</h1><p>{text}</p>{form}"
            page = f"<!doctype html><html lang={lang}><title>{title}</title><body>{inner}"
            if number % 2:
                page = layouts.modern(title, inner, lang)
            whole = answer(page)
            yield Specimen(
                name=f"{kind}-{lang}",
                truth=truths.get(kind, "blocked"),
                answer=whole,
                beside=whole if number % 3 else GONE,
            )


def _built() -> Iterator[Specimen]:
    for name, (head, page) in BUILT.items():
        for status in ("200 OK", "403 Forbidden", "503 Service Unavailable", "404 Not Found"):
            if status.startswith("404") and "cloudflare" not in name:
                continue
            if status.startswith("503") and name in ("f5", "akamai"):
                continue  # their words alone do not say more than the status does
            whole = answer(page, status, head)
            yield Specimen(
                name=f"built-{name}-{status[:3]}", truth="blocked", answer=whole, beside=whole
            )


def _pay() -> Iterator[Specimen]:
    data = '<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'
    for lang, offer in {
        "en": "Subscribe to continue reading",
        "de": "Jetzt weiterlesen: nur für Abonnenten",
        "fr": "Article réservé aux abonnés",
        "es": "Exclusivo para suscriptores",
        "nl": "Alleen voor abonnees",
        "pl": "Artykuł tylko dla subskrybentów",
        "ru": "Материал доступен только для подписчиков",
        "ja": "この記事は有料会員限定です",
    }.items():
        title, text = ("Bridge stays shut", ENGLISH[7][1]) if lang == "en" else OTHERS[lang]
        box = f'<div class="paywall"><h2>{offer}</h2><a href="/abo">1 €</a></div>{data}'
        page = layouts.modern(title, f"<h1>{title}</h1><p>{text[0]}</p>{box}", lang)
        yield Specimen(name=f"pay-{lang}", truth="blocked", answer=answer(page), text=text)


def _shells() -> Iterator[Specimen]:
    for name, inner in {
        "empty": '<div id="root"></div>',
        "asks": '<div id="app"></div><noscript>You need to enable JavaScript to run this app.'
        "</noscript>",
        "loading": '<div id="main"><p>Loading…</p></div>',
        "visible": "<p>Please enable JavaScript to view this page.</p>",
        "russian": "<div id=app></div><noscript>Включите JavaScript, чтобы открыть сайт.</noscript>",
    }.items():
        page = answer(f"<!doctype html><title>The Quay</title>{inner}<script src=/a.js></script>")
        yield Specimen(name=f"shell-{name}", truth="script", answer=page, beside=page)


def _led() -> Iterator[Specimen]:
    front = answer(layouts.modern("The Quay", f"<h1>The Quay</h1>{TEASERS}"))
    home, section = f"https://{HOST}/", f"https://{HOST}/harbour/2026/"
    for status in ("301 Moved Permanently", "302 Found"):
        yield Specimen(
            name=f"home-{status[:3]}",
            truth="absent",
            answer=front,
            via=((home, status),),
            beside=front,
            beside_via=((home, status),),
        )
    yield Specimen(name="home-for-good", truth="absent", answer=front, via=((home, "301 Moved"),))
    yield Specimen(name="home-for-now", truth="unclear", answer=front, via=((home, "302 Found"),))
    yield Specimen(
        name="section",
        truth="absent",
        answer=front,
        via=((section, "302 Found"),),
        beside=front,
        beside_via=((section, "302 Found"),),
    )
    missing = f"https://{HOST}/404.html"
    title, heading, text = SOFT_404["en"]
    page = answer(layouts.modern(title, f"<h1>{heading}</h1><p>{text}</p>"))
    yield Specimen(
        name="led-to-404",
        truth="absent",
        answer=page,
        via=((missing, "302 Found"),),
        beside=page,
        beside_via=((missing, "302 Found"),),
    )
    door = answer(layouts.minimal("The Quay", '<form><input type="password"></form>Name, password'))
    yield Specimen(
        name="led-to-login",
        truth="blocked",
        answer=door,
        via=((f"https://{HOST}/login?next=%2Fharbour", "302 Found"),),
    )


def _unclear() -> Iterator[Specimen]:
    """Pages of which nobody could say more than that something is odd."""
    odd = answer(layouts.modern("The Quay", "<h1>Content not available</h1>"))
    yield Specimen(name="unclear-content", truth="unclear", answer=odd, beside=odd)
    both = answer(
        layouts.minimal("Sorry", "<p>This may have been removed, or you may not see it. Log in</p>")
    )
    yield Specimen(name="unclear-either", truth="unclear", answer=both, beside=both)
    title, _, text = SOFT_404["en"]
    login = '<h1>Please log in</h1><form><input type="password"></form>'
    mixed = answer(layouts.modern(title, f"{login}<p>{text}</p>"))
    yield Specimen(name="unclear-mixed", truth="unclear", answer=mixed, beside=mixed)
    unknown = answer("<title>Ez</title><p>Orria ez dago hemen edo lekuz aldatu da.</p>")
    yield Specimen(name="unclear-unknown-tongue", truth="unclear", answer=unknown, beside=unknown)

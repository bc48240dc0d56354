"""How sites of different make dress a page: navigation, banners, footers and all."""

from __future__ import annotations

from dataclasses import dataclass

SITE = "The Quay"


@dataclass(frozen=True)
class Dress:
    """Words around the text of a page, in its language."""

    lang: str = "en"
    nav: tuple[str, ...] = ("News", "Harbour", "Opinion", "Weather", "Log in")
    cookies: str = (
        "We value your privacy. We and our partners use cookies to show you advertisements and "
        "to count our readers. You can change your choice at any time."
    )
    accept: str = "Accept all"
    newsletter: str = "Sign up for our newsletter and get the harbour news every morning."
    rights: str = "© 2026 The Quay. All rights reserved. No part may be copied without permission."


DRESSES = {
    "en": Dress(),
    "de": Dress(
        "de",
        ("Nachrichten", "Hafen", "Meinung", "Wetter", "Anmelden"),
        "Wir verwenden Cookies und ähnliche Techniken. Unsere Partner zeigen Ihnen damit Werbung. "
        "Einzelheiten stehen in der Datenschutzerklärung.",
        "Alle akzeptieren",
        "Der Newsletter bringt Ihnen jeden Morgen das Wichtigste aus dem Hafen.",
        "© 2026 Der Kai. Alle Rechte vorbehalten.",
    ),
    "fr": Dress(
        "fr",
        ("Actualités", "Port", "Débats", "Météo", "Se connecter"),
        "Nous utilisons des cookies avec nos partenaires pour mesurer l'audience et afficher de la "
        "publicité. Vous pouvez changer d'avis à tout moment.",
        "Tout accepter",
        "Recevez notre newsletter chaque matin.",
        "© 2026 Le Quai. Tous droits réservés.",
    ),
    "es": Dress(
        "es",
        ("Noticias", "Puerto", "Opinión", "Tiempo", "Iniciar sesión"),
        "Utilizamos cookies propias y de terceros para medir la audiencia y mostrar publicidad.",
        "Aceptar todo",
        "Reciba nuestro boletín cada mañana.",
        "© 2026 El Muelle. Todos los derechos reservados.",
    ),
    "it": Dress(
        "it",
        ("Notizie", "Porto", "Opinioni", "Meteo", "Accedi"),
        "Utilizziamo i cookie insieme ai nostri partner per misurare il pubblico e la pubblicità.",
        "Accetta tutti",
        "Ricevi la nostra newsletter ogni mattina.",
        "© 2026 Il Molo. Tutti i diritti riservati.",
    ),
    "ru": Dress(
        "ru",
        ("Новости", "Порт", "Мнения", "Погода", "Вход"),
        "Мы используем файлы cookie, чтобы сайт работал лучше. Подробнее в политике "
        "конфиденциальности.",
        "Принять все",
        "Подпишитесь на нашу рассылку.",
        "© 2026 Причал. Все права защищены. При использовании материалов ссылка обязательна.",
    ),
}


def dress(lang: str) -> Dress:
    """The dress of a language; the English one where there is none."""
    return DRESSES.get(lang, Dress(lang))


def modern(
    title: str, inner: str, lang: str = "en", *, head: str = "", related: str = "", end: str = ""
) -> str:
    """Header, navigation, banner, article, asides, footer, as of today."""
    worn = dress(lang)
    nav = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(worn.nav))
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<title>{title} | {SITE}</title><link rel="stylesheet" href="/s.css">{head}
<script src="/bundle.js" defer></script></head><body class="page">
<header><a href="/"><img src="/l.svg" alt="{SITE}"></a><nav><ul>{nav}</ul></nav></header>
<div id="cookie" class="banner"><h2>Cookies</h2><p>{worn.cookies}</p>
<button>{worn.accept}</button><a href="/privacy">…</a></div>
<main>{inner}</main>
<div class="share"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">Telegram</a></div>
<aside>{related}<p>{worn.newsletter}</p><form><input type="email"><button>OK</button></form></aside>
<footer><p>{worn.rights}</p><ul>{nav}</ul></footer>{end}
<script>window.dataLayer=[];window.track&&track('view')</script></body></html>"""


def old(title: str, inner: str, lang: str = "en", **_: str) -> str:
    """Tables and line breaks; every page has the same title."""
    return f"""<html><head><title>{SITE}</title></head><body bgcolor=white>
<table width=760><tr><td><a href=/>Home</a> | <a href=/n>News</a> | <a href=/c>Contact</a></td></tr>
<tr><td><b><font size=5>{title}</font></b><br><br>{inner.replace("</p>", "<br><br>").replace("<p>", "")}
</td></tr></table><hr><font size=1>{dress(lang).rights}</font></body></html>"""


def minimal(title: str, inner: str, lang: str = "en", **_: str) -> str:
    """A heading and paragraphs."""
    return f"<!doctype html><html lang={lang}><title>{title}</title><h1>{title}</h1>{inner}"


def blog(title: str, inner: str, lang: str = "en", *, classes: str = "single", **_: str) -> str:
    """A blog with comments behind a captcha."""
    worn = dress(lang)
    return f"""<!doctype html><html lang="{lang}"><head><title>{title} – {SITE}</title>
<meta property="og:site_name" content="{SITE}"><script
 src="https://www.google.com/recaptcha/api.js"></script></head><body class="{classes} theme">
<div id="page"><div id="masthead"><p class="site-title"><a href="/">{SITE}</a></p>
<form role="search"><label>Search <input type="search"></label><button>Search</button></form></div>
<div id="content"><article class="post"><header><h1 class="entry-title">{title}</h1></header>
<div class="entry-content">{inner}</div></article>
<div id="comments"><h2>2 comments</h2><p>Great piece, thank you!</p><p>I disagree with this.</p>
<div class="g-recaptcha"></div><button>Send</button></div></div>
<div id="secondary"><ul><li><a href="/a">Older post</a></li><li><a href="/b">Newer post</a></li></ul>
</div><div id="colophon">{worn.rights} Powered by Quill.</div></div></body></html>"""


def heavy(title: str, inner: str, lang: str = "en", **_: str) -> str:
    """A page full of what walls use too: a log-in window, a pay wall's classes, bot scripts."""
    end = """<div class="modal" id="login-modal"><h3>Sign in</h3><form action="/login">
<input name="u"><input type="password" name="p"><button>Sign in</button></form></div>
<div class="paywall-offer"><p>Subscribe now and support our journalism.</p></div>
<noscript>Please enable JavaScript to see the comments.</noscript>
<script>(function(){var s=document.createElement('script');
s.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js';})();</script>
<script src="https://js.datadome.co/tags.js"></script>"""
    head = """<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":true}
</script><meta property="og:type" content="article">"""
    related = """<h3>Most read</h3><ul><li><a href="/1">Ministry blocks three news sites</a></li>
<li><a href="/2">Why this page was removed</a></li><li><a href="/3">Access denied to reactor</a></li>
</ul>"""
    return modern(title, f"<h1>{title}</h1>{inner}", lang, head=head, related=related, end=end)


def article(title: str, inner: str, lang: str = "en", **_: str) -> str:
    """The usual page of a news site."""
    related = (
        '<h3>More</h3><div><a href="/x">Ferry runs again</a><p>The ferry runs every twenty '
        'minutes since Monday.</p></div><div><a href="/y">Crane sold</a></div>'
    )
    body = f'<article><h1>{title}</h1><p class="by">14 March 2026</p>{inner}</article>'
    return modern(title, body, lang, related=related)


LAYOUTS = (article, heavy, blog, minimal, old)

"""A second set of pages in other words than the first. Before it was looked at, the rule
called one of its walls captured; what was missing then is in the rule now."""

from __future__ import annotations

from collections.abc import Iterator

from tests.judge.corpus.specimens import GONE, Specimen
from tests.verify.scenes import answer

_NAV = (
    "<div class=top><a href=/>Morning Courier</a><ul><li><a href=/p>Politics</a><li><a href=/e>"
    "Economy</a><li><a href=/s>Sport</a></ul><a href=/login>Sign in</a><a href=/abo>Subscribe</a>"
    "</div><div class=cc>This site uses cookies to work and to measure. <a href=/pp>Privacy</a> "
    "<button>OK</button></div>"
)
_FOOT = (
    "<div class=foot>Morning Courier Ltd, 4 Mill Lane, registered in Larkmoor 1188. © 2026. "
    "<a href=/t>Terms</a> <a href=/i>Imprint</a></div>"
)


def _page(title: str, inner: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{_NAV}"
        f"<div id=main>{inner}</div>{_FOOT}</body></html>"
    )


# name, truth, title, inner markup, what nonsense gets: the same page (s) or a 404 (g)
_PAGES = (
    ("nf-1", "absent", "Courier | Not here", "<h2>Hmm, nothing to see here</h2><p>The page you asked "
     "for doesn't exist any more or never did.</p>", "s"),
    ("nf-2", "absent", "Morning Courier", "<div class=err>404</div><div>The story you requested could "
     "not be found.</div>", "s"),
    ("nf-3", "absent", "Sorry, this page does not exist - Morning Courier", "<p>Please check the URL.",
     "s"),
    ("nf-4", "absent", "Seite nicht verfügbar", "<h1>Ups, hier ist etwas schiefgelaufen</h1><p>Die von "
     "Ihnen angeforderte Seite existiert nicht.", "s"),
    ("nf-5", "absent", "Erreur", "<h1>Cette page est introuvable</h1><p>Elle a peut-être été déplacée.",
     "s"),
    ("nf-6", "absent", "Портал", "<h1>404</h1><p>Запрашиваемая вами страница не существует либо была "
     "удалена.", "s"),
    ("nf-7", "absent", "La página solicitada no existe", "<h1>¡Vaya!</h1><p>La página solicitada no "
     "existe.", "s"),
    ("nf-8", "absent", "找不到网页", "<h1>抱歉，找不到您要的网页</h1>", "s"),
    ("nf-9", "absent", "Nothing found", "<h1 class=page-title>Nothing Found</h1><p>It seems we can't "
     "find what you're looking for. Perhaps searching can help.", "s"),
    ("nf-10", "absent", "HTTP 404", "<center><h1>404 Not Found</h1></center><hr><center>nginx</center>",
     "s"),
    ("nf-11", "absent", "Strona nie istnieje", "<h1>Ups! Tej strony już nie ma</h1>", "s"),
    ("nf-12", "absent", "Sayfa yok", "<h1>Aradığınız sayfa mevcut değil veya kaldırılmış</h1>", "s"),
    ("rm-1", "absent", "Post", "<h1>This post is no longer available</h1><p>The author deleted it.", "g"),
    ("rm-2", "absent", "Courier", "<h1>Dieser Beitrag ist nicht mehr verfügbar</h1>", "g"),
    ("rm-3", "absent", "Запись удалена", "<h2>Запись удалена</h2><p>Автор удалил эту запись.", "g"),
    ("rm-4", "absent", "Account suspended", "<h2>Account suspended</h2><p>X suspends accounts that "
     "violate the rules.", "s"),
    ("pk-1", "absent", "morning-courier.example", "<h1>morning-courier.example is for sale</h1><p>Buy "
     "this domain. Get a price in less than 24 hours.", "s"),
    ("pk-2", "absent", "morning-courier.example", "<h2>Related Searches</h2><ul><li><a href=1>Credit "
     "cards</a><li><a href=2>Hotels</a></ul><script src='https://d.parkingcrew.net/p.js'></script>", "s"),
    ("pk-3", "absent", "Домен morning.example", "<h1>Домен morning.example продаётся</h1><p>Цена по "
     "запросу. Оформите покупку через магазин доменов.", "s"),
    ("wf-1", "blocked", "Robot or human?", "<h1>Robot or human?</h1><p>Activate and hold the button to "
     "confirm that you're human. Thank You!", "s"),
    ("wf-2", "blocked", "Bot Verification", "<h1>Verifying that you are not a robot...</h1>", "s"),
    ("wf-3", "blocked", "Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1><p>You "
     "are unable to access morning.example", "g"),
    ("wf-4", "blocked", "DDOS-GUARD", "<h1>Checking your browser before accessing morning.example</h1>"
     "<p>Please wait a few seconds.", "g"),
    ("wf-5", "blocked", "Проверка, что вы не робот", "<h1>Проверка, что вы не робот</h1><p>Включите "
     "JavaScript и обновите страницу.", "s"),
    ("wf-6", "blocked", "ERROR: The request could not be satisfied", "<h1>403 ERROR</h1><h2>The request "
     "could not be satisfied.</h2><p>Request blocked.", "s"),
    ("wf-7", "blocked", "Nur einen Moment…", "<h1>courier.example</h1><p>Überprüfung, ob Sie ein Mensch "
     "sind. Dies kann einige Sekunden dauern.", "g"),
    ("co-1", "blocked", "Privacy settings", "<h1>Your privacy is important to us</h1><p>With your "
     "agreement, we and our partners use cookies or similar technologies to store, access and process "
     "personal data.</p><button>Agree and close</button>", "g"),
    ("co-2", "blocked", "Bevor Sie zu Courier weitergehen", "<h1>Bevor Sie zu Courier weitergehen</h1>"
     "<p>Wir verwenden Cookies und Daten, um Dienste bereitzustellen.</p><button>Alle ablehnen</button>",
     "g"),
    ("co-3", "blocked", "Consentement", "<h1>Avec votre accord</h1><p>Nos partenaires et nous utilisons "
     "des cookies pour stocker et accéder à des informations personnelles.</p>", "s"),
    ("lg-1", "blocked", "Log into Courier", "<h1>Log into Courier</h1><form><input name=e><input "
     "type=password><button>Log In</button></form><a>Forgot password?</a>", "s"),
    ("lg-2", "blocked", "Вход", "<h2>Войдите на сайт</h2><form><input type=password></form>", "s"),
    ("lg-3", "blocked", "Members", "<h1>This content is for members only</h1><p>Please sign in to view "
     "it.", "g"),
    ("ge-1", "blocked", "Unavailable", "<h1>Sorry, this content isn't available in your region.</h1>", "g"),
    ("ge-2", "blocked", "Courier", "<h1>Our European visitors are important to us</h1><p>This site is "
     "currently unavailable to visitors from the European Economic Area while we work to ensure your "
     "data is protected.", "s"),
    ("lw-1", "blocked", "Доступ ограничен", "<h1>Доступ к запрашиваемому ресурсу ограничен</h1><p>По "
     "решению органов государственной власти доступ к сайту ограничен.", "s"),
    ("lw-2", "blocked", "Website blocked", "<h1>This website has been blocked</h1><p>Your provider has "
     "blocked this site to comply with a High Court order.", "s"),
    ("mt-1", "unreachable", "We'll be back", "<h1>We&rsquo;ll be back soon!</h1><p>Sorry for the "
     "inconvenience but we're performing some maintenance at the moment.", "s"),
    ("mt-2", "unreachable", "Сайт на ремонте", "<h1>Сайт временно недоступен</h1><p>Ведутся технические "
     "работы. Зайдите позже.", "g"),
    ("js-1", "script", "Courier", "<noscript>Sorry, we need JavaScript to run this page.</noscript>", "s"),
    ("un-1", "unclear", "Facebook", "<h2>This content isn't available right now</h2><p>When this happens, "
     "it's usually because the owner only shared it with a small group of people, changed who can see "
     "it, or it's been deleted.", "s"),
    ("un-2", "unclear", "Error", "<h1>Oops, something went wrong</h1><p>Reload the page.", "s"),
    ("un-3", "unclear", "Application error", "<h2>Application error: a client-side exception has "
     "occurred</h2>", "s"),
)  # fmt: skip

_LIVE = (
    ("lv-1", "How to fix “Access denied” on your old phone", (
        "If your phone says “Access denied” when you open the gallery, do not panic: the card is "
        "probably locked. Take it out and look at the small switch at its side.",
        "Older phones write “file not found” when the card is worn out. Then only a new card helps, and "
        "the pictures on the old one should be copied first.")),
    ("lv-2", "Deleted", (
        "In her third novel, which is called Deleted, Mara Lindqvist tells of a clerk who removes "
        "people from registers. It is the best book she has written so far.",
        "The clerk knows every form by its number. When he comes upon his own name one day, he does "
        "what he has always done, and goes home early.",
        "Lindqvist needs no more than 160 pages for this. The end, of which nothing shall be said here, "
        "comes as quietly as everything before it.")),
    ("lv-3", "Council: “We can't find the page”", (
        "The minutes of the council of 1974 lack a page, and it is the one on which the sale of the mill "
        "was decided. “We can't find the page,” the archivist said on Monday.",
        "The heirs of the miller have asked for it since the spring. They think that the price was never "
        "paid, and have found a letter that says so.")),
    ("lv-4", "Заблокировано: почему не открываются сайты", (
        "С утра у жителей области не открываются сайты нескольких магазинов. Вместо них люди видят "
        "надпись о том, что доступ ограничен.",
        "Провайдер говорит, что никто ничего не блокировал, а причина в аварии на линии. Мастера "
        "обещают закончить работу к вечеру субботы.",
        "Магазины тем временем принимают заказы по телефону. За день позвонили больше шестисот "
        "человек, хотя обычно бывает около двухсот.")),
    ("lv-5", "Cookies", (
        "Take 250 grams of flour, 120 of butter, and an egg. The cookies are better when the butter is "
        "cold, and better still when nobody is in a hurry.",
        "Let the dough rest for an hour. Then roll it out as thin as a coin, cut out what you like, and "
        "bake it for nine minutes at 180 degrees.",
        "They keep for three weeks in a tin, if there are no children in the house. In the author's house "
        "they have never been older than two days.")),
)  # fmt: skip


def second() -> Iterator[Specimen]:
    """All of it."""
    for name, truth, title, inner, beside in _PAGES:
        plain = answer(f"<html><head><title>{title}</title></head><body>{inner}</body></html>")
        dressed = answer(_page(title, inner))
        if truth == "script":
            plain = answer(
                f"<title>{title}</title>{inner}<div id=x></div><script src=/b.js></script>"
            )
            dressed = plain
        for suffix, page in (("", plain), ("-dressed", dressed)):
            if truth == "script" and suffix:
                continue
            yield Specimen(
                name=f"second-{name}{suffix}",
                truth=truth,
                answer=page,
                beside=page if beside == "s" else GONE,
            )
    for name, title, text in _LIVE:
        inner = "".join(f"<p>{one}" for one in text)
        for suffix, page in (
            ("", f"<title>{title}</title><h1>{title}</h1>{inner}"),
            ("-dressed", _page(f"{title} - Morning Courier", f"<h1>{title}</h1>{inner}")),
        ):
            yield Specimen(
                name=f"second-{name}{suffix}", truth="captured", answer=answer(page), text=text
            )

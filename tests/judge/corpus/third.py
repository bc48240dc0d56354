"""A third set: live pages of odd builds, and walls in yet other words. Looked at once, after
the second: of its 35 pages the rule called one wall captured and one unclear page absent;
that is mended, and the pages stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.judge.corpus.specimens import GONE, Specimen
from tests.verify.scenes import answer


def sent(n: int, traps: Sequence[str] = ()) -> tuple[str, ...]:
    base = [
        "The crane that stands on the old pier has not moved since the storm of last Thursday.",
        "Engineers from the mainland looked at its foundations and shook their heads.",
        "It weighs 240 tonnes and was built in 1961 by a yard that no longer exists.",
        "The port says that ships can pass at high water, but only one at a time.",
        "Insurers will send somebody on Monday, and until then nobody may go near it.",
        "A café on the quay has put up chairs so that people can watch.",
        "Its owner says that he has sold more coffee than in the whole of the spring.",
    ]
    out: list[str] = []
    left = list(traps)
    for i in range(n):
        out.append(base[i % len(base)])
        if left and i % 2 == 0:
            out.append(left.pop(0))
    return tuple(out)


def live() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    yield (
        "br",
        "<title>Crane stuck | Port Post</title><h1>Crane stuck</h1><div>"
        + "<br><br>".join(
            sent(
                7,
                [
                    "“Access denied,” says a sign at the fence.",
                    "The page of the port could not be found on Friday.",
                ],
            )
        )
        + "</div>",
        sent(7),
    )
    yield (
        "table",
        "<title>Tides</title><h1>Tides</h1><table>"
        + "".join(
            f"<tr><td>{d}</td><td>{h}:10</td><td>2.{h} m</td></tr>"
            for d in range(1, 20)
            for h in (3, 9)
        )
        + "</table><p>Times are those of the harbour office.</p>",
        ("Times are those of the harbour office.",),
    )
    yield (
        "liveblog",
        "<title>Live: storm on the coast</title><h1>Live: storm on the coast</h1>"
        + "".join(
            f"<div class=entry><time>{10 + i}:0{i % 6}</time><h3>{x[:25]}</h3><p>{x}</p></div>"
            for i, x in enumerate(
                sent(
                    9,
                    [
                        "The ferry's site is down for maintenance.",
                        "Police: the video has been removed at our request.",
                    ],
                )
            )
        ),
        sent(9),
    )
    yield (
        "tweet",
        "<title>Port on X: “Our site is temporarily unavailable”</title><h1>Port</h1><p>Our site is temporarily unavailable. We are working on it. Call 555 120 for tides.</p><a href=/login>Log in</a> <a href=/signup>Sign up</a>",
        ("Our site is temporarily unavailable. We are working on it. Call 555 120 for tides.",),
    )
    yield (
        "qa",
        "<title>Questions and answers: cookies on our site</title><h1>Questions and answers: cookies on our site</h1><h2>Why do you use cookies?</h2><p>Because without them the basket would be empty on every page, and nobody could buy a ticket for the ferry.</p><h2>Can I refuse?</h2><p>Yes. Press the button at the bottom of the page, and all that is not needed is switched off at once.</p><h2>Who are your partners?</h2><p>Two firms that count visitors. They get neither names nor addresses, and delete what they have after a month.</p>",
        (
            "Because without them the basket would be empty on every page, and nobody could buy a ticket for the ferry.",
        ),
    )
    yield (
        "sorry",
        "<title>Sorry!</title><h1>Sorry!</h1><p>"
        + " ".join(
            sent(
                5,
                [
                    "The page you are looking for does not exist, the port's site told its visitors for a week.",
                    "This content is not available in your country, it told those from abroad.",
                ],
            )
        )
        + "</p>",
        (
            " ".join(
                sent(
                    5,
                    [
                        "The page you are looking for does not exist, the port's site told its visitors for a week.",
                        "This content is not available in your country, it told those from abroad.",
                    ],
                )
            ),
        ),
    )
    yield (
        "paywalltalk",
        "<title>Subscribers only? The end of a model - Port Post</title><h1>Subscribers only? The end of a model</h1>"
        + "".join(
            f"<p>{x}</p>"
            for x in sent(
                6,
                [
                    "To continue reading, subscribe: that is what four of five papers say by now.",
                    "This article is for subscribers only, it said under every second headline.",
                ],
            )
        )
        + "<div class='newsletter paywall-free'>Subscribe to our newsletter</div>",
        sent(6),
    )
    yield (
        "widepage",
        "<title>Crane stuck</title>"
        + "<ul>"
        + "".join(f"<li><a href=/{i}>Story number {i} of the day</a></li>" for i in range(80))
        + "</ul><h1>Crane stuck</h1>"
        + "".join(f"<p>{x}</p>" for x in sent(5))
        + "<div>"
        + "".join(f"<h4><a href=/x{i}>Page not found: {i}</a></h4>" for i in range(20))
        + "</div>",
        sent(5),
    )
    yield (
        "ru",
        "<title>Кран застрял — Портовая газета</title><h1>Кран застрял</h1><p>Кран на старом пирсе не двигается с прошлого четверга. Инженеры осмотрели фундамент и покачали головами.</p><p>Доступ к пирсу ограничен, сообщает порт. Страница порта не найдена, жалуются жители: сайт на технических работах.</p><p>Страховщики приедут в понедельник. Хозяин кафе говорит, что продал кофе больше, чем за всю весну.</p>",
        (
            "Кран на старом пирсе не двигается с прошлого четверга. Инженеры осмотрели фундамент и покачали головами.",
        ),
    )
    yield (
        "denied-long",
        "<title>Access Denied</title><h1>Access Denied</h1><p class=sub>A short story</p>"
        + "".join(f"<p>{x}</p>" for x in sent(14)),
        sent(14),
    )
    yield (
        "amp",
        "<title>Crane stuck</title><link rel=canonical href='https://news.example.org/harbour/2026/the-bridge'><h1>Crane stuck</h1>"
        + "".join(f"<p>{x}</p>" for x in sent(6)),
        sent(6),
    )
    yield (
        "noh1",
        "<title>Port Post</title><div class=hl>Crane stuck: “you have been blocked”</div>"
        + "".join(f"<div class=par>{x}</div>" for x in sent(6)),
        sent(6),
    )
    yield "one-par", "<title>Note</title><p>" + " ".join(sent(4)) + "</p>", (" ".join(sent(4)),)
    yield (
        "consent-top",
        "<title>Crane stuck - Port Post</title><div class=consent><h2>We value your privacy</h2><p>We and our 120 partners store and/or access information on a device, such as cookies, and process personal data, such as unique identifiers. With your consent we and our partners may use precise geolocation data. You may click to consent, or access more detailed information and change your preferences before consenting.</p><button>AGREE</button><button>MORE OPTIONS</button></div><h1>Crane stuck</h1>"
        + "".join(f"<p>{x}</p>" for x in sent(4)),
        sent(4),
    )
    yield (
        "login-top",
        "<title>Crane stuck - Forum</title><form>User <input> Password <input type=password><button>Log in</button></form><h2>Crane stuck</h2>"
        + "".join(
            f"<div class=post><b>user{i}</b><br>{x}</div>"
            for i, x in enumerate(
                sent(
                    6,
                    [
                        "This post was deleted by a moderator.",
                        "Your account has been suspended? Mine too.",
                    ],
                )
            )
        ),
        sent(6),
    )
    yield (
        "outage",
        "<title>502 Bad Gateway: what happened on Friday</title><h1>502 Bad Gateway: what happened on Friday</h1>"
        + "".join(
            f"<p>{x}</p>"
            for x in sent(
                5,
                [
                    "Error 502, bad gateway, was all that people saw.",
                    "Just a moment, checking your browser, said others.",
                ],
            )
        ),
        sent(5),
    )


WALLS = [
    (
        "absent",
        "<title>Page Not Found | Port Post</title><h1>Port Post</h1><h2>We looked everywhere.</h2><p>Looks like this page is missing. If you still need help, visit our help pages.</p>",
        "s",
    ),
    ("absent", "<title>Port Post</title><h1>This isn't the page you're looking for</h1>", "s"),
    (
        "absent",
        "<title>Strona główna</title><h1>Przepraszamy, artykuł nie został znaleziony</h1><p>Mógł zostać przeniesiony.",
        "s",
    ),
    (
        "absent",
        "<title>Ошибка</title><p>К сожалению, запрашиваемая вами страница не найдена.</p><p>Вернуться на <a href=/>главную</a></p>",
        "s",
    ),
    (
        "absent",
        "<title>Artikel nicht verfügbar</title><h1>Der Artikel ist leider nicht mehr verfügbar</h1><p>Aus lizenzrechtlichen Gründen mussten wir ihn löschen.",
        "g",
    ),
    (
        "absent",
        "<title>example.org</title><h1>example.org</h1><p>This domain is registered at Namecheap. Buy this domain. The owner has not yet uploaded a website.</p><iframe src='https://www.sedoparking.com/x'></iframe>",
        "s",
    ),
    (
        "blocked",
        "<title>Please verify</title><h1>Let's confirm you are human</h1><p>Complete the security check before continuing. This step verifies that you are not a bot.</p>",
        "s",
    ),
    (
        "blocked",
        "<title>Human Verification</title><p>Please solve this CAPTCHA to request unblock to the website</p>",
        "s",
    ),
    (
        "blocked",
        "<title>Pardon Our Interruption</title><h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot. There are a few reasons this might happen:</p><ul><li>You've disabled JavaScript in your web browser.</li><li>You're a power user moving through this website with super-human speed.</li></ul>",
        "s",
    ),
    (
        "blocked",
        "<title>Blocked</title><h1>Your request has been blocked by our firewall</h1>",
        "g",
    ),
    (
        "blocked",
        "<title>Sign in - Google Accounts</title><h1>Sign in</h1><p>to continue to Port</p><form><input type=email></form>",
        "s",
    ),
    (
        "blocked",
        "<title>Port Post</title><h1>Create a free account, or log in, to read this story.</h1><form><input type=email><input type=password></form>",
        "g",
    ),
    (
        "blocked",
        "<title>Zugriff auf Port Post</title><h1>Willkommen bei Port Post</h1><h2>Port Post mit Werbung und Cookies nutzen</h2><p>Nutzen Sie portpost.de mit personalisierter Werbung, Werbetracking, Nutzungsanalyse und externen Multimedia-Inhalten. Details zu Cookies und Verarbeitungszwecken sowie zu Ihrer jederzeitigen Widerrufsmöglichkeit finden Sie unten und in unserer Datenschutzerklärung.</p><button>Akzeptieren und weiter</button>",
        "s",
    ),
    (
        "blocked",
        "<title>451</title><h1>451: Unavailable due to legal reasons</h1><p>We recognize you are attempting to access this website from a country belonging to the European Economic Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore access cannot be granted at this time.</p>",
        "s",
    ),
    (
        "blocked",
        "<title>Ошибка доступа</title><h1>Доступ к ресурсу заблокирован</h1><p>Уважаемый пользователь! Ресурс внесён в единый реестр запрещённой информации.</p>",
        "s",
    ),
    (
        "unreachable",
        "<title>Maintenance</title><h1>Site under maintenance</h1><p>We are upgrading. See you at 18:00.</p>",
        "s",
    ),
    (
        "unclear",
        "<title>Port Post</title><p>Sorry, this page isn't available.</p><p>The link you followed may be broken, or the page may have been removed.</p>",
        "s",
    ),
    (
        "unclear",
        "<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>",
        "s",
    ),
    (
        "unclear",
        "<title>Redirecting...</title><p>You are being redirected to the new page.</p>",
        "s",
    ),
]


def third() -> Iterator[Specimen]:
    """All of it."""
    for name, page, text in live():
        yield Specimen(
            name="third-live-" + name, truth="captured", answer=answer(page), text=text, beside=GONE
        )
    for n, (truth, page, given) in enumerate(WALLS):
        yield Specimen(
            name=f"third-{n}",
            truth=truth,
            answer=answer(page),
            beside=answer(page) if given == "s" else GONE,
        )

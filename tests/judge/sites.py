"""Made-up sites that change by themselves, and what a person edits in their pages."""

from __future__ import annotations

import random
from itertools import product

STORIES = {
    "en": (
        "Larkmoor keeps its bridge closed",
        "The council of Larkmoor met on 12 May and kept the old bridge closed for another year.",
        "Its chair, Ms O'Hara, said that the town does not have the 4.5 million that it takes.",
        "Nobody was hurt when the railing fell in March, and 3 boats were damaged in the harbour.",
    ),
    "uk": (
        "Міст залишається зачиненим",
        "Рада міста зібралася 12 травня і вирішила, що старий міст не відкриють ще цілий рік.",
        "Голова ради сказала, що місто не має 4,5 мільйона, яких вимагає цей ремонт, і не матиме.",
        "Ніхто не постраждав, коли в березні впали перила, але в гавані пошкоджено 3 човни.",
    ),
    "zh": (
        "旧桥继续关闭",
        "镇议会于五月十二日召开会议，决定旧桥在未来一年内继续关闭，不对行人开放。",
        "议会主席表示，该镇没有修桥所需的四百五十万元，短期内也不会有这笔钱。",
        "三月份护栏倒塌时无人受伤，但港口有3艘船受损，维修工作尚未开始。",
    ),
    "ar": (
        "الجسر القديم يبقى مغلقا",
        "اجتمع مجلس البلدة في 12 مايو وقرر إبقاء الجسر القديم مغلقا لمدة سنة أخرى أمام المشاة.",
        "قالت رئيسة المجلس إن البلدة لا تملك 4.5 مليون وهي كلفة الإصلاح ولن تملكها قريبا جدا.",
        "لم يصب أحد عندما سقط السياج في مارس وتضررت 3 قوارب في الميناء بحسب ما قاله المجلس.",
    ),
}

HEADLINES = (
    "Rain until Sunday|Mayor opens school|Ferry runs again|Two held after theft|Market moves"
    "|Choir sings for the last time|New prices at the pool|Library stays open|Snow in April"
).split("|")


class Visit:
    """What a site puts around an article for one visitor at one moment."""

    def __init__(self, number: int, moment: str) -> None:
        self.random = random.Random(f"{number} {moment}")
        self.day = moment[:10]
        self.time = f"{9 + self.random.randrange(9):02}:{self.random.randrange(60):02}"
        self.views = f"{self.random.randrange(1000, 99000):,}"
        self.token = f"{self.random.getrandbits(128):032x}"
        self.few = self.random.randrange(2, 30)

    def links(self) -> str:
        picked = self.random.sample(HEADLINES, 4)
        return "".join(f"<li><a href=/{one[:4]}>{one}</a></li>" for one in picked)

    def advertisement(self) -> str:
        goods = self.random.choice(["hats", "boats", "shoes", "loans without any questions"])
        return f"Buy {goods} for {self.random.randrange(5, 99)}.90 today and not tomorrow, here!"


def portal(story: tuple[str, ...], visit: Visit) -> str:
    title, *texts = story
    middle = f'<div class="ad-slot"><p>{visit.advertisement()}</p></div>'
    body = middle.join(f"<p>{one}</p>" for one in texts)
    return (
        f"<title>{title} | Portal</title><meta name=csrf content={visit.token}>"
        f"<header><span>{visit.day}</span> <span>{visit.time}</span></header>"
        f"<nav><ul>{visit.links()}</ul></nav><main><h1>{title}</h1>"
        f"<div class=meta>{visit.views} views</div><article>{body}</article></main>"
        f'<aside class="related-posts"><ul>{visit.links()}</ul></aside>'
        f"<footer>© Portal, page {visit.token}</footer>"
    )


def blog(story: tuple[str, ...], visit: Visit) -> str:
    title, *texts = story
    body = "".join(f"<p>{one}</p>" for one in texts)
    return (
        f"<body class='post tag-related'><title>({visit.few}) {title}</title>"
        f"<script nonce={visit.token}>var t = '{visit.token}'</script>"
        f"<div id=wrap><h1>{title}</h1>{body}"
        f"<form><input type=hidden name=token value={visit.token}><button>Send {visit.few}</button>"
        f"</form><div>({visit.few} comments)</div><div class='share-bar'>{visit.few} shares</div>"
        f"<div id=comments><p>Somebody says {visit.advertisement()}</p></div>"
        f"<div>Page made at {visit.time}:{visit.few:02}</div><div>{visit.token}</div></div>"
    )


def old(story: tuple[str, ...], visit: Visit) -> str:
    title, *texts = story
    day = visit.day.split("-")
    return (
        f"<html><title>{title}</title><center>{day[2]}.{day[1]}.{day[0]} {visit.time}</center>"
        f"<table class=sidebar><tr><td>{visit.links()}</td></tr></table><h1>{title}</h1>"
        f"{'<br><br>'.join(texts)}<br><center>Visitors: {visit.views}</center>"
        f"<div class=sponsored>{visit.advertisement()}</div>"
    )


SITES = (portal, blog, old)
CASES = list(product(SITES, STORIES, range(12)))


def edited(story: tuple[str, ...], kind: str, visit: Visit) -> tuple[str, ...]:
    """The story after an edit of one kind."""
    title, *texts = story
    at = visit.random.randrange(3)
    one = texts[at]
    blank = " " if " " in one else ""
    words = one.split(" ") if blank else list(one)
    place = 1 + visit.random.randrange(len(words) - 2)
    digits = {"3": "4", "4": "5", "12": "13"}
    match kind:
        case "word":
            words[place] = words[place] + "q"
        case "dropped word":
            del words[place]
        case "swapped words":
            words[place - 1], words[place + 1] = words[place + 1], words[place - 1]
        case "number":
            words = list(texts[2].replace("3", digits["3"]))
            at, blank = 2, ""
        case "removed":
            return (title, *texts[:at], *texts[at + 1 :])
        case "added":
            return (title, *texts, "The mayor has resigned.")
        case "order":
            return (title, texts[1], texts[0], texts[2])
        case "headline":
            return (f"{title} 2", *texts)
    texts[at] = blank.join(words)
    return (title, *texts)


EDITS = ("word", "dropped word", "swapped words", "number", "removed", "added", "order", "headline")

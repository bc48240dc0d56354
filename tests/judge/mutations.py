"""Texts in many scripts, pages that have them, and what becomes of both when one thing changes."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Three passages, and what may be changed in the second: a word, a number, a negation."""

    passages: tuple[str, str, str]
    word: tuple[str, str]
    number: tuple[str, str]
    negation: tuple[str, str]
    charset: str
    blanks: bool = True


TEXTS = {
    "English": Text(
        (
            "The council of Larkmoor met on Friday and kept the old bridge closed.",
            'Its chair said: "We have 42 million for the repair, and that is not enough - sadly."',
            "Work would begin in the spring at the earliest.",
        ),
        ("enough", "plenty"),
        ("42", "47"),
        ("is not", "is"),
        "windows-1252",
    ),
    "German": Text(
        (
            "Der Rat von Lärchenmoor tagte am Freitag und ließ die alte Brücke gesperrt.",
            'Der Vorsitz sagte: "Wir haben 42 Millionen für sie, das ist nicht genug - leider."',
            "Die Arbeiten würden frühestens im Frühjahr beginnen.",
        ),
        ("genug", "üppig"),
        ("42", "4,2"),
        ("ist nicht", "ist"),
        "iso-8859-15",
    ),
    "French": Text(
        (
            "Le conseil de Larkmoor s'est réuni vendredi ; le vieux pont reste fermé.",
            'Son président a dit : "Nous avons 42 millions, ce n\'est pas assez - hélas."',
            "Les travaux commenceraient au printemps au plus tôt.",
        ),
        ("assez", "énorme"),
        ("42", "24"),
        ("n'est pas", "est"),
        "windows-1252",
    ),
    "Russian": Text(
        (
            "Совет Ларкмура собрался в пятницу и оставил старый мост закрытым.",
            'Его глава сказал: "У нас есть 42 миллиона на мост, но этого не хватит - увы."',
            "Работы начались бы не раньше весны.",
        ),
        ("мост", "дом"),
        ("42", "420"),
        ("не хватит", "хватит"),
        "windows-1251",
    ),
    "Ukrainian": Text(
        (
            "Рада Ларкмура зібралася у п'ятницю і лишила старий міст закритим.",
            'Її голова сказав: "Ми маємо 42 мільйони на міст, але цього не досить - на жаль."',
            "Роботи почалися б не раніше весни.",
        ),
        ("міст", "дім"),
        ("42", "43"),
        ("не досить", "досить"),
        "koi8-u",
    ),
    "Greek": Text(
        (
            "Το συμβούλιο του Λάρκμουρ άφησε κλειστή την παλιά γέφυρα.",
            'Ο πρόεδρος είπε: "Έχουμε 42 εκατομμύρια για τη γέφυρα, αλλά δεν φτάνουν - δυστυχώς."',
            "Τα έργα θα άρχιζαν την άνοιξη το νωρίτερο.",
        ),
        ("γέφυρα", "πλατεία"),
        ("42", "12"),
        ("δεν φτάνουν", "φτάνουν"),
        "iso-8859-7",
    ),
    "Arabic": Text(
        (
            "اجتمع مجلس لاركمور يوم الجمعة وأبقى الجسر القديم مغلقا.",
            'قال رئيسه: "لدينا 42 مليونا لإصلاح الجسر القديم، وهذا ليس كافيا - للأسف."',
            "ولن تبدأ الأعمال قبل الربيع.",
        ),
        ("مليونا", "ألفا"),
        ("42", "52"),
        ("وهذا ليس", "وهذا"),
        "windows-1256",
    ),
    "Hebrew": Text(
        (
            "מועצת לארקמור התכנסה ביום שישי והשאירה את הגשר הישן סגור.",
            'יושב הראש אמר: "יש לנו 42 מיליון לתיקון הגשר הישן, וזה לא מספיק - לצערנו."',
            "העבודות יתחילו באביב לכל המוקדם.",
        ),
        ("מיליון", "אלף"),
        ("42", "62"),
        ("לא מספיק", "מספיק"),
        "windows-1255",
    ),
    "Chinese": Text(
        (
            "市议会星期五开会，决定旧桥继续关闭。",
            '主席说："我们有42亿元用来修这座旧桥，但是这些钱还不够用-很遗憾。"',
            "工程最早春天开始。",
        ),
        ("旧桥", "新路"),
        ("42", "72"),
        ("还不够", "还够"),
        "gb18030",
        blanks=False,
    ),
    "Japanese": Text(
        (
            "市議会は金曜日に開かれ、古い橋は閉じたままになった。",
            '議長は述べた："橋の修理に42億円あるが、それでは足りないと思う-残念だ。"',
            "工事は早くても春に始まる。",
        ),
        ("修理", "撤去"),
        ("42", "92"),
        ("足りない", "足りる"),
        "shift_jis",
        blanks=False,
    ),
    "Thai": Text(
        (
            "สภาเมืองประชุมเมื่อวันศุกร์และปิดสะพานเก่าต่อไป",
            'ประธานกล่าวว่า "เรามี 42 ล้านสำหรับซ่อมสะพานเก่า แต่เงินนี้ไม่พอใช้ - น่าเสียดาย"',
            "งานจะเริ่มเร็วที่สุดในฤดูใบไม้ผลิ",
        ),
        ("ล้าน", "พัน"),
        ("42", "32"),
        ("ไม่พอ", "พอ"),
        "tis-620",
        blanks=False,
    ),
    "Hindi": Text(
        (
            "लार्कमूर की परिषद शुक्रवार को मिली और पुराना पुल बंद रखा।",
            'अध्यक्ष ने कहा: "हमारे पास पुल के लिए 42 करोड़ हैं, पर यह काफी नहीं है - खेद है।"',
            "काम जल्द से जल्द वसंत में शुरू होगा।",
        ),
        ("करोड़", "लाख"),
        ("42", "82"),
        ("काफी नहीं", "काफी"),
        "utf-16-le",
    ),
}


@dataclass(frozen=True)
class Case:
    """A page as octets, and what must come of the three passages of its text.

    `kinds` are those of the second passage's changes, `elsewhere` where else it stands.
    """

    text: Text
    body: bytes
    content_type: str
    statuses: tuple[str, str, str]
    level: str | None = None
    kinds: frozenset[str] = frozenset()
    elsewhere: tuple[str, ...] = ()
    context: tuple[str, str] = ("", "")
    lines: int = 1
    in_order: bool = True


FOUND = ("found", "found", "found")
ALTERED = ("found", "altered", "found")
MISSING = ("found", "missing", "found")


def page_of(first: str, second: str, third: str, extra: str = "") -> str:
    return (
        f"<!doctype html><title>News</title><nav><a href=/>Home</a></nav>{extra}<article>"
        f"<p>{first}</p>\n<p>{second}</p>\n<p>{third}</p></article><footer>(c) 2031</footer>"
    )


def _case(text: Text, markup: str, statuses: tuple[str, str, str] = FOUND, **more: object) -> Case:
    made: dict[str, object] = {"content_type": "text/html; charset=utf-8", **more}
    return Case(text, markup.encode(), statuses=statuses, **made)  # type: ignore[arg-type]


def _spelled(text: str, form: str) -> str:
    return "".join(form.format(ord(char)) for char in text)


def _tagged(text: str) -> str:
    """Every third character in an element of its own, from the second on."""
    return "".join(f"<b>{char}</b>" if at % 3 == 1 else char for at, char in enumerate(text))


# What a page may do to the second passage and the passage is still found, and the level.
KEPT: dict[str, tuple[Callable[[str], str], str]] = {
    "as it is": (str, "none"),
    "escaped": (html.escape, "none"),
    "decimal references": (lambda text: _spelled(text, "&#{};"), "none"),
    "hexadecimal references": (lambda text: _spelled(text, "&#x{:x};"), "none"),
    "tags through words": (_tagged, "none"),
    "comments through words": (lambda text: text[:3] + "<!-- x -->" + text[3:], "none"),
    "a script inside": (lambda text: text[:5] + "<script>'</p>'</script>" + text[5:], "none"),
    "decomposed": (lambda text: unicodedata.normalize("NFD", text), "none"),
    "a hidden note inside": (lambda text: text[:4] + "<i hidden>no</i>" + text[4:], "none"),
    "inserted": (lambda text: f"<ins>{text}</ins>", "none"),
    "other quotes": (lambda text: text.replace('"', "«", 1).replace('"', "»"), "typographic"),
    "another dash": (lambda text: text.replace("-", "\u2014"), "typographic"),
    "soft hyphens": (lambda text: text[:6] + "&shy;" + text[6:], "typographic"),
    "zero-width spaces": (lambda text: text[:6] + "\u200b" + text[6:], "typographic"),
    "direction marks": (lambda text: f"\u202b{text[:9]}\u200f{text[9:]}\u202c", "typographic"),
}
KEPT_WITH_BLANKS: dict[str, tuple[Callable[[str], str], str]] = {
    "line breaks in the source": (lambda text: text.replace(" ", "\n  "), "none"),
    "nbsp": (lambda text: text.replace(" ", "&nbsp;", 1), "whitespace"),
    "br": (lambda text: text.replace(" ", "<br>", 1), "whitespace"),
}
# What becomes of it when it is changed: how, and the kinds of change.
CHANGED: dict[str, tuple[Callable[[Text, str], str], frozenset[str]]] = {
    "one word": (lambda of, text: text.replace(*of.word, 1), frozenset(["words"])),
    "one number": (lambda of, text: text.replace(*of.number, 1), frozenset(["number", "words"])),
    "negation": (
        lambda of, text: text.replace(*of.negation, 1),
        frozenset(["words", "left_out", "added"]),
    ),
    "an added word": (
        lambda of, text: text.replace(":", " (xyz):", 1),
        frozenset(["words", "added"]),
    ),
    "other digits": (
        lambda of, text: text.replace("42", "\uff14\uff12", 1),
        frozenset(["compatibility"]),
    ),
    "a raised digit": (
        lambda of, text: text.replace("42", "4<sup>2</sup>", 1),
        frozenset(["compatibility"]),
    ),
    "a struck word": (
        lambda of, text: text.replace(of.word[0], f"<del>{of.word[0]}</del>", 1),
        frozenset(["struck"]),
    ),
    "struck by style": (
        lambda of, text: f"<span style='text-decoration: red line-through'>{text}</span>",
        frozenset(["struck"]),
    ),
    "no punctuation": (
        lambda of, text: text.replace(":", "", 1),
        frozenset(["punctuation", "left_out"]),
    ),
}
# A letter of another script, in place of one that looks the same.
LOOKALIKES = {
    "English": ("have", "h\u0430ve"),
    "German": ("haben", "h\u0430ben"),
    "French": ("avons", "\u0430vons"),
    "Russian": ("есть", "e\u0441ть"),
    "Ukrainian": ("маємо", "м\u0061ємо"),
    "Greek": ("πρόεδρος", "πρόεδρ\u006fς"),
    "Arabic": ("كافيا", "\u06a9افيا"),
}


def _json_ld(text: str) -> str:
    document = {"@graph": [{"@type": "NewsArticle", "articleBody": text}]}
    return f'<script type="application/ld+json">{json.dumps(document)}</script>'


def _next_data(text: str) -> str:
    document = {"props": {"content": f"<p>{_tagged(html.escape(text, quote=False))}</p>"}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(document)}</script>'


def _state(text: str) -> str:
    state = json.dumps({"a": [{"text": text}]}, ensure_ascii=False)
    return f"<script>window.__STATE__ = {state};</script>"


def _parsed(text: str) -> str:
    return f"<script>var s = JSON.parse({json.dumps(json.dumps({'text': text}))});</script>"


def _attribute(form: str) -> Callable[[str], str]:
    return lambda text: form.format(html.escape(text))


# Where the second passage may stand instead of on the screen, and what that is called.
ELSEWHERE: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "JSON-LD": (_json_ld, ("json_ld",)),
    "__NEXT_DATA__": (_next_data, ("json",)),
    "state in a script": (_state, ("script",)),
    "JSON in a script": (_parsed, ("script",)),
    "description": (_attribute('<meta name="description" content="{}">'), ("meta",)),
    "og:description": (_attribute('<meta content="{}" property=og:description>'), ("meta",)),
    "alternative text": (_attribute('<img src=x alt="{}">'), ("alt",)),
    "noscript": (_attribute("<noscript><p>{}</p></noscript>"), ("noscript",)),
    "hidden": (_attribute("<div hidden><p>{}</p></div>"), ("hidden",)),
    "display: none": (_attribute("<div style='display: none'>{}</div>"), ("hidden",)),
    "a template": (_attribute("<template><p>{}</template>"), ("hidden",)),
    "a struck paragraph": (_attribute("<p><del>{}</del></p>"), ("struck",)),
    "a comment": (_attribute("<!-- {} -->"), ()),
    "a comment in a script": (lambda text: f"<script>// {text}\n</script>", ()),
    "a title attribute": (_attribute("<p title='{}'>x</p>"), ()),
    "nowhere": (lambda _: "", ()),
}


def cases() -> Iterator[tuple[str, Case]]:
    """Every mutation of every text, with its name."""
    for language, text in TEXTS.items():
        for name, case in _of(language, text):
            yield f"{language}: {name}", case


def _of(language: str, text: Text) -> Iterator[tuple[str, Case]]:
    first, second, third = text.passages
    kept = KEPT | (KEPT_WITH_BLANKS if text.blanks else {})
    for name, (form, level) in kept.items():
        changed = form(second)
        lines = 2 if name == "br" else 1
        yield name, _case(text, page_of(first, changed, third), level=level, lines=lines)
    for name, (change, kinds) in CHANGED.items():
        changed = change(text, second)
        if changed != second:
            yield name, _case(text, page_of(first, changed, third), ALTERED, kinds=kinds)
    if language in LOOKALIKES:
        changed = second.replace(*LOOKALIKES[language], 1)
        lookalike = frozenset(["lookalike"])
        yield "a lookalike", _case(text, page_of(first, changed, third), ALTERED, kinds=lookalike)
    for name, (where, kinds_there) in ELSEWHERE.items():
        statuses = ALTERED if kinds_there == ("struck",) else MISSING
        markup = page_of(first, "<i>Advertisement</i>", third, where(second))
        yield f"only in {name}", _case(text, markup, statuses, elsewhere=kinds_there)
    yield from _arranged(text)
    yield from _encoded(text)


def _arranged(text: Text) -> Iterator[tuple[str, Case]]:
    """The same passages in another order, in columns, in company."""
    first, second, third = text.passages
    yield "another order", _case(text, page_of(second, first, third), in_order=False)
    yield "between others", _case(text, page_of(first, f"{second}</p><p>xyz", third), level="none")
    yield (
        "in a longer paragraph",
        _case(text, page_of(first, f"Untrue: {second} (sic)", third), context=("Untrue:", "(sic)")),
    )
    yield "in quotes", _case(text, page_of(first, f"“{second}”", third), context=("“", "”"))
    half = second.index("42")
    if text.blanks:
        columns = f"{second[:half]}</p></td><td><p>{second[half:]}"
        markup = page_of(f"<table><tr><td>{first}", columns, f"{third}</table>")
        yield "over two columns", _case(text, markup, level="whitespace", lines=2)
    torn = f"{second[:half]} Buy now at our shop! {second[half:]}"
    yield "torn by an advertisement", _case(text, page_of(first, torn, third), ALTERED)


def _encoded(text: Text) -> Iterator[tuple[str, Case]]:
    """The same page in the charset that its language had before UTF-8, and in a wrong one."""
    markup = page_of(*text.passages)
    octets = markup.encode(text.charset)
    declared = f"text/html; charset={text.charset.removesuffix('-le')}"
    yield "an old charset", Case(text, octets, declared, FOUND, level="none")
    in_meta = markup.replace("<title>", f"<meta charset={text.charset}><title>")
    if not text.charset.startswith("utf-16"):
        named = Case(text, in_meta.encode(text.charset), "text/html", FOUND, level="none")
        yield "an old charset, in a meta", named
    marked = ("\ufeff" + markup).encode("utf-16-be")
    yield "UTF-16 with a mark", Case(text, marked, "text/html; charset=utf-8", FOUND, level="none")

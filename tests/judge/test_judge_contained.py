"""A seed text that stands in a page is found there, however the page is written."""

from __future__ import annotations

import pytest

from tests.judge.judge_pages import FIRST, SECOND, SEED, THIRD, compared, page, shown

P = "<p>{}</p>\n"
ARTICLE = "<!doctype html><title>t</title><body>" + "".join(
    P.format(one) for one in (FIRST, SECOND, THIRD)
)
FANCY_SECOND = SECOND.replace('"W', "\u201cW").replace('."', ".\u201d").replace("'", "\u2019")
FANCY_THIRD = THIRD.replace(" - ", " \u2014 ").replace("...", "\u2026")


def paragraphs(first: str = FIRST, second: str = SECOND, third: str = THIRD) -> str:
    return "".join(P.format(one) for one in (first, second, third))


CONTAINED = {
    "plain paragraphs": ARTICLE,
    "upper-case tags": ARTICLE.replace("<p>", "<P>").replace("</p>", "</P>"),
    "no end tags": ARTICLE.replace("</p>", ""),
    "inline tag in a word": paragraphs(FIRST.replace("council", "c<i>oun</i>ci<b>l</b>")),
    "inline tags over words": paragraphs(FIRST.replace("met on", "<a href=/x>met <em>on</em></a>")),
    "spans": paragraphs(
        "".join(f"<span class=w>{word}</span> " for word in FIRST.split(" ")),
    ),
    "spans without blanks between": paragraphs(
        f"<span>{FIRST[:20]}</span><span>{FIRST[20:]}</span>"
    ),
    "comment in a word": paragraphs(FIRST.replace("bridge", "bri<!-- x > y -->dge")),
    "soft hyphen": paragraphs(FIRST.replace("council", "coun&shy;cil")),
    "wbr": paragraphs(FIRST.replace("council", "coun<wbr>cil")),
    "zero-width space": paragraphs(FIRST.replace("council", "coun\u200bcil")),
    "BOM inside": paragraphs("\ufeff" + FIRST),
    "direction marks": paragraphs("\u200e" + FIRST.replace("Larkmoor", "\u2068Larkmoor\u2069")),
    "nbsp": paragraphs(FIRST.replace("12 May", "12&nbsp;May")),
    "narrow nbsp": paragraphs(FIRST.replace("12 May", "12\u202fMay")),
    "line breaks in the source": paragraphs(FIRST.replace(" ", "\n   \t")),
    "CRLF in the source": paragraphs(FIRST.replace(" ", "\r\n")),
    "br": paragraphs(FIRST.replace(" and", "<br/>\nand")),
    "br between the passages": f"<div>{FIRST}<br><br>{SECOND}<BR>{THIRD}</div>",
    "curly quotes": paragraphs(second=FANCY_SECOND),
    "guillemets": paragraphs(second=SECOND.replace('"We', "«We").replace('."', ".»")),
    "quotes as references": paragraphs(
        second=FANCY_SECOND.replace("\u201c", "&ldquo;")
        .replace("\u201d", "&#8221;")
        .replace("\u2019", "&#x2019;")
    ),
    "windows-1252 references": paragraphs(
        second=SECOND.replace('"W', "&#147;W").replace("'", "&#146;")
    ),
    "references without semicolon": paragraphs(second=SECOND.replace('"', "&quot")),
    "every letter a reference": paragraphs("".join(f"&#{ord(char)};" for char in FIRST)),
    "hexadecimal references": paragraphs("".join(f"&#x{ord(char):X};" for char in FIRST)),
    "em dashes and an ellipsis": paragraphs(third=FANCY_THIRD),
    "en dashes": paragraphs(third=THIRD.replace(" - ", " &ndash; ")),
    "two hyphens for a dash": paragraphs(third=THIRD.replace(" - ", " -- ")),
    "a list": f"<ul><li>{FIRST}<li>{SECOND}<li>{THIRD}</ul>",
    "a table": f"<table><tr><td>{FIRST}<td>{SECOND}<tr><td>{THIRD}</table>",
    "definitions": f"<dl><dt>{FIRST}<dd>{SECOND}<dd>{THIRD}</dl>",
    "nested blocks": f"<main><div>{FIRST}</div><div><div>{SECOND}</div>{THIRD}</div></main>",
    "in pre": f"<pre>\n{SEED}</pre>",
    "in pre with tags": f"<pre>{FIRST}\n<b>{SECOND}</b>\n  {THIRD}</pre>",
    "in a textarea": f"<textarea>{SEED}</textarea>",
    "an advertisement between": paragraphs(FIRST + "</p><div class=ad>Buy <b>now</b></div><p>"),
    "a figure between": paragraphs(
        FIRST + "<figure><img alt=x><figcaption>Fig. 1</figcaption></figure>"
    ),
    "a script in a paragraph": paragraphs(
        FIRST.replace("12", "<script>if (a<b) '</p>'</script>12")
    ),
    "> in an attribute": paragraphs(f"<a title='a > b' data-x=\"<p>\">{FIRST}</a>"),
    "quotes in unquoted attributes": paragraphs(f"<a title=it's data=\"'\">{FIRST}</a>"),
    "an attribute without a value": paragraphs(f"<a href= title>{FIRST}</a>"),
    "a slash in attributes": paragraphs(f"<a/href=/x/ / class=a/>{FIRST}</a>"),
    "an attribute named =": paragraphs(f"<a =x==y>{FIRST}</a>"),
    "NUL in the text": paragraphs(FIRST.replace("bridge", "bri\0dge")),
    "stray <": paragraphs() + "<p>1 < 2 <3 <> </ p> x",
    "bogus comment": paragraphs(FIRST.replace("bridge", "<!x>bri<?php y ?>d</ >ge")),
    "CDATA is a bogus comment": paragraphs(FIRST.replace("bridge", "bri<![CDATA[x]]>dge")),
    "text behind a comment never closed": paragraphs() + "<!-- the rest",
    "text behind a tag never closed": paragraphs() + "<p class='x",
    "more text in the same block": f"<div>Read on. {FIRST} And: {SECOND} Also: {THIRD} Bye.</div>",
    "decomposed letters elsewhere": paragraphs() + "<p>Cafe\u0301",
    "an escaped script": "<script><!-- <script>x</script> <p>y</p> --></script>" + paragraphs(),
    "a comment with --!>": paragraphs(FIRST + "<!-- x --!>"),
    "short comments": paragraphs(FIRST.replace("bridge", "b<!-->rid<!--->ge")),
    "ruby-like custom tags": paragraphs(f"<x-a>{FIRST}</x-a>"),
}


@pytest.mark.parametrize("markup", CONTAINED.values(), ids=CONTAINED.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_contained(markup: str, digests: bool) -> None:
    done = compared(SEED, markup, digests)
    assert (done.result, done.in_order) == ("contained", True), shown(markup)


LEVELS = {
    "none": ARTICLE,
    "whitespace": ARTICLE.replace("12 May", "12&nbsp;May"),
    "typographic": paragraphs(second=FANCY_SECOND),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_the_weakest_normalisation_is_named(level: str, digests: bool) -> None:
    assert compared(SEED, LEVELS[level], digests).normalisation == level


SEEDS = {
    "hard-wrapped": SEED.replace(" and", "\nand").replace(" the ", "\n   the "),
    "CRLF": SEED.replace("\n", "\r\n"),
    "BOM": "\ufeff" + SEED,
    "curly": f"{FIRST}\n\n{FANCY_SECOND}\n\n{FANCY_THIRD}",
    "nbsp": SEED.replace("12 May", "12\xa0May"),
    "decomposed": SEED + "\n\nCafe\u0301 Noe\u0308l",
    "invisible characters around": f"\u200b{FIRST}\u200b\n\n{SECOND}\ufeff\n\n{THIRD}",
    "a paragraph that cannot be seen": f"{FIRST}\n\n\u200b\n\n{SECOND}\n\n{THIRD}",
    "blanks around": f"  {FIRST}  \n \t\n\t{SECOND}\n\n{THIRD}",
}


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_contained_however_the_seed_is_typed(seed: str, digests: bool) -> None:
    markup = ARTICLE + "<p>Caf&eacute; Noe\u0308l</p>"
    assert compared(seed, markup, digests).result == "contained"


SCRIPTS = {
    "Russian": "Совет города не получил 4,5 млн рублей — и мост закрыт.",
    "Arabic": "لم يحصل المجلس على ٤٫٥ مليون، والجسر مغلق.",
    "Hebrew with points": "הַגֶּשֶׁר סָגוּר מֵאָז 2019.",
    "Chinese": "市议会没有得到四百五十万，桥仍然关闭。",
    "Thai": "สภาเมืองไม่ได้รับเงิน ๔.๕ ล้าน สะพานจึงยังปิดอยู่",
    "Hindi": "परिषद को ४.५ करोड़ नहीं मिले। पुल बंद है।",
    "Korean": "시의회는 450만을 받지 못했고 다리는 닫혀 있다.",
    "Vietnamese": "Hội đồng không có 4,5 triệu, cây cầu vẫn đóng.",
    "emoji": "The bridge is closed 🌉❤️ for good.",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS.keys())
@pytest.mark.parametrize("form", ["{}", "<i>x</i><br>{}<br>y", "<div>—{} </div>"])
def test_any_script(text: str, form: str) -> None:
    assert compared(text, form.format(text)).result == "contained"
    assert compared(text, form.format(text), digests=True).result == "contained"


def test_letters_composed_over_tags_and_references() -> None:
    seed = "Café Noël"
    for markup in (
        "Cafe&#x301; Noe&#776;l",
        "Caf<b>e</b>\u0301 No<i>e\u0308</i>l",
        "Cafe\u0301 Noël",
    ):
        done = compared(seed, markup)
        assert done.result == "contained", markup


def test_plain_text_pages() -> None:
    assert compared(SEED, page(SEED, "text/plain; charset=utf-8")).result == "contained"
    assert compared("a <b> c", page("a <b> c\r\n", "text/plain")).result == "contained"
    assert compared("a <b> c", page("a <b> c", "")).result == "contained"
    assert compared("a c", page("\n <b>a c</b>", "")).result == "contained"


def test_xhtml_pages() -> None:
    markup = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="x"><head><script src="x"/><title>t'
        f"</title></head><body><p><![CDATA[{FIRST}]]></p><p>{SECOND}</p><a/><p>{THIRD}</p>"
        "<div hidden=''/></body></html>"
    )
    assert compared(SEED, page(markup, "application/xhtml+xml")).result == "contained"


def test_the_title_is_looked_for_apart() -> None:
    markup = f"<title>Bridge &amp;\n “closed” for good | Larkmoor</title>{ARTICLE}"
    assert compared(SEED, markup, title='Bridge & "closed"').title_found is True
    assert compared(SEED, markup, title="Bridge open").title_found is False
    assert compared(SEED, markup).title_found is None
    assert compared(SEED, markup, digests=True, title="met on 12 May").title_found is True

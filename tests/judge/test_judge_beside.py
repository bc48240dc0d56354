"""What a page says beside the screen: searched second, and told apart from what is seen."""

from __future__ import annotations

import json

import pytest

from archiver.judge.compare import Claim, Comparison, compare
from archiver.judge.corpus import MAX_PIECES
from archiver.judge.literals import literals, unescaped
from archiver.judge.page import NoText, Page
from tests.judge.judge_pages import FIRST, SECOND, SEED, THIRD, compared, page, sought


def places(done: Comparison, number: int = 1) -> list[tuple[str, str]]:
    return [(one.kind, one.field) for one in done.findings[number - 1].elsewhere]


def script(content: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{content}</script><p>Hello, world.</p>'


FIELDS = {
    "articleBody": (script(json.dumps({"articleBody": SEED})), ("json_ld", "articleBody")),
    "in a graph": (
        script(json.dumps({"@graph": [{"@type": "WebPage"}, {"articleBody": SEED}]})),
        ("json_ld", "@graph.articleBody"),
    ),
    "in a list": (script(json.dumps([{"text": [SEED]}])), ("json_ld", "text")),
    "with a line end inside": (
        script('{"articleBody": "' + FIRST + '\n"'),
        ("json_ld", "articleBody"),
    ),
    "behind broken JSON": (script('{,"a": }]]"b": ["' + FIRST), ("json_ld", "b")),
    "HTML": (script(json.dumps({"a": f"<p>{FIRST[:9]}<b>{FIRST[9:]}</b>"})), ("json_ld", "a")),
    "escaped HTML": (
        script(json.dumps({"a": f"&#8220;x&#8221; {FIRST}"})),
        ("json_ld", "a"),
    ),
    "every letter escaped": (
        script('{"a":"' + "".join(f"\\u{ord(char):04x}" for char in FIRST) + '"}'),
        ("json_ld", "a"),
    ),
    "AMP state": (
        f"<amp-state>{script(json.dumps({'a': {'b': FIRST}}), 'application/json')}</amp-state>",
        ("json", "a.b"),
    ),
    "a key without quotes": (script(f"w.x={{y:{{body:'{FIRST}'}}}}", ""), ("script", "y.body")),
    "a template literal": (script(f"x = `{FIRST}`", "module"), ("script", "")),
    "behind a regular expression": (script(f's.replace(/"/g,"{FIRST}")', ""), ("script", "")),
    "behind an apostrophe in a comment": (script(f'// it\'s\nx="{FIRST}"', ""), ("script", "")),
    "behind a string never closed": (script(f"x = 'a\ny = '{FIRST}'", ""), ("script", "")),
    "flight data": (
        script(f"self.push([1,{json.dumps(json.dumps({'children': FIRST}))}])", ""),
        ("script", "children"),
    ),
    "itemprop": (f'<p>x<meta itemprop=description content="{FIRST}">', ("meta", "description")),
    "an area": (f'<p>x<map><area alt="{FIRST}"></map>', ("alt", "alt")),
    "hidden behind the end": (f"<p>x</p><div hidden>{FIRST}", ("hidden", "")),
}


@pytest.mark.parametrize("case", FIELDS.values(), ids=FIELDS.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_where_it_stands_is_named(case: tuple[str, tuple[str, str]], digests: bool) -> None:
    markup, where = case
    done = compared(FIRST, markup, digests)
    assert (done.result, places(done)) == ("not-contained", [where])
    embedded = where[0] in ("json_ld", "json", "script", "meta")
    assert done.embedded == ("found" if embedded else "not-found")


def test_how_much_of_it_is_embedded() -> None:
    some = script(json.dumps({"articleBody": f"{FIRST}\n\n{SECOND}"}))
    assert compared(SEED, some).embedded == "partial"
    assert compared(SEED, some + f"<p>{THIRD}").embedded == "found"
    assert compared(SEED, f"{some}<p>{FIRST}<p>{SECOND}<p>{THIRD}").embedded is None
    assert compared(SEED, "<p>x").embedded == "not-found"


def test_an_altered_passage_that_stands_whole_in_data() -> None:
    done = compared(FIRST, script(json.dumps({"a": FIRST})) + f"<p>{FIRST.replace('12', '13')}")
    assert [one.status for one in done.findings] == ["altered"]
    assert places(done) == [("json_ld", "a")]


def test_no_passage_is_found_across_two_strings() -> None:
    half = FIRST.index(" met")
    parts = json.dumps({"a": FIRST[:half], "b": FIRST[half + 1 :]})
    assert places(compared(FIRST, script(parts))) == []
    assert compared(FIRST, page(parts, "application/json")).result == "not-contained"


def test_each_field_is_named_once_and_a_few_at_most() -> None:
    twice = script(json.dumps([{"a": FIRST}] * 3))
    assert places(compared(FIRST, twice)) == [("json_ld", "a")]
    many = script(json.dumps({f"k{number}": FIRST for number in range(20)}))
    assert len(places(compared(FIRST, many))) == 5


def test_a_shell_without_text_is_not_compared_and_says_what_it_holds() -> None:
    markup = f"<div id=root></div>{script(json.dumps({'a': FIRST})).replace('Hello, world.', '')}"
    read = page(markup)
    assert read == NoText("no_page_text")
    done = compared(f"{FIRST}\n\n{SECOND}", read)
    assert (done.result, done.reason, done.embedded) == (
        "not-comparable",
        "no_page_text",
        "partial",
    )
    assert [one.status for one in done.findings] == ["not-compared"] * 2
    assert (done.count("found"), done.count("missing")) == (0, 0)
    assert places(done) == [("json_ld", "a")]


@pytest.mark.parametrize("shown", [True, False])
def test_a_shell_that_needs_a_script(shown: bool) -> None:
    read = page(script(json.dumps({"a": FIRST})) + (f"<p>{FIRST}" if shown else ""))
    assert isinstance(read, Page)
    done = compare(Claim(passages=sought(FIRST)), read, needs_script=True)
    if shown:
        assert (done.result, done.reason) == ("contained", None)
    else:
        assert (done.result, done.reason) == ("not-comparable", "needs_script")
        assert places(done) == [("json_ld", "a")]


def test_more_than_is_looked_through_is_told() -> None:
    many = script("[" + '"a b",' * (MAX_PIECES + 1) + json.dumps(FIRST))
    done = compared(FIRST, many)
    assert (done.embedded, done.embedded_whole) == ("not-found", False)
    assert compared(FIRST, script('["a b"]')).embedded_whole is True
    assert page('["a",' * (MAX_PIECES + 1), "application/json") == NoText("too_large")


STRUCK = {
    "del": "<del>{}</del>",
    "s": "<p><s>{}</s>",
    "strike": "<strike>{}</strike>",
    "style": "<p style='text-decoration:line-through'>{}",
    "style, long": "<p style='text-decoration-line: underline line-through'>{}",
    "inside": "<del><p>x<p>{}</del>",
    "a text area inside": "<del><textarea>{}</textarea></del>",
    "pre": "<pre><s>{}</s></pre>",
    "s over a paragraph": "<p><s>x<p>{}</s>",
}
NOT_STRUCK = {
    "ins": "<ins>{}</ins>",
    "behind": "<p><del>x</del> {}",
    "before": "<p>{}<s>x</s>",
    "style": "<p style='text-decoration: underline'>{}",
    "style that wins": "<p style='text-decoration:line-through;text-decoration:none'>{}",
    "a text area behind": "<p><del>x</del> <textarea>{}</textarea>",
    "a paragraph behind one never closed": "<div><del>x</div><p>{}",
    "also elsewhere": "<p><del>{0}</del><p>{0}",
}


@pytest.mark.parametrize("form", STRUCK.values(), ids=STRUCK.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_struck_text_is_not_found(form: str, digests: bool) -> None:
    done = compared(FIRST, form.format(FIRST), digests)
    assert done.result == "not-contained"
    assert places(done) == [("struck", "")]
    if not digests:
        nearest = done.findings[0].nearest
        assert nearest is not None
        assert {one.kind for one in nearest.changes} == {"struck"}


@pytest.mark.parametrize("form", NOT_STRUCK.values(), ids=NOT_STRUCK.keys())
def test_what_is_not_struck_is_found(form: str) -> None:
    assert compared(FIRST, form.format(FIRST)).result == "contained"


CONTEXTS = {
    "nothing": ("<p>{}</p>", "", ""),
    "before": ("<p>It is false that {}</p>", "It is false that", ""),
    "behind": ("<p>{} This was untrue.</p>", "", "This was untrue."),
    "a question mark": ("<p>{}?</p>", "", "?"),
    "other blocks": ("<h1>a</h1>b<p>{}</p>c", "", ""),
    "a line": ("a<br>{}<br>b", "", ""),
    "blanks": ("<p> &nbsp;{}&#8203; </p>", "", ""),
    "inline": ("<p><b>Not so:</b> <i>{}</i> <a>x</a></p>", "Not so:", "x"),
    "long": ("<p>" + "word " * 99 + "{}</p>", ("word " * 40).strip(), ""),
}


@pytest.mark.parametrize("case", CONTEXTS.values(), ids=CONTEXTS.keys())
@pytest.mark.parametrize("digests", [False, True], ids=["text", "digests"])
def test_the_paragraph_around_a_passage(case: tuple[str, str, str], digests: bool) -> None:
    form, before, behind = case
    done = compared(FIRST, form.format(FIRST), digests)
    context = done.findings[0].context
    assert done.result == "contained"
    assert context is not None
    assert (context.before, context.behind, context.lines) == (before, behind, 1)
    assert done.within == bool(before or behind)


def test_passages_in_one_paragraph_are_no_context_of_each_other() -> None:
    done = compared(SEED, f"<p>Here: {FIRST} {SECOND} But {THIRD}</p>")
    contexts = [one.context for one in done.findings if one.context]
    assert [(one.before, one.behind) for one in contexts] == [
        ("Here:", ""),
        ("", "But"),
        ("But", ""),
    ]


def test_a_plain_text_has_paragraphs_of_several_lines() -> None:
    wrapped = FIRST.replace(" and", "\nand")
    done = compared(FIRST, page(f"a\n\nNot so:\n{wrapped}\nEnd.\n \nb\n", "text/plain"))
    context = done.findings[0].context
    assert context is not None
    assert (context.before, context.behind, context.lines) == ("Not so:", "End.", 2)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{"a": "b", "c": ["d", {"e": "f"}], "g": "h"}', ["a=b", "c=d", "c.e=f", "g=h"]),
        ('{"a": {"b": "c"}, "d": ""}', ["a.b=c"]),
        ("]]}}", []),
        ('"a', ["=a"]),
        (r'"a\"b"', [r"=a\"b"]),
    ],
)
def test_literals_of_json(source: str, expected: list[str]) -> None:
    found = literals(source, 0, len(source), json=True)
    assert [
        f"{one.parent}{'.' if one.parent else ''}{one.key}={source[one.start : one.end]}"
        for one in found
    ] == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"a\n\t\/\"\\b", 'a\n\t/"\\b'),
        (r"\u00e9\ud83d\ude00\u{1F600}\x41", "é😀😀A"),
        (r"\ud83dx \ude00 \u0000 \u{110000}", "\ufffdx \ufffd  \ufffd"),
        ("a\\\nb\\", "ab"),
        (r"\q\u12", "qu12"),
    ],
)
def test_escapes(source: str, text: str) -> None:
    pieces = list(unescaped(source, 0, len(source)))
    assert "".join(piece for piece, _, _ in pieces) == text
    assert [at for _, at, _ in pieces] == sorted({at for _, at, _ in pieces})
    assert sum(size for _, _, size in pieces) == len(source)

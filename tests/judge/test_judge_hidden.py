"""What nobody sees is not counted, and what is seen behind it is."""

from __future__ import annotations

import pytest

from tests.judge.judge_pages import FIRST, compared, shown

HIDDEN = {
    "comment": "<!-- {} -->",
    "comment with tags": "<!-- <p>{}</p> -->",
    "open comment": "x<!-- {}",
    "script": "<script>var x = '{}'</script>",
    "script with a tag name inside": "<script>x = '</scripty>{}'</script>",
    "json": '<script type="application/ld+json">{{"articleBody": "{}"}}</script>',
    "open script": "<script>{}",
    "escaped script": "<script><!-- <script> </script> {} --></script>",
    "style": "<style>p::after {{ content: '{}' }}</style>",
    "noscript": "<noscript><p>{}</p></noscript>",
    "template": "<template><p>{}</p></template>",
    "iframe": "<iframe><p>{}</p></iframe>",
    "title": "<title>{}</title>",
    "attributes": '<img alt="{0}" title="{0}"><meta content="{0}"><input value="{0}">',
    "hidden": "<p hidden>{}</p>",
    "hidden with a value": '<p hidden="">{}',
    "hidden, upper case": "<P HIDDEN=until-found>{}</P>",
    "hidden around": "<div hidden><div><p>x</p></div><p>{}</p></div>",
    "hidden list item": "<ul><li hidden>{}<li>x</ul>",
    "hidden cell": "<table><tr><td hidden>{}<td>x</table>",
    "hidden row": "<table><tr hidden><td>x<td>{}<tr><td>y</table>",
    "hidden span over an end tag": "<p><b hidden>x<p>{}</b>",
    "display: none": '<p style="color: red; display : none">{}</p>',
    "display: none !important": '<p style="DISPLAY:none!important">{}</p>',
    "display: none as references": '<p style="display&#58;none">{}</p>',
    "visibility": "<div style='visibility:hidden'><p>{}</p></div>",
    "closed dialog": "<dialog><p>{}</p></dialog>",
    "datalist": "<datalist><option>{}</datalist>",
    "bogus comment": "<!{}>",
    "processing instruction": "<?{}>",
    "CDATA": "<![CDATA[{}]]>",
    "attribute never closed": '<a href="{}',
    "tag never closed": "<a {}",
    "end tag never closed": "</a {}",
}


@pytest.mark.parametrize("form", HIDDEN.values(), ids=HIDDEN.keys())
def test_hidden_text_is_not_counted(form: str) -> None:
    markup = "<p>Something else.</p>" + form.format(FIRST.rstrip("."))
    assert compared(FIRST.rstrip("."), markup).result == "not-contained", shown(markup)


# Each hides its first X alone; {} must be seen.
SEEN = {
    "behind a hidden paragraph without end": "<p hidden>X<p>{}",
    "behind a hidden paragraph and a block": "<p hidden>X<div>{}</div>",
    "behind a hidden list item": "<ul><li hidden>X<li>{}</ul>",
    "behind a hidden list item with a list": "<ul><li hidden>X<ul><li>X</ul><li>{}</ul>",
    "behind a hidden division in a section": "<section><div hidden>X</section><p>{}",
    "behind a hidden span in a paragraph": "<p><span hidden>X</p><p>{}</p>",
    "behind a hidden span in a cell": "<table><tr><td><span hidden>X</td><td>{}</td></table>",
    "behind a hidden row": "<table><tr hidden><td>X<tr><td>{}</table>",
    "behind a hidden section of rows": "<table><thead hidden><tr><td>X<tbody><tr><td>{}</table>",
    "behind a hidden cell": "<table><tr><td hidden>X<td>{}</table>",
    "behind a hidden table": "<div><table hidden><tr><td>X</div></table><p>{}",
    "behind hidden boxes in boxes": "<div hidden><div>X</div>X</div>{}",
    "behind a hidden term": "<dl><dt hidden>X<dd>{}</dl>",
    "behind a hidden link": "<a hidden>X<a href=x>{}</a>",
    "behind a hidden bold": "<b hidden>X</b>{}",
    "behind crossed tags": "<i><b hidden>X</i>X</b>{}",
    "behind a hidden heading": "<h2 hidden>X</h3><p>{}",
    "behind a hidden void element": "<input hidden><br hidden><img hidden>{}",
    "behind a hidden option": "<select><option hidden>X<option>{}</select>",
    "behind a hidden text area": "<textarea hidden>X</p></textarea>{}",
    "behind a hidden drawing": "<svg hidden><text>X</text></svg>{}",
    "behind a drawing without end": "<svg hidden><text>X<p>{}",
    "behind a void title in a drawing": "<svg><title/><style/></svg>{}",
    "behind a template": "<template>X<p>X</template>{}",
    "behind a template in a table": "<table><template><tr><td>X</template><tr><td>{}</table>",
    "behind an end tag of nothing": "<div hidden>X</div></div></p></b>{}",
    "behind a wrong end tag": "<div hidden><span>X</p></span></div>{}",
    "in a body that a script will show": "<body style='visibility:hidden'>{}",
    "in an open dialog": "<dialog open>{}</dialog>",
    "in a style that shows": "<p style='display:none;display:block'>{}</p>",
    "in a style that speaks of it": "<p style='x-display:none;font-family:hidden'>{}</p>",
    "in a drawing": "<svg><text>{}</text></svg>",
    "behind an empty script": "<script></script><script src=x></script >{}",
    "behind a strange end tag": "<script>X</script\n/x>{}",
    "behind an escaped script": "<script><!-- X --></script>{}",
    "behind an upper-case end tag": "<STYLE>X</Style>{}",
    "behind the end of the body": "</body></html>{}",
}


@pytest.mark.parametrize("form", SEEN.values(), ids=SEEN.keys())
def test_what_is_behind_hidden_text_is_seen(form: str) -> None:
    text = shown(form.format(FIRST))
    assert FIRST in text
    assert "X" not in text


def test_blocks_stand_on_lines_of_their_own() -> None:
    assert shown("a<p>b</p>c<div>d<br>e</div><ul><li>f<li>g</ul>h <b> i</b>  j") == (
        "a\nb\nc\nd\ne\nf\ng\nh i j"
    )
    assert shown("<pre>a\r\n b</pre><table><td>c<td>d</table><textarea>e\nf</textarea>") == (
        "a\n b\nc\nd\ne\nf"
    )


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&amp;&lt;&GT;&quot;&apos;", "&<>\"'"),
        ("&notit; &copy2024 &nosuch; &", "¬it; ©2024 &nosuch; &"),
        ("&#0; &#xD800; &#x110000; &#99999999999;", "\ufffd \ufffd \ufffd \ufffd"),
        ("&#128; &#x9f; &#129;", "€ Ÿ \x81"),
        ("&#0000000000065;&#x000000000000041", "AA"),
        ("&#; &#x; &;", "&#; &#x; &;"),
        ("&NotEqualTilde;", "≂̸"),
        ("a&#10;&#32;b", "a b"),
        ("a < b <3 <", "a < b <3 <"),
        ("a </ b> c", "a c"),
        ("a </", "a"),
        ("\N{KELVIN SIGN}<\N{KELVIN SIGN}>", "K<K>"),
    ],
)
def test_references_and_stray_signs(source: str, text: str) -> None:
    assert shown(source) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a<plaintext><b>x</b> &amp; y", "a\n<b>x</b> &amp; y"),
        ("<p>a<xmp><b>x &amp;</b></xmp>b", "a\n<b>x &amp;</b>\nb"),
        ("<div hidden><xmp>x</xmp></div>z", "z"),
        ("<textarea>x &amp; <b>y</b></textarea>", "x & <b>y</b>"),
        ("<textarea hidden>x</textarea>z", "z"),
        ("<svg><text><![CDATA[in <b>]]></text></svg>z", "in <b>z"),
        ("<svg hidden><text><![CDATA[in]]></text></svg>z", "z"),
        ("<svg><text><![CDATA[open", "open"),
        ("<p>10<sup>5</sup> and word<sup>2</sup>", "10⁵ and word2"),
        ("<p>x</p>&bogus; &lt;b&gt; &#x41;", "x\n&bogus; <b> A"),
    ],
)
def test_text_that_is_taken_as_it_stands(markup: str, text: str) -> None:
    assert shown(markup) == text

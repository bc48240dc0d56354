"""The one style sheet: a sober page on a screen of any width, light or dark, and on paper."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --card: #ffffff; --ink: #1b1a17; --soft: #57534a; --line: #ddd8cc;
  --tint: #f2efe7; --accent: #23456b;
  --good: #1c6238; --good-tint: #e5f1e8; --care: #7a4a00; --care-tint: #fbf0da;
  --bad: #9a1d1d; --bad-tint: #fbe7e5; --flat: #3d4a5c; --flat-tint: #e8ecf2;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15171a; --card: #1c1f23; --ink: #e9e6df; --soft: #aca79b; --line: #3a3d42;
    --tint: #23262b; --accent: #9cc1ea;
    --good: #86d3a1; --good-tint: #1a3124; --care: #efc070; --care-tint: #382b13;
    --bad: #f5a29b; --bad-tint: #402020; --flat: #b9c6d8; --flat-tint: #2a313b;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; padding: 0 1.1rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 var(--sans); overflow-wrap: anywhere;
}
.sheet { max-width: 51rem; margin: 0 auto; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.22; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.2vw, 2.5rem); margin: .25rem 0 .5rem; }
h2 { font-size: 1.4rem; margin: 0 0 .8rem; }
h3 { font-size: 1.08rem; margin: 1.6rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: .17rem solid var(--accent); outline-offset: .15rem; border-radius: .15rem;
}
header { padding: 2.6rem 0 0; }
.kicker, .when { color: var(--soft); font-size: .88rem; margin: 0; }
.kicker { letter-spacing: .08em; text-transform: uppercase; font-size: .78rem; font-weight: 600; }
.kicker code { text-transform: none; letter-spacing: 0; font-size: 1em; }
.lead { color: var(--soft); font-size: 1.02rem; margin: 0 0 1.4rem; }
section { border-top: 1px solid var(--line); margin-top: 2.4rem; padding-top: 1.5rem; }
.note { color: var(--soft); font-size: .92rem; }
code, .code { font-family: var(--mono); font-size: .82em; }
pre { margin: 0; white-space: pre-wrap; font: .8rem/1.5 var(--mono); }
.x {
  font-family: var(--mono); font-size: .78em; color: var(--bad); background: var(--bad-tint);
  border-radius: .2em; padding: 0 .15em; direction: ltr; unicode-bidi: isolate;
}

.verdict {
  background: var(--card); border: 1px solid var(--line); border-left: .4rem solid var(--flat);
  border-radius: .35rem; padding: 1.1rem 1.3rem 1.2rem; margin: 0 0 1.1rem;
}
.verdict.good { border-left-color: var(--good); }
.verdict.care { border-left-color: var(--care); }
.verdict.bad { border-left-color: var(--bad); }
.verdict .say { font: 500 1.28rem/1.4 var(--serif); margin: .4rem 0 0; text-wrap: pretty; }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; }
.chip {
  display: inline-block; white-space: nowrap; color: var(--flat);
  font-size: .8rem; font-weight: 600; line-height: 1.35;
  background: var(--flat-tint); border-radius: 1rem; padding: .16rem .68rem;
}
.chip.good { color: var(--good); background: var(--good-tint); }
.chip.care { color: var(--care); background: var(--care-tint); }
.chip.bad { color: var(--bad); background: var(--bad-tint); }

.findings {
  display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
  gap: .7rem; margin: 1rem 0; padding: 0; list-style: none;
}
.findings li {
  background: var(--card); border: 1px solid var(--line); border-radius: .35rem;
  padding: .7rem .95rem .8rem;
}
.findings .of { display: flex; justify-content: space-between; gap: .6rem; align-items: baseline; }
.findings p { margin: .3rem 0 0; font-size: .92rem; }
.caution {
  background: var(--care-tint); border-radius: .35rem; padding: .8rem 1.1rem; margin: 1.1rem 0 0;
}
.caution h2 { margin: 0 0 .3rem; color: var(--care); font: 600 .92rem var(--sans); }
.caution ul { margin: 0; padding-left: 1.1rem; }
.caution li { margin: .2rem 0; font-size: .94rem; }

.facts { margin: 0; display: grid; grid-template-columns: minmax(0, 1fr); }
.facts > div {
  display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .1rem 1rem;
  padding: .38rem 0; border-bottom: 1px solid var(--line);
}
.facts > div:last-child { border-bottom: 0; }
.facts dt { color: var(--soft); font-size: .88rem; padding-top: .08rem; }
.facts dd { margin: 0; }
.facts dd p:first-child { margin-top: 0; }
@media (max-width: 34rem) { .facts > div { grid-template-columns: minmax(0, 1fr); } }
.small .facts > div, .facts.small > div { padding: .2rem 0; border: 0; font-size: .9rem; }

nav.contents { margin: 1.4rem 0 0; font-size: .92rem; }
nav.contents ul {
  list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem;
}

.passages, .hops, .plain { list-style: none; margin: 0; padding: 0; }
.passages > li, .hops > li { padding: .95rem 0; border-bottom: 1px solid var(--line); }
.passages > li:last-child, .hops > li:last-child { border-bottom: 0; }
.of-passage { display: flex; flex-wrap: wrap; gap: .3rem .7rem; align-items: baseline; }
.of-passage .place { color: var(--soft); font-size: .82rem; }
@media (min-width: 34rem) { .of-passage .place { margin-left: auto; } }
.quoted { font: 1.04rem/1.62 var(--serif); margin: .45rem 0 0; overflow: clip; }
.around { color: var(--soft); }
.around::before { content: "⟨"; } .around::after { content: "⟩"; }
del, ins { padding: .02em .2em; border-radius: .2em; box-decoration-break: clone; }
del { color: var(--bad); background: var(--bad-tint); text-decoration: line-through; }
ins { color: var(--good); background: var(--good-tint); text-decoration: underline; }
.who { font: 600 .72em var(--sans); text-decoration: none; display: inline-block; opacity: 1; }
.hops .url { font-weight: 600; margin: 0 0 .3rem; }

.scroll { overflow-x: auto; }
.scroll + .scroll, .facts + .scroll, .facts + .facts { margin-top: 1.5rem; }
table {
  border-collapse: collapse; width: 100%; font-size: .9rem; margin: .4rem 0 0;
  overflow-wrap: break-word;
}
td bdi, th bdi, td code, th code { overflow-wrap: anywhere; }
caption { text-align: left; color: var(--soft); font-size: .88rem; padding-bottom: .35rem; }
th, td {
  text-align: left; vertical-align: top; padding: .42rem .8rem .42rem 0;
  border-bottom: 1px solid var(--line);
}
th { font-weight: 600; }
tbody th { font-weight: 500; }
thead th { color: var(--soft); font-size: .82rem; border-bottom-color: var(--soft); }
td:last-child, th:last-child { padding-right: 0; }
.num { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.grow { min-width: 14rem; }

details {
  border: 1px solid var(--line); border-radius: .35rem; background: var(--card); margin: .9rem 0 0;
}
summary { cursor: pointer; padding: .6rem .95rem; font-weight: 600; }
details > :not(summary) { margin-left: .95rem; margin-right: .95rem; }
details > :last-child { margin-bottom: .9rem; }
.shown { font: .98rem/1.6 var(--serif); max-height: 40rem; overflow: auto; }
.shown p { margin: .35rem 0; }

.kinds > div { display: grid; grid-template-columns: 8.2rem minmax(0, 1fr); gap: .2rem 1rem; }
.kinds > div { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.kinds > div:last-child { border-bottom: 0; }
.kinds h3 { margin: .1rem 0 0; }
.kinds ul, .limits { margin: 0; padding-left: 1.1rem; }
.kinds li, .limits li { margin: .25rem 0; }
@media (max-width: 34rem) { .kinds > div { grid-template-columns: minmax(0, 1fr); } }
footer {
  border-top: 1px solid var(--line); margin: 2.6rem 0 3rem; padding-top: 1rem;
  color: var(--soft); font-size: .88rem;
}

.tally { display: flex; flex-wrap: wrap; gap: .5rem 1.6rem; margin: 0 0 .6rem; padding: 0; }
.tally li { list-style: none; }
.tally b { font: 600 1.5rem var(--serif); margin-right: .35rem; }
.cases td, .cases th[scope=row] { padding-top: .6rem; padding-bottom: .6rem; }
.cases .sub { display: block; color: var(--soft); font-size: .84rem; font-weight: 400; }

.letter header { padding-top: 1.6rem; }
.letter h1 { font-size: 1.6rem; }
.letter h2 { font-size: 1.1rem; margin: 0 0 .4rem; }
.letter .lead { margin: 0 0 .8rem; }
.letter section { margin-top: 1rem; padding-top: .8rem; }
.letter ol, .letter ul { margin: 0; padding-left: 1.4rem; }

@media print {
  @page {
    margin: 17mm 17mm 19mm;
    @bottom-right {
      content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #45423b;
    }
  }
  html { font-size: 9.6pt; }
  :root {
    color-scheme: light;
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --soft: #45423b; --line: #c9c4b8;
    --tint: #f4f2ec; --accent: #000000;
    --good: #1c6238; --good-tint: #eef6f0; --care: #6b4100; --care-tint: #fdf6e7;
    --bad: #8c1a1a; --bad-tint: #fdf0ef; --flat: #3d4a5c; --flat-tint: #eef1f5;
  }
  body { padding: 0; line-height: 1.45; }
  .sheet { max-width: none; }
  header { padding-top: 0; }
  h1 { font-size: 21pt; } h2 { font-size: 14pt; } h3 { font-size: 11pt; }
  h1, h2, h3, summary, caption, thead, .url, .of-passage { break-after: avoid; }
  .verdict .say { font-size: 13pt; }
  footer { break-before: avoid; margin-bottom: 0; }
  section { margin-top: 16pt; padding-top: 12pt; }
  .verdict, .caution, .findings li, tr, .facts > div, .of-passage { break-inside: avoid; }
  .chip, .verdict, .caution, del, ins, .x {
    print-color-adjust: exact; -webkit-print-color-adjust: exact;
  }
  .findings { grid-template-columns: 1fr 1fr; }
  p, li { orphans: 3; widows: 3; }
  nav.contents { display: none; }
  a { text-decoration: none; }
  .scroll, .shown { overflow: visible; max-height: none; }
  details { border: 0; border-radius: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  summary { list-style: none; padding: .3rem 0; }
  summary::marker { content: ""; }
  details > :not(summary) { margin-left: 0; margin-right: 0; }
  .letter { font-size: .92em; line-height: 1.38; }
  .letter header { padding-top: 0; }
  .letter section { margin-top: .6rem; padding-top: .55rem; }
  .letter .facts > div { padding: .18rem 0; }
  .letter dd br { display: none; }
  .letter dd code { margin-right: 1ch; }
}
"""

"""What comparing costs: a page of 5 MB against a text of 50 kB, and pages made to be slow.

One process, CPU seconds, the best of some runs. One command: `python bench/compare.py`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

from timing import table

from archiver.case.seedtext import read_seed_text
from archiver.http1 import Head
from archiver.judge.compare import Claim, Comparison, compare
from archiver.judge.page import page_of
from archiver.judge.seed import Passage, passages

_WORDS = "bridge council money larkmoor repair closed river while".split()
_FIELDS = (("content-type", "text/html; charset=utf-8"),)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=float, default=5, help="size of the page's text [5]")
    parser.add_argument("--runs", type=int, default=3, help="of each comparison [3]")
    asked = parser.parse_args()
    size = int(asked.mb * 1_000_000)
    print(
        f"Python {sys.version.split()[0]}, CPU seconds, the best of {asked.runs} runs; "
        f"{asked.mb:g} MB of page text, reading and comparing.\n"
    )
    rows = [_row(name, make(size), asked.runs) for name, make in _CASES.items()]
    table(("page", "MB", "read, s", "compare, s", "result"), rows)


def _row(name: str, what: tuple[str, tuple[Passage, ...]], runs: int) -> tuple[str, ...]:
    markup, sought = what
    body = markup.encode()
    best, result = (float("inf"), float("inf")), ""
    for _ in range(runs):
        spent, done = _once(body, sought)
        best, result = min(best, spent, key=sum), done.result
    return name, f"{len(body) / 1e6:.1f}", f"{best[0]:.2f}", f"{best[1]:.2f}", result


def _once(body: bytes, sought: tuple[Passage, ...]) -> tuple[tuple[float, float], Comparison]:
    start = time.process_time()
    page = page_of(Head(status=200, fields=_FIELDS, size=0), body)
    read = time.process_time()
    done = compare(Claim(passages=sought), page)
    return (read - start, time.process_time() - read), done


def _article(size: int) -> list[str]:
    """Paragraphs of about 370 characters, no two alike."""
    line = " ".join(islice(cycle(_WORDS), 50))
    return [f"No. {number}: {line} {number * 7}." for number in range(size // len(line))]


def _markup(paragraphs: list[str]) -> str:
    return "".join(
        f'<div id=p{number}>\n  <p>{text[:90]}<a href="/{number}">{text[90:]}</a></p></div>'
        for number, text in enumerate(paragraphs)
    )


def _sought(texts: list[str], *, digests: bool = False) -> tuple[Passage, ...]:
    found = passages(read_seed_text("\n\n".join(texts).encode(), plain=True))
    if not digests:
        return found
    return tuple(Passage(number=one.number, forms=one.forms) for one in found)


def _some(paragraphs: list[str], characters: int = 50_000) -> list[str]:
    middle = len(paragraphs) // 2
    return paragraphs[middle : middle + characters // len(paragraphs[0])]


def _contained(size: int) -> tuple[str, tuple[Passage, ...]]:
    paragraphs = _article(size)
    return _markup(paragraphs), _sought(_some(paragraphs))


def _altered(size: int) -> tuple[str, tuple[Passage, ...]]:
    paragraphs = _article(size)
    changed = [text.replace("money", "honey", 1) for text in _some(paragraphs)]
    return _markup(paragraphs), _sought(changed)


def _missing(size: int) -> tuple[str, tuple[Passage, ...]]:
    texts = [f"Nothing of it stands there, nor number {number}." * 8 for number in range(130)]
    return _markup(_article(size)), _sought(texts)


def _digests(size: int) -> tuple[str, tuple[Passage, ...]]:
    paragraphs = _article(size)
    return _markup(paragraphs), _sought(_some(paragraphs), digests=True)


def _few_digests(size: int) -> tuple[str, tuple[Passage, ...]]:
    paragraphs = _article(size)
    texts = [f"{text} x" for text in _some(paragraphs, 4000)]
    return _markup(paragraphs), _sought(texts, digests=True)


def _embedded(size: int) -> tuple[str, tuple[Passage, ...]]:
    paragraphs = _article(size)
    data = json.dumps({"@graph": [{"articleBody": text} for text in paragraphs]})
    markup = f'<p>Hello.</p><script type="application/ld+json">{data}</script>'
    return markup, _sought(_some(paragraphs))


def _alike(size: int) -> tuple[str, tuple[Passage, ...]]:
    line = " ".join(islice(cycle(_WORDS), 50))
    texts = [f"{line} and {number}." for number in range(130)]
    return f"<p>{line} or so.</p>" * (size // len(line)), _sought(texts)


def _of(unit: str) -> Callable[[int], tuple[str, tuple[Passage, ...]]]:
    text = "a " * 1000
    return lambda size: (unit * (size // len(unit)), _sought([text, "a b c d e f", f"{text}x"]))


_CASES: dict[str, Callable[[int], tuple[str, tuple[Passage, ...]]]] = {
    "an article, the text found": _contained,
    "an article, every passage altered": _altered,
    "an article, every passage missing": _missing,
    "by digests, found": _digests,
    "by digests, ten passages missing": _few_digests,
    "the text in JSON-LD only": _embedded,
    "paragraphs almost alike": _alike,
    "`a ` again and again, in one line": _of("a "),
    "`<div>` in `<div>`": _of("<div>"),
    "`<del>a b</del> `": _of("<del>a b</del> "),
}


if __name__ == "__main__":
    main()

"""What telling the change between two large pages costs, against reading them and `git diff`.

Whole processes, by turns, on the same two pages: paragraphs without an equal, one word in
each n-th changed, some gone, some new. One command: `python bench/change.py`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from timing import Contestant, alternate, table, tool

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def paragraphs(size: int) -> list[str]:
    """Paragraphs of some 400 characters that make up a page of that size."""
    words = "bridge council money larkmoor repair closed river while " * 7
    return [f"No. {number}: {words}{number * 7}." for number in range(size // 410)]


def edited(texts: list[str]) -> list[str]:
    """The same after a word was changed in each tenth, and each thousandth went or came."""
    other = [one if at % 10 else one.replace("money", "honey", 1) for at, one in enumerate(texts)]
    return [one for at, one in enumerate(other) if at % 1000] + ["Nothing else is known."]


def judge(files: list[Path], *, only_read: bool) -> None:
    """Read the pages, and tell the change between their texts."""
    from archiver.judge.blocks import blocks_of
    from archiver.judge.edits import edits, word_changes
    from archiver.judge.matching import Work
    from archiver.judge.page import Page, page_of, read_response

    read = [page_of(*read_response([HEAD, file.read_bytes()])) for file in files]
    pages = [one for one in read if isinstance(one, Page)]
    if only_read:
        return
    before, after = ([one.key for one in blocks_of(page, ())] for page in pages)
    work = Work()
    for one in edits(before, after, work):
        if one.kind == "changed" and one.before and one.after:
            word_changes(before[one.before[0]], after[one.after[0]], work)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each command [5]")
    parser.add_argument("--mb", type=float, default=5, help="size of each page, 10^6 octets [5]")
    parser.add_argument("--judge", choices=("read", "change"), help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.judge:
        judge(chosen.files, only_read=chosen.judge == "read")
        return
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as folder:
        _measure(Path(folder), int(chosen.mb * 1e6), chosen.runs)


def _measure(folder: Path, size: int, runs: int) -> None:
    texts = paragraphs(size)
    html, plain = [], []
    for name, side in (("before", texts), ("after", edited(texts))):
        html.append(folder / f"{name}.html")
        html[-1].write_text("".join(f"<div><p>{one}</p></div>\n" for one in side))
        plain.append(folder / f"{name}.txt")
        plain[-1].write_text("\n".join(side))
    ours = [sys.executable, __file__, "--judge"]
    git = tool("git")
    words = ["diff", "--no-index", "--patience", "--word-diff"]
    read = Contestant("reading both pages", [*ours, "read", *map(str, html)])
    contestants = [
        read,
        Contestant("reading both, and the change", [*ours, "change", *map(str, html)]),
        Contestant(
            "`git diff --word-diff` of the texts",
            None if git is None else [git, *words, *map(str, plain)],
            ends=(1,),
        ),
    ]
    alternate(contestants, runs)
    print(f"Python {sys.version.split()[0]}, two pages of {size / 1e6:g} MB, medians of {runs}.\n")
    rows = []
    for one in contestants:
        if one.command is None:
            rows.append((one.name, *["not installed"] * 4))
            continue
        wall, cpu, peak = one.medians()
        rows.append(
            (one.name, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}", f"{cpu / read.medians()[1]:.2f}")
        )
    table(("what", "wall, s", "CPU, s", "peak, MiB", "CPU, × reading"), rows)


if __name__ == "__main__":
    main()

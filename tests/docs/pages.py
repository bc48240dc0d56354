"""A document's commands and what it says of them, as a reader with a terminal takes them.

- A block of the language `sh` holds commands. Lines that end in a backslash go on, and so does what
  stands in a here-document.
- A block without a language (or `text`) right behind one is what its commands print, every line
  of it; `…` stands for any characters of a line, and alone on a line for any lines.
- `# ends with 6` (or `ends with 6` within a comment) is a command's exit code, where it is not 0.
- `# not run by our tests: WHY` is the first line of a block that only a reader can run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_FENCE = re.compile(r"^```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^```$\n?", re.M | re.S)
_NOT_RUN = re.compile(r"# not run by our tests: \S")
_ENDS = re.compile(r"#.*\bends with (\d+)")
_HERE = re.compile(r"<<'(\w+)'")


@dataclass(frozen=True)
class Command:
    """One command of the shell; `ends` is the exit code that the page gives it."""

    text: str
    ends: int


@dataclass(frozen=True)
class Block:
    """The commands of a block, and what the page says that they print together."""

    commands: tuple[Command, ...]
    prints: str | None
    run: bool


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(text: str) -> list[Block]:
    """The blocks of commands of a page, in order."""
    fences = [*_FENCE.finditer(text)]
    made = []
    for number, fence in enumerate(fences):
        if fence["language"] != "sh":
            continue
        behind = fences[number + 1] if number + 1 < len(fences) else None
        prints = None
        if behind is not None and behind["language"] in ("", "text"):
            between = text[fence.end() : behind.start()]
            prints = behind["text"] if not between.strip() else None
        run = _NOT_RUN.match(fence["text"]) is None
        made.append(Block(tuple(_commands(fence["text"])), prints, run))
    return made


def _commands(text: str) -> list[Command]:
    made, lines = [], iter(text.splitlines())
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        whole = line
        while whole.endswith("\\"):
            whole += "\n" + next(lines)
        here = _HERE.search(whole)
        ends = _ENDS.search(whole.partition("\n")[0] if here else whole)
        if here:
            for line in lines:
                whole += "\n" + line
                if line == here[1]:
                    break
        made.append(Command(whole, int(ends[1]) if ends else 0))
    return made


def printed(says: str) -> re.Pattern[str]:
    """What the page says is printed, as a pattern of all that is."""
    lines = []
    for line in says.splitlines():
        if line.strip() == "…":
            lines.append(r"(?:[^\n]*\n)*?")
        else:
            lines.append("[^\n]*".join(map(re.escape, line.split("…"))) + r"\n")
    return re.compile("".join(lines))

"""The ledger's news as Markdown, for the summary of a CI run or an issue.

Whatever comes from outside stands in code spans; a summary never grows beyond what GitHub shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.report.markup import code
from archiver.report.news import KINDS, UNTOLD, News

MAX_OCTETS = 256 << 10  # GitHub shows 1 MiB a step, and GitLab takes issues of 1 MiB
MOST = 100  # items of a kind


def summary(found: Sequence[News], *, hidden: int = 0, unread: int = 0) -> str:
    """The page. `hidden` lines belong to cases that must not be told; `unread` are damaged."""
    done: list[str] = []
    size = 0
    for line in _lines(found, hidden, unread):
        size += len(line.encode("utf-8")) + 1
        if size > MAX_OCTETS:
            done.append("\n*Cut off here; `archiver log` tells all of it.*")
            break
        done.append(line)
    return "\n".join(done) + "\n"


def _lines(found: Sequence[News], hidden: int, unread: int) -> Iterator[str]:
    yield "# Captures"
    yield ""
    yield _counts(found)
    if hidden:
        yield f"\n{_counted(hidden, 'line')} left out: of cases that are not to be told (TLP)."
    if unread:
        yield f"\n**{_counted(unread, 'line')} cannot be read: `archiver log verify`.**"
    for kind, heading in KINDS.items():
        items = [one for one in found if one.kind == kind]
        if not items or kind in UNTOLD:
            continue
        yield f"\n## {heading}\n"
        yield from (_item(one) for one in items[-MOST:])
        if len(items) > MOST:
            yield f"- … and {len(items) - MOST} before these"


def _counts(found: Sequence[News]) -> str:
    counts = [(heading, sum(one.kind == kind for one in found)) for kind, heading in KINDS.items()]
    told = [f"{heading}: {number}" for heading, number in counts if number]
    return ". ".join(told) + "." if told else "Nothing new."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _item(one: News) -> str:
    said = one.said
    parts = [f"- line {code(one.place)}: {code(one.words)}"]
    names = ("case", "source", "reason", "due", "missed", "note", "line", "package", "by")
    told = ("reason",) if said["event"] == "capture" else ()
    parts += [
        f"{name} {code(str(said[name]))}" for name in names if name in said and name not in told
    ]
    return ", ".join([*parts, f"at {said['time']}"])

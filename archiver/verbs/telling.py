"""`log feed` and `log summary`: the ledger's news, without the cases that must not be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archiver.attest.entries import Entry
from archiver.custody import ledger, sharing
from archiver.custody.disk import locked, write_file
from archiver.custody.merged import Told, told
from archiver.custody.store import writer
from archiver.errors import InvalidInput, StorageFailed
from archiver.report.feed import feed
from archiver.report.news import News, news
from archiver.report.summary import summary

_OURS = b'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The news of a ledger, the newest last; `hidden` counts lines of cases that are not to be
    told, `unread` damaged ones. `log` is the one with the oldest line."""

    news: tuple[News, ...]
    hidden: int
    unread: int
    log: str | None


def found(archives: Path) -> Found:
    """All news of an archives folder. Nothing is verified."""
    lines, unread = told(archives)
    shown = _shown(archives, lines)
    return Found(
        news=tuple(news((one.place, one.entry.said) for one in shown)),
        hidden=sum(one.entry.event != "begin" for one in lines)
        - sum(one.entry.event != "begin" for one in shown),
        unread=unread,
        log=lines[0].log if lines else None,
    )


def _shown(archives: Path, lines: list[Told]) -> list[Told]:
    """The lines of cases that may be told. What names a line or package belongs to its case."""
    case_of: dict[str, str] = {}
    may: dict[str, bool] = {}
    shown = []
    for one in lines:
        case = _case(one.entry, case_of)
        if case is not None:
            case_of[one.place] = case
            if one.entry.event == "capture":
                case_of[one.entry.said["package"]] = case
            if case not in may:
                may[case] = sharing.is_told(sharing.label(archives / case))
        names_nothing = not {"case", "line", "package"} & set(one.entry.said)
        if names_nothing if case is None else may[case]:
            shown.append(one)
    return shown


def _case(entry: Entry, case_of: dict[str, str]) -> str | None:
    said = entry.said
    if "case" in said:
        return str(said["case"])
    return case_of.get(said.get("line", "")) or case_of.get(said.get("package", ""))


def feed_of(archives: Path) -> bytes:
    """The Atom feed of an archives folder's ledger."""
    seen = found(archives)
    return feed(seen.news, seen.log)


def write_feed(archives: Path, to: Path) -> None:
    """Write the feed into a file, in the place of an older one. Raises `StorageFailed` where
    anything else than a feed stands there."""
    octets = feed_of(archives)
    with locked(to.absolute().parent):
        if to.is_symlink() or (to.exists() and not (to.is_file() and _is_feed(to))):
            raise StorageFailed(
                "storage.exists",
                "something else than a feed stands there, and is never written over",
                where=str(to),
                hint="name another file",
            )
        write_file(to.absolute(), writer(octets))


def _is_feed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OURS)) == _OURS


def summary_of(
    archives: Path, *, last: int | None = None, since: str | None = None, new: bool = False
) -> str:
    """The news as Markdown: the `last` so many, those behind the line `since`, or the `new` ones,
    which no checkpoint covers yet. Raises `InvalidInput` where there is no such line."""
    seen = found(archives)
    items = list(seen.news)
    if since is not None:
        items = _since(archives, items, since)
    if new:
        signed = _signed(archives)
        items = [one for one in items if _number(one.place) >= signed.get(_log(one.place), 0)]
    if last is not None:
        items = items[-last:]
    return summary(items, hidden=seen.hidden, unread=seen.unread)


def _since(archives: Path, items: list[News], since: str) -> list[News]:
    places = [one.place for one in told(archives)[0]]
    if since not in places:
        raise InvalidInput(
            "ledger.no_line", "there is no such line", where=since, hint="archiver log tells them"
        )
    later = set(places[places.index(since) + 1 :])
    return [one for one in items if one.place in later]


def _signed(archives: Path) -> dict[str, int]:
    """How many lines of each log a checkpoint covers."""
    signed = {log.id: log.checkpoint() for log in ledger.logs(archives)}
    return {log: 0 if one is None else one.size for log, one in signed.items()}


def _log(place: str) -> str:
    return place.partition("/")[0]


def _number(place: str) -> int:
    return int(place.partition("/")[2])

"""`report --all`: the archives folder as pages, each case with its captures and changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from archiver.attest.trust import Trust
from archiver.case.identity import check_case_id
from archiver.case.reading import load_case
from archiver.custody.disk import names_in
from archiver.custody.packagefiles import standing
from archiver.custody.pages import publish, sweep
from archiver.custody.store import CASE, PACKAGES, packages
from archiver.errors import ArchiverError, InvalidInput
from archiver.report.html.changes import change as change_content
from archiver.report.html.document import MARK
from archiver.report.html.markup import Markup, element, markup
from archiver.report.html.page import report as page_of
from archiver.report.html.site import (
    INDEX,
    Captured,
    CaseHistory,
    Unread,
    captured,
    case_file,
    case_page,
    history,
    index,
    report_file,
)
from archiver.verbs.changing import Side, between, side_of
from archiver.verbs.chronicle import Chronicle, chronicle
from archiver.verbs.many import each
from archiver.verbs.reading import believed
from archiver.verbs.reporting import subject_of
from archiver.verbs.trusting import Named, trusted


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A package that was not shown, and why."""

    package: str
    what: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What was written: the first page, and how many cases and reports it leads to. `refused`
    are the packages that are not shown."""

    index: Path
    cases: int
    packages: int
    refused: tuple[Left, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Made:
    """The pages of one case, by name; no history where its folder cannot be read."""

    history: CaseHistory | None = None
    pages: tuple[tuple[str, bytes], ...] = ()
    refused: tuple[Left, ...] = ()


def site(
    archives: Path,
    to: Path,
    *,
    trust: Trust | Named = (),
    say: Callable[[str], None] = lambda _: None,
) -> Site:
    """Write an index of the archives folder, a page a case and a report a package below `to`.

    Pages of an earlier time are written over, and nothing else is. Raises `InvalidInput` where
    there is no such folder, `StorageFailed` where a page cannot be written.
    """
    standing(archives)
    believing = trusted(trust)
    folders = sorted(archives / name for name in names_in(archives) if _is_case(archives / name))
    mark = MARK.encode()
    written: set[Path] = set()
    histories: list[CaseHistory] = []
    refused: list[Left] = []
    count = 0
    told = chronicle(archives)
    cases = {} if told is None else told.by_case()
    nothing = None if told is None else replace(told, lines=())
    work = [(folder, cases.get(folder.name, nothing)) for folder in folders]
    for made in each(partial(_case, trust=believing), work):
        if made.history is not None:
            histories.append(made.history)
            count += len(made.history.captures)
        refused += made.refused
        written |= {publish(to, name, octets, mark) for name, octets in made.pages}
        say(f"{len(histories)} of {len(folders)} cases")
    first = publish(to, INDEX, index(histories), mark)
    for folder in (to, to / "case", to / "report"):
        if folder.is_dir():
            sweep(folder, {*written, first}, mark)
    return Site(index=first, cases=len(histories), packages=count, refused=tuple(refused))


def _is_case(folder: Path) -> bool:
    try:
        check_case_id(folder.name)
    except InvalidInput:
        return False
    there = (folder / CASE).is_file() or (folder / PACKAGES).is_dir()
    return there and not folder.is_symlink()


def _case(one: tuple[Path, Chronicle | None], trust: Trust) -> _Made:
    """All pages of one case. Raises nothing, since it runs in a process of its own."""
    folder, ledger = one
    try:
        return _pages(folder, trust, ledger)
    except ArchiverError as fault:
        return _Made(refused=(Left(package=str(folder), what=fault.what),))


def _pages(folder: Path, trust: Trust, ledger: Chronicle | None) -> _Made:
    captures: list[Captured] = []
    unread: list[Unread] = []
    pages: list[tuple[str, bytes]] = []
    told = _without_package(folder)
    before: Side | None = None
    for path in packages(folder):
        try:
            with believed(path, trust) as found:
                subject, side = subject_of(found, path, ledger), side_of(found, path)
                pages.append((report_file(folder.name, path.name), page_of(subject)))
                captures.append(captured(subject, _change(before, side)))
                told = history(folder.name, subject)
                before = side
        except ArchiverError as fault:
            unread.append(Unread(name=path.name, what=fault.what))
    told = replace(told, captures=tuple(captures), unread=tuple(unread))
    pages.append((case_file(folder.name), case_page(told)))
    refused = (Left(package=str(folder / PACKAGES / one.name), what=one.what) for one in unread)
    return _Made(history=told, pages=tuple(pages), refused=tuple(refused))


def _change(before: Side | None, after: Side) -> Markup | None:
    """What differs from the capture before, as markup."""
    if before is None:
        return None
    try:
        done = between(before, after)
    except InvalidInput as fault:
        return element("p", fault.what, ".", class_="note")
    return markup(change_content(done.change, done.before.seen, done.after.seen))


def _without_package(folder: Path) -> CaseHistory:
    """A case of which no package can be read, by its `case.toml` as far as that is right."""
    told = CaseHistory(id=folder.name, title=folder.name)
    try:
        case = load_case(folder)
    except InvalidInput:
        return told
    return replace(
        told,
        title=case.title or case.source_url,
        outlet=case.claimed["outlet"]["name"],
        published=case.published["date"],
        language=case.claimed["claimed"]["language"],
        source=case.source_url,
    )

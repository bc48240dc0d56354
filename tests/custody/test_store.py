"""The archives folder: whole or not at all, in order, and honest about damage."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

from archiver.capture.observe import Settings
from archiver.custody.disk import write_folder
from archiver.custody.store import NewFile, add_case, last_package, package_name, packages
from archiver.digest import Digest
from archiver.errors import StorageFailed
from archiver.moment import Clock
from archiver.verbs.capture import Captured, Order, capture
from archiver.verbs.reading import show
from tests.samples import cases
from tests.site import Site, http

MOMENT = 1_790_000_000


def taken(archives: Path, url: str, at: int = MOMENT) -> Captured:
    settings = Settings(allow_private_addresses=True, attempts=1)
    order = Order(source=url, archives=archives, settings=settings)
    return capture(order, clock=Clock(now=lambda: at, source="given"))


def test_package_names_sort_by_time() -> None:
    digest = Digest.of(b"")
    assert package_name("2026-11-22T11:33:20Z", digest) == "20261122T113320Z-e3b0c442.wacz"


def test_captures_of_one_second_stay_in_order(tmp_path: Path) -> None:
    previous: list[object] = []
    ids: list[object] = []
    with Site() as site:
        for number in range(6):
            site.pages["/x"] = http(f"<p>version {number}</p>")
            done = taken(tmp_path, site.url("/x"))
            ids.append(str(done.id))
            previous.append(show(done.package).capture["previous"])
    assert previous == [None, *ids[:-1]]


def test_a_damaged_package_is_passed_over_and_told(tmp_path: Path) -> None:
    with Site({"/x": http("<p>one</p>")}) as site:
        first = taken(tmp_path, site.url("/x"))
        second = taken(tmp_path, site.url("/x"), MOMENT + 5)
        second.package.write_bytes(second.package.read_bytes()[:-1])
        third = taken(tmp_path, site.url("/x"), MOMENT + 9)
        assert [one.where for one in third.warnings] == [str(second.package)]
        assert show(third.package).capture["previous"] == str(first.id)
        for one in (first, second, third):
            one.package.write_bytes(b"PK\x03\x04")
        with pytest.raises(StorageFailed):
            taken(tmp_path, site.url("/x"), MOMENT + 12)


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_only_has_the_name_of_a_package_is_refused(tmp_path: Path, kind: str) -> None:
    with Site({"/x": http("<p>one</p>")}) as site:
        first = taken(tmp_path, site.url("/x"))
        other = first.package.with_name("20300101T000000Z-00000000.wacz")
        if kind == "link":
            other.symlink_to(first.package)
        elif kind == "folder":
            other.mkdir()
        else:
            os.mkfifo(other)
        with pytest.raises(StorageFailed) as refused:
            taken(tmp_path, site.url("/x"), MOMENT + 5)
        assert (refused.value.code, refused.value.where) == ("storage.foreign", str(other))
        assert len(site.requests) == 2  # the page and its probe, of the first capture alone


def test_foreign_files_are_not_packages(tmp_path: Path) -> None:
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "notes.txt").write_text("mine")
    assert packages(tmp_path) == []
    assert last_package(tmp_path) == (None, ())


def test_a_folder_that_came_to_be_meanwhile_is_left_alone(tmp_path: Path) -> None:
    files = {"case.toml": NewFile(b"one"), "seed.key": NewFile(b"k", 0o600)}
    assert add_case(tmp_path / "case", files, None)
    assert not add_case(tmp_path / "case", {"case.toml": NewFile(b"two")}, None)
    assert (tmp_path / "case" / "case.toml").read_bytes() == b"one"
    assert (tmp_path / "case" / "seed.key").stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".tmp-*"))


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fails(_file: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "case", {"a": (fails, 0o666)})
    assert not list(tmp_path.iterdir())


def _one(archives: str, url: str) -> str:
    return str(taken(Path(archives), url).id)


def test_many_at_once_lose_nothing(tmp_path: Path) -> None:
    with Site({"/x": http("<p>one</p>")}) as site:
        work = [(str(tmp_path), site.url("/x"))] * 12
        with multiprocessing.get_context("spawn").Pool(4) as pool:
            ids = pool.starmap(_one, work)
    (case,) = cases(tmp_path)
    kept = {one.name for one in (case / "packages").iterdir()}
    # The same second, the same octets: the same package, once.
    assert kept == {f"20260921T141320Z-{one[7:15]}.wacz" for one in ids}

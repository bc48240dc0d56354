"""A page of ours as PDF, by the Chromium that is installed, which is cut off from the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from archiver.custody.disk import storage, write_beside
from archiver.errors import ServiceFailed, StorageFailed

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
SECONDS = 120.0  # that a page may take
# The page itself asks for nothing; these keep the browser from asking on its own account.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--no-pdf-header-footer",
)


def browser_on_path() -> Path:
    """The Chromium that is found first. Raises `ServiceFailed` where there is none."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise ServiceFailed(
        "report.no_browser",
        "no Chromium is installed, which makes the PDF",
        hint="install chromium, name it with --browser PATH, or print the page from any browser",
    )


def print_pdf(page: bytes, to: Path, browser: Path | None = None) -> bytes:
    """Write the page as PDF to `to`, and give its octets.

    They hang on the browser's version and the moment. Raises `ServiceFailed` where no browser
    is there or it makes none, `StorageFailed` where another file has the name or the disk fails.
    """
    if to.exists() or to.is_symlink():
        raise StorageFailed(
            "storage.exists",
            "something else stands there, and is never written over",
            where=str(to),
            hint="move it away, and ask again",
        )
    octets = pdf_of(page, browser)
    write_beside(to, octets)
    return octets


def pdf_of(page: bytes, browser: Path | None = None) -> bytes:
    """The page as PDF. Raises as `print_pdf`, which writes it."""
    program = browser_on_path() if browser is None else browser
    place = Path(tempfile.gettempdir())
    with storage(place, "make a temporary folder"), tempfile.TemporaryDirectory() as folder:
        return _printed(page, Path(folder), program)


def _printed(page: bytes, folder: Path, program: Path) -> bytes:
    (folder / "page.html").write_bytes(page)
    made = folder / "page.pdf"
    command = [
        str(program),
        *_FLAGS,
        # Chromium does not start for root with its sandbox; what it reads here runs nothing.
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={made}",
        (folder / "page.html").as_uri(),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a program that the user named or installed
            command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise _failed(program, type(fault).__name__) from fault
    octets = made.read_bytes() if made.is_file() else b""
    if done.returncode != 0 or not octets.startswith(b"%PDF-"):
        raise _failed(program, f"it ended with {done.returncode}")
    return octets


def _failed(program: Path, why: str) -> ServiceFailed:
    return ServiceFailed(
        "report.browser",
        f"the browser made no PDF: {why}",
        where=str(program),
        hint="is it a Chromium? the page itself was written and can be printed from any browser",
    )

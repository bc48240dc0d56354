"""Takes the picture of a report for the README: `python docs/make_picture.py`. It shows the
demonstration's second capture, in which a word was edited, and needs chromium-headless-shell."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import archiver

PICTURE = Path(__file__).parent / "report.png"
_ARCHIVER = [sys.executable, "-m", "archiver"]
_BROWSER = ["chromium-headless-shell", "--no-sandbox", "--hide-scrollbars", "--window-size=960,980"]


def main() -> None:
    """Run the demonstration in a folder of its own, and have a browser draw a report."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        _run([*_ARCHIVER, "demo", "--to", str(demo)])
        made = sorted((demo / "archives").glob("*/packages/*.wacz"))
        edited = next(one for one in made if archiver.show(one).comparison["altered"])
        page = demo / "report.html"
        _run([*_ARCHIVER, "report", str(edited), "--output", str(page)], demo / "config")
        profile = f"--user-data-dir={folder}/profile"
        _run([*_BROWSER, f"--screenshot={PICTURE}", profile, page.as_uri()])


def _run(command: list[str], configuration: Path | None = None) -> None:
    keys = {} if configuration is None else {"XDG_CONFIG_HOME": str(configuration)}
    subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, env={**os.environ, **keys}
    )


if __name__ == "__main__":
    main()

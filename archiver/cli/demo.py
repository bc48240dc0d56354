"""`archiver demo`: the real commands, run as a person would, against a site of our own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.errors import Exit, Refused

if TYPE_CHECKING:
    import subprocess

    from archiver.cli.demosite import DemoSite

_CONFIG = "config"
_LEFT_OUT = ("CI", "ARCHIVER_KEY", "ARCHIVER_LEDGER_KEY")
_ARTICLE = "/harbour/bridge-closed"


@click.command(
    "demo",
    short_help="The whole journey on a built-in site, offline, in seconds.",
    epilog="Example: archiver demo",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A new folder for the demonstration.  [default: ./archiver-demo]",
)
def command(to: Path | None) -> int:
    """Show the whole journey: a small site on loopback is captured, compared, sealed,
    verified, changed, and found absent. Every command is printed as you would type it."""
    from archiver.cli.demosite import DemoSite

    folder = _folder(to)
    with DemoSite() as site:
        _journey(_Journey(folder), site)
    _say("")
    whole = folder.resolve()
    config, place = (shlex.quote(str(one)) for one in (whole / _CONFIG, whole))
    _say(f"Everything stands in {folder}. To look further, as the person whose key signed it:")
    _say(f"$ XDG_CONFIG_HOME={config} {_program()} verify {place}")
    return int(Exit.OK)


def _program() -> str:
    """What a person types to run this very command."""
    called = Path(sys.argv[0])
    found = shutil.which("archiver")
    if called.name != "archiver" or (found and Path(found).resolve() == called.resolve()):
        return "archiver"
    return shlex.quote(str(called))


def _folder(to: Path | None) -> Path:
    from archiver.custody.disk import storage

    if to is not None:
        with storage(to, "make the folder"):
            to.mkdir(parents=True)
        return to
    for number in range(1, 100):
        folder = Path("archiver-demo" if number == 1 else f"archiver-demo-{number}")
        try:
            folder.mkdir()
        except FileExistsError:
            continue
        except OSError:
            break
        return folder
    import tempfile

    with storage(Path(tempfile.gettempdir()), "make a folder"):
        return Path(tempfile.mkdtemp(prefix="archiver-demo-"))


@dataclass(frozen=True, slots=True)
class _Journey:
    folder: Path

    def step(self, why: str, *words: str, ends: Exit = Exit.OK) -> None:
        """Print a command, run it, and see that it ends as it must."""
        _say(f"\n# {why}\n$ archiver {shlex.join(words)}")
        code = self._run(words, capture=False).returncode
        if code != Exit.OK:
            _say(f"(exit code {code}: {_meaning(code)})")
        if code != ends:
            raise Refused(
                "demo.failed",
                f"`archiver {shlex.join(words)}` ended with {code}, not {int(ends)}",
                where=str(self.folder),
                hint="archiver does not work here as it should: please report this",
            )

    def newest(self) -> str:
        """The path of the newest package, as seen from the demonstration's folder."""
        made = self.folder.glob("archives/*/packages/*.wacz")
        newest = max(made, key=lambda one: one.stat().st_mtime_ns)
        return str(newest.relative_to(self.folder))

    def case(self) -> str:
        """The folder of the case, as `archiver new --json` names it."""
        done = self._run(("new", "seed.txt", "--json"), capture=True)
        return str(json.loads(done.stdout)["folder"])

    def _run(self, words: tuple[str, ...], *, capture: bool) -> subprocess.CompletedProcess[str]:
        import subprocess

        return subprocess.run(  # noqa: S603 - our own command with our own words
            [sys.executable, "-m", "archiver", *words],
            cwd=self.folder,
            check=False,
            text=True,
            stdout=subprocess.PIPE if capture else None,
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        """As it is here, but with a configuration of its own: so with a key of its own, though
        it may run in CI."""
        kept = {name: one for name, one in os.environ.items() if name not in _LEFT_OUT}
        config = (self.folder / _CONFIG).absolute()
        own = {"XDG_CONFIG_HOME": str(config), "XDG_CACHE_HOME": str(config / "cache")}
        return {**kept, **own, "PYTHONUNBUFFERED": "1"}


def _journey(go: _Journey, site: DemoSite) -> None:
    from archiver.cli.demosite import SEED_TEXT
    from archiver.custody.disk import storage

    with storage(go.folder, "write the seed text"):
        (go.folder / "seed.txt").write_text(
            SEED_TEXT.format(url=site.url(_ARTICLE)), encoding="utf-8"
        )
    private = "--allow-private-addresses"
    once = ("--attempts", "1")
    _say("A key signs what is captured; this demonstration makes one of its own, not yours.")
    _say(f"$ export XDG_CONFIG_HOME=$PWD/{_CONFIG}\n")
    _say(f"A made-up news site runs on {site.url('/')}; seed.txt holds an article of it.")
    go.step(
        "Draft a case from the seed text: date, title and source are read from it.",
        "new",
        "seed.txt",
    )
    case = go.case()
    go.step(
        "Capture the source. (The site is on loopback, so its address must be opened.)",
        "capture",
        case,
        private,
    )
    first = go.newest()
    go.step("What does the package say?", "show", first)
    go.step(
        "Is it what it says it is? Every check, and who signed it.",
        "verify",
        first,
    )
    site.changed = True
    _say("\nThe site now edits one word of the article, silently.")
    go.step("The same case again: the text is there in part only.", "capture", case, private)
    second = go.newest()
    go.step("Where exactly?", "compare", second, "--exit-status", ends=Exit.CHANGED)
    go.step(
        "And what changed since the first capture?",
        "diff",
        first,
        second,
        "--exit-status",
        ends=Exit.CHANGED,
    )
    go.step(
        "A page that the site says is not there: absence is evidence too.",
        "capture",
        site.url("/harbour/removed"),
        "--text",
        "seed.txt",
        private,
    )
    go.step(
        "A page that says 'oops' with status 200. The site says the same of an address that cannot "
        "be there, so this is an absence as well.",
        "capture",
        site.url("/archive/bridge-closed"),
        "--text",
        "seed.txt",
        private,
    )
    go.step("What is that verdict built on?", "show", go.newest(), "--why")
    go.step(
        "A dead port, while a control page answers: unreachable, not absent. (A dead network is "
        "tried three times by default; here once is enough.)",
        "capture",
        site.dead_url("/harbour/closed"),
        private,
        *once,
        "--control",
        site.url("/"),
    )
    go.step(
        "A dead port and no control answers either: nothing may be concluded.",
        "capture",
        site.dead_url("/harbour/closed"),
        private,
        *once,
        "--control",
        site.dead_url("/"),
        ends=Exit.INCONCLUSIVE,
    )
    go.step("All packages, every check.", "verify", "archives")
    go.step(
        "And what was done when? Each capture stands in the ledger since before it began, and "
        "nothing of that can be taken out unseen.",
        "log",
        "verify",
    )


def _meaning(code: int) -> str:
    from archiver.errors import EXIT_MEANINGS

    return EXIT_MEANINGS.get(Exit(code), "") if code in set(Exit) else "unknown"


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201

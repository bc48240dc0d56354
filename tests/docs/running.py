"""Running a page's commands in one shell, in a fresh folder, as a reader does who types them.

What a page cannot know beforehand is put in its place, by `Desk.substituted` and nothing else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

from tests.docs.pages import ROOT, Block, Command, printed
from tests.samples import PAGE, PARAGRAPHS, seed_text
from tests.site import DeadPort, Site, http
from tests.tsa import Reply, root
from tests.tsasite import TsaSite, right, signer

_MARK = "[the command ended with]"
_SECONDS = 300
_COMMIT = "0123456789abcdef0123456789abcdef01234567"
# Names of files that pages use without making them, each with what a reader has in its place.
_OTHER_TEXTS = ("first.txt", "second.txt", "kyiv-stakes-kursk.txt")


class Desk:
    """A reader's folder (a clone of this repository), configuration and shell; a page at the
    address that documents use, and a time-stamp authority at the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clone"
        self.home = folder / "home"
        self.home.mkdir()
        shutil.copytree(ROOT / "archives", self.folder / "archives")
        self.site = Site({"/article": http(PAGE)})
        with DeadPort() as free:  # for a server that a page itself starts
            self._free = free.port
        self.tsa = TsaSite(right(Reply(signer=signer())))
        (self.folder / "article.txt").write_text(seed_text(self.site.url("/article")))
        for number, name in enumerate(_OTHER_TEXTS):
            (self.folder / name).write_text(PARAGRAPHS[number] + "\n")
        (self.folder / "ROOTS.pem").write_bytes(root().pem)
        self._commands(self.folder / ".venv" / "bin")
        self._shell = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=self.folder,
            env=self._environment(self.folder / ".venv" / "bin"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._timer = threading.Timer(_SECONDS, self._end)
        self._make_desk_key()

    def _commands(self, folder: Path) -> None:
        """`archiver` of this checkout, and nothing that the reader would not have installed."""
        folder.mkdir(parents=True)
        (folder / "activate").write_text(f'PATH="{folder}:$PATH"\n')
        script = folder / "archiver"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archiver "$@"\n')
        script.chmod(0o755)

    def _environment(self, commands: Path) -> dict[str, str]:
        path = os.pathsep.join(
            [str(commands), str(Path(sys.executable).parent), os.environ["PATH"]]
        )
        kept = {name: one for name, one in os.environ.items() if not name.startswith("XDG_")}
        who = {
            f"GIT_{role}_{what}": f"reader{at}"
            for role in ("AUTHOR", "COMMITTER")
            for what, at in (("NAME", ""), ("EMAIL", "@example.org"))
        }
        return {**kept, **who, "HOME": str(self.home), "PATH": path, "PYTHONPATH": str(ROOT)}

    def _make_desk_key(self) -> None:
        """A colleague's public key, `desk.pem`."""
        other = {"XDG_CONFIG_HOME": str(self.home / "of-the-desk")}
        for words in (["key", "new", "desk"], ["key", "export", "desk"]):
            done = subprocess.run(
                [sys.executable, "-m", "archiver", *words],
                env={**os.environ, **other},
                capture_output=True,
                check=True,
            )
        (self.folder / "desk.pem").write_bytes(done.stdout)

    def __enter__(self) -> Desk:
        self.site.__enter__()
        self.tsa.__enter__()
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        self._end()
        with self._shell:  # waits, and closes the pipes
            pass
        self.tsa.__exit__(kind, value, trace)
        self.site.__exit__(kind, value, trace)

    def _end(self) -> None:
        """The shell and whatever it left running."""
        try:
            os.killpg(self._shell.pid, 9)
        except ProcessLookupError:
            return

    def packages(self) -> list[str]:
        """Paths of the packages made so far, the oldest first."""
        made = self.folder.parent.glob("**/archives/*/packages/*.wacz")
        return [str(one) for one in sorted(made, key=lambda one: one.stat().st_mtime_ns)]

    def substituted(self, command: str) -> str:
        """A command as the reader would type it here, who has a page and packages of their own."""
        table = {
            "HOST/archiver@COMMIT": f"git.example/archiver@{_COMMIT}",
            "cd ../evidence": "cd ../evidence && cp ../clone/*.txt .",
            # Chosen elsewhere, so that no later command asks the real ones.
            "archiver tsa defaults": "XDG_CONFIG_HOME=elsewhere archiver tsa defaults",
        }
        if "--allow-private-addresses" not in command:
            opened = f"--allow-private-addresses --control {self.site.url('/')}"
            table |= {
                "archiver capture ": f"archiver capture {opened} --attempts 1 ",
                "archiver recapture ": f"archiver recapture {opened} ",
                "archiver batch ": f"archiver batch {opened} ",
                "archiver doctor": f"archiver doctor {opened}",
            }
        if made := self.packages():
            newest = Path(made[-1])
            case = newest.parent.parent
            edited = f'sed -i \'s/"en"/"en-GB"/\' {case}/case.toml'
            table |= {
                "archiver amend ": f"{edited} && archiver amend ",
                "PACKAGE.wacz": made[-1],
                "A.wacz": made[0],
                "B.wacz": made[-1],
                "archives/CASE": str(case),
                "--id sha256:…": f"--id {self._id(newest)}",
            }
            if "--trust sha256:…" in command:
                table["--trust sha256:…"] = f"--trust {self._signer(newest)}"
        for name, value in table.items():
            command = command.replace(name, value)
        return self._named(command)

    def _named(self, text: str) -> str:
        """What stands for the same in commands and in what they print."""
        for name, value in {
            "https://example.org/article": self.site.url("/article"),
            "--date 2024-08-08": "--date 2025-02-17",
            "2024-08-08-example-org": "2025-02-17-127-0-0-1",
            "https://timestamp.example/tsr": self.tsa.url(),
            "127.0.0.1:8642": f"127.0.0.1:{self._free}",
            "http.server 8642": f"http.server {self._free}",
            "NAME": "example",
        }.items():
            text = text.replace(name, value)
        return text

    @staticmethod
    def _id(package: Path) -> str:
        import archiver

        return str(archiver.verify(package).id)

    @staticmethod
    def _signer(package: Path) -> str:
        import archiver

        return str(archiver.verify(package).signers[0].fingerprint)

    def run(self, block: Block) -> None:
        """Run a block; each command must end as the page says, and print what it says."""
        out = "".join(self._run(command) for command in block.commands)
        if block.prints is not None:
            says = self._named(block.prints)
            assert printed(says).fullmatch(out), f"says:\n{says}\nprinted:\n{out}"

    def _run(self, command: Command) -> str:
        text = self.substituted(command.text)
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        # In braces, so that its input is not ours and what it sets stays set.
        self._shell.stdin.write(f"{{ {text}\n}} </dev/null; printf '\\n{_MARK} %d\\n' $?\n")
        self._shell.stdin.flush()
        lines: list[str] = []
        for line in self._shell.stdout:
            if line.startswith(_MARK):
                out = "".join(lines).removesuffix("\n")
                assert int(line.removeprefix(_MARK)) == command.ends, f"{text}\n{line}{out}"
                return out
            lines.append(line)
        raise AssertionError(f"the shell ended, or it took too long: {text}\n{''.join(lines)}")

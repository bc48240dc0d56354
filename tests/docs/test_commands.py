"""Every command of every document is run as it is printed, or says in the document why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.cli.main import COMMANDS
from tests.docs.pages import PAGES, ROOT, Command, blocks, name, printed
from tests.docs.running import Desk
from tests.replay.tools import chromium

# How many blocks of a page only a reader can run. A number may fall; that it rises must be seen.
NOT_RUN = {
    "docs/howto/replay.md": 1,
    "docs/index.md": 1,
    "docs/quality.md": 2,
    "docs/tutorial.md": 1,
}
# Set-up commands, which `.ci/run` takes out of the README and runs word for word.
SET_UP = "python3 -m venv "
TO_RUN = {
    page: [one for one in blocks(page.read_text(encoding="utf-8")) if one.run] for page in PAGES
}


@pytest.mark.parametrize("page", [page for page in PAGES if TO_RUN[page]], ids=name)
def test_the_commands_of_a_page(page: Path, tmp_path: Path) -> None:
    if any(" --pdf" in one.text for block in TO_RUN[page] for one in block.commands):
        chromium()
    with Desk(tmp_path) as desk:
        for block in TO_RUN[page]:
            if not block.commands[0].text.startswith(SET_UP):
                desk.run(block)


def test_what_is_not_run_is_counted() -> None:
    told = {}
    for page in PAGES:
        left_out = sum(not one.run for one in blocks(page.read_text(encoding="utf-8")))
        if left_out:
            told[name(page)] = left_out
    assert told == NOT_RUN


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_run_somewhere(name: str) -> None:
    run = [one.text for page in TO_RUN.values() for block in page for one in block.commands]
    assert any(f"archiver {name}" in text for text in run)


def test_the_set_up_is_run_by_ci() -> None:
    readme = (ROOT / "README.md").read_text()
    set_up = [line for line in readme.splitlines() if line.startswith(SET_UP)]
    ci = (ROOT / ".ci" / "run").read_text()
    assert [line.split()[-1] for line in set_up] == ["demo", "pytest"]
    for line in set_up:
        assert f'grep -m1 "{line.split()[-1]}$" README.md' in ci


def test_how_a_page_is_read() -> None:
    text = """\
```sh
one --x \\
  --y       # ends with 6
cat > f <<'END'
# ends with 3
END
```

```
a … c
…
z
```

```sh
# not run by our tests: asks a real page
two
```
and words between
```
nothing
```
"""
    one, two = blocks(text)
    assert one.commands == (
        Command("one --x \\\n  --y       # ends with 6", 6),
        Command("cat > f <<'END'\n# ends with 3\nEND", 0),
    )
    assert one.run
    assert not two.run
    assert two.prints is None
    assert one.prints is not None
    assert printed(one.prints).fullmatch("a b c\nanything\n\nz\n")
    assert printed(one.prints).fullmatch("a  c\nz\n")
    assert not printed(one.prints).fullmatch("a b c\nz\nmore\n")
    assert not printed(one.prints).fullmatch("a b d\nz\n")


def test_a_command_that_fails_fails_the_page(tmp_path: Path) -> None:
    wrong = blocks("```sh\narchiver capture --no-such-option\n```\n")[0]
    other = blocks("```sh\necho a\n```\n\n```\nb\n```\n")[0]
    gone = blocks("```sh\nexit 0\n```\n")[0]
    with Desk(tmp_path) as desk:
        for block in (wrong, other, gone):
            with pytest.raises(AssertionError):
                desk.run(block)

"""`archiver compare`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.output import in_colour, print_json, print_lines, rows
from archiver.cli.passages import comparison_line, passage_lines
from archiver.errors import Exit

if TYPE_CHECKING:
    from archiver.verbs.reading import Compared


@click.command(
    "compare",
    short_help="Compare a seed text with the captured page, passage by passage.",
    epilog="Example: archiver compare PACKAGE.wacz article.txt --exit-status",
)
@options.package
@click.argument("texts", metavar="[TEXT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--exit-status", is_flag=True, help="End with 6 unless every passage is found.")
@options.as_json
def command(package: Path, texts: tuple[Path, ...], exit_status: bool, as_json: bool) -> int:
    """Compare a seed text with the page in PACKAGE, passage by passage.

    Without TEXT it is the package's own; with one or several TEXTs these, which stay outside.
    """
    from archiver.verbs.reading import compare_each

    done = compare_each(package, texts or (None,))
    differs = any(one.comparison.result != "contained" for one in done)
    code = Exit.CHANGED if exit_status and differs else Exit.OK
    if as_json:
        said: dict[str, Any] = {"package": str(package), "source": done[0].source}
        made = [_json(one) for one in done]
        said |= made[0] if len(made) == 1 else {"comparisons": made}
        print_json({**said, "exit": int(code)})
        return int(code)
    print_lines(rows([("source", done[0].source)]))
    colour = in_colour()
    for one in done:
        named = [] if one.text is None else [("file", one.text)]
        text = ("text", comparison_line(one.comparison))
        print_lines(rows([*named, ("seed text", one.seed_sha256 or "none"), text]))
        print_lines(passage_lines(one.comparison, everything=True, colour=colour))
    return int(code)


def _json(one: Compared) -> dict[str, Any]:
    text = {
        "sha256": one.seed_sha256,
        "from": "package" if one.text is None else "given",
        "path": one.text,
    }
    return {"text": text, "comparison": one.document}

"""`archiver compare`."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options
from archiver.cli.output import print_json, print_lines, rows
from archiver.cli.passages import comparison_line, passage_lines
from archiver.errors import Exit


@click.command(
    "compare",
    short_help="Compare a seed text with the captured page, passage by passage.",
    epilog="Example: archiver compare PACKAGE.wacz article.txt --exit-status",
)
@click.argument("package", metavar="PACKAGE", type=click.Path(path_type=Path))
@click.argument("text", metavar="[TEXT]", required=False, type=click.Path(path_type=Path))
@click.option("--exit-status", is_flag=True, help="End with 6 unless every passage is found.")
@options.as_json
def command(package: Path, text: Path | None, exit_status: bool, as_json: bool) -> int:
    """Compare a seed text with the page in PACKAGE, passage by passage.

    Without TEXT it is the package's own; with TEXT any other, which stays outside.
    """
    from archiver.verbs.reading import compare

    done = compare(package, text)
    differs = done.comparison.result != "contained"
    code = Exit.CHANGED if exit_status and differs else Exit.OK
    if as_json:
        print_json(
            {
                "package": str(package),
                "source": done.source,
                "text": {
                    "sha256": done.seed_sha256,
                    "from": "given" if done.given else "package",
                },
                "comparison": done.document,
                "exit": int(code),
            }
        )
        return int(code)
    print_lines(
        rows(
            [
                ("source", done.source),
                ("seed text", done.seed_sha256 or "none"),
                ("text", comparison_line(done.comparison)),
            ]
        )
    )
    print_lines(passage_lines(done.comparison, everything=True))
    return int(code)

"""`archiver new`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from archiver.cli import options
from archiver.cli.output import (
    print_json,
    print_lines,
    print_warnings,
    problem_json,
    rows,
)

_BASES = {
    "seed_text_header": "from the text's first line",
    "given": "as given on the command line",
}


@click.command(
    "new",
    short_help="Draft a case from a seed text or URL and stop.",
    epilog="Example: archiver new article.txt --publish-text digest",
)
@click.argument("source", metavar="SEED_TEXT|URL")
@options.archives
@options.about_the_case
@options.as_json
@options.quiet
def command(
    source: str,
    archives: Path,
    as_json: bool,
    quiet: bool,
    publish_text: str | None,
    text: Path | None,
    **given: Any,
) -> int:
    """Draft the case of a seed text or URL: a folder with case.toml and the text.

    What the text or you do not say stays `unknown`. Where the case stands already,
    nothing is changed.
    """
    from archiver.case.intake import Given
    from archiver.case.model import Publish
    from archiver.verbs.cases import new

    publish = Publish(publish_text or "include")
    made = new(source, archives=archives, text=text, given=Given(publish=publish, **given))
    print_warnings(made.warnings, quiet)
    seed = made.case.seed
    if as_json:
        print_json(
            {
                "case": made.case.id,
                "folder": str(made.folder),
                "new": made.new,
                "seed_text": None
                if seed is None
                else {"sha256": str(seed.sha256), "bytes": len(seed.octets)},
                "warnings": [problem_json(one) for one in made.warnings],
                "exit": 0,
            }
        )
    elif not quiet:
        case = made.case
        published = case.published
        print_lines(
            rows(
                [
                    ("case", case.id + ("" if made.new else " (stood there already, unchanged)")),
                    ("source", case.source_url),
                    ("title", case.title or "unknown"),
                    ("published", _published(published)),
                    ("outlet", case.outlet_name),
                    ("language", case.language),
                    ("seed text", "none" if seed is None else str(seed.sha256)),
                    ("passages", "0" if seed is None else str(len(seed.passages))),
                    ("complete it", str(made.folder / "case.toml")),
                    ("then", f"archiver capture {made.folder}"),
                ]
            )
        )
    return 0


def _published(published: Mapping[str, Any]) -> str:
    if published["date"] == "unknown":
        return "unknown"
    basis = str(published["basis"])
    return f"{published['date']} ({_BASES.get(basis, basis)})"

"""`archiver export --to checklist`: how a stranger checks this very package without us.

One page of Markdown in ASCII. Every command is of a tool that others make, and stands with
what it must print. Nothing from the package stands outside of code blocks.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from archiver.package.derive import CAPTURE, COMPARISON, OUTCOME
from archiver.report.filesteps import of_documents, of_exhibits, of_file
from archiver.report.ledgersteps import of_ledger
from archiver.report.sealed import Sealed
from archiver.report.shell import Step, plain
from archiver.report.signersteps import of_sidecars, of_signature
from archiver.report.stampsteps import of_stamps
from archiver.report.websteps import of_archive, of_certificates, of_names, of_page

_ABOUT = """\
# How to check this package without `archiver`

```text
{facts}
```

Each step is a command, what it must print exactly, what that proves, and what it cannot prove.
Where another digest, name or number comes out, this is not the package that the page is about.
The page itself is no evidence: whoever changes a package can write another page. Have the package
id from somebody else than the person who gave you the package.

Start in the folder that holds the package, and run the steps in order in one `bash`; they work
in a new folder `checked`. Needed are `unzip`, `sha256sum`, `jq`, `openssl`, `ssh-keygen` where
somebody signed the file besides, and from the Python Package Index `warcio`, `wacz`,
`frictionless` and `check-jsonschema`; all work offline. A step whose tool you lack can be left out.
"""
_LIMITS = """\
## What no step above shows

- That outcome, comparison and index *follow* from the exhibits. `archiver rebuild` derives them
  again and compares every octet; the rules are published with it.
- That `capture.json` says what the recorded octets say, in every field. `archiver verify` compares
  them.
- Who captured, and when. A signature shows whose key it was, not when; without one, only the
  package id shows anything of it, where somebody noted it at the time.
- That a page is gone for good or for everybody. A package says what was seen from one place, once.
"""


def checklist(sealed: Sealed) -> str:
    """The page."""
    steps = (_step(number, one) for number, one in enumerate(_steps(sealed), start=1))
    return "\n".join([_ABOUT.format(facts="\n".join(_facts(sealed))), *steps, _LIMITS])


def _steps(sealed: Sealed) -> Iterator[Step]:
    yield from of_file(sealed)
    yield from of_stamps(sealed)
    yield from of_exhibits(sealed)
    yield from of_signature(sealed)
    yield from of_sidecars(sealed)
    yield from of_ledger(sealed)
    yield from of_documents(sealed)
    yield from of_archive(sealed)
    yield from of_page(sealed)
    yield from of_certificates(sealed)
    yield from of_names(sealed)
    yield Step(
        title="Other people's validators: WACZ",
        command="wacz validate -f package.wacz | tail -n 1",
        prints="Validation succeeded, the passed WACZ is valid",
        proves="The package keeps to the WACZ format, so replay tools can show it.",
        cannot="That outcome, comparison and claims are right: it knows nothing of them.",
    )
    yield Step(
        title="Other people's validators: Frictionless Data",
        command="frictionless validate --json opened/datapackage.json | jq .valid",
        prints="true",
        proves="The package is a Frictionless data package, its digests right.",
        cannot="That what the files say is right: it looks at their digests and form.",
    )


def _step(number: int, step: Step) -> str:
    return (
        f"## {number}. {step.title}\n\n"
        f"```sh\n{step.command}\n```\n\nmust print\n\n```text\n{step.prints}\n```\n\n"
        f"{_wrapped(f'Proves: {step.proves}')}\n\n{_wrapped(f'Cannot prove: {step.cannot}')}\n"
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, 98, break_long_words=False, break_on_hyphens=False)


def _facts(sealed: Sealed) -> list[str]:
    capture = sealed.document(CAPTURE)
    outcome, comparison = sealed.document(OUTCOME), sealed.document(COMPARISON)
    pairs = (
        ("file", sealed.name),
        ("octets", str(sealed.size)),
        ("sha256", sealed.digest.hex),
        ("package id", str(sealed.package.id)),
        ("made by", capture["software"]),
        ("source", capture["source"]),
        ("captured", f"{capture['started']} to {capture['ended']}"),
        ("outcome", f"{outcome['state']} / {outcome['reason']}"),
        ("text", comparison["result"]),
    )
    return [f"{name:<11} {plain(value)}" for name, value in pairs]

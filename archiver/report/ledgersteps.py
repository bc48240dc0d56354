"""A package's place in a ledger, checked with the tools of any Unix and `openssl`."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from archiver.attest.tlog import SUFFIX
from archiver.report.sealed import LedgerProof, Sealed
from archiver.report.shell import Step, as_jq_prints, quoted

_NOT_ALL = "That the ledger lists all that was captured, or that its clock was right."
# RFC 9162 §2.1.3.2, over hashes in base64; the line's own number and the tree's size come first.
_PATH = """\
at={at} last={last}
hash() {{ openssl dgst -sha256 -binary | base64; }}
both() {{ (printf '\\001'; base64 -d <<< "$1"; base64 -d <<< "$2") | hash; }}
sum=$( (printf '\\000'; sed -n 's/^extra //p' {file} | base64 -d) | hash)
for one in $(sed '/^$/q' {file} | sed '1,/^index /d'); do
    if ((at % 2 || at == last)); then
        sum=$(both "$one" "$sum")
        until ((at % 2 || at == 0)); do ((at /= 2, last /= 2)); done
    else
        sum=$(both "$sum" "$one")
    fi
    ((at /= 2, last /= 2))
done
echo $last $sum"""


def of_ledger(sealed: Sealed) -> Iterator[Step]:
    """The proof beside the file, where it is known whose ledger it is of."""
    if sealed.listed is not None:
        file = quoted(f"../{sealed.name}{SUFFIX}")
        yield from _of_proof(sealed.listed, file)


def _of_proof(listed: LedgerProof, file: str) -> Iterator[Step]:
    proof, key = listed.proof, listed.key
    said = json.loads(proof.line)
    root = base64.b64encode(proof.checkpoint.root).decode("ascii")
    yield Step(
        title="The ledger: what the line says",
        command=f"sed -n 's/^extra //p' {file} | base64 -d | jq -ac '[.event, .time, .file]'",
        prints=as_jq_prints([said["event"], said["time"], said["file"]]),
        proves="A line beside the package says that a capture gave the file with the SHA-256 of "
        "step 1, and when.",
        cannot="That the line stands in a ledger: the next steps.",
    )
    lines = " ".join(quoted(line) for line in key.pem().decode("ascii").splitlines())
    yield Step(
        title="The ledger: whose it is",
        command=f"printf '%s\\n' {lines} > ledger.pem && "
        "openssl pkey -pubin -in ledger.pem -outform DER | sha256sum",
        prints=f"{key.fingerprint.hex}  -",
        proves="The next step uses this key.",
        cannot="Whose key it is. Have this number from whoever keeps the ledger.",
    )
    yield Step(
        title="The ledger: its checkpoint",
        command=f"sed '1,/^$/d' {file} > checkpoint && head -n 3 checkpoint > said && "
        f"sed -n 's|^[^ ]* {key.name} ||p' checkpoint | base64 -d | tail -c 64 > signature && "
        "openssl pkeyutl -verify -pubin -inkey ledger.pem -rawin -in said -sigfile signature && "
        "sed -n 2,3p said",
        prints=f"Signature Verified Successfully\n{proof.checkpoint.size}\n{root}",
        proves="The key signed that its ledger has so many lines, under this root.",
        cannot="When. Only a checkpoint that others hold shows that nothing was changed since.",
    )
    yield Step(
        title="The ledger: the line is in it",
        command=_PATH.format(at=proof.at, last=proof.checkpoint.size - 1, file=file),
        prints=f"0 {root}",
        proves="The line is one of those under that root (RFC 9162, 2.1.3.2).",
        cannot=_NOT_ALL,
    )

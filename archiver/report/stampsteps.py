"""The time stamps beside the file, checked with `openssl ts`."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.digest import Digest
from archiver.moment import seconds
from archiver.pem import to_pem
from archiver.report.sealed import Sealed
from archiver.report.shell import Step, quoted
from archiver.verify.report import Stamped


def of_stamps(sealed: Sealed) -> Iterator[Step]:
    """Each stamp of an authority whose root was chosen by whoever made the page."""
    for number, one in enumerate(sealed.stamps, start=1):
        if one.stamp.root is not None:
            yield from _of_one(number, one, one.stamp.root)


def _of_one(number: int, one: Stamped, root: bytes) -> Iterator[Step]:
    kept = f"root-{number}.pem"
    lines = " ".join(quoted(line) for line in to_pem((root,)).decode("ascii").splitlines())
    over = "package.wacz" if one.renews is None else f"../{one.renews}"
    what = "this very file" if one.renews is None else "the stamp that it renews"
    file = quoted(f"../{one.file}")
    yield Step(
        title=f"Time stamp {number}: its authority's root",
        command=f"printf '%s\\n' {lines} > {kept} && openssl x509 -in {kept} -outform DER | "
        "sha256sum",
        prints=f"{Digest.of(root).hex}  -",
        proves="This is the root by which the next step checks the stamp.",
        cannot="That it is the authority's. Compare the digest with the one that the authority "
        "itself publishes, and have it from there.",
    )
    yield Step(
        title=f"Time stamp {number}: it holds",
        command=f"openssl ts -verify -data {quoted(over)} -in {file} -CAfile {kept} "
        f"-attime {seconds(one.stamp.at)} 2> stamp.err",
        prints="Verification: OK",
        proves=f"The authority signed the digest of {what}, by a certificate that held then.",
        cannot="That the certificate was not revoked, or that the authority's clock was right.",
    )
    yield Step(
        title=f"Time stamp {number}: its time",
        command=f'date -u +%Y-%m-%dT%H:%M:%SZ -d "$(openssl ts -reply -in {file} -text '
        "2> stamp.err | sed -n 's/^Time stamp: //p')\"",
        prints=one.stamp.at,
        proves="By this time it was there, and it has not changed since.",
        cannot="How long before that the page was seen, by whom, or that what it says is true.",
    )

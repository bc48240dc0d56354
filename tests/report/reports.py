"""Reports as a person gets them, and what stands in them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from archiver import canonical
from archiver.attest import sshsig
from archiver.attest.authorities import document
from archiver.attest.p384 import SigningKey
from archiver.attest.trust import Known, Trust
from archiver.attest.tsp import write_request
from archiver.digest import Digest
from archiver.verbs.beside import basis_of
from archiver.verbs.reading import believed
from archiver.verbs.reporting import report
from archiver.verify.amendments import Statement, amendment, amendment_name
from archiver.verify.sidecars import signature_name
from tests.attest.signers import OURS, THEIRS
from tests.tsa import Reply, leaf, root
from tests.verify.scenes import Scene

NOBODY = Trust()
BOTH = Trust(
    (
        Known(fingerprint=OURS.public.fingerprint, name="us", own=True),
        Known(fingerprint=THEIRS.public.fingerprint, name="Example Desk"),
    )
)


def octets_of(scene: Scene) -> bytes:
    out = io.BytesIO()
    scene.built().write(out)
    return out.getvalue()


def page(folder: Path, octets: bytes, trust: Trust = NOBODY) -> str:
    """The report on a package with these octets, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    file = folder / "x.wacz"
    file.write_bytes(octets)
    return read(file, trust)


def read(file: Path, trust: Trust = NOBODY) -> str:
    """The report on a package that is there, with what stands beside it."""
    to = file.with_name("out.html")
    to.unlink(missing_ok=True)
    return report(file, to, trust=trust).octets.decode()


def part(source: str, name: str) -> str:
    """The words of one section."""
    inner = re.search(rf'<section id="{name}".*?</section>', source, re.DOTALL)
    assert inner, f"no section {name}"
    return words(inner[0])


def words(source: str) -> str:
    """Markup without its tags, each of them a blank."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", source)).split())


def stamped(file: Path, moment: str = "20260314120500Z") -> None:
    """A time stamp beside the package; whose root is chosen, `choosing` says."""
    at = datetime.datetime.strptime(moment, "%Y%m%d%H%M%SZ").replace(tzinfo=datetime.UTC)
    day = datetime.timedelta(days=1)
    request = write_request(bytes.fromhex(Digest.of(file.read_bytes()).hex), 1)
    signer = leaf("p256", root(), begins=at - day, ends=at + 9999 * day)
    reply = replace(Reply(signer=signer), time=moment.encode())
    file.with_name(f"{file.name}.desk.tsr").write_bytes(reply.to(request))
    file.with_name(f"{file.name}.desk.tsq").write_bytes(request)


def choosing(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """A configuration in which that authority is chosen, as Example Time."""
    own = folder / "configuration" / "archiver" / "tsa"
    own.mkdir(parents=True)
    (own / "desk.pem").write_bytes(document(None, root().pem))
    patch.setenv("XDG_CONFIG_HOME", str(folder / "configuration"))


def cosigned(file: Path, by: SigningKey) -> None:
    """A signature beside the package."""
    octets = sshsig.sign(Digest.of(file.read_bytes()), by)
    file.with_name(signature_name(file.name, by.public)).write_bytes(octets)


def amended(file: Path, change: Callable[[dict[str, Any], dict[str, Any]], object]) -> None:
    """An amendment beside the package, in which `change` has changed both layers."""
    with believed(file) as found:
        basis = basis_of(found.package)
    claimed, assessed = deepcopy(dict(basis.said.claimed)), deepcopy(dict(basis.said.assessed))
    change(claimed, assessed)
    made = amendment(
        basis,
        Statement(claimed=claimed, assessed=assessed),
        by={"name": "analyst-9", "organisation": "unknown"},
        note="Read again.",
        created="2026-03-20T08:00:00Z",
        software="archiver 0.1.0",
    )
    beside = file.with_name(amendment_name(file.name, 1))
    beside.write_bytes(canonical.to_file(made))
    cosigned(beside, OURS)

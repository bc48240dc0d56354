"""A verifier written from docs/format.md alone says the same as ours, of every vector and of
every forgery that the tests know. Where it knows less, that is named here."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archiver.ownwords import SOFTWARE
from archiver.verify.checks import examine
from tests.attest import test_signature
from tests.attest.signers import OURS, resigned, trusting
from tests.vectors.build import FOLDER, LIST
from tests.vectors.catalogue import FORGERIES, OTHER_VERSION, UNDERIVED, UNDERIVED_VECTORS
from tests.verify import test_handshakes
from tests.verify.forge import opened
from tests.verify.scenes import STATES, package
from tests.verify.test_zip import FORMS

KEY = str(OURS.public.fingerprint)
ROOT = FOLDER.parent.parent


def stranger(files: list[Path]) -> Iterator[dict[str, Any]]:
    """What it says of each file. `-S`: it can import nothing but the standard library."""
    command = [sys.executable, "-S", FOLDER / "stranger", ROOT / "schemas", SOFTWARE, KEY, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        yield json.loads(line)


def test_the_same_of_every_vector() -> None:
    vectors = json.loads((FOLDER / LIST).read_text())["vectors"]
    for vector, said in zip(vectors, stranger([FOLDER / v["file"] for v in vectors]), strict=True):
        expected = (vector["verdict"], vector["check"], vector["name"])
        if vector["file"] in UNDERIVED_VECTORS:
            assert expected == ("refused", 8, "derivation")
            expected = ("untrusted", None, None)
        assert (said["verdict"], said["check"], said["name"]) == expected, (vector, said)


def test_the_same_of_every_forgery(tmp_path: Path) -> None:
    made = {f"form-{name}": form for name, form in FORMS.items()}
    made |= {
        name: lambda state=state, forge=forge: forge(opened(package(state)))
        for name, (state, _, forge) in FORGERIES.items()
    }
    made |= {f"scene-{state}": lambda state=state: package(state) for state in STATES}
    made |= {
        f"signature: {name}": lambda members=members: resigned(test_signature.FILES, **members)
        for name, members in test_signature.MEMBERS.items()
    }
    forms = test_signature.OTHER_FORMS.items()
    made |= {f"form of it: {name}": lambda octets=octets: octets for name, (octets, _) in forms}
    made |= {
        f"handshake: {name}": lambda other=other: test_handshakes.remade(
            lambda _, block: other if test_handshakes.is_handshake(block) else block
        )
        for name, (other, _) in test_handshakes.WRONG.items()
    }
    # What only this version knows is not asked of another one's package.
    made |= {
        f"other-{name}": lambda state=state, forge=forge: forge(
            opened(package(state, software=OTHER_VERSION))
        )
        for name, (state, check, forge) in FORGERIES.items()
        if check == "agreement"
    }
    files, expected = [], []
    for number, (name, make) in enumerate(made.items()):
        octets = make()
        report = examine(io.BytesIO(octets), name, SOFTWARE, trusting(OURS))
        failed = next((one.name for one in report.checks if one.status == "failed"), None)
        expected.append((name, report.verdict, failed))
        files.append(tmp_path / f"{number}.wacz")
        files[-1].write_bytes(octets)
    for (name, verdict, failed), said in zip(expected, stranger(files), strict=True):
        if name in UNDERIVED:
            assert failed == "derivation"
            verdict, failed = "untrusted", None
        assert (said["verdict"], said["name"]) == (verdict, failed), (name, said)

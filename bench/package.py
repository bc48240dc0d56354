"""What packing and verifying cost, against `wacz create` and `wacz validate`, on one WARC.

One run, by turns, with the floors that no tool can go below: reading, digesting and
copying the same octets. One command: `python bench/package.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from timing import Contestant, alternate, measure, table, tool

SAMPLE = str(Path(__file__).with_name("sample.py"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=100, help="size of the WARC [100]")
    parser.add_argument("--runs", type=int, default=7, help="of each command [7]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
        folder = Path(name)
        measure((sys.executable, SAMPLE, "make", name, str(asked.mib)), (0,))
        warc, package = folder / "x.warc", folder / "ours.wacz"
        measure((sys.executable, SAMPLE, "pack", name, str(package)), (0,))
        contestants = _contestants(folder, warc, package)
        # What one run left to be written must not be written during the next.
        alternate(contestants, asked.runs, before=os.sync)
        size = warc.stat().st_size / (1 << 20)
        records = warc.read_bytes().count(b"WARC/1.1\r\nWARC-Type: ")
    print(
        f"Python {sys.version.split()[0]}, a WARC of {size:.0f} MiB in {records} records, "
        f"medians of {asked.runs} runs by turns, files in the page cache.\n"
    )
    head = ("command", "wall, s", "CPU, s", "peak, MiB", "wall, ×", "CPU, ×", "peak, ×", "against")
    rows: list[tuple[str, ...]] = []
    against: dict[str, Contestant] = {one.name: one for one in contestants}
    for one in contestants:
        rows.append(_row(one, against[_AGAINST.get(one.name, "sha256sum")]))
    table(head, rows)


_AGAINST = {"archiver pack": "wacz create", "archiver verify": "wacz validate"}


def _contestants(folder: Path, warc: Path, package: Path) -> list[Contestant]:
    python = (sys.executable, "-m", "archiver")
    wacz, digest, openssl = tool("wacz"), tool("sha256sum"), tool("openssl")
    out, theirs = str(folder / "packed.wacz"), str(folder / "theirs.wacz")
    copy = f'cp "$1" "$2" && sha256sum "$2"'
    return [
        Contestant("archiver pack", (sys.executable, SAMPLE, "pack", str(folder), out)),
        Contestant("wacz create", wacz and (wacz, "create", "-f", str(warc), "-o", theirs)),
        # Intact but unsigned is 9.
        Contestant("archiver verify", (*python, "verify", "--quiet", str(package)), ends=(0, 9)),
        Contestant("wacz validate", wacz and (wacz, "validate", "-f", str(package))),
        Contestant("sha256sum", digest and (digest, str(package))),
        Contestant("openssl dgst", openssl and (openssl, "dgst", "-sha256", str(package))),
        Contestant(
            "cp and sha256sum",
            digest and ("sh", "-c", copy, "sh", str(package), str(folder / "copy.wacz")),
        ),
    ]


def _row(one: Contestant, floor: Contestant) -> tuple[str, ...]:
    if one.command is None:
        return (one.name, *["not installed"] * 3, *["-"] * 4)
    values = [
        [contestant.of(lambda cost: getattr(cost, name)) for name in ("wall", "cpu", "peak")]
        for contestant in (one, floor)
        if contestant.command is not None
    ]
    wall, cpu, peak = values[0]
    said = (one.name, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}")
    if one is floor or len(values) == 1:
        return (*said, *["-"] * 4)
    return (*said, *(f"{a / b:.2f}" for a, b in zip(*values, strict=True)), floor.name)


if __name__ == "__main__":
    main()

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

SAMPLE, PACK = (str(Path(__file__).with_name(name)) for name in ("sample.py", "pack.py"))
PAIRS = (
    ("archiver pack", "wacz create"),
    ("archiver pack", "cp and sha256sum"),
    ("archiver verify", "wacz validate"),
    ("archiver verify", "sha256sum"),
    ("archiver verify", "openssl dgst"),
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=100, help="size of the WARC [100]")
    parser.add_argument("--runs", type=int, default=7, help="of each command [7]")
    parser.add_argument(
        "--records",
        choices=("many", "few"),
        default="many",
        help="a page with all its media, or one film and a page [many]",
    )
    parser.add_argument(
        "--many", type=int, metavar="N", help="instead, verify N small packages at once"
    )
    asked = parser.parse_args()
    if asked.many:
        _many(asked.many, asked.runs)
    else:
        _one(asked)


def _many(count: int, runs: int) -> None:
    """Many small packages, in one run of ours."""
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
        measure((sys.executable, SAMPLE, "small", name, str(count)), (0,))
        folder = str(Path(name) / "packages")
        digest = tool("sha256sum")
        contestants = [
            _verify(folder),
            Contestant("sha256sum", digest and ("sh", "-c", f'{digest} "$1"/*', "sh", folder)),
        ]
        alternate(contestants, runs)
        octets = sum(one.stat().st_size for one in Path(folder).iterdir())
    print(
        f"{count} packages of {octets / count / 1024:.0f} KiB, medians of {runs} runs by turns.\n"
    )
    table(("command", "wall, s", "CPU, s", "peak, MiB"), map(_row, contestants))
    print(f"\n{count / contestants[0].medians()[0]:.0f} packages a second")


def _verify(path: str) -> Contestant:
    command = (sys.executable, "-m", "archiver", "verify", "--quiet", path)
    return Contestant("archiver verify", command, ends=(0, 9))  # intact but unsigned is 9


def _one(asked: argparse.Namespace) -> None:
    """One package, against other tools."""
    with tempfile.TemporaryDirectory(prefix="archiver-bench-") as name:
        folder = Path(name)
        measure((sys.executable, SAMPLE, "make", name, str(asked.mib), asked.records), (0,))
        warc, package = folder / "x.warc", folder / "ours.wacz"
        measure((sys.executable, PACK, name, str(package)), (0,))
        contestants = _contestants(folder, warc, package)
        # What one run left to be written must not be written during the next.
        alternate(contestants, asked.runs, before=os.sync)
        size = warc.stat().st_size / (1 << 20)
        records = warc.read_bytes().count(b"WARC/1.1\r\nWARC-Type: ")
    print(
        f"Python {sys.version.split()[0]}, a WARC of {size:.0f} MiB in {records} records, "
        f"medians of {asked.runs} runs by turns, files in the page cache.\n"
    )
    table(("command", "wall, s", "CPU, s", "peak, MiB"), map(_row, contestants))
    print()
    named = {one.name: one for one in contestants}
    pairs = [(named[ours], named[theirs]) for ours, theirs in PAIRS]
    table(("against", "wall, ×", "CPU, ×", "peak, ×"), (_ratios(*pair) for pair in pairs))


def _contestants(folder: Path, warc: Path, package: Path) -> list[Contestant]:
    wacz, digest, openssl = tool("wacz"), tool("sha256sum"), tool("openssl")
    out, theirs = str(folder / "packed.wacz"), str(folder / "theirs.wacz")
    copy = 'cp "$1" "$2" && sha256sum "$2"'
    return [
        Contestant("archiver pack", (sys.executable, PACK, str(folder), out)),
        Contestant("wacz create", wacz and (wacz, "create", "-f", str(warc), "-o", theirs)),
        _verify(str(package)),
        Contestant("wacz validate", wacz and (wacz, "validate", "-f", str(package))),
        Contestant("sha256sum", digest and (digest, str(package))),
        Contestant("openssl dgst", openssl and (openssl, "dgst", "-sha256", str(package))),
        Contestant(
            "cp and sha256sum",
            digest and ("sh", "-c", copy, "sh", str(package), str(folder / "copy.wacz")),
        ),
    ]


def _row(one: Contestant) -> tuple[str, ...]:
    if one.command is None:
        return (one.name, *["not installed"] * 3)
    wall, cpu, peak = one.medians()
    return one.name, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}"


def _ratios(ours: Contestant, theirs: Contestant) -> tuple[str, ...]:
    name = f"{ours.name} / {theirs.name}"
    if ours.command is None or theirs.command is None:
        return (name, *["-"] * 3)
    pairs = zip(ours.medians(), theirs.medians(), strict=True)
    return (name, *(f"{mine / other:.2f}" for mine, other in pairs))


if __name__ == "__main__":
    main()

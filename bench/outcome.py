"""The confusion table of `archiver-outcome-1` over the corpus of the tests.

`python bench/outcome.py` judges every page of tests/judge/corpus, with its own text, with
a text that it does not have, with none, and with one that is withheld, and prints what
was true against what was said. `--all` names every page that was left open.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from archiver.digest import Digest
from archiver.judge.outcome import STATES
from tests.judge.corpus.judging import judged
from tests.judge.corpus.second import second
from tests.judge.corpus.specimens import corpus
from tests.judge.corpus.third import third
from tests.judge.corpus.truth import allowed

_MODES = {
    "with": "its own text is sought",
    "without": "a text is sought that is not there",
    "none": "no text is named",
    "withheld": "the text is withheld",
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", action="store_true", help="name every page left open")
    chosen = options.parse_args()
    specimens = (*corpus(), *second(), *third())
    documents: list[bytes] = []
    false = 0
    print(f"{len(specimens)} pages\n")
    for mode, what in _MODES.items():
        table: Counter[tuple[str, str]] = Counter()
        left: list[str] = []
        for one in specimens:
            if mode == "with" and not one.text:
                continue
            derived = judged(one, mode)
            state, reason = derived.outcome.state, derived.outcome.reason
            documents.append(derived.files["evidence/outcome.json"])
            table[one.truth, state] += 1
            if state not in allowed(one, mode):
                false += 1
                left.append(f"  FALSE {one.name}: {state} / {reason}")
            elif state == "inconclusive" and one.truth not in ("unclear", "inconclusive"):
                left.append(f"  open  {one.name}: {reason}")
        _print(what, table)
        print("\n".join(line for line in left if chosen.all or "FALSE" in line))
    print(f"false: {false}; all outcomes together: {Digest.of(b''.join(documents))}")
    return 1 if false else 0


def _print(what: str, table: Counter[tuple[str, str]]) -> None:
    truths = list(dict.fromkeys(truth for truth, _ in sorted(table)))
    print(what)
    print(f"{'true, said':<14}" + "".join(f"{state:>14}" for state in STATES))
    for truth in truths:
        counts = "".join(f"{table[truth, state] or '-':>14}" for state in STATES)
        print(f"{truth:<14}{counts}")


if __name__ == "__main__":
    sys.exit(main())

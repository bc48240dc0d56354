"""`python -m archiver` and the `archiver` command."""

from __future__ import annotations

import signal

# Until the command itself can end in order, an interrupt just ends the process: no
# traceback out of the middle of an import.
signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command and end the process with its exit code."""
    import sys

    from archiver.cli.boundary import run

    code = run(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(code)


if __name__ == "__main__":
    main()

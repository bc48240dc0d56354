"""`python -m archiver` and the `archiver` command."""

from __future__ import annotations

# The built-in half of `signal`: the other half takes milliseconds to import, in which an
# interrupt would still print a traceback.
import _signal

# Until the command itself can end in order, an interrupt just ends the process.
_signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def main() -> None:
    """Run the command and end the process with its exit code."""
    import os
    import sys

    from archiver.cli.boundary import run

    try:
        code = run(sys.argv[1:])
        for ending in (_signal.SIGINT, _signal.SIGTERM):
            _signal.signal(ending, _signal.SIG_DFL)
    except KeyboardInterrupt:  # between two moments of `run` that are guarded
        code = 130
    if code == 130:
        # An interrupt inside an exec() (every dataclass has one) makes the interpreter kill
        # itself at the end, however well it was handled: leave before it does.
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()

"""The error boundary: whatever happens inside, one clear line and a documented exit code."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

from archiver.cli.main import archiver
from archiver.cli.output import error_json, error_lines, print_json, said_all
from archiver.errors import ArchiverError, Exit, Interrupted, InvalidInput, StorageFailed

_KEY = "PRIVATE KEY-----"


class _Interrupt:
    """A signal that asks us to stop. `came`: one has."""

    came = False

    def come(self, _signal: int, _frame: FrameType | None) -> None:
        self.came = True
        raise KeyboardInterrupt

    def again(self, lost: sys.UnraisableHookArgs) -> None:
        """One that falls where nothing can be raised (a finaliser) comes again in a moment."""
        if lost.exc_type is KeyboardInterrupt:
            signal.setitimer(signal.ITIMER_REAL, 0.01)
        else:
            sys.__unraisablehook__(lost)


_interrupt = _Interrupt()


def run(arguments: list[str]) -> int:
    """Run the command with these words; never raises, gives the exit code."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    for asking in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(asking, _interrupt.come)
    sys.unraisablehook = _interrupt.again
    as_json = "--json" in arguments
    try:
        code = _invoke(arguments, as_json)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop(sys.stdout)
        code = int(Exit.OK)
    except OSError as error:
        _drop(sys.stdout)
        code = _told(_stdout_failed(error), as_json=False)
    except KeyboardInterrupt:
        code = int(Exit.INTERRUPTED)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return code


def _open_what_is_closed() -> None:
    """A caller may have closed our streams: their numbers must not fall to a file of ours, and
    what is printed must have a place to go to."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:  # stdin, stdout, stderr
        pass
    os.close(opened)
    for number, name in ((0, "stdin"), (1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.dup(number), "r" if number == 0 else "w"))


def _invoke(arguments: list[str], as_json: bool) -> int:
    if any(_KEY in one for one in arguments):
        # Whatever would say what is wrong with such a word would repeat it.
        return _told(_key_in_words(), as_json)
    try:
        result = archiver.main(args=arguments, prog_name="archiver", standalone_mode=False)
        return int(result or 0)
    except click.UsageError as error:
        return _usage(error, as_json)
    except BrokenPipeError:
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last line of defence
        return _told(_fault(error), as_json)


def _key_in_words() -> InvalidInput:
    return InvalidInput(
        "key.argument",
        "a key itself on the command line, where everybody on this machine can read it",
        hint="that key is to be replaced; put the next one in a file of mode 600",
    )


def _fault(error: BaseException) -> ArchiverError:
    """Whatever came up, as the error that a person is told."""
    match error:
        case ArchiverError():
            return error
        case _ if _interrupt.came or isinstance(error, click.Abort):
            # Whatever it became on its way: an extension module makes other errors of it.
            return Interrupted("interrupted", "interrupted", hint="nothing was left half-written")
        case OSError():
            return StorageFailed(
                "storage.failed",
                f"the disk failed: {error.strerror or type(error).__name__}",
                where=str(error.filename or ""),
                hint="make room or mend it, then run it again",
            )
        case _:
            return _crash(error)


def _usage(error: click.UsageError, as_json: bool) -> int:
    hint = "archiver --help" if error.ctx is None else f"{error.ctx.command_path} --help"
    message = error.format_message()
    if isinstance(error, click.MissingParameter):
        message = " ".join(message.split())  # click lists the choices one a line
    if "\n" in message:
        # No command at all: click's message is the help then.
        print(message, file=sys.stderr)  # noqa: T201
        return int(Exit.USAGE)
    fault = ArchiverError("usage", message.rstrip("."), hint=hint)
    return _told(fault, as_json, Exit.USAGE)


def _crash(error: BaseException) -> ArchiverError:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = ""
    if trace is not None:
        place = f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119
    return ArchiverError(
        "crash",
        f"internal fault: {type(error).__name__}: {error}",
        where=place,
        hint="this is a bug in archiver, please report it with this line",
    )


def _told(error: ArchiverError, as_json: bool, code: Exit | None = None) -> int:
    exit_code = error.exit if code is None else code
    if as_json:
        print_json(error_json(error, exit_code))
    with suppress(OSError):
        said_all(quiet=False)
        for line in error_lines(error):
            print(line, file=sys.stderr)  # noqa: T201
    return int(exit_code)


def _stdout_failed(error: OSError) -> StorageFailed:
    return StorageFailed(
        "storage.stdout",
        f"cannot write the results: {error.strerror or type(error).__name__}",
        where="standard output",
    )


def _drop(stream: object) -> None:
    """Point the stream at nothing, so that the interpreter's own flush at exit stays quiet."""
    with suppress(OSError, AttributeError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())  # type: ignore[attr-defined]

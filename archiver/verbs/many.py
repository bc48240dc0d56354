"""One piece of work for many files, over all cores."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

I = TypeVar("I")  # noqa: E741 - what goes in
T = TypeVar("T")

_FEW = 8  # files: below, starting processes costs more than it saves
_AT_ONCE = 4  # files that a process is handed at once


def each(work: Callable[[I], T], files: Sequence[I]) -> Iterator[T]:
    """`work` of each file (and what goes with it), in their order.

    `work` is a function at the top of a module, or a `partial` of one; it raises nothing, and
    what it takes and gives can be pickled.
    """
    cores = os.cpu_count() or 1
    done = 0
    if len(files) >= _FEW and cores > 1:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        pool = ProcessPoolExecutor(cores, initializer=_leave_interrupts)
        try:
            for one in pool.map(work, files, chunksize=_AT_ONCE):
                done += 1
                yield one
        except BrokenProcessPool:
            pass  # the system killed a process, for its memory say: what is left goes on here
        finally:
            pool.shutdown(cancel_futures=True)
    yield from map(work, files[done:])


def _leave_interrupts() -> None:
    """An interrupt is for the process that a person started; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

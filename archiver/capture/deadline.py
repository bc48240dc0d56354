"""A moment after which nothing is waited for any more."""

from __future__ import annotations

import time


class Deadline:
    """Counts down on the machine's steady clock, whatever its wall clock does."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._end - time.monotonic())

    def passed(self) -> bool:
        """Whether it is over."""
        return self.left() <= 0

"""A text made out of another one, with the way back: which stretch came from where."""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """A text and its stretches: where each begins here, where there, and how long it is there.

    A stretch as long here as there runs character by character; any other is taken whole.
    What the other text has between two stretches left nothing here.
    """

    text: str
    here: array[int]
    there: array[int]
    sizes: array[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The stretch there from which `start` to `end` here came; not empty."""
        return self._at(start)[0], self._at(end - 1)[1]

    def stretches(self) -> Iterator[tuple[str, int, int]]:
        """Each stretch: its text, where it stands there, its size there."""
        for place, begin in enumerate(self.here):
            yield self.text[begin : self._stretch(place)[1]], self.there[place], self.sizes[place]

    def reached(self, there: int) -> int:
        """The first place here that came from `there` or from behind it."""
        place = bisect.bisect_right(self.there, there) - 1
        if place < 0:
            return 0
        begin, end = self._stretch(place)
        # Inside a stretch that is taken whole, only what follows lies behind.
        alike = end - begin == self.sizes[place]
        into = there - self.there[place]
        return begin if not into else min(begin + into, end) if alike else end

    def _at(self, index: int) -> tuple[int, int]:
        place = bisect.bisect_right(self.here, index) - 1
        begin, end = self._stretch(place)
        there, size = self.there[place], self.sizes[place]
        if end - begin != size:
            return there, there + size
        return there + index - begin, there + index - begin + 1

    def _stretch(self, place: int) -> tuple[int, int]:
        last = place + 1 == len(self.here)
        return self.here[place], len(self.text) if last else self.here[place + 1]


def origin(traces: Iterable[Traced], start: int, end: int) -> tuple[int, int]:
    """Where a stretch came from, back through texts each made out of the next."""
    for trace in traces:
        start, end = trace.origin(start, end)
    return start, end


class Tracer:
    """Builds a `Traced`, a stretch at a time."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._here, self._there, self._sizes = array("I"), array("I"), array("I")
        self._follows = -1  # where the last stretch goes on there, if it runs alike

    def put(self, text: str, there: int, size: int) -> None:
        """Add a text that was made of `size` characters at `there`."""
        if not text:
            return
        self._parts.append(text)
        if there == self._follows and size == len(text):
            self._sizes[-1] += size
        else:
            self._here.append(self.length)
            self._there.append(there)
            self._sizes.append(size)
        self._follows = there + size if size == len(text) else -1
        self.length += len(text)

    def done(self) -> Traced:
        """What was built."""
        return Traced("".join(self._parts), self._here, self._there, self._sizes)

"""Where in the octets of a body a character of its text stands."""

from __future__ import annotations

import bisect
import codecs
from functools import cached_property

_STEP = 1 << 12


class Octets:
    """A body and the codec that reads it. Counts characters once, then finds any quickly."""

    def __init__(self, body: bytes, charset: str) -> None:
        self.body = body
        self.charset = charset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The octets of the characters from `start` to `end`."""
        return self._place(start), self._place(end)

    @cached_property
    def _marks(self) -> tuple[list[int], list[tuple[bytes, int]]]:
        """Every so many octets: how many characters so far, and the state of the decoder."""
        decoder = codecs.getincrementaldecoder(self.charset)(errors="replace")
        counts, states, characters = [0], [decoder.getstate()], 0
        for position in range(0, len(self.body), _STEP):
            characters += len(decoder.decode(self.body[position : position + _STEP]))
            counts.append(characters)
            states.append(decoder.getstate())
        return counts, states

    def _place(self, index: int) -> int:
        counts, states = self._marks
        mark = max(0, bisect.bisect_left(counts, index) - 1)
        decoder = codecs.getincrementaldecoder(self.charset)(errors="replace")
        decoder.setstate(states[mark])
        characters, position = counts[mark], mark * _STEP
        step = _STEP
        while characters < index and position < len(self.body):
            before = decoder.getstate()
            text = decoder.decode(self.body[position : position + step])
            # More than one octet at a time may end inside a character.
            if characters + len(text) < index + (step == 1):
                characters += len(text)
                position = min(len(self.body), position + step)
            elif step > 1:
                decoder.setstate(before)
                step = max(1, step >> 3)
            else:
                # One octet that showed the ones before it to be broken, and is itself a
                # character: the broken ones end where it begins.
                break
        return min(position, len(self.body))

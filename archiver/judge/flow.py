"""Text on its way to the page: white space folded as a browser does, lines where blocks end."""

from __future__ import annotations

import re

from archiver.judge.traced import Tracer

_SPACES = re.compile(" {2,}")


class Writer:
    """Collects text. `struck` lists the stretches of it that were put while `strikes` was set."""

    def __init__(self) -> None:
        self.tracer = Tracer()
        self.strikes = False
        self.struck: list[tuple[int, int]] = []
        self._pending = ""
        self._pending_at = 0

    def put(self, text: str, at: int, size: int) -> None:
        """Text as it stands, made of `size` characters at `at` in the source."""
        if not text:
            return
        if self._pending and self.tracer.length:
            self.tracer.put(self._pending, self._pending_at, 1)
        self._pending = ""
        if self.strikes:
            self._strike(self.tracer.length, len(text))
        self.tracer.put(text, at, size)

    def _strike(self, start: int, size: int) -> None:
        if self.struck and self.struck[-1][1] == start:
            start = self.struck.pop()[0]
        self.struck.append((start, self.tracer.length + size))

    def space(self, at: int) -> None:
        """White space between words: one blank, unless a line ends here anyway."""
        if not self._pending:
            self._pending, self._pending_at = " ", at

    def line(self, at: int) -> None:
        """The end of a line or block."""
        self._pending, self._pending_at = "\n", at

    def flow(self, text: str, at: int) -> None:
        """Text whose white space is folded."""
        for blank in "\t\n\f\r":
            text = text.replace(blank, " ")
        body = text.lstrip(" ")
        if len(body) < len(text):
            self.space(at)
        start = at + len(text) - len(body)
        body = body.rstrip(" ")
        position = 0
        for match in _SPACES.finditer(body):
            self.put(
                body[position : match.start() + 1], start + position, match.start() + 1 - position
            )
            position = match.end()
        self.put(body[position:], start + position, len(body) - position)
        if body and start + len(body) < at + len(text):
            self.space(start + len(body))

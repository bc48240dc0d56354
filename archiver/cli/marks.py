"""Words that went and words that came, marked as `git diff --word-diff` marks them."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.report.escape import terminal

_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Marks:
    """`longest` characters of a text are shown; `colour` says whether in colour too."""

    longest: int
    colour: bool

    def went(self, text: str) -> str:
        """`[-text-]`, safe to print; nothing where there is no text."""
        return self.red(f"[-{terminal(text, self.longest)}-]") if text else ""

    def came(self, text: str) -> str:
        """`{+text+}`, safe to print; nothing where there is no text."""
        return self.green(f"{{+{terminal(text, self.longest)}+}}") if text else ""

    def red(self, text: str) -> str:
        """A safe text that went."""
        return f"{_RED}{text}{_PLAIN}" if self.colour else text

    def green(self, text: str) -> str:
        """A safe text that came."""
        return f"{_GREEN}{text}{_PLAIN}" if self.colour else text

"""One observation that a verdict rests on, for it or against it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Signal:
    """`speaks_for` is a state; `record` the WARC record that holds what was seen. A `weak` one
    alone changes nothing."""

    name: str
    value: str
    speaks_for: str
    record: str | None
    weak: bool = False

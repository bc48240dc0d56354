"""A terminal of the tests' own."""

from __future__ import annotations

import pty

import pytest


def opened() -> tuple[int, int]:
    """Both ends of a pseudo-terminal; a machine without `/dev/pts` (a bare chroot) has none."""
    try:
        return pty.openpty()
    except OSError:
        pytest.skip("needs a pseudo-terminal (Debian has them)")

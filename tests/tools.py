"""Tools of others that judge our packages."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

# Beside this Python first, where the development tools are.
SEARCHED = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def tool(name: str) -> str:
    """Where a tool is: beside this Python, or on the path. CI must have it."""
    found = shutil.which(name, path=SEARCHED)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is not installed")
        pytest.skip(f"{name} is not installed: this check by another tool was not made")
    return found

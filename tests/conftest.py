"""Every test has a configuration of its own, and none sees keys of the person who runs it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.tools import IN_CI

# `tools` has read it. Tests of what CI does set it themselves.
os.environ.pop("CI", None)
os.environ.pop("ARCHIVER_KEY", None)
os.environ.pop("ARCHIVER_LEDGER_KEY", None)
os.environ.pop("ARCHIVER_LEDGER_VKEY", None)
assert IN_CI in (True, False)


@pytest.fixture(autouse=True, scope="session")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("configuration")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield

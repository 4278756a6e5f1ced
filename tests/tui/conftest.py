from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import _wait

from tests.tui.study import Study

# Textual's pilot sleeps so long behind each key, in seconds, and until so little CPU was used;
# Study.settled knows better than the clock when all is done.
_wait.SLEEP_GRANULARITY = 0.004
_wait.SLEEP_IDLE = 0.0004


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "QCODE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    made = Study.made(tmp_path)
    yield made
    made.project.close()

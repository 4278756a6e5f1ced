from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.study import Study


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "QCODE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    made = Study.made(tmp_path)
    yield made
    made.project.close()

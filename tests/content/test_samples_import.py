"""Both sample projects come into an empty project whole, without a warning, and are sound."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from qcode.cli.main import qcode
from qcode.workflows import plain_import
from tests.content.shipped import ROOT


@pytest.fixture(params=["three-villages", "banyumas-networks"])
def folder(request: pytest.FixtureRequest) -> Path:
    return ROOT / "projects" / str(request.param)


def length(table: Path) -> int:
    with table.open(encoding="utf-8", newline="") as lines:
        return len(list(csv.DictReader(lines)))


def test_a_sample_is_read_without_a_warning(folder: Path) -> None:
    assert plain_import.read(folder).warnings == ()


def test_a_sample_comes_in_whole_and_is_sound(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    for name in ("QCODE_PROJECT", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)

    def said(*words: str) -> str:
        result = CliRunner().invoke(qcode, words)
        assert result.exit_code == 0, result.output
        return result.stderr

    said("init", "contoh")
    told = said("import", str(folder))
    assert "arning" not in told
    for noun in ("document", "case", "coding"):
        assert f"{length(folder / f'{noun}s.csv')} {noun}" in told
    assert "No damage found." in said("check")
    said("excerpts", "--key", "--translation", "en", "-o", "kunci.json")
    quoted = json.loads((tmp_path / "kunci.json").read_text(encoding="utf-8"))["excerpts"]
    # Every key quotation that is prepared may leave, and none says that it is real.
    assert sum(bool(one["role"]) for one in quoted) == length(folder / "quotations.csv")
    assert sum(bool(one["translation"]) for one in quoted) == length(folder / "translations.csv")
    assert {one["translation"]["by"] for one in quoted if one["translation"]} == {"invented sample"}

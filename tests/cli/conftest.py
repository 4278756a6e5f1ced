"""A folder of its own to work in, and the program run in it as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qcode.cli.main import qcode

Run = Callable[..., Result]

INTERVIEW = (
    "P: Siapa yang mengajari Ibu?\n"
    "N: Ya diajari anak muda sini, Bu Ani. Sabar dia.\n"
    "P: Lalu?\n"
    "N: Sekarang sudah bisa kirim gambar sendiri.\n"
    "P: Takut?\n"
    "N: Dulu takut salah pencet.\n"
)
OTHER = INTERVIEW.replace("anak muda", "cucu").replace("gambar", "pesan")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty current folder, with settings of its own and no project from outside."""
    folder = tmp_path / "studi"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in ("QCODE_PROJECT", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QCODE_SETTINGS", str(tmp_path / "settings.toml"))
    return folder


@pytest.fixture
def run(here: Path) -> Run:
    """Return a function that runs a command line; it must end with ``code``."""

    def go(*words: str | Path, code: int = 0, input: str | None = None) -> Result:
        result = CliRunner().invoke(qcode, [str(word) for word in words], input=input)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    return go


@pytest.fixture
def study(here: Path, run: Run) -> Run:
    """Return ``run`` in a folder with a project of two interviews, two codes and coder sari."""
    (here / "W01.txt").write_text(INTERVIEW, encoding="utf-8")
    (here / "W02.txt").write_text(OTHER, encoding="utf-8")
    run("init", "studi", "--coder", "sari")
    run("import", "W01.txt", "W02.txt", "--interviewer", "P")
    run("codebook", "add", "belajar", "--definition", "siapa mengajari siapa")
    run("codebook", "add", "takut", "--under", "belajar", "--alias", "cemas")
    return run

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_keys_are_listed_with_their_ids_as_the_settings_have_them(here: Path, run: Run) -> None:
    (here.parent / "settings.toml").write_text(
        '[keys]\n"coding.undo" = "U,ctrl+z"\ncoding.memo = "d"\n', encoding="utf-8"
    )
    result = run("keys", "--format", "csv")
    assert '"Coding","coding.undo","U,ctrl+z","Undo"' in result.stdout
    assert '"Text","reader.sentence.next",")","Next sentence"' in result.stdout
    assert '"Coding","coding.memo","m","Write a memo"' in result.stdout
    assert "the key d does “Remove the code at the cursor”" in result.stderr
    assert "settings.toml under [keys]" in run("keys").stdout

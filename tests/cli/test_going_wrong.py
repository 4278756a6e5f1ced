"""What is typed wrongly or finds nothing: the sentence says how to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_find_without_words_leads_to_the_passages_of_codes(study: Run) -> None:
    said = study("find", "--code", "belajar", "--and", "takut", code=2).stderr
    assert "qcode excerpts --code CODE" in said


def test_a_list_without_excerpts_says_that_there_are_none(study: Run) -> None:
    found = study("excerpts", "--code", "takut", "--text", "zzz")
    assert "0 excerpts" in found.stdout
    assert "0 excerpts" in found.stderr


def test_a_file_where_a_saved_search_may_stand_is_told_how_it_is_named(study: Run) -> None:
    said = study("export", "report", "laporan.html", code=2).stderr
    assert "“laporan.html” is no option" in said
    assert "-o FILE" in said


@pytest.mark.parametrize("option", ["--to", "-o", "--output"])
def test_everything_exported_names_its_file_in_one_way(study: Run, here: Path, option: str) -> None:
    study("export", "report", option, "laporan.md")
    study("export", "codebook", option, "kode.toml")
    study("export", "tables", option, "tabel")
    assert (here / "laporan.md").read_text(encoding="utf-8").startswith("#")
    assert (here / "kode.toml").exists()
    assert any((here / "tabel").iterdir())

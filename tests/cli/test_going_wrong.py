"""What is typed wrongly or finds nothing: the sentence says how to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


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


def test_village_and_role_find_desa_and_peran(villages: Run) -> None:
    asked = ("--code", "ongkir", "--format", "csv")
    assert villages("compare", "--by", "village", *asked).stdout == (
        villages("compare", "--by", "desa", *asked).stdout
    )
    both = villages("compare", "--by", "role", "--where", "village=A", *asked).stdout
    assert both == villages("compare", "--by", "peran", "--where", "desa=A", *asked).stdout
    assert "there are: desa, kabupaten" in villages("compare", "--by", "zzz", code=1).stderr


def test_the_matrix_too_is_written_for_excel_in_indonesia(study: Run, here: Path) -> None:
    study("matrix", "--for", "excel-id", "-o", "m.csv")
    assert (here / "m.csv").read_bytes().startswith("\ufeffcase;belajar".encode())
    assert "--for excel-id writes csv" in study("matrix", "--for", "excel-id", "--format", "json",
                                                code=1).stderr  # fmt: skip


def test_the_number_of_a_question_is_enough_for_its_answers(villages: Run) -> None:
    assert villages("guide", "4").stdout == villages("guide", "answers", "4").stdout
    assert "no question “99”" in villages("guide", "99", code=1).stderr


def test_who_has_no_story_is_told_how_one_begins(villages: Run) -> None:
    said = villages("narrative", "W07").stderr
    assert "qcode narrative W07 --outline" in said
    assert villages("narrative", "W07", "--outline").stdout.count(">") > 5
    villages("narrative", "outline", "W07")
    assert "no story" not in villages("narrative", "W07").stderr


def test_every_story_goes_to_a_folder_in_any_format(villages: Run, here: Path) -> None:
    villages("narrative", "outline", "W07")
    villages("narrative", "show", "--all", "--to", "cerita", "--format", "docx")
    assert [one.suffix for one in (here / "cerita").iterdir()] == [".docx"]
    assert "add -o FILE" in villages("narrative", "W07", "--format", "docx", code=1).stderr


def test_a_cell_left_empty_is_explained_under_the_table(villages: Run) -> None:
    shown = villages("triangulate", "show", "--code", "ongkir").stdout
    assert "\nempty: no verdict chosen yet\n" in shown


def test_passages_that_are_not_to_be_quoted_are_not_called_uncoded(villages: Run) -> None:
    assert "may be quoted" in villages("quotations", "informants").stdout.splitlines()[1]


def test_a_verdict_names_its_theme_like_every_command_of_themes(villages: Run) -> None:
    said = villages("triangulate", "set", "Kader yang sabar", "aparat desa", "silent").stderr
    assert "Kader yang sabar · aparat desa: silent" in said
    missing = villages("triangulate", "set", "aparat desa", code=2).stderr
    assert "THEME GROUP VERDICT, with a name of several words in quotation marks" in missing
    twice = ("a", "b", "agrees", "--theme", "c")
    assert "with --theme or" in villages("triangulate", "set", *twice, code=2).stderr

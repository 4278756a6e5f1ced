"""``qcode import``: what is shown before, what is asked, what is stored in one step."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from qcode.cli import diagnostics
from qcode.settings import shipped
from tests.cli.conftest import INTERVIEW, OTHER, Run

GROUP = INTERVIEW.replace("P:", "M:")


@pytest.fixture
def someone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be somebody to ask."""
    monkeypatch.setattr(diagnostics, "someone_answers", lambda: True)


@pytest.fixture
def folder(here: Path) -> Path:
    """Return a folder of three interviews by two sets of labels, and what is beside them."""
    inside = here / "transkrip"
    (inside / "desa").mkdir(parents=True)
    (inside / "W01.txt").write_text(INTERVIEW, encoding="utf-8")
    (inside / "W02.md").write_text(OTHER, encoding="utf-8")
    (inside / "desa" / "W10.txt").write_text(GROUP, encoding="utf-8")
    (inside / "~$W01.docx").write_bytes(b"lock")
    (inside / "rekaman.mp3").write_bytes(b"ID3")
    return inside


def test_a_preview_needs_no_project_and_writes_nothing(run: Run, here: Path, folder: Path) -> None:
    before = sorted(here.rglob("*"))
    shown = run("import", "--preview", folder).stdout
    for words in ("W01.txt", "3 of 3", "P seems to be who interviews.", "N: Ya diajari anak muda"):
        assert words in shown
    assert sorted(here.rglob("*")) == before


def test_a_preview_says_what_the_options_would_do_and_what_means_nothing_is_refused(
    run: Run, folder: Path
) -> None:
    shown = run("import", "--preview", folder, "--interviewer", "n", "--kind", "observation").stdout
    assert "Who interviews, as you say: N" in shown
    assert "seems to be" not in shown.split("W01.txt")[1].split("W02.md")[0]
    assert shown.count("It comes in as observation.") == 3
    assert (
        "no speaker “x”" in run("import", "--preview", folder, "--interviewer", "X", code=1).stderr
    )
    villages = shipped("projects") / "three-villages"
    for option in (("--kind", "observation"), ("--interviewer", "P"), ("--encoding", "cp1252")):
        for more in ((), ("--preview",)):
            refused = run("import", villages, *option, *more, code=1).stderr
            assert f"leave {option[0]} out" in refused


def test_in_a_pipe_nobody_is_guessed_and_the_summary_says_how_to_mend_it(
    run: Run, folder: Path
) -> None:
    run("init", "studi")
    said = run("import", folder).stderr
    assert "3 documents imported." in said
    mend = said.split("To say so: qcode ")[1].split()
    assert "unknown" in run("documents", "speakers").stdout
    label = mend[mend.index("--label") + 1]
    assert "changed" in run(*mend).stderr
    assert f"{label}      interviewer" in run("documents", "speakers").stdout


def test_a_person_is_asked_once_for_each_set_of_labels(
    run: Run, folder: Path, someone: None
) -> None:
    run("init", "studi")
    asked = run("import", folder, input="\nm\n").stderr
    assert asked.count("who interviews?") == 2
    assert "[P]" in asked
    listed = run("documents", "speakers", "--format", "csv").stdout
    assert listed.count("interviewer") == 3
    assert listed.count("participant") == 3
    assert "unknown" not in listed


def test_an_answer_that_names_nobody_stores_nothing(run: Run, folder: Path, someone: None) -> None:
    run("init", "studi")
    said = run("import", folder, input="X\n", code=1).stderr
    assert "no speaker “X”; there are: N, P" in said
    assert "W01" not in run("documents").stdout


def test_yes_takes_what_is_proposed(run: Run, folder: Path) -> None:
    run("init", "studi")
    run("import", folder / "W01.txt", "--yes", "--kind", "interview")
    listed = run("documents", "speakers").stdout
    assert "P      interviewer" in listed
    assert "N      participant" in listed


def test_one_command_is_one_step(run: Run, folder: Path) -> None:
    run("init", "studi")
    run("import", folder, folder / "W01.txt")
    assert "Undone: import 3 documents" in run("undo").stderr
    assert "W0" not in run("documents").stdout
    assert "Done again: import 3 documents" in run("redo").stderr


def test_a_second_import_is_backed_up_and_skips_what_is_known(
    run: Run, here: Path, folder: Path
) -> None:
    run("init", "studi")
    run("import", folder / "W01.txt")
    assert not (here / "backups").exists()
    (folder / "W01 salinan.txt").write_text(INTERVIEW, encoding="utf-8")
    said = run("import", folder).stderr
    assert "2 documents imported." in said
    assert "2 were in the project already" in said
    assert len(list((here / "backups").iterdir())) == 1


def test_an_empty_folder_and_a_missing_file_are_named(run: Run, here: Path) -> None:
    run("init", "studi")
    (here / "kosong").mkdir()
    said = run("import", "kosong", "tidak-ada.txt", code=1).stderr
    assert "kosong was not imported: it holds no transcript" in said
    assert "tidak-ada.txt was not imported" in said


def test_a_name_that_is_taken_gets_its_suffix_then_a_number(run: Run, folder: Path) -> None:
    run("init", "studi")
    for suffix in ("txt", "md"):
        for where in ("satu", "dua"):
            (folder / where).mkdir(exist_ok=True)
            (folder / where / f" W09.{suffix}").write_text(
                f"P: {where} {suffix}?\nN: Ya.\nP: Lalu?\n"
            )
    said = run("import", folder / "satu", folder / "dua").stderr
    assert "Nobody said who interviews in W09, W09.txt, W09.md and 1 more" in said
    listed = run("documents", "--format", "csv").stdout
    for name in ("W09", "W09.md", "W09.txt", "W09.txt (2)"):
        assert f'"{name}",' in listed
    run("documents", "show", "W09")


def test_the_command_that_mends_the_interviewer_can_be_typed_as_it_is(
    run: Run, folder: Path
) -> None:
    run("init", "studi")
    turns = "Ani: Saya membatik sejak kecil.\nResearcher 1: Di mana?\n" * 4
    (folder / "W07.txt").write_text(turns)
    said = run("import", folder / "W07.txt").stderr
    mend = shlex.split(said.split("To say so: qcode ")[1])
    assert mend[mend.index("--label") + 1] == "Researcher 1"
    run(*mend)
    assert "Researcher 1  interviewer" in run("documents", "speakers").stdout


def test_a_file_that_cannot_be_read_is_named_once(run: Run, folder: Path) -> None:
    run("init", "studi")
    (folder / "koi8.txt").write_bytes("Участник: да, конечно\n".encode("koi8-r") * 9)
    said = run("import", folder / "koi8.txt", code=1).stderr
    assert "koi8.txt was not imported: line 1: byte 1 is not UTF-8" in said

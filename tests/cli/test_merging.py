from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode.store.exchange import exchange
from qcode.store.opening import open_project
from tests.cli.conftest import INTERVIEW, Run

TABLES = (
    ("documents", "list"), ("documents", "show", "W01"), ("codebook",), ("codings", "list"),
    ("memos", "list"), ("freq",), ("history", "-n", "0", "--format", "csv"),
)  # fmt: skip


def as_tables(run: Run, project: Path) -> list[str]:
    return [run(*words, "-p", str(project)).stdout for words in TABLES]


@pytest.fixture
def copies(study: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Return sari's project and budi's copy of it, on which both worked on apart."""
    study("apply", "W01", "33", "72", "belajar")
    own, other = here / "studi.qcode", here.parent / "budi.qcode"
    shutil.copy(own, other)
    theirs = ("-p", str(other), "--coder", "budi")
    study("apply", "W01", "33", "60", "takut", *theirs)
    study("codebook", "add", "sungkan", *theirs)
    study("codebook", "rename", "takut", "gentar", *theirs)
    study("apply", "W02", "36", "52", "belajar", "--coder", "sari")
    study("codebook", "add", "Sungkan", "--coder", "sari")
    study("codebook", "rename", "takut", "cemas sekali", "--coder", "sari")
    return own, other


def test_a_merge_is_told_first_backed_up_done_once_and_the_same_either_way(
    study: Run, copies: tuple[Path, Path], here: Path
) -> None:
    own, other = copies
    before = as_tables(study, own)
    told = study("merge", other, "--dry-run")
    assert "nothing was changed" in told.stderr
    assert as_tables(study, own) == before
    done = study("merge", other)
    assert "budi: 1 code, 1 coder, 1 coding" in done.stdout
    assert "changed on both sides" in done.stdout
    assert "code belajar/cemas sekali: name" in done.stdout
    assert "sari's stands, being the later" in done.stdout
    assert "2 codes sungkan" in done.stdout
    assert list((here / "backups").glob("studi.*.qcode"))
    after = as_tables(study, own)
    assert "Nothing new" in study("merge", other).stderr
    assert as_tables(study, own) == after
    study("merge", own, "-p", str(other), "--coder", "budi")
    assert as_tables(study, other) == after
    assert "No damage" in study("check").stderr


def test_a_folder_of_copies_is_merged_at_once_and_strangers_are_refused_whole(
    study: Run, copies: tuple[Path, Path], here: Path
) -> None:
    own, other = copies
    folder = here / "salinan"
    folder.mkdir()
    shutil.copy(other, folder / "a.qcode")
    study("init", "lain", "-p", str(folder / "z.qcode"), "--coder", "sari")
    before = as_tables(study, own)
    assert "another study" in study("merge", folder, code=1).stderr
    assert as_tables(study, own) == before
    (folder / "z.qcode").unlink()
    shutil.copy(other, folder / "b.qcode")
    assert "nothing new" in study("merge", folder).stdout
    (here / "kosong").mkdir()
    assert "holds no project files" in study("merge", here / "kosong", code=1).stderr


def test_corrections_made_apart_are_joined_turn_by_turn_on_both_copies_alike(
    study: Run, copies: tuple[Path, Path], here: Path
) -> None:
    own, other = copies
    first, second = here / "W01 sari.txt", here / "W01 budi.txt"
    first.write_text(INTERVIEW.replace("Sabar dia", "Sabar sekali dia"), encoding="utf-8")
    second.write_text(INTERVIEW.replace("salah pencet", "salah tekan"), encoding="utf-8")
    study("documents", "update", "W01", first)
    study("documents", "update", "W01", second, "-p", str(other), "--coder", "budi")
    study("merge", other)
    study("merge", own, "-p", str(other), "--coder", "budi")
    study("merge", other)
    shown = study("documents", "show", "W01").stdout
    assert "Sabar sekali dia" in shown
    assert "salah tekan" in shown
    assert "changed" not in study("codings", "list").stdout
    projects = [open_project(str(place)) for place in (own, other)]
    assert exchange(projects[1], projects[0]).changes == 0
    for project in projects:
        project.close()
    assert as_tables(study, own)[:6] == as_tables(study, other)[:6]


def test_a_turn_corrected_on_both_copies_is_listed(study: Run, copies: tuple[Path, Path],
                                                   here: Path) -> None:  # fmt: skip
    _own, other = copies
    for name, words, theirs in (
        ("a.txt", "Pelan dia", ()), ("b.txt", "Telaten dia", ("-p", str(other), "--coder", "budi")),
    ):  # fmt: skip
        (here / name).write_text(INTERVIEW.replace("Sabar dia", words), encoding="utf-8")
        study("documents", "update", "W01", here / name, *theirs)
    said = study("merge", other)
    assert "W01 turn 2" in said.stdout
    assert "joined turn by turn" in said.stderr
    assert "Telaten dia" in study("documents", "show", "W01").stdout


def test_a_missing_stretch_of_somebodys_log_is_named(study: Run, copies: tuple[Path, Path],
                                                     here: Path) -> None:  # fmt: skip
    import sqlite3

    _own, other = copies
    file = sqlite3.connect(other)
    (writer, last) = file.execute(
        "SELECT writer, max(seq) FROM change GROUP BY writer ORDER BY max(hlc) DESC"
    ).fetchone()
    file.execute("DELETE FROM change WHERE writer = ? AND seq = ?", (writer, last - 1))
    file.commit()
    file.close()
    said = study("merge", other).stdout
    assert f"changes {last - 1} to {last - 1} from a copy of budi" in said
    assert "ask budi for a newer copy" in said

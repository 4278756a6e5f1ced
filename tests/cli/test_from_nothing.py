"""From an empty folder to a coded study, and back out as plain files."""

from __future__ import annotations

import csv
import io
import os
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from qcode import settings
from tests.cli.conftest import INTERVIEW, Run


def test_an_empty_folder_says_what_to_do_next(run: Run) -> None:
    said = run(code=1).stderr
    assert "qcode demo" in said
    assert "qcode init NAME" in said


def test_a_study_is_made_filled_coded_and_undone(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar", "--memo", "siapa anak muda itu?")
    assert "Coded: W01:6.1" in study("apply", "w01", "146", "169", "cemas").stderr
    listed = study("codings", "list", "--format", "csv").stdout
    assert [row["coding"] for row in rows(listed)] == [
        "W01:2.1", "W01:6.1",
    ]  # fmt: skip
    study("codings", "retire", "W01:2.1")
    assert "W01:2.1" not in study("codings", "list").stdout
    assert "Undone: retire 1 coding (" in study("undo").stderr
    assert "W01:2.1" in study("codings", "list").stdout
    assert "Done again: retire 1 coding (" in study("redo").stderr
    study("documents", "finish", "W01")
    assert "you coded nothing" in study("documents", "finish", "W02", code=1).stderr
    study("documents", "finish", "W02", "--nothing")
    assert "sari (nothing to code)" in study("documents").stdout
    assert "No damage found." in study("check").stderr


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_number_of_a_coding_stays_when_another_is_retired(study: Run) -> None:
    study("apply", "W01", "33", "40", "belajar")
    study("apply", "W01", "33", "60", "takut")
    study("codings", "retire", "W01:2.1")
    study("codings", "recode", "W01:2.2", "belajar")
    study("codings", "move", "W01:2.2", "36", "60")
    listed = study("codings", "list").stdout
    assert "W01:2.2" in listed
    assert "36   60" in listed
    assert "no coding “W01:2.9”" in study("codings", "retire", "W01:2.9", code=1).stderr
    assert "no address" in study("codings", "retire", "W01", code=1).stderr


def test_the_history_tells_every_step_in_words(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar", "--coder", "bima")
    study("undo", "--coder", "bima")
    told = study("history").stdout
    for words in ("import 2 documents", "add 1 code", "code 1 segment", "undone", "bima"):
        assert words in told
    assert "W01 · belajar" in told
    assert "add 1 code" not in study("history", "--document", "W01").stdout
    assert "import" not in study("history", "--coder", "bima").stdout
    assert "nothing of yours" in study("undo", "--coder", "tamu").stderr


def test_a_reason_stays_with_the_step_and_a_file_gets_whole_times(study: Run) -> None:
    study("codebook", "rename", "takut", "cemas", "--reason", "kata informan")
    study("codebook", "merge", "cemas", "belajar", "--reason", "kembar")
    study("memos", "add", "lihat lagi", "--document", "W02")
    memo, merged, renamed = csv.DictReader(
        study("history", "-n", "3", "--format", "csv").stdout.splitlines()
    )
    assert (memo["about"], memo["reason"]) == ("W02", "")
    assert (merged["reason"], renamed["reason"]) == ("kembar", "kata informan")
    assert "belajar/cemas" in merged["about"]
    assert datetime.fromisoformat(memo["when"]).tzinfo
    assert (
        "Undone: merge a code into another (cemas, belajar)"
        in [study("undo").stderr, study("undo").stderr][1].rpartition(", today")[0]
    )


def test_the_coder_named_last_is_remembered(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar", "--coder", "bima")
    study("apply", "W02", "33", "60", "belajar")
    listed = study("coders", "--format", "csv").stdout
    assert '"bima","coder","",2,2,0' in listed


def test_a_document_is_shown_with_numbers_and_codings(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("codings", "mark", "W01", "33", "40", "off-the-record")
    shown = study("documents", "show", "W01").stdout
    assert "     2     2      29  N: Ya diajari anak muda sini, Bu Ani. Sabar dia." in shown
    assert "▸ W01:2.1  sari  belajar  33-60" in shown
    assert "off the record" in shown
    study("codings", "mark", "W01", "33", "34", "off-the-record", "--remove")
    assert "off the record" not in study("documents", "show", "W01").stdout


def test_a_project_comes_back_from_its_plain_files(study: Run, here: Path) -> None:
    study("apply", "W01", "33", "60", "belajar", "--memo", "lihat\njuga W02")
    study("apply", "W02", "33", "50", "takut", "--coder", "bima")
    (here / "cases.csv").write_text(
        "name;village;product\nW01;Klaten;batik | kopi\nW02;Boyolali;\n", encoding="utf-8"
    )
    study("cases", "import", "cases.csv", "--coder", "sari")
    study("documents", "speakers", "W01", "--label", "N", "--case", "W01", "--name", "Bu Kus")
    study("memos", "add", "bandingkan", "--document", "W01", "--at", "33", "40")
    study("codings", "mark", "W01", "33", "40", "not-to-be-used")
    study("documents", "finish", "W01")
    study("export", "project", "--to", "keluar")
    study("init", "lagi")
    study("import", "keluar", "-p", "lagi.qcode")
    study("export", "project", "--to", "lagi", "-p", "lagi.qcode")
    for file in sorted((here / "keluar").rglob("*.*")):
        again = here / "lagi" / file.relative_to(here / "keluar")
        old, new = file.read_text(encoding="utf-8"), again.read_text(encoding="utf-8")
        assert new.replace('name = "lagi"', 'name = "studi"') == old, file.name
    twice = study("import", "keluar", "-p", "lagi.qcode").stderr
    assert "nothing new" in twice
    assert "2 codings" in twice
    assert "No damage found." in study("check", "-p", "lagi.qcode").stderr


def test_a_backup_is_listed_and_can_be_opened(study: Run) -> None:
    study("backup")
    (row,) = rows(study("backup", "--list", "--format", "csv").stdout)
    assert "W01" in study("documents", "-p", row["file"]).stdout


@pytest.mark.parametrize("sample", ["three-villages", "banyumas-networks"])
def test_the_samples_come_in_without_a_warning_and_are_sound(run: Run, sample: str) -> None:
    folder = settings.shipped("projects") / sample
    run("init", "contoh")
    said = run("import", folder).stderr
    assert "Warning" not in said
    assert "No damage found." in run("check").stderr


def test_the_demo_prints_its_tables_and_is_made_once(run: Run, here: Path) -> None:
    first = run("demo")
    assert "Made:" in first.stderr
    assert "W07" in first.stdout
    assert "kader digital" in first.stdout
    run("coders", "add", "tamu", "-p", here / "qcode-demo" / "three-villages.qcode")
    again = run("demo")
    assert "Made:" not in again.stderr
    assert again.stdout == first.stdout


def test_who_writes_in_the_demo_is_the_coder_it_is_opened_as(run: Run, here: Path) -> None:
    run("demo")
    at = ("-p", here / "qcode-demo" / "three-villages.qcode")
    before = len(run("coders", "list", "--format", "csv", *at).stdout.splitlines())
    said = run("apply", "W09", "1130", "1140", "kader digital", *at).stderr
    assert "codes in this project from now on" not in said
    run("freq", "--code", "champion", "--save", "pelopor", *at)
    assert "sari finished W09" in run("documents", "finish", "W09", *at).stderr
    assert "bima finished W01" in run("documents", "finish", "W01", *at, "--coder", "bima").stderr
    people = run("coders", "list", "--format", "csv", *at).stdout.splitlines()
    assert len(people) == before
    joined = run("memos", "add", "catatan", *at, "--coder", "ayu").stderr
    assert "ayu codes in this project from now on" in joined


def test_a_saved_search_makes_no_coder_of_who_did_not_say_who_he_is(
    study: Run, monkeypatch: pytest.MonkeyPatch, here: Path
) -> None:
    monkeypatch.setenv("QCODE_SETTINGS", str(here / "other.toml"))
    monkeypatch.setattr(settings, "login_name", lambda: "tamu")
    before = study("history", "-n", "0").stdout
    said = study("freq", "--code", "takut", "--save", "takut", code=1)
    assert (said.stdout, "tamu has not joined this project" in said.stderr) == ("", True)
    assert study("history", "-n", "0").stdout == before
    study("--coder", "bima", "freq", "--code", "takut", "--save", "takut")


def test_in_a_terminal_the_screen_is_opened(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, ...]] = []
    monkeypatch.setattr("qcode.cli.creating.in_terminal", lambda: True)
    monkeypatch.setattr("qcode.tui.app.run", lambda *words, **_how: shown.append(words))
    study()
    study("--coder", "bima")
    study()
    study("demo")
    study("demo", "kelas", "--coder", "ayu")
    assert shown == [
        ("studi.qcode", "sari", ""),
        ("studi.qcode", "bima", ""),
        ("studi.qcode", "bima", ""),
        (str(Path("qcode-demo/three-villages.qcode")), "sari", "W01"),
        (str(Path("kelas/three-villages.qcode")), "ayu", "W01"),
    ]


def test_who_names_himself_to_code_a_document_is_remembered(
    study: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("qcode.cli.coding.sys", SimpleNamespace(stdin=screen, stdout=screen))
    monkeypatch.setattr("qcode.tui.app.run", lambda *_words, **_how: "")
    study("--coder", "bima", "code", "W01")
    assert settings.remembered().coder == "bima"


def test_a_coder_who_was_mistyped_in_a_command_that_fails_joins_nothing(study: Run) -> None:
    study("apply", "W99", "0", "5", "belajar", "--coder", "sarri", code=1)
    assert "sarri" not in study("coders").stdout
    assert "sarri" not in study("history").stdout
    study("apply", "W01", "33", "60", "belajar")
    assert "sari" in study("codings", "list").stdout


def test_a_kind_of_case_may_be_written_in_indonesian(study: Run, here: Path) -> None:
    (here / "kasus.csv").write_text("kind,name,desa\nInforman,W01,A\n", encoding="utf-8")
    study("cases", "import", "kasus.csv")
    assert "informant" in study("cases").stdout


def test_a_corrected_transcript_keeps_codings_on_their_words(study: Run, here: Path) -> None:
    at = INTERVIEW.index("Bu Ani")
    study("apply", "W01", str(at), str(at + 6), "belajar")
    study("apply", "W01", "32", "61", "belajar")
    gone = INTERVIEW.index("Sabar dia.")
    study("apply", "W01", str(gone), str(gone + 10), "belajar")
    new = INTERVIEW.replace("anak muda", "cucu").replace(" Sabar dia.", "")
    (here / "W01b.txt").write_text(new + "Q: Selesai?\nQ: Ya.\nQ: Ya.\n", encoding="utf-8")
    said = study("documents", "update", "W01", "W01b.txt").stderr
    assert "1 coding stays on its words." in said
    assert "1 coding stands on other words now" in said
    assert "1 coding needs a place" in said
    assert "New speakers: Q" in said
    assert "Ya diajari cucu sini" in study("codings", "list", "--document", "W01").stdout
    assert "0 documents imported" in study("import", "W01b.txt").stderr
    assert "that stands there already" in study("documents", "update", "W01", "W01b.txt",
                                                code=1).stderr  # fmt: skip
    study("undo")
    assert "anak muda sini" in study("codings", "list", "--document", "W01").stdout
    assert "No damage found." in study("check").stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such bits")
def test_check_says_that_others_may_read_the_project(study: Run, here: Path) -> None:
    assert "chmod" not in study("check").stderr
    (here / "studi.qcode").chmod(0o644)
    assert "chmod 600 studi.qcode" in study("check").stderr


def test_an_export_says_what_was_not_looked_for(study: Run, here: Path) -> None:
    study("documents", "finish", "W01", "--nothing")
    study("export", "project", "--to", "keluar")
    assert not (here / "keluar/not-looked-for.csv").exists()
    study("codebook", "add", "baru")
    study("export", "project", "--to", "kemudian")
    told = (here / "kemudian/not-looked-for.csv").read_text(encoding="utf-8")
    assert told == '"code","coder","documents"\n"baru","sari","W01"\n'


def test_a_document_is_renamed_and_described_by_command(study: Run) -> None:
    study("documents", "set", "W01", "--name", "Bu Kus", "--kind", "observation",
          "--detail", "date=2025-03-11")  # fmt: skip
    assert "Bu Kus" in study("documents").stdout
    assert "already" in study("documents", "set", "Bu", "--name", "W02", code=1).stderr
    assert "say what is to change" in study("documents", "set", "W02", code=1).stderr
    study("undo")
    assert "Bu Kus" not in study("documents").stdout


def test_the_history_says_which_step_was_undone(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("undo")
    last = study("history", "-n", "1").stdout
    assert "undo a step" in last
    assert "code 1 segment" in last


def test_a_segment_recoded_to_a_younger_code_counts_for_it(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("codebook", "add", "baru")
    study("codings", "recode", "W01:2.1", "baru")
    told = study("freq", "--code", "baru").stdout
    assert "1 of 1" in told
    assert "not looked through" not in told


def test_the_language_of_the_interviews_is_said_or_comes_with_what_is_brought_in(
    run: Run, here: Path
) -> None:
    assert "two or three letters" in run("init", "salah", "--language", "Indonesia", code=1).stderr
    run("init", "satu", "--language", "JV")
    run("init", "dua")
    for name, language in (("satu", "jv"), ("dua", "id")):
        run("import", settings.shipped("projects") / "banyumas-networks", "-p", f"{name}.qcode")
        run("export", "project", "--to", here / name, "-p", f"{name}.qcode")
        assert f'language = "{language}"' in (here / name / "project.toml").read_text()

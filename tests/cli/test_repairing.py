"""A transcript repaired from the command line, and what the transcriber gets of it."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import INTERVIEW, Run


def text(study: Run) -> str:
    lines = study("documents", "show", "W01").stdout.splitlines()[3:]
    return "\n".join(line.split("  ")[-1] for line in lines if "▸" not in line)


def test_a_turn_is_corrected_in_every_way_and_taken_back(study: Run) -> None:
    study("apply", "W01", "44", "58", "belajar")
    study("apply", "W01", "77", "87", "takut")
    said = study("documents", "correct", "W01", "2", "--words",
                 "Ya diajari anak-anak sini, Bu Tri. Sabar dia.").stderr  # fmt: skip
    assert "W01 corrected." in said
    assert "2 codings stand on other words" not in said
    study("documents", "correct", "W01", "2", "--split", "Sabar")
    assert "P: Sabar dia." in text(study)
    study("documents", "correct", "W01", "3", "--speaker", "Pak Jaka", "--kind", "participant")
    assert "Pak Jaka: Sabar dia." in text(study)
    speakers = study("documents", "speakers", "W01").stdout
    assert [row.split() for row in speakers.splitlines() if "Jaka" in row] == [
        ["W01", "Pak", "Jaka", "participant"]
    ]
    study("documents", "correct", "W01", "2", "--join")
    assert "N: Ya diajari anak-anak sini, Bu Tri. Sabar dia." in text(study)
    for _step in range(4):
        assert "correct the text" in study("undo").stderr
    assert INTERVIEW.strip() in text(study)
    assert "Jaka" not in study("documents", "speakers", "W01").stdout
    assert "other words" not in study("codings", "list").stdout


def test_codings_on_corrected_words_are_counted_and_flagged(study: Run) -> None:
    study("apply", "W01", "32", "76", "belajar")
    said = study("documents", "correct", "W01", "2", "--words", "Ya diajari cucu, Bu Ani.").stderr
    assert "1 coding stands on other words now and is flagged." in said
    assert "other words" in study("codings", "list").stdout


def test_corrections_are_listed_for_the_transcriber_without_undone_ones(
    study: Run, here: Path
) -> None:
    assert "Corrections" in study("documents", "corrections").stdout
    study("documents", "correct", "W01", "2", "--words", "=Ya diajari anak muda, Bu Ani. Sabar.")
    study("documents", "correct", "W01", "6", "--words", "Undone.")
    study("undo")
    (here / "W02.txt").write_text(INTERVIEW.replace("Takut?", "Malu?"), encoding="utf-8")
    study("documents", "update", "W02", "W02.txt", "--coder", "bima")
    for format in ("csv", "xlsx", "json", "markdown"):
        study("documents", "corrections", "-o", f"koreksi.{format}", "--format", format)
        assert (here / f"koreksi.{format}").stat().st_size > 100
    assert "add -o FILE" in study("documents", "corrections", "--format", "xlsx", code=1).stderr
    with (here / "koreksi.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row.get("document") in ("W01", "W02")]
    assert [(row["document"], row["turn"], row["who"]) for row in rows] == [
        ("W01", "2", "sari"), ("W02", "2", "bima"), ("W02", "4", "bima"), ("W02", "5", "bima")
    ]  # fmt: skip
    assert "anak muda sini, Bu Ani. Sabar dia." in rows[0]["before"]
    assert "=Ya diajari anak muda, Bu Ani. Sabar." in rows[0]["after"]
    assert (rows[3]["before"], rows[3]["after"]) == ("P: Takut?", "P: Malu?")
    assert "Undone" not in (here / "koreksi.csv").read_text(encoding="utf-8")
    assert "W02" not in study("documents", "corrections", "W01").stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("9", "--words", "x"), "there is no turn 9; this document has 6"),
        (("2",), "say one thing"),
        (("2", "--words", "x", "--join"), "say one thing"),
        (("2", "--split", "ada apa"), "“ada apa” does not stand in this turn"),
        (("2", "--split", "a"), "“a” stands in this turn 9 times"),
        (("2", "--split", "Ya"), "between two of its words"),
        (("2", "--speaker", "n"), "the words of N already"),
        (("2", "--speaker", "P", "--kind", "participant"), "for a new speaker"),
        (("2", "--speaker", "Bu Ani [ketua]"), "cannot be the label of a speaker"),
        (("2", "--words", " "), "without words"),
        (("2", "--words", "\udcff"), "is no text in UTF-8"),
        (("6", "--join"), "the last turn"),
        (("2", "--words", "Ya diajari anak muda sini, Bu Ani. Sabar dia."), "stands there already"),
    ],
)
def test_what_cannot_be_corrected_so_is_refused(
    study: Run, words: tuple[str, ...], why: str
) -> None:
    before = study("history", "-n", "0").stdout
    assert why in study("documents", "correct", "W01", *words, code=1).stderr
    assert study("history", "-n", "0").stdout == before


def test_typed_controls_do_not_reach_the_text_and_line_ends_are_kept(study: Run) -> None:
    study("documents", "correct", "W01", "2", "--words", "Ya.\r\nAnak\x1b[2J\x9b muda.")
    assert "Ya.\nAnak�[2J� muda." in text(study)


@pytest.mark.skipif(sys.platform == "win32", reason="the fake player is a program of Unix")
def test_a_recording_is_set_and_played_without_a_step_of_the_project(
    study: Run, here: Path
) -> None:
    (here / "W03.txt").write_text("[00:01:05] P: Ya?\nN: Ya.\n", encoding="utf-8")
    study("import", "W03.txt", "--interviewer", "P")
    before = study("history", "-n", "0").stdout
    (here / "W03.mp3").touch()
    assert "no file" in study("documents", "set", "W03", "--audio", "W3.mp3", code=1).stderr
    study("documents", "set", "W03", "--audio", "W03.mp3")
    assert "no player is set" in study("documents", "play", "W03", "2", code=1).stderr
    file = here.parent / "settings.toml"
    file.write_text(
        file.read_text(encoding="utf-8") + 'player = "cp {file} heard-{seconds}"\n',
        encoding="utf-8",
    )
    assert "W03 from 00:01:05" in study("documents", "play", "W03", "2").stderr
    assert (here / "heard-65").exists()
    study("documents", "set", "W03", "--audio", "-")
    assert "no recording is known" in study("documents", "play", "W03", "2", code=1).stderr
    assert study("history", "-n", "0").stdout == before

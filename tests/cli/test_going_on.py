"""Going back to documents, progress, and the printed codebook, from the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import docx

from tests.cli.conftest import Run


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_revisit_lists_what_to_look_for_and_records_that_it_was_done(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("documents", "finish", "W01")
    assert "nothing: every code" in study("revisit").stdout
    study("codebook", "revise", "takut", "--new-meaning", "--reason", "juga malu")
    study("codebook", "add", "sungkan")
    told = rows(study("revisit", "--format", "csv").stdout)
    assert [(row[0], row[1], row[2], row[4], row[5]) for row in told[1:3]] == [
        ("W01", "belajar/takut", "new meaning", "juga malu", "finished"),
        ("W01", "sungkan", "new", "", "finished"),
    ]
    said = study("revisit", "W01", "--code", "sungkan", "--done").stderr
    assert "Looked through: 1 code in 1 document" in said
    assert "sungkan" not in study("revisit").stdout
    assert "takut" in study("revisit").stdout
    assert "go back to 1 document" in study("undo").stderr
    study("revisit", "W01", "--done")
    assert "nothing: every code" in study("revisit").stdout
    assert "go back to 1 document" in study("history").stdout
    assert "nothing is to be looked for" in study("revisit", "W01", "--done", code=1).stderr
    assert "name the document" in study("revisit", "--done", code=2).stderr
    assert "no coder “budi”" in study("revisit", "--coder", "budi", code=1).stderr


def test_the_numbers_of_freq_follow_what_was_looked_for(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("documents", "finish", "W01")
    study("codebook", "add", "sungkan")

    def told() -> str:
        lines = study("freq").stdout.splitlines()
        return next(" ".join(line.split()) for line in lines if "sungkan" in line)

    assert told() == "sungkan · · · ·"
    study("revisit", "W01", "--done")
    assert "0 of 1" in told()


def test_progress_says_how_far_each_coder_is(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar")
    study("documents", "finish", "W01")
    study("apply", "W02", "33", "50", "belajar", "--coder", "budi")
    table = rows(study("progress", "--format", "csv").stdout)
    assert [(row[0], row[1], row[-1]) for row in table[1:3]] == [
        ("W01", "sari", "finished"), ("W02", "budi", "begun")
    ]  # fmt: skip
    text = study("progress").stdout
    assert "2 of 6" in text
    assert "sari: 1 of 2 documents finished" in text


def test_progress_by_days_is_the_coders_own(study: Run) -> None:
    study("apply", "W01", "33", "60", "belajar", "--coder", "sari")
    study("apply", "W02", "33", "50", "belajar", "--coder", "budi")
    study("apply", "W02", "33", "50", "takut", "--coder", "budi")
    own = study("progress", "--days", "--coder", "sari").stdout
    assert "What sari did" in own
    assert own.splitlines()[3].split()[:4] == ["in", "all", "1", "1"]
    assert "budi" not in own


def test_the_codebook_is_printed_for_readers(study: Run, here: Path) -> None:
    study("codebook", "add", "=SUM(A1)")
    study("apply", "W01", "33", "60", "=SUM(A1)")
    assert "kode.docx" in study("export", "codebook", "--to", "kode.docx").stderr
    texts = [one.text for one in docx.Document(str(here / "kode.docx")).paragraphs]
    assert "Codebook: studi" in texts
    assert "=SUM(A1)" in texts
    study("codebook", "export", "kode.md")
    assert "siapa mengajari siapa" in (here / "kode.md").read_text(encoding="utf-8")
    assert "name one file" in study("export", "codebook", "a.md", "--to", "b.md", code=2).stderr

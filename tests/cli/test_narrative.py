"""Stories and the framework matrix on the command line, on the sample projects and a small one."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def told(study: Run) -> Run:
    """Return ``run`` in a project whose W01 is coded and linked to a case."""
    study("cases", "add", "Bu Tini")
    study("cases", "link", "W01", "Bu Tini", "--speaker", "N")
    for words in (("24", "40"), ("100", "120")):
        study("apply", "W01", *words, "belajar")
    return study


def numbers(run: Run) -> list[tuple[str, str]]:
    rows = csv.DictReader(io.StringIO(run("narrative", "pieces", "Bu", "--format", "csv").stdout))
    return [(row["number"], row["kind"]) for row in rows]


def test_a_story_is_told_piece_by_piece_printed_and_undone(told: Run, here: Path) -> None:
    assert "has no story yet" in told("narrative", "Bu Tini").stderr
    addresses = [row["coding"] for row in csv.DictReader(io.StringIO(
        told("codings", "list", "--format", "csv").stdout))]  # fmt: skip
    told("narrative", "add-heading", "Bu", "Awal")
    told("narrative", "drop", "Bu", *addresses)
    told("narrative", "say", "Bu", "-", "--after", "1", input="Ia diajari\ntetangganya.\n")
    assert [kind for _n, kind in numbers(told)] == ["heading", "sentence", "passage", "passage"]
    told("narrative", "move", "Bu", "4", "3")
    told("narrative", "rewrite", "Bu", "1", "Mula-mula")
    printed = told("narrative", "Bu Tini").stdout
    assert printed.startswith("# Bu Tini\n\n- 2 excerpts of somebody whose consent")
    assert "\n\n## Mula-mula\n\nIa diajari\n\ntetangganya.\n\n> " in printed
    assert printed.count("\n> — Bu Tini") == 2
    told("narrative", "remove", "Bu", "1")
    assert len(numbers(told)) == 3
    told("undo")
    assert "take 1 piece out of a story" in told("history", "-n", "5").stdout
    assert len(numbers(told)) == 4
    for name in ("cerita.docx", "cerita.html", "cerita.txt"):
        told("narrative", "show", "Bu", "-o", name)
    assert zipfile.is_zipfile(here / "cerita.docx")
    assert "<blockquote>" in (here / "cerita.html").read_text(encoding="utf-8")
    assert "written as markdown" in told("narrative", "Bu", "-o", "x.csv", code=1).stderr
    assert "piece 9 is none" in told("narrative", "move", "Bu", "9", "1", code=1).stderr
    assert "no case" in told("narrative", "Pak Tono", code=1).stderr
    assert "Bu Tini" in told("narrative").stdout


def test_an_outline_is_shown_and_written_only_when_that_is_asked_for(told: Run) -> None:
    shown = told("narrative", "Bu Tini", "--outline")
    assert "## belajar" in shown.stdout
    assert "nothing of it is written" in shown.stderr
    assert numbers(told) == []
    told("narrative", "outline", "Bu Tini")
    assert [kind for _n, kind in numbers(told)] == ["heading", "passage", "passage"]
    assert "has a story" in told("narrative", "outline", "Bu Tini", code=1).stderr


def test_the_networks_come_with_a_story_for_each_interview_and_go_out_and_in_again(
    run: Run, here: Path
) -> None:
    run("init", "satu", "--coder", "sari")
    brought = run("import", shipped("projects") / "banyumas-networks").stderr
    assert "pieces of narratives" in brought
    run("narrative", "--all", "--to", "cerita", "--format", "html")
    assert sorted(file.name for file in (here / "cerita").iterdir()) == [
        f"{name}.html" for name in ("B14", "B24", "B32", "B40", "B47", "B50")
    ]
    for file in (here / "cerita").iterdir():
        text = file.read_text(encoding="utf-8")
        assert text.count("data latihan") >= text.count("<blockquote>") > 0
    run("framework", "write", "B14", "isolasi", "Jauh dari ahli, bukan dari pasar.")
    for _twice in range(2):
        run("narrative", "add-heading", "B14", "Lalu")
    run("export", "project", "--to", "keluar")
    assert (here / "keluar" / "narratives.csv").read_text(encoding="utf-8").count('"Lalu"') == 2
    assert "name one case" in run("narrative", "--all", code=2).stderr
    run("init", "dua", "--coder", "sari")
    for said in ("pieces of narratives", "nothing new"):
        assert said in run("-p", "dua.qcode", "import", "keluar").stderr
    run("-p", "dua.qcode", "export", "project", "--to", "lagi")
    for name in ("narratives.csv", "summaries.csv"):
        first, second = ((here / folder / name).read_bytes() for folder in ("keluar", "lagi"))
        assert first == second


def test_what_two_copies_say_of_one_cell_is_named_when_they_meet(told: Run, here: Path) -> None:
    told("narrative", "add-heading", "Bu", "Awal")
    (here / "bima.qcode").write_bytes((here / "studi.qcode").read_bytes())
    for file, coder in (("studi", "sari"), ("bima", "bima")):
        place = ("-p", here / f"{file}.qcode", "--coder", coder)
        told(*place, "framework", "write", "Bu", "belajar", f"kata {coder}")
        told(*place, "narrative", "rewrite", "Bu", "1", f"judul {coder}")
    merged = told("-p", "studi.qcode", "merge", "bima.qcode").stdout
    assert "summary Bu Tini · belajar: said" in merged
    assert "piece of a narrative Bu Tini: text" in merged
    assert "kata bima" in told("-p", "studi.qcode", "framework").stdout


def test_the_framework_is_written_shown_and_filed(told: Run, here: Path) -> None:
    assert "2 passages, no summary" in told("framework").stdout
    told("framework", "write", "Bu", "belajar", "-", input="Diajari tetangga.\n")
    told("apply", "W01", "30", "60", "takut")
    table = told("framework", "--code", "belajar", "--format", "csv").stdout
    assert "Diajari tetangga. [since then: 1 new passage]" in table
    assert "1 new passage" in told("framework", "show", "Bu", "belajar").stderr
    for name in ("matriks.xlsx", "matriks.docx", "matriks.csv"):
        told("framework", "-o", name)
        assert (here / name).stat().st_size
    told("framework", "remove", "Bu", "belajar")
    assert "no summary" in told("framework", "remove", "Bu", "belajar", code=1).stderr
    told("undo")
    assert "Diajari tetangga." in told("framework").stdout
    assert "write a summary" in told("history").stdout

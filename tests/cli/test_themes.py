"""Themes and triangulation on the command line, on a small study and on the sample project."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run

SAMPLE = shipped("projects") / "three-villages"
FILES = ("themes.csv", "grounds.csv", "appraisals.csv")


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", SAMPLE)
    return run


def listed(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").stdout)))


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_theme_is_written_grounded_moved_and_every_step_is_undone(study: Run) -> None:
    study("apply", "W01", "35", "70", "belajar")
    study("documents", "finish", "W01")
    assert study("themes").stdout.splitlines()[0].startswith("Themes")
    study("themes", "add", "Belajar", "Dari yang muda.", "--memo", "awal")
    study("themes", "add", "Takut", "--under", "bel", "--status", "reviewed")
    assert "already" in study("themes", "add", "TAKUT", code=1).stderr
    study("themes", "ground", "bel", "--code", "belajar", "--why", "semua")
    study("themes", "ground", "tak", "--coding", "W01:2.1", "--against")
    assert "--code or a passage" in study("themes", "ground", "tak", code=2).stderr
    shown = study("themes", "show", "bel").stdout
    for words in ("Belajar · candidate", "Dari yang muda.", "memo: awal", "W01:2.1", "semua"):
        assert words in shown
    assert listed(study, "themes", "show", "bel", "--part", "grounds")[0]["side"] == "for"
    assert "--part" in study("themes", "show", "bel", "--format", "csv", code=1).stderr
    study("themes", "status", "bel", "settled")
    study("themes", "revise", "bel", "--name", "Diajari", "--statement", "Cucu juga.")
    study("themes", "move", "takut")
    study("themes", "move", "takut", "--up")
    assert [row["theme"] for row in listed(study, "themes")] == ["Takut", "Diajari"]
    assert "part of itself" in study("themes", "move", "dia", "--under", "dia", code=1).stderr
    study("themes", "unground", "dia", "--code", "belajar")
    assert "not put under" in study("themes", "unground", "dia", "--code", "belajar", code=1).stderr
    study("themes", "retire", "dia")
    told = [study("undo").stderr for _step in range(7)]
    assert ["retire a theme" in told[0], "take 1 thing away" in told[1]] == [True, True]
    assert ["say how far" in told[6], "move a theme" in told[2]] == [False, True]
    assert "say how far" in told[5]
    (first, _second) = listed(study, "themes")
    assert (first["theme"], first["status"]) == ("Belajar", "candidate")


def test_a_verdict_is_written_changed_and_taken_back(study: Run) -> None:
    study("themes", "add", "Belajar")
    assert "no verdict" not in study("triangulate", "--by", "kind").stdout.splitlines()[3]
    study("triangulate", "set", "int", "contr", "--theme", "bel", "--by", "kind", "--memo", "x")
    study("triangulate", "set", "int", "not-app", "--theme", "bel", "--by", "kind")
    (row,) = listed(study, "triangulate", "--by", "kind")
    assert (row["verdict"], row["memo"], row["chosen by"]) == ("not applicable", "x", "sari")
    study("triangulate", "set", "int", "none", "--theme", "bel", "--by", "kind")
    assert listed(study, "triangulate", "--by", "kind")[0]["verdict"] == ""
    assert "verdict" in study("triangulate", "set", "int", "ya", "--theme", "bel", code=1).stderr
    assert "with --theme or" in study("triangulate", "set", "int", "agrees", code=2).stderr
    assert "themes or about codes" in (
        study("triangulate", "--theme", "x", "--code", "y", code=2).stderr
    )


def test_contradictions_come_first_and_every_number_has_its_denominator(villages: Run) -> None:
    found = json.loads(villages("triangulate", "--by", "kind", "--format", "json").stdout)
    verdicts = [row["verdict"] for row in found["rows"]]
    assert verdicts[:2] == ["contradicts", "contradicts"]
    assert verdicts[2] == "partly"
    for row in found["rows"]:
        assert row["for"]["n"] >= row["for"]["k"]
    assert found["notes"][0] == "data latihan"
    by_code = listed(villages, "triangulate", "--code", "kolaborasi/pemerintah desa")
    assert by_code[0]["verdict"] == "contradicts"
    passages = villages("triangulate", "--theme", "Kunci", "--passages", "--by", "kind").stdout
    assert "data latihan" in passages


@pytest.mark.parametrize("format", ["csv", "json", "markdown"])
def test_what_stays_inside_is_in_no_table_of_themes(villages: Run, format: str) -> None:
    everything = "".join(
        villages(*words, "--format", format).stdout
        for words in (
            ("themes", "quotations", "--all"), ("themes", "quotations"),
            ("triangulate", "--passages", "--by", "role"),
            *(("themes", "show", "Bank", "--part", part)
              for part in ("grounds", "informants", "quotations", "against")),
        )
    )  # fmt: skip
    assert "Ngurusnya yang nggak gratis" in everything
    # W08 gave no consent to be quoted, and is among what stands against a theme.
    assert "ngisikke formulire" not in everything
    assert ("withheld: no consent to quote" in everything) is (format != "csv")


def test_themes_go_out_as_a_table_of_theses_and_come_back_from_plain_files(
    villages: Run, here: Path
) -> None:
    rows = listed(villages, "themes", "quotations")
    assert {"Kader yang sabar"} < {row["sub-theme"] for row in rows}
    assert all(row["quotation"] or not row["informant"] for row in rows)
    for file in ("t.xlsx", "t.docx", "t.md"):
        villages("themes", "quotations", "-o", file)
        assert (here / file).stat().st_size > 1000
    villages("export", "project", "--to", "out")
    for name in FILES:
        assert table(here / "out" / name) == table(SAMPLE / name)
    before = villages("themes", "--format", "csv").stdout
    told = villages("import", "out").stderr
    for said in ("14 themes", "52 grounds", "10 verdicts"):
        assert said in told
    assert villages("themes", "--format", "csv").stdout == before
    (here / "out" / "grounds.csv").write_text(
        "theme,side,code\nx,for,pendukung\n", encoding="utf-8"
    )
    assert "no theme “x”" in villages("import", "out", code=1).stderr

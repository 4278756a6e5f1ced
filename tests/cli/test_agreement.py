"""``qcode agreement`` and ``qcode disagreements`` on the sample of three villages."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


def test_the_double_coded_interviews_of_the_sample_have_their_figures(villages: Run) -> None:
    told = villages("agreement", "--no-interval").output
    assert "documents that two or more coded or finished (sari" in told
    rows = {row["code"]: row for row in csv.DictReader(
        io.StringIO(villages("agreement", "--all", "--format", "csv").output)
    )}  # fmt: skip
    pooled = rows["all codes, pooled"]
    assert 0 < float(pooled["alpha (on turns)"]) < 1
    assert float(pooled["from (95 %)"]) < float(pooled["to (95 %)"])
    for number in ("alpha (on turns)", "Cohen (on characters)", "Dice (of characters)"):
        assert all(row[number] == "-" or -1 <= float(row[number]) <= 1 for row in rows.values()
                   if row[number])  # fmt: skip


def test_one_table_comes_in_every_format(villages: Run) -> None:
    for command in ("agreement", "disagreements"):
        found = json.loads(villages(command, "--format", "json").output)
        assert found["rows"]
        assert found["notes"]
        assert villages(command, "--format", "markdown").output.count("|") > 20


def test_disagreements_name_their_kinds_and_places(villages: Run) -> None:
    told = villages("disagreements", "--coders", "sari,bima", "--code", "kader digital").output
    assert "kader digital" in told
    assert "places: agree" in told


def test_one_coder_is_not_enough(villages: Run) -> None:
    assert "two coders" in villages("agreement", "--coders", "sari", code=1).output


def test_the_name_of_a_file_says_how_a_table_is_written(villages: Run) -> None:
    for name, begins in (("a.docx", b"PK"), ("a.xlsx", b"PK"), ("a.csv", b'"code"'),
                         ("a.md", b"**Agreement"), ("a.txt", b"Agreement")):  # fmt: skip
        villages("agreement", "--no-interval", "-o", name)
        assert Path(name).read_bytes().startswith(begins)
    villages("agreement", "--no-interval", "--format", "json", "-o", "b.csv")
    assert json.loads(Path("b.csv").read_bytes())["rows"]
    assert "-o FILE" in villages("agreement", "--format", "docx", code=1).output
    assert "not “html”" in villages("agreement", "-o", "a.html", code=1).output
    table = docx.Document("a.docx").tables[0]
    assert table.cell(0, 0).text == "code"


def test_views_of_agreement_come_from_the_command_line_without_names(villages: Run) -> None:
    for by in ("pair", "coder", "document", "confusion"):
        told = villages("agreement", "--by", by, "--hide-names").output
        assert "compared: " in told
        assert "sari" not in told
    assert "bima" in villages("agreement", "--by", "pair").output
    assert "one of them" in villages("agreement", "--by", "pair", "--after", code=1).output
    assert "--hide-names" in villages("agreement", "--after", "--hide-names", code=1).output


def test_a_section_on_methods_is_shown_or_written_in_two_languages(villages: Run) -> None:
    told = villages("methods").output
    assert "coded by two or more coders" in told
    assert "[How documents and informants were chosen.]" in told
    assert "dikodekan oleh dua" in villages("methods", "--language", "id").output
    villages("methods", "-o", "m.docx")
    texts = [one.text for one in docx.Document("m.docx").paragraphs]
    assert texts[0] == "Methods: how the material was coded"
    villages("methods", "--language", "id", "-o", "m.md")
    assert Path("m.md").read_text(encoding="utf-8").startswith("# Metode")
    assert ".docx, .md" in villages("methods", "-o", "m.pdf", code=1).output

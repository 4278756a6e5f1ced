"""Pairs of codes, the matrix and saturation on the command line, on the sample project."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


def test_pairs_are_listed_and_set_out_as_a_matrix(villages: Run) -> None:
    listed = json.loads(villages("cooccur", "--by", "turn", "--format", "json").stdout)
    passages = [row["passages"] for row in listed["rows"]]
    assert passages == sorted(passages, reverse=True)
    assert listed["notes"][0] == "data latihan"
    by_people = json.loads(
        villages("cooccur", "--by", "turn", "--rolled", "--informants", "--format", "json").stdout
    )
    people = [row["cases"]["k"] for row in by_people["rows"]]
    assert people == sorted(people, reverse=True)
    header, *rows = csv.reader(io.StringIO(
        villages("cooccur", "--matrix", "--code", "pendukung", "--format", "csv").stdout
    ))  # fmt: skip
    assert header[2:] == [row[1] for row in rows]
    assert "20 words" in villages("cooccur", "--by", "near", "--words", "20").stdout
    assert "--words 20" in villages("cooccur", "--by", "near", code=1).stderr
    assert "only it does" in villages("cooccur", "--words", "3", code=1).stderr
    assert "not all is counted, only passages with the words “x”" in (
        villages("cooccur", "--text", "x").stdout
    )
    chosen = ("--code", "literasi rendah", "--not", "kader digital", "--format", "json")
    spoken = json.loads(villages("freq", *chosen).stdout)["rows"][0]["cases"]["k"]
    roles = json.loads(villages("attributes", "peran", *chosen).stdout)["rows"]
    assert sum(row["cases"]["k"] for row in roles) == spoken > 0


def test_the_matrix_goes_to_r_and_spss_with_its_names(villages: Run, here: Path) -> None:
    villages("matrix", "--attributes", "-o", "m.csv", "--for", "r")
    villages("matrix", "--attributes", "-o", "m.csv", "--for", "spss")
    rows, names = (
        list(csv.DictReader(io.StringIO((here / name).read_text(encoding="utf-8"))))
        for name in ("m.csv", "m-names.csv")
    )
    assert [row["column"] for row in names] == list(rows[0])
    assert len(rows) == 24
    codes = [row["column"] for row in names if row["of"] == "code"]
    values = {row["case"]: {row[code] for code in codes} for row in rows}
    assert values["W01"] == {"0", "1"}
    assert values["W06"] == {"0", "1", ""}
    assert {row["desa"] for row in rows} == {"A", "B", "C"}
    assert 'read.csv("m.csv"' in (here / "m.R").read_text(encoding="utf-8")
    assert "/FILE='m.csv'" in (here / "m.sps").read_text(encoding="utf-8")
    villages("matrix", "--documents", "--words", "-o", "m.xlsx")
    assert (here / "m.xlsx").is_file()
    assert "NA in R" in villages("matrix").stdout
    assert "stands for" in villages("matrix", "--names").stdout
    assert "add -o FILE.csv" in villages("matrix", "--for", "r", code=1).stderr


def test_saturation_says_where_it_is_reached_and_draws_no_curve_in_a_pipe(villages: Run) -> None:
    said = json.loads(villages("saturation", "--format", "json").stdout)
    assert [row["number"] for row in said["rows"]] == list(range(1, 24))
    assert "W20 + W20b" in {row["interview"] for row in said["rows"]}
    dates = [row["date"] for row in said["rows"]]
    assert dates == sorted(dates)
    assert any("is reached at" in note and "23 interviews" in note for note in said["notes"])
    assert any("Guest" in note for note in said["notes"])
    assert any("1000 random orders" in note and "seed 1" in note for note in said["notes"])
    plain = villages("saturation", "--base", "20", "--run", "6").stdout
    assert "too few to say" in plain
    assert "●" not in plain
    assert "such as 5%" in villages("saturation", "--threshold", "0.05", code=2).stderr
    assert "such as 5%" in villages("saturation", "--threshold", "x", code=2).stderr

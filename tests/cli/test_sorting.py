"""Reviewing the codebook and splitting a code from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def coded(study: Run) -> Run:
    """Return ``run`` where three passages have the code “belajar”, one of them budi's."""
    study("apply", "W01", "33", "60", "belajar")
    study("apply", "W01", "5", "20", "belajar", "--coder", "budi")
    study("apply", "W02", "33", "60", "belajar", "--coder", "sari")
    return study


def pile_number(run: Run) -> str:
    (pile,) = json.loads(run("codebook", "piles", "--format", "json").stdout)["rows"]
    return str(pile["pile"])


def test_the_codebook_is_reviewed_in_every_format_and_by_kind(coded: Run) -> None:
    coded("codebook", "add", "takuts")
    table = coded("codebook", "review").stdout
    assert "named nearly the same" in table
    assert "at least 88 of 100" in table
    only = json.loads(coded("codebook", "review", "--only", "never", "--format", "json").stdout)
    assert len(only["rows"]) == 2
    assert "belajar/takut" in coded("codebook", "review", "--format", "csv").stdout
    coded("codebook", "review", "--only", "nonsense", code=2)


def test_a_code_is_split_in_one_step_and_the_pile_is_undone_and_done_again(
    coded: Run, here: Path
) -> None:
    before = coded("codings", "list", "--format", "csv").stdout
    (here / "c.csv").write_text("address,child\nW02:2.1,dari cucu\n", encoding="utf-8")
    said = coded("codebook", "split", "belajar", "--into", "dari anak", "--into", "dari cucu",
                 "--move", "W01:2.1=dari anak", "--from", "c.csv", "--reason", "terlalu luas")  # fmt: skip
    assert "belajar: 2 new codes, 2 codings moved." in said.stderr
    listed = coded("codings", "list", "--format", "csv").stdout
    assert '"W01:2.1","belajar/dari anak","sari"' in listed
    assert '"W02:2.1","belajar/dari cucu","sari"' in listed
    assert '"W01:1.1","belajar","budi"' in listed
    number = pile_number(coded)
    assert "Undone: 1 step of pile" in coded("codebook", "unpile", number, "--coder", "sari").stderr
    assert coded("codings", "list", "--format", "csv").stdout == before
    assert "dari cucu" not in coded("codebook").stdout
    assert "undone" in coded("codebook", "piles").stdout
    assert "undone already" in coded("codebook", "unpile", number, code=1).stderr
    coded("codebook", "unpile", number, "--redo")
    assert coded("codings", "list", "--format", "csv").stdout == listed
    coded("undo")
    assert coded("codings", "list", "--format", "csv").stdout == before
    assert "split a code" in coded("history").stdout


def test_a_split_that_cannot_be_made_makes_nothing(coded: Run, here: Path) -> None:
    before = coded("codebook").stdout
    for words, said in (
        (("--into", "x", "--move", "W01:9.9=x"), "no coding"),
        (("--into", "x", "--move", "W01:2.1=y"), "none of the codes below"),
        (("--into", "a/b"), "holds no"),
    ):
        assert said in coded("codebook", "split", "belajar", *words, code=1).stderr
    coded("codebook", "split", "belajar", code=2)
    coded("codebook", "split", "belajar", "--move", "W01:2.1", code=2)
    (here / "c.csv").write_text("address,child\nW01:2.1,\n", encoding="utf-8")
    assert "c.csv:2" in coded("codebook", "split", "belajar", "--from", "c.csv", code=1).stderr
    assert coded("codebook").stdout == before
    assert "no pile" in coded("codebook", "unpile", "", code=1).stderr


def test_only_who_began_a_pile_undoes_it(coded: Run) -> None:
    coded("codebook", "split", "belajar", "--into", "x", "--coder", "sari")
    number = pile_number(coded)
    assert "is sari's" in coded("codebook", "unpile", number, "--coder", "budi", code=1).stderr
    coded("codebook", "unpile", number, "--coder", "sari")

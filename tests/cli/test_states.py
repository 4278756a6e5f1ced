"""Documents finished under an earlier codebook, as the tables show them."""

from __future__ import annotations

import csv
import io

import pytest

from qcode.settings import shipped
from tests.cli.conftest import Run

YOUNGER = ("tahap", "champion", "beban ganda", "bagi hasil transparan")
"""Codes of the sample that are younger than version 0.3, or have another meaning since."""
OLDER = ("gotong royong", "kader digital", "kurang percaya transaksi daring")
"""Codes that version 0.3 had, the last of them as one that was merged into it."""
INFORMANTS = "informants (of)"


def counted(text: str) -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.fixture
def villages(run: Run) -> Run:
    run("init", "tiga", "--coder", "sari")
    run("import", shipped("projects") / "three-villages")
    return run


def test_codes_younger_than_the_version_were_not_looked_for(villages: Run) -> None:
    names = [word for code in (*YOUNGER, *OLDER) for word in ("--code", code)]
    early = counted(villages("freq", "--document", "W06", *names, "--format", "csv").stdout)
    for code in YOUNGER:
        early[code].pop("path")
        assert set(early[code].values()) == {code, "·", "", "0"}, code
    for code in OLDER:
        assert early[code][INFORMANTS] == "1", code


def test_shares_leave_out_the_three_documents_and_name_them(villages: Run) -> None:
    whole = counted(villages("freq", "--format", "csv").stdout)
    for code in YOUNGER:
        assert int(whole[code][INFORMANTS]) == int(whole["gotong royong"][INFORMANTS]) - 3, code
    said = villages("freq").stdout
    older = "· done before these existed in their present meaning: W06, W11, W16 (3 interviews): "
    assert older in said
    assert "not looked through for it" not in said


def test_a_comparison_shows_what_was_not_looked_for(villages: Run) -> None:
    documents = ("--document", "W06", "--document", "W07")
    told = villages("compare", "--by", "desa", *documents, "--code", "champion").stdout
    (line,) = (line for line in told.splitlines() if line.startswith("champion "))
    assert line.split()[1] == "·"
    assert "C, the only one looked through" in line


def test_the_steps_of_the_codebook_are_one_step_that_is_undone_whole(villages: Run) -> None:
    before = villages("freq", "--format", "csv").stdout
    assert "nothing new" in villages("import", shipped("projects") / "three-villages").stderr
    villages("undo")
    assert "champion" not in villages("codebook", "--retired").stdout
    villages("redo")
    assert villages("freq", "--format", "csv").stdout == before
    assert "No damage found." in villages("check").stderr


def test_a_code_that_went_is_kept_but_not_offered(villages: Run) -> None:
    assert "air dan musim" not in villages("codebook").stdout
    assert "air dan musim (retired)" in villages("codebook", "--retired").stdout


def test_the_same_is_told_where_the_codebook_was_there_before(villages: Run) -> None:
    after = villages("freq", "--format", "csv").stdout
    villages("init", "dua", "--codebook", "village-ecommerce", "--coder", "sari")
    villages("import", shipped("projects") / "three-villages", "-p", "dua.qcode")
    assert villages("freq", "--format", "csv", "-p", "dua.qcode").stdout == after

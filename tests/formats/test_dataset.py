"""Numbers for statistics programs: empty where nothing was looked for, and harmless scripts."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from qcode.formats import dataset
from qcode.formats.tabular.cells import for_excel
from qcode.model.table import Blank, Column, Table

HOSTILE = '"); system("rm -rf x"); # \\ \' .\nEXECUTE.\u202e'
TABLE = Table(
    "Angka",
    (Column("case", "case"), Column("a", "a"), Column("b", "b")),
    (("=1+1", 1, Blank("", "not looked for")), ("W, 2", 0, 2.5)),
    ("catatan",),
)
COLUMNS = [("case", HOSTILE, 4, True, False), ("a", "kode it's", 0, True, True),
           ("b", "x" * 400, 0, False, False)]  # fmt: skip


def test_a_missing_value_is_nothing_between_commas() -> None:
    assert dataset.csv_bytes(TABLE).decode() == 'case,a,b\n"\'=1+1",1,\n"W, 2",0,2.5\n'


def test_signs_in_a_text_part_no_columns_and_no_rows() -> None:
    table = Table("", TABLE.columns[:2], (('PT. Maju; "Tbk"\nDesa', 2.5),))
    assert dataset.csv_bytes(table).decode() == 'case,a\n"PT. Maju; ""Tbk"" Desa",2.5\n'
    excel = for_excel(dataset.csv_bytes(table)).decode("utf-8-sig")
    assert excel == 'case;a\n"PT. Maju; ""Tbk"" Desa";2,5\n'


def test_a_workbook_has_numbers_names_and_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dataset.workbook(TABLE, TABLE)))
    assert book.sheetnames == ["matrix", "names", "notes"]
    rows = list(book["matrix"].values)
    assert rows == [("case", "a", "b"), ("=1+1", 1, None), ("W, 2", 0, 2.5)]
    assert book["matrix"]["A2"].data_type == "s"


def test_a_label_cannot_leave_its_quotes_in_r() -> None:
    script = dataset.r_script('m".csv', COLUMNS, [HOSTILE]).decode()
    assert len(script.splitlines()) == 2 + 3 + 3
    assert script.isascii()  # Else its labels would depend on the locale.
    for line in script.splitlines()[2:]:
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert "system" not in bare
        assert '"' not in bare
    assert 'colClasses = c(\n  case = "character"\n))' in script


def test_a_label_cannot_leave_its_quotes_in_spss() -> None:
    syntax = dataset.spss_syntax("m'.csv", COLUMNS, [HOSTILE]).decode()
    assert "'kode it''s'" in syntax
    assert "  /VARIABLES=case A5\n    a F8.0\n    b F12.4." in syntax
    assert syntax.count("EXECUTE.") == 2  # One stands in a label, between quotes.
    code = syntax[syntax.index("PRESERVE.") :].splitlines()
    for line in code:
        bare = re.sub(r"'(?:[^']|'')*'", "", line)
        assert "system" not in bare
        assert "'" not in bare
    # A note is a comment, which a full stop would end.
    assert [line.endswith(".") for line in syntax.splitlines()[:2]] == [True, True]
    assert syntax.splitlines()[1].count(".") == 1
    assert all(len(line.encode()) <= 256 for line in syntax.splitlines())
    assert "  0 'looked for and not found' 1 'found'." in code
    assert "MISSING VALUES case (' ')." in code


NUMBERS = Table(
    "Angka",
    tuple(Column(name, name) for name in ("document", "v_comment", "uang", "kosong", "desa")),
    (("=Ani", 1, 3_000_000_000, Blank("", ""), 'Désa; é. "x"'),
     ("Éva\nB", 0, -2.5, Blank("", ""), Blank("", "")),
     ("NA", Blank("", ""), Blank("", ""), Blank("", ""), "قرية")),
    ("catatan. " * 40, "it's"),
)  # fmt: skip
NUMBERED = [("document", "it's ñ \\ \"x\"", 9, True, False), ("v_comment", "x" * 400, 0, True, True),
            ("uang", "u", 0, False, False), ("kosong", "قرية", 0, True, True),
            ("desa", HOSTILE, 20, True, False)]  # fmt: skip


def read_by(program: str, folder: Path, suffix: str, script: bytes, asked: str, **how: str) -> str:
    """Return what a program says of numbers that it read by a script."""
    if not shutil.which(program):
        pytest.skip(f"{program} is not here")
    (folder / "m.csv").write_bytes(dataset.csv_bytes(NUMBERS))
    (folder / f"m{suffix}").write_bytes(script + asked.encode())
    ran = subprocess.run(
        [program, f"m{suffix}"], cwd=folder, capture_output=True, text=True, timeout=120, check=True,
        env={**os.environ, **how},
    )  # fmt: skip
    assert not ran.stderr
    return ran.stdout


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_r_reads_every_row_in_every_locale(locale: str, tmp_path: Path) -> None:
    script = dataset.r_script("m.csv", NUMBERED, NUMBERS.notes)
    asked = """stopifnot(nrow(d) == 3, is.na(d$kosong), identical(as.vector(d$document)[3], "NA"),
        identical(as.vector(d$v_comment), c(1L, 0L, NA)),
        identical(as.vector(d$uang), c(3e9, -2.5, NA)),
        identical(as.vector(is.na(d$desa)), c(FALSE, TRUE, FALSE)),
        attr(d$document, "label") == "it's \\u00f1 \\\\ \\"x\\"",
        identical(enc2utf8(d$desa[3]), "\\u0642\\u0631\\u064a\\u0629"))
        cat("three rows")"""
    assert read_by("Rscript", tmp_path, ".R", script, asked, LC_ALL=locale) == "three rows"


def test_spss_syntax_runs_without_a_word_in_pspp(tmp_path: Path) -> None:
    syntax = dataset.spss_syntax("m.csv", NUMBERED, NUMBERS.notes)
    said = read_by("pspp", tmp_path, ".sps", syntax,
                   "LIST.\nFREQUENCIES /VARIABLES=desa.\n",
                   LC_ALL="C.UTF-8")  # fmt: skip
    assert all(word in said for word in ("3000000000.00", "-2.5000", "Éva B", 'Désa; é. "x"'))
    assert re.search(r"Missing\W+1\W", said)

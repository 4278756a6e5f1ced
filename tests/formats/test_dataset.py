"""Numbers for statistics programs: empty where nothing was looked for, and harmless scripts."""

from __future__ import annotations

import io
import re

import openpyxl

from qcode.formats import dataset
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
    assert dataset.csv_bytes(TABLE).decode() == 'case,a,b\n\'=1+1,1,\n"W, 2",0,2.5\n'


def test_a_workbook_has_numbers_names_and_notes() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dataset.workbook(TABLE, TABLE)))
    assert book.sheetnames == ["matrix", "names", "notes"]
    rows = list(book["matrix"].values)
    assert rows == [("case", "a", "b"), ("=1+1", 1, None), ("W, 2", 0, 2.5)]
    assert book["matrix"]["A2"].data_type == "s"


def test_a_label_cannot_leave_its_quotes_in_r() -> None:
    script = dataset.r_script('m".csv', COLUMNS, [HOSTILE]).decode()
    assert len(script.splitlines()) == 1 + 2 + 3
    for line in script.splitlines()[1:]:
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        assert "system" not in bare
        assert '"' not in bare
    assert 'colClasses = c(case = "character")' in script


def test_a_label_cannot_leave_its_quotes_in_spss() -> None:
    syntax = dataset.spss_syntax("m'.csv", COLUMNS, [HOSTILE]).decode()
    assert "'kode it''s'" in syntax
    assert "    case A5\n    a F8.0\n    b F12.4." in syntax
    assert syntax.count("EXECUTE.") == 2  # One stands in a label, between quotes.
    for line in syntax.splitlines()[2:]:
        bare = re.sub(r"'(?:[^']|'')*'", "", line)
        assert "system" not in bare
        assert "'" not in bare
    # A note is a comment, which a full stop would end.
    assert syntax.splitlines()[1].count(".") == 1
    assert all(len(line.encode()) < 300 for line in syntax.splitlines())
    assert "  0 'looked for and not found' 1 'found'." in syntax

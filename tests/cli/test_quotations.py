"""Quotations from the command line: prepared by their address, counted, written for Excel."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import INTERVIEW, Run


def test_a_quotation_is_prepared_by_its_address_and_leaves_as_it_was_prepared(
    study: Run, here: Path
) -> None:
    start = INTERVIEW.index("Ya diajari")
    study("apply", "W01", start, start + len("Ya diajari anak muda sini, Bu Ani."), "belajar")
    shown = study("quotations", "shorten", "W01:2.1").stdout
    assert shown == "Ya(1) diajari(2) anak(3) muda(4) sini,(5) Bu(6) Ani.(7)\n"
    assert "other words" in study("quotations", "shorten", "W01:2.1", "Ya diajar", code=1).stderr
    quoted = "Ya diajari anak muda sini, [...]"
    assert study("quotations", "shorten", "W01:2.1", "--cut", "6-7").stdout == f"{quoted}\n"
    study("quotations", "translate", "W01:2.1", "en", "The young taught me", "--by", "Bima")
    study("quotations", "role", "W01:2.1", "expl")
    study("quotations", "use", "W01:2.1", "Bab 4", "Tabel 2")
    listed = study("quotations", "list", "--format", "csv").stdout
    assert f'"W01:2.1","belajar","N","{quoted}","explaining","en","Bab 4; Tabel 2",""' in listed
    study("excerpts", "--key", "--translation", "en", "--context", "1", "-o", "kutipan.tex")
    written = (here / "kutipan.tex").read_text(encoding="utf-8")
    assert r"Ya diajari anak muda sini, {[}...{]}\par" in written
    assert r"{\itshape The young taught me\par}" in written
    assert r"\beside{P: Siapa yang mengajari Ibu?}" in written
    whole = json.loads(study("excerpts", "--format", "json").stdout)
    again = json.loads(study("excerpts", "--format", "json").stdout)
    assert whole == again
    assert "Ani" not in str(whole)
    study("quotations", "use", "W01:2.1", "Bab 4", "Tabel 2", "--remove")
    assert " of 0" not in study("quotations", "informants").stdout
    study("quotations", "forget", "W01:2.1", "--translation", "en")
    study("quotations", "forget", "W01:2.1")
    assert "Ani" in study("excerpts", "--format", "csv").stdout


def test_every_table_is_written_for_excel_in_indonesia(study: Run, here: Path) -> None:
    study("apply", "W01", 3, 8, "takut")
    study("freq", "--for", "excel-id", "-o", "frek.csv")
    written = (here / "frek.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert b'";"' in written
    assert b'","' not in written
    plain = study("excerpts", "--for", "excel-id").stdout
    assert plain.lstrip("\ufeff").startswith('"address";"code"')
    assert "writes csv" in study("freq", "--for", "excel-id", "--format", "json", code=1).stderr
    assert "writes csv" in study("freq", "--for", "excel-id", "-o", "x.xlsx", code=1).stderr

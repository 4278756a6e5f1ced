"""The report of a study: everything found by village, nothing that was withheld, in three media."""

from __future__ import annotations

import csv
import io
import re
import sys
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import html

from qcode.formats.report import FORMATS, write
from qcode.model.case import Attribute, Case, Consent
from qcode.model.filter import Filter
from qcode.model.report import Heading, Paragraph, Quotation, Report
from qcode.model.table import Share, in_words
from qcode.settings import shipped
from qcode.store import cases
from qcode.workflows import appendix, plain_import
from qcode.workflows.comparison import comparison
from qcode.workflows.report import Asked, study_report
from tests.workflows.studies import Study
from tests.workflows.test_excerpts import secretive

SAMPLE = shipped("projects") / "three-villages"
DAY = "2026-03-05"


def report_of(study: Study, by: str = "") -> Report:
    with study.project.read() as connection:
        return study_report(connection, Asked(by=by), DAY, lambda _at: DAY)


@pytest.fixture(scope="module")
def sample() -> Study:
    study = Study(notice="data latihan")
    with study.step(verb="import") as step:
        plain_import.store(step, plain_import.read(SAMPLE))
    return study


@pytest.fixture(scope="module")
def report(sample: Study) -> Report:
    return report_of(sample)


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return write(report, ".html").decode()


def text_of_docx(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def withheld_words() -> list[str]:
    """Return what stands off the record or is not to be used in the sample, a line each."""
    with (SAMPLE / "flags.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file)
                if row["kind"] in ("off the record", "not to be used")]  # fmt: skip
    found = []
    for row in rows:
        text = (SAMPLE / "transcripts" / f"{row['document']}.txt").read_text(encoding="utf-8")
        said = text[int(row["start"]) : int(row["end"])].strip()
        found += [line[-60:] for line in said.splitlines() if len(line) > 60]
    assert found
    return found


def test_the_first_page_says_that_the_interviews_are_invented(report: Report, page: str) -> None:
    assert report.notice == "data latihan"
    front = page[: page.index("</header>")]
    assert "data latihan" in front
    assert "Wawancara fiktif untuk latihan qcode; bukan data penelitian." in front
    first = docx.Document(io.BytesIO(write(report, ".docx"))).paragraphs[:5]
    assert any("Wawancara fiktif" in one.text for one in first)


def test_every_dimension_and_factor_has_its_numbers_and_words_by_village(
    sample: Study, report: Report
) -> None:
    with sample.project.read() as connection:
        table = comparison(connection, "desa", "", Filter())
    at = next(number for number, one in enumerate(report.blocks)
              if isinstance(one, Heading) and one.text.startswith("Dimensions"))  # fmt: skip
    end = next(number for number, one in enumerate(report.blocks)
               if isinstance(one, Heading) and one.level == 1 and number > at)  # fmt: skip
    section = report.blocks[at:end]
    rows = {str(row[0]): row for row, depth in zip(table.rows, table.depths, strict=True)
            if depth <= 1}  # fmt: skip
    assert {"kapasitas digital", "produk lokal", "ekosistem inklusif", "kolaborasi",
            "bisnis adaptif", "gotong royong", "champion", "literasi rendah", "logistik",
            "persaingan"} <= rows.keys()  # fmt: skip
    heading, shown, voices = "", set(), dict[str, int]()
    for block in section:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Quotation):
            voices[heading] = voices.get(heading, 0) + 1
        elif isinstance(block, Paragraph) and block.text.startswith("Informants"):
            shown.add(heading)
            for column, cell in zip(table.columns, rows[heading], strict=True):
                if column.key.startswith("group:"):
                    assert f"{column.title} {in_words(cell)}" in block.text
    assert shown == rows.keys()
    # Something is said of each factor in each village where somebody speaks of it and may be
    # quoted; most are quoted from all three.
    assert sum(number == 3 for number in voices.values()) > 25


def test_nothing_withheld_is_in_a_report_and_no_browser_runs_anything(
    report: Report, page: str
) -> None:
    whole = "\n".join((html.fromstring(page.encode()).text_content(),
                       text_of_docx(write(report, ".docx")), write(report, ".md").decode()))  # fmt: skip
    for words in withheld_words():
        assert words not in whole
    assert not re.search(r"<script|<iframe|<link|https?://(?!www\.w3\.org)", page)
    assert "default-src 'none'" in html.fromstring(page.encode()).xpath(
        "//meta[@http-equiv]/@content")[0]  # fmt: skip
    assert page.count("<svg") == 3


def test_a_village_is_told_only_of_whom_the_reference_does_not_give_away() -> None:
    study, _documents = secretive()
    given = {"desa": ("A",), "peran": ("kepala",)}
    attributes = [Attribute("", name, "text") for name in given]
    with study.step(verb="import cases") as step:
        some = [Case("", "informant", name, given, Consent()) for name in ("I1", "I2")]
        cases.add(step, some, attributes, update=True)
    found = report_of(study)
    quotes = [one for one in found.blocks if isinstance(one, Quotation)]
    assert quotes
    assert not [one for one in quotes if "kepala" in one.reference]
    for suffix in FORMATS:
        data = write(found, suffix)
        text = text_of_docx(data) if suffix == ".docx" else data.decode()
        assert "boleh" in text
        assert "rahasia" not in text


def test_a_page_can_be_read_aloud(page: str) -> None:
    whole = html.fromstring(page.encode())
    assert whole.get("lang") == "en"
    levels = [int(one.tag[1]) for one in whole.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all(one.get("scope") in {"row", "col"} for one in whole.iter("th"))
    assert all(one.find("caption") is not None for one in whole.iter("table"))
    pictures = whole.xpath("//main//svg")
    assert pictures
    assert all(one.get("role") == "img" and one.get("aria-label") for one in pictures)


def test_hostile_words_stay_words_in_every_medium() -> None:
    nasty = '=1+1 <b onmouseover="x()">& $x_1$ \u202e👩🏽‍🌾'
    blocks = (Heading(nasty), Paragraph(nasty, nasty), Quotation(nasty, nasty))
    made = Report(nasty, DAY, nasty, (nasty,), blocks, lead=(nasty,), cover=True)
    page = html.fromstring(write(made, ".html"))
    assert not page.xpath("//*[@onmouseover]")
    assert page.xpath("//blockquote")[0].text_content() == nasty
    assert nasty in text_of_docx(write(made, ".docx"))
    assert "\\<b onmouse" in write(made, ".md").decode()


def test_without_matplotlib_a_report_has_all_but_the_pictures(
    report: Report, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    bare = write(report, ".html").decode()
    assert "<svg" not in bare
    assert bare.count("<table") == page.count("<table")


def test_the_tables_of_a_thesis_are_in_its_language_and_hold_nothing_withheld(
    sample: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "lampiran"
    with sample.project.read() as connection:
        words = appendix.WORDING["id"]
        tables = dict(appendix.appended(connection, Filter()))
        written = appendix.write(connection, Filter(), folder, "csv", DAY)
    assert {one.suffix for one in written} == {".csv", ".docx", ".xlsx"}
    assert all(one.is_file() for one in written)
    reduction = next(one for one in written if one.name == f"{words['reduction file']}.xlsx")
    rows = list(openpyxl.load_workbook(reduction).active.values)
    assert rows[0] == ("no.", "informan", "kutipan", "kode", "kategori", "tema")
    assert len(rows) == 1 + len(tables[words["reduction file"]].rows)
    assert any("(menyanggah)" in str(one[5]) for one in rows)
    assert not any("(against)" in str(one[5]) for one in rows)
    whole = "\n".join(str(cell) for table in tables.values() for row in table.rows for cell in row)
    for said in withheld_words():
        assert said not in whole
    codes = next(one for one in written if one.name == "codes.csv").read_text(encoding="utf-8")
    assert '"kapasitas digital",18,24' in codes
    assert all(isinstance(row[1], Share | str) for table in tables.values() for row in table.rows)

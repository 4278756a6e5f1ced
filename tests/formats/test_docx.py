"""Texts in DOCX documents: each is read in its own direction."""

from __future__ import annotations

import io

import docx
import pytest

from qcode.formats import docx as written
from qcode.formats import member_check, report
from qcode.model.member_check import Sheet
from qcode.model.report import Quotation, Report

ARABIC = "السوق بعيد."
"""The market is far."""


def turned(data: bytes) -> list[str]:
    """Return the texts of the paragraphs that are read from right to left."""
    return [
        one.text for one in docx.Document(io.BytesIO(data)).paragraphs
        if one._p.pPr is not None and "<w:bidi/>" in one._p.pPr.xml
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [(ARABIC, [ARABIC]), (f"Katanya {ARABIC}", [])])
def test_a_quotation_is_read_from_right_to_left_where_it_begins_so(
    text: str, expected: list[str]
) -> None:
    document = written.blank("judul")
    written.add_quotation(document, text)
    assert turned(written.written(document)) == expected


def test_in_a_report_and_on_a_participants_page_the_words_alone_are_turned() -> None:
    page = Report("judul", "2026", "", (), (Quotation(ARABIC, "W01"),))
    assert turned(report.write(page, ".docx")) == [ARABIC]
    sheet = Sheet("judul", "id", "", (ARABIC, "Mohon dibaca."), "", (), "", ())
    assert turned(member_check.write(sheet, ".docx")) == [ARABIC]

"""A report as a DOCX document."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from qcode.formats import docx, figures
from qcode.formats.report import captions
from qcode.model.report import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Report,
    numbered,
)
from qcode.model.table import Table, in_words

if TYPE_CHECKING:
    from docx.document import Document

_SMALL = 8.5
_DEEPEST = 9
_WIDTH, _HEIGHT = 160, 215
"""The largest picture, in millimetres."""


def written(report: Report) -> bytes:
    """Return the document as the bytes of its file."""
    document = docx.blank(report.title, report.notice, wide=report.wide, language=report.language)
    document.add_heading(docx.clean(report.title), level=0)
    document.add_paragraph(docx.clean(report.made))
    if report.notice:
        document.add_paragraph(docx.clean(report.notice), style="Intense Quote")
    for text in report.lead:
        document.add_paragraph().add_run(docx.clean(text)).bold = True
    _bullets(document, report.notes)
    if report.cover:
        document.add_page_break()  # type: ignore[no-untyped-call]
    for block, number in numbered(report.blocks):
        _add(document, block, number)
    return docx.written(document)


def _add(document: Document, block: Block, number: int) -> None:
    match block:
        case Heading(text=text, level=level):
            document.add_heading(docx.clean(text), level=min(level, _DEEPEST))
        case Paragraph(text=text, lead=lead):
            paragraph = document.add_paragraph()
            if lead:
                paragraph.add_run(f"{docx.clean(lead)} ").bold = True
                paragraph.paragraph_format.keep_with_next = not text
            paragraph.add_run(docx.clean(text))
        case Bullets(items=items):
            _bullets(document, items)
        case Quotation():
            _quotation(document, block)
        case Picture():
            _picture(document, block, number)
        case Table():
            _table(document, block, number)


def _bullets(document: Document, items: tuple[str, ...]) -> None:
    for item in items:
        document.add_paragraph(docx.clean(item), style="List Bullet")


def _quotation(document: Document, quotation: Quotation) -> None:
    words = docx.add_quotation(document, quotation.text)
    words.paragraph_format.left_indent = docx.millimetres(8)
    words.paragraph_format.keep_with_next = True
    below = document.add_paragraph()
    below.paragraph_format.left_indent = docx.millimetres(8)
    docx.add_run(below, f"— {quotation.reference}")


def _picture(document: Document, block: Picture, number: int) -> None:
    if not figures.available():
        return
    from docx.shared import Mm

    drawn = io.BytesIO(figures.render(block.figure, "png", captioned=False))
    shape = document.add_picture(drawn)
    part = min(1.0, Mm(_WIDTH) / shape.width, Mm(_HEIGHT) / shape.height)
    shape.width, shape.height = int(shape.width * part), int(shape.height * part)
    title = captions.figure_title(block.figure.title, number)
    about = shape._inline.docPr  # noqa: SLF001 - the library has no word for the text of a picture
    about.set("descr", docx.clean(title))
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    caption = document.add_paragraph()
    caption.add_run(docx.clean(title)).bold = True
    caption.paragraph_format.keep_with_next = True
    _small(document, captions.in_one(figures.legible(block.figure).notes))


def _table(document: Document, table: Table, number: int) -> None:
    if title := captions.table_title(table.title, number):
        caption = document.add_paragraph()
        caption.add_run(docx.clean(title)).bold = True
        caption.paragraph_format.keep_with_next = True
    docx.add_table(
        document, [captions.head(column) for column in table.columns],
        [[in_words(cell) for cell in row] for row in table.rows], depths=table.depths,
        right=[at for at, column in enumerate(table.columns) if column.numeric],
        points=_SMALL,
    )  # fmt: skip
    _small(document, captions.in_one(captions.below(table)))


def _small(document: Document, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = docx.millimetres(1)
    docx.add_run(paragraph, text)
    for run in paragraph.runs:
        run.font.size = Pt(_SMALL)

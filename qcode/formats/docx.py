"""What every DOCX document has in common: its pages, texts that XML can hold, tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qcode.formats.files import cleaned

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_GREY = "#595959"
_LONGEST_TITLE = 255
WIDE = 8
"""Columns from which a table needs a page on its side."""


def clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", cleaned(text))


def blank(title: str, notice: str = "", *, wide: bool = False) -> Document:
    """Return an A4 document with its title at the foot of every page, and nobody as the author."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    if wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(15)
    foot = " · ".join(filter(None, (title, notice)))
    section.footer.paragraphs[0].add_run(clean(foot))
    about = document.core_properties
    about.title, about.author, about.comments = clean(title)[:_LONGEST_TITLE], "", ""
    return document


def written(document: Document) -> bytes:
    """Return a document as the bytes of its file."""
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def add_table(
    document: Document, header: Sequence[str], rows: Iterable[Sequence[str]], *,
    depths: Sequence[int] = (), right: Iterable[int] = (), points: float = 0,
    widths: Sequence[float] = (),
) -> None:  # fmt: skip
    """Add a table; ``depths`` indents the first cell of each row.

    ``right`` numbers the columns that are set to the right, ``points`` is the size of its letters
    where that is not the document's; ``widths`` say how the columns share the
    page, where they are not all alike. The header stands on every page.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    rows, right, columns = list(rows), set(right), len(header)
    table = document.add_table(1 + len(rows), columns, style="Light List Accent 1")
    # Cells are asked for once: python-docx counts through the whole table for each.
    cells = table._cells  # noqa: SLF001 - the public way takes a minute for 1,500 codes
    _head_everywhere(table)
    if widths:
        _share_out(table, widths)
    for number, row in enumerate((header, *rows)):
        for column, text in enumerate(row):
            paragraph = cells[number * columns + column].paragraphs[0]
            run = paragraph.add_run(clean(text))
            if number:
                run.bold = False
            if points:
                run.font.size = Pt(points)
            if column in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number and not column and depths:
                paragraph.paragraph_format.left_indent = millimetres(4 * depths[number - 1])


def _head_everywhere(table: Table) -> None:
    from docx.oxml import OxmlElement

    row = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for it
    row.append(OxmlElement("w:tblHeader"))


def _share_out(table: Table, widths: Sequence[float]) -> None:
    from docx.shared import Emu

    table.autofit = False
    columns = list(table.columns)
    whole = sum(column.width or 0 for column in columns)
    for column, width in zip(columns, widths, strict=True):
        column.width = Emu(int(whole * width / sum(widths)))
    for at, cell in enumerate(table._cells):  # noqa: SLF001 - as above, in add_table
        cell.width = columns[at % len(columns)].width or Emu(0)


def millimetres(number: int) -> int:
    """Return a length as a document counts it."""
    from docx.shared import Mm

    return Mm(number)


def add_run(paragraph: Paragraph, text: str, *, color: str = _GREY) -> None:
    """Add coloured words, by default grey ones; ``color`` is ``#rrggbb``."""
    from docx.shared import RGBColor

    paragraph.add_run(clean(text)).font.color.rgb = RGBColor.from_string(color[1:].upper())

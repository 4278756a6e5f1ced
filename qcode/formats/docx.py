"""What every DOCX document has in common: its pages, texts that XML can hold, tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from qcode.formats.bidi import from_right
from qcode.formats.files import cleaned

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import BaseStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_GREY = "#595959"
_LONGEST_TITLE = 255
_LETTER = 0.24
"""Millimetres of a bold letter of one point, in a wide face."""
_PADDING = 1.0
_INDENT = 4
_SMALLEST = 6.0
_LONGEST_WORD = 20
_LONG_ROW = 1000
"""Letters of a row that may go on on the next page."""
WIDE = 8
"""Columns from which a table needs a page on its side."""


def clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", cleaned(text))


def blank(title: str, notice: str = "", *, wide: bool = False, language: str = "") -> Document:
    """Return an A4 document with its title at the foot of every page, and nobody as the author.

    ``language`` is that of quotations, so that no other one's spelling is asked of them.
    """
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
    # As a default, which the cells of tables do not take, unlike what a style says.
    for spacing in document.styles.element.xpath("w:docDefaults//w:spacing"):
        spacing.after = Mm(2)
    if language:
        _speak(document.styles["Quote"], language)
    foot = " · ".join(filter(None, (title, notice)))
    section.footer.paragraphs[0].add_run(f"{clean(foot)} · ")
    _add_page_number(section.footer.paragraphs[0])
    about = document.core_properties
    about.title, about.author, about.comments = clean(title)[:_LONGEST_TITLE], "", ""
    return document


def _speak(style: BaseStyle, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(spoken)


def _add_page_number(paragraph: Paragraph) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)  # noqa: SLF001 - the library has no word for it
    paragraph._p.append(field)  # noqa: SLF001


def adder(document: Document) -> Callable[[str], Paragraph]:
    """Return what adds an empty paragraph of a style, an empty name for none, at the end.

    The library looks through the whole document and all its styles for each.
    """
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph

    body = document._body  # noqa: SLF001 - there is no public way
    end = document.sections[-1]._sectPr  # noqa: SLF001
    ids = cache(lambda name: document.styles[name].style_id)

    def add(style: str) -> Paragraph:
        element = OxmlElement("w:p")
        end.addprevious(element)
        if style:
            element.style = ids(style)
        return Paragraph(element, body)

    return add


def written(document: Document) -> bytes:
    """Return a document as the bytes of its file."""
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def add_table(
    document: Document, header: Sequence[str], rows: Iterable[Sequence[str]], *,
    depths: Sequence[int] = (), right: Iterable[int] = (), points: float = 10,
) -> None:  # fmt: skip
    """Add a table; ``depths`` indents the first cell of each row.

    ``right`` numbers the columns that are set to the right, ``points`` is the size of its letters
    where they need not be smaller. The header stands on every page, and no short row on two.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    rows, right, columns = list(rows), set(right), len(header)
    table = document.add_table(1 + len(rows), columns, style="Light List Accent 1")
    # Cells are asked for once: python-docx counts through the whole table for each.
    cells = table._cells  # noqa: SLF001 - the public way takes a minute for 1,500 codes
    points = _laid_out(document, table, _columns(header, rows, depths), points)
    _kept_whole(table, rows)
    shape = _shaper(points)
    for number, row in enumerate((header, *rows)):
        for column, text in enumerate(row):
            paragraph = cells[number * columns + column].paragraphs[0]
            shape(paragraph.add_run(clean(text)), bool(number))
            if column in right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if number and not column and depths:
                paragraph.paragraph_format.left_indent = millimetres(_INDENT * depths[number - 1])


def _shaper(points: float) -> Callable[[Run, bool], None]:
    """Return what gives the words of a cell their size, and takes the bold of those below the header.

    The library takes long for each: one is shaped, and its shape copied.
    """
    from docx.shared import Pt

    made: dict[bool, Any] = {}

    def shape(run: Run, below: bool) -> None:  # noqa: FBT001
        if below in made:
            run._r.insert(0, deepcopy(made[below]))  # noqa: SLF001 - there is no public way
            return
        run.font.size = Pt(points)
        if below:
            run.bold = False
        made[below] = run._r.rPr  # noqa: SLF001

    return shape


def _kept_whole(table: Table, rows: Sequence[Sequence[str]]) -> None:
    from docx.oxml import OxmlElement

    # The library has no words for this; asking it for a row again and again takes long.
    for at, form in enumerate(row.get_or_add_trPr() for row in table._tbl.tr_lst):  # noqa: SLF001
        if not at or sum(map(len, rows[at - 1])) < _LONG_ROW:
            form.append(OxmlElement("w:cantSplit"))
        if not at:
            form.append(OxmlElement("w:tblHeader"))


def _columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], depths: Sequence[int]
) -> list[tuple[int, float, float]]:
    """Return of each column the letters of its longest word, its indent, and how much it holds."""
    found: list[tuple[int, float, float]] = []
    for at, head in enumerate(header):
        texts = [row[at] for row in rows]
        longest = max((len(word) for text in (head, *texts) for word in text.split()), default=1)
        mean = sum(map(len, texts)) / max(len(texts), 1)
        indent = 0 if at else _INDENT * max(depths, default=0)
        found.append((min(longest, _LONGEST_WORD), indent, mean**0.75))
    return found


def _laid_out(
    document: Document, table: Table, columns: Sequence[tuple[int, float, float]], points: float
) -> float:
    """Give columns their widths, and return the size of letters at which words stay whole."""
    from docx.shared import Mm

    section = document.sections[-1]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    room = ((section.page_width or 0) - margins) / Mm(1)

    def needed() -> list[float]:
        return [max(longest, 2) * points * _LETTER + 2 * _PADDING + indent
                for longest, indent, _held in columns]  # fmt: skip

    while sum(needed()) > room and points > _SMALLEST:
        points -= 0.5
    least = needed()
    rest, held = room - sum(least), sum(held for *_least, held in columns) or 1
    widths = [
        own + rest * part / held if rest > 0 else own * room / sum(least)
        for own, (*_least, part) in zip(least, columns, strict=True)
    ]
    _set_widths(table, widths)
    return points


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """Set the widths of columns, and the room beside words in cells, in millimetres."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    table.autofit = False
    sides = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), str(round(_PADDING * 1440 / 25.4)))
        side.set(qn("w:type"), "dxa")
        sides.append(side)
    table._tblPr.insert_element_before(sides, "w:tblLook")  # noqa: SLF001 - as above
    columns = list(table.columns)
    for column, width in zip(columns, widths, strict=True):
        column.width = Mm(width)
    for at, cell in enumerate(table._cells):  # noqa: SLF001 - as above
        cell.width = Mm(widths[at % len(widths)])


def millimetres(number: int) -> int:
    """Return a length as a document counts it."""
    from docx.shared import Mm

    return Mm(number)


def add_quotation(document: Document, text: str) -> Paragraph:
    """Add a quotation in one paragraph, in the direction in which its words are read."""
    paragraph = document.add_paragraph(clean(text), style="Quote")
    turn(paragraph, text)
    return paragraph


def turn(paragraph: Paragraph, text: str) -> None:
    """Let a paragraph be read from right to left where its text is."""
    if not from_right(text):
        return
    from docx.oxml import OxmlElement

    form = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - there is no public way
    # The schema has an order, and Word refuses a document that does not keep it.
    form.insert_element_before(OxmlElement("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")


def add_run(paragraph: Paragraph, text: str, *, color: str = _GREY) -> None:
    """Add coloured words, by default grey ones; ``color`` is ``#rrggbb``."""
    from docx.shared import RGBColor

    paragraph.add_run(clean(text)).font.color.rgb = RGBColor.from_string(color[1:].upper())

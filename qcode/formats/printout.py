"""A codebook for people to read: a DOCX document, or Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.formats.files import cleaned
from qcode.formats.markdown import escaped, quoted, tabled
from qcode.language import _
from qcode.model.printout import Entry, Printout, Quote

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_DEEPEST = 9
"""Levels of headings that a DOCX document knows."""
_GREY = (0x59, 0x59, 0x59)


def write(printout: Printout, suffix: str) -> bytes:
    """Return a codebook as the kind of file that a suffix names: ``.docx`` or ``.md``."""
    if suffix not in FORMATS:
        raise BadInput(
            _("a codebook is printed as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    return FORMATS[suffix](printout)


def said(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what is said of a code, each with its title; an empty title needs none."""
    code = entry.code
    for title, text in (
        ("", code.definition),
        (_("Use when"), code.include),
        (_("Not for"), code.exclude),
        (_("Example"), entry.example),
        (_("Basis"), code.basis),
        (_("Also called"), ", ".join((*code.labels.values(), *code.aliases))),
    ):
        if text:
            yield title, text
    if not code.definition:
        yield "", _("This code has no definition yet.")


def counts(entry: Entry) -> str:
    """Return the counts of a code in one line."""
    return _("informants {informants} · interviews {interviews} · passages {passages}").format(
        informants=entry.informants, interviews=entry.interviews, passages=entry.passages
    )


def passages(entry: Entry) -> Iterator[tuple[str, Quote]]:
    """Yield the passages of a code, each with its title."""
    if entry.typical:
        yield _("Typical passage"), entry.typical
    if entry.borderline:
        title = _("Borderline passage ({why})").format(why=entry.borderline.why)
        yield title, entry.borderline


def headings() -> tuple[str, str, str, str]:
    """Return the headings of the overview."""
    return _("code"), _("informants"), _("interviews"), _("passages")


# -- DOCX -----------------------------------------------------------------------------------------


def _docx(printout: Printout) -> bytes:
    import docx

    document = docx.Document()
    _lay_pages(document, printout)
    document.add_heading(_clean(printout.title), level=0)
    document.add_paragraph(_clean(printout.made))
    if printout.notice:
        document.add_paragraph(_clean(printout.notice), style="Intense Quote")
    for note in printout.notes:
        document.add_paragraph(_clean(note), style="List Bullet")
    _add_overview(document, printout)
    document.add_page_break()  # type: ignore[no-untyped-call]
    for entry in printout.entries:
        _add_entry(document, entry)
    whole = io.BytesIO()
    document.save(whole)
    return whole.getvalue()


def _lay_pages(document: Document, printout: Printout) -> None:
    """Set A4 and what stands at the foot of every page, and nobody as the author."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    foot = " · ".join(filter(None, (printout.title, printout.notice)))
    section.footer.paragraphs[0].add_run(_clean(foot))
    about = document.core_properties
    about.title, about.author, about.comments = _clean(printout.title)[:255], "", ""


def _add_overview(document: Document, printout: Printout) -> None:
    document.add_heading(_("Overview"), level=1)
    rows, columns = 1 + len(printout.entries), len(headings())
    table = document.add_table(rows, columns, style="Light List Accent 1")
    # Cells are asked for once: python-docx counts through the whole table for each.
    cells = table._cells  # noqa: SLF001 - the public way takes a minute for 1,500 codes
    for cell, text in zip(cells, headings(), strict=False):
        cell.text = _clean(text)
    for row, entry in enumerate(printout.entries, 1):
        texts = (entry.title, entry.informants, entry.interviews, entry.passages)
        for column, text in enumerate(texts):
            paragraph = cells[row * columns + column].paragraphs[0]
            run = paragraph.add_run(_clean(text))
            run.bold = False
            if not column:
                paragraph.paragraph_format.left_indent = _millimetres(4 * entry.depth)


def _millimetres(number: int) -> int:
    from docx.shared import Mm

    return Mm(number)


def _add_entry(document: Document, entry: Entry) -> None:
    heading = document.add_heading(level=min(entry.depth + 2, _DEEPEST))
    if entry.code.color:
        _run(heading, "■ ", color=entry.code.color)
    heading.add_run(_clean(entry.title))
    _grey(document.add_paragraph(), counts(entry))
    for title, text in said(entry):
        paragraph = document.add_paragraph()
        if title:
            paragraph.add_run(f"{_clean(title)}: ").bold = True
        paragraph.add_run(_clean(text))
    for title, quote in passages(entry):
        paragraph = document.add_paragraph()
        paragraph.add_run(_clean(title)).bold = True
        paragraph.paragraph_format.keep_with_next = True
        words = document.add_paragraph(_clean(quote.text), style="Quote")
        words.paragraph_format.left_indent = _millimetres(8)
        words.paragraph_format.keep_with_next = True
        below = document.add_paragraph()
        below.paragraph_format.left_indent = _millimetres(8)
        _grey(below, f"— {quote.reference}")


def _grey(paragraph: Paragraph, text: str) -> None:
    _run(paragraph, text, color="#{:02x}{:02x}{:02x}".format(*_GREY))


def _run(paragraph: Paragraph, text: str, *, color: str) -> None:
    from docx.shared import RGBColor

    paragraph.add_run(_clean(text)).font.color.rgb = RGBColor.from_string(color[1:].upper())


def _clean(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", cleaned(text))


# -- Markdown -------------------------------------------------------------------------------------


def _markdown(printout: Printout) -> bytes:
    blocks = [f"# {escaped(printout.title)}", escaped(printout.made)]
    if printout.notice:
        blocks.append(f"**{escaped(printout.notice)}**")
    blocks.append("\n".join(f"- {escaped(note)}" for note in printout.notes))
    rows = [headings(), ("---", "---:", "---:", "---:")]
    table = [f"| {' | '.join(row)} |" for row in rows]
    for entry in printout.entries:
        name = "&emsp;" * entry.depth + tabled(entry.title)
        table.append(f"| {name} | {entry.informants} | {entry.interviews} | {entry.passages} |")
    blocks.append("\n".join(table))
    for entry in printout.entries:
        blocks += _block(entry)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode(errors="replace")


def _block(entry: Entry) -> Iterator[str]:
    yield f"{'#' * min(entry.depth + 2, 6)} {escaped(entry.title)}"
    yield escaped(counts(entry))
    for title, text in said(entry):
        yield f"**{title}:** {escaped(text)}" if title else escaped(text)
    for title, quote in passages(entry):
        yield f"**{escaped(title)}**"
        yield quoted(quote.text)
        yield f"— {escaped(quote.reference)}"


FORMATS: Mapping[str, Callable[[Printout], bytes]] = {".docx": _docx, ".md": _markdown}
"""How a codebook is printed, by the suffix of the file."""

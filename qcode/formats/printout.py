"""A codebook for people to read: a DOCX document, or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.markdown import escaped, quoted, tabled
from qcode.language import _
from qcode.model.printout import Entry, Printout, Quote

if TYPE_CHECKING:
    from docx.document import Document

_DEEPEST = 9
"""Levels of headings that a DOCX document knows."""


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
    document = docx.blank(printout.title, printout.notice)
    document.add_heading(docx.clean(printout.title), level=0)
    document.add_paragraph(docx.clean(printout.made))
    if printout.notice:
        document.add_paragraph(docx.clean(printout.notice), style="Intense Quote")
    for note in printout.notes:
        document.add_paragraph(docx.clean(note), style="List Bullet")
    document.add_heading(_("Overview"), level=1)
    docx.add_table(
        document, headings(),
        [(one.title, one.informants, one.interviews, one.passages) for one in printout.entries],
        depths=[one.depth for one in printout.entries],
    )  # fmt: skip
    document.add_page_break()  # type: ignore[no-untyped-call]
    for entry in printout.entries:
        _add_entry(document, entry)
    return docx.written(document)


def _add_entry(document: Document, entry: Entry) -> None:
    heading = document.add_heading(level=min(entry.depth + 2, _DEEPEST))
    if entry.code.color:
        docx.add_run(heading, "■ ", color=entry.code.color)
    heading.add_run(docx.clean(entry.title))
    docx.add_run(document.add_paragraph(), counts(entry))
    for title, text in said(entry):
        paragraph = document.add_paragraph()
        if title:
            paragraph.add_run(f"{docx.clean(title)}: ").bold = True
        paragraph.add_run(docx.clean(text))
    for title, quote in passages(entry):
        paragraph = document.add_paragraph()
        paragraph.add_run(docx.clean(title)).bold = True
        paragraph.paragraph_format.keep_with_next = True
        words = docx.add_quotation(document, quote.text)
        words.paragraph_format.left_indent = docx.millimetres(8)
        words.paragraph_format.keep_with_next = True
        below = document.add_paragraph()
        below.paragraph_format.left_indent = docx.millimetres(8)
        docx.add_run(below, f"— {quote.reference}")


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

"""Excerpts as a DOCX document: a paragraph a line, so that none turns the direction of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qcode.formats import docx
from qcode.formats.bidi import isolated
from qcode.formats.excerpts.listing import Listing, cited, remarks, translated
from qcode.model.excerpt import Excerpt

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

    _Adder = Callable[[str], Paragraph]

_IN = 8
"""Millimetres by which a quotation is set in."""


def written(listing: Listing) -> bytes:
    """Return the document."""
    document = docx.blank(listing.title, listing.notice, language=listing.language)
    document.add_heading(docx.clean(listing.title), level=0)
    if listing.notice:
        document.add_paragraph(docx.clean(listing.notice), style="Intense Quote")
    for note in (*listing.notes, *listing.said_of_numbers()):
        document.add_paragraph(docx.clean(note), style="List Bullet")
    add = docx.adder(document)
    for group in listing.headed():
        document.add_heading(docx.clean(isolated(group.title)), level=1)
        for excerpt in group.excerpts:
            _add(add, excerpt)
    return docx.written(document)


def _add(add: _Adder, one: Excerpt) -> None:
    _add_lines(add, one.before, grey=True)
    _add_lines(add, one.text, style="Quote")
    _add_lines(add, one.after, grey=True)
    number = f"({one.number}) " if one.number else ""
    line = " · ".join(isolated(part) for part in cited(one))
    said = [line for text in remarks(one) for line in text.split("\n")]
    docx.add_run(_line(add, last=not (one.translation or said)), f"— {number}{line}")
    if one.translation:
        _add_lines(add, one.translation.text, style="Quote")
        docx.add_run(_line(add, last=not said), f"— {translated(one.translation)}")
    for text in said:
        _add_lines(add, text, grey=True, last=text is said[-1])


def _add_lines(
    add: _Adder, text: str, *, style: str = "", grey: bool = False, last: bool = False
) -> None:
    for line in text.split("\n") if text else ():
        paragraph = _line(add, style, last=last)
        docx.turn(paragraph, line)
        if grey:
            docx.add_run(paragraph, line)
        else:
            paragraph.add_run(docx.clean(line))


def _line(add: _Adder, style: str = "", *, last: bool = True) -> Paragraph:
    paragraph = add(style)
    form = paragraph.paragraph_format
    form.left_indent = docx.millimetres(_IN)
    form.keep_with_next = not last
    form.space_after = docx.millimetres(4 if last else 1)
    return paragraph

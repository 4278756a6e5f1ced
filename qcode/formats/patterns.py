"""Common patterns and differences for a results chapter: as a table, in Markdown or in DOCX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.markdown import escaped, quoted
from qcode.language import _
from qcode.model.excerpt import Excerpt
from qcode.model.pattern import Pattern, Patterns, Voice
from qcode.model.table import Blank, Cell, Column, Table, in_words

if TYPE_CHECKING:
    from docx.document import Document


def write(found: Patterns, format: str) -> bytes:
    """Return patterns as ``markdown`` or ``docx``, to be read."""
    if format not in FORMATS:
        raise BadInput(
            _("patterns are written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=format
            )
        )
    return FORMATS[format](found)


def tabled(found: Patterns) -> Table:
    """Return patterns as one table with a row for each passage, or for each group without one."""
    columns = (
        Column("pattern", _("pattern")), Column("code", _("code")), Column("where", _("where")),
        Column("group", _("group")),
        Column("cases", _("informants"), _("of those looked through"), numeric=True),
        Column("passage", _("passage")), Column("reference", _("reference")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for section in found.sections:
        for one in section.patterns:
            for voice in one.voices:
                head = (section.title, one.code, one.where, voice.group, voice.share)
                rows += ((*head, quote.text, cited(quote)) for quote in voice.quotes)
                if not voice.quotes:
                    rows.append((*head, Blank("-", voice.silence), ""))
    notes = (*([found.notice] if found.notice else []), *found.notes)
    return Table(found.title, columns, tuple(rows), notes)


def _markdown(found: Patterns) -> bytes:
    blocks = [f"# {escaped(found.title)}"]
    if found.notice:
        blocks.append(f"**{escaped(found.notice)}**")
    for section in found.sections:
        blocks.append(f"## {escaped(section.title)}")
        for one in section.patterns:
            blocks += [f"### {escaped(one.code)}", escaped(_line(one))]
            for voice in one.voices:
                blocks.append(f"**{escaped(voice.group)}**: {escaped(share_told(voice))}")
                for quote in voice.quotes:
                    blocks += [quoted(quote.text), f"— {escaped(cited(quote))}"]
    blocks.append("\n".join(f"- {escaped(note)}" for note in found.notes))
    return ("\n\n".join(blocks) + "\n").encode(errors="replace")


def _line(one: Pattern) -> str:
    """Return where a code is found and how far the groups differ."""
    differing = _("difference: {difference}").format(difference=one.difference)
    return f"{one.where}; {differing}"


def share_told(voice: Voice) -> str:
    """Return how many speak of it, and why nothing is quoted of them."""
    if isinstance(voice.share, Blank):
        return voice.silence
    return f"{in_words(voice.share)}; {voice.silence}" if voice.silence else in_words(voice.share)


def cited(quote: Excerpt) -> str:
    """Return the line that stands under a passage."""
    return " · ".join(part for part in (quote.reference, quote.address, quote.notice) if part)


def _docx(found: Patterns) -> bytes:
    document = docx.blank(found.title, found.notice)
    document.add_heading(docx.clean(found.title), level=0)
    if found.notice:
        document.add_paragraph(docx.clean(found.notice), style="Intense Quote")
    for section in found.sections:
        document.add_heading(docx.clean(section.title), level=1)
        for one in section.patterns:
            document.add_heading(docx.clean(one.code), level=2)
            document.add_paragraph(docx.clean(_line(one)))
            for voice in one.voices:
                _add_voice(document, voice)
    for note in found.notes:
        document.add_paragraph(docx.clean(note), style="List Bullet")
    return docx.written(document)


def _add_voice(document: Document, voice: Voice) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(docx.clean(f"{voice.group}: ")).bold = True
    docx.add_run(paragraph, share_told(voice))
    for quote in voice.quotes:
        docx.add_quotation(document, quote.text)
        docx.add_run(document.add_paragraph(), f"— {cited(quote)}")


FORMATS: Mapping[str, Callable[[Patterns], bytes]] = {"markdown": _markdown, "docx": _docx}
"""How patterns are written for reading."""

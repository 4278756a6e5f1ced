"""A report as Markdown; its pictures are files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from qcode.formats import figures
from qcode.formats.markdown import escaped, quoted, tabled
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

_DEEPEST = 6


def written(report: Report, beside: str = "") -> bytes:
    """Return the report in UTF-8; ``beside`` is the folder of its pictures, else left out."""
    blocks = [f"# {escaped(report.title)}", escaped(report.made)]
    if report.notice:
        blocks.append(f"**{escaped(report.notice)}**")
    blocks += (f"**{escaped(text)}**" for text in report.lead)
    blocks.append(_bulleted(report.notes))
    for block, number in numbered(report.blocks):
        if not isinstance(block, Picture):
            blocks += _block(block, number)
        elif beside:
            blocks += _picture(block, number, beside)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode(errors="replace")


def picture_name(number: int) -> str:
    """Return the name of the file of a picture."""
    return f"figure-{number}.png"


def _picture(block: Picture, number: int, beside: str) -> Iterator[str]:
    title = escaped(captions.figure_title(block.figure.title, number))
    yield f"![{title}]({quote(f'{beside}/{picture_name(number)}')})"
    yield f"**{title}**"
    yield _bulleted(figures.legible(block.figure).notes)


def _block(block: Block, number: int) -> Iterator[str]:
    match block:
        case Heading(text=text, level=level):
            yield f"{'#' * min(level + 1, _DEEPEST)} {escaped(text)}"
        case Paragraph(text=text, lead=lead):
            bold = f"**{escaped(lead)}** " if lead else ""
            yield bold + (escaped(text) if not bold else tabled(text))
        case Bullets(items=items):
            yield _bulleted(items)
        case Quotation(text=text, reference=reference):
            yield quoted(text)
            yield f"— {escaped(reference)}"
        case Table():
            yield from _table(block, number)


def _bulleted(items: tuple[str, ...]) -> str:
    return "\n".join(f"- {escaped(item)}" for item in items)


def _table(table: Table, number: int) -> Iterator[str]:
    if title := captions.table_title(table.title, number):
        yield f"**{escaped(title)}**"
    lines = [
        _piped(tabled(captions.head(column)) for column in table.columns),
        _piped("---:" if column.numeric else "---" for column in table.columns),
    ]
    for at, row in enumerate(table.rows):
        cells = [tabled(in_words(cell)) for cell in row]
        if table.depths:
            cells[0] = "&emsp;" * table.depths[at] + cells[0]
        lines.append(_piped(cells))
    yield "\n".join(lines)
    yield _bulleted(tuple(captions.below(table)))


def _piped(cells: Iterator[str] | list[str]) -> str:
    return f"| {' | '.join(cells)} |"

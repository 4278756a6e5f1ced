"""Which medium a report is written in, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qcode.errors import BadInput
from qcode.formats import figures
from qcode.formats.report import html, markdown, word
from qcode.language import _
from qcode.model.report import Picture, Report, numbered

MARKDOWN = ".md"


def write(report: Report, suffix: str, beside: str = "") -> bytes:
    """Return a report as the kind of file that a suffix names: ``.html``, ``.docx`` or ``.md``.

    ``beside`` is the folder in which Markdown finds what ``pictures`` gives.
    """
    if suffix not in FORMATS:
        raise BadInput(
            _("a report is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    return markdown.written(report, beside) if suffix == MARKDOWN else FORMATS[suffix](report)


def pictures(report: Report, suffix: str) -> Mapping[str, bytes]:
    """Return the pictures that a report cannot hold itself, by the names of their files."""
    if suffix != MARKDOWN or not figures.available():
        return {}
    return {
        markdown.picture_name(number): figures.render(block.figure, "png", captioned=False)
        for block, number in numbered(report.blocks) if isinstance(block, Picture)
    }  # fmt: skip


FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    ".html": html.written,
    ".docx": word.written,
    MARKDOWN: markdown.written,
}
"""How a report is written, by the suffix of the file."""

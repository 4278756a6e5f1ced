"""Paragraphs under a heading: a DOCX document, or Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.markdown import escaped
from qcode.language import _

FORMATS = (".docx", ".md")


def write(title: str, paragraphs: Sequence[str], suffix: str, notice: str = "") -> bytes:
    """Return paragraphs as the kind of file that a suffix names: ``.docx`` or ``.md``."""
    if suffix == ".md":
        blocks = [f"# {escaped(title)}", *([f"**{escaped(notice)}**"] if notice else [])]
        blocks += map(escaped, paragraphs)
        return ("\n\n".join(blocks) + "\n").encode(errors="replace")
    if suffix != ".docx":
        raise BadInput(
            _("a section on methods is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    document = docx.blank(title, notice)
    document.add_heading(docx.clean(title), level=1)
    if notice:
        document.add_paragraph(docx.clean(notice), style="Intense Quote")
    for paragraph in paragraphs:
        document.add_paragraph(docx.clean(paragraph))
    return docx.written(document)

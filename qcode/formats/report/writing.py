"""Which medium a report is written in, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qcode.errors import BadInput
from qcode.formats.report import html, markdown, word
from qcode.language import _
from qcode.model.report import Report


def write(report: Report, suffix: str) -> bytes:
    """Return a report as the kind of file that a suffix names: ``.html``, ``.docx`` or ``.md``."""
    if suffix not in FORMATS:
        raise BadInput(
            _("a report is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    return FORMATS[suffix](report)


FORMATS: Mapping[str, Callable[[Report], bytes]] = {
    ".html": html.written,
    ".docx": word.written,
    ".md": markdown.written,
}
"""How a report is written, by the suffix of the file."""

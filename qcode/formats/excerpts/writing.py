"""Every way in which excerpts are written, by the name of the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qcode.errors import BadInput
from qcode.formats.excerpts import html, latex, markdown, plain, sheets, word
from qcode.formats.excerpts.listing import Listing
from qcode.formats.tabular import SUFFIXES as OF_TABLES
from qcode.language import _
from qcode.model.excerpt import Excerpt, Group
from qcode.system import uncollected

FORMATS: Mapping[str, Callable[[Listing], bytes]] = {
    "markdown": markdown.written,
    "csv": sheets.csv,
    "xlsx": sheets.xlsx,
    "docx": word.written,
    "html": html.written,
    "latex": latex.written,
    "json": plain.written,
}
"""The formats of excerpts, by name."""
SUFFIXES: Mapping[str, str] = {**OF_TABLES, ".html": "html", ".htm": "html", ".tex": "latex"}
"""The formats that the name of a file asks for by its suffix."""


@uncollected()
def write(
    excerpts: Sequence[Excerpt], format: str, *, title: str, notes: Sequence[str] = (),
    groups: Sequence[Group] | None = None, notice: str = "", language: str = "",
) -> bytes:  # fmt: skip
    """Return excerpts in one of FORMATS, in the order given.

    What people read has headings: those of ``groups``, else the codes in the order in which they
    first appear. CSV holds neither title nor notes; each attribute of the cases is a column of
    CSV and XLSX, and with groups, so is the heading. ``notice`` stands on the first page,
    ``language`` is that of the quotations.
    """
    if format not in FORMATS:
        raise BadInput(
            _("excerpts are written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=format
            )
        )
    return FORMATS[format](Listing(excerpts, title, notes, groups, notice, language))

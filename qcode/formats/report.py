"""A report of several tables for people to read: a DOCX document, or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.markdown import escaped
from qcode.formats.tabular import render
from qcode.language import _
from qcode.model.report import Report
from qcode.model.table import in_words

_SMALL = 8.5


def write(report: Report, suffix: str) -> bytes:
    """Return a report as the kind of file that a suffix names: ``.docx`` or ``.md``."""
    if suffix not in FORMATS:
        raise BadInput(
            _("a report is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=suffix
            )
        )
    return FORMATS[suffix](report)


def _docx(report: Report) -> bytes:
    document = docx.blank(report.title, report.notice, wide=True)
    document.add_heading(docx.clean(report.title), level=0)
    document.add_paragraph(docx.clean(report.made))
    if report.notice:
        document.add_paragraph(docx.clean(report.notice), style="Intense Quote")
    for note in report.notes:
        document.add_paragraph(docx.clean(note), style="List Bullet")
    for table in report.tables:
        if table.rows:
            document.add_heading(docx.clean(table.title), level=1)
            docx.add_table(
                document, [column.title for column in table.columns],
                [[in_words(cell) for cell in row] for row in table.rows], points=_SMALL,
                right=[at for at, column in enumerate(table.columns) if column.numeric],
            )  # fmt: skip
    return docx.written(document)


def _markdown(report: Report) -> bytes:
    blocks = [f"# {escaped(report.title)}", escaped(report.made)]
    if report.notice:
        blocks.append(f"**{escaped(report.notice)}**")
    blocks.append("\n".join(f"- {escaped(note)}" for note in report.notes))
    blocks += [render(table, "markdown").decode().rstrip() for table in report.tables if table.rows]
    return ("\n\n".join(block for block in blocks if block) + "\n").encode(errors="replace")


FORMATS: Mapping[str, Callable[[Report], bytes]] = {".docx": _docx, ".md": _markdown}
"""How a report is written, by the suffix of the file."""

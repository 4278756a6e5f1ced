"""A cell of the framework matrix: in a few signs, and in full as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qcode.analysis.releasing import named, withheld
from qcode.language import _
from qcode.model.table import Blank, in_words
from qcode.tui.inspecting import Line
from qcode.workflows import framework
from qcode.workflows.excerpts import quotation
from qcode.workflows.framework import Cell
from qcode.workflows.telling import local_now, when

WRITTEN, CHANGED = "✓", "!"
"""The signs of a cell with a summary, and of one whose passages changed since."""


def short(cell: Cell) -> str:
    """Return a cell in a few signs, with room for that of the marked one."""
    if not (cell.number or cell.texts or cell.looked):
        return " ·"
    signs = (str(cell.number), WRITTEN * bool(cell.texts), CHANGED * bool(cell.drift), cell.text)
    return f" {' '.join(filter(None, signs))}"


def legend() -> str:
    """Return what the signs of a cell mean, in one line."""
    said = _(
        "2: passages   {written} summary   {changed} passages changed since   · not looked for"
    )
    return f" {said.format(written=WRITTEN, changed=CHANGED)}"


def of_cell(
    cell: Cell, marked: int, names: Mapping[str, str], where: Mapping[str, str]
) -> tuple[list[Line], int]:
    """Return what a cell says with its passages, and the line of the marked one."""
    lines = [*_summary(cell, names), Line()]
    mark = 0
    for number, one in enumerate(cell.passages):
        segment = one.segment
        head = f"{where[segment.coding.id]} · {segment.code.replace('/', ' › ')}"
        if number == marked:
            mark = len(lines)
        sign = "▸ " if number == marked else "  "
        lines.append(Line(head, "strong" if number == marked else "quiet", lead=sign))
        lines.append(Line(f"“{quotation(one)}”", indent=2))
        reason = withheld(one.page.hearing.transcript, one.page.closed, one.span)
        if reason:
            stays = _("⚑ stays inside: {why}").format(why=named(reason))
            lines.append(Line(stays, "quiet", indent=2))
    if cell.number and not cell.passages:
        lines.append(Line(_("What is not to be used is not shown."), "quiet"))
    return lines, mark


def _summary(cell: Cell, names: Mapping[str, str]) -> Iterator[Line]:
    yield Line(f"{cell.case.name} · {cell.code.name}", "strong", cell.code.color or "none")
    if not cell.texts:
        said = framework.cell_said(cell)
        yield Line(said.why if isinstance(said, Blank) else in_words(said), "quiet")
        return
    yield Line(cell.text)
    by = " · ".join(filter(None, (names.get(cell.by, ""), when(cell.at, local_now()))))
    yield Line(by, "quiet")
    if cell.drift:
        yield Line(f"! {framework.told(cell.drift)}", "strong")

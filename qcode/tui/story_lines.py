"""The passages of a case and the pieces of its story, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qcode.analysis.releasing import named
from qcode.language import _
from qcode.model.narrative import HEADING, SENTENCE
from qcode.tui.inspecting import Line
from qcode.workflows.excerpts import quotation
from qcode.workflows.narrative import Shown
from qcode.workflows.retrieving import Passage
from qcode.workflows.stories import left_out

TOLD = "✓"
"""The sign of a passage that stands in the story."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage that is offered, why it stays inside if it does, whether the story has it."""

    passage: Passage
    address: str
    closed: str
    told: bool

    @property
    def coding(self) -> str:
        """The id of its coding."""
        return self.passage.segment.coding.id


def card(row: Row) -> Iterator[Line]:
    """Yield a passage that is offered, with its code and what keeps it inside."""
    segment = row.passage.segment
    yield Line(segment.code.replace("/", " › "), "strong")
    yield Line(f"“{quotation(row.passage)}”")
    yield Line(f"{row.address} · {segment.coder}", "quiet")
    if row.closed:
        yield Line(_("⚑ stays inside: {why}").format(why=named(row.closed)), "strong")


def told(one: Shown, *, marked: bool) -> Iterator[Line]:
    """Yield a piece: headings strong, the researcher's words plain, quotations set in."""
    sign = "▸ " if marked else "  "
    if one.piece.kind == HEADING:
        yield Line()
        yield Line(one.text, "strong", lead=sign)
        return
    if one.piece.kind == SENTENCE:
        yield Line(one.text, lead=sign)
        return
    if one.gap:
        yield Line(left_out(one.gap), "quiet", lead=f"{sign}┃ ")
        return
    yield Line(f"“{one.text}”", lead=f"{sign}┃ ")
    yield Line(f"— {one.reference}", "quiet", lead="  ┃ ")
    if one.closed:
        yield Line(_("⚑ stays inside: {why}").format(why=one.closed), "quiet", lead="  ┃ ")

"""How the codes add up from interview to interview, and when new ones become few."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qcode.analysis.picturing import curve
from qcode.analysis.saturation import table as tables
from qcode.analysis.saturation.counting import ORDERS, reached
from qcode.analysis.saturation.table import Course
from qcode.language import _, counted
from qcode.model.codebook import Codebook
from qcode.model.figure import Figure
from qcode.model.table import Blank, Cell, Table, in_words
from qcode.store.project import Reader
from qcode.terminal import in_one_line
from qcode.tui.access import Access
from qcode.tui.arranging import Stopped
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, PICTURING
from qcode.tui.inspecting import Line
from qcode.tui.screens.behind import FoundScreen
from qcode.tui.screens.limiting import LIMIT
from qcode.tui.screens.listing import styles
from qcode.tui.screens.picturing import PicturedScreen
from qcode.tui.widgets.askline import AskLine
from qcode.tui.widgets.curve import Curve, Plot, Point
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.inspector import Inspector
from qcode.workflows.behind import first_passages
from qcode.workflows.saturation import DATE, IMPORT, How, course, drawn, rule_typed

KEYS = (
    Command("saturation.open", "enter", "open", _("Show the codes that are new in the interview"),
            footer=_("New codes")),
    Command("saturation.by", "b", "by", _("In the order of dates, or of import"), footer=_("By")),
    Command("saturation.rule", "m", "rule", _("Change base, run and threshold"),
            footer=_("Measure")),
    Command("saturation.orders", "o", "orders", _("Stop drawing random orders, or begin anew"),
            footer=_("Orders")),
    *LIMIT,
    *LISTING[2:],
    *PICTURING,
)  # fmt: skip
_PAUSE = 0.1
"""Seconds between two looks how far the drawing is."""


@dataclass(frozen=True, slots=True)
class Sat:
    """One interview: its row of the table, and the codes that are new in it."""

    at: int
    cells: tuple[Cell, ...]
    new: frozenset[str]
    documents: tuple[str, ...]


class SaturationScreen(PicturedScreen[Sat]):
    """Shows the curve of the codes; the numbers are those of ``qcode saturation``."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    CSS_PATH = styles("saturation")
    FIRST: ClassVar[type[Widget] | None] = Curve

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access, line)
        self.how = How(orders=0)
        self._course: Course | None = None
        self._table = Table("", (), ())
        self._gone = threading.Event()
        self._done = 0
        """Orders drawn so far, while they are being drawn."""

    # -- what is shown -------------------------------------------------------------------------

    def panes(self) -> ComposeResult:
        """Lay out the curve, and beside it what the interview brings."""
        yield Curve(id="rows")
        yield Inspector(id="beside")

    def headline(self) -> str:
        """Return the name of the screen."""
        return self.limited(_("Codes that each interview brings"))

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table, for a row that is copied."""
        return [Column(one.title) for one in self._table.columns]

    def fetch(self, connection: Reader) -> Sequence[Sat]:
        """Count, without random orders."""
        self._stop()
        self._course = course(connection, self.asked, replace(self.how, orders=0))
        return self._rows_of(self._course)

    def _rows_of(self, found: Course) -> Sequence[Sat]:
        self._table = tables.saturation(found)
        return tuple(
            Sat(at, cells, new, tuple(one.id for one in sitting.documents))
            for at, (cells, new, sitting) in enumerate(
                zip(self._table.rows, found.progress.new, found.sittings, strict=True)
            )
        )

    def cells(self, row: Sat) -> Sequence[str]:
        """Return the row of the table."""
        return tuple(map(in_words, row.cells))

    def key(self, row: Sat) -> str:
        """Return the interviews."""
        return " ".join(row.documents)

    def table(self, rows: Sequence[Sat]) -> Table:
        """Return the table of ``qcode saturation``."""
        return replace(self._table, rows=tuple(row.cells for row in rows))

    def picture(self, rows: Sequence[Sat]) -> Figure:
        """Return the curve as a picture."""
        return curve(self.table(rows))

    def counted(self, shown: int, total: int) -> str:  # noqa: ARG002
        """Return how many interviews there are, and how far the drawing is."""
        if self._done:
            return _("random orders: {k} of {n}, o stops").format(k=self._done, n=ORDERS)
        said = counted("{n} interview", "{n} interviews", total)
        if self._course and self._course.enough and not self._course.band:
            said += _(" · without random orders: o draws them")
        return said if total else _("No interview is coded yet: ctrl+t d lists the documents.")

    def detail(self, row: Sat) -> Sequence[Line]:
        """Return the numbers of an interview, its new codes, then what belongs to all."""
        return tuple(self._described(row))

    def _described(self, row: Sat) -> Iterator[Line]:
        found = self._course
        book = found.layer.book if found else Codebook(())
        number, name, day, *others = row.cells
        yield Line(f"{number} · {name} · {in_words(day)}", "strong")
        for column, cell in zip(self._table.columns[3:], others, strict=True):
            title = f"{column.title} ({column.unit})" if column.unit else column.title
            why = f" ({cell.why})" if isinstance(cell, Blank) and cell.why else ""
            yield Line(f"{title}: {in_words(cell)}{why}")
        if row.new:
            yield Line()
            yield Line(_("New here"), "strong")
        for code, _depth in book.walk(retired=True):
            if code.id in row.new:
                yield Line(code.name, color=code.color or "none")
        yield Line()
        for note in self._table.notes:
            yield Line(note, "quiet")

    # -- the curve -----------------------------------------------------------------------------

    def _show(self, rows: Sequence[Sat], known: str) -> None:
        self._plot()
        super()._show(rows, known)
        if self._course and not self._course.band:
            self.begin()

    def _plot(self) -> None:
        found = self._course
        if found is None:
            return
        added = found.progress
        new = [len(some) for some in added.new]
        levels = found.band.codes if found.band else [None] * len(new)
        points = zip(added.total, new, levels, strict=True)
        end = reached(new, found.rule) if found.enough else 0
        self.query_one(Curve).put(Plot(tuple(Point(*one) for one in points), found.rule.base, end))

    def _head(self) -> None:
        found = self._course
        if found is None:
            return
        new = [len(some) for some in found.progress.new]
        said = tables.verdict(found, new) if new else ""
        signs = _("● codes so far · ┊ base · ┃ reached · ░ random orders 5-95 %, ─ median")
        self.query_one("#heading", Static).update(
            Content(f"{in_one_line(said)}\n{signs}" if said else "")
        )

    # -- random orders -------------------------------------------------------------------------

    def _stop(self) -> None:
        self._gone.set()

    def on_unmount(self) -> None:
        """Draw no more."""
        self._stop()

    @work(exclusive=True, group="orders")
    async def begin(self) -> None:
        """Draw random orders in another thread, and say how far that is."""
        found = self._course
        if found is None or not found.enough:
            return
        self._stop()
        gone = self._gone = threading.Event()
        drawing = asyncio.create_task(asyncio.to_thread(self._draw, found, gone))
        try:
            while not drawing.done():
                await asyncio.wait([drawing], timeout=_PAUSE)
                if not drawing.done():
                    self.stand()
            with suppress(Stopped):
                self._drawn(drawing.result(), found)
        finally:
            gone.set()
            self._done = 0
        self.stand()

    def _draw(self, found: Course, gone: threading.Event) -> Course:
        def told(orders: int) -> None:
            if gone.is_set():
                raise Stopped
            self._done = orders

        return drawn(found, replace(self.how, orders=ORDERS), told)

    def _drawn(self, found: Course, of: Course) -> None:
        """Show the band around the curve it was drawn for."""
        if self._course is of:
            self._course = found
            with self.prevent(Curve.Highlighted):
                self._show(self._rows_of(found), self.key(self.row) if self.row else "")

    def action_orders(self) -> None:
        """Stop drawing, or begin."""
        if self._done:
            self._stop()
        elif self._course and not self._course.enough:
            self.tell(_("Too few interviews for random orders to say anything."))
        else:
            self.begin()

    # -- other orders and rules ----------------------------------------------------------------

    def action_by(self) -> None:
        """Order by date or by import."""
        by = IMPORT if self.how.by == DATE else DATE
        self.how = replace(self.how, by=by)
        self.refetch(_("In the order of their dates.") if by == DATE
                     else _("In the order in which they were imported."))  # fmt: skip

    def action_rule(self) -> None:
        """Ask for base, run and threshold."""
        rule = self.how.rule
        typed = f"{rule.base} {rule.run} {tables.percent(rule.threshold)}%"
        self.query_one(AskLine).open("rule", _("Interviews of the base, of a run, share"), typed)

    @on(AskLine.Answered)
    def _rule_answered(self, event: AskLine.Answered) -> None:
        if event.about == "rule":
            self.taken(event, self._rule)

    def _rule(self, typed: str) -> None:
        self.how = replace(self.how, rule=rule_typed(typed))

    # -- what is behind ------------------------------------------------------------------------

    def action_open(self) -> None:
        """List the codes that are new in the interview, each where it stands first."""
        row = self.row
        if row is None:
            return
        if not row.new:
            self.tell(_("No code is new here."))
            return
        said = _("New in {interview}: {n}").format(interview=in_words(row.cells[1]), n=len(row.new))
        documents, codes = row.documents, row.new
        self.app.push_screen(FoundScreen(
            self.access, self.line, said,
            lambda connection, asked: first_passages(connection, asked, documents, codes),
        ))  # fmt: skip

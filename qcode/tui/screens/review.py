"""Agreement: where coders differ most, and the way to what is to be settled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from qcode.analysis.adjudication import Item, Reviewed
from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.table import Table
from qcode.store import rounds
from qcode.store.project import Reader
from qcode.terminal import in_one_line
from qcode.tui import reviewing
from qcode.tui.access import Access
from qcode.tui.arranging import Arrangement
from qcode.tui.commands import bindings
from qcode.tui.commands.review import REVIEW, TABLES
from qcode.tui.inspecting import Line
from qcode.tui.reviewing import CODES, DOCUMENTS, Report, Row
from qcode.tui.screens.agreeing import AgreeingScreen
from qcode.tui.screens.items import ItemsScreen
from qcode.tui.screens.listing import styles
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.grid import Column
from qcode.tui.widgets.rows import Rows
from qcode.tui.widgets.status import StatusLine
from qcode.workflows import overview
from qcode.workflows.overview import Codes, Overview, hidden_names

_ROUND = "round"


class ReviewScreen(AgreeingScreen[Row]):
    """Shows how far coders agree, as several tables; enter leads to the items of a row."""

    KEYS = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)
    CSS_PATH = styles("review")

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.add_class("-below")
        self._at = CODES
        self._figures: bool | None = None
        """Whether figures show; by default, unless the approach is reflexive."""
        self._shows_names = False
        self._round = ""
        """Name of the round that is reviewed; empty for all that was coded twice."""
        self._rounds: tuple[str, ...] = ()
        self._found: Overview | None = None
        self._report = Report((), ())
        self._basis: object = None
        """What intervals of the codes are to be drawn from; one object as long as it is the same."""
        self._drawing: object = None
        self._drawn: tuple[object, Codes] | None = None
        """The codes with their intervals, and what these were drawn from."""
        self._filled = False
        """Whether the intervals are in the table."""

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen and of the table."""
        told = _("Agreement · {table}").format(table=TABLES[self._at])
        return f"{told} · {self._round}" if self._round else told

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table that shows."""
        return self._report.columns or (Column(_("code")),)

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the items and compute the table that shows, without intervals."""
        found = overview.read(connection, self._round)
        self._rounds = tuple(one.name for one in rounds.listed(connection))
        if self._figures is None:
            self._figures = not found.reflexive
        self._found = found
        self._report = self._reported(connection, found)
        return self._report.rows

    def _reported(self, connection: Reader, found: Overview) -> Report:
        names = self._names(found)
        if not self._figures:
            return reviewing.left_report(found, by_document=self._at == DOCUMENTS)
        if self._at == CODES:
            self._basis = self._known_basis((found.figured.markings, dict(names)))
            return self._codes_report(found, names)
        try:
            return reviewing.table_report(connection, found, names, self._at)
        except QcodeError as error:
            return Report((), (), said=str(error))

    def _codes_report(self, found: Overview, names: Mapping[str, str]) -> Report:
        """Return the codes, with intervals if these were drawn."""
        codes, drawn = overview.codes(found, names, drawn=False), self._drawn
        self._filled = drawn is not None and drawn[0] is self._basis
        return reviewing.codes_report(
            _with_intervals(codes, drawn[1]) if drawn and self._filled else codes
        )

    def _known_basis(self, basis: object) -> object:
        drawn = self._drawn[0] if self._drawn else None
        return next((one for one in (drawn, self._drawing) if one == basis), basis)

    def _names(self, found: Overview) -> Mapping[str, str]:
        known = found.figured.names
        return known if self._shows_names else hidden_names(known)

    def cells(self, row: Row) -> Sequence[str]:
        """Return the texts of a row."""
        return row.texts

    def key(self, row: Row) -> str:
        """Return what the row is about."""
        return row.code or row.document or " ".join(row.texts[:2])

    def detail(self, row: Row) -> Sequence[Line]:
        """Return what is left of the row, what its code means, and what qualifies the figures."""
        found = self._found
        if found is None:
            return ()
        return reviewing.row_lines(found, row, self._report.notes if self._figures else ())

    def counted(self, shown: int, total: int) -> str:
        """Return what the table comes to."""
        found = self._found
        if found is not None and not found.review.listed:
            return _("Nothing to compare: no document was coded by two coders.")
        if self._report.said:
            return self._report.said
        return _("{k} of {n} rows").format(k=shown, n=total)

    def table(self, rows: Sequence[Row]) -> Table:
        """Return rows with the sentences that qualify them."""
        return replace(super().table(rows), notes=tuple(self._report.notes))

    def agreed(self) -> list[Reviewed]:
        """Return the agreements that are not taken over yet."""
        listed = self._found.review.listed if self._found is not None else ()
        return [one for one in listed if one.open and one.item.kind == "agree"]

    # -- what is shown -------------------------------------------------------------------------

    def parts(self) -> ComposeResult:
        """Lay out what is compared above the table."""
        for part in super().parts():
            yield part
            if part.id == "header":
                yield Static(markup=False, id="compared")

    def _show(self, rows: Sequence[Row], known: str) -> None:
        super()._show(rows, known)
        found = self._found
        if found is None:
            return
        above = reviewing.above_lines(found, self._names(found))
        text = "\n".join(in_one_line(line) for line in above)
        self.query_one("#compared", Static).update(Content(text), layout=False)
        if self._figures and self._at == CODES and found.figured.markings and not self._filled:
            self._complete(found)

    def _complete(self, found: Overview) -> None:
        """Draw the intervals, unless that is done or under way; fill in what was drawn."""
        if self._drawn is not None and self._drawn[0] is self._basis:
            self._fill_in(found)
        elif self._drawing is not self._basis:
            self._drawing = self._basis
            self._draw_intervals(found, self._basis)

    @work(group="intervals")
    async def _draw_intervals(self, found: Overview, basis: object) -> None:
        """Draw documents again and again, which takes a second."""
        drawn = await asyncio.to_thread(overview.codes, found, self._names(found), drawn=True)
        self._drawn = (basis, drawn)
        if self._found is not None:
            self._fill_in(self._found)

    @work(group="fill", exclusive=True)
    async def _fill_in(self, found: Overview) -> None:
        """Show the codes with their intervals; what was told stays to be read."""
        report = await asyncio.to_thread(self._codes_report, found, self._names(found))
        if not (self.is_attached and found is self._found and self._figures and self._at == CODES):
            return
        here, told = self.row, self.query_one(StatusLine).told
        self._report, self._arrangement = report, Arrangement(report.rows, self.cells)
        self._show(self._arrangement.arranged(self._wish), self.key(here) if here else "")
        if told:
            self.tell(told)

    # -- which table -----------------------------------------------------------------------------

    def action_table(self, number: int) -> None:
        """Show a table by its digit."""
        self._at = number - 1
        if self._figures is False and self._at not in (CODES, DOCUMENTS):
            self._at = CODES
            self.tell(_("Figures are hidden; # shows them."))
            return
        self._order = None
        with self.prevent(Rows.Highlighted):
            self.grid.highlight(0)
        self.refetch()

    def action_next_table(self) -> None:
        """Show the next table."""
        self.action_table((self._at + 1) % (2 if self._figures is False else len(TABLES)) + 1)

    def action_figures(self) -> None:
        """Show all figures, or hide them."""
        self._figures = not self._figures
        if not self._figures and self._at not in (CODES, DOCUMENTS):
            self._at = CODES
        self.refetch("" if self._figures else _("Figures are hidden."))

    def action_names(self) -> None:
        """Show who the coders are, or hide it."""
        self._shows_names = not self._shows_names
        self.refetch(_("Names show.") if self._shows_names else _("Names are hidden."))

    # -- what is to be settled -----------------------------------------------------------------

    def action_open(self) -> None:
        """Go through the items of the highlighted row, or all where it is about none."""
        row = self.row
        if row is None or not (row.code or row.document):
            self.action_items()
            return
        self.app.push_screen(
            ItemsScreen(
                self.access, row.code, row.document, named=self._shows_names, inside=self._inside
            )
        )

    def action_items(self) -> None:
        """Go through all items."""
        self.app.push_screen(ItemsScreen(self.access, named=self._shows_names, inside=self._inside))

    @property
    def _inside(self) -> Callable[[Item], bool]:
        found = self._found
        return found.inside if found is not None else lambda _item: True

    # -- which round -----------------------------------------------------------------------------

    def action_rounds(self) -> None:
        """Ask which round is to be reviewed."""
        if not self._rounds:
            self.tell(_("There is no round; ctrl+t o opens one."))
            return
        ways = [
            Way("a", _("all that was coded twice"), ""),
            *(Way(str(number), name, name) for number, name in enumerate(self._rounds[-9:], 1)),
        ]
        self.query_one(Choice).open(_ROUND, _("Which round?"), ways)

    @on(Choice.Made)
    def _round_chosen(self, event: Choice.Made) -> None:
        if event.about == _ROUND:
            self._round = event.value
            self.grid.focus()
            self.refetch()


def _with_intervals(codes: Codes, drawn: Codes) -> Codes:
    """Return codes with the intervals of what they were computed from before."""
    known = {row.code: row.cells for row in drawn.rows}
    rows = [replace(row, cells=known[row.code]) if row.code in known else row for row in codes.rows]
    return Codes(rows, drawn.pooled, drawn.notes)

"""Rounds and assignments: who codes what twice, how far, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import BindingType

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.table import Table
from qcode.store import coders
from qcode.store.project import Reader
from qcode.store.rounds import second_self
from qcode.store.settings import get_local
from qcode.tui import round_lines
from qcode.tui.commands import Command, bindings
from qcode.tui.commands.listing import LISTING, SORTING, TAKING, UNDOING
from qcode.tui.inspecting import Line
from qcode.tui.round_lines import Row
from qcode.tui.screens.preparing import FiguresScreen
from qcode.tui.screens.shown import Place
from qcode.tui.screens.staffing import StaffingScreen
from qcode.tui.widgets.grid import Column
from qcode.workflows import rounds as workflow
from qcode.workflows.telling import local_now, stamp, when

KEYS = (
    Command("list.open", "enter", "open", _("Open your next unfinished document of the round"),
            footer=_("Code")),
    replace(LISTING[1], footer=""),
    *LISTING[2:],
    Command("rounds.open", "o", "open_round", _("Open a round"),
            _("Name, kind, then --coders sari,bima and --documents W01,W02 or --double 20%."),
            footer=_("New round")),
    Command("rounds.assign", "a", "assign", _("Give documents out in the round, or take them back"),
            _("W01 W02 --to sari,bima, or --double 20% --stratify desa --seed 7; --remove."),
            footer=_("Assign")),
    Command("rounds.close", "c", "close_round", _("Close the round and keep its figures"),
            footer=_("Close")),
    Command("rounds.accept", "p", "accept", _("Make a code that was proposed in it everyone's")),
    Command("rounds.figures", "f", "figures", _("Show what the round came to, code by code")),
    Command("rounds.coders", "r", "role", _("Say what a coder is, and which cases he knows")),
    *UNDOING,
    *SORTING,
    *TAKING,
)  # fmt: skip


class RoundsScreen(StaffingScreen):
    """Lists the rounds, then what is given out without one."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
    _table = Table("", (), ())
    _project = ""

    # -- what is listed ------------------------------------------------------------------------

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("Rounds: who codes what twice, and how far")

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("round"), 16),
            Column(_("state"), 6),
            Column(_("finished"), 40),
            Column(_("kind"), 11, aside=True),
            Column(_("opened"), 16, aside=True),
            Column(_("closed"), 16, aside=True),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read the rounds with their documents and coders."""
        self.staff = round_lines.staff(connection)
        self._project = get_local(connection, "project")
        self._table = workflow.rounds_table(connection, partial(stamp, now=local_now()))
        return round_lines.read(connection, self.access.coder)

    def cells(self, row: Row) -> Sequence[str]:
        """Return name, state, how far each coder is, kind, and when."""
        clock, found = partial(when, now=local_now()), row.round
        return (
            round_lines.called(row), round_lines.state(row),
            round_lines.how_far(row, self.staff), round_lines.kind(row),
            clock(found.opened) if found else "",
            clock(found.closed) if found and found.closed else "",
        )  # fmt: skip

    def key(self, row: Row) -> str:
        """Return the id of the round."""
        return row.round.id if row.round else ""

    def detail(self, row: Row) -> Sequence[Line]:
        """Return coders, documents, figures and proposals."""
        clock = partial(when, now=local_now())
        return tuple(round_lines.row_lines(row, self.staff, self.access.coder, clock))

    def table(self, rows: Sequence[Row]) -> Table:
        """Return the rounds as ``qcode rounds list`` prints them."""
        names = [row.round.name for row in rows if row.round]
        known = {str(cells[0]): cells for cells in self._table.rows}
        return replace(self._table, rows=tuple(known[name] for name in names if name in known))

    def counted(self, shown: int, total: int) -> str:
        """Return how many rounds there are, or what opens one."""
        if not total:
            return _("No rounds yet: o opens one, a gives documents out without one.")
        return _("{k} of {n} rounds").format(k=shown, n=total)

    # -- where one goes from here ----------------------------------------------------------------

    def place(self, row: Row) -> Place | None:
        """Return the next document that this coder has not finished."""
        document = row.next_of(self.access.coder)
        return Place(document) if document and not (row.round and row.round.closed) else None

    def action_open(self) -> None:
        """Go to the next document, or say why there is none."""
        row = self.row
        if row is None or self.place(row) is not None:
            super().action_open()
            return
        me, found = self.access.coder, row.round
        if found and found.closed:
            self.tell(_("This round is closed; f shows what it came to."))
        elif found and second_self(self._project, me, found.id) in row.people:
            self.tell(
                _("You code again in this round: leave with ctrl+q and open qcode once more.")
            )
        elif any(me in one.done for one in row.given):
            self.tell(_("You finished all that was given to you here."))
        else:
            self.tell(_("Nothing here is given to you."))

    @work(group="figures", exclusive=True)
    async def action_figures(self) -> None:
        """Show the figures of the round, to whom they may be shown."""
        found = self.row.round if self.row is not None else None
        if found is None:
            self.tell(_("Only a round has figures; ctrl+t g shows how far coders agree."))
            return

        def shown(connection: Reader) -> Table:
            return workflow.shown(connection, found, me(connection))

        def me(connection: Reader) -> str:
            return coders.names(connection).get(self.access.coder, "")

        try:
            table = await self.access.read(shown)
        except QcodeError as error:
            self._failed(str(error))
            return
        if self.is_current:
            title = _("What round {name} came to").format(name=found.name)
            self.app.push_screen(FiguresScreen(self.access, title, table))

"""What was done in the project, newest first, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from qcode.language import _
from qcode.store import history
from qcode.store.project import Reader
from qcode.tui.commands import bindings
from qcode.tui.inspecting import Line
from qcode.tui.screens.listing import LISTING, SORTING, TAKING, UNDOING, ListScreen
from qcode.tui.widgets.grid import Column
from qcode.workflows.history import history_table
from qcode.workflows.telling import local_now, when

Row = tuple[str, ...]

KEYS = (*LISTING[1:], *UNDOING, *SORTING, *TAKING)


class HistoryScreen(ListScreen[Row]):
    """Lists the steps of everyone."""

    KEYS = KEYS
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)

    def headline(self) -> str:
        """Return the name of the screen."""
        return _("History: what was done, by whom, when")

    def columns(self) -> Sequence[Column]:
        """Return the columns of the table."""
        return (
            Column(_("when"), 18, aside=True),
            Column(_("who"), 12),
            Column(_("what"), 40),
            Column(_("about"), aside=True, least=70),
            Column(_("state"), 8),
        )

    def fetch(self, connection: Reader) -> Sequence[Row]:
        """Read all steps."""
        clock = partial(when, now=local_now())
        table = history_table(connection, history.steps(connection), clock)
        return [tuple(str(cell) for cell in row) for row in table.rows]

    def cells(self, row: Row) -> Sequence[str]:
        """Return when, who, what, about what and whether it was undone."""
        at, who, what, about, _reason, state = row
        return (at, who, what, about, state)

    def detail(self, row: Row) -> Sequence[Line]:
        """Return the whole step with its reason."""
        at, who, what, about, reason, state = row
        said = [Line(what, "strong"), Line(f"{who} · {at}", "quiet"), Line(state, "quiet"), Line()]
        return [*said, Line(about), Line(), Line(reason)]

    def counted(self, shown: int, total: int) -> str:
        """Return how many steps there are."""
        return _("{k} of {n} steps").format(k=shown, n=total)

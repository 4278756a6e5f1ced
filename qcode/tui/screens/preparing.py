"""A table that was made already: what a round came to, or what is about to be written."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from qcode.language import _
from qcode.model.table import Table
from qcode.store.project import Reader
from qcode.tui.access import Access
from qcode.tui.commands import Command, bindings
from qcode.tui.screens.listing import LISTING
from qcode.tui.screens.tables import COUNTS, TableScreen
from qcode.workflows.planning import Prepared

PREPARED = (
    Command("prepared.write", "y", "write_it", _("Write what is shown here"), footer=_("Write it")),
    *LISTING[1:3],
    Command("list.close", "escape,q,n", "close", _("Go back without writing anything"),
            footer=_("Not")),
)  # fmt: skip


class FiguresScreen(TableScreen):
    """Shows the figures of a round."""

    KEYS: ClassVar[tuple[Command, ...]] = COUNTS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COUNTS)

    def __init__(self, access: Access, title: str, table: Table) -> None:
        super().__init__(access)
        self._title, self._given = title, table

    def headline(self) -> str:
        """Return what is shown."""
        return self._title

    def report(self, connection: Reader) -> Table:  # noqa: ARG002
        """Return the table that was given."""
        return self._given

    def action_open(self) -> None:
        """Do nothing: figures compare coders and have no passages of their own."""


class PreparedScreen(FiguresScreen):
    """Shows what is about to be written, which one key does."""

    KEYS = PREPARED
    BINDINGS: ClassVar[list[BindingType]] = bindings(PREPARED)

    def __init__(
        self, access: Access, title: str, prepared: Prepared, then: Callable[[str], None]
    ) -> None:
        """Show what was prepared; ``then`` gets what is said of it once it is written."""
        super().__init__(access, title, prepared.table or Table("", (), ()))
        self._prepared, self._then = prepared, then
        self._writes = False

    def counted(self, shown: int, total: int) -> str:
        """Return that nothing is written yet."""
        return _("Not written yet: y writes it. {rows}").format(rows=super().counted(shown, total))

    def action_write_it(self) -> None:
        """Write it as one step and go back; a refusal is said here."""
        if self._writes:
            return
        self._writes = True
        self.access.write(self._prepared.verb, self._prepared.write, self._written, self._refused)

    def _written(self, told: str) -> None:
        if self.is_current:
            self.app.pop_screen()
        self._then(told)

    def _refused(self, why: str) -> None:
        self._writes = False
        self._failed(why)

"""Lists that compare by an attribute of the cases, which a key changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from textual import on
from textual.app import ComposeResult

from qcode.analysis.referring import VILLAGES
from qcode.errors import NotFound
from qcode.language import _
from qcode.model.case import INFORMANT
from qcode.store.project import Reader
from qcode.tui.commands import Command
from qcode.tui.screens.limiting import LimitedScreen
from qcode.tui.ways import attributes, lettered
from qcode.tui.widgets.choice import Choice, Way
from qcode.workflows.attributes import numbered

T = TypeVar("T")

GROUPED = Command("tables.by", "b", "by", _("Compare by another attribute"), footer=_("By"))
_BY = "by"


class AttributedScreen(LimitedScreen[T]):
    """A list with one attribute that it compares by: the village at first, if that is known."""

    by = ""
    known: Mapping[str, int] = MappingProxyType({})
    """How many informants have a value, by the attributes that at least one has."""

    def know(self, connection: Reader) -> None:
        """Read which attributes there are; called where the list is read, before ``by`` is used."""
        self.known = numbered(connection, INFORMANT)
        if not self.known:
            raise NotFound(_("No informant has a value to compare by: ctrl+t c sets them."))
        if self.by not in self.known:
            usual = [name for name in self.known if name.casefold() in VILLAGES]
            self.by = (usual or list(self.known))[0]

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()

    def action_by(self) -> None:
        """Ask for the attribute."""
        self.choose_of(_BY, _("Compare by"), attributes(self.known))

    def choose_of(self, about: str, title: str, ways: list[Way]) -> None:
        """Ask for one of some attributes, if there are any."""
        if ways:
            self.query_one(Choice).open(about, title, lettered(ways))
        else:
            self.tell(_("There is no other attribute to compare by."))

    @on(Choice.Made)
    def _made(self, event: Choice.Made) -> None:
        self.grid.focus()
        self.chosen(event.about, event.value)
        self.refetch()

    def chosen(self, about: str, name: str) -> None:
        """Take up what was chosen; the list is read anew then."""
        if about == _BY:
            self.by = name

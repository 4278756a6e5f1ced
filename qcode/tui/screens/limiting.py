"""Lists that are limited by the options of the command line, typed in one line."""

from __future__ import annotations

from typing import TypeVar

from textual import on

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.filter import Filter
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.screens.listing import ListScreen
from qcode.tui.widgets.askline import AskLine
from qcode.workflows.asking import filter_typed

T = TypeVar("T")

INSIDE = "✗"
"""The sign of a passage that may not leave the project."""

LIMIT = (
    Command("list.limit", "x", "limit", _("Limit by the options of the command line"),
            _("--code --not --document --case --where village=Klaten --kind --flag --layer, and "
              "words; an empty line means everything."), footer=_("Limit")),
)  # fmt: skip


class LimitedScreen(ListScreen[T]):
    """Lists what a line of options leaves; at first, everything."""

    def __init__(self, access: Access, line: str = "") -> None:
        super().__init__(access)
        self.line = line
        """The options, as typed."""

    @property
    def asked(self) -> Filter:
        """What the line means."""
        return filter_typed(self.line)

    def limited(self, title: str) -> str:
        """Return the name of a screen with what it is limited to."""
        return f"{title}: {self.line}" if self.line else title

    def action_limit(self) -> None:
        """Ask for a line of options."""
        title = _("Limit by --code --not --document --case --where village=Klaten … or words")
        self.query_one(AskLine).open("limit", title, self.line)

    @on(AskLine.Answered)
    def _limit_answered(self, event: AskLine.Answered) -> None:
        if event.about != "limit":
            return
        try:
            filter_typed(event.text)
        except QcodeError as error:
            self.query_one(AskLine).open("limit", str(error), event.text)
        else:
            self.limit(event.text)

    def limit(self, line: str) -> None:
        """List what another line leaves."""
        self.line = line
        self.grid.focus()
        self.refetch()

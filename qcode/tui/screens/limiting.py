"""Lists that are limited by the options of the command line, typed in one line."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TypeVar

from textual import on

from qcode.errors import QcodeError
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.search import Search
from qcode.tui.access import Access
from qcode.tui.commands import Command
from qcode.tui.screens.listing import ListScreen
from qcode.tui.widgets.askline import AskLine
from qcode.workflows import searching
from qcode.workflows.asking import filter_typed, saved_as

T = TypeVar("T")

INSIDE = "✗"
"""The sign of a passage that may not leave the project."""

LIMIT = (
    Command("list.limit", "x", "limit", _("Limit by the options of the command line"),
            _("--code --and --not --near 10 --within turn --document --case --where village=Klaten "
              "--where age>=40 --kind --coder --flag --memo --layer, and words, also --word --stem "
              "--fuzzy --regex. --save NAME keeps the line, @NAME is what was kept; an empty line means "
              "everything."), footer=_("Limit")),
)  # fmt: skip


def keep_search(screen: ListScreen[T], name: str, asked: Filter) -> None:
    """Save what a line means under a name, and say so."""

    def told(one: Search) -> str:
        return _("Saved: @{name} stands for {options}").format(name=one.name, options=one.line)

    screen.write("save search", partial(searching.save, name=name, asked=asked), told)


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

    def line_of(self, code: str) -> str:
        """Return the line that limits to a code as well, by its path."""
        return f"--code {shlex.quote(code)} {self.line}".strip()

    def action_limit(self) -> None:
        """Ask for a line of options."""
        title = _("Limit by --code --and --not --case --where village=Klaten … or words, or @NAME")
        self.query_one(AskLine).open("limit", title, self.line)

    @on(AskLine.Answered)
    def _limit_answered(self, event: AskLine.Answered) -> None:
        if event.about != "limit":
            return
        try:
            line, name = saved_as(event.text)
            asked = filter_typed(line)
        except QcodeError as error:
            self.query_one(AskLine).open("limit", str(error), event.text)
            return
        if name:
            keep_search(self, name, asked)
        self.limit(line)

    def limit(self, line: str) -> None:
        """List what another line leaves."""
        self.line = line
        self.grid.focus()
        self.refetch()

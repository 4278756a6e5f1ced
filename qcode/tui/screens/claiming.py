"""What a theme claims, what is noted of it and how far it is: written on the lists that show it."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from textual import on
from textual.app import ComposeResult

from qcode.analysis.themes import status_named
from qcode.language import _
from qcode.model.theme import STATUSES, Theme
from qcode.store import themes
from qcode.tui.access import Access
from qcode.tui.screens.listing import ListScreen
from qcode.tui.ways import lettered
from qcode.tui.widgets.choice import Choice, Way
from qcode.tui.widgets.memo import MemoEditor

T = TypeVar("T")

_STATUS = "status"
MEMO, STATEMENT = "memo", "statement"
"""Texts of a theme, by their fields."""


class ClaimingScreen(ListScreen[T]):
    """A list on which a theme is written about."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.about: Theme | None = None
        """The theme that is being changed; another row may be highlighted when that is answered."""

    def theme_here(self) -> Theme | None:
        """Return the theme that keys change now, if there is one."""
        raise NotImplementedError

    def above(self) -> ComposeResult:
        """Lay out what asks."""
        yield Choice()
        yield MemoEditor()

    def take(self) -> Theme | None:
        """Take up the theme that keys change, until what is asked of it is answered."""
        self.about = self.theme_here()
        return self.about

    def action_statement(self) -> None:
        """Open the pane to write what the theme claims."""
        self._write_on(STATEMENT, _("What “{theme}” claims, in a sentence"))

    def action_note(self) -> None:
        """Open the pane to write the memo of the theme."""
        self._write_on(MEMO, _("Memo on “{theme}”"))

    def _write_on(self, field: str, title: str) -> None:
        if theme := self.take():
            text = theme.memo if field == MEMO else theme.statement
            about = f"{field} {theme.id}"
            self.query_one(MemoEditor).open(about, title.format(theme=theme.name), text)

    def action_status(self) -> None:
        """Ask how far the theme is."""
        if theme := self.take():
            ways = lettered([Way("", status_named(one), one) for one in STATUSES])
            self.query_one(Choice).open(_STATUS, theme.name, ways)

    @on(Choice.Made)
    def _status_chosen(self, event: Choice.Made) -> None:
        self.grid.focus()
        if self.about is not None:
            act = partial(themes.revise, theme=self.about.id, values={_STATUS: event.value})
            told = f"{self.about.name}: {status_named(event.value)}"
            self.write("theme status", act, told)

    @on(MemoEditor.Written)
    def _text_written(self, event: MemoEditor.Written) -> None:
        self.grid.focus()
        theme = self.about
        if theme is None:
            return
        field = event.about.partition(" ")[0]
        act = partial(themes.revise, theme=theme.id, values={field: event.text.strip()})

        def forget(_result: object) -> str:
            self.query_one(MemoEditor).forget(event.about)
            return _("Written: {theme}").format(theme=theme.name)

        self.write("revise theme", act, forget)

"""Putting the highlighted passage under a theme, from a list of passages."""

from __future__ import annotations

from textual import on

from qcode.language import _
from qcode.model.theme import AGAINST, FOR
from qcode.store import themes
from qcode.store.project import Step
from qcode.tui.commands import Command
from qcode.tui.screens.listing import ListScreen
from qcode.tui.widgets.askline import AskLine
from qcode.workflows.quoting import Seen
from qcode.workflows.themes import theme_named

GROUNDING = (
    Command("excerpts.theme", "a", "theme", _("Put the passage under a theme"),
            _("A few letters of its name; - before them says that it speaks against it.")),
)  # fmt: skip
_ABOUT = "theme"


class GroundingScreen(ListScreen[Seen]):
    """A list of passages, each of which can be put under a theme."""

    _grounded = ""
    """The coding that is asked about."""

    def action_theme(self) -> None:
        """Ask for the theme."""
        if self.row is not None:
            self._grounded = self.row.coding
            title = _("Under which theme? A few letters of its name; - before them: against it")
            self.query_one(AskLine).open(_ABOUT, title)

    @on(AskLine.Answered)
    def _theme_named(self, event: AskLine.Answered) -> None:
        typed = event.text.removeprefix("-").strip()
        if event.about != _ABOUT or not typed:
            return
        side = AGAINST if event.text.startswith("-") else FOR
        coding = self._grounded

        def act(step: Step) -> str:
            theme = theme_named(step.connection, typed)
            themes.ground(step, theme.id, side, coding=coding)
            return theme.name

        told = _("It stands for “{theme}”.") if side == FOR else _("It stands against “{theme}”.")
        self.write("ground theme", act, lambda name: told.format(theme=name))

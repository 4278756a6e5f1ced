"""The help: every key of a screen, from the declarations that also bind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.tui.commands import Label, key_of
from qcode.tui.inspecting import Line
from qcode.tui.screens.shown import ShownScreen
from qcode.tui.widgets.inspector import Inspector
from qcode.tui.widgets.status import HeaderLine, KeyLine


class HelpScreen(ShownScreen):
    """Shows what the screen below it can do."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,question_mark,f1", "close", _("Close"), show=False, id="help.close"
        ),
    ]

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def parts(self) -> ComposeResult:
        """Lay out the text."""
        yield HeaderLine(id="header")
        yield Inspector(id="help")
        yield KeyLine(
            [
                Label("↑ ↓ PgDn", _("Scroll")),
                Label(key_of(self.BINDINGS, "help.close"), _("Close"), "close"),
            ],
            id="keys",
        )

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(HeaderLine).show(_("qcode · Help"), "")
        self.query_one(Inspector).show(self._lines)
        self.query_one(Inspector).focus()

    def action_close(self) -> None:
        """Go back."""
        self.app.pop_screen()

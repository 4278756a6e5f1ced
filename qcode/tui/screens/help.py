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
from qcode.tui.widgets.status import HeaderLine


class HelpScreen(ShownScreen):
    """Shows what the screen below it can do."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,enter,question_mark,f1", "close", _("Close"), show=False, id="help.close"
        ),
        Binding("j", "line(1)", _("Scroll down"), show=False, id="help.down"),
        Binding("k", "line(-1)", _("Scroll up"), show=False, id="help.up"),
    ]

    def __init__(self, lines: Iterable[Line]) -> None:
        super().__init__()
        self._lines = tuple(lines)

    def parts(self) -> ComposeResult:
        """Lay out the text."""
        yield HeaderLine(id="header")
        yield Inspector(id="help")
        yield self.key_line()

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(HeaderLine).show(_("qcode · Help"), "")
        self.query_one(Inspector).show(self._lines)
        self.query_one(Inspector).focus()

    def labels(self) -> list[Label]:
        """Return the keys that scroll, and the one that goes back."""
        return [
            Label("↑ ↓ j k", _("Scroll")),
            Label("ctrl+d ctrl+u", _("Page")),
            Label(key_of(self.BINDINGS, "help.close"), _("Close"), "close"),
        ]

    def action_line(self, step: int) -> None:
        """Scroll by a line."""
        self.query_one(Inspector).scroll_relative(y=step, animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.app.pop_screen()

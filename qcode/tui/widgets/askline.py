"""One line in which something is typed: a name, a value, the place of a file."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.commands import key_of


class AskLine(Input):
    """Takes one line and posts it; enter answers, esc gives up."""

    DEFAULT_CSS = Path(__file__).with_suffix(".tcss").read_text(encoding="utf-8")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", _("Close"), show=False, id="ask.close"),
    ]

    class Answered(Message):
        """Something was typed; ``about`` is what ``open`` was given."""

        def __init__(self, about: str, text: str) -> None:
            super().__init__()
            self.about = about
            self.text = text

    class Closed(Message):
        """The line went away without an answer."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, select_on_focus=False)
        self._about = ""
        self._before: Widget | None = None
        """What had the keys before the question."""

    def open(self, about: str, title: str, text: str = "") -> None:
        """Show the line with a text to go on with; ``title`` says what is asked."""
        self._about = about
        self.border_title = Content(in_one_line(title))
        self.border_subtitle = Content(
            _("enter · {close} close").format(close=key_of(self.BINDINGS, "ask.close"))
        )
        with self.prevent(Input.Changed):
            self.value = text
        self.cursor_position = len(text)
        if not self.has_focus:
            self._before = self.screen.focused
        self.add_class("-open")
        self.focus()

    @property
    def is_open(self) -> bool:
        """Tell whether the line is shown."""
        return self.has_class("-open")

    def action_close(self) -> None:
        """Go away without an answer."""
        self._close()
        self.post_message(self.Closed())

    def _close(self) -> None:
        self.remove_class("-open")
        if self._before is not None:
            self._before.focus()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close()
        self.post_message(self.Answered(self._about, event.value.strip()))

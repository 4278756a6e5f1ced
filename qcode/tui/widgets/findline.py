"""The line in which words are typed that are to be found in the document."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from qcode.language import _


class FindLine(Input):
    """Takes words and posts them as they are typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", _("Next place"), show=False, id="find.next"),
        Binding("up", "step(-1)", _("Previous place"), show=False, id="find.previous"),
        Binding("escape", "close", _("Close, back to where it began"), show=False, id="find.close"),
    ]
    TYPED = (("enter", _("Select the place")),)
    """What the line itself does with keys, for the help."""

    class Typed(Message):
        """Other words are to be found."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Stepped(Message):
        """The next (1) or previous (-1) place is asked for."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Entered(Message):
        """The place that is shown is meant."""

    class Closed(Message):
        """The line went away without a place."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder=_("find: words of this document"), compact=True, id=id)

    def open(self) -> None:
        """Show an empty line."""
        with self.prevent(Input.Changed):
            self.value = ""
        self.add_class("-open")
        self.focus()

    @property
    def is_open(self) -> bool:
        """Tell whether the line is shown."""
        return self.has_class("-open")

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    def action_step(self, step: int) -> None:
        """Ask for the next or previous place."""
        self.post_message(self.Stepped(step))

    def action_close(self) -> None:
        """Go away without a place."""
        self.close()
        self.post_message(self.Closed())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close()
        self.post_message(self.Entered())

"""The pane in which a memo or a margin note is written."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import TextArea

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.commands import key_of


class _Field(TextArea):
    """A text of several lines that enter finishes."""

    class Finished(Message):
        """Enter was pressed."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Finished())
        elif event.key in ("ctrl+j", "shift+enter"):
            event.stop()
            event.prevent_default()
            self.insert("\n")


class MemoEditor(Vertical):
    """Takes a text and posts it; what was typed and not kept is offered again next time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", _("Close without writing"), show=False, id="memo.close"),
    ]

    TYPED = (("enter", _("Keep the text")), ("ctrl+j", _("New line")))
    """What the text itself does with keys, for the help."""

    class Written(Message):
        """The text is to be kept; ``about`` is what ``open`` was given."""

        def __init__(self, about: str, text: str) -> None:
            super().__init__()
            self.about = about
            self.text = text

    class Closed(Message):
        """The pane went away without keeping anything."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._about = ""
        self._given = ""
        self._drafts: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        yield _Field(
            compact=True, soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
        )

    def open(self, about: str, title: str, text: str = "") -> None:
        """Show the pane with a text to go on with; ``about`` names its subject."""
        self._about, self._given = about, text
        self.border_title = Content(in_one_line(title))
        self.border_subtitle = Content(
            _("enter keep · ctrl+j new line · {close} close").format(
                close=key_of(self.BINDINGS, "memo.close")
            )
        )
        self.add_class("-open")
        self._field.load_text(self._drafts.get(about, text))
        self._field.move_cursor(self._field.document.end)
        self._field.focus()

    @property
    def is_open(self) -> bool:
        """Tell whether the pane is shown."""
        return self.has_class("-open")

    @property
    def _field(self) -> _Field:
        return self.query_one(_Field)

    def forget(self, about: str) -> None:
        """Drop the draft of a memo that is on disk."""
        self._drafts.pop(about, None)

    def action_close(self) -> None:
        """Go away; what was typed is offered the next time."""
        if self._field.text != self._given:
            self._drafts[self._about] = self._field.text
        self.remove_class("-open")
        self.post_message(self.Closed())

    @on(_Field.Finished)
    def _finished(self) -> None:
        # Kept as a draft until it is on disk.
        self._drafts[self._about] = self._field.text
        self.remove_class("-open")
        self.post_message(self.Written(self._about, self._field.text))

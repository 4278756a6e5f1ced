"""The pane in which a turn is typed anew."""

from __future__ import annotations

from qcode.tui.widgets.memo import MemoEditor


class TurnEditor(MemoEditor):
    """Takes the words of a turn, or the label of a new speaker; begins where the fault is."""

    class Written(MemoEditor.Written):
        """The words are to be kept; ``about`` is what ``open_at`` was given."""

    class Closed(MemoEditor.Closed):
        """The pane went away without keeping anything."""

    def open_at(self, about: str, title: str, text: str, offset: int) -> None:
        """Show the pane with the cursor at an offset of the text, unless a draft is offered."""
        self.open(about, title, text)
        if self._field.text == text:
            before = text[:offset]
            row = before.count("\n")
            self._field.move_cursor((row, len(before) - (before.rfind("\n") + 1)))

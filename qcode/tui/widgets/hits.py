"""The list below the palette's input: one code a row, and a last row for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from qcode.tui.layout.cells import shown
from qcode.tui.widgets.rows import fitted

_LEAST_ASIDE = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: its main text, what stands right of it, and a colour or none."""

    text: str
    aside: str = ""
    color: str = ""
    chosen: bool = False


class HitList(Widget):
    """Shows rows with one highlighted; keys are its owner's affair, a click picks a row."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"hits--highlighted", "hits--aside"}

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._highlighted = 0
        self._first = 0

    @property
    def highlighted(self) -> int:
        """The position of the highlighted row."""
        return self._highlighted

    @highlighted.setter
    def highlighted(self, row: int) -> None:
        self._highlighted = row
        self._reveal()
        self.refresh()

    def show(self, rows: Sequence[Row], highlighted: int = 0) -> None:
        """Show other rows."""
        self._rows = tuple(rows)
        self._highlighted = highlighted
        self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Keep the highlighted row in view."""
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """Pick the row under the pointer."""
        at = event.get_content_offset(self)
        if at is not None and self._first + at.y < len(self._rows):
            self.post_message(self.Picked(self._first + at.y))

    def _reveal(self) -> None:
        height = max(1, self.content_size.height)
        lowest = max(0, len(self._rows) - height)
        first = min(max(self._first, self._highlighted - height + 1), self._highlighted)
        self._first = max(0, min(first, lowest))

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        number = self._first + y
        width = self.content_size.width
        if number >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        base = self.rich_style
        aside = base + self.get_component_rich_style("hits--aside", partial=True)
        if number == self._highlighted:
            base = aside = self.get_component_rich_style("hits--highlighted")
        return Strip(self._painted(number, (base, aside), width), width)

    def _painted(self, number: int, styles: tuple[Style, Style], width: int) -> list[Segment]:
        row = self._rows[number]
        base, quiet = styles
        # The pointer stands for the colour where there is none.
        pointer = "▸" if number == self._highlighted else " "
        mark = "✓" if row.chosen else "▌" if row.color else " "
        room = max(0, width - 4)
        text = shown(row.text).replace("\n", " ")
        aside = shown(row.aside).replace("\n", " ")
        beside = room - cell_len(text) - 2
        if beside < min(_LEAST_ASIDE, cell_len(aside)):
            aside, beside = "", 0
        left = fitted(text, room - beside - 2 if beside else room)
        return [
            Segment(f"{pointer}", base),
            Segment(mark, base + Style(color=row.color) if row.color else base),
            Segment(f" {left}", base),
            *([Segment(f"  {_right(aside, beside)}", quiet)] if beside else []),
            Segment(" ", base),
        ]


def _right(text: str, width: int) -> str:
    """Return ``text`` at the right of ``width`` cells, cut at its start if it is too long."""
    cells = cell_len(text)
    if cells <= width:
        return " " * (width - cells) + text
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)

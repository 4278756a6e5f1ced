"""A list of rows with one highlighted: what the lists and trees of the screens are made of.

Only the rows on the screen are painted, and no text is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.layout.wrap import Wrap

_STYLES = Path(__file__).with_name("rows.tcss").read_text(encoding="utf-8")


class Rows(ScrollView, can_focus=True):
    """Shows rows that a subclass paints; arrows move, enter and two clicks choose."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--highlighted", "rows--marked", "rows--aside"}
    DEFAULT_CSS = _STYLES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "step(1)", _("Next row"), show=False, id="rows.next"),
        Binding("up", "step(-1)", _("Previous row"), show=False, id="rows.previous"),
        Binding("pagedown", "page(1)", _("Page down"), show=False, id="rows.page.next"),
        Binding("pageup", "page(-1)", _("Page up"), show=False, id="rows.page.previous"),
        Binding("home", "edge(-1)", _("First row"), show=False, id="rows.first"),
        Binding("end", "edge(1)", _("Last row"), show=False, id="rows.last"),
        Binding("enter", "choose", _("Choose"), show=False, id="rows.choose"),
    ]

    class Highlighted(Message):
        """Another row is highlighted."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

        @property
        def control(self) -> Rows:
            """The list it happened in."""
            return self.rows

    class Chosen(Highlighted):
        """The highlighted row was chosen."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._at = 0

    # -- what a subclass says ------------------------------------------------------------------

    @property
    def number(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row; ``aside`` is for what matters less."""
        raise NotImplementedError

    # -- where it stands -----------------------------------------------------------------------

    @property
    def highlighted(self) -> int:
        """The position of the highlighted row."""
        return self._at

    def highlight(self, row: int) -> None:
        """Highlight a row, as near as there is one, and show it."""
        before, self._at = self._at, max(0, min(row, self.number - 1))
        self._reveal()
        # Only these two look another way; scrolling paints all of them anyway.
        self.refresh_line(before)
        self.refresh_line(self._at)
        self.post_message(self.Highlighted(self))

    def changed(self) -> None:
        """Show rows that became more or fewer, or look new."""
        self._at = max(0, min(self._at, self.number - 1))
        self.virtual_size = Size(self.scrollable_content_region.width, self.number)
        self.refresh()

    def on_resize(self) -> None:
        """Keep the highlighted row in view."""
        self.changed()
        self._reveal()

    def _reveal(self) -> None:
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if self.is_attached and height and not top <= self._at < top + height:
            y = self._at if self._at < top else self._at - height + 1
            # Its scroll bar may not be there yet.
            self.scroll_to(y=y, animate=False, force=True)

    # -- keys and mouse ------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        """Highlight the row after or before, from the last one on to the first."""
        if self.number:
            self.highlight((self._at + step) % self.number)

    def action_page(self, step: int) -> None:
        """Go a page on or back."""
        self.highlight(self._at + step * max(1, self.scrollable_content_region.height - 1))

    def action_edge(self, step: int) -> None:
        """Go to the last or the first row."""
        self.highlight(self.number if step > 0 else 0)

    def action_choose(self) -> None:
        """Say that the highlighted row is meant."""
        if self.number:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Highlight the row under the pointer; two clicks choose it."""
        at = event.get_content_offset(self)
        if at is None or self.scroll_offset.y + at.y >= self.number:
            return
        self.highlight(self.scroll_offset.y + at.y)
        if event.chain == 2:
            self.action_choose()

    # -- painting ------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        row = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        base = self.rich_style
        if row >= self.number:
            return Strip.blank(width, base)
        aside = base + self.get_component_rich_style("rows--aside", partial=True)
        if row == self._at:
            name = "rows--highlighted" if self.has_focus else "rows--marked"
            base = aside = self.get_component_rich_style(name)
        segments = [one for one in self.painted(row, width, base, aside) if one.text]
        return Strip(segments).adjust_cell_length(width, base)

    def on_focus(self) -> None:
        """Paint the highlighted row as one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Paint the highlighted row as one that waits."""
        self.refresh()


def fitted(text: str, width: int, end: str = "") -> str:
    """Return ``text`` on one line in exactly ``width`` cells, cut with … if it is longer.

    What stands from the last ``end`` on is kept, if there is room for some of what is before it.
    """
    text = in_one_line(text)
    if end and cell_len(text) > width:
        head, sign, tail = text.rpartition(end)
        if sign and (room := width - cell_len(sign + tail)) >= _LEAST:
            return f"{fitted(head, room)}{sign}{tail}"
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


_LEAST = 4
"""Cells that a beginning needs to be known by."""


def clipped(text: str, width: int, rows: int) -> str:
    """Return ``text`` wrapped to so many rows at most, cut with … if it is longer."""
    text = in_one_line(text)
    wrap = Wrap(text, max(1, width - 1))
    if width <= 0:
        return text
    bounds = [wrap.bounds(row) for row in range(min(rows, len(wrap)))]
    lines = [text[start:end].rstrip() for start, end, _onward in bounds]
    if len(wrap) > rows:
        lines[-1] = fitted(text[bounds[-1][0] :], width).rstrip()
    return "\n".join(lines)


def beside(left: str, right: str, width: int) -> tuple[str, str]:
    """Share a row between a text and what stands at its right, which is kept whole."""
    right = in_one_line(right)
    room = width - cell_len(right) - (1 if right else 0)
    if room < 4:
        return fitted(left, width), ""
    return fitted(left, room), f" {right}" if right else ""


def longest(texts: Sequence[str]) -> int:
    """Return the cells of the widest text."""
    return max((cell_len(in_one_line(text)) for text in texts), default=0)

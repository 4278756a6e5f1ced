"""Selecting with the mouse: dragging, with scrolling at the edges, and two to four clicks.

Terminals keep shift and a click for themselves, so nothing here depends on it.
"""

from __future__ import annotations

from textual import events
from textual.timer import Timer

from qcode.model.units import Unit
from qcode.tui.widgets.sheet import Sheet

_UNIT_OF_CLICKS: dict[int, Unit] = {2: "word", 3: "sentence", 4: "turn"}
_SCROLLS_PER_SECOND = 20


class Pointing(Sheet):
    """A sheet on which the mouse selects; rows count from the first one shown."""

    _dragging = False
    _edge = 0
    _pressed = 0
    _pointer_x = 0
    _scrolling: Timer | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        at = event.get_content_offset(self)
        if event.button != 1 or at is None:
            return
        self._dragging = True
        self.capture_mouse()
        self._press(at.x, at.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer, and scroll while it is held at the first or last row."""
        if not self._dragging:
            return
        x, row = event.x - self.gutter.left, event.y - self.gutter.top
        height = self.scrollable_content_region.height
        self._pointer_x = x
        self._scroll_at((row >= height - 1) - (row <= 0))
        self._drag(x, max(0, min(row, height - 1)))

    def on_mouse_up(self) -> None:
        """End the drag."""
        if self._dragging:
            self._dragging = False
            self._scroll_at(0)
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select a word, a sentence or a turn with two, three or four clicks."""
        at = event.get_content_offset(self)
        unit = _UNIT_OF_CLICKS.get(min(event.chain, 4))
        if at is not None and unit is not None:
            event.prevent_default()
            self._pick(unit, at.x, at.y)

    def _scroll_at(self, edge: int) -> None:
        if edge == self._edge:
            return
        self._edge = edge
        if self._scrolling is not None:
            self._scrolling.stop()
            self._scrolling = None
        if edge:
            self._scrolling = self.set_interval(1 / _SCROLLS_PER_SECOND, self._scroll_on)

    def _scroll_on(self) -> None:
        height = self.scrollable_content_region.height
        self.scroll_to(y=self.scroll_offset.y + self._edge)
        self._drag(self._pointer_x, height - 1 if self._edge > 0 else 0)

    def _press(self, x: int, row: int) -> None:
        before = self.standing
        self._pressed = self._under(x, row)
        self._caret.clear()
        self._caret.go(self._pressed)
        self._caret.anchor = None
        self._moved(before)

    def _drag(self, x: int, row: int) -> None:
        """Select from where the button went down to the character under a cell, that included."""
        before = self.standing
        here, page = self._under(x, row), self._page
        forward = here >= self._pressed
        self._caret.clear()
        self._caret.go(page.after(here) if forward else here)
        self._caret.anchor = self._pressed if forward else page.after(self._pressed)
        self._moved(before)

    def _pick(self, unit: Unit, x: int, row: int) -> None:
        before = self.standing
        span = self._page.units.at(unit, self._under(x, row))
        if span is not None:
            self._caret.clear()
            self._caret.select(span)
            self._moved(before)

    def _under(self, x: int, row: int) -> int:
        return self._page.offset_at(self._top + row, x - self._margin.width)

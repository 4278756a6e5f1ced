"""Keeping the cursor in view, and the terminal's own cursor where that is."""

from __future__ import annotations

from textual.geometry import Offset

from qcode.model.span import Span
from qcode.tui.widgets.mouse import Pointing

_ROWS_AROUND = 2


class Following(Pointing):
    """A sheet that shows where its cursor is, also after its size changed."""

    _rows = 0
    """Rows that were on the screen before it changed."""

    @property
    def cursor(self) -> int:
        """The offset of the character under the cursor."""
        return self._caret.cursor

    def _reveal(self, *lines: int) -> None:
        """Scroll as little as shows lines with some around them, the last one before the others."""
        # Once for all of them: scrolling happens only after the next painting.
        top = self._top
        for line in lines:
            top = self._top_showing(line, top)
        if top != self._top:
            self._scroll_to_line(top)

    def _top_showing(self, line: int, top: int) -> int:
        height = self.scrollable_content_region.height
        around = min(_ROWS_AROUND, max(0, (height - 1) // 2))
        if line < top - height or line >= top + 2 * height:
            return max(0, line - height // 2)
        if line < top + around:
            return max(0, line - around)
        return max(top, line - height + around + 1)

    def _reveal_span(self, span: Span | None) -> None:
        if span:
            wrap = self._page.wrap
            self._reveal(wrap.line_of(span.end - 1), wrap.line_of(span.start))

    def _place_terminal_cursor(self) -> None:
        # Input methods and some magnifiers follow it, although it is not shown.
        if self.is_attached and self.has_focus:
            row = self._page.wrap.line_of(self.cursor) - self._top
            if 0 <= row < self.scrollable_content_region.height:
                x = self._margin.width + self._page.x_of(self.cursor)
                self.app.cursor_position = self.content_region.offset + Offset(x, row)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the terminal's own cursor where the reader's is."""
        super().watch_scroll_y(old_value, new_value)
        self._place_terminal_cursor()

    def on_resize(self) -> None:
        """Keep the cursor in view if it was: a palette may take the rows it stood on."""
        seen = self._first_shown <= self.cursor <= self._last_shown
        super().on_resize()
        self._rows = self.scrollable_content_region.height
        if seen:
            self._reveal(self._page.wrap.line_of(self.cursor))

    @property
    def _last_shown(self) -> int:
        wrap = self._page.wrap
        return wrap.bounds(min(self._top + self._rows, len(wrap)) - 1)[2]

    def on_focus(self) -> None:
        """Keep the terminal's own cursor where the reader's is."""
        self._place_terminal_cursor()

"""A table in whose highlighted row one column is marked: a cell that keys move over."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from rich.segment import Segment
from rich.style import Style

from qcode.tui.widgets.grid import GAP, Grid

T = TypeVar("T")

MARK = "▸"


class CellGrid(Grid[T]):
    """Shows a table; its first column says what a row is and is never marked.

    The keys that show columns further right or left go from cell to cell.
    """

    _column = 1

    @property
    def column(self) -> int:
        """The marked column, from 1; 0 where there is none."""
        return min(self._column, len(self.columns) - 1)

    def action_shift(self, step: int) -> None:
        """Mark the next column or the one before, and bring it into view."""
        self.mark(self.column + step)

    def mark(self, column: int) -> None:
        """Mark a column, as near as there is one, and bring it into view."""
        self._bring(column)
        self.post_message(self.Highlighted(self))

    def _bring(self, column: int) -> None:
        self._column = max(1, min(column, len(self.columns) - 1))
        self._passed = min(self._passed, max(0, self._column - 1))
        while self._passed < self._column - 1 and not self._whole(self._column):
            self._passed += 1
        self.refresh()
        self.post_message(self.Shifted(self))

    def _whole(self, column: int) -> bool:
        """Tell whether a column shows as wide as it may be."""
        natural = self._natural[column] if self._natural else 0
        room = self._widths(self.scrollable_content_region.width)[column] - GAP
        return room >= min(natural, self.columns[column].most or natural)

    def on_resize(self) -> None:
        """Keep the marked cell in view."""
        super().on_resize()
        if self.column > 0:
            # Nobody moved: what was said stays.
            self._bring(self.column)

    def heading(self) -> str:
        """Return what stands above the columns, the marked one with a sign."""
        kept = self._columns
        at = self.column
        if at > 0:
            marked = replace(kept[at], name=f"{MARK}{kept[at].name}")
            self._columns = (*kept[:at], marked, *kept[at + 1 :])
        try:
            return super().heading()
        finally:
            self._columns = kept

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row; in the highlighted one the marked cell stands out, with a sign."""
        texts = list(self._cells(self._rows[row]))
        at = self.column
        if row != self.highlighted or at < 1:
            return super().painted(row, width, base, aside)
        # Texts that begin with a blank have room for the sign.
        texts[at] = f"{MARK}{texts[at].removeprefix(' ')}"
        shown = [number for number, room in enumerate(self._widths(width)) if room > 2]
        parts = self._row(texts, width)
        segments = [Segment(parts[0][0], base)]
        for number, (text, quiet) in zip(shown, parts[1:], strict=True):
            style = aside if quiet else base
            segments.append(Segment(text, style + Style(bold=True) if number == at else style))
        return segments

"""A table with a bar in each row: as long as the number that stands before it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from rich.segment import Segment
from rich.style import Style

from qcode.tui.widgets.grid import Grid
from qcode.tui.widgets.rows import fitted

T = TypeVar("T")

EIGHTHS = " ▏▎▍▌▋▊▉█"
_LEAST, _MOST = 8, 40
"""Cells of a full bar."""


class Bars(Grid[T]):
    """Shows the name, the number, its bar, then the other columns as far as there is room."""

    DEFAULT_CSS = Path(__file__).with_name("bars.tcss").read_text(encoding="utf-8")
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bars--bar"}

    _measured = 1
    _part: Callable[[T], float] = staticmethod(lambda _row: 0.0)

    def show_bars(self, column: int, part: Callable[[T], float]) -> None:
        """Show the numbers of a column as bars; ``part`` says how much of a full one, 0 to 1."""
        self._measured, self._part = column, part
        self.refresh()

    def _order(self) -> list[int]:
        """Return the columns as they stand: the name and the number first."""
        wanted = [0, self._measured]
        others = [at for at in range(1, len(self._columns)) if at != self._measured]
        return [at for at in wanted if at < len(self._columns)] + others[self._passed :]

    def _layout(self, width: int) -> tuple[list[tuple[int, int]], int]:
        """Return columns with their cells, as many as fit, and the cells of a full bar."""
        order = self._order()
        natural = self._natural or tuple(len(one.name) for one in self._columns)
        rooms = {at: min(natural[at], self._columns[at].most or natural[at]) + 2 for at in order}
        if order:
            rooms[0] = min(rooms[0], max(14, width * 2 // 5))
        left = width - 1 - sum(rooms[at] for at in order[:2])
        bar = max(0, min(_MOST, max(_LEAST, left // 2), left - 2))
        for at in order[2:3]:
            # The bar gives way, so that each column comes into view.
            bar = max(0, min(bar, left - 2 - rooms[at]))
        left -= bar + 2
        shown = [(at, rooms[at]) for at in order[:2]]
        for at in order[2:]:
            if rooms[at] > left:
                break
            shown.append((at, rooms[at]))
            left -= rooms[at]
        return shown, bar

    @property
    def _hidden(self) -> bool:
        shown, _bar = self._layout(self.scrollable_content_region.width)
        return len(shown) < len(self._order())

    def _row(self, texts: Sequence[str], width: int) -> list[tuple[str, bool]]:
        shown, bar = self._layout(width)
        parts = [(" ", False)]
        for place, (at, room) in enumerate(shown):
            fit = fitted(texts[at], room - 2)
            if self._columns[at].right:
                fit = fit.rstrip().rjust(room - 2)
            parts.append((f"{fit}  ", place > 1))
            if place == 1:
                parts.append((" " * (bar + 2), False))
        return parts

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row with its bar."""
        segments = super().painted(row, width, base, aside)
        _shown, bar = self._layout(width)
        style = base
        if row != self.highlighted:
            style = base + self.get_component_rich_style("bars--bar", partial=True)
        if len(segments) > 3:
            segments[3] = Segment(drawn(self._part(self._rows[row]), bar) + "  ", style)
        return segments


def drawn(part: float, width: int) -> str:
    """Return a bar of so much of the width, to an eighth of a cell; something shows as a sliver."""
    eighths = round(max(0.0, min(1.0, part)) * width * 8)
    if part > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (EIGHTHS[rest] if rest else "")).ljust(width)

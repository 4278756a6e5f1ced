"""A rising curve, one column for each interview, with a cursor on one of them.

Each row of the curve is painted by itself from the few columns in view. Every mark has a sign of its
own, so that colours may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from qcode.language import _
from qcode.tui.widgets.grid import Grid
from qcode.tui.widgets.rows import longest

T = TypeVar("T")

POINT, HERE, BAND, MIDDLE, BASE, END = "●", "◆", "░", "─", "┊", "┃"
_WIDEST = 5
"""Cells of one interview at most."""
_BELOW = 3
"""Rows below the curve: the axis, the numbers of the interviews, their new codes."""
_STYLES = Path(__file__).with_name("curve.tcss").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Point:
    """An interview: codes so far, codes that are new, and random orders (5 %, median, 95 %)."""

    total: int
    new: int
    levels: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """The points in order, how many make the base, and after how many codes became few, or 0."""

    points: tuple[Point, ...] = ()
    base: int = 0
    end: int = 0


class Curve(Grid[T]):
    """Shows how codes add up; left and right go from interview to interview."""

    DEFAULT_CSS = _STYLES
    COMPONENT_CLASSES: ClassVar[set[str]] = {"curve--line", "curve--band"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,j,down", "step(1)", _("Next interview"), show=False, id="grid.next"),
        Binding("left,h,k,up", "step(-1)", _("Previous interview"), show=False,
                id="grid.previous"),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__((), lambda _row: (), id=id)
        self._plot = Plot()
        self._first = 0
        """The interview that stands first in view."""

    def put(self, plot: Plot) -> None:
        """Show another curve."""
        self._plot = plot
        self.refresh()

    def show(self, rows: Sequence[T], at: int = 0) -> None:
        """Show the interviews of the curve, with one of them highlighted."""
        self._rows = rows
        self.changed()
        if rows:
            self.highlight(at)

    def heading(self) -> str:
        """Return nothing: the curve stands for itself."""
        return ""

    def changed(self) -> None:
        """Show interviews that became more or fewer; what does not fit is to the right."""
        self._at = max(0, min(self._at, self.number - 1))
        self.virtual_size = Size(*self.scrollable_content_region.size)
        self._reveal()
        self.refresh()

    def highlight(self, row: int) -> None:
        """Go to an interview, as near as there is one, and show it."""
        self._at = max(0, min(row, self.number - 1))
        self._reveal()
        self.refresh()
        self.post_message(self.Highlighted(self))

    def action_page(self, step: int) -> None:
        """Go as many interviews as are in view."""
        self.highlight(self._at + step * max(1, self.room - 1))

    def on_click(self, event: events.Click) -> None:
        """Go to the interview under the pointer; two clicks choose it."""
        # A line is no row here, as the table would have it.
        event.prevent_default()
        at = event.get_content_offset(self)
        if at is None or at.x < self._margin:
            return
        found = self._first + (at.x - self._margin) // self._wide
        if found < self.number:
            self.highlight(found)
            if event.chain == 2:
                self.action_choose()

    def _reveal(self) -> None:
        last = max(0, self.number - self.room)
        self._first = min(max(self._first, self._at - self.room + 1), self._at, last)

    # -- measures ------------------------------------------------------------------------------

    @property
    def _top(self) -> int:
        return max([point.total for point in self._plot.points]
                   + [point.levels[2] for point in self._plot.points if point.levels],
                   default=0)  # fmt: skip

    @property
    def _margin(self) -> int:
        """Cells of the scale at the left."""
        return max(4, len(str(self._top))) + 2

    @property
    def _wide(self) -> int:
        """Cells of one interview."""
        room = self.scrollable_content_region.width - self._margin
        return max(2, min(_WIDEST, room // max(1, self.number)))

    @property
    def room(self) -> int:
        """How many interviews fit."""
        return max(1, (self.scrollable_content_region.width - self._margin) // self._wide)

    @property
    def _high(self) -> int:
        """Rows of the curve itself."""
        return max(2, self.scrollable_content_region.height - _BELOW)

    def _row_of(self, value: int) -> int:
        """Return the row of a number of codes, counted from the top."""
        return self._high - 1 - round((self._high - 1) * value / self._top) if self._top else 0

    # -- painting ------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Paint one row of the curve, or one of those below it."""
        width, base = self.scrollable_content_region.width, self.rich_style
        seen = range(self._first, min(self._first + self.room, len(self._plot.points)))
        if not seen:
            return Strip.blank(width, base)
        below = y - self._high
        if below >= _BELOW:
            return Strip.blank(width, base)
        parts = [Segment(self._scale(y), base)]
        parts += self._plotted(y, seen) if below < 0 else self._under(below, seen)
        return Strip(parts).simplify().adjust_cell_length(width, base)

    def _scale(self, y: int) -> str:
        room = self._margin - 1
        if y >= self._high:
            return (" " * room + "└", f"{_('no'):>{room}} ", f"{_('new'):>{room}} ")[y - self._high]
        ticks = {self._row_of(value): value for value in (0, self._top // 2, self._top)}
        return f"{ticks[y]:>{room}}┤" if y in ticks else " " * room + "│"

    def _plotted(self, y: int, seen: range) -> Iterator[Segment]:
        base = self.rich_style
        line = base + self.get_component_rich_style("curve--line", partial=True)
        quiet = base + self.get_component_rich_style("curve--band", partial=True)
        for at in seen:
            point, end = self._plot.points[at], at + 1 == self._plot.end
            edge = END if end else BASE if at + 1 == self._plot.base else ""
            band, sign = self._band(y, point), self._sign(y, point, here=at == self._at)
            left = min(self._wide // 2, self._wide - 1 - len(edge))
            right = self._wide - left - 1 - len(edge)
            yield Segment(band * left, quiet)
            yield Segment(sign or band, line if sign else quiet)
            yield Segment(band * right, quiet)
            yield Segment(edge, base)

    def _band(self, y: int, point: Point) -> str:
        """Return the sign of the random orders in a row of the curve, or a blank."""
        if not point.levels:
            return " "
        low, middle, high = (self._row_of(level) for level in point.levels)
        return " " if not high <= y <= low else MIDDLE if y == middle else BAND

    def _sign(self, y: int, point: Point, *, here: bool) -> str:
        """Return what stands for an interview in a row of the curve, or nothing."""
        row = self._row_of(point.total)
        if y == row:
            return HERE if here else POINT
        return "│" if here and y > row and self._band(y, point) == " " else ""

    def _under(self, below: int, seen: range) -> Iterator[Segment]:
        """Return the axis, the numbers of the interviews or the codes that are new."""
        base = self.rich_style
        mark = self.get_component_rich_style(
            "rows--highlighted" if self.has_focus else "rows--marked"
        )
        if below == 0:
            yield Segment("─" * self._wide * len(seen), base)
            return
        texts = [str(at + 1 if below == 1 else self._plot.points[at].new) for at in seen]
        # Numbers that would touch are left out, every other one; that of the cursor is not.
        dense = longest(texts) >= self._wide
        for at, text in zip(seen, texts, strict=True):
            here = at == self._at
            left_out = dense and not here and (at - self._first) % 2
            shown = "" if left_out else text[-self._wide :]
            yield Segment(shown.rjust(self._wide), mark if here else base)

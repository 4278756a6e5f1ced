"""Codes by columns as a field of shades with the number in every cell, and a cursor on one cell.

Only the cells on the screen are ever made into text. The number says what the shade says; where
there are few colours, a bar of five heights stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widget import Widget

from qcode.language import _
from qcode.model.heat import Heat, HeatColumn, HeatRow
from qcode.model.table import Cell, Share, in_words
from qcode.terminal import in_one_line
from qcode.tui.colors import few_colors
from qcode.tui.widgets.grid import Grid
from qcode.tui.widgets.rows import fitted, longest

BARS = " ▁▃▄▆█"
"""What stands for the steps where colours cannot."""
_SHADES = (0.0, 0.16, 0.32, 0.5, 0.72, 1.0)
"""How much of the full colour each step has."""
_QUIET = 0.6
"""How much of the text's colour there is where there is no shade."""
_LEAST, _MOST = 5, 13
"""Cells of a column."""
_SPACIOUS = 9
"""Cells of a column where there is room for all."""
_NAMES = 34
"""Cells of the names of the codes, more where there is room for all columns."""
_STYLES = Path(__file__).with_name("heatmap.tcss").read_text(encoding="utf-8")

EMPTY = Heat("", "", (), ())


class Heatmap(Grid[HeatRow]):
    """Shows the rows of a Heat; left and right go from cell to cell, columns follow."""

    DEFAULT_CSS = _STYLES
    COMPONENT_CLASSES: ClassVar[set[str]] = {"heatmap--full"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "shift(1)", _("Next column"), show=False, id="grid.right"),
        Binding("left,h", "shift(-1)", _("Previous column"), show=False, id="grid.left"),
        Binding("greater_than_sign,ctrl+right", "far(1)", _("Columns further right"), show=False,
                id="heatmap.right"),
        Binding("less_than_sign,ctrl+left", "far(-1)", _("Columns further left"), show=False,
                id="heatmap.left"),
    ]  # fmt: skip

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__((), lambda row: (row.title,), id=id)
        self.heat = EMPTY
        self._column = 0
        self._first = 0
        """The column that stands first after the names."""
        self._shades: list[Style] = []
        self._names = self._wide = self._bare = 0

    # -- what is shown -------------------------------------------------------------------------

    @property
    def column(self) -> HeatColumn | None:
        """The column of the cursor."""
        return self.heat.columns[self._column] if self.heat.columns else None

    @property
    def cell(self) -> Cell:
        """The cell of the cursor."""
        row = self.row
        return row.cells[self._column] if row is not None and row.cells else ""

    def put(self, heat: Heat) -> None:
        """Show another field; the cursor stays in its column, if that is there."""
        key = self.column.key if self.column else ""
        self.heat = heat
        found = (at for at, one in enumerate(heat.columns) if one.key == key)
        self._column = next(found, min(self._column, max(0, len(heat.columns) - 1)))
        self._measure()
        self._follow()

    def show(self, rows: Sequence[HeatRow], at: int = 0) -> None:
        """Show some of the rows, with one of them highlighted."""
        self._rows = rows
        self.changed()
        if rows:
            self.highlight(at)

    def heading(self) -> str:
        """Return nothing: the heading has lines of its own."""
        return ""

    # -- columns -------------------------------------------------------------------------------

    def go(self, column: int) -> None:
        """Put the cursor into a column, as near as there is one, and show it."""
        self._column = max(0, min(column, len(self.heat.columns) - 1))
        first = self._first
        self._follow()
        if first == self._first:
            self.refresh_line(self.highlighted)
        else:
            self.refresh()
        self.post_message(self.Shifted(self))

    def action_shift(self, step: int) -> None:
        """Go to the next or the previous column."""
        self.go(self._column + step)

    def action_far(self, step: int) -> None:
        """Go as many columns as there are on the screen."""
        self.go(self._column + step * max(1, self.room - 1))

    @property
    def room(self) -> int:
        """How many columns are shown."""
        width = self.scrollable_content_region.width - self._names
        return max(1, width // max(1, self._wide))

    @property
    def in_view(self) -> range:
        """The columns that are shown."""
        return range(self._first, min(self._first + self.room, len(self.heat.columns)))

    def on_click(self, event: events.Click) -> None:
        """Go to the column under the pointer; the rows do the rest."""
        at = event.get_content_offset(self)
        if at is not None and at.x >= self._names:
            column = self._first + (at.x - self._names) // max(1, self._wide)
            if column in self.in_view:
                self.go(column)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._measure()
        self._follow()

    def _follow(self) -> None:
        """Show the column of the cursor, and no empty room behind the last one."""
        last = max(0, len(self.heat.columns) - self.room)
        self._first = min(max(self._first, self._column - self.room + 1), self._column, last)

    def _measure(self) -> None:
        """Find how wide names and columns are, without making texts of all cells."""
        heat, width = self.heat, max(0, self.size.width - 1)
        names = longest([f"{'  ' * row.depth}{row.title}" for row in heat.rows]) + 3
        most = max((cell.n for row in heat.rows for cell in row.cells if isinstance(cell, Share)),
                   default=0)  # fmt: skip
        widest = 2 * len(str(most)) + 1 if most else len(written(heat.top))
        self._bare = widest if self.barred else 0
        least = max(_LEAST, widest + (4 if self.barred else 2))
        heads = longest([text for one in heat.columns for text in (one.title, one.unit)])
        self._wide = max(least, min(heads + 2, _MOST))
        short = min(names, max(_NAMES, width // 3), width * 2 // 5)
        each = (width - short) // max(1, len(heat.columns))
        if each < least:
            # Not all of them fit: the names of codes give way, those of columns do not.
            self._names = short
            return
        self._wide = min(each, max(self._wide, _SPACIOUS))
        self._names = min(names, width - self._wide * len(heat.columns))

    # -- painting ------------------------------------------------------------------------------

    @property
    def barred(self) -> bool:
        """Whether a bar says what the shade would."""
        return few_colors(self.app)

    def notify_style_update(self) -> None:
        """Mix the shades anew in another theme."""
        super().notify_style_update()
        self._shades = []

    def shade(self, step: int) -> Style:
        """Return how a cell of a step is painted."""
        if not self._shades:
            _outer, ground = self.background_colors
            text = ground + self.styles.color
            full = self.get_component_styles("heatmap--full").background
            if self.app.console.color_system == "256":
                # Of 256 colours only the greys lie close enough to make five steps.
                full = text
            for part in _SHADES:
                behind = ground.blend(full, part) if not self.barred else ground
                ahead = behind + behind.get_contrast_text(0.95)
                if self.barred or not part:
                    ahead = text if self.barred else ground.blend(text, _QUIET)
                self._shades.append(Style(color=ahead.rich_color, bgcolor=behind.rich_color))
        return self._shades[step]

    def render_line(self, y: int) -> Strip:
        """Paint the cells of one row that are in view."""
        at, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        base = self.rich_style
        if at >= self.number:
            return Strip.blank(width, base)
        row, here = self._rows[at], at == self.highlighted
        mark = "rows--highlighted" if self.has_focus else "rows--marked"
        name = self.get_component_rich_style(mark) if here else base
        parts = [Segment(fitted(f" {row.title}", self._names), name)]
        at_cursor = self._column if here else -1
        parts += [self._painted(row.cells[one], here=one == at_cursor) for one in self.in_view]
        return Strip(parts).adjust_cell_length(width, base)

    def _painted(self, cell: Cell, *, here: bool) -> Segment:
        """Return one cell; that of the cursor stands in brackets."""
        step, text = self.heat.step(cell), written(cell)
        left, right = ("[", "]") if here else (" ", " ")
        bar = f"{BARS[step]} " if self.barred else ""
        text = f"{left}{bar}{text.rjust(self._bare)}{right}".rjust(self._wide)
        style = self.shade(step)
        return Segment(text, style + Style(bold=True, reverse=True) if here else style)

    def heads(self) -> tuple[list[Segment], list[Segment]]:
        """Return the names of the columns in view, and below them their units."""
        base = self.rich_style
        quiet = self.shade(0)
        more = "›" if self.in_view and self.in_view[-1] + 1 < len(self.heat.columns) else ""
        less = "‹" if self._first else ""
        above = [Segment(less.rjust(self._names), quiet)]
        below = [Segment(" " * self._names, quiet)]
        for at in self.in_view:
            one = self.heat.columns[at]
            style = base + Style(bold=True, reverse=True) if at == self._column else base
            above.append(Segment(self._headed(one.title), style))
            below.append(Segment(self._headed(one.unit), quiet))
        return [*above, Segment(more, quiet)], below

    def _headed(self, text: str) -> str:
        room = self._wide - 2
        return f" {fitted(in_one_line(text), room).rstrip().rjust(room)} "


def written(cell: Cell) -> str:
    """Return a cell as short as it can be read: k/n for a share."""
    return f"{cell.k}/{cell.n}" if isinstance(cell, Share) else in_words(cell)


class HeatHead(Widget):
    """The names and units of the columns in view, above a Heatmap."""

    DEFAULT_CSS = _STYLES

    def __init__(self, of: Heatmap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._of = of

    def render_line(self, y: int) -> Strip:
        """Paint the names or the units."""
        return Strip(self._of.heads()[y]).adjust_cell_length(self.size.width, self.rich_style)


class HeatLegend(Widget):
    """What each shade stands for and what the cells hold, in one line or in two."""

    DEFAULT_CSS = _STYLES

    def __init__(self, of: Heatmap, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._of = of

    def render_line(self, y: int) -> Strip:
        """Paint the shades, and what the cells hold behind or below them."""
        lines = self.lines()
        # While the terminal grows, there may be one line more than is needed.
        parts = lines[y] if y < len(lines) else []
        return Strip(parts).adjust_cell_length(self.size.width, self.rich_style)

    def lines(self) -> list[list[Segment]]:
        """Return the lines, as many as what they say needs."""
        base = self.rich_style
        shades, unit = [*self._shades(base)], Segment(f"  {in_one_line(self._of.heat.unit)}", base)
        if sum(one.cell_length for one in (*shades, unit)) <= self.size.width:
            return [[*shades, unit]]
        return [shades, [unit]]

    def _shades(self, base: Style) -> Iterable[Segment]:
        heat = self._of.heat
        yield Segment(" ", base)
        for step, text in heat.bounds():
            bar = f"{BARS[step]} " if self._of.barred else ""
            yield Segment(f" {bar}{text} ", self._of.shade(step))
        yield Segment(_("  · not looked for"), base)

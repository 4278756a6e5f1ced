"""A table of any length: only the rows in view are ever made into text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.widgets.rows import Rows, fitted

T = TypeVar("T")

_MEASURED = 200
"""Rows whose texts decide how wide a column is; all of 100,000 would take a second."""
GAP = 2
_NARROW = 8
"""Cells that a column of any width needs to be read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and how many cells it takes at most, 0 for what the others leave."""

    name: str
    most: int = 0
    right: bool = False
    """Whether it holds numbers, which stand at the right."""
    aside: bool = False
    """Whether it matters less than the others."""
    least: int = 0
    """Columns the terminal must have for it to be shown."""
    unit: str = ""
    """What its numbers count and of how many: it stands below the name."""
    end: str = ""
    """The sign from which on a text is kept where it is cut: its end tells rows apart."""


class Grid(Rows, Generic[T]):
    """Shows values of one type as rows; ``cells`` makes the texts of one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", _("Next row"), show=False, id="grid.next"),
        Binding("k", "step(-1)", _("Previous row"), show=False, id="grid.previous"),
        Binding("ctrl+d", "page(1)", _("Page down"), show=False, id="grid.page.next"),
        Binding("ctrl+u", "page(-1)", _("Page up"), show=False, id="grid.page.previous"),
        Binding("right,l", "shift(1)", _("Columns further right"), show=False, id="grid.right"),
        Binding("left,h", "shift(-1)", _("Columns further left"), show=False, id="grid.left"),
    ]

    class Shifted(Message):
        """Other columns are shown: the heading is another one."""

        def __init__(self, grid: Rows) -> None:
            super().__init__()
            self.grid = grid

        @property
        def control(self) -> Rows:
            """The table it happened in."""
            return self.grid

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Callable[[T], Sequence[str]],
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._cells = cells
        self._rows: Sequence[T] = ()
        self._natural: tuple[int, ...] = ()
        self._passed = 0
        """Columns after the first that are passed over, because one looks further right."""
        self.sorted: tuple[int, bool] | None = None
        """The column by which the rows are sorted, and whether backwards."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; rows of as many cells are to be shown next."""
        if tuple(columns) != self._columns:
            self._columns, self._rows, self._passed = tuple(columns), (), 0

    def show(self, rows: Sequence[T], at: int = 0) -> None:
        """Show other rows, with one of them highlighted."""
        self._rows = rows
        measured = [self._cells(row) for row in rows[:_MEASURED]]
        self._natural = tuple(
            max([cell_len(column.name) + 2, cell_len(column.unit),
                 *(cell_len(in_one_line(row[at])) for row in measured)])
            for at, column in enumerate(self._columns)
        )  # fmt: skip
        self.changed()
        if rows:
            self.highlight(at)

    @property
    def row(self) -> T | None:
        """The highlighted row."""
        return self._rows[self.highlighted] if self._rows else None

    @property
    def number(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def heading(self) -> str:
        """Return the names of the columns, that of the sorted one marked, and below them the units."""
        names = [column.name for column in self._columns]
        if self.sorted is not None and self.sorted[0] < len(names):
            column, backwards = self.sorted
            names[column] = f"{names[column]} {'▼' if backwards else '▲'}"
        width = self.scrollable_content_region.width
        text = self._line(names, width)
        named = f"{fitted(text, width - 1)}›" if self._hidden else text
        units = self._line([column.unit for column in self._columns], width)
        return f"{named}\n{units}" if units else named

    def _line(self, texts: Sequence[str], width: int) -> str:
        return "".join(text for text, _aside in self._row(texts, width)).rstrip()

    def action_shift(self, step: int) -> None:
        """Show columns further right or left; the first one stays."""
        passed, last = self._passed + step, len(self._columns) - 2
        while 0 < passed < last and not self._has_room(max(passed, passed - step)):
            passed += step
        if not 0 <= passed <= last or (step > 0 and not self._hidden):
            return
        self._passed = passed
        self.refresh()
        self.post_message(self.Shifted(self))

    @property
    def _hidden(self) -> bool:
        """Whether a column that is not passed over cannot be read."""
        widths = self._widths(self.scrollable_content_region.width)
        natural = self._natural
        return any(
            self._wanted(at) and widths[at] - GAP < min(natural[at], column.most or _NARROW)
            for at, column in enumerate(self._columns[: len(natural)])
        )

    def _wanted(self, at: int) -> bool:
        return self._has_room(at) and not 0 < at <= self._passed

    def _has_room(self, at: int) -> bool:
        return self.scrollable_content_region.width >= self._columns[at].least

    def _widths(self, width: int) -> list[int]:
        """Return the cells of each column with its gap, 0 for one that does not show."""
        natural = self._natural or tuple(cell_len(one.name) for one in self._columns)
        found = [0] * len(self._columns)
        # Behind the last one there need be no gap.
        left, open, full = width - 1 + GAP - 1, [], False
        for at, column in enumerate(self._columns):
            if not self._wanted(at):
                continue
            if not column.most:
                open.append(at)
                continue
            # Where there is no room for all, the first ones show whole; the others are to the right.
            wanted = min(natural[at], column.most) + GAP
            if at == 0:
                wanted = min(wanted, max(_NARROW, width // 2))
            # A part of a number is another number, and a few letters say nothing.
            least = wanted if column.right else min(wanted, _NARROW + GAP)
            full = full or (at > 0 and left < least)
            found[at] = 0 if full else max(0, min(wanted, left))
            left -= found[at]
        for at in open:
            room = max(0, left - GAP + 1) // len(open)
            found[at] = room if room - GAP >= min(natural[at], _NARROW) else 0
        return found

    def _row(self, texts: Sequence[str], width: int) -> list[tuple[str, bool]]:
        parts = [(" ", False)]
        for column, text, room in zip(self._columns, texts, self._widths(width), strict=True):
            if room <= GAP:
                continue
            fit = fitted(text, room - GAP, column.end)
            if column.right:
                fit = fit.rstrip().rjust(room - GAP)
            parts.append((fit + " " * GAP, column.aside))
        return parts

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row."""
        texts = self._cells(self._rows[row])
        return [Segment(text, aside if quiet else base) for text, quiet in self._row(texts, width)]

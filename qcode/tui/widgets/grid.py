"""A table of any length: only the rows in view are ever made into text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.terminal import in_one_line
from qcode.tui.widgets.rows import Rows, fitted

T = TypeVar("T")

_MEASURED = 200
"""Rows whose texts decide how wide a column is; all of 100,000 would take a second."""
_GAP = 2


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


class Grid(Rows, Generic[T]):
    """Shows values of one type as rows; ``cells`` makes the texts of one of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "step(1)", _("Next row"), show=False, id="grid.next"),
        Binding("k", "step(-1)", _("Previous row"), show=False, id="grid.previous"),
        Binding("ctrl+d", "page(1)", _("Page down"), show=False, id="grid.page.next"),
        Binding("ctrl+u", "page(-1)", _("Page up"), show=False, id="grid.page.previous"),
    ]

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

    def show(self, rows: Sequence[T], at: int = 0) -> None:
        """Show other rows, with one of them highlighted."""
        self._rows = rows
        measured = [self._cells(row) for row in rows[:_MEASURED]]
        self._natural = tuple(
            max([cell_len(column.name), *(cell_len(in_one_line(row[at])) for row in measured)])
            for at, column in enumerate(self._columns)
        )
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
        """Return what stands above the columns."""
        names = [column.name for column in self._columns]
        width = self.scrollable_content_region.width
        return "".join(text for text, _aside in self._row(names, width))

    def _widths(self, width: int) -> list[int]:
        shown = [not column.least or width >= column.least for column in self._columns]
        found = [
            (min(natural, column.most) + _GAP if column.most else 0) if visible else 0
            for column, natural, visible in zip(self._columns, self._natural, shown, strict=True)
        ]
        open = [at for at, column in enumerate(self._columns) if not column.most and shown[at]]
        left = max(0, width - 1 - sum(found))
        for at in open:
            found[at] = left // len(open)
        return found

    def _row(self, texts: Sequence[str], width: int) -> list[tuple[str, bool]]:
        parts = [(" ", False)]
        for column, text, room in zip(self._columns, texts, self._widths(width), strict=True):
            if room <= _GAP:
                continue
            fit = fitted(text, room - _GAP)
            if column.right:
                fit = fit.rstrip().rjust(room - _GAP)
            parts.append((fit + " " * _GAP, column.aside))
        return parts

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row."""
        texts = self._cells(self._rows[row])
        return [Segment(text, aside if quiet else base) for text, quiet in self._row(texts, width)]

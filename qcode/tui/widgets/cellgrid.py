"""A table in which one cell of the highlighted row is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType

from qcode.language import _
from qcode.tui.widgets.grid import Column, Grid

MARK = "▸"
"""Stands before the chosen cell; texts of cells begin with a blank in its place."""


class CellGrid(Grid[Any]):
    """Shows rows of cells, of which all but the first can be chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "cell(1)", _("Next cell"), show=False, id="cells.right"),
        Binding("left,h", "cell(-1)", _("Previous cell"), show=False, id="cells.left"),
    ]

    def __init__(
        self, columns: Sequence[Column], cells: Callable[[Any], Sequence[str]], *,
        id: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(columns, cells, id=id)
        self._chosen = 1

    @property
    def chosen(self) -> int:
        """The position of the chosen column; the first one has 0 and is never chosen."""
        return max(1, min(self._chosen, len(self._columns) - 1))

    def choose_cell(self, column: int) -> None:
        """Choose the cell of a column and bring it into view."""
        self._chosen = column
        chosen = self.chosen
        if chosen <= self._passed:
            self._passed = chosen - 1
        while self._natural and self._passed < chosen - 1 and not self._whole(chosen):
            self._passed += 1
        self.refresh()
        self.post_message(self.Highlighted(self))
        self.post_message(self.Shifted(self))

    def _whole(self, column: int) -> bool:
        return self._widths(self.scrollable_content_region.width)[column] > 0

    def action_cell(self, step: int) -> None:
        """Go to the next or the previous cell of the row."""
        at = self.chosen + step
        if 1 <= at < len(self._columns):
            self.choose_cell(at)

    def painted(self, row: int, width: int, base: Style, aside: Style) -> list[Segment]:
        """Return one row; of the highlighted one, the chosen cell stands out."""
        texts = list(self._cells(self._rows[row]))
        here = row == self.highlighted
        if here:
            text = texts[self.chosen]
            texts[self.chosen] = f"{MARK}{text[1:]}" if text.startswith(" ") else f"{MARK}{text}"
        found = []
        for text, quiet in self._row(texts, width):
            style = aside if quiet else base
            strong = here and MARK in text
            found.append(Segment(text, style + Style(bold=True) if strong else style))
        return found

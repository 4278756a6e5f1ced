"""Codes by groups, documents or other codes as a field of shades, each with its number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qcode.language import _
from qcode.model.table import Blank, Cell, Column, Share, Table

STEPS = 5


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """A column: its stable key, what stands above it, its full name and its unit."""

    key: str
    title: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A code: its id, its title and path, how deep it stands, and its cells.

    ``beside`` holds what the table says of it in words, each with the title of its column.
    """

    code: str
    title: str
    path: str
    depth: int
    cells: tuple[Cell, ...]
    beside: tuple[tuple[str, Cell], ...] = ()


@dataclass(frozen=True)
class Heat:
    """The rows in the order of the codebook, what the cells hold, and what qualifies them."""

    title: str
    unit: str
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    notes: tuple[str, ...] = ()

    @cached_property
    def top(self) -> float:
        """The largest number of the cells; shares need none."""
        return max((weight(cell) for row in self.rows for cell in row.cells
                    if isinstance(cell, int | float)), default=0)  # fmt: skip

    @cached_property
    def of_shares(self) -> bool:
        """Whether the cells hold shares."""
        return any(isinstance(cell, Share) for row in self.rows for cell in row.cells)

    def step(self, cell: Cell) -> int:
        """Return how strong the shade of a cell is: 1 to STEPS, 0 for none."""
        match cell:
            case Share(k=k, n=n):
                return -(-STEPS * k // n) if n else 0
            case int() | float():
                return math.ceil(STEPS * cell / self.top - 1e-9) if self.top else 0
        return 0

    def bounds(self) -> Iterator[tuple[int, str]]:
        """Yield the steps that numbers can have, each with what it stands for."""
        top, whole = self.top, isinstance(self.top, int)
        for step in range(1, STEPS + 1):
            high = step * top / STEPS
            if self.of_shares:
                yield step, f"≤{100 * step // STEPS} %"
            elif not whole:
                yield step, f"≤{high:.2f}"
            elif (most := step * top // STEPS) >= (least := (step - 1) * top // STEPS + 1):
                yield step, f"{least}-{most}" if most > least else f"{least}"

    def table(self, rows: Sequence[HeatRow]) -> Table:
        """Return some of the rows as a table."""
        titles = [title for title, _cell in self.rows[0].beside] if self.rows else []
        return Table(
            self.title,
            (
                Column("code", _("code")),
                *(Column(one.key, one.name, one.unit, numeric=True) for one in self.columns),
                *(Column(f"beside:{title}", title) for title in titles),
            ),
            tuple(
                (row.title, *row.cells, *(cell for _title, cell in row.beside)) for row in rows
            ),
            (self.unit, *self.notes),
            tuple(row.depth for row in rows),
        )  # fmt: skip


def weight(cell: Cell) -> float:
    """Return what a cell is sorted by; less than nothing where there is no number."""
    match cell:
        case Share(k=k, n=n):
            return k / n if n else -1
        case int() | float():
            return cell
    return -1


def spread(cells: Sequence[Cell]) -> float:
    """Return the difference between the largest and the smallest of the cells with a number."""
    found = [weight(cell) for cell in cells if not isinstance(cell, Blank | str)]
    return max(found) - min(found) if found else -1

"""A picture before it is drawn: what of a table it shows, with the sentences that qualify it."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.table import Cell


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar for each row of a table; ``axis`` says what its length counts."""

    title: str
    notes: tuple[str, ...]
    axis: str
    rows: tuple[str, ...]
    depths: tuple[int, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A field for each cell of a table: the more, the darker, with what it counts written in it.

    Of shares the colour shows k / n, of numbers their part of the largest.
    """

    title: str
    notes: tuple[str, ...]
    rows: tuple[str, ...]
    depths: tuple[int, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """What there is after each of some things in order, and what each adds.

    ``band`` holds the lower edge, the middle and the upper edge of random orders, or nothing.
    """

    title: str
    notes: tuple[str, ...]
    across: str
    upward: str
    points: tuple[str, ...]
    total: tuple[int, ...]
    new: tuple[int, ...]
    band: tuple[tuple[int, int, int], ...] = ()


Figure = Bars | Heatmap | Curve

"""Codes with their numbers as a tree that opens and closes, or flat in another order."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from qcode.model.heat import Heat, HeatColumn, HeatRow, spread, weight

BOOK, COLUMN, SPREAD, NAME = "book", "column", "spread", "name"
"""The orders of rows: of the codebook, by one column, by difference, by name."""


def ordered(
    rows: Sequence[HeatRow], heat: Heat, by: str, column: HeatColumn | None
) -> Sequence[HeatRow]:  # fmt: skip
    """Return rows in another order than that of the codebook, without their tree."""
    if by == NAME:
        return sorted(rows, key=lambda row: row.title.casefold())
    if by == SPREAD:
        valued = [at for at, one in enumerate(heat.columns) if one.key != "no value"]
        return sorted(rows, key=lambda row: -spread([row.cells[at] for at in valued]))
    at = next((at for at, one in enumerate(heat.columns) if one == column), 0)
    return sorted(rows, key=lambda row: -weight(row.cells[at]) if row.cells else 0)


def unfolded(rows: Sequence[HeatRow], closed: Container[str]) -> Sequence[HeatRow]:
    """Return rows with the signs of a tree, without what lies below closed codes."""
    found: list[HeatRow] = []
    hidden: int | None = None
    for at, row in enumerate(rows):
        if hidden is not None and row.depth > hidden:
            continue
        parent = at + 1 < len(rows) and rows[at + 1].depth > row.depth
        shut = parent and row.code in closed
        hidden = row.depth if shut else None
        sign = ("▸ " if shut else "▾ ") if parent else "  "
        found.append(replace(row, title=f"{'  ' * row.depth}{sign}{row.title}"))
    return found


def above(rows: Sequence[HeatRow]) -> set[str]:
    """Return the codes that have others below them."""
    return {row.code for row, below in pairwise(rows) if below.depth > row.depth}

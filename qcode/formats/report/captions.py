"""What stands with a table or picture: its number and title, and the sentences that qualify it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qcode.language import _
from qcode.model.table import Blank, Column, Table


def table_title(title: str, number: int) -> str:
    """Return the line above a table; empty for a table without a title."""
    return _("Table {n}. {title}").format(n=number, title=title) if title else ""


def figure_title(title: str, number: int) -> str:
    """Return the line below a picture."""
    return _("Figure {n}. {title}").format(n=number, title=title)


def head(column: Column) -> str:
    """Return what stands above a column, with its unit."""
    if not column.unit or column.unit.casefold() in column.title.casefold():
        return column.title
    return f"{column.title} ({column.unit})"


def below(table: Table) -> Sequence[str]:
    """Return the notes of a table, and the reason of each sign that stands for no value."""
    blanks = {(cell.sign, cell.why) for row in table.rows for cell in row
              if isinstance(cell, Blank) and cell.why}  # fmt: skip
    signs = (f"{sign} {why}".strip() for sign, why in sorted(blanks))
    return tuple(dict.fromkeys((*table.notes, *signs)))


def in_one(notes: Iterable[str]) -> str:
    """Return notes as the small print under a table or picture."""
    return " · ".join(notes)

"""A table as a text that is kept for good: what it said when it was made."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from qcode.model.change import canonical
from qcode.model.table import Blank, Cell, Column, Placed, Share, Table


def frozen(table: Table) -> str:
    """Return a table as a text; the same table is the same text."""
    return canonical({
        "title": table.title,
        "columns": [asdict(column) for column in table.columns],
        "rows": [[_held(cell) for cell in row] for row in table.rows],
        "notes": list(table.notes),
        "depths": list(table.depths),
    })  # fmt: skip


def thawed(text: str) -> Table:
    """Return the table that ``frozen`` wrote."""
    held = json.loads(text)
    return Table(
        held["title"],
        tuple(Column(**column) for column in held["columns"]),
        tuple(tuple(_cell(one) for one in row) for row in held["rows"]),
        tuple(held["notes"]),
        tuple(held["depths"]),
    )


def _held(cell: Cell) -> Any:
    match cell:
        case Share(k=k, n=n):
            return {"k": k, "n": n}
        case Blank(sign=sign, why=why):
            return {"sign": sign, "why": why}
        case Placed(path=path):
            return {"name": str(cell), "path": path}
    return cell


def _cell(held: Any) -> Cell:
    if isinstance(held, dict) and "path" in held:
        return Placed(held["name"], held["path"])
    if isinstance(held, dict):
        return Share(**held) if "k" in held else Blank(**held)
    cell: Cell = held
    return cell

"""Saved searches in and out of plain files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qcode.store import searches
from qcode.workflows import searching

if TYPE_CHECKING:
    from qcode.workflows.plain_findings import Leaving, Taking


def leave(ways: Leaving) -> Iterator[Mapping[str, str]]:
    """Yield the rows of searches.csv."""
    for name, line, _meaning in searching.lines(ways.connection):
        yield {"name": name, "options": line}


def take(ways: Taking, rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Save the searches of searches.csv whose names are not taken here."""
    here = {one.name.casefold() for one in searches.listed(ways.step.connection)}
    new = [row for row in rows if row["name"].casefold() not in here]
    for row in new:
        searching.keep(ways.step, row["name"], row["options"])
    return len(new), len(rows) - len(new)

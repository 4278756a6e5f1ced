"""Several tables with a heading: a document for people to read and keep."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.table import Table


@dataclass(frozen=True, slots=True)
class Report:
    """A document of tables; ``made`` is the day that stands on it."""

    title: str
    made: str
    notice: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]

"""What people made of the codings: a table for each kind of finding, absent where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from qcode.formats.folder.names import Names, place
from qcode.formats.folder.tables import Cells, read_table
from qcode.formats.folder.values import PlainFinding
from qcode.formats.tabular.cells import csv_bytes

CODING = ("document", "start", "end", "code", "coder")
"""The columns by which a table names one coding."""


class Kind(NamedTuple):
    """A table: its columns, which of them must be there, and how a row is checked.

    ``check`` returns the row as it would be written, or raises BadInput at the cell that is wrong.
    """

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    check: Callable[[Cells, Names], Mapping[str, str]]


KINDS: Mapping[str, Kind] = {}
"""The tables by file name, in an order in which what a row refers to comes before it."""


def read_findings(folder: Path, names: Names) -> tuple[PlainFinding, ...]:
    """Return the rows of all tables that the folder has."""
    found = []
    for file, kind in KINDS.items():
        if not (folder / file).exists():
            continue
        for row in read_table(folder / file, kind.columns, needed=kind.needed):
            values = {name: value for name, value in kind.check(row, names).items() if value}
            found.append(PlainFinding(file, values, row.line))
    return tuple(found)


def findings_bytes(findings: Iterable[PlainFinding]) -> dict[str, bytes]:
    """Return the tables with their rows as they are ordered; none for a kind without rows."""
    rows: dict[str, list[PlainFinding]] = {file: [] for file in KINDS}
    for one in findings:
        rows[one.file].append(one)
    return {
        file: csv_bytes(
            KINDS[file].columns,
            ([one.values.get(name, "") for name in KINDS[file].columns] for one in some),
        )
        for file, some in rows.items() if some
    }  # fmt: skip


def checked_coding(row: Cells, names: Names) -> dict[str, str]:
    """Return the cells of CODING, each of which must name something, as they are written."""
    start, end = place(row)
    return {
        "document": names.document(row), "start": str(start), "end": str(end),
        "code": names.code(row), "coder": names.coder(row),
    }  # fmt: skip


def checked_case(row: Cells, names: Names, column: str = "case") -> str:
    """Return the case that a cell names, always with its kind before it."""
    return ": ".join(names.case(row, row.needed(column), column))

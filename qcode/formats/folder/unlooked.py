"""``not-looked-for.csv``: codes that a coder did not have, as they are now, in some documents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qcode.formats.folder.names import Names
from qcode.formats.folder.tables import Cells, joined, read_table
from qcode.formats.folder.values import PlainUnlooked
from qcode.formats.tabular.cells import csv_bytes

FILE = "not-looked-for.csv"
COLUMNS = ("code", "coder", "documents")


def read_unlooked(path: Path, names: Names) -> tuple[PlainUnlooked, ...]:
    """Return the rows of the table; none where there is no table."""
    if not path.exists():
        return ()
    return tuple(_unlooked(row, names) for row in read_table(path, COLUMNS, needed=COLUMNS))


def _unlooked(row: Cells, names: Names) -> PlainUnlooked:
    row.needed("documents")
    each = (Cells(row.file, row.line, {"documents": name}) for name in row.several("documents"))
    return PlainUnlooked(
        names.code(row), names.coder(row), tuple(names.document(one, "documents") for one in each)
    )


def unlooked_bytes(rows: Iterable[PlainUnlooked]) -> bytes:
    """Return the table."""
    return csv_bytes(COLUMNS, ((one.code, one.coder, joined(one.documents)) for one in rows))

"""Results on their way into a file whose name says how it is written."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import BadInput
from qcode.formats.tabular import SUFFIXES
from qcode.language import _
from qcode.model.table import Table
from qcode.system import write_atomically
from qcode.workflows.excerpts import Excerpts


def format_of(file: Path) -> str:
    """Return the format that the name of a file asks for."""
    format = SUFFIXES.get(file.suffix.casefold(), "")
    if not format:
        raise BadInput(
            _("end the name with {suffixes}; it says how the file is written").format(
                suffixes=", ".join(suffix for suffix in SUFFIXES if suffix != ".markdown")
            )
        )
    return format


def file_table(table: Table, file: Path) -> None:
    """Write a table to a file, whole or not at all."""
    from qcode.formats.tabular import render

    write_atomically(file, render(table, format_of(file)))


def file_excerpts(found: Excerpts, file: Path) -> None:
    """Write excerpts with their notes to a file, whole or not at all."""
    from qcode.formats.excerpts import write

    format = format_of(file)
    data = write(found.excerpts, format, title=_("Excerpts"), notes=found.notes)
    write_atomically(file, data)

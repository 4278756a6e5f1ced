"""Results on their way into a file whose name says how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats.tabular import SUFFIXES
from qcode.language import _
from qcode.model.figure import Figure
from qcode.model.pattern import Patterns
from qcode.model.table import Table
from qcode.system import write_atomically
from qcode.workflows.excerpts import Excerpts


def format_of(file: Path, suffixes: Mapping[str, str] = SUFFIXES) -> str:
    """Return the format that the name of a file asks for."""
    format = suffixes.get(file.suffix.casefold(), "")
    if not format:
        raise BadInput(
            _("end the name with {suffixes}; it says how the file is written").format(
                suffixes=", ".join(one for one in suffixes if one not in (".markdown", ".htm"))
            )
        )
    return format


def file_table(table: Table, file: Path) -> None:
    """Write a table to a file, whole or not at all."""
    from qcode.formats.tabular import render

    write_atomically(file, render(table, format_of(file)))


def file_excerpts(found: Excerpts, file: Path) -> None:
    """Write excerpts with their notes to a file, whole or not at all."""
    from qcode.formats.excerpts import SUFFIXES, write

    format = format_of(file, SUFFIXES)
    data = write(found.excerpts, format, title=found.title, notes=found.notes, groups=found.groups,
                 notice=found.notice, language=found.language)  # fmt: skip
    write_atomically(file, data)


def file_patterns(found: Patterns, file: Path) -> None:
    """Write patterns to a file, to be read or as a table, whole or not at all."""
    from qcode.formats.patterns import FORMATS, tabled, write

    format = format_of(file)
    if format in FORMATS:
        write_atomically(file, write(found, format))
    else:
        file_table(tabled(found), file)


def file_picture(figure: Figure, file: Path) -> None:
    """Write a picture to a file, whole or not at all."""
    from qcode.formats.figures import SUFFIXES, render

    write_atomically(file, render(figure, format_of(file, SUFFIXES)))

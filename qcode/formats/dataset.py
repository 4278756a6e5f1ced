"""Numbers for statistics programs: a plain CSV or workbook, and a script that reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from qcode.formats.files import cleaned
from qcode.formats.tabular.cells import Value, guarded, xlsx_bytes
from qcode.language import _
from qcode.model.table import Blank, Cell, Share, Table

MOST_IN_A_LABEL = 250
"""Bytes of a label; SPSS takes 256."""

Labelled = tuple[str, str, int, bool, bool]
"""Name of a column, its label, the bytes of its longest text (0: numbers), whether it has only
whole numbers, and whether these are 0 and 1."""


def csv_bytes(table: Table) -> bytes:
    """Return a CSV file in UTF-8 whose missing values are empty: nothing between the commas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return cleaned(buffer.getvalue()).encode()


def workbook(table: Table, names: Table) -> bytes:
    """Return a workbook of the numbers, the names of their columns, and the notes."""
    notes: list[list[Value]] = [[note] for note in (table.title, *table.notes)]
    return xlsx_bytes([
        (_("matrix"), _sheet(table)), (_("names"), _sheet(names)), (_("notes"), notes)
    ])  # fmt: skip


def _sheet(table: Table) -> list[list[Value]]:
    return [[column.key for column in table.columns],
            *([_value(cell) for cell in row] for row in table.rows)]  # fmt: skip


def _value(cell: Cell) -> Value:
    return cell if isinstance(cell, str | int | float) else _plain(cell)


def _plain(cell: Cell) -> Value:
    if isinstance(cell, Blank):
        return ""
    return guarded(str(cell)) if isinstance(cell, str | Share) else cell


def r_script(file: str, variables: Iterable[Labelled], notes: Iterable[str]) -> bytes:
    """Return an R script that reads a CSV file beside it and gives the columns their labels."""
    variables = list(variables)
    texts = ", ".join(f'{name} = "character"' for name, _label, width, *_rest in variables if width)
    lines = [
        *(f"# {_in_line(note)}" for note in notes),
        f'd <- read.csv({_r(file)}, na.strings = "", fileEncoding = "UTF-8",',
        f"              colClasses = c({texts}))",
    ]
    lines += [f'attr(d${name}, "label") <- {_r(label)}' for name, label, *_rest in variables]
    return ("\n".join(lines) + "\n").encode()


def _r(text: str) -> str:
    """Return a text as R writes one."""
    escaped = _in_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def spss_syntax(file: str, variables: Sequence[Labelled], notes: Iterable[str]) -> bytes:
    """Return SPSS syntax that reads a CSV file and labels its variables and values."""
    lines = ["* Encoding: UTF-8."]
    # A comment ends with its line's full stop, so that none may stand inside.
    lines += [f"* {_in_line(note).replace('.', ',')}." for note in notes]
    lines += [
        f"GET DATA /TYPE=TXT /FILE={_spss(file)} /ENCODING='UTF8'",
        "  /ARRANGEMENT=DELIMITED /DELIMITERS=\",\" /QUALIFIER='\"' /FIRSTCASE=2",
        "  /VARIABLES=",
        *(f"    {name} {_format(width, whole=whole)}"
          for name, _label, width, whole, _yes in variables),
    ]  # fmt: skip
    lines[-1] += "."
    lines += [f"VARIABLE LABELS {name} {_spss(label)}." for name, label, *_rest in variables]
    found, absent = _spss(_("found")), _spss(_("looked for and not found"))
    if coded := [name for name, _label, _width, _whole, yes in variables if yes]:
        lines += ["VALUE LABELS", *(f"  {name}" for name in coded), f"  0 {absent} 1 {found}."]
    return ("\n".join([*lines, "EXECUTE."]) + "\n").encode()


def _format(width: int, *, whole: bool) -> str:
    if width:
        return f"A{width + 1}"
    return "F8.0" if whole else "F12.4"


def _spss(text: str) -> str:
    """Return a text as SPSS writes one, cut to what a label may hold."""
    short = _in_line(text).encode()[:MOST_IN_A_LABEL].decode(errors="ignore")
    return "'" + short.replace("'", "''") + "'"


def _in_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())

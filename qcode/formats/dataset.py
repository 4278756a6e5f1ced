"""Numbers for statistics programs: a plain CSV or workbook, and a script that reads it."""

from __future__ import annotations

import textwrap
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
    """Return a CSV file in UTF-8 whose missing values are empty: nothing between the commas.

    Each row is one line, since SPSS takes no line break inside quotes.
    """
    lines = [",".join(column.key for column in table.columns)]
    lines += [",".join(map(_field, row)) for row in table.rows]
    return cleaned("".join(f"{line}\n" for line in lines)).encode()


def _field(cell: Cell) -> str:
    """Return a cell of a CSV file; text is in quotes, so that its signs part no columns."""
    value = _plain(cell)
    if not value or not isinstance(value, str):
        return str(value)
    return '"' + " ".join(value.splitlines()).replace('"', '""') + '"'


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
    texts = [f'{name} = "character"' for name, _label, width, *_rest in variables if width]
    # With fileEncoding, R in a locale without UTF-8 would read up to the first accent only.
    lines = [
        *(f"# {_in_line(note)}" for note in (*notes, _where())),
        f'd <- read.csv({_r(file)}, na.strings = "", encoding = "UTF-8", colClasses = c(',
        "  " + ",\n  ".join(texts),
        "))",
    ]
    lines += [f'attr(d${name}, "label") <- {_r(label)}' for name, label, *_rest in variables]
    return ("\n".join(lines) + "\n").encode()


def _where() -> str:
    return _("run this in the folder of the CSV file, or write its path in full below")


def _r(text: str) -> str:
    """Return a text as R writes one, in ASCII, which R reads alike in every locale."""
    escaped = _in_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(one if one.isascii() else f"\\U{ord(one):08x}" for one in escaped) + '"'


def spss_syntax(file: str, variables: Sequence[Labelled], notes: Iterable[str]) -> bytes:
    """Return SPSS syntax that reads a CSV file and labels its variables and values.

    No line is longer than the 256 bytes that SPSS reads, labels apart.
    """
    lines = ["* Encoding: UTF-8."]
    # A comment ends with its line's full stop, so that none may stand inside.
    for note in (*notes, _where()):
        lines += textwrap.wrap(f"* {_in_line(note).replace('.', ',')}.", 80, subsequent_indent="  ")
    first, *rest = (f"{one[0]} {_format(*one[2:])}" for one in variables)
    lines += [
        # Where the decimal sign is a comma, 2.5 would be no number.
        "PRESERVE.",
        "SET DECIMAL=DOT.",
        f"GET DATA /TYPE=TXT /FILE={_spss(file)} /ENCODING='UTF8'",
        "  /ARRANGEMENT=DELIMITED /DELIMITERS=\",\" /QUALIFIER='\"' /FIRSTCASE=2",
        # Here, since PSPP takes "document" for a command where it begins a line.
        f"  /VARIABLES={first}",
        *(f"    {one}" for one in rest),
    ]  # fmt: skip
    lines[-1] += "."
    for name, label, *_how in variables:
        lines += [f"VARIABLE LABELS {name}", f"  {_spss(label)}."]
    found, absent = _spss(_("found")), _spss(_("looked for and not found"))
    if coded := [name for name, _label, _width, _whole, yes in variables if yes]:
        lines += ["VALUE LABELS", *(f"  {name}" for name in coded), f"  0 {absent} 1 {found}."]
    lines += [f"MISSING VALUES {name} (' ')." for name, _label, width, *_how in variables if width]
    return ("\n".join([*lines, "EXECUTE.", "RESTORE."]) + "\n").encode()


def _format(width: int, *numbers: bool) -> str:
    if width:
        return f"A{width + 1}"
    whole, yes = numbers
    return f"F{8 if yes else 12}.{0 if whole else 4}"


def _spss(text: str) -> str:
    """Return a text as SPSS writes one, cut to what a label may hold."""
    short = _in_line(text).encode()[:MOST_IN_A_LABEL].decode(errors="ignore")
    return "'" + short.replace("'", "''") + "'"


def _in_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())

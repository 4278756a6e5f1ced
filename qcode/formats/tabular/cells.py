"""Cells on their way into a spreadsheet, which must never run them as formulas."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from qcode.errors import BadInput
from qcode.formats.files import cleaned
from qcode.language import _

Value = str | int | float

MOST_IN_A_CELL = 32_767
"""Characters that a cell of a workbook holds."""

# A lone "-" is the sign for "not asked" and no formula. Quotes in front are part of the pattern,
# so that a text that was written with one is told from a text that got one here.
_FORMULA = re.compile("'*[ \u00a0\ufeff]*(?:[=+@\t\r\n\uff1d\uff0b\uff0d\uff20]|-(?!\\Z))")
_NOT_XML = re.compile("[\ufffe\uffff]")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: a ``'`` goes before one."""
    if text[:1].isalnum():  # most are, and the pattern costs more
        return text
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take back the one ``'`` that ``guarded`` put there."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file in UTF-8: commas, every text in quotes, a line feed after each row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([guarded(name) for name in header])
    # Most cells begin with a letter or digit, or are empty: to ask here saves half the time.
    writer.writerows(
        [
            value if not value or not isinstance(value, str) or value[0].isalnum()
            else guarded(value) for value in row
        ]
        for row in rows
    )  # fmt: skip
    return cleaned(buffer.getvalue()).encode()


_OUTSIDE = re.compile(r'("(?:[^"]|"")*")|([,.])')
_LOCAL = {",": ";", ".": ","}


def for_excel(data: bytes) -> bytes:
    """Return the file that ``csv_bytes`` made as Excel opens it where decimals have a comma.

    A byte order mark, semicolons, decimal commas; what stands in quotes stays as it is.
    """
    text = _OUTSIDE.sub(lambda one: one[1] or _LOCAL[one[2]], data.decode())
    return b"\xef\xbb\xbf" + text.encode()


def xlsx_bytes(sheets: Iterable[tuple[str, Iterable[Sequence[Value]]]]) -> bytes:
    """Return a workbook of named sheets; the same rows give the same bytes.

    Raises BadInput for a text that is longer than a cell, which would be cut in silence.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC), "author": ""})
        for name, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            for at, row in enumerate(rows):
                for column, value in enumerate(row):
                    if not isinstance(value, str):
                        sheet.write_number(at, column, value)
                    elif value:
                        sheet.write_string(at, column, _fitting(value, at + 1))
    return buffer.getvalue()


def _fitting(text: str, line: int) -> str:
    if len(text) > MOST_IN_A_CELL:
        raise BadInput(
            _("row {line} holds a text longer than a spreadsheet cell; use csv instead").format(
                line=line
            )
        )
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", cleaned(text))

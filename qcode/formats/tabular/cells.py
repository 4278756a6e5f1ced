"""Cells on their way into a spreadsheet, which must never run them as formulas."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qcode.errors import BadInput
from qcode.formats.files import cleaned
from qcode.language import _

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | int | float

MOST_IN_A_CELL = 32_767
"""Characters that a cell of a workbook holds."""
_WIDEST, _ACROSS = 60, 360
"""Letters across the widest column, and across what can still be read on one page."""
_LINE, _HIGHEST = 15, 409
"""Points of one line, and of the highest row that there can be."""
_A4 = 9

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
        body = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bottom": 1})
        for name, lines in sheets:
            sheet = book.add_worksheet(name[:31])
            widths: dict[int, int] = {}
            rows = list(lines)
            for at, row in enumerate(rows):
                look = body if at else head
                for column, value in enumerate(row):
                    if not isinstance(value, str):
                        sheet.write_number(at, column, value, look)
                    elif value:
                        sheet.write_string(at, column, _fitting(value, at + 1), look)
                    widths[column] = max(widths.get(column, 0), _width(value, headline=not at))
            _lay_out(sheet, rows, widths)
    return buffer.getvalue()


def _width(value: Value, *, headline: bool) -> int:
    """Return how many letters wide a column should be for a value; a headline may be broken."""
    text = str(value)
    parts = text.split() if headline else text.split("\n")
    return min(max(map(len, parts), default=0), _WIDEST - 2) + 2


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    # A tenth more than fits, since lines are broken between words.
    return sum(math.ceil(len(part) * 1.1 / width) if len(part) > width else 1
               for part in value.split("\n"))  # fmt: skip


def _lay_out(sheet: Worksheet, rows: Iterable[Sequence[Value]], widths: Mapping[int, int]) -> None:
    for column, width in widths.items():
        sheet.set_column(column, column, width)
    # Excel finds out how high a row is, LibreOffice does not.
    for at, row in enumerate(rows):
        lines = max((_lines(value, widths[column]) for column, value in enumerate(row)), default=1)
        if lines > 1:
            sheet.set_row(at, min(lines * _LINE, _HIGHEST))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_footer("&C&A · &P / &N")
    if sum(widths.values()) < _ACROSS:
        sheet.fit_to_pages(1, 0)


def _fitting(text: str, line: int) -> str:
    if len(text) > MOST_IN_A_CELL:
        raise BadInput(
            _("row {line} holds a text longer than a spreadsheet cell; use csv instead").format(
                line=line
            )
        )
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", cleaned(text))

"""Rows under a header, from CSV and XLSX files as spreadsheets write them."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats import archive, files
from qcode.formats.tabular.cells import unguarded
from qcode.language import _

MAX_ROWS = 200_000
_DELIMITERS = ",;\t"
_HEADER = re.compile(r'(?:[^"\n]|"(?:[^"]|"")*+")*+')
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError,
           EOFError, zipfile.BadZipFile, zlib.error)  # fmt: skip
"""What openpyxl raises for a workbook that it cannot make out."""

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its line in the file, from 1, and its values by column name."""

    line: int
    values: Mapping[str, str]


def read_rows(path: Path, limit: int = files.MAX_TEXT) -> tuple[Row, ...]:
    """Return the rows under the header of a .csv (``,`` ``;`` or tab) or .xlsx file.

    Rows without any value are left out; values are as written, but for the ``'`` that keeps a
    text from becoming a formula. Raises BadInput with file and line for what is no such table.
    """
    suffix = path.suffix.casefold()
    if suffix in {".csv", ".tsv"}:
        lines = _csv_lines(files.text(path, limit), str(path))
    elif suffix == ".xlsx":
        lines = _xlsx_lines(files.contents(path, limit), str(path))
    else:
        raise BadInput(_("a table is a .csv or .xlsx file"), file=str(path))
    return tuple(_rows(lines, str(path)))


def _rows(lines: Iterable[Line], file: str) -> Iterator[Row]:
    written = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    first = next(written, None)
    if first is None:
        raise BadInput(_("the table is empty; its first row names the columns"), file=file)
    header = _checked_header(first[1], file, first[0])
    for number, (line, cells) in enumerate(written):
        if number >= MAX_ROWS:
            raise BadInput(_("the table has more than {most} rows").format(most=MAX_ROWS),
                           file=file, line=line)  # fmt: skip
        if len(cells) != len(header):
            raise BadInput(
                _("this row has {cells} cells, the header {columns}").format(
                    cells=len(cells), columns=len(header)
                ),
                file=file,
                line=line,
            )
        yield Row(line, dict(zip(header, cells, strict=True)))


def _checked_header(cells: Sequence[str], file: str, line: int) -> list[str]:
    header = [cell.strip() for cell in cells]
    if "" in header:
        raise BadInput(
            _("column {number} has no name").format(number=header.index("") + 1),
            file=file, line=line,
        )  # fmt: skip
    seen: set[str] = set()
    for name in header:
        if name.casefold() in seen:
            raise BadInput(_("two columns are named “{name}”").format(name=name),
                           file=file, line=line)  # fmt: skip
        seen.add(name.casefold())
    return header


def _csv_lines(text: str, file: str) -> Iterator[Line]:
    found = _HEADER.match(text.lstrip("\n"))
    header = _QUOTED.sub("", found.group() if found else "")
    delimiter = max(_DELIMITERS, key=header.count)
    # The limit of the csv module is below the length of a long memo; the file is bounded already.
    csv.field_size_limit(max(len(text), csv.field_size_limit()))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [unguarded(cell) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(_("a quotation mark is missing or in excess from here on"), file=file,
                       line=line) from error  # fmt: skip


def _xlsx_lines(data: bytes, file: str) -> Iterator[Line]:
    import openpyxl

    archive.guarded(data, file).close()
    width = 0
    try:
        with warnings.catch_warnings():
            # openpyxl warns of decorations, such as drop-down lists, that it leaves aside.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = islice(sheet.iter_rows(values_only=True), MAX_ROWS * 2)
            for line, values in enumerate(rows, 1):
                cells = _trimmed([_written(value) for value in values])
                width = width or len(cells)
                yield line, cells + [""] * (width - len(cells))
    except _BROKEN as error:
        raise BadInput(
            _("this workbook cannot be read; open it, save it again as .xlsx or as CSV UTF-8"),
            file=file,
        ) from error


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _written(value: object) -> str:
    """Return a cell of a workbook as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value == _midnight(value) else value.isoformat(" ")
    return files.cleaned(str(value))


def _midnight(value: datetime) -> datetime:
    return value.replace(hour=0, minute=0, second=0, microsecond=0)

"""One report, rendered for a file or a pipe: every number keeps its unit and denominator."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from qcode.errors import BadInput
from qcode.formats import docx
from qcode.formats.markdown import escaped, tabled
from qcode.formats.tabular.cells import Value, csv_bytes, xlsx_bytes
from qcode.language import _
from qcode.model.table import Blank, Cell, Column, Placed, Share, Table, in_words

_INDENT = "\u00a0\u00a0"


def render(table: Table, format: str) -> bytes:
    """Return a table as ``csv``, ``json``, ``markdown``, ``xlsx`` or ``docx``; texts in UTF-8.

    CSV and XLSX give each column of shares two columns, ``k`` and what it is of, and an indented
    table a column ``depth``; no two columns have one name. CSV and JSON give the whole path of a
    code beside its name; CSV holds neither title nor notes.
    """
    if format not in FORMATS:
        raise BadInput(
            _("a table is written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=format
            )
        )
    return FORMATS[format](table)


def _csv(table: Table) -> bytes:
    header, rows = _spread(table)
    for name, cells in _paths(table).items():
        header.append(name)
        for values, path in zip(rows, cells, strict=True):
            values.append(path)
    return csv_bytes(_told_apart(header), rows)


def _paths(table: Table) -> Mapping[str, Sequence[str]]:
    """Return the paths of the codes that stand in a column, by what the column of paths is called."""
    found: dict[str, Sequence[str]] = {}
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in table.rows]
        if any(isinstance(cell, Placed) for cell in cells):
            name = f"path ({column.title})" if found else "path"
            found[name] = [cell.path if isinstance(cell, Placed) else "" for cell in cells]
    return found


def _told_apart(names: Iterable[str]) -> list[str]:
    """Return names of columns of which none is there twice, whatever their case."""
    found: dict[str, str] = {}
    for name in names:
        free, number = name, 2
        while free.casefold() in found:
            free, number = f"{name} {number}", number + 1
        found[free.casefold()] = free
    return list(found.values())


def _xlsx(table: Table) -> bytes:
    header, rows = _spread(table)
    blanks = {(cell.sign, cell.why) for row in table.rows for cell in row
              if isinstance(cell, Blank)}  # fmt: skip
    notes: list[list[Value]] = [[note] for note in (table.title, *table.notes)]
    notes += [[sign, why] for sign, why in sorted(blanks)]
    return xlsx_bytes([(_("table"), [_told_apart(header), *rows]), (_("notes"), notes)])


def _spread(table: Table) -> tuple[list[str], list[list[Value]]]:
    """Return the header and the rows with every share in two cells."""
    shares = {
        at for row in table.rows for at, cell in enumerate(row) if isinstance(cell, Share)
    }  # fmt: skip
    header: list[str] = []
    titles = Counter(column.title for column in table.columns)
    for at, column in enumerate(table.columns):
        header.append(_headline(column))
        if at in shares:
            one = column.title if titles[column.title] == 1 else f"{column.title} {column.unit}"
            header.append(_("{title} (of)").format(title=one))
    rows: list[list[Value]] = []
    for row in table.rows:
        values: list[Value] = []
        for at, cell in enumerate(row):
            values += _values(cell) if at in shares else _values(cell)[:1]
        rows.append(values)
    if table.depths:
        header.append("depth")
        for values, depth in zip(rows, table.depths, strict=True):
            values.append(depth)
    return header, rows


def _values(cell: Cell) -> tuple[Value, Value]:
    """Return a cell as a count and what it is of, which only a share has."""
    if isinstance(cell, Share):
        return cell.k, cell.n
    return (cell.sign, "") if isinstance(cell, Blank) else (cell, "")


def _headline(column: Column) -> str:
    if not column.unit or column.unit.casefold() in column.title.casefold():
        return column.title
    return f"{column.title} ({column.unit})"


def _json(table: Table) -> bytes:
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows]
    for name, cells in _paths(table).items():
        for values, path in zip(rows, cells, strict=True):
            values[name] = path
    whole: dict[str, Any] = {
        "title": table.title,
        "columns": [{"key": column.key, "title": column.title, "unit": column.unit}
                    for column in table.columns],
        "rows": rows,
        "notes": list(table.notes),
    }  # fmt: skip
    if table.depths:
        whole["depths"] = list(table.depths)
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _plain(cell: Cell) -> object:
    if isinstance(cell, Share):
        return {"k": cell.k, "n": cell.n}
    return {"blank": cell.sign, "why": cell.why} if isinstance(cell, Blank) else cell


def _docx(table: Table) -> bytes:
    wide = len(table.columns) >= docx.WIDE
    document = docx.blank(table.title, wide=wide)
    if table.title:
        document.add_heading(docx.clean(table.title), level=1)
    docx.add_table(
        document,
        [_headline(column) for column in table.columns],
        [[_shown(cell) for cell in row] for row in table.rows],
        depths=table.depths,
        right=[at for at, column in enumerate(table.columns) if column.numeric],
        points=9 if wide else 10,
    )
    for note in _said(table):
        document.add_paragraph(docx.clean(note), style="List Bullet")
    return docx.written(document)


def _markdown(table: Table) -> bytes:
    lines = [f"**{escaped(table.title)}**", ""] if table.title else []
    lines.append(_piped(tabled(_headline(column)) for column in table.columns))
    lines.append(_piped("---:" if column.numeric else "---" for column in table.columns))
    for at, row in enumerate(table.rows):
        cells = [tabled(_shown(cell)) for cell in row]
        if table.depths:
            cells[0] = _INDENT * table.depths[at] + cells[0]
        lines.append(_piped(cells))
    if notes := _said(table):
        lines += ["", *(f"- {escaped(note)}" for note in notes)]
    return ("\n".join(lines) + "\n").encode()


def _said(table: Table) -> list[str]:
    """Return the notes, and the reason of each sign that stands for no value."""
    blanks = {(cell.sign, cell.why) for row in table.rows for cell in row
              if isinstance(cell, Blank) and cell.why}  # fmt: skip
    return [*table.notes, *(f"{sign} {why}" for sign, why in sorted(blanks))]


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(cell: Cell) -> str:
    text = in_words(cell)
    if isinstance(cell, float) and "." in text:
        # Adding 0 turns a rounded -0.0 into 0.
        return f"{round(cell, 3) + 0:.3f}".rstrip("0").rstrip(".")
    return text


FORMATS: Mapping[str, Callable[[Table], bytes]] = {
    "csv": _csv,
    "json": _json,
    "markdown": _markdown,
    "xlsx": _xlsx,
    "docx": _docx,
}
"""The formats of a table, by name."""

SUFFIXES: Mapping[str, str] = {
    ".csv": "csv", ".xlsx": "xlsx", ".md": "markdown", ".markdown": "markdown", ".json": "json",
    ".docx": "docx",
}  # fmt: skip
"""The formats that the name of a file asks for by its suffix."""

"""How a table is laid out in characters: columns, indents, bars, and the notes under it.

Pure: a table and a width give lines. Where a terminal is wide enough every cell stands in one line;
else the headings of numbers are wrapped, then the widest columns of words. What is still too wide
stands in several parts below each other, each with the columns that say what a row is about; so
neither numbers nor words are torn. Without a width (a pipe, a file) nothing is wrapped and nothing
is decorated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len, chop_cells

from qcode.language import _, counted
from qcode.model.table import Blank, Cell, Share, Table, in_words
from qcode.terminal import in_one_line

GAP = "  "
BAR_CELLS = 4
_NARROWEST = 8
_LONGEST_WORD = 13
"""Of words that are longer, such as the paths of codes, the rest goes to the next line."""
_EIGHTHS = " ▏▎▍▌▋▊▉█"
_MOST_REASONS = 8
_NARROW = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff‘’“”…–—·\u202f]*").fullmatch
"""Matches a text of letters that take one cell each, as most do: nothing is left to measure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the layout and the part it plays: title, header, row or note."""

    part: str
    text: str


def cells_of(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return len(text) if _NARROW(text) else cell_len(text)


def bar(share: Share) -> str:
    """Return a share as a bar of BAR_CELLS characters at most, to an eighth of one."""
    if share.n <= 0:
        return ""
    eighths = round(8 * BAR_CELLS * min(share.k, share.n) / share.n)
    whole, rest = divmod(max(eighths, 1 if share.k else 0), 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


def shown(cell: Cell) -> str:
    """Return a cell as a reader sees it, harmless and in one line."""
    return in_one_line(in_words(cell))


def lay_out(table: Table, width: int | None = None, bars: Collection[str] = ()) -> Iterator[Line]:
    """Yield the lines of a table; ``bars`` names the keys of columns whose shares get a bar.

    ``width`` is that of the terminal in cells, None where there is none. Bars give way to words.
    """
    columns = _laid(table, frozenset(bars) if width else frozenset())
    if width and _total([column.width for column in columns]) > width:
        columns = _laid(table, frozenset())
    if table.title:
        yield Line("title", in_one_line(table.title))
    for number, part in enumerate(_parts(columns, width)):
        if number:
            yield Line("row", "")
        yield from _part(part, width)
    for note in (*_reasons(table), *table.notes):
        yield from (Line("note", text) for text in wrapped(in_one_line(note), width))


def _part(columns: list[_Laid], width: int | None) -> Iterator[Line]:
    """Yield the lines of columns that stand beside each other."""
    widths = _fitted(columns, width)
    titles, units = zip(*(column.titles for column in columns), strict=True)
    for texts in (titles, units) if any(units) else (titles,):
        yield from _lines("header", texts, columns, widths)
    if width:
        yield Line("header", "─" * min(width, _total(widths)))
    if all(column.width <= width for column, width in zip(columns, widths, strict=True)):
        for row in zip(*map(_Laid.placed, columns, widths), strict=True):
            yield Line("row", GAP.join(row).rstrip())
        return
    for texts in zip(*(column.texts for column in columns), strict=True):
        yield from _lines("row", texts, columns, widths)


def _parts(columns: list[_Laid], width: int | None) -> list[list[_Laid]]:
    """Return the columns that stand beside each other, each time with those that name the row."""
    if not columns or width is None or _total([one.least for one in columns]) <= width:
        return [columns] if columns else []
    keys = columns[: _naming(columns)]
    parts = [list(keys)]
    for column in columns[len(keys) :]:
        if len(parts[-1]) > len(keys) and (
            _total([one.least for one in (*parts[-1], column)]) > width
        ):
            parts.append(list(keys))
        parts[-1].append(column)
    return parts


def _naming(columns: list[_Laid]) -> int:
    """Return how many columns say what a row is about: two where words stand before numbers."""
    counts = any(column.right for column in columns[2:])
    return 2 if counts and len(columns) > 2 and not columns[1].right else 1


class _Laid:
    """A column with its cells as text."""

    def __init__(self, table: Table, number: int, draws: bool) -> None:  # noqa: FBT001
        column = table.columns[number]
        cells = [row[number] for row in table.rows]
        self.right = column.numeric or any(isinstance(cell, Share | int | float) for cell in cells)
        self.texts = _with_bars(cells) if draws else [shown(cell) for cell in cells]
        if number == 0 and table.depths:
            self.texts = [
                "  " * depth + text for depth, text in zip(table.depths, self.texts, strict=True)
            ]
        self.titles = (in_one_line(column.title), in_one_line(column.unit))
        self.cells = [cells_of(text) for text in self.texts]
        self.width = max(*map(cells_of, self.titles), *self.cells)

    def placed(self, width: int) -> Iterator[str]:
        """Yield the texts, none wider than ``width``, each with the blanks that fill it."""
        for text, cells in zip(self.texts, self.cells, strict=True):
            padding = " " * (width - cells)
            yield padding + text if self.right else text + padding

    @cached_property
    def least(self) -> int:
        """Return the width that tears nothing: of the longest word, or of the longest number."""
        if self.right:
            words = (word for text in self.titles for word in text.split())
            return max(map(cells_of, (*words, *self.texts)), default=0)
        longest = _NARROWEST
        for text in (*self.titles, *self.texts):
            word = max(map(cells_of, text.split()), default=0)
            longest = max(longest, len(text) - len(text.lstrip()) + min(_LONGEST_WORD, word))
        return min(self.width, longest)


def _laid(table: Table, drawn: frozenset[str]) -> list[_Laid]:
    return [
        _Laid(table, number, column.key in drawn) for number, column in enumerate(table.columns)
    ]


def _total(widths: list[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def _with_bars(cells: list[Cell]) -> list[str]:
    texts = [shown(cell) for cell in cells]
    widest = max(map(cells_of, texts), default=0)
    return [
        " " * (widest - cells_of(text))
        + text
        + " "
        + (bar(cell) if isinstance(cell, Share) else "").ljust(BAR_CELLS)
        for cell, text in zip(cells, texts, strict=True)
    ]


def _fitted(columns: list[_Laid], width: int | None) -> list[int]:
    """Return the widths of the columns, narrowed to fit: headings of numbers, then words."""
    widths = [column.width for column in columns]
    if width is None or _total(widths) <= width:
        return widths
    words = [number for number, column in enumerate(columns) if not column.right]
    numbers = [number for number, column in enumerate(columns) if column.right]
    least = [column.least for column in columns]
    for some, floor in ((numbers, least), (words, least), (words, [_NARROWEST] * len(columns))):
        _narrow(widths, some, floor, _total(widths) - width)
    return widths


def _narrow(widths: list[int], some: list[int], least: list[int], excess: int) -> None:
    """Take ``excess`` cells from some columns, the widest first, none below its least."""
    for _cell in range(excess):
        wide = [number for number in some if widths[number] > least[number]]
        if not wide:
            return
        widths[max(wide, key=widths.__getitem__)] -= 1


def _lines(
    part: str, texts: Iterable[str], columns: list[_Laid], widths: list[int]
) -> Iterator[Line]:
    cells = [
        wrapped(text, width) if cells_of(text) > width else [text]
        for text, width in zip(texts, widths, strict=True)
    ]
    for row in range(max(map(len, cells))):
        placed = []
        for lines, column, width in zip(cells, columns, widths, strict=True):
            text = lines[row] if row < len(lines) else ""
            padding = " " * (width - cells_of(text))
            placed.append(padding + text if column.right else text + padding)
        yield Line(part, GAP.join(placed).rstrip())


def wrapped(text: str, width: int | None) -> list[str]:
    """Break a text at blanks into lines of ``width`` cells; what it is indented by, all are."""
    if width is None or cells_of(text) <= width:
        return [text]
    indent = text[: len(text) - len(text.lstrip())]
    room = max(1, width - len(indent))
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cells_of(joined) <= room:
            lines[-1] = joined
        else:
            lines[len(lines) - (not lines[-1]) :] = _torn(word, room)
    return [indent + line for line in lines]


def _torn(word: str, room: int) -> list[str]:
    """Break a word that is too long for a line, behind the names of a path where there are some."""
    lines: list[str] = []
    for part in re.findall("[^/]*/|[^/]+", word):
        if lines and cells_of(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines += chop_cells(part, room)
    return lines


def _reasons(table: Table) -> list[str]:
    """Return why cells are blank, each reason once: a sign under a table is explained there."""
    found = dict.fromkeys(
        f"{cell.sign or _('empty:')} {cell.why}" for row in table.rows for cell in row
        if isinstance(cell, Blank) and cell.why
    )  # fmt: skip
    reasons = list(found)
    if len(reasons) > _MOST_REASONS:
        more = len(reasons) - _MOST_REASONS
        reasons[_MOST_REASONS:] = [
            counted("… and {n} more reason (--format json)", "… and {n} more reasons "
                    "(--format json)", more)
        ]  # fmt: skip
    return reasons

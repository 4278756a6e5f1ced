"""Soft wrap of a whole text into two flat arrays of offsets.

The text is wrapped at once, not on demand: 200,000 words take some 20 ms, and every line has a
number from then on. A line break and the start of a turn begin a line; the break itself belongs to
the line it ends but is not shown.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from rich.cells import cell_len

from qcode.tui.layout.cells import cluster_starts, extender_class

Lines = tuple["array[int]", "array[int]"]


class Wrap:
    """The visual lines of a text: line ``n`` shows ``text[starts[n]:ends[n]]``.

    Words take at most ``width`` cells of a line; one blank may hang in the cell after them, so
    that a line takes at most ``width + 1`` (a cluster wider than that stands alone).
    """

    def __init__(self, text: str, width: int, breaks: Iterable[int] = ()) -> None:
        self.width = max(1, width)
        self.starts: array[int] = array("I")
        self.ends: array[int] = array("I")
        widths: dict[str, int] = {}
        for start, end in _paragraphs(text, breaks):
            if text[start:end].isascii():
                _wrap_ascii(text, start, end, self.width, (self.starts, self.ends))
            else:
                _Folding(text, self.width, (self.starts, self.ends), widths).wrap(start, end)

    def __len__(self) -> int:
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def last_line_of(self, end: int) -> int:
        """Return the number of the line that holds the code point before ``end``."""
        return max(0, bisect_left(self.starts, end) - 1)

    def bounds(self, line: int) -> tuple[int, int, int]:
        """Return where a line starts, where what it shows ends, and where the next one starts."""
        end = self.ends[line]
        onward = self.starts[line + 1] if line + 1 < len(self.starts) else end + 1
        return self.starts[line], end, onward


def _paragraphs(text: str, breaks: Iterable[int]) -> list[tuple[int, int]]:
    """Cut ``text`` after each line break and before each of ``breaks``; breaks are left out."""
    edges = {found + 1 for found in _newlines(text)}
    edges.update(at for at in breaks if 0 < at < len(text))
    edges.discard(len(text))
    starts = [0, *sorted(edges)]
    ends = [*starts[1:], len(text)]
    return [
        (start, end - 1 if end > start and text[end - 1] == "\n" else end)
        for start, end in zip(starts, ends, strict=True)
    ]


def _newlines(text: str) -> Iterable[int]:
    at = text.find("\n")
    while at >= 0:
        yield at
        at = text.find("\n", at + 1)


def _wrap_ascii(text: str, start: int, end: int, width: int, lines: Lines) -> None:
    # Every code point is one cell: one search per line, no work per character.
    starts, ends = lines
    at = start
    while end - at > width:
        cut = text.rfind(" ", at, at + width + 1)
        # A word longer than the line is folded; else the blank belongs to the line it ends.
        onward = cut + 1 if cut > at else at + width
        starts.append(at)
        ends.append(onward)
        at = onward
    if at < end or at == start:
        starts.append(at)
        ends.append(end)


@cache
def _chunk() -> re.Pattern[str]:
    """Return a pattern for a word and the blanks after it, none of which carries a mark."""
    more = extender_class()
    return re.compile(rf"((?:\S|\s(?={more}))*)((?:\s(?!{more}))*)")


class _Folding:
    """The general case: words by their memoised widths, clusters only inside over-long words."""

    def __init__(self, text: str, width: int, lines: Lines, widths: dict[str, int]) -> None:
        self._text = text
        self._width = width
        self._starts, self._ends = lines
        self._widths = widths
        self._start = 0
        self._cells = 0

    def wrap(self, start: int, end: int) -> None:
        self._start, self._cells = start, 0
        for found in _chunk().finditer(self._text, start, end):
            word, blanks = found.groups()
            cells = self._measured(word)
            if self._cells and self._cells + cells > self._width:
                self._break(found.start())
            if cells > self._width:
                self._fold(found.start(), found.end(1), self._width)
            else:
                self._cells += cells
            if blanks == " ":
                self._cells += 1
            elif blanks:
                self._fold(found.end(1), found.end(), self._width + 1)
        self._starts.append(self._start)
        self._ends.append(end)

    def _measured(self, word: str) -> int:
        cells = self._widths.get(word)
        if cells is None:
            cells = self._widths[word] = cell_len(word)
        return cells

    def _fold(self, start: int, end: int, width: int) -> None:
        edges = [*cluster_starts(self._text, start, end), end]
        for here, onward in pairwise(edges):
            cells = cell_len(self._text[here:onward])
            if self._cells and self._cells + cells > width:
                self._break(here)
            self._cells += cells

    def _break(self, at: int) -> None:
        if at > self._start:
            self._starts.append(self._start)
            self._ends.append(at)
            self._start = at
        self._cells = 0

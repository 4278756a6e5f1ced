"""Terminal cells and grapheme clusters: what stands under a cell, and how wide it is.

Offsets count code points. A cluster is what a reader takes for one character: a letter with its
marks, a syllable of an Indic script, a flag, a joined emoji. The cursor stands only at their edges.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import cache

import rich.cells
from rich.cells import cell_len

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_IDLE_JOINER = re.compile("(?<!\\S)\u200d|\u200d(?!\\S)")
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_VIRAMA = "[\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d]"
_CONSONANT = (
    "[\u0915-\u0939\u0958-\u095f\u0995-\u09b9\u09dc-\u09df\u0a95-\u0ab9"
    "\u0b15-\u0b39\u0b5c-\u0b5f\u0c15-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a]"
)
_JOINING = ((0xFF9E, 0xFF9F), (0x1F3FB, 0x1F3FF), (0xE0020, 0xE007F))
"""Sound marks, skin tones and tags: they join what they follow although they take cells."""
_PLAIN_TABLE = rich.cells.load_cell_table  # type: ignore[attr-defined]


def shown(text: str) -> str:
    """Return ``text`` as it may reach a terminal: offsets unchanged, no character that acts.

    Controls and the characters that turn the writing direction become U+FFFD, a tab one blank, and
    a joiner beside a blank, with nothing to join, one that does not join.
    """
    text = _UNSAFE.sub("\ufffd", text).replace("\t", " ")
    return _IDLE_JOINER.sub("\u200c", text) if "\u200d" in text else text


@cache
def extender_class() -> str:
    """Return a regular expression for the characters that join the one before them."""
    # What the painter takes for part of the cell before it must never be parted from it; Rich's
    # own table counts every combining mark so, those that take space included.
    rows = [row[:2] for row in _PLAIN_TABLE().widths if row[2] == 0 and row[0] >= 0x300]
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in (*rows, *_JOINING)) + "]"


@cache
def _cluster() -> re.Pattern[str]:
    more = extender_class()
    joined = f"(?:{more}|(?<=\u200d).|(?<={_VIRAMA}){_CONSONANT})*"
    return re.compile(f"(?:{_FLAG}{_FLAG}|.){joined}", re.DOTALL)


def cluster_starts(text: str, start: int, end: int) -> list[int] | range:
    """Return the offsets where the clusters of ``text[start:end]`` begin.

    ``start`` must itself be the edge of a cluster.
    """
    if text[start:end].isascii():
        return range(start, end)
    return [found.start() for found in _cluster().finditer(text, start, end)]


def cluster_end(text: str, start: int, end: int) -> int:
    """Return where the cluster that begins at ``start`` ends, at most ``end``."""
    if start >= end:
        return end
    if text[start : start + 2].isascii():
        return start + 1
    found = _cluster().match(text, start, end)
    return found.end() if found else start + 1


def snapped_down(starts: list[int] | range, offset: int) -> int:
    """Return the start of the cluster that holds ``offset``."""
    at = bisect_right(starts, offset) - 1
    return starts[at] if at >= 0 else offset


def snapped_up(starts: list[int] | range, offset: int, end: int) -> int:
    """Return the first cluster edge at or after ``offset``."""
    at = bisect_left(starts, offset)
    return starts[at] if at < len(starts) else end


def offset_at(text: str, start: int, end: int, x: int) -> int:
    """Return the offset of the cluster under cell ``x`` of a line; past its end, ``end``."""
    if x <= 0:
        return start
    line = text[start:end]
    if line.isascii():
        return min(start + x, end)
    cells = 0
    starts = cluster_starts(text, start, end)
    for at, here in enumerate(starts):
        onward = starts[at + 1] if at + 1 < len(starts) else end
        cells += cell_len(text[here:onward])
        if cells > x:
            return here
    return end


def x_of(text: str, start: int, offset: int) -> int:
    """Return the cell at which ``offset`` stands on the line that begins at ``start``."""
    return cell_len(text[start:offset])


def count_spacing_marks() -> None:
    """Make Rich, hence Textual, count combining marks that take space as one cell.

    glibc, tmux and most terminals do (category Mc); Rich counts none, so that rows of Devanagari,
    Bengali, Tamil or Burmese push what stands right of them aside. Calling twice changes nothing.
    """
    if getattr(vars(rich.cells)["load_cell_table"], "counts_spacing_marks", False):
        return

    @cache
    def load_counting(unicode_version: str = "auto") -> rich.cells.CellTable:
        table = _PLAIN_TABLE(unicode_version)
        rows = [part for row in table.widths for part in _without_spacing_marks(row)]
        return rich.cells.CellTable(table.unicode_version, rows, table.narrow_to_wide)

    load_counting.counts_spacing_marks = True  # type: ignore[attr-defined]
    vars(rich.cells)["load_cell_table"] = load_counting
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


def _without_spacing_marks(row: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    first, last, width = row
    if width:
        return [row]
    kept: list[tuple[int, int, int]] = []
    for code in range(first, last + 1):
        if unicodedata.category(chr(code)) == "Mc":
            continue
        if kept and kept[-1][1] == code - 1:
            kept[-1] = (kept[-1][0], code, 0)
        else:
            kept.append((code, code, 0))
    return kept

"""What a file yields before its turns are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Stretch: TypeAlias = tuple[int, int]
"""``[start, end)`` in code points of the text it stands in."""


@dataclass(frozen=True)
class Draft:
    """A canonical text with what only its file format tells: bold openings and table rows.

    ``bold`` are stretches at the start of a paragraph, ``rows`` the cells of each table row.
    """

    text: str
    bold: tuple[Stretch, ...] = ()
    rows: tuple[tuple[Stretch, ...], ...] = ()
    warnings: tuple[str, ...] = ()

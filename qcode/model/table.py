"""What every report is: one table whose numbers carry their unit and denominator."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

from qcode.language import _


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """``k`` of ``n``: both are always shown."""

    k: int
    n: int

    def __str__(self) -> str:
        return f"{self.k} of {self.n}"


@dataclass(frozen=True, slots=True)
class Blank:
    """A value that does not exist, with the sign that stands for it and the reason."""

    sign: str
    why: str

    def __str__(self) -> str:
        return self.sign


class Placed(str):
    """The name of a code in a cell, which keeps its whole path for files that machines read."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, name: str, path: str) -> Self:
        """Return the name with its path."""
        made = super().__new__(cls, name)
        made.path = path
        return made


class Long(str):
    """Words of which a reader of a table sees the beginning; files for machines have them all."""

    __slots__ = ()


Cell = str | int | float | Share | Blank

_LONG, _SHOWN = 10_000, 60


def percent(k: float, n: float) -> int:
    """Return ``k`` of ``n`` in whole percent: half a percent goes up, away from 0."""
    whole = 100 * k / n
    return int(math.copysign(math.floor(abs(whole) + 0.5), whole))


def in_words(cell: Cell) -> str:
    """Return a cell as a reader sees it: numbers of five digits and more in threes."""
    if type(cell) is str:  # as most are
        return cell
    if isinstance(cell, int | float) and _LONG <= abs(cell) < math.inf:
        return f"{round(cell):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    match cell:
        case Long():
            return cell if len(cell) <= _SHOWN else cell[: _SHOWN - 1].rstrip() + "…"
        case Share(k=k, n=n):
            return _("{k} of {n}").format(k=k, n=n)
        case float():
            text = f"{cell:.2f}"
            return "0.00" if text == "-0.00" else text
        case Blank(sign=sign):
            return sign
        case _ as plain:
            return str(plain)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: a stable ``key`` for machines, a ``title`` and the ``unit`` it counts in."""

    key: str
    title: str
    unit: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A report: what it shows, its columns and rows, and the sentences that qualify it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    depths: tuple[int, ...] = ()
    """How far the first cell of each row is indented; empty for a flat table."""

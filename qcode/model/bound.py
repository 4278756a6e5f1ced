"""Numbers and dates among values, and bounds of them: at least 40, before March 2019."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

NUMBER, DATE = "number", "date"
"""Types of attribute whose values can be compared."""

_NUMBER = re.compile(r"[+-]?\d{1,300}([.,]\d+)?")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")

Ends = tuple[tuple[float, ...], tuple[float, ...]]
"""The least and the most that a value may be: of a year its first day and its last."""


def number(text: str) -> float | None:
    """Return the number that is written, with a decimal point or comma; None for anything else."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def ends(text: str, type: str) -> Ends | None:
    """Return between what a value of type NUMBER or DATE lies; None where it is no such value."""
    if type == NUMBER:
        found = number(text)
        return None if found is None else ((found,), (found,))
    return _days(text) if _DATE.fullmatch(text) else None


def _days(text: str) -> Ends | None:
    """Return the first and the last day of a year, a month or a day."""
    try:
        first = date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return None
    year, month, day = first.year, first.month, first.day
    if len(text) < len("2019-03-31"):
        month = month if len(text) > len("2019") else 12
        day = 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day
    return (first.year, first.month, first.day), (year, month, day)


def ambiguous(text: str) -> bool:
    """Tell whether a number that somebody typed may have thousands or decimals: 1.500."""
    return bool(_THOUSANDS.fullmatch(text))


_COMPARED: Mapping[str, Callable[[Ends, Ends], bool]] = {
    ">=": lambda own, bound: own[0] >= bound[0],
    "<=": lambda own, bound: own[1] <= bound[1],
    ">": lambda own, bound: own[0] > bound[1],
    "<": lambda own, bound: own[1] < bound[0],
}
SIGNS = tuple(_COMPARED)


@dataclass(frozen=True, slots=True)
class Bound:
    """What values must be at least, at most, above or below: a sign of SIGNS and a value as typed."""

    sign: str
    value: str

    def __str__(self) -> str:
        return f"{self.sign}{self.value}"

    def holds(self, value: str, type: str) -> bool:
        """Tell whether all that a value of type NUMBER or DATE may be fits; False for no such value."""
        own, bound = ends(value, type), ends(self.value, type)
        return own is not None and bound is not None and _COMPARED[self.sign](own, bound)

"""In which order the values of an attribute are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_BEFORE = re.compile(r"^\s*[<≤]")
_AFTER = re.compile(r"^\s*[>≥]|\+\s*$")


def ordered(values: Iterable[str]) -> tuple[str, ...]:
    """Return different values in order.

    By their first number where each has one (``<1``, ``1-2``, ``3-5``, ``>10``), else by name with
    numbers inside names taken as numbers (``Desa 2`` before ``Desa 10``).
    """
    different = tuple(dict.fromkeys(values))
    if all(_NUMBER.search(value) and not value[:1].isalpha() for value in different):
        return tuple(sorted(different, key=_by_number))
    return tuple(sorted(different, key=_by_name))


def _by_number(value: str) -> tuple[float, int, str]:
    found = _NUMBER.search(value)
    number = float(found.group().replace(",", ".")) if found else 0.0
    if value.lstrip().startswith("-"):
        number = -number
    side = -1 if _BEFORE.search(value) else 1 if _AFTER.search(value) else 0
    return number, side, value


def _by_name(value: str) -> tuple[list[tuple[int, float, str]], str]:
    parts = re.split(r"(\d+)", value.casefold())
    return [
        (0, float(part), "") if part.isdecimal() else (1, 0.0, part) for part in parts if part
    ], value

"""Names and labels of variables that every statistics program takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 60
"""Characters of a name; SPSS takes 64 bytes, and a number may follow."""
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_RESERVED = frozenset(
    # R, then SPSS.
    ("if", "else", "repeat", "while", "function", "for", "next", "break", "true", "false", "null",
     "inf", "nan", "na", "in",
     "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
     # PSPP takes these for commands where they begin a line.
     *("document"[:end] for end in range(3, 9)), *("comment"[:end] for end in range(4, 8)))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of a data file: its name, what it stands for, and what its values are.

    ``of`` is what it belongs to (case, code, attribute); ``width`` the bytes of the longest text,
    0 for numbers. ``whole`` tells that it has no fractions, ``yes`` that it holds 0 and 1.
    """

    name: str
    label: str
    of: str
    width: int = 0
    whole: bool = True
    yes: bool = False


def safe_names(labels: Iterable[str], before: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a name for each label: lower case letters, digits and ``_``, a letter first, no two
    the same nor one that stands before them, none reserved in R or SPSS.
    """
    found: list[str] = []
    taken = set(before)
    for label in labels:
        plain = unicodedata.normalize("NFKD", label.casefold())
        plain = "".join(one for one in plain if not unicodedata.combining(one))
        name = _NOT_IN_NAMES.sub("_", plain)[:MOST].strip("_") or "v"
        if not name[0].isalpha() or name in _RESERVED:
            name = f"v_{name}"[:MOST].rstrip("_")
        first, number = name, 2
        while name in taken:
            name, number = f"{first}_{number}", number + 1
        taken.add(name)
        found.append(name)
    return tuple(found)

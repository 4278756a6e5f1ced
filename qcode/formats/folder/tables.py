"""The tables of a plain-text project: rows whose cells know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import BadInput
from qcode.formats.codebook.building import unknown
from qcode.formats.tabular import read_rows
from qcode.language import _

BETWEEN = " | "
_BETWEEN = re.compile(r"\s+\|\s+")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of one file."""

    file: str
    line: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return a cell without blanks around it; empty where there is no such column."""
        return self.values.get(column, "").strip()

    def needed(self, column: str) -> str:
        """Return a cell that must not be empty."""
        if text := self.text(column):
            return text
        raise self.refused(_("this cell must not be empty"), column)

    def several(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell, which stand between `` | ``."""
        return split(self.text(column))

    def number(self, column: str) -> int:
        """Return a whole number."""
        text = self.needed(column)
        if not (text.isascii() and text.isdecimal() and len(text) <= 12):
            raise self.refused(
                _("a whole number stands here, not “{text}”").format(text=text[:20]), column
            )
        return int(text)

    def one_of(self, column: str, known: Sequence[str], otherwise: str = "") -> str:
        """Return a cell that holds one of a few words; ``otherwise`` stands for an empty one."""
        text = self.text(column).casefold() or otherwise
        if text not in known:
            raise self.refused(
                _("one of {known} stands here, not “{text}”").format(
                    known=", ".join(known), text=text[:40]
                ),
                column,
            )
        return text

    def refused(self, message: str, column: str = "") -> BadInput:
        """Return a refusal that says which cell it is about."""
        return BadInput(message, file=self.file, line=self.line, field=column)


def read_table(
    path: Path, known: Iterable[str], *, needed: Iterable[str] = (), free: bool = False
) -> tuple[Cells, ...]:
    """Return the rows of a table whose columns are ``known``; others only where ``free``.

    Known columns are found in any case. Raises BadInput for a column that is unknown or lacking.
    """
    known = tuple(known)
    rows = read_rows(path)
    names = {name: name.casefold() if name.casefold() in known else name
             for row in rows[:1] for name in row.values}  # fmt: skip
    for name in names.values():
        if name not in known and not free:
            raise BadInput(unknown(_("column"), name, known), file=str(path), line=1)
    for name in needed:
        if rows and name not in names.values():
            raise BadInput(_("the column “{name}” is lacking").format(name=name),
                           file=str(path), line=1)  # fmt: skip
    return tuple(
        Cells(str(path), row.line, {names[name]: value for name, value in row.values.items()})
        for row in rows
    )


def split(text: str) -> tuple[str, ...]:
    """Return the values that stand between `` | ``."""
    return tuple(part for part in _BETWEEN.split(text.strip()) if part)


def joined(values: Sequence[str]) -> str:
    """Return several values as one cell; refuse one that would be read as two."""
    cell = BETWEEN.join(values)
    if split(cell) != tuple(values):
        raise BadInput(
            _("“{cell}” cannot be written to a table: a value holds “ | ” or is empty").format(
                cell=cell
            )
        )
    return cell

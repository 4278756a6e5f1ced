"""A figure of agreement: a number, or the reason why there is none."""

from __future__ import annotations

from typing import NamedTuple

from qcode.language import _
from qcode.model.table import Blank, Cell


class Figure(NamedTuple):
    """A value, or None with the reason; never 0, 1 or NaN for what is not defined."""

    value: float | None
    why: str = ""

    def cell(self) -> Cell:
        """Return it as the cell of a table."""
        return Blank("-", self.why) if self.value is None else self.value


def uncompared() -> Figure:
    """Return what is undefined because nobody else looked."""
    return Figure(None, _("no document was coded by two who had this code"))


def unvaried() -> Figure:
    """Return what is undefined because every place has the same value."""
    return Figure(None, _("no variation: all gave every place the same, so chance explains all"))


def unused() -> Figure:
    """Return what is undefined because nobody gave the code."""
    return Figure(None, _("given by nobody"))

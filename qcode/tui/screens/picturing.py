"""Charts that go to a file as they stand: as a table, or as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from qcode.errors import Refused
from qcode.formats import figures
from qcode.formats.tabular import SUFFIXES
from qcode.language import _
from qcode.model.figure import Figure
from qcode.tui.screens.limiting import LimitedScreen
from qcode.workflows import filing

T = TypeVar("T")

MOST = 60
"""Rows, and columns, that a picture has at most: more cannot be read on a page."""


class PicturedScreen(LimitedScreen[T]):
    """Writes the rows that show as a table or as a picture, as the name of the file says."""

    SUFFIXES: ClassVar[Mapping[str, str]] = {**SUFFIXES, **figures.SUFFIXES}

    def picture(self, rows: Sequence[T]) -> Figure:
        """Return rows as a picture before it is drawn."""
        raise NotImplementedError

    def file_title(self) -> str:
        """Return what is asked where rows are written to a file."""
        return _("Write what shows: name.csv, .xlsx, .docx, .md, .json, or .svg, .pdf, .png")

    def filed(self, rows: Sequence[T], file: Path) -> str:
        """Write rows to a file; runs in another thread."""
        if file.suffix.casefold() not in figures.SUFFIXES:
            return super().filed(rows, file)
        filing.file_picture(self.picture(rows), file)
        return ""


def fits(number: int, what: str) -> None:
    """Refuse more than a picture can have."""
    if number > MOST:
        raise Refused(
            _("{n} {what} are too many for a picture of at most {most}: close codes (z), filter "
              "(/) or limit (x) them").format(n=number, what=what, most=MOST)
        )  # fmt: skip

"""The coding screen: codebook, text and inspector."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from qcode.tui import commands
from qcode.tui.screens.giving import GivingScreen


class CodingScreen(GivingScreen):
    """One document, to be read and coded."""

    CSS_PATH = "coding.tcss"
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(commands.CODING)
